"""What a spreadsheet did to numbers: what it only wrote otherwise is read, what it lost is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oyez.errors import DataError
from oyez.sources.assistant import as_yaml, propose
from oyez.sources.item import BadValue, count

from .test_preset import (
    BRANDWATCH_OLD,
    BRANDWATCH_PREAMBLE,
    MELTWATER_OLD,
    TALKWALKER,
    parse,
    shown,
    text_of,
)

ROUNDED = "1.57852E+18"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), ("12,0", 12), ("12.0", 12), ("1234,0", 1234), ("1234,", 1234),
        ("1.234,0", 1234),
        ("1,234.00", 1234), ("1.234.567,00", 1_234_567), ("1 234", 1234), ("1\u202f234,0", 1234),
        ("1’234", 1234), ("1,234", 1234), ("1.234", 1234), ("12,000", 12_000), ("1.2E+3", 1200),
        ("0,00", 0),
    ],
)  # fmt: skip
def test_a_count_is_read_however_a_country_writes_it(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize("text", ["12,5", "1.234,50", "1,234.567", "1.2K", "12,0,0", "-3", "N/A"])
def test_what_is_no_whole_number_is_no_count(text: str) -> None:
    with pytest.raises(BadValue, match="is not a count"):
        count(text)


def meltwater(*views: str, **cells: tuple[str, ...]) -> str:
    header = [*MELTWATER_OLD[0], "Views"]
    rows = []
    for number, one in enumerate(views):
        row = dict(zip(header, [*MELTWATER_OLD[1], one], strict=True))
        row |= {"URL": f"https://daily.example/{number}"}
        row |= {name.replace("_", " "): values[number] for name, values in cells.items()}
        rows.append([row[name] for name in header])
    return text_of([header, *rows])


MELTWATER: dict[str, Any] = {"preset": "meltwater", "timezone": "UTC"}


def test_an_optional_number_that_cannot_be_read_costs_no_row(tmp_path: Path) -> None:
    views = ("12", "1 234,0", "N/A", "-", "--", "n/a", "lots", "12,5")
    got = parse(tmp_path, meltwater(*views), **MELTWATER)
    assert got.rejects == []
    assert [one.data.get("view_count") for one in got.items] == [12, 1234] + [None] * 6
    assert got.warnings == [
        "column 'Views': 6 of 8 rows have no readable view_count, and count without one "
        "(the first, row 3: 'N/A' is not a count)"
    ]


def test_a_rating_of_nought_is_none(tmp_path: Path) -> None:
    header, *rows = BRANDWATCH_OLD
    rated = [dict(zip(header, row, strict=True)) | {"Rating": "0"} for row in rows]
    table = [
        *BRANDWATCH_PREAMBLE,
        header[:-2],
        *([row[one] for one in header[:-2]] for row in rated),
    ]
    got = parse(tmp_path, text_of(table), preset="brandwatch")
    assert (len(got.items), got.rejects) == (4, [])
    assert [one.data.get("rating") for one in got.items] == [None] * 4
    assert "4 of 4 rows have no readable rating" in got.warnings[0]


def test_a_number_that_a_mapping_asks_for_may_be_absent_and_not_wrong(tmp_path: Path) -> None:
    own = {
        "format": "csv",
        "timezone": "UTC",
        "fields": {"native_id": "id", "published_at": "at", "text": "text", "like_count": "likes"},
    }
    good = "".join(f"{number},2026-05-25T10:00,Acme,3\n" for number in range(8))
    got = parse(tmp_path, f"id,at,text,likes\n{good}8,2026-05-25T10:00,Acme,-\n", **own)
    assert (len(got.items), len(got.warnings)) == (9, 1)
    got = parse(tmp_path, f"id,at,text,likes\n{good}8,2026-05-25T10:00,Acme,lots\n", **own)
    assert [(one.reason, one.detail) for one in got.rejects] == [
        ("bad_number", "'lots' is not a count")
    ]


def test_authors_whose_ids_were_rounded_are_told_apart_by_their_handles(tmp_path: Path) -> None:
    ids = {"Twitter_Id": (ROUNDED, ROUNDED), "Twitter_Screen_Name": ("ann", "bob")}
    got = parse(tmp_path, meltwater("1", "2", **ids), **MELTWATER)
    assert shown(got, "author_id", "author_handle") == [(None, "ann"), (None, "bob")]
    assert "column 'Twitter Id', first bad row 1: '1.57852E+18'" in got.warnings[0]


def test_rounded_ids_of_authors_without_handles_are_refused(tmp_path: Path) -> None:
    ids = {"Twitter_Id": (ROUNDED, ROUNDED), "Influencer": ("", "")}
    with pytest.raises(DataError, match=r"'Twitter Id', first bad row 1: '1.57852E.18'"):
        parse(tmp_path, meltwater("1", "2", **ids), **MELTWATER)


def test_long_ids_that_end_in_zeros_are_rounded_ids_of_authors_too(tmp_path: Path) -> None:
    numbers = tuple(f"157852{number}00000000000000"[:18].ljust(18, "0") for number in range(3))
    ids = {"Twitter_Id": numbers, "Twitter_Screen_Name": ("ann", "bob", "cy")}
    got = parse(tmp_path, meltwater("1", "2", "3", **ids), **MELTWATER)
    assert shown(got, "author_id") == [(None,)] * 3


@pytest.mark.parametrize(
    ("column", "name"), [("Thread Id", "thread_id"), ("Parent Post Id", "parent_id")]
)
def test_a_thread_whose_id_was_rounded_is_none(tmp_path: Path, column: str, name: str) -> None:
    header = [*BRANDWATCH_OLD[0][:-2], "Parent Post Id"]
    rows = [
        dict(zip(header, [*row[:-2], ""], strict=True)) | {column: ROUNDED}
        for row in BRANDWATCH_OLD[1:]
    ]
    table = [*BRANDWATCH_PREAMBLE, header, *([row[one] for one in header] for row in rows)]
    got = parse(tmp_path, text_of(table), preset="brandwatch")
    assert shown(got, name) == [(None,)] * 4
    assert f"so no {name} of the file is kept" in got.warnings[0]


@pytest.mark.parametrize("published", ["1.77970E+12", "1,77970E+12"])
def test_a_rounded_date_is_refused(tmp_path: Path, published: str) -> None:
    rows = [[published if one.startswith("17797035") else one for one in row] for row in TALKWALKER]
    with pytest.raises(DataError, match=r"'published', first bad row 1: .*dates were rounded"):
        parse(tmp_path, text_of(rows), preset="talkwalker")


def test_the_preview_says_that_ids_were_rounded(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "ID,Date,Author,Message\n"
        + "".join(
            f"{ROUNDED},2026-05-{day}T10:05:00Z,ann{day},Acme lost bag number {day}\n"
            for day in range(10, 20)
        )
    )
    proposal = propose(path)
    assert "native_id" not in proposal.keys["fields"]
    assert "'ID' holds numbers such as 1.57852E+18, which a spreadsheet rounded" in as_yaml(
        proposal, path.name
    )
