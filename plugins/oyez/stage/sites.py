"""Tells a brand's own sites (`domains` in the client's file) from all others."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from oyez.config.model import Client
from oyez.keys import may_hold_link
from oyez.stage.text import URL

_AFTER = ".,;:!?)]}…"  # signs of the sentence that stand right behind an address


class Sites:
    """The own sites of one client's brands and competitors; subdomains are theirs too.

    Args:
        client: whose file names the domains.
    """

    def __init__(self, client: Client) -> None:
        self._owners = {
            host(domain): brand.id
            for brand in reversed([*client.brands, *client.competitors])
            for domain in brand.domains
            if host(domain)
        }
        named = "|".join(map(re.escape, sorted(self._owners, key=len, reverse=True)))
        # Without https:// only a domain of the file is a link: "v2.0" and "M.Dupont" are none.
        self._bare = (
            re.compile(rf"(?<![\w@./-])(?:[\w-]+\.)*(?:{named})(?![\w-]|\.\w)", re.IGNORECASE)
            if named
            else None
        )

    def owner(self, url: str | None) -> str | None:
        """Return the brand on whose site this address is, or None."""
        return self._of(host(url)) if url else None

    def linked(self, text: str) -> tuple[int, list[str]]:
        """Return how many links a text holds, and the brands to whose sites they lead, each once.

        An address behind a shortener is followed by nobody, so it leads to no brand.
        """
        links: list[str] = []
        if may_hold_link(text):
            links = [found.rstrip(_AFTER) for found in URL.findall(text)]
            text = URL.sub(" ", text)
        if self._bare:
            links += [found[0] for found in self._bare.finditer(text)]
        owners = {self._of(host(link)) for link in links}
        return len(links), sorted(one for one in owners if one)

    def _of(self, name: str) -> str | None:
        while name:
            if name in self._owners:
                return self._owners[name]
            name = name.partition(".")[2]
        return None


def host(address: str) -> str:
    """Return the host of an address, in lower case and without `www.`, or nothing."""
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return name.casefold().removeprefix("www.").rstrip(".")
