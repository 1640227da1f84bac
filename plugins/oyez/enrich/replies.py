"""Describes the replies of a batch: what the client's and competitors' own accounts answered."""

from __future__ import annotations

from oyez.config.model import Client
from oyez.enrich.batch import Batch, Row
from oyez.enrich.reply import traits

# A brand's message stands in a conversation that its customer opened.
_ANSWERS = frozenset({"reply", "comment", "message"})


def replies(batch: Batch) -> list[Row]:
    """Return one row of `reply` for each answer that an own account wrote, in order.

    Whether `greeted` is the name of whom it answers is told later, beside the parent's author.

    Args:
        batch: items of one client; another brand's answers count too.
    """
    names = _names(batch.client)
    rows = []
    for item in batch.items:
        if item["owned_brand_id"] is None:
            continue
        if item["parent_item_id"] is None and item["kind"] not in _ANSWERS:
            continue
        shown = traits(item["text"] or "", item["language"], names)
        rows.append(
            {
                **{name: item[name] for name in ("client_id", "day", "item_id", "content_hash")},
                "greeted": shown.greeted,
                "greeted_unlisted": shown.greeted_unlisted,
                "signed": shown.signed,
                "signed_initials": shown.signed_initials,
                # What is counted, and stays when names must go.
                "is_greeted": shown.greeted is not None,
                "is_signed": shown.signed is not None,
                "is_initialled": shown.signed_initials is not None,
                "has_thanks": shown.thanks,
                "has_empathy": shown.empathy,
                "has_follow_up": shown.follows_up,
                "batch_id": batch.batch_id,
            }
        )
    return rows


def _names(client: Client) -> frozenset[str]:
    """Return what the client's file calls its brands and competitors."""
    brands = [*client.brands, *client.competitors]
    return frozenset({client.name, *(name for one in brands for name in (one.name, *one.aliases))})
