"""Writes the live warehouse anew, so that no block of the file holds what was deleted from it.

A database marks the blocks of a row as free and leaves their bytes where they are, for anybody who
opens the file with another program.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from oyez.warehouse.connect import STORAGE_VERSION


def rewrite(live: Path) -> None:
    """Replace a closed warehouse file by a copy of its tables, views and macros.

    Killed at any moment, the file is the old one or the new one. The caller holds `writer_lock`.

    Args:
        live: the file; the copy is made beside it and needs as much room.
    """
    fresh = live.with_suffix(".fresh")
    for stale in (fresh, fresh.with_name(fresh.name + ".wal")):
        stale.unlink(missing_ok=True)
    connection = duckdb.connect(
        str(live),
        config={
            "preserve_insertion_order": True,
            "temp_directory": str(live.with_suffix(".spill")),
        },
    )
    try:
        connection.execute(
            f"attach '{_quoted(fresh)}' as fresh (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute(f'copy from database "{live.stem}" to fresh')
        connection.execute("checkpoint fresh")
        connection.execute("detach fresh")
    finally:
        connection.close()
    fresh.replace(live)
    live.with_name(live.name + ".wal").unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
