# ruff: noqa: E501, DTZ001  rows of files; naive UTC by convention
"""A mapping proposed for exports nobody described: what is sure is written, what is not is asked."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from oyez.cli import app
from oyez.config.load import load_mapping
from oyez.config.mapping import Mapping
from oyez.errors import DataError
from oyez.sources.assistant import Proposal, as_yaml, propose
from oyez.sources.file import FileSource, Parsed

from .test_preset import BRANDWATCH_OLD, BRANDWATCH_PREAMBLE, MELTWATER_OLD, text_of
from .test_sheet import NOW, workbook

IMPORTS = Path(__file__).parents[2] / "docs" / "imports.md"

FRENCH = """\
Date;Heure;Auteur;Compte;Contenu;Lien;Tonalité;Langue;Réseau
{0};10:05;Ann Lee;@ann;Acme a perdu ma valise pour la deuxième fois;https://x.com/ann/status/1;Négatif;fr;Twitter
04/04/2026;11:05;Bob;@bob;Très bon service chez Acme, merci beaucoup;https://x.com/bob/status/2;Positif;fr;Twitter
05/04/2026;12:05;Cy;@cy;Acme ouvre une boutique à Lyon ce printemps;https://x.com/cy/status/3;Mitigé;fr;Instagram
"""


def proposed(folder: Path, data: bytes | str, name: str = "export.csv", **known: Any) -> Proposal:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return propose(path, **known)


def read(folder: Path, mapping: Mapping, name: str = "export.csv") -> Parsed:
    source = FileSource(
        folder / name, mapping, client_id="acme", source_id="export", timezone="Europe/Paris"
    )
    return source.fetch(NOW)


def test_names_of_a_french_export(tmp_path: Path) -> None:
    got = proposed(tmp_path, FRENCH.format("25/03/2026"), timezone="Europe/Paris")
    assert got.questions == []
    assert got.keys["fields"] == {
        "author_name": "Auteur",
        "author_handle": "Compte",
        "text": "Contenu",
        "url": "Lien",
        "sentiment": "Tonalité",
        "language": "Langue",
        "network": "Réseau",
        "channel": "Réseau",
        "native_id": "Lien",
    }
    assert got.keys["join"] == {"published_at": ["Date", "Heure"]}
    assert got.keys["date_format"] == "%d/%m/%Y %H:%M"
    assert "'25/03/2026 10:05' can be read in no other way" in got.why["published_at"]
    first, *_, last = read(tmp_path, got.mapping()).items
    assert first.data["published_at"] == "2026-03-25T09:05:00"
    assert (first.data["network"], first.data["channel"]) == ("x", "social")
    assert last.data["sentiment"] == "neutral"


def test_march_or_april_is_asked_and_never_guessed(tmp_path: Path) -> None:
    got = proposed(tmp_path, FRENCH.format("03/04/2026"), client_zone="Europe/Paris")
    assert [(one.key, one.candidates) for one in got.questions] == [
        ("date_format", ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")),
        ("timezone", ("Europe/Paris", "UTC")),
    ]
    # The file that is written keeps both questions open: importing with it is refused.
    path = tmp_path / "map.yml"
    path.write_text(as_yaml(got, "export.csv"), encoding="utf-8")
    assert '# date_format: "%m/%d/%Y %H:%M"' in path.read_text("utf-8")
    with pytest.raises(DataError):
        read(tmp_path, load_mapping(path))
    for order, day in (("day", "2026-04-03T08:05:00"), ("month", "2026-03-04T09:05:00")):
        known: dict[str, Any] = {"order": order, "timezone": "Europe/Paris"}
        answered = proposed(tmp_path, FRENCH.format("03/04/2026"), **known)
        path.write_text(as_yaml(answered, "export.csv"), encoding="utf-8")
        assert read(tmp_path, load_mapping(path)).items[0].data["published_at"] == day


def test_month_first_is_seen_where_a_date_proves_it(tmp_path: Path) -> None:
    rows = "id,date,text\n" + "".join(
        f"n-{one},4/{one}/2026 1:05 PM,Acme again and again number {one}\n" for one in (3, 14)
    )
    got = proposed(tmp_path, rows, timezone="UTC")
    assert got.keys["date_format"] == "%m/%d/%Y %I:%M %p"
    assert [one.data["published_at"] for one in read(tmp_path, got.mapping()).items] == [
        "2026-04-03T13:05:00",
        "2026-04-14T13:05:00",
    ]


def test_columns_without_a_speaking_name_are_told_by_content(tmp_path: Path) -> None:
    rows = "c1|c2|c3|c4|c5|c6|c7\n" + "".join(
        f"a{one}b|2026-05-0{one}T10:00:00Z|https://site.example/{one}|@user{one}|neg|fr|"
        f"Un avis assez long sur Acme, numéro {one}\n"
        for one in range(1, 7)
    )
    got = proposed(tmp_path, rows)
    assert got.questions == []
    assert got.keys["delimiter"] == "|"
    assert got.keys["fields"] == {
        "url": "c3",
        "sentiment": "c5",
        "language": "c6",
        "author_handle": "c4",
        "text": "c7",
        "published_at": "c2",
        "native_id": "c3",
    }
    assert "check it" in got.why["text"]
    assert got.keys["values"]["sentiment"] == {"neg": "negative"}


def test_reviews_without_ids_are_told_apart_by_all_they_say(tmp_path: Path) -> None:
    rows = [
        ("Jour", "Client", "Note", "Avis"),
        (datetime(2026, 5, 1), "Ann", 4.5, "Très bien, je recommande cette boutique"),
        (datetime(2026, 5, 1), "Bob", 1, "Colis jamais arrivé, aucune réponse"),
    ]
    got = proposed(tmp_path, workbook(*rows), "avis.xlsx", timezone="Europe/Paris")
    assert got.keys["join"]["native_id"] == ["Jour", "Client", "Avis"]
    assert got.keys["constants"] == {"channel": "review"}
    parsed = read(tmp_path, got.mapping(), "avis.xlsx")
    assert [one.data["rating"] for one in parsed.items] == ["4.50", "1.00"]
    assert len({one.native_id for one in parsed.items}) == 2


def test_lines_above_the_heading_and_an_old_encoding(tmp_path: Path) -> None:
    text = "Export du 01/06/2026\n\n" + FRENCH.format("25/03/2026")
    got = proposed(tmp_path, text.encode("cp1252"), timezone="Europe/Paris")
    assert (got.keys["preamble"], got.keys["encoding"]) == (True, "cp1252")
    assert any("cp1252 is taken" in note for note in got.notes)
    assert len(read(tmp_path, got.mapping()).items) == 3


def test_nested_json(tmp_path: Path) -> None:
    lines = "".join(
        f'{{"id": "m{one}", "publishedAt": 177970350{one}000, "author": {{"username": "u{one}"}}, '
        f'"content": "Acme and more of it {one}", "stats": {{"likes": {one}}}}}\n'
        for one in range(3)
    )
    got = proposed(tmp_path, lines, "export.ndjson")
    assert got.questions == []
    assert got.keys["date_format"] == "epoch_ms"
    first = read(tmp_path, got.mapping(), "export.ndjson").items[0]
    assert first.data["published_at"] == "2026-05-25T10:05:00"
    assert first.data["like_count"] == 0


def test_a_known_tool_is_recognised_and_its_zone_asked(tmp_path: Path) -> None:
    got = proposed(tmp_path, text_of(BRANDWATCH_PREAMBLE + BRANDWATCH_OLD))
    assert (got.keys, got.questions) == ({"preset": "brandwatch"}, [])
    got = proposed(
        tmp_path, text_of(MELTWATER_OLD, "\t").encode("utf-16"), client_zone="Asia/Tokyo"
    )
    assert got.keys == {"preset": "meltwater"}
    assert [(one.key, one.candidates) for one in got.questions] == [
        ("timezone", ("Asia/Tokyo", "UTC"))
    ]


def test_an_unknown_word_of_a_closed_list_is_named(tmp_path: Path) -> None:
    rows = FRENCH.format("25/03/2026").replace("Mitigé", "Bof")
    got = proposed(tmp_path, rows, timezone="UTC")
    assert any("sentiment: 'Bof' is unknown here" in note for note in got.notes)
    assert "sentiment" not in read(tmp_path, got.mapping()).items[2].data


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("1,2,3\n4,5,6\n", "no row looks like a heading"),
        ("id,text\na,Acme is a company\n", "no column holds dates"),
        ('[{"id": 1}]', "write one object a line"),
        ("id,date\na1,2026-05-01T10:00:00Z\n", "no column of export.csv holds words"),
    ],
)
def test_what_cannot_be_proposed_says_what_to_do(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        proposed(tmp_path, content)


# -- the command ----------------------------------------------------------------------------------


def test_preview_shows_rows_and_quarantine_and_imports_nothing(tmp_path: Path) -> None:
    bad = (
        "25/03/2026;25h99;;;Ceci est un texte assez long;https://x.com/zoe/status/4;?;fr;Twitter\n"
    )
    export = tmp_path / "export.csv"
    more = "".join(
        f"26/03/2026;1{one}:00;A;@a{one};Acme encore et toujours {one};https://x.com/a/status/1{one};"
        "Neutre;fr;Twitter\n"
        for one in range(9)
    )
    export.write_text(FRENCH.format("25/03/2026") + more, encoding="utf-8")
    out = tmp_path / "mappings" / "veille.yml"
    command = ["import", str(export), "--preview", "--timezone", "Europe/Paris"]
    done = CliRunner().invoke(app, [*command, "--mapping-out", str(out)], env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.output
    assert "12 rows, 0 quarantined." in done.output
    assert done.output.count("https://x.com/") >= 10
    assert load_mapping(out).timezone == "Europe/Paris"
    export.write_text(export.read_text("utf-8") + bad, encoding="utf-8")
    done = CliRunner().invoke(
        app, ["import", str(export), "--preview", "--mapping", str(out)], env={"COLUMNS": "300"}
    )
    assert done.exit_code == 0, done.output
    assert "13 rows, 1 quarantined." in done.output
    assert "row 13: bad_date: '25/03/2026 25h99' is not a date" in done.output
    # A mapping that somebody may have corrected is never overwritten.
    done = CliRunner().invoke(app, [*command, "--mapping-out", str(out)])
    assert done.exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "mappings"]


def test_import_without_a_mapping_points_to_the_preview(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["import", str(tmp_path / "x.csv"), "--client", "acme"])
    assert done.exit_code == 2
    assert "--preview proposes a mapping" in done.output


# -- docs/imports.md ------------------------------------------------------------------------------


def examples() -> list[tuple[str, str, str]]:
    """Return (title, rows, mapping) of each example of the page."""
    page = IMPORTS.read_text(encoding="utf-8")
    return re.findall(
        r"^### ([^\n]+)\n.*?^```csv\n(.*?)^```\n.*?^```yaml\n(.*?)^```\n", page, re.S | re.M
    )


def test_the_page_has_its_examples() -> None:
    assert len(examples()) >= 4


@pytest.mark.parametrize(("title", "rows", "keys"), examples(), ids=[one[0] for one in examples()])
def test_the_examples_of_the_page_are_read_whole(
    tmp_path: Path, title: str, rows: str, keys: str
) -> None:
    mapping = Mapping.model_validate(yaml.safe_load(keys))
    name = "example_2026-05-25_2026-05-31.csv"
    (tmp_path / name).write_text(rows, encoding="utf-8")
    parsed = read(tmp_path, mapping, name)
    assert parsed.rejects == [], title
    assert len(parsed.items) >= 2
    assert all(one.data["channel"] in ("review", "news") for one in parsed.items)
