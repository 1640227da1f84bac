"""The data completeness of a period: what was measured, what was not, and what counts nowhere."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from oyez.config.model import Client
from oyez.days import Period, bounds, local_time
from oyez.edition.figure import Measure
from oyez.edition.model import Coverage, Gap, SourceCoverage, Span, TooFew, Unusual
from oyez.edition.reader import Reader
from oyez.edition.spans import hours
from oyez.sources.catalogue import counts_attention

_MEASURED = ("ok", "ok_empty", "partial")
_WORST_FIRST = (
    "auth_failed",
    "source_down",
    "throttled",
    "not_configured",
    "not_asked",
)


def measures(
    reader: Reader, named: dict[str, Period], brand_id: str, zone: ZoneInfo
) -> dict[str, Measure]:
    """Return how well each span was measured for a brand."""
    sources = {row["name"]: tuple(row["sources"]) for row in reader.rows("span_sources")}
    covered = {
        row["name"]: row for row in reader.rows("span_coverage") if row["brand_id"] == brand_id
    }
    result = {}
    for name, span in named.items():
        row = covered.get(name)
        measured = float(row["measured_hours"]) if row else 0.0
        pct = _pct(measured, hours(span, zone))
        status = "not_measured" if measured == 0 else "partial"
        if row and row["is_complete"]:
            status = "ok"
        result[name] = Measure(status, pct, sources.get(name, ()))  # type: ignore[arg-type]
    return result


def brand_measures(
    reader: Reader, named: dict[str, Period], zone: ZoneInfo
) -> dict[str, dict[str, float]]:
    """Return span → brand id → percent of the span's hours that were measured for it."""
    found: dict[str, dict[str, float]] = {name: {} for name in named}
    for row in reader.rows("span_coverage"):
        measured = _pct(float(row["measured_hours"]), hours(named[row["name"]], zone))
        found[row["name"]][row["brand_id"]] = measured
    return found


def completeness(
    reader: Reader, client: Client, period: Period, measured: Measure, brands: dict[str, float]
) -> Coverage:
    """Return the coverage block of an edition."""
    zone = client.zone
    names = {brand.id: brand.name for brand in [*client.brands, *client.competitors]}
    counts = reader.one("coverage_counts")
    reasons = reader.rows("quarantined")
    return Coverage(
        measured_pct=measured.measured_pct,
        sources=_sources(reader, client, period, zone),
        brands_not_measured=[
            {"brand_name": names[brand], "measured_pct": pct}
            for brand, pct in brands.items()
            if brand in names and pct < measured.measured_pct - 0.05
        ],
        quarantined_count=sum(row["row_count"] for row in reasons),
        quarantine_reasons=reasons,
        unmatched_count=counts["unmatched_count"],
        excluded_count=counts["excluded_count"],
        duplicate_count=counts["duplicate_count"],
    )


def _sources(
    reader: Reader, client: Client, period: Period, zone: ZoneInfo
) -> list[SourceCoverage]:
    configured = {source.id: source for source in client.sources}
    items = {row["source_id"]: row["item_count"] for row in reader.rows("source_items")}
    days = _by_source(reader.rows("coverage_days"))
    intervals = _by_source(reader.rows("coverage_gaps"))
    open_periods = _by_source(reader.rows("coverage_expected"))
    unusual = _by_source(reader.rows("coverage_unusual"))
    length = hours(period, zone)
    # A source that was only imported by hand is in no client file; it counts all the same.
    listed = list(dict.fromkeys([*configured, *sorted(set(days) | set(items))]))
    result = []
    for source_id in listed:
        source = configured.get(source_id)
        by_day = {row["day"]: row for row in days.get(source_id, [])}
        measured = sum(float(row["measured_hours"]) for row in by_day.values())
        expected = open_periods.get(source_id, [])
        result.append(
            SourceCoverage(
                source_id=source_id,
                name=(source and source.name) or source_id,
                measured_pct=_pct(measured, length),
                item_count=items.get(source_id, 0),
                day_states=[
                    by_day[day]["state"] if day in by_day else "not_asked" for day in period.days
                ],
                # A count that is not loaded yet leaves no gap in what was said of the brand: it is
                # told beside the counts (attention.py).
                gaps=[]
                if source and counts_attention(source.kind)
                else _gaps(
                    intervals.get(source_id, []), _unknown(by_day, period, zone), period, zone
                ),
                expected=source.expected if source else None,
                missing=[
                    Span(start=row["start_day"], end=row["end_day"])
                    for row in expected
                    if row["is_missing"]
                ],
                short=[
                    TooFew(
                        start=row["start_day"],
                        end=row["end_day"],
                        item_count=row["item_count"],
                        minimum_rows=row["minimum_rows"],
                    )
                    for row in expected
                    if not row["is_missing"]
                ],
                unusual=[
                    Unusual(
                        start=row["start_day"],
                        end=row["end_day"],
                        kind=row["kind"],
                        number=row["number"],
                        usual=row["usual"],
                    )
                    for row in unusual.get(source_id, [])
                ],
            )
        )
    return result


def _by_source(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["source_id"], []).append(row)
    return found


def _unknown(
    by_day: dict[date, dict[str, Any]], period: Period, zone: ZoneInfo
) -> list[dict[str, Any]]:
    """Return an interval for each day: why nothing is known of it, where nothing is.

    What is left of a day that was measured in part is no matter of its own: it joins the days
    behind it, else those before it.
    """
    causes = [by_day[day]["cause"] if day in by_day else None for day in period.days]
    for order in (range(len(causes) - 2, -1, -1), range(1, len(causes))):
        step = 1 if order.step < 0 else -1
        for index in order:
            causes[index] = causes[index] or causes[index + step]
    found = []
    for day, cause in zip(period.days, causes, strict=True):
        start, end = bounds(day, zone)
        state = "not_configured" if cause == "not_listed" else "not_asked"
        found.append(
            {"start_at": start, "end_at": end, "state": state, "reason": None, "cause": cause}
        )
    return found


def _gaps(
    intervals: list[dict[str, Any]],
    unknown: list[dict[str, Any]],
    period: Period,
    zone: ZoneInfo,
) -> list[Gap]:
    """Return what the measured intervals leave open, each stretch with its own reason.

    Where several failed tries are known of a stretch, the worst one names it.
    """
    start, end = bounds(period.start, zone)[0], bounds(period.end, zone)[1]
    measured = [row for row in intervals if row["state"] in _MEASURED]
    failed = sorted(
        (row for row in intervals if row["state"] not in _MEASURED),
        key=lambda row: _WORST_FIRST.index(row["state"]),
    )
    edges = {start, end}
    for row in (*intervals, *unknown):
        edges |= {one for one in (row["start_at"], row["end_at"]) if start < one < end}
    cuts = sorted(edges)
    found: list[tuple[datetime, datetime, tuple[str, str | None, str | None]]] = []
    for piece_start, piece_end in pairwise(cuts):

        def holds(row: dict[str, Any], at: datetime = piece_start) -> bool:
            return bool(row["start_at"] <= at < row["end_at"])

        if any(map(holds, measured)):
            continue
        told = next(filter(holds, failed), None) or next(filter(holds, unknown))
        why = (told["state"], told["reason"], told.get("cause"))
        if found and found[-1][1] == piece_start and found[-1][2] == why:
            piece_start = found.pop()[0]
        found.append((piece_start, piece_end, why))
    return [
        Gap(
            start=local_time(gap_start, zone).isoformat(timespec="minutes"),
            end=local_time(gap_end, zone).isoformat(timespec="minutes"),
            state=state,
            reason=reason,
            cause=cause,
        )
        for gap_start, gap_end, (state, reason, cause) in found
    ]


def _pct(part: float, whole: float) -> float:
    # Never round up to "all of it": 99.96 % with a gap is not 100 %.
    if part >= whole:
        return 100.0
    return min(99.9, round(100 * part / whole, 1))
