"""Round numbers for an axis."""

from __future__ import annotations

from math import ceil, floor, log10


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return about `wanted` evenly spaced round numbers that enclose `low` and `high`."""
    if high <= low:
        high = low + 1
    rough = (high - low) / wanted
    power = 10 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
    if low == 0 and high == floor(high):
        step = max(step, 1)  # no half mentions
        if step == 2.5:
            step = 5
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]
