"""When two rows are one post, and when they are two (law 4)."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, table

HEADER = ("id", "date", "text", "author", "likes", "url", "kind")
OTHER_TOOL = {"id": "tool", "kind": "file", "mapping": "mappings/tool.yml"}


def row(native: str, **other: Any) -> tuple[Any, ...]:
    given = {
        "date": "2026-05-25T10:00:00+02:00",
        "text": "Acme is great",
        "author": "ann",
        "likes": 3,
        "url": "",
        "kind": "post",
    } | other
    return (native, *(given[name] for name in HEADER[1:]))


@pytest.fixture
def two(bench: Bench) -> Bench:
    """A client of two sources: the network's own export, and a tool with ids of its own."""
    bench.write(
        "clients/acme.yml", SMALL_CLIENT | {"sources": [*SMALL_CLIENT["sources"], OTHER_TOOL]}
    )
    fields = SMALL_MAPPING["fields"] | {"url": "url", "kind": "kind"}
    bench.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    bench.write("mappings/tool.yml", SMALL_MAPPING | {"fields": fields, "native_id_is": "tool"})
    return bench


def land(bench: Bench, source: str, *rows: tuple[Any, ...], name: str = "file.csv") -> None:
    path = bench.home / f"{source}-{name}"
    path.write_text(table(*rows, header=HEADER))
    bench.land("acme", path, f"mappings/{source}.yml", source)


def counted(bench: Bench) -> int:
    """Return the mentions of the week that the reports count."""
    bench.publish("2026-05-31")
    ((count,),) = bench.query(
        "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    )
    assert bench.query("select count(*) from core.mention_current where brand_id = 'acme'") == [
        (count,)
    ]
    return int(count)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        # One address, written in two ways.
        (
            {"url": "https://www.example.org/a/?utm_source=x"},
            {"url": "http://example.org/a", "author": "Ann B.", "text": "Acme is great…"},
        ),
        # The network's id stands in the address that the tool keeps.
        ({"native": "57"}, {"url": "https://twitter.com/ann/status/57?s=20", "author": "Ann B."}),
        # Nothing but writer, minute and words.
        ({"native": "58"}, {"author": "@Ann"}),
    ],
    ids=["address", "network id", "words"],
)
def test_one_post_through_two_sources_counts_once(
    two: Bench, here: dict[str, Any], there: dict[str, Any]
) -> None:
    is_weak = "url" not in there
    native = here.pop("native", "p1")
    land(two, "tool" if is_weak else "export", row(native, **here))
    if is_weak:
        # Two tools with numbers of their own: only the words can tell.
        two.write(
            "mappings/export.yml",
            two.workspace.mapping("mappings/tool.yml").model_dump(
                mode="json", exclude_defaults=True
            ),
        )
        land(two, "export", row("t1", **there))
    else:
        land(two, "tool", row("t1", **there))
    assert two.publish()["item_count"] == 2
    assert counted(two) == 1
    assert two.query("select count(distinct original_id), sum(is_primary::int) from core.item") == [
        (1, 1)
    ]


def test_the_network_s_id_in_two_exports_of_it_counts_once(two: Bench) -> None:
    two.write("mappings/tool.yml", SMALL_MAPPING)
    land(two, "export", row("57"))
    land(two, "tool", row("57", text="Acme is great (2)"))
    assert counted(two) == 1


@pytest.mark.parametrize("kind", ["review", "comment", "post"])
def test_two_items_on_one_page_count_twice(two: Bench, kind: str) -> None:
    page = {"url": "https://www.example.org/shops/acme", "kind": kind}
    land(
        two,
        "tool",
        row("r1", author="ann", **page),
        row("r2", author="bob", text="Acme, no", **page),
    )
    assert counted(two) == 2


def test_two_reviews_on_one_page_delivered_apart_count_twice(two: Bench) -> None:
    page = {"url": "https://www.example.org/shops/acme", "kind": "review"}
    land(two, "tool", row("r1", author="ann", **page), name="monday.csv")
    land(two, "tool", row("r2", author="bob", text="Acme, no", **page), name="tuesday.csv")
    assert counted(two) == 2


def test_the_last_row_of_an_item_within_a_file_counts(two: Bench) -> None:
    land(two, "export", row("p1", text="Acme v1"), row("p2"), row("p1", text="Acme v2"))
    assert counted(two) == 2
    assert two.query("select text from core.item where native_id = 'p1'") == [("Acme v2",)]


def test_a_copy_keeps_counting_when_the_original_s_text_is_corrected(two: Bench) -> None:
    """The primary row may leave the pair; the other one must then count by itself."""
    land(two, "export", row("p1", url="https://example.org/a"))
    land(two, "tool", row("t1", url="https://example.org/a", date="2026-05-26T10:00:00+02:00"))
    assert counted(two) == 1
    land(two, "export", row("p1", url="https://example.org/b"), name="corrected.csv")
    assert counted(two) == 2
    assert two.query(
        "select sum(item_count) from metric.mention_volume where day = '2026-05-26' "
        "and brand_id = 'acme'"
    ) == [(1,)]
