"""Weighs French: a curated lexicon, negation, intensity and contrast.

The order of the rules is the order in which French speaks: the longest expression first ("rien à
redire" is praise), then its negation ("ne recommande pas", "sans problème", "peu aimable"), then
how strongly it is said ("très", capitals, repeated letters, "!"), then on which side of a "mais"
it stands: the second half is what the author wants to be remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from oyez.enrich.lexicon.cue import Cue
from oyez.enrich.lexicon.entries import entries
from oyez.stage.text import folded

VERSION = "1"
# Kind words are often mere politeness, complaints seldom are: neutral reaches further up than down.
POSITIVE, NEGATIVE = 0.3, -0.05
# Apostrophes and hyphens only part words; a dash between spaces parts clauses.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[.!?…]+|[,;:()\n]|(?<=\s)[-–—](?=\s)")
_REPEATED = re.compile(r"(.)\1{2,}")
_SENTENCE_END = frozenset(".!?…\n")
_CLAUSE_END = frozenset({*",;:()-–—", "mais", "car", "donc", "puis"})

_NEGATORS = frozenset(
    {"pas", "jamais", "aucun", "aucune", "sans", "ni", "guere", "nullement", "rien"}
)
_OWN_NEGATION = _NEGATORS | {"plus", "ne", "n"}
_NOT_ALONE = frozenset({"seulement", "uniquement", "juste"})  # "pas seulement bon"
_NOT_NEGATED = _NEGATORS | {"trop", "pourquoi"}  # weak complaints: "n'apporte rien" is no praise
_LOOK_BACK = 4
_THANKS = frozenset({"merci", "bravo", "felicitations", "chapeau"})
_MOCK_REACH, _MOCKED = 5, -0.5
_POSITIVE_NEGATED = -0.75
_NEGATIVE_NEGATED = -0.5

_DEGREES = {
    word: factor
    for factor, row in (
        (1.5, "extremement incroyablement terriblement ultra hyper mega archi"),
        (1.3, "tres trop vraiment tellement totalement completement absolument super si fort"),
        (1.3, "particulierement carrement entierement vachement"),
        (1.2, "parfaitement franchement plus toujours tout bien grave grosse gros"),
        (0.85, "assez plutot relativement globalement presque"),
        (0.6, "legerement parfois"),
        (-0.5, "peu moins"),
    )
    for word in row.split()
}
_CONTRASTS = (
    ("mais",),
    ("cependant",),
    ("toutefois",),
    ("neanmoins",),
    ("par", "contre"),
    ("en", "revanche"),
)
_BEFORE_CONTRAST, _AFTER_CONTRAST = 0.6, 1.4
_SHOUTED, _STRETCHED, _EXCLAIMED = 1.25, 1.2, 0.1


class _Word(NamedTuple):
    """One sign or word: as written, in lower case, folded, and where it stands in the text."""

    raw: str
    lower: str
    plain: str
    start: int
    end: int


class _Lexicon(NamedTuple):
    words: dict[str, float]
    unaccented: dict[str, float]
    verbs: frozenset[str]
    phrases: dict[str, list[tuple[tuple[str, ...], float]]]


def weigh(text: str) -> list[Cue]:
    """Return what speaks for and against in a French text, in the order in which it is said."""
    shouting = text.isupper()
    cues: list[Cue] = []
    for sentence in _sentences(text):
        cues += _weigh_sentence(text, sentence, shouting)
    return cues


def _sentences(text: str) -> Iterator[list[_Word]]:
    sentence: list[_Word] = []
    for found in _TOKEN.finditer(text):
        raw = found[0]
        lower = raw.lower()
        plain = lower if lower.isascii() else folded(lower)
        sentence.append(_Word(raw, lower, plain, found.start(), found.end()))
        if raw[0] in _SENTENCE_END:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _weigh_sentence(text: str, sentence: list[_Word], shouting: bool) -> list[Cue]:
    lexicon = _lexicon()
    hits: list[tuple[int, Cue]] = []
    # Negations before `floor` are spent: in "ne manque pas de charme", charm is not denied.
    at = floor = 0
    while at < len(sentence):
        length, weight, is_phrase = _expression(lexicon, sentence, at)
        if not weight:
            at += length
            floor = at if is_phrase else floor
            continue
        said = sentence[at : at + length]
        start, stop = at, at + length
        # An expression that holds its own negation ("rien à redire") is not negated again.
        if is_phrase and any(word.plain in _OWN_NEGATION for word in said):
            floor = stop
        elif is_phrase or said[0].plain not in _NOT_NEGATED:
            negator = _negated(sentence, at, stop, floor, said[-1].plain in lexicon.verbs)
            if negator is not None:
                weight *= _POSITIVE_NEGATED if weight > 0 else _NEGATIVE_NEGATED
                start, stop = min(start, negator), max(stop, negator + 1)
                hits = [hit for hit in hits if hit[0] != negator]
        degree, first = _degree(sentence, at)
        weight *= degree
        if degree != 1:
            start = min(start, first)
            # "trop" counts alone, not where it strengthens what follows.
            hits = [hit for hit in hits if hit[0] < first]
        if not shouting and any(len(word.raw) > 2 and word.raw.isupper() for word in said):
            weight *= _SHOUTED
        if any(_REPEATED.search(word.lower) for word in said):
            weight *= _STRETCHED
        words = text[sentence[start].start : sentence[stop - 1].end]
        hits.append((at, Cue(words, weight)))
        at += length
    if not hits:
        return []
    hits = _unmasked(sentence, hits)
    turn = _contrast(sentence)
    if turn is not None and any(at > turn for at, _ in hits):
        hits = [
            (
                at,
                cue._replace(
                    weight=cue.weight * (_BEFORE_CONTRAST if at < turn else _AFTER_CONTRAST)
                ),
            )
            for at, cue in hits
        ]
    shouts = min(sentence[-1].raw.count("!"), 3)
    return [cue._replace(weight=cue.weight * (1 + _EXCLAIMED * shouts)) for _, cue in hits]


def _unmasked(sentence: list[_Word], hits: list[tuple[int, Cue]]) -> list[tuple[int, Cue]]:
    """Return the cues with mock thanks turned over: "bravo pour le retard" congratulates nobody."""
    turned = list(hits)
    for place, ((at, cue), (next_at, following)) in enumerate(pairwise(hits)):
        if (
            sentence[at].plain in _THANKS
            and sentence[at + 1].plain == "pour"
            and next_at - at <= _MOCK_REACH
            and following.weight < 0 < cue.weight
        ):
            turned[place] = (at, cue._replace(weight=cue.weight * _MOCKED))
    return turned


def _expression(lexicon: _Lexicon, sentence: list[_Word], at: int) -> tuple[int, float, bool]:
    """Return the length in words, the weight and whether several words make the cue at `at`."""
    word = sentence[at]
    for phrase, weight in lexicon.phrases.get(word.plain, ()):
        if all(
            at + offset < len(sentence) and sentence[at + offset].plain == part
            for offset, part in enumerate(phrase)
        ):
            return len(phrase), weight, True
    weight = _word_weight(lexicon, word.lower)
    if not weight and _REPEATED.search(word.lower):
        weight = _word_weight(lexicon, _REPEATED.sub(r"\1", word.lower)) or _word_weight(
            lexicon, _REPEATED.sub(r"\1\1", word.lower)
        )
    return 1, weight, False


def _word_weight(lexicon: _Lexicon, word: str) -> float:
    exact = lexicon.words.get(word)
    if exact is not None:
        return exact
    # People leave accents out; they do not add them: "salé" is not "sale".
    return lexicon.unaccented.get(word, 0.0) if word.isascii() else 0.0


def _negated(sentence: list[_Word], start: int, stop: int, floor: int, is_verb: bool) -> int | None:
    """Return the place of the word that negates the expression, or None."""
    for back in range(start - 1, max(floor, start - _LOOK_BACK) - 1, -1):
        plain = sentence[back].plain
        if plain in _CLAUSE_END:
            break
        after = sentence[back + 1].plain
        if plain in _NEGATORS and after not in _NOT_ALONE:
            if (
                after == "que" and start - back <= 2
            ):  # "pas que bon", but "ne crois pas que ce soit bon"
                continue
            if plain == "pas" and back and sentence[back - 1].plain == "pourquoi":
                continue
            return back
        if plain == "plus" and _has_ne(sentence, back):
            return back
        if plain in ("ne", "n") and start - back <= 2:
            following = [word.plain for word in sentence[back + 1 : stop + 4]]
            if "que" in following or "qu" in following:
                continue
            return back
    if is_verb and stop < len(sentence) and sentence[stop].plain in ("pas", "jamais", "guere"):
        return stop
    return None


def _has_ne(sentence: list[_Word], at: int) -> bool:
    return any(word.plain in ("ne", "n") for word in sentence[max(0, at - _LOOK_BACK) : at])


def _degree(sentence: list[_Word], at: int) -> tuple[float, int]:
    """Return how much the words just before strengthen the expression, and where they begin."""
    degree, first = 1.0, at
    for back in (at - 1, at - 2):
        if back < 0:
            break
        plain = sentence[back].plain
        factor = _DEGREES.get(plain)
        if factor is None:
            break
        if plain == "peu" and back and sentence[back - 1].plain == "un":
            return degree * 0.6, back - 1
        degree, first = degree * factor, back
    return degree, first


def _contrast(sentence: list[_Word]) -> int | None:
    plain = [word.plain for word in sentence]
    for marker in _CONTRASTS:
        for at, word in enumerate(plain):
            if at and word == marker[0] and tuple(plain[at : at + len(marker)]) == marker:
                return at
    return None


@cache
def _lexicon() -> _Lexicon:
    words: dict[str, float] = {}
    verbs: set[str] = set()
    phrases: dict[tuple[str, ...], float] = {}
    for expression, weight, inflection in entries("fr"):
        parts = tuple(_TOKEN.findall(folded(expression)))
        if len(parts) > 1:
            phrases.setdefault(parts, weight)
            continue
        for form in _forms(expression, inflection):
            # Written out beats derived: a form keeps the weight of its first line.
            words.setdefault(form, weight)
            if inflection in ("v", "i"):
                verbs.add(folded(form))
    unaccented: dict[str, float] = {}
    for form, weight in words.items():
        # Without its accent "rythmé" is a noun; verbs bring their own forms in -e.
        if not form.endswith(("é", "és")):
            unaccented.setdefault(folded(form), weight)
    by_first: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for parts, weight in sorted(phrases.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(parts[0], []).append((parts, weight))
    return _Lexicon(words, unaccented, frozenset(verbs), by_first)


_ADJECTIVE_ENDINGS = (
    ("eux", ("eux", "euse", "euses")),
    ("oux", ("oux", "ouce", "ouces", "ouse", "ouses")),
    ("aux", ("aux", "ausse", "ausses")),
    ("eur", ("eur", "eurs", "euse", "euses", "rice", "rices")),
    ("if", ("if", "ifs", "ive", "ives")),
    ("el", ("el", "els", "elle", "elles")),
    ("al", ("al", "als", "aux", "ale", "ales")),
    ("nul", ("nul", "nuls", "nulle", "nulles")),
    ("til", ("til", "tils", "tille", "tilles")),
    ("en", ("en", "ens", "enne", "ennes")),
    ("on", ("on", "ons", "onne", "onnes")),
    ("ot", ("ot", "ots", "ote", "otes", "otte", "ottes")),
    ("ier", ("ier", "iers", "ière", "ières")),
    ("er", ("er", "ers", "ère", "ères")),
    ("et", ("et", "ets", "ète", "ètes", "ette", "ettes")),
    ("bas", ("bas", "basse", "basses")),
    ("gras", ("gras", "grasse", "grasses")),
    ("épais", ("épais", "épaisse", "épaisses")),
    ("frais", ("frais", "fraîche", "fraîches")),
    ("sec", ("sec", "secs", "sèche", "sèches")),
    ("long", ("long", "longs", "longue", "longues")),
    ("mou", ("mou", "mous", "molle", "molles")),
    ("s", ("s", "se", "ses")),
    ("e", ("e", "es")),
    ("", ("", "s", "e", "es")),
)
_NOUN_ENDINGS = (
    ("eau", ("eau", "eaux")),
    ("al", ("al", "aux")),
    ("s", ("s",)),
    ("x", ("x",)),
    ("", ("", "s")),
)
_ER = (
    "er e es ons ez ent ais ait ions iez aient ai as a erai era eras erons erez eront erais erait "
    "eraient ant é ée és ées"
)
_IR = (
    "ir is it issons issez issent issais issait issaient irai ira iront irait issant i ie ies "
    "ise isse"
)


def _forms(expression: str, inflection: str) -> Iterator[str]:
    if inflection == "v":
        stem = expression.removesuffix("er")
        for ending in _ER.split():
            soft = {"c": "ç", "g": "ge"}.get(stem[-1]) if ending[0] in "ao" else None
            yield (stem[:-1] + soft if soft else stem) + ending
        if stem.endswith("y"):
            yield from (stem[:-1] + "i" + ending for ending in ("e", "es", "ent", "era", "eront"))
        yield from _grave(stem)
    elif inflection == "i":
        stem = expression.removesuffix("ir")
        yield from (stem + ending for ending in _IR.split())
    elif inflection in ("a", "n"):
        table = _ADJECTIVE_ENDINGS if inflection == "a" else _NOUN_ENDINGS
        suffix, endings = next(row for row in table if expression.endswith(row[0]))
        stem = expression[: len(expression) - len(suffix)]
        yield from (stem + ending for ending in endings)
    else:
        yield expression


def _grave(stem: str) -> Iterator[str]:
    """Yield the forms that open their last vowel: exagérer, exagère; relever, relève."""
    if len(stem) > 2 and stem[-2] in "ée" and stem[-1] not in "aeiouyé":
        opened = stem[:-2] + "è" + stem[-1]
        yield from (opened + ending for ending in ("e", "es", "ent"))
