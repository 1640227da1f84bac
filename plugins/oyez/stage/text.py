"""Reads a text the way people mean it: folded spelling, words, and what is left without addresses.

Everything that compares two spellings in the stages goes through `folded`, so that "L’ORÉAL" in a
post and "l'Oreal" in a client's file are the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

from oyez.keys import may_hold_link

# What NFKD leaves alone although readers take it for plain letters.
_LETTERS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'", "′": "'",
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ı": "i", "\u00ad": None, "\u200b": None, "\u200c": None,
        "\u200d": None, "\u200e": None, "\u200f": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'«»]+", re.IGNORECASE)
# Led by its sign, so that the search passes over letters at its fastest.
HANDLE = re.compile(r"@(?<![\w@/]@)\w+(?:[.-]\w+)*(?:@[\w-]+(?:\.[\w-]+)+)?")

# Scripts written without spaces: each sign is a word, so that a name can be found inside a run.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+|[&+]"
_PAUSE_SIGN = r'[,;:!?…()\[\]"«»“”|](?=\s|$)|(?<=\s)[–—|(\["«“]'
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)(?P<host>[^\s/?\#<>"'«»]+)[^\s<>"'«»]*
    | [\w.+-]+@(?P<mail>[\w-]+(?:\.[\w-]+)+)
    | (?<![\w@/])@(?P<handle>\w+(?:[.-]\w+)*(?:@[\w-]+(?:\.[\w-]+)+)?)
    | (?<!\w)[\#＃](?P<tag>\w+)
    | (?P<word>{_WORD})
    | (?P<pause>{_PAUSE_SIGN})
    """,
    re.VERBOSE,
)
# The same where no sign of an address, a handle or a tag stands: the common case, read at a glance.
_PLAIN_TOKEN = re.compile(rf"({_WORD})|{_PAUSE_SIGN}")
_CAMEL = re.compile(r"[^\W\d_]+?(?=[A-Z][a-z])|[A-Z]{2,}(?![a-z])|[^\W\d_]+|\d+")
_PAUSE = "¦"


def folded(text: str) -> str:
    """Return the text without accents and case, with one apostrophe and no invisible signs.

    Compatibility forms fold too: full-width letters, ligatures, mathematical alphabets. The result
    may be longer or shorter than the text; it is for comparing, not for printing.
    """
    return unaccented(text).casefold()


def unaccented(text: str) -> str:
    """Return `folded` text that keeps its capitals."""
    if text.isascii():
        return text.replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words(text: str, known: Container[str] = ()) -> Iterator[str]:
    """Yield the words of a text, folded, in order.

    "l'Oréal" gives `l`, `oreal`; "Coca-Cola" gives `coca`, `cola`; `&` and `+` are words (H&M,
    Canal+). A handle gives `@handle`, with its server and without. A hashtag gives `#hashtag`, then
    the words of its capitals (#BoycottVerdier) unless the whole is `known`. A link or an e-mail
    address gives its host (`www.` off) as one word, never its path: a headline's slug names nobody.
    A pause of the sentence gives `¦`, so that no name is read across it.
    """
    plain = unaccented(text)
    if _is_plain(plain):
        for one in _PLAIN_TOKEN.findall(plain):
            yield one.casefold() or _PAUSE
        return
    for found in _TOKEN.finditer(plain):
        if found.lastgroup == "word":
            yield found[0].casefold()
        else:
            yield from _signed(found, known)


def _is_plain(text: str) -> bool:
    """Tell a text in which nothing but words and pauses can be found."""
    return not ("@" in text or "#" in text or "＃" in text or may_hold_link(text))


def placed(text: str, known: Container[str] = ()) -> Iterator[tuple[str, int, int]]:
    """Yield `words` with their places: where each starts and ends in the text as written.

    Slower than `words`. The words that one sign gives (a handle with and without its server) share
    its place.
    """
    origins: list[int] = []
    signs: list[str] = []
    for at, sign in enumerate(text):
        plain = unaccented(sign)
        signs.append(plain)
        origins += [at] * len(plain)
    for found in _TOKEN.finditer("".join(signs)):
        start, end = origins[found.start()], origins[found.end() - 1] + 1
        if found.lastgroup == "word":
            yield found[0].casefold(), start, end
        else:
            yield from ((word, start, end) for word in _signed(found, known))


def _signed(found: re.Match[str], known: Container[str]) -> Iterator[str]:
    kind = found.lastgroup
    if kind == "pause":
        yield _PAUSE
        return
    value = found[0] if kind is None else found[kind]
    if kind == "tag":
        whole = "#" + value.casefold()
        yield whole
        if whole not in known:
            parts = [part.casefold() for part in _CAMEL.findall(value)]
            if len(parts) > 1 or "_" in value:
                yield from parts
                yield _PAUSE
    elif kind == "handle":
        whole = "@" + value.casefold()
        yield whole
        if "@" in value:
            yield whole.rpartition("@")[0]
    else:
        yield value.casefold().removeprefix("www.")


def phrase(text: str) -> str:
    """Return a name or term as `words` would read it inside a sentence, one space between words."""
    return " ".join(word for word in words(text) if word != _PAUSE)


def bare(text: str) -> str:
    """Return the text without links, handles and hash signs: what its author worded."""
    if may_hold_link(text):
        text = URL.sub(" ", text)
    if "@" in text:
        text = HANDLE.sub(" ", text)
    return text.replace("#", " ").strip()
