"""GDELT on a service of ours that has its limits, its refusals and its broken escapes."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Missed, Query, Window
from oyez.sources.gdelt import Gdelt, parse
from oyez.sources.halving import Halved

from .site import Asked, Clock, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
HOUR = timedelta(hours=1)
BUSY = b"Please limit requests to one every 5 seconds or contact kalev.leetaru5@gmail.com"
LOAD = b"Your query was too short or too long."


def article(number: int, at: datetime, **more: Any) -> dict[str, Any]:
    return {
        "url": f"https://www.press.example/{number}?utm_source=x",
        "url_mobile": "",
        "title": f"Verdier opens shop {number}",
        "seendate": f"{at:%Y%m%dT%H%M%SZ}",
        "domain": "press.example",
        "language": "French",
        "sourcecountry": "France",
        **more,
    }


def service(articles: list[dict[str, Any]]) -> Callable[[Asked], Reply]:
    """Both ends included, newest first, 250 rows; `{}` when there is none."""

    def respond(asked: Asked) -> Reply:
        low, high = asked.params["startdatetime"], asked.params["enddatetime"]
        assert asked.params["maxrecords"] == "250"
        found = [
            one
            for one in articles
            if low <= one["seendate"].replace("T", "").replace("Z", "") <= high
        ]
        found.sort(key=lambda one: one["seendate"], reverse=True)
        return Reply({"articles": found[:250]} if found else {})

    return respond


def query(*terms: str, **options: Any) -> Query:
    given = Gdelt.Options.model_validate(options)
    return Query("verdier", "press", terms or ("Verdier",), (), ("fr",), given)


def collect(respond: Callable[[Asked], Reply], *terms: str, **options: Any) -> list[Any]:
    clock = Clock()
    with running(respond) as site:
        connector = Gdelt(patient_web(clock), base_url=site.url, sleep=clock.sleep)
        return list(Halved(connector).fetch(query(*terms, **options), DAY))


def test_an_article_becomes_an_item() -> None:
    [found] = collect(service([article(1, DAY.start + HOUR)]))
    assert found.native_id == "press.example/1"
    assert found.data == {
        "published_at": "2026-03-11T01:00:00",
        "title": "Verdier opens shop 1",
        "url": "https://www.press.example/1?utm_source=x",
        "network": "news",
        "channel": "news",
        "kind": "article",
        "language": "fr",
        "outlet": "press.example",
    }


def test_no_match_is_an_empty_object_and_yields_nothing() -> None:
    assert collect(service([])) == []


def test_more_than_250_articles_are_all_found_once() -> None:
    articles = [article(n, DAY.start + timedelta(seconds=80 * n)) for n in range(1_080)]
    found = collect(service(articles))
    assert len(found) == 1_080
    assert len({one.native_id for one in found}) == 1_080
    assert found == collect(service(articles))


def test_a_quarter_of_an_hour_with_too_many_is_said_to_be_partial() -> None:
    found = collect(service([article(n, DAY.start + 2 * HOUR) for n in range(300)]))
    missed = [one for one in found if isinstance(one, Missed)]
    assert [(one.start, one.end, one.state) for one in missed] == [
        (DAY.start + 1.75 * HOUR, DAY.start + 2 * HOUR, "partial"),
        (DAY.start + 2 * HOUR, DAY.start + 2.25 * HOUR, "partial"),
    ]
    assert sum(isinstance(one, Found) for one in found) == 250


def test_both_ends_of_the_day_belong_to_one_day() -> None:
    instants = (DAY.start - HOUR, DAY.start, DAY.end - timedelta(seconds=1), DAY.end)
    found = collect(service([article(n, at) for n, at in enumerate(instants)]))
    assert [one.native_id[-1] for one in found] == ["2", "1"]


@pytest.mark.parametrize("status", [200, 429])
def test_refusal_in_plain_text_is_never_zero_articles(status: int) -> None:
    with pytest.raises(SourceThrottled) as caught:
        collect(lambda _: Reply(BUSY, status))
    assert caught.value.until


def test_busy_once_is_waited_for() -> None:
    replies = iter([Reply(BUSY), Reply({"articles": [article(1, DAY.start)]})])
    assert len(collect(lambda _: next(replies))) == 1


def test_queries_keep_their_distance() -> None:
    clock = Clock()
    with running(service([])) as site:
        connector = Gdelt(patient_web(clock), base_url=site.url, sleep=clock.sleep)
        terms = [f"brand number {n:02} of a long list" for n in range(12)]
        assert list(connector.fetch(query(*terms), DAY)) == []
        assert len(site.asked) == 3
        assert all(len(one.params["query"]) <= 200 for one in site.asked)
        assert site.asked[0].params["query"].startswith('("brand number 00 of a long list" OR "')
    assert clock.slept == [6.0, 6.0]


def test_short_and_odd_terms_are_asked_as_gdelt_can() -> None:
    asked: list[str] = []

    def respond(one: Asked) -> Reply:
        asked.append(one.params["query"])
        return Reply({})

    [missed] = collect(respond, "SEC", "H&M", 'the "Verdier" (shop)', languages=["fr", "en"])
    assert asked == ['(SEC OR "the Verdier shop") (sourcelang:french OR sourcelang:english)']
    # The other terms were searched: the day is partial, not blind.
    assert (missed.state, "H&M" in missed.reason) == ("partial", True)
    [missed] = collect(respond, "H&M")
    assert missed.state == "not_configured"


def test_a_phrase_gdelt_refuses_spoils_nothing_else() -> None:
    def respond(one: Asked) -> Reply:
        if "Petit" in one.params["query"]:
            return Reply(b"The specified phrase is too short.")
        return service([article(1, DAY.start)])(one)

    found, missed = collect(respond, "Verdier", "Petit")
    assert isinstance(found, Found)
    assert (missed.start, missed.end, missed.state) == (DAY.start, DAY.end, "partial")
    assert "Petit: GDELT says “The specified phrase is too short.”" in missed.reason


def test_a_query_called_too_long_under_load_is_asked_again() -> None:
    replies = iter([Reply(LOAD), Reply(LOAD), Reply({"articles": [article(1, DAY.start)]})])
    assert [one.native_id for one in collect(lambda _: next(replies))] == ["press.example/1"]
    [missed] = collect(lambda _: Reply(LOAD))
    assert missed.state == "source_down"


def test_escapes_that_json_has_not_are_mended() -> None:
    raw = json.dumps({"articles": [article(1, DAY.start)]})
    raw = raw.replace("opens", r"\'opens\x \u12 \\o\"")
    [found] = collect(lambda _: Reply(raw.encode()))
    assert found.data["title"] == r"""Verdier \'opens\x \u12 \o" shop 1"""
    broken_bytes = json.dumps({"articles": [article(2, DAY.start)]}).encode()
    [found] = collect(lambda _: Reply(broken_bytes.replace(b"opens", b"op\xffens\n")))
    assert found.data["title"] == "Verdier op\ufffdens\nshop 2"


def test_a_poison_slice_is_isolated_and_missed() -> None:
    poison = DAY.start + timedelta(hours=9, minutes=20)
    articles = [article(n, DAY.start + n * HOUR) for n in range(24)]

    def respond(one: Asked) -> Reply:
        if one.params["startdatetime"] <= f"{poison:%Y%m%d%H%M%S}" < one.params["enddatetime"]:
            return Reply(b'{"articles": [{"url": "https://press.example/x", "title": "cut')
        return service(articles)(one)

    found = collect(respond, "Verdier", "Maison Verdier")
    [missed] = [one for one in found if isinstance(one, Missed)]
    assert (missed.start, missed.end) == (
        DAY.start + timedelta(hours=9, minutes=15),
        DAY.start + timedelta(hours=9, minutes=30),
    )
    assert missed.state == "source_down"
    assert len({one.native_id for one in found if isinstance(one, Found)}) == 24


@pytest.mark.parametrize(
    "body", [b'{"articles": [', b"", b"<html><body>" + b"x" * 500 + b"</body></html>", b"[1]"]
)
def test_nothing_but_nonsense_is_unavailable(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        collect(lambda _: Reply(body))


def test_the_number_of_queries_is_bounded_and_the_rest_is_missed() -> None:
    articles = [article(n, DAY.start + timedelta(seconds=30 * n)) for n in range(2_880)]
    found = collect(service(articles), max_queries=5)
    missed = [one for one in found if isinstance(one, Missed)]
    # Day, its first half, quarter, eighth and sixteenth were asked; the rest is said to be missed.
    assert [(one.end - one.start) / HOUR for one in missed] == [1.5, 3.0, 6.0, 12.0]
    assert {one.state for one in missed} == {"not_asked"}
    # What the full answers gave on the way down is kept: the newest 250 of the day, of its half and
    # of its quarter, and all 361 from midnight to three (both ends included, one in 30 seconds).
    assert sum(isinstance(one, Found) for one in found) == 3 * 250 + 361


def test_rows_without_address_or_date_are_refused_with_a_reason() -> None:
    rows = [article(1, DAY.start, url=""), article(2, DAY.start, seendate="yesterday"), 3]
    found = list(parse(json.dumps({"articles": rows}).encode()))
    assert all(isinstance(one, Reject) for one in found)
    assert [one.reason for one in found] == ["missing_id", "bad_date", "bad_shape"]


def test_options_are_bounded() -> None:
    with pytest.raises(ValidationError):
        Gdelt.Options.model_validate({"max_queries": 0})


def test_probe_says_what_it_found() -> None:
    with running(lambda _: Reply({"articles": [article(1, DAY.start)]})) as site:
        said = Gdelt(patient_web(), base_url=site.url).probe(query())
        assert site.asked[0].params["timespan"] == "1d"
    assert said == "answers without a key; 1 articles name Verdier since yesterday"
