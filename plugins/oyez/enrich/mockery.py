"""Doubts praise beside a failure, as in "Great, my flight is cancelled again": it may mock.

Nobody can tell mockery by words alone. What can be told is when to be unsure: a short text praises,
tells a failure of service as a fact, and says neither that it was mended nor that something
outweighs it ("but the crew was lovely"). Such praise is left neutral. The failures are a list
(`cues/mockery_*.tsv`): all words of blame together doubted five sincere texts for each mocking one.
"""

from __future__ import annotations

from functools import cache

import ahocorasick_rs

from oyez.enrich.cue_list import FOLDER, cue_list, read, spoken
from oyez.enrich.lexicon.cue import Judgement
from oyez.stage.text import folded

LANGUAGES = ("fr", "en")
# Longer texts have room to mean both. In characters, since words are not yet counted.
_LONGEST = 240


def is_doubtful(said: str, language: str, judgement: Judgement) -> bool:
    """Tell whether the praise in a text may be mockery.

    Args:
        said: the text without links and handles.
        language: ISO 639-1 code; others than `LANGUAGES` are not doubted.
        judgement: of the lexicon.
    """
    if len(said) > _LONGEST or language not in LANGUAGES:
        return False
    if not any(cue.weight > 0 and not cue.is_denial for cue in judgement.cues):
        return False
    # Taking a text apart costs more than scoring it: most hold no word of any failure.
    if not _hints(language).find_matches_as_indexes(said.lower().replace("’", "'")):
        return False
    found = cue_list("mockery", language).find(spoken(said))
    labels = {one.expression.label for one in found}
    return "fact" in labels and "sincere" not in labels


@cache
def _hints(language: str) -> ahocorasick_rs.AhoCorasick:
    """Return what finds the failures as written, with accents and without, inside words too."""
    facts = [one for one in read(FOLDER / f"mockery_{language}.tsv") if one.label == "fact"]
    written = {one.written.lower() for one in facts}
    return ahocorasick_rs.AhoCorasick(sorted(written | set(map(folded, written))))
