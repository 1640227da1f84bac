"""Hacker News on a search service of ours that behaves as the real one is known to."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.hackernews import HackerNews, parse
from oyez.sources.item import canonical

from .site import Asked, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
EPOCH = datetime(1970, 1, 1)
START = int((DAY.start - EPOCH).total_seconds())


def hit(number: int, second: int, **more: Any) -> dict[str, Any]:
    """A comment of the day's n-th second."""
    return {
        "objectID": str(number),
        "created_at_i": START + second,
        "created_at": "2026-03-11T00:00:00Z",
        "author": "ana",
        "comment_text": "I like &quot;Verdier&quot;<p>a lot",
        "story_id": 1,
        "parent_id": 1,
        "story_title": "Verdier raises money",
        "points": None,
        "_tags": ["comment", "author_ana", "story_1"],
        **more,
    }


def service(hits: list[dict[str, Any]], *, per_page: int = 1000) -> Callable[[Asked], Reply]:
    """The search: newest first, half-open window, 1000 hits a query whatever the paging."""

    def respond(asked: Asked) -> Reply:
        low, high = (int(one) for one in re.findall(r"\d+", asked.params["numericFilters"]))
        assert asked.params["numericFilters"] == f"created_at_i>={low},created_at_i<{high}"
        found = [one for one in hits if low <= one["created_at_i"] < high]
        found.sort(key=lambda one: -one["created_at_i"])
        size = min(per_page, int(asked.params["hitsPerPage"]))
        page = int(asked.params["page"])
        shown = found[:1000][page * size : (page + 1) * size]
        # Beyond the last page the real service says nbHits 0 too.
        return Reply({"hits": shown, "nbHits": len(found) if shown or not page else 0})

    return respond


def query(*terms: str) -> Query:
    return Query("verdier", "hn", terms or ("Verdier",), (), ("fr",), HackerNews.Options())


def collect(respond: Callable[[Asked], Reply], *terms: str, window: Window = DAY) -> list[Any]:
    with running(respond) as site:
        return list(HackerNews(patient_web(), base_url=site.url).fetch(query(*terms), window))


def test_a_comment_becomes_an_item() -> None:
    [found] = collect(service([hit(7, 60)]))
    assert found.native_id == "7"
    assert found.data == {
        "published_at": "2026-03-11T00:01:00",
        "text": 'I like "Verdier"\n\na lot',
        "url": "https://news.ycombinator.com/item?id=7",
        "network": "hackernews",
        "channel": "forum",
        "kind": "comment",
        "author_id": "ana",
        "author_handle": "ana",
        "parent_id": "1",
        "thread_id": "1",
    }
    assert found.raw["story_title"] == "Verdier raises money"


def test_stories_questions_and_replies() -> None:
    story = hit(
        1, 0, _tags=["story", "ask_hn"], parent_id=None, comment_text=None,
        title="Ask HN: Verdier?", story_text="Any&#x27;s", points=12, num_comments=3,
    )  # fmt: skip
    found = {one.native_id: one.data for one in collect(service([story, hit(2, 1, parent_id=9)]))}
    assert found["1"]["title"] == "Ask HN: Verdier?"
    assert (found["1"]["text"], found["1"]["kind"]) == ("Any's", "question")
    assert (found["1"]["like_count"], found["1"]["reply_count"]) == (12, 3)
    assert (found["2"]["kind"], found["2"]["parent_id"]) == ("reply", "9")


def test_more_than_a_thousand_hits_are_all_found_once() -> None:
    hits = [hit(n, n * 20) for n in range(4_000)]  # 22 hours
    found = collect(service(hits))
    assert sorted(int(one.native_id) for one in found) == list(range(4_000))


def test_pages_smaller_than_asked_for_are_followed() -> None:
    found = collect(service([hit(n, n) for n in range(95)], per_page=20))
    assert len({one.native_id for one in found}) == 95


def test_a_second_with_too_many_hits_is_said_to_be_partial() -> None:
    found = collect(service([hit(n, 5) for n in range(1_200)]))
    [missed] = [one for one in found if isinstance(one, Missed)]
    assert (missed.start, missed.end) == (
        DAY.start + timedelta(seconds=5),
        DAY.start + timedelta(seconds=6),
    )
    assert missed.state == "partial"
    assert sum(isinstance(one, Found) for one in found) == 1_000


@pytest.mark.parametrize("later_pages", [[], [hit(1, 1)]], ids=["empty", "repeated"])
def test_a_service_that_gives_less_than_it_counts_is_said_to_be_partial(
    later_pages: list[dict[str, Any]],
) -> None:
    def respond(asked: Asked) -> Reply:
        hits = [hit(1, 1)] if asked.params["page"] == "0" else later_pages
        return Reply({"hits": hits, "nbHits": 3})

    found, missed = collect(respond)
    assert found.native_id == "1"
    reason = "“Verdier”: the search gave 1 of 3 items"
    assert missed == Missed(DAY.start, DAY.end, "partial", reason)


@pytest.mark.parametrize("estimate", [1, 900])
def test_an_estimated_total_neither_ends_the_paging_nor_counts_as_a_gap(estimate: int) -> None:
    hits = [hit(n, n) for n in range(95)]

    def respond(asked: Asked) -> Reply:
        reply = service(hits, per_page=20)(asked)
        return Reply({**reply.body, "nbHits": estimate, "exhaustiveNbHits": False})

    found = collect(respond)
    assert len(found) == 95
    assert not [one for one in found if isinstance(one, Missed)]


def test_window_is_half_open_to_the_microsecond() -> None:
    hits = [hit(0, -1), hit(1, 0), hit(2, 86_399), hit(3, 86_400)]
    assert {one.native_id for one in collect(service(hits))} == {"1", "2"}
    cut = Window(DAY.start, DAY.start + timedelta(seconds=10, microseconds=1))
    hits = [hit(1, 10), hit(2, 11)]
    assert {one.native_id for one in collect(service(hits), window=cut)} == {"1"}


def test_an_item_of_two_terms_is_found_once_and_terms_are_phrases() -> None:
    asked: list[str] = []

    def respond(one: Asked) -> Reply:
        asked.append(one.params["query"])
        return Reply({"hits": [hit(1, 1)], "nbHits": 1})

    assert len(collect(respond, 'Maison "Verdier"', "Verdier")) == 1
    assert asked == ['"Maison  Verdier"', '"Verdier"']


def test_nothing_found_yields_nothing() -> None:
    assert collect(service([])) == []


def test_same_window_twice_gives_the_same_items() -> None:
    hits = [hit(n, n * 30) for n in range(1_500)]
    assert collect(service(hits)) == collect(service(hits))


def test_hits_without_id_or_date_are_refused_with_a_reason() -> None:
    undated = {**hit(2, 1), "created_at_i": None, "created_at": ""}
    hits = [hit(1, 1), {"author": "x"}, "nonsense", undated]
    found = list(parse({"hits": hits}))
    assert [one.reason for one in found if isinstance(one, Reject)] == ["missing_id", "bad_shape"]
    assert "published_at" not in found[-1].data  # quarantined by item.canonical as missing_date


def test_deleted_authors_and_null_texts_are_items_without_them() -> None:
    [found] = parse({"hits": [hit(1, 1, author=None, comment_text=None)]})
    item = canonical(
        {"native_id": found.native_id, **found.data},
        date_format=None, zone=ZoneInfo("UTC"), collected_at=DAY.end,
    )  # fmt: skip
    assert (item["text"], "author_id" in item) == ("", False)


@pytest.mark.parametrize(
    "body", [b"<html>Bad gateway</html>", b'{"hits": [', b"[]", b'{"message": "Unknown parameter"}']
)
def test_nonsense_is_unavailable(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        collect(lambda _: Reply(body))


def test_too_many_requests_come_back_later() -> None:
    with pytest.raises(SourceThrottled) as caught:
        collect(lambda _: Reply(b"{}", 429, {"Retry-After": "3600"}))
    assert caught.value.until


def test_recheck_tells_gone_from_there() -> None:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/items/2":
            return Reply({"error": "not found"}, 404)
        if asked.path == "/items/3":
            return Reply({"id": 3, "type": "comment", "author": None, "text": None})
        return Reply(
            {"id": 1, "type": "comment", "created_at_i": START, "author": "ana", "text": "<p>Hi",
             "parent_id": 5, "story_id": 5, "children": [{"id": 3}]}
        )  # fmt: skip

    with running(respond) as site:
        connector = HackerNews(patient_web(), base_url=site.url)
        there, *gone = connector.recheck(query(), ["1", "2", "3"])
    assert gone == [Gone("2"), Gone("3")]
    assert isinstance(there, Found)
    assert (there.native_id, there.data["text"], there.data["kind"]) == ("1", "Hi", "comment")
    assert "children" not in there.raw


def test_probe_says_what_it_found() -> None:
    with running(lambda _: Reply({"hits": [], "nbHits": 1234})) as site:
        said = HackerNews(patient_web(), base_url=site.url).probe(query())
    assert said == "answers without a key; 1,234 items name “Verdier”"
