"""A week as it came, its backfill, and one publish: the same rows and bytes (laws 7 to 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oyez import line
from oyez.config.mapping import Mapping
from oyez.days import bounds
from oyez.sources.collect import import_file

from .conftest import SMALL_CLIENT, Bench, differing, table

ZONES = {"acme": "Europe/Paris", "york": "America/New_York", "tokyo": "Asia/Tokyo"}
FIRST, SUNDAY, LAST = date(2026, 3, 26), date(2026, 3, 29), date(2026, 3, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
REPORTS = [{"id": "weekly", "cadence": "weekly"}, {"id": "daily", "cadence": "daily"}]
HEADER = ("id", "date", "text", "author", "likes", "parent", "kind")
COLUMNS = {
    "native_id": "id",
    "published_at": "date",
    "text": "text",
    "author_handle": "author",
    "like_count": "likes",
    "parent_id": "parent",
    "kind": "kind",
}


def mapping(day: date, zone: ZoneInfo) -> Mapping:
    """Return how one day's file is read: it covers that local day, and no more."""
    start, end = bounds(day, zone)
    return Mapping.model_validate(
        {
            "format": "csv",
            "fields": COLUMNS,
            "constants": {"network": "x", "channel": "community"},
            "covers": [{"start": f"{start.isoformat()}Z", "end": f"{end.isoformat()}Z"}],
        }
    )


def rows(day: date, zone: ZoneInfo) -> list[tuple[Any, ...]]:
    """Return what one day's file holds: praise, questions, and answers to those of days before."""
    start, end = bounds(day, zone)
    number = (day - FIRST).days
    found: list[tuple[Any, ...]] = []

    def say(minutes: int, text: str, author: str, parent: str = "", kind: str = "post") -> None:
        moment = start + timedelta(minutes=minutes)
        assert moment < end
        key = f"d{number}m{minutes}"
        found.append((key, f"{moment.isoformat()}Z", text, author, minutes % 7, parent, kind))

    for one in range(3):
        say(5 + one * 440, "I love Acme" if one else "Acme broke, awful", f"fan{number * 2 + one}")
    say(100, "@acme where is my order?", f"asker{number}", kind="question")
    say(1370, "@acme still waiting", f"asker{number}", kind="question")  # the last hour of the day
    say(200, "Globex is fine", f"fan{number}")
    if number % 2:
        say(300, "on its way", "acme", f"d{number}m100", "reply")  # the same day
    if number >= 3:
        say(400, "sorry for the wait", "acme", f"d{number - 3}m1370", "reply")  # days later
    return found


@pytest.fixture
def week(bench: Bench) -> Bench:
    for client, zone in ZONES.items():
        bench.write(
            f"clients/{client}.yml",
            SMALL_CLIENT
            | {
                "id": client,
                "timezone": zone,
                "reports": REPORTS[: 2 if client == "acme" else 1],
            },
        )
    bench.write(
        "mappings/export.yml",
        {
            "format": "csv",
            "fields": COLUMNS,
            "constants": {"network": "x", "channel": "community"},
        },
    )
    return bench


def land(bench: Bench, day: date) -> None:
    ws = bench.workspace
    for client, zone in ZONES.items():
        path = bench.home / f"{client}.csv"
        path.write_text(table(*rows(day, ZoneInfo(zone)), header=HEADER))
        import_file(ws, client, "export", path, mapping(day, ZoneInfo(zone)))


def run(bench: Bench, day: date) -> line.Outcome:
    """Run the morning after a day: at 05:00 UTC it is over in all three zones."""
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC) + timedelta(days=1)
    planned = line.plan(bench.workspace, at=at)
    assert {unit["day"] for unit in planned} == {day.isoformat()}
    outcome = line.run_day(bench.workspace, planned)
    assert outcome.failures == []
    assert outcome.published.get("warnings") == []
    return outcome


def test_daily_runs_a_backfill_and_one_publish_agree(
    week: Bench, tmp_path: Path, blank_pages: None
) -> None:
    as_it_came, backfilled, at_once = week, week.copy(tmp_path / "b"), week.copy(tmp_path / "c")
    for day in DAYS:
        land(as_it_came, day)
        outcome = run(as_it_came, day)
        reports = {unit["report_id"] for unit in outcome.editions}
        assert reports == ({"daily", "weekly"} if day == SUNDAY else {"daily"})
    for bench in (backfilled, at_once):
        for day in reversed(DAYS):
            land(bench, day)
    for day in DAYS:
        run(backfilled, day)
    at_once.publish(LAST.isoformat())

    expected = as_it_came.rows()
    assert len(expected["core.item"]) == 3 * sum(len(rows(day, ZoneInfo("UTC"))) for day in DAYS)
    assert len(expected["metric.mention_volume"]) > 0
    assert len(expected["metric.response"]) == 3 * 2 * len(DAYS)
    assert differing(backfilled.rows(), expected) == {}
    assert differing(at_once.rows(), expected) == {}

    # A report of the past says what it said on its day, whatever has come in since.
    made = as_it_came.editions()
    assert len(made) == 2 * (3 + len(DAYS))  # three weeks, six days of acme; edition and page
    assert {key.split("/")[-2] for key in made} == {"r001"}
    assert differing(backfilled.editions(), made) == {}
    weeks = [{"client_id": one, "report_id": "weekly", "day": SUNDAY.isoformat()} for one in ZONES]
    days = [{"client_id": "acme", "report_id": "daily", "day": day.isoformat()} for day in DAYS]
    line.editions(as_it_came.workspace, [*weeks, *days])
    assert differing(as_it_came.editions(), made) == {}
    line.editions(at_once.workspace, weeks)
    late = at_once.editions()
    assert len(late) == 6
    assert differing(late, {key: made[key] for key in late}) == {}


def test_a_day_has_23_or_25_hours_when_clocks_change(bench: Bench, blank_pages: None) -> None:
    bench.write("clients/acme.yml", SMALL_CLIENT | {"timezone": "Europe/Paris"})
    bench.write("mappings/export.yml", {"format": "csv", "fields": COLUMNS})
    zone = ZoneInfo("Europe/Paris")
    for day, hours in ((date(2026, 3, 29), 23), (date(2025, 10, 26), 25)):
        start, end = bounds(day, zone)
        assert end - start == timedelta(hours=hours)
        # One post at the end of each hour that passes, and one outside at either end.
        moments = [start + timedelta(hours=hour, minutes=59) for hour in range(-1, hours + 1)]
        path = bench.home / "hours.csv"
        text = table(
            *(
                (f"{day}-{n}", f"{one.isoformat()}Z", "Acme", "ann", 1, "", "")
                for n, one in enumerate(moments)
            ),
            header=HEADER,
        )
        path.write_text(text)
        import_file(bench.workspace, "acme", "export", path, mapping(day, zone))
        bench.publish(day.isoformat())
        counted = bench.query(
            "select sum(item_count), any_value(c.measured_hours)::int, any_value(c.day_hours)::int "
            "from metric.mention_volume as v "
            "join core.coverage_day as c using (client_id, day, brand_id) "
            "where brand_id = 'acme' and day = ?",
            [day],
        )
        assert counted == [(hours, hours, hours)]
        by_hour = dict(
            bench.query(
                "select hour_local, sum(item_count) from metric.mention_volume_hour "
                "where brand_id = 'acme' and day = ? and item_count > 0 group by all",
                [day],
            )
        )
        # In spring no clock shows 2 h; in autumn it shows it twice.
        assert by_hour == {h: 1 for h in range(24) if (h, hours) != (2, 23)} | (
            {2: 2} if hours == 25 else {}
        )


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        ("2026-03-30T05:00Z", ("2026-03-29", "2026-03-29", "2026-03-29")),
        (
            "2026-03-30T03:00Z",
            ("2026-03-29", "2026-03-28", "2026-03-29"),
        ),  # New York still has Sunday
        (
            "2026-03-29T16:00Z",
            ("2026-03-28", "2026-03-28", "2026-03-29"),
        ),  # Tokyo has Monday already
        ("2026-03-29T22:00Z", ("2026-03-29", "2026-03-28", "2026-03-29")),  # the short day is over
        ("2026-03-29T21:59Z", ("2026-03-28", "2026-03-28", "2026-03-29")),
        ("2026-11-01T04:59Z", ("2026-10-31", "2026-10-31", "2026-10-31")),
        ("2026-11-02T04:59Z", ("2026-11-01", "2026-10-31", "2026-11-01")),  # the long day is not
        ("2026-11-02T05:00Z", ("2026-11-01", "2026-11-01", "2026-11-01")),
    ],
)
def test_one_instant_is_the_last_completed_day_of_each_client(
    week: Bench, at: str, covered: tuple[str, str, str]
) -> None:
    planned = line.plan(week.workspace, at=datetime.fromisoformat(at))
    days = {unit["client_id"]: unit["day"] for unit in planned}
    assert tuple(days[client] for client in ZONES) == covered
