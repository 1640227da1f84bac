"""The English rules, word by word."""

from __future__ import annotations

import pytest

from oyez.enrich.lexicon.english import judge


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("it is good", "it is very good"),
        ("it is good", "it is GOOD"),
        ("it is kind of good", "it is good"),
        ("good", "good!!!"),
        ("not good", "good"),
        ("isn't really good", "really good"),
        ("no good", "good"),
        ("the least good", "good"),
        ("awful", "not awful"),
        ("good but awful", "awful but good"),
        ("good...awful", "good...great"),
        ("yeah right", "right"),
    ],
)
def test_order(weaker: str, stronger: str) -> None:
    assert judge(weaker).polarity < judge(stronger).polarity


def test_shouting_everything_stresses_nothing() -> None:
    assert judge("THIS IS GOOD").polarity == judge("this is good").polarity


def test_weights_of_the_table() -> None:
    # "good" weighs 1.9 in VADER's table: 1.9 / sqrt(1.9² + 15); "very" adds 0.293, a negation
    # makes -0.74 of it
    assert judge("good").polarity == pytest.approx(0.4404, abs=1e-4)
    assert judge("very good").polarity == pytest.approx(0.4927, abs=1e-4)
    assert judge("isn't good").polarity == pytest.approx(-0.3412, abs=1e-4)


def test_cues_show_what_modified_them() -> None:
    assert [cue.words for cue in judge("The food is not very good.").cues] == ["not very good"]
    assert [cue.words for cue in judge("On hold, lost my luggage!").cues] == [
        "On hold",
        "lost my luggage",
    ]


@pytest.mark.parametrize(
    "text", ["", "no", "but", "no no no", "not", "never", "-", "İ good İ", "n't"]
)
def test_odd_texts(text: str) -> None:
    assert -1 <= judge(text).polarity <= 1


def test_long_text_is_a_mean_of_stretches() -> None:
    assert 0.3 < judge("It is good. " * 1000).polarity <= 1
