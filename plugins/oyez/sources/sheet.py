"""Reads an Excel workbook as rows of texts, keeping what a text would lose: dates and big numbers.

A workbook stores a date as a number of days, and every number with 15 significant digits. Dates
are given back in ISO form; a whole number that no longer fits is written in scientific notation, so
that an id which a spreadsheet rounded shows in a workbook by the same sign as in a CSV file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

WORKBOOK = b"PK\x03\x04"  # any ZIP archive: what an .xlsx file is
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # .xls, until Excel 2003
# A hundred times the largest export seen; an archive can promise far more than it weighs.
_UNPACKED_LIMIT = 2 << 30
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")  # 10000 is 1927, 99999 is 2173


class SheetDate(str):
    """A date that a workbook stored as one, in ISO form: no `date_format` applies to it."""

    __slots__ = ()


class SheetProblem(ValueError):
    """A workbook that cannot be read.

    Args:
        message: what is wrong.
        remedy: what to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        rows: (number as the spreadsheet shows it, cells as texts, trailing empty ones cut off);
            empty rows are left out.
        is_1904: whether the workbook counts days from 1904 instead of 1900.
    """

    rows: Iterator[tuple[int, list[str]]]
    is_1904: bool


def read(data: bytes, name: str | None = None) -> Sheet:
    """Return a sheet of a workbook.

    Args:
        data: the file.
        name: the sheet's name; by default the first sheet with cells.

    Raises:
        SheetProblem: it is no workbook, it is protected, or it has no such sheet.
    """
    from openpyxl import load_workbook  # 0.2 s that only workbooks cost
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    from openpyxl.utils.exceptions import InvalidFileException

    if data.startswith(OLD_WORKBOOK):
        raise SheetProblem(
            "the file is an .xls workbook of before 2007, or protected by a password",
            "export it as .xlsx without password, or as CSV",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _UNPACKED_LIMIT:
                raise SheetProblem(
                    "the workbook unpacks to more than 2 GB", "export it in several parts"
                )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as problem:
        if isinstance(problem, SheetProblem):
            raise
        raise SheetProblem(
            f"the file is no workbook, or a damaged one ({problem})", "export it again as .xlsx"
        ) from None
    if name is not None and name not in book.sheetnames:
        raise SheetProblem(
            f"the workbook has no sheet {name!r}; it has {', '.join(book.sheetnames)}",
            "correct `sheet` in the mapping",
        )
    is_1904 = book.epoch == CALENDAR_MAC_1904
    return Sheet(_rows(book[name] if name else book.worksheets[0]), is_1904)


def from_serial(text: str, *, is_1904: bool) -> SheetDate | None:
    """Return the date that a spreadsheet's day number says, or None if the text is none.

    Args:
        text: such as `46167.430556`; a decimal comma is accepted.
        is_1904: days count from 1904-01-01, as on old Macintoshes, else from 1899-12-30 (which
            makes up for the 29 February 1900 that spreadsheets believe in).
    """
    if not _SERIAL.match(text.strip()):
        return None
    origin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    milliseconds = round(float(text.strip().replace(",", ".")) * 86_400_000)
    return SheetDate((origin + timedelta(milliseconds=milliseconds)).isoformat())


def joined(values: list[str]) -> str:
    """Return columns as one text; a date cell and a clock become one date."""
    day, *rest = values
    if isinstance(day, SheetDate) and len(rest) == 1:
        clock = _clock(rest[0])
        if clock is not None:
            return SheetDate(f"{day[:10]}T{clock.isoformat()}")
    return " ".join(value.strip() for value in values)


def _clock(text: str) -> time | None:
    for form in ("%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p"):
        try:
            return datetime.strptime(text.strip(), form).time()  # noqa: DTZ007  a clock, no day
        except ValueError:
            continue
    return None


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # Some tools declare a sheet of one cell and then write thousands.
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return SheetDate(value.isoformat())
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, float):
        if not value.is_integer():
            return repr(value)
        # From here on neighbours are the same number: 16 digits and more were rounded.
        return str(int(value)) if abs(value) < 1e15 else f"{value:.14E}"
    return str(value)
