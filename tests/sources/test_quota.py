"""A quota that all clients share: what each may still spend, and when the agency is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez import landing
from oyez.sources import quota
from oyez.sources.contract import Capabilities, Spent
from oyez.workspace import Workspace

# 09:30 in Paris; in California it is half past midnight.
NOW = datetime(2026, 6, 10, 7, 30)  # noqa: DTZ001  naive UTC by convention


class Rationed:
    """A hundred searches a day, from midnight in California (07:00 UTC in summer)."""

    capabilities = Capabilities(
        past_day="yes",
        is_sorted=True,
        needs="key",
        daily_quota=100,
        quota_unit="searches",
        quota_zone="America/Los_Angeles",
    )


@dataclass
class Asker:
    """The one part of a query that a share depends on."""

    client_id: str


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(quota, "connector", lambda kind: Rationed)
    (tmp_path / "clients").mkdir()
    agency = {"name": "Atelier Nord", "allowances": {"tube": {"acme": 60}}}
    (tmp_path / "agency.yml").write_text(yaml.safe_dump(agency))
    for name in ("acme", "beta", "gamma"):
        body: dict[str, Any] = {
            "id": name,
            "name": name,
            "timezone": "Europe/Paris",
            "brands": [{"id": name, "name": name}],
            "sources": [{"id": "videos", "kind": "tube"}],
        }
        (tmp_path / "clients" / f"{name}.yml").write_text(yaml.safe_dump(body))
    return tmp_path


def land(home: Path, client: str, collected_at: datetime, cost: int) -> None:
    """Land an empty run that made 300 calls, `cost` of them searches."""
    landing.write(
        Workspace.open(home).storage,
        landing.run_key("videos", client, date(2026, 6, 9), f"{collected_at:%Y%m%dT%H%M%S}-abc"),
        items=[],
        rejects=[],
        coverage=[],
        author_secret=b"secret",
        facts={
            "client": client,
            "source": "videos",
            "kind": "tube",
            "collected_at": collected_at.isoformat(),
            "spent": {"calls": 300, "bytes": 1, "cost": cost},
        },
    )


def left(home: Path, client: str, spending: Spent | None = None, now: datetime = NOW) -> int:
    return quota.allowance(Workspace.open(home), "tube", spending, now)(Asker(client))  # type: ignore[arg-type]


def test_an_untouched_quota_is_shared_out(home: Path) -> None:
    assert [left(home, name) for name in ("acme", "beta", "gamma")] == [60, 20, 20]


def test_searches_spent_today_are_subtracted_and_other_calls_are_not(home: Path) -> None:
    land(home, "acme", NOW.replace(hour=7, minute=10), 45)
    assert [left(home, name) for name in ("acme", "beta", "gamma")] == [15, 20, 20]
    land(home, "acme", NOW.replace(hour=7, minute=20), 20)  # more than it had: a report asked twice
    assert [left(home, name) for name in ("acme", "beta", "gamma")] == [0, 20, 20]


def test_the_day_is_the_sites_own(home: Path) -> None:
    land(home, "beta", datetime(2026, 6, 10, 6, 59, 59), 20)  # noqa: DTZ001  23:59:59 in California
    assert left(home, "beta") == 20
    assert left(home, "beta", now=datetime(2026, 6, 10, 6, 59)) == 0  # noqa: DTZ001
    land(home, "beta", datetime(2026, 6, 10, 7), 5)  # noqa: DTZ001  midnight there
    assert left(home, "beta") == 15


def test_nobody_gets_more_than_the_site_has_left(home: Path) -> None:
    land(home, "acme", NOW, 95)
    assert left(home, "beta") == 5


def test_what_the_collection_at_hand_spends_counts_at_once(home: Path) -> None:
    spending = Spent()
    share = quota.allowance(Workspace.open(home), "tube", spending, NOW)
    spending("tube.example", 200, 10, 4)
    spending("tube.example", 200, 10, 0)
    assert share(Asker("beta")) == 16  # type: ignore[arg-type]


def test_the_agency_is_told_at_eighty_percent(home: Path) -> None:
    land(home, "acme", NOW.replace(minute=10), 60)
    land(home, "beta", NOW.replace(minute=11), 19)
    assert quota.warnings(Workspace.open(home), NOW) == []
    land(home, "gamma", NOW.replace(minute=12), 1)
    assert quota.warnings(Workspace.open(home), NOW) == [
        "tube: 80 of 100 searches of the day are spent (80 %), most by acme (60); anew from "
        "07:00 UTC → fewer terms, or other `allowances` in agency.yml"
    ]
