"""The staged tables: what one landed run adds to the warehouse, as Parquet.

Names and meanings are those of the warehouse (sql/migrations); `day` is the client's local date and
every instant is naive UTC.
"""

from __future__ import annotations

import pyarrow as pa

_INSTANT = pa.timestamp("us")

ITEM = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("published_at", _INSTANT),
        ("hour_local", pa.int16()),
        ("collected_at", _INSTANT),
        ("source_id", pa.string()),
        ("network", pa.string()),
        ("channel", pa.string()),
        ("kind", pa.string()),
        ("native_id", pa.string()),
        ("url", pa.string()),
        ("original_id", pa.string()),
        ("is_strong_original", pa.bool_()),
        ("story_id", pa.string()),
        ("author_key", pa.string()),
        ("follower_count", pa.int64()),
        ("owned_brand_id", pa.string()),
        ("parent_item_id", pa.string()),
        ("thread_id", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("text_hash", pa.string()),
        ("language", pa.string()),
        ("rating", pa.decimal128(4, 2)),
        ("outlet", pa.string()),
        ("place", pa.string()),
        ("visibility", pa.string()),
        ("is_paid", pa.bool_()),
        ("site_brand_id", pa.string()),
        ("link_count", pa.int32()),
        ("linked_brand_ids", pa.list_(pa.string())),
        ("exclusion", pa.string()),
        ("content_hash", pa.string()),
        ("batch_id", pa.string()),
        ("raw_ref", pa.string()),
    ]
)
COUNTER = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("collected_at", _INSTANT),
        ("like_count", pa.int64()),
        ("repost_count", pa.int64()),
        ("reply_count", pa.int64()),
        ("view_count", pa.int64()),
    ]
)
MENTION = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("mention_id", pa.string()),
        ("item_id", pa.string()),
        ("brand_id", pa.string()),
        ("matched_by", pa.string()),
        ("matched_term", pa.string()),
        ("is_addressed", pa.bool_()),
        ("content_hash", pa.string()),
        ("batch_id", pa.string()),
    ]
)
VERDICT = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("mention_id", pa.string()),
        ("content_hash", pa.string()),
        ("model", pa.string()),
        ("model_version", pa.string()),
        ("polarity", pa.decimal128(4, 3)),
        ("sentiment", pa.string()),
        ("confidence", pa.decimal128(4, 3)),
        ("cues", pa.list_(pa.string())),
        ("is_part", pa.bool_()),
        ("batch_id", pa.string()),
    ]
)
# What enrichment once found in words that are gone: rows of its tables, as JSON.
SETTLED = pa.schema(
    [
        ("item_id", pa.string()),
        ("enriched", pa.string()),
    ]
)
AUTHOR = pa.schema(
    [
        ("client_id", pa.string()),
        ("author_key", pa.string()),
        ("network", pa.string()),
        ("handle", pa.string()),
        ("author_name", pa.string()),
        ("seen_at", _INSTANT),
        ("author_url", pa.string()),
    ]
)
QUARANTINE = pa.schema(
    [
        ("client_id", pa.string()),
        ("source_id", pa.string()),
        ("batch_id", pa.string()),
        ("raw_ref", pa.string()),
        ("row_number", pa.int64()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("first_seen_at", _INSTANT),
    ]
)
COVERAGE = pa.schema(
    [
        ("client_id", pa.string()),
        ("source_id", pa.string()),
        ("query", pa.string()),
        ("start_at", _INSTANT),
        ("end_at", _INSTANT),
        ("state", pa.string()),
        ("reason", pa.string()),
        ("batch_id", pa.string()),
    ]
)
BATCH = pa.schema(
    [
        ("batch_id", pa.string()),
        ("client_id", pa.string()),
        ("source_id", pa.string()),
        ("source_kind", pa.string()),
        ("query_hash", pa.string()),
        ("exclusion_hash", pa.string()),
        ("competitor_hash", pa.string()),
        ("landed_at", _INSTANT),
        ("row_count", pa.int64()),
        ("item_count", pa.int64()),
        ("quarantined_count", pa.int64()),
        ("unmatched_count", pa.int64()),
        ("call_count", pa.int64()),
        ("cost_count", pa.int64()),
        ("byte_count", pa.int64()),
    ]
)
KEY = pa.schema(
    [
        ("client_id", pa.string()),
        ("source_id", pa.string()),
        ("batch_id", pa.string()),
        ("observed_at", _INSTANT),
        ("key_path", pa.string()),
        ("value_type", pa.string()),
        ("item_count", pa.int64()),
        ("batch_item_count", pa.int64()),
    ]
)
ATTENTION = pa.schema(
    [
        ("client_id", pa.string()),
        ("brand_id", pa.string()),
        ("measure", pa.string()),
        ("subject", pa.string()),
        ("day_utc", pa.date32()),
        ("value", pa.int64()),
        ("reason", pa.string()),
        ("source_id", pa.string()),
        ("collected_at", _INSTANT),
        ("batch_id", pa.string()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "item": ITEM,
    "counter": COUNTER,
    "mention": MENTION,
    "verdict": VERDICT,
    "author": AUTHOR,
    "quarantine": QUARANTINE,
    "coverage": COVERAGE,
    "batch": BATCH,
    "key": KEY,
    "attention": ATTENTION,
    "settled": SETTLED,
}
