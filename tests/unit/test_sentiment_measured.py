"""How far the default model agrees with people, and that its weights can be made again.

`make evaluate` prints the same numbers with their confusion.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oyez.enrich.evaluate import Labelled, sentiment
from oyez.enrich.head import HEAD_FILE
from oyez.enrich.models import load

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="labelled data absent: ../shared/data"),
]


def labelled(name: str) -> list[Labelled]:
    if name.endswith(".csv"):
        with (SHARED / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [Labelled(row["text"], row["airline_sentiment"][:3]) for row in rows]
    lines = (SHARED / name).read_text("utf-8").splitlines()
    return [Labelled(row["text"], row["label"]) for row in map(json.loads, lines)]


@pytest.mark.parametrize(
    ("name", "language", "f1", "binary"),
    [
        ("text/umsab_en_val.jsonl", "en", 0.63, 0.84),
        ("text/umsab_fr_val.jsonl", "fr", 0.56, 0.72),
        ("real/airline_tweets.csv", "en", 0.66, 0.86),
        ("text/allocine_fr_test400.jsonl", "fr", 0.85, 0.86),
    ],
)
def test_agreement(name: str, language: str, f1: float, binary: float) -> None:
    rows = labelled(name)
    found = sentiment(rows, load(), [language] * len(rows))
    assert found.binary_accuracy is not None
    sys.stdout.write(f"\n{name}: {100 * found.macro_f1:.1f} / {100 * found.binary_accuracy:.1f} %")
    assert found.macro_f1 >= f1
    assert found.binary_accuracy >= binary


def test_confidence_means_what_it_says() -> None:
    # Verdicts that call themselves 60 to 80 % sure are right about that often, on other tweets.
    rows = labelled("text/umsab_en_val.jsonl") + labelled("text/umsab_fr_val.jsonl")
    languages = ["en"] * 324 + ["fr"] * 324
    short = {"positive": "pos", "neutral": "neu", "negative": "neg"}
    sure = [
        (float(one.confidence), short[one.sentiment] == row.label)
        for row, one in zip(rows, load().score([row.text for row in rows], languages), strict=True)
        if one is not None and one.confidence is not None and 0.6 <= one.confidence < 0.8
    ]
    said, right = (sum(values) / len(sure) for values in zip(*sure, strict=True))
    assert abs(said - right) < 0.1


@pytest.mark.parametrize(
    ("name", "language", "floor"),
    [
        ("text/umsab_en_train.jsonl", "en", 2.0),
        ("real/airline_tweets.csv", "en", 2.0),
        ("text/umsab_fr_train.jsonl", "fr", 1.5),
    ],
)
def test_the_core_outruns_vader_on_english_tweets(name: str, language: str, floor: float) -> None:
    vader = pytest.importorskip("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    english = [row.text for row in labelled("text/umsab_en_train.jsonl")]
    texts = [row.text for row in labelled(name)][:2_000]
    core = load("core")
    core.score(texts[:10], [language] * 10)
    spent = {"core": 9.0, "vader": 9.0}
    for _ in range(7):
        started = time.process_time()
        core.score(texts, [language] * len(texts))
        spent["core"] = min(spent["core"], (time.process_time() - started) / len(texts))
        started = time.process_time()
        for text in english:
            vader.polarity_scores(text)
        spent["vader"] = min(spent["vader"], (time.process_time() - started) / len(english))
    times = spent["vader"] / spent["core"]
    sys.stdout.write(
        f"\n{name}: {1 / spent['core']:,.0f} a second, {times:.2f} times VADER's speed"
    )
    assert times >= floor


@pytest.mark.e2e
def test_weights_can_be_made_again(tmp_path: Path) -> None:
    # A process each: nothing may hang on the order of hashes or on what ran before.
    for seed in ("1", "2"):
        made = tmp_path / f"{seed}.npz"
        subprocess.run(
            [sys.executable, "scripts/train_sentiment.py", "--out", str(made)],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "plugins"},
            check=True,
        )
        assert made.read_bytes() == HEAD_FILE.read_bytes()
