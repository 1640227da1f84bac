"""What the items of a batch speak of: the terms of each text, and the client's own themes.

Terms are what periods are compared by; names of the client's brands are none, since every item has
them. Themes are the lists of words in the client's file.
"""

from __future__ import annotations

from oyez.config.model import Client
from oyez.enrich.batch import Batch, Row, said
from oyez.enrich.term import terms
from oyez.stage.match import Matcher
from oyez.stage.phrases import Phrases
from oyez.stage.text import folded


def themes(batch: Batch) -> list[Row]:
    """Return the rows of `theme`: one for each item that names a brand, in order.

    `terms` is null where the item's language is not read; `themes` holds the ids of the client's
    file, in its order.

    Args:
        batch: items and their mentions.
    """
    names = _Names(batch.client)
    subjects = Phrases({theme.id: theme.terms for theme in batch.client.themes})
    same = ("client_id", "day", "item_id", "content_hash")
    return [
        {
            **{name: item[name] for name in same},
            "terms": terms(names.left_out(said(item)), item["language"]),
            "themes": subjects.found(said(item)),
            "batch_id": batch.batch_id,
        }
        for item in batch.items
        if batch.mentions.get(item["item_id"])
    ]


class _Names:
    """The names of the client's own brands, to be left out of its texts."""

    def __init__(self, client: Client) -> None:
        self._matcher = Matcher(client)
        self._brands = {brand.id for brand in client.brands}
        self._tags = {
            _run_together(name) for brand in client.brands for name in (brand.name, *brand.aliases)
        }

    def left_out(self, text: str) -> str:
        """Return the text with a pause in the place of each name."""
        places = sorted(
            place
            for brand, spans in self._matcher.spans(text).items()
            if brand in self._brands
            for place in spans
        )
        kept, at = [], 0
        for start, end in places:
            # #BoycottVerdier says more than the name that it holds.
            is_other_tag = text[start] == "#" and _run_together(text[start:end]) not in self._tags
            if start >= at and not is_other_tag:
                kept.append(text[at:start])
                at = end
        return " | ".join([*kept, text[at:]])


def _run_together(name: str) -> str:
    return "".join(sign for sign in folded(name) if sign.isalnum())
