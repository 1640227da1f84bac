"""Mastodon, and servers that speak its API: what an account's own server knows of the brands.

Where the facts come from:
- paging, `min_id` (the page right after an id) against `since_id` (the newest page, with a hole in
  front): docs.joinmastodon.org/api/guidelines, recorded from GoToSocial (pages of either come
  newest first);
- `id >> 16` is the epoch in milliseconds on Mastodon proper, 329 of 337 recorded statuses within
  two seconds of `created_at`; GoToSocial (ULID), Pleroma and Akkoma (flake) have opaque ids;
- search turns `min_id` and `max_id` into whole seconds, sorts by id and answers an *empty list*
  when its search engine is absent or down: mastodon/mastodon,
  app/services/statuses_search_service.rb;
- 10,000 hits deep is where Elasticsearch refuses (`index.max_result_window`);
- 300 calls in 5 minutes; the reset is an ISO date, and GoToSocial's 429 has no `Retry-After`:
  recorded.

A status is known by its `uri`, the same on every server; `id` is one server's own. Private and
direct statuses are dropped unless they notify the account that asks. A boost is an item of kind
`repost` without text. Yielded beside the window's statuses: late arrivals, which reached the
server within the window (by their id's time, or their notification's) but are dated before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from pydantic import Field
from requests.utils import parse_header_links

from oyez.config.model import Strict
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Capabilities, Found, Gone, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.sources.guarded import each
from oyez.sources.item import EARLIEST
from oyez.sources.mastodon_item import (
    Status,
    date_of,
    handle_of,
    id_at,
    item,
    number_of,
    parse,
    time_of,
)
from oyez.web import Answer, Web, accepting

_HIDDEN = ("private", "direct")
# A status is created some moments before or after its id is drawn.
_MARGIN = timedelta(minutes=10)
_SAME_TIME = timedelta(hours=1)
_PAGE_LIMIT = 40
_MAX_PAGES = 250
_SEARCH_DEPTH = 10_000
_MAX_PARENT_LOOKUPS = 100
_ACTIVITY = {"Accept": "application/activity+json"}


class MastodonOptions(Strict):
    """What is asked of the server."""

    terms: list[str] = Field(
        default_factory=list, description="Searched; by default the brands' names and aliases."
    )
    hashtags: list[str] | None = Field(
        default=None, description="Followed, without #; by default the terms, written together."
    )
    search: bool = Field(
        default=True, description="Ask the server's full-text search, if it has one."
    )
    notifications: bool = Field(default=True, description="Read who mentions the account.")
    own_posts: bool = Field(default=True, description="Read what the account itself posts.")
    domain: str | None = Field(
        default=None, description="Domain of local handles, if it is not the server's address."
    )


class Mastodon:
    """Reads an account's notifications and posts, hashtags, and the server's search."""

    name: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=False, needs="account", recheck_days=30, slice_minutes=15
    )
    Options: ClassVar[type[MastodonOptions]] = MastodonOptions

    def __init__(self, web: Web, credential: Credential | None) -> None:
        if credential is None or not credential.host or not credential.password:
            raise ConfigError(
                "a Mastodon source needs its server's address and an access token",
                action="see docs/sources/mastodon.md: host = the server, password = the token",
            )
        self._web, self._base = web, credential.base_url
        self._token = {"Authorization": f"Bearer {credential.password}"}
        self._ids_tell_time: bool | None = None
        self._uris: dict[str, str] = {}
        self._lookups = 0

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the window's statuses, each once, and late arrivals (see the module).

        Raises:
            SourceThrottled: the server asks to come back later.
            SourceDenied: the token is refused.
            SourceUnavailable: the server is down or answers nonsense.
        """
        options: MastodonOptions = query.options
        me = self._me()
        domain = options.domain or _host(self._base)
        brand = _brand_of(query, handle_of(me, domain))
        seen: set[str] = set()
        for part, is_ours in self._parts(query, options, me, window):
            try:
                for one in part:
                    if isinstance(one, Missed):
                        yield one
                        continue
                    ours = brand if is_ours else None
                    ref = str(one.get("id"))
                    yield from each(one, ref, 1, self._read, one, window, seen, domain, ours)
            except _Refused as refusal:
                yield Missed(window.start, window.end, refusal.state, str(refusal))

    def probe(self, query: Query) -> str:
        """Return as whom the server knows us, and whether we may read notifications."""
        me = self._me()
        handle = handle_of(me, query.options.domain or _host(self._base))
        try:
            self._page("/api/v1/notifications", {"limit": 1, "types[]": ["mention"]})
        except _Refused:
            return f"answers as @{handle}, who may not read notifications (read:notifications)"
        return f"answers as @{handle}"

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` where the status's server says 404 or 410, `Found` for local ones it has.

        A status of another server is asked there, without the token; a server that does not answer,
        or wants a signature, tells nothing.
        """
        domain = query.options.domain or _host(self._base)
        for uri in native_ids:
            local = _local_id(uri, self._base)
            try:
                answer = (
                    self._get(f"/api/v1/statuses/{local}", {}, accept=(404,))
                    if local
                    else self._web.get(uri, headers=_ACTIVITY, classify=accepting(401, 403, 404))
                )
            except (SourceUnavailable, SourceThrottled, SourceDenied):
                if local:
                    raise
                continue
            if answer.status in (404, 410):
                yield Gone(uri)
            elif local:
                yield from (
                    one for one in parse(answer.body, domain=domain) if isinstance(one, Found)
                )

    def _parts(
        self, query: Query, options: MastodonOptions, me: Status, window: Window
    ) -> Iterator[tuple[Iterator[Status | Missed], bool]]:
        # Notifications first: they know who is addressed, and which statuses our answers answer.
        if options.notifications:
            yield self._back("/api/v1/notifications", {"types[]": ["mention"]}, window), True
        if options.own_posts:
            yield self._timeline(f"/api/v1/accounts/{me['id']}/statuses", window), False
        for tag in _hashtags(query.terms) if options.hashtags is None else options.hashtags:
            yield self._timeline(f"/api/v1/timelines/tag/{tag.lstrip('#')}", window), False
        if options.search and query.terms:
            yield self._searches(query.terms, me, window), False

    def _timeline(self, path: str, window: Window) -> Iterator[Status | Missed]:
        """Read forward from the window's first id if ids tell time, else back from the newest."""
        newest, _ = self._page(path, {"limit": _PAGE_LIMIT})
        if not newest:
            return
        if not self._tells_time(newest):
            yield from self._back(path, {}, window)
            return
        after = id_at(window.start - _MARGIN) - 1
        before = id_at(window.end + _MARGIN)
        for _ in range(_MAX_PAGES):
            bounds = {"limit": _PAGE_LIMIT, "min_id": after, "max_id": before}
            page, answer = self._page(path, bounds)
            if not page:
                return
            yield from reversed(page)
            reached = max(
                int(_cursor(answer, "prev", "min_id") or 0), *(number_of(one) for one in page)
            )
            if reached <= after:
                break
            after = reached
        yield from _unread(window, max(time_of(after), window.start), window.end)

    def _back(self, path: str, params: dict[str, Any], window: Window) -> Iterator[Status | Missed]:
        """Page from the newest until two pages in a row hold nothing as late as the window."""
        params = {**params, "limit": _PAGE_LIMIT}
        oldest, old_pages, seen = window.end, 0, set[str]()
        for _ in range(_MAX_PAGES):
            page, answer = self._page(path, params)
            ids = {str(one.get("id")) for one in page}
            if ids <= seen:
                if len(page) < _PAGE_LIMIT:
                    return
                break
            seen |= ids
            yield from page
            dates = [date for one in page if (date := date_of(one)) and date >= EARLIEST]
            oldest = min([oldest, *dates])
            old_pages = old_pages + 1 if dates and max(dates) < window.start else 0
            cursor = _cursor(answer, "next", "max_id") or page[-1].get("id")
            if old_pages == 2 or cursor is None:
                return
            params["max_id"] = cursor
        yield from _unread(window, window.start, oldest)

    def _searches(
        self, terms: tuple[str, ...], me: Status, window: Window
    ) -> Iterator[Status | Missed]:
        is_answering = False
        for term in terms:
            for one in self._search(term, window):
                is_answering = True
                yield one
        if is_answering or self._ids_tell_time is False:
            return
        # Without a search engine the server says "nothing found" to everything.
        if not self._page("/api/v2/search", {**_search_for("from:me"), "limit": 1})[0]:
            yield Missed(
                window.start,
                window.end,
                "not_configured",
                "the server's search finds not even this account's own posts: it has no search "
                "engine, or the account has no post yet; publish one, or write `search: false`",
            )

    def _search(self, term: str, window: Window) -> Iterator[Status | Missed]:
        params: dict[str, Any] = {**_search_for(term), "limit": _PAGE_LIMIT}
        newest, _ = self._page("/api/v2/search", params)
        if not newest:
            return
        if not self._tells_time(newest):
            yield from self._back("/api/v2/search", params, window)
            return
        yield from newest  # proves that the search answers; the window's own are told apart later
        params |= {"min_id": id_at(window.start - _MARGIN), "max_id": id_at(window.end + _MARGIN)}
        oldest, seen = window.end, set[str]()
        for offset in range(0, _SEARCH_DEPTH, _PAGE_LIMIT):
            page, _ = self._page("/api/v2/search", {**params, "offset": offset})
            ids = {str(one.get("id")) for one in page}
            if ids <= seen:
                if len(page) < _PAGE_LIMIT:
                    return
                break  # a server that knows no offset
            seen |= ids
            yield from page
            oldest = min([oldest, *(date for one in page if (date := date_of(one)))])
        yield from _unread(window, window.start, oldest)

    def _read(
        self,
        entry: Status,
        window: Window,
        seen: set[str],
        domain: str,
        brand: str | None,
    ) -> Iterator[Found | Reject]:
        """Yield the items of one status or notification that belong to the window.

        What is not for everybody is read only where it is addressed to `brand` by its own account:
        what people write to an agency's listening account is no client's business.
        """
        status = entry["status"] if isinstance(entry.get("status"), dict) else entry
        arrived = date_of(entry) if status is not entry else self._arrival(status)
        if isinstance(status.get("uri"), str):
            self._uris[str(status.get("id"))] = status["uri"]
        for one in (status, status.get("reblog")):
            if not isinstance(one, dict) or (one.get("visibility") in _HIDDEN and not brand):
                continue
            date = date_of(one)
            is_late = one is status and arrived is not None and window.holds(arrived)
            if date and date >= EARLIEST and not (window.holds(date) or is_late):
                continue
            found = item(one, domain=domain)
            if isinstance(found, Found):
                if found.native_id in seen:
                    continue
                seen.add(found.native_id)
                if "parent_id" not in found.data and (parent := self._parent(one)):
                    found.data["parent_id"] = parent
                if brand:
                    found.data["addressed_to"] = brand
            yield found

    def _arrival(self, status: Status) -> datetime | None:
        return time_of(number_of(status)) if self._ids_tell_time and number_of(status) else None

    def _parent(self, status: Status) -> str | None:
        """Return the uri of the status that this one answers; the API gives only a local id."""
        parent = status.get("in_reply_to_id")
        if not parent:
            return None
        if str(parent) not in self._uris and self._lookups < _MAX_PARENT_LOOKUPS:
            self._lookups += 1
            answer = self._get(f"/api/v1/statuses/{parent}", {}, accept=(403, 404))
            body = answer.json() if answer.status == 200 else None
            self._uris[str(parent)] = str(body.get("uri") or "") if isinstance(body, dict) else ""
        return self._uris.get(str(parent)) or None

    def _tells_time(self, page: list[Status]) -> bool:
        if self._ids_tell_time is None:
            close = [
                abs(time_of(number_of(one)) - date) < _SAME_TIME
                for one in page
                if (date := date_of(one)) and number_of(one)
            ]
            self._ids_tell_time = 2 * sum(close) > len(page)
        return self._ids_tell_time

    def _me(self) -> Status:
        me = self._get("/api/v1/accounts/verify_credentials", {}).json()
        if not isinstance(me, dict) or "id" not in me:
            raise SourceUnavailable(
                f"{self._base} does not say whose token this is",
                action="check that the address is a Mastodon server",
            )
        return me

    def _page(self, path: str, params: dict[str, Any]) -> tuple[list[Status], Answer]:
        answer = self._get(path, params, accept=(400, 403, 404, 422), read=_listed)
        if answer.status != 200:
            raise _Refused(path, answer.status, _said(answer))
        return [one for one in _listed(answer) if isinstance(one, dict)], answer

    def _get(
        self,
        path: str,
        params: dict[str, Any],
        accept: tuple[int, ...] = (),
        read: Callable[[Answer], object] = Answer.json,
    ) -> Answer:
        return self._web.get(
            self._base + path,
            params=params,
            headers=self._token,
            # What is accepted beside an answer need not be JSON.
            read=lambda answer: read(answer) if answer.status == 200 else None,
            classify=accepting(*accept) if accept else None,
        )


def _listed(answer: Answer) -> list[Any]:
    """Return an answer's list; a search has one beside two others."""
    body = answer.json()
    if isinstance(body, dict):
        body = body.get("statuses")
    if not isinstance(body, list):
        raise SourceUnavailable(
            f"{answer.url} did not answer with a list", action="try again later"
        )
    return body


def _said(answer: Answer) -> str:
    try:
        body = answer.json()
    except SourceUnavailable:
        body = None
    return str((isinstance(body, dict) and body.get("error")) or "no reason given")


class _Refused(Exception):
    """One part of the API that this server or this token does not offer; the other parts go on."""

    def __init__(self, path: str, status: int, said: str) -> None:
        super().__init__(f"{path}: {said} ({status})")
        self.state: Any = "auth_failed" if status == 403 else "partial"


def _brand_of(query: Query, handle: str) -> str | None:
    """Return the id of the brand that lists this account as its own."""
    for brand in query.brands:
        for account in brand.accounts:
            if (
                account.network == "mastodon"
                and account.handle.lstrip("@").lower() == handle.lower()
            ):
                return brand.id
    return None


def _hashtags(terms: tuple[str, ...]) -> list[str]:
    tags = ("".join(c for c in term if c.isalnum() or c == "_").lower() for term in terms)
    return [tag for tag in dict.fromkeys(tags) if tag and not tag.isdigit()]


def _search_for(term: str) -> dict[str, Any]:
    phrase = f'"{term}"' if any(c.isspace() for c in term) else term
    return {"q": phrase, "type": "statuses"}


def _unread(window: Window, start: datetime, end: datetime) -> Iterator[Missed]:
    start, end = max(start, window.start), min(end, window.end)
    if start < end:
        yield Missed(
            start, end, "partial", "paging stopped: the same page again, or too many pages"
        )


def _cursor(answer: Answer, relation: str, name: str) -> str | None:
    """Return a parameter of a `Link`: never its address, which may lead our token elsewhere."""
    for link in parse_header_links(answer.headers.get("Link", "")):
        if relation in link.get("rel", "").split():
            values = parse_qs(urlsplit(link["url"]).query).get(name)
            return values[0] if values else None
    return None


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _local_id(uri: str, base: str) -> str | None:
    """Return the id of a status of this very server; a boost's uri ends in `/activity`."""
    if _host(uri) != _host(base):
        return None
    return urlsplit(uri).path.removesuffix("/activity").rstrip("/").rpartition("/")[2] or None
