"""Sentences drawn from small grammars, so that few of them repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

Rules = Mapping[str, Sequence[str]]
_SLOT = re.compile(r"\{(\w+)\}")
_AGREEMENT = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
_CONTRACTIONS = (
    (re.compile(r"\b([Dd])e [Ll]e (?=\w)"), r"\1u "),
    (re.compile(r"\b([Dd])e les (?=\w)"), r"\1es "),
    (re.compile(r"\bà le (?=\w)"), "au "),
    (re.compile(r"\bà les (?=\w)"), "aux "),
    (re.compile(r"\b([Qq])ue (?=il\b|elle\b|on\b|Osterel|Armault|Atelier)"), r"\1u'"),
    (re.compile(r"\b([Dd])e (?=Osterel|Armault|Atelier)"), r"\1'"),
)


def expand(rng: Random, template: str, rules: Rules, words: Mapping[str, str]) -> str:
    """The template with each {slot} taken from `words`, else drawn from `rules`.

    A slot {name_c} is {name} with a capital. `<masculine|feminine>` agrees with words["gender"] ("m" or "f").

    Raises:
        KeyError: a slot is in neither; add a rule of that name.
    """

    def fill(found: re.Match[str]) -> str:
        slot = found[1]
        if slot.endswith("_c"):
            return capital(fill_named(slot[:-2]))
        return fill_named(slot)

    def fill_named(slot: str) -> str:
        if slot in words:
            return words[slot]
        return expand(rng, rng.choice(rules[slot]), rules, words)

    text = _SLOT.sub(fill, template)
    feminine = words.get("gender") == "f"
    return _AGREEMENT.sub(lambda found: found[2] if feminine else found[1], text)


def contract(text: str) -> str:
    """French text with « de le », « à les », « que il » written as people write them."""
    for pattern, replacement in _CONTRACTIONS:
        text = pattern.sub(replacement, text)
    return text


def typeset(text: str) -> str:
    """French text as the press sets it: typographic apostrophes, no-break spaces."""
    text = text.replace("'", "’")
    text = re.sub(r" ([?!;:»])", "\u00a0\\1", text)
    return re.sub(r"« ", "«\u00a0", text)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def follow(text: str, more: str) -> str:
    """The text, and one more sentence after it."""
    return (
        f"{text} {capital(more)}"
        if text.endswith(("?", "!", ".", "…"))
        else f"{text}. {capital(more)}"
    )


class Unique:
    """Draws texts again until one is new."""

    def __init__(self, attempts: int = 12) -> None:
        self._seen: set[str] = set()
        self._attempts = attempts

    def draw(self, write: Callable[[], str]) -> str:
        """A text of `write`, new when one was found within the attempts."""
        text = ""
        for _ in range(self._attempts):
            text = write()
            if text not in self._seen:
                break
        self._seen.add(text)
        return text
