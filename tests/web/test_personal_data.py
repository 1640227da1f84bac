"""No message names a person: addresses lose the handles and accounts in them."""

from __future__ import annotations

import pytest

from oyez.web.people import without_people


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "https://pds.example/xrpc/app.bsky.actor.getProfiles?actors=did:plc:a1&actors=ann.example",
            "https://pds.example/xrpc/app.bsky.actor.getProfiles?actors=…&actors=…",
        ),
        (
            "https://pds.example/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2Fdid&limit=2",
            "https://pds.example/xrpc/app.bsky.feed.getPosts?uris=…&limit=2",
        ),
        ("https://here.example/users/ann/statuses/1", "https://here.example/users/…/statuses/1"),
        ("https://here.example/@ann@else.example/1?x=2", "https://here.example/@…/1?x=2"),
        (
            "https://hn.example/search?query=Acme&page=2",
            "https://hn.example/search?query=Acme&page=2",
        ),
    ],
)
def test_an_address_names_nobody(url: str, shown: str) -> None:
    assert without_people(url) == shown
