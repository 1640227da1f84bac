"""What several tools and a connector deliver of the same week counts once, in any order (law 4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.test_preset import (
    BRANDWATCH_OLD,
    BRANDWATCH_PREAMBLE,
    MELTWATER_OLD,
    TALKWALKER,
    text_of,
)

from .conftest import SMALL_CLIENT, Bench

SOURCES = ("brandwatch", "meltwater", "talkwalker", "connector")
DID = "did:plc:abcdefghijklmnopqrstuvwx"

# name: (writer, words, address in exports, what each tool calls it, what the connector says)
WEEK: dict[str, tuple[str, str, str, dict[str, tuple[str, ...]], dict[str, str] | None]] = {
    "a post on Bluesky": (
        "ann.bsky.social", "Acme lost my bag today",
        "https://bsky.app/profile/ann.bsky.social/post/3mbsk2qf3xk2a",
        {"brandwatch": ("bluesky", "post"), "meltwater": ("Bluesky",),
         "talkwalker": ("SOCIALMEDIA,SOCIALMEDIA_BLUESKY", "TEXT")},
        {"native_id": f"at://{DID}/app.bsky.feed.post/3mbsk2qf3xk2a", "network": "bluesky",
         "url": f"https://bsky.app/profile/{DID}/post/3mbsk2qf3xk2a", "kind": "post",
         "author_id": DID},
    ),
    "a reply on Bluesky, of a key that is no moment": (
        "bob.bsky.social", "Acme again lost it",
        "https://bsky.app/profile/bob.bsky.social/post/3ky",
        {"brandwatch": ("bluesky", "reply"), "meltwater": ("Bluesky",),
         "talkwalker": ("SOCIALMEDIA,SOCIALMEDIA_BLUESKY", "TEXT,REPLY")},
        {"native_id": "at://did:plc:bbb/app.bsky.feed.post/3ky", "network": "bluesky",
         "url": "https://bsky.app/profile/did:plc:bbb/post/3ky", "kind": "reply",
         "author_id": "did:plc:bbb", "parent_id": "at://x"},
    ),
    "a reply on Mastodon": (
        "cy", "Acme answered at last", "https://m.example/@cy/113000000000000001",
        {"brandwatch": ("mastodon", "reply"), "meltwater": ("Mastodon",),
         "talkwalker": ("SOCIALMEDIA,SOCIALMEDIA_MASTODON", "TEXT")},
        {"native_id": "https://m.example/users/cy/statuses/113000000000000001",
         "network": "mastodon", "url": "https://m.example/@cy/113000000000000001", "kind": "reply",
         "author_id": "https://m.example/users/cy", "parent_id": "https://m.example/x"},
    ),
    "a comment on Hacker News": (
        "dee", "Acme, as a comment", "https://news.ycombinator.com/item?id=42",
        {"brandwatch": ("forum", "comment"), "meltwater": ("Hacker News",),
         "talkwalker": ("MESSAGEBOARD,MESSAGEBOARD_OTHER", "TEXT")},
        {"native_id": "42", "network": "hackernews", "kind": "comment", "author_id": "dee",
         "url": "https://news.ycombinator.com/item?id=42", "parent_id": "40"},
    ),
    "an answer in a forum": (
        "eve", "Acme sent mine back", "https://f.example/t/perdu-ma-valise/12/3",
        {"brandwatch": ("forum", "reply"), "meltwater": ("F Example",),
         "talkwalker": ("MESSAGEBOARD,MESSAGEBOARD_OTHER", "TEXT,COMMENT")},
        {"native_id": "f.example/p/9", "network": "discourse", "kind": "reply",
         "author_id": "7@f.example", "url": "https://f.example/t/12/3",
         "parent_id": "f.example/p/8"},
    ),
    "a comment on Reddit": (
        "fay", "Acme on reddit", "https://www.reddit.com/r/travel/comments/1abc/acme/kxyz/",
        {"brandwatch": ("reddit", "reply"), "meltwater": ("Reddit",),
         "talkwalker": ("SOCIALMEDIA,SOCIALMEDIA_REDDIT", "TEXT,COMMENT")},
        None,
    ),
    "a comment on YouTube": (
        "gil", "Acme, first", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgzAbCdEfGhIjKlMnOp4AaABAg",
        {"brandwatch": ("youtube", "comment"), "talkwalker": ("SOCIALMEDIA_YOUTUBE", "COMMENT")},
        {"native_id": "UgzAbCdEfGhIjKlMnOp4AaABAg", "network": "youtube", "kind": "comment",
         "author_id": "UC1", "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=UgzAbCdEfGhIjKlMnOp4AaABAg"},
    ),
    "a repost on X": (
        "hal", "RT Acme lost my bag today", "https://twitter.com/hal/statuses/572",
        {"brandwatch": ("twitter", "share"), "meltwater": ("Twitter",),
         "talkwalker": ("SOCIALMEDIA,SOCIALMEDIA_TWITTER", "TEXT,RETWEET")},
        {"native_id": "572", "network": "x", "kind": "repost", "author_id": "88",
         "url": "https://x.com/ann/status/571"},
    ),
    "a review with a page": (
        "ida", "Acme is slow", "https://www.trustpilot.com/reviews/665a0102030405060708090a",
        {"brandwatch": ("review", "post"), "talkwalker": ("REVIEW,REVIEW_TRUSTPILOT", "TEXT")},
        {"native_id": "665a0102030405060708090a", "network": "trustpilot", "kind": "review",
         "author_id": "ida-9"},
    ),
    "an article": (
        "Jo Ray", "Acme opens a shop", "https://daily.example/acme-opens?utm_source=x",
        {"brandwatch": ("news", "post"), "meltwater": ("Daily Example",),
         "talkwalker": ("ONLINENEWS,ONLINENEWS_NEWSPAPER", "TEXT")},
        {"native_id": "guid-1", "network": "news", "kind": "article",
         "url": "https://www.daily.example/acme-opens"},
    ),
    "a comment under the article": (
        "kim", "Acme, at last", "https://daily.example/acme-opens",
        {"brandwatch": ("forum", "comment"), "talkwalker": ("MESSAGEBOARD", "COMMENT")}, None,
    ),
    "another comment under the article": (
        "lou", "Acme, once more", "https://daily.example/acme-opens",
        {"brandwatch": ("forum", "comment"), "talkwalker": ("MESSAGEBOARD", "COMMENT")}, None,
    ),
    "a review of a place": (
        "max", "Acme is kind", "https://www.google.com/maps/place/acme",
        {"brandwatch": ("review", "post"), "talkwalker": ("REVIEW,REVIEW_OTHER", "TEXT")}, None,
    ),
    "another review of the place": (
        "ned", "Acme is rude", "https://www.google.com/maps/place/acme",
        {"brandwatch": ("review", "post"), "talkwalker": ("REVIEW,REVIEW_OTHER", "TEXT")}, None,
    ),
}  # fmt: skip


def filled(header: list[str], **cells: str) -> list[str]:
    row = dict.fromkeys(header, "") | cells
    return [row[name] for name in header]


def brandwatch(names: list[str]) -> str:
    header = BRANDWATCH_OLD[0]
    rows = []
    for name in names:
        who, words, url, kinds, _ = WEEK[name]
        if "brandwatch" in kinds:
            page, entry = kinds["brandwatch"]
            rows.append(filled(header, **{
                "Query Id": "7", "Date": "2026-05-25 10:00:00.0", "Url": url,
                "Domain": url.split("/")[2], "Page Type": page, "Language": "en", "Author": who,
                "Full Text": words, "Resource Id": f"r {name}", "Thread Entry Type": entry,
            }))  # fmt: skip
    return text_of([*BRANDWATCH_PREAMBLE, header, *rows])


def meltwater(names: list[str]) -> str:
    header = MELTWATER_OLD[0]
    rows = []
    for name in names:
        who, words, url, kinds, _ = WEEK[name]
        if "meltwater" in kinds:
            rows.append(filled(header, **{
                "Date": "25-May-2026 10:00AM", "URL": url, "Hit Sentence": words,
                "Source": kinds["meltwater"][0], "Influencer": who, "Language": "English",
                "Input Name": "Acme",
            }))  # fmt: skip
    return text_of([header, *rows])


def talkwalker(names: list[str]) -> str:
    header = TALKWALKER[0]
    rows = []
    for name in names:
        who, words, url, kinds, _ = WEEK[name]
        if "talkwalker" in kinds:
            source, post = kinds["talkwalker"]
            rows.append(filled(header, **{
                # One address may stand in several rows, which Talkwalker tells apart by its anchor.
                "url": url + (f"#{who}" if "COMMENT" in post or "REVIEW" in source else ""),
                "published": "1779703200000", "content": words, "domain_url": url.split("/")[2],
                "lang": "en", "source_type": source, "post_type": post,
                "extra_author_attributes.short_name": who,
            }))  # fmt: skip
    return text_of([header, *rows])


def connector(names: list[str]) -> str:
    rows = []
    for name in names:
        who, words, _, _, own = WEEK[name]
        if own:
            rows.append({"published_at": "2026-05-25T10:00:00Z", "text": words, "channel": "social",
                         "author_handle": who, **own})  # fmt: skip
    return "".join(json.dumps(row) + "\n" for row in rows)


FILES = {
    "brandwatch": (brandwatch, "csv", {"preset": "brandwatch"}),
    "meltwater": (meltwater, "csv", {"preset": "meltwater", "timezone": "UTC"}),
    "talkwalker": (talkwalker, "csv", {"preset": "talkwalker"}),
    "connector": (
        connector,
        "ndjson",
        {
            "format": "ndjson",
            "fields": {
                name: name
                for name in (
                    "native_id", "published_at", "text", "url", "network", "channel", "kind",
                    "author_id", "author_handle", "parent_id",
                )
            },
        },
    ),
}  # fmt: skip


@pytest.fixture
def four(bench: Bench) -> Bench:
    sources = [{"id": one, "kind": "file", "mapping": f"mappings/{one}.yml"} for one in SOURCES]
    bench.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    for name, (_, _, mapping) in FILES.items():
        bench.write(f"mappings/{name}.yml", mapping)
    return bench


def land(bench: Bench, source: str, names: list[str]) -> None:
    write, suffix, _ = FILES[source]
    path = Path(bench.home) / f"{source}.{suffix}"
    path.write_text(write(names), encoding="utf-8", newline="")
    outcome: dict[str, Any] = bench.land("acme", path, f"mappings/{source}.yml", source)
    assert outcome["reject_count"] == 0


def counted(bench: Bench) -> list[tuple[str, int]]:
    """Return the words of what the reports count, and how often."""
    rows = bench.query(
        "select i.text, count(*) from core.mention_current as m join core.item as i "
        "using (client_id, day, item_id) where m.brand_id = 'acme' group by all order by all"
    )
    ((total,),) = bench.query(
        "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    )
    assert total == sum(times for _, times in rows)
    return rows


def once(names: list[str]) -> list[tuple[str, int]]:
    return sorted((WEEK[name][1], 1) for name in names)


def test_four_sources_one_after_the_other_count_each_item_once(four: Bench) -> None:
    for source in reversed(SOURCES):
        land(four, source, list(WEEK))
        four.publish("2026-05-31")
    assert counted(four) == once(list(WEEK))


def test_four_sources_in_one_publish_count_each_item_once(four: Bench) -> None:
    for source in SOURCES:
        land(four, source, list(WEEK))
    four.publish("2026-05-31")
    assert counted(four) == once(list(WEEK))


@pytest.mark.parametrize("tool", SOURCES[:3])
def test_a_tool_and_a_connector_each_way_round_count_each_item_once(four: Bench, tool: str) -> None:
    both = [name for name, (*_, kinds, own) in WEEK.items() if tool in kinds and own]
    assert len(both) > 5
    # Half of the week arrives through the tool first, half through the connector.
    land(four, tool, both[::2])
    land(four, "connector", both[1::2])
    four.publish("2026-05-31")
    land(four, tool, both)
    land(four, "connector", both)
    four.publish("2026-05-31")
    assert counted(four) == once(both)


def test_comments_under_one_article_stay_two_when_they_come_one_by_one(four: Bench) -> None:
    under = [name for name in WEEK if "comment under" in name or "of the place" in name]
    for source in ("brandwatch", "talkwalker"):
        for name in [*under, "a review of a place"]:
            land(four, source, ["an article", name])
    four.publish("2026-05-31")
    assert counted(four) == once([*under, "a review of a place", "an article"])
