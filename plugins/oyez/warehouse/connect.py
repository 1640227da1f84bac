"""Opens the warehouse: the live file for its one writer, a snapshot for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import filelock

from oyez.errors import DataError
from oyez.storage import Storage
from oyez.workspace import Workspace

LIVE = "warehouse.duckdb"
# Stands beside the live file from before words are let go of until no file holds them.
ERASING = "warehouse.erasing"
CURRENT = "CURRENT"
# A publish of a year takes minutes; a writer that holds the lock longer than this has hung.
LOCK_TIMEOUT_SECONDS = 1800
# DuckDB 1.5 readers (shell, DBeaver, notebooks) cannot open files written in the 2.0 format.
STORAGE_VERSION = "v1.5.0"


@contextmanager
def writer_lock(workspace: Workspace) -> Iterator[None]:
    """Hold the right to write the warehouse; wait for another writer to finish.

    The lock is a file of its own: closing a second handle on the database file would silently drop
    DuckDB's POSIX lock on it.

    Raises:
        DataError: another writer did not finish in time.
    """
    workspace.work_dir.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(workspace.work_dir / "warehouse.lock", timeout=LOCK_TIMEOUT_SECONDS)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise DataError(
            f"another publish has held the warehouse for {LOCK_TIMEOUT_SECONDS // 60} minutes",
            where=str(workspace.work_dir / "warehouse.lock"),
            action="look for a hung process, end it, and run again",
        ) from None
    try:
        yield
    finally:
        lock.release()


def open_live(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the live warehouse file for writing; the caller holds `writer_lock`."""
    return duckdb.connect(
        str(path),
        config={
            "storage_compatibility_version": STORAGE_VERSION,
            "preserve_insertion_order": True,
            "temp_directory": str(path.with_suffix(".spill")),
        },
    )


def current_snapshot(storage: Storage) -> str | None:
    """Return the publish id of the snapshot that readers use, or None before the first publish."""
    try:
        return storage.read(CURRENT).decode().strip()
    except FileNotFoundError:
        return None


def snapshot_key(publish_id: str) -> str:
    """Return the storage key of a snapshot."""
    return f"snapshots/{publish_id}.duckdb"


def open_snapshot(storage: Storage, *, may_spill: bool = True) -> duckdb.DuckDBPyConnection:
    """Open the current snapshot, read-only and closed to the file system and the network.

    Args:
        storage: the data root.
        may_spill: what does not fit into memory may go to a temporary file beside the snapshot.

    Raises:
        DataError: nothing was published yet.
    """
    publish_id = current_snapshot(storage)
    if publish_id is None:
        raise DataError(
            "nothing was published yet", action="run `oyez day DATE`, or `make demo`, first"
        )
    try:
        path = storage.local(snapshot_key(publish_id))
    except FileNotFoundError:
        # A publish that let go of something has dropped it since.
        publish_id = current_snapshot(storage) or publish_id
        path = storage.local(snapshot_key(publish_id))
    connection = duckdb.connect(str(path), read_only=True)
    if not may_spill:
        connection.execute("set temp_directory = ''")
    connection.execute("set enable_external_access = false")
    connection.execute("set autoinstall_known_extensions = false")
    return connection
