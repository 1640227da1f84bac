"""Searches Hacker News by its public search service, which Algolia runs: stories and comments.

Where the facts come from:
- a query yields 1000 hits at most whatever the paging, while `nbHits` tells the true number:
  github.com/algolia/hn-search/issues/125 and 230; so a window with more is halved;
- what is searched (title, story_text, comment_text, url, author; not the title of the story that a
  comment answers): the index definition in that repository's README;
- `nbHits` may be an estimate, then `exhaustiveNbHits` is false (an answer of March 2026 quoted in
  github.com/dangwu/Octal/issues/345): pages are read until they end, whatever it says;
- `points` is refused as a numeric filter since 2026, `created_at_i` is not: design notes.
Not re-checked: 10 000 requests an hour and address; /items/ID answers 404 for what was deleted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from pydantic import Field

from oyez.config.model import Strict
from oyez.errors import SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import Capabilities, Found, Gone, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.sources.plain import plain
from oyez.web import Answer, Web, accepting

API = "https://hn.algolia.com/api/v1"
HITS = 1000
_ITEM = "https://news.ycombinator.com/item?id="
_TAGS = "(story,comment,poll,job)"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  naive UTC by convention


class HackerNews:
    """Hacker News, searched by term and second."""

    name: ClassVar[str] = "hackernews"
    title: ClassVar[str] = "Hacker News"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="nothing", recheck_days=7, slice_minutes=15
    )

    class Options(Strict):
        """What to search."""

        terms: list[str] = Field(
            default_factory=list,
            max_length=50,
            description="Instead of the names and aliases of all brands.",
        )

    def __init__(
        self, web: Web, credential: Credential | None = None, *, base_url: str = API
    ) -> None:
        self._web, self._base_url = web, base_url

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield each item once, whichever terms it holds.

        Raises:
            SourceThrottled: too many requests.
            SourceUnavailable: no sound answer; which part of the window was read is unknown.
        """
        known: set[str] = set()
        # The service counts whole seconds; both ends are rounded up, so days meet without overlap.
        start, end = _epoch(window.start), _epoch(window.end)
        for term in query.terms:
            for found in self._between(term, start, end):
                if isinstance(found, Found):
                    if found.native_id in known:
                        continue
                    known.add(found.native_id)
                yield found

    def probe(self, query: Query) -> str:
        """Return how many items name the first term, over all time."""
        term = next(iter(query.terms), "")
        answer = self._search(term, 0, 0, _epoch(datetime.now(UTC).replace(tzinfo=None)), hits=1)
        return f"answers without a key; {_total(answer):,} items name “{term}”"

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for items that the service no longer has, the others as they are now."""
        for native_id in native_ids:
            answer = self._web.get(
                f"{self._base_url}/items/{native_id}", classify=accepting(404), read=_body_if_found
            )
            item = {} if answer.status == 404 else answer.json()
            if not any(item.get(name) for name in ("author", "text", "title")):
                yield Gone(native_id)
                continue
            for found in parse({"hits": [_as_hit(item)]}, ref=f"items/{native_id}"):
                if isinstance(found, Found):
                    yield found

    def _between(self, term: str, start: int, end: int) -> Iterator[Yield]:
        """Yield the items of [start, end), in halves where there are too many for one query."""
        if start >= end:
            return
        answer = self._search(term, 0, start, end)
        total, is_exact = _total(answer), answer.get("exhaustiveNbHits", True) is not False
        if max(total, len(answer["hits"])) >= HITS and end - start > 1:
            middle = (start + end) // 2
            yield from self._between(term, start, middle)
            yield from self._between(term, middle, end)
            return
        ref = f"{term} {start}..{end}"
        known: set[str] = set()
        page = 0
        while new := _ids(answer) - known:
            known |= new
            yield from parse(answer, ref=f"{ref} page {page}")
            # The service may give smaller pages than it was asked for.
            if len(known) >= HITS or (is_exact and len(known) >= total):
                break
            page += 1
            answer = self._search(term, page, start, end)
        if (len(known) < total and is_exact) or max(total, len(known) + 1) > HITS:
            first, last = (_EPOCH + timedelta(seconds=second) for second in (start, end))
            reason = f"“{term}”: the search gave {len(known)} of {total} items"
            yield Missed(first, last, "partial", reason)

    def _search(
        self, term: str, page: int, start: int, end: int, *, hits: int = HITS
    ) -> dict[str, Any]:
        words = term.replace('"', " ").strip()
        answer = self._web.get(
            f"{self._base_url}/search_by_date",
            params={
                "query": f'"{words}"',
                "tags": _TAGS,
                "numericFilters": f"created_at_i>={start},created_at_i<{end}",
                "hitsPerPage": hits,
                "page": page,
                "typoTolerance": "false",
                "advancedSyntax": "true",
            },
            read=_result,
        )
        return _result(answer)


def parse(body: dict[str, Any], *, ref: str = "search") -> Iterator[Found | Reject]:
    """Yield the items of one answer of the search.

    A comment has no title: that of its story would make every comment below an article about a
    brand a mention of the brand. It stays in the raw record.
    """
    hits: Iterable[Any] = body["hits"]
    for row, hit in enumerate(hits, start=1):
        yield guarded.one(hit, ref, row, _item, hit, ref, row)


def _item(hit: Any, ref: str, row: int) -> Found | Reject:
    if not isinstance(hit, dict):
        return Reject(ref, row, "bad_shape", "a hit is no object", hit)
    native_id = str(hit.get("objectID") or "").strip()
    if not native_id:
        return Reject(ref, row, "missing_id", "a hit has no objectID", hit)
    story = str(hit.get("story_id") or "")
    parent = str(hit.get("parent_id") or "")
    is_comment = "comment" in (hit.get("_tags") or ()) or bool(parent)
    data = {
        "published_at": _instant(hit),
        "title": None if is_comment else plain(hit.get("title") or ""),
        "text": plain(hit.get("comment_text") or hit.get("story_text") or ""),
        "url": _ITEM + native_id,
        "network": "hackernews",
        "channel": "forum",
        "kind": _kind(hit, is_comment, parent, story),
        "author_id": hit.get("author"),
        "author_handle": hit.get("author"),
        "parent_id": parent,
        "thread_id": story or native_id,
        "like_count": hit.get("points"),
        "reply_count": hit.get("num_comments"),
    }
    kept = {key: value for key, value in data.items() if value not in (None, "")}
    raw = {key: value for key, value in hit.items() if key != "_highlightResult"}
    return Found(native_id, kept, raw, f"{ref} #{row}")


def _kind(hit: dict[str, Any], is_comment: bool, parent: str, story: str) -> str:
    if is_comment:
        return "reply" if parent and parent != story else "comment"
    return "question" if "ask_hn" in (hit.get("_tags") or ()) else "post"


def _instant(hit: dict[str, Any]) -> str | None:
    seconds = hit.get("created_at_i")
    if isinstance(seconds, int | float) and abs(seconds) < 1e11:
        return (_EPOCH + timedelta(seconds=int(seconds))).isoformat()
    return str(hit.get("created_at") or "") or None


def _as_hit(item: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of /items in the words of the search."""
    is_comment = item.get("type") == "comment"
    return {
        **{key: value for key, value in item.items() if key not in ("children", "text")},
        "objectID": item.get("id"),
        "comment_text" if is_comment else "story_text": item.get("text"),
        "_tags": [item.get("type")],
    }


def _result(answer: Answer) -> dict[str, Any]:
    body = answer.json()
    if not isinstance(body, dict) or not isinstance(body.get("hits"), list):
        said = body.get("message") if isinstance(body, dict) else None
        raise SourceUnavailable(
            f"the search of Hacker News answers without hits{f': {said}' if said else ''}",
            action="try again later; if it lasts, the search has changed",
        )
    return body


def _body_if_found(answer: Answer) -> object:
    return None if answer.status == 404 else answer.json()


def _total(body: dict[str, Any]) -> int:
    total = body.get("nbHits")
    return total if isinstance(total, int) else len(body["hits"])


def _ids(body: dict[str, Any]) -> set[str]:
    return {
        str(hit.get("objectID") or position) if isinstance(hit, dict) else str(position)
        for position, hit in enumerate(body["hits"])
    }


def _epoch(instant: datetime) -> int:
    return math.ceil((instant - _EPOCH).total_seconds())
