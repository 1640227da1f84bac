"""The warehouse is disposable, and knows no order of arrival (laws 1 and 4)."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest

from oyez import landing, line
from oyez.errors import ConfigError

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing, post, table

SUNDAY = "2026-05-31"
HEADER = ("id", "date", "text", "author", "name", "likes", "read", "parent", "url")
COLUMNS = {
    "native_id": "id",
    "published_at": "date",
    "text": "text",
    "author_id": "author",
    "author_name": "name",
    "like_count": "likes",
    "collected_at": "read",
    "parent_id": "parent",
    "url": "url",
}


def at(day: int, hour: int = 10) -> str:
    return f"2026-05-{day:02d}T{hour:02d}:00:00+02:00"


def row(native: str, day: int, text: str, **other: Any) -> tuple[Any, ...]:
    given = {"author": "ann", "name": "Ann", "likes": 1, "read": at(31, 8), "parent": "", "url": ""}
    given |= other
    return (native, at(day), text, *(given[name] for name in HEADER[3:]))


# Both files know p1 and p2: `late` read them later, p2 on another day, by another name; `late` also
# has the brand's question which `early` answers, and the address of an item of `early`.
EARLY = table(
    row("p1", 25, "Acme is great", likes=1),
    row("p2", 26, "Acme broke", author="bob", name="Bob"),
    row("p4", 27, "thanks a lot, where do I find it?", author="cat", parent="q1"),
    row("p5", 27, "Acme here", author="dan", url="https://example.org/a"),
    row("p7", 30, "Acme 7", author="eve"),
    header=HEADER,
)
LATE = table(
    row("p1", 25, "Acme is great", likes=5, read=at(31, 9)),
    row("p2", 28, "Acme broke again", author="bob", name="Robert", read=at(31, 9), likes=0),
    row("q1", 27, "ask us anything", author="acme", name="Acme", read=at(31, 9)),
    row("t5", 28, "Acme there", author="dan", name="D.", url="https://example.org/a?utm_source=x"),
    # Read at the same instant as in the other file, with other counts.
    row("p7", 30, "Acme 7", author="eve", likes=9),
    header=HEADER,
)


@pytest.fixture
def desk(bench: Bench) -> Bench:
    brand = SMALL_CLIENT["brands"][0] | {"accounts": [{"network": "x", "handle": "acme"}]}
    bench.write("clients/acme.yml", SMALL_CLIENT | {"brands": [brand]})
    bench.write("mappings/export.yml", SMALL_MAPPING | {"fields": COLUMNS})
    return bench


def land(bench: Bench, text: str) -> None:
    path = bench.home / "export.csv"
    path.write_text(text)
    bench.land("acme", path, "mappings/export.yml")


def test_any_order_of_files_gives_the_same_rows(desk: Bench, tmp_path: Path) -> None:
    found = {}
    for order in ("both", "early", "late"):
        one = desk.copy(tmp_path / order)
        land(one, LATE if order == "late" else EARLY)
        if order != "both":
            one.publish()
        land(one, EARLY if order == "late" else LATE)
        one.publish(SUNDAY)
        found[order] = one
    rows = {order: one.rows(without=CLOCK) for order, one in found.items()}
    for order in ("early", "late"):
        assert differing(rows[order], rows["both"]) == {}
        line.rebuild(found[order].workspace)
        assert differing(found[order].rows(without=CLOCK), rows["both"]) == {}
    one = found["late"]
    assert one.query("select text, day::varchar from core.item where native_id = 'p2'") == [
        ("Acme broke again", "2026-05-28")
    ]
    assert one.query(
        "select native_id, c.collected_at::varchar, like_count from core.counter as c "
        "join core.item using (item_id) where native_id in ('p1', 'p7') order by all"
    ) == [
        ("p1", "2026-05-31 06:00:00", 1),
        ("p1", "2026-05-31 07:00:00", 5),
        ("p7", "2026-05-31 06:00:00", 9),
    ]
    assert one.query(
        "select distinct c.day = i.day from core.counter as c join core.item as i using (item_id)"
    ) == [(True,)]
    assert one.query(
        "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    ) == [
        (4,)  # p1, p2, p7, and one of the two with a common address
    ]


# Here the file says when an item was read, so that too must be equal.
CLOCK = {
    "landed_at",
    "first_seen_at",
    "observed_at",
    "applied_at",
    "computed_at",
    "publish_id",
    "publish",
    "journal",
}


def test_a_rebuild_gives_the_same_rows_and_no_new_revision(small: Bench, blank_pages: None) -> None:
    for number, day in itertools.product(range(2), range(25, 31)):
        first = day * 100 + number * 10
        rows = [post(first + one, day, f"Acme or Globex {one}") for one in range(5)]
        again = post(1, text=f"Acme, read on {day}")
        small.drop(f"{day}-{number}.csv", table(*rows, again, ("x", "soon", "", "", "")))
        if day == 28:
            small.day(f"2026-05-{day}")
    small.day(SUNDAY)
    rows, editions = small.rows(without={"publish", "journal", *CLOCK}), small.editions()
    shutil.rmtree(small.home / "data/work")
    shutil.rmtree(small.home / "data/stage")
    published = line.rebuild(small.workspace)
    assert published["batch_count"] == 12
    assert differing(small.rows(without={"publish", "journal", *CLOCK}), rows) == {}
    assert small.query("select kind, client_id from ops.journal") == [("edition", "acme")]
    outcome = small.day(SUNDAY)
    assert outcome.published["publish_id"] is None
    assert [(one["revision"], one["new"]) for one in outcome.editions] == [(1, False)]
    assert small.editions() == editions


def test_readers_keep_the_old_snapshot_while_the_new_one_is_made(small: Bench) -> None:
    small.drop("week.csv", table(*map(post, range(5))))
    small.day("2026-05-30")
    seen = []
    line.rebuild(
        small.workspace,
        progress=lambda _: seen.append(small.query("select count(*) from core.item")),
    )
    assert len(seen) > 2
    assert set(map(tuple, seen)) == {((5,),)}


def test_scratch_lost_is_no_loss(small: Bench) -> None:
    small.drop("week.csv", table(*map(post, range(5))))
    small.day("2026-05-30")
    shutil.rmtree(small.home / "data/work")
    small.drop("more.csv", table(*map(post, range(5, 8))))
    small.day("2026-05-30")
    assert small.query("select count(*) from core.item") == [(8,)]


def test_a_damaged_page_is_named_and_stops_nobody_else(small: Bench) -> None:
    small.drop("a.csv", table(*map(post, range(5))))
    ws = small.workspace
    line.collect(ws, line.collect_units(ws, [{"client_id": "acme", "day": SUNDAY}]))
    (run,) = landing.runs(ws.storage)
    (page,) = (key for key in ws.storage.list(run) if "items" in key)
    ws.storage.replace(page, ws.storage.read(page)[:-3])
    small.drop("b.csv", table(*map(post, range(5, 8))))
    outcome = small.day("2026-05-30")
    (failure,) = outcome.failures
    assert page in str(failure)
    assert "restore the file from a backup, or delete the run's folder" in str(failure)
    assert small.query("select count(*) from core.item") == [(3,)]


def test_a_rebuild_that_would_lose_a_client_is_refused(small: Bench) -> None:
    small.drop("week.csv", table(*map(post, range(5))))
    small.day("2026-05-30")
    files = small.bytes()
    small.write("clients/zinc.yml", "id: zinc\n")
    with pytest.raises(ConfigError, match=r"clients/zinc\.yml"):
        line.rebuild(small.workspace)
    assert small.bytes() == files


def test_a_rival_may_leave_the_file(small: Bench) -> None:
    """Mentions of a brand that is not asked for any more hold up nobody's publish."""
    small.drop("week.csv", table(post(1), post(2, text="Globex")))
    small.day("2026-05-30")
    small.write("clients/acme.yml", SMALL_CLIENT | {"competitors": []})
    assert small.day("2026-05-30").failures == []
    assert small.query("select distinct brand_id from metric.mention_volume") == [("acme",)]


def test_changed_names_are_told_until_the_rebuild(small: Bench, blank_pages: None) -> None:
    """A new competitor was never looked for in what is published: its past would read 0."""
    small.drop("a.csv", table(post(1, text="Acme and Initech")))
    small.day("2026-05-30")
    assert small.publish()["warnings"] == []
    rival = {"id": "initech", "name": "Initech"}
    small.write("clients/acme.yml", {**SMALL_CLIENT, "competitors": [rival]})
    (warning,) = small.publish()["warnings"]
    assert "client acme" in warning
    assert "oyez rebuild" in warning
    line.rebuild(small.workspace)
    assert small.publish()["warnings"] == []
    named = "select count(*) from core.mention where brand_id = 'initech'"
    assert small.query(named) == [(1,)]
