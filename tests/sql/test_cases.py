"""Runs every case of tests/sql/<metric>/*.yml: given publications, expected rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse
from ruamel.yaml import YAML

from oyez.metrics import card as cards
from oyez.metrics import checks, runner

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.yml"))
# The views of sql/core that have cases, with the columns that order their rows.
VIEWS = {
    "coverage_day": ["client_id", "day", "brand_id"],
    "source_day": ["client_id", "source_id", "day"],
    "source_period": ["client_id", "source_id", "start_day"],
}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (date, datetime)):
        return str(value)
    return value


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.fixture(scope="module")
def agency() -> tuple[duckdb.DuckDBPyConnection, dict[str, set[str]]]:
    """Every case as a client of one agency, computed together, and what the checks found of each.

    One pass costs a fiftieth of one a case, and shows that no client's rows reach another's: the
    cases name the same items, authors and brands.
    """
    connection = warehouse.empty()
    for path in CASES:
        warehouse.fill(connection, _story(path) | {"client": _name(path)})
    runner.compute(connection)
    warned: dict[str, set[str]] = {}
    for found in checks.run(connection, every_day=True):
        assert found.row_count == len(found.rows)
        for row in found.rows:
            warned.setdefault(str(row["client_id"]), set()).add(found.name)
    return connection, warned


@cache
def _story(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = YAML(typ="safe").load(path)
    return story


@pytest.mark.parametrize("path", CASES, ids=_name)
def test_case(path: Path, agency: tuple[duckdb.DuckDBPyConnection, dict[str, set[str]]]) -> None:
    connection, warned = agency
    story = _story(path)
    assert story["case"].strip(), "say in a sentence what the case shows"
    assert warned.get(_name(path), set()) == set(story.get("warnings", []))

    name = path.parent.name
    table = f"core.{name}" if name in VIEWS else f"metric.{name}"
    order = VIEWS[name] if name in VIEWS else cards.load_all()[name].grain
    cursor = connection.execute(
        f"from {table} where client_id = ? order by {', '.join(order)}", [_name(path)]
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]
    rows = [
        row
        for row in rows
        if all(row[key] == _plain(value) for key, value in story.get("where", {}).items())
    ]
    expected = [{key: _plain(value) for key, value in row.items()} for row in story["expect"]]
    columns = expected[0] if expected else {}
    assert [{key: row[key] for key in columns} for row in rows] == expected


def test_every_metric_has_a_case() -> None:
    assert set(cards.load_all()) <= {path.parent.name for path in CASES}
