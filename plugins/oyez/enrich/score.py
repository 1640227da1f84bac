"""Scores the mentions of a batch: one verdict a mention, each distinct text asked for once."""

from __future__ import annotations

from oyez.enrich.batch import Batch, Row, said
from oyez.enrich.models import Model


def scores(batch: Batch, model: Model) -> list[Row]:
    """Return the rows of `score`; a mention that the model cannot read has none.

    Args:
        batch: items and their mentions.
        model: what judges.
    """
    asked: dict[tuple[str, str], int] = {}
    wanted: list[tuple[Row, int]] = []
    for item in batch.items:
        for mention in batch.mentions.get(item["item_id"], ()):
            text = (said(item), item["language"])
            wanted.append((mention, asked.setdefault(text, len(asked))))
    verdicts = model.score([text for text, _ in asked], [language for _, language in asked])
    same = ("client_id", "day", "item_id", "mention_id", "content_hash")
    rows = []
    for mention, place in wanted:
        verdict = verdicts[place]
        if verdict is None:
            continue
        rows.append(
            {
                **{name: mention[name] for name in same},
                "model": verdict.model,
                "model_version": verdict.version,
                "polarity": verdict.polarity,
                "sentiment": verdict.sentiment,
                "confidence": verdict.confidence,
                "cues": list(verdict.cues),
                "batch_id": batch.batch_id,
            }
        )
    return rows
