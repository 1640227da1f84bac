"""Makes a warehouse of invented mentions, as large as one likes, with all metrics computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from oyez.metrics import runner
from oyez.warehouse import migrate
from oyez.warehouse.connect import open_live

HERE = Path(__file__).parent
FIRST = date(1970, 1, 1)
# Inserted and computed at once: few enough to fit into memory.
_PORTION = 2_000_000


def make(
    path: Path,
    *,
    day_count: int,
    items_a_day: int,
    client_count: int,
    tell: Callable[[str], None] = lambda _: None,
) -> duckdb.DuckDBPyConnection:
    """Return an open warehouse file whose days start on 1 January 1970.

    Args:
        path: where it is made; an older one there is replaced.
        day_count: days.
        items_a_day: of all clients together, equal on all days.
        client_count: clients that share them.
        tell: told how far it is.
    """
    path.unlink(missing_ok=True)
    connection = empty(path, items_a_day=items_a_day, client_count=client_count)
    step = max(1, _PORTION // items_a_day)
    for first in range(0, day_count, step):
        past = min(day_count, first + step)
        connection.begin()
        add(connection, first, past)
        runner.compute(connection, days(connection, first, past))
        connection.commit()
        tell(f"{past * items_a_day:,} of {day_count * items_a_day:,} items")
    connection.execute("checkpoint")
    return connection


def empty(path: Path, *, items_a_day: int, client_count: int) -> duckdb.DuckDBPyConnection:
    """Return an open warehouse file that has clients and no day."""
    connection = open_live(path)
    migrate.migrate(connection)
    migrate.define(connection)
    connection.execute(f"set variable client_count = {client_count}")
    connection.execute(f"set variable row_count = {items_a_day}")
    connection.execute((HERE / "clients.sql").read_text("utf-8"))
    return connection


def add(connection: duckdb.DuckDBPyConnection, first: int, past: int) -> None:
    """Insert the items of the days numbered from `first` to before `past`."""
    connection.execute(f"set variable first_number = {first}")
    connection.execute(f"set variable past_number = {past}")
    connection.execute((HERE / "world.sql").read_text("utf-8"))


def days(connection: duckdb.DuckDBPyConnection, first: int, past: int) -> list[tuple[str, date]]:
    """Return the client days numbered from `first` to before `past`: what a publish touches."""
    clients = [row[0] for row in connection.execute("select client_id from core.client").fetchall()]
    return [
        (client, FIRST + timedelta(days=number))
        for number in range(first, past)
        for client in sorted(clients)
    ]
