"""Finds the part of a text that speaks of each brand, when it names several.

A text about one brand is judged whole, always. A text about several is cut into clauses, and each
brand is judged by its own. The rules:

1. A clause ends where a sentence does, at a semicolon, and at a dash or stroke between spaces. One
   begins at a word of contrast ("but", "whereas", "mais", "alors que"), and at a comma or an "and"
   if a name with a verb of its own follows ("Verdier is lovely and Corvane is rude"), or a verb of
   feeling and then another name ("I love Verdier and hate Corvane").
2. Handles at the head of a text, else those at its tail, call the brands that it speaks to. The
   head belongs to the first clause; a clause that says "you" or "vous" is about those who were
   called, too.
3. A clause that names brands is about them: about one alone, or about all of them alike.
4. A clause that names none goes on about the brands before it; a new sentence turns back to those
   who were called, if any were. What stands before the first name is about that one.
5. What a brand is measured against ("lovelier than Corvane", "contrairement à Corvane"), or what
   was left for it ("passé de Corvane à Verdier"), with what is told of it there ("contrairement à
   Corvane qui m'ignore"), is no part of what is said: the praise is the
   other brand's, and Corvane, if nothing else speaks of it, keeps its bare name, neither good nor
   bad. Decision 0051 tells why no verdict is turned round.

Nothing is cut inside a name. In a language without words of its own here, sentences and names still
decide. A brand of which only its name is left is judged by the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A full stop ends no sentence after a single letter or a title; a semicolon may end an "&amp;".
_SENTENCE_END = re.compile(
    r"(?<!\b[a-z])(?<!\bdr)(?<!\bmr)(?<!\bmme)(?<!\bst)(?<!\bvs)[.!?…]+[\"'”’»)]*(?=\s|$|[@#])"
    r"|[。！？؟]|\n+",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"(?<!&amp)(?<!&lt)(?<!&gt);|؛|；|(?<=\s)[-–—/|](?=\s)")
_HANDLE = re.compile(r"@\w+(?:[.-]\w+)*")
_STRUNG = rf"(?:[\s.,:;&/-]|&amp;|\b(?:and|et|rt|cc|via)\b|{_HANDLE.pattern})*"
_HANDLES = re.compile(_STRUNG, re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
# A comparison stands close to the name: "better value for the money than Corvane".
_LOOK_BACK = 80
# "I love Verdier and hate the people at Corvane".
_LOOK_AHEAD = 24
# What is told of a name in an aside is a part of the aside.
_RELATIVE = re.compile(r"\s+(?:qui|dont|who|which|whose)\b[^,.;:!?…\n()–—]*", re.IGNORECASE)


@dataclass(frozen=True)
class _Language:
    """How a language parts what it says of two brands.

    Attributes:
        contrast: begins a clause.
        joint: stands before a name that begins a clause.
        verb: follows a name that is a subject alone; a plural would have both names for subject.
        you: speaks to the brands that were called.
        against: leads up to a name that another one is compared with, from its one group on.
        feeling: begins a clause if a name follows and another one came before.
    """

    contrast: re.Pattern[str]
    joint: re.Pattern[str]
    verb: re.Pattern[str]
    you: re.Pattern[str]
    against: re.Pattern[str]
    feeling: re.Pattern[str]


def _language(
    *, contrast: str, joint: str, verb: str, you: str, against: str, feeling: str
) -> _Language:
    return _Language(
        re.compile(rf"\b(?:{contrast})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{joint})\s*$", re.IGNORECASE),
        re.compile(rf"\s*(?:{verb})(?!\w)", re.IGNORECASE),
        re.compile(rf"\b(?:{you})(?!\w)", re.IGNORECASE),
        re.compile(rf"\b(?:{against})\s*$", re.IGNORECASE),
        re.compile(rf"(?:{feeling})(?!\w)", re.IGNORECASE),
    )


_LANGUAGES = {
    "en": _language(
        contrast="but|whereas|while|whilst|however|although|though",
        joint=r"(?:,(?:\s*and)?|\band|&amp;|&)(?:\s+the)?",
        verb=r"['’]s|(?:is|was|has|does)(?:n['’]t)?|gives|gets|costs|sucks|rocks|keeps",
        you=r"you|your|yours|you['’](?:re|ve|ll|d)|u|ur|y['’]?all",
        against=r"(?:(?P<than>than|(?<=better )then|(?<=worse )then)"
        r"|(?P<unlike>unlike|versus|vs\.?|instead of|compared (?:to|with)|contrary to)"
        r"|(?:switched|switching|switch|moved|moving) (?P<left>from))"
        r"(?: (?:the|a|with|at|in|on|from|to|flying|using))*",
        feeling=r"(?:,(?:\s*and)?|\band|&amp;|&)\s+(?:(?:i|we)\s+)?(?:(?:really|absolutely|just|also)\s+)?"
        r"(?:love|hate|like|dislike|prefer|adore|detest|despise|loathe|recommend|avoid|trust|miss|"
        r"regret|can['’]?t stand|do(?:n['’]?t| not) (?:like|recommend|trust))",
    ),
    "fr": _language(
        contrast=r"mais|(?<=, )autant|alors qu(?:e|['’])|tandis qu(?:e|['’])|cependant|par contre"
        r"|en revanche|pourtant|toutefois",
        joint=r"(?:,(?:\s*et)?|\bet|&amp;|&)(?:\s+(?:chez|la|le|l['’]))?",
        verb=r"(?:n['’]|m['’])?(?:est|était|a|avait)|sera|aura|reste|fait|répond|propose"
        r"|c['’]est|ça",
        you=r"vous|votre|vos|tu|toi|ton|ta|tes",
        against=r"(?:(?:mieux|meilleure?s?|pires?|plus|moins|plutôt)\b[^.;!?]{0,40}?"
        r"\b(?P<than>que|qu['’])"
        r"|(?P<unlike>contrairement (?:à|aux?)|à la différence (?:de|du|d['’])"
        r"|au lieu (?:de|du|d['’])|par rapport (?:à|aux?)|comparée?s? (?:à|aux?))"
        r"|(?:passée?s?|partie?s?) (?P<left>de|du|d['’])|(?P<quit>quitt(?:é|er|e|ons|ant)))"
        r"(?:\s*(?:chez|avec|la|le|les|l['’]|celle de|celui de))*",
        feeling=r"(?:,(?:\s*et)?|\bet)\s+(?:(?:je|on|nous)\s+|j['’])(?:ne\s+|n['’])?"
        r"(?:adore|aime|déteste|hais|fuis|évite|préfère|recommande|déconseille|regrette|supporte|"
        r"adorons|aimons|détestons|évitons|préférons|recommandons|déconseillons)",
    ),
}


@dataclass(frozen=True)
class _Clause:
    """A stretch of a text.

    Attributes:
        said: the stretch.
        brands: named in it.
        opens: whether a sentence begins here.
        is_aside: whether it only holds what another brand is measured against.
        is_worded: whether it says more than names.
    """

    said: str
    brands: frozenset[str]
    opens: bool
    is_aside: bool
    is_worded: bool


_Names = Sequence[tuple[int, int, str]]


def about(
    text: str, spans: Mapping[str, Sequence[tuple[int, int]]], language: str
) -> dict[str, str]:
    """Return the part of a text that speaks of each brand, by brand id.

    Args:
        text: as written.
        spans: brand id → where it is named in the text, as `Matcher.spans` tells.
        language: ISO 639-1 code of the text, or `und`.
    """
    if len(spans) < 2:
        return dict.fromkeys(spans, text)
    names = sorted((start, end, brand) for brand, found in spans.items() for start, end in found)
    words = _LANGUAGES.get(language)
    head, tail = _head(text), _tail(text)
    handles = [(start, brand) for start, _, brand in names if text[start] == "@"]
    called = frozenset(brand for start, brand in handles if start < head) or frozenset(
        brand for start, brand in handles if start >= tail
    )
    clauses = _clauses(text, names, words, head)
    own: dict[str, list[_Clause]] = {brand: [] for brand in spans}
    first = next((one.brands for one in clauses if one.brands and not one.is_aside), frozenset())
    before = first or frozenset(spans)
    for clause in clauses:
        if clause.is_aside:
            continue
        brands = clause.brands
        if words and called and words.you.search(_HANDLE.sub("", clause.said)):
            brands |= called
        elif not brands and clause.opens:
            brands = called
        before = brands or before
        for brand in before:
            own[brand].append(clause)
    return {
        brand: _part(text, said, clauses) if said else _name(text, spans[brand])
        for brand, said in own.items()
    }


def _head(text: str) -> int:
    """Return where the handles at the head end; 0 if there is nothing else."""
    found = _HANDLES.match(text)
    end = found.end() if found else 0
    return end if end < len(text) else 0


def _tail(text: str) -> int:
    """Return where the handles at the tail begin."""
    begin = len(text)
    for found in reversed(list(_HANDLE.finditer(text))):
        if not _HANDLES.fullmatch(text, found.end(), begin):
            break
        begin = found.start()
    return begin


def _clauses(text: str, names: _Names, words: _Language | None, head: int) -> list[_Clause]:
    openings = {0, *(found.end() for found in _SENTENCE_END.finditer(text))}
    cuts = openings | {found.end() for found in _PAUSE.finditer(text)}
    asides: set[int] = set()
    if words:
        cuts |= {found.start() for found in words.contrast.finditer(text)}
        for start, end, _ in names:
            near = max(head, start - _LOOK_BACK)
            against = words.against.search(text, near, start)
            joint = words.joint.search(text, near, start)
            if against and against.lastgroup:
                asides.add(against.start(against.lastgroup))
                cuts |= {against.start(against.lastgroup), _aside_end(text, end, names)}
            elif joint and words.verb.match(text, end):
                cuts.add(joint.start())
        for found in words.feeling.finditer(text):
            follows = any(0 <= start - found.end() <= _LOOK_AHEAD for start, _, _ in names)
            if follows and any(head <= start < found.start() for start, _, _ in names):
                cuts.add(found.start())
    starts = [start for start, _, _ in names]
    kept = [0]
    for cut in sorted(cuts):
        place = bisect_left(starts, cut)
        if head < cut < len(text) and not (place and cut < names[place - 1][1]):
            kept.append(cut)
    clauses = []
    for start, end in pairwise([*kept, len(text)]):
        here = names[bisect_left(starts, start) : bisect_left(starts, end)]
        clauses.append(
            _Clause(
                text[start:end].strip(),
                frozenset(brand for _, _, brand in here),
                start in openings,
                start in asides,
                _is_worded(text, start, end, here),
            )
        )
    return clauses


def _aside_end(text: str, end: int, names: _Names) -> int:
    """Return where an aside ends: after "contrairement à Corvane qui m'ignore", say."""
    found = _RELATIVE.match(text, end)
    if not found or any(end <= start < found.end() for start, _, _ in names):
        return end
    return found.end()


def _is_worded(text: str, start: int, end: int, names: _Names) -> bool:
    rest, at = "", start
    for begin, stop, _ in names:
        rest += text[at:begin] + " "
        at = max(at, stop)
    return bool(_LETTER.search(_HANDLE.sub("", rest + text[at:end])))


def _name(text: str, places: Sequence[tuple[int, int]]) -> str:
    # Without its sign, since models skip handles, and what holds nothing else gets no verdict.
    start, end = places[0]
    return text[start:end].lstrip("@#")


def _part(text: str, own: Sequence[_Clause], clauses: Sequence[_Clause]) -> str:
    if len(own) == len(clauses) or not any(clause.is_worded for clause in own):
        return text
    return " ".join(clause.said for clause in own if clause.said)
