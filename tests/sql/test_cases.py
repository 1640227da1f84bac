"""Runs every case of tests/sql/<metric>/*.yml: given publications, expected rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    story = YAML(typ="safe").load(path)
    assert story["case"].strip(), "say in a sentence what the case shows"
    connection = warehouse.empty()
    warehouse.fill(connection, story)
    runner.compute(connection)
    found = checks.run(connection, every_day=True)
    assert [result.name for result in found if not result.passed] == story.get("warnings", [])

    name = path.parent.name
    table = f"core.{name}" if name in VIEWS else f"metric.{name}"
    order = VIEWS[name] if name in VIEWS else cards.load_all()[name].grain
    cursor = connection.execute(f"from {table} order by {', '.join(order)}")
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
