"""An empty warehouse in memory, and small hand-written facts to fill it with."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

ROOT = Path(__file__).resolve().parents[2]


def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema ops")
    for path in sorted((ROOT / "sql" / "migrations").glob("*.sql")):
        connection.execute(path.read_text())
    for path in sorted((ROOT / "sql" / "core").glob("*.sql")):
        text = path.read_text().rstrip().removesuffix(";")
        connection.execute(f"create or replace view core.{path.stem} as {text}")
    return connection
