"""Whether judging each brand by its part of a text agrees better with people than the whole text.

`python -m pytest -m shared -s tests/unit/test_clause_measured.py` prints the tables of
docs/decisions/0051-each-brand-by-its-part.md. Tweets that name two airlines: the published label is
about the one in column `airline`; what they say of another one that is named after the head was
labelled by us, by hand (`clause_labels.tsv`). The rules were made on the tweets whose id has an
even CRC-32; the floors are on the others, for the core model.
"""

from __future__ import annotations

import csv
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from oyez.config.model import Client
from oyez.enrich.clause import about
from oyez.enrich.models import CORE, DEFAULT, load
from oyez.stage.match import Matcher

TWEETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "real" / "airline_tweets.csv"
LABELS = Path(__file__).with_name("clause_labels.tsv")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TWEETS.is_file(), reason="labelled data absent: ../shared/data"),
]
# brand id, name, aliases, handle; the file calls JetBlue "Delta".
AIRLINES = (
    ("united", "United", ["United Airlines"], "@united"),
    ("american", "American Airlines", ["American Air", "AA"], "@AmericanAir"),
    ("southwest", "Southwest", ["Southwest Airlines"], "@SouthwestAir"),
    ("delta", "Delta", ["Delta Airlines"], "@Delta"),
    ("jetblue", "JetBlue", ["jet blue"], "@JetBlue"),
    ("us", "US Airways", ["USAirways"], "@USAirways"),
    ("virgin", "Virgin America", ["Virgin"], "@VirginAmerica"),
)
COLUMN = {
    "United": "united",
    "American": "american",
    "Southwest": "southwest",
    "Delta": "jetblue",
    "US Airways": "us",
    "Virgin America": "virgin",
}


class Labelled(NamedTuple):
    """What people say that a tweet says of a brand."""

    text: str
    part: str
    sentiment: str


class Agreement(NamedTuple):
    """Macro-F1 and accuracy in percent; how many positive are called negative, or the reverse."""

    macro_f1: float
    accuracy: float
    opposite: int


def labelled() -> dict[tuple[str, int], list[Labelled]]:
    """Return (about the column's airline or another one, half) → labelled texts."""
    airlines = [
        {"id": id_, "name": name, "aliases": aliases, "accounts": [{"network": "x", "handle": at}]}
        for id_, name, aliases, at in AIRLINES
    ]
    matcher = Matcher(
        Client.model_validate(
            {
                "id": "airline",
                "name": "Airline",
                "timezone": "UTC",
                "brands": airlines[:1],
                "competitors": airlines[1:],
            }
        )
    )
    with LABELS.open(encoding="utf-8", newline="") as file:
        ours = {
            (row["tweet_id"], row["brand"]): row["sentiment"]
            for row in csv.DictReader(file, delimiter="\t")
        }
    with TWEETS.open(encoding="utf-8", newline="") as file:
        tweets = {row["tweet_id"]: row for row in reversed(list(csv.DictReader(file)))}
    sets: dict[tuple[str, int], list[Labelled]] = {}
    for tweet_id, tweet in tweets.items():
        text, called = tweet["text"], COLUMN[tweet["airline"]]
        spans = matcher.spans(text)
        if len(spans) < 2 or called not in spans:
            continue
        half = zlib.crc32(tweet_id.encode()) % 2
        for brand, part in about(text, spans, "en").items():
            if brand == called:
                kind, sentiment = "column", tweet["airline_sentiment"]
            elif (tweet_id, brand) in ours:
                kind, sentiment = "other", ours[tweet_id, brand]
            else:
                continue
            sets.setdefault((kind, half), []).append(Labelled(text, part, sentiment))
    return sets


def agreement(truths: list[str], given: list[str]) -> Agreement:
    pairs = list(zip(truths, given, strict=True))
    scores = []
    for label in ("positive", "neutral", "negative"):
        right = sum(truth == one == label for truth, one in pairs)
        named = truths.count(label) + given.count(label)
        scores.append(200 * right / named)
    right = sum(truth == one for truth, one in pairs)
    opposite = sum({truth, one} == {"positive", "negative"} for truth, one in pairs)
    return Agreement(sum(scores) / 3, 100 * right / len(pairs), opposite)


@pytest.mark.parametrize("name", [CORE, DEFAULT])
def test_agreement_by_part(name: str) -> None:
    model = load(name)
    measured: dict[tuple[str, int, str], Agreement] = {}
    for (kind, half), rows in sorted(labelled().items()):
        truths = [row.sentiment for row in rows]
        for way, texts in (
            ("whole", [row.text for row in rows]),
            ("part", [row.part for row in rows]),
        ):
            verdicts = model.score(texts, ["en"] * len(texts))
            given = [one.sentiment if one else "neutral" for one in verdicts]
            measured[kind, half, way] = found = agreement(truths, given)
            sys.stdout.write(
                f"\n{model.name} {model.version}, {kind}, {('made on', 'held out')[half]}, {way}: "
                f"macro-F1 {found.macro_f1:.1f}, accuracy {found.accuracy:.1f} %, "
                f"opposite {found.opposite} of {len(rows)}"
            )
    whole, part = measured["other", 1, "whole"], measured["other", 1, "part"]
    assert part.macro_f1 > whole.macro_f1
    assert part.opposite < whole.opposite
    if model.name == CORE:
        assert measured["column", 1, "part"].macro_f1 >= 56
        assert measured["other", 1, "part"].macro_f1 >= 40
        assert measured["other", 1, "part"].opposite <= 18
