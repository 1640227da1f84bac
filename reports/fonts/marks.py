"""Draws `oyez-marks.ttf`: the arrows and stars that Inter's Latin subset lacks.

    python reports/fonts/marks.py

The file is committed; run this again after adding a mark. The drawing is ours, under the project's
own licence. Without it those signs would come from whatever font the machine happens to have.
"""

from math import cos, pi, sin
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

STAR = [
    (500 + r * sin(i * pi / 5), 380 + r * cos(i * pi / 5)) for i, r in enumerate([430, 175] * 5)
]
MARKS = {
    0x25B2: ("up", 700, [(350, 640), (650, 90), (50, 90)]),
    0x25BC: ("down", 700, [(50, 640), (650, 640), (350, 90)]),
    0x2605: ("star", 1000, STAR),
    0x2192: (
        "right",
        1000,
        [(80, 410), (690, 410), (480, 620), (580, 700), (920, 360), (580, 20), (480, 100),
         (690, 310), (80, 310)],
    ),
    0x25CF: ("dot", 760, [(380 + 300 * sin(i * pi / 16), 360 + 300 * cos(i * pi / 16))
                          for i in range(32)]),
}  # fmt: skip


def glyph(points: list[tuple[float, float]]) -> object:
    """Return a closed outline through `points`, clockwise."""
    pen = TTGlyphPen(None)
    if points:
        pen.moveTo(tuple(map(round, points[0])))
        for point in points[1:]:
            pen.lineTo(tuple(map(round, point)))
        pen.closePath()
    return pen.glyph()


def main() -> None:
    """Write the font beside this file."""
    order = [".notdef", *(name for name, _, _ in MARKS.values())]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({code: name for code, (name, _, _) in MARKS.items()})
    font.setupGlyf({".notdef": glyph([]), **{n: glyph(p) for n, _, p in MARKS.values()}})
    font.setupHorizontalMetrics({".notdef": (500, 0), **{n: (w, 0) for n, w, _ in MARKS.values()}})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Oyez Marks", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 3_800_000_000
    font.font.recalcTimestamp = False
    font.save(Path(__file__).with_name("oyez-marks.ttf"))


if __name__ == "__main__":
    main()
