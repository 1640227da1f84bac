"""Words that announce a crisis, insults, and the trades in which they are ordinary."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from oyez.config.model import Sector
from oyez.enrich.crisis_cue import crisis_cues, insults
from oyez.enrich.cue_list import read

CUES = Path(__file__).parents[2] / "plugins/oyez/enrich/cues"


@pytest.mark.parametrize(
    ("text", "language", "cues"),
    [
        ("Appel au boycott de Verdier", "fr", ("boycott",)),
        ("#BoycottVerdier #boycottonsverdier", "fr", ("boycott",)),
        ("J'ai porté plainte, quel scandale", "fr", ("porte plainte", "scandale")),
        ("Danger de mort dans ce magasin", "fr", ("danger de mort",)),
        ("Rappel de produits : listeria", "fr", ("rappel de produit", "listeria")),
        ("INTOXICATION alimentaire", "fr", ("intoxication",)),
        ("Trois blesses a l'usine", "fr", ("blessés",)),
        ("Fuite de données chez Verdier", "fr", ("fuite de données",)),
        ("See you in court, total scandal", "en", ("see you in court", "scandal")),
        ("Data breach at Verdier, class action lawsuit", "en", None),
        ("food poisoning again, food poisoning", "en", ("food poisoning",)),
        ("Racist staff", "en", ("racist",)),
    ],
)
def test_cues(text: str, language: str, cues: tuple[str, ...] | None) -> None:
    expected = ("data breach", "class action lawsuit") if cues is None else cues
    assert crisis_cues(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mort de rire devant cette pub", "fr"),
        ("Je suis morte de faim", "fr"),
        ("Angle mort et point mort", "fr"),
        ("Cliqué par accident", "fr"),
        ("Aucun danger, sans danger", "fr"),
        ("Pas de scandale ici", "fr"),
        ("Dix ans de route, jamais d'accident", "fr"),
        ("Jamais eu d'accident avec eux", "fr"),
        ("Sans le moindre danger", "fr"),
        ("Pas le moindre scandale", "fr"),
        ("Pas un seul accident", "fr"),
        ("Never had an accident", "en"),
        ("Not a single accident in ten years", "en"),
        ("Toast avocat et salade d'avocat", "fr"),
        ("Mon forfait explosé", "fr"),
        ("@boycott_verdier bonjour", "fr"),
        ("Le scandinave et la mortadelle", "fr"),
        ("Une complainte accidentée", "fr"),
        ("Bored to death, my phone died", "en"),
        ("She killed it, I died laughing", "en"),
        ("Opened by accident, no danger", "en"),
        ("A fatal error message", "en"),
        ("We are in danger of missing the train", "en"),
        ("Rapeseed oil", "en"),
        ("El escándalo", "es"),
        ("", "fr"),
    ],
)
def test_no_cue(text: str, language: str) -> None:
    assert crisis_cues(text, language) == ()


@pytest.mark.parametrize(
    ("text", "language", "sector", "elsewhere"),
    [
        ("Après mon accident de voiture", "fr", "insurance", "accident"),
        ("Le boss final m'a tué, il est mort", "fr", "games", "mort"),
        ("Le décès de mon père", "fr", "funeral", "décès"),
        ("Une plainte en cours", "fr", "legal", "plainte"),
        ("Une plainte en cours", "fr", "insurance", "plainte"),
        ("Prix de l'avocat au kilo", "fr", "food", "avocat"),
        ("Un scandale raconté par le journal", "fr", "media", "scandale"),
        ("My accident claim", "en", "insurance", "accident"),
        ("Killed in the last level", "en", "games", "killed"),
        ("Knee injury again", "en", "sport", "injury"),
    ],
)
def test_a_trade_s_ordinary_words(text: str, language: str, sector: str, elsewhere: str) -> None:
    assert elsewhere in crisis_cues(text, language)
    assert elsewhere not in crisis_cues(text, language, sector)
    assert "boycott" in crisis_cues(f"{text} boycott", language, sector)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Bande de clowns", "fr", ("bande de clowns",)),
        ("ENCULÉS, escrocs !", "fr", ("enculés", "escrocs")),
        ("Quels abrutis au SAV", "fr", ("abrutis",)),
        ("Allez vous faire voir", "fr", ("allez vous faire",)),
        ("You are idiots, scumbags", "en", ("idiots", "scumbag")),
    ],
)
def test_insults(text: str, language: str, found: tuple[str, ...]) -> None:
    assert insults(text, language) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Allez vous faire vacciner", "fr"),
        ("Le concert des Enfoirés", "fr"),
        ("Sortez les ordures", "fr"),
        ("Une bande dessinée et une bande de copains", "fr"),
        ("Ce n'est pas un voleur", "fr"),
        ("Le contrat, le conseil, la connexion", "fr"),
        ("Putain que c'est bon", "fr"),
        ("Moby Dick at Dick's Sporting Goods", "en"),
        ("Winners and losers", "en"),
        ("Shut up and take my money", "en"),
        ("The class is an assessment", "en"),
        ("@idiots hello", "en"),
    ],
)
def test_no_insult(text: str, language: str) -> None:
    assert insults(text, language) == ()


def test_insults_of_a_trade() -> None:
    assert insults("Jouer un voleur niveau 20", "fr") == ("voleur",)
    assert insults("Jouer un voleur niveau 20", "fr", "games") == ()
    assert insults("Le spectacle du clown", "fr", "culture") == ()


@pytest.mark.parametrize("path", sorted(CUES.glob("*.tsv")), ids=lambda path: path.stem)
def test_a_list_names_known_sectors_and_labels(path: Path) -> None:
    labels = {
        "crisis": {
            *("mobilisation", "scandal", "law", "fraud", "danger", "accident", "death"),
            *("discrimination", "abuse", "data", "values"),
        },
        "insult": {"insult"},
        "intent": {"complaint", "praise", "question"},
        "mockery": {"fact", "sincere"},
        "reply": {"empathy", "follow_up"},
        "spam": {"sale", "prize", "spread"},
        "thanks": {"thanks"},
    }
    for row in read(path):
        assert row.sectors <= set(get_args(Sector)), row.written
        assert row.label in {"none", *labels[path.stem.split("_")[0]]}, row.written


def test_a_wrong_line_is_told(tmp_path: Path) -> None:
    path = tmp_path / "crisis_xx.tsv"
    path.write_text("# ours\nfine\tlaw\nno label\n", "utf-8")
    with pytest.raises(ValueError, match=r"crisis_xx.tsv, line 3: write expression, tab, label"):
        list(read(path))
