"""What a language module hands back: the expressions that weighed in, and what they sum to."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

# With a total weight of √15 ≈ 3.9, one very strong word, polarity reaches 0.71: not yet certainty.
_SATURATION = 15.0


class Cue(NamedTuple):
    """An expression that weighed in.

    Attributes:
        words: as the author wrote it, its negation included.
        weight: from -4 (worst) to 4 (best), or a little beyond where it is said strongly.
        is_denial: whether it praises by denying: "aucun problème", "rien à redire", "not bad".
    """

    words: str
    weight: float
    is_denial: bool = False


class Judgement(NamedTuple):
    """A polarity from -1 to 1, and the cues it rests on."""

    polarity: float
    cues: list[Cue]


def summed(cues: Iterable[Cue]) -> Judgement:
    """Return the judgement that cues make together: their sum, bent into -1…1."""
    kept = list(cues)
    if not kept:
        return Judgement(0.0, kept)
    total = sum([cue.weight for cue in kept])
    return Judgement(total / sqrt(total * total + _SATURATION), kept)
