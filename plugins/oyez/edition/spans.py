"""The days that an edition reads: its period, what it is compared with, and its history."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from oyez.days import Period, bounds

HISTORY = 13  # periods drawn behind the reported one's figures, itself included
_SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("start_day", pa.date32()),
        ("end_day", pa.date32()),
        ("start_at", pa.timestamp("us")),
        ("end_at", pa.timestamp("us")),
    ]
)


def spans(period: Period) -> dict[str, Period]:
    """Return name → span: reported, previous, last_year, history_00 … 12, month_00 … 11, year.

    history_12 and month_11 hold the reported period; `year` is month_00 to the period's end.
    """
    named = {"reported": period, "previous": period.previous, "last_year": period.last_year}
    past = period
    for number in reversed(range(HISTORY)):
        named[f"history_{number:02d}"] = past
        past = past.previous
    month = Period("month", period.end.replace(day=1), period.end)
    for number in reversed(range(12)):
        named[f"month_{number:02d}"] = month
        month = Period("month", month.start, month.end).previous
    named["year"] = Period("custom", named["month_00"].start, period.end)
    return named


def hours(span: Period, zone: ZoneInfo) -> float:
    """Return the span's length in hours: a week in March has 167."""
    return (bounds(span.end, zone)[1] - bounds(span.start, zone)[0]).total_seconds() / 3600


def register(
    connection: duckdb.DuckDBPyConnection,
    named: dict[str, Period],
    *,
    client_id: str,
    brand_id: str,
    zone: ZoneInfo,
) -> None:
    """Give the report's queries their parameters: two variables and the table report_span."""
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "start_day": span.start,
            "end_day": span.end,
            "start_at": bounds(span.start, zone)[0],
            "end_at": bounds(span.end, zone)[1],
        }
        for name, span in named.items()
    ]
    connection.register("report_span", pa.Table.from_pylist(rows, schema=_SCHEMA))
    connection.execute("set variable client_id = ?", [client_id])
    connection.execute("set variable brand_id = ?", [brand_id])
