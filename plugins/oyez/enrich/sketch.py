"""Sketches what a text says in a few numbers, so that near-duplicates are found without reading it.

MinHash (Broder 1997): the share of equal numbers in two sketches estimates the share of their pairs
of words that two texts have in common. Each number is 16 bits of a hash: no word can be read out of
it. Why these numbers: docs/decisions/0052.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from oyez.stage.text import bare, words

SLOTS = 48  # numbers in a sketch
BAND = 4  # numbers in a row that must be equal for two sketches to be compared at all
# Fewer words than this are nobody's text: "merci beaucoup !" is said by everybody.
SHORTEST = 5
# Up to here one changed word changes too many pairs: such a text is like itself alone.
SHORT = 12
# Copies are cut at the end: what their beginnings say tells whether they are copies.
READ = 120
# A number counts as much as this many pairs: a template with other numbers is other news.
NUMBER_WEIGHT = 3
# Sketches made in another way are like none of these.
VERSION = 1

_MAX = np.uint64(0xFFFF)


def sketch(title: str | None, text: str) -> list[int] | None:
    """Return a text's sketch: `SLOTS` numbers of 16 bits; `BAND` for a short text; None below.

    A title is read only where the text alone is short: desks write their own.

    Args:
        title: headline.
        text: what is said; links, handles and the signs of hashtags are left out here.
    """
    said = _said(text)
    if len(said) < SHORT and title:
        said = _said(title) + said
    if len(said) < SHORTEST:
        return None
    if len(said) < SHORT:
        digest = hashlib.blake2b(f"{VERSION} {' '.join(said)}".encode(), digest_size=2 * BAND)
        return [int(one) for one in np.frombuffer(digest.digest(), "<u2")]
    said = said[:READ]
    parts = {f"{one} {other}" for one, other in pairwise(said)}
    for word in said:
        if word[0].isdigit():
            parts.update(f"{word} {copy}" for copy in range(NUMBER_WEIGHT))
    hashes = np.fromiter((crc32(part.encode()) for part in parts), np.uint64, len(parts))
    factors, offsets = _draws()
    least = (factors[:, None] * hashes[None, :] + offsets[:, None]).min(axis=1)
    return [int(one) for one in (least >> np.uint64(16)) & _MAX]


def _said(text: str) -> list[str]:
    said = [word for word in words(bare(text)) if word[0].isalnum()]
    # How tools of old mark a repost.
    return said[1:] if said[:1] == ["rt"] else said


@cache
def _draws() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    drawn = hashlib.shake_256(f"oyez sketch {VERSION}".encode()).digest(16 * SLOTS)
    numbers = np.frombuffer(drawn, "<u8").astype(np.uint64)
    return numbers[:SLOTS] | np.uint64(1), numbers[SLOTS:]
