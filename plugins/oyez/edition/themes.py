"""What a period is about: terms that stand out from the periods before, and the client's themes.

The query finds terms that are over-represented; here those that say the same are put together, and
each is written as people wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from oyez.config.model import Client
from oyez.edition.figure import FigureMaker, Measure, rounded
from oyez.edition.model import Finding
from oyez.edition.numbers import net_sentiment
from oyez.edition.reader import Reader, Row
from oyez.enrich.term import spelled
from oyez.resources import folder

MOST = 10
EXAMPLES = 3  # of each theme, as refs in its row
QUOTED, QUOTES = 3, 2  # themes whose examples are printed, and how many of each
# A word gives way to a phrase that holds it when this share of its items says the phrase.
NESTED_PCT = 50
# Terms that share this part of all their items are one theme in two words.
SAME_PCT = 50
MOST_WORDS = 3  # that a theme is also said in

_SCHEMA = pa.schema(
    [
        ("place", pa.int32()),
        ("language", pa.string()),
        ("term", pa.string()),
        ("sentiment", pa.string()),
    ]
)
_SENTIMENTS = ("negative", "positive", "neutral")


@dataclass
class Themes:
    """What the pages tell of themes.

    Attributes:
        tables: `themes`, the terms that stand out; `own_themes`, the client's own; neither where
            nothing was read.
        findings: of the section.
        quoted: rows of examples, under the lists theme_1 to theme_3.
    """

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    quoted: list[Row] = field(default_factory=list)


def themes(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    make: FigureMaker,
    client: Client,
    measures: dict[str, Measure],
) -> Themes:
    """Return the themes of the reported span; `spans` and `terms` must be registered.

    Args:
        connection: the edition's snapshot.
        reader: of that snapshot.
        make: for refs and the minimum n.
        client: for its own themes' names and order.
        measures: how well each span was measured.
    """
    connection.execute("set variable minimum_n = ?", [make.minimum_n])
    corpus = folder("sql") / "report" / "before" / "theme_corpus.sql"
    connection.execute(corpus.read_text("utf-8"))
    basis = reader.one("theme_basis")
    merged = merge(reader.rows("themes"))[:MOST]
    connection.register("report_theme", pa.Table.from_pylist(_asked(merged), schema=_SCHEMA))
    examples: dict[int, list[Row]] = {}
    for row in reader.rows("theme_items"):
        examples.setdefault(row["place"], []).append(row)
    table = [_told(row, examples.get(place, []), make) for place, row in enumerate(merged, start=1)]
    own = _own(reader, make, client, measures)
    result = Themes(findings=_findings(table, own, basis, client, make.minimum_n))
    if basis["item_count"]:
        result.tables["themes"] = table
    if own:
        result.tables["own_themes"] = own
    result.quoted = _quoted(examples)
    return result


def _quoted(examples: dict[int, list[Row]]) -> list[Row]:
    """Return the examples to print; one that speaks of two themes stands under the first."""
    quoted: list[Row] = []
    for place in range(1, QUOTED + 1):
        taken = {row["item_id"] for row in quoted}
        free = [row for row in examples.get(place, []) if row["item_id"] not in taken]
        quoted += [{**row, "list": f"theme_{place}"} for row in free[:QUOTES]]
    return quoted


def merge(rows: Sequence[Row]) -> list[Row]:
    """Return the terms without those that say the same, the strongest first.

    "service" and "client" give way to "service client" when most of their items say it; of terms
    that mostly share their items the strongest stays, and `also` holds the others.

    Args:
        rows: of `report/themes.sql`, in its order.
    """
    items = [frozenset(row["item_ids"]) for row in rows]
    heirs: dict[int, int] = {}
    for index, row in enumerate(rows):
        for at, other in enumerate(rows):
            if (
                other["language"] == row["language"]
                and _holds(other["term"], row["term"])
                and 100 * len(items[index] & items[at]) >= NESTED_PCT * len(items[index])
            ):
                heirs[index] = at
                break
    # A phrase stands where the strongest of the words that it swallows stood.
    places: dict[int, int] = {}
    for index in range(len(rows)):
        heir = index
        while heir in heirs:
            heir = heirs[heir]
        places.setdefault(heir, index)
    kept: list[int] = []
    also: dict[int, list[str]] = {}
    for index in sorted(places, key=lambda one: (places[one], one)):
        same = next(
            (
                at
                for at in kept
                if 100 * len(items[index] & items[at]) >= SAME_PCT * len(items[index] | items[at])
            ),
            None,
        )
        if same is None:
            kept.append(index)
        else:
            also.setdefault(same, []).append(rows[index]["term"])
    return [{**rows[index], "also": also.get(index, [])[:MOST_WORDS]} for index in kept]


def _holds(longer: str, shorter: str) -> bool:
    return longer != shorter and f" {shorter} " in f" {longer} "


def _asked(merged: list[Row]) -> list[Row]:
    return [
        {
            "place": place,
            **{name: row[name] for name in ("language", "term")},
            "sentiment": _main(row),
        }
        for place, row in enumerate(merged, start=1)
    ]


def _main(row: Row) -> str:
    """Return how most of a theme's items speak; examples should speak so too."""
    return max(_SENTIMENTS, key=lambda one: row[f"{one}_count"])


def _told(row: Row, examples: list[Row], make: FigureMaker) -> dict[str, Any]:
    texts = [f"{one['title'] or ''}\n{one['text'] or ''}" for one in examples]
    said = row["item_count"] * row["baseline_item_total"]
    before = row["baseline_item_count"] * row["item_total"]
    return {
        "term": spelled(row["term"], row["language"], texts),
        "also": ", ".join(spelled(one, row["language"], texts) for one in row["also"]),
        "language": row["language"],
        "item_count": row["item_count"],
        "item_total": row["item_total"],
        "baseline_item_count": row["baseline_item_count"],
        "baseline_item_total": row["baseline_item_total"],
        "times": rounded(said / before, "points") if before else None,
        "z": rounded(row["z"], "stars"),
        **_tone(row, make),
        "refs": " ".join(make.ref(one["item_id"]) for one in examples[:EXAMPLES]),
    }


def _tone(row: Row, make: FigureMaker) -> dict[str, Any]:
    counts = {f"{one}_count": row[f"{one}_count"] for one in ("positive", "neutral", "negative")}
    scored = sum(counts.values())
    net = rounded(net_sentiment(row), "points") if scored >= make.minimum_n else None
    return {**counts, "scored_count": scored, "net_sentiment": net}


def _own(
    reader: Reader, make: FigureMaker, client: Client, measures: dict[str, Measure]
) -> list[dict[str, Any]]:
    if not client.themes or measures["reported"].status == "not_measured":
        return []
    counted = {(row["name"], row["theme_id"]): row for row in reader.rows("span_themes")}
    empty = dict.fromkeys(("item_count", "positive_count", "neutral_count", "negative_count"), 0)
    table = []
    for theme in client.themes:
        row, before, year = (
            counted.get((name, theme.id), empty) for name in ("reported", "previous", "year")
        )
        table.append(
            {
                "theme_id": theme.id,
                "theme_name": theme.name,
                "item_count": row["item_count"],
                "prior_item_count": None
                if measures["previous"].status == "not_measured"
                else before["item_count"],
                "year_item_count": year["item_count"],
                **_tone(row, make),
            }
        )
    # Without a single item, themes may never have been read: that is not none.
    if not any(row["year_item_count"] for row in table):
        return []
    return sorted(table, key=lambda row: -row["item_count"])


def _findings(
    table: list[dict[str, Any]],
    own: list[dict[str, Any]],
    basis: Row,
    client: Client,
    minimum_n: int,
) -> list[Finding]:
    found = []
    if table:
        first = table[0]
        found.append(
            Finding(
                code="themes.top",
                params={
                    name: first[name]
                    for name in ("term", "item_count", "item_total", "times", "language")
                }
                | {"span_count": basis["span_count"]},
            )
        )
        worst = max(table, key=lambda row: row["negative_count"])
        if (
            worst is not first
            and 2 * worst["negative_count"] > worst["scored_count"]
            and worst["negative_count"] >= 3
        ):
            found.append(
                Finding(
                    code="themes.negative",
                    params={"term": worst["term"], "count": worst["negative_count"],
                            "n": worst["scored_count"]},
                )
            )  # fmt: skip
    elif not basis["read_count"]:
        found.append(Finding(code="themes.not_read"))
    elif not basis["item_count"] or not basis["span_count"]:
        found.append(Finding(code="themes.no_baseline"))
    elif not basis["language_count"]:
        found.append(
            Finding(
                code="themes.too_few",
                params={"n": basis["item_count"], "baseline_n": basis["baseline_item_count"],
                        "minimum_n": minimum_n},
            )
        )  # fmt: skip
    else:
        found.append(
            Finding(
                code="themes.none",
                params={"n": basis["item_count"], "span_count": basis["span_count"]},
            )
        )
    if own and own[0]["item_count"]:
        found.append(
            Finding(
                code="themes.own",
                params={name: own[0][name] for name in ("theme_name", "item_count")},
            )
        )
    if basis["left_out"] and basis["span_count"]:
        names = {one.id: one.name or one.id for one in client.sources}
        found.append(
            Finding(
                code="themes.left_out",
                params={"source_names": [names.get(one, one) for one in basis["left_out"]]},
            )
        )
    return found
