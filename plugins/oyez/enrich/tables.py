"""The enriched tables: what judging a batch adds to it, as Parquet beside what was staged."""

from __future__ import annotations

import pyarrow as pa

SCORE = pa.schema(
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

ANNOTATION = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("content_hash", pa.string()),
        ("intents", pa.list_(pa.string())),
        ("crisis_cues", pa.list_(pa.string())),
        ("insults", pa.list_(pa.string())),
        ("batch_id", pa.string()),
    ]
)
REPLY = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("content_hash", pa.string()),
        ("greeted", pa.string()),
        ("greeted_unlisted", pa.string()),
        ("signed", pa.string()),
        ("signed_initials", pa.string()),
        ("has_thanks", pa.bool_()),
        ("has_empathy", pa.bool_()),
        ("has_follow_up", pa.bool_()),
        ("batch_id", pa.string()),
    ]
)

TABLES: dict[str, pa.Schema] = {"score": SCORE}
