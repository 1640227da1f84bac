"""Asks the snapshot a question of a person's: read-only, shut in, and for so long only.

Two walls stand behind each other: what is no question is refused before it runs, and the engine can
reach neither files nor network, loads no extension, and lets nobody change that.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import duckdb
import pyarrow as pa

from oyez.errors import ConfigError
from oyez.resources import folder
from oyez.storage import Storage
from oyez.warehouse.connect import open_snapshot

SECONDS = 60.0
MEMORY = "2GB"
_ROWS_AT_ONCE = 2_000
_SHUT = (
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    "set python_enable_replacements = false",
    "set lock_configuration = true",  # last: nothing above can be taken back
)


class Answer:
    """What a question gives, read once, by rows or by batches, before its block ends."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: str) -> None:
        self._connection, self._query = connection, query
        self._relation = connection.sql(query)  # bound, and not run yet
        self._reader: pa.RecordBatchReader | None = None
        self.columns: list[str] = list(self._relation.columns)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield the rows as Python values, few of them in memory at once."""
        result = self._connection.execute(self._query)
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            yield from rows

    def batches(self) -> pa.RecordBatchReader:
        """Return the rows as Arrow batches, with their types."""
        self._reader = self._relation.to_arrow_reader()
        return self._reader

    def close(self) -> None:
        """Let go of what was not read.

        A reader that outlives its connection keeps the database half shut, and DuckDB 2.0 then
        waits for it without end when the same process opens the file again
        (duckdb/duckdb#25965).
        """
        if self._reader is not None:
            self._reader.close()


@contextmanager
def ask(
    storage: Storage, query: str, *, seconds: float = SECONDS, memory: str = MEMORY
) -> Iterator[Answer]:
    """Give the answer to one question; it must be read before the block ends.

    Args:
        storage: the data root.
        query: one SELECT, or DESCRIBE, SHOW, SUMMARIZE, EXPLAIN, FROM, VALUES, WITH, PIVOT or
            UNPIVOT.
        seconds: the whole block may last, reading included.
        memory: the engine may use, such as 2GB.

    Raises:
        ConfigError: it is no question, or fails, or takes too long or too much memory.
        DataError: nothing was published yet.
    """
    # One that spills could fill the disk beside the snapshots.
    connection = open_snapshot(storage, may_spill=False)
    watch = threading.Timer(seconds, connection.interrupt)
    try:
        _shut_in(connection, memory)
        _refuse_orders(connection, query)
        watch.start()
        with closing(Answer(connection, query)) as answer:
            yield answer
    except duckdb.InterruptException:
        raise ConfigError(
            f"the query took longer than {seconds:g} seconds and was ended",
            action="bound its days (where day between …), or give it more time with --seconds",
        ) from None
    except duckdb.OutOfMemoryException:
        raise ConfigError(
            f"the query needs more than {memory} of memory",
            action="bound its days, select fewer columns, or allow more with --memory",
        ) from None
    except duckdb.Error as problem:
        raise ConfigError(_told(problem), action=_remedy(problem)) from None
    finally:
        watch.cancel()
        connection.close()


def listing() -> str:
    """Return the question that lists the views for people, each with its comment."""
    return (folder("sql") / "explain" / "views.sql").read_text("utf-8")


def _shut_in(connection: duckdb.DuckDBPyConnection, memory: str) -> None:
    try:
        connection.execute("set memory_limit = ?", [memory])
    except duckdb.Error:
        raise ConfigError(
            f"{memory!r} is no amount of memory", action="write it like 512MB or 2GB"
        ) from None
    for statement in _SHUT:
        connection.execute(statement)


def _refuse_orders(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    statements = connection.extract_statements(query)
    if not statements:
        raise ConfigError("there is no query", action="write a SELECT, or nothing to list views")
    if _is_pivot(connection, query, statements):
        return
    if len(statements) > 1:
        raise ConfigError(
            f"there are {len(statements)} statements, and one is asked at a time",
            action="run `oyez sql` once for each",
        )
    (statement,) = statements
    # DuckDB 1.5 makes a SELECT of some of them.
    is_pragma = re.match(r"(\s|--[^\n]*\n|/\*.*?\*/)*pragma\b", query, re.I | re.S)
    asked = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    if statement.type in asked and not is_pragma:
        return
    if statement.type == duckdb.StatementType.MULTI:
        raise ConfigError(
            "a PIVOT inside of an order is no question: the snapshot is only read here",
            action="write the PIVOT alone, or `from (pivot … on … using …)`",
        )
    name = "PRAGMA" if is_pragma else statement.type.name
    raise ConfigError(
        f"{name} is no question: the snapshot is only read here",
        action="write a SELECT; --csv, --xlsx and --parquet write its answer to a file",
    )


def _is_pivot(
    connection: duckdb.DuckDBPyConnection, query: str, statements: list[duckdb.Statement]
) -> bool:
    """Tell whether what the engine makes several statements of is a question all the same.

    A PIVOT without a list of its columns asks for them first (a type of the session's own), then
    for the table: one statement of several to DuckDB 2, two to DuckDB 1.5. An order (`copy (pivot
    …) to …`, `create table … as pivot …`) is made several of, too; unlike a question, none can
    stand in the place of a table.
    """
    kind = duckdb.StatementType
    kinds = [one.type for one in statements]
    if kinds != [kind.MULTI] and (kinds[-1] != kind.SELECT or set(kinds[:-1]) != {kind.CREATE}):
        return False
    # After the semicolon of one statement there are but comments.
    for asked in (query, query.rpartition(";")[0]):
        with suppress(duckdb.Error):
            found = connection.extract_statements(f"from (\n{asked}\n)")
            if [one.type for one in found] == kinds:
                return True
    return False


def _told(problem: duckdb.Error) -> str:
    return re.sub(r"\s+", " ", str(problem).split("\nLINE ")[0]).strip()


def _remedy(problem: duckdb.Error) -> str:
    if isinstance(problem, duckdb.PermissionException):
        return "ask the warehouse's own tables: `oyez sql` reads no other file and no network"
    if isinstance(problem, (duckdb.CatalogException, duckdb.BinderException)):
        return "run `oyez sql` alone to list the views, `oyez sql 'describe report.daily'` for one"
    return "correct the query; docs/analysts.md has ten that work"
