"""Writes rows for a spreadsheet, as CSV or XLSX, so that no cell is ever run as a formula.

What strangers write ends up here: a cell that starts like a formula gets an apostrophe in front in
CSV, and so does what would start one where another reader splits (a spreadsheet in French splits at
semicolons, and quotes then protect nothing); in a workbook it is stored as text, and marked so that
it stays text when somebody edits it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from oyez.errors import DataError

# The full-width signs are formulas to a spreadsheet that runs in Chinese or Japanese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# Where a reader may split a cell of a CSV, with the quotes that it would take away, before a sign
# that begins no plain number.
_SPLIT = re.compile(
    r"""([;\t\r\n][\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])"""
    r"""(?![+-]\d+(?:[.,]\d+)?\s*(?:[;\t\r\n]|$))"""
)
MOST_ROWS = 1_048_575  # of a worksheet, its head left out
_LONGEST = 32_767  # characters of a cell


def harmless(value: Any) -> Any:
    """Return the value, a text that a spreadsheet would run with an apostrophe in front.

    A number written as text is none.
    """
    return f"'{value}" if _is_formula(value) else value


def harmless_in_csv(value: Any) -> Any:
    """Return the value, harmless whether the CSV is split at commas, semicolons or tabs.

    Each sign that would begin a cell there gets an apostrophe in front.
    """
    return _SPLIT.sub(r"\1'", str(harmless(value))) if isinstance(value, str) else value


def _is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value)


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless_in_csv(one) for one in heads])
    for row in rows:
        writer.writerow([harmless_in_csv(_plain(one)) for one in row])
    return out.getvalue()


def xlsx(heads: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    """Return rows as a workbook of one sheet.

    Raises:
        DataError: a sheet cannot hold so many rows; take CSV.
    """
    if len(rows) > MOST_ROWS:
        raise DataError(
            f"a workbook's sheet holds {MOST_ROWS:,} rows, these are {len(rows):,}",
            action="take --csv",
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return float(value) if isinstance(value, Decimal) else value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl takes what starts with = for a formula
    if _is_formula(text):
        cell.quotePrefix = True
    return cell


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value
