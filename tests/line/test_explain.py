"""Everything behind one verdict: read from the snapshot, and silent where the report must be."""

from __future__ import annotations

import json

import duckdb
import pytest
from typer.testing import CliRunner

from oyez import journal, line
from oyez.cli import app
from oyez.corrections import change, correct, listed
from oyez.errors import DataError
from oyez.explain import explain
from oyez.warehouse.connect import current_snapshot, snapshot_key

from .conftest import SMALL_CLIENT, Bench, Keep, post, table
from .test_corrections import item, mention

WORDS = "Acme is wonderful, I love it: " + "the finest anvils in the county. " * 4


def publish_week(small: Bench) -> None:
    themes = [{"id": "price", "name": "Price", "terms": ["price"]}]
    small.write("clients/acme.yml", SMALL_CLIENT | {"themes": themes})
    small.drop("week.csv", table(post(1, text=WORDS), post(3, day=27, text="Acme or Globex?")))
    small.day("2026-05-30")


@pytest.fixture
def week(kept: Keep) -> Bench:
    return kept(publish_week)[0]


def test_a_mention_tells_its_verdict_and_why(week: Bench) -> None:
    found = explain(week.workspace, mention("p1"))
    assert found["item"]["item_id"] == item("p1")
    assert found["item"]["text"] == WORDS
    assert found["item"]["raw_ref"].startswith("landing/source=export/client=acme/")
    (one,) = found["mentions"]
    assert (one["brand_name"], one["matched_by"], one["matched_term"]) == ("Acme", "text", "Acme")
    assert (one["is_counted"], one["sentiment"]) == (True, "positive")
    (verdict,) = one["verdicts"]
    assert (verdict["is_current"], verdict["sentiment"]) == (True, "positive")
    assert verdict["cues"]
    assert one["because"] == f"{verdict['model']} is the only one that judged it"


def test_a_person_is_named_with_the_reason(week: Bench) -> None:
    ws = week.workspace
    for who, what in (("ann", "neutral"), ("bob", "negative")):
        correct(ws, "acme", [change(mention("p1"), "sentiment", what, who, f"{who} thinks so")])
    line.publish(ws, [])
    (one,) = explain(ws, mention("p1"))["mentions"]
    assert (one["sentiment"], one["model"]) == ("negative", "person")
    assert one["because"] == "bob said so, and people come before models"
    told = [
        (said["recorded_by"], said["value"], said["is_standing"]) for said in one["corrections"]
    ]
    assert told == [("bob", "negative", True), ("ann", "neutral", False)]
    assert [verdict["sentiment"] for verdict in one["verdicts"]] == ["positive"]


def test_an_item_lists_its_mentions(week: Bench) -> None:
    ws = week.workspace
    correct(ws, "acme", [change(mention("p3"), "wrong_brand", "globex", "ann")])
    line.publish(ws, [])
    found = explain(ws, item("p3")[:16])
    told = {one["mention_id"]: (one["is_counted"], one["reason"]) for one in found["mentions"]}
    assert told == {mention("p3"): (False, "doubled"), mention("p3", "globex"): (True, None)}


def test_words_are_withheld_where_a_report_withholds_them(week: Bench) -> None:
    """A source that may not be quoted: neither its words nor the words that decided."""
    source = SMALL_CLIENT["sources"][0] | {"may_quote": False}
    week.write("clients/acme.yml", SMALL_CLIENT | {"sources": [source]})
    found = explain(week.workspace, mention("p1"))
    assert (found["item"]["text"], found["item"]["withheld"]) == (None, "terms")
    assert "wonderful" not in json.dumps(found, default=str)
    (one,) = found["mentions"]
    assert one["sentiment"] == "positive"
    shown = CliRunner().invoke(app, ["explain", mention("p1"), "--home", str(week.home)])
    assert "wonderful" not in shown.output
    assert "the terms of its site forbid it" in shown.output


def test_a_withdrawn_item_is_told_without_its_words(week: Bench) -> None:
    ws = week.workspace
    body = {"item_id": item("p1"), "reason": "gone"}
    journal.record(ws.storage, "withdrawal", "acme", item("p1"), body)
    line.publish(ws, [])
    found = explain(ws, mention("p1"))
    assert found["item"]["withheld"] == "withdrawn"
    assert "wonderful" not in json.dumps(found, default=str)
    assert found["mentions"][0]["reason"] == "withdrawn"


@pytest.mark.parametrize(("target", "told"), [("f" * 64, "no mention"), ("abc", "too short")])
def test_an_unknown_id_is_told(week: Bench, target: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        explain(week.workspace, target)


def test_a_snapshot_of_an_older_version_is_told(week: Bench) -> None:
    ws = week.workspace
    correct(ws, "acme", [change(mention("p1"), "spam", "yes", "ann")])
    path = ws.storage.local(snapshot_key(current_snapshot(ws.storage) or ""))
    with duckdb.connect(str(path)) as old:
        for view in ("sentiment_checked", "correction_standing", "correction_entry"):
            old.execute(f"drop view core.{view}")
        old.execute("drop table core.correction")
    with pytest.raises(DataError, match="older oyez"):
        explain(ws, mention("p1"))
    assert [one.state for one in listed(ws)] == ["unpublished"]


def test_the_commands_as_people_type_them(week: Bench) -> None:
    home = ["--home", str(week.home)]

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, [*words, *home])
        assert done.exit_code == code, done.output
        return done.output

    short = mention("p1")[:10]
    told = run(
        "correct", "acme", short, "--sentiment", "negative", "--by", "ann", "--note", "[irony]"
    )
    assert "Recorded for ann: sentiment negative." in told
    assert "Published 1 client days." in told
    told = run("correct", "acme", mention("p3"), "--no-theme", "price", "--tag", "shop", "--later")
    assert "It counts from the next publish on" in told
    told = run("corrections", "list")
    assert f"{mention('p1')[:12]}  counts\n    sentiment negative, by ann: [irony]\n" in told
    assert "theme remove price" in told
    assert told.count("  unpublished\n") == 2
    shown = run("explain", short)
    assert max(map(len, shown.splitlines())) <= 80
    assert "negative (-1.000): ann said so, and people come before models" in shown
    assert "[irony]" in shown
    facts = json.loads(run("explain", mention("p1"), "--json"))
    assert facts["mentions"][0]["polarity"] == -1.0
    assert run("correct", "acme", short, "--undo", "sentiment", "--by", "ann")
    assert json.loads(run("explain", short, "--json"))["mentions"][0]["sentiment"] == "positive"
    fixes = week.write("fixes.csv", f"mention_id,field,value,by\n{mention('p3')},spam,yes,bob\n")
    assert "1 corrections recorded" in run("corrections", "import", str(fixes), "--client", "acme")
    assert "was recorded before" in run("corrections", "import", str(fixes), "--client", "acme")
    assert "say what is wrong" in run("correct", "acme", short, code=2)
    both = run("correct", "acme", short, "--not-about-us", "--brand", "globex", code=1)
    assert "it contradicts not_about_us" in both
    assert "no brand 'x'" in run("correct", "acme", short, "--brand", "x", code=1)
