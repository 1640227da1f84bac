"""Negative to the left, positive to the right, one line a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from oyez.render.charts.canvas import BODY, SMALL, Canvas, fit, width_of
from oyez.render.palette import Palette


def diverging(
    rows: Sequence[tuple[str, int, int, str]],
    left_label: str,
    right_label: str,
    end_label: str,
    title: str,
    number: Callable[[float], str],
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return the bars of (name, negative count, positive count, text at the end)."""
    canvas = Canvas(width, height, title)
    left = min(max((width_of(r[0], BODY) for r in rows), default=0) + 12, width * 0.3)
    right = max(*(width_of(r[3], BODY) for r in rows), width_of(end_label, SMALL), 0) + 14
    gutter = 26.0
    most_left = max((r[1] for r in rows), default=0)
    most_right = max((r[2] for r in rows), default=0)
    unit = (width - left - right - 2 * gutter) / max(most_left + most_right, 1)
    axis = left + gutter + unit * most_left
    top = 16.0
    canvas.text(axis - 5, 9, left_label, palette.negative, SMALL, "end", 600)
    canvas.text(axis + 5, 9, right_label, palette.positive, SMALL, "start", 600)
    canvas.text(width, 9, end_label, palette.muted, SMALL, "end")
    slot = (height - top) / max(len(rows), 1)
    thick = min(slot * 0.64, 20)
    for index, (name, negative, positive, text) in enumerate(rows):
        middle = top + slot * (index + 0.5)
        canvas.text(0, middle + 3.5, fit(name, BODY, left - 8), palette.ink, BODY)
        canvas.rect(
            axis - unit * negative, middle - thick / 2, unit * negative, thick, palette.negative
        )
        canvas.rect(axis, middle - thick / 2, unit * positive, thick, palette.positive)
        canvas.text(
            axis - unit * negative - 4, middle + 3, number(negative), palette.muted, SMALL, "end"
        )
        canvas.text(axis + unit * positive + 4, middle + 3, number(positive), palette.muted, SMALL)
        canvas.text(width, middle + 3.5, text, palette.ink, BODY, "end", 600)
        canvas.line((0, middle + slot / 2), (width, middle + slot / 2), palette.rule, 0.5)
    canvas.line((axis, top), (axis, height), palette.muted, 0.8)
    return canvas.markup()
