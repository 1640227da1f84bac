"""Counts the keys of a run's records as their source gave them, so that drift is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

# Deeper keys belong to embedded objects (a quoted post, an image) that nobody reads.
DEPTH = 3
# A record whose keys are data (ids as keys) would make an endless list.
AT_MOST = 400


def observed(records: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield `key_path`, `value_type`, `item_count` and `batch_item_count` for these records.

    Paths are dotted, members of a list are written `[]`; types are JSON's, and `null` of its own.
    A record that was redacted (None) says nothing of its source and is not counted.
    """
    seen: Counter[tuple[str, str]] = Counter()
    flat: Counter[tuple[tuple[str, type], ...]] = Counter()
    record_count = 0
    for record in records:
        record_count += record is not None
        if isinstance(record, dict):
            shape = tuple((key, value.__class__) for key, value in record.items())
            if not any(kind is dict or kind is list for _, kind in shape):
                # A table's rows have few shapes: counting those is cheaper than walking each row.
                flat[shape] += 1
                continue
        seen.update(set(_walk(record, "", DEPTH)))
    for shape, count in flat.items():
        for key, given in shape:
            seen[str(key), _kind(given)] += count
    # The usual keys are never cut off by those that only one record has.
    for (path, kind), count in sorted(seen.most_common(AT_MOST)):
        yield {
            "key_path": path,
            "value_type": kind,
            "item_count": count,
            "batch_item_count": record_count,
        }


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            name = f"{path}.{key}" if path else str(key)
            yield name, _kind(inner.__class__)
            if depth > 1:
                yield from _walk(inner, name, depth - 1)
    elif isinstance(value, list) and depth > 1:
        for inner in value[:20]:
            yield from _walk(inner, f"{path}[]", depth - 1)


_KINDS = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    dict: "object",
    list: "array",
}


def _kind(given: type) -> str:
    return _KINDS.get(given, "string")
