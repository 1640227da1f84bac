"""A Discourse forum on loopback, its posts shaped like a recorded one, read through the whole line.

A walk is refused, killed and run again; a past day is read again after the forum went on. Nothing
is lost, nothing counted twice, and the day read later equals the day read at once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez import landing, line
from oyez.errors import SourceThrottled
from oyez.sources.watch import watch
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace
from tests.sources.forum import Forum
from tests.sources.payload_table import PAYLOADS
from tests.sources.site import Asked, Clock, Reply, patient_web, running

pytestmark = pytest.mark.e2e

DAY = date(2026, 3, 11)
MORNING = datetime(2026, 3, 12, 6)  # noqa: DTZ001  naive UTC by convention
RECORDED = PAYLOADS / "discourse/discourse_api/spec/fixtures/posts_latest.json"
# In Paris the 11th of March lasts from 23:00 UTC the day before to 23:00 UTC.
START = datetime(2026, 3, 10, 23)  # noqa: DTZ001
EVERY = timedelta(minutes=8)
COUNT = 180  # posts a day: one each eight minutes
WALK = """
import sys, datetime
from pathlib import Path
from oyez.sources.watch import watch
from oyez.workspace import Workspace
ws = Workspace.open(Path(sys.argv[1]))
client = ws.client("atelier")
day = datetime.date(2026, 3, 11)
watch(ws, client, client.sources[0], day, now=datetime.datetime(2026, 3, 12, 6))
"""


def posts(days: int) -> list[dict[str, Any]]:
    """Return as many days of posts as asked for, from the day before on, 180 a day.

    Every third post answers the one before it, every ninth of those is the team's.
    """
    if not RECORDED.is_file():
        pytest.skip("the recorded payloads are not beside this checkout (../shared/data)")
    recorded = json.loads(RECORDED.read_text())["latest_posts"][0]
    made = []
    for index in range(days * COUNT):
        is_reply = index % 3 == 2
        is_team = index % 27 == 2
        made.append(
            {
                **recorded,
                "id": 5000 + index,
                "created_at": (START + EVERY * (index - COUNT)).isoformat() + ".971Z",
                "cooked": f"<p>Number {index}</p>",
                "topic_id": 100 + (index - 1 if is_reply else index),
                "post_number": 2 if is_reply else 1,
                "reply_to_post_number": 1 if is_reply else None,
                "username": "lena" if is_team else f"member{index % 20}",
                "user_id": 7 if is_team else 100 + index % 20,
                "admin": is_team,
                "staff": is_team,
            }
        )
    return made


TRUTH = [5000 + COUNT + index for index in range(COUNT)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clients").mkdir()
    (tmp_path / "agency.yml").write_text(yaml.safe_dump({"name": "Atelier Nord"}))
    monkeypatch.setenv(
        "AIRFLOW_CONN_ATELIER__FORUM", json.dumps({"login": "oyez", "password": "k" * 32})
    )
    return tmp_path


def opened(home: Path, url: str) -> Workspace:
    client = {
        "id": "atelier",
        "name": "Atelier",
        "timezone": "Europe/Paris",
        "brands": [
            {
                "id": "verdier",
                "name": "Verdier",
                "accounts": [{"network": "discourse", "handle": "lena"}],
            }
        ],
        "sources": [
            {"id": "forum", "kind": "discourse", "allow_private": True, "options": {"url": url}}
        ],
    }
    (home / "clients" / "atelier.yml").write_text(yaml.safe_dump(client))
    return Workspace.open(home)


def collected(ws: Workspace, *, now: datetime = MORNING, again: bool = False) -> dict[str, Any]:
    client = ws.client("atelier")
    web = patient_web(Clock(now))
    return watch(ws, client, client.sources[0], DAY, now=now, web=web, again=again)


def landed(ws: Workspace, run: str) -> dict[int, dict[str, Any]]:
    """Return post id → data of a run; fails on a post that landed twice."""
    items = list(landing.read(ws.storage, run, "items"))
    numbers = Counter(int(one["native_id"].rpartition("/")[2]) for one in items)
    assert not [number for number, count in numbers.items() if count > 1]
    return {int(one["native_id"].rpartition("/")[2]): one["data"] for one in items}


def runs(ws: Workspace) -> list[str]:
    return list(landing.runs(ws.storage, "landing/source=forum/client=atelier/"))


def refuse_after(calls: int, seconds: int):
    """Answer 429 once so many calls were answered, as Discourse does."""
    answered: list[Asked] = []

    def before(asked: Asked) -> Reply | None:
        answered.append(asked)
        if len(answered) <= calls:
            return None
        body = {
            "errors": ["You’ve performed this action too many times."],
            "error_type": "rate_limit",
            "extras": {"wait_seconds": seconds},
        }
        return Reply(body, 429, {"Retry-After": str(seconds)})

    return before


def killed_in_its_walk(home: Path, forum: Forum) -> None:
    """Start a collection and kill it while it waits for its third page."""
    asked: list[Asked] = []

    def hang(one: Asked) -> Reply | None:
        asked.append(one)
        if len(asked) >= 3:
            time.sleep(3)
        return None

    forum.before_answer = hang
    walker = subprocess.Popen([sys.executable, "-c", WALK, str(home)], env=dict(os.environ))
    try:
        deadline = time.monotonic() + 60
        while len(asked) < 3 and time.monotonic() < deadline:
            assert walker.poll() is None, "the walk ended before it could be killed"
            time.sleep(0.05)
    finally:
        walker.send_signal(signal.SIGKILL)
        walker.wait()
    forum.before_answer = lambda _: None


def test_nothing_is_lost_or_doubled_by_a_kill_and_a_refusal(home: Path) -> None:
    forum = Forum(posts(2) + posts(3)[2 * COUNT : 2 * COUNT + 20])
    with running(forum) as site:
        ws = opened(home, site.url)

        killed_in_its_walk(home, forum)
        assert runs(ws) == []  # a run without manifest does not exist

        forum.before_answer = refuse_after(3, seconds=900)
        refused = collected(ws)
        assert refused["state"] == "throttled"
        assert isinstance(refused["error"], SourceThrottled)
        assert refused["error"].until == MORNING + timedelta(seconds=900)
        assert 0 < len(landed(ws, refused["run"])) < COUNT
        states = {one["state"] for one in landing.manifest(ws.storage, refused["run"])["coverage"]}
        assert states == {"throttled"}  # nothing of the day counts as measured

        forum.before_answer = lambda _: None
        whole = collected(ws, now=MORNING + timedelta(hours=1))
        assert (whole["state"], whole["error"]) == ("ok", None)
        assert sorted(landed(ws, whole["run"])) == TRUTH

        calls = len(site.asked)
        assert collected(ws)["message"] == "collected before"
        assert len(site.asked) == calls

    line.stage(ws, line.pending_runs(ws))
    line.enrich(ws, line.pending_enrichment(ws))
    line.publish(ws, line.plan(ws, day=DAY))
    snapshot = open_snapshot(ws.storage)
    kinds = snapshot.execute(
        "select kind, count(distinct item_id), count(owned_brand_id), count(parent_item_id) "
        "from core.item where client_id = 'atelier' and day = date '2026-03-11' "
        "group by all order by kind"
    ).fetchall()
    total = snapshot.execute("select count(*) from core.item").fetchone()
    team = 7  # 191, 218, … 353: every 27th of the numbers 180 to 359
    assert total == (COUNT,)
    assert kinds == [("question", 120, 0, 0), ("reply", 60, team, 60)]
    answered = snapshot.execute(
        "select count(*) from metric.response "
        "where client_id = 'atelier' and day = date '2026-03-11' and is_answered"
    ).fetchone()
    snapshot.close()
    assert answered == (team,)


def test_a_short_refusal_is_waited_out(home: Path) -> None:
    forum = Forum(posts(2))
    refusals = iter([refuse_after(0, seconds=20)])
    forum.before_answer = lambda asked: (
        next(refusals, lambda _: None)(asked) if asked.params else None
    )
    with running(forum) as site:
        result = collected(opened(home, site.url))
        assert result["state"] == "ok"
        assert result["item_count"] == COUNT


@pytest.mark.parametrize("age", ["exclusive", "inclusive", "bracket"])
def test_a_day_read_again_later_equals_the_day_read_at_once(home: Path, age: Any) -> None:
    forum = Forum(posts(2), age=age)
    with running(forum) as site:
        ws = opened(home, site.url)
        live = landed(ws, collected(ws)["run"])
        forum.posts = posts(12)
        later = MORNING + timedelta(days=10)
        first = landed(ws, collected(ws, now=later, again=True)["run"])
        second = landed(ws, collected(ws, now=later, again=True)["run"])
    assert sorted(live) == TRUTH
    assert first == live
    assert second == live
