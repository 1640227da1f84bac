"""Published mentions are judged again when the model changes; nothing else moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from oyez import line
from oyez.enrich import run as enrichment
from oyez.enrich.polarity import Verdict

from .conftest import Bench, post, table

MONDAY, SUNDAY = "2026-05-25", "2026-05-31"
WEEK = [post(number, 25 + number % 7) for number in range(14)]
JUDGED = (
    "select model, model_version, sentiment, count(*) from core.verdict group by all order by 1"
)


class Sour:
    """A model to whom everything is bad."""

    name, version = "sour", "1"

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        return [Verdict(Decimal("-0.900"), "negative", (), "sour", "1") for _ in texts]


@pytest.fixture
def week(small: Bench, blank_pages: None) -> Bench:
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    return small


def others(bench: Bench) -> dict[str, list[object]]:
    """Return the rows that a judgement of tone has no business with."""
    rows = bench.rows("core", "raw")
    # What an item wants follows from its tone.
    return {name: rows[name] for name in rows if name not in ("core.verdict", "core.annotation")}


def test_a_window_is_judged_by_the_new_model(week: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = dict.fromkeys(week.query(JUDGED)), others(week)
    assert sum(row[3] for row in before) == 14
    monkeypatch.setattr(enrichment, "load", lambda name=None: Sour())
    done = line.enrich_again(week.workspace, ["acme"], (date(2026, 5, 25), date(2026, 5, 26)))
    assert (done["judged_count"], done["day_count"]) == (4, 2)
    judged = week.query(JUDGED)
    assert ("sour", "1", "negative", 4) in judged
    assert sum(row[3] for row in judged) == 14
    assert others(week) == kept
    assert week.query(
        "select sum(negative_count), sum(item_count) from metric.mention_volume group by day > "
        "'2026-05-26' order by all"
    ) == [(0, 10), (4, 4)]
    assert not list(week.workspace.storage.list("judged/"))


def test_judging_again_with_the_same_model_changes_no_row(week: Bench) -> None:
    rows = week.rows(without={"publish", "journal", "published_at", "publish_id"})
    done = line.enrich_again(week.workspace)
    assert done["judged_count"] == 14
    again = week.rows(without={"publish", "journal", "published_at", "publish_id"})
    assert again == rows


def test_a_rebuild_takes_the_new_model_for_everything(
    week: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrichment, "load", lambda name=None: Sour())
    line.enrich_again(week.workspace)
    rows = week.rows("core", "metric")
    line.rebuild(week.workspace)
    assert week.rows("core", "metric") == rows


def test_what_changed_meanwhile_keeps_its_own_judgement(
    week: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = week.workspace
    monkeypatch.setattr(enrichment, "load", lambda name=None: Sour())
    monkeypatch.setattr(line, "publish", lambda *args, **how: {})
    line.enrich_again(ws, ["acme"])  # judged, and killed before the publish
    monkeypatch.undo()
    week.drop("edited.csv", table(post(0, 25, "Acme is quite another story now")))
    assert week.day(SUNDAY).published["publish_id"]
    sour = week.query("select count(*) from core.verdict where model = 'sour'")
    assert sour == [(13,)]
    (fresh,) = week.query(
        "select v.model from core.verdict v join core.mention m using (mention_id) "
        "join core.item i on i.item_id = m.item_id where i.text like '%another story%'"
    )
    assert fresh != ("sour",)
