"""Measures how often the traits of replies are read as people read them: precision and recall."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oyez.enrich.labelled import objects
from oyez.enrich.reply import is_addressed, traits
from oyez.errors import DataError
from oyez.stage.language import Detector

TRAITS = ("addressed", "signed", "thanks", "empathy")
_LANGUAGES = ("fr", "en")
_ACTION = 'write {"text": "…", "addressed": true, "signed": false} on each line'


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one trait was read.

    Attributes:
        trait: one of `TRAITS`.
        n: labelled replies.
        positive_count: those that a person found to show the trait.
        precision: share of the replies found to show it that do, 0 to 1; None when none was found.
        recall: share of the replies that show it that were found, 0 to 1; None without any.
        f1: harmonic mean of both; None where one of them is.
        confusion: what a person said → what was read → replies; `true` and `false`.
    """

    trait: str
    n: int
    positive_count: int
    precision: float | None
    recall: float | None
    f1: float | None
    confusion: dict[str, dict[str, int]]


def speed(rows: Sequence[dict[str, Any]]) -> float:
    """Return replies read per second of processor time, loading left out."""
    evaluate(rows[:1])
    started = time.process_time()
    evaluate(rows)
    return len(rows) / max(time.process_time() - started, 1e-9)


def as_json(rows: Sequence[dict[str, Any]], found: Sequence[Agreement]) -> dict[str, Any]:
    """Return the numbers as an object; shares from 0 to 1.

    Args:
        rows: labelled replies.
        found: the agreement on each trait.
    """
    traits = {one.trait: asdict(one) for one in found}
    for measured in traits.values():
        del measured["trait"], measured["confusion"]
    return {
        "model": "replies",
        "n": len(rows),
        "docs_per_second": round(speed(rows), 1),
        "confusion": {one.trait: one.confusion for one in found},
        "traits": traits,
    }


def evaluate(rows: Iterable[dict[str, Any]]) -> list[Agreement]:
    """Return the agreement on each trait; a trait that no row labels is left out.

    Args:
        rows: `text`, optionally `author_name` (name or handle of whom it answers), `language`
            (ISO 639-1, found by itself when left out), and labels by the names of `TRAITS`.
    """
    detector = Detector(_LANGUAGES)
    pairs: dict[str, list[tuple[bool, bool]]] = {trait: [] for trait in TRAITS}
    for row in rows:
        text = row["text"]
        shown = traits(text, row.get("language") or detector.detect(text))
        given = {
            "addressed": is_addressed(shown, row.get("author_name")),
            "signed": shown.signed is not None,
            "thanks": bool(shown.thanks),
            "empathy": bool(shown.empathy),
        }
        for trait in TRAITS:
            if row.get(trait) is not None:
                pairs[trait].append((row[trait], given[trait]))
    return [_agreement(trait, judged) for trait, judged in pairs.items() if judged]


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of labelled replies, one JSON object a line.

    Raises:
        DataError: the file cannot be read, a line is no such object, or nothing is labelled; the
            message names the line.
    """
    rows = [_row(row, where) for where, row in objects(path, _ACTION)]
    if not any(row.get(trait) is not None for row in rows for trait in TRAITS):
        raise DataError(
            "no reply is labelled", where=str(path), action=f"write {', '.join(TRAITS)}"
        )
    return rows


def _row(row: dict[str, Any], where: str) -> dict[str, Any]:
    for trait in TRAITS:
        if not isinstance(row.get(trait), bool | None):
            raise DataError(f"{trait} is no label", where=where, action="write true or false")
    for key in ("author_name", "language"):
        if not isinstance(row.get(key), str | None):
            raise DataError(f"{key} is no text", where=where, action="write it in quotes")
    return row


def _agreement(trait: str, pairs: list[tuple[bool, bool]]) -> Agreement:
    right = sum(truth and given for truth, given in pairs)
    found = sum(given for _, given in pairs)
    shown = sum(truth for truth, _ in pairs)
    precision = right / found if found else None
    recall = right / shown if shown else None
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * right / (found + shown)
    confusion = {truth: {"true": 0, "false": 0} for truth in ("true", "false")}
    for truth, given in pairs:
        confusion[str(truth).lower()][str(given).lower()] += 1
    return Agreement(trait, len(pairs), shown, precision, recall, f1, confusion)
