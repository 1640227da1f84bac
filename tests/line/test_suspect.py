"""What looks automated is flagged and counted; a storm, the press and contests are not flagged."""

from __future__ import annotations

from typing import Any

from oyez.corrections import change, correct
from oyez.workspace import Workspace

from .conftest import Bench
from .test_story import WIRE, desk, land, row

__all__ = ["desk"]
PITCH = "Acme batteries changed my life and my business forever, ask me how I did it today"
CONTEST = "I take part in the great summer contest of Acme because I love its batteries so much"

WAIT = "Nobody I know has ever waited so long for a parcel of Acme as my poor aunt"
JOKE = "Four friends of Acme post one and the same joke about batteries on a rainy day"
JOB = "Acme is hiring drivers for nights in Lyon, call this number before Friday"
ENTRY = "Je participe avec grand plaisir au concours des batteries Acme, merci à vous"


def crowd(name: str, text: str, count: int, *, every: int = 1, **other: Any) -> list[Any]:
    """Rows by as many accounts, one each `every` minutes from ten o'clock."""
    return [
        row(f"{name}{at}", 6, text, minute=at * every, **({"author": f"{name}-by{at}"} | other))
        for at in range(count)
    ]


def flagged(bench: Bench) -> dict[str, list[str]]:
    found = bench.query(
        "select i.native_id, s.reasons from core.suspect as s join core.item as i using (item_id)"
    )
    return dict(sorted(found))


def test_many_accounts_at_once_and_one_account_all_day(desk: Bench) -> None:
    land(
        desk,
        *crowd("net", PITCH, 5),
        *crowd("slow", WAIT, 5, every=11),  # one in eleven minutes is no burst
        *crowd("few", JOKE, 4),
        *crowd("again", JOB, 5, every=8, author="loud"),
        *crowd("mine", "Acme and I have known each other for years", 4, author="quiet"),
        row("ad", 6, "Acme bags, best price, free shipping, order now https://a.example/x"),
    )
    desk.publish("2026-05-31")
    assert flagged(desk) == {
        "ad": ["spam_words"],
        **{f"again{at}": ["same_account"] for at in range(5)},
        **{f"net{at}": ["many_accounts"] for at in range(5)},
    }
    counted = "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    assert desk.query(counted) == [(24,)]
    assert desk.query(
        "select count(*) filter (where is_spam), count(*) filter (where is_bot_like) "
        "from core.mention_current"
    ) == [(1, 10)]


def test_people_the_press_and_a_contest_are_no_bots(desk: Bench) -> None:
    land(
        desk,
        row("post", 6, PITCH),
        # A storm: everybody shares the post at once.
        *crowd("share", PITCH, 9, kind="repost", parent="post"),
        # A dispatch in nine outlets.
        *crowd("wire", WIRE, 9, channel="news", kind="article", outlet="Some outlet"),
        # The brand's own contest, and those who take part with the words it gave them.
        row("contest", 6, CONTEST, hour=9, author="acme"),
        *crowd("copy", CONTEST, 9),
        *crowd("enter", ENTRY, 9, kind="reply", parent="contest"),
    )
    desk.publish("2026-05-31")
    assert flagged(desk) == {}


def test_people_win_over_the_flag(desk: Bench) -> None:
    ad = "Acme bags, best price, free shipping, order now https://a.example/x"
    land(desk, row("ad", 6, ad), row("mail", 6, "Acme and I"))
    desk.publish("2026-05-31")
    ids = dict(desk.query("select native_id, item_id from core.item"))
    spam = (
        "select i.native_id from core.mention_current as m join core.item as i using (item_id) "
        "where m.is_spam"
    )
    assert desk.query(spam) == [("ad",)]
    ws: Workspace = desk.workspace
    correct(
        ws,
        "acme",
        [change(ids["ad"], "spam", "no", "ann"), change(ids["mail"], "spam", "yes", "ann")],
    )
    desk.publish()
    assert desk.query(spam) == [("mail",)]
    correct(ws, "acme", [change(ids[one], "spam", "undo", "ann") for one in ids])
    desk.publish()
    assert desk.query(spam) == [("ad",)]


def test_the_report_says_how_much_looks_automated(desk: Bench, blank_pages: None) -> None:
    land(desk, *crowd("net", PITCH, 5), *crowd("say", "Acme and I", 3))
    desk.publish("2026-05-31")
    edition = desk.edition("acme", "weekly", "2026-05-10")
    assert edition["tables"]["suspects"] == [
        {"item_count": 8, "suspect_count": 5, "spam_count": 0, "bot_like_count": 5}
    ]
    assert edition["tables"]["stories"] == [{"item_count": 8, "story_count": 4, "pick_up_count": 4}]
    assert [one["pick_up_count"] for one in edition["tables"]["top_stories"]] == [4]
    assert edition["verbatims"]["story"][0]["text"] == PITCH
