"""Makes a logo safe to print: a picture from a stranger becomes plain shapes or plain pixels."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET

from PIL import Image

from oyez.errors import ConfigError

MAX_BYTES = 400_000
MAX_PIXELS = 4_000_000
PRINTED_PIXELS = (900, 900)
MAX_ELEMENTS = 600
MAX_DEPTH = 12
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title",
    "defs", "linearGradient", "radialGradient", "stop", "clipPath",
}  # fmt: skip
_ATTRIBUTES = {
    "id", "viewBox", "width", "height", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r",
    "rx", "ry", "fx", "fy", "points", "transform", "fill", "fill-rule", "fill-opacity", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "opacity", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "clip-path", "clip-rule", "clipPathUnits",
}  # fmt: skip
_LOCAL = re.compile(r"url\(\s*#[\w-]+\s*\)")


def safe_logo(name: str, content: bytes) -> tuple[str, bytes]:
    """Return (`svg` or `png`, bytes) of the picture, rebuilt from what is known to be harmless.

    Shapes, colours and gradients of an SVG are kept; scripts, links, styles, texts and embedded
    pictures are dropped. A bitmap is decoded, made smaller and written anew without metadata.

    Raises:
        ConfigError: not an SVG or PNG, or too big; export it again as the message says.
    """
    if len(content) > MAX_BYTES:
        raise ConfigError(
            f"the logo weighs {len(content):,} bytes", where=name, action="keep it under 400 kB"
        )
    return ("svg", _svg(name, content)) if name.endswith(".svg") else ("png", _png(name, content))


def _svg(name: str, content: bytes) -> bytes:
    # Entities are how a small file becomes an enormous one: no drawing program needs them.
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise ConfigError(
            "the logo declares a document type", where=name, action="export it as plain SVG"
        )
    try:
        root = ET.fromstring(content)  # noqa: S314  entities are refused above
    except ET.ParseError as error:
        raise ConfigError(f"the logo is not SVG: {error}", where=name, action="export it again")  # noqa: B904
    if root.tag != f"{_SVG}svg":
        raise ConfigError("the logo is not SVG", where=name, action="export it as plain SVG")
    if "viewBox" not in root.attrib:
        raise ConfigError("the logo has no viewBox", where=name, action="export it with one")
    count = 0

    def copy(source: ET.Element, depth: int) -> ET.Element:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise ConfigError(
                f"the logo has more than {MAX_ELEMENTS} shapes or {MAX_DEPTH} nested groups",
                where=name,
                action="simplify it",
            )
        target = ET.Element(source.tag)
        for key, value in source.attrib.items():
            harmless = "(" not in value or key in ("transform", "gradientTransform")
            if key in _ATTRIBUTES and (harmless or _LOCAL.fullmatch(value) or "rgb" in value):
                target.set(key, value)
        if source.tag == f"{_SVG}title":
            target.text = source.text
        for child in source:
            if isinstance(child.tag, str) and child.tag.removeprefix(_SVG) in _SHAPES:
                target.append(copy(child, depth + 1))
        return target

    ET.register_namespace("", _SVG.strip("{}"))
    clean: bytes = ET.tostring(copy(root, 0), encoding="utf-8")
    return clean


def _png(name: str, content: bytes) -> bytes:
    try:
        # Pillow only warns of a bomb: the limit below refuses it.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture,
        ):
            # The size is read from the header: a small file may unpack to gigabytes.
            if picture.width * picture.height > MAX_PIXELS:
                raise ConfigError(
                    f"the logo is {picture.width} × {picture.height} pixels",
                    where=name,
                    action="make it smaller than four million pixels",
                )
            flat = picture.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ConfigError(  # noqa: B904
            f"the logo cannot be read: {error}", where=name, action="export it as PNG or SVG"
        )
    flat.thumbnail(PRINTED_PIXELS)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=False)
    return out.getvalue()
