"""Prints each sample once for all tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from oyez.edition.model import Edition
from oyez.render.pdf import render_pdf
from oyez.render.theme import Theme, load_theme

sys.path.insert(0, str(Path(__file__).parent))
from sample_edition import SAMPLES


@cache
def printed(name: str) -> bytes:
    build, theme = SAMPLES[name]
    return render_pdf(build(), load_theme(theme), load_theme("atelier-nord"))


@pytest.fixture(scope="session")
def pdf_of() -> Callable[[str], bytes]:
    """Give the PDF of a sample by its name."""
    return printed


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme("verdier")


@pytest.fixture
def edition() -> Edition:
    return SAMPLES["french"][0]()
