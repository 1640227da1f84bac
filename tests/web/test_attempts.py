from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest
from tests.web.conftest import drip, exactly, reset, send

from oyez.errors import SourceDenied, SourceUnavailable
from oyez.web import Answer, Verdict, accepting

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BROKEN = {
    "body shorter than announced": send(b'{"a":', length=100),
    "chunk cut": exactly(CHUNKED + b"ff\r\n{"),
    "last chunk missing": exactly(CHUNKED + b"2\r\n{}\r\n"),
    "reset": reset,
    "closed without a word": exactly(b""),
    "half a status line": exactly(b"HTTP/1.1 2"),
    "no HTTP": exactly(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "compression cut": exactly(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"{}" * 500)[:-12]
    ),
    "compression broken": send(b"no gzip at all", headers="Content-Encoding: gzip\r\n"),
    "status 500": send(b"oops", status="500 Oops"),
    "status 503": send(b"", status="503 Busy"),
    "status 408": send(b"", status="408 Timeout"),
    "JSON cut, nothing else wrong": exactly(b"HTTP/1.1 200 OK\r\n\r\n" + b'[{"a": 1}, {"a"'),
    "a page instead of JSON": send(b"<!doctype html><title>Maintenance</title>"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_asked_again(name, web, server, clock):
    server.steps = [BROKEN[name], BROKEN[name], send(b'{"ok": true}')]
    answer = web.get(server.url, read=Answer.json)
    assert answer.json() == {"ok": True}
    assert clock.slept == [1.0, 2.0]  # the whole jitter: exponential


NEEDS_NO_READER = [name for name in BROKEN if "JSON" not in name]


@pytest.mark.parametrize("name", NEEDS_NO_READER)
def test_a_broken_answer_is_noticed_by_the_client_itself(name, web, server):
    server.steps = [BROKEN[name], send(b"whole")]
    assert web.get(server.url).body == b"whole"


@pytest.mark.parametrize("name", BROKEN)
def test_four_attempts_then_unavailable(name, web, server):
    server.steps = [BROKEN[name]]
    with pytest.raises(SourceUnavailable, match=r"4 attempts") as caught:
        web.get(server.url, read=Answer.json)
    # A refused or reset connection may leave no request behind, the others leave exactly four.
    assert server.connections <= 4
    assert len(server.heads) == 4
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("status", [400, 404, 405, 422, 451])
def test_a_client_error_is_not_asked_again(status, web, server, clock):
    server.steps = [send(b'{"error": "no such thing"}', status=f"{status} No")]
    with pytest.raises(SourceUnavailable, match="no such thing"):
        web.get(server.url)
    assert len(server.heads) == 1
    assert clock.slept == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_credential_is_said_at_once(status, make, server):
    server.steps = [send(b'{"error": "bad token"}', status=f"{status} No")]
    web = make(allow_private=True, client="celeste", source="mastodon")
    with pytest.raises(SourceDenied, match="bad token") as caught:
        web.get(server.url)
    assert (caught.value.client, caught.value.source) == ("celeste", "mastodon")
    assert len(server.heads) == 1


def test_an_accepted_status_is_an_answer(web, server):
    server.steps = [send(b"gone", status="404 Not Found")]
    assert web.get(server.url, classify=accepting(404)).status == 404


def test_the_connectors_reading_comes_first(web, server):
    server.steps = [send(b'{"nbHits": 0}'), send(b"{}")]
    answer = web.get(server.url, classify=lambda answer: Verdict("empty"))
    assert answer.is_empty
    with pytest.raises(SourceUnavailable, match="odd"):
        web.get(server.url, classify=lambda answer: Verdict("broken", "odd", may_retry=False))
    assert len(server.heads) == 2


@pytest.mark.parametrize(
    "step",
    [
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n", b"x", 0.5, 12),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.2, 60),  # ends when the connection does
        drip(CHUNKED, b"1\r\nx\r\n", 0.2, 60),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1, 90),  # headers without end
        drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"b", 0.1, 200),
        drip(b"", b"", 5, 1),
    ],
    ids=["length", "until close", "chunks", "headers", "one header", "silence"],
)
def test_the_deadline_ends_a_dripped_answer(step, make, server):
    server.steps = [step]
    web = make(allow_private=True, deadline_seconds=0.4)
    start = time.monotonic()
    with pytest.raises(SourceUnavailable, match="not finished after"):
        web.get(server.url, classify=None)
    assert 4 * 0.4 <= time.monotonic() - start < 4 * 0.4 + 1.5


def test_a_slow_answer_within_the_deadline_is_read(make, server):
    server.steps = [drip(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"1", 0.1, 3)]
    assert make(allow_private=True, deadline_seconds=5).get(server.url).body == b"111"


def test_a_body_beyond_the_limit_is_neither_kept_nor_asked_again(make, server):
    server.steps = [send(b"x" * 1001)]
    with pytest.raises(SourceUnavailable, match="longer than 1,000 bytes"):
        make(allow_private=True, max_bytes=1000).get(server.url)
    assert len(server.heads) == 1


def test_fifty_megabytes_are_refused_by_the_limit_that_holds_by_default(make, server):
    server.steps = [send(b"x" * 50_000_000)]
    with pytest.raises(SourceUnavailable, match="longer than 20,971,520 bytes") as caught:
        make(allow_private=True).get(server.url)
    assert len(server.heads) == 1
    assert caught.value.is_answered


def test_a_body_that_just_fits_is_read(make, server):
    server.steps = [
        send(b"x" * 1000),
        send(gzip.compress(b"x" * 1000), headers="Content-Encoding: gzip\r\n"),
    ]
    web = make(allow_private=True, max_bytes=1000)
    assert [len(web.get(server.url).body) for _ in range(2)] == [1000, 1000]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_bomb_stops_at_the_limit(encoding, make, server):
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    bomb = pack(bytes(50 * 1024 * 1024))
    server.steps = [send(bomb, headers=f"Content-Encoding: {encoding}\r\n")]
    tracemalloc.start()
    with pytest.raises(SourceUnavailable, match="longer than"):
        make(allow_private=True, max_bytes=1024 * 1024).get(server.url)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


RAW_DEFLATE = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello world", mtime=0)),
        ("x-gzip", gzip.compress(b"hello world", mtime=0)),
        ("gzip", gzip.compress(b"hello ", mtime=0) + gzip.compress(b"world", mtime=0)),
        ("gzip", gzip.compress(b"hello world", mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(b"hello world")),
        ("deflate", RAW_DEFLATE.compress(b"hello world") + RAW_DEFLATE.flush()),
        ("identity", b"hello world"),
    ],
    # Named, because a packed body may differ in every process, and so would the cases.
    ids=["gzip", "x-gzip", "two members", "padded", "deflate", "raw deflate", "identity"],
)
@pytest.mark.parametrize("piece", [1, 65536])
def test_compressed_bodies_are_read_in_pieces_of_any_size(encoding, packed, piece, web, server):
    pieces = [packed[at : at + piece] for at in range(0, len(packed), piece)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"
    head = CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: " + encoding.encode() + b"\r\n\r\n")
    server.steps = [exactly(head + chunks)]
    assert web.get(server.url).body == b"hello world"


def test_a_compression_that_we_did_not_offer_is_said(web, server):
    server.steps = [send(b"x", headers="Content-Encoding: br\r\n")]
    with pytest.raises(SourceUnavailable, match="'br'"):
        web.get(server.url)
    assert "Accept-Encoding: gzip, deflate" in server.heads[0]


def test_one_connection_serves_several_calls(web, server):
    server.steps = [send(b"{}")]
    for _ in range(3):
        web.get(server.url)
    assert server.connections == 1


def test_the_deadline_holds_on_a_connection_used_again(make, server):
    server.steps = [
        send(b"{}"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", b"x", 0.1, 50),
    ]
    web = make(allow_private=True, deadline_seconds=0.5)
    web.get(server.url)
    start = time.monotonic()
    with pytest.raises(SourceUnavailable):
        web.get(server.url)
    assert time.monotonic() - start < 4


def test_the_tasks_time_ends_the_attempts(make, server, clock):
    server.steps = [send(b"", status="500 Oops")]
    web = make(allow_private=True, task_seconds=2)
    with pytest.raises(SourceUnavailable, match="time of this task"):
        web.get(server.url)
    assert sum(clock.slept) <= 2


def test_every_exchange_is_counted(make, server):
    counted: list[tuple[str, int, int, int]] = []
    web = make(allow_private=True, ledger=lambda *call: counted.append(call))
    server.steps = [
        send(b"", status="500 Oops"),
        reset,
        send(b"", status="302 Found", headers="Location: /there\r\n"),
        send(b"12345"),
    ]
    web.get(server.url, cost=100)
    host = f"127.0.0.1:{server.port}"
    assert counted == [
        (host, 500, 0, 100),
        (host, 0, 0, 100),
        (host, 302, 0, 100),
        (host, 200, 5, 0),
    ]


def test_nothing_listens(web):
    with pytest.raises(SourceUnavailable, match="refused"):
        web.get("http://127.0.0.1:9/")


def test_a_post_sends_its_body_each_time(web, server):
    server.steps = [send(b"", status="502 Bad Gateway"), send(b'{"accessJwt": "eyJh"}')]
    answer = web.post(server.url, json={"identifier": "a", "password": "hunter2hunter2"})
    assert answer.json() == {"accessJwt": "eyJh"}
    assert answer.request["body"] == {"identifier": "a", "password": "***"}
    assert server.bodies == [b'{"identifier": "a", "password": "hunter2hunter2"}'] * 2
    assert all("Content-Type: application/json" in head for head in server.heads)


def test_cookies_are_neither_kept_nor_sent_back(web, server):
    server.steps = [send(b"{}", headers="Set-Cookie: session=abcdef; Path=/\r\n")]
    answer = web.get(server.url)
    web.get(server.url)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in server.heads[1]
