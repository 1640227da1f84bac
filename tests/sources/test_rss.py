"""Feeds as they are: recorded ones, and a site that moves, refuses, scrolls and lies."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from pydantic import ValidationError

from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Missed, Query, Window
from oyez.sources.item import canonical
from oyez.sources.rss import Page, Rss, parse, read

from .payload_table import PAYLOADS, needs_payloads
from .site import Asked, Reply, patient_web, running

DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
HOUR = timedelta(hours=1)
SAMPLES = PAYLOADS / "rss" / "feedjira" / "spec" / "sample_feeds"


def parsed(body: bytes) -> Iterator[Found | Reject]:
    """For the table of payloads."""
    return parse(body)


def entry(number: int, at: datetime | None, more: str = "") -> str:
    date = f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if at else ""
    return (
        f"<item><title>Title {number}</title><link>https://blog.example/{number}</link>"
        f"<guid>https://blog.example/{number}</guid>{date}{more}</item>"
    )


def feed(*entries: str, head: str = "<title>The Blog</title>") -> bytes:
    body = "".join(entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{body}</channel></rss>'.encode()


def next_link(href: str) -> str:
    return f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="{href}"/>'


OLD = entry(0, DAY.start - HOUR)  # proves that the feed reaches back before the day


def query(*feeds: Any, **options: Any) -> Query:
    given = Rss.Options.model_validate({"feeds": list(feeds), **options})
    return Query("verdier", "feeds", ("Verdier",), (), ("fr",), given)


def collect(respond: Callable[[Asked], Reply], *paths: str, **options: Any) -> list[Any]:
    with _site(respond) as site:
        feeds = [site.url + path for path in paths or ("/feed",)]
        return list(Rss(patient_web()).fetch(query(*feeds, **options), DAY))


def _site(respond: Callable[[Asked], Reply]) -> Any:
    def with_robots(asked: Asked) -> Reply:
        return Reply(b"", 404) if asked.path == "/robots.txt" else respond(asked)

    return running(with_robots)


def serve(body: bytes) -> Callable[[Asked], Reply]:
    return lambda _: Reply(body)


def one(body: bytes, **how: Any) -> Found:
    [found] = read(body, url="https://blog.example/feed", **how).found
    assert isinstance(found, Found)
    return found


def _closing(first: bytes, then: bytes) -> Callable[[Asked], Reply]:
    """Answer the first question with some bytes, all others with others."""
    bodies = iter((first,))
    return lambda _: Reply(next(bodies, then))


def test_a_document_that_was_cut_is_asked_again() -> None:
    whole = feed(OLD, *(entry(n, DAY.start + n * HOUR) for n in range(1, 5)))
    cut = whole[: whole.index(b"Title 3")]
    yielded = collect(_closing(cut, whole))
    assert [found.data["title"] for found in yielded] == [f"Title {n}" for n in range(5)]


def test_a_document_that_is_always_cut_gives_its_whole_entries_and_a_gap() -> None:
    whole = feed(*(entry(n, DAY.start + n * HOUR) for n in range(5, 0, -1)))
    yielded = collect(serve(whole[: whole.index(b"Title 2")]))
    assert [one.data["title"] for one in yielded[:-1]] == ["Title 5", "Title 4", "Title 3"]
    gap = yielded[-1]
    assert (gap.start, gap.end, gap.state) == (DAY.start, DAY.end, "partial")
    assert "ends in the middle" in gap.reason


def test_a_cut_feed_costs_no_other_feed() -> None:
    good = feed(OLD, entry(1, DAY.start))
    yielded = collect(
        lambda asked: Reply(good if asked.path == "/good" else good[:-60]), "/cut", "/good"
    )
    assert {one.data["title"] for one in yielded if isinstance(one, Found)} >= {"Title 1"}
    assert [(one.state, one.start) for one in yielded if isinstance(one, Missed)] == [
        ("partial", DAY.start)
    ]


# --- One entry ------------------------------------------------------------------------------------


def test_an_entry_becomes_an_item() -> None:
    more = (
        "<description>&lt;p&gt;Words &amp;amp; more&lt;/p&gt;</description>"
        "<author>ana@blog.example (Ana)</author>"
        '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">4</slash:comments>'
    )
    head = "<title>The Blog</title><language>fr-FR</language>"
    found = one(feed(entry(1, DAY.start, more), head=head))
    assert found.native_id == "https://blog.example/1"
    assert found.data == {
        "published_at": "2026-03-11T00:00:00",
        "title": "Title 1",
        "text": "Words & more",
        "url": "https://blog.example/1",
        "network": "news",
        "channel": "news",
        "kind": "article",
        "language": "fr",
        "author_name": "Ana",
        "reply_count": "4",
        "outlet": "The Blog",
    }
    json.dumps(found.raw)


def test_identity_falls_back_from_guid_to_link_to_words() -> None:
    def identity(item: str) -> str:
        return one(feed(f"<item>{item}</item>")).native_id

    link = "<link>https://blog.example/a</link>"
    assert identity(f"<guid>tag:blog.example,2026:1</guid>{link}") == "tag:blog.example,2026:1"
    assert identity(link) == "https://blog.example/a"
    # A bare number is unique in its feed only.
    assert len(identity(f"<guid>17</guid>{link}")) == 64
    date = "<pubDate>Wed, 11 Mar 2026 00:00:00 GMT</pubDate>"
    words = identity(f"<title>Only words</title>{date}")
    assert len(words) == 64
    assert words == identity(f"<title>Only words</title>{date}")
    assert words != identity("<title>Only words</title>")
    [reject] = read(feed("<item><author>x</author></item>"), url="https://blog.example/").found
    assert isinstance(reject, Reject)
    assert reject.reason == "missing_id"


def test_ids_survive_a_move_to_https() -> None:
    body = feed("<item><guid>17</guid></item>")
    ids = {
        read(body, url=url).found[0].native_id  # type: ignore[union-attr]
        for url in ("http://www.blog.example/feed/", "https://blog.example/feed")
    }
    assert len(ids) == 1


def test_a_guid_that_all_entries_share_is_no_identity() -> None:
    same = "<guid>https://blog.example/</guid>"
    items = [f"<item>{same}<link>https://blog.example/{n}</link></item>" for n in range(3)]
    page = read(feed(*items, items[0]), url="https://blog.example/feed")
    assert Counter(found.native_id for found in page.found if isinstance(found, Found)) == {
        "https://blog.example/0": 2,
        "https://blog.example/1": 1,
        "https://blog.example/2": 1,
    }


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<published>2026-03-11T01:00:00+01:00</published><updated>2026-03-12T00:00:00Z</updated>",
         "2026-03-11T00:00:00"),
        ("<updated>2026-03-12T00:00:00Z</updated>", "2026-03-12T00:00:00"),
        ("<published>1970-01-01T00:00:00Z</published><updated>2026-03-12T00:00:00Z</updated>",
         "2026-03-12T00:00:00"),
        ("<published>1970-01-01T00:00:00Z</published>", "1970-01-01T00:00:00"),
        ("<published>mercredi 11 mars</published>", None),
        ("", None),
    ],
)  # fmt: skip
def test_date_falls_back_from_published_to_updated(dates: str, expected: str | None) -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
    <entry><id>urn:x:1</id><title>A</title>{dates}</entry></feed>"""
    assert one(body.encode()).data.get("published_at") == expected


def test_atom_text_titles_keep_their_brackets_and_html_ones_do_not() -> None:
    def title(text: str) -> str:
        body = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id>{text}</entry></feed>'
        )
        return str(one(body.encode()).data["title"])

    assert title('<title type="text">The &lt;b&gt; tag</title>') == "The <b> tag"
    assert title('<title type="html">A &lt;b&gt;bold&lt;/b&gt; move</title>') == "A bold move"


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://www.google.com/url?rct=j&amp;url=https://press.example/a%3Fb%3D1&amp;ct=ga",
        "https://www.google.fr/url?q=https://press.example/a%3Fb%3D1",
    ],
)
def test_google_redirects_are_unwrapped(wrapped: str) -> None:
    body = feed(
        f"<item><guid>tag:google.com,2013:1</guid><link>{wrapped}</link></item>",
        head="<title>Google Alert - Verdier</title>",
    )
    found = one(body)
    assert found.data["url"] == "https://press.example/a?b=1"
    assert found.data["outlet"] == "press.example"


def test_google_news_names_the_outlet_in_its_source_element() -> None:
    source = '<source url="https://press.example">La Presse</source>'
    assert one(feed(entry(1, DAY.start, source))).data["outlet"] == "La Presse"
    assert one(feed(entry(1, DAY.start, source)), name="Mine").data["outlet"] == "Mine"


def test_sound_makes_a_podcast_unless_told_otherwise() -> None:
    sound = '<enclosure url="https://cdn.example/1.mp3" length="1" type="audio/mpeg"/>'
    item = f"<item><guid>e1</guid><title>Episode</title>{sound}</item>"
    data = one(feed(item)).data
    assert (data["network"], data["channel"], data["kind"]) == ("podcast", "other", "post")
    assert data["url"] == "https://cdn.example/1.mp3"
    assert one(feed(item), medium="blog").data["channel"] == "blog"


def test_youtube_entries_carry_the_id_of_the_video() -> None:
    body = b"""<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
      xmlns="http://www.w3.org/2005/Atom"><entry><id>yt:video:abc_-123</id>
      <yt:videoId>abc_-123</yt:videoId><title>V</title>
      <link rel="alternate" href="https://www.youtube.com/watch?v=abc_-123"/></entry></feed>"""
    found = one(body)
    assert (found.native_id, found.data["network"]) == ("abc_-123", "youtube")


def test_json_feed() -> None:
    items = [
        {"id": "1", "url": "https://blog.example/1", "title": "A &amp; B",
         "content_html": "<p>One</p>", "date_published": "2026-03-11T01:00:00+01:00",
         "authors": [{"name": "Ana"}]},
        {"id": 2, "content_text": "two", "date_published": "soon", "attachments": [
            {"url": "https://blog.example/2.mp3", "mime_type": "audio/mpeg"}]},
        {"title": ""},
        "nonsense",
    ]  # fmt: skip
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items,
            "language": "en", "next_url": "/page2"}  # fmt: skip
    page = read(json.dumps(body).encode(), url="https://blog.example/feed.json")
    first, second, third, fourth = page.found
    assert isinstance(fourth, Reject)
    assert (fourth.reason, fourth.ref) == ("bad_shape", "feed #4")
    assert isinstance(first, Found)
    assert first.data == {
        "published_at": "2026-03-11T00:00:00", "title": "A & B", "text": "One",
        "url": "https://blog.example/1", "network": "news", "channel": "news", "kind": "article",
        "language": "en", "author_name": "Ana", "outlet": "T",
    }  # fmt: skip
    assert isinstance(second, Found)
    assert "published_at" not in second.data
    assert second.data["network"] == "podcast"
    assert isinstance(third, Reject)
    assert page.next_url == "https://blog.example/page2"


# --- One document ---------------------------------------------------------------------------------


def test_space_before_the_declaration_and_a_cut_end_still_yield() -> None:
    whole = feed(entry(1, DAY.start), entry(2, DAY.start))
    assert len(read(b"\n  " + whole, url="https://b.example/").found) == 2
    # Of an entry that is cut in its middle nobody knows what it would have said.
    cut = read(whole[:-40], url="https://b.example/")
    assert (len(cut.found), cut.is_cut) == (1, True)
    cut = read(whole[:-16], url="https://b.example/")
    assert (len(cut.found), cut.is_cut) == (2, True)
    assert not read(whole, url="https://b.example/").is_cut


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", "text/xml"),
        ("iso-8859-1", "iso-8859-1", "text/xml; charset=utf-8"),
        ("utf-8", "", "text/xml; charset=iso-8859-1"),
        ("cp1252", "", "text/xml; charset=windows-1252"),
        ("utf-16", "utf-16", "application/xml"),
    ],
)
def test_encodings_are_the_documents_own(encoding: str, declared: str, header: str) -> None:
    declaration = f' encoding="{declared}"' if declared else ""
    text = f'<?xml version="1.0"{declaration}?><rss version="2.0"><channel><title>Café</title>'
    text += "<item><title>Déjà vu à Liège</title></item></channel></rss>"
    found = one(text.encode(encoding), content_type=header)
    assert (found.data["title"], found.data["outlet"]) == ("Déjà vu à Liège", "Café")


def test_a_body_that_is_the_name_of_a_file_opens_no_file() -> None:
    with pytest.raises(SourceUnavailable, match="no feed"):
        read(str(PAYLOADS.parent / "README.md").encode(), url="https://blog.example/")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing"),
        (b"  \n", "nothing"),
        (b"<!DOCTYPE html><html><body>Welcome</body></html>", "a web page"),
        (b'{"error": "no such feed"}', "no feed"),
        (b'{"items": ', "no feed"),
        (b"\x00\xff\xfe\x00garbage", "no feed"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(SourceUnavailable, match=words):
        read(body, url="https://blog.example/")


def test_an_empty_feed_yields_nothing() -> None:
    assert read(feed(), url="https://b.example/") == Page([], None, None)
    assert collect(serve(feed())) == []


def test_a_huge_feed_is_read_in_bounded_time() -> None:
    body = feed(*(entry(n, DAY.start, "<description>word </description>") for n in range(5_000)))
    began = time.monotonic()
    assert len(read(body, url="https://b.example/").found) == 5_000
    assert time.monotonic() - began < 60


def test_entities_do_not_explode() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]><rss version="2.0">'
    body += "<channel><item><title>&l11;</title><guid>urn:1</guid></item></channel></rss>"
    began = time.monotonic()
    found = read(body.encode(), url="https://b.example/").found
    assert time.monotonic() - began < 10
    assert all(len(str(each.raw)) < 10_000 for each in found)


# --- Polling --------------------------------------------------------------------------------------


def test_window_late_arrivals_and_what_came_since() -> None:
    body = feed(
        entry(1, DAY.end + HOUR),  # after the day: landed with it
        entry(2, DAY.start),
        entry(3, DAY.start - HOUR),  # late
        entry(4, DAY.start - timedelta(days=4)),  # old
    )
    found = collect(serve(body))
    assert [one.native_id[-1] for one in found] == ["1", "2", "3"]
    assert [one.native_id[-1] for one in collect(serve(body), late_days=0)] == ["1", "2"]


def test_what_appears_late_lands_however_old_it_is() -> None:
    day, young = timedelta(days=1), entry(1, DAY.start)
    history = [entry(n, DAY.start - n * day) for n in (10, 20, 30)]
    late, older = entry(5, DAY.start - 15 * day), entry(6, DAY.start - 40 * day)
    shown = feed(young, *history)
    memory: dict[str, str] = {}
    told: list[str] = []

    def poll(url: str, window: Window = DAY) -> list[str]:
        source = Rss(patient_web(), None, memory, tell=told.append)
        yielded = list(source.fetch(query(url), window))
        assert not [one for one in yielded if isinstance(one, Missed)]
        return [one.native_id.rpartition("/")[2] for one in yielded if isinstance(one, Found)]

    next_day = Window(DAY.end, DAY.end + day)
    third_day = Window(DAY.end + day, DAY.end + 2 * day)
    with _site(lambda _: Reply(shown)) as site:
        url = site.url + "/feed"
        # What was there before the first reading is history, and says nothing of those days.
        assert poll(url) == ["1"]
        assert ["3 entries before 2026-03-08 were there" in one for one in told] == [True]
        shown = feed(young, late, *history, older)
        # The oldest one stands below all that was shown: the feed only shows more of its past.
        for _ in range(2):
            assert poll(url, next_day) == ["1", "5"]
        assert poll(url, third_day) == ["1"]
        # Built anew under other names, its old entries are no news.
        shown = feed(*(entry(100 + n, DAY.start - n * day) for n in (0, 10, 20)))
        assert poll(url, third_day) == ["100"]
    assert len(told) == 2


def test_a_feed_that_has_scrolled_past_says_what_it_missed() -> None:
    found, missed = collect(serve(feed(entry(1, DAY.start + 5 * HOUR))))
    assert isinstance(found, Found)
    assert (missed.start, missed.end, missed.state) == (
        DAY.start,
        DAY.start + 5 * HOUR,
        "not_asked",
    )
    assert "reaches back to 2026-03-11 05:00 UTC only" in missed.reason
    _, missed = collect(serve(feed(entry(1, DAY.end + HOUR))))
    assert (missed.start, missed.end) == (DAY.start, DAY.end)


def test_pages_are_followed_until_the_day_is_complete() -> None:
    def respond(asked: Asked) -> Reply:
        page = int(asked.params.get("page", 1))
        ours = [entry(page * 10 + n, DAY.end - (page * 10 + n) * HOUR) for n in range(10)]
        return Reply(feed(*ours, head=next_link(f"?page={page + 1}")))

    found = collect(respond, late_days=0)
    assert [type(one) for one in found].count(Missed) == 0
    # The second and third pages hold the entries of 10 to 24 hours before the day's end.
    assert len(found) == len({one.native_id for one in found}) == 15


@pytest.mark.parametrize("loop", ["/feed", "?page={}"])
def test_endless_pages_are_stopped(loop: str) -> None:
    count = iter(range(1_000))

    def respond(_: Asked) -> Reply:
        return Reply(feed(entry(1, DAY.end - HOUR), head=next_link(loop.format(next(count)))))

    found, missed = collect(respond)
    assert isinstance(found, Found)
    assert "its pages repeat or do not end" in missed.reason
    assert next(count) <= 21


def test_json_that_is_no_feed_is_refused() -> None:
    for body in ({"items": []}, {"version": "2.0", "items": [{"title": "a", "link": "b"}]}):
        with pytest.raises(SourceUnavailable, match="no feed"):
            read(json.dumps(body).encode(), url="https://b.example/")
    empty = {"version": "https://jsonfeed.org/version/1", "title": "T", "items": []}
    assert read(json.dumps(empty).encode(), url="https://b.example/").found == []


def test_undated_entries_are_dated_by_their_first_sighting() -> None:
    def poll(connector: Rss, window: Window, url: str) -> dict[str, Found]:
        found = connector.fetch(query(url), window)
        return {one.native_id[-1]: one for one in found if isinstance(one, Found)}

    with _site(serve(feed(OLD, entry(1, None)))) as site:
        memory: dict[str, str] = {}
        for day in range(3):
            connector = Rss(patient_web())
            connector.memory = memory
            window = Window(DAY.start + timedelta(days=day), DAY.end + timedelta(days=day))
            found = poll(connector, window, site.url)["1"]
            assert found.data["published_at"] == "2026-03-11T23:59:59.999999"
            assert found.raw["date_is"] == "first_seen"
        # Without a memory each reading is a first one.
        window = Window(DAY.start + timedelta(days=1), DAY.end + timedelta(days=1))
        forgetful = poll(Rss(patient_web()), window, site.url)["1"]
        assert forgetful.data["published_at"] == "2026-03-12T23:59:59.999999"


def test_lying_dates_go_on_to_quarantine() -> None:
    lies = [entry(1, datetime(1970, 1, 1)), entry(2, datetime(2036, 1, 1))]
    found = [one for one in collect(serve(feed(OLD, *lies))) if isinstance(one, Found)]
    assert {one.data["published_at"][:4] for one in found} == {"2026", "1970", "2036"}


def test_one_entry_in_two_feeds_is_found_once_and_twice_gives_the_same() -> None:
    body = feed(OLD, entry(1, DAY.start))
    found = collect(serve(body), "/a", "/b")
    assert len(found) == 2
    raw = [(one.native_id, one.data) for one in found]
    assert raw == [(one.native_id, one.data) for one in collect(serve(body), "/a", "/b")]


# --- Sites ----------------------------------------------------------------------------------------


def test_a_feed_that_fails_is_missed_and_the_others_go_on() -> None:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/secret/down":
            return Reply(b"oops", 404)
        return Reply(feed(OLD, entry(1, DAY.start)))

    *found, missed = collect(respond, "/secret/down?token=s3cret", "/up")
    assert len(found) == 2
    # The other feed was read: the day is partial, not blind.
    assert (missed.start, missed.end, missed.state) == (DAY.start, DAY.end, "partial")
    assert missed.reason.startswith("feed 1 (127.0.0.1): ")
    assert "secret" not in missed.reason
    assert "s3cret" not in missed.reason


def test_gone_for_good_asks_for_an_edit() -> None:
    [missed] = collect(lambda _: Reply(b"", 410))
    assert missed.state == "not_configured"
    assert "remove it from the client's file" in missed.reason


def test_where_no_feed_reaches_nothing_was_measured() -> None:
    """One feed from nine o'clock, one gone, one from five: blind till five, then partial."""

    def respond(asked: Asked) -> Reply:
        if asked.path == "/gone":
            return Reply(b"", 410)
        hour = int(asked.path.removeprefix("/"))
        return Reply(feed(entry(hour, DAY.start + hour * HOUR)))

    found = collect(respond, "/9", "/gone", "/5")
    gaps = {
        (one.reason[:6], (one.start - DAY.start) / HOUR, (one.end - DAY.start) / HOUR, one.state)
        for one in found
        if isinstance(one, Missed)
    }
    assert gaps == {
        ("feed 1", 0, 5, "not_asked"),
        ("feed 1", 5, 9, "partial"),
        ("feed 2", 0, 5, "not_configured"),
        ("feed 2", 5, 24, "partial"),
        ("feed 3", 0, 5, "not_asked"),
    }


def test_all_feeds_down_is_an_error_of_the_source() -> None:
    with pytest.raises(SourceUnavailable):
        collect(lambda _: Reply(b"", 404), "/a", "/b")


def test_too_often_comes_back_later() -> None:
    with pytest.raises(SourceThrottled) as caught:
        collect(lambda _: Reply(b"", 429, {"Retry-After": "7200"}))
    assert caught.value.until == datetime(2026, 3, 12, 8)


def test_robots_are_obeyed() -> None:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /private")
        return Reply(feed(OLD))

    with running(respond) as site:
        with pytest.raises(SourceDenied, match=r"robots\.txt"):
            list(Rss(patient_web()).fetch(query(site.url + "/private/feed"), DAY))
        assert [asked.path for asked in site.asked] == ["/robots.txt"]
        assert len(list(Rss(patient_web()).fetch(query(site.url + "/feed"), DAY))) == 1


def test_a_move_for_good_is_followed_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/old":
            return Reply(b"", 301, {"Location": "/new"})
        return Reply(feed(OLD))

    with _site(respond) as site, caplog.at_level("WARNING", "oyez.sources.rss"):
        connector = Rss(patient_web())
        assert len(list(connector.fetch(query(site.url + "/old"), DAY))) == 1
        assert "moved for good" in caplog.text
        said = connector.probe(query(site.url + "/old"))
    moved = f"feed 1 (127.0.0.1) moved for good: write {site.url}/new instead"
    assert said == f"1 of 1 feeds answer; {moved}"


def test_probe_tells_what_answers() -> None:
    def respond(asked: Asked) -> Reply:
        replies = {"/gone": Reply(b"", 410), "/page": Reply(b"<html></html>")}
        return replies.get(asked.path, Reply(feed(OLD)))

    with _site(respond) as site:
        urls = [site.url + path for path in ("/up", "/gone", "/page")]
        said = Rss(patient_web()).probe(query(*urls))
    assert said.startswith("1 of 3 feeds answer; feed 2 (127.0.0.1) is gone: remove it; feed 3")


@pytest.mark.parametrize("feeds", [[], ["ftp://x.example/"], ["b.example/feed"], [{"name": "x"}]])
def test_options_refuse_what_is_no_feed(feeds: list[Any]) -> None:
    with pytest.raises(ValidationError):
        Rss.Options.model_validate({"feeds": feeds})


# --- Recorded feeds -------------------------------------------------------------------------------


@pytest.mark.shared
@needs_payloads
def test_bozo_is_not_failure() -> None:
    """Of 42 recorded feeds feedparser calls 26 `bozo`; 18 of those, and two JSON feeds, yield."""
    facts: Counter[str] = Counter()
    for path in sorted(SAMPLES.iterdir()):
        body = path.read_bytes()
        theirs = feedparser.parse(io.BytesIO(body))
        facts["files"] += 1
        facts["bozo"] += bool(theirs.bozo)
        facts["space first"] += "declaration not at start" in str(theirs.get("bozo_exception"))
        facts["bozo that yields"] += bool(theirs.bozo and theirs.entries)
        facts["entries"] += len(theirs.entries)
        facts["without id"] += sum(not each.get("id") for each in theirs.entries)
        try:
            ours = [each for each in parse(body) if isinstance(each, Found)]
        except SourceUnavailable:
            facts["refused"] += 1
            assert not theirs.entries
            continue
        facts["items"] += len(ours)
        facts["undated"] += sum("published_at" not in each.data for each in ours)
        facts["without link"] += sum("url" not in each.data for each in ours)
        if theirs.entries:
            assert len(ours) == len(theirs.entries), path.name
    assert facts == {
        "files": 42,
        "bozo": 26,
        "space first": 16,
        "bozo that yields": 18,
        "entries": 242,
        "without id": 39,
        "refused": 6,  # pieces of HTML, no feeds
        "items": 292,  # with the 50 of the JSON feeds, which feedparser does not read
        "undated": 5,
        "without link": 1,  # of two, one has a sound file to point at
    }


@pytest.mark.shared
@needs_payloads
def test_recorded_entries_with_a_date_are_canonical() -> None:
    """None of the real feeds' 287 dated items goes to quarantine."""
    count = 0
    for path in sorted(SAMPLES.iterdir()):
        with suppress(SourceUnavailable):
            for each in parse(path.read_bytes()):
                if isinstance(each, Found) and "published_at" in each.data:
                    item = canonical(
                        {"native_id": each.native_id, **each.data},
                        date_format=None,
                        zone=ZoneInfo("UTC"),
                        collected_at=DAY.end,
                    )
                    count += 1
                    assert item["native_id"]
                    assert item["outlet"]
    assert count == 287


@pytest.mark.shared
@needs_payloads
def test_the_recorded_google_alert() -> None:
    found = list(parse((SAMPLES / "google_alerts_atom.xml").read_bytes()))
    assert len(found) == 20
    for each in found:
        assert isinstance(each, Found)
        assert each.native_id.startswith("tag:google.com,2013:googlealerts/feed:")
        assert "google." not in each.data["url"]
        assert each.data["outlet"] in each.data["url"]
        assert "<" not in each.data["title"]
        assert "nbsp" not in each.data["text"]
    assert "Slack" in found[0].data["title"]  # type: ignore[union-attr]


@pytest.mark.shared
@needs_payloads
@pytest.mark.parametrize("folder", ["feedjira", "feedparser", "gofeed"])
def test_every_recorded_file_is_items_or_a_reason(folder: str) -> None:
    for path in sorted((PAYLOADS / "rss" / folder).rglob("*")):
        if path.is_file():
            with suppress(SourceUnavailable):  # names what the file is instead
                for each in parse(path.read_bytes()):
                    assert each.native_id if isinstance(each, Found) else each.reason
                    json.dumps(each.raw)
