"""The client days that a run is about, and the SQL files that keep account of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import duckdb

from oyez.metrics import card as cards

TOUCHED = ""  # the name under which run_day keeps the days that were touched
KNOWN = "*"  # and those that hold data or coverage
MONTH_DAYS = 31  # of the longest month


def read(path: Path) -> str:
    """Return a file's one statement, without the semicolon that a shell wants at its end."""
    return path.read_text(encoding="utf-8").rstrip().removesuffix(";")


def run(
    connection: duckdb.DuckDBPyConnection,
    statement: str,
    names: Mapping[str, str] | None = None,
    **values: object,
) -> duckdb.DuckDBPyConnection:
    """Run a file of `sql/metric/run`, with its <names> put in as they are and its $values bound."""
    text = read(cards.folder() / "run" / f"{statement}.sql")
    for name, value in (names or {}).items():
        text = text.replace(f"<{name}>", value)
    return connection.execute(text, values) if values else connection.execute(text)


def touch(connection: duckdb.DuckDBPyConnection, scope: Iterable[tuple[str, date]] | None) -> None:
    """Note the touched days, and forget those of the run before.

    Args:
        connection: a warehouse.
        scope: (client_id, local day); by default the rows of `ops.scope`.
    """
    run(connection, "prepare")
    if scope is None:
        connection.execute("insert into run_day select distinct '', client_id, day from ops.scope")
        return
    pairs = sorted(set(scope))
    connection.execute(
        "insert into run_day select '', unnest($clients), unnest($days)",
        {"clients": [client for client, _ in pairs], "days": [day for _, day in pairs]},
    )


def stretches(
    connection: duckdb.DuckDBPyConnection, metric: str, gap_days: int = 1
) -> Iterator[tuple[date, date]]:
    """Enter each stretch of a metric's days in turn, and yield its first and last day.

    Inside the loop `scope_day` holds the client days of the stretch, and the variables `from_day`
    and `to_day` bound them: literal bounds let DuckDB skip what lies outside.

    Args:
        connection: a warehouse.
        metric: whose days.
        gap_days: days at most so far apart share a stretch; with 1 it is contiguous.
    """
    found = run(connection, "ranges", metric=metric, gap_days=gap_days).fetchall()
    for from_day, to_day in found:
        connection.execute(f"set variable from_day = date '{from_day}'")
        connection.execute(f"set variable to_day = date '{to_day}'")
        connection.execute("delete from scope_day")
        run(connection, "scope", metric=metric)
        yield from_day, to_day
