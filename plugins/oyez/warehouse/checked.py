"""Keeps what the checks of a publish found, for analysts and for the next publish."""

from __future__ import annotations

import json

import duckdb
import pyarrow as pa

from oyez.metrics.checks import CheckResult
from oyez.resources import folder

_RESULT = pa.schema(
    [
        ("check_name", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("row_count", pa.int64()),
    ]
)
_FINDING = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("check_name", pa.string()),
        ("source_id", pa.string()),
        ("detail", pa.string()),
    ]
)


def keep(
    connection: duckdb.DuckDBPyConnection, publish_id: str, results: list[CheckResult]
) -> None:
    """Write the results of a publish's checks to `ops.check_result` and `ops.check_finding`.

    A finding of an earlier publish stands until its client's day is published again.

    Args:
        connection: the warehouse, in the publish's transaction; `ops.scope` still holds the days
            that were touched.
        publish_id: the publish.
        results: of every check that was asked, passed or not.
    """
    named = [
        {
            "check_name": one.name,
            "severity": one.severity,
            "message": one.message,
            "row_count": one.row_count,
        }
        for one in results
    ]
    found = [
        {
            "client_id": row.get("client_id"),
            "day": row.get("day"),
            "check_name": one.name,
            "source_id": row.get("source_id"),
            "detail": json.dumps(row, default=str, ensure_ascii=False),
        }
        for one in results
        for row in one.rows
    ]
    connection.register("checked_result", pa.Table.from_pylist(named, schema=_RESULT))
    connection.register("checked_finding", pa.Table.from_pylist(found, schema=_FINDING))
    connection.execute("set variable publish_id = ?", [publish_id])
    connection.execute((folder("sql") / "publish" / "after" / "checked.sql").read_text("utf-8"))
    connection.unregister("checked_result")
    connection.unregister("checked_finding")
