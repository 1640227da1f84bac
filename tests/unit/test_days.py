"""Local days tile time in every zone, and periods tile the calendar."""

# ruff: noqa: DTZ001  an instant is naive UTC by convention
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.config.model import Client
from oyez.days import (
    Period,
    bounds,
    calendar_rows,
    last_completed_day,
    local_day,
    period_ending,
    period_holding,
)

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = timedelta(days=1)
# Keys of the tz database that are no places.
ZONES = sorted(name for name in available_timezones() if "/" in name and "posix" not in name)
DATES = st.dates(date(1970, 1, 2), date(2036, 12, 30))


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("Europe/Paris", date(2015, 2, 16), "2015-02-15T23:00", 24),
        ("Europe/Paris", date(2015, 3, 29), "2015-03-28T23:00", 23),
        ("Europe/Paris", date(2015, 10, 25), "2015-10-24T22:00", 25),
        # Clocks went from 24:00 to 01:00: midnight does not exist.
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00", 23),
        ("Africa/Cairo", date(2023, 4, 28), "2023-04-27T22:00", 23),
        # Clocks went from 24:00 back to 23:00: the day before has 25 hours.
        ("America/Sao_Paulo", date(2018, 2, 17), "2018-02-17T02:00", 25),
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T03:00", 24),
        # 01:00 back to midnight: midnight strikes twice on one date.
        ("America/Havana", date(2020, 11, 1), "2020-11-01T04:00", 25),
        # 00:01 back to 23:01 of the day before: it strikes on two dates, and the second one counts.
        ("America/St_Johns", date(2006, 10, 28), "2006-10-28T02:30", 25),
        ("America/St_Johns", date(2006, 10, 29), "2006-10-29T03:30", 24),
        # Half an hour, and a change that skips 23:30 to 00:30.
        ("Australia/Lord_Howe", date(2020, 10, 4), "2020-10-03T13:30", 23.5),
        ("America/Toronto", date(1919, 3, 31), "1919-03-31T04:30", 23.5),
        # A date that Samoa skipped.
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00", 0),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00", 24),
    ],
)
def test_a_day_has_these_bounds(zone: str, day: date, start: str, hours: float) -> None:
    first, end = bounds(day, ZoneInfo(zone))
    assert first == datetime.fromisoformat(start)
    assert (end - first) / timedelta(hours=1) == hours


@given(st.sampled_from(ZONES), DATES)
def test_days_tile_time_and_hold_their_own_instants(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    start, end = bounds(day, zone)
    assert bounds(day + ONE_DAY, zone)[0] == end
    assert start <= end
    if start < end:
        assert local_day(start, zone) == day
        assert local_day(end - timedelta(microseconds=1), zone) == day
        assert local_day(end, zone) > day
        assert local_day(start - timedelta(microseconds=1), zone) < day


@pytest.mark.parametrize(
    "zone",
    ["America/Sao_Paulo", "Africa/Cairo", "America/St_Johns", "Asia/Beirut", "America/Asuncion"],
)
def test_days_tile_time_through_every_change_of_clocks(zone: str) -> None:
    place = ZoneInfo(zone)
    day = date(1985, 1, 1)
    while day < date(2026, 1, 1):
        start, end = bounds(day, place)
        # 22 and 26: Newfoundland moved its clocks by two hours in 1988.
        assert timedelta(hours=22) <= end - start <= timedelta(hours=26), day
        assert local_day(start, place) == day
        assert local_day(end - timedelta(seconds=1), place) == day
        day += ONE_DAY


def test_the_minute_before_newfoundland_turns_back_belongs_to_the_day_that_goes_on() -> None:
    st_johns = ZoneInfo("America/St_Johns")
    # 02:30 UTC is 00:00 on the 29th; a minute later the clocks show 23:01 on the 28th.
    assert local_day(datetime(2006, 10, 29, 2, 30, 30), st_johns) == date(2006, 10, 28)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2015-02-23T05:00:00+00:00", "Europe/Paris", date(2015, 2, 22)),
        ("2015-02-22T23:00:00+00:00", "Europe/Paris", date(2015, 2, 22)),
        ("2015-02-22T22:59:59+00:00", "Europe/Paris", date(2015, 2, 21)),
        ("2015-02-23T00:30:00+01:00", "America/New_York", date(2015, 2, 21)),
        ("2011-12-30T12:00:00+00:00", "Pacific/Apia", date(2011, 12, 29)),
    ],
)
def test_the_last_completed_day(at: str, zone: str, day: date) -> None:
    assert last_completed_day(datetime.fromisoformat(at), ZoneInfo(zone)) == day


def test_a_reading_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        last_completed_day(datetime(2015, 2, 23), PARIS)


@pytest.mark.parametrize(
    ("cadence", "day", "expected"),
    [
        ("daily", date(2015, 2, 18), "2015-02-18--2015-02-18"),
        ("weekly", date(2015, 2, 22), "2015-02-16--2015-02-22"),
        ("weekly", date(2015, 2, 21), None),
        ("monthly", date(2024, 2, 29), "2024-02-01--2024-02-29"),
        ("monthly", date(2024, 2, 28), None),
        ("monthly", date(2015, 12, 31), "2015-12-01--2015-12-31"),
        ("quarterly", date(2015, 12, 31), "2015-10-01--2015-12-31"),
        ("quarterly", date(2015, 2, 28), None),
        ("on_demand", date(2015, 2, 28), None),
    ],
)
def test_which_period_ends_on_a_day(cadence, day: date, expected: str | None) -> None:
    period = period_ending(cadence, day)
    assert (period.id if period else None) == expected


def test_a_week_may_start_on_sunday() -> None:
    period = period_ending("weekly", date(2015, 2, 21), "sunday")
    assert period is not None
    assert period.id == "2015-02-15--2015-02-21"


@pytest.mark.parametrize(
    ("period", "previous", "last_year"),
    [
        (
            Period("week", date(2015, 2, 16), date(2015, 2, 22)),
            "2015-02-09--2015-02-15",
            "2014-02-17--2014-02-23",
        ),
        (
            Period("day", date(2016, 2, 29), date(2016, 2, 29)),
            "2016-02-28--2016-02-28",
            "2015-03-02--2015-03-02",
        ),
        (
            Period("month", date(2016, 3, 1), date(2016, 3, 31)),
            "2016-02-01--2016-02-29",
            "2015-03-03--2015-04-02",
        ),
        (
            Period("month", date(2016, 2, 1), date(2016, 2, 29)),
            "2016-01-01--2016-01-31",
            "2015-02-02--2015-03-02",
        ),
        (
            Period("quarter", date(2016, 1, 1), date(2016, 3, 31)),
            "2015-10-01--2015-12-31",
            "2015-01-02--2015-04-02",
        ),
        (
            Period("custom", date(2016, 3, 3), date(2016, 3, 5)),
            "2016-02-29--2016-03-02",
            "2015-03-05--2015-03-07",
        ),
    ],
)
def test_what_a_period_is_compared_with(period: Period, previous: str, last_year: str) -> None:
    assert period.previous.id == previous
    assert period.last_year.id == last_year
    assert period.previous.kind == period.kind
    is_calendar = period.kind in ("month", "quarter")
    assert period.last_year.kind == ("custom" if is_calendar else period.kind)


@given(st.sampled_from(["daily", "weekly", "monthly", "quarterly"]), DATES)
def test_last_year_has_as_many_days_on_the_same_weekdays(cadence, day: date) -> None:
    period = period_holding(cadence, day)
    assert period is not None
    older = period.last_year
    assert [one.weekday() for one in older.days] == [one.weekday() for one in period.days]
    assert (period.start - older.start).days == 364
    # A week more or less would be further from a year.
    assert all(abs(364 - year) < abs(371 - year) for year in (365, 366))


def test_may_is_compared_with_the_same_weekdays_of_the_year_before() -> None:
    may = Period("month", date(2026, 5, 1), date(2026, 5, 31))
    assert may.last_year.id == "2025-05-02--2025-06-01"


@given(
    st.sampled_from(["daily", "weekly", "monthly", "quarterly"]),
    DATES,
    st.sampled_from(["monday", "saturday", "sunday"]),
)
def test_consecutive_periods_tile_the_calendar(cadence, day: date, week_starts: str) -> None:
    period = period_holding(cadence, day, week_starts)
    assert period is not None
    assert period.start <= day <= period.end
    assert period.previous.end + ONE_DAY == period.start
    assert period.previous == period_holding(cadence, period.start - ONE_DAY, week_starts)
    following = period_holding(cadence, period.end + ONE_DAY, week_starts)
    assert following is not None
    assert following.previous == period
    ends = [one for one in period.days if period_ending(cadence, one, week_starts)]
    assert ends == [period.end]
    assert period.day_count == len(period.days)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period("custom", date(2015, 2, 2), date(2015, 2, 1))


def a_client(**keys: object) -> Client:
    return Client.model_validate(
        {
            "id": "lucienne",
            "name": "Lucienne",
            "timezone": "Europe/Paris",
            "brands": [{"id": "lucienne", "name": "Lucienne"}],
            **keys,
        }
    )


def test_calendar_rows_hold_the_clock_change_the_holiday_and_the_office_hours() -> None:
    client = a_client(
        week_starts="sunday",
        office_hours={
            "sunday": {"opens": "09:00", "closes": "12:30"},
            "monday": {"opens": "09:00", "closes": "18:00"},
            "tuesday": {"opens": "09:00", "closes": "18:00"},
        },
        holidays={"country": "FR", "dates": ["2026-04-07"]},
    )
    rows = {row["day"]: row for row in calendar_rows(client, date(2026, 3, 28), date(2026, 4, 14))}
    assert len(rows) == 18
    # Clocks go forward on Sunday 29 March 2026.
    assert rows[date(2026, 3, 29)] == {
        "client_id": "lucienne",
        "day": date(2026, 3, 29),
        "start_at": datetime(2026, 3, 28, 23),
        "end_at": datetime(2026, 3, 29, 22),
        "hour_count": 23,
        "week_start": date(2026, 3, 29),
        "month_start": date(2026, 3, 1),
        "quarter_start": date(2026, 1, 1),
        "is_holiday": False,
        "opens_at": datetime(2026, 3, 29, 7),
        "closes_at": datetime(2026, 3, 29, 10, 30),
    }
    assert rows[date(2026, 3, 28)]["opens_at"] is None  # no hours on Saturdays
    assert rows[date(2026, 3, 28)]["week_start"] == date(2026, 3, 22)
    easter_monday, own_day, workday = (rows[date(2026, 4, day)] for day in (6, 7, 13))
    assert [row["is_holiday"] for row in (easter_monday, own_day, workday)] == [True, True, False]
    assert easter_monday["opens_at"] is None
    assert own_day["closes_at"] is None
    assert workday["closes_at"] == datetime(2026, 4, 13, 16)
    assert workday["quarter_start"] == date(2026, 4, 1)


def test_calendar_rows_have_25_hours_in_autumn_and_leave_out_a_skipped_date() -> None:
    (autumn,) = calendar_rows(a_client(), date(2015, 10, 25), date(2015, 10, 25))
    assert autumn["hour_count"] == 25
    samoa = a_client(timezone="Pacific/Apia")
    days = [row["day"].day for row in calendar_rows(samoa, date(2011, 12, 28), date(2011, 12, 31))]
    assert days == [28, 29, 31]


def test_office_hours_around_a_clock_change_stay_in_order() -> None:
    client = a_client(office_hours={"sunday": {"opens": time(2, 30), "closes": time(3, 30)}})
    (spring,) = calendar_rows(client, date(2015, 3, 29), date(2015, 3, 29))
    (autumn,) = calendar_rows(client, date(2015, 10, 25), date(2015, 10, 25))
    for row in (spring, autumn):
        assert row["opens_at"] is not None
        assert row["closes_at"] is not None
        assert row["start_at"] < row["opens_at"] <= row["closes_at"] < row["end_at"]
    # 02:30 strikes twice in autumn: open from the first.
    assert autumn["opens_at"] == datetime(2015, 10, 25, 0, 30)


def test_instants_are_naive_utc() -> None:
    for instant in bounds(date(2015, 2, 16), PARIS):
        assert instant.tzinfo is None
    assert (
        bounds(date(2015, 2, 16), ZoneInfo("UTC"))[0].replace(tzinfo=UTC).timestamp() % 86400 == 0
    )
