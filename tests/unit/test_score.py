"""One verdict a mention, each by the part of the text that speaks of its brand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oyez.config.model import Client
from oyez.enrich.batch import Batch
from oyez.enrich.models import Core
from oyez.enrich.polarity import Verdict
from oyez.enrich.score import scores

CLIENT = Client.model_validate(
    {
        "id": "verdier",
        "name": "Verdier",
        "timezone": "Europe/Paris",
        "brands": [{"id": "verdier", "name": "Verdier"}, {"id": "corvane", "name": "Corvane"}],
        "scopes": [
            {"id": "lyon", "name": "Lyon", "kind": "location", "terms": ["Lyon"]},
            {
                "id": "corvane-lyon",
                "name": "Corvane Lyon",
                "kind": "location",
                "brand": "corvane",
                "terms": ["Lyon"],
            },
        ],
    }
)


class Listening(Core):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        self.asked += texts
        return super().score(texts, languages)


def judged(text: str, brands: Sequence[str], *, by: str = "text", title: str | None = None) -> Any:
    """Score one item; return brand → (sentiment, is_part), and the texts that were asked for."""
    item = {"item_id": "i", "title": title, "text": text, "language": "fr"}
    same = {"client_id": "verdier", "day": None, "item_id": "i", "content_hash": "h"}
    mentions = [{**same, "mention_id": one, "brand_id": one, "matched_by": by} for one in brands]
    model = Listening()
    rows = scores(Batch(CLIENT, "b", [item], {"i": mentions}), model)
    return {one["mention_id"]: (one["sentiment"], one["is_part"]) for one in rows}, model.asked


def test_each_brand_and_its_scopes_are_judged_by_their_part() -> None:
    verdicts, asked = judged(
        "Verdier est formidable. Corvane est nul, même à Lyon.",
        ["verdier", "corvane", "lyon", "corvane-lyon"],
    )
    assert verdicts == {
        "verdier": ("positive", True),
        "lyon": ("positive", True),
        "corvane": ("negative", True),
        "corvane-lyon": ("negative", True),
    }
    assert asked == ["Verdier est formidable.", "Corvane est nul, même à Lyon."]


def test_one_brand_is_judged_by_the_whole_text() -> None:
    text = "Verdier est formidable. Le reste est nul, même à Lyon."
    verdicts, asked = judged(text, ["verdier", "lyon"])
    assert asked == [text]
    assert {is_part for _, is_part in verdicts.values()} == {False}


def test_a_column_names_one_brand_and_the_text_another() -> None:
    verdicts, asked = judged("Corvane est formidable. Verdier est nul.", ["verdier"], by="column")
    assert verdicts == {"verdier": ("negative", True)}
    assert asked == ["Verdier est nul."]


def test_a_brand_that_the_text_does_not_name_is_judged_by_the_whole() -> None:
    text = "Corvane est formidable. Le reste est nul."
    _, asked = judged(text, ["verdier"], by="column")
    assert asked == [text]


def test_the_title_is_a_sentence() -> None:
    verdicts, asked = judged("Corvane est nul.", ["verdier", "corvane"], title="Bravo Verdier")
    assert verdicts == {"verdier": ("positive", True), "corvane": ("negative", True)}
    assert asked == ["Bravo Verdier", "Corvane est nul."]


def test_what_no_model_reads_has_no_row() -> None:
    assert judged("12 / 34", ["verdier"]) == ({}, ["12 / 34"])
