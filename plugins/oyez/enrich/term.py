"""Reads the terms of a text: one to three words in a row, each in its dictionary form.

"Les vols retardés" gives `vol`, `retardé`, `vol retardé`. A term begins and ends with a word that
says something (the lists of `stop/` name those that do not), and no term is read across a pause:
"droit de retrait" is one, "de retrait" is none. A word that denies is no term alone, and may begin
or end one: "aucune réponse".
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import simplemma

from oyez.stage.text import bare

LONGEST = 3  # words in a term
# Distinct terms of one item: a review holds them all, an article gives its head.
MOST = 100
LANGUAGES = ("fr", "en")

_FOLDER = Path(__file__).resolve().parent / "stop"
# Beyond, a text repeats itself; so far is enough for MOST terms of any prose.
_READ = 4_000
_LONGEST_WORD = 40
_WORD = re.compile(r"(?P<word>[^\W_]+(?:[-'][^\W_]+)*)|(?P<pause>\S)")
_APOSTROPHES = str.maketrans("’‘ʼ´`＇′", "'''''''")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'", re.IGNORECASE)


class _Said(NamedTuple):
    """A word of a text.

    Attributes:
        lemma: its dictionary form.
        is_content: whether it says something by itself.
        is_edge: whether a term may begin or end with it.
        start: where it stands, as `end`.
    """

    lemma: str
    is_content: bool
    is_edge: bool
    start: int
    end: int


def terms(text: str, language: str) -> list[str] | None:
    """Return the distinct terms of a text in the order in which they are said, at most `MOST`.

    None where the language is not one of `LANGUAGES`: its terms are unknown, which is not none.

    Args:
        text: what is said; links, handles and hash signs are left out here.
        language: ISO 639-1 code.
    """
    if language not in LANGUAGES:
        return None
    found: dict[str, None] = {}
    for said in _stretches(_cleaned(text), language):
        for term, _, _ in _runs(said):
            found.setdefault(term)
            if len(found) == MOST:
                return list(found)
    return list(found)


def spelled(term: str, language: str, texts: Iterable[str]) -> str:
    """Return the term as people wrote it most often, in lower case; itself where no text has it.

    Args:
        term: one of `terms`, whose dictionary forms read oddly in a row ("vol annuler").
        language: of the texts.
        texts: where to look.
    """
    forms: Counter[str] = Counter()
    for text in texts:
        line = _cleaned(text)
        forms.update(
            " ".join(line[start:end].casefold().split())
            for said in _stretches(line, language)
            for one, start, end in _runs(said)
            if one == term
        )
    if not forms:
        return term
    return min(forms, key=lambda form: (-forms[form], form))


@cache
def stop_words(language: str) -> dict[str, bool]:
    """Return the words that make no theme by themselves, and whether each may begin or end one."""
    lines = (_FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    listed = [word for line in lines if not line.startswith("#") for word in line.split()]
    return {word.rstrip("*"): word.endswith("*") for word in listed}


def _cleaned(text: str) -> str:
    return bare(html.unescape(text[:_READ]).translate(_APOSTROPHES))


def _stretches(line: str, language: str) -> Iterator[Sequence[_Said]]:
    """Yield the words between two pauses, numbers being pauses too."""
    said: list[_Said] = []
    for found in _WORD.finditer(line):
        start, end = found.span()
        word = found[0]
        if found.lastgroup == "pause" or len(word) > _LONGEST_WORD or word.isdigit():
            if said:
                yield said
            said = []
            continue
        if language == "fr" and (elided := _ELIDED.match(word)) and elided.end() < len(word):
            letter = elided[0][:-1].lower()
            said.append(_Said(letter, False, False, start, start + elided.end()))
            start, word = start + elided.end(), word[elided.end() :]
        elif language == "en" and word.lower().endswith("'s") and len(word) > 2:
            word, end = word[:-2], end - 2
        lower = word.lower()
        stop = stop_words(language)
        lemma = lower if lower in stop else _lemma(word, language)
        is_content = len(lemma) > 1 and lower not in stop and lemma not in stop
        is_edge = is_content or stop.get(lower, False)
        said.append(_Said(lemma, is_content, is_edge, start, end))
    if said:
        yield said


def _runs(said: Sequence[_Said]) -> Iterator[tuple[str, int, int]]:
    """Yield each term of a stretch with its place, in order."""
    for first, word in enumerate(said):
        if not word.is_edge:
            continue
        if word.is_content:
            yield word.lemma, word.start, word.end
        for last in range(first + 1, min(first + LONGEST, len(said))):
            run = said[first : last + 1]
            if (
                run[-1].is_edge
                and run[-1].lemma != word.lemma
                and any(one.is_content for one in run)
            ):
                yield " ".join(one.lemma for one in run), word.start, run[-1].end


@cache
def _lemma(word: str, language: str) -> str:
    # A sentence's first word has a capital, and a shouted one nothing else.
    return simplemma.lemmatize(word.lower(), lang=language).lower()
