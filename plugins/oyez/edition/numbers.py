"""The figures and tables of an edition, from the rows that the report's queries returned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from oyez.config.model import Client
from oyez.days import Period
from oyez.edition.figure import COMPARABLE_PCT, FigureMaker, Measure, Value, rounded
from oyez.edition.model import Figure, Number, Reason
from oyez.edition.reader import Reader, Row
from oyez.edition.spans import HISTORY

BUCKETS = ("under_1h", "1h_4h", "4h_24h", "1d_3d", "over_3d", "waiting")
Table = list[dict[str, Any]]


@dataclass
class Numbers:
    """What the pages print."""

    figures: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)


def net_sentiment(row: Row | None) -> Decimal | None:
    """Return (positive − negative) ÷ scored × 100 of a row of counts; None without any scored."""
    if row is None:
        return None
    positive, negative = row["positive_count"], row["negative_count"]
    scored = positive + row["neutral_count"] + negative
    return Decimal(100 * (positive - negative)) / scored if scored else None


def share(part: int, whole: int) -> Decimal | None:
    """Return part ÷ whole × 100; None of nothing."""
    return Decimal(100 * part) / whole if whole else None


def volume(
    reader: Reader, make: FigureMaker, named: dict[str, Period], measures: dict[str, Measure]
) -> Numbers:
    """Return volume, sentiment, audience and engagement."""
    spans = reader.by_span("span_volume")
    counts = {
        name: {key: _count(spans.get(name), key, measures[name]) for key in _COUNTS}
        for name in named
    }
    scored: dict[str, Value] = {
        name: (
            net_sentiment(row),
            row["positive_count"] + row["neutral_count"] + row["negative_count"],
        )
        for name, row in spans.items()
    }
    audience = reader.by_span("span_audience")
    engagement = reader.by_span("span_engagement")
    figures = {
        name: make.figure(name, _each(counts, key), "items", "mention_volume")
        for name, key in (
            ("mention_volume", "item_count"),
            ("positive_count", "positive_count"),
            ("negative_count", "negative_count"),
        )
    }
    figures["net_sentiment"] = make.figure(
        "net_sentiment", scored, "points", "net_sentiment", is_rate=True
    )
    figures["potential_reach"] = make.figure(
        "potential_reach",
        {
            name: (row["unique_reach_count"], row["known_author_count"])
            for name, row in audience.items()
        },
        "people",
        "potential_reach",
        missing="unknown",
    )
    figures["potential_reach_gross"] = make.figure(
        "potential_reach_gross",
        {
            name: (row["gross_reach_count"], row["known_author_count"])
            for name, row in audience.items()
        },
        "people",
        "potential_reach",
        missing="unknown",
    )
    figures["engagement"] = make.figure(
        "engagement",
        {
            name: (row["engagement_count"], row["measured_item_count"])
            for name, row in engagement.items()
        },
        "interactions",
        "engagement",
        missing="unknown",
    )
    figures["author_count"] = make.figure(
        "author_count",
        _zeros(measures, None)
        | {name: (row["author_count"], None) for name, row in audience.items()},
        "authors",
        "author_activity",
    )
    has_prior = figures["mention_volume"].comparisons[0].status in ("ok", "partial")
    networks = reader.rows("by_network")
    total = sum(row["item_count"] for row in networks)
    languages = reader.rows("by_language")
    spoken = sum(row["item_count"] for row in languages)
    tables = {
        "volume_by_day": _by_day(reader, named["reported"]),
        "volume_by_period": [
            {
                "start": named[name].start.isoformat(),
                "end": named[name].end.isoformat(),
                **counts[name],
                "net_sentiment": _told(spans.get(name), make),
                "share_of_voice_pct": None,
                "status": measures[name].status,
            }
            for name in history()
        ],
        "volume_by_hour": reader.rows("by_hour"),
        "volume_by_source": [
            {
                **row,
                "share_pct": rounded(share(row["item_count"], total), "pct"),
                "prior_item_count": row["prior_item_count"] if has_prior else None,
                "net_sentiment": _told(row, make),
            }
            for row in networks
        ],
        "volume_by_language": [
            {**row, "share_pct": rounded(share(row["item_count"], spoken), "pct")}
            for row in languages
        ],
        "top_authors": reader.rows("top_authors"),
    }
    return Numbers(figures, tables)


_COUNTS = ("item_count", "positive_count", "neutral_count", "negative_count")


def history() -> list[str]:
    """Return the names of the spans of the history, oldest first."""
    return [f"history_{number:02d}" for number in range(HISTORY)]


def share_of_voice(
    reader: Reader,
    make: FigureMaker,
    client: Client,
    brand_id: str,
    brand_pcts: dict[str, dict[str, float]],
    measures: dict[str, Measure],
) -> Numbers:
    """Return the share of voice over the brands that were measured as well as the report's own.

    A brand that was measured less stands in the table with its count, without a share: what was not
    heard must not make the others' share. An earlier share is another one when a brand of the set
    was not heard then as well as the others: a competitor that was added since.
    """
    if not client.competitors:
        return Numbers()
    brands = brand_pcts["reported"]
    own_pct = brands.get(brand_id, 0.0)
    comparable = _measured_alike(brands, brand_id)
    voices = {one.id for one in [*client.brands, *client.competitors]}
    others: dict[str, Reason] = {
        name: "competitors"
        for name, pcts in brand_pcts.items()
        if _measured_alike(pcts, brand_id) & voices != comparable & voices
    }
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("span_brands"):
        rows[row["name"]].append(row)
    is_comparable = own_pct > 0 and len(comparable & _ids(rows["reported"])) >= 2
    shares = {
        name: _shares(rows.get(name, []), comparable)
        for name in ("reported", "previous", "last_year", *history())
    }
    values: dict[str, Value] = {}
    for name, by_brand in shares.items():
        known = by_brand.get(brand_id)
        if known is not None and measures[name].status != "not_measured":
            values[name] = (
                known,
                sum(row["item_count"] for row in rows[name] if row["brand_id"] in comparable),
            )
    if not is_comparable:
        for name in ("reported", history()[-1]):
            values.pop(name, None)
    for name in history():
        if name in others:
            values.pop(name, None)
    figure = make.figure(
        "share_of_voice",
        values,
        "pct",
        "share_of_voice",
        is_rate=True,
        status=None if is_comparable else "not_comparable" if own_pct > 0 else "not_measured",
        refused=others,
    )
    has_prior = bool(figure.comparisons) and figure.comparisons[0].status in ("ok", "partial")
    table = [
        {
            "brand_id": row["brand_id"],
            "brand_name": row["brand_name"],
            "is_own": row["brand_id"] == brand_id,
            "item_count": row["item_count"]
            if row["item_count"] or brands.get(row["brand_id"])
            else None,
            "share_pct": rounded(shares["reported"].get(row["brand_id"]), "pct")
            if is_comparable
            else None,
            "prior_share_pct": rounded(shares["previous"].get(row["brand_id"]), "pct")
            if is_comparable and has_prior
            else None,
            "net_sentiment": _told(row, make),
            "status": _brand_status(brands.get(row["brand_id"], 0.0)),
        }
        for row in rows["reported"]
    ]
    table.sort(
        key=lambda row: (row["share_pct"] is None, -(row["item_count"] or 0), row["brand_id"])
    )
    trend = [
        {
            "share_of_voice_pct": rounded(values[name][0], "pct")
            if name in values and (values[name][1] or 0) >= make.minimum_n
            else None
        }
        for name in history()
    ]
    return Numbers({"share_of_voice": figure}, {"share_of_voice": table, "_trend": trend})


def reviews(
    reader: Reader,
    make: FigureMaker,
    named: dict[str, Period],
    client: Client,
    brand_id: str,
    measures: dict[str, Measure],
    *,
    can_answer: bool,
) -> Numbers:
    """Return reviews and ratings; nothing when the brand had no review in twelve months."""
    rows = {row["name"]: row for row in reader.rows("span_reviews") if row["brand_id"] == brand_id}
    if not rows.get("year", {}).get("review_count"):
        return Numbers()
    scores: dict[str, Value] = {
        name: (_mean_rating(row), row["rated_count"]) for name, row in rows.items()
    }
    counts: dict[str, Value] = {
        name: (rows[name]["review_count"] if name in rows else 0, None)
        for name in named
        if measures[name].status != "not_measured"
    }
    period, year = rows.get("reported"), rows["year"]
    months = [f"month_{number:02d}" for number in range(12)]
    names = {one.id: one.name for one in [*client.brands, *client.competitors]}
    tables: dict[str, Table] = {
        "reviews_by_month": [
            {
                "month": named[name].start.isoformat(),
                "review_count": counts[name][0] if name in counts else None,
                "average_rating": rounded(scores[name][0], "stars") if name in scores else None,
                "status": measures[name].status,
            }
            for name in months
        ],
        "rating_distribution": [
            {
                "stars": stars,
                "period_count": period[f"star_{stars}_count"] if period else 0,
                "year_count": year[f"star_{stars}_count"],
            }
            for stars in range(5, 0, -1)
        ],
        "reviews_by_brand": [
            {
                "brand_id": row["brand_id"],
                "brand_name": names[row["brand_id"]],
                "is_own": row["brand_id"] == brand_id,
                "review_count": row["review_count"],
                "average_rating": rounded(_mean_rating(row), "stars"),
            }
            for row in sorted(
                (
                    row
                    for row in reader.rows("span_reviews")
                    if row["name"] == "year" and row["brand_id"] in names
                ),
                key=lambda row: (-(_mean_rating(row) or 0), row["brand_id"]),
            )
        ],
    }
    figures = {
        "review_count": make.figure("review_count", counts, "items", "review"),
        "review_score": make.figure("review_score", scores, "stars", "review"),
    }
    if can_answer:
        waiting = reader.by_span("unanswered")
        unanswered: dict[str, Value] = {
            name: (waiting[name]["review_count"] if name in waiting else 0, None)
            for name in ("reported", "previous", "last_year")
            if measures[name].status != "not_measured"
        }
        figures["review_unanswered"] = make.figure(
            "review_unanswered", unanswered, "items", "review"
        )
    return Numbers(figures, tables)


def responsiveness(reader: Reader, make: FigureMaker, measures: dict[str, Measure]) -> Numbers:
    """Return response rate and time to first response, as they stood when the period ended."""
    spans = reader.by_span("span_response")
    own = spans.get("reported")
    n = {name: row["inbound_count"] for name, row in spans.items()}

    def values(key: str) -> dict[str, Value]:
        return {name: (row[key], n[name]) for name, row in spans.items()}

    rates: dict[str, Value] = {
        name: (share(row["answered_count"], row["inbound_count"]), row["inbound_count"])
        for name, row in spans.items()
    }
    figures = {
        "inbound_count": make.figure(
            "inbound_count",
            _zeros(measures, None) | values("inbound_count"),
            "items",
            "response_rate",
        ),
        "response_rate": make.figure(
            "response_rate",
            rates,
            "pct",
            "response_rate",
            is_rate=True,
            low=own["low_pct"] if own else None,
            high=own["high_pct"] if own else None,
        ),
        "still_waiting": make.figure(
            "still_waiting", _zeros(measures, 0) | values("waiting"), "items", "response_rate"
        ),
    }
    for name, key in (
        ("first_response_median", "median_minutes"),
        ("first_response_p90", "p90_minutes"),
    ):
        figures[name] = make.figure(
            name,
            values(key),
            "minutes",
            "first_response_time",
            is_rate=True,
            missing="not_reached" if own else "none",
        )
    tables: dict[str, Table] = {
        "response_by_day": [
            {**row, "day": row["day"].isoformat()} for row in reader.rows("response_by_day")
        ],
        "response_distribution": [
            {"bucket": bucket, "item_count": own[bucket] if own else 0} for bucket in BUCKETS
        ],
        "response_curve": [
            {"minutes": float(row["minutes"]), "answered_pct": float(row["answered_pct"])}
            for row in reader.rows("response_curve")
        ],
    }
    return Numbers(figures, tables)


def community(
    reader: Reader, make: FigureMaker, named: dict[str, Period], measures: dict[str, Measure]
) -> Numbers:
    """Return community activity; nothing when the brand has no community."""
    spans = reader.by_span("span_community")
    if not spans:
        return Numbers()
    values: dict[str, dict[str, Value]] = {
        key: {
            name: (spans[name][key] if name in spans else 0, None)
            for name in named
            if measures[name].status != "not_measured"
        }
        for key in ("active_member_count", "newcomer_count", "post_count")
    }
    figures = {
        "active_members": make.figure(
            "active_members", values["active_member_count"], "authors", "active_member"
        ),
        "newcomers": make.figure("newcomers", values["newcomer_count"], "authors", "newcomer"),
        "community_posts": make.figure(
            "community_posts", values["post_count"], "items", "active_member"
        ),
    }
    tables: dict[str, Table] = {
        "community_by_period": [
            {
                "start": named[name].start.isoformat(),
                "end": named[name].end.isoformat(),
                **{key: by_span.get(name, (None, None))[0] for key, by_span in values.items()},
                "status": measures[name].status,
            }
            for name in history()
        ],
        "newcomers": [
            {**row, "first_day": row["first_day"].isoformat()} for row in reader.rows("newcomers")
        ],
    }
    return Numbers(figures, tables)


def _by_day(reader: Reader, period: Period) -> Table:
    days: dict[str, dict[Any, Row]] = defaultdict(dict)
    for found in reader.rows("by_day"):
        days[found["name"]][found["day"]] = found
    others = {"prior_item_count": period.previous, "last_year_item_count": period.last_year}
    aligned = {"prior_item_count": "previous", "last_year_item_count": "last_year"}
    table = []
    for index, day in enumerate(period.days):
        row: Row | None = days["reported"].get(day)
        entry: dict[str, Any] = {
            "day": day.isoformat(),
            "item_count": row["item_count"] if row else None,
            **{key: row[key] if row else 0 for key in _COUNTS[1:]},
            "status": row["state"] if row else "not_measured",
        }
        for key, other in others.items():
            # Months differ in length: the 31st has no counterpart in a month of 30 days.
            earlier = other.days[index] if index < other.day_count else None
            matched = days[aligned[key]].get(earlier) if earlier else None
            entry[key] = matched["item_count"] if matched else None
        table.append(entry)
    return table


def _count(row: Row | None, key: str, measure: Measure) -> int | None:
    if row is not None and row[key] is not None:
        return int(row[key])
    return None if measure.status == "not_measured" else 0


def _zeros(measures: dict[str, Measure], n: int | None) -> dict[str, Value]:
    """Return the count of each compared span that was measured, before anything is counted."""
    return {
        name: (0, n)
        for name in ("reported", "previous", "last_year")
        if measures[name].status != "not_measured"
    }


def _told(row: Row | None, make: FigureMaker) -> Number:
    """Return a row's net sentiment, or None under the client's minimum of scored items."""
    if row is None:
        return None
    scored = row["positive_count"] + row["neutral_count"] + row["negative_count"]
    return rounded(net_sentiment(row), "points") if scored >= make.minimum_n else None


def _each(counts: dict[str, dict[str, int | None]], key: str) -> dict[str, Value]:
    return {name: (row[key], None) for name, row in counts.items()}


def _ids(rows: list[Row]) -> set[str]:
    return {row["brand_id"] for row in rows}


def _shares(rows: list[Row], comparable: set[str]) -> dict[str, Decimal | None]:
    kept = [row for row in rows if row["brand_id"] in comparable]
    total = sum(row["item_count"] for row in kept)
    return {row["brand_id"]: share(row["item_count"], total) for row in kept}


def _measured_alike(pcts: dict[str, float], brand_id: str) -> set[str]:
    """Return the brands that were heard about as much as the report's own."""
    own_pct = pcts.get(brand_id, 0.0)
    return {brand for brand, pct in pcts.items() if abs(pct - own_pct) <= 100 - COMPARABLE_PCT}


def _brand_status(pct: float) -> str:
    if pct == 0:
        return "not_measured"
    return "ok" if pct >= 100 else "partial"


def _mean_rating(row: Row) -> Decimal | None:
    return Decimal(row["rating_sum"]) / row["rated_count"] if row["rated_count"] else None
