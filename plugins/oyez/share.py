"""Makes a warehouse of one client's rows, to hand out: a file that any DuckDB tool opens.

DuckDB has no rights by row, so a client or an analyst of one gets a file of their own. Its rows are
written into an empty database: nothing of another client can be left in it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from oyez.config.model import Client
from oyez.edition import terms
from oyez.errors import ConfigError, DataError
from oyez.resources import folder
from oyez.warehouse import migrate
from oyez.warehouse.connect import STORAGE_VERSION, current_snapshot, snapshot_key
from oyez.workspace import Workspace

# Tables without a client that tell nothing of one. What else has no client_id stays out.
_OF_NOBODY = ("ops.migration", "ops.metric_version")
_DAY_COLUMNS = ("day", "day_utc")


def share(
    workspace: Workspace,
    client_id: str,
    path: Path,
    *,
    start: date | None = None,
    end: date | None = None,
    with_names: bool = False,
) -> dict[str, int]:
    """Write one client's part of the last snapshot to a file and return its rows by table.

    Words that the terms of their site or their authors withhold are left out, as a report leaves
    them out; every number stays.

    Args:
        workspace: where the snapshot is.
        client_id: whose rows.
        path: the new file; its folder exists, and the file does not.
        start: first local day of what is dated; by default the first there is.
        end: last local day; by default the last there is.
        with_names: add the names of authors that a report may print.

    Raises:
        ConfigError: no such client, days in the wrong order, or the file is there already.
        DataError: nothing was published yet, or nothing of this client.
    """
    client = workspace.client(client_id)
    if start and end and start > end:
        raise ConfigError(f"{start} comes after {end}", action="swap --from and --to")
    publish_id = current_snapshot(workspace.storage)
    if publish_id is None:
        raise DataError(
            "nothing was published yet", action="run `oyez day DATE`, or `make demo`, first"
        )
    snapshot = workspace.storage.local(snapshot_key(publish_id))
    with _beside(path) as partial:
        counts = _copy(snapshot, partial, client, start, end, with_names=with_names)
        with duckdb.connect(
            str(partial), config={"storage_compatibility_version": STORAGE_VERSION}
        ) as shared:
            migrate.define(shared)
            migrate.define_for_people(shared)
            shared.execute("checkpoint")
    return counts


def _copy(
    snapshot: Path,
    partial: Path,
    client: Client,
    start: date | None,
    end: date | None,
    *,
    with_names: bool,
) -> dict[str, int]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(snapshot)}' as origin (read_only)")
        connection.execute("use origin")
        known = connection.execute(
            "select 1 from core.client where client_id = ?", [client.id]
        ).fetchall()
        if not known:
            raise DataError(
                "nothing of this client was published yet",
                client=client.id,
                action=f"run `oyez day DATE --client {client.id}` first",
            )
        terms.register(connection, client.id, terms.terms(connection, client))
        connection.execute("set variable with_names = ?", [with_names])
        connection.execute(_sql("withheld"))
        connection.execute(
            f"attach '{_quoted(partial)}' as target (storage_version '{STORAGE_VERSION}')"
        )
        counts = {}
        for schema, table in _tables(connection):
            name = f"{schema}.{table}"
            columns = _columns(connection, schema, table)
            connection.execute(f"create schema if not exists target.{schema}")
            typed = ", ".join(f'"{column}" {kind}' for column, kind, _ in columns)
            connection.execute(f"create table target.{name} ({typed})")
            _comment(connection, name, columns)
            query, values = _selected(name, [column for column, *_ in columns], client, start, end)
            if query:
                row = connection.execute(
                    f"insert into target.{name} by name {query}", values
                ).fetchone()
                counts[name] = int(row[0]) if row else 0
        connection.execute("use memory")
        connection.execute("detach target")
    return counts


def _selected(
    name: str, columns: list[str], client: Client, start: date | None, end: date | None
) -> tuple[str, dict[str, Any]]:
    """Return the SELECT of a table's rows that are handed out, empty for none, and its values."""
    own = folder("sql") / "share" / f"{name}.sql"
    if name in _OF_NOBODY:
        return f"from origin.{name}", {}
    if not own.is_file() and "client_id" not in columns:
        return "", {}
    # A file of sql/share reads the table its own way, and blanks what is withheld.
    query = own.read_text("utf-8").rstrip().rstrip(";") if own.is_file() else f"from origin.{name}"
    values: dict[str, Any] = {"client_id": client.id}
    bounds = ["client_id = $client_id"] if "client_id" in columns else ["$client_id is not null"]
    for column in _DAY_COLUMNS:
        if column in columns:
            for sign, day in ((">=", start), ("<=", end)):
                if day:
                    bounds.append(f"({column} is null or {column} {sign} date '{day}')")
    order = "order by client_id, day" if {"client_id", "day"} <= set(columns) else ""
    return f"select * from ({query}) where {' and '.join(bounds)} {order}", values  # noqa: S608


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(_sql("tables")).fetchall()


def _columns(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str
) -> list[tuple[str, str, str | None]]:
    return connection.execute(_sql("columns"), {"schema": schema, "table": table}).fetchall()


def _comment(
    connection: duckdb.DuckDBPyConnection, name: str, columns: list[tuple[str, str, str | None]]
) -> None:
    schema, table = name.split(".")
    (told,) = connection.execute(
        "select comment from duckdb_tables() "
        "where database_name = 'origin' and schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchall()
    texts = [(f"table target.{name}", told[0])]
    texts += [(f'column target.{name}."{column}"', text) for column, _, text in columns]
    for place, text in texts:
        if text:
            connection.execute(f"comment on {place} is '{_quoted(text)}'")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    if path.exists():
        raise ConfigError(
            "the file is there already",
            where=str(path),
            action="name a new file, or remove the old one",
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".share-", dir=path.parent) as folder_beside:
            partial = Path(folder_beside) / "warehouse.duckdb"
            yield partial
            os.replace(partial, path)
    except OSError as problem:
        raise ConfigError(
            f"the file cannot be written: {problem.strerror}",
            where=str(path),
            action="name a file in a folder that you may write to",
        ) from None


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")


def _sql(name: str) -> str:
    return (folder("sql") / "share" / f"{name}.sql").read_text("utf-8")
