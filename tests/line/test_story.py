"""Stories: who repeats whom, in whatever order the items came, and after a rebuild."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from oyez import journal, line

from .conftest import OF_THE_CLOCK, SMALL_CLIENT, SMALL_MAPPING, Bench, differing, table

HEADER = (
    "id",
    "date",
    "text",
    "author",
    "name",
    "read",
    "parent",
    "kind",
    "channel",
    "outlet",
    "url",
)
FIELDS = {
    "native_id": "id",
    "published_at": "date",
    "text": "text",
    "author_id": "author",
    "author_name": "name",
    "collected_at": "read",
    "parent_id": "parent",
    "kind": "kind",
    "channel": "channel",
    "outlet": "outlet",
    "url": "url",
}
WIRE = (
    "Acme ouvrira à Lyon en 2027 une usine de batteries qui emploiera 400 personnes, a annoncé le "
    "groupe mardi 4 mai. Le chantier, qui coûtera 120 millions d'euros, commencera au printemps et "
    "la région y contribuera. Les syndicats demandent que les salariés du site voisin, fermé l'an "
    "dernier, soient repris les premiers, et que leur ancienneté compte."
)
CUT = WIRE.rpartition(",")[0]
HEADED = "De notre correspondant à Lyon. " + WIRE
# The same words, and other news.
OTHER = WIRE
for old, new in (
    ("2027", "2029"),
    ("400", "1250"),
    ("4 mai", "11 mai"),
    ("120", "85"),
    ("Lyon", "Metz"),
):
    OTHER = OTHER.replace(old, new)


def row(
    native: str, day: int, text: str, hour: int = 10, minute: int = 0, **other: Any
) -> tuple[Any, ...]:
    given = {
        "author": f"by-{native}", "name": "",
        "read": f"2026-06-20T{10 + len(native):02d}:00:00+02:00",
        "parent": "", "kind": "post", "channel": "social", "outlet": "", "url": "",
    } | other  # fmt: skip
    at = f"2026-05-{day:02d}T{hour:02d}:{minute:02d}:00+02:00"
    return (native, at, text, *(given[name] for name in HEADER[3:]))


@pytest.fixture
def desk(bench: Bench) -> Bench:
    brand = SMALL_CLIENT["brands"][0] | {"accounts": [{"network": "x", "handle": "acme"}]}
    bench.write("clients/acme.yml", SMALL_CLIENT | {"brands": [brand]})
    covers = [{"start": "2026-04-30T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}]
    mapping = SMALL_MAPPING | {"fields": FIELDS, "constants": {"network": "x"}, "covers": covers}
    bench.write("mappings/export.yml", mapping)
    return bench


def land(bench: Bench, *rows: tuple[Any, ...]) -> None:
    path = bench.home / "export.csv"
    path.write_text(table(*rows, header=HEADER), encoding="utf-8")
    bench.land("acme", path, "mappings/export.yml")


def stories(bench: Bench) -> dict[str, str]:
    """Native id → native id of the first item of its story."""
    return dict(
        bench.query(
            "select i.native_id, f.native_id from core.item as i "
            "left join core.item as f on i.story_id = f.item_id"
        )
    )


def test_copies_belong_to_the_first(desk: Bench) -> None:
    land(
        desk,
        row("first", 4, WIRE),
        row("same", 4, WIRE, hour=11),
        row("cut", 5, CUT),
        row("headed", 6, HEADED),
        row("other", 5, OTHER),
        row("last", 11, WIRE, hour=9, minute=59),
        row("late", 11, WIRE, hour=10, minute=1),
    )
    desk.publish()
    assert stories(desk) == {
        "first": "first",
        "same": "first",
        "cut": "first",
        "headed": "first",
        "other": "other",
        "last": "first",  # six days, 23 hours and 59 minutes later
        "late": "same",  # a week and a minute: the first it still repeats is of eleven o'clock
    }


def test_short_texts_are_like_themselves_alone(desk: Bench) -> None:
    land(
        desk,
        row("a", 4, "merci Acme !"),
        row("b", 4, "Merci, Acme", hour=11),
        row("c", 4, "Acme ferme sa boutique de Lyon https://a.example/1"),
        row("d", 4, "@ami ACME ferme sa boutique de Lyon.", hour=11),
        row("e", 4, "Acme ferme sa boutique de Metz", hour=12),
    )
    desk.publish()
    assert stories(desk) == {"a": "a", "b": "b", "c": "c", "d": "c", "e": "e"}


def test_a_repost_tells_the_story_of_its_post(desk: Bench) -> None:
    land(
        desk,
        row("wire", 4, WIRE),
        row("post", 5, HEADED),
        row("repost", 6, "Tellement Acme", parent="post", kind="repost"),
        row("answer", 6, "Tellement Acme", parent="post", kind="reply"),
        row("lost", 6, "Encore Acme", parent="nobody", kind="repost"),
    )
    desk.publish()
    found = stories(desk)
    assert found["repost"] == "wire"
    assert (found["answer"], found["lost"]) == ("answer", "lost")
    # The first is gone: those that repeated it repeat each other.
    (item,) = desk.query("select item_id from core.item where native_id = 'wire'")
    ws = desk.workspace
    journal.record(
        ws.storage, "withdrawal", "acme", item[0], {"item_id": item[0], "reason": "deleted"}
    )
    line.publish(ws, [])
    assert stories(desk) | {"wire": ""} == found | {"wire": "", "post": "post", "repost": "post"}
    assert desk.query("select count(*) from core.sketch where item_id = ?", [item[0]]) == [(0,)]
    rows = rows_of(desk)
    line.rebuild(ws)
    assert differing(rows_of(desk), rows) == {}


def drawn(seed: int) -> list[tuple[Any, ...]]:
    """Sixty rows of three stories, noise, reposts, later versions, moved dates and copies."""
    draw = random.Random(seed)  # noqa: S311  # the same rows for the same seed
    vocabulary = WIRE.split()
    rows = []
    for number in range(60):
        base = [WIRE, OTHER, " ".join(sorted(vocabulary)) + " Acme"][draw.randrange(3)].split()
        for _ in range(draw.choice((0, 0, 2, 5, 9))):
            base[draw.randrange(len(base))] = draw.choice(vocabulary)
        reposts = draw.random() < 0.2
        rows.append(
            row(
                draw.choice((f"n{number}", f"n{number // 2}")),  # some are read twice
                draw.randint(1, 28),
                "Acme " + " ".join(base[draw.choice((0, 0, 3)) :]),
                hour=draw.choice((10, 10, 15)),
                read=f"2026-06-{1 + number % 20:02d}T{number % 24:02d}:{number:02d}:00+02:00",
                parent=f"n{draw.randrange(60)}" if reposts else "",
                kind="repost" if reposts else "post",
                author=f"by-{draw.randrange(6)}",
                url=draw.choice(("", "", f"https://a.example/{draw.randrange(9)}")),
            )
        )
    return rows


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.e2e)])
def test_any_order_of_batches_gives_the_same_stories(
    desk: Bench, tmp_path: Path, seed: int
) -> None:
    rows = drawn(seed)
    draw = random.Random(seed)  # noqa: S311
    files = [rows[at::5] for at in range(5)]
    whole = desk.copy(tmp_path / "whole")
    for one in files:
        land(whole, *one)
    whole.publish("2026-05-31")
    expected = rows_of(whole)
    repeated = whole.query("select count(*) from core.item where story_id <> item_id")
    assert repeated[0][0] > 8, "too few copies prove nothing"
    draw.shuffle(files)
    one = desk.copy(tmp_path / "shuffled")
    for file in files:
        land(one, *file)
        one.publish("2026-05-31")
    assert differing(rows_of(one), expected) == {}
    line.rebuild(one.workspace)
    assert differing(rows_of(one), expected) == {}


def rows_of(bench: Bench) -> dict[str, Any]:
    """Rows of core and of the metric; runs are named by the order in which they landed."""
    rows = bench.rows("core", "metric", without=OF_THE_CLOCK | {"batch_id", "raw_ref"})
    return {name: rows[name] for name in rows if name.startswith("core.") or name == "metric.story"}
