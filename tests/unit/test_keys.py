"""Identities are stable, never collide by construction, and join what is the same."""

# ruff: noqa: DTZ001  an instant is naive UTC by convention
from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.keys import author_key, canonical_url, item_id, mention_id, original_id, text_hash

PARTS = st.text(alphabet="a|\\b", max_size=4)


def test_an_item_id_never_changes() -> None:
    # Stored keys depend on these digits: a change here orphans every stored mention.
    # printf 'united|tweets||570306133677760513' | sha256sum
    expected = "753b52432b5923d77dffc142d304a418b235f91fb065a673527eaf2d15d50649"
    assert item_id("united", "tweets", "", "570306133677760513") == expected


@given(st.tuples(PARTS, PARTS, PARTS, PARTS), st.tuples(PARTS, PARTS, PARTS, PARTS))
def test_two_items_never_share_an_id(one, other) -> None:
    assert (item_id(*one) == item_id(*other)) == (one == other)


def test_a_lone_surrogate_has_a_key_too() -> None:
    assert len(item_id("c", "s", "", "\ud83d")) == 64


def test_a_mention_depends_on_its_brand() -> None:
    assert mention_id("i", "delta") != mention_id("i", "united")


def test_an_author_has_one_key_whatever_the_spelling_and_another_for_each_secret() -> None:
    key = author_key(b"one", "x", "Delta")
    assert key == author_key(b"one", "twitter", " @delta ")
    assert key != author_key(b"two", "x", "Delta")
    assert key != author_key(b"one", "bluesky", "Delta")
    assert len(key) == 64


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.LeMonde.fr/a/b/", "lemonde.fr/a/b"),
        ("http://m.lemonde.fr:80/a/b#xtor=RSS-3208", "lemonde.fr/a/b"),
        (
            "https://mobile.lemonde.fr:443/a/b?utm_source=x&UTM_Medium=y&fbclid=1&gclid=2",
            "lemonde.fr/a/b",
        ),
        ("//lemonde.fr/a/b?at_medium=display&at_custom1=z", "lemonde.fr/a/b"),
        ("lemonde.fr/a/b", "lemonde.fr/a/b"),
        ("https://user:pass@lemonde.fr./a/b", "lemonde.fr/a/b"),
        # What identifies stays, in one order.
        ("https://forum.fr/viewtopic.php?t=2&p=1", "forum.fr/viewtopic.php?p=1&t=2"),
        ("https://forum.fr/t?id=2&id=1", "forum.fr/t?id=2&id=1"),
        ("https://forum.fr/showthread.php?4242-sujet", "forum.fr/showthread.php?4242-sujet"),
        ("https://shop.fr/?at=12", "shop.fr?at=12"),
        ("http://forum.fr:8080/t/1", "forum.fr:8080/t/1"),
        ("https://forum.fr/#/t/1/", "forum.fr#/t/1"),
        ("https://groups.fr/forum/#!topic/x/y", "groups.fr/forum#!topic/x/y"),
        ("https://forum.fr/t/1#reply-7", "forum.fr/t/1"),
        # One byte form for each character; case of the path is kept.
        ("https://lemonde.fr/%e9t%C3%A9/%7Eami/É", "lemonde.fr/%E9t%C3%A9/~ami/%C3%89"),
        ("https://a.fr/?q=a+b", "a.fr?q=a%20b"),
        ("https://café.fr/x", "xn--caf-dma.fr/x"),
        ("https://xn--caf-dma.fr/x", "xn--caf-dma.fr/x"),
        ("https://m.fr/", "m.fr"),
        # One post on X, one address.
        ("https://twitter.com/Delta/status/57?s=20", "x.com/i/status/57"),
        ("https://mobile.twitter.com/i/web/status/57", "x.com/i/status/57"),
        ("https://x.com/other/status/57/photo/1", "x.com/i/status/57"),
        ("https://twitter.com/delta", "x.com/delta"),
        # One video, one address; a comment on it is another thing.
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "youtube.com/watch?v=dQw4w9WgXcQ"),
        (
            "https://www.youtube.com/watch?t=3&v=dQw4w9WgXcQ&list=P",
            "youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ/", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtube.com/watch?v=dQw&lc=Ug1", "youtube.com/watch?lc=Ug1&v=dQw"),
        # No web address: as it is.
        ("mailto:a@b.fr", "mailto:a@b.fr"),
        ("at://did:plc:x/app.bsky.feed.post/3k", "at://did:plc:x/app.bsky.feed.post/3k"),
        (" http://[::1 ", "http://[::1"),
        ("", ""),
    ],
)
def test_one_page_has_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="aAzé%4125/?&=#!.+:@~ wmx", max_size=40).map("https://a.fr/".__add__),
        st.text(alphabet="aw.m-:8é", min_size=1, max_size=12).map("http://".__add__),
    )
)
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


AT = datetime(2015, 2, 16, 9, 30, 12)


def the_original(**keys: object) -> tuple[str, bool]:
    given = {
        "network": "x",
        "native_id": "1",
        "native_id_is_network": False,
        "author": "ann",
        "published_at": AT,
        "text": "Delta lost my bag",
    }
    return original_id(**{**given, **keys})


def test_a_post_has_one_original_through_its_address_and_through_its_id() -> None:
    by_url = the_original(native_id="tool-9", url="https://twitter.com/ann/status/57?s=20")
    by_id = the_original(network="twitter", native_id="57", native_id_is_network=True)
    assert by_url == by_id
    assert by_url[1]


def test_an_article_is_recognised_by_its_address_whatever_the_tool_calls_it() -> None:
    one = the_original(network="news", native_id="a", url="https://www.lemonde.fr/a?utm_source=b")
    other = the_original(network="press", native_id="b", url="http://lemonde.fr/a/")
    assert one == other
    assert one[1]


@pytest.mark.parametrize("kind", ["review", "comment", "reply", "message"])
def test_items_on_one_page_are_not_one_item(kind: str) -> None:
    page = "https://maps.example/place/42"
    one, other = (
        the_original(
            network="google", kind=kind, url=page, native_id=native_id, native_id_is_network=True
        )
        for native_id in ("r1", "r2")
    )
    assert one != other
    assert one[1]
    weak = the_original(network="google", kind=kind, url=page, text="Parfait")
    assert weak != the_original(network="google", kind=kind, url=page, text="Nul")
    assert not weak[1]


def test_a_repost_is_not_the_post_that_it_links_to() -> None:
    url = "https://x.com/ann/status/57"
    post = the_original(native_id="57", native_id_is_network=True, url=url, kind="post")
    repost = the_original(native_id="99", native_id_is_network=True, url=url, kind="repost")
    assert post != repost


@pytest.mark.parametrize("url", [None, "https://lemonde.fr/", "https://x.com/ann"])
def test_without_an_address_of_its_own_the_words_and_the_minute_decide_weakly(url) -> None:
    one = the_original(native_id="a", url=url)
    assert one == the_original(
        native_id="b", published_at=AT.replace(second=59), text="DELTA lost  my bag https://t.co/x"
    )
    assert not one[1]
    assert one != the_original(published_at=AT.replace(minute=31))
    assert one != the_original(author="bob")


def test_items_without_words_or_author_are_like_nothing_else() -> None:
    for empty in ({"text": ""}, {"text": "@delta https://t.co/x"}, {"author": None}):
        assert the_original(native_id="a", **empty) != the_original(native_id="b", **empty)


def test_a_text_is_equal_to_itself_retyped() -> None:
    text = "@Delta  My bag is LOST:\nhttps://t.co/abc ﬁne"
    assert text_hash(text) == text_hash("my bag is lost: fine @ann@social.example")
    assert text_hash("my bag") != text_hash("mybag")
    assert text_hash("write to ann@delta.com") != text_hash("write to ann")
