"""525 real support conversations: response times against an independent computation in pandas."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from .conftest import Bench

pytestmark = pytest.mark.shared
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
COMPANY = "RockstarSupport"


@pytest.fixture(scope="module")
def conversations(shared: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(
        (shared / "real" / "support_conversations.json").read_text("utf-8")
    )
    return loaded


@pytest.fixture(scope="module")
def desk(conversations: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Bench:
    tmp_path = tmp_path_factory.mktemp("desk")
    bench = Bench(tmp_path / "home")
    spec = importlib.util.spec_from_file_location(
        "converter", EXAMPLES / "support_conversations.py"
    )
    assert spec
    assert spec.loader
    converter = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(converter)
    ndjson = tmp_path / "conversations.ndjson"
    with ndjson.open("w", encoding="utf-8") as target:
        for conversation in conversations:
            for message in converter.messages(conversation):
                target.write(json.dumps(message) + "\n")
    companies = sorted({one["dialogHeader"]["company"] for one in conversations})
    brands = [
        {
            "id": company.lower().replace("_", "-"),
            "name": company,
            "accounts": [{"network": "x", "handle": company}],
        }
        for company in companies
    ]
    bench.write(
        "clients/desk.yml",
        {
            "id": "desk",
            "name": "Support desks",
            "timezone": "UTC",
            "languages": ["en"],
            "brands": brands,
            "sources": [{"id": "export", "kind": "file", "mapping": "mappings/support.yml"}],
            "reports": [{"id": "monthly", "cadence": "monthly", "scope": COMPANY.lower()}],
        },
    )
    bench.write("mappings/support.yml", (EXAMPLES / "support_conversations.yml").read_text("utf-8"))
    bench.land("desk", ndjson, "mappings/support.yml")
    bench.publish("2020-03-31")
    return bench


def independent(conversations: list[dict[str, Any]]) -> pd.DataFrame:
    """Each customer's message with the next one of an agent in its conversation, by pandas."""
    turns = pd.DataFrame(
        [
            {
                "company": one["dialogHeader"]["company"],
                "session": one["dialogHeader"]["sessionID"],
                "at": turn["datetime"],
                "is_agent": "agent" in turn,
            }
            for one in conversations
            for turn in one["dialogContent"]
        ]
        + [
            {
                "company": one["dialogHeader"]["company"],
                "session": one["dialogHeader"]["sessionID"],
                "at": pd.Timestamp(one["dialogHeader"]["conversationDateTime"])
                + pd.Timedelta(one["dialogHeader"]["duration"].removesuffix("0").removesuffix(".")),
                "is_agent": True,
            }
            for one in conversations
        ]
    )
    turns["at"] = pd.to_datetime(turns["at"].astype(str), utc=True, format="ISO8601")
    asked = turns[~turns.is_agent].reset_index(names="message")
    answers = turns[turns.is_agent][["session", "at"]].rename(columns={"at": "answer_at"})
    pairs = asked.merge(answers, on="session", how="left")
    pairs = pairs[(pairs.answer_at >= pairs["at"]) | pairs.answer_at.isna()]
    first = pairs.groupby("message").answer_at.min()
    asked["minutes"] = (asked.message.map(first) - asked["at"]).dt.total_seconds() / 60
    return asked


def test_response_times_equal_pandas(desk: Bench, conversations: list[dict[str, Any]]) -> None:
    expected = independent(conversations)
    # Nobody answered after more than a week, so the horizon of seven days hides no answer.
    assert expected.minutes.max() < 7 * 24 * 60
    rows = pd.DataFrame(
        desk.query(
            "select b.brand_name, r.received_at, r.response_minutes::double "
            "from metric.response as r join core.brand as b using (client_id, brand_id)"
        ),
        columns=["company", "at", "minutes"],
    )
    rows["at"] = pd.to_datetime(rows["at"], utc=True)
    key = ["company", "at", "minutes"]
    ours = rows.sort_values(key).reset_index(drop=True)
    theirs = expected[key].sort_values(key).reset_index(drop=True)
    assert len(ours) == len(theirs) == 625
    assert ours.company.tolist() == theirs.company.tolist()
    assert (ours["at"] == theirs["at"]).all()
    # Ours has two decimals: a second is 0.0167 minutes.
    pd.testing.assert_series_equal(ours.minutes, theirs.minutes, atol=0.0051, rtol=0)


def test_monthly_report(desk: Bench, conversations: list[dict[str, Any]]) -> None:
    edition = desk.edition("desk", "monthly", "2020-03-31")
    asked = independent(conversations)
    march = asked[(asked.company == COMPANY) & (asked["at"].dt.strftime("%Y-%m") == "2020-03")]
    end = pd.Timestamp("2020-04-01", tz="UTC")
    answered_at = march["at"] + pd.to_timedelta(march.minutes, unit="min")
    answered = march.minutes.notna() & (answered_at < end)
    figures = edition["figures"]
    assert figures["inbound_count"]["value"] == len(march)
    assert figures["still_waiting"]["value"] == int((~answered).sum())
    assert figures["response_rate"]["value"] == pytest.approx(100 * answered.mean(), abs=0.05)
    # Few wait, and none for long before its censoring, so the Kaplan–Meier median is checked by its
    # definition: the first time by which the share still waiting has fallen to one half.
    waits = (end - march["at"]).dt.total_seconds().div(60).where(~answered, march.minutes)
    surviving, median = 1.0, None
    for minutes in sorted(waits[answered].unique()):
        at_risk = (waits >= minutes).sum()
        surviving *= 1 - ((waits == minutes) & answered).sum() / at_risk
        if surviving <= 0.5:
            median = minutes
            break
    assert median is not None
    assert figures["first_response_median"]["value"] == pytest.approx(median, abs=0.51)
