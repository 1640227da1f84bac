"""Which blocks each section has to show: a block is one template, and is never cut by a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from oyez.edition.model import Edition

SUMMARY_TILES = (
    "mention_volume", "net_sentiment", "share_of_voice", "potential_reach", "review_score",
    "response_rate", "active_members", "first_response_median", "engagement", "author_count",
    "negative_count", "review_count", "still_waiting",
)  # fmt: skip
TILES = {
    "volume": ("mention_volume", "author_count", "engagement", "potential_reach"),
    "sentiment": ("net_sentiment", "positive_count", "negative_count"),
    "reviews": ("review_score", "review_count", "review_unanswered"),
    "responsiveness": (
        "inbound_count", "response_rate", "first_response_median", "first_response_p90",
        "still_waiting",
    ),
    "community": (
        "active_members", "newcomers", "community_posts", "welcome_rate", "thank_rate",
    ),
}  # fmt: skip


LEAST_HISTORY = 3  # measured periods: with fewer, a history is an empty box
CARDS_IN_A_ROW = 3
MAIN_LANGUAGE_PCT = 95  # with more in one language, the others need no chart


@dataclass(frozen=True)
class Block:
    """One piece of a page.

    `elastic`: CSS pixels that its charts may grow by, to fill the page.
    """

    section: str
    template: str
    elastic: float = 0
    args: dict[str, Any] = field(default_factory=dict)


def _known(edition: Edition, table: str, column: str) -> int:
    return sum(row.get(column) is not None for row in edition.tables.get(table, []))


def _any(edition: Edition, table: str, column: str = "item_count") -> bool:
    return any(row.get(column) for row in edition.tables.get(table, []))


def _has(edition: Edition, table: str, least: int = 1) -> bool:
    return len(edition.tables.get(table, [])) >= least


def _tiles(edition: Edition, section: str) -> list[Block]:
    names = [name for name in TILES[section] if name in edition.figures]
    median = edition.figures.get("first_response_median")
    if median is not None and median.status == "not_reached" and len(names) > 4:
        # Where half were never answered, nine in ten were not either.
        names = [name for name in names if name != "first_response_p90"]
    return [Block(section, "tiles", args={"names": names})] if names else []


def _pairs(section: str, left: str, right: str, edition: Edition, most: int) -> list[Block]:
    sides = [edition.verbatims.get(name, [])[:most] for name in (left, right)]
    count = max(map(len, sides))
    if not count:
        return []
    return [
        Block(section, "verbatim_pair", args={"left": left, "right": right, "index": index})
        for index in range(count)
    ]


def _summary(edition: Edition) -> list[Block]:
    names = [name for name in SUMMARY_TILES if name in edition.figures]
    if edition.findings.get("spike"):
        # Reach and share of voice say how loud a crisis was, not how bad: one row is enough.
        loud = ("potential_reach", "share_of_voice")
        names = [name for name in names if name not in loud][:4]
    else:
        names = names[:8]
    blocks = []
    if edition.findings.get("spike"):
        # A crisis is read before the week's figures.
        blocks.append(Block("summary", "spike", 60))
    if names:
        blocks.append(Block("summary", "tiles", args={"names": names, "sparks": True}))
    if not is_complete(edition):
        blocks.append(Block("summary", "gap_notice"))
    blocks.append(Block("summary", "takeaways"))
    blocks.append(Block("summary", "actions"))
    if not edition.findings.get("spike"):
        # Without a history the tiles have no line behind them: the days stand in for it.
        short = _known(edition, "volume_by_period", "item_count") < LEAST_HISTORY
        if short and _has(edition, "volume_by_day", 2) and "volume" in edition.sections:
            blocks.append(Block("summary", "summary_days", 130))
        elif _pairs("summary", "negative", "positive", edition, 1):
            blocks.append(Block("summary", "summary_quotes"))
    if inside_events(edition) and "volume" not in edition.sections:
        blocks.append(Block("summary", "events"))
    if "cover" not in edition.sections:
        blocks.append(Block("summary", "contents"))
    return blocks


def is_complete(edition: Edition) -> bool:
    """Tell whether nothing is missing from the period."""
    coverage = edition.coverage
    return (
        coverage.measured_pct >= 100
        and not any(one.gaps for one in coverage.sources)
        and not coverage.brands_not_measured
    )


def has_languages(edition: Edition) -> bool:
    """Tell whether more than one language matters enough for a chart."""
    rows = edition.tables.get("volume_by_language", [])
    return len(rows) > 1 and (rows[0].get("share_pct") or 0) < MAIN_LANGUAGE_PCT


def has_few_voices(edition: Edition) -> bool:
    """Tell whether the share of voice rests on too few mentions to be printed as a share."""
    figure = edition.figures.get("share_of_voice")
    return figure is not None and figure.status == "n_too_small"


def inside_events(edition: Edition) -> list[dict[str, str]]:
    """Return the events of the reported period."""
    start, end = edition.period.start.isoformat(), edition.period.end.isoformat()
    return [one for one in edition.events if start <= one["date"] <= end]


def _volume(edition: Edition) -> list[Block]:
    blocks = _tiles(edition, "volume")
    if _has(edition, "volume_by_day", 2):
        # A chart with nothing in it explains no more by being tall.
        blocks.append(Block("volume", "volume_days", 150 if _any(edition, "volume_by_day") else 20))
    if _known(edition, "volume_by_period", "item_count") >= LEAST_HISTORY:
        blocks.append(Block("volume", "volume_periods", 100))
    if _any(edition, "volume_by_hour"):
        blocks.append(Block("volume", "volume_hours", 70))
    if _has(edition, "attention") and "sources" not in edition.sections:
        blocks.append(Block("volume", "attention"))
    if _has(edition, "stories") and "sources" not in edition.sections:
        blocks.append(Block("volume", "stories"))
    return blocks


def _sentiment(edition: Edition) -> list[Block]:
    blocks = _tiles(edition, "sentiment")
    if _any(edition, "volume_by_day"):
        blocks.append(Block("sentiment", "sentiment_pair", 120))
    if _has(edition, "volume_by_source", 2):
        blocks.append(Block("sentiment", "sentiment_networks", 110))
    if _has(edition, "reputation"):
        blocks.append(Block("sentiment", "reputation"))
    return blocks


def _themes(edition: Edition) -> list[Block]:
    blocks = [Block("themes", "themes")] if _has(edition, "themes") else []
    for place in range(1, len(edition.tables.get("themes", [])) + 1):
        if edition.verbatims.get(f"theme_{place}"):
            blocks.append(Block("themes", "theme_quotes", args={"place": place}))
    if _has(edition, "own_themes"):
        blocks.append(Block("themes", "own_themes"))
    return blocks


def _share_of_voice(edition: Edition) -> list[Block]:
    blocks = []
    if _has(edition, "share_of_voice", 2):
        if _known(edition, "volume_by_period", "share_of_voice_pct") >= LEAST_HISTORY:
            blocks.append(Block("share_of_voice", "sov_pair", 110))
        elif _any(edition, "share_of_voice", "share_pct"):
            blocks.append(Block("share_of_voice", "sov_bars", 110))
        blocks.append(Block("share_of_voice", "sov_table"))
    return blocks


def _sources(edition: Edition) -> list[Block]:
    blocks = []
    if _any(edition, "volume_by_source"):
        # Attention stands in this block: alone on the next page, its line would look lost.
        blocks.append(Block("sources", "sources"))
    elif _has(edition, "attention"):
        blocks.append(Block("sources", "attention"))
    if _has(edition, "media_types"):
        blocks.append(Block("sources", "media"))
    if has_languages(edition):
        blocks.append(Block("sources", "languages", 50))
    if _has(edition, "stories"):
        blocks.append(Block("sources", "stories"))
    return blocks


def _reviews(edition: Edition) -> list[Block]:
    blocks = _tiles(edition, "reviews")
    if _any(edition, "reviews_by_month", "review_count"):
        blocks.append(Block("reviews", "review_months", 110))
    if _any(edition, "rating_distribution", "year_count"):
        blocks.append(Block("reviews", "ratings", 60))
    is_short = edition.period.kind in ("day", "week")
    most = 2 if is_short else 4
    return blocks + _pairs("reviews", "review_negative", "review_positive", edition, most)


def _verbatims(edition: Edition) -> list[Block]:
    most = 5 if edition.period.kind in ("day", "week") else 7
    blocks = _pairs("verbatims", "negative", "positive", edition, most)
    if edition.verbatims.get("engaged"):
        blocks.append(Block("verbatims", "engaged"))
    return blocks


def _responsiveness(edition: Edition) -> list[Block]:
    blocks = _tiles(edition, "responsiveness")
    if _any(edition, "response_by_day", "inbound_count"):
        blocks.append(Block("responsiveness", "response_days", 128))
        blocks.append(Block("responsiveness", "response_pair", 60))
    traits = [name for name in edition.figures if name.startswith("reply_")]
    if traits:
        blocks.append(Block("responsiveness", "humanised", args={"names": traits}))
    if edition.verbatims.get("waiting"):
        blocks.append(Block("responsiveness", "waiting"))
    return blocks


def _community(edition: Edition) -> list[Block]:
    blocks = _tiles(edition, "community")
    if _any(edition, "community_by_period", "active_member_count"):
        blocks.append(Block("community", "community_members", 90))
        if _known(edition, "community_by_period", "post_count") >= LEAST_HISTORY:
            blocks.append(Block("community", "community_posts", 70))
    if _has(edition, "newcomers"):
        blocks.append(Block("community", "newcomers"))
    if _has(edition, "to_thank") or _has(edition, "gone_quiet"):
        blocks.append(Block("community", "people"))
    return blocks


def _authors(edition: Edition) -> list[Block]:
    return [Block("authors", "authors")] if _has(edition, "top_authors") else []


def _coverage(edition: Edition) -> list[Block]:
    blocks = []
    if edition.coverage.sources:
        blocks.append(Block("coverage", "strip", 60))
    blocks.append(Block("coverage", "handling"))
    blocks.append(Block("coverage", "gaps"))
    return blocks


def _methods(edition: Edition) -> list[Block]:
    rows = range(0, len(edition.methods), CARDS_IN_A_ROW)
    blocks = [Block("methods", "method_reading")]
    blocks += [Block("methods", "method_row", args={"index": index}) for index in rows]
    if edition.figures:
        blocks.append(Block("methods", "method_figures"))
    if edition.models or edition.agreement or edition.corrected:
        blocks.append(Block("methods", "method_models"))
    if edition.credits:
        blocks.append(Block("methods", "credits"))
    blocks.append(Block("methods", "method_identity"))
    return blocks


_BLOCKS: dict[str, Callable[[Edition], list[Block]]] = {
    "summary": _summary,
    "volume": _volume,
    "sentiment": _sentiment,
    "themes": _themes,
    "share_of_voice": _share_of_voice,
    "sources": _sources,
    "reviews": _reviews,
    "verbatims": _verbatims,
    "responsiveness": _responsiveness,
    "community": _community,
    "authors": _authors,
    "coverage": _coverage,
    "methods": _methods,
}


def full_blocks(edition: Edition) -> list[list[Block]]:
    """Return the blocks of each printed section, in the edition's order; the cover stands apart."""
    return [
        _BLOCKS[name](edition) or [Block(name, "nothing")]
        for name in edition.sections
        if name != "cover"
    ]


def small_blocks(edition: Edition) -> list[list[Block]]:
    """Return the two pages of a small business: reviews first, and what to do about them."""
    first = [Block("reviews", "small_tiles")]
    if edition.coverage.measured_pct < 100:
        first.append(Block("reviews", "gap_notice"))
    if _any(edition, "reviews_by_month", "review_count"):
        first.append(Block("reviews", "review_months", 190))
    if _any(edition, "rating_distribution", "year_count"):
        first.append(Block("reviews", "ratings", 110))
    if _any(edition, "themes") or _any(edition, "own_themes", "year_item_count"):
        first.append(Block("reviews", "small_themes"))
    first.append(Block("reviews", "small_actions"))
    second = []
    if edition.verbatims.get("review_waiting"):
        second.append(Block("verbatims", "small_unanswered"))
    negatives = edition.verbatims.get("review_negative", [])
    second += [
        Block("verbatims", "small_negative", args={"index": index})
        for index in range(max(len(negatives), 1))
    ]
    second.append(Block("verbatims", "small_praise"))
    if _has(edition, "share_of_voice", 2) or _has(edition, "reviews_by_brand", 2):
        second.append(Block("verbatims", "small_rivals"))
    if sum(row.get("item_count") or 0 for row in edition.tables.get("volume_by_day", [])) >= 30:
        second.append(Block("verbatims", "volume_days", 150, {"height": 120}))
    if edition.credits:
        second.append(Block("verbatims", "credits"))
    second.append(Block("verbatims", "small_method"))
    return [first, second]
