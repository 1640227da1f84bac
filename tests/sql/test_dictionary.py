"""Every table, view and column says what it is, and the data dictionary says the same."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from oyez.warehouse import docs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    docs.build(connection)
    return connection


def test_no_table_view_or_column_lacks_a_comment(warehouse: duckdb.DuckDBPyConnection) -> None:
    bare = [
        ".".join(names)
        for names in warehouse.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where not internal and database_name = 'memory' and coalesce(comment, '') = '' "
            "and schema_name <> 'main'"
        ).fetchall()
    ]
    assert bare == [], "write `comment on column …`: views in sql/comments, tables in a migration"
    untold = [
        f"{schema}.{name}"
        for schema in docs.SCHEMAS
        for name, _, comment in docs._relations(warehouse, schema)
        if not comment
    ]
    assert untold == [], "write `comment on table …` or `comment on view …`"


def test_each_view_for_people_says_what_a_row_is(warehouse: duckdb.DuckDBPyConnection) -> None:
    told = {name: comment for name, _, comment in docs._relations(warehouse, "report")}
    assert len(told) >= 8
    assert [name for name, comment in told.items() if not comment.startswith("One row ")] == []
    assert set(told) == {path.stem for path in (ROOT / "sql" / "view").glob("*.sql")}


def test_the_columns_that_are_said_to_join_exist(warehouse: duckdb.DuckDBPyConnection) -> None:
    for left, _, right, _, columns in docs.RELATIONS:
        for side in (left, right):
            known = {row[0] for row in warehouse.execute(f"describe {side}").fetchall()}
            assert set(columns.split(", ")) <= known, (side, columns)


def test_the_dictionary_is_current() -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert page == docs.render(), "run `python -m oyez.warehouse.docs`"


def test_the_schemas_are_all_of_them(warehouse: duckdb.DuckDBPyConnection) -> None:
    made = warehouse.execute(
        "select distinct schema_name from duckdb_tables() where not temporary"
    ).fetchall()
    assert {name for (name,) in made} | {"report"} == set(docs.SCHEMAS)


def test_the_diagram_is_one_that_mermaid_reads() -> None:
    lines = docs._diagram().splitlines()
    assert lines[:2] == ["```mermaid", "erDiagram"]
    shape = r'    \w+ (\|\||\|o)--(o\{|o\||\|\{) \w+ : "[\w, ]+"'
    assert [line for line in lines[2:-1] if not re.fullmatch(shape, line)] == []
