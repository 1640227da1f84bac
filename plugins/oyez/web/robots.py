"""What a site's robots.txt lets us read (RFC 9309), and how slowly.

The standard library's parser knows no `*` or `$` in paths and takes the first rule that matches
instead of the longest; sites write for search engines, which do otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_BYTES = 512 * 1024  # the RFC asks for 500 KiB at least


@dataclass(frozen=True)
class Rules:
    """The rules of one site that concern one agent.

    Args:
        rules: (path pattern, whether it allows).
        delay_seconds: Crawl-delay; 0 without one.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay_seconds: float = 0.0

    def allows(self, url: str) -> bool:
        """Tell whether an address may be read: the longest pattern decides, `allow` on a tie."""
        parts = urlsplit(url)
        path = _escaped(parts.path or "/") + (f"?{_escaped(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        found = [(len(pattern), allow) for pattern, allow in self.rules if _matches(pattern, path)]
        return max(found, default=(0, True))[1]


def parse(text: str, agent: str) -> Rules:
    """Return the rules for an agent: of its own groups, else of `*`, else none.

    Args:
        text: of robots.txt; lines that are no rule are skipped, so a page of HTML allows all.
        agent: the first word of our User-Agent, without version.
    """
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    names: list[str] = []
    is_naming = False
    is_ours = is_general = has_own = False
    for name, value in _lines(text):
        if name == "user-agent":
            names = [*names, value] if is_naming else [value]
            is_naming = True
            is_ours = any(_product(each) == agent.lower() for each in names)
            is_general = "*" in names
            has_own = has_own or is_ours
        else:
            is_naming = False
            if is_ours:
                own.append((name, value))
            if is_general:
                general.append((name, value))
    chosen = own if has_own else general
    return Rules(
        tuple(
            (_escaped(value), name == "allow")
            for name, value in chosen
            if name in ("allow", "disallow") and value
        ),
        max((_delay(value) for name, value in chosen if name == "crawl-delay"), default=0.0),
    )


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon and name.strip().lower() in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield name.strip().lower(), value.strip()


def _product(value: str) -> str:
    return value.partition("/")[0].strip().lower()


def _delay(value: str) -> float:
    found = re.fullmatch(r"\d{1,6}(\.\d+)?", value)
    return float(found[0]) if found else 0.0


def _matches(pattern: str, path: str) -> bool:
    # Piece after piece, each at its first place: linear, where a regular expression made of a
    # hostile pattern would take forever.
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    last = others.pop() if others and pattern.endswith("$") else None
    for piece in others:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= place
    return place == len(path) or not pattern.endswith("$") or bool(others)


def _escaped(path: str) -> str:
    return quote(path, safe="%/:@!$&'()*+,;=~?-._")
