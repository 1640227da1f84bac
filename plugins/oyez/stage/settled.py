"""What stays of an item when its words must go: all that was ever counted from them.

Which brands it names, how each model judged it, which post it is: these were found in the words, so
they are written down before the words are blanked, and a rebuilt warehouse reads them from there
instead of finding "neutral, about nobody" in an empty text. Names and words are not among them, nor
is an address that spells out its author's handle.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from oyez.stage.tables import COUNTER, ITEM, MENTION, VERDICT

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Words, and what the client's file and the run say again each time.
_GONE = frozenset({"title", "text"})
_SAID_AGAIN = frozenset(
    {"client_id", "source_id", "batch_id", "raw_ref", "day", "hour_local", "item_id", "mention_id"}
)
_TABLES = {"counter": COUNTER, "mention": MENTION, "verdict": VERDICT}
# Words of a text, or names in it, that stand in other columns.
_QUOTED = frozenset(
    {"cues", "insults", "terms", "greeted", "greeted_unlisted", "signed", "signed_initials"}
)


def settled(rows: Rows, enriched: Rows) -> dict[str, Row]:
    """Return native id → JSON-able outcome of each item of a staged run.

    Args:
        rows: table → rows, as the run was staged.
        enriched: table → rows that enrichment added.
    """
    found: dict[str, Row] = {}
    by_item: dict[str, Row] = {}
    handles = {one["author_key"]: one["handle"] for one in rows["author"]}
    for item in rows["item"]:
        kept = _kept(item)
        if _spells(kept["url"], handles.get(item["author_key"])):
            kept["url"] = None
        outcome: Row = {"item": kept, **{name: [] for name in _TABLES}, "enriched": {}}
        found[item["native_id"]] = by_item[item["item_id"]] = outcome
    brands = {one["mention_id"]: one["brand_id"] for one in rows["mention"]}
    for name in _TABLES:
        for row in rows[name]:
            by_item[row["item_id"]][name].append(_kept(row) | _brand(row, brands))
    for name, judged in enriched.items():
        for row in judged:
            kept = _kept(row) | _brand(row, brands)
            by_item[row["item_id"]]["enriched"].setdefault(name, []).append(kept)
    return found


def restored(outcome: Row, name: str) -> list[Row]:
    """Return the rows of one table (`item`, `counter`, …) with the values of their columns' types.

    The keys that depend on the client's file or on the run are for the caller to add.
    """
    if name == "item":
        return [typed(outcome["item"], ITEM)]
    return [typed(row, _TABLES[name]) for row in outcome[name]]


def typed(row: Row, schema: pa.Schema) -> Row:
    """Return a row that was kept as JSON with the values of its columns' types."""
    return {key: _typed(value, schema, key) for key, value in row.items()}


def _brand(row: Row, brands: dict[str, str]) -> Row:
    # A mention's key holds its item's, which holds the client's: the brand is what stays.
    return {"brand_id": brands[row["mention_id"]]} if "mention_id" in row else {}


def _spells(url: str | None, handle: str | None) -> bool:
    """Tell what `shown_url` (sql/macros) tells."""
    name = (handle or "").lstrip("@").partition("@")[0].lower()
    return bool(url and handle and name in url.lower())


def _kept(row: Row) -> Row:
    return {
        key: None if key in _GONE else _without(value) if key in _QUOTED else _plain(value)
        for key, value in row.items()
        if key not in _SAID_AGAIN
    }


def _without(value: Any) -> Any:
    return [] if isinstance(value, list) else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _typed(value: Any, schema: pa.Schema, column: str) -> Any:
    if value is None or column not in schema.names:
        return value
    kind = schema.field(column).type
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value)
    return Decimal(value) if pa.types.is_decimal(kind) else value
