"""How names and terms may stand in a text, and which of many terms a text holds, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ahocorasick_rs

from oyez.stage.text import folded, phrase, words

# Shorter joined names are too often other words: "la poste" is long enough, "au bon" is not.
JOINED_LETTERS = 6


def spellings(term: str) -> list[str]:
    """Return how a name may stand in a line of words.

    With its pauses, `&` spelt, as a hashtag, and in one word ("loreal", "CocaCola") where that has
    `JOINED_LETTERS` or more: "H&M" in one word is an abbreviation of other things.
    """
    plain = phrase(term)
    if not plain:
        return []
    forms = [plain, " ".join(words(term))]
    if " & " in plain:
        forms += [plain.replace(" & ", f" {word} ") for word in ("et", "and", "und", "y")]
    forms += ["#" + "".join(one for one in said if one.isalnum()) for said in [*forms]]
    joined = plain.replace(" ", "")
    # "Canal+" in one word would be the canal.
    if joined != plain and joined.isalpha() and len(joined) >= JOINED_LETTERS:
        forms.append(joined)
    if "." in term and " " not in term.strip():
        # A name written like a web site also stands in links to it, where the host is one word.
        forms.append(folded(term).strip().removeprefix("www."))
    return [one for one in dict.fromkeys(forms) if one not in ("", "#")]


def plural(spelling: str) -> str:
    """Return a spelling with its last word in the plural, where that is another word.

    Meant for common words: a name has no plural ("oranges" is the fruit), nor have short words
    ("DM", "5g").
    """
    last = spelling.rpartition(" ")[2]
    if len(last) < 3 or not (last.isascii() and last.isalpha()):
        return spelling
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return spelling + "es"  # boxes; in French the word stays, and nobody writes this form
    if last.endswith("y") and last[-2] not in "aeiou":
        return spelling[:-1] + "ies"
    return spelling + ("x" if last.endswith(("eau", "eu")) else "s")


class Phrases:
    """The terms of several subjects, as whole words in any case and accents, plurals included.

    Args:
        terms: subject → its terms.
    """

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self._order = list(terms)
        self._subjects: dict[str, set[str]] = {}
        for subject, written in terms.items():
            for term in written:
                for spelling in spellings(term):
                    for form in (spelling, plural(spelling)):
                        self._subjects.setdefault(form, set()).add(subject)
        self._forms = sorted(self._subjects)
        self._tags = frozenset(one for one in self._forms if one.startswith("#"))
        self._automaton = ahocorasick_rs.AhoCorasick([f" {one} " for one in self._forms])

    def found(self, text: str) -> list[str]:
        """Return the subjects whose terms stand in the text, in the order in which they came."""
        if not self._forms:
            return []
        line = " ".join(words(text, self._tags))
        held: set[str] = set()
        for index, _, _ in self._automaton.find_matches_as_indexes(f" {line} ", overlapping=True):
            held |= self._subjects[self._forms[index]]
        return [one for one in self._order if one in held]
