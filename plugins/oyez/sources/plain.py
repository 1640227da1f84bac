"""Turns the HTML of a post or an article into the words a reader sees."""

from __future__ import annotations

import re
from html import unescape

from oyez.sources.item import TEXT_LIMIT
from oyez.sources.markup import tokens

CUT = "[…]"
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
    and comments go. Text without any markup only loses spaces nobody sees. What is longer than we
    keep (two million signs with its markup, `TEXT_LIMIT` without) is cut, and ends with `CUT`.
    """
    text = _tidy(_words(html[:_HTML_LIMIT]))
    if len(html) <= _HTML_LIMIT and len(text) <= TEXT_LIMIT:
        return text
    return f"{text[: TEXT_LIMIT - len(CUT) - 2].rstrip()}\n\n{CUT}"


def _words(html: str) -> str:
    if not _MARKUP.search(html):
        return html
    parts: list[str] = []
    # Silent elements that are open, innermost last; one that nobody closes must not swallow the
    # rest of the text.
    silent: list[str] = []
    last_closing = {found[1].lower(): found.start() for found in _CLOSING.finditer(html)}
    as_written = place = 0
    for token in tokens(html):
        place += len(token.raw)
        name = token.name
        if token.kind == "text":
            if not silent:
                text = unescape(token.raw)
                parts.append(text if as_written else _LAYOUT.sub(" ", text))
        elif token.kind == "end":
            # The innermost but eight: who nests deeper writes no text for people.
            if name in silent[-8:]:
                while silent.pop() != name:
                    pass
            elif name in _BLOCKS:
                parts.append("\n\n")
            as_written = max(0, as_written - (name == "pre"))
        elif token.kind in ("start", "both"):
            if name in _SILENT:
                if token.kind == "start" and last_closing.get(name, -1) >= place:
                    silent.append(name)
            elif name in _BLOCKS:
                parts.append("\n\n")
            elif name in _LINES:
                parts.append("\n")
            elif name in ("td", "th"):
                parts.append(" ")
            elif name == "img" and not silent:
                given = token.attributes
                if "emoji" in given.get("class", "").lower():
                    parts.append(given.get("alt", ""))
            as_written += name == "pre" and token.kind == "start"
    return "".join(parts)


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
