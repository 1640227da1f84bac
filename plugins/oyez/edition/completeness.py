"""The data completeness of a period: what was measured, what was not, and what counts nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from oyez.config.model import Client
from oyez.days import Period, bounds, local_time
from oyez.edition.figure import Measure
from oyez.edition.model import Coverage, Gap, SourceCoverage
from oyez.edition.reader import Reader
from oyez.edition.spans import hours

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


def brand_measures(reader: Reader, span: Period, zone: ZoneInfo) -> dict[str, float]:
    """Return brand id → percent of the reported span's hours that were measured for it."""
    return {
        row["brand_id"]: _pct(float(row["measured_hours"]), hours(span, zone))
        for row in reader.rows("span_coverage")
        if row["name"] == "reported"
    }


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
    names = {source.id: source.name or source.id for source in client.sources}
    items = {row["source_id"]: row["item_count"] for row in reader.rows("source_items")}
    states: dict[str, dict[Any, dict[str, Any]]] = {}
    for row in reader.rows("coverage_days"):
        states.setdefault(row["source_id"], {})[row["day"]] = row
    intervals: dict[str, list[dict[str, Any]]] = {}
    for row in reader.rows("coverage_gaps"):
        intervals.setdefault(row["source_id"], []).append(row)
    start, end = bounds(period.start, zone)[0], bounds(period.end, zone)[1]
    length = hours(period, zone)
    # A source that was only imported by hand is in no client file; it counts all the same.
    listed = list(dict.fromkeys([*names, *sorted(set(states) | set(items))]))
    result = []
    for source_id in listed:
        by_day = states.get(source_id, {})
        measured = sum(float(row["measured_hours"]) for row in by_day.values())
        result.append(
            SourceCoverage(
                source_id=source_id,
                name=names.get(source_id, source_id),
                measured_pct=_pct(measured, length),
                item_count=items.get(source_id, 0),
                day_states=[
                    by_day[day]["state"] if day in by_day else "not_asked" for day in period.days
                ],
                gaps=_gaps(intervals.get(source_id, []), start, end, zone),
            )
        )
    return result


def _gaps(
    intervals: list[dict[str, Any]], start: datetime, end: datetime, zone: ZoneInfo
) -> list[Gap]:
    """Return what the measured intervals leave open, with the worst known reason for each gap."""
    gaps: list[tuple[datetime, datetime]] = []
    reached = start
    for row in sorted(
        (row for row in intervals if row["state"] in _MEASURED), key=lambda row: row["start_at"]
    ):
        if row["start_at"] > reached:
            gaps.append((reached, min(row["start_at"], end)))
        reached = max(reached, row["end_at"])
    if reached < end:
        gaps.append((reached, end))
    result = []
    for gap_start, gap_end in gaps:
        known = [
            row
            for row in intervals
            if row["state"] not in _MEASURED
            and row["start_at"] < gap_end
            and row["end_at"] > gap_start
        ]
        known.sort(key=lambda row: _WORST_FIRST.index(row["state"]))
        result.append(
            Gap(
                start=local_time(gap_start, zone).isoformat(timespec="minutes"),
                end=local_time(gap_end, zone).isoformat(timespec="minutes"),
                state=known[0]["state"] if known else "not_asked",
                reason=known[0]["reason"] if known else None,
            )
        )
    return result


def _pct(part: float, whole: float) -> float:
    # Never round up to "all of it": 99.96 % with a gap is not 100 %.
    if part >= whole:
        return 100.0
    return min(99.9, round(100 * part / whole, 1))
