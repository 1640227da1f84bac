"""What must hold of the DAG files before anything runs."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oyez.batches import by_client, comes_back_at, in_batches

CHECKOUT = Path(__file__).parents[2]
DAGS = sorted((CHECKOUT / "dags").glob("*.py"))
NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)
NAIVE_NOW = NOW.replace(tzinfo=None)  # as SourceThrottled.until


def test_every_dag_file_is_read_without_error(dagbag):
    assert dagbag.import_errors == {}
    assert set(dagbag.dags) >= {"daily"}


def test_reading_the_dags_loads_no_heavy_library():
    code = """
import json, runpy, sys, time
import airflow.sdk, airflow.sdk.exceptions
before, start = set(sys.modules), time.process_time()
for path in sys.argv[1:]:
    runpy.run_path(path)
print(json.dumps([time.process_time() - start, sorted(set(sys.modules) - before)]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, DAGS)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, modules = json.loads(done.stdout.splitlines()[-1])
    heavy = {"pandas", "duckdb", "weasyprint", "pyarrow", "pydantic", "oyez.line"}
    assert not heavy & set(modules)
    assert seconds < 3


@pytest.mark.parametrize("path", DAGS, ids=lambda path: path.name)
def test_a_dag_file_imports_airflow_only_by_its_public_names(path):
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    public = ("airflow.sdk", "airflow.providers")
    private = [n for n in imported if n.startswith("airflow") and not n.startswith(public)]
    assert private == []


def test_airflow_does_not_execute_the_package_as_plugins():
    lines = (CHECKOUT / "plugins" / ".airflowignore").read_text("utf-8").splitlines()
    assert "oyez/" in lines


def test_only_one_task_at_a_time_writes_the_warehouse(daily):
    assert {t.task_id for t in daily.tasks if t.pool == "warehouse"} == {"publish"}
    assert daily.task_dict["publish"].pool_slots == 1


def test_every_task_is_tried_again_and_has_an_end(daily):
    for task in daily.tasks:
        options = getattr(task, "partial_kwargs", None) or vars(task)
        assert options["retries"] >= 1, task.task_id
        assert options["execution_timeout"] <= timedelta(hours=3), task.task_id


def test_a_failure_upstream_does_not_keep_the_rest_from_running(daily):
    rules = {t.task_id: t.trigger_rule.value for t in daily.tasks}
    assert rules["landed"] == rules["publish"] == "all_done_min_one_success"
    assert rules["outcome"] == "all_done"
    above = daily.task_dict["outcome"].get_flat_relatives(upstream=True)
    assert {t.task_id for t in above} == set(rules) - {"outcome"}


def test_the_schedule_makes_one_run_a_day_and_none_for_the_past(daily):
    assert (daily.catchup, daily.max_active_runs, daily.start_date) == (False, 1, None)
    assert daily.timetable.expression == "0 5 * * *"
    assert str(daily.timetable.timezone) == "UTC"


@pytest.mark.parametrize(
    ("params", "is_valid"),
    [
        ({}, True),
        ({"day": "2026-05-31", "clients": ["acme"]}, True),
        ({"day": "31/05/2026"}, False),
        ({"day": 20260531}, False),
        ({"clients": "acme"}, False),
        ({"clients": [1]}, False),
    ],
)
def test_parameters_are_checked_before_a_run_starts(daily, params, is_valid):
    chosen = copy.deepcopy(daily.params)
    if is_valid:
        chosen.update(params)
        chosen.validate()
    else:
        with pytest.raises(ValueError, match="Invalid input"):
            chosen.update(params)


def test_a_batch_keeps_a_client_whole():
    units = [{"client_id": one, "n": n} for n in range(3) for one in ("acme", "zinc")]
    batches = by_client(units)
    assert [[u["client_id"] for u in batch] for batch in batches] == [["acme"] * 3, ["zinc"] * 3]
    assert by_client([]) == []


def test_many_clients_share_batches():
    units = [{"client_id": f"c{n}"} for n in range(1201)]
    batches = by_client(units)
    assert len(batches) == 500
    assert sorted(len(batch) for batch in batches)[-1] == 3
    assert sum(map(len, batches)) == 1201


def test_runs_are_batched_within_what_airflow_maps():
    assert in_batches([]) == []
    assert list(map(len, in_batches(["r"] * 45))) == [20, 20, 5]
    assert len(in_batches(["r"] * 30_000)) == 500


@pytest.mark.parametrize(
    ("until", "again"),
    [
        (None, NOW + timedelta(minutes=15)),
        (NAIVE_NOW + timedelta(hours=1), NOW + timedelta(hours=1)),
        (NAIVE_NOW + timedelta(hours=3), None),
    ],
)
def test_a_throttled_source_waits_two_hours_at_most(until, again):
    assert comes_back_at(until, first_asked=NOW, now=NOW) == again
