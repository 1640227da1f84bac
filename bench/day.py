"""One day's metrics in a small and in a large warehouse, with as many items a day in both."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb

from bench import world
from oyez.metrics import checks, runner

ROUNDS = 5


def measure(
    folder: Path,
    *,
    sizes: list[int],
    items_a_day: int,
    client_count: int,
    tell: Callable[[str], None],
) -> list[dict[str, float]]:
    """Return each size's `items`, and the CPU seconds of `metrics` and `checks` of its last day.

    The median of five rounds; each round measures every size in turn.
    """
    made = {}
    for size in sizes:
        day_count = size // items_a_day
        tell(f"making a warehouse of {day_count * items_a_day:,} items")
        made[size] = world.make(
            folder / f"{size}.duckdb",
            day_count=day_count,
            items_a_day=items_a_day,
            client_count=client_count,
            tell=tell,
        )
    costs: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for number in range(ROUNDS + 1):
        for size in sizes:
            cost = _last_day(made[size], size // items_a_day)
            if number:  # the first one warms up
                costs[size].append(cost)
    return [
        {
            "items": size // items_a_day * items_a_day,
            "metrics": median(one for one, _ in costs[size]),
            "checks": median(one for _, one in costs[size]),
        }
        for size in sizes
    ]


def _last_day(connection: duckdb.DuckDBPyConnection, day_count: int) -> tuple[float, float]:
    scope = world.days(connection, day_count - 1, day_count)
    connection.begin()
    start = time.process_time()
    runner.compute(connection, scope)
    computed = time.process_time()
    checks.run(connection, scope)
    checked = time.process_time()
    connection.commit()
    return computed - start, checked - computed
