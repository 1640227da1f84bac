"""How we introduce ourselves, so that a site's owner can reach a person."""

from __future__ import annotations

import re
import unicodedata


def user_agent(agency: str, version: str, *, website: str | None, contact: str | None) -> str:
    """Return a User-Agent such as `AtelierNord-eReputation/2026.11.0 (+https://…; veille@…)`.

    Args:
        agency: its name, as people write it.
        version: of the product.
        website: where it says who it is.
        contact: address of a person.
    """
    plain = unicodedata.normalize("NFKD", agency).encode("ascii", "ignore").decode()
    name = "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", plain))
    places = [f"+{website}" if website else "", contact or ""]
    # A header is one line of ASCII.
    comment = "; ".join(re.sub(r"[^\x21-\x7e]|[()]", "", place) for place in places if place)
    product = f"{name or 'Agency'}-eReputation/{version}"
    return f"{product} ({comment})" if comment else product


def product(agent: str) -> str:
    """Return the name by which robots.txt addresses us: the first word, without version."""
    return agent.partition("/")[0].partition(" ")[0]
