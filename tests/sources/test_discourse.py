# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.config.model import Account, Brand
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.credential import Credential
from oyez.sources.discourse import Discourse, Options, parse

from .forum import Forum, post
from .payload_table import PAYLOADS, needs_payloads
from .site import Asked, Clock, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
KEY = "k" * 32


def parsed(body: bytes):
    """For the table of payloads."""
    value = json.loads(body)
    for one in value if isinstance(value, list) else [value]:
        yield from parse(one)


def query(url: str, **options: Any) -> Query:
    own = Brand(
        id="verdier", name="Verdier", accounts=[Account(network="discourse", handle="Lena")]
    )
    rival = Brand(id="rival", name="Rival")
    return Query(
        client_id="maison-verdier",
        source_id="forum",
        terms=("Verdier",),
        brands=(own, rival),
        languages=("fr",),
        options=Options(url=url, **options),
    )


def read(forum: Any, window: Window = DAY, *, clock: Clock | None = None, **options: Any):
    with running(forum) as site:
        source = Discourse(patient_web(clock), Credential(login="oyez", password=KEY))
        return list(source.fetch(query(site.url, **options), window)), site


def at(minute: int) -> str:
    """Return an instant so many minutes after the day began."""
    return (DAY.start + timedelta(minutes=minute)).isoformat() + ".000Z"


def found(results: list[Any]) -> list[Found]:
    return [one for one in results if isinstance(one, Found)]


def ids(results: list[Any]) -> list[int]:
    return [int(one.native_id.rpartition("/")[2]) for one in found(results)]


# 30 posts of the day before, 120 of the day, 60 of the day after: ids go on, pages hold 50.
THREE_DAYS = (
    [post(n, at(-600 + n)) for n in range(1, 31)]
    + [post(n, at(n)) for n in range(31, 151)]
    + [post(n, at(1440 + n)) for n in range(151, 211)]
)


@pytest.mark.parametrize("age", ["exclusive", "inclusive", "bracket"])
def test_reads_each_post_of_the_day_once(age):
    results, _ = read(Forum(THREE_DAYS, age=age))
    assert sorted(ids(results)) == list(range(31, 151))
    assert not [one for one in results if isinstance(one, Missed)]


@pytest.mark.parametrize("age", ["exclusive", "inclusive", "bracket"])
def test_reads_the_same_twice(age):
    with running(Forum(THREE_DAYS, age=age)) as site:
        source = Discourse(patient_web(), Credential(password=KEY))
        first, second = (list(source.fetch(query(site.url), DAY)) for _ in range(2))
    assert first == second


def test_brackets_without_visible_posts_do_not_end_the_walk():
    posts = [{**one, "invisible": True} if 51 <= one["id"] <= 140 else one for one in THREE_DAYS]
    results, _ = read(Forum(posts, age="bracket"))
    assert sorted(ids(results)) == [*range(31, 51), *range(141, 151)]


def test_posts_out_of_date_order_do_not_stop_the_walk():
    # Eighty posts of last year, imported in the middle of the day: a whole page holds nothing else.
    posts = [
        {**one, "created_at": "2025-01-05T00:00:00.000Z"} if 60 <= one["id"] < 140 else one
        for one in THREE_DAYS
    ]
    results, _ = read(Forum(posts))
    assert sorted(ids(results)) == [*range(31, 60), *range(140, 151)]


def test_a_day_long_ago_is_found_by_halving():
    later = [post(n, at(3 * 1440 + n)) for n in range(211, 9000)]
    results, site = read(Forum(THREE_DAYS + later))
    assert sorted(ids(results)) == list(range(31, 151))
    assert len(site.asked) < 30  # walking down would take 180 pages


def test_the_window_is_half_open():
    posts = [post(1, at(-1)), post(2, at(0)), post(3, at(1439)), post(4, at(1440))]
    assert ids(read(Forum(posts))[0]) == [3, 2]


def test_a_day_without_posts_yields_nothing():
    posts = [post(1, at(-60)), post(2, at(1500))]
    assert read(Forum(posts))[0] == []


def test_a_forum_that_shows_nothing_is_not_a_quiet_day():
    results, _ = read(Forum([]))
    assert [type(one) for one in results] == [Missed]
    assert (results[0].start, results[0].end, results[0].state) == (DAY.start, DAY.end, "partial")


def test_maps_an_opener_and_the_staff_reply_to_it():
    question = post(
        7,
        at(10),
        topic_id=70,
        topic_title="Broken lid",
        cooked='<p>My lid <b>broke</b> &amp; leaks <img class="emoji" alt=":sob:"></p>',
        actions_summary=[{"id": 2, "count": 4}, {"id": 3, "can_act": True}],
        reply_count=1,
    )
    quote = '<aside class="quote"><blockquote><p>My lid broke</p></blockquote></aside>'
    answer = post(
        8,
        at(30),
        topic_id=70,
        post_number=2,
        reply_to_post_number=1,
        username="Lena",
        user_id=3,
        staff=True,
        cooked=f"{quote}<p>We send a new one.</p>",
    )
    results, site = read(Forum([question, answer]))
    place = site.url.removeprefix("http://")
    opener, reply = found(results)
    assert opener.native_id == f"{place}/p/7"
    assert opener.data == {
        "published_at": at(10),
        "text": "My lid broke & leaks :sob:",
        "title": "Broken lid",
        "url": f"{site.url}/t/70/1",
        "network": "discourse",
        "channel": "community",
        "kind": "question",
        "author_id": f"42@{place}",
        "author_handle": "mira",
        "author_name": "Mira Bell",
        "parent_id": None,
        "thread_id": f"{place}/t/70",
        "like_count": 4,
        "reply_count": 1,
        "view_count": 3,
        "brand": "verdier",
        "outlet": place,
    }
    assert reply.data["kind"] == "reply"
    assert reply.data["title"] is None
    assert reply.data["text"] == "We send a new one."
    assert reply.data["author_handle"] == "Lena"
    assert reply.data["parent_id"] == f"{place}/p/7"
    assert reply.data["thread_id"] == f"{place}/t/70"


def test_looks_up_the_parent_of_a_staff_reply_to_an_older_post():
    posts = [
        post(1, at(-900), topic_id=70),
        post(2, at(10), topic_id=70, post_number=2, reply_to_post_number=1, username="lena"),
        post(3, at(11), topic_id=70, post_number=3, reply_to_post_number="1"),
    ]
    results, site = read(Forum(posts))
    parents = {int(one.native_id[-1]): one.data["parent_id"] for one in found(results)}
    # An account that the client's file names is staff; a member's reply costs no look-up.
    assert parents == {2: f"{site.url.removeprefix('http://')}/p/1", 3: None}
    assert [one.path for one in site.asked].count("/t/70/1.json") == 1


@pytest.mark.parametrize("status", [403, 404])
def test_an_unreadable_parent_leaves_the_reply_in_its_topic(status):
    def refuse(asked: Asked) -> Reply | None:
        return Reply({"errors": ["no"]}, status) if asked.path.startswith("/t/") else None

    posts = [post(2, at(10), post_number=2, reply_to_post_number=1, staff=True)]
    results, _ = read(Forum(posts, before_answer=refuse))
    assert [one.data["parent_id"] for one in found(results)] == [None]


def test_what_nobody_may_see_is_dropped_with_its_reason_and_without_its_words():
    posts = [
        post(1, at(1), post_type=4, cooked="<p>secret</p>"),
        post(2, at(2), post_type=3),
        post(3, at(3), deleted_at=at(4), cooked="<p>secret</p>"),
        post(4, at(4), user_deleted=True),
        post(5, at(5), hidden=True),
        post(6, at(6), user_id=-1, username="system"),
        post(7, at(7)),
    ]
    results, _ = read(Forum(posts))
    rejects = [one for one in results if isinstance(one, Reject)]
    assert {int(one.ref[-1]): one.reason for one in rejects} == {
        1: "whisper",
        2: "small_action",
        3: "deleted",
        4: "deleted",
        5: "hidden",
        6: "automated",
    }
    assert "secret" not in json.dumps([one.raw for one in rejects])
    assert ids(results) == [7]


def test_a_post_without_id_or_date_is_said_not_lost():
    posts = [post(5, at(5)), post(4, "yesterday")]
    nameless = {**post(3, at(3)), "id": None}
    page = {"latest_posts": [*posts, nameless]}
    results, _ = read(
        lambda asked: Reply(page if "before" not in asked.params else {"latest_posts": []})
    )
    assert ids(results) == [5, 4]  # the collector quarantines `yesterday`
    assert [one.reason for one in results if isinstance(one, Reject)] == ["missing_id"]


def test_a_forum_that_repeats_its_page_is_left_with_a_gap():
    page = {"latest_posts": [post(n, at(n)) for n in range(1100, 1050, -1)]}
    results, site = read(lambda _: Reply(page))
    missed = [one for one in results if isinstance(one, Missed)]
    assert len(ids(results)) == 50
    assert [one.start for one in missed] == [DAY.start]
    assert len(site.asked) < 30


def test_another_brand_can_be_named():
    assert found(read(Forum([post(1, at(1))]), brand="rival")[0])[0].data["brand"] == "rival"
    with pytest.raises(ConfigError, match="verdier"):
        read(Forum([post(1, at(1))]), brand="unknown")


def test_waits_a_short_refusal_out():
    refusals = [Reply({"errors": ["slow"], "extras": {"wait_seconds": 9}}, 429)]
    clock = Clock()
    results, _ = read(
        Forum(THREE_DAYS, before_answer=lambda _: refusals.pop() if refusals else None), clock=clock
    )
    assert sorted(ids(results)) == list(range(31, 151))
    assert sum(clock.slept) >= 9


def test_a_long_refusal_says_until_when_and_keeps_what_was_read():
    def refuse(asked: Asked) -> Reply | None:
        if asked.params.get("before", "999") > "161":
            return None
        body = {"errors": ["slow"], "error_type": "rate_limit", "extras": {"wait_seconds": 900}}
        return Reply(body, 429, {"Retry-After": "900"})

    clock = Clock()
    kept: list[Any] = []
    with running(Forum(THREE_DAYS, before_answer=refuse)) as site:
        source = Discourse(patient_web(clock), Credential(password=KEY))
        with pytest.raises(SourceThrottled) as caught:
            kept.extend(source.fetch(query(site.url), DAY))
    assert ids(kept) == []  # the first page holds the day after
    assert caught.value.until is not None
    assert caught.value.until >= datetime(2026, 3, 12, 6, 15)


def test_replies_read_before_an_error_are_yielded():
    posts = [post(n, at(n), post_number=2, reply_to_post_number=1) for n in range(1, 80)]
    down = Forum(posts, before_answer=lambda asked: Reply(b"", 500) if asked.params else None)
    kept: list[Any] = []
    with running(down) as site:
        source = Discourse(patient_web(), Credential(password=KEY))
        with pytest.raises(SourceUnavailable):
            kept.extend(source.fetch(query(site.url), DAY))
    assert ids(kept) == list(range(79, 29, -1))


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_denied(status):
    with pytest.raises(SourceDenied) as caught:
        read(lambda _: Reply({"errors": ["invalid"], "error_type": "invalid_access"}, status))
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "body", [b"<html>maintenance</html>", b'{"latest_posts": [{"id"', b"[]", b'{"latest_posts": 3}']
)
def test_nonsense_is_no_answer(body):
    with pytest.raises(SourceUnavailable):
        read(lambda _: Reply(body))


def test_the_address_may_come_from_the_connection():
    with running(Forum([post(1, at(1))])) as site:
        credential = Credential(host=site.url, login="oyez", password=KEY)
        asked = query(site.url)
        asked = Query(**{**vars(asked), "options": Options()})
        source = Discourse(patient_web(), credential)
        assert len(found(list(source.fetch(asked, DAY)))) == 1
        assert "newest post 1" in source.probe(asked)
        assert site.asked[0].headers["Api-Key"] == KEY
        assert site.asked[0].headers["Api-Username"] == "oyez"
        with pytest.raises(ConfigError, match="address"):
            list(Discourse(patient_web(), Credential(password=KEY)).fetch(asked, DAY))


def test_recheck_tells_what_is_gone():
    posts = [post(1, at(1)), post(2, at(2), hidden=True)]
    with running(Forum(posts)) as site:
        place = site.url.removeprefix("http://")
        source = Discourse(patient_web(), Credential(password=KEY))
        wanted = [f"{place}/p/{number}" for number in (1, 2, 3)]
        results = list(source.recheck(query(site.url), wanted))
    assert [type(one) for one in results] == [Found, Gone, Gone]


@needs_payloads
@pytest.mark.shared
def test_recorded_pages_become_items():
    folder = PAYLOADS / "discourse/discourse_api/spec/fixtures"
    latest = list(parsed((folder / "posts_latest.json").read_bytes()))
    assert found(latest)[0].data["text"] == "holla bullhonky."
    assert len(found(latest)) == 2
    assert [one.reason for one in latest if isinstance(one, Reject)] == ["automated"] * 2
    for path in sorted(folder.glob("*.json")):
        assert list(parsed(path.read_bytes())), path.name
