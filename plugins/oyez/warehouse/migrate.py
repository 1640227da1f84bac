"""Brings a warehouse to the current shape: migrations once each, macros and views every time."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterable
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

    Raises:
        DataError: one of them cannot be made; the message names its file.
    """
    _define(connection, {path: _text(path) for path in _files("macros")} | _views("core", "core"))
    _comment(connection, "core")


def define_for_people(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace the views of `report`, which people query; the metrics' tables exist.

    Each file of sql/view is one SELECT and becomes the view `report.<file name>`.

    Raises:
        DataError: one of them cannot be made; the message names its file.
    """
    connection.execute("create schema if not exists report")
    _define(connection, _views("report", "view"))
    _comment(connection, "report")


def _files(name: str) -> list[Path]:
    return sorted((folder("sql") / name).glob("*.sql"))


def _text(path: Path) -> str:
    return path.read_text("utf-8").rstrip().rstrip(";")


def _views(schema: str, name: str) -> dict[Path, str]:
    return {
        path: f"create or replace view {schema}.{path.stem} as {_text(path)}"
        for path in _files(name)
    }


def _define(connection: duckdb.DuckDBPyConnection, statements: dict[Path, str]) -> None:
    for path in _in_order(statements):
        try:
            connection.execute(statements[path])
        except duckdb.Error as problem:
            raise DataError(
                f"it cannot be made: {problem}", where=f"sql/{path.parent.name}/{path.name}"
            ) from problem


def _in_order(statements: dict[Path, str]) -> Iterable[Path]:
    # A view or macro is bound when it is made, and an error would abort the transaction: what it
    # reads comes first, told by the names in its text.
    makers = {_name(path): path for path in statements}
    reads = {
        path: [
            makers[name]
            for name in re.findall(r"\b(?:core\.|report\.)\w+|\b\w+(?=\()", _bare(statement))
            if name in makers and makers[name] != path
        ]
        for path, statement in statements.items()
    }
    return graphlib.TopologicalSorter(reads).static_order()


def _name(path: Path) -> str:
    schema = {"macros": "", "core": "core.", "view": "report."}[path.parent.name]
    return f"{schema}{path.stem}"


def _bare(statement: str) -> str:
    return re.sub(r"(?m)--.*$", "", statement)


def _comment(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    # A view that is replaced loses its comments.
    connection.execute((folder("sql") / "comments" / f"{schema}.sql").read_text("utf-8"))
