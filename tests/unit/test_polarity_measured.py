"""How far polarity and language agree with people, on labelled data beside the checkout.

`python -m pytest -m shared -s tests/unit/test_polarity_measured.py` prints the table of
docs/decisions/0030-first-enrichment.md. The floors are those below which a change is a regression.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from oyez.enrich.polarity import Scorer
from oyez.stage.language import Detector

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LABELS = {"positive": "pos", "neutral": "neu", "negative": "neg"}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="labelled data absent: ../shared/data"),
]


def labelled(name: str) -> list[tuple[str, str]]:
    if name.endswith(".csv"):
        with (SHARED / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [(row["text"], row["airline_sentiment"][:3]) for row in rows]
    lines = (SHARED / name).read_text("utf-8").splitlines()
    return [(row["text"], row["label"]) for row in map(json.loads, lines)]


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean over the labels that people gave of F1, in percent."""
    scores = []
    for label in sorted({truth for truth, _ in pairs}):
        right = sum(truth == given == label for truth, given in pairs)
        named = sum(given == label for _, given in pairs) + sum(
            truth == label for truth, _ in pairs
        )
        scores.append(200 * right / named)
    return sum(scores) / len(scores)


@pytest.mark.parametrize(
    ("name", "language", "floor_f1", "floor_two"),
    [
        ("text/umsab_fr_val.jsonl", "fr", 52, 65),
        ("text/allocine_fr_test400.jsonl", "fr", 75, 75),
        ("text/umsab_en_val.jsonl", "en", 56, 72),
        ("real/airline_tweets.csv", "en", 50, 67),
    ],
)
def test_agreement(name: str, language: str, floor_f1: float, floor_two: float) -> None:
    scorer, pairs, points, poles = Scorer(), [], 0.0, 0
    for text, truth in labelled(name):
        verdict = scorer.score(text, language)
        pairs.append((truth, LABELS[verdict.sentiment] if verdict else "neu"))
        if truth in ("pos", "neg"):
            poles += 1
            if not verdict or verdict.polarity == 0:
                points += 0.5  # no opinion: as good as a coin
            else:
                points += (verdict.polarity > 0) == (truth == "pos")
    three, two = macro_f1(pairs), 100 * points / poles
    sys.stdout.write(f"\n{name}: macro-F1 {three:.1f}, two classes {two:.1f} %, n {len(pairs)}\n")
    assert three >= floor_f1
    assert two >= floor_two


def test_language_agreement() -> None:
    rows = labelled("text/lid_liga.jsonl")
    for languages, floor in ((["fr", "en"], 85.0), (["fr", "en", "de", "es", "it", "nl"], 98.5)):
        detector = Detector(languages)
        share = {}
        for code in sorted({truth for _, truth in rows}):
            given = [detector.detect(text) == code for text, truth in rows if truth == code]
            share[code] = 100 * sum(given) / len(given)
        sys.stdout.write(f"\n{'+'.join(languages)}: " + str({k: round(share[k], 1) for k in share}))
        assert all(value >= floor for value in share.values())
        assert share["fr"] > 99
