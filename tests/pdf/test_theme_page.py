"""What a period is about, as the pages tell it."""

from __future__ import annotations

from reading import everything, pages
from sample_edition import SAMPLES, found

from oyez.edition.model import Edition
from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme


def printed(edition: Edition, name: str) -> bytes:
    return render_pdf(edition, load_theme(SAMPLES[name][1]), load_theme("atelier-nord"))


def plain(pdf: bytes) -> str:
    return everything(pdf).replace("\u00a0", " ").replace("\u202f", " ")


def test_terms_stand_with_their_count_the_usual_one_and_their_examples() -> None:
    text = plain(printed(SAMPLES["french"][0](), "french"))
    assert (
        "« panne de paiement » ressort : 127 mentions sur 1 332, 113 fois plus souvent que" in text
    )
    # 127 mentions where 12 / 14,204 x 1,332 = 1.1 were usual; (0 - 96) / 127 = -75.6 points.
    assert "panne de paiement application 127 1,1 × 113 −75,6 pts 15,4" in text
    assert "atelier de réparation lyon 70 0 nouveau +81,4 pts 9,3" in text
    # 22 rated mentions are too few for net sentiment.
    assert "hausse des prix 22 5,7 × 3,8 – 4,1" in text
    assert "« panne de paiement » « La panne de paiement de Maison Verdier prive" in text
    assert "Service client 124 71 +53 22 88 −53,2 pts" in text


def test_nothing_that_stands_out_is_said_in_a_sentence() -> None:
    edition = SAMPLES["english"][0]()
    for finding, said in (
        (
            found("themes.none", n=118, span_count=12),
            "No subject stands out: the period’s 118 mentions are about the same things",
        ),
        (
            found("themes.too_few", n=12, baseline_n=140, minimum_n=30),
            "Too few mentions to compare subjects: 12 in the period, 140 before; 30 are needed",
        ),
    ):
        quiet = edition.model_copy(
            update={
                "sections": ["cover", "summary", "themes", "methods"],
                "tables": {**edition.tables, "themes": []},
                "findings": {**edition.findings, "themes": [finding]},
            }
        )
        assert said in plain(printed(quiet, "english"))


def test_a_small_business_reads_its_themes_on_its_first_page() -> None:
    edition = SAMPLES["restaurant"][0]()
    table = [
        {"theme_id": "a", "theme_name": name, "item_count": n, "year_item_count": year,
         "prior_item_count": 1, "positive_count": n, "neutral_count": 0, "negative_count": 0,
         "scored_count": n, "net_sentiment": None}
        for name, n, year in (("Attente", 2, 8), ("Cuisine", 8, 70), ("Bruit", 0, 0))
    ]  # fmt: skip
    told = edition.model_copy(update={"tables": {**edition.tables, "own_themes": table}})
    before, after = printed(edition, "restaurant"), printed(told, "restaurant")
    first = pages(after)[0].replace("\u00a0", " ")
    assert "Cuisine 70 (8) · Attente 8 (2)" in first
    assert "Bruit" not in first
    assert len(pages(after)) == len(pages(before))


def test_a_term_is_a_strangers_text() -> None:
    edition = SAMPLES["french"][0]()
    row = {**edition.tables["themes"][0], "term": "<b>x</b>\u202e" + "y" * 200}
    told = edition.model_copy(update={"tables": {**edition.tables, "themes": [row]}})
    assert "<b>x</b>y" in plain(printed(told, "french"))
