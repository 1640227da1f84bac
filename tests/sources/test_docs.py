"""The page of sources says what the connectors declare, and how to get each key."""

from __future__ import annotations

from pathlib import Path

import pytest

from oyez.sources import docs
from oyez.sources.catalogue import connector, kinds

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / docs.PAGE).read_text("utf-8")
    assert written == docs.page(ROOT), "run: python -m oyez.sources.docs"


@pytest.mark.parametrize("kind", kinds())
def test_every_connector_declares_itself(kind: str) -> None:
    found = connector(kind)
    assert found.name == kind
    assert found.title
    able = found.capabilities
    assert able.pool_slots >= 1
    if able.past_day == "partial":
        assert able.history_days, "say how far back"
    if able.recheck_days:
        assert hasattr(found, "recheck"), "deletions can only be looked for with recheck()"
    for name, field in found.Options.model_fields.items():
        assert field.description, f"option {name} has no description"


def test_kinds_are_what_the_dags_know() -> None:
    assert kinds(), "no connector is registered: install the package (make setup)"
    assert "file" not in kinds()
