"""What of the mentions is said first and what repeats it, and how much of all looks automated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from oyez.edition import quotes
from oyez.edition.figure import FigureMaker
from oyez.edition.model import Verbatim
from oyez.edition.reader import Reader

Table = list[dict[str, Any]]
_COUNTS = ("pick_up_count", "outlet_count", "network_count", "author_count")


@dataclass(frozen=True)
class Stories:
    """What the pages print.

    Attributes:
        tables: `stories` (the period's mentions, parted), `top_stories` and `suspects`; one that
            would say nothing is left out.
        told: one quotation for each row of `top_stories`, in order.
    """

    tables: dict[str, Table]
    told: list[Verbatim]


def stories(reader: Reader, make: FigureMaker, zone: ZoneInfo) -> Stories:
    """Return the period's stories and pick-ups.

    Args:
        reader: the report's queries.
        make: gives references.
        zone: the client's.
    """
    mentions = reader.by_span("span_volume").get("reported", {}).get("item_count") or 0
    picked = reader.by_span("span_stories").get("reported", {}).get("pick_up_count") or 0
    tables: dict[str, Table] = {}
    if picked:
        tables["stories"] = [
            {"item_count": mentions, "story_count": mentions - picked, "pick_up_count": picked}
        ]
    top = reader.rows("top_stories")
    if top:
        tables["top_stories"] = [{name: row[name] for name in _COUNTS} for row in top]
    if (suspects := reader.one("suspects"))["suspect_count"]:
        tables["suspects"] = [suspects]
    return Stories(tables, [quotes.verbatim(row, zone, make) for row in top])
