"""Horizontal bars, one a name, with the value at the end and the earlier value as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from oyez.render.charts.canvas import BODY, SMALL, Canvas, fit, width_of
from oyez.render.palette import Palette


@dataclass(frozen=True)
class Bar:
    """One name; a null value is written out as `text` over a hatched track."""

    label: str
    value: float | None
    text: str
    prior: float | None = None
    is_strong: bool = False
    parts: tuple[float, ...] = ()  # the value cut into shares, drawn in `colours`


def bars(
    rows: Sequence[Bar],
    title: str,
    palette: Palette,
    width: float,
    height: float,
    colours: Sequence[str] = (),
    prior_label: str = "",
) -> Markup:
    """Return the bars in the order given, as thick as `height` allows."""
    canvas = Canvas(width, height, title)
    top = 16.0 if prior_label and any(r.prior is not None for r in rows) else 0.0
    if top:
        canvas.line((1, 1), (1, 11), palette.ink, 1.6)
        canvas.text(7, 9.5, prior_label, palette.muted)
    widest = max((width_of(row.label, BODY) for row in rows), default=0)
    left = min(widest + 10, width * 0.34)
    right = max((width_of(row.text, BODY) for row in rows), default=0) + 10
    track = max(width - left - right, 20)
    most = max([*(r.value or 0 for r in rows), *(r.prior or 0 for r in rows)], default=0) or 1
    slot = (height - top) / max(len(rows), 1)
    thick = min(slot * 0.62, 20)
    for index, row in enumerate(rows):
        middle = top + slot * (index + 0.5)
        y = middle - thick / 2
        weight = 700 if row.is_strong else 400
        canvas.text(
            0, middle + 3.5, fit(row.label, BODY, left - 8), palette.ink, BODY, "start", weight
        )
        if row.value is None:
            canvas.hatch(left, y, track, thick, palette.hatch)
            canvas.text(left + track + 6, middle + 3.5, row.text, palette.muted, SMALL)
            continue
        canvas.rect(left, y, track, thick, palette.surface, 2)
        length = track * row.value / most
        if row.parts and colours:
            x, total = left, sum(row.parts) or 1
            for part, colour in zip(row.parts, colours, strict=True):
                canvas.rect(x, y, length * part / total, thick, colour)
                x += length * part / total
        else:
            strong = row.is_strong or not any(r.is_strong for r in rows)
            canvas.rect(left, y, length, thick, palette.primary if strong else palette.ghost, 2)
        if row.prior is not None:
            x = left + track * row.prior / most
            canvas.line((x, y - 2), (x, y + thick + 2), palette.ink, 1.6)
        canvas.text(left + track + 6, middle + 3.5, row.text, palette.ink, BODY, "start", 600)
    return canvas.markup()
