"""Searches YouTube for videos that name a brand, and reads comments on them and on its channels.

Where the facts come from (developers.google.com/youtube, read in November 2026):

- 100 `search.list` calls a day, each page counts, beside 10,000 units for all else; both begin
  again at midnight Pacific time: data/determine_quota_cost. The calls belong to the agency's
  project, so the agency shares them out among its clients: see `Allowance`.
- `search.list`: `publishedAfter`, `publishedBefore`, `order=date`, `|` for or; `videos.list` gives
  whole descriptions and counts, fifty at once: v3/docs/search/list, v3/docs/videos/list.
- `commentThreads.list`: by date of the thread, at most 100, few replies inline;
  `comments.list?parentId=` has them all: v3/docs/commentThreads/list. A reply does not move its
  thread up, so older threads are read too (`reply_days`).
- 403 means `quotaExceeded`, or only that a video's `commentsDisabled`: v3/docs/errors.
- What was read without its author's consent is deleted or refreshed within 30 days, and figures of
  YouTube must not be added up with other networks': terms/developer-policies-guide, which names an
  "engagement" of several platforms. Counts are therefore left out unless asked for (`counts`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field

from oyez.config.model import Strict
from oyez.days import bounds
from oyez.errors import SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import (
    Attribution,
    Capabilities,
    Found,
    Gone,
    Missed,
    Query,
    Window,
    Yield,
)
from oyez.sources.credential import Credential
from oyez.sources.guarded import each
from oyez.sources.item import COUNTS, BadValue, instant
from oyez.web import Answer, Verdict, Web

NETWORK = "youtube"
SEARCHES_A_DAY = 100
_API = "https://www.googleapis.com/youtube/v3"
_PACIFIC = ZoneInfo("America/Los_Angeles")
_VIDEOS, _COMMENTS = 50, 100
_PAGE_CAP = 200
_TERMS_A_SEARCH = 8
_USED_UP = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_NOTHING_THERE = frozenset(
    {"commentsDisabled", "videoNotFound", "channelNotFound", "commentNotFound", "notFound"}
)
_NO_KEY = frozenset({"keyInvalid", "keyExpired", "badRequest", "API_KEY_INVALID"})

# How many searches a source may still make today; the agency divides its hundred a day.
Allowance = Callable[[Query], int]


def whole_day(_: Query) -> int:
    """Allow one source all searches of a day: right for an agency with one client on YouTube."""
    return SEARCHES_A_DAY


class Options(Strict):
    """What a client's file says of YouTube."""

    terms: list[str] = Field(
        default_factory=list, description="Searched instead of the brands' names and aliases."
    )
    channels: list[Annotated[str, Field(pattern=r"^UC[\w-]{22}$")]] = Field(
        default_factory=list, description="Channels whose comments are read, as UC… ids."
    )
    reply_days: int = Field(
        default=7,
        ge=0,
        le=365,
        description="New replies are looked for in threads up to so many days older than the day.",
    )
    counts: bool = Field(
        default=False,
        description="Take likes, views and numbers of replies too. The reports add them to other "
        "networks' figures, which YouTube's policies forbid without an agreement of your own.",
    )


class YouTube:
    """Videos that name a brand, and comments."""

    name: ClassVar[str] = "youtube"
    title: ClassVar[str] = "YouTube"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes",
        is_sorted=True,
        needs="key",
        retention_days=30,
        recheck_days=30,
        daily_quota=SEARCHES_A_DAY,
        quota_unit="searches",
        quota_zone="America/Los_Angeles",
        slice_minutes=15,
        attribution=Attribution("YouTube", "https://www.youtube.com/t/terms"),
    )
    Options: ClassVar[type[Strict]] = Options

    def __init__(
        self, web: Web, credential: Credential | None, *, allowance: Allowance = whole_day
    ) -> None:
        self._web, self._key = web, credential.password if credential else ""
        self._allowance = allowance
        self.api_url = _API
        if self._key:
            web.hide(self._key)

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the comments on the brand's channels, then the videos found, then their comments.

        Comments come first: they have a quota of their own, which a used-up search does not touch.

        Raises:
            SourceThrottled: a quota is used up until midnight Pacific time.
            SourceDenied: the key is refused.
            SourceUnavailable: no sound answer.
        """
        for one in self._read(query, window):
            yield _permitted(one, query) if isinstance(one, Found) else one

    def _read(self, query: Query, window: Window) -> Iterator[Yield]:
        for channel in query.options.channels:
            where = {"allThreadsRelatedToChannelId": channel}
            yield from self._comments(where, window, query.options.reply_days)
        videos: list[str] = []
        yield from self._search(query, window, videos)
        for start in range(0, len(videos), _VIDEOS):
            ids = ",".join(videos[start : start + _VIDEOS])
            body = self._get("videos", {"part": "snippet,statistics", "id": ids})
            for one in parse(body or {}) if (body or {}).get("items") else ():
                if isinstance(one, Reject) or _is_within(one, window):
                    yield one
        for video in videos:
            yield from self._comments({"videoId": video}, window, 0)

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for what is no longer there; `Found` refreshes the rest."""
        # A comment's id is longer than a video's eleven characters.
        for path, part, wanted in (
            ("videos", "snippet,statistics", [one for one in native_ids if len(one) == 11]),
            ("comments", "snippet", [one for one in native_ids if len(one) != 11]),
        ):
            for start in range(0, len(wanted), _VIDEOS):
                ids = wanted[start : start + _VIDEOS]
                body = self._get(path, {"part": part, "id": ",".join(ids)}) or {}
                posts = list(parse(body)) if body.get("items") else []
                items = [one for one in posts if isinstance(one, Found)]
                yield from (_permitted(one, query) for one in items)
                there = {one.native_id for one in items}
                yield from (Gone(one) for one in ids if one not in there)

    def probe(self, query: Query) -> str:
        """Return whether the key is good; costs one unit, no search."""
        self._get("videos", {"part": "id", "chart": "mostPopular", "maxResults": 1})
        return f"the key is good; this source may search {self._allowance(query)} times a day"

    def _search(self, query: Query, window: Window, videos: list[str]) -> Iterator[Missed]:
        """Note the ids of the window's videos; yield the stretch that was not searched."""
        left = self._allowance(query)
        for start in range(0, len(query.terms), _TERMS_A_SEARCH):
            terms = query.terms[start : start + _TERMS_A_SEARCH]
            params: dict[str, Any] = {
                "part": "snippet",
                "type": "video",
                "order": "date",
                "maxResults": _VIDEOS,
                "q": "|".join('"' + term.replace('"', " ") + '"' for term in terms),
                "publishedAfter": f"{window.start:%Y-%m-%dT%H:%M:%SZ}",
                "publishedBefore": f"{window.end:%Y-%m-%dT%H:%M:%SZ}",
            }
            reached, seen = window.end, {""}
            while True:
                if left < 1:
                    reason = "this source's share of the day's searches is used up"
                    yield _rest(window, reached, "throttled", reason)
                    break
                left -= 1
                body = self._get("search", params) or {}
                for item in _items(body):
                    reached = min(reached, _date(_snippet(item).get("publishedAt")) or reached)
                    video = item.get("id")
                    number = video.get("videoId") if isinstance(video, dict) else None
                    if isinstance(number, str) and number not in videos:
                        videos.append(number)
                token = str(body.get("nextPageToken") or "")
                if not token:
                    break
                if token in seen:
                    yield _rest(window, reached, "partial", "the pages of a search do not end")
                    break
                seen.add(token)
                params["pageToken"] = token

    def _comments(self, where: dict[str, str], window: Window, reply_days: int) -> Iterator[Yield]:
        horizon = window.start - timedelta(days=reply_days)
        params: dict[str, Any] = {
            **where,
            "part": "snippet,replies",
            "order": "time",
            "textFormat": "plainText",
            "maxResults": _COMMENTS,
        }
        seen = {""}
        reached = window.end
        for _ in range(_PAGE_CAP):
            body = self._get("commentThreads", params)
            if body is None:
                return  # comments are off, or the video is gone: there is nothing to read
            dates: list[datetime] = []
            for thread in _items(body):
                top = _snippet(thread).get("topLevelComment")
                if isinstance(top, dict) and (date := _date(_snippet(top).get("publishedAt"))):
                    dates.append(date)
                ref = str(thread.get("id"))
                read = each(thread, ref, 1, self._thread, thread, window)
                for one in read:
                    if not isinstance(one, Found) or _is_within(one, window):
                        yield one
            if dates:
                reached = min(reached, max(dates))
            token = str(body.get("nextPageToken") or "")
            if not token or (dates and max(dates) < horizon):
                return
            if token in seen:
                break
            seen.add(token)
            params["pageToken"] = token
        yield _rest(window, reached, "partial", "the pages of comments do not end")

    def _thread(self, thread: dict[str, Any], window: Window) -> Iterator[Yield]:
        """Yield a thread's comment and all its replies, asking for those that it left out."""
        inline = thread.get("replies")
        given = inline.get("comments", []) if isinstance(inline, dict) else []
        yield from parse({**thread, "replies": None})
        total = _snippet(thread).get("totalReplyCount")
        video = _snippet(thread).get("videoId")
        if not isinstance(total, int) or total <= len(given):
            yield from _comments_of({"items": given}, video)
            return
        params: dict[str, Any] = {
            "part": "snippet",
            "parentId": thread.get("id"),
            "textFormat": "plainText",
            "maxResults": _COMMENTS,
        }
        seen = {""}
        while True:
            body = self._get("comments", params) or {}
            yield from _comments_of(body, video)
            token = str(body.get("nextPageToken") or "")
            if not token:
                return
            if token in seen:
                yield _rest(window, window.end, "partial", "the pages of replies do not end")
                return
            seen.add(token)
            params["pageToken"] = token

    def _get(self, path: str, params: dict[str, Any]) -> dict[str, Any] | None:
        """Return a JSON object, or None if YouTube says that there is nothing of the kind."""
        answer = self._web.get(
            f"{self.api_url}/{path}",
            params={**params, "key": self._key},
            read=Answer.json,
            classify=_classify,
            cost=int(path == "search"),
        )
        if answer.status >= 400:
            return None
        body = answer.json()
        if not isinstance(body, dict) or "error" in body:
            raise SourceUnavailable(f"{answer.url} answered no list", action="try again later")
        return body


def parse(body: dict[str, Any]) -> Iterator[Found | Reject]:
    """Yield the videos and comments of an answer of the API, or why they are none."""
    items = body.get("items")
    if not isinstance(items, list):
        items = [body]
    for row, item in enumerate((one for one in items if isinstance(one, dict)), 1):
        ref = str(item.get("id"))
        yield from each(item, ref, row, _read, item, row)


def _read(item: dict[str, Any], row: int) -> Iterator[Found | Reject]:
    kind = str(item.get("kind", "")).removeprefix("youtube#")
    number = item.get("id")
    if kind == "searchResult" and isinstance(number, dict):
        number = number.get("videoId")
    if kind == "commentThread":
        yield from _thread_of(item, row)
    elif kind == "comment":
        yield from _comments_of({"items": [item]}, None)
    elif kind not in ("video", "searchResult"):
        yield Reject(kind, row, "not_an_item", f"a {kind or 'thing'} is no post", item)
    elif not isinstance(number, str) or not number:
        yield Reject(kind, row, "not_a_video", "the result is a channel or a list", item)
    elif not _snippet(item):
        yield Reject(number, row, "missing_text", "the video came without its snippet", item)
    else:
        yield Found(number, _video(item, number), item, f"videos/{number}")


def _thread_of(thread: dict[str, Any], row: int) -> Iterator[Found | Reject]:
    snippet = _snippet(thread)
    top, replies = snippet.get("topLevelComment"), thread.get("replies")
    if not isinstance(top, dict):
        yield Reject("commentThread", row, "missing_text", "a thread without comment", thread)
        return
    for one in _comments_of({"items": [top]}, snippet.get("videoId")):
        if isinstance(one, Found):
            one.data["reply_count"] = snippet.get("totalReplyCount")
        yield one
    if isinstance(replies, dict):
        yield from _comments_of({"items": replies.get("comments")}, snippet.get("videoId"))


def _comments_of(body: dict[str, Any], video: object) -> Iterator[Found | Reject]:
    for row, item in enumerate(_items(body), 1):
        number, snippet = item.get("id"), _snippet(item)
        if not isinstance(number, str) or not number:
            yield Reject("comment", row, "missing_id", "a comment without id", item)
            continue
        place = snippet.get("videoId") or video
        author = snippet.get("authorChannelId")
        shown = snippet.get("authorDisplayName")
        is_handle = isinstance(shown, str) and shown.startswith("@")
        parent = snippet.get("parentId")
        data = {
            "published_at": snippet.get("publishedAt"),
            "text": snippet.get("textOriginal") or snippet.get("textDisplay"),
            "url": f"https://www.youtube.com/watch?v={place}&lc={number}" if place else None,
            "network": NETWORK,
            "channel": "social",
            "kind": "reply" if parent else "comment",
            "author_id": author.get("value") if isinstance(author, dict) else None,
            "author_handle": shown if is_handle else None,
            "author_name": shown,
            "parent_id": parent or place,
            "thread_id": place,
            "like_count": snippet.get("likeCount"),
        }
        yield Found(number, data, item, f"comments/{number}")


def _video(item: dict[str, Any], number: str) -> dict[str, Any]:
    snippet, counts = _snippet(item), item.get("statistics")
    counts = counts if isinstance(counts, dict) else {}
    return {
        "published_at": snippet.get("publishedAt"),
        "text": snippet.get("description"),
        "title": snippet.get("title"),
        "url": f"https://www.youtube.com/watch?v={number}",
        "network": NETWORK,
        "channel": "social",
        "kind": "post",
        "language": snippet.get("defaultLanguage") or snippet.get("defaultAudioLanguage"),
        "author_id": snippet.get("channelId"),
        "author_name": snippet.get("channelTitle"),
        "thread_id": number,
        "like_count": counts.get("likeCount"),
        "reply_count": counts.get("commentCount"),
        "view_count": counts.get("viewCount"),
    }


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = body.get("items")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _snippet(item: dict[str, Any]) -> dict[str, Any]:
    found = item.get("snippet")
    return found if isinstance(found, dict) else {}


def _date(text: object) -> datetime | None:
    try:
        return instant(str(text), date_format=None, zone=None)
    except BadValue:
        return None


def _is_within(found: Found, window: Window) -> bool:
    """Keep what has no readable date: it is quarantined, not lost."""
    date = _date(found.data["published_at"])
    return date is None or window.holds(date)


def _permitted(found: Found, query: Query) -> Found:
    if query.options.counts:
        return found
    kept = {name: value for name, value in found.data.items() if name not in COUNTS}
    return replace(found, data=kept)


def _rest(window: Window, reached: datetime, state: Any, reason: str) -> Missed:
    end = max(min(reached, window.end), window.start + timedelta(seconds=1))
    return Missed(window.start, end, state, reason)


def _classify(answer: Answer) -> Verdict | None:
    """Read the reason of an error: 403 alone may mean four things."""
    if answer.status < 400:
        return None
    try:
        error = json.loads(answer.body)["error"]
        reasons = {str(one.get("reason")) for one in error["errors"]}
        reasons |= {str(one.get("reason")) for one in error.get("details", [])}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if reasons & _USED_UP:
        return Verdict("throttled", "the day's quota is used up", until=_midnight(answer))
    if reasons & _TOO_FAST:
        return Verdict("throttled", "too many calls at once")
    if reasons & _NOTHING_THERE:
        return Verdict("ok")
    if reasons & _NO_KEY and answer.status in (400, 403):
        return Verdict("refused", f"the key: {', '.join(sorted(reasons))}")
    return None


def _midnight(answer: Answer) -> datetime:
    """Return the next midnight in California, naive UTC."""
    day = (answer.fetched_at.replace(tzinfo=ZoneInfo("UTC"))).astimezone(_PACIFIC).date()
    return bounds(day, _PACIFIC)[1]
