"""Lines over periods, broken where nothing was measured; and the small line of a tile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from oyez.render.charts.canvas import SMALL, Canvas, Point, width_of
from oyez.render.charts.scale import ticks
from oyez.render.palette import Palette


def line(
    labels: Sequence[str],
    values: Sequence[float | None],
    unmeasured: Sequence[bool],
    title: str,
    not_measured: str,
    number: Callable[[float], str],
    palette: Palette,
    width: float,
    height: float,
    bounds: tuple[float, float] | None = None,
) -> Markup:
    """Return a line with every point marked and its first, last, lowest and highest named.

    Args:
        labels: one a period, oldest first.
        values: in the same order; None where there is none.
        unmeasured: in the same order; True where nobody was watching: that is hatched, while a
            measured period without a value (no review, no average) is only a break in the line.
        title: alternative text.
        not_measured: the words on the hatched bands.
        number: how a value is written.
        palette: colours.
        width: CSS pixels.
        height: CSS pixels.
        bounds: least extent of the axis; by default that of the values.
    """
    canvas = Canvas(width, height, title)
    left, right, top, bottom = 36.0, 10.0, 14.0, 18.0
    known = [value for value in values if value is not None]
    low = min([*known, *([bounds[0]] if bounds else [])], default=0)
    high = max([*known, *([bounds[1]] if bounds else [])], default=1)
    marks = ticks(low, high, 3)
    plot = height - top - bottom
    slot = (width - left - right) / max(len(values), 1)

    def point(index: int, value: float) -> Point:
        share = (value - marks[0]) / (marks[-1] - marks[0])
        return left + slot * (index + 0.5), top + plot * (1 - share)

    for mark in marks:
        y = point(0, mark)[1]
        strong = mark == 0 and marks[0] < 0
        canvas.line((left, y), (width - right, y), palette.muted if strong else palette.rule, 0.6)
        canvas.text(left - 6, y + 3, number(mark), palette.muted, SMALL, "end")
    _gaps(canvas, unmeasured, left, slot, top, plot, not_measured, palette)
    for run in _runs(values):
        points = [point(index, value) for index, value in run]
        canvas.path(points, palette.primary, 2)
    named = _named(values)
    every = max(
        1,
        -(-int(max((width_of(one, SMALL) for one in labels), default=1) + 6) // int(max(slot, 1))),
    )
    last = len(values) - 1
    for index, value in enumerate(values):
        x = left + slot * (index + 0.5)
        if (last - index) % every == 0:
            canvas.text(
                x,
                height - 5,
                labels[index],
                palette.ink if index == last else palette.muted,
                SMALL,
                "middle",
                700 if index == last else 400,
            )
        if value is None:
            continue
        here = point(index, value)
        if index == last:
            canvas.circle(here, 4, palette.accent, "#ffffff")
        else:
            canvas.circle(here, 2.4, palette.primary)
        if index in named:
            below = _is_dip(values, index)
            # Under a point at the foot of the plot stand the names of the axis.
            beside = below and here[1] + 13 > top + plot
            canvas.text(
                here[0] - (7 if beside else 0),
                here[1] + (3 if beside else 13 if below else -7),
                number(value),
                palette.ink,
                SMALL,
                "end" if beside else "middle",
                700 if index == last else 500,
            )
    return canvas.markup()


def sparkline(
    values: Sequence[float | None],
    unmeasured: Sequence[bool],
    title: str,
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return a small line without axis: the shape of the last periods, the last one marked."""
    canvas = Canvas(width, height, title)
    known = [value for value in values if value is not None]
    if not known:
        return Markup("")
    low, high = min(known), max(known)
    room = (high - low) or 1
    step = (width - 8) / max(len(values) - 1, 1)

    def point(index: int, value: float) -> Point:
        return 4 + step * index, 4 + (height - 8) * (1 - (value - low) / room)

    for run in _runs(values):
        points = [point(index, value) for index, value in run]
        if len(points) > 1:
            canvas.area(
                [*points, (points[-1][0], height), (points[0][0], height)], palette.step(0.12)
            )
            canvas.path(points, palette.primary, 1.3)
        else:
            canvas.circle(points[0], 1.2, palette.primary)
    for index, is_gap in enumerate(unmeasured):
        if is_gap:
            canvas.hatch(4 + step * (index - 0.5), 2, step, height - 2, palette.hatch, 3)
    if values[-1] is not None:
        canvas.circle(point(len(values) - 1, values[-1]), 2.4, palette.accent, "#ffffff")
    return canvas.markup()


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _named(values: Sequence[float | None]) -> set[int]:
    known = [(value, index) for index, value in enumerate(values) if value is not None]
    if not known:
        return set()
    if len(known) <= 13:
        return {index for _, index in known}
    return {min(known)[1], max(known)[1], known[-1][1]}


def _is_dip(values: Sequence[float | None], index: int) -> bool:
    here = values[index]
    around = [
        values[near]
        for near in (index - 1, index + 1)
        if 0 <= near < len(values) and values[near] is not None
    ]
    return bool(around) and all(here < one for one in around)  # type: ignore[operator]


def _gaps(
    canvas: Canvas,
    unmeasured: Sequence[bool],
    left: float,
    slot: float,
    top: float,
    plot: float,
    not_measured: str,
    palette: Palette,
) -> None:
    index = 0
    while index < len(unmeasured):
        if not unmeasured[index]:
            index += 1
            continue
        start = index
        while index < len(unmeasured) and unmeasured[index]:
            index += 1
        x, band = left + slot * start, slot * (index - start)
        canvas.gap(x, top, band, plot, not_measured, palette.hatch, palette.muted)
