"""Weighs English: VADER's words and rules in one reading, and the complaints it does not hear.

VADER (Hutto and Gilbert, 2014) was made for opinions; customers describe facts. "On hold for two
hours" or "lost my luggage" hold no word of feeling, so the expressions of `en.tsv` are read as one
word each, with a weight of their own. The words are VADER's table (`vader.tsv`); the rules are its
rules, asked only around the few words that weigh: an ordinary post costs one look a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import sqrt
from string import punctuation
from textwrap import wrap
from typing import NamedTuple

from oyez.enrich.lexicon.cue import Cue, Judgement
from oyez.enrich.lexicon.entries import entries

# Kind words are often mere politeness, complaints seldom are: neutral reaches further up than down.
POSITIVE, NEGATIVE = 0.35, -0.05
# A long text is scored by stretches of this many characters, and their mean is taken, as VADER's
# authors advise: one sum over a whole page is always certain.
_STRETCH = 1_000
_SATURATION = 15.0

_INCREASE, _SHOUTED, _NEGATED = 0.293, 0.733, -0.74
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
# How much a degree word weighs, one, two and three words before what it strengthens.
_FADING = (1.0, 0.95, 0.9)
_EXCLAMATION, _QUESTION, _QUESTIONS = 0.292, 0.18, 0.96
_DENYING = """
    aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt
    neither neednt never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh uh-uh wasnt
    werent without wont wouldnt rarely seldom despite
"""
_STRONGER = """
    absolutely amazingly awfully completely considerable considerably decidedly deeply effing
    enormous enormously entirely especially exceptional exceptionally extreme extremely fabulously
    flipping flippin frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin
    fugging greatly hella highly hugely incredible incredibly intensely major majorly more most
    particularly purely quite really remarkably so substantially thoroughly total totally tremendous
    tremendously uber unbelievably unusually utter utterly very
"""
_WEAKER = """
    almost barely hardly kinda kindof kind-of less little marginal marginally occasional
    occasionally partly scarce scarcely slight slightly somewhat sorta sortof sort-of
"""
_NEGATIONS = frozenset(_DENYING.split())
_DEGREES = dict.fromkeys(_STRONGER.split(), _INCREASE) | dict.fromkeys(_WEAKER.split(), -_INCREASE)
_HALVES = ("no", "kind")
_LOOK_BACK = 3
_WEAKER_PAIRS = frozenset({("just", "enough"), ("kind", "of"), ("sort", "of")})
_MODIFIERS = (
    frozenset(_DEGREES)
    | _NEGATIONS
    | {"no", "zero", "least", "just", "kind", "sort", "used", "anything"}
)
# "used to be great" is mild blame; "used to help" only says what a thing is for.
_BYGONE = -0.5
_ONCE = frozenset({"be", "enjoy", "hate", "have", "like", "love", "recommend"})
# Before these "but" turns nothing round: "nothing but praise", "anything but good".
_NO_TURN = frozenset({"anything", "nothing"})
_IDIOMS = {
    "the shit": 3.0, "the bomb": 3.0, "bad ass": 1.5, "badass": 1.5, "bus stop": 0.0,
    "yeah right": -2.0, "kiss of death": -1.5, "to die for": 3.0, "beating heart": 3.5,
}  # fmt: skip


class _Lexicon(NamedTuple):
    """Weights by word; expressions by their first and second word, the longest first.

    `watched` are the words at which a reading stops: those that weigh, and first words.
    """

    weights: dict[str, float]
    expressions: dict[str, dict[str, list[tuple[list[str], float]]]]
    watched: frozenset[str]


def judge(text: str, marks: Iterable[Cue] = ()) -> Judgement:
    """Return the polarity of an English text, and the words in it that weighed.

    Args:
        text: without links and handles.
        marks: emoji found in it; they weigh like words.
    """
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'").replace("…", "... ")
    text = text.replace("...", "... ").replace("/", " ")
    if len(text) <= _STRETCH:
        return _judge(text, list(marks))
    parts = wrap(text, _STRETCH, break_on_hyphens=False)
    judged = [_judge(part, []) for part in parts]
    # The last part is shorter than the others, and counts as much as it holds.
    weighed = sum(one.polarity * len(part) for one, part in zip(judged, parts, strict=True))
    cues = [cue for one in judged for cue in one.cues]
    kept = list(marks)
    total = sum(cue.weight for cue in kept) / len(parts)
    polarity = weighed / sum(map(len, parts)) + total / sqrt(total * total + _SATURATION)
    return Judgement(max(-1.0, min(1.0, polarity)), cues + kept)


def _judge(text: str, marks: list[Cue]) -> Judgement:
    cues = _weigh(text)
    cues += marks
    total = sum(cue.weight for cue in cues)
    if not total:
        return Judgement(0.0, cues)
    stress = min(text.count("!"), 4) * _EXCLAMATION
    questions = text.count("?")
    if questions > 1:
        stress += questions * _QUESTION if questions <= 3 else _QUESTIONS
    total += stress if total > 0 else -stress
    return Judgement(total / sqrt(total * total + _SATURATION), cues)


def _weigh(text: str) -> list[Cue]:
    weights, expressions, watched = _lexicon()
    lower = [word.strip(punctuation) for word in text.lower().split()]
    hits: list[tuple[int, int, float]] = []  # from, to, weight
    after = 0
    for at in [place for place, word in enumerate(lower) if word in watched]:
        if at < after:
            continue
        word = lower[at]
        seconds = expressions.get(word)
        if seconds:
            found = _expression(seconds, lower, at)
            if found:
                after, weight = found
                hits.append((at, after, weight))
                continue
        own = weights.get(word)
        if own and not (word in _HALVES and _is_half(weights, lower, at)):
            hits.append((at, at + 1, own))
    if not hits:
        return []
    said = text.split()
    if len(said) != len(lower):  # a few capitals part in lower case
        said = lower
    # Capitals stress a word only where others are written small.
    is_mixed = not text.isupper()
    return _in_context(said, lower, hits, is_mixed)


def _expression(
    seconds: dict[str, list[tuple[list[str], float]]], lower: list[str], at: int
) -> tuple[int, float] | None:
    if at + 1 < len(lower):
        for words, weight in seconds.get(lower[at + 1], ()):
            stop = at + len(words)
            if lower[at:stop] == words:
                return stop, weight
    return None


def _is_half(weights: dict[str, float], lower: list[str], at: int) -> bool:
    """Tell whether a word only modifies the next: "no problem", "kind of slow"."""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    return after in weights if lower[at] == "no" else after == "of"


def _in_context(
    said: list[str], lower: list[str], hits: list[tuple[int, int, float]], is_mixed: bool
) -> list[Cue]:
    turn = _turn(lower) if "but" in lower else None
    cues = []
    spent = 0  # the words of an expression deny nothing after it
    for start, stop, own in hits:
        weight, first = own, start
        if not weight:
            continue
        if is_mixed and said[start].isupper() and said[stop - 1].isupper():
            weight += _SHOUTED if weight > 0 else -_SHOUTED
        for at in range(start - 1, max(spent, start - _LOOK_BACK) - 1, -1):
            word = lower[at]
            if word in _MODIFIERS or "n't" in word:
                before = weight
                weight = _modified(lower, start, at, weight)
                if weight != before:
                    first = at
                    if is_mixed and word in _DEGREES and said[at].isupper():
                        weight += _SHOUTED if weight > 0 else -_SHOUTED
        if turn is not None:
            weight *= _BEFORE_BUT if start < turn else _AFTER_BUT
        if stop > start + 1:
            spent = stop
        is_denial = weight > 0 and (
            own < 0 or (stop > start + 1 and any(map(_denies, lower[start:stop])))
        )
        cues.append(Cue(" ".join(said[first:stop]).strip(punctuation), weight, is_denial))
    return cues


def _turn(lower: list[str]) -> int | None:
    """Return the place of the first "but" that turns round what was said, or None."""
    for at, word in enumerate(lower):
        if word == "but" and not (at and lower[at - 1] in _NO_TURN):
            return at
    return None


def _denies(word: str) -> bool:
    return word in _NEGATIONS or word in ("no", "zero") or "n't" in word


def _modified(lower: list[str], start: int, at: int, weight: float) -> float:
    """Return the weight of what is said at `start`, as the word before it, at `at`, makes it."""
    word, back = lower[at], start - at
    degree = _DEGREES.get(word)
    if degree is None and (word, lower[at + 1]) in _WEAKER_PAIRS and back > 1:
        degree = -_INCREASE
    if degree is not None:
        return weight + (degree if weight > 0 else -degree) * _FADING[back - 1]
    if word in _NO_TURN and lower[at + 1] == "but":
        return weight * _NEGATED if word == "anything" else weight
    if word == "anything":
        return weight
    if word == "used":
        is_bygone = back > 1 and lower[at + 1] == "to" and lower[at + 2] in _ONCE
        return weight * _BYGONE if is_bygone else weight
    if word == "zero":
        return weight * _NEGATED if back == 1 else weight
    if word == "no":
        denies = back < 3 or lower[start - 1] in ("or", "nor")
        return weight * _NEGATED if denies else weight
    if word == "never" and back > 1 and lower[at + 1] in ("so", "this"):
        return weight * 1.25  # "never so good"
    if word == "without" and "doubt" in lower[at + 1 : start]:
        return weight
    if word == "least":
        is_rank = back == 1 and lower[at - 1 : at] not in (["at"], ["very"])
        return weight * _NEGATED if is_rank else weight
    return weight * _NEGATED if word in _NEGATIONS or "n't" in word else weight


@cache
def _lexicon() -> _Lexicon:
    weights = {
        entry.expression: entry.weight
        for entry in entries("vader")
        if entry.expression not in _DEGREES
    }
    listed = [(entry.expression, entry.weight) for entry in entries("en")]
    expressions: dict[str, dict[str, list[tuple[list[str], float]]]] = {}
    for expression, weight in [*listed, *_IDIOMS.items()]:
        words = expression.split(" ")
        if len(words) == 1:
            weights[expression] = weight
        else:
            expressions.setdefault(words[0], {}).setdefault(words[1], []).append((words, weight))
    for seconds in expressions.values():
        for group in seconds.values():
            group.sort(key=lambda one: -len(one[0]))
    return _Lexicon(weights, expressions, frozenset(weights) | frozenset(expressions))
