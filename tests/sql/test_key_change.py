"""New, vanished and retyped keys of a source, told apart from keys that are merely rare.

A batch is written `{key: {type: records that have it}}`, ten records a batch, one batch a day from
1 March; `id` stands in every record.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
import warehouse

RECORDS = 10
Batch = dict[str, dict[str, int]]
ALL: dict[str, int] = {"string": RECORDS}


def changes(batches: list[Batch]) -> list[tuple[Any, ...]]:
    """Return (key, change, types, since, batches since) of one source, in order of keys."""
    connection = warehouse.empty()
    for number, batch in enumerate(batches):
        landed(connection, "site", f"b{number}", number)
        for key, types in {"id": ALL, **batch}.items():
            for kind, count in types.items():
                connection.execute(
                    "insert into ops.key_observation values ('client', 'site', ?, "
                    "timestamp '2026-03-01 06:00' + to_days(?), ?, ?, ?, ?)",
                    [f"b{number}", number, key, kind, count, RECORDS],
                )
    return connection.execute(
        "select key_path, change, types, strftime(since_at, '%d'), batch_count "
        "from core.key_change order by key_path, change"
    ).fetchall()


def landed(connection: duckdb.DuckDBPyConnection, source: str, batch: str, day: int) -> None:
    connection.execute(
        "insert into ops.batch by name select ? as batch_id, 'client' as client_id, "
        "? as source_id, timestamp '2026-03-01 06:00' + to_days(?) as landed_at, ? as item_count",
        [batch, source, day, RECORDS],
    )


def test_equal_records_change_nothing() -> None:
    assert changes([{"text": ALL}] * 10) == []


def test_a_vanished_key_is_told_with_its_day() -> None:
    batches: list[Batch] = [{"text": ALL}] * 4 + [{}] * 2
    assert changes(batches) == [("text", "vanished", "string", "05", 2)]


def test_null_is_no_value() -> None:
    batches: list[Batch] = [{"text": ALL}] * 4 + [{"text": {"null": RECORDS}}]
    assert changes(batches) == [("text", "vanished", "string", "05", 1)]


def test_a_key_that_comes_back_has_not_vanished() -> None:
    assert changes([{"text": ALL}] * 4 + [{}, {"text": ALL}]) == []


def test_a_new_key_is_told_with_its_day() -> None:
    batches: list[Batch] = [{}] * 4 + [{"label": {"string": 5}}]
    assert changes(batches) == [("label", "new", "string", "05", 1)]


def test_a_number_that_becomes_a_string_is_retyped() -> None:
    """An id of 7 that comes as "7": nothing vanished, nothing is new."""
    batches: list[Batch] = [{"likes": {"number": RECORDS}}] * 3 + [{"likes": ALL}]
    assert changes(batches) == [("likes", "retyped", "number → string", "04", 1)]


def test_an_optional_key_may_be_retyped_too() -> None:
    batches: list[Batch] = [{"edited": {"string": 7, "null": 3}}] * 3
    batches += [{"edited": {"number": 5, "null": 5}}] * 2
    assert changes(batches) == [("edited", "retyped", "string → number", "04", 2)]


@pytest.mark.parametrize(
    "later",
    [
        # seen in one of ten records, from some day on
        [{"poll": {"string": 1}}] * 6,
        # one batch had it, the others have not
        [{"poll": {"string": 4}}, {}, {}, {"poll": {"string": 1}}],
    ],
)
def test_a_rare_key_is_neither_new_nor_vanished(later: list[Batch]) -> None:
    assert changes([{}] * 4 + later) == []
    assert changes(later + [{}] * 4) == []


def test_a_key_of_eight_in_ten_records_may_be_missing_from_a_batch() -> None:
    assert changes([{"place": {"string": 8}}] * 6 + [{}] * 2) == []


def test_a_key_that_holds_now_this_and_now_that_is_not_retyped() -> None:
    mixed: Batch = {"value": {"number": 6, "string": 4}}
    assert changes([mixed] * 4 + [{"value": ALL}]) == []
    # A first odd value among many is no change of type.
    odd: Batch = {"value": {"number": 9, "string": 1}}
    assert changes([{"value": {"number": RECORDS}}] * 4 + [odd] * 3) == []


def test_too_little_was_seen_to_judge() -> None:
    assert changes([{"text": ALL}] * 2 + [{}] * 3) == []
    assert changes([{}] * 2 + [{"text": ALL}] * 3) == [], "two batches are no habit"


def test_what_lies_within_a_changed_key_is_not_listed_beside_it() -> None:
    author: Batch = {
        "author": {"object": RECORDS},
        "author.name": ALL,
        "tags": {"array": RECORDS},
        "tags[].name": {"string": 30},
        "authority": ALL,
    }
    assert [one[:2] for one in changes([author] * 3 + [{}])] == [
        ("author", "vanished"),
        ("authority", "vanished"),
        ("tags", "vanished"),
    ]


def test_only_the_last_batches_are_judged_when_asked() -> None:
    """A change of 31 batches ago is out of the sight of the last 24."""
    connection = warehouse.empty()
    for day in range(34):
        landed(connection, "site", f"b{day:02}", day)
        for key in ("id", "text") if day < 4 else ("id",):
            connection.execute(
                "insert into ops.key_observation values ('client', 'site', ?, "
                "timestamp '2026-03-01' + to_days(?), ?, 'string', 10, 10)",
                [f"b{day:02}", day, key],
            )
    told = "select count(*) from key_change(timestamp '2026-01-01', {})"
    assert connection.execute(told.format(24)).fetchall() == [(0,)]
    assert connection.execute(told.format(34)).fetchall() == [(1,)]


def test_sources_are_judged_apart() -> None:
    connection = warehouse.empty()
    for source, days in (("one", range(4)), ("other", range(4, 8))):
        for day in days:
            landed(connection, source, f"{source}{day}", day)
            connection.execute(
                "insert into ops.key_observation values ('client', ?, ?, "
                "timestamp '2026-03-01' + to_days(?), ?, 'string', 10, 10)",
                [source, f"{source}{day}", day, f"key_of_{source}"],
            )
    assert connection.execute("from core.key_change").fetchall() == []
