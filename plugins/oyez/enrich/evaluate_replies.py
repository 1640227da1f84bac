"""Measures how often the traits of replies are read as people read them: precision and recall."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oyez.enrich.reply import is_addressed, traits
from oyez.errors import DataError
from oyez.stage.language import Detector

TRAITS = ("addressed", "signed", "thanks", "empathy")
_LANGUAGES = ("fr", "en")


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
    """

    trait: str
    n: int
    positive_count: int
    precision: float | None
    recall: float | None
    f1: float | None


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
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(
            f"cannot be read as UTF-8 text: {problem}",
            where=str(path),
            action="give a file with one JSON object a line",
        ) from None
    rows = [
        _row(line, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()
    ]
    if not any(row.get(trait) is not None for row in rows for trait in TRAITS):
        raise DataError(
            "no reply is labelled", where=str(path), action=f"write {', '.join(TRAITS)}"
        )
    return rows


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DataError(
            "is no labelled reply",
            where=where,
            action='write {"text": "…", "addressed": true, "signed": false}',
        )
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
    return Agreement(trait, len(pairs), shown, precision, recall, f1)
