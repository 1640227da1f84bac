"""Addresses as messages may show them: without the people whom they name.

A message goes into logs, into the coverage of a day and so into reports; a handle or an account's
id in an address is personal data there.
"""

from __future__ import annotations

import re

_MARK = "…"
# Parameters by which sites are asked for people, or for single posts (whose address names them).
_ASKED = re.compile(r"([?&](?:actors?|acct|author|did|repo|uris?|users?)=)[^&#\s]*", re.IGNORECASE)
# The page of an account on sites that speak ActivityPub.
_PAGE = re.compile(r"(/users/|/@|/%40)[^/?#\s]+", re.IGNORECASE)


def without_people(url: str) -> str:
    """Return an address whose parameters and path name nobody."""
    return _PAGE.sub(rf"\1{_MARK}", _ASKED.sub(rf"\1{_MARK}", url))
