"""Turns the HTML of a post or an article into the words a reader sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

# Longer than any text we keep (item.TEXT_LIMIT), markup included.
_HTML_LIMIT = 2_000_000
_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "head"}
# fmt: off
_BLOCKS = {
    "address", "article", "aside", "blockquote", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "thead", "tfoot", "ul",
}
# fmt: on
_LINES = {"br", "li", "tr"}
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_LAYOUT = re.compile(r"\s+")
_CLOSING = re.compile(r"</([a-zA-Z]+)")
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&(?:#?\w+);")


def plain(html: str) -> str:
    """Return the text of a piece of HTML: one line a paragraph line, blank lines between blocks.

    Entities are resolved once, so `&amp;lt;` stays the `&lt;` its author wrote about. Links keep
    their words, not their address; emoji pictures become their alternative text; scripts, styles
    and comments go. Text without any markup only loses spaces nobody sees.
    """
    html = html[:_HTML_LIMIT]
    if not _MARKUP.search(html):
        return _tidy(html)
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return _tidy("".join(reader.parts))


class _Reader(HTMLParser):
    """Collects text; newlines stand for the breaks of the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []
        self._as_written = 0
        # A silent element that nobody closes must not swallow the rest of the text.
        self._closed = {name.lower() for name in _CLOSING.findall(html)}

    def set_cdata_mode(self, elem: str, **how: Any) -> None:
        if elem.lower() in self._closed:
            super().set_cdata_mode(elem, **how)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and tag in self._closed:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "img" and not self._silent:
            given = dict(attrs)
            if "emoji" in (given.get("class") or "").lower():
                self.parts.append(given.get("alt") or "")
        if tag == "pre":
            self._as_written += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        if tag == "pre":
            self._as_written = max(0, self._as_written - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if self._as_written else _LAYOUT.sub(" ", data))


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
