"""Weighs emoji and typed faces, which speak in every language."""

from __future__ import annotations

import re
from functools import cache

from oyez.enrich.lexicon.cue import Cue
from oyez.enrich.lexicon.entries import entries

VERSION = "1"
POSITIVE, NEGATIVE = 0.05, -0.05


def weigh(text: str) -> list[Cue]:
    """Return the emoji that speak for or against; a repeated one weighs in twice at most."""
    faces, signs, weights, told = _table()
    if not text.isascii():
        found = signs.findall(text)
    elif any(sign in text for sign in told):
        found = faces.findall(text)
    else:  # most posts
        return []
    cues: list[Cue] = []
    seen: dict[str, int] = {}
    for sign in found:
        seen[sign] = seen.get(sign, 0) + 1
        if seen[sign] <= 2:
            cues.append(Cue(sign, weights[sign]))
    return cues


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, float], frozenset[str]]:
    """Return a pattern of typed faces, one of faces and emoji, weights, and what faces hold.

    A text without any of the last, few signs holds no typed face.
    """
    weights = {entry.expression: entry.weight for entry in entries("emoji")}
    longest_first = sorted(weights, key=len, reverse=True)
    # A typed face stands apart from letters and digits: "(8:)" and "http:/" hold none.
    typed = [sign for sign in longest_first if sign.isascii()]
    drawn = [sign for sign in longest_first if not sign.isascii()]
    # First signs lead, so that the search passes over letters at its fastest.
    faces = f"{_first(typed)}(?<![\\w:;])(?:{_any(typed)})(?!\\w)"
    told = frozenset(next((one for one in sign if one in ":;=<^"), sign) for sign in typed)
    either = f"{_first(drawn)}(?:{_any(drawn)})|{faces}"
    return re.compile(faces), re.compile(either), weights, told


def _first(signs: list[str]) -> str:
    return f"(?=[{''.join(re.escape(sign) for sign in sorted({sign[0] for sign in signs}))}])"


def _any(signs: list[str]) -> str:
    return "|".join(map(re.escape, signs))
