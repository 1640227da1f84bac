"""Which brands an item is about: names, handles, contexts, columns, scopes and exclusions."""

from __future__ import annotations

import time

import pytest

from oyez.config.model import Client
from oyez.stage.match import Match, Matcher
from oyez.stage.phrases import spellings
from oyez.stage.text import placed, words

CLIENT = Client.model_validate(
    {
        "id": "verdier",
        "name": "Maison Verdier",
        "timezone": "Europe/Paris",
        "brands": [
            {
                "id": "verdier",
                "name": "Maison Verdier",
                "aliases": ["Verdier"],
                "accounts": [
                    {"network": "x", "handle": "@MaisonVerdier"},
                    {"network": "instagram", "handle": "verdier.paris"},
                    {"network": "mastodon", "handle": "mv@piaille.example"},
                ],
            }
        ],
        "competitors": [
            {"id": "fils", "name": "Verdier & Fils"},
            {"id": "loreal", "name": "L'Oréal", "aliases": ["Oréal"]},
            {
                "id": "orange",
                "name": "Orange",
                "required_context": ["forfait", "fibre"],
                "excluded_context": ["jus d'orange"],
                "accounts": [{"network": "x", "handle": "orange_conseil"}],
            },
            {"id": "coca", "name": "Coca-Cola"},
            {"id": "canal", "name": "Canal+"},
            {"id": "martens", "name": "Dr. Martens"},
            {"id": "booking", "name": "Booking.com"},
            {"id": "lia", "name": "Lia", "match_name": False, "aliases": ["chez Lia"]},
            {"id": "sham", "name": "شام"},
            {"id": "kele", "name": "可口可乐"},
        ],
        "scopes": [
            {"id": "lyon", "name": "Lyon", "kind": "location", "terms": ["Lyon", "presqu'île"]},
            {
                "id": "quebec",
                "name": "Québec",
                "kind": "country",
                "places": ["Montréal"],
                "languages": ["fr"],
            },
            {"id": "insta", "name": "Insta", "kind": "campaign", "networks": ["instagram"]},
        ],
        "exclude": {
            "authors": ["@PromoBot", "x:spammer"],
            "domains": ["bons-plans.fr", "https://www.coupons.example/"],
            "terms": ["code promo", "RT pour gagner"],
        },
    }
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(CLIENT)


def found(matcher: Matcher, text: str, **given: object) -> list[Match]:
    asked: dict[str, object] = {
        "brand_value": None,
        "mapping_brands": {},
        "owner": None,
        "language": "fr",
        "network": "x",
        "place": None,
    }
    return matcher.match(text, **(asked | given))  # type: ignore[arg-type]


def ids(matcher: Matcher, text: str, **given: object) -> list[str]:
    return [match.brand_id for match in found(matcher, text, **given)]


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("Un dîner chez VERDIER hier", ["verdier"]),
        ("Verdier, Coca cola et l'oreal", ["verdier", "loreal", "coca"]),
        ("Verdieresque, Reverdier, verdier2", []),
        ("Verdier's croissants", ["verdier"]),
        ("Verdier’s croissants", ["verdier"]),
        ("le site de l’Oréal", ["loreal"]),
        ("les crèmes L'OREAL", ["loreal"]),
        ("un forfait d’Orange", ["orange"]),
        ("la COCA-COLA et le coca  cola", ["coca"]),
        ("j'ai pris du coca, cola ou pas", []),
        ("Canal+ a tout compris", ["canal"]),
        ("le canal du Midi", []),
        ("mes Dr. Martens, mes dr martens", ["martens"]),
        ("réservé sur Booking.com.", ["booking"]),
        ("voir https://www.booking.com/hotel/x", ["booking"]),
        ("Lia est en retard", []),
        ("dîner chez Lia", ["lia"]),
        ("أحب شام كثيرا", ["sham"]),
        ("我喜欢可口可乐，还有Verdier的面包", ["verdier", "kele"]),
        ("שלום Verdier 😍", ["verdier"]),
        ("Ｖｅｒｄｉｅｒ 𝗩𝗲𝗿𝗱𝗶𝗲𝗿", ["verdier"]),
        ("", []),
        ("😍😍😍", []),
    ],
)
def test_names_stand_as_whole_words(matcher: Matcher, text: str, brands: list[str]) -> None:
    assert ids(matcher, text) == brands


def test_the_longest_of_overlapping_names_is_meant(matcher: Matcher) -> None:
    assert ids(matcher, "Verdier & Fils ferme") == ["fils"]
    assert ids(matcher, "verdier et fils ferme") == ["fils"]
    assert ids(matcher, "#VerdierEtFils ferme") == ["fils"]
    assert ids(matcher, "Verdier & Fils ferme, pas Verdier") == ["verdier", "fils"]


def test_a_name_of_which_only_the_longer_one_is_known_to_fail_is_not_shortened() -> None:
    client = CLIENT.model_copy(
        update={
            "competitors": [
                CLIENT.competitors[0].model_copy(update={"required_context": ["notaire"]})
            ]
        }
    )
    assert ids(Matcher(client), "Verdier & Fils ferme") == []


def test_homonyms_need_their_context(matcher: Matcher) -> None:
    assert ids(matcher, "Orange est ma couleur") == []
    assert ids(matcher, "Orange a coupé ma fibre") == ["orange"]
    assert ids(matcher, "Orange a coupé ma FIBRE pendant mon jus d’orange") == []
    # The account is no homonym, but an excluded context excludes whatever calls it.
    assert ids(matcher, "@orange_conseil bonjour") == ["orange"]
    assert ids(matcher, "@orange_conseil un jus d'orange ?") == []


def test_handles_and_hashtags_name_the_brand(matcher: Matcher) -> None:
    assert found(matcher, "@maisonverdier bonjour") == [Match("verdier", "text", "@MaisonVerdier")]
    assert found(matcher, "#MaisonVerdier") == [Match("verdier", "text", "Maison Verdier")]
    assert found(matcher, "@Verdier merci") == [Match("verdier", "text", "Verdier")]
    assert ids(matcher, "#BoycottVerdier") == ["verdier"]
    assert ids(matcher, "#boycottverdier") == []
    assert ids(matcher, "@verdier.paris !") == ["verdier"]
    assert ids(matcher, "@verdier_lille @reverdier") == []
    assert ids(matcher, "@mv@piaille.example bonjour") == ["verdier"]
    assert ids(matcher, "@mv@other.example @mv bonjour") == []
    assert ids(matcher, "@MaisonVerdier@piaille.example bonjour") == ["verdier"]
    assert ids(matcher, "écrire à verdier@exemple.fr, https://blog.fr/verdier") == []


def test_a_filled_column_overrides_the_text(matcher: Matcher) -> None:
    value = {"Cosmétiques L": "loreal"}
    for given, brand in [
        ("COSMETIQUES L", "loreal"),
        ("coca", "coca"),
        ("coca-cola", "coca"),
        ("Coca Cola", "coca"),
        ("l’oreal", "loreal"),
        ("VERDIER ", "verdier"),
        ("oreal", "loreal"),
    ]:
        assert found(matcher, "Canal+", brand_value=given, mapping_brands=value) == [
            Match(brand, "column", given.strip())
        ]


def test_an_unknown_column_value_matches_nothing(matcher: Matcher) -> None:
    assert ids(matcher, "Verdier", brand_value="Delta") == []
    assert ids(matcher, "Verdier", brand_value="Delta", owner="verdier") == []
    assert ids(matcher, "Verdier", brand_value="D", mapping_brands={"D": "no-brand"}) == []
    assert ids(matcher, "Verdier", brand_value="  ") == ["verdier"]


def test_the_own_account_counts_unless_the_text_already_does(matcher: Matcher) -> None:
    owner = matcher.owner("x", "maisonVERDIER")
    assert owner == "verdier"
    assert found(matcher, "Bon lundi !", owner=owner) == [
        Match("verdier", "account", "Maison Verdier")
    ]
    assert found(matcher, "Verdier ouvre", owner=owner) == [Match("verdier", "text", "Verdier")]


def test_owner_reads_the_network(matcher: Matcher) -> None:
    assert matcher.owner("instagram", "@Verdier.Paris") == "verdier"
    assert matcher.owner("x", "verdier.paris") is None
    assert matcher.owner("x", "") is None
    assert matcher.owner("x", None) is None


def test_addressed_by_the_account_only(matcher: Matcher) -> None:
    assert matcher.addressed("@MaisonVerdier @orange_conseil ?") == {"verdier", "orange"}
    assert matcher.addressed("Bonjour.@maisonverdier, merci") == {"verdier"}
    assert matcher.addressed("(@maisonverdier)") == {"verdier"}
    assert matcher.addressed("Verdier, #MaisonVerdier, a@maisonverdier.fr") == set()


def test_scopes_follow_their_brand(matcher: Matcher) -> None:
    assert found(matcher, "Verdier à LYON")[1] == Match("lyon", "scope", "Lyon")
    assert ids(matcher, "Verdier sur la Presqu’ile") == ["verdier", "lyon"]
    assert ids(matcher, "Canal+ à Lyon") == ["canal"]
    assert ids(matcher, "Verdier à Lyonnais") == ["verdier"]
    assert ids(matcher, "à Lyon", brand_value="Verdier") == ["verdier", "lyon"]
    assert ids(matcher, "Verdier", place="montreal") == ["verdier", "quebec"]
    assert ids(matcher, "Verdier", place="montreal", language="en") == ["verdier"]
    assert ids(matcher, "Verdier", network="instagram") == ["verdier", "insta"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"handle": "promobot"}, "author:@PromoBot"),
        ({"handle": "@Spammer"}, "author:x:spammer"),
        ({"handle": "spammer", "network": "bluesky"}, None),
        ({"url": "https://www.bons-plans.fr/a"}, "domain:bons-plans.fr"),
        ({"url": "http://m.coupons.example"}, "domain:https://www.coupons.example/"),
        ({"url": "https://mesbons-plans.fr/"}, None),
        ({"url": "https://[broken"}, None),
        ({"text": "Code-Promo Verdier"}, "term:code promo"),
        ({"text": "code promotionnel"}, None),
        ({}, None),
    ],
)
def test_exclusion_says_why(matcher: Matcher, item: dict[str, str], reason: str | None) -> None:
    asked: dict[str, str | None] = {"network": "x", "handle": None, "url": None, "text": "Verdier"}
    assert matcher.exclusion(**(asked | item)) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Verdier, puis VERDIER & fils", {"verdier": ["Verdier"], "fils": ["VERDIER & fils"]}),
        (
            "l’Ｏre\u0301al et Coca\u00adCola, coca-cola",
            {"loreal": ["l’Ｏre\u0301al"], "coca": ["Coca\u00adCola", "coca-cola"]},
        ),
        ("#BoycottVerdier @MaisonVerdier.", {"verdier": ["#BoycottVerdier", "@MaisonVerdier"]}),
        ("ŒUVRE 😍 可口可乐!", {"kele": ["可口可乐"]}),
        ("Orange, sans contexte, et Lia", {}),
        ("", {}),
    ],
)
def test_spans_tell_where_the_names_stand(
    matcher: Matcher, text: str, named: dict[str, list[str]]
) -> None:
    spans = matcher.spans(text)
    assert {one: [text[a:b] for a, b in places] for one, places in spans.items()} == named
    assert list(spans) == sorted(spans, key=lambda one: spans[one])


@pytest.mark.parametrize(
    "text",
    [
        "L’Ôréal \u200bﬁn #BoycottVerdier_x @a.b@c.org www.x.org/é e@x.org, (ß) 「可口」 H&M",
        "plain ascii, `quoted` #Tag",
    ],
)
def test_placed_words_are_the_words(text: str) -> None:
    assert [word for word, _, _ in placed(text)] == list(words(text))


def test_one_pass_serves_many_brands() -> None:
    """A hundred times the brands must not cost a hundred times the time."""

    def seconds(count: int) -> float:
        client = Client.model_validate(
            {
                "id": "big",
                "name": "Big",
                "timezone": "UTC",
                "brands": [{"id": f"b{i}", "name": f"Marque {i}"} for i in range(count)],
            }
        )
        matcher = Matcher(client)
        best = float("inf")
        for turn in range(3):
            start = time.perf_counter()
            for number in range(500):
                ids(matcher, f"texte {turn} {number} sans marque connue, assez long pour compter")
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(300) < 20 * seconds(3)


def test_a_long_text_costs_by_its_length(matcher: Matcher) -> None:
    def seconds(times: int) -> float:
        best = float("inf")
        for turn in range(3):
            text = f"{turn} " + "Verdier et Orange fibre, Coca-Cola. " * times
            start = time.perf_counter()
            assert ids(matcher, text) == ["verdier", "orange", "coca"]
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(3_000) < 50 * seconds(300)


@pytest.mark.parametrize(
    ("term", "found", "missed"),
    [
        ("L'Oréal", {"loreal", "#loreal", "l oreal"}, {"oreal"}),
        ("L'Oréal Paris", {"lorealparis", "#lorealparis"}, {"loreal", "l oreal"}),
        ("Coca-Cola", {"cocacola", "#cocacola", "coca cola"}, {"coca"}),
        ("H&M", {"h & m", "h and m", "#hm"}, {"hm", "hetm"}),
        ("Canal+", {"canal +", "#canal"}, {"canal"}),
        ("Au Bon", {"au bon", "#aubon"}, {"aubon"}),
    ],
)
def test_a_long_enough_name_is_found_in_one_word(
    term: str, found: set[str], missed: set[str]
) -> None:
    assert found <= set(spellings(term))
    assert missed.isdisjoint(spellings(term))
