"""Puts measured blocks on pages so that no page is half empty.

Every way of cutting the sequence into pages is weighed (a shortest path, as for lines in TeX): a
page pays for the white that its charts cannot fill by growing, and for starting inside a section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

GAP = 17.0  # CSS pixels between two blocks
HEAD_GAP = 45.0  # before a section that starts within a page: margin, hairline, padding
MOST_EXTRA_GAP = 16.0
SPLIT_COST = 40.0
PAGE_COST = 16.0


@dataclass(frozen=True)
class Piece:
    """A block as the paginator sees it; CSS pixels."""

    height: float
    elastic: float
    starts_section: bool
    head: float  # height of its section's head
    continued: float  # height of the head where a page starts inside the section
    may_share: bool = True  # a section that wants its own page start says no


@dataclass(frozen=True)
class Sheet:
    """Pieces [first, last) on one page, with what they grow by."""

    first: int
    last: int
    growth: tuple[float, ...]
    extra_gap: float


def paginate(pieces: Sequence[Piece], room: float, least_pages: int = 1) -> list[Sheet]:
    """Return the pages, at least `least_pages` where there are pieces enough."""
    count = len(pieces)
    most = count
    # best[k][i]: least cost of the first i pieces on k pages, and where the last page starts.
    best: list[list[tuple[float, int]]] = [[(inf, 0)] * (count + 1) for _ in range(most + 1)]
    best[0][0] = (0.0, 0)
    for pages in range(1, most + 1):
        for end in range(1, count + 1):
            for start in range(end - 1, -1, -1):
                cost = _cost(pieces, start, end, room)
                if cost == inf:
                    break
                total = best[pages - 1][start][0] + cost
                if total < best[pages][end][0]:
                    best[pages][end] = (total, start)
    wanted = [k for k in range(1, most + 1) if best[k][count][0] < inf]
    allowed = [k for k in wanted if k >= least_pages] or wanted[-1:]
    pages = min(allowed, key=lambda k: (best[k][count][0], k))
    cuts = [count]
    while pages:
        cuts.append(best[pages][cuts[-1]][1])
        pages -= 1
    cuts.reverse()
    return [_sheet(pieces, first, last, room) for first, last in pairwise(cuts)]


def _height(pieces: Sequence[Piece], start: int, end: int) -> float:
    total = pieces[start].head if pieces[start].starts_section else pieces[start].continued
    total += pieces[start].height
    for piece in pieces[start + 1 : end]:
        total += piece.height + (HEAD_GAP + piece.head if piece.starts_section else GAP)
    return total


def _cost(pieces: Sequence[Piece], start: int, end: int, room: float) -> float:
    height = _height(pieces, start, end)
    if any(piece.starts_section and not piece.may_share for piece in pieces[start + 1 : end]):
        return inf
    if height > room:
        return PAGE_COST if end == start + 1 else inf  # too tall alone: it flows on
    grown = sum(piece.elastic for piece in pieces[start:end]) + MOST_EXTRA_GAP * (end - start - 1)
    white = max(room - height - grown, 0) / room
    split = 0.0 if pieces[start].starts_section else SPLIT_COST
    # A section's first block alone at the foot of a page, the rest over the leaf, reads badly.
    orphan = end < len(pieces) and not pieces[end].starts_section and pieces[end - 1].starts_section
    alone = 8.0 if orphan and end - start > 1 else 0.0
    return PAGE_COST + split + alone + 1000 * white**3 + 40 * white


def _sheet(pieces: Sequence[Piece], first: int, last: int, room: float) -> Sheet:
    inside = pieces[first:last]
    slack = max(room - _height(pieces, first, last) - 2, 0)
    elastic = sum(piece.elastic for piece in inside)
    used = min(slack, elastic)
    growth = tuple(used * piece.elastic / elastic if elastic else 0.0 for piece in inside)
    gaps = max(len(inside) - 1, 1)
    return Sheet(first, last, growth, min((slack - used) / gaps, MOST_EXTRA_GAP))
