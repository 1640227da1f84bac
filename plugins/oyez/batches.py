"""How the DAGs share out units among mapped tasks, and when a throttled task comes back.

Airflow refuses more than 1,024 mapped tasks, and each costs a quarter of a second.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

Unit = dict[str, Any]

AT_MOST = 500
RUNS_PER_BATCH = 20
PATIENCE = timedelta(hours=2)  # how long the other clients' reports may wait for a throttled source
THROTTLED_WITHOUT_DATE = timedelta(minutes=15)


def by_client(units: list[Unit]) -> list[list[Unit]]:
    """Return the units in batches that keep a client whole: one client's failure is its own.

    Only above AT_MOST clients do several share a batch.
    """
    clients: dict[str, list[Unit]] = {}
    for unit in units:
        clients.setdefault(unit["client_id"], []).append(unit)
    groups = list(clients.values())
    shared = [groups[start::AT_MOST] for start in range(min(AT_MOST, len(groups)))]
    return [[unit for group in batch for unit in group] for batch in shared]


def in_batches(runs: list[str]) -> list[list[str]]:
    """Return the runs in order, in AT_MOST batches or fewer."""
    size = max(RUNS_PER_BATCH, -(-len(runs) // AT_MOST))
    return [runs[start : start + size] for start in range(0, len(runs), size)]


def comes_back_at(
    until: datetime | None,
    first_asked: datetime,
    now: datetime,
    patience: timedelta = PATIENCE,
) -> datetime | None:
    """Return when a throttled task should run again, or None if the others cannot wait for it.

    Args:
        until: naive UTC instant that the site named, if it named one.
        first_asked: when the task first ran into the limit, aware.
        now: the present instant, aware.
        patience: how long after `first_asked` it may come back.
    """
    again = until.replace(tzinfo=UTC) if until else now + THROTTLED_WITHOUT_DATE
    return again if again <= first_asked + patience else None
