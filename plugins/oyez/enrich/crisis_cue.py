"""Finds words that announce a crisis, and insults: what a person on duty reads first.

The lists are short on purpose: a cue is rare in ordinary talk about a brand. What is ordinary in a
trade is no cue there (an "accident" for an insurer, "mort" in a game), and a cue that is denied
("aucun danger") is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from oyez.enrich.cue_list import CueList, cue_list, spoken
from oyez.stage.text import HANDLE

# Directly before a cue, these deny it: "no danger", "pas de boycott", "sans danger".
_DENIALS = {
    "fr": frozenset(
        {
            *(("aucun",), ("aucune",), ("sans",), ("ni",), ("zero",), ("nul",), ("nulle",)),
            *(("pas", "de"), ("pas", "d"), ("jamais", "de"), ("jamais", "d")),
            *(("jamais", "eu", "de"), ("jamais", "eu", "d"), ("pas", "eu", "de")),
            *(("pas", "eu", "d"), ("jamais", "aucun"), ("jamais", "aucune"), ("point", "de")),
            *(("pas", "le", "moindre"), ("sans", "le", "moindre"), ("jamais", "le", "moindre")),
            *(("pas", "la", "moindre"), ("sans", "la", "moindre"), ("jamais", "la", "moindre")),
            *(("pas", "un"), ("pas", "une"), ("pas", "un", "seul"), ("pas", "une", "seule")),
            *(("sans", "un", "seul"), ("sans", "une", "seule")),
        }
    ),
    "en": frozenset(
        {
            *(("no",), ("without",), ("zero",), ("never", "a"), ("never", "an"), ("never", "any")),
            *(("not", "a"), ("not", "an"), ("isn", "t", "a"), ("not", "any"), ("without", "any")),
            *(("not", "a", "single"), ("without", "a"), ("without", "a", "single")),
            *(("never", "had", "an"), ("never", "had", "a"), ("never", "had", "any")),
        }
    ),
}
_INSULTED = {"fr": frozenset({("pas", "un"), ("pas", "une"), ("pas", "des")}), "en": frozenset()}


def crisis_cues(text: str, language: str, sector: str | None = None) -> tuple[str, ...]:
    """Return the crisis cues of a text, as the lists write them, each once, in order.

    Args:
        text: title and text of the item.
        language: ISO 639-1 code; one without a list has no cues.
        sector: the client's trade (`config.model.Sector`); None: every cue counts.
    """
    return _found(cue_list("crisis", language), text, sector, _DENIALS.get(language, frozenset()))


def insults(text: str, language: str, sector: str | None = None) -> tuple[str, ...]:
    """Return the insults of a text, as the lists write them, each once, in order; see above."""
    return _found(cue_list("insult", language), text, sector, _INSULTED.get(language, frozenset()))


def _found(
    cues: CueList, text: str, sector: str | None, denials: frozenset[tuple[str, ...]]
) -> tuple[str, ...]:
    # A handle is somebody's name, whatever it says; a link counts by its host only.
    said = spoken(HANDLE.sub(" ", text))
    kept = {
        found.expression.written: None
        for found in cues.find(said)
        if sector not in found.expression.sectors and not _is_denied(said, found.at, denials)
    }
    return tuple(kept)


def _is_denied(said: Sequence[str], at: int, denials: frozenset[tuple[str, ...]]) -> bool:
    return any(tuple(said[max(0, at - len(words)) : at]) == words for words in denials)
