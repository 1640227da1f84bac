"""Reads how a brand answers: by name or not, signed or not, with thanks, care, and an open door.

People hear a person, not an account, when a reply names them, feels with them and bears a name.
Each trait is a rule over words that a reader can check; `docs/enrichment.md` says how often it is
right.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape

from oyez.enrich.address import address
from oyez.enrich.cue_list import cue_list, spoken
from oyez.enrich.first_name import is_first_name
from oyez.enrich.signature import signature
from oyez.enrich.thanks import thanks
from oyez.stage.language import UNDETERMINED
from oyez.stage.text import HANDLE, URL, folded

LANGUAGES = ("fr", "en")
_LEADING_HANDLES = re.compile(rf"(?:\s*{HANDLE.pattern}[\s,:]*)+")
# Stand in for what is taken out, so that no name is read across it; a link ends a sentence.
_LINK, _CALL = " ¶ ", " @ "
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a reply shows.

    Attributes:
        greeted: whom it addresses, as written: a known first name, a title and a name ("Mme
            Martin"), or the word between a greeting and a pause ("Hi Shubhanshu,"); None when it
            calls nobody by name. A handle, a place, a brand or "Client" is no name.
        greeted_unlisted: a capitalised word that is called, but no known first name ("in several
            browsers, Bylli."): a name only if the author is known to bear it.
        signed: the first name it is signed with, as written; None without one.
        signed_initials: the initials it is signed with instead; None without.
        thanks: whether it thanks; None in a language that is not read.
        empathy: whether it is sorry or says what the other one goes through; None likewise.
        follows_up: whether it asks something back or invites to go on; None likewise.
    """

    greeted: str | None
    greeted_unlisted: str | None
    signed: str | None
    signed_initials: str | None
    thanks: bool | None
    empathy: bool | None
    follows_up: bool | None


def traits(text: str, language: str, brands: Collection[str] = ()) -> Traits:
    """Return what a reply shows.

    Args:
        text: as published.
        language: ISO 639-1 code; `und` is read as French and English, others only for names.
        brands: names that are no person's: the client's brands and their spellings.
    """
    plain = _plain(text)
    known = frozenset(folded(brand) for brand in brands)
    sign = signature(plain, known)
    called = address(plain[: sign.start], known)
    readers = [code for code in LANGUAGES if language in (code, UNDETERMINED)]
    said = spoken(plain[: sign.start])
    labels = {
        found.expression.label for code in readers for found in cue_list("reply", code).find(said)
    }
    return Traits(
        greeted=called.name,
        greeted_unlisted=called.unlisted,
        signed=sign.name,
        signed_initials=sign.initials,
        thanks=any(thanks(said, code) for code in readers) if readers else None,
        empathy="empathy" in labels if readers else None,
        follows_up="follow_up" in labels or "?" in plain if readers else None,
    )


def is_addressed(shown: Traits, author: str | None = None) -> bool:
    """Tell whether a reply addresses a person by name.

    Args:
        shown: the reply's traits.
        author: name or handle of whom it answers; None when unknown: any `greeted` is right.
    """
    called = shown.greeted or shown.greeted_unlisted
    if called is None:
        return False
    if author is None:
        return shown.greeted is not None
    if _bears(author, called):
        return True
    # Another first name in a displayed name is a mistake; a handle hardly tells its owner's name.
    is_named = " " in author.strip() and any(map(is_first_name, _WORD.findall(author)))
    return shown.greeted is not None and not is_named


def _bears(author: str, called: str) -> bool:
    """Tell whether a name or handle holds a name or begins like it: "Ash" in "AshleyK78"."""
    name = _WORD.findall(folded(called))[-1]  # of "Mme Martin" only the name is borne
    borne = _WORD.findall(folded(author))
    return (
        name in borne
        or (len(name) > 2 and name in "".join(borne))
        or any(len(name) > 3 and word[:4] == name[:4] for word in borne)
    )


def _plain(text: str) -> str:
    """Return the text without the handles it begins with, links and other handles marked."""
    kept = URL.sub(_LINK, unescape(text))
    lead = _LEADING_HANDLES.match(kept)
    if lead:
        kept = kept[lead.end() :]
    return HANDLE.sub(_CALL, kept).strip()
