"""Terms of a text, and the themes of a batch."""

from __future__ import annotations

from datetime import date

import pytest

from oyez.config.model import Account, Brand, Client, Theme
from oyez.enrich import term
from oyez.enrich.batch import Batch
from oyez.enrich.tables import THEME
from oyez.enrich.theme import themes
from oyez.stage.phrases import Phrases

CLIENT = Client(
    id="verdier",
    name="Verdier",
    timezone="Europe/Paris",
    brands=[
        Brand(
            id="verdier",
            name="Maison Verdier",
            aliases=["Verdier"],
            accounts=[Account(network="x", handle="@verdier")],
        )
    ],
    competitors=[Brand(id="rivale", name="Rivale")],
    themes=[
        Theme(id="delivery", name="Livraison", terms=["livraison", "colis", "delivery"]),
        Theme(id="price", name="Prix", terms=["prix", "trop cher", "c'est cher"]),
    ],
)


def item(text: str, language: str = "fr", title: str | None = None) -> dict[str, object]:
    return {
        "client_id": "verdier",
        "day": date(2026, 5, 26),
        "item_id": "i",
        "content_hash": "h",
        "title": title,
        "text": text,
        "language": language,
    }


def read(text: str, language: str = "fr") -> dict[str, object]:
    (row,) = themes(Batch(CLIENT, "b", [item(text, language)], {"i": [{"brand_id": "verdier"}]}))
    return row


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Les vols retardés", "fr", ["vol", "vol retardé", "retardé"]),
        # A pause ends a term; a number too.
        ("Colis, service", "fr", ["colis", "service"]),
        ("attente 2 heures", "fr", ["attente", "heure"]),
        # A word that says nothing may stand within a term, never at its ends.
        ("Le droit de retrait", "fr", ["droit", "droit de retrait", "retrait"]),
        ("l’attente d’un conseiller", "fr", ["attente", "conseiller"]),
        # What denies joins what it denies.
        ("aucune réponse", "fr", ["aucune réponse", "réponse"]),
        ("jamais reçu", "fr", ["jamais recevoir", "recevoir"]),
        ("no answer", "en", ["no answer", "answer"]),
        ("jamais", "fr", []),
        # What judges, asks and thanks is kept.
        ("nul", "fr", ["nul"]),
        ("le pire problème", "fr", ["pire", "pire problème", "problème"]),
        ("merci !", "fr", ["merci"]),
        ("help! problems", "en", ["help", "problem"]),
        # Each once; links, handles and hash signs are no words.
        ("bag BAG @delta #bags https://x.example/bag?a=1", "en", ["bag"]),
        ("the airline's crew &amp; seats", "en", ["airline", "airline crew", "crew", "seat"]),
        ("", "fr", []),
        ("👍 !!! 123", "fr", []),
    ],
)
def test_the_terms_of_a_text(text: str, language: str, expected: list[str]) -> None:
    assert term.terms(text, language) == expected


def test_a_language_that_is_not_read_has_unknown_terms() -> None:
    assert term.terms("el vuelo", "es") is None


def test_a_long_text_gives_its_head() -> None:
    found = term.terms(", ".join(f"mot{one}" for one in range(500)), "fr")
    assert found == [f"mot{one}" for one in range(term.MOST)]


@pytest.mark.parametrize("language", term.LANGUAGES)
def test_stop_lists_keep_what_judges(language: str) -> None:
    stop = term.stop_words(language)
    assert 180 <= len(stop) <= 320
    assert not set(stop) & {
        "problème", "problem", "aide", "help", "nul", "pire", "worst", "merci", "thanks", "cher",
        "expensive", "trop", "slow",
    }  # fmt: skip


def test_a_term_is_printed_as_people_wrote_it() -> None:
    texts = ["Mes bagages perdus !", "BAGAGES PERDUS", "un bagage perdu", "rien à voir"]
    (lemmas,) = [one for one in term.terms(texts[0], "fr") or [] if " " in one]
    assert term.spelled(lemmas, "fr", texts) == "bagages perdus"
    assert term.spelled(lemmas, "fr", ["rien"]) == lemmas


def test_names_of_the_clients_brands_are_no_terms() -> None:
    row = read("Chez MAISON VERDIER les chaussures Verdier, @verdier #Verdier, ou Rivale")
    assert row["terms"] == ["chaussure", "rival"]
    # But what is said in a hashtag about the brand is one.
    assert read("#BoycottVerdier")["terms"] == ["boycottverdier"]


def test_no_term_reaches_over_a_name() -> None:
    assert read("service Verdier client")["terms"] == ["service", "client"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Des COLIS en retard, et le prix…", ["delivery", "price"]),
        ("Les prix des livraisons", ["delivery", "price"]),  # plurals
        ("quick deliveries", ["delivery"]),
        ("livraisonneur", []),  # whole words
        ("C’est cher chez Verdier", ["price"]),
        ("#livraison", ["delivery"]),
        ("trop  cher", ["price"]),
        ("rien", []),
    ],
)
def test_the_clients_own_themes(text: str, expected: list[str]) -> None:
    assert read(text)["themes"] == expected


def test_rows_fit_the_table_and_items_without_a_brand_have_none() -> None:
    batch = Batch(CLIENT, "b", [item("colis"), item("x") | {"item_id": "j"}], {"i": [{}]})
    rows = themes(batch)
    assert [row["item_id"] for row in rows] == ["i"]
    assert set(rows[0]) == set(THEME.names)


def test_a_client_without_themes_is_about_none() -> None:
    assert Phrases({}).found("anything") == []


def test_two_themes_with_one_id_are_refused() -> None:
    body = CLIENT.model_dump(mode="json")
    body["themes"] = [{"id": "a", "name": "A", "terms": ["x"]}] * 2
    with pytest.raises(ValueError, match="the id `a` is taken"):
        Client.model_validate(body)
