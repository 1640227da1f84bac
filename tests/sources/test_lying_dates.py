"""Dates of 1970 and of the future, from every connector: never an item of such a day.

The sites are those of `test_past_day_twice`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from oyez.landing import Attention, Reject
from oyez.sources import catalogue, watch
from oyez.sources.contract import Found

from . import test_asked_again, test_wrong_types
from .site import Reply
from .test_past_day_twice import CASES

# Kind → the date's path in a record, and the form in which the site writes it.
DATES: dict[str, tuple[list[tuple[str, ...]], str]] = {
    "bluesky": ([("record", "createdAt"), ("indexedAt",)], "iso"),
    "discourse": ([("created_at",)], "iso"),
    "gdelt": ([("seendate",)], "compact"),
    "google_reviews": ([("createTime",), ("updateTime",)], "iso"),
    "hackernews": ([("created_at_i",)], "epoch"),
    "mastodon": ([("created_at",)], "iso"),
    "rss": ([("date_published",)], "iso"),
    "stackexchange": ([("creation_date",)], "epoch"),
    "youtube": ([("snippet", "publishedAt")], "iso"),
}
LIES = {
    "1970": {"iso": "1970-01-01T00:00:00Z", "compact": "19700101T000000Z", "epoch": 0},
    "2031": {"iso": "2031-01-01T00:00:00Z", "compact": "20310101T000000Z", "epoch": 1925000000},
}
# Searches are given by the site itself for the window; what lies outside it is dropped there.
ASKED_BY_WINDOW = {
    "bluesky",
    "discourse",
    "gdelt",
    "google_reviews",
    "mastodon",
    "stackexchange",
    "youtube",
}


def test_every_kind_with_dates_is_here() -> None:
    assert {*DATES, "wikipedia"} == set(catalogue.kinds())


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("kind", DATES)
def test_a_date_that_lies_is_no_day_of_its_own(kind: str, lie: str) -> None:
    paths, form = DATES[kind]
    make = test_wrong_types._as_json_feed if kind == "rss" else CASES[kind].site
    inner = make((2, 5, 11))

    def site(*asked: Any) -> Any:
        answer = inner(*asked)
        is_reply = isinstance(answer, Reply)
        body = (
            json.loads(json.dumps(answer.body if is_reply else answer[2]))
            if not (is_reply and isinstance(answer.body, bytes))
            else answer.body
        )
        for record in test_wrong_types._records(kind, body)[1:2]:
            for path in paths:
                test_wrong_types._spoil(record, path, LIES[lie][form])
        return Reply(body, answer.status, answer.headers) if is_reply else (*answer[:2], body)

    yielded = test_asked_again._read(kind, site)
    items: list[Any] = []
    rejects: list[Reject] = []
    for one in yielded:
        if not isinstance(one, Attention):
            watch._sort(one, items, rejects, [], test_asked_again.NOW)
    assert len(items) >= 2
    days = {one.data["published_at"][:4] for one in items}
    assert days == {"2026"}
    if kind not in ASKED_BY_WINDOW:
        assert [one.reason for one in rejects] == [
            "bad_date" if lie == "1970" else "date_in_future"
        ], [one for one in yielded if isinstance(one, Found)]
