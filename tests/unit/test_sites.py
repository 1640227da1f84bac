"""Whose site an address is on, and to whose sites a text leads."""

from __future__ import annotations

import pytest

from oyez.config.model import Client
from oyez.stage.sites import Sites

SITES = Sites(
    Client.model_validate(
        {
            "id": "verdier",
            "name": "Verdier",
            "timezone": "Europe/Paris",
            "brands": [
                {"id": "verdier", "name": "Verdier", "domains": ["verdier.example", "vrd.fr"]}
            ],
            "competitors": [
                {"id": "blanc", "name": "Blanc", "domains": ["https://www.blanc.verdier.example/"]}
            ],
        }
    )
)


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://www.Verdier.example/offres?x=1", "verdier"),
        ("https://boutique.verdier.example", "verdier"),
        ("https://blanc.verdier.example/", "blanc"),  # the longest domain is meant
        ("https://monverdier.example/", None),
        ("https://verdier.example.evil.test/", None),
        ("https://forum.example/?to=verdier.example", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_the_owner_of_an_address(url: str | None, owner: str | None) -> None:
    assert SITES.owner(url) == owner


@pytest.mark.parametrize(
    ("text", "count", "owners"),
    [
        ("rien à voir, v2.0 de M.Dupont", 0, []),
        ("voir https://verdier.example/a, et www.vrd.fr.", 2, ["verdier"]),
        ("(https://forum.example/sujet) https://t.co/abc", 2, []),
        ("tout est sur boutique.verdier.example/soldes !", 1, ["verdier"]),
        ("écrire à contact@verdier.example", 0, []),
        ("https://forum.example/verdier.example", 1, []),
        ("verdier.example puis https://blanc.verdier.example", 2, ["blanc", "verdier"]),
        ("verdier.examples et verdier.example.org", 0, []),
    ],
)
def test_the_links_of_a_text(text: str, count: int, owners: list[str]) -> None:
    assert SITES.linked(text) == (count, owners)


def test_a_client_without_domains_has_links_and_no_site() -> None:
    bare = Sites(
        Client.model_validate(
            {
                "id": "x",
                "name": "X",
                "timezone": "UTC",
                "brands": [{"id": "x", "name": "X"}],
            }
        )
    )
    assert bare.linked("https://x.example") == (1, [])
    assert bare.owner("https://x.example") is None
