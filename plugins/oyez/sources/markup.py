"""Cuts HTML, or what is meant to be HTML or XML, into tags and text, in linear time.

The library's parser reads the rest of a text anew at every `<` that no `>` ends: a hundred
kilobytes of `<a ` took minutes. Here every sign is read a fixed number of times: what is looked for
in vain once is never looked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_RAW = ("script", "style")
_STOP = re.compile(r"[>\"']")
# Attributes are read of tags of this length; longer ones (a picture in an address) have none.
_LONGEST_READ = 20_000
_ATTRIBUTE = re.compile(
    r"(?<![^\s/\"'])([^\s/>=\"'][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?"
)


@dataclass(frozen=True)
class Token:
    """A piece of markup.

    Attributes:
        kind: `text`, the `start` or `end` of an element, an element that is `both`, or `other`:
            comments, declarations, instructions.
        raw: as it is written.
        name: of the element, in small letters.
    """

    kind: Literal["text", "start", "end", "both", "other"]
    raw: str
    name: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The element's attributes, names in small letters, entities resolved, the first wins."""
        found: dict[str, str] = {}
        if len(self.raw) <= _LONGEST_READ:
            inside = self.raw[1 + len(self.name) :].rstrip(">")
            for name, *values in _ATTRIBUTE.findall(inside):
                found.setdefault(name.lower(), unescape(next(filter(None, values), "")))
        return found


def tokens(text: str, *, is_html: bool = True) -> Iterator[Token]:
    """Yield the pieces of a text, in order; together they are the text.

    Args:
        text: well-formed or not; a `<` that begins nothing, or nothing that ends, is text.
        is_html: whether the insides of scripts and styles are no markup, as in HTML.
    """
    ends, begun, at = _Ends(text), 0, 0
    while (at := text.find("<", at)) >= 0:
        token = _token(text, at, ends)
        if token is None:
            at += 1
            continue
        if begun < at:
            yield Token("text", text[begun:at])
        yield token
        begun = at = at + len(token.raw)
        if is_html and token.kind == "start" and token.name in _RAW:
            close = ends.closing(token.name, at)
            if close > at:
                yield Token("text", text[at:close])
                begun = at = close
    if begun < len(text):
        yield Token("text", text[begun:])


def _token(text: str, at: int, ends: _Ends) -> Token | None:
    if text.startswith("<!--", at):
        return _until(text, at, ends.after("-->", at + 2))
    if text.startswith("<![", at):
        return _until(text, at, ends.after("]]>", at) or ends.after(">", at))
    if text.startswith(("<!", "<?"), at):
        return _until(text, at, ends.after(">", at))
    is_end = text.startswith("</", at)
    name = _NAME.match(text, at + 1 + is_end)
    if not name:
        return None
    end = ends.after(">", name.end()) if is_end else ends.of_tag(name.end())
    if not end:
        return None
    raw = text[at:end]
    if is_end:
        return Token("end", raw, name[0].lower())
    return Token("both" if _closes_itself(raw) else "start", raw, name[0].lower())


def _closes_itself(raw: str) -> bool:
    # The slash of an address that stands without quotes belongs to the address.
    return raw.endswith("/>") and not re.search(r"=[^\s\"'>]*/>\Z", raw[-2_000:])


def _until(text: str, at: int, end: int) -> Token | None:
    return Token("other", text[at:end]) if end else None


class _Ends:
    """Finds where things end, and remembers what has no end any more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()
        self._are_quotes_kept = True
        self._closings: dict[str, re.Pattern[str]] = {}

    def after(self, mark: str, at: int) -> int:
        """Return the place behind the next mark, or 0."""
        if mark in self._missing:
            return 0
        found = self._text.find(mark, at)
        if found < 0:
            self._missing.add(mark)
            return 0
        return found + len(mark)

    def of_tag(self, at: int) -> int:
        """Return the place behind a tag, or 0; a `>` between quotes is none of its own."""
        if ">" in self._missing:
            return 0
        place = at
        while self._are_quotes_kept:
            stop = _STOP.search(self._text, place)
            if stop is None:
                break
            if stop[0] == ">":
                return stop.end()
            place = stop.end()
            # A quote in the middle of a word, an apostrophe, encloses nothing.
            if self._text[stop.start() - 1] in "= \t\n\r\f":
                place = self.after(stop[0], place)
                if not place:
                    break
        # Quotes that do not fit together: from here on they are letters like any other.
        self._are_quotes_kept = False
        return self.after(">", at)

    def closing(self, name: str, at: int) -> int:
        """Return where the end of an element begins, or -1."""
        mark = f"</{name}"
        if mark in self._missing:
            return -1
        pattern = self._closings.setdefault(name, re.compile(re.escape(mark), re.IGNORECASE))
        found = pattern.search(self._text, at)
        if not found:
            self._missing.add(mark)
            return -1
        return found.start()
