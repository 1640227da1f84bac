"""A past day collected live, then backfilled twice: the same published rows, for every connector.

Each kind that can be asked for a past day has a small site here, which has grown when it is asked
again. A new kind without one makes the first test fail.
"""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez import line
from oyez.sources import catalogue, watch
from oyez.sources.contract import Source
from oyez.sources.credential import Credential
from oyez.sources.discourse import Discourse
from oyez.sources.gdelt import Gdelt
from oyez.sources.google_reviews import GoogleReviews
from oyez.sources.hackernews import HackerNews
from oyez.sources.mastodon import Mastodon
from oyez.sources.rss import Rss
from oyez.sources.stackexchange import StackExchange
from oyez.sources.wikipedia import Wikipedia
from oyez.sources.youtube import YouTube
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

from . import (
    test_bluesky,
    test_discourse,
    test_gdelt,
    test_google_reviews,
    test_hackernews,
    test_mastodon,
    test_rss,
    test_stackexchange,
    test_wikipedia,
    test_youtube,
)
from .forum import Forum, post
from .site import Asked, Clock, Reply, patient_web, running

DAY = date(2026, 3, 11)  # in UTC, as the client's calendar
START = datetime(2026, 3, 11)
LIVE, LATER = datetime(2026, 3, 12, 5), datetime(2026, 3, 16, 5)
# Two of the day before, six of the day, one of the morning after; later, two more.
HOURS = (-20, -1, 0, 2, 5, 11, 17, 23.5, 26)
SINCE = (*HOURS, 40, 90)


def at(hours: float) -> datetime:
    """Return an instant so many hours after the day began."""
    return START + timedelta(hours=hours)


@dataclass
class Case:
    """A connector's site, and how it is reached.

    Attributes:
        site: hours of what was published → what answers.
        opened: address and clock → the connector.
        options: address → what the client's file says.
        serving: runs the site; gives something with a `url`, or the address itself.
        expects: rows of the day.
    """

    site: Callable[[tuple[float, ...]], Any]
    opened: Callable[[str, Clock], Source]
    options: Callable[[str], dict[str, Any]] = lambda _: {}
    serving: Callable[[Any], AbstractContextManager[Any]] = running
    expects: int = 6
    table: str = "core.item"


def _google(url: str, clock: Clock) -> GoogleReviews:
    source = GoogleReviews(patient_web(clock), test_google_reviews.CONSENT)
    source.api_url, source.token_url = url, f"{url}/token"
    return source


def _stackexchange(url: str, clock: Clock) -> StackExchange:
    source = StackExchange(patient_web(clock), Credential(password=test_stackexchange.KEY))
    source.api_url = url
    return source


def _youtube(url: str, clock: Clock) -> YouTube:
    source = YouTube(
        patient_web(clock), Credential(password=test_youtube.KEY), allowance=lambda _: 100
    )
    source.api_url = url
    return source


def _feed(hours: tuple[float, ...]) -> Callable[[Asked], Reply]:
    entries = [test_rss.entry(n, at(hour)) for n, hour in enumerate(hours)]
    body = test_rss.feed(*reversed(entries))
    return lambda asked: Reply(b"", 404) if asked.path == "/robots.txt" else Reply(body)


def _statuses(hours: tuple[float, ...]) -> test_mastodon.Server:
    return test_mastodon.Server([test_mastodon.status(at(hour)) for hour in reversed(hours)])


def _questions(hours: tuple[float, ...]) -> test_stackexchange.Api:
    noon = test_stackexchange.NOON
    return test_stackexchange.Api(
        [
            test_stackexchange.question(n, int(noon + (hour - 12) * 3600))
            for n, hour in enumerate(hours)
        ]
    )


def _readings(hours: tuple[float, ...]) -> test_wikipedia.Counts:
    days = sorted({at(hour).date() for hour in hours})
    return test_wikipedia.Counts({"fr.wikipedia/Maison_Verdier": {day: day.day for day in days}})


CASES: dict[str, Case] = {
    "bluesky": Case(
        site=lambda hours: test_bluesky.Network(
            [test_bluesky.post(at(hour)) for hour in reversed(hours)]
        ),
        opened=lambda url, clock: test_bluesky.source(url, clock=clock),
        options=lambda _: {"own_posts": False, "notifications": False},
        serving=test_bluesky.serving,
    ),
    "discourse": Case(
        site=lambda hours: Forum(
            [
                post(n, f"{at(hour).isoformat()}.000Z", cooked="Verdier")
                for n, hour in enumerate(hours, start=1)
            ]
        ),
        opened=lambda url, clock: Discourse(
            patient_web(clock), Credential(login="oyez", password=test_discourse.KEY)
        ),
        options=lambda url: {"url": url},
    ),
    "gdelt": Case(
        site=lambda hours: test_gdelt.service(
            [test_gdelt.article(n, at(hour)) for n, hour in enumerate(hours)]
        ),
        opened=lambda url, clock: Gdelt(patient_web(clock), base_url=url, sleep=clock.sleep),
    ),
    "google_reviews": Case(
        site=lambda hours: test_google_reviews.profile(
            [test_google_reviews.review(n, hour, comment="Verdier") for n, hour in enumerate(hours)]
        ),
        opened=_google,
        options=lambda _: {"locations": [{"name": test_google_reviews.LYON, "place": "Lyon"}]},
    ),
    "hackernews": Case(
        site=lambda hours: test_hackernews.service(
            [test_hackernews.hit(n, int(hour * 3600)) for n, hour in enumerate(hours)]
        ),
        opened=lambda url, clock: HackerNews(patient_web(clock), base_url=url),
    ),
    "mastodon": Case(
        site=_statuses,
        opened=lambda url, clock: Mastodon(
            patient_web(clock), Credential(host=url, password=test_mastodon.TOKEN)
        ),
        options=lambda _: {"domain": "here.example", "search": False},
    ),
    "rss": Case(
        site=_feed,
        opened=lambda url, clock: Rss(patient_web(clock)),
        options=lambda url: {"feeds": [f"{url}/feed"]},
    ),
    "stackexchange": Case(site=_questions, opened=_stackexchange),
    "wikipedia": Case(
        site=_readings,
        opened=lambda url, clock: Wikipedia(patient_web(clock), base_url=url, clock=clock),
        options=lambda _: {"articles": {"verdier": [test_wikipedia.VERDIER]}},
        expects=1,
        table="core.attention",
    ),
    "youtube": Case(
        site=lambda hours: test_youtube.Api(
            [test_youtube.video(n, hour) for n, hour in enumerate(hours)]
        ),
        opened=_youtube,
    ),
}


def past_capable() -> list[str]:
    """Return the kinds that can be asked for a past day."""
    return [
        kind
        for kind in catalogue.kinds()
        if catalogue.connector(kind).capabilities.past_day in ("yes", "partial")
    ]


def test_every_kind_that_knows_the_past_is_compared() -> None:
    assert set(past_capable()) == set(CASES), "write a small site for the new kind"


class Desk:
    """A client with one source, and its line."""

    def __init__(self, home: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.kind, self.case = home, kind, CASES[kind]
        self._monkeypatch, self._answers = monkeypatch, self.case.site(())
        self.now = LIVE
        (home / "clients").mkdir()
        (home / "agency.yml").write_text("name: Atelier Nord\n")

    @contextmanager
    def site(self) -> Iterator[None]:
        """Run the site, which shows what it was last told with `shows`."""
        with self.case.serving(lambda *asked: self._answers(*asked)) as served:
            url = served if isinstance(served, str) else served.url
            accounts = {"mastodon": "@verdier@here.example", "google": "owner"}
            brand = {
                "id": "verdier",
                "name": "Verdier",
                "accounts": [{"network": name, "handle": one} for name, one in accounts.items()],
            }
            source = {"id": "site", "kind": self.kind, "options": self.case.options(url)}
            body = {
                "id": "maison",
                "name": "Verdier",
                "timezone": "UTC",
                "brands": [brand],
                "sources": [source],
            }
            (self.home / "clients" / "maison.yml").write_text(yaml.safe_dump(body))

            def opened(*_: Any, **__: Any) -> Source:
                return self.case.opened(url, Clock(self.now))

            self._monkeypatch.setattr(watch, "open_source", opened)
            yield

    def shows(self, hours: tuple[float, ...]) -> None:
        """Publish these hours' posts."""
        self._answers = self.case.site(hours)

    def collect(self, now: datetime) -> dict[str, Any]:
        """Collect the day at an instant and publish it."""
        ws = Workspace.open(self.home)
        client, self.now = ws.client("maison"), now
        result = watch.watch(ws, client, client.sources[0], DAY, now=now, again=True)
        assert result["error"] is None
        line.stage(ws, line.pending_runs(ws))
        line.enrich(ws, line.pending_enrichment(ws))
        line.publish(ws, line.plan(ws, day=DAY))
        return result

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the day's rows of every table that says what was published and measured."""
        connection = open_snapshot(Workspace.open(self.home).storage)
        try:
            found = {}
            tables = connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() "
                "where schema_name in ('core', 'metric') order by 1"
            ).fetchall()
            views = [("core.coverage_by_source",), ("core.coverage_day",), ("core.source_day",)]
            for (table,) in tables + views:
                columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
                # A later reading is later; what it counts stands in core.counter.
                kept = [one for one in columns if one not in _OF_THE_READING]
                day = next((one for one in ("day", "day_utc") if one in columns), None)
                if not day or table == "core.counter":
                    continue
                query = f"select {', '.join(kept)} from {table} where {day} = ? order by all"  # noqa: S608
                found[table] = connection.execute(query, [DAY]).fetchall()
            return found
        finally:
            connection.close()


_OF_THE_READING = {"collected_at", "batch_id", "raw_ref"}


# A network, a feed and a site that numbers its items on every commit; all with `make test-e2e`.
OFTEN = {"mastodon", "rss", "hackernews"}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[] if kind in OFTEN else [pytest.mark.e2e])
        for kind in past_capable()
    ],
)
def test_a_past_day_twice_equals_the_live_day(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, kind, monkeypatch)
    with desk.site():
        desk.shows(HOURS)
        live = desk.collect(LIVE)
        expected = desk.rows()
        assert len(expected[desk.case.table]) == desk.case.expects
        desk.shows(SINCE)
        for hours in (0, 1):
            again = desk.collect(LATER + timedelta(hours=hours))
            assert (again["state"], again["run"] != live["run"]) == (live["state"], True)
            found = desk.rows()
            assert found.keys() == expected.keys()
            for table, rows in expected.items():
                assert found[table] == rows, table
