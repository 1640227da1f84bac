"""Speaks one language: the catalogue of sentences, compiled in memory from its .po file."""

from __future__ import annotations

import gettext
import io
import re
from functools import cache

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from oyez import resources
from oyez.errors import RenderError

LANGUAGES = ("fr", "en")
NARROW = "\u202f"
NO_BREAK = "\u00a0"


class Language:
    """The words and the conventions of one locale such as `fr-FR`."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.locale = Locale.parse(tag, sep="-")
        self.code = self.locale.language
        self._catalogue = _catalogue(self.code)

    def knows(self, key: str) -> bool:
        """Tell whether the catalogue has a sentence under `key`."""
        return key in _keys(self.code)

    def say(self, key: str, count: int | None = None, /, **words: str) -> str:
        """Return the sentence `key` with its words in place, in the plural that `count` asks for.

        Raises:
            RenderError: the language lacks the sentence; add it to its .po file.
        """
        if not self.knows(key):
            raise RenderError(
                f"no sentence for {key!r}",
                where=f"reports/locales/{self.code}",
                action="add it to oyez.po",
            )
        text = (
            self._catalogue.gettext(key)
            if count is None
            else self._catalogue.ngettext(key, key, count)
        )
        if text == key:
            # Some sentences read the same whatever the count: a key is never a sentence.
            text = self._catalogue.gettext(key)
        # Words may come from a mention: they are put in place, never read as a template.
        return re.sub(r"\{(\w+)\}", lambda match: words[match[1]], text)

    def join(self, names: list[str]) -> str:
        """Return an enumeration: "a, b et c"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("list.and", first=", ".join(names[:-1]), last=names[-1])


def french_spaces(text: str) -> str:
    """Return `text` with the no-break spaces that French sets around its punctuation."""
    text = re.sub(r" ([;!?])", NARROW + r"\1", text)
    text = re.sub(r" (:|»|%)", NO_BREAK + r"\1", text)
    return text.replace("« ", "«" + NO_BREAK)


@cache
def _catalogue(code: str) -> gettext.GNUTranslations:
    path = resources.folder("reports") / "locales" / code / "LC_MESSAGES" / "oyez.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code, abort_invalid=True)
    if code == "fr":
        for message in catalogue:
            if isinstance(message.string, str):
                message.string = french_spaces(message.string)
            else:
                message.string = tuple(french_spaces(one) for one in message.string or ())
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _keys(code: str) -> frozenset[str]:
    path = resources.folder("reports") / "locales" / code / "LC_MESSAGES" / "oyez.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    return frozenset(
        (one.id if isinstance(one.id, str) else one.id[0])
        for one in catalogue
        if one.id and all([one.string] if isinstance(one.string, str) else one.string or [""])
    )
