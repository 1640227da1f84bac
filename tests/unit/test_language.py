"""Which language a text is in, and when nobody can tell."""

from __future__ import annotations

import time

import pytest

from oyez.stage.language import Detector


@pytest.fixture(scope="module")
def french_english() -> Detector:
    return Detector(["fr", "en"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le service était parfait, nous reviendrons avec plaisir", "fr"),
        ("The service was perfect, we will come back", "en"),
        ("Bonjour, ma commande n'est pas arrivée @MaisonVerdier https://ex.fr/a", "fr"),
        ("@CompteFrançais this is all I have to say about it", "en"),
        ("MERCI POUR VOTRE ACCUEIL CHALEUREUX", "fr"),
        ("Merci", "fr"),
        ("merci !!", "fr"),
        ("Thanks", "en"),
        ("El servicio fue excelente y volveremos muy pronto con toda la familia", "es"),
        ("Der Service war leider sehr schlecht und die Zimmer waren schmutzig", "de"),
        ("שירות מצוין ואוכל טעים מאוד", "he"),
        ("الخدمة ممتازة والطعام لذيذ جدا", "ar"),
        ("شكرا", "ar"),
        ("サービスがとても良かったです", "ja"),
        ("", "und"),
        ("   \n", "und"),
        ("😍😍 🔥", "und"),
        ("@MaisonVerdier https://ex.fr/le-service-etait-parfait", "und"),
        ("10/10 !!!", "und"),
        ("xk", "und"),
    ],
)
def test_language(french_english: Detector, text: str, language: str) -> None:
    assert french_english.detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok merci", "fr"),
        ("Cool merci", "fr"),
        ("super merci", "fr"),
        ("Merci à vous", "fr"),
        ("ok thanks", "en"),
        ("Thank you!", "en"),
        ("danke", "und"),
        ("Gracias!", "und"),
        ("ok danke", "und"),
        ("grazie mille", "und"),
        ("top", "und"),
        ("Livraison rapide", "fr"),
        ("Fast delivery", "en"),
    ],
)
def test_few_words(french_english: Detector, text: str, language: str) -> None:
    assert french_english.detect(text) == language


def test_few_words_of_a_client_that_expects_their_language() -> None:
    assert Detector(["fr", "de"]).detect("ok danke") == "de"


def test_short_texts_stay_in_the_languages_of_the_client() -> None:
    text = "una mesa para dos"
    assert Detector(["es", "fr"]).detect(text) == "es"
    assert Detector(["fr", "en"]).detect(text) in {"fr", "en", "und"}


def test_a_client_in_a_script_of_its_own_keeps_it() -> None:
    assert Detector(["ar"]).detect("شكرا") == "ar"
    assert Detector(["ru", "en"]).detect("Спасибо большое") == "ru"


def test_unknown_codes_do_not_break_it() -> None:
    assert Detector(["xx"]).detect("Le service était parfait, nous reviendrons bientôt") == "fr"
    assert Detector(["xx"]).detect("ok") == "und"


def test_answers_do_not_depend_on_what_was_asked_before(french_english: Detector) -> None:
    alone = Detector(["fr", "en"]).detect("ok super")
    french_english.detect("The quick brown fox jumps over the lazy dog")
    assert french_english.detect("ok super") == alone == french_english.detect("ok super")


def test_a_long_text_costs_little_more_than_its_beginning() -> None:
    def seconds(times: int) -> float:
        best = float("inf")
        for turn in range(3):
            french_english = Detector(["fr", "en"])  # an answer that was kept costs nothing
            text = f"{turn} " + "Le service était parfait. " * times
            start = time.perf_counter()
            assert french_english.detect(text) == "fr"
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(4_000) < 20 * seconds(400)
