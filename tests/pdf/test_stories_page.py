"""Stories, pick-ups and what looks automated, as the pages tell them."""

from __future__ import annotations

import pytest
from reading import everything
from sample_edition import SAMPLES, verbatim

from oyez.edition.model import Edition
from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme

TOP = [
    {"pick_up_count": 31, "outlet_count": 24, "network_count": 3, "author_count": 29},
    {"pick_up_count": 7, "outlet_count": None, "network_count": 1, "author_count": 7},
]


def told(name: str, sections: list[str]) -> Edition:
    edition: Edition = SAMPLES[name][0]()
    quoted = [
        verbatim("2026-03-04T08:10", "web", "Maison Verdier ouvre à Lyon.", None, author="Agence"),
        verbatim("2026-03-05T10:00", "x", "La panne continue, toujours rien.", "negative"),
    ]
    tables = {
        "stories": [{"item_count": 1332, "story_count": 1294, "pick_up_count": 38}],
        "top_stories": TOP,
        "suspects": [
            {"item_count": 1332, "suspect_count": 40, "spam_count": 9, "bot_like_count": 31}
        ],
    }
    return edition.model_copy(
        update={
            "sections": sections,
            "tables": {**edition.tables, **tables},
            "verbatims": {**edition.verbatims, "story": quoted},
        }
    )


def printed(name: str, sections: list[str]) -> str:
    pdf = render_pdf(told(name, sections), load_theme(SAMPLES[name][1]), load_theme("atelier-nord"))
    return everything(pdf).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "line", "share"),
    [
        (
            "french",
            "1 332 mentions : 1 294 sujets, 38 reprises.",
            "3 % des mentions (40 sur 1 332) paraissent automatisées ou publicitaires",
        ),
        (
            "english",
            "1,332 mentions: 1,294 stories, 38 pick-ups.",
            "3% of the mentions (40 of 1,332) look automated or like spam; they are counted.",
        ),
    ],
)
def test_stories_stand_with_the_sources_and_suspects_with_the_completeness(
    name: str, line: str, share: str
) -> None:
    text = printed(name, ["cover", "sources", "coverage"])
    assert line in text
    assert share in text
    assert "31 24 3 29" in text
    assert "7 – 1 7" in text


def test_without_a_page_on_sources_they_stand_with_the_volume() -> None:
    assert "38 reprises" in printed("french", ["cover", "volume"])
