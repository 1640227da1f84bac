"""What the sources were expected to give and did not: a sentence each, for whoever runs the day."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from oyez.resources import folder


def told(connection: duckdb.DuckDBPyConnection, days: dict[str, date]) -> list[str]:
    """Return a warning for each source whose last expected period is empty, or holds too little.

    Args:
        connection: a warehouse whose `ops.scope` still holds the days that were touched.
        days: client id → local day that the run covers; periods that end later are not over.
    """
    found = []
    for client_id, day in sorted(days.items()):
        found += [
            f"client {client_id}, source {row['source_id']}: {_missing(client_id, row)}"
            for row in _rows(connection, "missing", client_id, day)
        ]
        short = _rows(connection, "short", client_id, day)
        for source_id, rows in groupby(short, key=lambda row: row["source_id"]):
            found.append(f"client {client_id}, source {source_id}: {_short(list(rows))}")
    return found


def _missing(client_id: str, row: dict[str, Any]) -> str:
    since = f"since {row['last_day']}" if row["last_day"] else "so far"
    if row["kind"] == "file":
        remedy = f"drop its file into inbox/{client_id}/{row['source_id']}/"
        what = "no file was delivered"
    else:
        remedy = f"run `oyez day {row['end_day']} --client {client_id}`"
        what = "it was not asked"
    return (
        f"expected {row['expected']}, {what} for {_when(row)}, nothing measured {since} → {remedy}"
    )


def _short(rows: list[dict[str, Any]]) -> str:
    last = rows[-1]
    more = f" (and {len(rows) - 1} earlier periods)" if len(rows) > 1 else ""
    return (
        f"{last['item_count']} items for {_when(last)}{more}, fewer than its minimum_rows "
        f"{last['minimum_rows']} → look whether the export was cut or the site answers less"
    )


def _when(row: dict[str, Any]) -> str:
    start, end = row["start_day"], row["end_day"]
    return str(end) if start == end else f"{start} to {end}"


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, client_id: str, day: date
) -> list[dict[str, Any]]:
    query = (folder("sql") / "publish" / "after" / f"{name}.sql").read_text("utf-8")
    result = connection.execute(query, {"client_id": client_id, "day": day})
    columns = [column[0] for column in result.description or []]
    return [dict(zip(columns, values, strict=True)) for values in result.fetchall()]
