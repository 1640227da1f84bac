"""How often the brand was looked at, beside what was said of it: never added to any mention."""

from __future__ import annotations

from typing import Any

from oyez.config.model import Client
from oyez.days import Period
from oyez.edition.reader import Reader, Row
from oyez.sources.catalogue import counts_attention
from oyez.sources.wikipedia import MEASURE


def is_counted(client: Client, brand_id: str) -> bool:
    """Tell whether a source of the client counts attention for this brand."""
    return any(
        brand_id in (source.options.get("articles") or {})
        for source in client.sources
        if counts_attention(source.kind)
    )


def table(reader: Reader, named: dict[str, Period]) -> list[dict[str, Any]]:
    """Return one row a measure: the period's count, and the days that it does not hold.

    `value` is the sum over the days that are known for all their subjects, None if there is none;
    `missing_day_count` are the others. `prior_value` is there only if every day of both periods is
    known for the same subjects; `prior_status` says why not (`not_measured`, `not_comparable`).
    """
    rows = {(row["measure"], row["name"]): row for row in reader.rows("span_attention")}
    days = named["reported"].day_count
    found = []
    for measure in sorted({measure for measure, _ in rows} | {MEASURE}):
        own, prior = rows.get((measure, "reported")), rows.get((measure, "previous"))
        status = _prior_status(own, prior)
        found.append(
            {
                "measure": measure,
                "subjects": " ".join(own["subjects"]) if own else "",
                "value": own["value"] if own else None,
                "day_count": days,
                "missing_day_count": days - (own["known_day_count"] if own else 0),
                "prior_value": prior["value"] if prior and status == "ok" else None,
                "prior_status": status,
            }
        )
    return found


def _prior_status(own: Row | None, prior: Row | None) -> str:
    if prior is None or prior["value"] is None:
        return "not_measured"
    is_alike = (
        own is not None
        and own["is_complete"]
        and prior["is_complete"]
        and own["subjects"] == prior["subjects"]
    )
    return "ok" if is_alike else "not_comparable"
