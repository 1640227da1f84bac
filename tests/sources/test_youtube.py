# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.config.model import Brand
from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Spent, Window
from oyez.sources.credential import Credential
from oyez.sources.youtube import Options, YouTube, parse

from .payload_table import PAYLOADS, needs_payloads
from .site import Asked, Clock, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
KEY = "AIzaSy-0123456789-abcdefghijklmnopqrstu"
CHANNEL = "UC" + "c" * 22


def parsed(body: bytes):
    """For the table of payloads."""
    yield from parse(json.loads(body))


def at(hours: float) -> str:
    return (DAY.start + timedelta(hours=hours)).isoformat() + "Z"


def video(number: int, hours: float) -> dict[str, Any]:
    return {
        "kind": "youtube#video",
        "id": f"video{number:06d}",
        "snippet": {
            "publishedAt": at(hours),
            "channelId": "UC" + "a" * 22,
            "channelTitle": "Jars & Co",
            "title": f"Verdier {number}",
            "description": "A whole description",
            "defaultLanguage": "fr",
        },
        "statistics": {"viewCount": "120", "likeCount": "7", "commentCount": "2"},
    }


def comment(number: str, hours: float, *, parent: str | None = None, **fields: Any):
    snippet = {
        "authorDisplayName": "@mira",
        "authorChannelId": {"value": "UC" + "m" * 22},
        "textDisplay": f"<b>Comment {number}</b>",
        "textOriginal": f"Comment {number}",
        "likeCount": 3,
        "publishedAt": at(hours),
        "updatedAt": at(hours),
        **({"parentId": parent} if parent else {}),
        **fields,
    }
    return {"kind": "youtube#comment", "id": number, "snippet": snippet}


def thread(number: str, hours: float, *, of: str = "video000001", replies: tuple = (), inline=5):
    made = {
        "kind": "youtube#commentThread",
        "id": number,
        "snippet": {
            "videoId": of,
            "topLevelComment": comment(number, hours, videoId=of),
            "totalReplyCount": len(replies),
        },
    }
    if replies:
        made["replies"] = {"comments": list(replies[:inline])}
        made["of the fake only"] = list(replies)
    return made


class Api:
    """YouTube over videos and threads; `fail` may answer instead."""

    def __init__(self, videos=(), threads=(), *, size: int = 50, fail=lambda _: None) -> None:
        self.videos, self.threads, self.size, self.fail = videos, threads, size, fail
        self.replies = {one["id"]: one.get("of the fake only", []) for one in self.threads}

    def __call__(self, asked: Asked) -> Reply:
        assert asked.params["key"] == KEY
        if reply := self.fail(asked):
            return reply
        if asked.path == "/search":
            hits = [
                one
                for one in self.videos
                if asked.params["publishedAfter"]
                <= one["snippet"]["publishedAt"]
                <= asked.params["publishedBefore"]
            ]
            hits.sort(key=lambda one: one["snippet"]["publishedAt"], reverse=True)
            found = [
                {"kind": "youtube#searchResult", "id": {"videoId": one["id"]}, **rest(one)}
                for one in hits
            ]
            return self.page(found, asked)
        if asked.path == "/videos":
            wanted = asked.params.get("id", "").split(",")
            return Reply({"items": [one for one in self.videos if one["id"] in wanted]})
        if asked.path == "/commentThreads":
            wanted_video = asked.params.get("videoId")
            found = [
                one for one in self.threads if wanted_video in (None, one["snippet"]["videoId"])
            ]
            found.sort(
                key=lambda one: one["snippet"]["topLevelComment"]["snippet"]["publishedAt"],
                reverse=True,
            )
            return self.page(found, asked)
        return self.page(self.replies.get(asked.params.get("parentId", ""), []), asked)

    def page(self, items: list[Any], asked: Asked) -> Reply:
        start = int(asked.params.get("pageToken", "0"))
        body: dict[str, Any] = {"items": items[start : start + self.size]}
        if start + self.size < len(items):
            body["nextPageToken"] = str(start + self.size)
        return Reply(body)


def rest(one: dict[str, Any]) -> dict[str, Any]:
    return {"snippet": {"publishedAt": one["snippet"]["publishedAt"]}}


def error(reason: str, status: int = 403) -> Reply:
    return Reply({"error": {"code": status, "errors": [{"reason": reason}]}}, status)


def query(*, terms: tuple[str, ...] = ("Verdier",), **options: Any) -> Query:
    return Query(
        client_id="verdier",
        source_id="videos",
        terms=terms,
        brands=(Brand(id="verdier", name="Verdier"),),
        languages=("fr",),
        options=Options(**options),
    )


def read(api: Any, *, allowance: int = 100, clock: Clock | None = None, **how: Any):
    with running(api) as site:
        source = YouTube(
            patient_web(clock), Credential(password=KEY), allowance=lambda _: allowance
        )
        source.api_url = site.url
        return list(source.fetch(query(**how), DAY)), site


def ids(results: list[Any]) -> list[str]:
    return [one.native_id for one in results if isinstance(one, Found)]


def searches(site: Any) -> int:
    return sum(one.path == "/search" for one in site.asked)


def test_reads_all_videos_of_the_day_once():
    results, site = read(Api([video(n, n * 0.1) for n in range(-50, 300)]))
    assert sorted(ids(results)) == [f"video{n:06d}" for n in range(240)]
    assert searches(site) == 5
    assert not [one for one in results if isinstance(one, Missed)]


def test_reads_the_same_twice():
    api = Api([video(n, n) for n in range(20)], [thread("t", 4)], size=7)
    assert read(api, channels=[CHANNEL])[0] == read(api, channels=[CHANNEL])[0]


def test_maps_a_video():
    (found,) = read(Api([video(1, 2)]), counts=True)[0]
    assert found.data == {
        "published_at": at(2),
        "text": "A whole description",
        "title": "Verdier 1",
        "url": "https://www.youtube.com/watch?v=video000001",
        "network": "youtube",
        "channel": "social",
        "kind": "post",
        "language": "fr",
        "author_id": "UC" + "a" * 22,
        "author_name": "Jars & Co",
        "thread_id": "video000001",
        "like_count": "7",
        "reply_count": "2",
        "view_count": "120",
    }


def test_counts_are_left_out_unless_asked_for():
    results, _ = read(Api([video(1, 2)], [thread("t1", 3)]))
    assert len(results) == 2
    for found in results:
        assert not {"like_count", "reply_count", "view_count"} & set(found.data)


def test_reads_the_comments_of_a_found_video_and_all_their_replies():
    replies = tuple(comment(f"t1.r{n}", 3 + n * 0.01, parent="t1") for n in range(120))
    api = Api([video(1, 1)], [thread("t1", 2, replies=replies), thread("t0", -2)])
    results, _ = read(api, counts=True)
    assert ids(results) == ["video000001", "t1", *(f"t1.r{n}" for n in range(120))]
    top, reply = results[1].data, results[2].data
    assert top["kind"] == "comment"
    assert (top["parent_id"], top["reply_count"]) == ("video000001", 120)
    assert (reply["kind"], reply["parent_id"], reply["thread_id"]) == (
        "reply",
        "t1",
        "video000001",
    )
    assert reply["author_handle"] == "@mira"
    assert reply["url"] == "https://www.youtube.com/watch?v=video000001&lc=t1.r0"


def test_finds_new_replies_in_older_threads_of_a_channel():
    old = thread("t1", -24 * 5, replies=(comment("t1.r1", 6, parent="t1"),))
    older = thread("t2", -24 * 20, replies=(comment("t2.r1", 7, parent="t2"),))
    results, _ = read(Api([], [old, older]), channels=[CHANNEL], terms=())
    # The thread of twenty days ago stands on the same page, so its reply is taken too.
    assert ids(results) == ["t1.r1", "t2.r1"]


def test_stops_at_the_first_page_of_old_threads():
    threads = [thread(f"t{n:03d}", -n) for n in range(400)]
    results, site = read(Api([], threads, size=50), channels=[CHANNEL], terms=(), reply_days=1)
    assert ids(results) == ["t000"]
    assert len(site.asked) == 2


def test_a_spent_allowance_says_what_was_not_searched():
    results, site = read(Api([video(n, n * 0.1) for n in range(240)]), allowance=2)
    assert searches(site) == 2
    assert len(ids(results)) == 100
    (missed,) = [one for one in results if isinstance(one, Missed)]
    assert (missed.state, missed.start) == ("throttled", DAY.start)
    assert missed.end == DAY.start + timedelta(hours=14)  # the hundredth newest video


def test_a_search_costs_one_of_the_hundred_and_nothing_else_does():
    spent = Spent()
    with running(Api([video(n, n * 0.1) for n in range(60)])) as site:
        source = YouTube(patient_web(ledger=spent), Credential(password=KEY))
        source.api_url = site.url
        list(source.fetch(query(), DAY))
    assert (spent.cost, searches(site)) == (2, 2)
    assert spent.calls == len(site.asked) > 2


def test_many_names_share_a_search():
    _, site = read(Api([]), terms=tuple(f"name {n}" for n in range(10)))
    assert [one.params["q"].count("|") for one in site.asked] == [7, 1]


def test_comments_turned_off_are_no_failure():
    api = Api(
        [video(1, 1)],
        fail=lambda one: error("commentsDisabled") if one.path == "/commentThreads" else None,
    )
    assert ids(read(api)[0]) == ["video000001"]


def test_a_used_up_quota_waits_for_midnight_in_california():
    kept: list[Any] = []
    api = Api(
        [],
        [thread("t1", 5)],
        fail=lambda a: error("quotaExceeded") if a.path == "/search" else None,
    )
    with running(api) as site:
        source = YouTube(patient_web(), Credential(password=KEY))
        source.api_url = site.url
        with pytest.raises(SourceThrottled) as caught:
            kept.extend(source.fetch(query(channels=[CHANNEL]), DAY))
    # The clock says 06:00 UTC, 23:00 the day before in summer time.
    assert caught.value.until == datetime(2026, 3, 12, 7)
    assert ids(kept) == ["t1"]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error("keyInvalid", 400), SourceDenied),
        (error("forbidden"), SourceDenied),
        (error("SERVICE_UNAVAILABLE", 503), SourceUnavailable),
        (Reply(b"<html>"), SourceUnavailable),
        (Reply(b'{"items": ['), SourceUnavailable),
    ],
)
def test_errors_keep_their_meaning_and_the_key_its_secret(reply, kind, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(kind) as caught:
        read(Api(fail=lambda _: reply))
    assert KEY not in str(caught.value)
    assert KEY not in caplog.text


def test_an_empty_answer_yields_nothing():
    assert read(Api(), channels=[CHANNEL])[0] == []


def test_pages_that_do_not_end_are_gaps():
    def endless(asked: Asked) -> Reply:
        if asked.path == "/videos":
            return Reply({"items": [video(1, 2)]})
        same = {"id": {"videoId": "video000001"}, **rest(video(1, 2))}
        items = [same] if asked.path == "/search" else [thread("t1", 2)]
        return Reply({"items": items, "nextPageToken": "same"})

    results, site = read(endless, channels=[CHANNEL])
    assert len([one for one in results if isinstance(one, Missed)]) == 3
    assert len(site.asked) < 10


def test_what_is_no_post_is_refused_with_its_reason():
    items = [
        {"kind": "youtube#channel", "id": "UC1"},
        {"kind": "youtube#searchResult", "id": {"channelId": "UC1"}, "snippet": {"title": "x"}},
        {"kind": "youtube#video", "id": "video000001"},
        {"kind": "youtube#commentThread", "id": "t"},
        {"kind": "youtube#comment", "snippet": {"textOriginal": "x"}},
    ]
    assert [one.reason for one in parse({"items": items}) if isinstance(one, Reject)] == [
        "not_an_item",
        "not_a_video",
        "missing_text",
        "missing_text",
        "missing_id",
    ]


def test_recheck_and_probe():
    with running(Api([video(1, 1)])) as site:
        source = YouTube(patient_web(), Credential(password=KEY), allowance=lambda _: 12)
        source.api_url = site.url
        results = list(source.recheck(query(), ["video000001", "video000002", "UgyComment-1"]))
        assert [type(one) for one in results] == [Found, Gone, Gone]
        assert "12 times" in source.probe(query())


@needs_payloads
@pytest.mark.shared
def test_recorded_answers_become_items():
    folder = PAYLOADS / "youtube/python-youtube/testdata/apidata"
    threads = list(
        parsed((folder / "comment_threads/comment_threads_by_video_paged_1.json").read_bytes())
    )
    assert threads[0].data["text"] == "Google.com"
    assert threads[0].data["parent_id"] == "F1UP7wRCPH8"
    for path in sorted(folder.parent.rglob("*.json")):
        assert list(parsed(path.read_bytes())), path.name
