"""The enriched tables: what judging a batch adds to it, as Parquet beside what was staged."""

from __future__ import annotations

import pyarrow as pa

from oyez.stage.tables import VERDICT

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
        ("is_greeted", pa.bool_()),
        ("is_signed", pa.bool_()),
        ("is_initialled", pa.bool_()),
        ("has_thanks", pa.bool_()),
        ("has_empathy", pa.bool_()),
        ("has_follow_up", pa.bool_()),
        ("batch_id", pa.string()),
    ]
)
THEME = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("content_hash", pa.string()),
        ("terms", pa.list_(pa.string())),
        ("themes", pa.list_(pa.string())),
        ("batch_id", pa.string()),
    ]
)
SKETCH = pa.schema(
    [
        ("client_id", pa.string()),
        ("day", pa.date32()),
        ("item_id", pa.string()),
        ("slots", pa.list_(pa.uint16())),
        ("has_spam_words", pa.bool_()),
        ("batch_id", pa.string()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "score": VERDICT,  # a tone that came with the item is a verdict too, staged before
    "annotation": ANNOTATION,
    "reply": REPLY,
    "theme": THEME,
    "sketch": SKETCH,
}
