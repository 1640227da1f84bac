"""A range of past days in one pass: the rows of daily runs, new revisions, and no site twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from oyez import backfill as module
from oyez.backfill import STAGES, backfill, collect, collect_units, days, plan
from oyez.errors import ConfigError, SourceThrottled, SourceUnavailable

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing, post, table
from .killed import POINTS
from .test_backfill import DAYS, FIRST, LAST, ZONES, land, run, week  # noqa: F401  a fixture

ROOT = Path(__file__).parents[2]
MAY = [date(2026, 5, day) for day in range(25, 32)]


def test_a_range_gives_the_rows_of_the_daily_runs(
    week: Bench,  # noqa: F811
    tmp_path: Path,
    blank_pages: None,
) -> None:
    """Three zones, six days over a change of clocks: every table of every schema, and pages."""
    as_it_came, past = week, week.copy(tmp_path / "past")
    for day in DAYS:
        land(as_it_came, day)
        run(as_it_came, day)
    for day in reversed(DAYS):
        land(past, day)
    seen: list[tuple[str, int, int, str]] = []
    outcome = backfill(past.workspace, FIRST, LAST, progress=lambda *step: seen.append(step))
    assert outcome.failures == []
    assert past.query("select count(*) from ops.publish") == [(1,)]
    assert differing(past.rows(), as_it_came.rows()) == {}
    assert differing(past.editions(), as_it_came.editions()) == {}
    assert {one["new"] for one in outcome.editions} == {True}
    # Told to its end, in order.
    assert list(dict.fromkeys(stage for stage, *_ in seen)) == list(STAGES)
    for stage in STAGES:
        done = [(made, of) for name, made, of, _ in seen if name == stage]
        assert done == sorted(done)
        assert done[-1][0] == done[-1][1]
    # Once more: the metrics are computed again, and no edition has a second revision.
    rows, editions = past.rows(), past.editions()
    again = backfill(past.workspace, FIRST, LAST)
    assert again.published["item_count"] == 0
    assert again.published["day_count"] == len(ZONES) * len(DAYS)
    assert {one["new"] for one in again.editions} == {False}
    assert differing(past.rows(), rows) == {}
    assert past.editions() == editions


@pytest.fixture
def may(small: Bench) -> Bench:
    small.write(
        "clients/acme.yml",
        SMALL_CLIENT
        | {"reports": [{"id": "weekly", "cadence": "weekly"}, {"id": "daily", "cadence": "daily"}]},
    )
    small.drop("week.csv", table(*(post(day.day, day.day) for day in MAY)))
    return small


def test_late_data_restate_what_they_concern_and_nothing_else(
    may: Bench, blank_pages: None
) -> None:
    for day in MAY:
        may.day(day.isoformat())
    first = may.editions()
    may.drop("late.csv", table(post(90, day=30, text="Acme at last")))
    outcome = backfill(may.workspace, MAY[0], MAY[-1])
    revised = {
        (one["report_id"], one["edition"].split("/")[5][-10:]): one["revision"]
        for one in outcome.editions
        if one["new"]
    }
    # The day itself, the day after, which prints it beside its own, and the week.
    assert revised == {
        ("daily", "2026-05-30"): 2,
        ("daily", "2026-05-31"): 2,
        ("weekly", "2026-05-31"): 2,
    }
    second = may.editions()
    assert {key: second[key] for key in first} == first


def deliver(bench: Bench, name: str, *numbers_and_days: tuple[int, int]) -> None:
    """Drop a file whose rows say what they measured: three weeks of May."""
    covers = [{"start": "2026-05-10T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}]
    bench.write("mappings/export.yml", SMALL_MAPPING | {"covers": covers})
    bench.drop(name, table(*(post(number, day) for number, day in numbers_and_days)))


def value(bench: Bench, made: dict[str, Any]) -> int:
    edition = json.loads(bench.workspace.storage.read(made["edition"]))
    return int(edition["figures"]["mention_volume"]["value"])


def test_an_issued_report_that_goes_on_after_the_range_is_restated(
    small: Bench, blank_pages: None
) -> None:
    deliver(small, "week.csv", *((number, 25 + number % 7) for number in range(40)))
    small.day("2026-05-31")
    deliver(small, "late.csv", *((100 + number, 26) for number in range(9)))
    outcome = backfill(small.workspace, date(2026, 5, 25), date(2026, 5, 28))
    (made,) = outcome.editions
    assert (made["revision"], made["new"], value(small, made)) == (2, True, 49)
    assert outcome.published["warnings"] == []  # what is built next is not stale
    assert backfill(small.workspace, MAY[0], MAY[2]).editions[0]["new"] is False


def test_a_report_that_prints_the_range_beside_its_own_is_restated(
    small: Bench, blank_pages: None
) -> None:
    deliver(small, "weeks.csv", *((number, 11 + number % 21) for number in range(42)))
    for sunday in ("2026-05-17", "2026-05-24", "2026-05-31"):
        small.day(sunday)
    deliver(small, "late.csv", (100, 13), (101, 13))
    outcome = backfill(small.workspace, date(2026, 5, 13), date(2026, 5, 13))
    # Its own week, and the week after; the third one compares with the second, which stands.
    assert [
        (one["edition"].split("/")[5][-10:], one["revision"], value(small, one))
        for one in outcome.editions
    ] == [("2026-05-17", 2, 16), ("2026-05-24", 2, 14)]
    edition = json.loads(small.workspace.storage.read(outcome.editions[1]["edition"]))
    assert edition["figures"]["mention_volume"]["prior"] == 16


def test_a_day_that_reopens_an_issued_report_says_so(small: Bench, blank_pages: None) -> None:
    deliver(small, "weeks.csv", *((number, 18 + number % 14) for number in range(28)))
    small.day("2026-05-24")
    assert small.day("2026-05-31").published["warnings"] == []
    late = (*((100 + number, 20) for number in range(3)), (110, 21))
    deliver(small, "late.csv", *late)
    told = "client acme: data came later than issued reports: weekly 2026-05-18 to 2026-05-24"
    command = "`oyez backfill 2026-05-20 2026-05-21 --client acme`"
    for _ in range(2):  # until it is restated, or something else is published
        (warning,) = small.day("2026-05-31").published["warnings"]
        assert told in warning
        assert "(4 items)" in warning
        assert command in warning
    backfill(small.workspace, date(2026, 5, 20), date(2026, 5, 21))
    assert small.day("2026-05-31").published["warnings"] == []


def test_items_that_name_nobody_make_nothing_stale(small: Bench, blank_pages: None) -> None:
    deliver(small, "week.csv", *((number, 18 + number % 7) for number in range(14)))
    small.day("2026-05-24")
    small.drop("late.csv", table(post(100, 20, "Nobody we know")))
    assert small.day("2026-05-31").published["warnings"] == []
    # A known item that says something else now may move anything.
    small.drop("later.csv", table(post(0, 18, "Acme is awful")))
    (warning,) = small.day("2026-05-31").published["warnings"]
    assert "weekly 2026-05-18 to 2026-05-24 (1 item)" in warning


def test_one_stage_alone_computes_a_range_again(may: Bench, blank_pages: None) -> None:
    backfill(may.workspace, MAY[0], MAY[-1])
    rows = may.rows()
    # As if a file under sql/ had been wrong until now.
    from oyez.warehouse.connect import LIVE, open_live

    connection = open_live(may.workspace.work_dir / LIVE)
    connection.execute("update metric.mention_volume set item_count = 99")
    connection.close()
    may.drop("more.csv", table(post(99, day=28, text="Acme more")))
    outcome = backfill(may.workspace, MAY[2], MAY[2], stages=["publish"])
    assert outcome.collected == outcome.staged == outcome.editions == []
    counts = dict(
        may.query(
            "select day, sum(item_count) from metric.mention_volume "
            "where brand_id = 'acme' group by all"
        )
    )
    assert {day for day, count in counts.items() if count != 99} == {MAY[2]}
    backfill(may.workspace, MAY[0], MAY[-1], stages=["publish"])
    assert differing(may.rows(), rows) == {}
    assert (may.home / "inbox/acme/export/more.csv").exists()


@pytest.mark.parametrize(
    ("first", "last", "stages", "told"),
    [
        ("2026-05-31", "2026-05-25", STAGES, "swap the two days"),
        ("2026-05-25", "2099-01-01", STAGES, "is not over yet → end the range on"),
        ("2026-05-25", "2026-05-31", ["deliver"], "there is no stage 'deliver'"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(
    may: Bench, first: str, last: str, stages: list[str], told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        backfill(may.workspace, date.fromisoformat(first), date.fromisoformat(last), stages=stages)


def test_a_day_that_is_not_over_for_a_client_is_left_out(week: Bench) -> None:  # noqa: F811
    at = datetime(2026, 3, 30, 3, tzinfo=UTC)  # New York still has Sunday
    planned = plan(week.workspace, date(2026, 3, 28), date(2026, 3, 29), at=at)
    assert {one["client_id"]: len(days(one)) for one in planned} == {
        "acme": 2,
        "tokyo": 2,
        "york": 1,
    }


class Site:
    """Stands for the sites: notes which days are asked for; `answers` says what happens."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Exception] = {}
        self.measured: set[str] = set()

    def collect(self, ws: Any, unit: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(unit["day"])
        if answer := self.answers.get(unit["day"]):
            raise answer
        self.measured.add(unit["day"])
        return {**unit, "runs": [f"run of {unit['day']}"], "state": "ok", "message": "…"}

    def must_be_asked(self, ws: Any, client: Any, source: Any, day: date, **how: Any) -> bool:
        return how.get("again", False) or day.isoformat() not in self.measured


@pytest.fixture
def site(may: Bench, monkeypatch: pytest.MonkeyPatch) -> Site:
    may.write(
        "clients/acme.yml",
        SMALL_CLIENT | {"sources": [{"id": "news", "kind": "hackernews"}], "reports": []},
    )
    found = Site()
    monkeypatch.setattr(module, "collect_unit", found.collect)
    monkeypatch.setattr(module, "must_be_asked", found.must_be_asked)
    return found


def test_a_site_is_asked_only_for_the_days_that_nobody_measured(may: Bench, site: Site) -> None:
    ws = may.workspace
    site.measured |= {"2026-05-26", "2026-05-27"}
    site.answers["2026-05-29"] = SourceThrottled("later")
    planned = plan(ws, MAY[0], MAY[-1])
    (unit,) = collect_units(ws, planned)
    with pytest.raises(SourceThrottled):
        collect(ws, unit)
    assert site.asked == ["2026-05-25", "2026-05-28", "2026-05-29"]
    site.asked.clear()
    site.answers.clear()
    assert collect(ws, unit)["day_count"] == 3
    assert site.asked == ["2026-05-29", "2026-05-30", "2026-05-31"]
    assert collect_units(ws, planned) == []
    (forced,) = collect_units(ws, planned, again=True)
    site.asked.clear()
    collect(ws, forced)
    assert site.asked == [day.isoformat() for day in MAY]


def test_a_site_that_is_down_is_not_asked_for_a_whole_year(may: Bench, site: Site) -> None:
    ws = may.workspace
    site.answers = {day.isoformat(): SourceUnavailable("down") for day in MAY[1:]}
    outcome = backfill(ws, MAY[0], MAY[-1], stages=["collect"])
    assert [str(one) for one in outcome.failures] == ["down"]
    assert site.asked == [day.isoformat() for day in MAY[:4]]


def test_a_site_without_a_past_is_left_alone(may: Bench) -> None:
    feed = {"id": "feed", "kind": "rss", "url": "https://example.org/feed"}
    may.write("clients/acme.yml", SMALL_CLIENT | {"sources": [feed], "reports": []})
    ws = may.workspace
    assert collect_units(ws, plan(ws, MAY[0], MAY[-1])) == []


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A week's file in the inbox, and nothing done yet."""
    bench = Bench(tmp_path_factory.mktemp("range") / "home")
    bench.write("clients/acme.yml", SMALL_CLIENT)
    bench.write("mappings/export.yml", SMALL_MAPPING)
    bench.drop("week.csv", table(*(post(number, day=25 + number % 7) for number in range(14))))
    return bench


def result(bench: Bench) -> tuple[dict[str, Any], dict[str, str]]:
    return bench.rows(), bench.editions()


@pytest.fixture(scope="module")
def undisturbed(waiting: Bench, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import oyez.render.pdf

    from .killed import blank

    bench = waiting.copy(tmp_path_factory.mktemp("calm") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oyez.render.pdf, "render_pdf", blank)
        assert backfill(bench.workspace, MAY[0], MAY[-1]).failures == []
    return result(bench)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param("landed, the file not yet moved", marks=pytest.mark.e2e),
        pytest.param("stage: tables, no manifest", marks=pytest.mark.e2e),
        "publish: in the transaction",
        pytest.param("publish: committed, no snapshot", marks=pytest.mark.e2e),
        "edition: no page",
    ],
)
def test_killed_anywhere_and_run_again_gives_the_same(
    waiting: Bench, undisturbed: Any, tmp_path: Path, point: str, blank_pages: None
) -> None:
    assert point in POINTS
    bench = waiting.copy(tmp_path / "home")
    span = f"{MAY[0]}:{MAY[-1]}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.line.killed", str(bench.home), span, point],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}/plugins:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert backfill(bench.workspace, MAY[0], MAY[-1]).failures == []
    rows, editions = result(bench)
    assert differing(rows, undisturbed[0]) == {}
    assert differing(editions, undisturbed[1]) == {}
