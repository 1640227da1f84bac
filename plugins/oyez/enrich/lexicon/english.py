"""Weighs English: VADER's rules and words, and the complaints that it does not hear.

VADER was made for opinions; customers describe facts. "On hold for two hours" or "lost my luggage"
hold no word of feeling, so expressions of `en.tsv` are joined into one word each and given a weight
in VADER's own table.
"""

from __future__ import annotations

import re
from functools import cache
from textwrap import wrap
from typing import NamedTuple

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from oyez.enrich.lexicon.cue import Cue, Judgement
from oyez.enrich.lexicon.entries import entries

VERSION = "vader-3.3.2+1"
# Kind words are often mere politeness, complaints seldom are: neutral reaches further up than down.
POSITIVE, NEGATIVE = 0.35, -0.05
_WORD = re.compile(r"[^\W_][\w']*")
# VADER rereads the whole text at each word; a long one is scored by stretches of this many
# characters, and their mean is taken, as its authors advise.
_STRETCH = 1_000
_EDGES = " .,;:!?\"'()[]*~-"


class _Tools(NamedTuple):
    """VADER with our words in its table, and our expressions by their first word."""

    analyzer: SentimentIntensityAnalyzer
    expressions: dict[str, list[str]]


def judge(text: str) -> Judgement:
    """Return VADER's compound score of an English text, and the words in it that carry a weight."""
    tools = _tools()
    joined = _joined(text, tools.expressions)
    parts = [joined]
    if len(joined) > _STRETCH:
        parts = wrap(joined, _STRETCH, break_on_hyphens=False)
    compounds = [float(tools.analyzer.polarity_scores(part)["compound"]) for part in parts]
    # The last part is shorter than the others, and counts as much as it holds.
    weighed = sum(one * len(part) for one, part in zip(compounds, parts, strict=True))
    lexicon: dict[str, float] = tools.analyzer.lexicon
    cues: list[Cue] = []
    for word in joined.split():
        bare = word.strip(_EDGES)
        weight = lexicon.get(bare.lower()) or lexicon.get(word)
        if weight:
            cues.append(Cue(bare.replace("_", " ") or word, weight))
    return Judgement(weighed / max(1, sum(map(len, parts))), cues)


def _joined(text: str, expressions: dict[str, list[str]]) -> str:
    """Return the text with each known expression written as one word: `on_hold`."""
    plain = " ".join(text.replace("’", "'").replace("‘", "'").split())
    lower = plain.lower()
    if len(lower) != len(plain):  # a few capitals grow in lower case, and places would shift
        plain = lower
    done: list[str] = []
    at = 0
    for found in _WORD.finditer(lower):
        start = found.start()
        if start < at:
            continue
        for expression in expressions.get(found[0], ()):
            end = start + len(expression)
            if lower.startswith(expression, start) and not lower[end : end + 1].isalnum():
                done += [plain[at:start], plain[start:end].replace(" ", "_")]
                at = end
                break
    return "".join([*done, plain[at:]])


@cache
def _tools() -> _Tools:
    analyzer = SentimentIntensityAnalyzer()
    expressions: dict[str, list[str]] = {}
    for entry in entries("en"):
        analyzer.lexicon[entry.expression.replace(" ", "_")] = entry.weight
        if " " in entry.expression:
            expressions.setdefault(entry.expression.split(" ")[0], []).append(entry.expression)
    for group in expressions.values():
        group.sort(key=len, reverse=True)
    return _Tools(analyzer, expressions)
