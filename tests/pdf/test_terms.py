"""The pages say why words or names are missing, and name whom the sites ask for."""

from __future__ import annotations

import pytest
from reading import everything
from sample_edition import SAMPLES

from oyez.edition.model import Credit, Edition, Verbatim
from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme

REASONS = {
    "french": {
        "terms": "Texte non affiché : conditions d’utilisation de Example.",
        "retention": "Texte qui n’est plus conservé : conditions d’utilisation de Example.",
        "reserved": "Texte non affiché : son auteur ne l’a pas publié pour tous.",
    },
    "english": {
        "terms": "Text not shown: terms of Example.",
        "retention": "Text kept no longer: terms of Example.",
        "reserved": "Text not shown: its author did not publish it for everybody.",
    },
}


def emptied(one: Verbatim, reason: str) -> Verbatim:
    return one.model_copy(
        update={"text": "", "author": None, "withheld": reason, "site": "Example", "is_cut": False}
    )


def printed(edition: Edition, name: str) -> str:
    return everything(render_pdf(edition, load_theme(SAMPLES[name][1]), load_theme("atelier-nord")))


@pytest.mark.parametrize(
    ("name", "reason"), [("french", "terms"), ("english", "retention"), ("french", "reserved")]
)
def test_a_missing_text_is_a_line_that_says_why(name: str, reason: str) -> None:
    edition = SAMPLES[name][0]()
    verbatims = {
        key: [emptied(one, reason) for one in found] for key, found in edition.verbatims.items()
    }
    text = printed(edition.model_copy(update={"verbatims": verbatims}), name)
    assert " ".join(REASONS[name][reason].split()) in text.replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert "« »" not in text.replace("\u00a0", " ")
    assert "“”" not in text


def test_whom_the_sites_ask_for_is_named_with_a_link() -> None:
    edition = SAMPLES["english"][0]()
    assert "Sources to be named" not in printed(edition, "english")
    credits = [
        Credit(text="The GDELT Project", url="https://www.gdeltproject.org/"),
        Credit(text="Stack Exchange, its contributors, CC BY-SA", url="https://stackoverflow.com/"),
    ]
    text = printed(edition.model_copy(update={"credits": credits}), "english")
    assert (
        "Sources to be named: The GDELT Project · "
        "Stack Exchange, its contributors, CC BY-SA." in text
    )
