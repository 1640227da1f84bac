"""A ring of shares with the total in the middle and a direct label a share."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from markupsafe import Markup

from oyez.render.charts.canvas import BODY, SMALL, Canvas, number
from oyez.render.palette import Palette


def donut(
    parts: Sequence[tuple[str, int, str, str]],
    centre: str,
    caption: str,
    title: str,
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return the ring and its labels.

    Args:
        parts: (name, count, text printed beside it, colour), clockwise from noon.
        centre: the total, as printed.
        caption: what the total counts.
        title: alternative text.
        palette: colours.
        width: CSS pixels.
        height: CSS pixels; the ring takes it all.
    """
    canvas = Canvas(width, height, title)
    outer = min(height, width * 0.46) / 2
    inner = outer * 0.64
    x, y = outer, height / 2
    total = sum(count for _, count, _, _ in parts)
    if not total:
        canvas.raw_path(_ring(x, y, outer, inner, 0, 0.99999), palette.surface)
    start = 0.0
    for _, count, _, colour in parts:
        if count and total:
            share = count / total
            end = start + min(share, 0.99999)
            canvas.raw_path(_ring(x, y, outer, inner, start, end), colour)
            start += share
    canvas.text(x, y + 4, centre, palette.ink, max(outer * 0.32, 14), "middle", 700)
    canvas.text(x, y + 18, caption, palette.muted, SMALL, "middle")
    step = min(height / max(len(parts), 1), 34)
    first = y - step * (len(parts) - 1) / 2
    for index, (name, _, text, colour) in enumerate(parts):
        here = first + step * index
        canvas.rect(outer * 2 + 18, here - 5, 10, 10, colour, 2)
        canvas.text(outer * 2 + 34, here + 4, name, palette.ink, BODY)
        canvas.text(width - 2, here + 4, text, palette.ink, BODY, "end", 600)
        if index + 1 < len(parts):
            middle = here + step / 2
            canvas.line((outer * 2 + 18, middle), (width, middle), palette.rule, 0.6)
    return canvas.markup()


def _ring(x: float, y: float, outer: float, inner: float, start: float, end: float) -> str:
    def at(radius: float, turn: float) -> str:
        angle = 2 * pi * turn - pi / 2
        return f"{number(x + radius * cos(angle))} {number(y + radius * sin(angle))}"

    large = 1 if end - start > 0.5 else 0
    o, i = number(outer), number(inner)
    return (
        f"M{at(outer, start)}A{o} {o} 0 {large} 1 {at(outer, end)}"
        f"L{at(inner, end)}A{i} {i} 0 {large} 0 {at(inner, start)}Z"
    )
