"""Swaps the read-only snapshot: readers see the old file or the new one, never half of either."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from oyez.storage import AlreadyExists, Storage
from oyez.warehouse.connect import CURRENT, snapshot_key

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
    snapshots = [key for key in storage.list("snapshots/") if key.endswith(".duckdb")]
    for key in snapshots[:-KEEP]:
        if key != snapshot_key(publish_id):
            storage.delete(key)
