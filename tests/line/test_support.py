"""525 real support conversations: response times against an independent computation in pandas."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from .conftest import Bench

pytestmark = pytest.mark.shared
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
COMPANY = "RockstarSupport"
OPEN_DAYS, OPENS, CLOSES = (
    ("monday", "tuesday", "wednesday", "thursday", "friday"),
    "09:00",
    "18:00",
)


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
            "office_hours": {day: {"opens": OPENS, "closes": CLOSES} for day in OPEN_DAYS},
            "sources": [{"id": "export", "kind": "file", "mapping": "mappings/support.yml"}],
            "reports": [{"id": "monthly", "cadence": "monthly", "scope": COMPANY.lower()}],
        },
    )
    bench.write("mappings/support.yml", (EXAMPLES / "support_conversations.yml").read_text("utf-8"))
    bench.land("desk", ndjson, "mappings/support.yml")
    bench.publish("2020-03-31")
    return bench


def said(conversations: list[dict[str, Any]]) -> pd.DataFrame:
    """Each message of a conversation, and whether an agent wrote it, by pandas."""
    turns = pd.DataFrame(
        [
            {
                "company": one["dialogHeader"]["company"],
                "session": one["dialogHeader"]["sessionID"],
                "at": turn["datetime"],
                "is_agent": "agent" in turn,
                "text": turn.get("agent", ""),
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
                "text": one["agentURL"]["url_utterance"],
            }
            for one in conversations
        ]
    )
    turns["at"] = pd.to_datetime(turns["at"].astype(str), utc=True, format="ISO8601")
    return turns


def independent(conversations: list[dict[str, Any]]) -> pd.DataFrame:
    """Each customer's message with the next one of an agent in its conversation, by pandas."""
    turns = said(conversations)
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


def by_day(desk: Bench, columns: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return (day, company) → numbers of a metric x, without days on which all are zero."""
    found = desk.query(
        f"select x.day::varchar, b.brand_name, {columns} "
        "join core.brand as b using (client_id, brand_id)"
    )
    return {(day, name): tuple(numbers) for day, name, *numbers in found if any(numbers)}


def test_daily_response_rate_equals_pandas(
    desk: Bench, conversations: list[dict[str, Any]]
) -> None:
    asked = independent(conversations)
    cases = asked.minutes.notna().groupby([asked["at"].dt.strftime("%Y-%m-%d"), asked.company])
    numbers = "inbound_count, answered_count, response_rate_pct::double"
    found = by_day(desk, f"{numbers} from metric.response_rate as x")
    expected = {
        key: (len(one), one.sum(), pytest.approx(100 * one.mean(), abs=0.0051))
        for key, one in cases
    }
    assert found == expected


def test_backlog_equals_pandas(desk: Bench, conversations: list[dict[str, Any]]) -> None:
    """An answer belongs to the day on which it was given."""
    asked = independent(conversations)
    given = (asked["at"] + pd.to_timedelta(asked.minutes, unit="min"))[asked.minutes.notna()]
    received = asked.groupby([asked["at"].dt.strftime("%Y-%m-%d"), "company"]).size()
    answered = given.groupby([given.dt.strftime("%Y-%m-%d"), asked.company[given.index]]).size()
    both = pd.concat([received, answered], axis=1, keys=["in", "out"]).fillna(0).astype(int)
    found = by_day(desk, "received_count, answered_count from metric.response_backlog as x")
    assert found == {
        key: tuple(numbers)
        for key, numbers in zip(both.index, both.to_numpy().tolist(), strict=True)
    }


def test_replies_of_a_conversation_equal_pandas(
    desk: Bench, conversations: list[dict[str, Any]]
) -> None:
    """A message of a support desk is a reply: its thread is what it answers."""
    turns = said(conversations)
    written = turns[turns.is_agent].groupby([turns["at"].dt.strftime("%Y-%m-%d"), "company"])
    found = by_day(desk, "reply_count from metric.humanised_reply as x")
    assert found == {key: (count,) for key, count in written.size().items()}
    # Agents end with ^XX or ^X; ours also knows other ways to sign, so it finds no fewer.
    signs = turns.text.str.contains(r"[\^][A-Z][A-Za-z]?[A-Z]?\W*$") & turns.is_agent
    ((initialled, named),) = desk.query(
        "select sum(initialled_count), sum(signed_count) from metric.humanised_reply"
    )
    assert initialled + named >= 0.95 * signs.sum() > 20


def kaplan_meier(minutes: np.ndarray, is_answered: np.ndarray, share: float) -> float | None:
    """Return when the share still waiting has fallen to `share`; None if it never does."""
    surviving = 1.0
    for one in np.unique(minutes[is_answered]):
        at_risk = (minutes >= one).sum()
        surviving *= 1 - ((minutes == one) & is_answered).sum() / at_risk
        if round(surviving, 9) <= share:
            return float(one)
    return None


def test_medians_of_months_equal_pandas(desk: Bench, conversations: list[dict[str, Any]]) -> None:
    asked = independent(conversations)
    ((cutoff,),) = desk.query("select cutoff_at from core.data_cutoff")
    # Looked for until seven days after the day, or as far as the data reach.
    end = (asked["at"].dt.floor("D") + pd.Timedelta(days=8)).clip(
        upper=pd.Timestamp(cutoff, tz="UTC")
    )
    waited = (end - asked["at"]).dt.total_seconds() / 60
    asked["observed"] = asked.minutes.fillna(waited).clip(lower=0)
    months = asked.groupby([asked["at"].dt.strftime("%Y-%m-01"), "company"])
    found = desk.query(
        "select x.day::varchar, b.brand_name, inbound_count, median_minutes::double, "
        "p90_minutes::double, answered_mean_minutes::double "
        "from metric.first_response_period as x join core.brand as b using (client_id, brand_id) "
        "where period = 'month' and inbound_count > 0"
    )
    assert {row[:2] for row in found} == {key for key, _ in months}
    for month, company, count, median, p90, mean in found:
        one = months.get_group((month, company))
        minutes, answered = one.observed.to_numpy(), one.minutes.notna().to_numpy()
        assert count == len(one)
        told = {0.5: median, 0.1: p90}
        for share, ours in told.items():
            theirs = kaplan_meier(minutes, answered, share)
            assert (ours is None) == (theirs is None)
            assert ours is None or ours == pytest.approx(theirs, abs=0.0051)
        # A mean of minutes that were rounded to a hundredth each.
        assert mean is None or mean == pytest.approx(one.minutes.mean(), abs=0.0101)


def test_office_hours_equal_pandas(desk: Bench, conversations: list[dict[str, Any]]) -> None:
    """Every minute from question to answer is looked at, and counted when the office is open."""
    asked = independent(conversations).dropna(subset="minutes")

    def open_minutes(start: pd.Timestamp, minutes: float) -> float:
        seconds = round(minutes * 60)
        clock = pd.date_range(start, periods=seconds, freq="s") if seconds else pd.DatetimeIndex([])
        is_open = (clock.day_of_week < 5) & (clock.hour >= 9) & (clock.hour < 18)
        return float(is_open.sum()) / 60

    short = asked[asked.minutes < 600]
    assert len(short) > 400
    expected = sorted(
        (company, at.isoformat(), round(open_minutes(at, minutes), 1))
        for company, at, minutes in short[["company", "at", "minutes"]].itertuples(index=False)
    )
    found = desk.query(
        "select b.brand_name, r.received_at, o.office_response_minutes::double "
        "from metric.office_response as o join metric.response as r "
        "using (client_id, day, brand_id, item_id) "
        "join core.brand as b using (client_id, brand_id) "
        "where r.response_minutes < 600"
    )
    ours = sorted(
        (company, pd.Timestamp(at, tz="UTC").isoformat(), round(minutes, 1))
        for company, at, minutes in found
    )
    assert [row[:2] for row in ours] == [row[:2] for row in expected]
    # A second is 0.0167 minutes, and both are rounded to a tenth.
    assert [row[2] for row in ours] == pytest.approx([row[2] for row in expected], abs=0.11)
