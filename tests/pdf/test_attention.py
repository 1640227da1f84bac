"""Attention on the page: one line, its gaps told, and the volume untouched."""

from __future__ import annotations

from typing import Any

import pytest
from sample_edition import french

from oyez.edition.model import Edition
from oyez.render.attention import looked
from oyez.render.language import Language
from oyez.render.sections import full_blocks

FR, EN = Language("fr-FR"), Language("en-GB")
NB, NN = "\u00a0", "\u202f"


def edition(**row: Any) -> Edition:
    known = {
        "measure": "wikipedia_views",
        "subjects": "fr.wikipedia/Maison_Verdier",
        "value": 1240,
        "day_count": 30,
        "missing_day_count": 0,
        "prior_value": 1107,
        "prior_status": "ok",
    }
    sample = french()
    return sample.model_copy(update={"tables": sample.tables | {"attention": [known | row]}})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {},
            f"Consultations Wikipédia{NB}:|1{NN}240|+12{NB}%|contre 1{NN}107 (mois préc.)|"
            "Lectures de l’article Maison Verdier (fr), en jours UTC. "
            f"Ce ne sont pas des mentions{NB}: elles n’entrent pas dans le volume.",
        ),
        (
            {"missing_day_count": 2, "prior_value": None, "prior_status": "not_comparable"},
            f"Consultations Wikipédia{NB}:|≥{NN}1{NN}240||mois préc.{NB}: non comparable|"
            "2 jours n’ont pas été mesurés et n’y comptent pas. "
            "Lectures de l’article Maison Verdier (fr), en jours UTC. "
            f"Ce ne sont pas des mentions{NB}: elles n’entrent pas dans le volume.",
        ),
        (
            {"value": None, "subjects": "", "missing_day_count": 30, "prior_status": "ok"},
            f"Consultations Wikipédia{NB}:|non mesuré|||",
        ),
    ],
)
def test_french_line(row: dict[str, Any], words: str) -> None:
    (one,) = looked(edition(**row), FR)
    assert "|".join([one.label, one.value, one.change, one.against, one.note]) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"missing_day_count": 1},
            f"Wikipedia page views:|≥{NN}1,240|+12%|vs 1,107 (prev. month)|"
            "1 day was not measured and is not in it. "
            "Readings of the article Maison Verdier (fr), on UTC days. "
            "They are no mentions and are not part of the volume.",
        ),
        # Under the minimum n a change is a count; a true zero is a number.
        (
            {"value": 0, "prior_value": 3, "subjects": "en.wikipedia/A en.wikipedia/B"},
            "Wikipedia page views:|0|−3|vs 3 (prev. month)|"
            "Readings of the articles A (en) and B (en), on UTC days. "
            "They are no mentions and are not part of the volume.",
        ),
        (
            {"value": 1107, "subjects": " ".join(f"en.wikipedia/{one}" for one in "ABCD")},
            "Wikipedia page views:|1,107|unchanged|vs 1,107 (prev. month)|"
            "Readings of the articles tracked (4), on UTC days. "
            "They are no mentions and are not part of the volume.",
        ),
        (
            {"prior_value": None, "prior_status": "not_measured", "subjects": "en.wikipedia/A"},
            "Wikipedia page views:|1,240||prev. month: not measured|"
            "Readings of the article A (en), on UTC days. "
            "They are no mentions and are not part of the volume.",
        ),
    ],
)
def test_english_line(row: dict[str, Any], words: str) -> None:
    (one,) = looked(edition(**row), EN)
    assert "|".join([one.label, one.value, one.change, one.against, one.note]) == words


def test_it_is_printed_once_wherever_its_section_is() -> None:
    def printed(sections: list[str], tables: dict[str, Any] | None = None) -> list[tuple[str, str]]:
        made = edition().model_copy(update={"sections": sections})
        if tables:
            made = made.model_copy(update={"tables": made.tables | tables})
        return [
            (block.section, block.template)
            for blocks in full_blocks(made)
            for block in blocks
            if block.template in ("attention", "sources")
        ]

    assert printed(["volume", "sources"]) == [("sources", "sources")]
    assert printed(["volume"]) == [("volume", "attention")]
    assert printed(["sources"], {"volume_by_source": []}) == [("sources", "attention")]
    assert not looked(french(), FR)
