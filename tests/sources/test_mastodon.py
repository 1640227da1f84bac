# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from oyez.config.model import Account, Brand
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.credential import Credential
from oyez.sources.item import BadValue, canonical
from oyez.sources.mastodon import Mastodon, MastodonOptions
from oyez.sources.mastodon_item import id_at, parse, time_of

from .payload_table import PAYLOADS, needs_payloads
from .site import Asked, Clock, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
NOON = datetime(2026, 3, 11, 12)
TOKEN = "t" * 30
ME = {"id": "7", "acct": "verdier", "username": "verdier", "display_name": "Verdier"}
FAN = {
    "id": "8",
    "acct": "fan@else.example",
    "username": "fan",
    "display_name": "Fan",
    "uri": "https://else.example/users/fan",
    "followers_count": 12,
}


def parsed(body: bytes):
    """For the table of payloads: recorded exchanges, one a line."""
    for line in body.decode().splitlines():
        yield from parse(json.loads(line)["body"], domain="recorded.example")


def status(when: datetime, number: int | str | None = None, **more: Any) -> dict[str, Any]:
    one = id_at(when) if number is None else number
    return {
        "id": str(one),
        "uri": f"https://else.example/users/fan/statuses/{one}",
        "url": f"https://else.example/@fan/{one}",
        "created_at": f"{when.isoformat(timespec='milliseconds')}Z",
        "edited_at": None,
        "in_reply_to_id": None,
        "visibility": "public",
        "language": "fr",
        "spoiler_text": "",
        "content": "<p>Verdier, c&#39;est bien<br>vraiment</p>",
        "account": FAN,
        "reblog": None,
        "favourites_count": 3,
        "reblogs_count": 2,
        "replies_count": 1,
        **more,
    }


def notification(one: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": "mention",
        "created_at": one["created_at"],
        "account": FAN,
        "status": one,
    }


class Server:
    """A Mastodon server small enough to check by hand; ids are numbers, newest first."""

    def __init__(self, tagged: list[dict[str, Any]] = [], **lists: list[dict[str, Any]]) -> None:  # noqa: B006
        self.lists = {"tagged": tagged, "own": [], "mentions": [], "found": [], **lists}
        self.known: dict[str, dict[str, Any]] = {}
        self.is_indexed = True
        self.refused: dict[str, int] = {}

    def __call__(self, asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Reply({"error": "The access token is invalid"}, 401)
        for path, code in self.refused.items():
            if asked.path.startswith(path):
                return Reply({"error": "This action is outside the authorized scopes"}, code)
        if asked.path == "/api/v1/accounts/verify_credentials":
            return Reply(ME)
        if asked.path.startswith("/api/v1/statuses/"):
            one = self.known.get(asked.path.rpartition("/")[2])
            return Reply(one) if one else Reply({"error": "Record not found"}, 404)
        if asked.path == "/api/v2/search":
            return Reply({"accounts": [], "hashtags": [], "statuses": self.search(asked.params)})
        name = {"/api/v1/notifications": "mentions", "/api/v1/accounts/7/statuses": "own"}
        return self.page(asked, self.lists[name.get(asked.path, "tagged")])

    def page(self, asked: Asked, entries: list[dict[str, Any]]) -> Reply:
        limit = min(int(asked.params.get("limit", 20)), 40)
        low, high = (int(asked.params.get(name) or 0) for name in ("min_id", "max_id"))
        fit = [
            one for one in entries if int(one["id"]) > low and (not high or int(one["id"]) < high)
        ]
        page = fit[-limit:] if low else fit[:limit]
        if not page:
            return Reply([])
        ends = (("next", "max_id", page[-1]["id"]), ("prev", "min_id", page[0]["id"]))
        links = (
            f'<https://evil.example{asked.path}?{urlencode({name: value})}>; rel="{relation}"'
            for relation, name, value in ends
        )
        return Reply(page, headers={"Link": ", ".join(links)})

    def search(self, params: dict[str, str]) -> list[dict[str, Any]]:
        if not self.is_indexed:
            return []
        if params["q"] == "from:me":
            return self.lists["own"][:1]
        low, high, offset = (int(params.get(name) or 0) for name in ("min_id", "max_id", "offset"))
        # As Mastodon does it: whole seconds, both ends left out.
        found = [
            one
            for one in self.lists["found"]
            if (not low or time_of(int(one["id"])) > time_of(low).replace(microsecond=0))
            and (not high or time_of(int(one["id"])) < time_of(high).replace(microsecond=0))
        ]
        return found[offset : offset + int(params["limit"])]


def query(**options: Any) -> Query:
    own = Brand(
        id="verdier",
        name="Verdier",
        accounts=[Account(network="mastodon", handle="@verdier@here.example")],
    )
    given = {"domain": "here.example", "search": False, **options}
    return Query("maison", "masto", ("Verdier",), (own,), ("fr",), MastodonOptions(**given))


def read(server: Any, window: Window = DAY, clock: Clock | None = None, **options: Any):
    with running(server) as site:
        source = Mastodon(patient_web(clock), Credential(host=site.url, password=TOKEN))
        return list(source.fetch(query(**options), window)), site


def ids(yielded: list[Any]) -> list[str]:
    return [one.native_id for one in yielded if isinstance(one, Found)]


def every(minutes: int, count: int, last: datetime) -> list[dict[str, Any]]:
    return [status(last - timedelta(minutes=minutes * n)) for n in range(count)]


def test_a_status_becomes_an_item_in_plain_text() -> None:
    server = Server([status(NOON, spoiler_text="Avis")])
    (found,), _ = read(server)
    assert found.native_id == f"https://else.example/users/fan/statuses/{id_at(NOON)}"
    assert found.data == {
        "published_at": "2026-03-11T12:00:00.000Z",
        "network": "mastodon",
        "channel": "social",
        "kind": "post",
        "url": f"https://else.example/@fan/{id_at(NOON)}",
        "author_id": "https://else.example/users/fan",
        "author_handle": "fan@else.example",
        "author_name": "Fan",
        "author_followers": 12,
        "visibility": "public",
        "text": "Verdier, c'est bien\nvraiment",
        "title": "Avis",
        "language": "fr",
        "like_count": 3,
        "repost_count": 2,
        "reply_count": 1,
    }


def test_a_day_is_read_forward_by_ids_that_tell_time() -> None:
    # Every 10 minutes for five days: 144 in the window, 3 days before it, one day after it.
    statuses = every(10, 720, datetime(2026, 3, 12, 23, 50))
    found, site = read(Server(statuses))
    wanted = [one["uri"] for one in statuses if one["created_at"].startswith("2026-03-11")]
    assert sorted(ids(found)) == sorted(wanted)
    assert len(wanted) == 144
    pages = [one.params for one in site.asked if one.path.startswith("/api/v1/timelines/tag/")]
    assert len(pages) == 1 + 4 + 1  # the newest, 146 with the margins in four, the empty last
    starts = [time_of(int(page["min_id"])) for page in pages[1:]]
    assert starts == sorted(set(starts))
    assert starts[0] < DAY.start < starts[1]


def test_opaque_ids_are_paged_back_until_two_pages_are_older() -> None:
    statuses = [status(datetime(2026, 3, 12, 12) - timedelta(hours=n), 900 - n) for n in range(400)]
    found, site = read(Server(statuses))
    assert len(ids(found)) == len(set(ids(found))) == 24
    assert not any(isinstance(one, Missed) for one in found)
    pages = [one for one in site.asked if one.path.startswith("/api/v1/timelines/tag/")]
    # 12 hours after, 24 in, 4 before on the first page; then two pages of older ones.
    assert len(pages) == 1 + 1 + 2


def test_one_late_status_among_newer_ones_does_not_stop_the_paging() -> None:
    statuses = [status(NOON - timedelta(minutes=n), 900 - n) for n in range(100)]
    for place in (0, 41):
        statuses[place]["created_at"] = "2025-01-01T00:00:00.000Z"
    assert len(ids(read(Server(statuses))[0])) == 98


def test_the_same_day_gives_the_same_items_live_and_later() -> None:
    day = every(30, 60, datetime(2026, 3, 11, 23, 30))
    live, _ = read(Server(day, found=day), search=True)
    later = [*every(30, 300, datetime(2026, 3, 18)), *day]
    again, _ = read(Server(later, found=later), search=True)
    twice, _ = read(Server(later, found=later), search=True)
    assert sorted(ids(live)) == sorted(ids(again)) == sorted(ids(twice))
    assert len(ids(live)) == 48


def test_search_pages_by_offset_within_the_window() -> None:
    statuses = every(5, 1000, datetime(2026, 3, 13))
    found, _ = read(Server(found=statuses), hashtags=[], search=True)
    assert len(ids(found)) == len(set(ids(found))) == 288
    assert not any(isinstance(one, Missed) for one in found)


def test_a_search_without_paging_says_what_it_did_not_reach() -> None:
    statuses = every(5, 100, datetime(2026, 3, 12) - timedelta(minutes=5))
    server = Server(found=statuses)
    server.search = lambda params: statuses[:40]  # type: ignore[method-assign]
    found, _ = read(server, hashtags=[], search=True)
    assert len(ids(found)) == 40
    (missed,) = [one for one in found if isinstance(one, Missed)]
    assert (missed.start, missed.end) == (DAY.start, DAY.end - timedelta(minutes=200))


@pytest.mark.parametrize(
    ("is_indexed", "own", "states"),
    [
        (True, [status(NOON - timedelta(days=90))], []),
        (False, [status(NOON - timedelta(days=90))], ["not_configured"]),
        (True, [], ["not_configured"]),
    ],
)
def test_an_absent_search_engine_is_no_zero(is_indexed: bool, own: Any, states: Any) -> None:
    server = Server(own=own)
    server.is_indexed = is_indexed
    found, _ = read(server, search=True)
    assert [one.state for one in found] == states


def test_a_boost_is_counted_without_its_text() -> None:
    original = status(NOON - timedelta(hours=1))
    boost = status(NOON, account=ME, reblog=original, content=original["content"])
    old = status(NOON - timedelta(days=9))
    other = status(NOON + timedelta(hours=1), account=ME, reblog=old)
    found, _ = read(Server(own=[other, boost]))
    kinds = {one.native_id: one.data["kind"] for one in found}
    assert kinds == {boost["uri"]: "repost", original["uri"]: "post", other["uri"]: "repost"}
    repost = next(one for one in found if one.native_id == boost["uri"])
    assert "text" not in repost.data
    assert "like_count" not in repost.data
    assert repost.data["parent_id"] == original["uri"]
    assert repost.data["author_handle"] == "verdier@here.example"


def test_private_statuses_stay_private_unless_they_are_for_us() -> None:
    statuses = [
        status(NOON + timedelta(minutes=n), visibility=one)
        for n, one in enumerate(("direct", "private", "unlisted", "public"))
    ]
    found, _ = read(Server(statuses, own=statuses))
    assert sorted(one.data["visibility"] for one in found) == ["public", "unlisted"]
    found, _ = read(Server(mentions=[notification(one, 5) for one in statuses[:1]]))
    assert [(one.data["kind"], one.data["addressed_to"]) for one in found] == [
        ("message", "verdier")
    ]


def test_what_is_written_to_a_listening_account_is_no_clients_business() -> None:
    secret = status(NOON, visibility="direct")
    open_ = status(NOON + timedelta(minutes=1))
    server = Server(mentions=[notification(secret, 5), notification(open_, 6)])
    with running(server) as site:
        source = Mastodon(patient_web(None), Credential(host=site.url, password=TOKEN))
        brands = tuple(one.model_copy(update={"accounts": []}) for one in query().brands)
        found = list(source.fetch(replace(query(), brands=brands), DAY))
    assert ids(found) == [open_["uri"]]


def test_a_late_arrival_is_yielded_on_the_day_it_came() -> None:
    late = status(NOON)
    late["created_at"] = "2026-03-08T09:00:00.000Z"
    assert ids(read(Server([*every(1, 5, NOON + timedelta(hours=1)), late]))[0])[0] == late["uri"]
    arrived = {**notification(late, 5), "created_at": "2026-03-11T12:00:00.000Z"}
    assert ids(read(Server(mentions=[arrived]))[0]) == [late["uri"]]


def test_a_reply_names_its_parent_by_uri() -> None:
    asked, gone = status(NOON - timedelta(days=3)), id_at(NOON - timedelta(days=2))
    answer = status(NOON, account=ME, in_reply_to_id=asked["id"])
    orphan = status(NOON + timedelta(hours=1), account=ME, in_reply_to_id=str(gone))
    server = Server(own=[orphan, answer])
    server.known = {asked["id"]: asked}
    found, _ = read(server)
    assert [(one.data["kind"], one.data.get("parent_id")) for one in found] == [
        ("reply", asked["uri"]),
        ("reply", None),
    ]


def test_an_endless_page_is_left_and_the_rest_declared() -> None:
    page = every(1, 40, NOON)
    for number, one in enumerate(page):
        one["id"] = str(900 - number)
    found, site = read(lambda asked: Server(page)(Asked(asked.path, {}, asked.headers)))
    missed = [one for one in found if isinstance(one, Missed)]
    # 20 a page by default here: the same 20 again and again, fewer than we asked for, are all.
    assert not missed
    again = Server(page)
    again.page = lambda asked, entries: Reply(entries)  # type: ignore[method-assign]
    found, site = read(again)
    (missed,) = {one for one in found if isinstance(one, Missed)}
    assert (missed.start, missed.end) == (DAY.start, NOON - timedelta(minutes=39))
    assert len(ids(found)) == 40
    assert len(site.asked) < 10


def test_a_link_to_another_host_gets_no_token() -> None:
    _, site = read(Server(every(10, 300, DAY.end)))
    assert all(one.headers["Host"] == urlsplit(site.url).netloc for one in site.asked)


def test_gotosocial_says_later_by_a_date_only() -> None:
    clock = Clock()
    # The site's own clock counts: its answers carry a `Date`.
    until = datetime.now(UTC) + timedelta(minutes=4)
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": until.isoformat()}
    with pytest.raises(SourceThrottled) as raised:
        read(lambda _: Reply({"error": "rate limit reached"}, 429, headers), clock=clock)
    assert raised.value.until is not None
    assert abs(raised.value.until - clock.now - timedelta(minutes=4)) < timedelta(seconds=5)


def test_what_was_read_before_a_throttling_is_kept() -> None:
    server = Server(every(10, 300, DAY.end))
    reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2999-01-01T00:00:00.000Z"}
    calls = 0

    def tired(asked: Asked) -> Reply:
        nonlocal calls
        calls += "/timelines/" in asked.path
        return Reply({"error": "rate limit reached"}, 429, reset) if calls > 3 else server(asked)

    with running(tired) as site:
        source = Mastodon(patient_web(), Credential(host=site.url, password=TOKEN))
        fetched, found = source.fetch(query(), DAY), []
        with pytest.raises(SourceThrottled):
            found.extend(fetched)
    assert len(found) == 79  # two pages of 40; one of them is the margin before midnight


def test_a_wrong_token_is_refused_and_a_missing_right_costs_one_part() -> None:
    with running(Server()) as site:
        wrong = Mastodon(patient_web(), Credential(host=site.url, password=TOKEN[1:]))
        with pytest.raises(SourceDenied):
            list(wrong.fetch(query(), DAY))
    server = Server(every(60, 3, NOON))
    server.refused = {"/api/v1/notifications": 403}
    found, _ = read(server)
    assert [one.state for one in found if isinstance(one, Missed)] == ["auth_failed"]
    assert len(ids(found)) == 3
    with pytest.raises(ConfigError, match="access token"):
        Mastodon(patient_web(), None)


@pytest.mark.parametrize("body", [b"<html>Please wait</html>", b'{"broken', b'"text"', b"{}"])
def test_nonsense_is_no_empty_day(body: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        read(lambda _: Reply(body))
    if body != b"{}":
        server = Server()
        with pytest.raises(SourceUnavailable):
            read(lambda one: Reply(body) if "/timelines/" in one.path else server(one))


def test_lying_and_missing_facts_are_refused_with_a_reason() -> None:
    no_uri, no_date, old = status(NOON), status(NOON), status(NOON)
    del no_uri["uri"]
    no_date |= {"created_at": "yesterday", "uri": "https://a.example/1"}
    old |= {"created_at": "1970-01-01T00:00:00.000Z", "uri": "https://a.example/2"}
    found, _ = read(Server([no_uri, no_date, old]))
    assert [one.reason for one in found if isinstance(one, Reject)] == ["missing_id"]
    for one in found:
        if isinstance(one, Found):
            fields = {"native_id": one.native_id, **one.data}
            with pytest.raises(BadValue, match=r"yesterday|1970"):
                canonical(fields, date_format=None, zone=None, collected_at=DAY.end)


def test_recheck_tells_the_deleted_from_the_others() -> None:
    kept = status(NOON, favourites_count=9)
    with running(lambda _: Reply(b"", 410)) as away:

        def here(asked: Asked) -> Reply:
            assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
            is_kept = asked.path == "/api/v1/statuses/1"
            return Reply(kept) if is_kept else Reply({"error": "Record not found"}, 404)

        with running(here) as site:
            source = Mastodon(patient_web(), Credential(host=site.url, password=TOKEN))
            uris = [f"{site.url}/users/fan/statuses/{n}" for n in (1, 2)]
            told = list(source.recheck(query(), [*uris, f"{away.url}/users/x/statuses/3"]))
        assert [type(one) for one in told] == [Found, Gone, Gone]
        assert told[0].data["like_count"] == 9  # type: ignore[union-attr]
        assert "Authorization" not in away.asked[0].headers


def test_the_probe_says_who_answers() -> None:
    server = Server()
    with running(server) as site:
        source = Mastodon(patient_web(), Credential(host=site.url, password=TOKEN))
        assert source.probe(query()) == "answers as @verdier@here.example"
        server.refused = {"/api/v1/notifications": 403}
        assert "read:notifications" in source.probe(query())


def test_ids_and_instants_are_one() -> None:
    moment = datetime(2026, 3, 11, 12, 0, 0, 123000)
    assert time_of(id_at(moment)) == moment
    assert id_at(moment) >> 16 == int(moment.replace(tzinfo=UTC).timestamp() * 1000)


@needs_payloads
@pytest.mark.shared
def test_every_recorded_answer_is_read_or_refused() -> None:
    body = (PAYLOADS / "mastodon/gotosocial-recorded/exchanges.ndjson").read_bytes()
    results = list(parsed(body))
    founds = [one for one in results if isinstance(one, Found)]
    assert len(founds) > 150
    for found in founds:
        canonical(
            {"native_id": found.native_id, **found.data},
            date_format=None,
            zone=None,
            collected_at=datetime(2026, 11, 23),
        )
        assert "<" not in found.data.get("text", "")
        assert found.data["author_handle"].endswith("@recorded.example")
    assert {found.data["kind"] for found in founds} == {"post", "reply", "repost"}
    assert {one.reason for one in results if isinstance(one, Reject)} == {
        "refused",
        "bad_shape",  # accounts, the instance
        "missing_id",  # the versions in a status's history
    }


@needs_payloads
@pytest.mark.shared
def test_the_recorded_server_replayed_gives_its_45_statuses_once() -> None:
    lines = (PAYLOADS / "mastodon/gotosocial-recorded/exchanges.ndjson").read_text().splitlines()
    recorded = {}
    for line in lines:
        one = json.loads(line)
        path, _, text = one["request"]["path"].partition("?")
        cursor = dict(pair.split("=") for pair in text.split("&") if pair).get("max_id")
        recorded.setdefault((path, cursor), one)

    def replay(asked: Asked) -> Reply:
        one = recorded[asked.path, asked.params.get("max_id")]
        kept = {name: text for name, text in one["headers"].items() if name == "Link"}
        return Reply(one["body"], one["status"], kept)

    day = Window(datetime(2026, 11, 22), datetime(2026, 11, 23))
    found, _ = read(replay, day, own_posts=False, notifications=False, hashtags=["acmebrand"])
    tagged = [one for key, one in recorded.items() if key[0] == "/api/v1/timelines/tag/acmebrand"]
    wanted = {status["uri"] for one in tagged for status in one["body"]}
    assert set(ids(found)) == wanted
    assert len(ids(found)) == len(wanted)
