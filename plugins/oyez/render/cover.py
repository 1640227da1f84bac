"""The drawing on the cover: one of a few, in the theme's colours."""

from __future__ import annotations

from math import sin

from oyez.render.palette import Palette, mix

WIDTH, HEIGHT = 794.0, 1123.0  # A4 in CSS pixels


def drawing(choice: str, palette: Palette) -> bytes:
    """Return the cover's SVG background for the theme's choice."""
    ground = palette.primary
    light = mix(ground, "#ffffff", 0.16)
    shapes = {"waves": _waves, "rings": _rings, "blocks": _blocks}.get(choice, _plain)
    body = shapes(ground, light, palette.accent)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}">'
        f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="{ground}"/>{body}</svg>'
    ).encode()


def _waves(ground: str, light: str, accent: str) -> str:
    parts = []
    for index in range(16):
        base, height = 120 + index * 17, 34 + index * 2.6
        points = " ".join(
            f"{x:.0f},{base + height * sin(x / 150 + index * 0.21) * (x / WIDTH):.1f}"
            for x in range(260, 811, 10)
        )
        colour = mix(ground, "#ffffff", 0.07 + 0.014 * index) if index != 10 else accent
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.3"/>'
        )
    return "".join(parts)


def _rings(ground: str, light: str, accent: str) -> str:
    parts = [
        f'<circle cx="700" cy="170" r="{40 + index * 30}" fill="none" '
        f'stroke="{mix(ground, "#ffffff", 0.24 - index * 0.016)}" stroke-width="1.3"/>'
        for index in range(13)
    ]
    parts.append(f'<circle cx="700" cy="170" r="11" fill="{accent}"/>')
    return "".join(parts)


def _blocks(ground: str, light: str, accent: str) -> str:
    heights = (90, 150, 120, 210, 180, 270, 230, 340)
    parts = [
        f'<rect x="{430 + index * 46}" y="{400 - height}" width="34" height="{height}" '
        f'fill="{mix(ground, "#ffffff", 0.05 + index * 0.018) if index != 6 else accent}"/>'
        for index, height in enumerate(heights)
    ]
    return "".join(parts)


def _plain(ground: str, light: str, accent: str) -> str:
    return (
        f'<rect x="60" y="60" width="674" height="1003" fill="none" stroke="{light}" '
        'stroke-width="1.2"/>'
    )
