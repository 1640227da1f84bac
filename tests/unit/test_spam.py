"""Words that sell or give away for being spread, and those that only speak of it."""

from __future__ import annotations

import pytest

from oyez.enrich.spam import has_spam_words

LINK = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Acme bags, best price, free shipping, order now {LINK}", "post"),
        (f"Sac Acme : livraison offerte, cliquez ici {LINK}", "post"),
        (f"Réplique Acme #sac #luxe #mode #paris #soldes {LINK}", "post"),
        ("GIVEAWAY! Follow and retweet to win an Acme bag", "post"),
        ("Jeu-concours : RT + follow pour gagner un sac Acme", "post"),
        ("#a #b #c #d #e #f #g #h #i #j #k #l #m #n #o Acme", "post"),
        (f"Acme {LINK}1 {LINK}2 {LINK}3 {LINK}4 {LINK}5", "comment"),
    ],
)
def test_spam(text: str, kind: str) -> None:
    assert has_spam_words(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("My promo code does not work, and free shipping costs 5 euros, Acme?", "post"),
        (f"Le code promo Acme ne marche pas {LINK}", "post"),
        ("GIVEAWAY! Follow and retweet to win an Acme bag", "repost"),
        ("Je participe au concours, je tague @ami et je retweete", "reply"),
        ("Concours de pâtisserie chez Acme, belle ambiance", "post"),
        (f"Acme lance un jeu-concours {LINK}", "post"),
        ("Best price and free shipping, order now, they said. It broke.", "review"),
        ("Acme opens in Lyon #acme #lyon", "post"),
        (f"@acme {LINK}1 {LINK}2 {LINK}3 {LINK}4 {LINK}5", "message"),
    ],
)
def test_no_spam(text: str, kind: str) -> None:
    assert not has_spam_words(text, kind)
