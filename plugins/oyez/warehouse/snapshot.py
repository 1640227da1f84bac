"""Swaps the read-only snapshot: readers see the old file or the new one, never half of either."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from oyez.storage import AlreadyExists, Storage
from oyez.warehouse.connect import CURRENT, current_snapshot, snapshot_key

# A reader that has just read CURRENT still finds its file two publishes later.
KEEP = 3


def swap(storage: Storage, publish_id: str, live: Path) -> None:
    """Copy the closed live file to a new snapshot and point CURRENT at it.

    The caller has closed its connection: copying an open database file drops DuckDB's lock.
    """
    # Killed between the copy and the pointer: the copy is whole, since create is atomic.
    with suppress(AlreadyExists):
        storage.create(snapshot_key(publish_id), live)
    storage.replace(CURRENT, publish_id.encode())
    for key in _all(storage)[:-KEEP]:
        if key != snapshot_key(publish_id):
            storage.delete(key)


def drop_older(storage: Storage) -> None:
    """Delete all snapshots but the current one: they hold what was let go of since.

    Who reads one of them keeps the open file until he closes it.
    """
    current = current_snapshot(storage)
    for key in _all(storage):
        if current and key != snapshot_key(current):
            storage.delete(key)


def _all(storage: Storage) -> list[str]:
    return [key for key in storage.list("snapshots/") if key.endswith(".duckdb")]
