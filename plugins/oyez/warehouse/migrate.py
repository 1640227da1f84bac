"""Brings a warehouse to the current shape: migrations once each, macros and views every time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from oyez.errors import DataError
from oyez.resources import folder


def migrate(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply the migrations that are missing, each in a transaction, and return their names.

    Raises:
        DataError: a migration failed and was rolled back; the warehouse is as it was.
    """
    connection.execute("create schema if not exists ops")
    connection.execute(
        "create table if not exists ops.migration (migration_id varchar, applied_at timestamp)"
    )
    applied = {row[0] for row in connection.execute("from ops.migration").fetchall()}
    done = []
    for path in sorted((folder("sql") / "migrations").glob("*.sql")):
        if path.stem in applied:
            continue
        connection.begin()
        try:
            connection.execute(path.read_text("utf-8"))
            connection.execute(
                "insert into ops.migration values (?, ?)",
                [path.stem, datetime.now(UTC).replace(tzinfo=None)],
            )
            connection.commit()
        except duckdb.Error as problem:
            connection.rollback()
            raise DataError(
                f"the migration failed: {problem}",
                where=f"sql/migrations/{path.name}",
                action="report it; the warehouse is unchanged, `oyez rebuild` makes it again",
            ) from problem
        done.append(path.stem)
    return done


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace the macros and the views of `core`, in the caller's transaction.

    Each file of sql/core is one SELECT and becomes the view `core.<file name>`.
    """
    for path in sorted((folder("sql") / "macros").glob("*.sql")):
        connection.execute(path.read_text("utf-8"))
    waiting = sorted((folder("sql") / "core").glob("*.sql"))
    while waiting:
        failed: list[tuple[Path, duckdb.Error]] = []
        for path in waiting:
            body = path.read_text("utf-8").rstrip().rstrip(";")
            try:
                connection.execute(f"create or replace view core.{path.stem} as {body}")
            except duckdb.CatalogException as problem:
                failed.append((path, problem))  # it reads a view that comes later
        if len(failed) == len(waiting):
            path, why = failed[0]
            raise DataError(f"the view cannot be made: {why}", where=f"sql/core/{path.name}")
        waiting = [path for path, _ in failed]
