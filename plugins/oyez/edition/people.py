"""How people treat each other, and whom to thank or to write to, of one edition."""

from __future__ import annotations

from oyez.edition.figure import FigureMaker, Value
from oyez.edition.numbers import Numbers, Table, share
from oyez.edition.reader import Reader

TRAITS = ("addressed", "signed", "empathy", "thanks", "follow_up")


def community(reader: Reader, make: FigureMaker) -> Numbers:
    """Return welcome and thank rate, who writes half, and the lists of members.

    A newcomer counts if the 48 hours are over by the period's end. The lists hold whoever may be
    named; `hidden_count` says how many others there are.
    """
    found = Numbers()
    for name, query, part, whole in (
        ("welcome_rate", "span_welcome", "welcomed_count", "newcomer_count"),
        ("thank_rate", "span_thanks", "thanks_count", "read_count"),
    ):
        spans = reader.by_span(query)
        if "reported" not in spans:
            continue
        values: dict[str, Value] = {
            span: (share(row[part], row[whole]), row[whole]) for span, row in spans.items()
        }
        own = spans["reported"]
        found.figures[name] = make.figure(
            name, values, "pct", name, is_rate=True, low=own["low_pct"], high=own["high_pct"]
        )
    half = reader.by_span("span_half")
    if "reported" in half and half["reported"]["post_count"] >= make.minimum_n:
        found.figures["half_members"] = make.figure(
            "half_members",
            {span: (row["half_member_count"], row["member_count"]) for span, row in half.items()},
            "authors",
            "absence_factor",
        )
    for name, query in (
        ("to_thank", "to_thank"),
        ("gone_quiet", "gone_quiet"),
        ("returning_members", "returning"),
    ):
        if rows := reader.rows(query):
            found.tables[name] = _dated(rows)
    return found


def replies(reader: Reader, make: FigureMaker) -> Numbers:
    """Return how human the brand's replies read, one figure a trait; nothing without a reply."""
    rows = {(row["name"], row["trait"]): row for row in reader.rows("span_humanised")}
    found = Numbers()
    for trait in TRAITS:
        own = rows.get(("reported", trait))
        if own is None or not own["n"]:
            continue
        values: dict[str, Value] = {
            span: (share(row["trait_count"], row["n"]), row["n"])
            for (span, name), row in rows.items()
            if name == trait
        }
        found.figures[f"reply_{trait}"] = make.figure(
            f"reply_{trait}",
            values,
            "pct",
            "humanised_reply",
            is_rate=True,
            low=own["low_pct"],
            high=own["high_pct"],
        )
    return found


def _dated(rows: Table) -> Table:
    return [
        {name: value.isoformat() if name.endswith("day") else value for name, value in row.items()}
        for row in rows
    ]
