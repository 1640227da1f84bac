"""Scores the mentions of a batch: one verdict a mention, each distinct text asked for once.

Where a text names several brands, each mention is judged by the part that speaks of its brand.
"""

from __future__ import annotations

from oyez.enrich.batch import Batch, Row, said
from oyez.enrich.clause import about
from oyez.enrich.models import Model
from oyez.stage.match import Matcher


def scores(batch: Batch, model: Model) -> list[Row]:
    """Return the rows of `score`; a mention that the model cannot read has none.

    Args:
        batch: items and their mentions.
        model: what judges.
    """
    parts = _Parts(batch)
    asked: dict[tuple[str, str], int] = {}
    wanted: list[tuple[Row, int, bool]] = []
    for item in batch.items:
        mentions = batch.mentions.get(item["item_id"], [])
        for mention, text in zip(mentions, parts.texts(item, mentions), strict=True):
            place = asked.setdefault((text, item["language"]), len(asked))
            wanted.append((mention, place, text != said(item)))
    verdicts = model.score([text for text, _ in asked], [language for _, language in asked])
    same = ("client_id", "day", "item_id", "mention_id", "content_hash")
    rows = []
    for mention, place, is_part in wanted:
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
                "is_part": is_part,
                "batch_id": batch.batch_id,
            }
        )
    return rows


class _Parts:
    """What of a text each of its mentions is judged by."""

    def __init__(self, batch: Batch) -> None:
        client = batch.client
        self._matcher = Matcher(client)
        # Each brand is its own parent.
        self._brands: dict[str, str] = {
            **{brand.id: brand.id for brand in (*client.brands, *client.competitors)},
            **{scope.id: scope.brand or client.brands[0].id for scope in client.scopes},
        }

    def texts(self, item: Row, mentions: list[Row]) -> list[str]:
        """Return the text to judge for each mention of an item, in order."""
        whole = said(item)
        brands = [self._brands.get(one["brand_id"], "") for one in mentions]
        # A filled brand column is one mention, whatever other brands its text names.
        if len(set(brands)) < 2 and all(one["matched_by"] != "column" for one in mentions):
            return [whole] * len(mentions)
        parts = about(whole, self._matcher.spans(whole), item["language"])
        return [parts.get(brand, whole) for brand in brands]
