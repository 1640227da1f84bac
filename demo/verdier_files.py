"""Maison Verdier's story in the words of two exporting tools, and what is true of it."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

import voices_buzz as buzz
from post import Post, number
from verdier import END, HOUSES, OUTAGES, ZONE, Story, local

PLATFORMS = {
    "x": "X (Twitter)",
    "bluesky": "Bluesky",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "news": "Online news",
    "blog": "Blog",
    "forum": "Forum",
    "google": "Google",
}
FAMILIES = {
    "social": "Social",
    "news": "Press",
    "blog": "Blogs",
    "forum": "Forums",
    "review": "Reviews",
}
TYPES = {
    "post": "Original",
    "repost": "Share",
    "reply": "Reply",
    "comment": "Comment",
    "article": "Article",
    "review": "Review",
}
REVIEW_SITES = {"google": "Google", "app_store": "App Store", "shop": "Boutique en ligne"}
REVIEW_COLUMNS = [
    "Identifiant",
    "Date de publication",
    "Plateforme",
    "Type",
    "Note",
    "Titre",
    "Commentaire",
    "Langue",
    "Identifiant auteur",
    "Compte",
    "Auteur",
    "Fiche",
    "En réponse à",
    "Lien",
]


def permalink(post: Post) -> str:
    """The post's own address, on reserved example domains."""
    if post.network in {"news", "blog"}:
        slug = re.sub(
            r"[^a-z0-9]+", "-", (post.outlet or "").lower().translate(str.maketrans("éèêà", "eeea"))
        ).strip("-")
        return f"https://{slug}.example/{post.at:%Y/%m/%d}/{post.number}"
    if post.network in REVIEW_SITES:
        return f"https://{post.network.replace('_', '-')}.example/avis/{post.number}"
    return f"https://{post.network}.example/{post.author.handle}/{post.number}"


def listening_row(post: Post) -> dict[str, Any]:
    """One line of the listening tool's export; nothing is written for what it does not know."""
    mention: dict[str, Any] = {
        "id": str(post.number),
        "published": post.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "permalink": post.url,
        "type": TYPES[post.kind],
    }
    if post.title:
        mention["headline"] = post.title
    mention |= {"body": post.text, "lang": post.language}
    if post.parent:
        mention["in_reply_to"] = str(post.parent.number)
    if post.conversation:
        mention["conversation"] = str(post.conversation.number)
    source = {"family": FAMILIES[post.channel], "platform": PLATFORMS[post.network]}
    author: dict[str, Any] = {"id": post.author.id, "name": post.author.name}
    if post.author.handle:
        author["handle"] = (
            "@" + post.author.handle if post.channel == "social" else post.author.handle
        )
    if post.channel == "social":
        author["audience"] = post.author.audience
    if post.outlet:
        source["outlet"] = post.outlet
    row: dict[str, Any] = {"mention": mention, "source": source, "author": author}
    if post.stats:
        row["stats"] = {
            {"likes": "likes", "reposts": "shares", "replies": "comments", "views": "views"}[
                key
            ]: value
            for key, value in post.stats.items()
        }
    return row


def review_row(post: Post) -> list[str]:
    """One row of the review tool's table."""
    return [
        str(post.number),
        post.at.astimezone(ZONE).strftime("%d/%m/%Y %H:%M:%S"),
        REVIEW_SITES[post.network],
        "Avis" if post.kind == "review" else "Réponse",
        str(post.rating or ""),
        post.title or "",
        post.text,
        post.language,
        post.author.id,
        post.author.handle,
        post.author.name,
        post.place or "",
        str(post.parent.number) if post.parent else "",
        post.url or "",
    ]


def write(seed: int) -> tuple[list[dict[str, Any]], list[list[str]], dict[str, Any]]:
    """Rows of the listening tool, rows of the review tool, and the story's truth."""
    rng = Random(f"verdier {seed}")
    story = Story(rng)
    for house in HOUSES:
        story.talk(house)
    story.review_pages()
    story.benign_and_older()
    story.bad_buzz()
    story.noise()
    outages = [(local(start), local(end)) for start, end in OUTAGES]
    lost = {
        id(post) for post in story.posts if any(start <= post.at < end for start, end in outages)
    }
    for post in story.posts:
        # A share or an answer whose parent was never collected keeps no pointer to it.
        if post.parent and id(post.parent) in lost:
            post.parent = None
        if post.conversation and id(post.conversation) in lost:
            post.conversation = None
    for post in [*story.posts, *story.reviews]:
        post.at = post.at.replace(microsecond=0)
    posts = [post for post in story.posts if id(post) not in lost and post.at < END]
    reviews = number(rng, [post for post in story.reviews if post.at < END], 70210000, 90)
    for post in reviews:
        post.url = permalink(post)
    # The listening tool also sees some Google reviews: same address, its own number.
    twins = [
        Post(
            post.at,
            post.network,
            "review",
            "review",
            post.text,
            post.author,
            post.brand,
            post.tone,
            post.story,
            url=post.url,
        )
        for post in reviews
        if post.network == "google"
        and post.kind == "review"
        and rng.random() < 0.07
        and not any(start <= post.at < end for start, end in outages)
    ]
    posts = number(rng, posts + twins, 410000000, 40)
    for post in posts:
        post.url = post.url or permalink(post)
    return (
        [listening_row(post) for post in posts],
        [review_row(post) for post in reviews],
        truth(posts, reviews, len(twins)),
    )


def truth(posts: list[Post], reviews: list[Post], twins: int) -> dict[str, Any]:
    """What the generator knows: the crises' onset, peak, origin, press; counts by brand."""

    def crisis(brand: str, label: str) -> dict[str, Any]:
        # Its own voice is no part of a crisis.
        handles = {"maisonverdier", "maisonverdier.example", "delbray"}
        items = [
            post for post in posts if post.story == label and post.author.handle not in handles
        ]
        by_hour = Counter(
            post.at.astimezone(ZONE).replace(minute=0, second=0, microsecond=0) for post in items
        )
        peak, peak_count = max(by_hour.items(), key=lambda pair: (pair[1], -pair[0].timestamp()))
        by_day = Counter(post.at.astimezone(ZONE).date().isoformat() for post in items)
        first = items[0]
        articles = [post for post in items if post.channel == "news"]
        social = [post for post in items if post.channel != "news"]
        originals = [post for post in social if post.kind != "repost"]
        result: dict[str, Any] = {
            "brand": brand,
            "onset_at": first.at.astimezone(ZONE).isoformat(),
            "origin_network": first.network,
            "item_count": len(items),
            "original_count": len(originals),
            "repost_count": len(social) - len(originals),
            "written_negative_pct": round(
                100 * sum(post.tone == "negative" for post in originals) / len(originals)
            ),
            "peak_hour_at": peak.isoformat(),
            "peak_hour_count": peak_count,
            "items_by_day": dict(sorted(by_day.items())),
            "article_count": len(articles),
        }
        if articles:
            result |= {
                "first_press_at": articles[0].at.astimezone(ZONE).isoformat(),
                "first_press_outlet": articles[0].outlet,
                "press_lag_hours": round((articles[0].at - social[0].at).total_seconds() / 3600, 2),
            }
        return result

    buzz_truth = crisis("maison-verdier", "buzz")
    buzz_truth["first_post_url"] = next(post.url for post in posts if post.story == "buzz")
    buzz_truth["statements_at"] = [
        local(at).astimezone(ZONE).isoformat() for at, _ in buzz.BUZZ_STATEMENTS
    ]
    return {
        "bad_buzz": buzz_truth,
        "delays_2025": crisis("maison-verdier", "delays"),
        "competitor_backlash": crisis("delbray", "greenwash"),
        "benign": {
            label: sum(post.story == label for post in posts)
            for label in ("campaign", "contest", "television", "opening")
        },
        "noise": {
            label: sum(post.story == label for post in posts)
            for label in ("homonym", "nobody", "robot")
        },
        "in_both_files": twins,
        "outages": [list(pair) for pair in OUTAGES],
        "written_about": dict(
            sorted(Counter(post.brand or "nobody" for post in [*posts, *reviews]).items())
        ),
    }
