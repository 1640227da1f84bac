"""Names that are everyday words: what a client's file must say so that only the brand is found.

The file is one that a French agency would write; the texts are what people post.
"""

from __future__ import annotations

import pytest

from oyez.config.model import Client
from oyez.stage.match import Matcher

CLIENT = Client.model_validate(
    {
        "id": "telecom",
        "name": "Téléphonie",
        "timezone": "Europe/Paris",
        "brands": [
            {
                "id": "orange",
                "name": "Orange",
                "aliases": ["Livebox", "Orange Bank"],
                "required_context": [
                    "forfait", "fibre", "réseau", "box", "opérateur", "SAV", "4G", "5G", "SIM",
                    "boutique", "résilier", "Sosh", "data", "roaming", "broadband", "mobile plan",
                ],
                "excluded_context": [
                    "jus d'orange", "orange juice", "orange pressée", "alerte orange",
                    "vigilance orange", "prince d'Orange", "Orange County", "fleur d'oranger",
                ],
                "accounts": [{"network": "x", "handle": "@orange_conseil"}],
            }
        ],
        "competitors": [
            {
                "id": "free",
                "name": "Free",
                "match_name": False,
                "aliases": ["Free Mobile", "Freebox", "chez Free", "forfait Free"],
                "accounts": [{"network": "x", "handle": "@free"}],
            },
            {
                "id": "sfr",
                "name": "SFR",
                "aliases": ["SFR Business", "Red by SFR"],
            },
            {
                "id": "slack",
                "name": "Slack",
                "required_context": [
                    "channel", "workspace", "Teams", "message", "messages", "notification",
                    "notifications", "DM", "messagerie", "canal", "canaux", "Salesforce",
                ],
                "excluded_context": [
                    "slack adjuster", "slack adjusters", "chain slack", "slack in the chain",
                    "slack in the cable", "cut me some slack", "slackline", "slack variable",
                ],
            },
            {
                "id": "apple",
                "name": "Apple",
                "aliases": ["Apple Store", "iPhone"],
                "excluded_context": ["apple pie", "apple juice", "Fiona Apple", "Big Apple"],
            },
            {
                "id": "lemonde",
                "name": "Le Monde",
                "match_name": False,
                "aliases": ["journal Le Monde", "lemonde.fr", "@lemondefr", "abonné au Monde"],
            },
            {"id": "boursorama", "name": "Boursorama", "aliases": ["BoursoBank", "Bourso"]},
            {"id": "laposte", "name": "La Poste", "excluded_context": ["poste de police"]},
        ],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(CLIENT)


def ids(matcher: Matcher, text: str) -> list[str]:
    found = matcher.match(
        text,
        brand_value=None,
        mapping_brands={},
        owner=None,
        language="fr",
        network="x",
        place=None,
    )
    return [one.brand_id for one in found]


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        # the fruit, the colour, the weather, the town
        ("Deux oranges et un kilo de clémentines", []),
        ("Une robe orange pour le mariage de ma sœur", []),
        ("Le ciel était ORANGE ce matin", []),
        ("Vigilance orange aux orages, plus de réseau à Nîmes", []),
        ("J'ai renversé mon jus d’orange sur la box", []),
        ("Festival à Orange, dans le Vaucluse", []),
        ("Spilled orange juice over my broadband router", []),
        ("A week in Orange County without data", []),
        # the operator
        ("Orange a encore coupé la fibre", ["orange"]),
        ("ORANGE, votre réseau est nul", ["orange"]),
        ("le SAV d'Orange ne répond pas", ["orange"]),
        ("le SAV d’orange ne répond pas", ["orange"]),
        ("Résiliée de chez orange hier, j'ai dû résilier deux fois", ["orange"]),
        ("#Orange : panne de fibre", ["orange"]),
        ("#OrangeFibre en panne", ["orange"]),
        ("Orange-fibre : trois jours sans rien", ["orange"]),
        ("Orange's mobile plan is a rip-off", ["orange"]),
        ("@orange_conseil bonjour, quelqu'un ?", ["orange"]),
        ("deux forfaits Orange", ["orange"]),  # a context term stands in the plural, too
        ("les réseaux d'Orange", ["orange"]),
        ("Deux jus d'orange et la fibre", []),
        ("Des jus d'oranges, la fibre, Orange", []),
        ("les oranges et leurs fibres", []),  # a name does not
    ],
)
def test_orange(matcher: Matcher, text: str, brands: list[str]) -> None:
    assert ids(matcher, text) == brands


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("Check the slack adjuster on each brake before you leave", []),
        ("There is too much slack in the chain, loosen the tensioner", []),
        ("Cut me some slack, I answered your message", []),
        ("slack off for a week", []),
        ("Slack is down, no channel loads", ["slack"]),
        ("Slack notifications at 3 a.m., again", ["slack"]),
        ("On passe de Slack à Teams lundi", ["slack"]),
        ("le canal Slack de l'équipe", ["slack"]),
        ("slackers gonna slack, said the channel", ["slack"]),  # what no list of words can tell
    ],
)
def test_slack(matcher: Matcher, text: str, brands: list[str]) -> None:
    assert ids(matcher, text) == brands


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("Feel free to ask, it's free", []),
        ("Je suis freelance, donc free le lundi", []),
        ("Je suis chez Free depuis dix ans", ["free"]),
        ("mon forfait free à 2 €", ["free"]),
        ("Free-Mobile en panne", ["free"]),
        ("la freebox clignote", ["free"]),
        ("@free toujours rien", ["free"]),
        ("#FreeMobile en panne", ["free"]),
        ("#free", []),
        ("Passé de SFR à Free Mobile", ["free", "sfr"]),
        ("S.F.R. m'a facturé deux fois", []),  # spelt with stops: an alias of its own
        ("sfr c'est non", ["sfr"]),
        ("Red by SFR répond", ["sfr"]),
        ("sfrançais", []),
        ("Boursorama a bloqué ma carte", ["boursorama"]),
        ("BOURSO BANK", ["boursorama"]),
        ("Bourso-Bank", ["boursorama"]),
        ("les boursoramiens", []),
        ("My grandmother's apple pie", []),
        ("An apple a day", ["apple"]),  # no context asked for: the file trusts the name
        ("l'iPhone d'Apple", ["apple"]),
        ("mes deux iPhones", []),
        ("Apple’s new store", ["apple"]),
        ("Tout le monde le sait", []),
        ("Le monde entier en parle", []),
        ("Lu dans le journal Le Monde ce matin", ["lemonde"]),
        ("https://www.lemonde.fr/article/2024", ["lemonde"]),
        ("Abonnée au Monde, abonné au monde", ["lemonde"]),
        ("via @lemondefr", ["lemonde"]),
        ("la poste est fermée", ["laposte"]),
        ("La-Poste", ["laposte"]),
        ("conduit au poste de police par la Poste", []),
    ],
)
def test_other_everyday_words(matcher: Matcher, text: str, brands: list[str]) -> None:
    assert ids(matcher, text) == brands


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("שלום Boursorama, החשבון שלי חסום", ["boursorama"]),
        ("\u200fBoursorama\u200f לא עונה", ["boursorama"]),
        ("بنك Boursorama سيء جدا", ["boursorama"]),
        ("\u2067Boursorama\u2069 سيء", ["boursorama"]),
        ("Boursoramaは最悪だ", ["boursorama"]),
        ("我用iPhone拍照，Apple很好", ["apple"]),
        ("ＳＦＲ の回線", ["sfr"]),
        ("𝗦𝗙𝗥 en panne", ["sfr"]),
        ("S\u00adF\u00adR", ["sfr"]),
        ("Bours\u00f4rama", ["boursorama"]),
        ("Bourso\u0302rama", ["boursorama"]),
        ("Orange résea\u0301u fibre", ["orange"]),
        ("🍊 Orange 📱 5G", ["orange"]),
    ],
)
def test_other_scripts_and_odd_spellings(matcher: Matcher, text: str, brands: list[str]) -> None:
    assert ids(matcher, text) == brands


def test_names_in_scripts_without_spaces() -> None:
    client = Client.model_validate(
        {
            "id": "fruit",
            "name": "Fruit",
            "timezone": "Asia/Tokyo",
            "brands": [
                {"id": "apple", "name": "苹果", "required_context": ["手机", "电脑"]},
                {"id": "rakuten", "name": "楽天", "excluded_context": ["楽天的"]},
            ],
        }
    )
    matcher = Matcher(client)
    assert ids(matcher, "苹果手机太贵了") == ["apple"]
    assert ids(matcher, "我喜欢吃苹果") == []
    assert ids(matcher, "楽天で買った") == ["rakuten"]
    assert ids(matcher, "彼は楽天的だ") == []
