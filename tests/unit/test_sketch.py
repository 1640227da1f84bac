"""Sketches: equal for equal words, near for near ones, mute about the words themselves."""

from __future__ import annotations

from oyez.enrich.sketch import BAND, READ, SHORT, SHORTEST, SLOTS, sketch

NEWS = (
    "The shop on the quay will close in March 2027 after 48 years, its owners said on Monday, "
    "because rents along the river have doubled and nobody would take it over at such a price."
)


def alike(one: str, other: str) -> float:
    first, second = sketch(None, one), sketch(None, other)
    assert first
    assert second
    assert len(first) == len(second)
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def test_what_is_not_worded_makes_no_difference() -> None:
    assert alike(NEWS, f"RT @quay: {NEWS.upper()} https://a.example/1 @someone") == 1
    assert alike(NEWS, NEWS.replace("shop", "#shop")) == 1


def test_a_light_edit_stays_near_and_other_numbers_do_not() -> None:
    assert alike(NEWS, NEWS.replace("Monday", "Tuesday")) >= 2 / 3
    other = NEWS.replace("2027", "2031").replace("48", "12").replace("March", "June")
    assert alike(NEWS, other) < 2 / 3


def test_a_title_counts_only_where_the_text_is_short() -> None:
    assert sketch("One title", NEWS) == sketch("Another", NEWS)
    assert sketch("One title of some words", "The shop will close soon") != sketch(
        None, "The shop will close soon"
    )


def test_short_texts_have_one_band_or_none() -> None:
    words = NEWS.split()
    assert sketch(None, "merci beaucoup !") is None
    assert sketch(None, " ".join(words[: SHORTEST - 1])) is None
    short = sketch(None, " ".join(words[: SHORT - 1]))
    assert short is not None
    assert len(short) == BAND
    assert sketch(None, "x " + " ".join(words[: SHORT - 2])) != short
    full = sketch(None, " ".join(words[:SHORT]))
    assert full is not None
    assert len(full) == SLOTS
    assert all(0 <= one < 2**16 for one in [*short, *full])


def test_only_the_beginning_is_read() -> None:
    long = " ".join(f"word{place}x" for place in range(READ))
    assert sketch(None, long + " and an end") == sketch(None, long)


def test_sketches_never_change_by_themselves() -> None:
    # Sketches of yesterday are compared with those of today: another value needs another VERSION.
    found = sketch(None, NEWS)
    assert found is not None
    assert found[:3] == [19077, 5305, 39282]
