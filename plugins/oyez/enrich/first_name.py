"""Knows first names: what people are called, and what only looks like it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from oyez.stage.text import folded

_FOLDER = Path(__file__).resolve().parent / "cues"


def is_first_name(word: str) -> bool:
    """Tell whether a word is a known first name; of "Jean-Luc", the first part decides."""
    first = folded(word).split("-")[0]
    return first in _listed("first_names") and first not in _listed("no_names")


def is_no_name(word: str) -> bool:
    """Tell whether a word is listed as anything but a first name: a title, a place, a brand."""
    return folded(word) in _listed("no_names")


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
