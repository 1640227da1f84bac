"""From a source's own words to the canonical fields of an item, or to a reason why not.

Canonical values are JSON-able: instants are naive UTC in ISO form, counts are integers, a rating is
a decimal in text form between 1 and 5; a field that the source does not give is absent.
"""

from __future__ import annotations

import re
from collections.abc import Container
from collections.abc import Mapping as MappingOf
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, get_args
from zoneinfo import ZoneInfo

from oyez.config.mapping import Channel, Kind

CHANNELS = frozenset(get_args(Channel))
KINDS = frozenset(get_args(Kind))
SENTIMENTS = frozenset({"positive", "neutral", "negative"})
COUNTS = frozenset({"author_followers", "like_count", "repost_count", "reply_count", "view_count"})
# Before the first social network a date is a default value (1970, 1900), not an observation.
EARLIEST = datetime(1995, 1, 1)  # noqa: DTZ001  naive UTC by convention
FUTURE_TOLERANCE = timedelta(days=1)
TEXT_LIMIT = 100_000
# A hundred times the views of the most watched video; sums of such counts stay within 64 bits.
COUNT_LIMIT = 10**12

# How a spreadsheet writes a number that is too long for its cell: its last digits are lost.
SCIENTIFIC = re.compile(r"^[+-]?\d(?:[.,]\d+)?[eE]\+?\d+$")
# The same of seconds or milliseconds since 1970.
ROUNDED_EPOCH = re.compile(r"^\d[.,]\d+[eE]\+?(?:0?9|1[0-3])$")
_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2}|Z|UTC)$")
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]")
# A whole number with or without groups of thousands, and maybe a decimal part that says nothing.
_WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?|(\d{1,3}(?:\.\d{3})+|\d+)(?:,0*)?")
# What exports write where there is no number.
_NO_NUMBER = re.compile(
    r"[-\u2012-\u2015\u2212]+|#?n/?[ac]|n\.[adc]\.?|nan|null|none|#n/a", re.IGNORECASE
)
_SURROGATES = re.compile(r"[\ud800-\udfff]+")


class BadValue(ValueError):
    """A value that cannot be read; `reason` is one of a short list, for counting."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def instant(text: str, *, date_format: str | None, zone: ZoneInfo | None) -> datetime:
    """Return a date as a naive UTC instant.

    Args:
        text: as the source wrote it.
        date_format: strptime format, `epoch` (seconds), `epoch_ms`, or None for ISO 8601.
        zone: where dates without offset were written; an ambiguous hour is taken at its first
            passage.

    Raises:
        BadValue: `bad_date`, or `date_without_zone`.
    """
    text = text.strip()
    if ROUNDED_EPOCH.match(text):
        raise BadValue("bad_date", f"{_short(text)} was rounded by a spreadsheet")
    try:
        if date_format in ("epoch", "epoch_ms"):
            seconds = Decimal(text) / (1000 if date_format == "epoch_ms" else 1)
            moment = datetime.fromtimestamp(float(seconds), UTC)
        elif date_format:
            moment = datetime.strptime(text, date_format)  # noqa: DTZ007  zone is added below
        else:
            moment = datetime.fromisoformat(_OFFSET.sub(r"\1", text).replace("UTC", "Z"))
        if moment.tzinfo is None and zone is not None:
            moment = moment.replace(tzinfo=zone)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, InvalidOperation, OverflowError, OSError):
        raise BadValue("bad_date", f"{_short(text)} is not a date of the expected format") from None
    raise BadValue("date_without_zone", f"{_short(text)} has no zone")


def _short(text: str) -> str:
    # A column mapped amiss holds somebody's words or name: a message shows enough to find it by.
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def count(text: str) -> int:
    """Return a whole number, whatever its thousands separators; `12,0` and `12.0` are 12.

    Raises:
        BadValue: `bad_number`.
    """
    bare = _SPACES.sub("", text)
    if whole := _WHOLE.fullmatch(bare):
        bare = re.sub(r"[,.]", "", whole[1] or whole[2])
    try:
        number = Decimal(bare)
        if not 0 <= number <= COUNT_LIMIT or number != number.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise BadValue("bad_number", f"{_short(text)} is not a count") from None
    return int(number)


def is_no_number(text: str) -> bool:
    """Tell whether a text stands for an absent number: `N/A`, `-`, `--`."""
    return _NO_NUMBER.fullmatch(_SPACES.sub("", text)) is not None


def clean(text: str) -> str:
    """Return a text that UTF-8 can hold: halves of characters as U+FFFD, no NUL.

    Exports cut posts in the middle of an emoji, and JSON lets the remaining half through.
    """
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii() or not _SURROGATES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def rating(text: str) -> str:
    """Return a rating of 1 to 5 stars in decimal form; a decimal comma is accepted.

    Raises:
        BadValue: `bad_rating`.
    """
    try:
        stars = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise BadValue("bad_rating", f"{_short(text)} is not a rating") from None
    if not stars.is_finite() or not 1 <= stars <= 5:
        raise BadValue(
            "bad_rating", f"{_short(text)} is outside 1 to 5; translate it with `values`"
        )
    return str(stars.quantize(Decimal("0.01")))


def canonical(
    fields: MappingOf[str, Any],
    *,
    date_format: str | None,
    zone: ZoneInfo | None,
    collected_at: datetime,
    optional: Container[str] = (),
    unread: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return an item's canonical fields from a source's own values.

    Args:
        fields: canonical name → the source's value; None and blank text mean absent.
        date_format: see `instant`.
        zone: see `instant`.
        collected_at: naive UTC instant of the reading; a later post is a lie or a wrong zone.
        optional: names of numbers without which the item is whole: what cannot be read of them is
            absent.
        unread: receives name → why, for each number that is absent because it cannot be read, or
            because `N/A` or a dash stands in its place.

    Raises:
        BadValue: the item must be quarantined, for the reason it carries.
    """
    item: dict[str, Any] = {}
    for name, value in fields.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if isinstance(value, dict | list):
            raise BadValue("bad_shape", f"{name} holds a list or an object: map a path inside it")
        text = clean(str(value))
        if name in ("published_at", "collected_at"):
            item[name] = instant(text, date_format=date_format, zone=zone).isoformat()
        elif name in COUNTS or name == "rating":
            try:
                item[name] = count(text) if name in COUNTS else rating(text)
            except BadValue as problem:
                if unread is None or not (name in optional or is_no_number(text)):
                    raise
                unread[name] = str(problem)
        elif name in ("text", "title"):
            item[name] = text[:TEXT_LIMIT]
        else:
            item[name] = text.strip()
    if "native_id" not in item:
        raise BadValue("missing_id", "the row has no native_id")
    if "published_at" not in item:
        raise BadValue("missing_date", "the row has no date")
    published = datetime.fromisoformat(item["published_at"])
    if published < EARLIEST:
        raise BadValue("bad_date", f"{published.isoformat()} is before {EARLIEST.year}")
    if published > collected_at + FUTURE_TOLERANCE:
        raise BadValue(
            "date_in_future", f"{published.isoformat()} UTC lies ahead of the collection"
        )
    for name, allowed in (("channel", CHANNELS), ("kind", KINDS), ("sentiment", SENTIMENTS)):
        if name in item and item[name].lower() not in allowed:
            raise BadValue(
                f"unknown_{name}",
                f"{name} {_short(item[name])} is none of {', '.join(sorted(allowed))}; "
                f"translate it with `values`",
            )
        if name in item:
            item[name] = item[name].lower()
    if "visibility" in item:
        # A word that we do not know is kept: whatever is not public is not quoted.
        item["visibility"] = item["visibility"].lower()
    item.setdefault("text", "")
    item.setdefault("network", "other")
    item["network"] = re.sub(r"[^a-z0-9_]+", "_", item["network"].lower()).strip("_") or "other"
    item.setdefault("channel", "other")
    item.setdefault("kind", "review" if item["channel"] == "review" else "post")
    return item
