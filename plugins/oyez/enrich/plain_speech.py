"""Rules for short texts whose meaning a head cannot learn from the sets at hand.

An embedding hears what a text is made of: "aucun problème" is near "problème". Texts that say no
more than that are rare in tweets and reviews and common in surveys and on stars' pages. So where
nothing else is said, what is said plainly decides:

- a rating in stars or points at the end of a text has four fifths of the say;
- praise by denying, alone in a text of up to eight words, has all the say, and none from fourteen
  words on, where the rest of the text says what became of it;
- praise beside a failure is left neutral (`oyez.enrich.mockery`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from oyez.enrich.lexicon import rating
from oyez.enrich.lexicon.cue import Judgement
from oyez.enrich.mockery import is_doubtful

Shares = NDArray[np.float64]
# Shares of negative, neutral and positive. Denied complaints of up to fourteen words in the rated
# tweets and reviews that teach the head: 17 negative, 11 neutral, 43 positive. A weak one says
# less.
DENIED = np.array([0.20, 0.20, 0.60])
DENIED_WEAKLY = np.array([0.20, 0.45, 0.35])
_WEAK = 0.25
_ALL_WORDS, _NO_WORDS = 8, 14
# Beside a failure, six in seven are no praise; but few say so plainly enough to be called blame.
DOUBTED = np.array([0.33, 0.40, 0.27])
_RATED = {
    -1: np.array([0.90, 0.07, 0.03]),
    0: np.array([0.2, 0.6, 0.2]),
    1: np.array([0.03, 0.07, 0.9]),
}
_RATING_SAYS = 0.8


def ruled(shares: Shares, said: str, language: str, judgement: Judgement) -> Shares:
    """Return the shares of negative, neutral and positive as the rules make them.

    Args:
        shares: as the head gave them.
        said: the text without links and handles.
        language: ISO 639-1 code.
        judgement: of the lexicon.
    """
    rated = rating.weigh(said)
    if rated:
        weight = rated[0].weight
        plain = _RATED[(weight >= 1) - (weight <= -1)]
        return (1 - _RATING_SAYS) * shares + _RATING_SAYS * plain
    if judgement.cues and all(cue.is_denial for cue in judgement.cues) and "?" not in said:
        count = len(said.split())
        say = min(1.0, max(0.0, (_NO_WORDS - count) / (_NO_WORDS - _ALL_WORDS)))
        plain = DENIED if judgement.polarity >= _WEAK else DENIED_WEAKLY
        return (1 - say) * shares + say * plain
    if shares.argmax() == 2 and is_doubtful(said, language, judgement):
        return DOUBTED
    return shares
