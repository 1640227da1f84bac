"""What the numbers say: for each page the findings worth a sentence, and what to do about them.

A finding is a code and its numbers; the sentences live with the languages (reports/locales). The
first finding of a section is its page's headline.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any, Literal

from oyez.edition.figure import reaches, rounded
from oyez.edition.model import Action, Bridge, Coverage, Figure, Finding, Verbatim
from oyez.edition.spike import SPIKE_RATIO

# A day is a peak when it holds at least this many times the median day, and is no accident of a
# small count.
PEAK_RATIO = 1.5
PEAK_FLOOR = 10
# A peak is called negative when at least this share of its scored items is.
PEAK_NEGATIVE_PCT = 40
SUMMARY_AT_MOST = 5
# Under this many measured days before the period, there is no ordinary day but the period's own.
HISTORY_DAYS = 28

Findings = dict[str, list[Finding]]


@dataclass(frozen=True)
class Facts:
    """All that findings are drawn from."""

    figures: dict[str, Figure]
    tables: dict[str, list[dict[str, Any]]]
    verbatims: dict[str, list[Verbatim]]
    coverage: Coverage
    minimum_n: int
    models: list[str]
    unanswered: dict[str, Any] | None  # what waits at the period's end; None where nobody can tell
    usual_count: Decimal | float | None  # items of the median day of the history; None without one
    last_day: date
    own_measured_pct: float
    themes: list[Finding] = field(default_factory=list)  # what the period is about (themes.py)
    sections: list[str] | None = None  # the pages that the report asks for, in their order


def findings(facts: Facts) -> Findings:
    """Return the findings of every section, and the summary's choice among them."""
    sections: Findings = {
        "volume": _volume(facts),
        "sentiment": _sentiment(facts),
        "themes": facts.themes,
        "share_of_voice": _share_of_voice(facts),
        "sources": _sources(facts),
        "reviews": _reviews(facts),
        "verbatims": _verbatims(facts),
        "responsiveness": _responsiveness(facts),
        "community": _community(facts),
        "authors": _authors(facts),
        "coverage": _coverage(facts.coverage),
        "methods": [_found("methods.basis", models=facts.models)],
    }
    sections["spike"] = []
    sections["summary"] = _summary(sections, facts)
    return sections


def _found(code: str, **params: Any) -> Finding:
    return Finding(code=code, params=params)


def _compared(figure: Figure) -> bool:
    return figure.prior is not None


def _bridge(figure: Figure) -> Bridge | None:
    """Return the comparison with the period before on the sources of both, where sources differ."""
    return figure.comparisons[0].bridge if figure.comparisons else None


def _volume(facts: Facts) -> list[Finding]:
    figure = facts.figures["mention_volume"]
    if figure.status == "not_measured":
        return [_found("volume.not_measured")]
    value = int(figure.value or 0)
    found = []
    if value == 0 and figure.status == "partial":
        found.append(_found("volume.zero_partial", measured_pct=facts.coverage.measured_pct))
    elif value == 0:
        found.append(_found("volume.zero"))
    elif _compared(figure) and figure.prior:
        prior = int(figure.prior)
        found.append(
            _found(
                "volume.change",
                value=value,
                prior=prior,
                change_pct=rounded(100 * (value - prior) / prior, "pct"),
                prior_kind=figure.prior_kind,
            )
        )
    elif figure.status == "partial":
        found.append(
            _found("volume.partial", value=value, measured_pct=facts.coverage.measured_pct)
        )
    elif bridge := _bridge(figure):
        found.append(_found("volume.bridged", value=value, count=bridge.value, prior=bridge.prior))
    else:
        found.append(_found("volume.no_prior", value=value))
    if value == 0 and facts.coverage.unmatched_count:
        # Nobody named the brand, or its queries miss the names that people use.
        found.append(_found("volume.unmatched", count=facts.coverage.unmatched_count))
    return found + _days(facts.tables["volume_by_day"], facts.usual_count)


def _days(days: list[dict[str, Any]], usual_count: Decimal | float | None) -> list[Finding]:
    measured = [
        day for day in days if day["item_count"] is not None and day["status"] != "not_measured"
    ]
    if len(measured) < 5:
        return []
    top = max(measured, key=lambda day: (day["item_count"], day["day"]))
    # The period's own median holds the peak: an ordinary day is one of the weeks before.
    usual = (
        median(day["item_count"] for day in measured) if usual_count is None else float(usual_count)
    )
    if top["item_count"] < PEAK_FLOOR or top["item_count"] < PEAK_RATIO * max(usual, 1):
        if usual < PEAK_FLOOR:
            return []
        counts = [day["item_count"] for day in measured]
        return [_found("volume.steady", low=min(counts), high=max(counts))]
    scored = top["positive_count"] + top["neutral_count"] + top["negative_count"]
    negative_pct = 100 * top["negative_count"] / scored if scored else 0
    facts = {
        "day": top["day"],
        "count": top["item_count"],
        "median_count": rounded(usual, "items"),
        "ratio": rounded(top["item_count"] / max(usual, 1), "pct"),
        "basis": "period" if usual_count is None else "history",
    }
    if negative_pct >= PEAK_NEGATIVE_PCT:
        return [_found("volume.peak_negative", negative_pct=rounded(negative_pct, "pct"), **facts)]
    return [_found("volume.peak", **facts)]


def _sentiment(facts: Facts) -> list[Finding]:
    figure = facts.figures["net_sentiment"]
    if figure.status == "not_measured":
        return [_found("sentiment.not_measured")]
    if not figure.n or figure.value is None:
        return [_found("sentiment.zero")]
    if figure.status == "n_too_small":
        return [
            _found(
                "sentiment.too_few",
                n=figure.n,
                positive_count=facts.figures["positive_count"].value,
                negative_count=facts.figures["negative_count"].value,
            )
        ]
    if _compared(figure) and figure.prior is not None:
        return [
            _found(
                "sentiment.change",
                value=figure.value,
                prior=figure.prior,
                change_points=rounded(float(figure.value) - float(figure.prior), "points"),
                n=figure.n,
            )
        ]
    if bridge := _bridge(figure):
        values = {"value": figure.value, "alike": bridge.value, "prior": bridge.prior}
        return [_found("sentiment.bridged", n=figure.n, **values)]
    return [_found("sentiment.no_prior", value=figure.value, n=figure.n)]


def _share_of_voice(facts: Facts) -> list[Finding]:
    figure = facts.figures.get("share_of_voice")
    if figure is None:
        return [_found("sov.no_competitor")]
    if figure.status == "none":
        return [_found("sov.zero")]
    if figure.value is None:
        heard = any(row["item_count"] for row in facts.tables["share_of_voice"])
        return [_found("sov.not_measured", own_pct=facts.own_measured_pct if heard else None)]
    ranked = [row for row in facts.tables["share_of_voice"] if row["share_pct"] is not None]
    apart = [
        row["brand_name"] for row in facts.tables["share_of_voice"] if row["share_pct"] is None
    ]
    place = next(index for index, row in enumerate(ranked, start=1) if row["is_own"])
    own = ranked[place - 1]["share_pct"]
    counts = {"count": ranked[place - 1]["item_count"], "n": figure.n}
    if place == 1 and len(ranked) > 1:
        first = _found(
            "sov.leader",
            share_pct=own,
            second_name=ranked[1]["brand_name"],
            second_share_pct=ranked[1]["share_pct"],
            second_count=ranked[1]["item_count"],
            **counts,
        )
    else:
        first = _found(
            "sov.rank",
            rank=place,
            of=len(ranked),
            share_pct=own,
            leader_name=ranked[0]["brand_name"],
            leader_share_pct=ranked[0]["share_pct"],
            leader_count=ranked[0]["item_count"],
            **counts,
        )
    return [first, *([_found("sov.not_comparable", names=apart)] if apart else [])]


def _sources(facts: Facts) -> list[Finding]:
    networks = facts.tables["volume_by_source"]
    if not networks:
        return [_found("sources.none")]
    if len(networks) == 1:
        return [_found("sources.only", network=networks[0]["network"])]
    return [
        _found(
            "sources.top",
            network=networks[0]["network"],
            share_pct=networks[0]["share_pct"],
            second_network=networks[1]["network"],
            second_share_pct=networks[1]["share_pct"],
            count=networks[0]["item_count"],
            second_count=networks[1]["item_count"],
            n=sum(row["item_count"] for row in networks),
        )
    ]


def _reviews(facts: Facts) -> list[Finding]:
    score, count = facts.figures.get("review_score"), facts.figures.get("review_count")
    if score is None or count is None or not count.value:
        return [_found("reviews.none")]
    n = score.n or 0
    if n == 0 or score.value is None:
        found = [_found("reviews.few", n=int(count.value), value=None)]
    elif n < 5:
        found = [_found("reviews.few", n=n, value=score.value)]
    else:
        found = [_found("reviews.score", value=score.value, n=n, prior=score.prior)]
    unanswered = facts.figures.get("review_unanswered")
    if unanswered and unanswered.value:
        negative = facts.unanswered["negative_review_count"] if facts.unanswered else 0
        found.append(
            _found("reviews.unanswered", count=int(unanswered.value), negative_count=negative)
        )
    return found


def _verbatims(facts: Facts) -> list[Finding]:
    positive, negative = facts.figures["positive_count"], facts.figures["negative_count"]
    if not any(facts.verbatims.get(name) for name in facts.verbatims) or positive.value is None:
        return [_found("verbatims.none")]
    return [
        _found(
            "verbatims.split",
            positive_count=int(positive.value or 0),
            negative_count=int(negative.value or 0),
        )
    ]


def _responsiveness(facts: Facts) -> list[Finding]:
    inbound = facts.figures.get("inbound_count")
    if inbound is None or inbound.status == "not_measured":
        return [_found("response.not_measured")]
    n = int(inbound.value or 0)
    if n == 0:
        return [_found("response.none")]
    answered = n - int(facts.figures["still_waiting"].value or 0)
    middle = facts.figures["first_response_median"]
    if n < facts.minimum_n:
        return [_found("response.few", answered=answered, n=n)]
    if middle.value is None:
        return [_found("response.not_reached", answered=answered, n=n)]
    return [_found("response.median", median_minutes=middle.value, answered=answered, n=n)]


def _community(facts: Facts) -> list[Finding]:
    members = facts.figures.get("active_members")
    if members is None or not members.value:
        return [_found("community.none")]
    found = [
        _found(
            "community.active",
            value=int(members.value),
            prior=members.prior,
            newcomers=int(facts.figures["newcomers"].value or 0),
        )
    ]
    half = facts.figures.get("half_members")
    if half is not None and half.status == "ok" and half.value:
        found.append(_found("community.half", count=int(half.value), n=half.n))
    return found


def _authors(facts: Facts) -> list[Finding]:
    authors, volume = facts.tables["top_authors"], facts.figures["mention_volume"].value
    if not authors or not volume:
        return [_found("authors.none")]
    by_top = sum(author["item_count"] for author in authors)
    return [
        _found(
            "authors.concentration",
            top_count=len(authors),
            share_pct=rounded(100 * by_top / int(volume), "pct"),
            signed_count=by_top,
            n=int(volume),
        )
    ]


def _coverage(coverage: Coverage) -> list[Finding]:
    found = []
    with_gaps = [source.name for source in coverage.sources if source.gaps]
    if coverage.measured_pct == 0:
        found.append(_found("coverage.none"))
    elif with_gaps and coverage.measured_pct >= 100:
        # Some source always listened, and yet not each of them did.
        found.append(_found("coverage.source_gaps", source_names=with_gaps))
    elif with_gaps:
        found.append(
            _found("coverage.gaps", measured_pct=coverage.measured_pct, source_names=with_gaps)
        )
    else:
        found.append(_found("coverage.complete", source_count=len(coverage.sources)))
    if coverage.brands_not_measured:
        names = [brand["brand_name"] for brand in coverage.brands_not_measured]
        found.append(_found("coverage.brands", names=names))
    return found


# What a reader must know first, whatever section it comes from; the rest follows.
_URGENT = (
    "volume.not_measured",
    "volume.unmatched",
    "volume.peak_negative",
    "coverage.none",
    "coverage.gaps",
)
_SILENT = (
    "themes.none",
    "themes.not_read",
    "themes.no_baseline",
    "themes.too_few",
    "themes.own",
    "themes.left_out",
    "sov.no_competitor",
    "sources.none",
    "sources.only",
    "reviews.none",
    "community.none",
    "authors.none",
    "response.not_measured",
    "response.none",
    "verbatims.none",
    "coverage.complete",
    "volume.steady",
)


_TOLD = (
    "volume",
    "sentiment",
    "themes",
    "share_of_voice",
    "reviews",
    "responsiveness",
    "community",
    "coverage",
)


def _summary(sections: Findings, facts: Facts) -> list[Finding]:
    order: tuple[str, ...] = _TOLD
    if facts.sections:
        # A summary announces the pages that follow it, in their order; gaps concern all of them.
        order = tuple(name for name in facts.sections if name in _TOLD and name != "coverage")
        order = (*order, "coverage") if order else _TOLD
    told = [one for name in order for one in sections[name] if one.code not in _SILENT]
    first = [one for one in told if is_spike(one)]
    told = [one for one in told if one not in first]
    headline = first + told[:1]
    urgent = [one for one in told[1:] if one.code in _URGENT]
    others = [one for one in told[1:] if one.code not in _URGENT]
    return (headline + urgent + others)[:SUMMARY_AT_MOST]


def is_spike(finding: Finding) -> bool:
    """Tell whether a finding is a negative peak that a reader must know before anything else."""
    return (
        finding.code == "volume.peak_negative"
        and finding.params["ratio"] >= SPIKE_RATIO
        and finding.params["basis"] == "history"
    )


def actions(facts: Facts, sections: Findings, last_day: date) -> list[Action]:
    """Return at most four things to do after the period, the most pressing first."""
    todo: list[Action] = []

    def add(code: str, owner: Literal["client", "agency"], days: int, **params: Any) -> None:
        due = _working_day(last_day + timedelta(days=days))
        todo.append(Action(code=code, params=params, owner=owner, due=due))

    waiting = facts.unanswered or {}
    if waiting.get("review_count") and "review_unanswered" in facts.figures:
        add(
            "action.answer_reviews",
            "client",
            3,
            count=waiting["review_count"],
            negative_count=waiting["negative_review_count"],
            oldest_day=waiting["oldest_review_day"].isoformat(),
        )
    if waiting.get("other_count"):
        add(
            "action.answer_waiting",
            "client",
            2,
            count=waiting["other_count"],
            oldest_day=waiting["oldest_other_day"].isoformat(),
        )
    peak = next((one for one in sections["volume"] if one.code.startswith("volume.peak")), None)
    if peak:
        add("action.explain_peak", "agency", 3, day=peak.params["day"])
    open_names, closed = _gaps(facts.coverage, last_day)
    if open_names:
        add("action.fix_coverage", "agency", 2, source_names=open_names)
    elif closed:
        add("action.fill_gap", "agency", 2, **closed)
    ignored = [row for row in facts.tables.get("newcomers", []) if not row["is_answered"]]
    if ignored:
        add("action.welcome_newcomers", "client", 3, count=len(ignored))
    missed = _missed_target(facts)
    if missed:
        add("action.missed_target", "client", 7, **missed)
    thankful = [
        row["author"]
        for row in facts.tables["top_authors"]
        if row["author"]
        and row["positive_count"] > row["negative_count"] == 0
        and row["network"] not in _MEDIA
    ]
    if thankful:
        add("action.thank_authors", "client", 5, authors=thankful[:3])
    if not todo:
        add("action.keep_on", "agency", 7)
    return todo[:4]


# Thanking a newsroom for an article is not a client's business.
_MEDIA = ("news", "blog", "press")


def _gaps(coverage: Coverage, last_day: date) -> tuple[list[str], dict[str, Any] | None]:
    """Return the sources still silent when the period ended, and the last gap that was closed."""
    end = (last_day + timedelta(days=1)).isoformat()
    silent = [one.name for one in coverage.sources if any(gap.end >= end for gap in one.gaps)]
    closed = [
        (gap.start, one.name) for one in coverage.sources for gap in one.gaps if gap.end < end
    ]
    if not closed:
        return silent, None
    start, name = max(closed)
    return silent, {"source_names": [name], "day": start[:10]}


def _missed_target(facts: Facts) -> dict[str, Any] | None:
    """Return the first figure, in the client's order, that is short of its target."""
    for name, figure in facts.figures.items():
        if figure.status != "ok" or figure.value is None:
            continue
        for one in figure.comparisons:
            if one.kind == "target" and one.value is not None and not reaches(figure.value, one):
                return {
                    "figure": name,
                    "value": figure.value,
                    "target": one.value,
                    "unit": figure.unit,
                    "bound": one.bound,
                }
    return None


def _working_day(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
