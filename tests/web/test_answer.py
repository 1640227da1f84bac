from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict
from tests.web.conftest import NOW

from oyez.errors import SourceUnavailable
from oyez.web import Answer, user_agent


def answer(body: bytes, **headers: str) -> Answer:
    return Answer(200, CaseInsensitiveDict(headers), body, "https://a.example/", NOW)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"\xef\xbb\xbf[1]", [1]),
        ('{"é": "ü"}'.encode("utf-16"), {"é": "ü"}),
        (b" null ", None),
        (b'"text"', "text"),
        (b"{}", {}),
    ],
)
def test_json_is_read(body, value):
    assert answer(body).json() == value
    assert not answer(body).is_damaged


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE html><title>Just a moment...</title>", "a page.*Just a moment"),
        (b"\n\n<html>", "a page"),
        (b"<?xml version='1.0'?><rss/>", "a page"),
        (b"Please limit requests to one every 5 seconds", "text that is no JSON.*Please limit"),
        (b'{"a": 1', "broken JSON"),
        (b'{"a": 1} trailing', "broken JSON"),
        (b'{"a": NaN}', "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"", "got nothing"),
        (b"[" * 100_000, "broken JSON"),
        (b"[" + b"9" * 5000 + b"]", "broken JSON"),
    ],
)
def test_what_is_no_json_is_quoted(body, message):
    with pytest.raises(SourceUnavailable, match=message):
        answer(body).json()


def test_a_quotation_is_80_characters_long():
    with pytest.raises(SourceUnavailable) as caught:
        answer(b"a" * 81).json()
    assert "“" + "a" * 80 + "”" in str(caught.value)


def test_invalid_bytes_are_replaced_and_said():
    damaged = answer(b'{"a": "caf\xe9"}')
    assert damaged.json() == {"a": "caf\ufffd"}
    assert damaged.is_damaged


def test_headers_compare_whatever_their_case():
    assert answer(b"", etag='"x"').etag == '"x"'


def test_the_next_page_is_read_from_the_link():
    link = (
        '<https://m.example/api?max_id=5>; rel="next", <https://m.example/api?min_id=9>; rel="prev"'
    )
    assert answer(b"", Link=link).next_url == "https://m.example/api?max_id=5"
    assert answer(b"").next_url is None


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("Atelier Nord", "AtelierNord-eReputation/1.0 (+https://a.example; veille@a.example)"),
        ("Évoq & fils", "EvoqFils-eReputation/1.0 (+https://a.example; veille@a.example)"),
        ("広告社", "Agency-eReputation/1.0 (+https://a.example; veille@a.example)"),
    ],
)
def test_we_introduce_ourselves(agency, expected):
    assert (
        user_agent(agency, "1.0", website="https://a.example", contact="veille@a.example")
        == expected
    )


def test_an_introduction_is_one_line():
    agent = user_agent("A\r\nX: y", "1.0", website="https://a.example/\r\nX: (y)", contact=None)
    assert agent == "AXY-eReputation/1.0 (+https://a.example/X:y)"
