"""Days by hours, darker where there is more; the busiest cells carry their number."""

from __future__ import annotations

from collections.abc import Sequence, Set

from markupsafe import Markup

from oyez.render.charts.canvas import SMALL, Canvas, width_of
from oyez.render.palette import Palette


def heatmap(
    cells: dict[tuple[int, int], int],
    row_names: Sequence[str],
    column_names: Sequence[str],
    title: str,
    palette: Palette,
    width: float,
    height: float,
    unmeasured: Set[tuple[int, int]] = frozenset(),
) -> Markup:
    """Return a grid of `cells` keyed by (row, column); a missing cell counts zero.

    Those in `unmeasured` are hatched instead: nobody was watching.
    """
    canvas = Canvas(width, height, title)
    left, top = max(width_of(name, SMALL) for name in row_names) + 8, 16.0
    slot = (width - left) / len(column_names)
    tall = (height - top) / len(row_names)
    most = max(cells.values(), default=0)
    for column, name in enumerate(column_names):
        if column % 2 == 0:
            canvas.text(left + slot * (column + 0.5), 9, name, palette.muted, SMALL, "middle")
    for row, name in enumerate(row_names):
        canvas.text(0, top + tall * (row + 0.5) + 3, name, palette.muted, SMALL)
        for column in range(len(column_names)):
            count = cells.get((row, column), 0)
            share = count / most if most else 0
            x, y = left + slot * column, top + tall * row
            if not count and (row, column) in unmeasured:
                canvas.hatch(x + 0.8, y + 0.8, slot - 1.6, tall - 1.6, palette.hatch, 4)
                continue
            canvas.rect(x + 0.8, y + 0.8, slot - 1.6, tall - 1.6, palette.step(share**0.8), 1.5)
            if share >= 0.6 and most > 1:
                canvas.text(x + slot / 2, y + tall / 2 + 3, str(count), "#ffffff", 8, "middle", 600)
    return canvas.markup()
