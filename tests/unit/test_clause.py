"""Which part of a text speaks of which brand, on sentences written for the purpose."""

from __future__ import annotations

import pytest

from oyez.config.model import Client
from oyez.enrich.clause import about
from oyez.enrich.polarity import Scorer
from oyez.stage.match import Matcher

CLIENT = Client.model_validate(
    {
        "id": "verdier",
        "name": "Maison Verdier",
        "timezone": "Europe/Paris",
        "brands": [
            {
                "id": "verdier",
                "name": "Verdier",
                "accounts": [{"network": "x", "handle": "@MaisonVerdier"}],
            }
        ],
        "competitors": [
            {
                "id": "corvane",
                "name": "Corvane",
                "accounts": [{"network": "x", "handle": "@Corvane_SAV"}],
            },
            {"id": "booking", "name": "Booking.com"},
            {"id": "lune", "name": "Mais où est la lune ?"},
        ],
    }
)
MATCHER = Matcher(CLIENT)
SCORER = Scorer()
SIGNS = {"positive": "+", "neutral": "0", "negative": "-"}


def parts(text: str, language: str = "fr") -> dict[str, str]:
    return about(text, MATCHER.spans(text), language)


def verdicts(text: str, language: str) -> str:
    """The sentiment of Verdier, then of Corvane, each judged by its own part."""
    own = parts(text, language)
    scored = [SCORER.score(own[brand], language) for brand in ("verdier", "corvane")]
    return "".join(SIGNS[one.sentiment] if one else "?" for one in scored)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Verdier is lovely. Corvane is terrible.", "+-"),
        ("I love Verdier but I hate Corvane.", "+-"),
        ("I love Verdier and hate Corvane", "+-"),
        ("I hate Verdier, and I love the people at Corvane", "-+"),
        ("I love Verdier and Corvane", "++"),
        ("Verdier is excellent, unlike Corvane who ignored me for weeks", "+0"),
        ("Verdier is great, Corvane is awful", "+-"),
        ("Verdier is great and Corvane is awful", "+-"),
        ("Corvane lost my parcel. Verdier, thank you, excellent service!", "+-"),
        ("Unlike Corvane, Verdier is excellent", "+0"),
        ("Verdier, unlike Corvane, is excellent", "+0"),
        ("Verdier is so much better than Corvane", "+0"),
        ("Verdier is worse than Corvane", "-0"),
        ("Verdier was rude and slow, whereas Corvane was wonderful", "-+"),
        ("I switched from Corvane to Verdier and I am delighted", "+0"),
        ("Instead of Corvane I went to Verdier, a wonderful place", "+0"),
        ("Compared to Corvane, Verdier is a nightmare", "-0"),
        ("Verdier and Corvane are both terrible", "--"),
        ("Verdier, Corvane: both awful.", "--"),
        ("Excellent evening at Verdier. Great food. Corvane never again, awful.", "+-"),
        ("@MaisonVerdier you are useless. @Corvane_SAV saved my day, wonderful!", "-+"),
        ("@MaisonVerdier your service is terrible. I love @Corvane_SAV.", "-+"),
        ("@MaisonVerdier @Corvane_SAV thanks, great team!", "++"),
        ("Your service is terrible. Corvane is wonderful. @MaisonVerdier", "-+"),
        ("Verdier: awful service / Corvane: excellent service", "-+"),
        ("Verdier ruined my day; Corvane was lovely", "-+"),
    ],
)
def test_two_brands_in_english(text: str, signs: str) -> None:
    assert verdicts(text, "en") == signs


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Verdier est formidable. Corvane est nul.", "+-"),
        ("J'adore Verdier mais je déteste Corvane", "+-"),
        ("Verdier est génial, Corvane est horrible", "+-"),
        ("Verdier est génial et Corvane est horrible", "+-"),
        ("Chez Corvane le service est lamentable alors que Verdier est au top", "+-"),
        ("J'adore Verdier, je déteste Corvane", "+-"),
        ("Je déteste Verdier et j'adore Corvane", "-+"),
        ("Autant Verdier est super, autant Corvane est nul", "+-"),
        ("Verdier est excellent, contrairement à Corvane qui m'ignore", "+0"),
        ("Contrairement à Corvane, Verdier est excellent", "+0"),
        ("Verdier, contrairement à Corvane, est excellent", "+0"),
        ("Verdier est bien mieux que Corvane", "+0"),
        ("Verdier, c'est pire que Corvane", "-0"),
        ("Service client lamentable chez Verdier tandis que Corvane est très agréable", "-+"),
        ("Je suis passée de Corvane à Verdier et je suis ravie", "+0"),
        ("J'ai quitté Corvane pour Verdier, une excellente maison", "+0"),
        ("Verdier et Corvane sont tous les deux nuls", "--"),
        ("Accueil parfait chez Verdier. Très bonne table. Corvane, à éviter, une honte.", "+-"),
        ("@MaisonVerdier vous êtes nuls. @Corvane_SAV m'a sauvé la journée, merci !", "-+"),
        ("@MaisonVerdier J'adore @Corvane_SAV. Votre service est lamentable.", "-+"),
        ("@MaisonVerdier @Corvane_SAV bravo, une équipe formidable !", "++"),
        ("Verdier : une honte / Corvane : un excellent accueil", "-+"),
        ("Verdier m'a beaucoup déçu ; Corvane est remarquable", "-+"),
        ("Au lieu de Corvane, allez chez Verdier, c'est délicieux", "+0"),
        ("Verdier reste excellent, en revanche Corvane est décevant", "+-"),
        ("Verdier : livraison rapide, parfait. Mais Corvane… quelle horreur, à fuir", "+-"),
    ],
)
def test_two_brands_in_french(text: str, signs: str) -> None:
    assert verdicts(text, "fr") == signs


def test_a_text_about_one_brand_stays_whole() -> None:
    text = "Verdier était nul. Mais depuis, quelle merveille. Et toi ?"
    assert parts(text) == {"verdier": text}
    assert about(text, {}, "fr") == {}


def test_a_clause_that_names_nobody_goes_on() -> None:
    own = parts("Hier soir. Verdier, quel accueil. On a ri. Corvane, non. Trop cher.")
    assert own["verdier"] == "Hier soir. Verdier, quel accueil. On a ri."
    assert own["corvane"] == "Corvane, non. Trop cher."


def test_a_new_sentence_turns_back_to_whoever_was_called() -> None:
    own = parts("@MaisonVerdier j'ai pris Corvane - moins cher. Trois heures d'attente.")
    assert own["verdier"].endswith("Trois heures d'attente.")
    assert own["corvane"] == "@MaisonVerdier j'ai pris Corvane - moins cher."


def test_the_head_belongs_to_the_first_clause_whoever_that_names() -> None:
    own = parts("@MaisonVerdier I love @Corvane_SAV. Your service is terrible.", "en")
    assert own["verdier"] == "@MaisonVerdier I love @Corvane_SAV. Your service is terrible."
    assert own["corvane"] == "@MaisonVerdier I love @Corvane_SAV."


def test_what_a_brand_is_measured_against_is_its_bare_name() -> None:
    own = parts("Verdier is cheaper than @Corvane_SAV on Sundays.", "en")
    assert own == {"verdier": "Verdier is cheaper on Sundays.", "corvane": "Corvane_SAV"}


def test_you_is_whoever_was_called() -> None:
    own = parts("@MaisonVerdier bonjour. Corvane répond, vous jamais. Corvane livre.")
    assert own["verdier"] == "@MaisonVerdier bonjour. Corvane répond, vous jamais."
    assert own["corvane"] == "Corvane répond, vous jamais. Corvane livre."


def test_a_list_of_names_is_not_cut() -> None:
    text = "Les équipes de Verdier et Corvane sont formidables"
    assert set(parts(text).values()) == {text}


def test_nothing_is_cut_inside_a_name() -> None:
    own = parts("Booking.com répond. Mais où est la lune ? J'ai lu la suite.")
    assert own == {
        "booking": "Booking.com répond.",
        "lune": "Mais où est la lune ? J'ai lu la suite.",
    }


def test_signs_that_end_no_sentence() -> None:
    text = "Verdier &amp; Corvane, avec Mme. Petit et M. Roy"
    assert set(parts(text).values()) == {text}


def test_a_brand_of_which_only_the_name_is_left_gets_the_whole_text() -> None:
    text = "C'est nul. @Corvane_SAV / Verdier."
    assert parts(text)["verdier"] == text


@pytest.mark.parametrize("language", ["de", "und"])
def test_a_language_without_words_is_cut_by_sentences(language: str) -> None:
    own = parts("Verdier war gut, aber teuer. Corvane nicht.", language)
    assert own == {"verdier": "Verdier war gut, aber teuer.", "corvane": "Corvane nicht."}


@pytest.mark.parametrize(
    ("text", "verdier", "corvane"),
    [
        ("Verdier很好吃。Corvane很难吃。", "Verdier很好吃。", "Corvane很难吃。"),
        ("Verdier رائع. Corvane سيء", "Verdier رائع.", "Corvane سيء"),
    ],
)
def test_other_scripts(text: str, verdier: str, corvane: str) -> None:
    assert parts(text, "und") == {"verdier": verdier, "corvane": corvane}
