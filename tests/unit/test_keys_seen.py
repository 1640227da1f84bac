"""Which keys records have, counted as their source wrote them."""

from __future__ import annotations

from oyez.stage import keys_seen
from oyez.stage.keys_seen import observed


def test_keys_types_and_members_of_lists() -> None:
    records = [
        {"id": 1, "author": {"name": "Ann"}, "tags": [{"name": "a"}, {"name": "b"}]},
        {"id": "2", "author": None},
        None,  # redacted
    ]
    assert [
        (one["key_path"], one["value_type"], one["item_count"]) for one in observed(records)
    ] == [
        ("author", "null", 1),
        ("author", "object", 1),
        ("author.name", "string", 1),
        ("id", "number", 1),
        ("id", "string", 1),
        ("tags", "array", 1),
        ("tags[].name", "string", 1),
    ]
    assert {one["batch_item_count"] for one in observed(records)} == {2}


def test_keys_that_are_data_do_not_push_out_the_usual_ones() -> None:
    records = [{"zone": "Paris", f"id-{number}": 1} for number in range(keys_seen.AT_MOST + 50)]
    seen = list(observed(records))
    assert len(seen) == keys_seen.AT_MOST
    assert seen[-1]["key_path"] == "zone"


def test_rows_of_a_table_are_counted_as_records_with_lists_are() -> None:
    flat = [{"id": 1, "at": None, "is_new": True}, {"id": "2", "at": None}, {"id": 3.5}]
    nested = [{**record, "tags": []} for record in flat]
    counted = [(one["key_path"], one["value_type"], one["item_count"]) for one in observed(flat)]
    assert counted == [
        (one["key_path"], one["value_type"], one["item_count"])
        for one in observed(nested)
        if one["key_path"] != "tags"
    ]
    assert ("id", "number", 2) in counted
