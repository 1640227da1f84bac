"""What a report says of people: whom it names, and which newcomers count."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import warehouse

from oyez.days import Period
from oyez.edition import people, spans, terms
from oyez.edition.figure import FigureMaker, Measure
from oyez.edition.reader import Reader
from oyez.metrics import card as cards
from oyez.metrics import runner

WEEK = Period("week", date(2026, 3, 2), date(2026, 3, 8))
NEEDED = (
    "author_activity", "member_first_post", "newcomer", "topic", "member_help", "thank_rate",
    "humanised_reply", "gone_quiet", "returning_member",
)  # fmt: skip


def reader(
    tmp_path: Path,
    items: list[dict[str, Any]],
    names: list[str],
    *,
    may_show_author: bool = True,
) -> Reader:
    """Return a reader of the week over these posts, `names` known."""
    for name in NEEDED:
        for end in ("sql", "yml"):
            shutil.copy(cards.folder() / f"{name}.{end}", tmp_path)
    connection = warehouse.empty(threads=1)
    coverage = [{"from": "2025-11-01 00:00", "to": "2026-03-20 00:00"}]
    days = ["2025-11-01", "2026-03-20"]
    warehouse.fill(connection, {"days": days, "coverage": coverage, "items": items})
    connection.execute("update core.item set text = 'said'")
    for name in names:
        connection.execute(
            "insert into core.author_identity by name select 'client' as client_id, "
            "$name as author_key, '@' || $name as handle",
            {"name": name},
        )
    runner.compute(connection, folder=tmp_path)
    zone = ZoneInfo("Europe/Paris")
    spans.register(connection, spans.spans(WEEK), client_id="client", brand_id="brand", zone=zone)
    allowed = {"tool": terms.Terms("tool", may_show_author=may_show_author)}
    terms.register(connection, "client", allowed)
    return Reader(connection)


def maker(minimum_n: int = 30) -> FigureMaker:
    measured = Measure("ok", 100.0, ("tool",))
    return FigureMaker(
        dict.fromkeys(("reported", "previous", "last_year"), measured),
        minimum_n=minimum_n,
        key="k",
        basis=lambda metric, span: {"card": metric, "span": span},
        refusal=lambda metric, span: None,
        beside=lambda name, kind, comparison: comparison,
        targets={},
        bridges={},
    )


def post(name: str, at: str, author: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "at": at, "author": author, "channel": "community", **more}


HELP = [
    post("q", "2026-03-02 10:00", "ann", kind="question", intents=[]),
    post("r1", "2026-03-02 11:00", "bob", kind="reply", answers="q", intents=[]),
    post("t1", "2026-03-03 11:00", "ann", kind="reply", answers="r1", intents=["thanks"]),
    post("r2", "2026-03-03 12:00", "cleo", kind="reply", answers="q", intents=[]),
    post("t2", "2026-03-03 13:00", "ann", kind="reply", answers="r2", intents=["thanks"]),
]


def test_who_is_thanked_is_named_where_a_name_is_known(tmp_path: Path) -> None:
    found = people.community(reader(tmp_path, HELP, ["ann", "bob"]), maker())
    assert found.tables["to_thank"] == [
        {
            "author": "@bob",
            "thanks_count": 1,
            "first_answer_count": 1,
            "reply_count": 1,
            "hidden_count": 1,  # cleo's name is not known
        }
    ]
    thanks = found.figures["thank_rate"]
    assert (thanks.value, thanks.n, thanks.status) == (50.0, 4, "n_too_small")


def test_nobody_is_named_where_the_terms_forbid_it(tmp_path: Path) -> None:
    names = ["ann", "bob", "cleo"]
    found = people.community(reader(tmp_path, HELP, names, may_show_author=False), maker())
    assert "to_thank" not in found.tables


def test_a_newcomer_whose_two_days_still_run_is_not_counted_yet(tmp_path: Path) -> None:
    items = [
        post("a", "2026-03-02 10:00", "ann", intents=[]),
        post("b", "2026-03-02 11:00", "bob", kind="reply", answers="a", intents=[]),
        post("c", "2026-03-08 11:00", "cleo", intents=[]),  # Sunday: until Tuesday
    ]
    welcome = people.community(reader(tmp_path, items, []), maker(2)).figures["welcome_rate"]
    assert (welcome.value, welcome.n) == (50.0, 2)


def test_whoever_is_back_by_the_end_of_the_week_is_not_listed_as_silent(tmp_path: Path) -> None:
    items = [
        post("a", "2026-01-31 10:00", "ann", times=4, intents=[]),  # silent for 30 days on 2 March
        post("b", "2026-01-31 10:00", "bob", times=5, intents=[]),
        post("b-again", "2026-03-06 10:00", "bob", intents=[]),
    ]
    found = people.community(reader(tmp_path, items, ["ann", "bob"]), maker()).tables
    assert [(row["author"], row["last_day"]) for row in found["gone_quiet"]] == [
        ("@ann", "2026-01-31")
    ]
    assert [(row["author"], row["day"]) for row in found["returning_members"]] == [
        ("@bob", "2026-03-06")
    ]


@pytest.mark.parametrize(("minimum_n", "has_figure"), [(9, True), (10, False)])
def test_half_of_a_few_posts_is_no_finding(
    tmp_path: Path, minimum_n: int, has_figure: bool
) -> None:
    items = [
        post("a", "2026-03-02 10:00", "ann", times=6, intents=[]),
        post("b", "2026-03-02 10:00", "bob", times=3, intents=[]),
    ]
    figures = people.community(reader(tmp_path, items, []), maker(minimum_n)).figures
    assert ("half_members" in figures) is has_figure
    if has_figure:
        assert (figures["half_members"].value, figures["half_members"].n) == (1, 2)


def test_feelings_are_told_of_the_replies_that_were_read(tmp_path: Path) -> None:
    own = {"own_voice_of": "brand", "kind": "reply", "intents": []}
    items = [
        post("r1", "2026-03-02 10:00", "desk", traits=["addressed", "empathy"], **own),
        post("r2", "2026-03-02 11:00", "desk", traits=["addressed"], language="es", **own),
    ]
    figures = people.replies(reader(tmp_path, items, []), maker(1)).figures
    assert (figures["reply_addressed"].value, figures["reply_addressed"].n) == (100.0, 2)
    assert (figures["reply_empathy"].value, figures["reply_empathy"].n) == (100.0, 1)
    assert (figures["reply_signed"].value, figures["reply_signed"].n) == (0.0, 2)
