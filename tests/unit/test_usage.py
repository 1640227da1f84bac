"""What collecting cost, counted by hand, beside what may be spent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from oyez import landing, line, usage
from oyez.cli import app
from oyez.landing import Envelope
from oyez.sources import quota
from oyez.sources.contract import Capabilities
from oyez.workspace import Workspace

NOW = datetime(2026, 5, 20, 9)  # noqa: DTZ001  naive UTC by convention


class Rationed:
    """A hundred searches a day."""

    capabilities = Capabilities(
        past_day="yes", is_sorted=True, needs="key", daily_quota=100, quota_unit="searches"
    )


class Free:
    """No quota."""

    capabilities = Capabilities(past_day="yes", is_sorted=True, needs="nothing")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (quota, usage):
        monkeypatch.setattr(module, "connector", lambda kind: Rationed if kind == "tube" else Free)
    (tmp_path / "clients").mkdir()
    (tmp_path / "agency.yml").write_text("name: Atelier Nord\n")
    body: dict[str, Any] = {
        "id": "acme",
        "name": "Acme",
        "timezone": "Europe/Paris",
        "brands": [{"id": "acme", "name": "Acme"}],
        "sources": [
            {"id": "videos", "kind": "tube"},
            {"id": "forum", "kind": "free", "monthly_calls": 50},
            {"id": "blog", "kind": "free"},
        ],
    }
    (tmp_path / "clients" / "acme.yml").write_text(yaml.safe_dump(body))
    return tmp_path


def land(home: Path, source: str, at: datetime, calls: int, cost: int) -> None:
    """Land a run with one item."""
    item = {
        "native_id": f"{at:%d%H}",
        "published_at": at.isoformat(),
        "text": "Acme",
        "kind": "post",
    }
    landing.write(
        Workspace.open(home).storage,
        landing.run_key(source, "acme", at.date(), f"{at:%Y%m%dT%H%M%S}-abc"),
        items=[
            Envelope(item["native_id"], {**item, "network": "x", "channel": "social"}, item, "#1")
        ],
        rejects=[],
        coverage=[],
        author_secret=b"secret",
        facts={
            "client": "acme",
            "source": source,
            "kind": "tube" if source == "videos" else "free",
            "collected_at": at.isoformat(),
            "spent": {"calls": calls, "bytes": 1000, "cost": cost},
            "native_id_is": "network",
        },
    )


def publish(home: Path) -> dict[str, Any]:
    ws = Workspace.open(home)
    line.stage(ws, line.pending_runs(ws))
    line.enrich(ws, line.pending_enrichment(ws))
    return line.publish(ws, [])


def test_calls_units_and_items_by_month_and_source(home: Path) -> None:
    land(home, "videos", NOW, 300, 31)
    land(home, "videos", NOW.replace(hour=11), 10, 31)
    land(home, "videos", NOW.replace(month=4), 5, 5)
    land(home, "blog", NOW, 7, 7)
    publish(home)
    ws = Workspace.open(home)
    found = {(one.month.month, one.source_id): one for one in usage.usage(ws)}
    assert set(found) == {(4, "videos"), (5, "videos"), (5, "blog")}
    may = found[5, "videos"]
    assert (may.collections, may.calls, may.units, may.items, may.bytes) == (2, 310, 62, 2, 2000)
    # 31 days of a hundred searches: 62 are 2 %.
    assert (may.budget, may.budget_of, may.spent_pct) == (3100, "searches of the quota", 2)
    assert found[4, "videos"].budget == 3000
    assert found[5, "blog"].spent_pct is None
    only = usage.usage(ws, date(2026, 4, 17))
    assert [(one.month, one.calls) for one in only] == [(date(2026, 4, 1), 5)]


def test_a_budget_is_told_at_eighty_percent(home: Path) -> None:
    land(home, "forum", NOW, 39, 39)
    publish(home)
    ws = Workspace.open(home)
    assert usage.warnings(ws, NOW) == []
    land(home, "forum", NOW.replace(day=21), 1, 1)
    publish(home)
    assert usage.warnings(ws, NOW) == [
        "client acme, source forum: 40 of 50 calls of 2026-05 are made (80 %) → fewer terms, or "
        "another `monthly_calls` in clients/acme.yml"
    ]
    # Another month has its own budget.
    assert usage.warnings(ws, NOW.replace(month=6)) == []


def test_a_publish_says_it(home: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    land(home, "forum", now, 50, 50)
    land(home, "videos", now, 90, 90)
    told = publish(home)["warnings"]
    assert [one.split(":")[0] for one in told] == ["tube", "client acme, source forum"]


def test_nothing_published_is_no_failure_of_the_warnings(home: Path) -> None:
    assert usage.warnings(Workspace.open(home), NOW) == []


def test_the_command_prints_a_table_and_a_csv(home: Path) -> None:
    land(home, "forum", NOW, 39, 39)
    publish(home)
    run = CliRunner().invoke
    arguments = ["usage", "--home", str(home), "--month", "2026-05"]
    table = run(app, arguments)
    assert table.exit_code == 0, table.output
    assert "78 % of 50 calls" in table.output
    sheet = run(app, [*arguments, "--csv"])
    assert sheet.stdout == (
        "month,client,source,kind,collections,calls,quota_units,items,quarantined,bytes,budget,"
        "budget_of,spent_pct\n2026-05,acme,forum,free,1,39,39,1,0,1000,50,calls,78\n"
    )
    assert "Nothing was collected" in run(app, [*arguments[:-1], "2025-01"]).output
