"""A first, explainable polarity: what speaks for and against in a text, by its words.

A verdict keeps the words that made it, so that a reader can disagree with a reason. A language
without a lexicon gets no verdict at all: not scored is not neutral.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Hashable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple, Protocol

from oyez.enrich.lexicon import emoji, english, french, rating
from oyez.enrich.lexicon.cue import Cue, Judgement, summed
from oyez.enrich.mockery import is_doubtful
from oyez.enrich.version import core_version
from oyez.stage.language import UNDETERMINED
from oyez.stage.text import bare

Sentiment = Literal["positive", "neutral", "negative"]
_CUES_KEPT = 6
# Share of verdicts that people agreed with, by strength of the polarity (under 0.4, under 0.6,
# above), on 3,678 tweets with equal classes (UMSAB, training halves); cells with fewer than 50
# tweets are pooled with the next. Emoji were not measured apart.
_STRENGTHS = (0.4, 0.6)
_AGREED: dict[str, dict[Sentiment, tuple[Decimal, Decimal, Decimal]]] = {
    "lexicon-en": {
        "negative": (Decimal("0.52"), Decimal("0.69"), Decimal("0.76")),
        "neutral": (Decimal("0.52"), Decimal("0.52"), Decimal("0.52")),
        "positive": (Decimal("0.46"), Decimal("0.46"), Decimal("0.71")),
    },
    "lexicon-fr": {
        "negative": (Decimal("0.53"), Decimal("0.73"), Decimal("0.86")),
        "neutral": (Decimal("0.47"), Decimal("0.47"), Decimal("0.47")),
        "positive": (Decimal("0.57"), Decimal("0.57"), Decimal("0.78")),
    },
}
# Beyond, a text repeats itself; its first 10,000 characters are weighed.
_READ = 10_000


class Verdict(NamedTuple):
    """What a model thinks of a text.

    Attributes:
        polarity: from -1 (worst) to 1 (best), three places.
        sentiment: the label that the model's own thresholds give to this polarity.
        cues: expressions that decided, strongest first, as written; empty when nothing was found.
        model: name of what scored.
        version: of the model; verdicts of two versions are not compared.
        confidence: how sure the model is of its label, 0 to 1; None where it cannot say.
    """

    polarity: Decimal
    sentiment: Sentiment
    cues: tuple[str, ...]
    model: str
    version: str
    confidence: Decimal | None = None


class _Scale(Hashable, Protocol):
    """A language module: where its labels begin."""

    @property
    def POSITIVE(self) -> float: ...  # noqa: N802
    @property
    def NEGATIVE(self) -> float: ...  # noqa: N802


class Scorer:
    """Scores texts in the languages that have a lexicon; build once, ask for every item."""

    def score(self, text: str, language: str) -> Verdict | None:
        """Return the verdict on a text, or None where no lexicon can read it.

        Args:
            text: title and text of the item.
            language: ISO 639-1 code, or `und`: emoji speak without a language.
        """
        said = bare(text[:_READ])
        marks = emoji.weigh(said) + rating.weigh(said)
        if language == UNDETERMINED and marks:
            return _verdict(summed(marks), "emoji", emoji)
        if not marks and not any(map(str.isalpha, said)):
            return None
        if language == "fr":
            judgement = summed([*french.weigh(said), *marks])
            return _doubted(_verdict(judgement, "lexicon-fr", french), said, language, judgement)
        if language == "en":
            judgement = english.judge(said, marks)
            return _doubted(_verdict(judgement, "lexicon-en", english), said, language, judgement)
        return None


def _doubted(verdict: Verdict, said: str, language: str, judgement: Judgement) -> Verdict:
    """Return the verdict, neutral where its praise may be mockery."""
    if verdict.sentiment != "positive" or not is_doubtful(said, language, judgement):
        return verdict
    confidence = _AGREED[verdict.model]["neutral"][0]
    return verdict._replace(polarity=Decimal("0.000"), sentiment="neutral", confidence=confidence)


def _verdict(judgement: Judgement, model: str, scale: _Scale) -> Verdict:
    # Half of all posts hold nothing that weighs: they share one verdict.
    return _weighed(judgement, model, scale) if judgement.cues else _silent(model, scale)


@cache
def _silent(model: str, scale: _Scale) -> Verdict:
    return _weighed(Judgement(0.0, []), model, scale)


def _weighed(judgement: Judgement, model: str, scale: _Scale) -> Verdict:
    polarity = judgement.polarity
    sentiment: Sentiment = "neutral"
    if polarity >= scale.POSITIVE:
        sentiment = "positive"
    elif polarity <= scale.NEGATIVE:
        sentiment = "negative"
    agreed = _AGREED.get(model)
    confidence = agreed[sentiment][bisect(_STRENGTHS, abs(polarity))] if agreed else None
    return Verdict(
        _thousandths(round(polarity * 1000)),
        sentiment,
        strongest(judgement.cues),
        model,
        core_version(),
        confidence,
    )


@lru_cache(maxsize=2_001)
def _thousandths(count: int) -> Decimal:
    return Decimal(count).scaleb(-3)


def strongest(cues: list[Cue]) -> tuple[str, ...]:
    """Return the expressions that weighed most, each once, strongest first."""
    if len(cues) > 1:
        cues = sorted(cues, key=lambda cue: -abs(cue.weight))
        return tuple(dict.fromkeys([cue.words for cue in cues]))[:_CUES_KEPT]
    return tuple([cue.words for cue in cues])
