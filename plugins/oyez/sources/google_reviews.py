"""Reads the reviews of the client's own Google Business Profiles, and the owner's replies.

Where the facts come from (developers.google.com/my-business, read in November 2026):

- `GET /v4/{accounts/*/locations/*}/reviews`: `pageSize` at most 50, `orderBy` by default and here
  `updateTime desc` (ascending is not offered), `nextPageToken`; reference/rest/v4, reviews.list.
- `starRating` ONE to FIVE, or STAR_RATING_UNSPECIFIED; `updateTime` is the review's last
  change, `reviewReply.updateTime` the reply's: accounts.locations.reviews. A new reply therefore
  need not bring its review to the top, so older reviews are read too (`reply_days`).
- `reviewReplyState` since 2026-04-01: content/latest-updates.
- 429 beyond the quota; a quota of 0 means that access was never granted: content/limits.
- A comment may carry Google's translation beside the original, "(Translated by Google)" and
  "(Original)": serpapi/public-roadmap issue 923.
- `POST oauth2.googleapis.com/token` with a refresh token; 400 `invalid_grant` when it was revoked:
  identity/protocols/oauth2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field

from oyez.config.model import Brand, Slug, Strict
from oyez.errors import ConfigError, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Capabilities, Found, Gone, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.sources.guarded import each
from oyez.sources.item import BadValue, instant
from oyez.sources.own_place import own_brand
from oyez.web import Answer, Verdict, Web

NETWORK = "google"
_API = "https://mybusiness.googleapis.com"
_TOKENS = "https://oauth2.googleapis.com/token"
_PAGE = 50
_PAGE_CAP = 200
_STARS = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5"}
_NOT_PUBLIC = frozenset({"PENDING", "REJECTED"})
_TRANSLATED = re.compile(r"\(Translated by Google\)")
_ORIGINAL = re.compile(r"\(Original\)\s*")


class Location(Strict):
    """One profile."""

    name: Annotated[str, Field(pattern=r"^accounts/[^/\s]+/locations/[^/\s]+$")] = Field(
        description="As Google writes it: accounts/123/locations/456."
    )
    place: str | None = Field(default=None, description="The place's name; scopes may use it.")


class Options(Strict):
    """What a client's file says of its profiles."""

    locations: list[Location] = Field(min_length=1, description="The profiles to read.")
    brand: Slug | None = Field(
        default=None, description="Brand whose profiles they are; by default the client's first."
    )
    reply_days: int = Field(
        default=30,
        ge=0,
        le=3650,
        description="New replies are looked for on reviews up to so many days older than the day.",
    )


class GoogleReviews:
    """Reviews of the client's own profiles, with the owner's consent."""

    name: ClassVar[str] = "google_reviews"
    title: ClassVar[str] = "Google reviews"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="owner", recheck_days=30
    )
    Options: ClassVar[type[Strict]] = Options

    def __init__(self, web: Web, credential: Credential | None) -> None:
        self._web, self._credential = web, credential or Credential()
        self.api_url, self.token_url = _API, _TOKENS
        self._token = ""

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield reviews written or changed in the window, and replies written in it.

        A changed review keeps the date of its writing: a newer version of an older day's item.

        Raises:
            SourceThrottled: the quota is used up.
            SourceDenied: the consent was withdrawn, or Google never granted access to the API.
            SourceUnavailable: no sound answer.
            ConfigError: the brand has no account on `google` for its replies to be known by.
        """
        brand = own_brand(query)
        owner = _owner(query, brand)
        for location in query.options.locations:
            yield from self._location(query, location, window, brand.id, owner)

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for each review or reply that its profile no longer shows."""
        brand = own_brand(query)
        owner = _owner(query, brand)
        places = {one.name: one.place for one in query.options.locations}
        for native_id in native_ids:
            review = native_id.removesuffix("/reply")
            body = self._get(query, review, {}, missing=True)
            place = places.get(review.partition("/reviews/")[0])
            found = [] if body is None else list(_each_of(body, brand.id, owner, place))
            same = [one for one in found if isinstance(one, Found) and one.native_id == native_id]
            if same:
                yield same[0]
            else:
                yield Gone(native_id)

    def probe(self, query: Query) -> str:
        """Return how many reviews the first profile has."""
        first = query.options.locations[0]
        body = self._get(query, f"{first.name}/reviews", {"pageSize": 1}) or {}
        return (
            f"{first.place or first.name}: {body.get('totalReviewCount', 0)} reviews, "
            f"{body.get('averageRating', 0)} stars"
        )

    def _location(
        self, query: Query, location: Location, window: Window, brand: str, owner: str
    ) -> Iterator[Yield]:
        horizon = window.start - timedelta(days=query.options.reply_days)
        params: dict[str, Any] = {"pageSize": _PAGE, "orderBy": "updateTime desc"}
        seen: set[str] = set()
        for _ in range(_PAGE_CAP):
            body = self._get(query, f"{location.name}/reviews", params, missing=True)
            if body is None:
                reason = f"Google knows no profile {location.name}, or it is not verified"
                yield Missed(window.start, window.end, "partial", reason)
                return
            changes: list[datetime] = []
            for review in _reviews(body):
                changed = _date(review.get("updateTime")) or _date(review.get("createTime"))
                if changed:
                    changes.append(changed)
                for one in _each_of(review, brand, owner, location.place):
                    if isinstance(one, Reject) or _belongs(one, review, window):
                        yield one
            token = str(body.get("nextPageToken") or "")
            # Sorted by change: once a whole page is too old, all that follow are.
            if not token or (changes and max(changes) < horizon):
                return
            if token in seen:
                break
            seen.add(token)
            params["pageToken"] = token
        reason = f"{location.place or location.name}: the pages of reviews do not end"
        yield Missed(window.start, window.end, "partial", reason)

    def _get(
        self, query: Query, path: str, params: dict[str, Any], *, missing: bool = False
    ) -> dict[str, Any] | None:
        """Return a JSON object; None for a 404 if it may be missing."""
        self._token = self._token or self._access_token(query)
        answer = self._web.get(
            f"{self.api_url}/v4/{path}",
            params=params,
            headers={"Authorization": f"Bearer {self._token}"},
            read=lambda found: None if found.status == 404 else found.json(),
            classify=_classify if missing else _no_access,
        )
        if answer.status == 404:
            return None
        body = answer.json()
        if not isinstance(body, dict):
            raise SourceUnavailable(f"{answer.url} answered no object", action="try again later")
        return body

    def _access_token(self, query: Query) -> str:
        secret = str(self._credential.extra.get("client_secret") or "")
        if not (self._credential.login and self._credential.password and secret):
            raise ConfigError(
                "the connection lacks a part of the consent",
                client=query.client_id,
                source=query.source_id,
                action="write login: client id, password: refresh token, extra: client_secret",
            )
        self._web.hide(secret, self._credential.password)
        answer = self._web.post(
            self.token_url,
            data={
                "grant_type": "refresh_token",
                "client_id": self._credential.login,
                "client_secret": secret,
                "refresh_token": self._credential.password,
            },
            read=Answer.json,
            classify=_consent,
        )
        body = answer.json()
        token = body.get("access_token") if isinstance(body, dict) else None
        if not isinstance(token, str):
            raise SourceUnavailable(f"{answer.url} gave no access token", action="try again later")
        self._web.hide(token)
        return token


def parse(
    body: dict[str, Any], *, brand: str = "", owner: str = "owner", place: str | None = None
) -> Iterator[Found | Reject]:
    """Yield the reviews and replies of a page.

    Args:
        body: a page of `reviews.list`.
        brand: id of the brand that was reviewed.
        owner: handle by which the client's file knows the brand's own voice.
        place: the profile's place.
    """
    for review in _reviews(body):
        yield from _each_of(review, brand, owner, place)


def _each_of(
    review: dict[str, Any], brand: str, owner: str, place: str | None
) -> Iterator[Found | Reject]:
    ref = str(review.get("name") or "reviews")
    return each(review, ref, 1, _review, review, brand, owner, place)


def _reviews(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = body.get("reviews", [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _review(
    review: dict[str, Any], brand: str, owner: str, place: str | None
) -> Iterator[Found | Reject]:
    name = review.get("name")
    if not isinstance(name, str) or "/reviews/" not in name:
        yield Reject("reviews", 1, "missing_id", "the review has no name", review)
        return
    reviewer = review.get("reviewer")
    reviewer = reviewer if isinstance(reviewer, dict) else {}
    same = {
        "network": NETWORK,
        "thread_id": name,
        "brand": brand,
        "place": place,
    }
    data = {
        **same,
        "published_at": review.get("createTime") or review.get("updateTime"),
        "text": _original(review.get("comment")),
        "channel": "review",
        "kind": "review",
        "author_name": None if reviewer.get("isAnonymous") else reviewer.get("displayName"),
        "rating": _STARS.get(str(review.get("starRating"))),
    }
    yield Found(name, data, review, name)
    reply = review.get("reviewReply")
    if not isinstance(reply, dict):
        return
    ref = f"{name}/reply"
    state = str(reply.get("reviewReplyState"))
    if state in _NOT_PUBLIC:
        detail = f"the reply is {state.lower()}: its reader never saw it"
        yield Reject(ref, 1, "reply_not_public", detail, reply)
        return
    yield Found(
        ref,
        {
            **same,
            "published_at": reply.get("updateTime"),
            "text": _original(reply.get("comment")),
            "channel": "review",
            "kind": "reply",
            "author_handle": owner,
            "parent_id": name,
        },
        reply,
        ref,
    )


def _belongs(one: Found, review: dict[str, Any], window: Window) -> bool:
    """Keep what was written in the window, changed in it, or has no readable date."""
    dates = [_date(one.data["published_at"])]
    if one.data["kind"] == "review":
        dates.append(_date(review.get("updateTime")))
    known = [date for date in dates if date]
    return not known or any(window.holds(date) for date in known)


def _date(text: object) -> datetime | None:
    try:
        return instant(str(text), date_format=None, zone=None)
    except BadValue:
        return None


def _original(comment: object) -> str | None:
    """Return a comment in the words of its writer, without Google's translation."""
    if not isinstance(comment, str) or not _TRANSLATED.search(comment):
        return comment if isinstance(comment, str) else None
    if found := _ORIGINAL.search(comment):
        return comment[found.end() :].strip()
    return _TRANSLATED.split(comment)[0].strip()


def _owner(query: Query, brand: Brand) -> str:
    for account in brand.accounts:
        if account.network == NETWORK:
            return account.handle
    raise ConfigError(
        f"the replies of {brand.name} would count as other people's",
        client=query.client_id,
        source=query.source_id,
        action=f"add `accounts: [{{network: google, handle: owner}}]` to the brand {brand.id}",
    )


def _no_access(answer: Answer) -> Verdict | None:
    """Tell a quota of nothing, which no waiting helps, from one that is used up."""
    if answer.status == 429 and re.search(rb'"quota_limit_value":\s*"0"', answer.body):
        return Verdict("refused", "Google has not granted this project access to the API")
    return None


def _classify(answer: Answer) -> Verdict | None:
    return Verdict("ok") if answer.status == 404 else _no_access(answer)


def _consent(answer: Answer) -> Verdict | None:
    if answer.status in (400, 401):
        return Verdict("refused", "the owner's consent was withdrawn or has expired")
    return None
