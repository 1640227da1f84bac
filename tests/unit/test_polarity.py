"""What speaks for and against a brand in a text, and why."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from oyez.enrich.lexicon.entries import entries
from oyez.enrich.polarity import Scorer, Verdict


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


def verdict(scorer: Scorer, text: str, language: str) -> Verdict:
    found = scorer.score(text, language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Service impeccable, je recommande !", "positive"),
        ("Rien à redire", "positive"),
        ("rien a redire", "positive"),
        ("Un accueil chaleureux", "positive"),
        ("Je suis ravie de mon achat", "positive"),
        ("Livré sans problème", "positive"),
        ("Aucun problème, jamais déçus", "positive"),
        ("Ne manque pas de charme", "positive"),
        ("Ce n'est que du bonheur", "positive"),
        ("N’hésitez pas, foncez", "positive"),
        ("Pas seulement bon : excellent", "positive"),
        ("Pas trop cher", "positive"),
        ("Le magasin ouvre à 9h demain", "neutral"),
        ("Quelle est l'adresse de la boutique ?", "neutral"),
        ("Vol Paris-Nice, plat du jour au menu", "neutral"),
        ("Un plat salé et un plat sucré", "neutral"),
        ("Tant d'infos sur le site et le rythme de la semaine", "neutral"),
        ("Bonjour, merci de me rappeler. Bonne journée !", "neutral"),
        ("Remboursement refusé", "negative"),
        ("Arnaque, à fuir", "negative"),
        ("Le SAV ne répond pas", "negative"),
        ("J'ai été très déçue", "negative"),
        ("J'ai ete tres decue", "negative"),
        ("En panne depuis lundi", "negative"),
        ("Toujours pas reçu mon colis", "negative"),
        ("Je ne recommande pas", "negative"),
        ("je recommande pas", "negative"),
        ("Le personnel n'est ni aimable ni compétent", "negative"),
        ("Je ne crois pas que ce soit bon", "negative"),
        ("Peu aimable", "negative"),
        ("La qualité n'est plus au rendez-vous", "negative"),
        ("Je ne reviendrai plus", "negative"),
        ("Prix trop élevés", "negative"),
        ("Merci pour rien", "negative"),
        ("Sans doute le plus mauvais accueil de Lyon", "negative"),
        ("Tout ça n'apporte rien", "negative"),
        ("Bravo pour le retard", "negative"),
        ("C'est HONTEUX", "negative"),
        ("service lent et plats froids", "negative"),
    ],
)
def test_french(scorer: Scorer, text: str, sentiment: str) -> None:
    assert verdict(scorer, text, "fr").sentiment == sentiment


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("Great service, thank you so much!", "positive"),
        ("not bad at all", "positive"),
        ("What time does the store open?", "neutral"),
        ("I have been on hold for two hours", "negative"),
        ("You lost my luggage", "negative"),
        ("Still waiting for my refund", "negative"),
        ("Never again.", "negative"),
        ("Cancelled Flightled, rebooked for Monday", "negative"),
        ("thanks for nothing", "negative"),
        ("The food was good but the waiter was rude", "negative"),
    ],
)
def test_english(scorer: Scorer, text: str, sentiment: str) -> None:
    assert verdict(scorer, text, "en").sentiment == sentiment


def test_cues_are_the_words_that_decided(scorer: Scorer) -> None:
    found = verdict(scorer, "Le SAV n'est pas très compétent, remboursement refusé.", "fr")
    assert found.cues == ("remboursement refusé", "pas très compétent")
    assert verdict(scorer, "On hold, and my bag is lost", "en").cues[0] == "On hold"
    assert verdict(scorer, "Le magasin ouvre demain", "fr").cues == ()


def polarity(scorer: Scorer, text: str) -> Decimal:
    return verdict(scorer, text, "fr").polarity


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("C'est bon", "C'est très bon"),
        ("très bon", "très BON"),
        ("C'est génial", "C'est génial !!!"),
        ("assez bon", "bon"),
        ("sale et cher", "bon mais cher"),
        ("Adorable mais sale.", "Sale mais adorable."),
        ("pas bon", "pas mauvais"),
        ("C'est bon", "C'est bon 😍"),
        ("C'est bon 😡", "C'est bon"),
        ("super", "suuuuper"),
    ],
)
def test_how_it_is_said_counts(scorer: Scorer, weaker: str, stronger: str) -> None:
    assert polarity(scorer, weaker) < polarity(scorer, stronger)


def test_strength_deepens_complaints_too(scorer: Scorer) -> None:
    assert polarity(scorer, "vraiment nul !!!") < polarity(scorer, "nul") < 0


def test_shouting_everything_stresses_nothing(scorer: Scorer) -> None:
    assert polarity(scorer, "C'EST BON") == polarity(scorer, "c'est bon")


def test_polarity_has_three_places_within_its_bounds(scorer: Scorer) -> None:
    for text in ("arnaque honteuse à fuir ! " * 50, "parfait ! " * 50, "bonjour"):
        found = verdict(scorer, text, "fr")
        assert -1 <= found.polarity <= 1
        assert found.polarity.as_tuple().exponent == -3
    assert str(verdict(scorer, "bonjour", "fr").polarity) == "0.000"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("İstanbul : service NUL", ("NUL",)),  # a capital that grows in lower case
        ("ﾞ nul", ("nul",)),  # a letter that folds to nothing
        ("C'est nuuuul... vraiment", ("nuuuul",)),
        ("Pas très\nbon", ("bon",)),  # a line ends a sentence
        ("Pas. Bon", ("Bon",)),
    ],
)
def test_french_cues_are_as_written(scorer: Scorer, text: str, cues: tuple[str, ...]) -> None:
    assert verdict(scorer, text, "fr").cues == cues


def test_links_and_handles_have_no_feelings(scorer: Scorer) -> None:
    assert verdict(scorer, "@arnaque https://ex.fr/honte-et-scandale voir", "fr").cues == ()
    assert verdict(scorer, "#honteux @verdier", "fr").sentiment == "negative"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El servicio fue excelente", "es"),
        ("الخدمة ممتازة", "ar"),
        ("Der Service war schlecht 😡", "de"),
        ("ok", "und"),
        ("", "fr"),
        ("   ", "en"),
        ("https://ex.fr/parfait", "fr"),
        ("10/12", "und"),
    ],
)
def test_not_scored_is_not_neutral(scorer: Scorer, text: str, language: str) -> None:
    assert scorer.score(text, language) is None


def test_emoji_speak_without_a_language(scorer: Scorer) -> None:
    found = verdict(scorer, "@verdier 😍😍", "und")
    assert (found.sentiment, found.cues, found.model) == ("positive", ("😍",), "emoji")
    assert verdict(scorer, "😡", "und").sentiment == "negative"
    assert verdict(scorer, "👍🏽", "und").sentiment == "positive"


def test_a_verdict_says_who_gave_it(scorer: Scorer) -> None:
    french, english = verdict(scorer, "bon", "fr"), verdict(scorer, "good", "en")
    assert french.model == "lexicon-fr"
    assert english.model == "lexicon-en"
    assert french.version
    assert english.version


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_long_text_costs_no_more_than_its_first_part(scorer: Scorer, language: str) -> None:
    def seconds(times: int) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            scorer.score("bon service not bad, mais lent pas " * times, language)
            best = min(best, time.perf_counter() - start)
        return best

    seconds(1)
    # Forty times the text; quadratic rules would cost 1,600 times.
    assert seconds(285) < 400 * seconds(7)
    assert seconds(28_500) < 4 * seconds(285)


@pytest.mark.parametrize("name", ["fr", "en", "emoji"])
def test_the_lexicon_files_are_sound(name: str) -> None:
    rows = list(entries(name))
    expressions = [row.expression for row in rows]
    assert len(expressions) == len(set(expressions))
    assert {row.inflection for row in rows} <= {"", "a", "n", "v", "i"}
    assert all(row.expression == row.expression.strip() for row in rows)
