"""Sketches the items of a batch: what is needed to find copies and spam without reading a word."""

from oyez.enrich.batch import Batch, Row, said
from oyez.enrich.sketch import sketch
from oyez.enrich.spam import has_spam_words


def sketches(batch: Batch) -> list[Row]:
    """Return one row of `sketch` an item that names a brand, in order.

    Args:
        batch: items and their mentions.
    """
    return [
        {
            **{name: item[name] for name in ("client_id", "day", "item_id")},
            "slots": sketch(item["title"], item["text"] or ""),
            "has_spam_words": item["owned_brand_id"] is None
            and has_spam_words(said(item), item["kind"]),
            "batch_id": batch.batch_id,
        }
        for item in batch.items
        if batch.mentions.get(item["item_id"])
    ]
