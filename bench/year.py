"""A year of daily runs against the same year in one pass, and whether their rows are equal."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench import world
from oyez.metrics import card as cards
from oyez.metrics import runner


def measure(
    folder: Path,
    *,
    day_count: int,
    items_a_day: int,
    client_count: int,
    tell: Callable[[str], None],
) -> dict[str, float | bool]:
    """Return the CPU seconds of `daily` runs and of `one_pass`, and whether rows are `equal`.

    Only metrics are timed: what arrives is inserted alike by both.
    """
    daily_cost = 0.0
    paths = [folder / "daily.duckdb", folder / "pass.duckdb"]
    for path in paths:
        path.unlink(missing_ok=True)
    daily, whole = (
        world.empty(path, items_a_day=items_a_day, client_count=client_count) for path in paths
    )
    for number in range(day_count):
        world.add(daily, number, number + 1)
        daily_cost += _cost(daily, number, number + 1)
        if number % 30 == 29:
            tell(f"{number + 1} of {day_count} daily runs")
    world.add(whole, 0, day_count)
    pass_cost = _cost(whole, 0, day_count)
    return {
        "daily": daily_cost,
        "one_pass": pass_cost,
        "equal": {name: _digest(daily, name) for name in cards.load_all()}
        == {name: _digest(whole, name) for name in cards.load_all()},
        "rows": sum(_count(whole, name) for name in cards.load_all()),
    }


def _cost(connection: duckdb.DuckDBPyConnection, first: int, past: int) -> float:
    scope = world.days(connection, first, past)
    connection.begin()
    start = time.process_time()
    runner.compute(connection, scope)
    cost = time.process_time() - start
    connection.commit()
    return cost


def _digest(connection: duckdb.DuckDBPyConnection, metric: str) -> str:
    rows = connection.execute(f"from metric.{metric} order by all").fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _count(connection: duckdb.DuckDBPyConnection, metric: str) -> int:
    rows = connection.execute(f"select count(*) from metric.{metric}").fetchall()  # noqa: S608
    return int(rows[0][0])
