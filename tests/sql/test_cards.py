"""Cards, queries, header snippets, checks and the reference page fit together."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import warehouse

from oyez.errors import ConfigError
from oyez.metrics import card as cards
from oyez.metrics import checks, docs, runner

ROOT = warehouse.ROOT
METRICS = sorted((ROOT / "sql" / "metric").glob("*.sql"))
WEEK = {
    "days": ["2015-02-01", "2015-02-28"],
    "coverage": [{"from": "2015-02-16 00:00", "to": "2015-02-18 00:00"}],
    "items": [
        {"id": "a", "at": "2015-02-16 10:00", "author": "ann", "channel": "community"},
        {"id": "b", "at": "2015-02-17 10:00", "inbound": True},
    ],
}
CARD = {
    "title": {"en": "T", "fr": "T"},
    "question": {"en": "Q", "fr": "Q"},
    "why_it_matters": {"en": "W", "fr": "W"},
    "formula": {"en": "F", "fr": "F"},
    "unit": "items",
    "better": "neither",
    "grain": ["client_id", "day"],
    "columns": {"client_id": "Client.", "day": "Day."},
    "owner": "oyez",
    "version": 1,
}


def write_card(folder: Path, name: str, query: str, **changes: object) -> None:
    from ruamel.yaml import YAML

    (folder / f"{name}.sql").write_text(query)
    YAML(typ="safe").dump(CARD | changes, folder / f"{name}.yml")


def test_every_query_has_a_card_and_every_card_a_query() -> None:
    assert set(cards.load_all()) == {path.stem for path in METRICS}


def test_a_query_without_a_card_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orphan.sql").write_text("select 1")
    with pytest.raises(ConfigError, match=r"orphan has no orphan\.yml"):
        cards.load_all(tmp_path)


def test_a_wrong_card_says_which_key(tmp_path: Path) -> None:
    write_card(tmp_path, "volume", "select 1", unit="furlongs")
    with pytest.raises(ConfigError, match=r"volume\.yml: the card is wrong: unit:"):
        cards.load_all(tmp_path)


def test_broken_yaml_says_which_line(tmp_path: Path) -> None:
    (tmp_path / "volume.yml").write_text("title: ok\n  unit: [\n")
    with pytest.raises(ConfigError, match=r"volume\.yml, line 2"):
        cards.load(tmp_path / "volume.yml")


def test_a_column_that_the_card_does_not_describe_is_refused(tmp_path: Path) -> None:
    connection = warehouse.empty()
    write_card(tmp_path, "odd", "select 'c' as client_id, date '2015-02-16' as day, 1 as secret")
    with pytest.raises(ConfigError, match="disagree on the columns: secret"):
        runner.compute(connection, [], folder=tmp_path)


def test_metrics_in_a_circle_are_refused(tmp_path: Path) -> None:
    connection = warehouse.empty()
    write_card(tmp_path, "hen", "select client_id, day from metric.egg")
    write_card(tmp_path, "egg", "select client_id, day from metric.hen")
    with pytest.raises(ConfigError, match=r"circle: .*egg.*hen|circle: .*hen.*egg"):
        runner.compute(connection, [], folder=tmp_path)


def test_a_metric_that_reads_an_unknown_one_is_refused(tmp_path: Path) -> None:
    connection = warehouse.empty()
    write_card(tmp_path, "chick", "select client_id, day from metric.duck")
    with pytest.raises(ConfigError, match=r"chick reads metric\.duck"):
        runner.compute(connection, [], folder=tmp_path)


def test_the_tables_and_their_columns_carry_the_cards_words() -> None:
    connection = warehouse.empty()
    runner.compute(connection, [])
    silent = connection.execute(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'metric' and comment is null"
    ).fetchall()
    assert silent == []
    said = dict(
        connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = 'metric'"
        ).fetchall()
    )
    deck = cards.load_all()
    assert said == {name: f"{card.title.en}: {card.formula.en}" for name, card in deck.items()}


@pytest.fixture(scope="module")
def week() -> duckdb.DuckDBPyConnection:
    """A computed week; the snippets write nothing but what they select by."""
    connection = warehouse.empty()
    warehouse.fill(connection, WEEK)
    runner.compute(connection)
    return connection


@pytest.mark.parametrize("path", METRICS, ids=lambda path: path.stem)
def test_the_header_snippet_runs_and_gives_the_tables_rows(
    path: Path, week: duckdb.DuckDBPyConnection
) -> None:
    header = re.match(r"(?:--.*\n)+", path.read_text())
    assert header, "open the file with a comment that says what it gives"
    assert "Parameters: table scope_day" in header[0]
    snippet = "\n".join(re.findall(r"^--   (.*)$", header[0], re.MULTILINE))
    statements, _, file = snippet.partition(".read ")
    week.execute(statements)
    assert (ROOT / file.strip()) == path
    rows = week.execute((ROOT / file.strip()).read_text()).fetchall()
    kept = week.execute(
        f"from metric.{path.stem} where day between '2015-02-16' and '2015-02-22'"
    ).fetchall()
    assert sorted(map(repr, rows)) == sorted(map(repr, kept))


def test_the_checks_that_cards_name_exist() -> None:
    known = {path.stem for path in (ROOT / "sql" / "check").glob("*.sql")}
    named = {check for card in cards.load_all().values() for check in card.checks}
    assert named <= known


def test_a_check_without_its_front_matter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "silent.sql").write_text("select 1")
    with pytest.raises(ConfigError, match="starts with its severity"):
        checks.run(warehouse.empty(), folder=tmp_path)


def test_the_reference_page_is_up_to_date() -> None:
    page = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert page == docs.render(), "run `python -m oyez.metrics.docs`"
