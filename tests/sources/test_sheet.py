# ruff: noqa: DTZ001  naive UTC by convention
"""Workbooks: the same rows as a CSV file, dates as dates, and no id that a spreadsheet rounded."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from oyez.config.mapping import Mapping
from oyez.errors import DataError
from oyez.sources.file import FileSource, Parsed
from oyez.sources.sheet import SheetDate, SheetProblem, from_serial, joined, read

NOW = datetime(2026, 6, 2)
FIELDS = {"native_id": "Id", "published_at": "Date", "text": "Text"}
HEADER = ("Id", "Date", "Text")


def workbook(*rows: tuple[Any, ...], is_1904: bool = False, sheets: tuple[str, ...] = ()) -> bytes:
    """Return the bytes of a workbook with these rows in its last sheet."""
    book = Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    for name in sheets:
        sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parse(folder: Path, data: bytes, name: str = "export.xlsx", **keys: Any) -> Parsed:
    """Return what a mapping makes of a file."""
    path = folder / name
    path.write_bytes(data)
    mapping = Mapping.model_validate(
        {"format": "csv", "fields": FIELDS, "timezone": "Europe/Paris"} | keys
    )
    source = FileSource(path, mapping, client_id="acme", source_id="export", timezone="UTC")
    return source.fetch(NOW)


def published(parsed: Parsed) -> list[str]:
    return [one.data["published_at"] for one in parsed.items]


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_date_cell_is_a_date_whatever_the_format_and_the_epoch(
    tmp_path: Path, is_1904: bool
) -> None:
    data = workbook(HEADER, ("a", datetime(2026, 5, 25, 10, 30), "Acme"), is_1904=is_1904)
    assert published(parse(tmp_path, data, date_format="%d/%m/%Y")) == ["2026-05-25T08:30:00"]


@pytest.mark.parametrize(("is_1904", "serial"), [(False, 46167.4375), (True, 46167.4375 - 1462)])
def test_a_day_number_is_counted_in_the_workbook_s_own_epoch(
    tmp_path: Path, is_1904: bool, serial: float
) -> None:
    data = workbook(HEADER, ("a", serial, "Acme"), is_1904=is_1904)
    assert published(parse(tmp_path, data)) == ["2026-05-25T08:30:00"]


def test_day_numbers_in_a_csv_file_are_declared(tmp_path: Path) -> None:
    csv = b"Id;Date;Text\na;46167,4375;Acme\n"
    good = parse(tmp_path, csv, "x.csv", delimiter=";", date_format="serial")
    assert published(good) == ["2026-05-25T08:30:00"]
    with pytest.raises(DataError, match="bad_date"):
        parse(tmp_path, csv, "x.csv", delimiter=";")


def test_serials() -> None:
    # 1 March 1900 is day 61 because a spreadsheet believes in a 29 February.
    assert from_serial("61", is_1904=False) is None
    assert from_serial("36526", is_1904=False) == "2000-01-01T00:00:00"
    assert from_serial("36526,5", is_1904=False) == "2000-01-01T12:00:00"
    assert from_serial("35064", is_1904=True) == "2000-01-01T00:00:00"
    assert from_serial("1748160000", is_1904=False) is None
    assert from_serial("2026-05-25", is_1904=False) is None


def test_date_and_clock_of_two_columns(tmp_path: Path) -> None:
    assert joined([SheetDate("2026-05-25T00:00:00"), "10:05 PM"]) == "2026-05-25T22:05:00"
    assert joined(["25/05/2026", "10:05"]) == "25/05/2026 10:05"
    data = workbook(
        ("Id", "Day", "Clock", "Text"), ("a", datetime(2026, 5, 25), time(10, 5), "Acme")
    )
    fields = {"native_id": "Id", "text": "Text"}
    got = parse(tmp_path, data, fields=fields, join={"published_at": ["Day", "Clock"]})
    assert published(got) == ["2026-05-25T08:05:00"]


@pytest.mark.parametrize("number", [1.57852693487512e18, 2**53 * 100.0])
def test_ids_kept_as_numbers_are_refused_like_in_a_csv_file(tmp_path: Path, number: float) -> None:
    rows = [(number + 4096 * one, datetime(2026, 5, 25), "Acme") for one in range(3)]
    with pytest.raises(DataError) as refusal:
        parse(tmp_path, workbook(HEADER, *rows))
    assert "column 'Id', first bad row 1: '" in str(refusal.value)
    assert "ids were rounded by a spreadsheet" in str(refusal.value)
    assert "never opened and saved in a spreadsheet; nothing was imported" in str(refusal.value)


def test_ids_as_text_and_short_numbers_are_kept(tmp_path: Path) -> None:
    data = workbook(
        HEADER,
        ("1578526934875123712", datetime(2026, 5, 25), "Acme"),
        (42.0, datetime(2026, 5, 25), "Acme"),
        (43, datetime(2026, 5, 25), "Acme"),
    )
    ids = [one.native_id for one in parse(tmp_path, data).items]
    assert ids == ["1578526934875123712", "42", "43"]


def test_sheets_by_name_short_rows_blank_rows_and_a_spare_column(tmp_path: Path) -> None:
    data = workbook(
        ("Id", "Date", "Text", None, "Note"),
        ("a", datetime(2026, 5, 25), "Acme"),
        (None, None, None),
        ("b", datetime(2026, 5, 25), "line one\nline two", None, 4.5),
        ("c", datetime(2026, 5, 25), "Acme", None, "x", "too much"),
        *[(f"d{one}", datetime(2026, 5, 25), "Acme") for one in range(4)],
        sheets=("Mentions",),
    )
    got = parse(tmp_path, data, sheet="Mentions")
    assert len(got.items) == 6
    assert [one.row for one in got.rejects] == [3]
    assert [one.ref for one in got.items][:2] == ["export.xlsx:2", "export.xlsx:4"]
    assert got.items[1].data["text"] == "line one\nline two"
    with pytest.raises(DataError, match="no sheet 'Other'; it has Sheet, Mentions"):
        parse(tmp_path, data, sheet="Other")


def test_what_is_no_workbook_says_so(tmp_path: Path) -> None:
    good = workbook(HEADER, ("a", datetime(2026, 5, 25), "Acme"))
    with pytest.raises(DataError, match="no workbook, or a damaged one"):
        parse(tmp_path, good[: len(good) // 2])
    with pytest.raises(DataError, match="no workbook, or a damaged one"):
        parse(tmp_path, b"Id,Date,Text\n", format="xlsx")
    with pytest.raises(DataError, match=r"\.xls workbook of before 2007, or protected"):
        parse(tmp_path, b"\xd0\xcf\x11\xe0 and the rest")
    with pytest.raises(SheetProblem):
        read(b"PK\x03\x04 and the rest")
