"""Finds who signed a reply: a first name after a final mark or on a closing line, or initials.

After `^` or `~` any capitalised word is a name. A dash or a bare last word is weaker evidence: it
must end a sentence or be a known first name, or "MIA - EWR" would be signed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from oyez.enrich.first_name import is_first_name, is_no_name
from oyez.stage.text import folded

# A signature stands in the last characters of a reply.
_REACH = 80
_PART_NUMBER = re.compile(r"\s*[(\[]?\d{1,2}/\d{1,2}[)\]]?\s*$")
_DECORATION = re.compile(r"[^\w.!?…)¶@]+$")
_MARK = re.compile(
    r"[\^~*]|(?<![^\W])_(?=[^\W\d_])|(?<!\S)/(?=\w)|(?<![^\W_])(?<![:;])(?:--|[-–—])"
)
# A sentence ends by a stop, a link, a line's end or an emoji.
_END = re.compile(r"[.!?…¶\n)]|[^\w\s.,;'’\"«»&@#%€$/^~*|–—-]")
_NAME = r"[^\W\d_](?:[\w'’]|-(?=\w))*"
_ROLE = r"(?:\s*[,|–—-]\s*|\s+(?:du|de|des|d['’]|from|at|of|for|pour|chez|@)\b\s*).{2,50}"
_WHO = re.compile(
    rf"(?P<name>{_NAME})(?:\s+(?P<last>[^\W\d_]\.?|{_NAME}))?(?P<role>{_ROLE})?\.?", re.DOTALL
)
# Without a mark before the name, only these show that a role follows it.
_SERVICE = re.compile(
    r"service|support|sav\b|client|customer|care\b|team|équipe|conseil|modérat|community|"
    r"social media|assistance|relation|advis[eo]r|agent\b|representative|chargée? d|responsable|"
    r"technicien",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:St|Ste|Mt|Mr|Mrs|Ms|Dr|Mme|Mlle|M|[A-Z])\.$")
_ELIDED = re.compile(r"[LDJMNSTCldjmnstc]['’](?=\w)")
_INITIALS = re.compile(r"[^\W\d_]{1,3}\.?|(?:[^\W\d_]\.\s?-?){1,3}")
_CLOSING = re.compile(
    r"(?:(?:bien|très)\s+)?cordialement|cdt|bien à (?:vous|toi)|amicalement|"
    r"(?:(?:best|kind|kindest|warm|warmest)\s+)?regards|sincerely|yours(?: truly)?|warmly",
    re.IGNORECASE,
)
# Alone on a last line these too announce a name; inside one they address it: "Merci Julie".
_FAREWELL = re.compile(
    r"(?:(?:bonne|belle|excellente)\s+(?:fin de\s+)?(?:journée|soirée|semaine)|à (?:très )?bientôt|"
    r"bon week-?end|merci|thanks|thank you|cheers|all the best|best|take care)[\s,.!]*\n",
    re.IGNORECASE,
)


# Within a line, whoever greeted before now signs: "Bonjour Paul, … Bonne soirée, Anaïs."
_GREETED = re.compile(
    r"\W*(?:(?:re-?)?bonjour|bonsoir|salut|coucou|hello|hi|hey|dear|re|ch(?:er|ère)s?)\b",
    re.IGNORECASE,
)
_PARTING = re.compile(
    r"(?:(?:bonne|belle|excellente)\s+(?:fin de\s+)?(?:journée|soirée|semaine)|à (?:très )?bientôt|"
    r"à très vite|bon week-?end|have a (?:great|good|nice) (?:day|evening|one|weekend))\s*,\s+",
    re.IGNORECASE,
)


class Signature(NamedTuple):
    """Who signed.

    Attributes:
        name: a first name, as written; None without one.
        initials: as written; None without.
        start: where the signature begins in the text; the text's length without one.
    """

    name: str | None
    initials: str | None
    start: int


def signature(text: str, brands: frozenset[str] = frozenset()) -> Signature:
    """Return who signed a text.

    Args:
        text: without links and handles (`reply.traits`): a link is `¶`, which ends a sentence.
        brands: folded names that are no person's.
    """
    kept = _DECORATION.sub("", _PART_NUMBER.sub("", text))
    for found in (_marked(kept, brands), _closed(kept, brands), _last_word(kept, brands)):
        if found:
            return found
    return Signature(None, None, len(text))


def _marked(text: str, brands: frozenset[str]) -> Signature | None:
    floor = max(0, len(text) - _REACH)
    marks = [mark for mark in _MARK.finditer(text) if mark.start() >= floor]
    for mark in reversed(marks):
        who, sign = text[mark.end() :], mark[0][0]
        before = text[: mark.start()].rstrip(" \t")
        is_after_end = not before or _END.match(before[-1]) is not None
        is_attached = not who[:1].isspace()
        if sign in "-–—" and not is_after_end:
            # Inside a sentence, only "… this form -Richard"; not "MIA - EWR", not "vol AF12 -CDG".
            last = before.rsplit(maxsplit=1)[-1]
            is_bare = not is_attached or last[0].isupper() or last[0].isdigit()
            if is_bare and not _has_office(who.strip()):
                continue
        found = _who(who.strip(), brands, is_marked=sign not in "-–—")
        if found is None:
            continue
        name, initials = found
        is_weak = sign == "*" or (sign in "-–—" and not (is_after_end and is_attached))
        if name and is_weak and not is_first_name(name):
            continue
        return Signature(name, initials, mark.start())
    return None


def _has_office(who: str) -> bool:
    """Tell whether a first name and what its bearer does follow: "Pierre, conseiller"."""
    found = _WHO.fullmatch(who)
    return bool(
        found
        and found["role"]
        and is_first_name(found["name"])
        and found["name"][0].isupper()
        and _SERVICE.search(found["role"])
    )


def _closed(text: str, brands: frozenset[str]) -> Signature | None:
    closings = [_CLOSING, _FAREWELL]
    if _GREETED.match(text) and text[-1:] not in tuple("!?"):
        closings.append(_PARTING)
    for closing in closings:
        for mark in reversed(list(closing.finditer(text, max(0, len(text) - _REACH)))):
            found = _who(text[mark.end() :].strip(" ,.!\n"), brands)
            if found and found[0]:
                return Signature(*found, mark.start())
    return None


def _last_word(text: str, brands: frozenset[str]) -> Signature | None:
    """Read a last sentence or line that holds a name only, with a role or without."""
    ends = [
        end.end()
        for end in _END.finditer(text, 0, max(0, len(text) - 1))
        if not _ABBREVIATED.search(text[max(0, end.end() - 6) : end.end()])
    ]
    if not ends or text[-1] in "!?":
        return None
    start = ends[-1]
    if start < len(text) and not text[start].isspace() and text[start - 1] not in "¶\n":
        return None
    found = _who(text[start:].strip(), brands)
    if found is None:
        return None
    name, initials = found
    if name is None:
        # Capitals alone shout ("WTF") or name an airport: after a link or on a line they sign.
        is_apart = text[:start].rstrip(" ")[-1:] in ("¶", "\n")
        return Signature(None, initials, start) if is_apart and len(initials or "") > 1 else None
    role = text[start:].strip()[len(name) :].strip(" .")
    is_plain = not role or len(role.split()) == 1 or _SERVICE.search(role) is not None
    if is_plain and is_first_name(name) and not name.isupper():
        return Signature(name, None, start)
    return None


def _who(
    text: str, brands: frozenset[str], *, is_marked: bool = False
) -> tuple[str | None, str | None] | None:
    """Return a name and initials, one of them None; None where the text is neither."""
    if not text or folded(text) in brands:
        return None
    # "^AB" signs although "Ab" is no first name; "^LOL" does not.
    if is_no_name(text.strip(".")) and not (is_marked and len(text.strip(".")) < 3):
        return None
    if _INITIALS.fullmatch(text) and text.replace(".", "").isupper():
        return None, text.rstrip(".") if text.count(".") < 2 else text
    found = _WHO.fullmatch(text)
    if not found:
        return None
    name, last = found["name"], found["last"]
    if not name[0].isupper() or is_no_name(name) or (last and is_no_name(last)):
        return None
    if (last and not last[0].isupper()) or _ELIDED.match(name):
        return None
    if folded(name) in brands or any(
        folded(text) == brand or folded(text).startswith(f"{brand} ") for brand in brands
    ):
        return None
    if (name.isupper() or len(name) < 3) and not is_first_name(name):
        return None
    return name, None
