"""Columns over time, each a stack of parts; gaps are hatched and events are flagged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from oyez.render.charts.canvas import SMALL, Canvas, width_of
from oyez.render.charts.scale import ticks
from oyez.render.palette import Palette


@dataclass(frozen=True)
class Column:
    """One day, week or month; `parts` is None where nothing was measured."""

    label: str
    parts: tuple[float, ...] | None
    is_partial: bool = False
    is_strong: bool = False  # the reported period among earlier ones
    ghost: float | None = None  # the same place in the earlier period
    older: float | None = None  # and a year before
    event: str = ""  # its number on the chart


@dataclass(frozen=True)
class Words:
    """What the chart says besides numbers."""

    title: str
    not_measured: str
    number: Callable[[float], str]
    legend: tuple[str, ...] = field(default=())
    ghost: str = ""
    older: str = ""
    partial: str = ""
    every: int = 0  # one name in so many columns; by default as many as there is room for


def columns(
    rows: Sequence[Column],
    colours: Sequence[str],
    words: Words,
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return stacked columns with their totals, an axis from zero and a legend above."""
    canvas = Canvas(width, height, words.title)
    flagged = any(row.event for row in rows)
    left, right, bottom = 34.0, 4.0, 18.0
    slot = (width - left - right) / max(len(rows), 1)
    labelled = slot >= 26
    # The highest column's number needs a line of its own under the legend.
    top = 22.0 + (16 if flagged else 0) + (9 if labelled and words.legend else 0)
    totals = [sum(row.parts) for row in rows if row.parts is not None]
    ghosts = [row.ghost for row in rows if row.ghost is not None]
    olders = [row.older for row in rows if row.older is not None]
    marks = ticks(0, max([*totals, *ghosts, *olders, 1]))
    plot = height - top - bottom
    thick = min(slot * 0.68, 64)

    def y(value: float) -> float:
        return top + plot * (1 - value / marks[-1])

    for mark in marks:
        canvas.line((left, y(mark)), (width - right, y(mark)), palette.rule, 0.6)
        canvas.text(left - 6, y(mark) + 3, words.number(mark), palette.muted, SMALL, "end")
    _legend(canvas, rows, colours, words, palette, left)
    every = words.every or max(
        1,
        -(-int(max((width_of(r.label, SMALL) for r in rows), default=1) + 6) // int(max(slot, 1))),
    )
    previous: tuple[float, float] | None = None
    hatched_from: float | None = None
    for index, row in enumerate(rows):
        middle = left + slot * (index + 0.5)
        x = middle - thick / 2
        if row.parts is None:
            start = left + slot * index
            if hatched_from is None:
                hatched_from = start
            if index + 1 == len(rows) or rows[index + 1].parts is not None:
                band = left + slot * (index + 1) - hatched_from
                canvas.gap(
                    hatched_from, top, band, plot, words.not_measured, palette.hatch, palette.muted
                )
                hatched_from = None
        else:
            base = 0.0
            for part, colour in zip(row.parts, colours, strict=True):
                canvas.rect(x, y(base + part), thick, y(base) - y(base + part), colour)
                base += part
            if base == 0:
                canvas.line((x, y(0)), (x + thick, y(0)), palette.primary, 1.4)
            if row.is_partial:
                canvas.hatch(x, top, thick, y(base) - top, palette.hatch)
            if labelled:
                prefix = "≥\u202f" if row.is_partial else ""
                canvas.text(
                    middle,
                    y(base) - 4,
                    prefix + words.number(base),
                    palette.ink,
                    SMALL,
                    "middle",
                    700 if row.is_strong else 500,
                )
        if row.event:
            canvas.line((middle, top - 8), (middle, top + plot), palette.accent, 1, "2 2")
            canvas.circle((middle, top - 12), 7, palette.accent)
            canvas.text(middle, top - 9, row.event, "#ffffff", SMALL, "middle", 700)
        here = None if row.ghost is None else (middle, y(row.ghost))
        if previous and here:
            canvas.path([previous, here], palette.muted, 1.3, "3 2")
        elif here and (index + 1 == len(rows) or rows[index + 1].ghost is None):
            canvas.circle(here, 1.6, palette.muted)
        previous = here
        if index % every == 0 or row.is_strong:
            canvas.text(
                middle,
                height - 5,
                row.label,
                palette.ink if row.is_strong else palette.muted,
                SMALL,
                "middle",
                700 if row.is_strong else 400,
            )
    for run in _runs([row.older for row in rows]):
        points = [(left + slot * (index + 0.5), y(value)) for index, value in run]
        canvas.path(points, palette.accent, 0.9)
    return canvas.markup()


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if len(run) > 1]


def _legend(
    canvas: Canvas,
    rows: Sequence[Column],
    colours: Sequence[str],
    words: Words,
    palette: Palette,
    left: float,
) -> None:
    x = left
    for colour, name in zip(colours, words.legend, strict=False):
        canvas.rect(x, 2, 9, 9, colour, 2)
        canvas.text(x + 13, 10, name, palette.muted)
        x += 25 + width_of(name, SMALL)
    if words.ghost and any(row.ghost is not None for row in rows):
        canvas.path([(x, 6.5), (x + 16, 6.5)], palette.muted, 1.3, "3 2")
        canvas.text(x + 20, 10, words.ghost, palette.muted)
        x += 32 + width_of(words.ghost, SMALL)
    if words.older and any(row.older is not None for row in rows):
        canvas.path([(x, 6.5), (x + 16, 6.5)], palette.accent, 0.9)
        canvas.text(x + 20, 10, words.older, palette.muted)
        x += 32 + width_of(words.older, SMALL)
    if words.partial and any(row.is_partial for row in rows):
        canvas.hatch(x, 2, 9, 9, palette.hatch, 3)
        canvas.text(x + 13, 10, words.partial, palette.muted)
