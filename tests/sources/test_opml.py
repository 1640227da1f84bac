"""OPML: what real lists do wrong, and every recorded list."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import pytest

from oyez.errors import ConfigError
from oyez.sources.opml import MAX_FEEDS, MAX_FOLDERS, Feed, feeds, read

from .payload_table import PAYLOADS, needs_payloads
from .test_plain import seconds


def parsed(body: bytes) -> list[Feed]:
    """For the table of payloads: a list's feeds count as its items."""
    return feeds(body)


LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine & yours</title></head><body>
  <outline text="News">
    <outline text="Daily" type="rss" xmlUrl="https://daily.example/rss?a=1&b=2" htmlUrl="https://daily.example"/>
    <outline title="Local"><outline text="Town" xmlUrl="http://town.example/feed"></outline></outline>
  </outline>
  <outline text="Again" type="rss" xmlUrl="https://daily.example/rss?a=1&amp;b=2"/>
</body></opml>"""


def test_folders_bare_ampersands_and_repeats() -> None:
    assert feeds(LIST) == [
        Feed("https://daily.example/rss?a=1&b=2", "Daily", ("News",)),
        Feed("http://town.example/feed", "Town", ("News", "Local")),
    ]


def test_folders_closed_twice_do_not_stop_the_reading() -> None:
    body = b"""<opml><body><outline text="A"></outline></outline></outline>
    <outline text="B" xmlUrl="https://b.example/f"/></body></opml>"""
    assert feeds(body) == [Feed("https://b.example/f", "B")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = '<opml><body><outline text="Café" xmlUrl="https://c.example/"/></body></opml>'
    assert feeds(text.encode(encoding))[0].title == "Café"


def test_what_is_no_feed_is_left_out_aloud() -> None:
    found = read(
        b"""<opml><body>
        <outline text="mail" xmlUrl="mailto:a@b.example"/>
        <outline text="empty" xmlUrl=" "/>
        <outline text="more" type="include" url="https://l.example/more.opml"/>
        <outline text="page" htmlUrl="https://p.example/"/>
        <outline text="old scheme" xmlUrl="feed://f.example/rss"/>
        </body></opml>"""
    )
    assert [feed.url for feed in found.feeds] == ["https://f.example/rss"]
    assert [line.partition(":")[0] for line in found.left_out] == ["mail", "empty", "more", "page"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"<!doctype html><html></html>", "web page"),
        (b'<rss version="2.0"><channel/></rss>', "not a list"),
        (b"hello", "no <opml>"),
        (LIST[:-20], "was cut"),
        (b" " * (10 * 1024 * 1024 + 1), "bytes"),
        (
            b"<opml><body>"
            + b"".join(b'<outline xmlUrl="https://%d.example"/>' % n for n in range(MAX_FEEDS + 1))
            + b"</body></opml>",
            "feeds, more than",
        ),
    ],
)
def test_refusals_say_why_and_what_to_do(body: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        feeds(body)
    assert caught.value.action


@pytest.mark.parametrize("piece", ["<outline ", "<!-- ", '<outline a="', "<outline text=a>", "&"])
def test_twice_the_list_takes_no_four_times_as_long(piece: str) -> None:
    def taken(count: int) -> float:
        body = f"<opml>{piece * count}</opml>".encode()

        def work(_: str) -> None:
            with suppress(ConfigError):
                read(body)

        return seconds(work, "")

    assert taken(20_000) < 3 * taken(10_000) + 0.02


def test_folders_without_end_cost_no_memory() -> None:
    deep = '<outline text="a">' * 100_000
    many = "".join(f'<outline xmlUrl="http://a.example/{n}"/>' for n in range(4_000))
    found = feeds(f"<opml>{deep}{many}</opml>".encode())
    assert len(found) == 4_000
    assert found[-1].folders == ("a",) * MAX_FOLDERS


@pytest.mark.shared
@needs_payloads
def test_recorded_lists_are_read_or_refused_with_a_remedy() -> None:
    """Refused are 25 RDF files, one of another vocabulary, and three that are cut or crossed."""
    read_, refused = {}, {}
    for path in sorted((PAYLOADS / "opml").rglob("*.*ml")):
        name = path.relative_to(PAYLOADS / "opml").as_posix()
        try:
            read_[name] = read(path.read_bytes())
        except ConfigError as problem:
            refused[name] = problem.message
    assert len(read_) + len(refused) == 111
    assert [feed.title for feed in read_["listparser/feeds.opml"].feeds] == [
        "listparser blog",
        "listparser changelog",
    ]
    assert Counter(message.split(":")[0] for message in refused.values()) == {
        "this is a feed or an RDF file, not a list of feeds": 25,
        "the list ends before its last tag </opml>": 3,
        "this is no OPML": 1,
    }
    # The malformed ones that are complete give their feed all the same.
    malformed = {name: found for name, found in read_.items() if "/malformed/" in name}
    assert len(malformed) == 7
