"""The share of messages answered within a delay: a rising staircase with the median marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

from markupsafe import Markup

from oyez.render.charts.canvas import SMALL, Canvas, Point
from oyez.render.palette import Palette

MARKS = (15, 60, 240, 1440, 4320, 10080)  # minutes named on the axis


def answered_curve(
    steps: Sequence[tuple[float, float]],
    median: float | None,
    title: str,
    duration: Callable[[float], str],
    percent: Callable[[float], str],
    palette: Palette,
    width: float,
    height: float,
) -> Markup:
    """Return the staircase of (minutes, answered share in %), minutes on a log axis."""
    canvas = Canvas(width, height, title)
    left, right, top, bottom = 36.0, 12.0, 12.0, 18.0
    last = max((minutes for minutes, _ in steps), default=1440.0)
    longest: float = next((float(mark) for mark in MARKS if mark >= last), last)
    plot_w, plot_h = width - left - right, height - top - bottom

    def point(minutes: float, share: float) -> Point:
        across = log(1 + minutes / 10) / log(1 + longest / 10)
        return left + plot_w * min(across, 1), top + plot_h * (1 - share / 100)

    for share in (0.0, 25.0, 50.0, 75.0, 100.0):
        y = point(0, share)[1]
        canvas.line((left, y), (width - right, y), palette.rule, 0.6)
        canvas.text(left - 6, y + 3, percent(share), palette.muted, SMALL, "end")
    for mark in MARKS:
        if mark <= longest:
            x = point(mark, 0)[0]
            canvas.line((x, top), (x, top + plot_h), palette.rule, 0.5)
            canvas.text(
                min(x, width - 14), height - 5, duration(mark), palette.muted, SMALL, "middle"
            )
    stairs: list[Point] = [point(0, 0)]
    for minutes, share in steps:
        x, y = point(minutes, share)
        stairs += [(x, stairs[-1][1]), (x, y)]
    stairs.append((width - right, stairs[-1][1]))
    canvas.area([*stairs, (stairs[-1][0], point(0, 0)[1])], palette.step(0.12))
    canvas.path(stairs, palette.primary, 2)
    if steps:
        end = stairs[-1]
        below = steps[-1][1] > 85
        canvas.text(
            end[0] - 4,
            end[1] + (13 if below else -6),
            percent(steps[-1][1]),
            palette.ink,
            SMALL,
            "end",
            700,
        )
    if median is not None:
        x, y = point(median, 50)
        canvas.line((x, y), (x, top + plot_h), palette.accent, 1.2, "2 2")
        canvas.circle((x, y), 4, palette.accent, "#ffffff")
        canvas.text(x + 8, y + 13, duration(median), palette.ink, SMALL, "start", 700)
    return canvas.markup()
