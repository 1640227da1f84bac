"""Tells whether a text thanks somebody: "merci de votre patience", not "merci de nous écrire"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oyez.enrich.cue_list import cue_list

_PRONOUN = re.compile(r"[mlst]e?|nous|vous|lui|leur|la|les|y|en|ne?|pas|bien")
# "merci d'avoir attendu" thanks for what was done.
_INFINITIVE = re.compile(r"(?!(?:[nv]otre|autre|avoir|etre)$)\w+(?:er|ir|re)")


def thanks(said: Sequence[str], language: str) -> bool:
    """Tell whether a text thanks.

    Args:
        said: its words (`cue_list.spoken`).
        language: ISO 639-1 code; a language without a list thanks nobody.
    """
    return any(not _asks(said, found.at) for found in cue_list("thanks", language).find(said))


def _asks(said: Sequence[str], at: int) -> bool:
    """Tell whether a French "merci de" asks for something: an infinitive follows."""
    if said[at] != "merci" or said[at + 1 : at + 2] not in (("de",), ("d",)):
        return False
    for word in said[at + 2 : at + 6]:
        if not _PRONOUN.fullmatch(word):
            return _INFINITIVE.fullmatch(word) is not None
    return False
