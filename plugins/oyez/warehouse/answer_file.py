"""Writes an answer as CSV, JSON, Parquet or an Excel workbook."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TextIO

import pyarrow.parquet as pq

from oyez.errors import ConfigError
from oyez.spreadsheet import harmless, harmless_in_csv
from oyez.warehouse.question import Answer

SHEET_ROWS = 1_048_576  # of a sheet, its head included
_CELL_LENGTH = 32_767


def write_csv(answer: Answer, out: TextIO) -> None:
    """Write the rows as CSV; null is empty, lists and structs are JSON."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless_in_csv(name) for name in answer.columns])
    for row in answer.rows():
        writer.writerow([harmless_in_csv(_flat(value)) for value in row])


def write_json(answer: Answer, out: TextIO) -> None:
    """Write the rows as a JSON array of objects; dates are ISO text, null is null."""
    out.write("[")
    for number, row in enumerate(answer.rows()):
        out.write(",\n " if number else "\n ")
        named = dict(zip(answer.columns, row, strict=True))
        out.write(json.dumps(_jsonable(named), ensure_ascii=False))
    out.write("\n]\n")


def write_parquet(answer: Answer, path: Path) -> None:
    """Write the rows as Parquet, with the types that they have in the warehouse."""
    with _beside(path) as temporary:
        reader = answer.batches()
        with pq.ParquetWriter(temporary, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)


def write_xlsx(answer: Answer, path: Path) -> int:
    """Write the rows as an Excel workbook and return how many texts were too long for a cell.

    Raises:
        ConfigError: there are more rows than a sheet holds.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cut = 0

    def cell(value: object) -> object:
        nonlocal cut
        flat = harmless(_flat(value))
        if isinstance(flat, datetime) and flat.tzinfo:
            return flat.isoformat()
        if not isinstance(flat, str):
            return flat
        text = ILLEGAL_CHARACTERS_RE.sub("", flat)
        cut += len(text) > _CELL_LENGTH
        return text[:_CELL_LENGTH]

    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    sheet.freeze_panes = "A2"
    sheet.append([cell(name) for name in answer.columns])
    for number, row in enumerate(answer.rows(), start=2):
        if number > SHEET_ROWS:
            raise ConfigError(
                f"a sheet holds {SHEET_ROWS:,} rows, and the answer has more",
                action="bound its days, or write --parquet or --csv",
            )
        sheet.append([cell(value) for value in row])
    with _beside(path) as temporary:
        book.save(temporary)
    return cut


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    # Whoever opens the file meanwhile sees the old one or the new one.
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as problem:
        raise ConfigError(
            f"the file cannot be written: {problem.strerror}",
            where=str(path),
            action="name a file in a folder that you may write to",
        ) from None
    finally:
        if temporary.exists():
            os.remove(temporary)


def _flat(value: object) -> object:
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(_jsonable(value), ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, str, Decimal, date, datetime, time)) or value is None:
        return value
    return str(value)


def _jsonable(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _jsonable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, str)) or value is None:
        return value
    return str(value)
