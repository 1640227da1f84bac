"""A sheet to draw on: writes SVG with presentation attributes only, in CSS pixels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from markupsafe import Markup

FONT = "Inter, 'Inter Ext', 'Oyez Marks', sans-serif"
SMALL, BODY = 9.0, 10.0
Point = tuple[float, float]


def number(value: float) -> str:
    """Return a coordinate: at most two decimals, no trailing zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def width_of(text: str, size: float) -> float:
    """Return about how wide `text` prints in Inter, a little generously."""
    narrow = sum(char in " \u00a0\u202f.,:;'’!|ijlIft()" for char in text)
    wide = sum(char in "mwMW%@" for char in text)
    return size * (0.58 * (len(text) - narrow - wide) + 0.32 * narrow + 0.9 * wide)


def fit(text: str, size: float, width: float) -> str:
    """Return `text`, cut with an ellipsis where it would be wider than `width`."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


class Canvas:
    """Collects shapes; `markup()` gives the SVG.

    Args:
        width: CSS pixels.
        height: CSS pixels.
        title: what the chart shows, in a sentence: its alternative text.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height, self._title = width, height, title
        self._parts: list[str] = []

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0
    ) -> None:
        """Add a filled rectangle; nothing if it has no area."""
        if width <= 0 or height <= 0:
            return
        round_ = f' rx="{number(radius)}"' if radius else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
            f'height="{number(height)}" fill="{fill}"{round_}/>'
        )

    def line(
        self, start: Point, end: Point, stroke: str, width: float = 0.75, dash: str = ""
    ) -> None:
        """Add a straight line."""
        self.path([start, end], stroke, width, dash)

    def path(
        self, points: Sequence[Point], stroke: str, width: float = 1.6, dash: str = ""
    ) -> None:
        """Add an open line through `points`."""
        if len(points) < 2:
            return
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<path d="{_outline(points)}" fill="none" stroke="{stroke}" '
            f'stroke-width="{number(width)}" stroke-linejoin="round" '
            f'stroke-linecap="{"butt" if dash else "round"}"{dashes}/>'
        )

    def area(self, points: Sequence[Point], fill: str) -> None:
        """Add a filled outline."""
        self._parts.append(f'<path d="{_outline(points)}Z" fill="{fill}"/>')

    def raw_path(self, d: str, fill: str) -> None:
        """Add a filled path from its own drawing commands."""
        self._parts.append(f'<path d="{d}" fill="{fill}"/>')

    def circle(self, centre: Point, radius: float, fill: str, stroke: str = "") -> None:
        """Add a disc, ringed with `stroke` if given."""
        ring = f' stroke="{stroke}" stroke-width="1.4"' if stroke else ""
        self._parts.append(
            f'<circle cx="{number(centre[0])}" cy="{number(centre[1])}" '
            f'r="{number(radius)}" fill="{fill}"{ring}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        content: str,
        fill: str,
        size: float = SMALL,
        anchor: Literal["start", "middle", "end"] = "start",
        weight: int = 400,
        upright: bool = False,
    ) -> None:
        """Add one line of text whose baseline is at `y`; `upright` turns it to read upwards."""
        if not content:
            return
        # Same look as the page: HarfBuzz draws a missing U+202F at half a space, U+2009 at 0.2 em,
        # and no line of a chart is ever broken.
        turn = f'transform="rotate(-90 {number(x)} {number(y)})" ' if upright else ""
        content = content.replace("\u202f", "\u2009")
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" '
            f'{turn}text-anchor="{anchor}" font-weight="{weight}" fill="{fill}" '
            f'font-family="{FONT}">{escape(content, quote=False)}</text>'
        )

    def hatch(
        self, x: float, y: float, width: float, height: float, stroke: str, step: float = 5
    ) -> None:
        """Add slanted lines over a rectangle: nobody was watching here."""
        if width <= 0 or height <= 0:
            return
        lines = []
        offset = step / 2
        while offset < width + height:
            x1, y1 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
            x2, y2 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
            lines.append(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")
            offset += step
        self._parts.append(
            f'<path d="{"".join(lines)}" fill="none" stroke="{stroke}" stroke-width="0.7"/>'
        )

    def gap(
        self, x: float, y: float, width: float, height: float, words: str, hatch: str, ink: str
    ) -> None:
        """Add a hatched band with its words on it, upright where the band is narrow."""
        self.hatch(x, y, width, height, hatch)
        long = width_of(words, SMALL) + 10
        centre, middle = x + width / 2, y + height / 2
        if long <= width:
            self.rect(centre - long / 2, middle - 8, long, 16, "#ffffff", 3)
            self.text(centre, middle + 3, words, ink, SMALL, "middle")
        else:
            self.rect(centre - 7, middle - long / 2, 14, long, "#ffffff", 3)
            self.text(centre + 3, middle, words, ink, SMALL, "middle", upright=True)

    def markup(self) -> Markup:
        """Return the drawing, to stand in a page."""
        size = f'width="{number(self.width)}" height="{number(self.height)}"'
        view = f'viewBox="0 0 {number(self.width)} {number(self.height)}"'
        # Every text was escaped when it was added.
        return Markup(  # noqa: S704
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} role="img">'
            f"<title>{escape(self._title, quote=False)}</title>{''.join(self._parts)}</svg>"
        )


def _outline(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
