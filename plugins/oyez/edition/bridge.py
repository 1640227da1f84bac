"""Compares two periods that other sources listened to: on the sources that measured both.

A source that was added, or that is gone, breaks a series like a change of formula does. Counts that
add up over sources can be bridged: both periods are counted again on the sources that measured
nearly all of both, and the difference is that of these two counts. Nothing else can be.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from oyez.days import Period
from oyez.edition.figure import COMPARABLE_PCT, Bridged, Measure, Value
from oyez.edition.numbers import net_sentiment
from oyez.edition.reader import Reader, Row
from oyez.edition.spans import hours

SPANS = ("previous", "last_year")
_SCHEMA = pa.schema([("name", pa.string()), ("source_id", pa.string())])
_NOTHING: Row = {
    "item_count": 0,
    "positive_count": 0,
    "neutral_count": 0,
    "negative_count": 0,
    "engagement_count": None,
    "measured_item_count": 0,
}


def bridges(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    named: dict[str, Period],
    measures: dict[str, Measure],
    zone: ZoneInfo,
) -> dict[str, dict[str, Bridged]]:
    """Return span → figure → both periods' values on the sources that measured both.

    Spans that the same sources listened to are left out, and so are those that share none.

    Args:
        connection: with the spans registered.
        reader: of the report's queries.
        named: the spans.
        measures: how well each was measured.
        zone: the client's.
    """
    lengths = {name: hours(named[name], zone) for name in ("reported", *SPANS)}
    whole: dict[str, set[str]] = {name: set() for name in lengths}
    for row in reader.rows("span_source_hours"):
        if float(row["measured_hours"]) * 100 >= lengths[row["name"]] * COMPARABLE_PCT:
            whole[row["name"]].add(row["source_id"])
    common = {
        name: tuple(sorted(whole["reported"] & whole[name]))
        for name in SPANS
        if measures[name].sources != measures["reported"].sources
    }
    rows = [{"name": name, "source_id": source} for name, ones in common.items() for source in ones]
    if not rows:
        return {}
    connection.register("report_bridge", pa.Table.from_pylist(rows, schema=_SCHEMA))
    found = {(row["name"], row["side"]): row for row in reader.rows("span_bridge")}
    return {
        name: _figures(
            sources, found.get((name, "reported"), _NOTHING), found.get((name, name), _NOTHING)
        )
        for name, sources in common.items()
        if sources
    }


def _figures(sources: tuple[str, ...], now: Row, before: Row) -> dict[str, Bridged]:
    values = [_values(row) for row in (now, before)]
    return {name: Bridged(sources, values[0][name], values[1][name]) for name in values[0]}


def _values(row: Row) -> dict[str, Value]:
    scored = row["positive_count"] + row["neutral_count"] + row["negative_count"]
    return {
        "mention_volume": (row["item_count"], None),
        "positive_count": (row["positive_count"], None),
        "negative_count": (row["negative_count"], None),
        "net_sentiment": (net_sentiment(row), scored),
        "engagement": (row["engagement_count"], row["measured_item_count"]),
    }
