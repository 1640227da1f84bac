"""Compares a model with what people said: confusion, F1, accuracy and speed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oyez.enrich.labelled import objects
from oyez.enrich.models import Model
from oyez.errors import DataError
from oyez.stage.language import UNDETERMINED, Detector, known

LABELS = ("neg", "neu", "pos")
_SENTIMENTS = {"negative": "neg", "neutral": "neu", "positive": "pos"}
Confusion = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Labelled:
    """A text and what people said it is."""

    text: str
    label: str


@dataclass(frozen=True)
class Agreement:
    """How far a model agrees with people.

    Attributes:
        model: name and version of what was measured.
        n: texts.
        confusion: what people said → what the model said → texts. `none`: the model gave no answer,
            which is a miss.
        docs_per_second: texts per second of processor time, loading left out.
        accuracy: share of texts with the label that people gave.
        macro_f1: mean of F1 over the labels that people gave.
        binary_accuracy: over texts that people found positive or negative, the share whose polarity
            has the right sign; a zero, or no verdict, counts half. None without such texts, and of
            languages.
    """

    model: str
    n: int
    confusion: Confusion
    docs_per_second: float
    accuracy: float
    macro_f1: float
    binary_accuracy: float | None


def read(path: Path, labels: Sequence[str] | None = None) -> list[Labelled]:
    """Return the lines of a JSONL file: `{"text": …, "label": …}`, empty lines left out.

    Args:
        path: the file; `-`: standard input.
        labels: those allowed; None: any.

    Raises:
        DataError: the file cannot be read, a line is not such an object, or there is none.
    """
    rows = []
    wanted = " or ".join(labels) if labels else "a language code"
    action = f'write {{"text": "…", "label": "…"}} on each line, where the label is {wanted}'
    for where, row in objects(path, action):
        label = row.get("label")
        if not isinstance(label, str) or (labels and label not in labels):
            raise DataError(f"the line's label is {label!r}", where=where, action=action)
        rows.append(Labelled(row["text"], label))
    if not rows:
        raise DataError("the file holds no line", where=str(path), action=action)
    return rows


def codes(given: Sequence[str]) -> list[str]:
    """Return language codes in lower case, each once.

    Raises:
        DataError: one of them is no language; the message names it.
    """
    for code in given:
        if code.lower() not in known():
            raise DataError(
                f"no language has the code {code!r}",
                where="--lang",
                action="write an ISO 639-1 code of two letters, such as fr or en",
            )
    return list(dict.fromkeys(code.lower() for code in given))


def sentiment(rows: Sequence[Labelled], model: Model, languages: Sequence[str]) -> Agreement:
    """Return how a model agrees with people on the sentiment of texts.

    Args:
        rows: labelled `neg`, `neu` or `pos`.
        model: what is measured.
        languages: code of each text's language.
    """
    # Loading is not speed, and each language loads its own.
    for code in sorted(set(languages)):
        model.score(["ok 🙂"], [code])
    started = time.process_time()
    verdicts = model.score([row.text for row in rows], languages)
    spent = time.process_time() - started
    given = [_SENTIMENTS[one.sentiment] if one else "none" for one in verdicts]
    points = [
        0.5
        if one is None or one.polarity == 0
        else float((one.polarity > 0) == (row.label == "pos"))
        for row, one in zip(rows, verdicts, strict=True)
        if row.label != "neu"
    ]
    binary = sum(points) / len(points) if points else None
    return _agreement(f"{model.name} {model.version}", rows, given, spent, binary)


def language(rows: Sequence[Labelled], expected: Sequence[str]) -> Agreement:
    """Return how the language detector agrees with people.

    Args:
        rows: labelled with language codes, in any case.
        expected: codes of the client's languages; the detector asks for them first.
    """
    rows = [Labelled(row.text, row.label.strip().lower()) for row in rows]
    detector = Detector(expected)
    detector.detect("ok")
    started = time.process_time()
    given = [detector.detect(row.text) for row in rows]
    spent = time.process_time() - started
    given = ["none" if one == UNDETERMINED else one for one in given]
    return _agreement("language", rows, given, spent, None)


def languages_of(rows: Sequence[Labelled], expected: Sequence[str]) -> list[str]:
    """Return the language of each text: detected, or the only one expected."""
    if len(expected) == 1:
        return [expected[0]] * len(rows)
    detector = Detector(expected)
    return [detector.detect(row.text) for row in rows]


def as_json(found: Agreement) -> dict[str, Any]:
    """Return the numbers of a model of sentiment as an object; shares from 0 to 1, four places."""
    binary = found.binary_accuracy
    return {
        "model": found.model,
        "n": found.n,
        "macro_f1": round(found.macro_f1, 4),
        "binary_accuracy": None if binary is None else round(binary, 4),
        "docs_per_second": round(found.docs_per_second, 1),
        "confusion": found.confusion,
    }


def language_as_json(found: Agreement) -> dict[str, Any]:
    """Return the numbers of the language detector as an object; shares from 0 to 1, four places."""
    return {
        "model": found.model,
        "n": found.n,
        "accuracy": round(found.accuracy, 4),
        "docs_per_second": round(found.docs_per_second, 1),
        "confusion": found.confusion,
    }


def _agreement(
    model: str, rows: Sequence[Labelled], given: list[str], spent: float, binary: float | None
) -> Agreement:
    truths = sorted({row.label for row in rows})
    answers = [*truths, *sorted(set(given) - set(truths))]
    confusion = {truth: dict.fromkeys(answers, 0) for truth in truths}
    for row, answer in zip(rows, given, strict=True):
        confusion[row.label][answer] += 1
    scores = []
    for label in truths:
        named = sum(confusion[label].values()) + sum(row[label] for row in confusion.values())
        scores.append(2 * confusion[label][label] / named)
    return Agreement(
        model=model,
        n=len(rows),
        confusion=confusion,
        docs_per_second=len(rows) / max(spent, 1e-9),
        accuracy=sum(confusion[label][label] for label in truths) / len(rows),
        macro_f1=sum(scores) / len(scores),
        binary_accuracy=binary,
    )
