"""Prints an edition as a PDF: a pure function of the edition and of its themes.

Two passes: each block of the report is first laid out alone and measured, then blocks are put on
pages and charts grow into the room that is left. Equal inputs give equal bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from functools import cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from oyez import resources
from oyez.edition.changes import Changes
from oyez.edition.model import Edition
from oyez.errors import RenderError
from oyez.render import changed, cover
from oyez.render.attachments import attachments
from oyez.render.bundle import BundleFetcher
from oyez.render.deadline import TooLongError, deadline
from oyez.render.language import Language
from oyez.render.pagination import Piece, Sheet, paginate
from oyez.render.sections import Block, full_blocks, small_blocks
from oyez.render.theme import Theme
from oyez.render.view import View

ROOM = 958.0  # CSS pixels between the margins of an A4 page, see reports/style/page.css
TIMEOUT_SECONDS = 60.0
_FONT_CLOCK = "SOURCE_DATE_EPOCH"
LEAST_BODY_PAGES = 5  # with its cover, a complete report has six


def render_pdf(
    edition: Edition,
    theme: Theme,
    agency_theme: Theme | None,
    changes: Changes | None = None,
    *,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> bytes:
    """Return the PDF of `edition` in the client's `theme`, signed by the agency.

    With `changes`, a page lists what moved since the revision before.

    Reads nothing but its arguments and the pages that ship with oyez; opens no file and no
    connection that an edition names.

    Raises:
        RenderError: a section cannot be printed, or printing takes longer than `timeout_seconds`;
            the message names the client, the report and the page.
    """
    place = _Place(edition)
    try:
        with deadline(timeout_seconds):
            return _render(edition, theme, agency_theme, changes, place)
    except TooLongError as error:
        raise place.error(
            f"printing took longer than {timeout_seconds:.0f} s", "look for an abnormal text"
        ) from error
    except RenderError as error:
        raise place.error(error.message, error.action) from error
    except (TemplateError, KeyError, TypeError, ValueError, RecursionError, OSError) as error:
        raise place.error(
            f"{type(error).__name__}: {error}", "compare the edition with docs/report.md"
        ) from error


class _Place:
    """Remembers what is being printed, for messages."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.page = edition, "cover"

    def error(self, message: str, action: str | None) -> RenderError:
        where = f"report {self.edition.key.report}, page {self.page}"
        return RenderError(message, client=self.edition.key.client, where=where, action=action)


def _render(
    edition: Edition,
    theme: Theme,
    agency_theme: Theme | None,
    changes: Changes | None,
    place: _Place,
) -> bytes:
    language = Language(edition.key.locale)
    view = View(edition, language, theme, agency_theme, changes)
    assets = {**_fonts(), **theme.assets, **(agency_theme.assets if agency_theme else {})}
    assets["cover.svg"] = cover.drawing(theme.tokens.cover, theme.palette)
    fetcher = BundleFetcher(assets)
    press = _Press(view, fetcher)
    is_small = edition.report.get("format") == "small"
    sections = small_blocks(edition) if is_small else full_blocks(edition)
    if changes:
        _insert(sections, changed.blocks(edition, changes, language), is_small)
    if edition.known_at:
        sections[0].insert(0, Block(sections[0][0].section, "known_at"))
    blocks = [block for section in sections for block in section]
    starts = {id(section[0]) for section in sections}
    first_pages: dict[str, int] = {}
    has_cover = "cover" in edition.sections and not is_small
    view.section_pages = dict.fromkeys((block.section for block in blocks), 0)
    pieces = _measure(press, blocks, starts, is_small, place)
    least = LEAST_BODY_PAGES if len(sections) >= 8 and has_cover else 1
    sheets = paginate(pieces, ROOM, least)
    for number, sheet in enumerate(sheets, 2 if has_cover else 1):
        for block in blocks[sheet.first : sheet.last]:
            first_pages.setdefault(block.section, number)
    view.section_pages = first_pages
    pages = [_page(press, blocks, starts, pieces, sheet, is_small, place) for sheet in sheets]
    place.page = "cover"
    html = press.fill(
        "report.html.j2", pages=pages, cover=press.fill("cover.html.j2") if has_cover else ""
    )
    place.page = "all"
    document = press.lay_out(html, "report.css")
    at = datetime.combine(edition.period.issued_on, time(), tzinfo=view.utc)
    document.metadata.attachments = attachments(edition, at, view.title, changes)
    with _fonts_dated(at):
        written: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(
                edition.canonical() + (changes.canonical() if changes else b"")
            ).digest()[:16],
            custom_metadata=False,
        )
    return written


@contextmanager
def _fonts_dated(at: datetime) -> Iterator[None]:
    """Let fonts be subset as if it were `at` (aware).

    Where HarfBuzz's subsetter is missing, WeasyPrint takes fontTools, which writes the clock's time
    into each font: equal editions then had other bytes a second later.
    """
    before = os.environ.get(_FONT_CLOCK)
    os.environ[_FONT_CLOCK] = str(int(at.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FONT_CLOCK]
        else:
            os.environ[_FONT_CLOCK] = before


def _insert(sections: list[list[Block]], blocks: list[Block], is_small: bool) -> None:
    """Put the page of what changed behind the summary; of a small report, before its last block."""
    if is_small:
        last = sections[-1]
        section = last[0].section
        last[-1:-1] = [Block(section, "small_changed", args=one.args) for one in blocks]
        return
    has_summary = bool(sections) and sections[0][0].section == "summary"
    sections.insert(1 if has_summary else 0, blocks)


class _Press:
    """Fills templates and lays them out, with one set of fonts and styles."""

    def __init__(self, view: View, fetcher: BundleFetcher) -> None:
        self.view, self.fetcher = view, fetcher
        self.fonts = FontConfiguration()
        self.faces = self._css(_FONT_FACES)
        self.environment = Environment(
            loader=FileSystemLoader(resources.folder("reports") / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(view.names())

    def fill(self, template: str, **words: Any) -> Markup:
        # Autoescape is on for every template: what comes out is markup.
        return Markup(self.environment.get_template(template).render(**words))  # noqa: S704

    def _css(self, style: str) -> CSS:
        return CSS(
            string=style, url_fetcher=self.fetcher, font_config=self.fonts, base_url="bundle:"
        )

    def lay_out(self, html: str, *styles: str) -> Document:
        folder = resources.folder("reports") / "style"
        sheets = [self.view.colours_css(), *((folder / one).read_text("utf-8") for one in styles)]
        css = [self.faces, *map(self._css, sheets)]
        return HTML(string=html, url_fetcher=self.fetcher, base_url="bundle:").render(
            font_config=self.fonts, stylesheets=css, pdf_variant="pdf/ua-1"
        )


def _measure(
    press: _Press, blocks: list[Block], starts: set[int], is_small: bool, place: _Place
) -> list[Piece]:
    rolls: list[tuple[str, Markup]] = []
    sections = list(dict.fromkeys(block.section for block in blocks))
    for section in sections:
        place.page = section
        for kind in ("head", "continued"):
            rolls.append((f"{kind}-{section}", _head(press, section, kind, is_small)))
    for index, block in enumerate(blocks):
        place.page = block.section
        rolls.append((f"block-{index}", _block(press, block, 0)))
    html = press.fill("measure.html.j2", rolls=rolls)
    document = press.lay_out(html, "report.css", "measure.css")
    if len(document.pages) != 1:
        raise place.error(
            "the blocks do not fit the measuring sheet", "shorten the edition's lists"
        )
    anchors = document.pages[0].anchors
    heights = {name: anchors[name][3] - anchors[name][1] for name, _ in rolls}
    return [
        Piece(
            height=heights[f"block-{index}"],
            elastic=block.elastic,
            starts_section=id(block) in starts,
            head=heights[f"head-{block.section}"],
            continued=heights[f"continued-{block.section}"],
            may_share=not is_small,
        )
        for index, block in enumerate(blocks)
    ]


def _head(press: _Press, section: str, kind: str, is_small: bool) -> Markup:
    template = "small_head.html.j2" if is_small else "head.html.j2"
    return press.fill(template, section=section, is_continued=kind == "continued")


def _block(press: _Press, block: Block, extra: float) -> Markup:
    return press.fill(
        f"blocks/{block.template}.html.j2", section=block.section, extra=extra, **block.args
    )


def _page(
    press: _Press,
    blocks: list[Block],
    starts: set[int],
    pieces: list[Piece],
    sheet: Sheet,
    is_small: bool,
    place: _Place,
) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for offset, index in enumerate(range(sheet.first, sheet.last)):
        block = blocks[index]
        place.page = block.section
        head = ""
        if id(block) in starts:
            head = _head(press, block.section, "head", is_small)
        elif not offset:
            head = _head(press, block.section, "continued", is_small)
        parts.append(
            {
                "head": head,
                "section": block.section,
                "is_first": offset == 0,
                "starts": id(block) in starts,
                "body": _block(press, block, sheet.growth[offset]),
            }
        )
    return {
        "parts": parts,
        "extra_gap": f"{sheet.extra_gap:.2f}",
        "section": blocks[sheet.first].section,
    }


_FACES = (
    ("Inter", "normal", "400", "inter-latin-400-normal.woff2"),
    ("Inter", "normal", "500", "inter-latin-500-normal.woff2"),
    ("Inter", "normal", "600", "inter-latin-600-normal.woff2"),
    ("Inter", "normal", "700", "inter-latin-700-normal.woff2"),
    ("Inter Ext", "normal", "400", "inter-latin-ext-400-normal.woff2"),
    ("Inter Ext", "normal", "500", "inter-latin-ext-500-normal.woff2"),
    ("Inter Ext", "normal", "600", "inter-latin-ext-600-normal.woff2"),
    ("Inter Ext", "normal", "700", "inter-latin-ext-700-normal.woff2"),
    ("Source Serif 4", "normal", "400", "source-serif-4-latin-400-normal.woff2"),
    ("Source Serif 4", "italic", "400", "source-serif-4-latin-400-italic.woff2"),
    ("Source Serif 4", "normal", "600", "source-serif-4-latin-600-normal.woff2"),
    ("Source Serif Ext", "normal", "400", "source-serif-4-latin-ext-400-normal.woff2"),
    ("Source Serif Ext", "italic", "400", "source-serif-4-latin-ext-400-italic.woff2"),
    ("Source Serif Ext", "normal", "600", "source-serif-4-latin-ext-600-normal.woff2"),
    ("Oyez Marks", "normal", "400", "oyez-marks.ttf"),
    ("Oyez Emoji", "normal", "400", "noto-emoji-400-normal.ttf"),
)
_FONT_FACES = "".join(
    f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weight};"
    f"src:url(bundle:{name})}}"
    for family, style, weight, name in _FACES
)


@cache
def _fonts() -> dict[str, bytes]:
    folder = resources.folder("reports") / "fonts"
    return {name: _unpacked((folder / name).read_bytes()) for *_, name in _FACES}


def _unpacked(font: bytes) -> bytes:
    """Return a WOFF2 font as plain TrueType: unpacked once a process, not once a report."""
    if font[:4] != b"wOF2":
        return font
    opened = TTFont(BytesIO(font), recalcBBoxes=False, recalcTimestamp=False)
    opened.flavor = None
    plain = BytesIO()
    opened.save(plain, reorderTables=None)
    return plain.getvalue()
