"""Reads a text as numbers for a sentiment model: what the lexicons found, and how it is written."""

from __future__ import annotations

import html
import re
from math import log1p

import numpy as np
from numpy.typing import NDArray

from oyez.enrich.lexicon import emoji, english, french, rating
from oyez.enrich.lexicon.cue import Cue, Judgement, summed
from oyez.stage.text import bare

LEXICON_LANGUAGES = frozenset({"en", "fr"})
TRAITS = 25
# Traits that mean the same in every language: emoji and punctuation, no words.
WORDLESS = (9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21)
CLAUSE_TRAITS = 7

_READ = 10_000
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_BREAK = re.compile(r"(?<=[.!?…;])\s+|\n+")
_CLAUSE_LETTERS, _CLAUSES = 60, 24


def worded(text: str) -> str:
    """Return what the author worded: no links, handles or hash signs, escapes read, one line.

    Lines stay apart, because they end clauses.
    """
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Half of a pair of escapes is no letter; encoders refuse it.
    text = text.encode("utf-8", "ignore").decode("utf-8")
    if "&" in text:
        text = html.unescape(text)
    lines = (" ".join(line.split()) for line in bare(text).splitlines())
    return "\n".join(line for line in lines if line)


def clauses(text: str) -> list[str]:
    """Return a worded text in stretches of at least 60 characters that end where sentences do."""
    found: list[str] = []
    stretch = ""
    for part in _BREAK.split(text):
        stretch = f"{stretch} {part}" if stretch else part
        if len(stretch) >= _CLAUSE_LETTERS:
            found.append(stretch)
            stretch = ""
    if stretch or not found:
        found.append(stretch)
    if len(found) > _CLAUSES:  # opening and end say more than the middle
        found = found[: _CLAUSES // 2] + found[-_CLAUSES // 2 :]
    return found


def judged(text: str, language: str) -> Judgement:
    """Return what the lexicon of a language says of a worded text; elsewhere, what emoji say."""
    text = text[:_READ]
    marks = emoji.weigh(text) + rating.weigh(text)
    if language == "en":
        return english.judge(text, marks)
    cues: list[Cue] = french.weigh(text) if language == "fr" else []
    return summed([*cues, *marks])


def traits(text: str, said: str, judgement: Judgement) -> list[float]:
    """Return 25 numbers of about -1…1.

    Args:
        text: as written.
        said: the same, `worded`.
        judgement: of the lexicon.
    """
    weights = [cue.weight for cue in judgement.cues]
    praise = [weight for weight in weights if weight > 0]
    blame = [-weight for weight in weights if weight < 0]
    # "Aucun problème" is made of a complaint's words, which the embedding hears too.
    denied = [cue.weight for cue in judgement.cues if cue.is_denial]
    words = said.split()
    shouted = sum(len(word) > 2 and word.isupper() for word in words)
    return [
        judgement.polarity,
        abs(judgement.polarity),
        sum(praise) / 10,
        sum(blame) / 10,
        len(praise) / 5,
        len(blame) / 5,
        max(praise, default=0.0) / 4,
        max(blame, default=0.0) / 4,
        float(not weights),
        sum(cue.weight for cue in emoji.weigh(said[:_READ])) / 4,
        min(text.count("!"), 3) / 3,
        min(text.count("?"), 3) / 3,
        float("http" in text or "www." in text),
        float("#" in text),
        float("@" in text),
        log1p(len(words)) / 4,
        shouted / max(len(words), 1),
        float('"' in text),
        sum(map(str.isdigit, said)) / max(len(said), 1),
        weights[-1] / 4 if weights else 0.0,
        float(text.rstrip().endswith("?")),
        float("..." in text or "…" in text),
        min(sum(denied), 8.0) / 4,
        sum(denied) / (sum(praise) + sum(blame)) if denied else 0.0,
        float(len(denied) == len(weights) > 0),
    ]


def clause_traits(parts: list[str], language: str) -> NDArray[np.float64]:
    """Return how the polarity runs through clauses: mean, worst, best, last, first, two shares."""
    run = np.array([judged(part, language).polarity for part in parts])
    return np.array(
        [
            run.mean(), run.min(), run.max(), run[-1], run[0],
            (run > 0.3).mean(), (run < -0.05).mean(),
        ]
    )  # fmt: skip
