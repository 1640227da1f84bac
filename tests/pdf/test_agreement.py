"""What people checked stands on the methods page, and nothing where nobody checked anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reading import everything
from sample_edition import english

from oyez.edition.model import Edition
from oyez.render.language import Language
from oyez.render.theme import Theme
from oyez.render.view import View

NB = "\u00a0"
CHECKED = {
    "language": "fr",
    "model": "lexicon-fr",
    "version": "1",
    "checked_count": 48,
    "agreed_count": 41,
    "agreement_pct": 85.4,
    "low_pct": 72.8,
    "high_pct": 92.8,
}


def lines(edition: Edition, theme: Theme, tag: str, **update: Any) -> list[str]:
    told = edition.model_copy(update={"minimum_n": 30, **update})
    return View(told, Language(tag), theme, None).checked()


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en-GB", "French, lexicon-fr: 41 of 48 confirmed (85%, 73–93)"),
        ("fr-FR", f"Français, lexicon-fr{NB}: 41 sur 48 confirmés (85{NB}%, 73–93)"),
    ],
)
def test_a_share_has_its_count_and_its_interval(theme: Theme, tag: str, told: str) -> None:
    assert lines(english(), theme, tag, agreement=[CHECKED]) == [told]


def test_few_are_printed_as_counts(theme: Theme) -> None:
    few = CHECKED | {"checked_count": 29, "agreed_count": 25}
    told = ["French, lexicon-fr: 25 of 29 confirmed"]
    assert lines(english(), theme, "en-GB", agreement=[few]) == told


def test_what_else_was_put_right_is_counted(theme: Theme) -> None:
    corrected = {"dismissed": 1, "given": 2, "received": 0, "spam": 1}
    assert lines(english(), theme, "en-GB", corrected=corrected) == [
        "Left out, not about the brand: 1 mention",
        "Moved to another brand: 2 mentions",
        "Flagged as spam, and counted: 1 mention",
    ]


def test_the_page_says_that_the_sample_is_chosen(pdf_of: Callable[[str], bytes]) -> None:
    told = everything(pdf_of("french")).replace(NB, " ").replace("\u202f", " ")
    assert "Français, cardiff-xlm-t : 41 sur 48 confirmés (85 %, 73–93)" in told
    assert "Anglais, cardiff-xlm-t : 4 sur 5 confirmés" in told
    assert "4 sur 5 confirmés (" not in told
    assert "pas un échantillon tiré au hasard" in told
    assert "Tranché par des personnes : 51 mentions" in told


def test_nothing_is_said_where_nobody_checked_anything(pdf_of: Callable[[str], bytes]) -> None:
    assert not english().agreement
    told = everything(pdf_of("english"))
    assert "Sentiment models" in told
    assert "people" not in told[told.index("Sentiment models") :]
    assert "Checked" not in told
