"""What a feed's site said before: "not modified", "moved for good", "gone for good"."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.sources.contract import Found, Missed, Window
from oyez.sources.documents import MOST_AGE, Documents
from oyez.sources.rss import Rss

from .site import Asked, Clock, Reply, patient_web, running
from .test_rss import DAY, HOUR, OLD, entry, feed, next_link, query

BODY = feed(OLD, entry(1, DAY.start), entry(2, DAY.start + HOUR))
ALL = ["https://blog.example/0", "https://blog.example/1", "https://blog.example/2"]


@dataclass
class Shelf:
    """A site with documents that have tags; `fail` answers instead where it gives a reply."""

    documents: dict[str, bytes]
    fail: Callable[[Asked], Reply | None] = lambda _: None
    answered: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(b"", 404)
        reply = self.fail(asked) or self._document(asked)
        self.answered.append((asked.path, reply.status))
        return reply

    def _document(self, asked: Asked) -> Reply:
        page = asked.params.get("page")
        body = self.documents[asked.path + (f"?page={page}" if page else "")]
        tag = f'"{hash(body)}"'
        if asked.headers.get("If-None-Match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        return Reply(body, headers={"ETag": tag})


@dataclass
class Reader:
    """One source between runs: what it remembers, holds and says."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    memory: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> dict[str, str]:
        """What it remembers of addresses; which entries a feed showed is tested with late ones."""
        return {name: one for name, one in self.memory.items() if not name.startswith("shows ")}

    def connector(self) -> Rss:
        documents = Documents(self.folder, clock=self.clock)
        return Rss(patient_web(), None, self.memory, documents, self.told.append)

    def run(self, *urls: str, window: Window = DAY, **options: Any) -> list[Any]:
        return list(self.connector().fetch(query(*urls, **options), window))


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path / "held")


def ids(found: list[Any]) -> list[str]:
    return [one.native_id for one in found if isinstance(one, Found)]


# --- Not modified ---------------------------------------------------------------------------------


def test_not_modified_gives_what_the_whole_answer_would(reader: Reader) -> None:
    shelf = Shelf({"/feed": BODY})
    with running(shelf) as site:
        first = reader.run(site.url + "/feed")
        assert reader.run(site.url + "/feed") == first
    assert ids(first) == ALL
    assert shelf.answered == [("/feed", 200), ("/feed", 304)]


def test_another_day_another_option_and_a_lost_run_get_their_items_too(reader: Reader) -> None:
    """The document was held by a run that landed nothing; each later one reads all of it."""
    old = entry(9, DAY.start - timedelta(days=2))
    shelf = Shelf({"/feed": feed(old, OLD, entry(1, DAY.start))})
    with running(shelf) as site:
        stopped = reader.connector().fetch(query(site.url + "/feed", late_days=0), DAY)
        assert next(stopped).native_id == ALL[1]  # type: ignore[union-attr]
        stopped.close()  # killed before it landed
        assert ids(reader.run(site.url + "/feed", late_days=0)) == [ALL[1]]
        assert len(ids(reader.run(site.url + "/feed", late_days=3))) == 3
        before = Window(DAY.start - timedelta(days=1), DAY.start)
        # A day that nobody collected: its own entry, and what appeared since.
        assert ids(reader.run(site.url + "/feed", late_days=0, window=before)) == ALL[:2]
        named = reader.run({"url": site.url + "/feed", "name": "Le Blog", "medium": "blog"})
    assert {one.data["outlet"] for one in named} == {"Le Blog"}
    assert [status for _, status in shelf.answered] == [200, 304, 304, 304, 304]


def test_what_changed_is_read_anew(reader: Reader) -> None:
    shelf = Shelf({"/feed": BODY})
    with running(shelf) as site:
        reader.run(site.url + "/feed")
        shelf.documents["/feed"] = feed(OLD, entry(3, DAY.start))
        assert ids(reader.run(site.url + "/feed")) == [ALL[0], "https://blog.example/3"]
        assert ids(reader.run(site.url + "/feed")) == [ALL[0], "https://blog.example/3"]
    assert [status for _, status in shelf.answered] == [200, 200, 304]


def test_a_gap_is_the_same_gap_when_nothing_changed(reader: Reader) -> None:
    """The feed scrolled past five hours of the day: silence of the site is no measurement."""
    with running(Shelf({"/feed": feed(entry(1, DAY.start + 5 * HOUR))})) as site:
        first = reader.run(site.url + "/feed")
        assert reader.run(site.url + "/feed") == first
    assert [(one.start, one.end) for one in first if isinstance(one, Missed)] == [
        (DAY.start, DAY.start + 5 * HOUR)
    ]


def test_each_page_has_its_own_tag(reader: Reader) -> None:
    pages = {
        "/feed": feed(entry(2, DAY.end - HOUR), head=next_link("/feed?page=2")),
        "/feed?page=2": feed(entry(1, DAY.start + HOUR), OLD),
    }
    shelf = Shelf(pages)
    with running(shelf) as site:
        for _ in range(2):
            assert ids(reader.run(site.url + "/feed", late_days=0)) == [ALL[2], ALL[1]]
        shelf.documents["/feed"] = feed(
            entry(3, DAY.end - HOUR), entry(2, DAY.end - HOUR), head=next_link("/feed?page=2")
        )
        assert len(ids(reader.run(site.url + "/feed", late_days=0))) == 3
    assert [status for _, status in shelf.answered] == [200, 200, 304, 304, 200, 304]


def test_a_page_that_is_no_feed_is_not_held(reader: Reader) -> None:
    shelf = Shelf({"/feed": b"<html>be right back</html>"})
    with running(shelf) as site:
        for _ in range(2):
            with pytest.raises(SourceUnavailable, match="a web page"):
                reader.run(site.url + "/feed")
        shelf.documents["/feed"] = BODY
        assert ids(reader.run(site.url + "/feed")) == ALL
    # What is no feed is a broken body: asked four times each time, then the real one once.
    assert [status for _, status in shelf.answered] == [200] * (4 + 4 + 1)


def test_a_redirect_that_leads_elsewhere_is_asked_for_all_of_it(reader: Reader) -> None:
    """The date that we hold is of the first mirror; the second one's document is older, and new."""
    target = ["/a"]
    bodies = {"/a": BODY, "/b": feed(OLD, entry(3, DAY.start))}

    def respond(asked: Asked) -> Reply:
        if asked.path == "/feed":
            return Reply(b"", 302, {"Location": target[0]})
        if asked.path == "/robots.txt":
            return Reply(b"", 404)
        if asked.headers.get("If-Modified-Since"):
            return Reply(b"", 304)
        return Reply(
            bodies[asked.path],
            headers={"Last-Modified": "Tue, 10 Mar 2026 00:00:00 GMT"},
        )

    with running(respond) as site:
        assert ids(reader.run(site.url + "/feed")) == ALL
        target[0] = "/b"
        assert ids(reader.run(site.url + "/feed")) == [ALL[0], "https://blog.example/3"]


@pytest.mark.parametrize(("seconds", "is_trusted"), [(5, False), (3600, True)])
def test_a_date_is_trusted_only_once_it_has_settled(
    reader: Reader, seconds: int, is_trusted: bool
) -> None:
    stamp = formatdate(time.time() - seconds, usegmt=True)  # the site's own `Date` is the present
    seen: list[str | None] = []

    def respond(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(b"", 404)
        seen.append(asked.headers.get("If-Modified-Since"))
        return Reply(BODY, headers={"Last-Modified": stamp})

    with running(respond) as site:
        reader.run(site.url + "/feed")
        reader.run(site.url + "/feed")
    assert seen == [None, stamp if is_trusted else None]


def test_once_a_week_all_of_it_is_asked_for(reader: Reader) -> None:
    """A site that says 304 for ever hides its news for a week, not for ever."""
    broken = [False]
    shelf = Shelf({"/feed": BODY})
    shelf.fail = lambda asked: (
        Reply(b"", 304) if broken[0] and "If-None-Match" in asked.headers else None
    )
    with running(shelf) as site:
        reader.run(site.url + "/feed")
        broken[0] = True
        shelf.documents["/feed"] = feed(OLD, entry(3, DAY.start))
        reader.clock.now += MOST_AGE - timedelta(seconds=1)
        assert ids(reader.run(site.url + "/feed")) == ALL
        reader.clock.now += timedelta(seconds=1)
        assert ids(reader.run(site.url + "/feed")) == [ALL[0], "https://blog.example/3"]


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"no json\nxx", None])
def test_damaged_scratch_is_asked_for_again(reader: Reader, damage: bytes | None) -> None:
    shelf = Shelf({"/feed": BODY})
    with running(shelf) as site:
        reader.run(site.url + "/feed")
        [file] = reader.folder.iterdir()
        whole = file.read_bytes()
        file.write_bytes(whole[:-9] if damage is None else damage)
        assert ids(reader.run(site.url + "/feed")) == ALL
        assert file.read_bytes().partition(b"\n")[2] == whole.partition(b"\n")[2]
    assert [status for _, status in shelf.answered] == [200, 200]


def test_removed_feeds_leave_nothing_behind(reader: Reader) -> None:
    shelf = Shelf({"/a": BODY, "/b": BODY})
    with running(shelf) as site:
        reader.run(site.url + "/a", site.url + "/b")
        assert len(list(reader.folder.iterdir())) == 2
        # A throttled feed keeps its document; a removed one does not.
        shelf.fail = lambda _: Reply(b"", 429, {"Retry-After": "7200"})
        with pytest.raises(SourceThrottled):
            reader.run(site.url + "/a")
        assert len(list(reader.folder.iterdir())) == 1
        shelf.fail = lambda _: None
        reader.run(site.url + "/a")
    assert shelf.answered[-1] == ("/a", 304)


# --- Moved, gone ----------------------------------------------------------------------------------


def moving(path: str, to: str, status: int = 301) -> Callable[[Asked], Reply | None]:
    return lambda asked: Reply(b"", status, {"Location": to}) if asked.path == path else None


@pytest.mark.parametrize("status", [301, 308])
def test_a_move_for_good_is_remembered_and_told_every_time(reader: Reader, status: int) -> None:
    shelf = Shelf({"/new": BODY}, fail=moving("/old", "/new", status))
    with running(shelf) as site:
        for _ in range(2):
            assert ids(reader.run(site.url + "/old")) == ALL
        assert shelf.answered == [("/old", status), ("/new", 200), ("/new", 304)]
        assert len(reader.told) == 2
        assert "feed 1 (127.0.0.1) moved for good to 127.0.0.1" in reader.told[1]
        assert "/new" not in reader.told[1]  # whoever knows the address can read the feed
        # The file was corrected: nothing to say any more.
        assert ids(reader.run(site.url + "/new")) == ALL
    assert len(reader.told) == 2
    assert reader.addresses == {}


def test_a_move_for_now_is_not_remembered(reader: Reader) -> None:
    shelf = Shelf({"/new": BODY}, fail=moving("/old", "/new", 302))
    with running(shelf) as site:
        for _ in range(2):
            assert ids(reader.run(site.url + "/old")) == ALL
    assert shelf.answered == [("/old", 302), ("/new", 200), ("/old", 302), ("/new", 304)]
    assert reader.told == []


def test_a_second_move_is_remembered_instead_of_the_first(reader: Reader) -> None:
    shelf = Shelf({"/b": BODY, "/c": BODY + b"\n"}, fail=moving("/a", "/b"))
    with running(shelf) as site:
        reader.run(site.url + "/a")
        shelf.fail = moving("/b", "/c")
        for _ in range(2):
            assert ids(reader.run(site.url + "/a")) == ALL
    assert shelf.answered[2:] == [("/b", 301), ("/c", 200), ("/c", 304)]


@pytest.mark.parametrize(
    "wrong", [Reply(b"", 404), Reply(b"", 410), Reply(b"<html>for sale</html>"), Reply(b"", 403)]
)
def test_a_mistaken_move_is_taken_back(reader: Reader, wrong: Reply) -> None:
    shelf = Shelf({"/old": BODY, "/new": BODY}, fail=moving("/old", "/new"))
    with running(shelf) as site:
        reader.run(site.url + "/old")
        shelf.fail = lambda asked: wrong if asked.path == "/new" else None
        assert ids(reader.run(site.url + "/old")) == ALL
        assert reader.addresses == {}


def test_what_is_gone_is_not_asked_until_it_is_named_anew(reader: Reader) -> None:
    shelf = Shelf(
        {"/new": BODY}, fail=lambda asked: Reply(b"", 410) if asked.path == "/f" else None
    )
    with running(shelf) as site:
        for _ in range(3):
            [missed] = reader.run(site.url + "/f")
            assert missed.state == "not_configured"
            assert "gone for good since 2026-03-12 (410) and not asked any more" in missed.reason
        assert shelf.answered == [("/f", 410)]
        # Another address in the client's file is another feed; the old one is forgotten.
        assert ids(reader.run(site.url + "/new")) == ALL
        assert reader.addresses == {}
        reader.run(site.url + "/f")
    assert [path for path, _ in shelf.answered] == ["/f", "/new", "/f"]


def test_a_test_of_the_connection_takes_up_what_is_back(reader: Reader) -> None:
    shelf = Shelf({"/f": BODY}, fail=lambda _: Reply(b"", 410))
    with running(shelf) as site:
        reader.run(site.url + "/f")
        assert "is gone: remove it" in reader.connector().probe(query(site.url + "/f"))
        assert len(reader.run(site.url + "/f")) == 1
        shelf.fail = lambda _: None
        assert reader.connector().probe(query(site.url + "/f")) == "1 of 1 feeds answer"
        assert ids(reader.run(site.url + "/f")) == ALL


def test_a_later_page_that_is_gone_does_not_end_the_feed(reader: Reader) -> None:
    body = feed(entry(1, DAY.start + HOUR), head=next_link("/feed?page=2"))
    shelf = Shelf({"/feed": body}, fail=lambda asked: Reply(b"", 410) if asked.params else None)
    with running(shelf) as site:
        found, missed = reader.run(site.url + "/feed")
        assert found.native_id == ALL[1]
        assert "it shows nothing older" in missed.reason
        assert reader.addresses == {}


def test_a_busy_service_is_left_alone_until_it_said(reader: Reader) -> None:
    """A 503 that names a time is no failure, but a wish (RFC 9110, 10.2.3)."""
    shelf = Shelf({}, fail=lambda _: Reply(b"", 503, {"Retry-After": "7200"}))
    with running(shelf) as site, pytest.raises(SourceThrottled) as caught:
        reader.run(site.url + "/feed")
    assert caught.value.until == datetime(2026, 3, 12, 8)
    assert len(shelf.answered) == 1
