"""Finds whom a text addresses by name: after a greeting, or called in passing.

"Bonjour Julie", "Hannah, we are sorry", "Thanks for reaching out, Sal." A name that is only spoken
of ("our manager, Julie, will call", "in Charlotte, Austin") is not addressed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oyez.enrich.first_name import is_first_name, is_no_name
from oyez.stage.text import folded

_NAME = r"[^\W\d_](?:[\w'’]|-(?=\w))*"
_SENTENCE = r"(?:^|(?<=[.!?…¶\n]))[\s¡'\"«(]*(?:\d/\d\s*)?"
_AGAIN = r"(?:[\s,]+(?:again|there|encore|à nouveau|re-?bonjour|à toi|à vous)\b)?"
_TITLE = r"(?:(?:m|mr|mrs|ms|mme|mlle|dr)\b\.?|monsieur|madame|mademoiselle|miss)"
_GREETING = re.compile(
    rf"{_SENTENCE}(?P<greeting>hi|hiya|hey|heya|hello|howdy|dear|greetings|good (?:morning|"
    rf"afternoon|evening|day)|(?:re)?-?bonjour|bonsoir|salut|coucou|re|ch(?:er|ère|ers|ères)|bienvenue|"
    rf"welcome){_AGAIN}(?P<pause>[\s,.!:]+)(?:(?:cher|chère|dear)\s+)?"
    rf"(?:(?P<title>{_TITLE})\s+)?(?P<name>{_NAME})(?P<last>(?:\s+{_NAME}){{0,2}})",
    re.IGNORECASE,
)
_OPENING = re.compile(rf"^[\s¡«\"]*(?P<name>{_NAME})(?:\s?[,!]|\s[-–—](?=\s[a-zà-ÿ]))(?=\s)")
_STOP = r"(?=\s*(?:[.!?;:)…¶]|[-–—]\s|$)|\s+(?:and|et|but|mais)\b|,)"
_CALLED = re.compile(
    rf"(?P<before>[\w’'\"»)]+)\s*,\s*(?P<name>{_NAME})(?:\s+(?:Jr|[A-Z])\b\.?)?{_STOP}"
)
_WARM = re.compile(
    rf"\b(?:merci(?: beaucoup| bien)?|thanks(?: so much| a lot)?|thank you(?: so much)?|thx|sorry|"
    rf"apologies|désolée?s?|navrée?s?|congrats|congratulations|bravo|félicitations|bienvenue|"
    rf"welcome|cheers|bonne (?:fin de )?(?:journée|soirée|semaine)|belle journée|"
    rf"à (?:très )?bientôt|bon week-?end|oh no|hélas|mince)\s+(?P<name>{_NAME})\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:merci|thanks|thank you|thx|sorry|appreciate|apolog\w+|désolée?s?|navrée?s?|"
    r"regrettons)\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"\s*(?:[,.!:;?…)¶]|[-–—]\s+(?![A-Z]{3}\b)|$)")
_NEXT = re.compile(r",?\s*(?:(?:and|et|or|ou)\s+)?([^\W\d_]\w*)")
_LAST = re.compile(rf"(?P<before>[\w’']+)\s+(?P<name>{_NAME})\s*$")
# Before a name that is spoken of, not to: "our manager, Julie", "ask Julie".
_ROLE = re.compile(
    r"team|agent|advis[eo]r|colleague|manager|director|founder|ceo|artist|singer|actor|author|"
    r"president|minister|collegue|conseill(?:er|ere)|responsable|direct(?:eur|rice)|gerante?|"
    r"fondat(?:eur|rice)|chanteu(?:r|se)|act(?:eur|rice)|aut(?:eur|rice)|ministre"
)
_LEAD = re.compile(
    r"to|with|from|by|at|for|of|in|on|near|via|and|or|the|an?|see|ask|contact|call|named|is|was|"
    r"than|about|as|like|my|our|your|his|her|their|aux?|avec|de|du|des|chez|par|pour|sur|vers|en|"
    r"dans|et|ou|l[ea]s?|une?|m(?:on|a)|notre|nos|votre|vos|son|sa|leurs?|est|que|qui|comme|"
    r"appelee?|appelez|demandez|contactez|voir"
)


class Address(NamedTuple):
    """Whom a text calls.

    Attributes:
        name: a known first name, a title and a name, or any capitalised word that stands alone
            between a greeting and a pause; as written; None without.
        unlisted: another capitalised word that may be a name; None without.
    """

    name: str | None
    unlisted: str | None


def address(text: str, brands: frozenset[str] = frozenset()) -> Address:
    """Return whom a text addresses.

    Args:
        text: without links, handles and signature (`reply.traits`).
        brands: folded names that are no person's.
    """
    unlisted: str | None = None
    for found in _GREETING.finditer(text):
        name = found["name"]
        if _is_other(found, brands):
            continue
        is_closed = _is_pause_next(text, found.end("name"))
        is_adjacent = not found["pause"].strip()
        is_usual = name[0].isupper() and not name.isupper()
        if found["title"] and name[0].isupper():
            return Address(f"{found['title']} {name}", None)
        # "Hello. Will you …": after a pause, and in odd capitals, a name is followed by a pause.
        if is_first_name(name) and ((is_usual and is_adjacent) or (is_closed and len(name) > 2)):
            return Address(name, None)
        # Names come from everywhere: in "Hi Shubhanshu," the place itself tells that it is one.
        if is_usual and is_adjacent and is_closed:
            return Address(name, None)
        if is_usual and is_closed:
            unlisted = unlisted or name
    called = _called(text, brands)
    if called:
        return Address(called, None)
    return Address(None, unlisted or _unlisted(text, brands))


def _called(text: str, brands: frozenset[str]) -> str | None:
    opening = _OPENING.match(text)
    if opening and _is_name(opening["name"], brands):
        return opening["name"]
    for warm in _WARM.finditer(text):
        if _is_name(warm["name"], brands):
            return warm["name"]
    for found in _CALLED.finditer(text):
        if _is_name(found["name"], brands) and not _is_enumerated(text, found, brands):
            return found["name"]
    for sentence in re.split(r"[.!?…¶\n]", text):
        last = _LAST.search(sentence)
        if (
            last
            and _FEELING.search(sentence)
            and last["before"][0].islower()
            and not _ROLE.fullmatch(folded(last["before"]))
            and not _LEAD.fullmatch(folded(last["before"]))
            and _is_name(last["name"], brands)
        ):
            return last["name"]
    return None


def _unlisted(text: str, brands: frozenset[str]) -> str | None:
    """Return a capitalised word that is called between commas, whatever it is."""
    for found in _CALLED.finditer(text):
        name = found["name"]
        is_usual = name[0].isupper() and not name.isupper() and "'" not in folded(name)
        is_other = is_no_name(name) or folded(name) in brands
        if is_usual and not is_other and not _is_enumerated(text, found, brands):
            return name
    return None


def _is_enumerated(text: str, found: re.Match[str], brands: frozenset[str]) -> bool:
    """Tell whether a name between commas belongs to a list of names or to a word before it."""
    before = folded(found["before"])
    if _ROLE.fullmatch(before):
        return True
    lead = text[max(0, found.start() - 20) : found.start()].rstrip(" ")
    is_first_of_sentence = not lead or lead[-1] in ".!?…¶\n"
    if found["before"][0].isupper() and not is_first_of_sentence and before not in brands:
        return True
    following = _NEXT.match(text, found.end())
    return following is not None and following[1][0].isupper() and following[1] != "I"


def _is_name(word: str, brands: frozenset[str]) -> bool:
    return (
        word[0].isupper()
        and (not word.isupper() or len(word) > 3)
        and is_first_name(word)
        and folded(word) not in brands
    )


def _is_other(found: re.Match[str], brands: frozenset[str]) -> bool:
    """Tell whether what follows a greeting is a brand or a title without a name."""
    said = folded(found["name"] + found["last"])
    return is_no_name(found["name"]) or any(
        said == brand or said.startswith(f"{brand} ") for brand in brands
    )


def _is_pause_next(text: str, at: int) -> bool:
    # Not "MIA - EWR": between two codes a dash is no pause.
    return _PAUSE.match(text, at) is not None
