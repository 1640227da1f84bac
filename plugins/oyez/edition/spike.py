"""The negative spike of a period: when it started, where it was told, and who wrote of it first.

These are counts, not a verdict: whether a spike is a crisis is for people to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from oyez.edition.model import Finding
from oyez.edition.reader import Reader, Row

# A negative peak is told first, with its hours, from this many ordinary days up.
SPIKE_RATIO = 3.0
# Calm hours that may lie between two busy ones of the same spike: a night is not an end.
CALM_HOURS = 4
Hour = tuple[date, int]


@dataclass(frozen=True)
class Spike:
    """What the pages tell of the day; empty tables where there was none."""

    findings: list[Finding] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    quoted: list[Row] = field(default_factory=list)


def spike(
    reader: Reader,
    peak: Finding,
    *,
    last_day: date,
    measured_days: set[date],
    busy_hour_count: int | None,
) -> Spike:
    """Return what is known of a negative peak; spans `spike` and `spike_day` must be registered.

    Args:
        reader: of the edition's snapshot.
        peak: the finding `volume.peak_negative`.
        last_day: the reported period's.
        measured_days: days measured from end to end: their silent hours are zero, others unknown.
        busy_hour_count: what 19 hours of 20 do not pass, or None where no history was measured.
    """
    day = date.fromisoformat(peak.params["day"])
    counts = {(row["day"], row["hour"]): row for row in reader.rows("spike_hours")}
    days = [one for one in (day - timedelta(1), day, day + timedelta(1)) if one <= last_day]
    hours = [(one, hour) for one in days for hour in range(24)]
    networks = reader.rows("spike_networks")
    items = reader.rows("spike_items")
    press = [row for row in items if row["list"] == "spike_press"]
    found = []
    start = _onset(hours, counts, day, busy_hour_count) if busy_hour_count is not None else None
    if start:
        found.append(
            Finding(
                code="spike.onset",
                params={
                    "day": start[0].isoformat(),
                    "hour": start[1],
                    "count": counts[start]["item_count"],
                    "busy_count": busy_hour_count,
                },
            )
        )
    if networks and networks[0]["negative_count"]:
        found.append(
            Finding(
                code="spike.network",
                params={
                    "network": networks[0]["network"],
                    "count": networks[0]["negative_count"],
                    "total": sum(row["negative_count"] for row in networks),
                },
            )
        )
    if press:
        found.append(Finding(code="spike.press", params={"count": press[0]["list_count"]}))
    table = []
    for one, hour in hours:
        silent = dict.fromkeys(
            ("item_count", "negative_count"), 0 if one in measured_days else None
        )
        row = counts.get((one, hour), silent)
        table.append(
            {
                "day": one.isoformat(),
                "hour": hour,
                "item_count": row["item_count"],
                "negative_count": row["negative_count"],
            }
        )
    return Spike(found, {"spike_by_hour": table, "spike_by_network": networks}, items)


def _onset(hours: list[Hour], counts: dict[Hour, Row], day: date, busy: int) -> Hour | None:
    """Return the hour from which volume stayed over `busy`, but for short calms, until its top."""
    own = [(counts[hour]["item_count"], hour) for hour in counts if hour[0] == day]
    if not own:
        return None
    top = max(own, key=lambda pair: (pair[0], pair[1]))
    if top[0] <= busy:
        return None
    start, calm = top[1], 0
    for hour in reversed(hours[: hours.index(top[1])]):
        if hour in counts and counts[hour]["item_count"] > busy:
            start, calm = hour, 0
        else:
            calm += 1
            if calm > CALM_HOURS:
                break
    return start
