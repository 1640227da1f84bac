"""Weighs English: VADER's rules and words, and the complaints that it does not hear.

VADER was made for opinions; customers describe facts. "On hold for two hours" or "lost my luggage"
hold no word of feeling, so expressions of `en.tsv` are joined into one word each and given a weight
in VADER's own table.
"""

from __future__ import annotations

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from oyez.stage.lexicon.cue import Cue, Judgement
from oyez.stage.lexicon.entries import entries

VERSION = "vader-3.3.2+1"
# Kind words are often mere politeness, complaints seldom are: neutral reaches further up than down.
POSITIVE, NEGATIVE = 0.35, -0.05
_SPACE = re.compile(r"\s+")
_EDGES = " .,;:!?\"'()[]*~-"


def judge(text: str) -> Judgement:
    """Return VADER's compound score of an English text, and the words in it that carry a weight."""
    analyzer, joinable = _analyzer()
    plain = text.replace("’", "'").replace("‘", "'")
    joined = joinable.sub(lambda found: _SPACE.sub("_", found[0]), plain)
    scores: dict[str, float] = analyzer.polarity_scores(joined)
    cues: list[Cue] = []
    for word in joined.split():
        weight = analyzer.lexicon.get(word.strip(_EDGES).lower()) or analyzer.lexicon.get(word)
        if weight:
            cues.append(Cue(word.strip(_EDGES).replace("_", " ") or word, weight))
    return Judgement(scores["compound"], cues)


@cache
def _analyzer() -> tuple[SentimentIntensityAnalyzer, re.Pattern[str]]:
    analyzer = SentimentIntensityAnalyzer()
    expressions = []
    for entry in entries("en"):
        analyzer.lexicon[entry.expression.replace(" ", "_")] = entry.weight
        if " " in entry.expression:
            expressions.append(entry.expression)
    longest_first = sorted(expressions, key=len, reverse=True)
    spelt = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)
    return analyzer, re.compile(rf"\b(?:{spelt})(?!\w)", re.IGNORECASE)
