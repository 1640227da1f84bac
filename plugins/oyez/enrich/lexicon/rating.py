"""Reads a rating that is given in stars or points, which speaks in every language.

A rating counts where it stands alone or at the end of a text: elsewhere "2 étoiles" is a hotel's
class and "1/5" a day of May.
"""

from __future__ import annotations

import re

from oyez.enrich.lexicon.cue import Cue

# Weights of zero to five stars; three of five neither praise nor blame.
_WEIGHTS = (-4.0, -4.0, -2.5, 0.0, 2.5, 4.0)
_TAIL = 48
# One look at a text's end spares most of them the searches.
_ENDS = ("5", "10", "20", "★", "☆", "star", "stars", "toile", "toiles")
_DRAWN = re.compile(r"(★{0,5})(☆{0,5})[\s.!)]*\Z")
_POINTS = re.compile(
    r"(?<![\w/.,])(?P<points>\d{1,2}(?:[.,]\d)?) ?(?:/|out of|sur) ?(?P<best>5|10|20)[\s.!…)]*\Z",
    re.IGNORECASE,
)
# A day, not a rating: "prévu le 1/5".
_DAY = re.compile(r"\b(?:le|du|au|dès|avant|depuis|on|by|from|until|since|before|the)\s*\Z", re.I)
_NUMBERS = {
    word: value
    for value, row in enumerate(
        ("zero zéro", "one un une", "two deux", "three trois", "four quatre", "five cinq")
    )
    for word in (*row.split(), str(value))
}
_NAMED = re.compile(
    r"(?:\A|[.!?:;,\n(–—-]|\b(?:gives?|gave|only|just|rated|deserves?|it|them|this|this a|a|donne|"
    r"mets|mis|mérite|seulement|vaut|note)\s)\s*"
    rf"(?P<stars>{'|'.join(_NUMBERS)})[ -](?:stars?|étoiles?|etoiles?)[\s.!…)]*\Z",
    re.IGNORECASE,
)


def weigh(text: str) -> list[Cue]:
    """Return the rating at the end of a text as a cue; none without one, or in the middle."""
    tail = text[-_TAIL:]
    if not tail.rstrip(" .!…)\n").lower().endswith(_ENDS):
        return []
    drawn = _DRAWN.search(tail)
    if drawn and (drawn[1] or drawn[2]):
        return [Cue(drawn[0].strip(), _weight(len(drawn[1])))]
    points = _POINTS.search(tail)
    if points and not _DAY.search(tail, 0, points.start()):
        best = int(points["best"])
        given = float(points["points"].replace(",", "."))
        return [Cue(points[0].strip(), _weight(5 * given / best))] if given <= best else []
    named = _NAMED.search(tail)
    if named:
        return [
            Cue(tail[named.start("stars") :].strip(), _weight(_NUMBERS[named["stars"].lower()]))
        ]
    return []


def _weight(stars: float) -> float:
    low = min(int(stars), 4)
    return _WEIGHTS[low] + (_WEIGHTS[low + 1] - _WEIGHTS[low]) * (stars - low)
