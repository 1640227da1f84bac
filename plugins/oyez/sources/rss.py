"""Reads feeds: RSS, Atom, RDF, JSON Feed, podcasts, Google Alerts and YouTube channels.

Where the facts come from: the recorded feeds that the tests replay (what feedparser calls `bozo`
still yields entries; one entry in six has no guid; dates are missing or unreadable), RFC 5005
(`rel=next`), jsonfeed.org/version/1.1, RFC 9110 (301, 304, 308, 410).

A feed is a window on the newest entries, without history and without deletions:
- items are yielded from `late_days` before the window (what appears late) to the present; older
  ones too if they appeared since the reading before (`sightings.py`): they land in their own day.
  What a feed shows at its first reading is its history: it is counted, not collected;
- if the oldest dated entry is younger than the window's start, the feed has scrolled past, or never
  reached as far: the stretch before it is yielded as missed;
- an entry without a readable date is dated by its first sighting, see `Rss.memory`;
- a feed that did not change is not sent again, but read again: see `documents.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Literal
from urllib.parse import parse_qs, urljoin, urlsplit

import feedparser
from pydantic import Field, field_validator

from oyez.config.model import Strict
from oyez.errors import SourceDenied, SourceError, SourceThrottled, SourceUnavailable
from oyez.keys import canonical_url
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import Capabilities, Found, Missed, Query, State, Window, Yield
from oyez.sources.credential import Credential
from oyez.sources.documents import Documents
from oyez.sources.item import EARLIEST
from oyez.sources.markup import tokens
from oyez.sources.plain import plain
from oyez.sources.sightings import Sightings
from oyez.web import Answer, Web

log = logging.getLogger(__name__)

PAGES = 20
_ENTRY_KEYS = frozenset({"id", "url", "content_html", "content_text"})
_ROOTS = frozenset({"rss", "feed", "rdf"})
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_SHOWN = 10_000  # of an entry that could not be read, letters
MOST_FEEDS = 1000
HISTORY_DAYS = 7
Medium = Literal["news", "blog", "podcast", "forum"]
# What a feed carries → (channel, network, kind) of its items.
_MEDIA = {
    "news": ("news", "news", "article"),
    "blog": ("blog", "blog", "article"),
    "podcast": ("other", "podcast", "post"),
    "forum": ("forum", "forum", "post"),
    "youtube": ("social", "youtube", "post"),
}
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.5"
)
# What the memory knows of an address; no native id holds a space after such a word.
_MOVED, _GONE, _SHOWS = "moved ", "gone ", "shows "
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}", re.IGNORECASE)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
_ADDRESS = re.compile(r"https?://([^\s/]+)\S*")
_DECLARES = re.compile(rb"<\?xml[^>]*\sencoding\s*=")


class Feed(Strict):
    """One feed."""

    url: str = Field(description="Its address, http or https.")
    name: str | None = Field(default=None, description="The outlet; by default the feed's title.")
    medium: Medium | None = Field(default=None, description="By default the source's `medium`.")

    @field_validator("url")
    @classmethod
    def _is_web(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+\S*", url.strip(), re.IGNORECASE):
            raise ValueError("write an address that begins with http:// or https://")
        return url.strip()


@dataclass(frozen=True)
class Page:
    """One document of a feed: its items, and what is needed to go on.

    Attributes:
        found: items and rejects in the feed's order.
        next_url: the document before it, if the feed is paged.
        oldest: the oldest readable date in it, naive UTC; None if there is none.
        is_cut: its end is missing; `found` holds the entries that are whole.
    """

    found: list[Found | Reject]
    next_url: str | None
    oldest: datetime | None
    is_cut: bool = False


class Rss:
    """Feeds, polled."""

    name: ClassVar[str] = "rss"
    title: ClassVar[str] = "RSS, Atom and JSON feeds"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="partial",
        history_days=HISTORY_DAYS,
        is_sorted=False,
        needs="nothing",
        pool_slots=4,
    )

    class Options(Strict):
        """Which feeds, and what they carry."""

        feeds: list[Feed] = Field(
            min_length=1,
            max_length=MOST_FEEDS,
            description="Addresses, or {url, name, medium}.",
        )
        medium: Medium | None = Field(
            default=None,
            description="What the feeds carry: news, blog, podcast or forum. By default podcast "
            "where entries have sound, else news.",
        )
        late_days: int = Field(
            default=3,
            ge=0,
            le=30,
            description="Entries of so many days before are taken even at a feed's first reading; "
            "later on, every entry that appears, however late.",
        )

        @field_validator("feeds", mode="before")
        @classmethod
        def _addresses(cls, value: Any) -> Any:
            if isinstance(value, list):
                return [{"url": one} if isinstance(one, str) else one for one in value]
            return value

    def __init__(
        self,
        web: Web,
        credential: Credential | None = None,
        memory: MutableMapping[str, str] | None = None,
        documents: Documents | None = None,
        tell: Callable[[str], None] = log.warning,
    ) -> None:
        self._web, self._tell = web, tell
        self._documents = documents or Documents(None)
        self.memory: MutableMapping[str, str] = {} if memory is None else memory
        """First sightings of undated entries: native id → naive UTC instant in ISO form.

        A caller that keeps it between runs gives undated entries a date that stays. One that does
        not moves them to the day of their newest reading for as long as the feed shows them.
        Also what a site said for good of a feed's address: `moved ADDRESS` → the new address,
        `gone ADDRESS` → the ISO day; and `shows ADDRESS` → which entries it showed when it was read
        last (`sightings.py`).
        """

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the entries of all feeds; a feed that fails is missed, the others go on.

        Raises:
            SourceError: no feed could be read; the first throttling, else the first failure.
        """
        failed: list[SourceError] = []
        missed: list[Missed] = []
        known: set[str] = set()
        feeds: list[Feed] = query.options.feeds
        self._forget_all_but(feeds)
        # From here on at least one feed was read.
        measured_from = window.end
        for number, feed in enumerate(feeds, start=1):
            label = _label(number, feed)
            gap: Missed | None = None
            try:
                for found in self._feed(feed, label, query.options, window, known):
                    if isinstance(found, Missed):
                        gap = found
                    else:
                        yield found
            except SourceError as problem:
                failed.append(problem)
                message = _ADDRESS.sub(r"\1", problem.message)
                reason = f"{label}: {message}"
                gap = Missed(window.start, window.end, _state(problem), reason)
            if gap:
                missed.append(gap)
            measured_from = min(measured_from, gap.end if gap else window.start)
        self._documents.keep_only_asked()
        for gap in missed:
            yield from _split(gap, measured_from)
        if len(failed) == len(feeds):
            throttled = [problem for problem in failed if isinstance(problem, SourceThrottled)]
            raise (throttled or failed)[0]

    def probe(self, query: Query) -> str:
        """Return how many feeds answer, and which moved or failed.

        Asks the addresses of the client's file, also those that were gone: one that is back is
        collected again.
        """
        count, notes = 0, []
        failed: list[SourceError] = []
        for number, feed in enumerate(query.options.feeds, start=1):
            label = _label(number, feed)
            try:
                answer = self._web.get(
                    feed.url,
                    headers={"Accept": _ACCEPT},
                    robots=True,
                    read=partial(_page, feed=feed, label=label, options=query.options),
                )
            except SourceError as problem:
                failed.append(problem)
                notes.append(f"{label}: {problem.message}")
                continue
            self._note(feed, answer)
            if answer.gone:
                notes.append(f"{label} is gone: remove it")
                continue
            count += 1
            if answer.moved_to:
                notes.append(f"{label} moved for good: write {answer.url} instead")
        if failed and not count:
            raise failed[0]
        return "; ".join([f"{count} of {len(query.options.feeds)} feeds answer", *notes])

    def _feed(
        self, feed: Feed, label: str, options: Any, window: Window, known: set[str]
    ) -> Iterator[Yield]:
        if _GONE + feed.url not in self.memory:
            url, page = self._first(feed, label, options)
        if day := self.memory.get(_GONE + feed.url):
            reason = (
                f"{label}: gone for good since {day} (410) and not asked any more → remove it from "
                "the client's file; should it be back, `oyez connect` takes it up again"
            )
            yield Missed(window.start, window.end, "not_configured", reason)
            return
        if moved_to := self.memory.get(_MOVED + feed.url):
            self._tell(
                f"{label} moved for good to {_host(moved_to)} and is read there → `oyez connect` "
                "shows the address to write into the client's file"
            )
        earliest = window.start - timedelta(days=options.late_days)
        sightings = Sightings(self.memory.get(_SHOWS + feed.url), window)
        sightings.begin(
            [one.native_id for one in page.found if isinstance(one, Found)] if page else []
        )
        history_count = 0
        pages = {feed.url, url}
        oldest: datetime | None = None
        is_cut = False
        while page:
            for found in page.found:
                if isinstance(found, Found):
                    found = self._dated(found, window)
                    published = datetime.fromisoformat(found.data["published_at"])
                    # A default date such as 1970 goes on: it is quarantined, not old.
                    is_old = EARLIEST <= published < earliest
                    has_appeared = published < EARLIEST or sightings.appeared(
                        found.native_id, published
                    )
                    history_count += is_old and not has_appeared and sightings.is_first
                    if found.native_id in known or (is_old and not has_appeared):
                        continue
                    known.add(found.native_id)
                yield found
            if page.is_cut:
                self.memory[_SHOWS + feed.url] = sightings.text(is_whole=False)
                reason = f"{label}: the document ends in the middle, whenever it is asked for"
                yield Missed(window.start, window.end, "partial", reason)
                return
            oldest = min(filter(None, (oldest, page.oldest)), default=None)
            next_url = page.next_url
            if not next_url or (oldest and oldest <= earliest):
                break
            is_cut = next_url in pages or len(pages) >= PAGES
            if is_cut:
                break
            pages.add(next_url)
            _, page = self._read(next_url, feed, label, options)
        self.memory[_SHOWS + feed.url] = sightings.text(is_whole=True)
        if history_count:
            self._tell(
                f"{label}: {history_count} entries before {earliest:%Y-%m-%d} were there at its "
                "first reading and are not collected; what appears from now on is, however late"
            )
        if oldest and window.start < oldest:
            end = min(oldest, window.end)
            why = "its pages repeat or do not end" if is_cut else "it shows nothing older"
            reason = f"{label}: reaches back to {oldest:%Y-%m-%d %H:%M} UTC only, {why}"
            yield Missed(window.start, end, "not_asked", reason)

    def _first(self, feed: Feed, label: str, options: Any) -> tuple[str, Page | None]:
        """Return a feed's first document and its address, which may have moved for good."""
        if moved_to := self.memory.get(_MOVED + feed.url):
            try:
                answer, page = self._read(moved_to, feed, label, options)
                if page:
                    # It may have moved once more.
                    self.memory[_MOVED + feed.url] = answer.moved_to or moved_to
                    return self.memory[_MOVED + feed.url], page
            except (SourceUnavailable, SourceDenied) as problem:
                log.warning("%s does not answer where it moved to: %s", label, problem.message)
            # The move may have been a mistake: what the client's file says is asked again.
            del self.memory[_MOVED + feed.url]
        answer, page = self._read(feed.url, feed, label, options)
        self._note(feed, answer)
        return answer.moved_to or feed.url, page

    def _read(self, url: str, feed: Feed, label: str, options: Any) -> tuple[Answer, Page | None]:
        """Return a document as it is now; no page if its address is gone for good."""
        understood: list[Page] = []
        cut: list[tuple[Answer, Page]] = []

        def read_page(answer: Answer) -> None:
            page = _page(answer, feed, label, options)
            if page.is_cut:
                cut.append((answer, page))
                raise SourceUnavailable(f"{label} ends in the middle", action="try again later")
            understood.append(page)

        try:
            answer = self._documents.get(
                self._web, url, headers={"Accept": _ACCEPT}, robots=True, read=read_page
            )
        except SourceUnavailable:
            if not cut:
                raise
            # Whole entries are entries; what the rest held, nobody knows.
            return max(cut, key=lambda one: len(one[1].found))
        if answer.gone:
            return answer, None
        page = understood[-1] if understood else _page(answer, feed, label, options)
        self._documents.keep(answer.moved_to or url, answer)
        return answer, page

    def _note(self, feed: Feed, answer: Answer) -> None:
        """Remember what the site says for good of a feed's address, or that it is good again."""
        self.memory.pop(_MOVED + feed.url, None)
        self.memory.pop(_GONE + feed.url, None)
        if answer.gone:
            self.memory[_GONE + feed.url] = answer.fetched_at.date().isoformat()
        elif answer.moved_to:
            self.memory[_MOVED + feed.url] = answer.moved_to

    def _forget_all_but(self, feeds: list[Feed]) -> None:
        words = (_MOVED, _GONE, _SHOWS)
        kept = {word + feed.url for feed in feeds for word in words}
        for fact in [one for one in self.memory if one.startswith(words)]:
            if fact not in kept:
                del self.memory[fact]

    def _dated(self, found: Found, window: Window) -> Found:
        if "published_at" in found.data:
            return found
        now = (window.end - timedelta(microseconds=1)).isoformat()
        first = self.memory.setdefault(found.native_id, now)
        data = {**found.data, "published_at": first}
        return Found(found.native_id, data, {**found.raw, "date_is": "first_seen"}, found.ref)


def _page(answer: Answer, feed: Feed, label: str, options: Any) -> Page:
    try:
        return read(
            answer.body,
            url=feed.url,
            content_type=answer.headers.get("Content-Type", ""),
            name=feed.name,
            medium=feed.medium or options.medium,
            label=label,
        )
    except SourceError:
        raise
    except Exception as problem:  # one document that nobody foresaw costs no other feed
        raise guarded.fault("rss", problem) from None


def read(
    body: bytes,
    *,
    url: str,
    content_type: str = "",
    name: str | None = None,
    medium: str | None = None,
    label: str = "feed",
) -> Page:
    """Return the items of one feed document; an undated one has no `published_at`.

    Args:
        body: as received.
        url: the configured address; ids of entries whose guid is no address depend on it.
        content_type: of the answer; its charset counts only where the document declares none.
        name: the outlet, instead of the feed's own title.
        medium: see `Rss.Options`.
        label: names the feed in `ref`.

    Raises:
        SourceUnavailable: this is no feed.
    """
    head = body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_json = head.startswith(b"{")
    document = _json_feed(body) if is_json else _xml_feed(body, url, content_type)
    if document is None:
        kind = "a web page" if re.match(rb"<(!doctype )?html", head, re.IGNORECASE) else "no feed"
        raise SourceUnavailable(
            f"{label} answers with {kind}" if body.strip() else f"{label} answers with nothing",
            action="open the address in a browser; many sites name their feed in the page's head",
        )
    whole_count = None if is_json else _whole_entries(body)
    if whole_count is not None:
        document = replace(document, entries=document.entries[:whole_count])
    entries = [one for one in document.entries if isinstance(one, _Entry)]
    is_repeated = _repeated_guids(entries)
    found = [
        replace(entry, ref=f"{label} #{row}", row=row)
        if isinstance(entry, Reject)
        else guarded.one(
            entry.raw,
            f"{label} #{row}",
            row,
            _item,
            entry,
            url,
            document,
            name,
            medium,
            f"{label} #{row}",
            row,
            is_repeated,
        )
        for row, entry in enumerate(document.entries, start=1)
    ]
    dates = [entry.date for entry in entries if entry.date and entry.date >= EARLIEST]
    next_url = _joined(url, document.next_url) if document.next_url else None
    return Page(found, next_url, min(dates, default=None), is_cut=whole_count is not None)


def _whole_entries(body: bytes) -> int | None:
    """Return how many entries a document holds whole that lacks its end; None if it has it.

    A server that dies in the middle of an answer whose length it did not announce sends what looks
    like a shorter feed.
    """
    text = body.decode(json.detect_encoding(body), "replace").lstrip("\ufeff")
    names = (one for one in tokens(text, is_html=False) if one.kind in ("start", "both"))
    root = next(names, None)
    if root is None or root.kind == "both" or root.name.rpartition(":")[2] not in _ROOTS:
        return None
    # Of an RSS whose channel is closed nothing is missing but a sign.
    end = max(text.lower().rfind(f"</{one}") for one in (root.name, "channel"))
    closed = [one.end() for one in _ENTRY_END.finditer(text)]
    return None if end >= (closed[-1] if closed else 1) else len(closed)


def parse(body: bytes, *, url: str = "https://feed.example/") -> Iterator[Found | Reject]:
    """Yield the items of one recorded document; see `read`."""
    yield from read(body, url=url).found


@dataclass(frozen=True)
class _Entry:
    """One entry, whatever the format it came in."""

    guid: str
    link: str
    title: str
    text: str
    date: datetime | None
    author: str
    outlet: str
    language: str
    comments: str
    has_sound: bool
    video: str
    raw: dict[str, Any]


@dataclass(frozen=True)
class _Document:
    title: str
    language: str
    next_url: str
    entries: list[_Entry | Reject] = field(default_factory=list)


def _item(
    entry: _Entry,
    url: str,
    document: _Document,
    name: str | None,
    medium: str | None,
    ref: str,
    row: int,
    is_repeated: set[str],
) -> Found | Reject:
    link, is_unwrapped = _unwrapped(entry.link)
    guid = "" if entry.guid in is_repeated else entry.guid
    words = entry.title or entry.text
    if entry.video:
        native_id = entry.video
    elif guid:
        native_id = guid if _URI.fullmatch(guid) else _digest(url, guid)
    elif link:
        native_id = link
    elif words:
        native_id = _digest(url, words, entry.date.isoformat() if entry.date else "")
    else:
        return Reject(ref, row, "missing_id", "no guid, link, title or text", entry.raw)
    carried = "youtube" if entry.video else medium or ("podcast" if entry.has_sound else "news")
    channel, network, kind = _MEDIA[carried]
    # An alert's title is its query: the outlet is the site it found.
    outlet = name or entry.outlet or (_host(link) if is_unwrapped else document.title)
    data = {
        "published_at": entry.date.isoformat() if entry.date else None,
        "title": entry.title,
        "text": entry.text,
        "url": link,
        "network": network,
        "channel": channel,
        "kind": kind,
        "language": entry.language or document.language,
        "author_name": entry.author,
        "reply_count": entry.comments if entry.comments.isdigit() else None,
        "outlet": outlet or _host(url),
    }
    return Found(native_id, {key: value for key, value in data.items() if value}, entry.raw, ref)


def _xml_feed(body: bytes, url: str, content_type: str) -> _Document | None:
    # Without the document's address, below which feedparser would put a guid such as 17.
    headers = {}
    if not _DECLARES.search(body[:300]) and not _is_utf8(body) and "charset" in content_type:
        headers["content-type"] = content_type
    # Bytes in a stream: feedparser takes bare bytes for a file's name first.
    parsed = feedparser.parse(io.BytesIO(body.lstrip()), response_headers=headers)
    if not parsed.entries and not parsed.get("version"):
        return None
    feed = parsed.feed
    is_atom = parsed.get("version", "").startswith("atom")
    return _Document(
        title=_words(feed, "title", is_atom),
        language=_language(feed.get("language")),
        next_url=next(
            (one.get("href", "") for one in feed.get("links", []) if one.get("rel") == "next"), ""
        ),
        entries=[
            guarded.one(repr(entry)[:_SHOWN], "", 1, _xml_entry, entry, url, is_atom)
            for entry in parsed.entries
        ],
    )


def _xml_entry(entry: Any, url: str, is_atom: bool) -> _Entry:
    enclosures = [one for one in entry.get("enclosures", []) if one.get("href")]
    has_sound = any(str(one.get("type", "")).startswith("audio/") for one in enclosures)
    link = str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()
    guid = str(entry.get("id") or "").strip()
    if not link or (link == guid and not _is_web(guid)):  # feedparser takes a guid for the link
        link = guid if _is_web(guid) else next((one["href"] for one in enclosures), "")
    link = _joined(url, link) if link else ""
    source = entry.get("source") or {}
    raw = {key: value for key, value in entry.items() if not key.endswith("_parsed")}
    return _Entry(
        guid=guid,
        link=link if _is_web(link) else "",
        title=_words(entry, "title", is_atom),
        text=_text(entry, is_atom),
        date=_xml_date(entry),
        author=_MAIL.sub("", str(entry.get("author") or "")).strip(" ()<>"),
        outlet=plain(source.get("title") or ""),
        language="",
        comments=str(entry.get("slash_comments") or "").strip(),
        has_sound=has_sound,
        video=str(entry.get("yt_videoid") or "").strip(),
        raw=json.loads(json.dumps(raw, default=str)),
    )


def _xml_date(entry: Any) -> datetime | None:
    """Return the first credible date: published, updated, created; else the first given."""
    given = []
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = entry.get(name) if name in entry else None
        if parts:
            try:
                year, month, day, hour, minute, second = parts[:6]
                # A leap second has no place in datetime; naive UTC by convention.
                given.append(datetime(year, month, day, hour, minute, min(second, 59)))  # noqa: DTZ001
            except (ValueError, TypeError):
                continue
    return next((date for date in given if date >= EARLIEST), given[0] if given else None)


def _words(holder: Any, name: str, is_atom: bool) -> str:
    value = holder.get(name) or ""
    is_text = holder.get(f"{name}_detail", {}).get("type") == "text/plain"
    # RSS cannot say whether its titles are text or HTML, and its writers do not agree.
    return value.strip() if is_atom and is_text else plain(value)


def _text(entry: Any, is_atom: bool) -> str:
    """Return the longest of the texts that an entry offers."""
    offered = [
        value.strip() if is_atom and part.get("type") == "text/plain" else plain(value)
        for part in [*entry.get("content", []), entry.get("summary_detail") or {}]
        if (value := part.get("value"))
    ]
    return max(offered, key=len, default="")


def _json_feed(body: bytes) -> _Document | None:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    items = [one for one in feed["items"] if isinstance(one, dict)]
    # Many APIs answer with `items`; some feeds forget to say which version they follow.
    if "jsonfeed.org" not in str(feed.get("version")) and not any(
        _ENTRY_KEYS & one.keys() for one in items
    ):
        return None
    language = _language(feed.get("language"))
    return _Document(
        title=_string(feed.get("title")),
        language=language,
        next_url=_string(feed.get("next_url")),
        entries=[
            guarded.one(one, "", 1, _json_entry, one, feed)
            if isinstance(one, dict)
            else Reject("", 1, "bad_shape", "an entry is no object", one)
            for one in feed["items"]
        ],
    )


def _json_entry(entry: dict[str, Any], feed: dict[str, Any]) -> _Entry:
    link = next(
        (one for key in ("url", "external_url") if _is_web(one := _string(entry.get(key)))), ""
    )
    guid = _string(entry.get("id"))
    authors = [entry.get("author"), *_list(entry.get("authors")), feed.get("author")]
    author = next((_string(one.get("name")) for one in authors if isinstance(one, dict)), "")
    texts = [plain(_string(entry.get("content_html"))), _string(entry.get("content_text"))]
    attached = [one for one in _list(entry.get("attachments")) if isinstance(one, dict)]
    dates = [_iso(_string(entry.get(key))) for key in ("date_published", "date_modified")]
    return _Entry(
        guid=guid,
        link=link or (guid if _is_web(guid) else ""),
        title=plain(_string(entry.get("title"))),
        text=max(texts, key=len) or _string(entry.get("summary")),
        date=next(filter(None, dates), None),
        author=author,
        outlet="",
        language=_language(entry.get("language")),
        comments="",
        has_sound=any(_string(one.get("mime_type")).startswith("audio/") for one in attached),
        video="",
        raw=entry,
    )


def _repeated_guids(entries: list[_Entry]) -> set[str]:
    """Return the guids that stand for several links: some feeds write one for all entries."""
    links: dict[str, set[str]] = {}
    for entry in entries:
        links.setdefault(entry.guid, set()).add(entry.link or entry.title)
    return {guid for guid, own in links.items() if len(own) > 1}


def _unwrapped(link: str) -> tuple[str, bool]:
    """Return the address behind a Google redirect, and whether there was one."""
    try:
        parts = urlsplit(link)
        if parts.path == "/url" and _GOOGLE.fullmatch(parts.hostname or ""):
            given = parse_qs(parts.query)
            for name in ("url", "q"):
                if _is_web(target := given.get(name, [""])[0]):
                    return target, True
    except ValueError:
        pass
    return link, False


def _split(gap: Missed, measured_from: datetime) -> Iterator[Missed]:
    """Yield a gap of one feed; where other feeds were read, the source is partial, not blind."""
    if gap.start < measured_from:
        yield replace(gap, end=min(gap.end, measured_from))
    if measured_from < gap.end:
        yield replace(gap, start=max(gap.start, measured_from), state="partial")


def _label(number: int, feed: Feed) -> str:
    # Never the whole address: whoever knows that of a private feed or an alert can read it.
    return f"feed {number} ({feed.name or _host(feed.url)})"


def _joined(url: str, link: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _language(value: object) -> str:
    code = re.match(r"[a-z]{2}(?![a-z])", str(value or "").strip().lower())
    return code[0] if code else ""


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def _string(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _digest(url: str, *parts: str) -> str:
    # Without scheme and www: feeds move from http to https and keep their entries.
    text = "\n".join((canonical_url(url), *parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _state(problem: SourceError) -> State:
    if isinstance(problem, SourceThrottled):
        return "throttled"
    return "auth_failed" if isinstance(problem, SourceDenied) else "source_down"
