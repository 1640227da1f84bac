"""What a site deleted is found, in however many looks, and then stands in no file (see upkeep)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import duckdb
import pytest
import zstandard

from oyez import line, upkeep
from oyez.errors import SourceThrottled
from oyez.sources import catalogue, quota, watch
from oyez.sources.contract import Capabilities, Found, Gone, NoOptions, Query
from oyez.warehouse import publish as publishing

from .conftest import SMALL_CLIENT, Bench

DAY = date(2026, 5, 25)
READ = datetime(2026, 5, 26, 5)  # noqa: DTZ001  naive UTC by convention
LOOK = datetime(2026, 5, 27, 8, 30)  # noqa: DTZ001
SUNDAY = "2026-05-31"
FIELDS = ("native_id", "published_at", "url", "text", "author_handle", "kind")


def secret(number: int) -> str:
    return f"Acme gingerbread{number} marzipan"


class Site:
    """A site whose posts a test deletes, and which allows so many calls a look."""

    name = "site"
    title = "Example site"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="nothing", recheck_days=30, daily_quota=100
    )
    Options = NoOptions
    gone: ClassVar[set[str]] = set()
    budget: ClassVar[int] = 1000
    asked: ClassVar[list[str]] = []

    def __init__(self, web: Any, credential: object) -> None:
        self.web = web

    def fetch(self, query: object, window: object) -> Iterator[Found]:
        for number in range(10):
            native_id = f"p{number}"
            body = {
                "published_at": "2026-05-25T10:00:00Z",
                "text": secret(number),
                "url": f"https://site.example/p/{number}",
                "network": "somewhere",
                "channel": "social",
                "author_handle": f"ann{number}",
            }
            yield Found(native_id, body, {"id": native_id, **body}, f"page 1 #{native_id}")

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        for number, native_id in enumerate(native_ids):
            if number >= type(self).budget:
                raise SourceThrottled("so many calls in five minutes", until=LOOK)
            type(self).asked.append(native_id)
            self.web._exchange._ledger("site.example", 200, 1000)
            yield Gone(native_id) if native_id in type(self).gone else Found(native_id, {}, {}, "")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> type[Site]:
    class Own(Site):
        asked: ClassVar[list[str]] = []

    class Entry:
        name = "site"

        def load(self) -> type[Site]:
            return Own

    monkeypatch.setattr(catalogue, "entry_points", lambda group: [Entry()])
    return Own


@pytest.fixture
def desk(bench: Bench, site: type[Site]) -> Bench:
    """Ten posts, collected from their site and published."""
    sources = [
        {"id": "site", "kind": "site"},
        {"id": "export", "kind": "file", "mapping": "mappings/export.yml"},
    ]
    bench.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    bench.write(
        "mappings/export.yml",
        {
            "format": "ndjson",
            "fields": {name: name for name in FIELDS},
            "optional": ["url", "kind"],
            "constants": {"network": "somewhere", "channel": "social"},
            "native_id_is": "tool",
        },
    )
    collect(bench)
    bench.publish(SUNDAY)
    return bench


def collect(bench: Bench, now: datetime = READ, *, again: bool = False) -> None:
    ws = bench.workspace
    client = ws.client("acme")
    result = watch.watch(ws, client, client.sources[0], DAY, now=now, again=again)
    assert result["error"] is None


def land_export(bench: Bench, number: int, name: str, **more: str) -> None:
    row = {
        "native_id": f"tool-{number}",
        "published_at": "2026-05-25T10:00:00Z",
        "url": f"https://site.example/p/{number}",
        "text": secret(number),
        "author_handle": f"ann{number}",
        **more,
    }
    path = bench.home / f"{name}.ndjson"
    path.write_text(json.dumps(row) + "\n")
    bench.land("acme", path, "mappings/export.yml")
    path.unlink()


def look(bench: Bench, days: int = 0, **more: float) -> dict[str, Any]:
    """Return what a look found; nothing if the site broke it off."""
    now = LOOK + timedelta(days=days, **more)
    try:
        return upkeep.upkeep(bench.workspace, "acme", "site", now=now)
    except SourceThrottled:
        return {}


def withdrawn(bench: Bench) -> list[str]:
    return [
        one
        for (one,) in bench.query(
            "select native_id from core.item where withdrawn_at is not null order by 1"
        )
    ]


def holding(bench: Bench, words: str) -> list[str]:
    """Return the files under the data root that hold some words, in any packing."""
    found = []
    for path in sorted((bench.home / "data").rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".zst":
            data = zstandard.ZstdDecompressor().decompress(data)
        elif path.suffix == ".parquet":
            data += repr(duckdb.sql(f"from '{path}'").fetchall()).encode()
        if words.encode() in data:
            found.append(path.relative_to(bench.home / "data").as_posix())
    return found


def test_a_site_of_few_calls_is_gone_through_look_by_look(desk: Bench, site: type[Site]) -> None:
    site.gone, site.budget = {"p1", "p8"}, 5
    assert look(desk) == {}
    misses = list(desk.workspace.storage.list("journal/miss/acme/"))
    assert len(misses) == 1, "told at once, not at the end of a look that never ends"
    second = look(desk, minutes=5)
    assert (second["checked"], second["missing"]) == (5, 1)
    assert sorted(site.asked) == [f"p{number}" for number in range(10)]
    third = look(desk, minutes=10)
    assert third["checked"] == 0, "everything was looked for today"
    # Two calls a day: each is asked for in its turn, not the first two for ever.
    site.asked.clear()
    site.budget = 2
    for day in range(1, 6):
        look(desk, days=day)
    assert sorted(site.asked) == [f"p{number}" for number in range(10)]
    desk.publish(SUNDAY)
    assert withdrawn(desk) == ["p1", "p8"]


def test_a_post_that_was_seen_between_two_misses_is_not_withdrawn(
    desk: Bench, site: type[Site]
) -> None:
    site.gone = {"p0", "p1"}
    look(desk)
    site.gone = {"p1"}
    second = look(desk, days=1)
    assert second["withdrawn"] == 1
    site.gone = {"p0", "p1"}
    third = look(desk, days=10)
    assert (third["missing"], third["withdrawn"]) == (1, 0)
    fourth = look(desk, days=11)
    assert fourth["withdrawn"] == 1


def test_a_post_that_was_collected_after_a_miss_is_not_withdrawn_by_the_next(
    desk: Bench, site: type[Site]
) -> None:
    site.gone = {"p0"}
    look(desk)
    collect(desk, READ + timedelta(days=3), again=True)
    desk.publish(SUNDAY)
    again = look(desk, days=5)
    assert (again["missing"], again["withdrawn"]) == (1, 0)


def test_what_was_deleted_stands_in_no_file_whatever_brought_it(
    desk: Bench, site: type[Site]
) -> None:
    land_export(desk, 0, "before")
    land_export(desk, 3, "kept")
    desk.publish(SUNDAY)
    assert [one.split("/")[0] for one in holding(desk, secret(0))].count("landing") == 2
    site.gone = {"p0"}
    look(desk)
    second = look(desk, days=1)
    assert second["withdrawn"] == 2, "the export's copy with it"
    desk.publish(SUNDAY)
    assert withdrawn(desk) == ["p0", "tool-0"]
    assert holding(desk, secret(0)) == []
    assert holding(desk, secret(3)), "the search would find it"
    assert len(list(desk.workspace.storage.list("snapshots/"))) == 1
    count = "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    assert desk.query(count) == [(9,)]
    # Last month's export brings it once more: it counts nowhere, and goes at the next upkeep.
    land_export(desk, 0, "after", native_id="tool-99")
    desk.publish(SUNDAY)
    assert desk.query(count) == [(9,)]
    assert {one.split("/")[0] for one in holding(desk, secret(0))} == {"landing"}
    third = look(desk, days=2)
    assert third["withdrawn"] == 1
    assert holding(desk, secret(0)) == []
    desk.publish(SUNDAY)
    rows = "select native_id, original_id, withdrawn_at, is_primary from core.item order by all"
    before = desk.query(rows)
    line.rebuild(desk.workspace)
    assert desk.query(rows) == before
    assert desk.query(count) == [(9,)]


def test_what_only_resembles_a_deleted_post_stays(desk: Bench, site: type[Site]) -> None:
    # No address: the words, the writer and the minute are equal, and that is no certainty.
    land_export(desk, 4, "weak", native_id="w1", url="", text="Acme, yes", author_handle="cy")
    desk.publish(SUNDAY)
    site.gone = {f"p{number}" for number in range(10)}
    look(desk)
    look(desk, days=1)
    desk.publish(SUNDAY)
    assert len(withdrawn(desk)) == 10
    assert desk.query("select text from core.item where native_id = 'w1'") == [("Acme, yes",)]


def test_a_publish_killed_before_the_file_was_written_anew_is_healed_by_the_next(
    desk: Bench, site: type[Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.gone = {"p0"}
    look(desk)
    look(desk, days=1)

    def killed(live: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "rewrite", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.publish(SUNDAY)
    assert holding(desk, secret(0))
    desk.publish(SUNDAY)
    assert holding(desk, secret(0)) == []
    assert withdrawn(desk) == ["p0"]


def test_the_calls_of_upkeep_are_on_the_bill_and_off_the_quota(
    desk: Bench, site: type[Site]
) -> None:
    site.budget = 4
    assert look(desk) == {}
    day = quota.today(desk.workspace, "site", LOOK)
    assert day
    assert day.spent["acme"] == 4, "a look that was cut short has spent, too"
    site.budget = 1000
    look(desk, minutes=5)
    desk.publish(SUNDAY)
    assert desk.query(
        "select batch_count, call_count, cost_count, byte_count, item_count from core.usage "
        "where source_id = 'site' and month = date '2026-05-01'"
    ) == [(1, 10, 10, 10_000, 10)]
