"""Reads the list of feeds that a feed reader exports (OPML), as malformed as such lists are.

Most real lists are no well-formed XML: bare `&` in titles and addresses, folders closed twice. So
the file is read tag by tag, not as a tree. What was left out is said, never dropped silently.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from oyez.errors import ConfigError
from oyez.sources.markup import Token, tokens

MAX_BYTES = 10 * 1024 * 1024
MAX_FEEDS = 5_000
# Of a feed that stands deeper, the outermost are kept; some lists never close a folder.
MAX_FOLDERS = 20
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Feed:
    """One feed of a list.

    Attributes:
        url: http or https.
        title: as the reader's owner named it; may be empty.
        folders: the folders it stands in, outermost first, `MAX_FOLDERS` at most.
    """

    url: str
    title: str = ""
    folders: tuple[str, ...] = ()


@dataclass
class Subscriptions:
    """A list's feeds in its order, each address once, and what was left out and why."""

    feeds: list[Feed] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_file(path: Path) -> Subscriptions:
    """Return the feeds of an OPML file on the disk.

    Raises:
        ConfigError: there is no such file, or as `read`.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ConfigError(
            f"the list cannot be read: {reason}", where=str(path), action="check the path"
        ) from None
    try:
        return read(body, size=size)
    except ConfigError as problem:
        problem.where = str(path)
        raise


def feeds(body: bytes) -> list[Feed]:
    """Return the feeds of an OPML file; see `read` for what is left out.

    Raises:
        ConfigError: see `read`.
    """
    return read(body).feeds


def read(body: bytes, *, size: int | None = None) -> Subscriptions:
    """Return the feeds of an OPML file and what was left out.

    Args:
        body: the file, or its first `MAX_BYTES` and one more.
        size: of the file, in bytes; by default that of the body.

    Raises:
        ConfigError: too large, too many feeds, no OPML, or cut before its end: half a list is not
            imported.
    """
    if len(body) > MAX_BYTES:
        raise _refused(
            f"the list has {max(size or 0, len(body)):,} bytes, more than {MAX_BYTES:,}",
            "export fewer folders at a time",
        )
    text = _decoded(body)
    reader = _Reader()
    for token in tokens(text, is_html=False):
        reader.take(token)
    if not reader.is_opml:
        raise _refused(*_what_instead(text))
    if not reader.is_closed:
        raise _refused(
            "the list ends before its last tag </opml>: the file was cut", "export it again"
        )
    return reader.found


class _Reader:
    """Collects `outline` tags; their nesting gives the folders."""

    def __init__(self) -> None:
        self.found = Subscriptions()
        self.is_opml = self.is_closed = False
        self._open: list[bool] = []  # of each open outline, whether it is a folder with a name
        self._folders: list[str] = []
        self._known: set[str] = set()

    def take(self, token: Token) -> None:
        """Read the next tag.

        Raises:
            ConfigError: more feeds than may be read.
        """
        if token.name == "opml":
            self.is_opml = self.is_opml or token.kind == "start"
            self.is_closed = self.is_closed or token.kind in ("end", "both")
        elif token.name == "outline" and self.is_opml:
            if token.kind in ("start", "both"):
                folder = self._outline(token.attributes)
                if token.kind == "start":
                    self._open.append(bool(folder))
                    self._folders += [folder] if folder else []
            elif token.kind == "end" and self._open and self._open.pop():
                self._folders.pop()  # some lists close more than they open

    def _outline(self, given: dict[str, str]) -> str:
        title = (given.get("text", "").strip() or given.get("title", "").strip())[:500]
        kind = given.get("type", "").strip().lower()
        url = given.get("xmlurl", "").strip()
        if kind in ("link", "include", "source") and (url or given.get("url", "").strip()):
            address = url or given["url"].strip()
            self.found.left_out.append(f"{title or address}: another list or a page, not a feed")
        elif "xmlurl" not in given:
            if given.get("htmlurl", "").strip():
                self.found.left_out.append(f"{title}: a page without a feed")
            return title
        else:
            self._feed(_web_address(url), url, title)
        return ""

    def _feed(self, address: str | None, url: str, title: str) -> None:
        if not address:
            self.found.left_out.append(f"{title or 'an entry'}: {url[:200]!r} is no web address")
        elif address not in self._known:
            if len(self.found.feeds) == MAX_FEEDS:
                raise _refused(
                    f"the list has too many feeds, more than {MAX_FEEDS:,}",
                    "export the folders that concern the client",
                )
            self._known.add(address)
            folders = tuple(self._folders[:MAX_FOLDERS])
            self.found.feeds.append(Feed(address, title, folders))


def _web_address(url: str) -> str | None:
    url = re.sub(r"^feed:(?=https?:)", "", url, flags=re.IGNORECASE)
    url = re.sub(r"^feed://", "https://", url, flags=re.IGNORECASE)
    if re.fullmatch(r"https?://[^\s/]+\S*", url, re.IGNORECASE):
        return url
    return None


def _decoded(body: bytes) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(body)
    for encoding in (declared[1].decode() if declared else "utf-8", "utf-8"):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("cp1252", "replace")


def _what_instead(text: str) -> tuple[str, str]:
    start = text[:2000].lower()
    if not text.strip():
        return "the file is empty", "export the list again"
    if re.search(r"<(rss|feed|rdf:rdf|channel)\b", start):
        return "this is a feed or an RDF file, not a list of feeds", "put its address under `feeds`"
    if "<html" in start or "<!doctype html" in start:
        return "this is a web page, not a list of feeds", "export the list as OPML"
    return "this is no OPML: it has no <opml> tag", "export the list as OPML"


def _refused(problem: str, action: str) -> ConfigError:
    return ConfigError(problem, action=action)
