# ruff: noqa: DTZ001  instants are naive UTC by convention
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from oyez.config.model import Account, Brand
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.bluesky import Bluesky, BlueskyOptions
from oyez.sources.bluesky_item import item, parse, sort_at, text_of
from oyez.sources.bluesky_session import FileSessions, MemorySessions
from oyez.sources.contract import Found, Gone, Missed, Query, Window
from oyez.sources.credential import Credential
from oyez.sources.item import BadValue, canonical

from .payload_table import PAYLOADS, needs_payloads
from .site import Clock, patient_web

UTC_ZONE = ZoneInfo("UTC")
DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
NOON = datetime(2026, 3, 11, 12)
BRAND, FAN = "did:plc:brand", "did:plc:fan"
POSTS = "app.bsky.feed.post"


def parsed(body: bytes):
    """For the table of payloads: recorded exchanges, one a line, or one record."""
    text = body.decode()
    try:
        bodies = [json.loads(text)]
    except ValueError:
        bodies = [json.loads(line)["body"] for line in text.splitlines()]
    for one in bodies:
        yield from parse(one)


def post(when: datetime, key: object = "", author: str = FAN, **more: Any) -> dict[str, Any]:
    moment = f"{when.isoformat(timespec='milliseconds')}Z"
    record = {"$type": POSTS, "text": "Verdier, encore", "langs": ["fr"], "createdAt": moment}
    record |= more.pop("record", {})
    return {
        "uri": f"at://{author}/{POSTS}/{key or int(when.timestamp())}",
        "cid": "c",
        "author": {"did": author, "handle": "fan.example", "displayName": "Fan"},
        "record": record,
        "indexedAt": moment,
        "likeCount": 3,
        "repostCount": 2,
        "replyCount": 1,
        "quoteCount": 0,
        **more,
    }


def every(minutes: int, count: int, last: datetime, author: str = FAN) -> list[dict[str, Any]]:
    return [post(last - timedelta(minutes=minutes * n), author=author) for n in range(count)]


class Network:
    """A PDS and its index, small enough to check by hand; lists are newest first."""

    def __init__(self, posts: list[dict[str, Any]] = [], **lists: list[Any]) -> None:  # noqa: B006
        self.posts = posts
        self.notices: list[Any] = lists.get("notices", [])
        self.own: list[Any] = lists.get("own", [])
        self.reposts: list[Any] = lists.get("reposts", [])
        self.feed: list[Any] = lists.get("feed", [])
        self.logins = self.renewals = 0
        self.valid = ""
        self.refresh = ""
        self.forgets_after: int | None = None
        self.gives_at_most: int | None = None
        self.fails: dict[str, tuple[int, dict[str, str], Any]] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    def __call__(
        self, method: str, params: dict[str, list[str]], token: str, body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        self.asked.append((method, params))
        name = method.rpartition(".")[2]
        if name in self.fails:
            return self.fails[name]
        if name == "createSession":
            if body["password"] != "app-password":  # noqa: S105
                return 401, {}, {"error": "AuthenticationRequired", "message": "Invalid password"}
            self.logins += 1
            return 200, {}, self.session()
        if name == "refreshSession":
            if token != self.refresh:
                return 400, {}, {"error": "ExpiredToken", "message": "Token has been revoked"}
            self.renewals += 1
            return 200, {}, self.session()
        if token != self.valid:
            return 400, {}, {"error": "ExpiredToken", "message": "Token has expired"}
        answer: tuple[int, dict[str, str], Any] = getattr(self, name)(params)
        return answer

    def session(self) -> dict[str, Any]:
        number = self.logins + self.renewals
        self.valid, self.refresh = f"access-{number:08d}", f"refresh-{number:08d}"
        tokens = {"accessJwt": self.valid, "refreshJwt": self.refresh}
        return {**tokens, "did": BRAND, "handle": "verdier.example", "active": True}

    def page(self, name: str, entries: list[Any], params: Any) -> tuple[int, dict[str, str], Any]:
        start = int(params.get("cursor", ["0"])[0])
        if self.forgets_after is not None and start >= self.forgets_after:
            # Bluesky's index says 500; a PDS in between makes it 502.
            status = 500 if start % 200 else 502
            return status, {}, {"error": "InternalServerError", "message": "Internal Server Error"}
        limit = int(params.get("limit", ["50"])[0])
        page = entries[start : start + limit]
        more = start + limit < len(entries)
        if self.gives_at_most and start + limit >= self.gives_at_most:
            more = False
        body = {name: page} | ({"cursor": str(start + limit)} if more else {})
        return 200, {}, body

    def searchPosts(self, params: Any) -> tuple[int, dict[str, str], Any]:  # noqa: N802
        since, until = (datetime.fromisoformat(params[one][0][:-1]) for one in ("since", "until"))
        found = [one for one in self.posts if since <= (sort_at(one) or NOON) < until]
        status, headers, body = self.page("posts", found, params)
        if status == 200 and self.gives_at_most:
            body["hitsTotal"] = len(found)
        return status, headers, body

    def listNotifications(self, params: Any) -> Any:  # noqa: N802
        return self.page("notifications", self.notices, params)

    def listRecords(self, params: Any) -> Any:  # noqa: N802
        own = self.own if params["collection"] == [POSTS] else self.reposts
        records = [{"uri": one["uri"], "cid": "c", "value": one["record"]} for one in own]
        return self.page("records", records, params)

    def getAuthorFeed(self, params: Any) -> Any:  # noqa: N802
        return self.page("feed", self.feed, params)

    def getPosts(self, params: Any) -> Any:  # noqa: N802
        assert len(params["uris"]) <= 25
        known = {one["uri"]: one for one in self.posts}
        return 200, {}, {"posts": [known[uri] for uri in params["uris"] if uri in known]}

    def getSession(self, params: Any) -> Any:  # noqa: N802
        return 200, {}, {"did": BRAND, "handle": "verdier.example", "active": True}

    def getProfiles(self, params: Any) -> Any:  # noqa: N802
        assert len(params["actors"]) <= 25
        profiles = [{"did": did, "followersCount": 40} for did in params["actors"]]
        return 200, {}, {"profiles": profiles}


@contextmanager
def serving(network: Any) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            method = parts.path.rpartition("/")[2]
            body = json.loads(text) if text else {}
            status, headers, answer = network(method, parse_qs(parts.query), token, body)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815  the name is http.server's

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def query(handle: str = "@Verdier.example", **options: Any) -> Query:
    brand = Brand(
        id="verdier",
        name="Verdier",
        accounts=[Account(network="bluesky", handle=handle)],
    )
    given = {"own_posts": False, "notifications": False, **options}
    accounts = given.pop("accounts", ())
    rival = Brand(
        id="rival",
        name="Rival",
        accounts=[Account(network="bluesky", handle=one) for one in accounts],
    )
    terms = given.pop("names", ("Verdier",))
    return Query("maison", "sky", terms, (brand, rival), ("fr",), BlueskyOptions(**given))


def source(
    url: str, sessions: Any = None, clock: Clock | None = None, password: str = ""
) -> Bluesky:
    secret = password or "app-password"
    credential = Credential(host=url, login="verdier.example", password=secret)
    return Bluesky(patient_web(clock), credential, sessions)


def read(network: Any, window: Window = DAY, sessions: Any = None, **options: Any) -> list[Any]:
    with serving(network) as url:
        return list(source(url, sessions).fetch(query(**options), window))


def ids(yielded: list[Any]) -> list[str]:
    return [one.native_id for one in yielded if isinstance(one, Found)]


def uris(posts: list[dict[str, Any]], day: str = "2026-03-11") -> list[str]:
    return [one["uri"] for one in posts if one["record"]["createdAt"].startswith(day)]


def test_a_post_becomes_an_item() -> None:
    root = {"uri": f"at://{BRAND}/{POSTS}/1"}
    reply = {"reply": {"root": root, "parent": {"uri": f"at://{BRAND}/{POSTS}/2"}}}
    (found,) = read(Network([post(NOON, "3k", record=reply)]))
    assert found.native_id == f"at://{FAN}/{POSTS}/3k"
    assert found.data == {
        "published_at": "2026-03-11T12:00:00",
        "indexed_at": "2026-03-11T12:00:00.000Z",
        "network": "bluesky",
        "channel": "social",
        "kind": "reply",
        "text": "Verdier, encore",
        "url": f"https://bsky.app/profile/{FAN}/post/3k",
        "language": "fr",
        "author_id": FAN,
        "author_handle": "fan.example",
        "author_name": "Fan",
        "author_followers": 40,
        "parent_id": f"at://{BRAND}/{POSTS}/2",
        "thread_id": root["uri"],
        "like_count": 3,
        "repost_count": 2,
        "reply_count": 1,
    }


def test_a_day_is_searched_to_its_end() -> None:
    posts = every(5, 1500, datetime(2026, 3, 13))
    network = Network(posts)
    found = read(network)
    assert sorted(ids(found)) == sorted(uris(posts))
    assert len(found) == 288
    profiles = [params for method, params in network.asked if method.endswith("getProfiles")]
    assert len(profiles) == 1  # one author


def test_profiles_are_asked_25_at_once() -> None:
    posts = [post(NOON - timedelta(minutes=n), author=f"did:plc:{n}") for n in range(60)]
    network = Network(posts)
    assert {one.data["author_followers"] for one in read(network)} == {40}
    asked = [params["actors"] for method, params in network.asked if method.endswith("getProfiles")]
    assert [len(actors) for actors in asked] == [25, 25, 10]


def test_without_profiles_a_mention_is_still_a_mention() -> None:
    network = Network([post(NOON)])
    network.fails["getProfiles"] = (502, {}, {"error": "UpstreamFailure", "message": "away"})
    assert len(ids(read(network))) == 1
    network.fails["getProfiles"] = (429, {"Retry-After": "290"}, {"error": "RateLimitExceeded"})
    with serving(network) as url:
        fetched = source(url).fetch(query(), DAY)
        assert isinstance(next(fetched), Found)
        with pytest.raises(SourceThrottled):
            next(fetched)


def test_two_terms_in_one_post_are_one_item() -> None:
    network = Network(every(60, 5, NOON))
    assert len(read(network, names=("Verdier", "Maison Verdier"))) == 5
    asked = {params["q"][0] for method, params in network.asked if method.endswith("searchPosts")}
    assert asked == {"Verdier", '"Maison Verdier"'}


@pytest.mark.parametrize("lost", ["forgets_after", "gives_at_most"])
def test_a_lost_cursor_costs_no_post(lost: str) -> None:
    posts = every(5, 500, datetime(2026, 3, 12) - timedelta(minutes=5))
    network = Network(posts)
    setattr(network, lost, 200)
    found = read(network)
    assert sorted(ids(found)) == sorted(uris(posts))
    assert not [one for one in found if isinstance(one, Missed)]


def test_a_search_that_turns_in_circles_is_left_and_the_rest_declared() -> None:
    page = every(1, 100, NOON)
    network = Network()
    network.searchPosts = lambda params: (200, {}, {"posts": page, "cursor": "x"})  # type: ignore[method-assign]
    found = read(network, overlap_hours=0)
    assert len(ids(found)) == 100
    (missed,) = [one for one in found if isinstance(one, Missed)]
    assert (missed.start, missed.end) == (DAY.start, NOON - timedelta(minutes=99))
    assert len(network.asked) < 12


def test_an_index_that_ignores_dates_is_not_read_to_its_end() -> None:
    posts = every(60, 2000, datetime(2026, 3, 12, 23))
    network = Network(posts)
    network.searchPosts = lambda params: network.page("posts", posts, params)  # type: ignore[method-assign]
    found = read(network)
    assert sorted(ids(found)) == sorted(uris(posts))
    assert sum(method.endswith("searchPosts") for method, _ in network.asked) == 3


def test_late_arrivals_come_with_the_day_that_saw_them() -> None:
    moment = "2026-03-11T09:00:00.000Z"
    late = post(NOON - timedelta(hours=20), "late", indexedAt=moment)
    older = post(NOON - timedelta(days=9), "older", indexedAt=moment)
    usual = post(NOON - timedelta(hours=22), "usual")
    assert ids(read(Network([late, usual, older]))) == [late["uri"]]
    assert ids(read(Network([late, usual, older]), overlap_hours=0)) == []


def test_lying_dates_count_when_bluesky_saw_them() -> None:
    seen = "2026-03-11T12:00:00.000Z"
    cases = {
        "1970-01-01T00:00:00.000Z": "2026-03-11T12:00:00",
        "2031-01-01T00:00:00.000Z": "2026-03-11T12:00:00",
        "yesterday": "2026-03-11T12:00:00",
        "2026-03-11T11:00:00+02:00": "2026-03-11T09:00:00",
        "2026-03-11T08:00:00.123456789Z": "2026-03-11T08:00:00.123456",
    }
    for created, published in cases.items():
        found = item(post(NOON, "1", record={"createdAt": created}, indexedAt=seen))
        assert isinstance(found, Found)
        assert found.data["published_at"] == published
        assert found.data["indexed_at"] == seen
    bare = {"uri": f"at://{FAN}/{POSTS}/1", "record": {"text": "", "createdAt": "yesterday"}}
    found = item(bare)
    assert isinstance(found, Found)
    with pytest.raises(BadValue, match="yesterday"):
        canonical(
            {"native_id": "1", **found.data}, date_format=None, zone=None, collected_at=DAY.end
        )


def test_facets_count_bytes() -> None:
    text = "Été 😀 chez Verdier example.com/un-tr… 😀"
    start = len("Été 😀 chez Verdier ".encode())
    index = {"byteStart": start, "byteEnd": start + len("example.com/un-tr…".encode())}
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/un-tres-long"}
    record = {"text": text, "facets": [{"index": index, "features": [link]}]}
    assert text_of(record) == "Été 😀 chez Verdier https://example.com/un-tres-long 😀"
    for broken in (
        {"byteStart": 3, "byteEnd": 9999},
        {"byteStart": -4, "byteEnd": 2},
        {"byteStart": "a", "byteEnd": None},
        None,
    ):
        record["facets"] = [{"index": broken, "features": [link]}, "no facet"]
        assert text_of(record) == text
    assert text_of({"text": "half \ud83d", "facets": None}) != ""


def test_notifications_say_who_is_addressed() -> None:
    posts = every(30, 60, datetime(2026, 3, 11, 23, 30))
    reasons = ("mention", "reply", "quote", "like")
    notices = [
        {**one, "reason": reasons[number % 4], "likeCount": None}
        for number, one in enumerate(posts)
    ]
    for notice in notices[3::4]:
        notice["record"] = {"$type": "app.bsky.feed.like", "createdAt": "2026-03-11T12:00:00Z"}
    deleted, known = posts[4]["uri"], [one for one in posts if one is not posts[4]]
    network = Network(known, notices=notices)
    found = read(network, notifications=True, search=False)
    expected = [
        one["uri"] for one in notices[:48] if one["reason"] != "like" and one["uri"] != deleted
    ]
    assert sorted(ids(found)) == sorted(expected)
    reason = {one["uri"]: one["reason"] for one in notices}
    for one in found:
        is_addressed = reason[one.native_id] in ("mention", "reply")
        assert one.data.get("addressed_to") == ("verdier" if is_addressed else None)
        assert one.data["like_count"] == 3  # from the post itself


def test_own_posts_come_from_the_repository() -> None:
    own = every(10, 300, datetime(2026, 3, 12, 11, 50), author=BRAND)
    repost = {
        "uri": f"at://{BRAND}/app.bsky.feed.repost/1",
        "record": {
            "$type": "app.bsky.feed.repost",
            "subject": {"uri": f"at://{FAN}/{POSTS}/9", "cid": "c"},
            "createdAt": "2026-03-11T10:00:00.000Z",
        },
    }
    found = read(Network(own=own, reposts=[repost]), own_posts=True, search=False)
    assert sorted(ids(found)) == sorted([*uris(own), repost["uri"]])
    last = next(one for one in found if one.native_id == repost["uri"])
    assert last.data["kind"] == "repost"
    assert last.data["parent_id"] == f"at://{FAN}/{POSTS}/9"
    assert "text" not in last.data
    assert {one.data["author_handle"] for one in found} == {"verdier.example"}


def test_other_accounts_are_read_by_their_feed() -> None:
    original = post(NOON - timedelta(days=3), "old")
    by = {"did": "did:plc:rival", "handle": "rival.example"}
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": by,
        "indexedAt": "2026-03-11T12:00:00.000Z",
    }
    feed = [{"post": original, "reason": reason}, {"post": post(NOON, "new", author=by["did"])}]
    network = Network(feed=feed)
    found = read(network, own_posts=True, search=False, accounts=["@rival.example"])
    assert [(one.data["kind"], one.data["author_id"]) for one in found] == [
        ("repost", "did:plc:rival"),
        ("post", "did:plc:rival"),
    ]


def test_a_forgotten_cursor_of_notifications_is_a_gap() -> None:
    posts = every(5, 288, datetime(2026, 3, 12) - timedelta(minutes=5))
    network = Network(posts, notices=[{**one, "reason": "mention"} for one in posts])
    network.forgets_after = 200
    found = read(network, notifications=True, search=False)
    (missed,) = [one for one in found if isinstance(one, Missed)]
    assert len(ids(found)) == 200
    assert (missed.start, missed.end) == (DAY.start, DAY.end - timedelta(minutes=1000))


def test_the_same_day_gives_the_same_items_live_and_later() -> None:
    day = every(30, 60, datetime(2026, 3, 11, 23, 30))
    live = read(Network(day), Window(DAY.start, DAY.end))
    later = [*every(30, 300, datetime(2026, 3, 18)), *day]
    assert sorted(ids(live)) == sorted(ids(read(Network(later)))) == sorted(uris(day))


def test_a_session_outlives_the_task_and_is_renewed(tmp_path: Path) -> None:
    network = Network(every(60, 3, NOON))
    folder = tmp_path / "sessions"
    with serving(network) as url:
        for _ in range(5):
            assert len(list(source(url, FileSessions(folder)).fetch(query(), DAY))) == 3
        assert (network.logins, network.renewals) == (1, 0)
        network.valid = "another"
        assert len(list(source(url, FileSessions(folder)).fetch(query(), DAY))) == 3
        assert (network.logins, network.renewals) == (1, 1)
        network.valid = network.refresh = "another"
        assert len(list(source(url, FileSessions(folder)).fetch(query(), DAY))) == 3
        assert (network.logins, network.renewals) == (2, 1)
        (kept,) = folder.iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
        kept.write_text("{half")
        assert len(list(source(url, FileSessions(folder)).fetch(query(), DAY))) == 3
        assert network.logins == 3


def test_a_session_that_another_task_renewed_is_taken_over() -> None:
    network = Network(every(60, 3, NOON))
    sessions = MemorySessions()
    with serving(network) as url:
        one, two = source(url, sessions), source(url, sessions)
        list(one.fetch(query(), DAY))
        list(two.fetch(query(), DAY))
        network.valid = "expired"
        list(one.fetch(query(), DAY))
        list(two.fetch(query(), DAY))
    assert (network.logins, network.renewals) == (1, 1)


def test_refusals_name_the_remedy() -> None:
    with serving(Network()) as url:
        with pytest.raises(SourceDenied, match="AuthenticationRequired") as raised:
            list(source(url, password="main-password").fetch(query(), DAY))  # noqa: S106
        assert "main-password" not in str(raised.value)
        assert "app password" in str(raised.value)
    network = Network()
    network.fails["createSession"] = (401, {}, {"error": "AuthFactorTokenRequired"})
    with pytest.raises(SourceDenied, match="app password"):
        read(network)
    network = Network()
    network.fails["searchPosts"] = (400, {}, {"error": "BadQueryString", "message": "no"})
    with pytest.raises(SourceUnavailable, match="BadQueryString"):
        read(network)
    with pytest.raises(ConfigError, match="app password"):
        Bluesky(patient_web(), Credential(login="verdier.example"))


def test_throttling_says_until_when() -> None:
    clock, network = Clock(), Network()
    reset = str(int(datetime.now(UTC).timestamp()) + 289)
    headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": reset, "Retry-After": "289"}
    network.fails["createSession"] = (429, headers, {"error": "RateLimitExceeded"})
    with serving(network) as url, pytest.raises(SourceThrottled) as raised:
        list(source(url, clock=clock).fetch(query(), DAY))
    assert raised.value.until is not None
    until = clock.now + timedelta(seconds=289)
    assert abs(raised.value.until - until) < timedelta(seconds=3)
    assert len(network.asked) == 1


@pytest.mark.parametrize("answer", [b"<html>busy</html>", b'{"posts": [', b"[]", {"likes": []}])
def test_nonsense_is_no_empty_day(answer: Any) -> None:
    network = Network()
    network.fails["searchPosts"] = (200, {}, answer)
    with pytest.raises(SourceUnavailable):
        read(network)


def test_an_empty_day_is_empty_and_a_post_without_uri_is_refused() -> None:
    assert read(Network()) == []
    nameless = post(NOON)
    del nameless["uri"]
    (refused,) = read(Network([nameless]))
    assert isinstance(refused, Reject)
    assert refused.reason == "missing_id"


def test_recheck_finds_what_getposts_leaves_out() -> None:
    posts = every(1, 60, NOON)
    network = Network(posts[:30] + posts[31:])
    asked = [one["uri"] for one in posts] + [f"at://{BRAND}/app.bsky.feed.repost/1"]
    with serving(network) as url:
        told = list(source(url).recheck(query(), asked))
    assert [one.native_id for one in told if isinstance(one, Gone)] == [posts[30]["uri"]]
    assert len(told) == 60
    assert sum(method.endswith("getPosts") for method, _ in network.asked) == 3


def test_the_probe_says_who_answers() -> None:
    with serving(Network()) as url:
        assert source(url).probe(query(search=False)) == "answers as @verdier.example"


@needs_payloads
@pytest.mark.shared
@pytest.mark.parametrize(
    "glob", ["bluesky/devenv-recorded/*", "bluesky/MarshalX-atproto/**/*.json"]
)
def test_every_recorded_answer_is_read_or_refused(glob: str) -> None:
    for path in PAYLOADS.glob(glob):
        for one in parsed(path.read_bytes()):
            if isinstance(one, Reject):
                assert one.reason in ("refused", "bad_shape", "missing_id")
                continue
            assert isinstance(one, Found)
            fields = canonical(
                {"native_id": one.native_id, **one.data},
                date_format=None,
                zone=UTC_ZONE,
                collected_at=datetime(2026, 11, 23),
            )
            assert fields["kind"] in ("post", "reply", "repost")
            assert one.native_id.startswith("at://did:")


@needs_payloads
@pytest.mark.shared
def test_dates_are_read_as_the_protocol_defines_them() -> None:
    folder = PAYLOADS / "bluesky/MarshalX-atproto/tests/interop-test-files/syntax"
    lines = (folder / "datetime_syntax_valid.txt").read_text().splitlines()
    for text in (line for line in lines if line.strip() and not line.startswith("#")):
        found = item(post(NOON, "1", record={"createdAt": text}))
        assert isinstance(found, Found)
        assert found.data["published_at"] <= "2026-03-11T12:00:00"


@needs_payloads
@pytest.mark.shared
def test_the_recorded_search_replayed_gives_each_post_once() -> None:
    path = PAYLOADS / "bluesky/devenv-recorded/exchanges.ndjson"
    recorded: dict[Any, Any] = {}
    for line in path.read_text().splitlines():
        one = json.loads(line)
        params = one["request"].get("params") or {}
        name = one["request"]["path"].rpartition("/")[2]
        if name.endswith("searchPosts") and one["status"] == 200:
            recorded[params["q"], params.get("cursor")] = one["body"]

    class Replay(Network):
        def searchPosts(self, params: Any) -> Any:  # noqa: N802
            cursor = params.get("cursor", [None])[0]
            body = recorded.get((params["q"][0], cursor))
            return (200, {}, body) if body else (500, {}, {"error": "InternalServerError"})

    window = Window(datetime(2022, 1, 1), datetime(2026, 11, 23))
    for term in ("accepts", "zzzz-nothing", "a"):
        wanted = [
            one["uri"] for (q, _), body in recorded.items() if q == term for one in body["posts"]
        ]
        found = read(Replay(), window, names=(term,))
        assert sorted(ids(found)) == sorted(set(wanted))
        # The recording of "a" ends in the middle: that is said.
        assert bool([one for one in found if isinstance(one, Missed)]) == (term == "a")
