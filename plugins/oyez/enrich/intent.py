"""Tells what an author wants of a text: to complain, to ask, to praise, to thank; several at once.

Cues decide, with the polarity that a sentiment model gave: a complaint often names a fact and no
feeling ("still on hold"), and a feeling is often a complaint without any of the cues.
"""

from __future__ import annotations

import re
from typing import Literal

from oyez.enrich.cue_list import cue_list, spoken
from oyez.enrich.thanks import thanks
from oyez.stage.text import bare

Intent = Literal["complaint", "praise", "question", "thanks"]
LANGUAGES = ("fr", "en")
# Beyond these a polarity alone speaks; chosen on the training half of public sets of tweets.
COMPLAINS, PRAISES = -0.2, 0.5
# With a cue, a polarity needs only not to contradict it.
_CONTRADICTS = 0.5
# "Really?!" and "???" are outcries; "?" after words asks.
_ASKS = re.compile(r"\w[\s\"'»)]*\?(?![!?])")
_OUTCRY = re.compile(
    r"^\W*(?:really|seriously|srsly|what|huh|wtf|sérieux|sérieusement|vraiment|ah bon|quoi|hein)"
    r"\W*$",
    re.IGNORECASE,
)


def intents(text: str, language: str, polarity: float | None = None) -> frozenset[Intent]:
    """Return what a text wants; empty where nothing is found or the language is not read.

    Args:
        text: title and text of the item.
        language: ISO 639-1 code; `fr` and `en` are read, in other languages only the question mark.
        polarity: -1…1 as a sentiment model gave it; None where none could.
    """
    said = spoken(bare(text))
    labels = {found.expression.label for found in cue_list("intent", language).find(said)}
    found: set[Intent] = set()
    if "question" in labels or _asks(text):
        found.add("question")
    if language not in LANGUAGES:
        return frozenset(found)
    feeling = polarity or 0.0
    if feeling <= COMPLAINS or ("complaint" in labels and feeling < _CONTRADICTS):
        found.add("complaint")
    elif feeling >= PRAISES or ("praise" in labels and feeling > -_CONTRADICTS):
        found.add("praise")
    if thanks(said, language):
        found.add("thanks")
    return frozenset(found)


def _asks(text: str) -> bool:
    plain = bare(text)
    sentences = (one for one in re.split(r"(?<=[.!?…\n])\s+", plain) if "?" in one)
    return any(_ASKS.search(one) and not _OUTCRY.match(one) for one in sentences)
