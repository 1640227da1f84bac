"""Judges published mentions once more, when the model or the lists have changed.

What was staged is gone by then, so the items are read from the snapshot. The judgement is laid
under `judged/` and taken over by the next publish; items whose words had to go keep what was found
in them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import duckdb

from oyez.config.model import Client
from oyez.enrich.batch import Row
from oyez.enrich.models import Model
from oyez.enrich.run import judged
from oyez.enrich.tables import TABLES
from oyez.resources import folder
from oyez.stage.parquet import write
from oyez.storage import Storage

ROOT = "judged/"
MANIFEST = "_manifest.json"
# A month of a busy client at once: enough for full batches, and a kill loses no more.
_DAYS = 31


def judge_again(
    storage: Storage,
    connection: duckdb.DuckDBPyConnection,
    client: Client,
    days: tuple[date, date],
    model: Model,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """Judge a client's published items of some days once more; return how many items that were.

    Args:
        storage: the data root.
        connection: an open snapshot.
        client: whose items.
        days: first and last local day.
        model: judges sentiment.
        progress: told what happens, in a few words each time.
    """
    first, last = days
    count = 0
    while first <= last:
        end = min(last, first + timedelta(days=_DAYS - 1))
        progress(f"{client.id} · {first} to {end}")
        staged = {
            name: _rows(connection, name, client.id, first, end) for name in ("item", "mention")
        }
        if staged["item"]:
            name = f"{client.id}/{first}_{end}"
            rows = judged(client, name, {**staged, "settled": []}, model)
            _keep(storage, f"{ROOT}{name}", rows, model)
            count += len(staged["item"])
        first = end + timedelta(days=1)
    return count


def known_days(connection: duckdb.DuckDBPyConnection, client_id: str) -> tuple[date, date] | None:
    """Return the first and last local day of a client's items, or None without any."""
    query = "select min(day), max(day) from core.item where client_id = ?"
    ((first, last),) = connection.execute(query, [client_id]).fetchall()
    return (first, last) if first else None


def waiting(storage: Storage) -> list[str]:
    """Return the key prefixes of the judgements that were not published yet, in order."""
    return [
        key.removesuffix(f"/{MANIFEST}")
        for key in storage.list(ROOT)
        if key.endswith(f"/{MANIFEST}")
    ]


def _keep(storage: Storage, prefix: str, rows: dict[str, list[Row]], model: Model) -> None:
    write(storage, prefix, TABLES, rows)
    body = {"model": model.name, "model_version": model.version}
    storage.replace(f"{prefix}/{MANIFEST}", json.dumps(body, sort_keys=True).encode())


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, client_id: str, first: date, last: date
) -> list[Row]:
    query = (folder("sql") / "enrich" / f"{name}.sql").read_text("utf-8")
    values: dict[str, Any] = {"client_id": client_id, "first": first, "last": last}
    result = connection.execute(query, values)
    columns = [column[0] for column in result.description or []]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
