"""Sources by days: measured, measured in part, or nobody watching."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from oyez.render.charts.canvas import BODY, SMALL, Canvas, fit, width_of
from oyez.render.palette import Palette


def strip(
    rows: Sequence[tuple[str, Sequence[str], str]],
    days: Sequence[str],
    title: str,
    legend: Sequence[tuple[str, str]],
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return one line a source.

    Args:
        rows: (name, one of `full`, `empty`, `part`, `none` a day, text at the end).
        days: labels of the days.
        title: alternative text.
        legend: (state, words), in the order printed.
        palette: colours.
        width: CSS pixels.
        height: CSS pixels.
    """
    canvas = Canvas(width, height, title)
    left = min(max((width_of(r[0], BODY) for r in rows), default=0) + 12, width * 0.34)
    right = max((width_of(r[2], BODY) for r in rows), default=0) + 8
    top, bottom = 18.0, 16.0
    slot = (width - left - right) / max(len(days), 1)
    tall = (height - top - bottom) / max(len(rows), 1)
    thick = min(tall * 0.7, 22)
    x = left
    for state, words in legend:
        _cell(canvas, state, x, 2, 10, 10, palette)
        canvas.text(x + 14, 10.5, words, palette.muted)
        x += 28 + width_of(words, SMALL)
    for index, (name, states, text) in enumerate(rows):
        middle = top + tall * (index + 0.5)
        canvas.text(0, middle + 3.5, fit(name, BODY, left - 8), palette.ink, BODY)
        for column, state in enumerate(states):
            _cell(
                canvas, state, left + slot * column + 0.8, middle - thick / 2,
                slot - 1.6, thick, palette,
            )  # fmt: skip
        canvas.text(width, middle + 3.5, text, palette.ink, BODY, "end", 600)
    widest = max((width_of(one, SMALL) for one in days), default=0) + 6
    every = max(1, -(-int(widest) // max(int(slot), 1)))
    for column, label in enumerate(days):
        if column % every == 0:
            canvas.text(
                left + slot * (column + 0.5), height - 3, label, palette.muted, SMALL, "middle"
            )
    return canvas.markup()


def _cell(
    canvas: Canvas, state: str, x: float, y: float, width: float, height: float, palette: Palette
) -> None:
    if state == "full":
        canvas.rect(x, y, width, height, palette.primary, 1.5)
    elif state == "empty":
        canvas.rect(x, y, width, height, palette.ghost, 1.5)
    elif state == "part":
        canvas.rect(x, y + height / 2, width, height / 2, palette.primary)
        canvas.hatch(x, y, width, height / 2, palette.hatch, 3.5)
    else:
        canvas.rect(x, y, width, height, "#ffffff")
        canvas.hatch(x, y, width, height, palette.negative, 3.5)
