"""Turns quoted items into verbatims: plain text, cut at a word, local time."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from oyez.days import local_time
from oyez.edition.figure import FigureMaker, rounded
from oyez.edition.model import Verbatim
from oyez.edition.reader import Row

LONGEST = 320
_SPACE = re.compile(r"\s+")


def verbatim(row: Row, zone: ZoneInfo, make: FigureMaker) -> Verbatim:
    """Return the verbatim of one row of `report/verbatims.sql` or `report/waiting.sql`."""
    whole = f"{row['title']}. {row['text']}" if row.get("title") else row["text"] or ""
    text, is_cut = cut(whole, LONGEST)
    facts: dict[str, Any] = {
        name: row.get(name) for name in ("engagement_count", "follower_count", "waiting_minutes")
    }
    return Verbatim(
        at=local_time(row["published_at"], zone).isoformat(timespec="minutes"),
        network=row["network"],
        channel=row["channel"],
        kind=row["kind"],
        author=row["author"] or row.get("outlet"),
        author_url=row["author_url"],
        text=text,
        is_cut=is_cut,
        withheld=row["withheld"],
        site=row["site"] if row["withheld"] in ("terms", "retention") else None,
        url=row["url"],
        sentiment=row["sentiment"],
        rating=rounded(row["rating"], "stars"),
        ref=make.ref(row["item_id"]),
        **facts,
    )


def cut(text: str, longest: int) -> tuple[str, bool]:
    """Return the text on one line, shortened at a word to at most `longest` characters.

    The second value says whether something is missing. An endless word is cut where it stands.
    """
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= longest:
        return line, False
    head = line[:longest]
    space = head.rfind(" ")
    return (head[:space] if space > longest // 2 else head).rstrip(" ,;:–—-"), True
