"""Finds listed expressions in a text: whole words, in any case and accents, the longest first.

A list is a file of `cues/`: expression, label, sectors in which it means nothing (commas between).
The star of `boycott*` stands for any ending, hashtags included. An expression labelled `none` is
read and left out, so that "mort de rire" hides its "mort".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from oyez.stage.text import phrase, words

FOLDER = Path(__file__).resolve().parent / "cues"
_NOTHING = "none"
# Beyond, a text repeats itself; its first 10,000 characters are read.
_READ = 10_000


class Expression(NamedTuple):
    """One line of a list.

    Attributes:
        written: as in the file, without its star; what people are shown.
        label: what it tells.
        sectors: those in which it tells nothing.
        parts: its words, folded.
        is_open: any ending fits its last word.
    """

    written: str
    label: str
    sectors: frozenset[str]
    parts: tuple[str, ...]
    is_open: bool


class Found(NamedTuple):
    """An expression in a text, with the place of its first word among the text's words."""

    expression: Expression
    at: int


class CueList:
    """The expressions of a list, ready to be looked for.

    Args:
        expressions: of one language.
    """

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self._by_first: dict[str, list[Expression]] = {}
        self._open: dict[str, list[Expression]] = {}
        for one in sorted(expressions, key=lambda one: -len(one.parts)):
            is_prefix = one.is_open and len(one.parts) == 1
            group = self._open if is_prefix else self._by_first
            group.setdefault(one.parts[0], []).append(one)
        self._lengths = sorted({len(prefix) for prefix in self._open}, reverse=True)

    def find(self, said: Sequence[str]) -> list[Found]:
        """Return what is found in a text's words (`spoken`), in order, never overlapping."""
        found, at = [], 0
        while at < len(said):
            one = self._at(said, at)
            if one is None:
                at += 1
                continue
            if one.label != _NOTHING:
                found.append(Found(one, at))
            at += len(one.parts)
        return found

    def _at(self, said: Sequence[str], at: int) -> Expression | None:
        for one in self._by_first.get(said[at], ()):
            end = at + len(one.parts)
            if end > len(said):
                continue
            heard = said[at:end]
            if one.is_open and heard[-1].startswith(one.parts[-1]):
                heard = (*heard[:-1], one.parts[-1])
            if tuple(heard) == one.parts:
                return one
        word = said[at].removeprefix("#")
        for length in self._lengths:
            if len(word) >= length and word[:length] in self._open:
                return self._open[word[:length]][0]
        return None


def spoken(text: str) -> tuple[str, ...]:
    """Return the words of a text as the lists know them."""
    return tuple(words(text[:_READ]))


@cache
def cue_list(topic: str, language: str) -> CueList:
    """Return a topic's list in one language; where there is none, an empty one.

    Args:
        topic: first part of the file's name: `crisis`, `insult`, `intent`, `reply`, `thanks`.
        language: ISO 639-1 code.

    Raises:
        ValueError: a line is not an expression, a tab and a label; correct that line.
    """
    path = FOLDER / f"{topic}_{language}.tsv"
    return CueList(list(read(path)) if path.is_file() else [])


def read(path: Path) -> Iterator[Expression]:
    """Yield the lines of a list, comments left out; see `cue_list`."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        written, label, sectors = (*line.split("\t"), "", "")[:3]
        parts = tuple(phrase(written.rstrip("*")).split())
        if not parts or not label:
            raise ValueError(f"{path.name}, line {number}: write expression, tab, label")
        names = frozenset(sectors.split(",")) if sectors else frozenset[str]()
        yield Expression(written.rstrip("*"), label, names, parts, written.endswith("*"))
