"""Page views from the site to the page: beside the mentions, never among them (decision 0042)."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oyez import landing, line
from oyez.errors import SourceThrottled
from oyez.landing import Attention
from oyez.sources import catalogue, watch
from oyez.sources.wikipedia import MEASURE, Wikipedia

from .conftest import SMALL_CLIENT, Bench, differing, post, table

SUNDAY = date(2026, 5, 31)
ACME, GLOBEX = "en.wikipedia/Acme", "en.wikipedia/Globex"
WIKI = {"id": "wiki", "kind": "wikipedia", "options": {"articles": {"acme": [ACME]}}}
VIEWS = (
    "select day_utc::varchar, value, reason from core.attention where brand_id = 'acme' order by 1"
)


class Fake(Wikipedia):
    """The connector with answers that a test sets."""

    readings: Callable[[], Iterator[Attention]]

    def fetch(self, query: Any, window: Any) -> Iterator[Attention]:
        yield from type(self).readings()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[Fake]:
    class Here(Fake):
        """One for each test."""

    known = catalogue.connector
    for module in (catalogue, watch):
        monkeypatch.setattr(
            module, "connector", lambda kind: Here if kind == "wikipedia" else known(kind)
        )
    Here.readings = staticmethod(lambda: iter(()))
    return Here


@pytest.fixture
def listening(small: Bench) -> Bench:
    """The small client with an article, besides its files."""
    sources = [*SMALL_CLIENT["sources"], WIKI]
    small.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    return small


def reading(day: date, value: int | None, *, brand: str = "acme", subject: str = ACME) -> Attention:
    return Attention(brand, MEASURE, subject, day, value, None if value is not None else "not yet")


def week(values: list[int | None], last: date = SUNDAY) -> list[Attention]:
    """Readings of the days that end on `last`."""
    first = last - timedelta(days=len(values) - 1)
    return [reading(first + timedelta(days=n), value) for n, value in enumerate(values)]


def collect(bench: Bench, fake: type[Fake], readings: list[Attention], at: datetime) -> str:
    """Land what the connector says at an instant, and publish it; return the landed run."""
    fake.readings = staticmethod(lambda: iter(readings))
    ws = bench.workspace
    client, source = ws.client("acme"), ws.source("acme", "wiki")
    day = (at - timedelta(days=1)).date()
    run: str = watch.watch(ws, client, source, day, now=at, again=True)["run"]
    bench.publish(day.isoformat())
    return run


MONDAY = datetime(2026, 6, 1, 5)


def test_a_landed_line_reaches_the_warehouse(listening: Bench, fake: type[Fake]) -> None:
    run = collect(listening, fake, week([10, None]), MONDAY)
    storage = listening.workspace.storage
    assert f"{run}/attention-00001.ndjson.zst" in set(storage.list(run))
    assert list(landing.read(storage, run, "attention")) == [
        {
            "brand_id": "acme",
            "measure": "wikipedia_views",
            "subject": ACME,
            "day_utc": "2026-05-30",
            "value": 10,
            "reason": None,
        },
        {
            "brand_id": "acme",
            "measure": "wikipedia_views",
            "subject": ACME,
            "day_utc": "2026-05-31",
            "value": None,
            "reason": "not yet",
        },
    ]
    manifest = landing.manifest(storage, run)
    assert (manifest["attention_count"], manifest["item_count"]) == (2, 0)
    assert listening.query(VIEWS) == [
        ("2026-05-30", 10, None),
        ("2026-05-31", None, "not yet"),
    ]
    assert listening.query("select source_id, batch_id from core.attention limit 1") == [
        ("wiki", run)
    ]


def test_a_run_without_attention_has_no_such_page(small: Bench) -> None:
    small.drop("week.csv", table(post(1)))
    small.day("2026-05-31")
    (run,) = landing.runs(small.workspace.storage)
    assert not [key for key in small.workspace.storage.list(run) if "attention" in key]
    assert landing.manifest(small.workspace.storage, run)["attention_count"] == 0


def test_views_are_no_mention_and_no_coverage(listening: Bench, fake: type[Fake]) -> None:
    """With and without the article, what is said of mentions is the same to the row."""
    listening.drop("week.csv", table(*(post(n, day=25 + n) for n in range(3))))
    listening.day("2026-05-31")
    schemas = ("metric", "core", "ops", "raw")
    # One batch more was published; nothing else of these schemas may know of it.
    # What its checks looked at is that publish's own affair, too.
    own = {"attention", "batch", "publish", "journal", "check_result"}
    before = listening.rows(*schemas, without=own)
    collect(listening, fake, week([10, None]), MONDAY)
    assert differing(listening.rows(*schemas, without=own), before) == {}
    assert listening.query("select count(*) from core.attention") == [(2,)]
    assert listening.query("select count(*) from ops.coverage where source_id = 'wiki'") == [(0,)]


def test_the_unit_tells_what_is_not_known_yet(listening: Bench, fake: type[Fake]) -> None:
    ws = listening.workspace
    client, source = ws.client("acme"), ws.source("acme", "wiki")

    def unit(readings: list[Attention], **how: Any) -> tuple[str, str]:
        fake.readings = staticmethod(lambda: iter(readings))
        found = watch.watch(ws, client, source, SUNDAY, now=MONDAY, **how)
        return found["state"], found["message"]

    assert unit([]) == ("not_asked", "0 counts, 0 not known")
    assert unit(week([10, None])) == ("partial", "1 counts, 1 not known")
    # A late day before it does not make the unit's own day a gap.
    assert unit(week([None, 10])) == ("ok", "1 counts, 1 not known")
    assert unit(week([10, 10])) == ("ok", "collected before")
    assert unit(week([10, 10]), again=True) == ("ok", "2 counts, 0 not known")


def test_what_was_said_before_a_failure_is_kept(listening: Bench, fake: type[Fake]) -> None:
    def readings() -> Iterator[Attention]:
        yield from week([10, 11])
        raise SourceThrottled("later", until=None)

    fake.readings = staticmethod(readings)
    ws = listening.workspace
    client, source = ws.client("acme"), ws.source("acme", "wiki")
    found = watch.watch(ws, client, source, SUNDAY, now=MONDAY)
    assert (found["state"], type(found["error"])) == ("throttled", SourceThrottled)
    listening.publish("2026-05-31")
    assert [row[1] for row in listening.query(VIEWS)] == [10, 11]


def test_a_day_asked_twice_is_one_row_and_a_count_beats_a_gap(
    listening: Bench, fake: type[Fake]
) -> None:
    collect(listening, fake, week([10, None]), MONDAY)
    once = listening.query(VIEWS)
    collect(listening, fake, week([10, None]), MONDAY + timedelta(hours=1))
    assert listening.query(VIEWS) == once
    # The late count comes; the site restates the other; then it is down, which unsays nothing.
    collect(listening, fake, week([12, 7]), MONDAY + timedelta(hours=2))
    collect(listening, fake, week([None, None]), MONDAY + timedelta(hours=3))
    assert listening.query(VIEWS) == [("2026-05-30", 12, None), ("2026-05-31", 7, None)]
    # An older reading that is published last changes nothing either.
    collect(listening, fake, week([1, 1]), MONDAY - timedelta(hours=1))
    assert [row[1] for row in listening.query(VIEWS)] == [12, 7]


def test_a_rebuild_gives_the_same_rows(listening: Bench, fake: type[Fake]) -> None:
    rival = reading(SUNDAY, 3, brand="globex", subject=GLOBEX)
    for hour, values in enumerate(([10, None], [12, 7], [None, 8], [None, None])):
        collect(listening, fake, [*week(values), rival], MONDAY + timedelta(hours=hour))
    rows = listening.query("from core.attention order by all")
    assert len(rows) == 3
    line.rebuild(listening.workspace)
    assert listening.query("from core.attention order by all") == rows
    # A brand that leaves the client's file takes its rows along, at once as in a rebuild.
    sources = [*SMALL_CLIENT["sources"], WIKI]
    listening.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources, "competitors": []})
    listening.publish("2026-05-31")
    gone = listening.query("from core.attention order by all")
    assert {row[1] for row in gone} == {"acme"}
    line.rebuild(listening.workspace)
    assert listening.query("from core.attention order by all") == gone


def test_what_an_older_oyez_staged_is_published(listening: Bench, fake: type[Fake]) -> None:
    """It knew no attention, so its batches have no such file."""
    listening.drop("week.csv", table(post(1)))
    ws = listening.workspace
    line.collect(
        ws,
        [one for one in line.collect_units(ws, line.plan(ws, day=SUNDAY)) if one["kind"] == "file"],
    )
    (run,) = line.pending_runs(ws)
    line.stage(ws, [run])
    line.enrich(ws, [run])
    (key,) = [key for key in ws.storage.list("stage/") if key.endswith("attention.parquet")]
    ws.storage.delete(key)
    line.publish(ws, [])
    assert listening.query("select count(*) from core.item") == [(1,)]


def attention_of(bench: Bench, day: str = "2026-05-31") -> list[dict[str, Any]]:
    edition = bench.edition("acme", "weekly", day)
    assert not [
        one for one in edition["coverage"]["sources"] if one["source_id"] == "wiki" and one["gaps"]
    ]
    return edition["tables"]["attention"]


def test_the_edition_tells_the_weeks_views_and_what_it_lacks(
    listening: Bench, fake: type[Fake], blank_pages: None
) -> None:
    """Nothing asked, a day unknown, all days known, and a second article in one week only."""
    listening.drop("week.csv", table(post(1)))
    listening.day("2026-05-31")
    row = {
        "measure": "wikipedia_views",
        "subjects": "",
        "value": None,
        "day_count": 7,
        "missing_day_count": 7,
        "prior_value": None,
        "prior_status": "not_measured",
    }
    assert attention_of(listening) == [row]

    previous = week([1, 2, 3, 4, 5, 6, 7], last=SUNDAY - timedelta(days=7))
    collect(listening, fake, [*previous, *week([10, 20, None, 0, 30, 40, 50])], MONDAY)
    row |= {"subjects": ACME, "value": 150, "missing_day_count": 1}
    assert attention_of(listening) == [row | {"prior_status": "not_comparable"}]

    later = MONDAY + timedelta(hours=1)
    collect(listening, fake, [reading(SUNDAY - timedelta(days=4), 5)], later)
    row |= {"value": 155, "missing_day_count": 0}
    assert attention_of(listening) == [row | {"prior_value": 28, "prior_status": "ok"}]

    # A day is known if all its articles are: Sunday's 50 readings of the first do not count.
    other = "fr.wikipedia/Acme"
    more = [reading(SUNDAY, None, subject=other)]
    collect(listening, fake, more, later + timedelta(hours=1))
    row |= {"subjects": f"{ACME} {other}", "value": 105, "missing_day_count": 1}
    assert attention_of(listening) == [row | {"prior_status": "not_comparable"}]


def test_an_edition_without_such_a_source_knows_nothing_of_it(
    small: Bench, blank_pages: None
) -> None:
    small.drop("week.csv", table(post(1)))
    small.day("2026-05-31")
    edition = small.edition("acme", "weekly", "2026-05-31")
    assert "attention" not in edition["tables"]
    assert "span_attention" not in edition["rows"]


def test_a_late_count_is_no_gap_of_what_was_said(
    listening: Bench, fake: type[Fake], blank_pages: None
) -> None:
    listening.drop("week.csv", table(post(1)))
    listening.day("2026-05-31")
    collect(listening, fake, week([None] * 7), MONDAY)
    coverage = listening.edition("acme", "weekly", "2026-05-31")["coverage"]
    assert coverage["measured_pct"] == 100.0
    assert [one["gaps"] for one in coverage["sources"]] == [[], []]
