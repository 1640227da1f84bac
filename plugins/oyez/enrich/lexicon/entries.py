"""Reads the lexicon files that ship with the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).resolve().parent


class Entry(NamedTuple):
    """One line of a lexicon file.

    Attributes:
        expression: one or several words, or an emoji.
        weight: from -4 (worst) to 4 (best).
        inflection: how the language module derives other forms; empty: as written.
    """

    expression: str
    weight: float
    inflection: str


def entries(name: str) -> Iterator[Entry]:
    """Yield the lines of `<name>.tsv`, comments left out, in the file's order.

    Raises:
        ValueError: a line has no weight between -4 and 4; correct that line.
    """
    path = _FOLDER / f"{name}.tsv"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        expression, weight, inflection = (
            (*line.split("\t"), "")[:3] if "\t" in line else ("", 0, "")
        )
        if not expression or not -4 <= float(weight) <= 4:
            raise ValueError(f"{path.name}, line {number}: write expression, tab, weight -4 to 4")
        yield Entry(expression, float(weight), inflection)
