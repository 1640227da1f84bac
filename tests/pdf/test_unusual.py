"""Days of a source that look thin or silent are told on the data completeness page, in words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from reading import everything
from sample_edition import french

from oyez.edition.model import Edition, Unusual
from oyez.render.language import Language
from oyez.render.pdf import render_pdf
from oyez.render.theme import Theme
from oyez.render.view import View

LOW = Unusual(start=date(2026, 9, 7), end=date(2026, 9, 7), kind="low", number=3, usual=16)
SILENT = Unusual(start=date(2026, 9, 9), end=date(2026, 9, 12), kind="silent", number=5, usual=2)


def edition(*found: Unusual) -> Edition:
    sample = french()
    first, *others = sample.coverage.sources
    sources = [first.model_copy(update={"unusual": list(found)}), *others]
    coverage = sample.coverage.model_copy(update={"sources": sources})
    return sample.model_copy(update={"coverage": coverage})


def lines(theme: Theme, tag: str, *found: Unusual) -> list[str]:
    return View(edition(*found), Language(tag), theme, None).unusual()


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (
            "en-GB",
            "X (API), 7 September 2026: 3 items, where about 16 are usual on that weekday. "
            "It may have given a part only.|"
            "X (API): no item for 5 days up to 12 September 2026, though it was asked "
            "(longest silence before: 2).",
        ),
        (
            "fr-FR",
            "X (API), 7 septembre 2026 : 3 textes, pour 16 environ d’ordinaire ce jour de la "
            "semaine. La source n’a peut-être livré qu’une partie.|"
            "X (API) : aucun texte depuis 5 jours au 12 septembre 2026, alors qu’elle a été "
            "interrogée (plus long silence jusque-là : 2).",
        ),
    ],
)
def test_sentences(theme: Theme, tag: str, words: str) -> None:
    told = "|".join(lines(theme, tag, LOW, SILENT))
    assert re.sub(r"\s", " ", told) == words


def test_many_days_are_cut_with_a_word(theme: Theme) -> None:
    many = [LOW] * 7
    assert len(lines(theme, "en-GB", *many)) == 6
    assert lines(theme, "en-GB", *many)[-1].endswith("2 other unusual days.")


def test_it_is_printed_on_the_page_and_only_then(theme: Theme) -> None:
    page = {"sections": ["coverage"]}
    told = everything(render_pdf(edition(LOW).model_copy(update=page), theme, None))
    assert "Sources à vérifier" in told
    assert "3 textes" in told
    quiet = everything(render_pdf(edition().model_copy(update=page), theme, None))
    assert "Sources à vérifier" not in quiet
