"""When a site wants to be asked again, whichever way it says so.

A dialect is a row of a table here, never a class. Where the facts come from:

- `Retry-After`, seconds or date: RFC 9110, 10.2.3.
- `RateLimit: "name";r=0;t=50`, before `limit=100, remaining=0, reset=50`: drafts 8 and 3 of the
  IETF's "RateLimit header fields for HTTP"; `t` and `reset` are seconds left.
- `Retry-After` as an ISO date or `120 seconds`, a reset as `1m30s`: no standard, and met.
- `X-RateLimit-Reset` as an ISO date: recorded from Mastodon; GoToSocial's 429 has nothing else.
- `RateLimit-Reset` as an epoch, with `Retry-After`: recorded from the Bluesky PDS.
- `x-rate-limit-reset` (X) and `x-ratelimit-reset` (GitHub): epochs, from their documentation.
- `X-Ratelimit-Reset` as seconds left, `Remaining` as a fraction: Reddit.
- `backoff`, to be obeyed on 200 too, and `quota_remaining`: Stack Exchange, api.stackexchange.com
  /docs/throttle; the daily quota starts again at midnight UTC.
- `extras.wait_seconds`: Discourse, meta.discourse.org/t/78612.
- `X-Business-Use-Case-Usage`, minutes: Meta, "Rate Limits" of the Graph API; so are the codes.
- "Please limit requests to one every 5 seconds", as 429 or 200: GDELT DOC 2.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from oyez.web.answer import Answer

# A number under it counts seconds from now (three years at most), one above is a date since 1973.
_EPOCH_FROM = 100_000_000
_MILLISECONDS_FROM = 100_000_000_000
_PROSE_MAX_BYTES = 2_000
_BODY_MAX_BYTES = 100_000


@dataclass(frozen=True)
class Wait:
    """A site's wish to be left alone for a while.

    Args:
        until: naive UTC instant from which to ask again; None if the site did not say.
        is_refusal: this answer is the refusal; otherwise it is good, and the next call waits.
        dialect: how the site said it.
    """

    until: datetime | None
    is_refusal: bool
    dialect: str


@dataclass(frozen=True)
class _Counter:
    """A pair of headers: calls left, and when they come back."""

    remaining: str
    reset: str


@dataclass(frozen=True)
class _Usage:
    """A header that holds JSON, with the time to wait somewhere inside."""

    header: str
    key: str
    unit_seconds: int


@dataclass(frozen=True)
class _Field:
    """A path into a JSON body.

    `beside` must be a key of the same body, so that a field of that name elsewhere means nothing.
    """

    path: tuple[str, ...]
    beside: str


@dataclass(frozen=True)
class _Prose:
    """Words of a refusal; the group `seconds`, if any, else `seconds` says how long."""

    pattern: re.Pattern[str]
    seconds: int | None


_COUNTERS = (
    _Counter("X-RateLimit-Remaining", "X-RateLimit-Reset"),
    _Counter("RateLimit-Remaining", "RateLimit-Reset"),
    _Counter("X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"),
)
_USAGES = (
    _Usage("X-Business-Use-Case-Usage", "estimated_time_to_regain_access", 60),
    _Usage("X-Ad-Account-Usage", "reset_time_duration", 1),
)
_FIELDS = (
    _Field(("backoff",), beside="quota_remaining"),
    _Field(("extras", "wait_seconds"), beside="errors"),
    _Field(("extras", "wait_seconds"), beside="error_type"),
)
_META_CODES = frozenset({4, 17, 32, 613, *range(80_000, 80_015)})
_PROSES = (
    # GDELT says 5; asking at that pace is refused again, 10 is not.
    _Prose(re.compile(r"please limit requests", re.IGNORECASE), 10),
    _Prose(re.compile(r"more requests available in (?P<seconds>\d+) seconds", re.IGNORECASE), None),
    _Prose(re.compile(r"\A\W*too many requests", re.IGNORECASE), None),
)
_DURATION = re.compile(
    r"(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?\s*"
    r"(?:(\d+(?:\.\d+)?)\s*s(?:ec(?:onds?)?)?)?",
    re.IGNORECASE,
)
_NEVER_A_REFUSAL = frozenset({401, 404, 410})


def wait_of(answer: Answer) -> Wait | None:
    """Return what the answer says about the next call, or None when it may come at once.

    Several wishes in one answer: the last instant counts, so that nobody comes back too early.
    """
    now = _server_now(answer)
    exact = [*_retry_after(answer, now), *_exhausted(answer, now), *_structured(answer)]
    exact += _usage(answer)
    exact += [*_fields(answer), *_prose(answer)]
    is_refusal = _is_refusal(answer, bool(exact))
    if is_refusal and not any(seconds is not None for _, seconds in exact):
        exact += _any_reset(answer, now)
    if not exact:
        return Wait(None, True, "status") if is_refusal else None
    dialect, seconds = max(exact, key=lambda hint: -1.0 if hint[1] is None else hint[1])
    if seconds is None:
        return Wait(None, is_refusal, dialect)
    try:
        until = answer.fetched_at + timedelta(seconds=max(seconds, 0.0))
    except OverflowError:
        return Wait(None, is_refusal, dialect)
    return Wait(until, is_refusal, dialect)


_Hint = tuple[str, float | None]


def _is_refusal(answer: Answer, has_hint: bool) -> bool:
    if answer.status == 429:
        return True
    if answer.status in _NEVER_A_REFUSAL:
        return False
    if answer.status >= 400:
        return has_hint
    return any(True for _ in _prose(answer))


def _server_now(answer: Answer) -> datetime:
    """The site's own clock, against which it computed its dates; ours where it shows none."""
    return _http_date(answer.headers.get("Date", "")) or answer.fetched_at


def _retry_after(answer: Answer, now: datetime) -> Iterator[_Hint]:
    text = answer.headers.get("Retry-After", "").strip()
    seconds = _number(text)
    if seconds is None:
        seconds = _duration(text)
    if seconds is None and (instant := _iso_date(text) or _http_date(text)):
        seconds = (instant - now).total_seconds()
    if seconds is not None and seconds >= 0:
        yield "Retry-After", seconds


def _exhausted(answer: Answer, now: datetime) -> Iterator[_Hint]:
    for counter in _COUNTERS:
        remaining = _number(answer.headers.get(counter.remaining, ""))
        if remaining is not None and remaining < 1:
            seconds = _seconds_until(answer.headers.get(counter.reset, ""), now)
            if seconds is not None or answer.status == 429:
                yield counter.reset, seconds


def _structured(answer: Answer) -> Iterator[_Hint]:
    """Read the one header that says both: what is left, and for how long."""
    text = answer.headers.get("RateLimit", "")
    # Both drafts may name several policies; in the newer one each has its own pair.
    policies = text.split(",") if re.search(r";\s*[rt]\s*=", text) else [text]
    for policy in policies:
        left = re.search(r"(?:\br|\bremaining)\s*=\s*(\d+)", policy)
        seconds = re.search(r"(?:\bt|\breset)\s*=\s*(\d+)", policy)
        if left and seconds and (int(left[1]) == 0 or answer.status == 429):
            yield "RateLimit", float(seconds[1])


def _any_reset(answer: Answer, now: datetime) -> list[_Hint]:
    found = [
        (each.reset, _seconds_until(answer.headers.get(each.reset, ""), now)) for each in _COUNTERS
    ]
    return [hint for hint in found if hint[1] is not None]


def _usage(answer: Answer) -> Iterator[_Hint]:
    for usage in _USAGES:
        for amount in _values(_loads(answer.headers.get(usage.header, "")), usage.key):
            if amount > 0:
                yield usage.header, amount * usage.unit_seconds
    shares = _loads(answer.headers.get("X-App-Usage", ""))
    if isinstance(shares, dict) and answer.status >= 400:
        # In percent of an hour that rolls: full, without saying until when.
        numbers = [value for value in shares.values() if isinstance(value, int | float)]
        if any(number >= 100 for number in numbers):
            yield "X-App-Usage", None


def _fields(answer: Answer) -> Iterator[_Hint]:
    body = _body(answer)
    if not isinstance(body, dict):
        return
    for field in _FIELDS:
        value: Any = body if field.beside in body else None
        for key in field.path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            yield ".".join(field.path), float(value)
    if body.get("quota_remaining") == 0 and "quota_max" in body:
        midnight = datetime.combine(answer.fetched_at.date(), datetime.min.time())
        left = midnight + timedelta(days=1) - answer.fetched_at
        yield "quota_remaining", left.total_seconds()
    error = body.get("error")
    if answer.status >= 400 and isinstance(error, dict) and error.get("code") in _META_CODES:
        yield "error.code", None


def _prose(answer: Answer) -> Iterator[_Hint]:
    if len(answer.body) > _PROSE_MAX_BYTES:
        return
    text = answer.text
    if answer.status < 400 and text.lstrip()[:1] in ("{", "[", "<", ""):
        return  # somebody's post may quote such words; a refusal in a good answer is bare text
    for prose in _PROSES:
        if found := prose.pattern.search(text):
            stated = found.groupdict().get("seconds")
            yield "text", float(stated) if stated else prose.seconds


def _body(answer: Answer) -> Any:
    # Reading every large page twice would cost more than all waits together.
    is_error = answer.status >= 400 and len(answer.body) <= _BODY_MAX_BYTES
    if is_error or b'"quota_remaining"' in answer.body:
        return _loads(answer.text)
    return None


def _seconds_until(text: str, now: datetime) -> float | None:
    """Read a reset: seconds left, epoch in seconds or milliseconds, ISO or HTTP date."""
    number = _number(text)
    if number is not None:
        if number < _EPOCH_FROM:
            return number
        epoch = number / 1000 if number >= _MILLISECONDS_FROM else number
        return epoch - now.replace(tzinfo=UTC).timestamp()
    duration = _duration(text)
    if duration is not None:
        return duration
    instant = _iso_date(text) or _http_date(text)
    return (instant - now).total_seconds() if instant else None


def _number(text: str) -> float | None:
    # Some sites list several windows, "0, 0;w=60": the first number is the one in force.
    found = re.match(r"\s*(\d+(?:\.\d+)?)\s*(?:$|[,;])", text)
    return float(found[1]) if found else None


def _duration(text: str) -> float | None:
    """Read `120 seconds`, `50s`, `1m30s`, `6m0.5s`."""
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = (float(one or 0) for one in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _iso_date(text: str) -> datetime | None:
    try:
        return _naive(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def _http_date(text: str) -> datetime | None:
    try:
        return _naive(parsedate_to_datetime(text)) if text.strip() else None
    except (ValueError, TypeError, IndexError):
        return None


def _naive(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def _loads(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _values(value: Any, key: str) -> Iterator[float]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == key and isinstance(inner, int | float):
                yield float(inner)
            else:
                yield from _values(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, key)
