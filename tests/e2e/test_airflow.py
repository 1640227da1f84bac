"""The real Airflow: daily runs, and a backfill by its scheduler, equal the command line's days."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from oyez import line
from tests.line.conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing, post, table

from .airflow_home import Airflow

pytestmark = pytest.mark.e2e

MONDAY, SUNDAY = date(2026, 5, 25), date(2026, 5, 31)
DAYS = [MONDAY + timedelta(days=number) for number in range(7)]


def rows(day: date) -> list[tuple[Any, ...]]:
    first = day.day * 10
    return [
        post(first + one, day.day, "Acme is great" if one else "@acme it broke") for one in range(4)
    ]


def drop(bench: Bench, *days: date) -> None:
    for day in days:
        bench.drop(f"{day}.csv", table(*rows(day)))


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = Bench(tmp_path_factory.mktemp("start") / "home")
    reports = [{"id": "weekly", "cadence": "weekly"}]
    bench.write("clients/acme.yml", SMALL_CLIENT | {"reports": reports})
    bench.write("mappings/export.yml", SMALL_MAPPING)
    return bench


Result = tuple[dict[str, Any], dict[str, str]]


def result(bench: Bench) -> Result:
    return bench.rows("metric"), bench.editions()


@pytest.fixture(scope="module")
def expected(start: Bench, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What `oyez day` gives, day after day."""
    bench = start.copy(tmp_path_factory.mktemp("cli") / "home")
    for day in DAYS:
        drop(bench, day)
        assert bench.day(day.isoformat()).failures == []
    rows, editions = result(bench)
    assert sum(len(table) for table in rows.values()) > 50
    assert len(editions) == 2
    return rows, editions


def assert_equal(these: Result, those: Result) -> None:
    assert differing(these[0], those[0]) == {}
    assert differing(these[1], those[1]) == {}


def test_daily_runs_of_the_dag_equal_the_command_line(
    start: Bench, expected: Result, tmp_path: Path
) -> None:
    bench = start.copy(tmp_path / "home")
    airflow = Airflow(tmp_path / "airflow", bench.home)
    drop(bench, *DAYS[:4])
    for day in DAYS[4:]:
        drop(bench, day)
        airflow("dags", "test", "daily", f"{day + timedelta(days=1)}T05:00:00+00:00")
    assert_equal(result(bench), expected)


def test_a_backfill_by_the_scheduler_equals_the_daily_runs(
    start: Bench, expected: Result, tmp_path: Path
) -> None:
    bench = start.copy(tmp_path / "home")
    airflow = Airflow(tmp_path / "airflow", bench.home)
    drop(bench, *DAYS)
    airflow("dags", "reserialize")
    # Before the scheduler starts: on SQLite its writes lock the command out (docs/airflow.md).
    airflow(
        *("backfill", "create", "--dag-id", "daily", "--max-active-runs", "1"),
        *("--from-date", "2026-05-26", "--to-date", "2026-06-01T23:59"),
    )
    with airflow.running():
        deadline = time.monotonic() + 600
        states: list[Any] = []
        while time.monotonic() < deadline:
            states = [
                state
                for (state,) in airflow.ask(
                    "select state from dag_run where backfill_id is not null"
                )
            ]
            if len(states) == len(DAYS) and set(states) <= {"success", "failed"}:
                break
            time.sleep(2)
    assert states == ["success"] * len(DAYS), (tmp_path / "airflow/scheduler.log").read_text()[
        -3000:
    ]
    # The scheduler may have run the present day besides: it measured nothing, but on a Monday it
    # prints the week that ended then.
    computed, editions = result(bench)
    last = DAYS[-1].isoformat()
    of_these = {key: one for key, one in editions.items() if key.split("/")[5][-10:] <= last}
    assert_equal((computed, of_these), expected)
    # And the report asked for again, months later, is the one of its day.
    unit = {"client_id": "acme", "report_id": "weekly", "day": SUNDAY.isoformat()}
    (made,) = line.editions(bench.workspace, [unit])
    assert (made["revision"], made["new"]) == (1, False)
