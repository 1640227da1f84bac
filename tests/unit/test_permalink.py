"""One item has one key by each of its addresses and by its id; two items never share one."""

# ruff: noqa: DTZ001  an instant is naive UTC by convention
from __future__ import annotations

from datetime import datetime
from itertools import combinations

import pytest

from oyez.keys import claimed_address, original_id

DID = "did:plc:abcdefghijklmnopqrstuvwx"
TID = "3mbsk2qf3xk2a"
AT = datetime(2026, 5, 25, 10, 5)
URN = "urn:li:activity:7200000000000000001"


def known_by_address(url: str, kind: str = "post", **other: object) -> tuple[str, bool]:
    """What an export knows: an address, a kind of the tool's own making, a handle."""
    given = {"network": "forum", "native_id": url, "author": "tool's own", "text": "Acme", **other}
    return original_id(native_id_is_network=False, url=url, kind=kind, published_at=AT, **given)


def known_by_id(
    network: str, native_id: str, kind: str, url: str | None = None, **other: object
) -> tuple[str, bool]:
    """What a connector knows: the network's id, the address as it writes it."""
    given = {"author": "network's own", "text": "Acme", "published_at": AT, **other}
    return original_id(
        network=network,
        native_id=native_id,
        native_id_is_network=True,
        url=url,
        kind=kind,
        **given,  # type: ignore[arg-type]
    )


SAME = {
    "bluesky": [
        known_by_id("bluesky", f"at://{DID}/app.bsky.feed.post/{TID}", "reply"),
        known_by_id(
            "bluesky",
            f"at://{DID}/app.bsky.feed.post/{TID}",
            "post",
            f"https://bsky.app/profile/{DID}/post/{TID}",
        ),
        known_by_address(f"https://bsky.app/profile/ann.bsky.social/post/{TID}", "reply"),
        known_by_address(f"http://www.bsky.app/profile/ann.bsky.social/post/{TID}/", "article"),
    ],
    "bluesky, a key of the writer's own": [
        known_by_id("bluesky", f"at://{DID}/app.bsky.feed.post/3kx", "reply"),
        known_by_address("https://bsky.app/profile/ann.bsky.social/post/3kx", "post"),
    ],
    "bluesky repost": [
        known_by_id(
            "bluesky",
            f"at://{DID}/app.bsky.feed.repost/3mbsk2qf3xk2b",
            "repost",
            f"https://bsky.app/profile/{DID}/post/{TID}",
            parent_id=f"at://{DID}/app.bsky.feed.post/{TID}",
            text="",
        ),
        known_by_address(
            f"https://bsky.app/profile/ann.bsky.social/post/{TID}",
            "repost",
            author="network's own",
        ),
    ],
    "mastodon": [
        known_by_id(
            "mastodon",
            "https://m.example/users/Ann/statuses/113000000000000001",
            "reply",
            "https://m.example/@Ann/113000000000000001",
        ),
        known_by_id("mastodon", "https://m.example/users/Ann/statuses/113000000000000001", "post"),
        known_by_id("mastodon", "https://m.example/ap/users/1/statuses/113000000000000001", "post"),
        known_by_address("https://m.example/@Ann/113000000000000001"),
        known_by_address("https://m.example/web/@Ann/113000000000000001", "reply"),
    ],
    "mastodon, a short id": [
        known_by_id("mastodon", "https://m.example/users/ann/statuses/11", "reply"),
        known_by_address("https://m.example/@ann/11"),
    ],
    "a boost": [
        known_by_id(
            "mastodon",
            "https://m.example/users/ann/statuses/113000000000000009/activity",
            "repost",
            text="",
        ),
        known_by_address("https://m.example/@ann/113000000000000009/activity", "repost"),
    ],
    "gotosocial": [
        known_by_id(
            "mastodon",
            "https://g.example/users/ann/statuses/01HZX2M0V5W8QK3T9RJYB7C4DN",
            "reply",
        ),
        known_by_address("https://g.example/@ann/statuses/01HZX2M0V5W8QK3T9RJYB7C4DN"),
    ],
    "hacker news": [
        known_by_id("hackernews", "42", "reply", "https://news.ycombinator.com/item?id=42"),
        known_by_address("https://news.ycombinator.com/item?id=42", "comment"),
        known_by_address("http://news.ycombinator.com/item?id=42", "article"),
        known_by_address("https://news.ycombinator.com/item?id=40#42", "post"),
    ],
    "reddit comment": [
        known_by_id("reddit", "t1_KXYZ", "comment"),
        known_by_address("https://www.reddit.com/r/travel/comments/1abc/acme/kxyz/", "reply"),
        known_by_address("https://old.reddit.com/r/travel/comments/1abc/_/kxyz/?context=3"),
    ],
    "reddit post": [
        known_by_id("reddit", "t3_1abc", "post"),
        known_by_address("https://www.reddit.com/r/travel/comments/1abc/acme/"),
        known_by_address("https://redd.it/1abc"),
        known_by_address("https://reddit.com/comments/1abc", "article"),
    ],
    "discourse": [
        known_by_id("discourse", "f.example/p/9", "reply", "https://f.example/t/12/3"),
        known_by_address("https://f.example/t/perdu-ma-valise/12/3"),
        known_by_address("https://f.example/t/-/12/3?u=ann", "comment"),
    ],
    "discourse topic": [
        known_by_id("discourse", "f.example/p/8", "question", "https://f.example/t/12/1"),
        known_by_address("https://f.example/t/perdu-ma-valise/12"),
        known_by_address("https://f.example/t/12"),
    ],
    "x": [
        known_by_id("x", "5", "reply"),
        known_by_address("http://twitter.com/ann/statuses/5", "reply"),
        known_by_address("https://x.com/i/status/5", "post"),
    ],
    "youtube": [
        known_by_id("youtube", "dQw4w9WgXcQ", "post"),
        known_by_address("https://youtu.be/dQw4w9WgXcQ"),
        known_by_address("https://www.youtube.com/shorts/dQw4w9WgXcQ", "article"),
    ],
    "youtube comment": [
        known_by_id("youtube", "UgzAbCdEfGhIjKlMnOp4AaABAg", "comment"),
        known_by_address("https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgzAbCdEfGhIjKlMnOp4AaABAg"),
    ],
    "instagram": [
        known_by_address("https://www.instagram.com/p/Cxyz_12-3/"),
        known_by_address("https://instagram.com/acme/reel/Cxyz_12-3/?igsh=1", "article"),
    ],
    "tiktok": [
        known_by_address("https://www.tiktok.com/@ann/video/7200000000000000009"),
        known_by_address("https://m.tiktok.com/v/7200000000000000009.html"),
    ],
    "facebook": [
        known_by_address("https://www.facebook.com/acme/posts/122100000000000001"),
        known_by_address("https://m.facebook.com/story.php?story_fbid=122100000000000001&id=4"),
        known_by_address("https://www.facebook.com/4/posts/122100000000000001", "article"),
    ],
    "facebook comment": [
        known_by_address("https://www.facebook.com/1/posts/2?comment_id=3", "reply"),
        known_by_address("https://facebook.com/acme/posts/2?comment_id=3", "comment"),
        known_by_address("https://facebook.com/acme/posts/2?comment_id=Y29tbWVudDoyXzM%3D"),
    ],
    "linkedin": [
        known_by_address(f"https://www.linkedin.com/feed/update/{URN}/"),
        known_by_address(
            "https://fr.linkedin.com/posts/acme_we-2026-activity-7200000000000000001-abCD"
        ),
    ],
    "linkedin comment": [
        known_by_address(
            f"https://www.linkedin.com/feed/update/{URN}?commentUrn="
            "urn%3Ali%3Acomment%3A%28activity%3A7200000000000000001%2C7200000000000000007%29",
            "comment",
        ),
        known_by_address(
            f"https://www.linkedin.com/feed/update/{URN}/?commentUrn="
            "urn:li:comment:(activity:7200000000000000001,7200000000000000007)",
        ),
    ],
    "stack exchange answer": [
        known_by_id("stackoverflow", "stackoverflow/a/456", "reply"),
        known_by_address("https://stackoverflow.com/questions/123/how-to/456#456", "reply"),
        known_by_address("https://stackoverflow.com/questions/123/how-to#456"),
        known_by_address("https://stackoverflow.com/a/456/99"),
    ],
    "stack exchange question": [
        known_by_id("stackexchange", "cooking/q/123", "question"),
        known_by_address("https://cooking.stackexchange.com/questions/123/how-to"),
        known_by_address("https://cooking.stackexchange.com/q/123/99"),
    ],
    "a review that has a page": [
        known_by_id("trustpilot", "665a01", "review"),
        known_by_address("https://uk.trustpilot.com/reviews/665a01", "review"),
        known_by_address("https://www.trustpilot.com/reviews/665a01", "article"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_an_item_is_the_same_by_each_of_its_addresses(name: str) -> None:
    keys = SAME[name]
    assert len(set(keys)) == 1
    assert keys[0][1], "strong"


def test_no_two_items_share_a_key() -> None:
    for (one, first), (other, second) in combinations(SAME.items(), 2):
        assert set(first).isdisjoint(second), (one, other)


PAGES = [
    "https://daily.example/acme-opens",
    "https://maps.example/place/42",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.reddit.com/r/travel/comments/1abc/acme/",
    "https://www.facebook.com/acme/posts/122100000000000001",
    "https://www.instagram.com/p/Cxyz",
    "https://www.tiktok.com/@ann/video/7200000000000000009",
    "https://f.example/t/perdu-ma-valise/12",
    "https://stackoverflow.com/questions/123/how-to",
    "https://www.trustpilot.com/review/acme.example",
]


@pytest.mark.parametrize("kind", ["comment", "reply", "review"])
@pytest.mark.parametrize("page", PAGES)
def test_two_items_under_one_page_are_two(page: str, kind: str) -> None:
    assert claimed_address(page, kind) is None
    one = known_by_address(page, kind, author="ann", text="Acme, yes")
    other = known_by_address(page, kind, author="bob", text="Acme, no")
    post = known_by_address(page, "post")
    assert len({one, other, post}) == 3
    assert not one[1]
    by_id = [known_by_id("site", number, kind, page) for number in ("r1", "r2")]
    assert len({*by_id, post}) == 3


def test_a_comment_that_carries_its_story_s_address_keeps_its_id() -> None:
    story = "https://news.ycombinator.com/item?id=40"
    assert known_by_id("hackernews", "42", "comment", story) == SAME["hacker news"][0]


def test_a_repost_is_not_the_post_that_it_repeats() -> None:
    for url in (
        f"https://bsky.app/profile/ann.bsky.social/post/{TID}",
        "https://m.example/@Ann/113000000000000001",
        "https://www.facebook.com/acme/posts/122100000000000001",
    ):
        assert known_by_address(url, "repost") != known_by_address(url, "post")
    by_ann, by_bob = (
        known_by_address(f"https://bsky.app/profile/cy/post/{TID}", "repost", author=who)
        for who in ("ann", "bob")
    )
    assert by_ann != by_bob


def test_a_bluesky_key_that_is_no_moment_of_the_network_needs_the_words_too() -> None:
    first = known_by_address("https://bsky.app/profile/ann/post/self", text="Acme, yes")
    assert first != known_by_address("https://bsky.app/profile/bob/post/self", text="Acme, no")


@pytest.mark.parametrize(
    "profile",
    [
        "https://bsky.app/profile/ann.bsky.social",
        "https://m.example/@ann",
        "https://www.facebook.com/acme",
        "https://www.facebook.com/profile.php?id=4",
        "https://www.instagram.com/acme/",
        "https://www.tiktok.com/@acme",
        "https://www.linkedin.com/company/acme/",
        "https://www.reddit.com/r/travel",
        "https://www.reddit.com/user/ann/",
    ],
)
def test_a_profile_is_nobody_s_post(profile: str) -> None:
    one = known_by_address(profile, author="ann", text="Acme, yes")
    assert one != known_by_address(profile, author="ann", text="Acme, no")
    assert not one[1]


def test_an_address_that_several_items_of_a_file_carry_is_nobody_s_own() -> None:
    url = "https://x.com/ann/status/5"
    one, other = (
        known_by_address(url, author=who, text="Acme", is_shared=True) for who in ("ann", "bob")
    )
    assert one != other
