"""The colours of a report, derived from a theme's few."""

from __future__ import annotations

from dataclasses import dataclass


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` in it, as #rrggbb."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    scaled = [channel / 255 for channel in _channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in scaled]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass(frozen=True)
class Palette:
    """Colours by their role; all #rrggbb."""

    primary: str
    accent: str
    positive: str
    negative: str
    neutral: str
    ink: str
    muted: str

    @property
    def rule(self) -> str:
        """Hairlines."""
        return mix(self.muted, "#ffffff", 0.72)

    @property
    def surface(self) -> str:
        """Ground of tiles and of empty bar tracks."""
        return mix(self.primary, "#ffffff", 0.94)

    @property
    def tint(self) -> str:
        """Ground of notices."""
        return mix(self.accent, "#ffffff", 0.9)

    @property
    def ghost(self) -> str:
        """Earlier values and competitors: present, behind."""
        return mix(self.primary, "#ffffff", 0.62)

    @property
    def hatch(self) -> str:
        """Lines of what was not measured."""
        return mix(self.muted, "#ffffff", 0.45)

    def step(self, share: float) -> str:
        """Return the primary colour at `share` (0 to 1) of its strength."""
        return mix(self.surface, self.primary, share)
