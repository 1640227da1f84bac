"""Annotates the items of a batch: what each wants, and what in it should worry."""

from collections.abc import Mapping

from oyez.enrich.batch import Batch, Row, said
from oyez.enrich.crisis_cue import crisis_cues, insults
from oyez.enrich.intent import intents


def annotate(batch: Batch, polarity_of: Mapping[str, float | None]) -> list[Row]:
    """Return one row of `annotation` an item, in order.

    Args:
        batch: items of one client.
        polarity_of: item id → polarity, -1…1, or None where no model could read it; an item that is
            missing counts as not read.
    """
    rows = []
    for item in batch.items:
        text, language = said(item), item["language"]
        rows.append(
            {
                **{name: item[name] for name in ("client_id", "day", "item_id", "content_hash")},
                "intents": sorted(intents(text, language, polarity_of.get(item["item_id"]))),
                "crisis_cues": list(crisis_cues(text, language, batch.client.sector)),
                "insults": list(insults(text, language, batch.client.sector)),
                "batch_id": batch.batch_id,
            }
        )
    return rows
