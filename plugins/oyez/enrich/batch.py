"""What is judged together: the items of one client, with the brands that each of them names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oyez.config.model import Client

Row = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """Items to be judged.

    Attributes:
        client: whose items they are.
        batch_id: the landed run they came with, or the id of a later judgement.
        items: rows as staged (`stage/tables.py`, ITEM), in order.
        mentions: item id → its rows as staged (MENTION); an item that names no brand has none.
    """

    client: Client
    batch_id: str
    items: list[Row]
    mentions: dict[str, list[Row]]


def said(item: Row) -> str:
    """Return all that an item says: its title, if it has one, and its text."""
    title, text = item["title"], item["text"] or ""
    return f"{title}\n{text}" if title else text
