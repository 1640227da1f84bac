"""The client's calendar: where a local day starts in UTC, and which days make a period.

Instants are naive UTC unless a name says otherwise. A day starts at the instant from which the
client's clocks never show an earlier date again: usually midnight; 01:00 where clocks skip midnight
(São Paulo, Cairo); the second midnight where it strikes twice on two dates (Newfoundland until
2011). So the days of a zone tile time: no gap, no overlap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal, Protocol, TypedDict
from zoneinfo import ZoneInfo

Cadence = Literal["daily", "weekly", "monthly", "quarterly", "on_demand"]
PeriodKind = Literal["day", "week", "month", "quarter", "custom"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_DAY = timedelta(days=1)
# 52 weeks: the nearest shift of a year that keeps every weekday in its place.
_WEEKDAY_YEAR = timedelta(days=364)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the day's first instant and the next day's, naive UTC, half-open.

    They are equal for a date that the zone skipped (Samoa, 30 December 2011).
    """
    return _start(day, zone), _start(day + _ONE_DAY, zone)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local day whose `bounds` hold a naive UTC instant."""
    day = local_time(instant, zone).date()
    if instant < _start(day, zone):
        return day - _ONE_DAY
    return day


def local_time(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the zone's clocks show at a naive UTC instant; naive too."""
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def last_completed_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the last local day that is over at `at` (aware).

    Raises:
        ValueError: `at` has no offset; a clock's reading without zone is no instant.
    """
    if at.tzinfo is None:
        raise ValueError("give an instant with an offset, such as 2015-02-23T06:00:00+00:00")
    day = local_day(at.astimezone(UTC).replace(tzinfo=None), zone) - _ONE_DAY
    while _start(day, zone) == _start(day + _ONE_DAY, zone):
        day -= _ONE_DAY
    return day


@lru_cache(maxsize=8192)
def _start(day: date, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day, time(), tzinfo=zone)
    first = midnight.astimezone(UTC).replace(tzinfo=None)
    second = midnight.replace(fold=1).astimezone(UTC).replace(tzinfo=None)
    if first == second:
        return first
    if first < second:  # midnight strikes twice
        before_second = local_time(second - timedelta(microseconds=1), zone).date()
        return second if before_second < day else first
    # Clocks skip midnight: the instant of the change lies in (second, first].
    too_early, late_enough = second, first
    while late_enough - too_early > timedelta(seconds=1):
        middle = too_early + timedelta(seconds=int((late_enough - too_early).total_seconds()) // 2)
        if local_time(middle, zone).date() >= day:
            late_enough = middle
        else:
            too_early = middle
    return late_enough


@dataclass(frozen=True, order=True)
class Period:
    """The days that a report covers.

    Args:
        kind: `custom` for any stretch of days.
        start: first local day.
        end: last local day, included.
    """

    kind: PeriodKind
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end} before it starts on {self.start}")

    @property
    def id(self) -> str:
        """The period as keys and file names write it: `2015-02-16--2015-02-22`."""
        return f"{self.start.isoformat()}--{self.end.isoformat()}"

    @property
    def day_count(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def days(self) -> list[date]:
        """Its days, in order."""
        return [self.start + timedelta(days=offset) for offset in range(self.day_count)]

    @property
    def previous(self) -> Period:
        """The period of the same kind just before; for `custom`, as many days just before."""
        end = self.start - _ONE_DAY
        if self.kind in ("month", "quarter"):
            return Period(self.kind, _first_of_months(end, self._months), end)
        return Period(self.kind, end - (self.end - self.start), end)

    @property
    def last_year(self) -> Period:
        """As many days on the same weekdays, 364 days before: 2 May to 1 June 2025 for May 2026.

        A month has four or five Sundays: compared with the calendar month of a year before, its
        difference would be the calendar's. So a month's or quarter's counterpart is `custom`.
        """
        kind: PeriodKind = "custom" if self.kind in ("month", "quarter") else self.kind
        return Period(kind, self.start - _WEEKDAY_YEAR, self.end - _WEEKDAY_YEAR)

    @property
    def _months(self) -> int:
        return 3 if self.kind == "quarter" else 1


def period_ending(cadence: Cadence, day: date, week_starts: str = "monday") -> Period | None:
    """Return the cadence's period whose last day is `day`, or None when none ends on it.

    Args:
        cadence: `on_demand` has no calendar and always gives None.
        day: a local day.
        week_starts: first day of the week, in English.
    """
    period = period_holding(cadence, day, week_starts)
    return period if period and period.end == day else None


def period_holding(cadence: Cadence, day: date, week_starts: str = "monday") -> Period | None:
    """Return the cadence's period that holds `day`; None for `on_demand`."""
    if cadence == "daily":
        return Period("day", day, day)
    if cadence == "weekly":
        start = week_start(day, week_starts)
        return Period("week", start, start + timedelta(days=6))
    if cadence == "monthly":
        start = day.replace(day=1)
        return Period("month", start, _add_months(start, 1) - _ONE_DAY)
    if cadence == "quarterly":
        start = quarter_start(day)
        return Period("quarter", start, _add_months(start, 3) - _ONE_DAY)
    return None


def week_start(day: date, week_starts: str = "monday") -> date:
    """Return the first day of the week that holds `day`.

    Raises:
        ValueError: `week_starts` is no English weekday.
    """
    return day - timedelta(days=(day.weekday() - _WEEKDAYS.index(week_starts)) % 7)


def quarter_start(day: date) -> date:
    """Return the first day of the calendar quarter that holds `day`."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _first_of_months(end: date, months: int) -> date:
    return _add_months(end.replace(day=1), 1 - months)


def _add_months(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


class _Hours(Protocol):
    @property
    def opens(self) -> time: ...
    @property
    def closes(self) -> time: ...


class _ClosedDays(Protocol):
    @property
    def country(self) -> str | None: ...
    @property
    def dates(self) -> Sequence[date]: ...


class _Client(Protocol):
    """What the calendar reads of a client's file."""

    @property
    def id(self) -> str: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def week_starts(self) -> str | None: ...
    @property
    def office_hours(self) -> Mapping[Any, _Hours]: ...
    @property
    def holidays(self) -> _ClosedDays: ...


class CalendarRow(TypedDict):
    """One row of core.calendar; every instant is naive UTC."""

    client_id: str
    day: date
    start_at: datetime
    end_at: datetime
    hour_count: int
    week_start: date
    month_start: date
    quarter_start: date
    is_holiday: bool
    opens_at: datetime | None
    closes_at: datetime | None


def calendar_rows(client: _Client, first: date, last: date) -> Iterator[CalendarRow]:
    """Yield the rows of core.calendar from `first` to `last`, both included.

    A date that the zone skipped has no row. `hour_count` is 23 or 25 when clocks change by an hour;
    a change of half an hour rounds up, the half hour is an hour that can be measured.
    `opens_at` and `closes_at` are null on holidays and on weekdays without office hours.

    Args:
        client: as the workspace gives it, where the agency's defaults fill `week_starts`;
            without one, weeks start on Monday.
        first: local day.
        last: local day.
    """
    zone, week_starts = client.zone, client.week_starts or "monday"
    holidays = _holidays(client.holidays, first, last)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        start_at, end_at = bounds(day, zone)
        if start_at == end_at:
            continue
        hours = None if day in holidays else client.office_hours.get(_WEEKDAYS[day.weekday()])
        yield CalendarRow(
            client_id=client.id,
            day=day,
            start_at=start_at,
            end_at=end_at,
            hour_count=math.ceil((end_at - start_at) / timedelta(hours=1)),
            week_start=week_start(day, week_starts),
            month_start=day.replace(day=1),
            quarter_start=quarter_start(day),
            is_holiday=day in holidays,
            opens_at=_instant(day, hours.opens, zone, fold=0) if hours else None,
            closes_at=_instant(day, hours.closes, zone, fold=1) if hours else None,
        )


def _instant(day: date, clock: time, zone: ZoneInfo, fold: int) -> datetime:
    local = datetime.combine(day, clock, tzinfo=zone).replace(fold=fold)
    return local.astimezone(UTC).replace(tzinfo=None)


def _holidays(closed: _ClosedDays, first: date, last: date) -> set[date]:
    dates = set(closed.dates)
    if closed.country:
        from holidays import country_holidays  # a hundred countries: loaded only when asked for

        years = range(first.year, last.year + 1)
        dates.update(country_holidays(closed.country, years=years))
    return dates
