"""What changed since the revision before, in words: the rows of its table, and its headline."""

from __future__ import annotations

from dataclasses import dataclass

from oyez.edition.changes import Changes, Moved, Reason
from oyez.edition.model import Edition, Number
from oyez.render import numbers
from oyez.render.language import Language
from oyez.render.sections import Block
from oyez.render.sentences import when_phrase
from oyez.render.tiles import COUNTED

SECTION = "changes"
ROWS_IN_A_BLOCK = 14


@dataclass(frozen=True)
class Line:
    """One moved number; every string is ready."""

    label: str
    period: str
    then: str
    now: str
    why: str


def blocks(edition: Edition, changes: Changes, language: Language) -> list[Block]:
    """Return the blocks of the table: none is so long that it would not fit a page."""
    count = len(lines(edition, changes, language))
    starts = range(0, max(count, 1), ROWS_IN_A_BLOCK)
    return [
        Block(SECTION, "changed", args={"first": start, "last": start + ROWS_IN_A_BLOCK})
        for start in starts
    ]


def headline(edition: Edition, changes: Changes, language: Language) -> str:
    """Return how many numbers moved, in one sentence."""
    count = len(lines(edition, changes, language))
    n, since = numbers.decimal(count, language), str(changes.since_revision)
    if not count:
        return language.say("changes.no_figure", since=since)
    return language.say("changes.headline", count, n=n, since=since)


def lines(edition: Edition, changes: Changes, language: Language) -> list[Line]:
    """Return the moved numbers, those of the reported period first."""
    found = []
    order = {"reported": 0, "previous_period": 1, "last_year": 2}
    for one in sorted(changes.numbers, key=lambda one: order[one.period]):
        then = _value(one, one.then, one.then_status, language)
        now = _value(one, one.now, one.now_status, language)
        if then == now:
            continue  # too few cases then and now: neither was printed
        key = f"figure.{one.figure}"
        period = language.say("changes.reported")
        if one.period != "reported":
            period = when_phrase(edition, one.period, language, short=True)
        found.append(
            Line(
                label=language.say(key) if language.knows(key) else one.figure,
                period=period,
                then=then,
                now=now,
                why=", ".join(_reason(reason, language) for reason in one.reasons),
            )
        )
    return found


def others(changes: Changes, language: Language) -> str:
    """Return what else differs, in one sentence; empty where nothing does."""
    tables = sum(part.startswith("tables.") for part in changes.parts)
    told = []
    if changes.cells:
        count = len(changes.cells)
        told.append(language.say("changes.cells", count, n=numbers.decimal(count, language)))
    elif tables:
        told.append(language.say("changes.tables", tables, n=numbers.decimal(tables, language)))
    groups = {
        "quotations": ("verbatims.",),
        "sentences": ("findings", "actions"),
        "completeness": ("coverage",),
        "methods": ("methods", "models", "agreement", "corrected", "credits"),
        "settings": ("agency", "brand", "client", "events", "minimum_n", "report", "sections"),
    }
    for group, starts in groups.items():
        if any(part.startswith(starts) for part in changes.parts):
            told.append(language.say(f"changes.{group}"))
    return language.say("changes.others", what=language.join(told)) if told else ""


def _value(one: Moved, value: Number, status: str, language: Language) -> str:
    if status in ("ok", "partial", "bridged") and value is not None:
        text = numbers.with_unit(value, one.unit, language)
        is_bound = status == "partial" and one.unit in COUNTED and value
        return f"≥\u202f{text}" if is_bound else text
    if status in ("absent", "ok", "partial", "bridged"):
        return "–"
    if status == "not_reached" and one.figure.endswith("p90"):
        status = "not_reached_p90"
    return language.say(f"status.{status}")


def _reason(reason: Reason, language: Language) -> str:
    key = f"change.{reason.code}"
    if reason.code == "configuration":
        parts = language.join([language.say(f"change.part.{one}") for one in reason.parts])
        return language.say(key, parts=parts)
    if reason.count is None:
        return language.say(key)
    return language.say(key, reason.count, n=numbers.decimal(reason.count, language))
