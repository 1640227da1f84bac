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
    pattern, weights = _table()
    cues: list[Cue] = []
    seen: dict[str, int] = {}
    for sign in pattern.findall(text):
        seen[sign] = seen.get(sign, 0) + 1
        if seen[sign] <= 2:
            cues.append(Cue(sign, weights[sign]))
    return cues


@cache
def _table() -> tuple[re.Pattern[str], dict[str, float]]:
    weights = {entry.expression: entry.weight for entry in entries("emoji")}
    longest_first = sorted(weights, key=len, reverse=True)
    # A typed face stands apart from letters and digits: "(8:)" and "http:/" hold none.
    faces = [re.escape(sign) for sign in longest_first if sign.isascii()]
    signs = [re.escape(sign) for sign in longest_first if not sign.isascii()]
    return re.compile(f"(?:{'|'.join(signs)})|(?<![\\w:;])(?:{'|'.join(faces)})(?!\\w)"), weights
