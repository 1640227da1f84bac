"""A poison item costs its quarter of an hour; a site that is down costs three tries."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources import halving
from oyez.sources.contract import Capabilities, Found, Missed, NoOptions, Query, Window
from oyez.sources.hackernews import HackerNews
from oyez.sources.halving import Halved

from .site import Asked, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
QUERY = Query("verdier", "site", ("Verdier",), (), ("fr",), NoOptions())


class Site:
    """Gives an item an hour, newest first, until it comes to a poisoned instant of the window."""

    name = title = "site"
    Options = NoOptions

    def __init__(self, *poison: datetime, narrowest: int = 15, is_answered: bool = True) -> None:
        self.capabilities = Capabilities(
            past_day="yes", is_sorted=True, needs="nothing", slice_minutes=narrowest
        )
        self.poison, self.is_answered = poison, is_answered
        self.asked: list[Window] = []

    def fetch(self, query: Query, window: Window) -> Iterator[Any]:
        self.asked.append(window)
        dates = [DAY.start + n * HOUR for n in range(24)] + list(self.poison)
        yield Reject("page 1", 1, "missing_id", "an item without id", {})
        for at in sorted((at for at in dates if window.holds(at)), reverse=True):
            if at in self.poison:
                raise SourceUnavailable("status 500", is_answered=self.is_answered)
            yield Found(f"{at:%H}", {"published_at": at.isoformat()}, {}, f"{at:%H:%M}")

    def probe(self, query: Query) -> str:
        return "answers"


def read(site: Any, window: Window = DAY, **how: Any) -> tuple[set[str], list[Missed]]:
    got = list(Halved(site, **how).fetch(QUERY, window))
    return (
        {one.native_id for one in got if isinstance(one, Found)},
        [one for one in got if isinstance(one, Missed)],
    )


ALL = {f"{n:02}" for n in range(24)}


def test_a_sound_site_is_asked_once() -> None:
    site = Site()
    assert read(site) == (ALL, [])
    assert site.asked == [DAY]


# 09:00 is an item's own instant and a cut of the halving; the last is the end of the day.
@pytest.mark.parametrize("minutes", [0, 1, 9 * 60 + 20, 9 * 60 + 14, 12 * 60 + 1, 24 * 60 - 1])
def test_one_poison_item_costs_its_quarter_of_an_hour(minutes: int) -> None:
    poison = DAY.start + timedelta(minutes=minutes)
    site = Site(poison)
    ids, [missed] = read(site)
    start = DAY.start + (poison - DAY.start) // QUARTER * QUARTER
    assert (missed.start, missed.end) == (start, start + QUARTER)
    assert (missed.state, missed.reason) == ("source_down", "status 500")
    # Before and after: all but what shares the poison's quarter and comes behind it.
    assert ids >= ALL - {f"{poison:%H}"}
    # Once the day, twice each of six or seven cuts: 96 quarters are no power of two.
    assert len(site.asked) in (13, 15)


def test_two_poison_items_cost_a_quarter_each() -> None:
    site = Site(DAY.start + 3 * HOUR + QUARTER, DAY.start + 20 * HOUR + QUARTER)
    ids, missed = read(site)
    assert ids == ALL
    assert [one.end - one.start for one in missed] == [QUARTER, QUARTER]
    assert len(site.asked) <= 29


def test_a_site_that_is_down_is_tried_three_times() -> None:
    site = Site()
    site.poison = tuple(DAY.start + n * HOUR for n in range(24))
    with pytest.raises(SourceUnavailable):
        read(site)
    assert len(site.asked) == 3


def test_a_site_that_does_not_answer_is_not_halved() -> None:
    site = Site(DAY.start + HOUR, is_answered=False)
    with pytest.raises(SourceUnavailable):
        read(site)
    assert len(site.asked) == 1


def test_a_site_that_is_not_told_the_window_is_not_halved() -> None:
    site = Site(DAY.start + HOUR, narrowest=0)
    with pytest.raises(SourceUnavailable):
        read(site)
    assert len(site.asked) == 1


def test_a_day_that_is_poisoned_all_over_ends_within_the_bounds() -> None:
    site = Site(*(DAY.start + n * HOUR - QUARTER for n in range(1, 24)))
    ids, missed = read(site)
    assert len(site.asked) == halving.MOST_TRIES
    assert ids
    # What was given up and what was isolated is all said; nothing is said twice.
    ends = [one.end for one in missed]
    assert [one.start for one in missed] == sorted(one.start for one in missed)
    assert all(end <= after.start for end, after in zip(ends, missed[1:], strict=False))
    assert "took too long" in missed[-1].reason


def test_calls_are_bounded_too() -> None:
    site = Site(DAY.start + 9 * HOUR + QUARTER)
    read(site, calls=lambda: 200 * len(site.asked))
    # Whole, two halves, and then 400 calls have been made since the first.
    assert len(site.asked) == 3


def test_other_errors_pass_and_keep_what_was_read() -> None:
    class Throttled(Site):
        def fetch(self, query: Query, window: Window) -> Iterator[Any]:
            yield from super().fetch(query, window)
            raise SourceThrottled("later")

    got: list[Any] = []
    with pytest.raises(SourceThrottled):
        got.extend(Halved(Throttled()).fetch(QUERY, DAY))
    assert sum(isinstance(one, Found) for one in got) == 24
    assert sum(isinstance(one, Reject) for one in got) == 1


@pytest.mark.parametrize("poison", [Reply(b"<html>Oops</html>"), Reply(b"oops", 500)])
def test_through_a_real_connector_and_the_real_client(poison: Reply) -> None:
    """A search that breaks wherever 09:20 is among the results."""
    bad = 9 * 3600 + 20 * 60
    first = int((DAY.start - datetime(1970, 1, 1)).total_seconds())

    def respond(asked: Asked) -> Reply:
        limits = asked.params["numericFilters"].replace("created_at_i>=", "")
        low, high = (int(one) - first for one in limits.split(",created_at_i<"))
        if low <= bad < high:
            return poison
        hits = [
            {
                "objectID": str(n),
                "created_at_i": first + n * 3600,
                "title": "Verdier",
                "author": "a",
            }
            for n in range(24)
            if low <= n * 3600 < high
        ]
        return Reply({"hits": hits, "nbHits": len(hits)})

    with running(respond) as site:
        source = HackerNews(patient_web(), base_url=site.url)
        ids, [missed] = read(source)
        # Eight broken windows are asked four times each, seven sound ones once.
        assert len(site.asked) == 8 * 4 + 7
    assert ids == {str(n) for n in range(24)}
    assert (missed.start, missed.end) == (
        DAY.start + 9 * HOUR + QUARTER,
        DAY.start + 9 * HOUR + 2 * QUARTER,
    )


def test_the_client_tells_an_answer_from_silence() -> None:
    with running(lambda _: Reply(b"oops", 500)) as site:
        url = site.url
        with pytest.raises(SourceUnavailable) as answered:
            patient_web().get(url)
    with pytest.raises(SourceUnavailable) as silent:
        patient_web().get(url)
    assert (answered.value.is_answered, silent.value.is_answered) == (True, False)
