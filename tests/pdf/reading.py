"""Reads a PDF back: its words, and how much of each page is filled."""

from __future__ import annotations

import re

import pypdfium2 as pdfium


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page; any run of spaces is one, line ends included."""
    document = pdfium.PdfDocument(pdf)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def everything(pdf: bytes) -> str:
    """Return the whole text."""
    return " ".join(pages(pdf))


def filled_to(pdf: bytes) -> list[float]:
    """Return, a page, how far down its text area something is printed (0 to 1).

    The header and the footer, the top 22 mm and the bottom 17 mm of an A4 page, do not count.
    """
    shares = []
    for page in pdfium.PdfDocument(pdf):
        picture = page.render(scale=0.75, grayscale=True).to_numpy()
        picture = picture.reshape(picture.shape[0], -1)
        height = picture.shape[0]
        top, bottom = round(height * 22 / 297), round(height * (297 - 17) / 297)
        inked = (picture[top:bottom] < 245).any(axis=1).nonzero()[0]
        shares.append(float(inked[-1] / (bottom - top)) if len(inked) else 0.0)
    return shares
