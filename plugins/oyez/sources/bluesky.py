"""Bluesky: posts that name the brands, answers to their account, and what the account says itself.

Where the facts come from:
- searchPosts wants a session (public.api.bsky.app answers 403), and goes through the account's own
  server (PDS); it is meant for questions of people: bluesky-social/atproto issues 2838 and 3423,
  bsky-docs issue 296. So a term is one question a day, not a stream;
- `since` and `until` compare with `sortAt`, half-open; a cursor "may not allow scrolling through
  the entire result set": the lexicon. When it ends early, or is forgotten (500, recorded; 502
  through a PDS), the
  search goes on below the oldest post it gave;
- getPosts and getProfiles take 25; getPosts leaves deleted posts out without a word: recorded;
- 3,000 calls in 5 minutes an address: docs.bsky.app, "Rate limits".

The account's own posts are read from its repository (listRecords): complete, and independent of
Bluesky's index. A post counts on the day of its `sortAt` (see `bluesky_item`). Late arrivals,
which Bluesky saw within the window although they are dated up to `overlap_hours` before it, are
yielded too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar

from pydantic import Field

from oyez.config.model import Strict
from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.bluesky_item import (
    POST,
    REPOST,
    View,
    indexed_at,
    item,
    sort_at,
    views,
)
from oyez.sources.bluesky_session import Account, MemorySessions, Sessions
from oyez.sources.contract import Capabilities, Found, Gone, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.web import Web

_PAGE_LIMIT = 100
_BATCH = 25
_MAX_PAGES = 200
_OLD_PAGES = 2
_NO_NEWS_PAGES = 3
# A cursor that the index does not know (any more); the PDS hands its 500 on as a 502.
_LOST = (500, 502)


class BlueskyOptions(Strict):
    """What is asked of Bluesky."""

    terms: list[str] = Field(
        default_factory=list, description="Searched; by default the brands' names and aliases."
    )
    search: bool = Field(default=True, description="Search all posts for the terms.")
    notifications: bool = Field(
        default=True, description="Read who mentions, answers or quotes the account."
    )
    own_posts: bool = Field(
        default=True, description="Read what the account and the brands' other accounts post."
    )
    followers: bool = Field(default=True, description="Ask how many followers the authors have.")
    overlap_hours: int = Field(
        default=24,
        ge=0,
        le=720,
        description="How long before the window late arrivals may be dated.",
    )


class Bluesky:
    """Reads an account's repository and notifications, and searches through its server."""

    name: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=False, needs="account", recheck_days=30, slice_minutes=15
    )
    Options: ClassVar[type[BlueskyOptions]] = BlueskyOptions

    def __init__(
        self, web: Web, credential: Credential | None, sessions: Sessions | None = None
    ) -> None:
        self._account = Account(web, credential, sessions or MemorySessions())
        self._followers: dict[str, int | None] = {}

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the window's posts, each once, and late arrivals (see the module).

        Raises:
            SourceThrottled: the server asks to come back later.
            SourceDenied: the app password is refused.
            SourceUnavailable: the server is down or answers nonsense.
        """
        options: BlueskyOptions = query.options
        brand = _brand_of(query, self._account.handle)
        overlap = timedelta(hours=options.overlap_hours)
        seen: set[str] = set()
        for part in self._parts(query, options, window):
            for page in part:
                if isinstance(page, Missed):
                    yield page
                    continue
                founds: list[Found] = []
                for row, view in enumerate(page, start=1):
                    for found in guarded.each(
                        view, str(view.get("uri")), row, _read, view, window, overlap
                    ):
                        if isinstance(found, Reject):
                            yield found
                        elif found.native_id not in seen:
                            seen.add(found.native_id)
                            if brand and view.get("reason") in ("mention", "reply"):
                                found.data["addressed_to"] = brand
                            founds.append(found)
                yield from self._with_followers(founds) if options.followers else founds

    def probe(self, query: Query) -> str:
        """Return as whom the server knows us, and whether it searches."""
        body = self._account.get("com.atproto.server.getSession", {}).json()
        answers = f"answers as @{body.get('handle') if isinstance(body, dict) else ''}"
        if query.options.search and query.terms:
            params = {"q": _phrase(query.terms[0]), "limit": 1}
            self._account.get("app.bsky.feed.searchPosts", params).json()
            answers += ", and searches"
        return answers

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for posts that getPosts leaves out, `Found` with fresh counters for others.

        Reposts cannot be asked for, and are left out. A post whose author blocks the account looks
        like a deleted one.
        """
        posts = [uri for uri in native_ids if f"/{POST}/" in uri]
        for start in range(0, len(posts), _BATCH):
            batch = posts[start : start + _BATCH]
            known = {str(view.get("uri")): view for view in self._posts(batch)}
            for uri in batch:
                if uri not in known:
                    yield Gone(uri)
                    continue
                found = guarded.one(known[uri], uri, 1, item, known[uri])
                if not isinstance(found, Reject):
                    yield found

    def _parts(
        self, query: Query, options: BlueskyOptions, window: Window
    ) -> Iterator[Iterator[list[View] | Missed]]:
        # What the account's own server knows first: it needs no index. Notifications before the
        # search, because they know who is addressed.
        if options.own_posts:
            for collection in (POST, REPOST):
                yield self._own(collection, window)
            for handle in _accounts(query):
                if handle != self._account.handle.lower():
                    params = {"actor": handle, "filter": "posts_with_replies"}
                    yield self._back("app.bsky.feed.getAuthorFeed", params, window)
        if options.notifications:
            yield self._notified(window)
        if options.search:
            since = window.start - timedelta(hours=options.overlap_hours)
            for term in query.terms:
                yield self._search(term, Window(since, window.end))

    def _own(self, collection: str, window: Window) -> Iterator[list[View] | Missed]:
        author = {"did": self._account.did, "handle": self._account.handle}
        params = {"repo": author["did"], "collection": collection}
        for page in self._back("com.atproto.repo.listRecords", params, window):
            yield page if isinstance(page, Missed) else [{**one, "author": author} for one in page]

    def _notified(self, window: Window) -> Iterator[list[View] | Missed]:
        """Page notifications back; counters are read from the posts, and deleted posts left out."""
        params = {"reasons": ["mention", "reply", "quote"]}
        for page in self._back("app.bsky.notification.listNotifications", params, window):
            if isinstance(page, Missed):
                yield page
                continue
            wanted = {
                str(one["uri"]): one for one in page if one.get("uri") and _is_recent(one, window)
            }
            uris = list(wanted)
            for start in range(0, len(uris), _BATCH):
                yield [
                    {**view, "reason": wanted[str(view.get("uri"))].get("reason")}
                    for view in self._posts(uris[start : start + _BATCH])
                    if str(view.get("uri")) in wanted
                ]
            yield [one for one in page if not one.get("uri")]  # to be rejected, not lost

    def _back(
        self, method: str, params: dict[str, Any], window: Window
    ) -> Iterator[list[View] | Missed]:
        """Page from the newest until two pages in a row hold nothing as late as the window."""
        cursor: str | None = None
        cursors: set[str] = set()
        oldest, old_pages = window.end, 0
        for _ in range(_MAX_PAGES):
            asked = {**params, "limit": _PAGE_LIMIT, **({"cursor": cursor} if cursor else {})}
            answer = self._account.get(method, asked, accept=_LOST if cursor else ())
            if answer.status in _LOST:
                break  # the cursor is unknown now, and nothing else says where we were
            body = answer.json()
            page = _views(body, answer.url)
            yield page
            moments = [moment for one in page if (moment := indexed_at(one) or sort_at(one))]
            oldest = min([oldest, *moments])
            is_old = bool(moments) and max(moments) < window.start
            old_pages = old_pages + 1 if is_old else 0
            cursor = body.get("cursor")
            if not cursor or old_pages == _OLD_PAGES:
                return
            if cursor in cursors:
                break
            cursors.add(cursor)
        yield from _unread(window, oldest, "paging stopped")

    def _search(self, term: str, window: Window) -> Iterator[list[View] | Missed]:
        """Search a window, newest first; where the cursor fails, go on below the oldest post."""
        until, oldest = window.end, window.end
        cursor: str | None = None
        seen: set[str] = set()
        cursors: set[str] = set()
        old_pages = no_news = 0
        for _ in range(_MAX_PAGES):
            params: dict[str, Any] = {
                "q": _phrase(term),
                "sort": "latest",
                "since": _iso(window.start),
                "until": _iso(until),
                "limit": _PAGE_LIMIT,
            }
            if cursor:
                params["cursor"] = cursor
            method = "app.bsky.feed.searchPosts"
            answer = self._account.get(method, params, accept=_LOST if cursor else ())
            is_lost = answer.status in _LOST
            if not is_lost:
                body = answer.json()
                page = _views(body, answer.url)
                yield page
                uris = {str(one.get("uri")) for one in page}
                no_news = no_news + 1 if uris <= seen else 0
                seen |= uris
                moments = [moment for one in page if (moment := sort_at(one))]
                oldest = min([oldest, *moments])
                old_pages = old_pages + 1 if moments and max(moments) < window.start else 0
                cursor = body.get("cursor")
                total = body.get("hitsTotal")
                is_cut = isinstance(total, int) and total > len(seen) and bool(page)
                if old_pages == _OLD_PAGES or (not cursor and not is_cut):
                    return
                is_lost = not cursor or cursor in cursors or no_news == _NO_NEWS_PAGES
                cursors.add(cursor or "")
            if is_lost:
                # `until` is exclusive: one more millisecond, for posts of the same one.
                below = min(oldest, window.end - timedelta(milliseconds=1))
                below += timedelta(milliseconds=1)
                if below >= until:
                    break
                until, cursor, no_news = below, None, 0
                cursors.clear()
        yield from _unread(window, oldest, f"the search for {term!r} does not go on")

    def _posts(self, uris: list[str]) -> list[View]:
        answer = self._account.get("app.bsky.feed.getPosts", {"uris": uris})
        return _views(answer.json(), answer.url)

    def _with_followers(self, founds: list[Found]) -> Iterator[Found]:
        """Yield the items, with their authors' followers where Bluesky tells."""
        dids = {str(one.data["author_id"]) for one in founds if "author_id" in one.data}
        unknown = sorted(dids - set(self._followers))
        throttled: SourceThrottled | None = None
        for start in range(0, len(unknown), _BATCH):
            batch = unknown[start : start + _BATCH]
            try:
                body = self._account.get("app.bsky.actor.getProfiles", {"actors": batch}).json()
            except SourceThrottled as error:
                throttled = error
                break
            except SourceUnavailable:
                break  # a reach less, no mention less
            profiles = body.get("profiles") if isinstance(body, dict) else None
            self._followers.update(dict.fromkeys(batch))
            for one in profiles if isinstance(profiles, list) else []:
                if isinstance(one, dict) and isinstance(one.get("followersCount"), int):
                    self._followers[str(one.get("did"))] = one["followersCount"]
        for found in founds:
            count = self._followers.get(str(found.data.get("author_id")))
            if count is not None:
                found.data.setdefault("author_followers", count)
            yield found
        if throttled:
            raise throttled


def _read(view: View, window: Window, overlap: timedelta) -> Iterator[Found | Reject]:
    if _belongs(view, window, overlap):
        yield item(view)


def _belongs(view: View, window: Window, overlap: timedelta) -> bool:
    """Tell the window's posts, late arrivals and posts without a date from the rest."""
    moment, seen = sort_at(view), indexed_at(view)
    if moment is None:
        return True  # the collector says why it cannot be read
    is_late = seen is not None and window.holds(seen) and moment < window.start
    return window.holds(moment) or (is_late and moment >= window.start - overlap)


def _is_recent(view: View, window: Window) -> bool:
    moments = [moment for moment in (sort_at(view), indexed_at(view)) if moment]
    return not moments or any(window.holds(moment) for moment in moments)


def _views(body: Any, url: str) -> list[View]:
    found = views(body) if isinstance(body, dict) else None
    if found is None:
        raise SourceUnavailable(f"{url} did not answer with posts", action="try again later")
    return found


def _unread(window: Window, end: datetime, reason: str) -> Iterator[Missed]:
    if window.start < end:
        yield Missed(window.start, min(end, window.end), "partial", reason)


def _phrase(term: str) -> str:
    return f'"{term}"' if any(character.isspace() for character in term) else term


def _iso(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _accounts(query: Query) -> list[str]:
    handles = (
        account.handle.lstrip("@").lower()
        for brand in query.brands
        for account in brand.accounts
        if account.network == "bluesky"
    )
    return list(dict.fromkeys(handles))


def _brand_of(query: Query, handle: str) -> str | None:
    """Return the id of the brand that lists this account as its own."""
    for brand in query.brands:
        for account in brand.accounts:
            if (
                account.network == "bluesky"
                and account.handle.lstrip("@").lower() == handle.lower()
            ):
                return brand.id
    return None
