"""An empty warehouse in memory, and small hand-written facts to fill it with.

Times are the client's local clock ("2026-03-02 10:00"), as a person would write them down;
an offset ("2026-10-25T02:30+01:00") tells the two 02:30 of a long night apart.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from oyez.warehouse import migrate

ROOT = Path(__file__).resolve().parents[2]
BRANDS = [
    {"id": "brand", "kind": "own"},
    {"id": "rival", "kind": "competitor"},
]


def empty(**config: Any) -> duckdb.DuckDBPyConnection:
    """Return a connection to a warehouse that has tables and views, and no rows."""
    connection = duckdb.connect(config=config)
    migrate.migrate(connection)
    migrate.define(connection)
    return connection


def fill(connection: duckdb.DuckDBPyConnection, facts: dict[str, Any]) -> None:
    """Add the rows of a fixture: see tests/sql/README.md for its keys."""
    zone = ZoneInfo(facts.get("timezone", "Europe/Paris"))
    client = facts.get("client", "client")
    rows: dict[str, list[dict[str, Any]]] = {
        "core.client": [{"client_id": client, "client_name": client, "timezone": zone.key}],
        "core.brand": [
            {
                "client_id": client,
                "brand_id": brand["id"],
                "brand_name": brand["id"],
                "kind": brand["kind"],
                "parent_brand_id": brand.get("parent"),
                "rank": rank,
            }
            for rank, brand in enumerate(facts.get("brands", BRANDS))
        ],
        "core.calendar": calendar(client, zone, *facts["days"], facts.get("office_hours")),
        "core.source": [
            {
                "client_id": client,
                "source_id": one["id"],
                "kind": one.get("kind", "file"),
                "expected": one.get("expected", "daily"),
                "minimum_rows": one.get("minimum_rows", 0),
            }
            for one in facts.get("sources", [])
        ],
        "ops.coverage": [
            {
                "client_id": client,
                "source_id": one.get("source", "tool"),
                "query": one.get("query", "*"),
                "start_at": utc(one["from"], zone),
                "end_at": utc(one["to"], zone),
                "state": one.get("state", "ok"),
                "reason": one.get("reason"),
            }
            for one in facts.get("coverage", [])
        ],
        "core.attention": [
            {
                "client_id": client,
                "source_id": one["source"],
                "brand_id": one.get("brand", "brand"),
                "subject": "Page",
                "day_utc": str(one["day"]),
                "value": one.get("value"),
                "reason": one.get("reason"),
            }
            for one in facts.get("attention", [])
        ],
        "core.reputation_weight": [
            {
                "client_id": client,
                "component": component,
                "weight": weight,
                "minimum_n": facts.get("minimum_n", 1),
            }
            for component, weight in facts.get("weights", {}).items()
        ],
        "core.annotation": [],
        "core.reply": [],
        "core.item": [],
        "core.mention": [],
        "core.verdict": [],
        "core.counter": [],
        "core.item_theme": [],
        "core.correction": [],
        "core.suspect": [],
    }
    for item in facts.get("items", []):
        for copy in _copies(item):
            _add_item(rows, client, zone, copy)
    for table, content in rows.items():
        insert(connection, table, content)


def _copies(item: dict[str, Any]) -> list[dict[str, Any]]:
    if "times" not in item:
        return [item]
    return [item | {"id": f"{item['id']}-{number}"} for number in range(item["times"])]


def _add_item(
    rows: dict[str, list[dict[str, Any]]], client: str, zone: ZoneInfo, item: dict[str, Any]
) -> None:
    moment = aware(item["at"], zone)
    local = moment.astimezone(zone)
    key = {"client_id": client, "day": str(local.date())}
    rows["core.item"].append(
        key
        | {
            "item_id": item["id"],
            "published_at": naive(moment),
            "hour_local": local.hour,
            "collected_at": utc(item.get("read_at", item["at"]), zone),
            "source_id": item.get("source", "tool"),
            "network": item.get("network", "x"),
            "channel": item.get("channel", "social"),
            "kind": item.get("kind", "post"),
            "original_id": item.get("original", item["id"]),
            "story_id": item.get("story", item["id"]),
            "outlet": item.get("outlet"),
            "is_primary": item.get("primary", True),
            "author_key": item.get("author"),
            "follower_count": item.get("followers"),
            "owned_brand_id": item.get("own_voice_of"),
            "parent_item_id": item.get("answers"),
            "thread_id": item.get("thread"),
            "language": item.get("language", "fr"),
            "rating": item.get("rating"),
            "exclusion": item.get("exclusion"),
            "is_paid": item.get("paid"),
            "site_brand_id": item.get("on_site_of"),
            "link_count": item.get("links", 0),
            "linked_brand_ids": item.get("links_to", []),
            "withdrawn_at": item.get("withdrawn_at"),
        }
    )
    for brand in item.get("names", ["brand"]):
        mention = key | {"mention_id": f"{item['id']}/{brand}"}
        rows["core.mention"].append(
            mention
            | {
                "item_id": item["id"],
                "brand_id": brand,
                "matched_by": "text",
                "is_inbound": item.get("inbound", False),
            }
        )
        if item.get("sentiment"):
            rows["core.verdict"].append(
                mention | {"model": "m", "sentiment": item["sentiment"], "is_current": True}
            )
        if said := item.get("corrected", {}).get(brand):
            rows["core.correction"].append(
                mention
                | {
                    "item_id": item["id"],
                    "sentiment": said.get("sentiment"),
                    "brand_id": said.get("brand"),
                    "is_dismissed": said.get("dismissed", False),
                    "is_doubled": said.get("doubled", False),
                    "is_spam": said.get("spam"),
                    "themes": said.get("themes", []),
                    "removed_themes": said.get("removed_themes", []),
                    "tags": [],
                }
            )
    if item.get("bot_like") or item.get("spam_words"):
        rows["core.suspect"].append(
            key
            | {
                "item_id": item["id"],
                "is_spam": item.get("spam_words", False),
                "is_bot_like": item.get("bot_like", False),
                "reasons": [],
            }
        )
    if "intents" in item:
        rows["core.annotation"].append(
            key | {"item_id": item["id"], "intents": item["intents"], "crisis_cues": []}
        )
    if "traits" in item:
        traits = item["traits"]
        # In a language that is not read, nobody knows what a reply feels.
        is_read = item.get("language", "fr") in ("fr", "en")
        rows["core.reply"].append(
            key
            | {
                "item_id": item["id"],
                "is_addressed": "addressed" in traits,
                "is_signed": "signed" in traits,
                "is_initialled": "initialled" in traits,
                "has_thanks": "thanks" in traits if is_read else None,
                "has_empathy": "empathy" in traits if is_read else None,
                "has_follow_up": "follow_up" in traits if is_read else None,
            }
        )
    if "themes" in item or "terms" in item:
        rows["core.item_theme"].append(
            key
            | {
                "item_id": item["id"],
                "terms": item.get("terms"),
                "themes": item.get("themes", []),
            }
        )
    for reading in item.get("counters", []):
        rows["core.counter"].append(
            key
            | {
                "item_id": item["id"],
                "collected_at": utc(reading["at"], zone),
                "like_count": reading.get("likes"),
                "repost_count": reading.get("shares"),
                "reply_count": reading.get("replies"),
                "view_count": reading.get("views"),
            }
        )


def calendar(
    client: str, zone: ZoneInfo, first: Any, last: Any, hours: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the calendar rows from one local day to another, both included.

    `hours`: the office hours of weekdays Monday to Friday (`opens`, `closes`), `closed` days apart.
    """
    day, end = _day(first), _day(last)
    closed = {_day(one) for one in (hours or {}).get("closed", [])}
    rows = []
    while day <= end:
        start_at = datetime.combine(day, time(), zone).astimezone(UTC)
        end_at = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        is_open = hours is not None and day.weekday() < 5 and day not in closed
        rows.append(
            {
                "client_id": client,
                "day": str(day),
                "start_at": naive(start_at),
                "end_at": naive(end_at),
                "hour_count": int((end_at - start_at).total_seconds() // 3600),
                "week_start": str(day - timedelta(days=day.weekday())),
                "month_start": str(day.replace(day=1)),
                "opens_at": utc(f"{day} {hours['opens']}", zone) if hours and is_open else None,
                "closes_at": utc(f"{day} {hours['closes']}", zone) if hours and is_open else None,
            }
        )
        day += timedelta(days=1)
    return rows


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Append rows to a table; columns they do not give are null."""
    if not rows:
        return
    kinds = {row[0]: row[1] for row in connection.execute(f"describe {table}").fetchall()}
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        columns = {name: kinds[name] for name in rows[0]}
        connection.execute(
            f"insert into {table} by name from read_json('{file.name}', "
            f"format = 'newline_delimited', columns = {columns})"
        )


def aware(text: Any, zone: ZoneInfo) -> datetime:
    """Return the instant that a local clock (or a time with its offset) shows."""
    moment = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def naive(moment: datetime) -> str:
    """Return an instant as the warehouse stores it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def utc(text: Any, zone: ZoneInfo) -> str:
    """Return a fixture's local time as the warehouse stores it."""
    return naive(aware(text, zone))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
