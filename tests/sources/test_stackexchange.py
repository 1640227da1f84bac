# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from oyez.config.model import Brand
from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.credential import Credential
from oyez.sources.stackexchange import Options, StackExchange, parse

from .payload_table import PAYLOADS, needs_payloads
from .site import Asked, Clock, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
NOON = int(datetime(2026, 3, 11, 12, tzinfo=UTC).timestamp())
KEY = "key-0123456789"


def parsed(body: bytes):
    """For the table of payloads."""
    yield from parse(json.loads(body))


def question(number: int, at: int = NOON, **fields: Any) -> dict[str, Any]:
    return {
        "question_id": number,
        "title": "Verdier isn&#39;t &quot;closing&quot;",
        "body": "<p>My <em>Verdier</em> jar &lt;5 l leaks</p>",
        "creation_date": at,
        "score": 3,
        "answer_count": 2,
        "view_count": 40,
        "owner": {
            "user_id": 42,
            "display_name": "Mira &amp; Co",
            "link": "https://superuser.com/users/42/mira-co",
        },
        **fields,
    }


def answer(number: int, of: int, at: int = NOON, **fields: Any) -> dict[str, Any]:
    return {
        "answer_id": number,
        "question_id": of,
        "body": "<p>Turn the Verdier lid</p>",
        "creation_date": at,
        "score": -2,
        "owner": {"user_id": 7, "display_name": "Lena"},
        **fields,
    }


class Api:
    """The API over a list of posts; `extra` is added to every good answer."""

    def __init__(self, posts: list[dict[str, Any]], *, size: int = 100, **extra: Any) -> None:
        self.posts, self.size, self.extra = posts, size, extra

    def __call__(self, asked: Asked) -> Reply:
        assert asked.params["key"] == KEY
        name, _, ids = asked.path.lstrip("/").partition("/")
        if name == "search":
            low, high = int(asked.params["fromdate"]), int(asked.params["todate"])
            hits = [one for one in self.posts if low <= one["creation_date"] <= high]
            hits.sort(key=lambda one: -one["creation_date"])
            start = (int(asked.params["page"]) - 1) * self.size
            page = [
                {key: one[key] for key in one if key not in ("owner", "body")}
                for one in hits[start : start + self.size]
            ]
            return self.good(page, has_more=start + self.size < len(hits))
        if name in ("questions", "answers"):
            key = name.removesuffix("s") + "_id"
            wanted = {int(one) for one in ids.split(";")}
            posts = [one for one in self.posts if ("answer_id" in one) == (name == "answers")]
            return self.good([one for one in posts if one[key] in wanted])
        return self.good([{}], quota_max=10000)

    def good(self, items: list[dict[str, Any]], **more: Any) -> Reply:
        return Reply(
            {"items": items, "has_more": False, "quota_remaining": 9000, **more, **self.extra}
        )


def query(**options: Any) -> Query:
    return Query(
        client_id="verdier",
        source_id="stack",
        terms=("Verdier",),
        brands=(Brand(id="verdier", name="Verdier"),),
        languages=("en",),
        options=Options(**options),
    )


def read(api: Any, *, clock: Clock | None = None, key: str = KEY, **options: Any):
    with running(api) as site:
        source = StackExchange(patient_web(clock), Credential(password=key))
        source.api_url = site.url
        return list(source.fetch(query(**options), DAY)), site


def ids(results: list[Any]) -> list[str]:
    return [one.native_id for one in results if isinstance(one, Found)]


def test_reads_all_pages_once():
    posts = [question(n, NOON - n) for n in range(250)]
    posts += [answer(n, 1, NOON + n) for n in range(1000, 1030)]
    results, _ = read(Api(posts))
    assert len(ids(results)) == len(set(ids(results))) == 280
    assert not [one for one in results if isinstance(one, Missed)]


def test_reads_the_same_twice():
    api = Api([question(n, NOON - n) for n in range(30)], size=10)
    assert read(api)[0] == read(api)[0]


def test_the_window_is_half_open():
    first, end = (int(one.replace(tzinfo=UTC).timestamp()) for one in (DAY.start, DAY.end))
    results, _ = read(Api([question(1, first - 1), question(2, first), question(3, end)]))
    assert ids(results) == ["stackoverflow/q/2"]


def test_maps_a_question_and_its_answer():
    results, _ = read(Api([question(5), answer(6, 5)]), sites=["superuser"])
    asked, given = (one.data for one in results)
    assert asked == {
        "published_at": "2026-03-11T12:00:00",
        "text": "My Verdier jar <5 l leaks",
        "title": 'Verdier isn\'t "closing"',
        "url": "https://superuser.com/q/5",
        "network": "stackexchange",
        "channel": "forum",
        "kind": "question",
        "author_id": "42@superuser",
        "author_name": "Mira & Co",
        "author_url": "https://superuser.com/users/42/mira-co",
        "parent_id": None,
        "thread_id": "superuser/q/5",
        "like_count": 3,
        "reply_count": 2,
        "view_count": 40,
        "outlet": "superuser.com",
    }
    assert (given["kind"], given["parent_id"]) == ("reply", "superuser/q/5")
    assert given["url"] == "https://superuser.com/a/6"
    assert given["title"] is None
    assert given["like_count"] is None  # two votes against


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("stackoverflow", "stackoverflow.com"),
        ("pt.stackoverflow", "pt.stackoverflow.com"),
        ("mathoverflow.net", "mathoverflow.net"),
        ("cooking", "cooking.stackexchange.com"),
        ("cooking.meta", "cooking.meta.stackexchange.com"),
    ],
)
def test_knows_where_a_site_lives(site, host):
    (found,) = parse({"items": [question(5)]}, site=site)
    assert found.data["url"] == f"https://{host}/q/5"


def test_asks_for_the_whole_phrase_without_its_quotes():
    with running(Api([])) as site:
        source = StackExchange(patient_web(), Credential(password=KEY))
        source.api_url = site.url
        asked = Query(**{**vars(query()), "terms": ('Maison "V"',)})
        assert list(source.fetch(asked, DAY)) == []
    assert site.asked[0].params["q"] == '"Maison  V "'


def test_obeys_backoff_on_good_answers():
    clock = Clock()
    results, _ = read(Api([question(1)], backoff=12), clock=clock)
    assert ids(results) == ["stackoverflow/q/1"]
    assert sum(clock.slept) >= 12


def test_a_used_up_quota_ends_the_day():
    with pytest.raises(SourceThrottled) as caught:
        read(Api([question(1)], quota_remaining=0, quota_max=10000))
    assert caught.value.until == datetime(2026, 3, 13)


def test_a_throttled_address_says_until_when():
    body = {
        "error_id": 502,
        "error_name": "throttle_violation",
        "error_message": "too many requests from this IP, more requests available in 300 seconds",
    }
    with pytest.raises(SourceThrottled) as caught:
        read(lambda _: Reply(body, 400))
    assert caught.value.until == datetime(2026, 3, 12, 6, 5)


@pytest.mark.parametrize(
    ("number", "message", "error"),
    [
        (400, "`key` doesn't match a known application", SourceDenied),
        (403, "access denied", SourceDenied),
        (400, "No site found for name `nowhere`", SourceUnavailable),
        (500, "internal error", SourceUnavailable),
        (503, "temporarily unavailable", SourceUnavailable),
    ],
)
def test_errors_keep_their_meaning(number, message, error):
    body = {"error_id": number, "error_name": "x", "error_message": message}
    with pytest.raises(error) as caught:
        read(lambda _: Reply(body, 400))
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("body", [b"<html>", b'{"items": [', b"[]", b"{}"])
def test_nonsense_is_no_answer(body):
    with pytest.raises(SourceUnavailable):
        read(lambda _: Reply(body))


def test_pages_that_do_not_end_are_a_gap():
    def endless(asked: Asked) -> Reply:
        if asked.path.startswith("/search"):
            item = {"question_id": 1, "creation_date": NOON}
            return Reply({"items": [item], "has_more": True, "quota_remaining": 9})
        return Reply({"items": [question(1)], "quota_remaining": 9})

    results, site = read(endless)
    assert ids(results) == ["stackoverflow/q/1"]
    missed = [one for one in results if isinstance(one, Missed)]
    assert [(one.start, one.end) for one in missed] == [(DAY.start, datetime(2026, 3, 11, 12))]
    assert len(site.asked) == 3


def test_what_is_no_post_is_refused_with_its_reason():
    items = [{"user_id": 1}, question(5, body=None), question(6)]
    assert [getattr(one, "reason", "ok") for one in parse({"items": items})] == [
        "not_a_post",
        "missing_text",
        "ok",
    ]


def test_recheck_and_probe():
    with running(Api([question(1), answer(2, 1)])) as site:
        source = StackExchange(patient_web(), Credential(password=KEY))
        source.api_url = site.url
        wanted = [f"stackoverflow/{one}" for one in ("q/1", "q/9", "a/2", "a/3")]
        results = list(source.recheck(query(), wanted))
        assert [(type(one), one.native_id[-3:]) for one in results] == [
            (Found, "q/1"),
            (Gone, "q/9"),
            (Found, "a/2"),
            (Gone, "a/3"),
        ]
        assert "9000 of 10000" in source.probe(query())


@needs_payloads
@pytest.mark.shared
def test_recorded_answers_hold_no_posts():
    for path in sorted((PAYLOADS / "stackexchange/stackapi/tests/mock_objects").iterdir()):
        results = list(parsed(path.read_bytes()))
        assert results
        assert {type(one) for one in results} == {Reject}
