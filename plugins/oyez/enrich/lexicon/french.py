"""Weighs French: a curated lexicon, negation, intensity and contrast.

The order of the rules is the order in which French speaks: the longest expression first ("rien à
redire" is praise), then its negation ("ne recommande pas", "sans problème", "peu aimable"), then
how strongly it is said ("très", capitals, repeated letters, "!"), then on which side of a "mais"
it stands: the second half is what the author wants to be remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from oyez.enrich.lexicon.cue import Cue
from oyez.enrich.lexicon.entries import entries
from oyez.stage.text import folded

# Kind words are often mere politeness, complaints seldom are: neutral reaches further up than down.
POSITIVE, NEGATIVE = 0.3, -0.05
# Apostrophes and hyphens only part words; a dash between spaces parts clauses.
# The letters of French, then those of others: a short list is told faster. Led by single signs, at
# which the search passes over what is none of them at its fastest.
_TOKEN = re.compile(
    r"[a-zà-öø-ÿœ]+(?![^\W\d_])|[^\W\d_]+|[.!?…][.!?…]*|[,;:()\n]|\d\d*|[-–—](?<=\s.)(?=\s)"
)
_REPEATED = re.compile(r"(.)\1{2,}")
# Most texts hold no letter three times in a row: asked once a text, past its dots.
_STRETCHES = re.compile(r"([^.])\1\1")
# No word of three capitals without three letters in a row that are not small ones.
_CAPITALS = re.compile(r"[^\W\d_a-zà-öø-ÿœ]{3}")
_SENTENCE_END = frozenset(".!?…\n")
_CLAUSE_END = frozenset({*",;:()-–—", "mais", "car", "donc", "puis"})

_NEGATORS = frozenset(
    {"pas", "jamais", "aucun", "aucune", "sans", "ni", "guere", "nullement", "rien"}
)
_DENIES = _OWN_NEGATION = _NEGATORS | {"plus", "ne", "n", "zero"}
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
_TURNS = frozenset(marker[0] for marker in _CONTRASTS)
_BEFORE_CONTRAST, _AFTER_CONTRAST = 0.6, 1.4
_SHOUTED, _STRETCHED, _EXCLAIMED = 1.25, 1.2, 0.1


class _Lexicon(NamedTuple):
    """What weighs, and the words at which a reading stops.

    Attributes:
        words: weights by word in lower case, with accents and, in ASCII, without.
        verbs: forms of verbs, folded.
        phrases: by their longest word, the least ordinary one: its place, all words, folded, and
            their weight.
        watched: words that weigh and longest words of phrases, folded.
    """

    words: dict[str, float]
    verbs: frozenset[str]
    phrases: dict[str, list[tuple[int, list[str], float]]]
    watched: frozenset[str]


class _Text:
    """A text taken apart once: its tokens in lower case and folded, and where they stand."""

    __slots__ = ("_loud", "_lower", "_read", "_starts", "lower", "plain", "stretched", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # "İ" alone would grow, and later words would lose their places.
        self._lower = text.lower() if "İ" not in text else "İ".join(map(str.lower, text.split("İ")))
        self.lower: list[str] = _TOKEN.findall(self._lower)
        self.plain = self.lower
        if not self._lower.isascii():
            self.plain = [word if word.isascii() else _folded(word) for word in self.lower]
        self.stretched = _STRETCHES.search(self._lower) is not None
        self._loud: bool | None = None
        self._starts: list[int] = []
        self._read = 0

    def expressions(self, lexicon: _Lexicon) -> list[tuple[int, int, float]]:
        """Return where expressions start and end, and their weights; of two, the first and longer.

        Several words that weigh nothing are an expression too: they take their words away.
        """
        plain, lower = self.plain, self.lower
        watched, phrases, words = lexicon.watched, lexicon.phrases, lexicon.words
        places = [at for at, word in enumerate(plain) if word in watched]
        if self.stretched:
            stretched = [at for at, word in enumerate(lower) if _REPEATED.search(word)]
            places = sorted({*places, *stretched})
        found = []
        for at in places:
            for offset, phrase, weight in phrases.get(plain[at], ()):
                start = at - offset
                stop = start + len(phrase)
                if start >= 0 and plain[start:stop] == phrase:
                    found.append((start, -stop, weight))
            own = words.get(lower[at])
            if not own and self.stretched:
                own = _stretched_weight(words, lower[at])
            if own:
                found.append((at, -at - 1, own))
        if len(found) < 2:
            return [(start, -stop, weight) for start, stop, weight in found]
        found.sort()
        kept = []
        after = 0
        for start, stop, weight in found:
            if start >= after:
                after = -stop
                kept.append((start, after, weight))
        return kept

    def written(self, start: int, stop: int) -> str:
        """Return the tokens from `start` up to `stop` as their author wrote them."""
        starts, place = self._starts, self._read
        for word in self.lower[len(starts) : stop]:
            place = self._lower.index(word, place)
            starts.append(place)
            place += len(word)
        self._read = place
        return self.text[starts[start] : starts[stop - 1] + len(self.lower[stop - 1])]

    def shouts(self, start: int, stop: int) -> bool:
        """Tell whether a word of more than two letters stands out among others by its capitals."""
        if self._loud is None:
            self._loud = bool(_CAPITALS.search(self.text)) and not self.text.isupper()
        if not self._loud:  # most texts, told once
            return False
        said = [self.written(at, at + 1) for at in range(start, stop)]
        return any(len(word) > 2 and word.isupper() for word in said)


class _Hit(NamedTuple):
    """An expression that weighs: where it stands, what its cue shows, its weight, its kind."""

    at: int
    start: int
    stop: int
    weight: float
    is_denial: bool


def weigh(text: str) -> list[Cue]:
    """Return what speaks for and against in a French text, in the order in which it is said."""
    lexicon = _lexicon()
    read = _Text(text)
    expressions = read.expressions(lexicon)
    if not expressions:
        return []
    plain = read.plain
    # Signs sort before letters.
    ends = [at for at, word in enumerate(plain) if word < "a" and word[:1] in _SENTENCE_END]
    ends.append(len(plain) - 1)
    sentence = iter(ends)
    begin, end = 0, next(sentence)
    # Negations before `floor` are spent: in "ne manque pas de charme", charm is not denied.
    floor = 0
    cues: list[Cue] = []
    hits: list[_Hit] = []
    for at, after, weight in expressions:
        if at > end:
            cues += _in_sentence(read, begin, end, hits)
            hits = []
            while at > end:
                begin = floor = end + 1
                end = next(sentence)
        floor = _hit(lexicon, read, begin, floor, (at, after), weight, hits) if weight else after
    return cues + _in_sentence(read, begin, end, hits)


def _hit(
    lexicon: _Lexicon,
    read: _Text,
    begin: int,
    floor: int,
    span: tuple[int, int],
    weight: float,
    hits: list[_Hit],
) -> int:
    """Add the expression in `span` to a sentence's hits, as the words around it make it.

    Returns:
        Up to where negations are spent.
    """
    plain = read.plain
    at, after = start, stop = span
    is_phrase = after - at > 1
    is_denial = False
    # An expression that holds its own negation ("rien à redire") is not negated again.
    if is_phrase and not _OWN_NEGATION.isdisjoint(plain[at:after]):
        floor = after
        is_denial = weight > 0
    elif is_phrase or plain[at] not in _NOT_NEGATED:
        negator = _negated(plain, at, after, begin, floor, plain[after - 1] in lexicon.verbs)
        if negator is not None:
            is_denial = weight < 0
            weight *= _POSITIVE_NEGATED if weight > 0 else _NEGATIVE_NEGATED
            start, stop = min(start, negator), max(stop, negator + 1)
            if hits:
                hits[:] = [hit for hit in hits if hit.at != negator]
    degree = 1.0
    if at > begin and plain[at - 1] in _DEGREES:
        degree, first = _degree(plain, at, begin)
        weight *= degree
    if degree != 1:
        start = min(start, first)
        # "trop" counts alone, not where it strengthens what follows.
        if hits:
            hits[:] = [hit for hit in hits if hit.at < first]
    if read.shouts(at, after):
        weight *= _SHOUTED
    if read.stretched and any(map(_REPEATED.search, read.lower[at:after])):
        weight *= _STRETCHED
    hits.append(_Hit(at, start, stop, weight, is_denial))
    return floor


def _in_sentence(read: _Text, begin: int, end: int, hits: list[_Hit]) -> list[Cue]:
    """Return the cues of a sentence's hits: mock thanks, the side of a "mais", exclamations."""
    if not hits:
        return []
    if len(hits) > 1:
        hits = _unmasked(read.plain, hits)
    weights = [hit.weight for hit in hits]
    turn = _contrast(read.plain[begin : end + 1])
    if turn is not None and any(hit.at > begin + turn for hit in hits):
        weights = [
            hit.weight * (_BEFORE_CONTRAST if hit.at < begin + turn else _AFTER_CONTRAST)
            for hit in hits
        ]
    shouts = 1 + _EXCLAIMED * min(read.lower[end].count("!"), 3)
    return [
        Cue(read.written(hit.start, hit.stop), weight * shouts, hit.is_denial)
        for hit, weight in zip(hits, weights, strict=True)
    ]


def _unmasked(plain: list[str], hits: list[_Hit]) -> list[_Hit]:
    """Return the hits with mock thanks turned over: "bravo pour le retard" congratulates nobody."""
    turned = list(hits)
    for place, (hit, following) in enumerate(pairwise(hits)):
        if (
            plain[hit.at] in _THANKS
            and plain[hit.at + 1] == "pour"
            and following.at - hit.at <= _MOCK_REACH
            and following.weight < 0 < hit.weight
        ):
            turned[place] = hit._replace(weight=hit.weight * _MOCKED)
    return turned


def _stretched_weight(words: dict[str, float], word: str) -> float:
    """Return the weight of a word with letters repeated ("nuuuul"), written once or twice."""
    if not _REPEATED.search(word):
        return 0.0
    once, twice = _REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word)
    return words.get(once) or words.get(twice) or 0.0


def _negated(
    plain: list[str], start: int, stop: int, begin: int, floor: int, is_verb: bool
) -> int | None:
    """Return the place of the word that negates the expression, or None.

    Args:
        plain: folded tokens of the text.
        start: where the expression starts.
        stop: where it ends.
        begin: of its sentence.
        floor: up to where negations are spent.
        is_verb: whether "pas" may follow.
    """
    first = max(floor, start - _LOOK_BACK)
    # Most expressions stand in no negation: one look tells.
    places = () if _DENIES.isdisjoint(plain[first:start]) else range(start - 1, first - 1, -1)
    for back in places:
        word = plain[back]
        if word in _CLAUSE_END:
            break
        after = plain[back + 1]
        if word in _NEGATORS and after not in _NOT_ALONE:
            if (
                after == "que" and start - back <= 2
            ):  # "pas que bon", but "ne crois pas que ce soit bon"
                continue
            if word == "pas" and back > begin and plain[back - 1] == "pourquoi":
                continue
            return back
        if word == "plus" and _has_ne(plain[max(begin, back - _LOOK_BACK) : back]):
            return back
        if word == "zero" and back == start - 1:
            return back
        if word in ("ne", "n") and start - back <= 2:
            if _is_only(plain[back + 1 : stop + 4]):
                continue
            return back
    if is_verb and stop < len(plain) and plain[stop] in ("pas", "jamais", "guere"):
        return stop
    return None


def _has_ne(words: list[str]) -> bool:
    return "ne" in words or "n" in words


def _is_only(words: list[str]) -> bool:
    """Tell whether "que" follows in the same sentence: "ce n'est que du bonheur"."""
    for word in words:
        if word in ("que", "qu"):
            return True
        if word[:1] in _SENTENCE_END:
            break
    return False


def _degree(plain: list[str], at: int, begin: int) -> tuple[float, int]:
    """Return how much the words just before strengthen the expression, and where they begin."""
    degree, first = 1.0, at
    for back in (at - 1, at - 2):
        if back < begin:
            break
        word = plain[back]
        factor = _DEGREES.get(word)
        if factor is None:
            break
        if word == "peu" and back > begin and plain[back - 1] == "un":
            return degree * 0.6, back - 1
        degree, first = degree * factor, back
    return degree, first


def _contrast(sentence: list[str]) -> int | None:
    """Return the place of the word at which a sentence turns round, or None."""
    if _TURNS.isdisjoint(sentence):
        return None
    for marker in _CONTRASTS:
        for at, word in enumerate(sentence):
            if at and word == marker[0] and tuple(sentence[at : at + len(marker)]) == marker:
                return at
    return None


@lru_cache(maxsize=8_192)
def _folded(word: str) -> str:
    return folded(word)


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
        # People leave accents out; they do not add them: "salé" is not "sale". Without its accent
        # "rythmé" is a noun; verbs bring their own forms in -e.
        plain = folded(form)
        if plain.isascii() and not form.endswith(("é", "és")):
            unaccented.setdefault(plain, weight)
    by_longest: dict[str, list[tuple[int, list[str], float]]] = {}
    for parts, weight in phrases.items():
        offset = max(range(len(parts)), key=lambda at: (len(parts[at]), at))
        by_longest.setdefault(parts[offset], []).append((offset, list(parts), weight))
    watched = frozenset(by_longest).union(map(folded, words))
    return _Lexicon(unaccented | words, frozenset(verbs), by_longest, watched)


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
