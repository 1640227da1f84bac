"""The reputation index of the period, with each component and its weight beside it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import pyarrow as pa

from oyez.config.model import Client
from oyez.edition.figure import FigureMaker, rounded
from oyez.edition.model import Reason
from oyez.edition.numbers import Numbers
from oyez.edition.reader import Reader, Row

_UNITS = {"net_sentiment": "points", "review_score": "stars"}  # the others are percents
_SCHEMA = pa.schema(
    [("component", pa.string()), ("weight", pa.decimal128(6, 2)), ("minimum_n", pa.int32())]
)
# Nothing detects crises yet: the component is named, and the others share its weight.
_NOT_DETECTED = "crisis_free_days"


def register(connection: duckdb.DuckDBPyConnection, client: Client, minimum_n: int) -> None:
    """Give span_reputation.sql the client's weights, as the table report_weight."""
    rows = [
        {"component": component, "weight": round(weight, 2), "minimum_n": minimum_n}
        for component, weight in client.reputation_index.weights.items()
    ]
    connection.register("report_weight", pa.Table.from_pylist(rows, schema=_SCHEMA))


def reputation(reader: Reader, make: FigureMaker) -> Numbers:
    """Return the index and its components; nothing where the period has no index.

    Two indexes of different components are not compared: the difference would be the components'.
    """
    spans: dict[str, list[Row]] = defaultdict(list)
    for row in reader.rows("span_reputation"):
        spans[row["name"]].append(row)
    own = spans.get("reported", [])
    if not own or own[0]["reputation_index"] is None:
        return Numbers()
    refused: dict[str, Reason] = {
        name: "components" for name, rows in spans.items() if _known(rows) != _known(own)
    }
    figure = make.figure(
        "reputation_index",
        {name: (rows[0]["reputation_index"], None) for name, rows in spans.items()},
        "index",
        "reputation_index",
        refused=refused,
    )
    whole = sum(row["weight"] for row in own if row["score"] is not None)
    before = {row["component"]: row for row in spans.get("previous", [])}
    is_comparable = figure.comparisons[0].status in ("ok", "partial")
    table: list[dict[str, Any]] = []
    for row in own:
        is_known = row["score"] is not None
        unit = _UNITS.get(row["component"], "pct")
        prior = before.get(row["component"])
        table.append(
            {
                "component": row["component"],
                "value": rounded(row["value"], unit) if is_known else None,
                "unit": unit,
                "n": row["n"],
                "score": rounded(row["score"], "pct"),
                "prior_score": rounded(prior["score"], "pct") if prior and is_comparable else None,
                "weight": float(row["weight"]),
                "share_pct": rounded(100 * row["weight"] / whole, "pct") if is_known else None,
                "status": _status(row),
            }
        )
    return Numbers({"reputation_index": figure}, {"reputation": table})


def _known(rows: list[Row]) -> set[str]:
    return {row["component"] for row in rows if row["score"] is not None}


def _status(row: Row) -> str:
    if row["score"] is not None:
        return "ok"
    if row["component"] == _NOT_DETECTED:
        return "not_detected"
    return "n_too_small" if row["n"] else "none"
