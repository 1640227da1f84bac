"""How long the upkeep waits for a site that asks for patience."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from oyez import upkeep
from oyez.errors import SourceThrottled

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag


@pytest.fixture
def look(dagbag: DagBag) -> Callable[[dict[str, Any]], Any]:
    assert not dagbag.import_errors
    task = dagbag.dags["upkeep"].get_task("look_mastodon")
    made: Callable[[dict[str, Any]], Any] = task.python_callable
    return made


@pytest.mark.parametrize(
    ("wait", "outcome"),
    [
        (timedelta(minutes=5), "AirflowRescheduleException"),
        (None, "AirflowRescheduleException"),
        (timedelta(days=300 * 365), "AirflowFailException"),
    ],
    ids=["five minutes", "no date", "centuries"],
)
def test_a_site_is_waited_for_as_long_as_the_daily_run_would(
    look: Callable[[dict[str, Any]], Any],
    monkeypatch: pytest.MonkeyPatch,
    wait: timedelta | None,
    outcome: str,
) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)

    def throttled(*_: object) -> None:
        raise SourceThrottled("later", until=now + wait if wait else None)

    first = SimpleNamespace(get_first_reschedule_date=lambda context: None)
    monkeypatch.setattr(upkeep, "upkeep", throttled)
    monkeypatch.setitem(look.__globals__, "get_current_context", lambda: {"ti": first})
    monkeypatch.setattr("oyez.workspace.Workspace.open", lambda: None)
    with pytest.raises(Exception) as raised:  # noqa: PT011  Airflow's own, known by name
        look({"client_id": "acme", "source_id": "site"})
    assert type(raised.value).__name__ == outcome
