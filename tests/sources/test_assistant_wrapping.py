"""The preview of files as spreadsheets wrap them: what it writes reads what it showed."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez.config.mapping import Mapping
from oyez.errors import DataError
from oyez.sources.assistant import Proposal, as_yaml, propose, readings
from oyez.sources.file import FileSource, detected_encoding

from .test_preset import text_of

NOW = datetime(2026, 6, 2)  # noqa: DTZ001  naive UTC by convention
HEADER = ["ID", "Date", "Auteur", "Message", "Note", "Likes", "Lien"]
ROWS = [
    [
        f"m{row}",
        f"{15 + row}/05/2026 10:05",
        f"Ann {row}",
        f"Acme a perdu ma valise numéro {row}",
        f"{1 + row % 4},{row % 2 * 5}",
        f"1 {200 + row},0" if row % 2 else "N/A",
        f"https://a.example/{row}",
    ]
    for row in range(10)
]
TABLE = text_of([HEADER, *ROWS], ";")
TABS = text_of([HEADER, *ROWS], "\t")
GREEK = text_of([["Ωμέγα", *HEADER[1:]], *ROWS], "\t")
LONG = text_of([HEADER, *([*row[:3], f'{row[3]}\nsuite; et "fin"', *row[4:]] for row in ROWS)], ";")


def proposed(folder: Path, data: str | bytes, **how: Any) -> tuple[Proposal, Path]:
    path = folder / "export.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return propose(path, client_zone="Europe/Paris", **how), path


@pytest.mark.parametrize(
    "data",
    [
        TABLE,
        TABLE.encode("utf-8-sig"),
        TABLE.encode("cp1252"),
        TABS.encode("utf-16"),
        TABS.encode("utf-16-le"),
        TABS.encode("utf-16-be"),
        GREEK.encode("utf-16-le"),
        GREEK.encode("utf-16-be"),
        "sep=;\r\n" + TABLE,
        ("sep=;\r\n" + TABLE).encode("utf-8-sig"),
        ("sep=\t\r\n" + TABS).encode("utf-16"),
        text_of([[*HEADER, "", ""], *([*row, "", ""] for row in ROWS)], ";"),
        text_of([HEADER, *([*row, "", ""] for row in ROWS)], ";"),
        text_of([[*HEADER, "Tag", "Tag"], *([*row, "a", "b"] for row in ROWS)], ";"),
        LONG,
    ],
    ids=[
        "semicolons and decimal commas", "BOM", "cp1252", "UTF-16 with BOM", "UTF-16 LE",
        "UTF-16 BE", "a Greek heading, LE", "a Greek heading, BE", "sep=;", "BOM and sep=;",
        "sep= in UTF-16", "empty columns", "empty cells beyond the heading", "repeated names",
        "quoted line ends",
    ],
)  # fmt: skip
def test_the_written_mapping_reads_what_the_preview_showed(
    tmp_path: Path, data: str | bytes
) -> None:
    proposal, path = proposed(tmp_path, data, timezone="Europe/Paris")
    assert proposal.questions == []
    mapping = Mapping.model_validate(yaml.safe_load(as_yaml(proposal, path.name)))
    assert mapping == proposal.mapping()
    got = FileSource(path, mapping, client_id="", source_id="", timezone="UTC").fetch(NOW)
    assert got.rejects == []
    assert [one.data["published_at"] for one in got.items[:2]] == [
        "2026-05-15T08:05:00",
        "2026-05-16T08:05:00",
    ]
    assert [(one.data["rating"], one.data.get("like_count")) for one in got.items[:2]] == [
        ("1.00", None),
        ("2.50", 1201),
    ]
    assert {one.data["author_name"] for one in got.items} == {f"Ann {row}" for row in range(10)}
    first = got.items[0].data["text"]
    assert first.startswith("Acme a perdu ma valise numéro 0")
    assert ("\n" in first) is (data == LONG)


@pytest.mark.parametrize("name", ["Date", "Message"])
def test_a_name_that_two_columns_have_is_told_where_one_is_missed(
    tmp_path: Path, name: str
) -> None:
    data = text_of([[*HEADER, name], *([*row, "x"] for row in ROWS)], ";")
    with pytest.raises(DataError, match=f"Several columns are named '{name}': rename one"):
        proposed(tmp_path, data)


def serials(first: int) -> str:
    dated = ([row[0], f"{first + number},43", *row[2:]] for number, row in enumerate(ROWS))
    return text_of([HEADER, *dated], ";")


def test_day_numbers_that_both_calendars_can_mean_are_asked(tmp_path: Path) -> None:
    proposal, path = proposed(tmp_path, serials(44705))
    (question,) = [one for one in proposal.questions if one.key == "date_format"]
    assert question.candidates == ("serial", "serial_1904")
    assert readings(question, "44705,43") == ["24 May 2022", "25 May 2026"]
    written = as_yaml(proposal, path.name)
    assert "# date_format: serial_1904" in written
    assert "date_format" not in yaml.safe_load(written)


def test_day_numbers_whose_other_meaning_lies_ahead_of_the_file_are_sure(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(serials(46167))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert propose(path).keys["date_format"] == "serial"


@pytest.mark.parametrize("data", [b"", b"a", b"id\n", b"id,te\x00xt\n1,Acme\n", "é;ж".encode()])
def test_what_is_no_utf_16_is_not_taken_for_it(data: bytes) -> None:
    assert detected_encoding(data) == "utf-8"
