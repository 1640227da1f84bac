"""Tells words that sell, or give something away for being spread: what spam is made of.

A flag and no verdict: what is flagged still counts, and people may say otherwise.
"""

from __future__ import annotations

from oyez.enrich.cue_list import cue_list, spoken
from oyez.stage.text import HANDLE, URL

LANGUAGES = ("en", "fr")
# One offer is news of a sale, or a complaint about one; two are an advertisement.
_OFFERS = 2
# One offer is enough beside a link and this many hashtags: nobody tells a friend so.
_TAGS = 5
# Words that nobody reads, whatever the language.
_MANY_TAGS = 15
_MANY_LINKS = 5
_SHORT = 60


def has_spam_words(text: str, kind: str) -> bool:
    """Tell whether a text sells, or gives something away for being spread.

    Never so: a repost (who shares a contest is no spammer), a review, an article.

    Args:
        text: title and text of the item.
        kind: post, reply, review… of the item.
    """
    if kind in ("repost", "review", "article"):
        return False
    links, tags = len(URL.findall(text)), text.count("#")
    # Who sends a support desk five links shows it what is wrong.
    shown = 0 if kind == "message" else links
    if len(text.split()) <= _SHORT and (tags >= _MANY_TAGS or shown >= _MANY_LINKS):
        return True
    said = spoken(HANDLE.sub(" ", text))
    # Spam is written in the language of its buyers, which is seldom told right.
    found = {
        (one.expression.label, one.expression.written)
        for language in LANGUAGES
        for one in cue_list("spam", language).find(said)
    }
    labels = [label for label, _ in found]
    # Whoever takes part in a contest answers, and names its rules.
    is_answer = kind in ("reply", "comment")
    if not is_answer and "prize" in labels and "spread" in labels:
        return True
    offers = labels.count("sale")
    return links > 0 and (offers >= _OFFERS or (offers > 0 and tags >= _TAGS))
