"""Which days of a source are unusually thin or silent, compared with its own eight weeks before.

A source is written as the counts of its days: `{-7: 16, 0: 3}` is 16 items a week before the judged
Monday, 2 March 2026, and 3 on it. Each named day was measured whole; the others were not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
import warehouse

MONDAY = date(2026, 3, 2)
WEEKS = range(1, 9)


def source(
    counts: dict[int, int], *, partial: tuple[int, ...] = (), holidays: tuple[int, ...] = ()
) -> duckdb.DuckDBPyConnection:
    """Return a warehouse with one source, of which these days were measured."""

    def day(offset: int) -> date:
        return MONDAY + timedelta(offset)

    connection = warehouse.empty()
    facts: dict[str, Any] = {"days": [day(-130), day(3)], "timezone": "UTC"}
    facts["coverage"] = [
        {
            "from": f"{day(one)} 00:00",
            "to": f"{day(one + 1)} 00:00",
            "state": "partial" if one in partial else "ok" if count else "ok_empty",
        }
        for one, count in counts.items()
    ]
    facts["items"] = [
        {"id": f"{one}/{n}", "at": f"{day(one)} 12:00"}
        for one, count in counts.items()
        for n in range(count)
    ]
    warehouse.fill(connection, facts)
    for one in holidays:
        connection.execute(
            "update core.calendar set is_holiday = true where day = ?", [str(day(one))]
        )
    return connection


def volume(connection: duckdb.DuckDBPyConnection) -> tuple[Any, ...] | None:
    """Return (compared days, median, lowest usual count, whether it is low) of the Monday."""
    row: tuple[Any, ...] | None = connection.execute(
        "select compared_day_count, median_count::double, low_count, is_low "
        "from source_volume(date '2026-03-02', date '2026-03-02')"
    ).fetchone()
    return row


def mondays(count: int) -> dict[int, int]:
    return {-7 * week: count for week in WEEKS}


def test_the_bound_of_equal_mondays_is_that_of_chance() -> None:
    """16 each time: no deviation of their own, so √16 = 4 stands in: 16 - 3 × 4 = 4."""
    assert volume(source({**mondays(16), 0: 3})) == (8, 16, 4, True)
    assert volume(source({**mondays(16), 0: 4})) == (8, 16, 4, False)


def test_mondays_that_vary_are_allowed_to() -> None:
    """60, 100, 140 …: median 100, deviations of 40, so 100 - 3 × 1.4826 × 40 is below zero."""
    wild = dict(zip(mondays(0), (60, 140, 60, 140, 100, 60, 140, 100), strict=True))
    assert volume(source({**wild, 0: 1})) == (8, 100, 0, False)


def test_one_outage_among_them_moves_nothing() -> None:
    broken = {**mondays(16), -14: 0}
    assert volume(source({**broken, 0: 3})) == (8, 16, 4, True)


def test_other_weekdays_say_nothing() -> None:
    """100 from Tuesday to Sunday, 16 on Mondays: a Monday of 16 is a usual one."""
    daily = {one: 16 if one % 7 == 0 else 100 for one in range(-56, 0)}
    assert volume(source({**daily, 0: 16})) == (8, 16, 4, False)


@pytest.mark.parametrize(
    ("compared", "verdict"), [(4, (4, 16, 4, True)), (3, (3, None, None, False))]
)
def test_fewer_than_four_mondays_are_no_habit(compared: int, verdict: tuple[Any, ...]) -> None:
    known = {-7 * week: 16 for week in range(1, compared + 1)}
    assert volume(source({**known, 0: 0})) == verdict


def test_a_small_source_is_never_low_by_one_day() -> None:
    """Nine on Mondays: 9 - 3 × √9 is zero, and nothing is fewer."""
    assert volume(source({**mondays(9), 0: 0})) == (8, 9, 0, False)


def test_a_day_measured_in_part_is_not_judged() -> None:
    assert volume(source({**mondays(16), 0: 3}, partial=(0,))) is None
    assert volume(source({**mondays(16), 0: 3}, partial=(-7,))) == (7, 16, 4, True)


def test_holidays_are_neither_judged_nor_compared_with() -> None:
    assert volume(source({**mondays(16), 0: 3}, holidays=(0,))) is None
    assert volume(source({**mondays(16), 0: 3}, holidays=(-7,))) == (7, 16, 4, True)


def silence(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """Return (day, silent days, longest silence before, whether it is unusual) from the Monday."""
    return connection.execute(
        "select day - date '2026-03-02', silent_days, longest_silence, is_silent "
        "from source_silence(date '2026-03-02', date '2026-03-05') order by day"
    ).fetchall()


def test_a_daily_source_is_missed_on_the_second_day() -> None:
    daily = dict.fromkeys(range(-9, 0), 1)
    assert silence(source({**daily, 0: 0, 1: 0})) == [(0, 1, 0, False), (1, 2, 0, True)]


def test_a_source_that_rests_on_weekends_is_missed_after_five_days() -> None:
    """Its longest silence is two days, Saturday and Sunday: more than twice that is five."""
    weekdays = {one: int((MONDAY + timedelta(one)).weekday() < 5) for one in range(-28, 0)}
    quiet = {0: 0, 1: 0, 2: 0}
    assert silence(source({**weekdays, **quiet})) == [
        (0, 3, 2, False),
        (1, 4, 2, False),
        (2, 5, 2, True),
    ]


def test_days_that_were_not_measured_are_no_silence() -> None:
    """Not asked on Monday and Tuesday: Wednesday is the first silent day, not the third."""
    daily = dict.fromkeys(range(-9, 0), 1)
    assert silence(source({**daily, 2: 0})) == [(2, 1, 0, False)]


def test_a_source_that_hardly_ever_spoke_has_no_habit() -> None:
    few = dict.fromkeys(range(-8, 0), 1)  # seven days before the last one
    assert silence(source({**few, 0: 0, 1: 0}))[-1] == (1, 2, 0, False)


def test_after_eight_weeks_it_is_the_sources_way() -> None:
    silent = {one: int(one < -54) for one in range(-70, 4)}
    assert [row[0] for row in silence(source(silent))] == [0, 1]  # 55 and 56 days since the last
    assert silence(source(silent))[-1][3] is True


def test_any_stretch_that_is_asked_gives_the_same_days() -> None:
    silent = {one: int(one < -5 or one == -2) for one in range(-70, 4)}
    connection = source(silent)
    for view in ("source_volume", "source_silence"):
        whole = f"select * from core.{view} where day >= date '2026-03-01' order by day"  # noqa: S608
        parts = (
            f"select * from {view}(date '2026-03-01', date '2026-03-02') union all "  # noqa: S608
            f"select * from {view}(date '2026-03-03', date '2026-03-31') order by day"
        )
        assert connection.execute(whole).fetchall() == connection.execute(parts).fetchall() != []
