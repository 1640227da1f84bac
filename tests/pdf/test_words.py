"""Numbers, dates and sentences, in both languages."""
# ruff: noqa: E501  one case a line

from __future__ import annotations

import re
from datetime import date

import pytest
from sample_edition import found, french

from oyez import resources
from oyez.render import numbers, text
from oyez.render.language import LANGUAGES, Language, _keys
from oyez.render.sentences import finding_sentence

FR, EN = Language("fr-FR"), Language("en-GB")
_KEY = re.compile(r"\b[a-z_]+\.[a-z_]+\b")
_PO = resources.folder("reports") / "locales/fr/LC_MESSAGES/oyez.po"
_WORDS = set(re.findall(r"\{(\w+)\}", _PO.read_text(encoding="utf-8")))
NB, NN = "\u00a0", "\u202f"

CODES = [
    found("volume.change", value=1332, prior=1242, change_pct=7.2, prior_kind="previous_period"),
    found("volume.change", value=900, prior=1242, change_pct=-27.5, prior_kind="last_year"),
    found("volume.change", value=1243, prior=1242, change_pct=0.1, prior_kind="previous_period"),
    found("volume.change", value=5, prior=0, change_pct=None, prior_kind="previous_period"),
    found("volume.zero_partial", measured_pct=88.4), found("volume.unmatched", count=15),
    found("sov.zero"), found("sov.leader", share_pct=87.5, second_name="B", second_share_pct=12.5, count=14, n=16, second_count=2),
    found("sov.rank", rank=2, of=2, share_pct=20.0, leader_name="A", leader_share_pct=80.0, count=1, n=5, leader_count=4),
    found("sources.top", network="x", share_pct=50.0, second_network="news", second_share_pct=14.3, count=7, n=14, second_count=2),
    found("volume.bridged", value=80, count=50, prior=40), found("volume.bridged", value=1, count=1, prior=0),
    found("sentiment.bridged", value=15.7, n=80, alike=12.0, prior=-3.0),
    found("volume.no_prior", value=1), found("volume.zero"), found("volume.not_measured"),
    found("volume.partial", value=12, measured_pct=50.0),
    found("volume.peak", day="2026-09-08", count=168, median_count=41, ratio=4.1),
    found("volume.peak", day="2026-09-08", count=168, median_count=0, ratio=None),
    found("volume.peak_negative", day="2026-09-08", count=168, negative_pct=62.0, median_count=41, ratio=4.1),
    found("volume.steady", low=2, high=9),
    found("sentiment.change", value=15.7, prior=24.1, change_points=-8.4, n=1332),
    found("sentiment.change", value=-3.0, prior=-4.6, change_points=1.6, n=40),
    found("sentiment.change", value=3.0, prior=3.0, change_points=0.0, n=40),
    found("sentiment.no_prior", value=3.0, n=40), found("sentiment.too_few", n=1),
    found("sentiment.not_measured"), found("sentiment.zero"),
    found("sov.leader", share_pct=41.0, second_name="B", second_share_pct=30.0),
    found("sov.leader", share_pct=100.0, second_name=None, second_share_pct=None),
    found("sov.rank", rank=2, of=5, share_pct=27.4, leader_name="A", leader_share_pct=31.2),
    found("themes.top", term="service client", item_count=42, item_total=310, times=3.2, span_count=12),
    found("themes.top", term="x", item_count=1, item_total=30, times=12.0, span_count=1),
    found("themes.top", term="vidéo", item_count=42, item_total=310, times=None, span_count=12),
    found("themes.negative", term="colis", count=12, n=14), found("themes.negative", term="colis", count=1, n=1),
    found("themes.none", n=118, span_count=12), found("themes.not_read"), found("themes.no_baseline"),
    found("themes.too_few", n=12, baseline_n=140, minimum_n=30),
    found("themes.own", theme_name="Livraison", item_count=9), found("themes.own", theme_name="Prix", item_count=1),
    found("themes.left_out", source_names=["X"]), found("themes.left_out", source_names=["X", "Y"]),
    found("sov.no_competitor"), found("sov.not_comparable", names=["A", "B"]),
    found("sov.not_comparable", names=["A"]), found("sov.not_measured"),
    found("sources.top", network="x", share_pct=60.0, second_network="news", second_share_pct=20.0),
    found("sources.top", network="x", share_pct=60.0, second_network=None, second_share_pct=None),
    found("sources.only", network="google"), found("sources.none"),
    found("reviews.score", value=4.2, n=12, prior=None), found("reviews.score", value=4.2, n=12, prior=4.0),
    found("reviews.score", value=4.2, n=12, prior=4.4), found("reviews.score", value=4.2, n=12, prior=4.2),
    found("reviews.few", n=1, value=3.0), found("reviews.few", n=4, value=None), found("reviews.none"),
    found("reviews.unanswered", count=3, negative_count=2), found("reviews.unanswered", count=1, negative_count=0),
    found("reviews.unanswered", count=0, negative_count=0),
    found("response.median", median_minutes=312, answered=266, n=318),
    found("response.not_reached", answered=3, n=40), found("response.few", answered=3, n=7),
    found("response.none"), found("response.not_measured"),
    found("community.active", value=126, prior=117, newcomers=15),
    found("community.active", value=1, prior=None, newcomers=0), found("community.none"),
    found("community.half", count=17, n=85), found("community.half", count=1, n=9),
    found("authors.concentration", top_count=5, share_pct=18.2), found("authors.none"),
    found("authors.concentration", top_count=9, share_pct=100.0, signed_count=14, n=14),
    found("verbatims.split", positive_count=5, negative_count=2), found("verbatims.none"),
    found("coverage.complete", source_count=1), found("coverage.complete", source_count=5),
    found("coverage.gaps", measured_pct=98.6, source_names=["X"]), found("coverage.brands", names=["A"]),
    found("coverage.none"), found("methods.basis", models=["vader"]), found("methods.basis", models=[]),
    found("action.answer_reviews", count=3, oldest_day="2026-08-01"),
    found("action.answer_waiting", count=1, oldest_day="2026-08-09"),
    found("action.explain_peak", day="2026-09-08"), found("action.fix_coverage", source_names=["X", "Y"]),
    found("action.thank_authors", authors=["a", "b", "c"]), found("action.thank_authors", authors=["a"]),
    found("action.welcome_newcomers", count=2), found("action.keep_on"),
    found("volume.peak", day="2026-09-08", count=168, median_count=41, ratio=4.1, basis="period"),
    found("volume.peak_negative", day="2026-09-08", count=168, negative_pct=62.0, median_count=41, ratio=4.1, basis="period"),
    found("sentiment.too_few", n=27, positive_count=19, negative_count=6),
    found("sov.not_measured", own_pct=7.7), found("coverage.source_gaps", source_names=["X"]),
    found("coverage.source_gaps", source_names=["X", "Y"]),
    found("spike.onset", day="2026-05-26", hour=21, count=19, busy_count=6),
    found("spike.network", network="x", count=426, total=663), found("spike.press", count=12), found("spike.press", count=1),
    found("action.answer_reviews", count=5, negative_count=1, oldest_day="2026-05-10"),
    found("action.answer_reviews", count=50, negative_count=35, oldest_day="2026-05-25"),
    found("action.fill_gap", source_names=["X"], day="2026-05-12"),
    found("action.missed_target", figure="review_score", value=4.0, target=4.4, unit="stars", bound="at_least"),
    found("action.missed_target", figure="net_sentiment", value=-50.0, target=15.0, unit="points", bound="at_least"),
]  # fmt: skip


@pytest.mark.parametrize("finding", CODES, ids=lambda one: one.code)
@pytest.mark.parametrize("language", [FR, EN], ids=["fr", "en"])
def test_every_code_is_a_whole_sentence(finding, language):
    sentence = finding_sentence(finding, french(), language)
    assert sentence[0].isupper() or sentence[0].isdigit() or not sentence[0].isascii()
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "None" not in sentence


@pytest.mark.parametrize("language", [FR, EN], ids=["fr", "en"])
def test_a_count_never_prints_a_key(language):
    for key in _keys(language.code):
        for count in (0, 1, 2):
            words = dict.fromkeys(_WORDS, "w")
            assert not _KEY.search(language.say(key, count, **words)), key


def test_both_languages_have_the_same_sentences():
    first, second = (_keys(code) for code in LANGUAGES)
    assert first == second
    assert len(first) > 300


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (CODES[0], f"1{NN}332 mentions sur la période, en hausse de 7,2{NB}% (contre 1{NN}242 le mois précédent)."),
        (found("response.few", answered=3, n=7), f"3 réponses sur 7{NB}: trop peu de cas pour un taux ou un délai."),
        (found("action.answer_reviews", count=2, oldest_day="2026-08-01"), f"Répondre aux 2 avis restés sans réponse{NN}; le plus ancien date du 1er{NB}août."),
        (found("volume.change", value=12, prior=9, change_pct=33.3, prior_kind="previous_period"), "12 mentions sur la période, en hausse de 3 (contre 9 le mois précédent)."),
        (found("sources.top", network="x", share_pct=55.2, second_network="news", second_share_pct=11.9), f"55,2{NB}% des mentions ont paru sur X, 11,9{NB}% dans la presse en ligne."),
        (found("response.not_reached", answered=142, n=460), f"Moins de la moitié des sollicitations ont reçu une réponse{NB}: 142 sur 460."),
        (found("action.answer_reviews", count=5, negative_count=1, oldest_day="2026-05-10"), f"Répondre aux 5 avis restés sans réponse, d’abord à celui qui est négatif{NN}; le plus ancien date du 10{NB}mai."),
        (found("action.missed_target", figure="net_sentiment", value=-50.0, target=15.0, unit="points", bound="at_least"), f"Décider comment revenir à l’objectif{NB}: Tonalité nette, −50,0{NB}pts mesuré pour 15,0{NB}pts visé."),
        (found("sov.rank", rank=1, of=3, share_pct=50.0, leader_name="A", leader_share_pct=50.0), f"La marque est 1re sur 3 avec 50,0{NB}% des mentions{NN}; A mène avec 50,0{NB}%."),
    ],
)  # fmt: skip
def test_french_sentences(finding, words):
    assert finding_sentence(finding, french(), FR) == words


@pytest.mark.parametrize(("rank", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th")])
def test_english_ranks(rank, words):
    finding = found(
        "sov.rank", rank=rank, of=12, share_pct=5.0, leader_name="A", leader_share_pct=9.0
    )
    assert f"ranks {words} of 12" in finding_sentence(finding, french(), EN)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (numbers.decimal(12840, FR), f"12{NN}840"), (numbers.decimal(12840, EN), "12,840"),
        (numbers.percent(27.4, FR), f"27,4{NB}%"), (numbers.percent(27.4, EN), "27.4%"),
        (numbers.percent(100, FR), f"100{NB}%"), (numbers.percent(99.96, FR), f"100{NB}%"),
        (numbers.points(1.6, FR), f"+1,6{NB}pt"), (numbers.points(-8.4, FR), f"−8,4{NB}pts"),
        (numbers.points(2, FR), f"+2,0{NB}pts"), (numbers.points(-0.04, FR), f"0,0{NB}pt"),
        (numbers.compact(8_412_000, FR), f"8,4{NB}M"), (numbers.compact(99_999, EN), "99,999"),
        (numbers.duration(45, FR), f"45{NB}min"), (numbers.duration(450, FR), f"7{NB}h{NB}30"),
        (numbers.duration(485, FR), f"8{NB}h{NB}05"), (numbers.duration(-65, FR), f"−1{NB}h{NB}05"),
        (numbers.duration(3120, FR), f"2{NB}j{NB}4{NB}h"), (numbers.duration(0, EN), f"0{NB}min"),
        (numbers.decimal(2.5, FR), "3"), (numbers.signed(-3, FR), "−3"),
        (text.day("2026-08-01", FR), f"1er{NB}août"), (text.day("2026-09-08", FR), f"8{NB}septembre"),
        (text.day("2026-08-01", EN, True), f"1{NB}August{NB}2026"),
        (text.day("2026-08-01", Language("en-US"), True), f"August{NB}1,{NB}2026"),
        (text.span(date(2026, 9, 1), date(2026, 9, 30), FR), f"septembre{NB}2026"),
        (text.span(date(2026, 9, 14), date(2026, 9, 20), FR), f"14 – 20{NB}septembre{NB}2026"),
        (text.span(date(2025, 12, 29), date(2026, 1, 4), EN), f"29{NB}December{NB}2025 – 4{NB}January{NB}2026"),
        (text.moment("2026-05-26T14:05", FR), f"26{NB}mai, 14{NB}h{NB}05"),
    ],
)  # fmt: skip
def test_numbers_and_dates(made, wanted):
    assert made == wanted
