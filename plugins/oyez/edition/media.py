"""Where what is said comes from: kinds of media, one network or many, the brand's own part."""

from __future__ import annotations

from typing import Any

from oyez.edition.figure import FigureMaker, rounded
from oyez.edition.numbers import Numbers, share
from oyez.edition.reader import Reader

TYPES = ("earned", "shared", "owned", "paid")


def media(reader: Reader, make: FigureMaker) -> Numbers:
    """Return the kinds of media, the dependence, the presence proxy and the engagement rates.

    Shares of fewer items than the client's minimum are absent; counts stay. Earlier shares stand
    beside them where the two periods may be compared.
    """
    alike = make.is_comparable("mention_volume", "previous")
    return Numbers(
        tables={
            "media_types": _types(reader, make, has_prior=alike),
            "dependence": _dependence(reader, make),
            "presence": _presence(reader, make),
            "engagement_by_network": _engagement(reader, make),
        }
    )


def _types(reader: Reader, make: FigureMaker, *, has_prior: bool) -> list[dict[str, Any]]:
    spans = reader.by_span("span_media")
    own, before = spans.get("reported"), spans.get("previous")
    if own is None or not own["item_count"]:
        return []
    is_told = own["item_count"] >= make.minimum_n
    was_told = has_prior and before is not None and before["item_count"] >= make.minimum_n
    return [
        {
            "media_type": kind,
            "item_count": own[f"{kind}_count"],
            "share_pct": rounded(share(own[f"{kind}_count"], own["item_count"]), "pct")
            if is_told
            else None,
            "prior_share_pct": rounded(share(before[f"{kind}_count"], before["item_count"]), "pct")
            if before is not None and was_told
            else None,
            "untyped_count": own["untyped_count"],
        }
        for kind in TYPES
    ]


def _dependence(reader: Reader, make: FigureMaker) -> list[dict[str, Any]]:
    own = reader.by_span("span_dependence").get("reported")
    if own is None or own["item_count"] < make.minimum_n:
        return []
    return [
        {
            "item_count": own["item_count"],
            "network_count": own["network_count"],
            "network_herfindahl": float(own["network_herfindahl"]),
            "top_network": own["top_network"],
            "top_network_pct": rounded(share(own["top_network_count"], own["item_count"]), "pct"),
            "source_count": own["source_count"],
            "source_herfindahl": float(own["source_herfindahl"]),
        }
    ]


def _presence(reader: Reader, make: FigureMaker) -> list[dict[str, Any]]:
    own = reader.by_span("span_presence").get("reported")
    if own is None or not own["voice_count"]:
        return []

    def told(part: str, whole: str) -> Any:
        enough = (own[whole] or 0) >= make.minimum_n
        return rounded(share(own[part], own[whole]), "pct") if enough else None

    return [
        {
            **{name: own[name] for name in own if name != "name"},
            "own_voice_pct": told("own_voice_count", "voice_count"),
            "own_link_pct": told("own_link_count", "read_count"),
            "own_link_among_links_pct": told("own_link_count", "link_item_count"),
        }
    ]


def _engagement(reader: Reader, make: FigureMaker) -> list[dict[str, Any]]:
    return [
        {
            **row,
            **{
                f"{whose}engagement_rate_pct": rounded(
                    share(row[f"{whose}engagement_count"], row[f"{whose}follower_count"]), "rate"
                )
                if row[f"{whose}rated_count"] >= make.minimum_n
                else None
                for whose in ("", "own_")
            },
        }
        for row in reader.rows("engagement_by_network")
    ]
