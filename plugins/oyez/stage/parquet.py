"""Writes rows as Parquet, one file a table, under one key prefix."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from oyez.storage import Storage


def write(
    storage: Storage,
    prefix: str,
    tables: Mapping[str, pa.Schema],
    rows: Mapping[str, list[dict[str, Any]]],
) -> None:
    """Write `PREFIX/TABLE.parquet` for each table; equal rows give equal bytes.

    Args:
        storage: the data root.
        prefix: key prefix without a slash at its end.
        tables: table → schema.
        rows: table → its rows; columns that a row lacks are null.
    """
    for name, schema in tables.items():
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows[name], schema=schema), buffer, compression="zstd")
        storage.replace(f"{prefix}/{name}.parquet", buffer.getvalue())
