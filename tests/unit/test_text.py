"""Words of a text: the quick reading of plain texts and the thorough one are the same reading."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.keys import may_hold_link
from oyez.stage.text import URL, placed, words

_SIGNS = [
    *"abÉœßı İ_+&#@.,;:!?…()[]\"«»“”|–—-'’/ \n\t9",
    *("www.", "WWW.", "https://", "HTTP://", "l'Oréal", "M&S", "#JeSuis"),
    *("ก", "日", "e\u0301", "ﬁ", "\u200d"),
]


@given(st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join))
def test_plain_texts_are_read_as_all_others(text: str) -> None:
    # `placed` always takes the thorough way.
    assert list(words(text)) == [word for word, _, _ in placed(text)]


@given(st.text(max_size=30))
def test_any_text_is_read_as_all_others(text: str) -> None:
    assert list(words(text)) == [word for word, _, _ in placed(text)]


@given(st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join))
def test_no_link_is_overlooked(text: str) -> None:
    assert may_hold_link(text) or not re.search(URL, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M&S, vraiment ?", ["m", "&", "s", "¦", "vraiment", "¦"]),
        ("Canal+ (le matin)", ["canal", "+", "¦", "le", "matin", "¦"]),
        ("l'Oréal – Coca-Cola", ["l", "oreal", "¦", "coca", "cola"]),
    ],
)
def test_plain_words_and_pauses(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected
