# ruff: noqa: DTZ001  naive UTC by convention
"""Exports of listening tools: small files of our own making, in the forms that the tools write."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from oyez.config.mapping import Mapping, presets
from oyez.errors import DataError
from oyez.sources.file import FileSource, Parsed
from oyez.sources.preset import fitting
from tests.line.conftest import SMALL_CLIENT, Bench

from .test_sheet import workbook

NOW = datetime(2026, 6, 2)

BRANDWATCH_PREAMBLE = [
    ["Report:", "Bulk Mentions Download"],
    ["Brand:", "Acme"],
    ["From:", "2026-05-25 00:00:00.0"],
    ["To:", "2026-05-31 23:59:59.0"],
    ["Label", ""],
    [],
]
BRANDWATCH_OLD = [
    ["Query Id", "Query Name", "Date", "Title", "Url", "Domain", "Sentiment", "Page Type",
     "Language", "Author", "Full Name", "Full Text", "Resource Id", "Thread Entry Type",
     "Thread Id", "Twitter Followers", "Twitter Retweets", "Rating", "", ""],
    ["7", "Acme", "2026-05-25 10:00:00.0", "", "https://twitter.com/ann/status/571", "twitter.com",
     "negative", "twitter", "en", "ann", "Ann Lee", "Acme lost my bag", "r1", "post", "t1", "1,200",
     "3", "", "", ""],
    ["7", "Acme", "2026-05-25 11:00:00.0", "", "https://twitter.com/bob/status/572", "twitter.com",
     "neutral", "twitter", "en", "bob", "Bob", "RT Acme lost my bag", "r2", "share", "t1", "9",
     "0", "", "", ""],
    ["7", "Acme", "2026-05-26 08:00:00.0", "Acme opens", "https://daily.example/acme-opens",
     "daily.example", "positive", "news", "en", "", "", "Acme opens\na shop, \"soon\"", "r3",
     "post", "", "", "", "", "", ""],
    ["7", "Acme", "2026-05-31 23:30:00.0", "Bad", "https://www.trustpilot.com/reviews/9",
     "trustpilot.com", "negative", "review", "en", "Cy", "", "Acme is slow", "r4", "post", "", "",
     "", "2", "", ""],
]  # fmt: skip
BRANDWATCH_NEW = [
    ["Query Id", "Date", "Url", "Domain", "Sentiment", "Page Type", "Language", "Author",
     "Full Text", "Resource Id", "Thread Entry Type", "X Author ID", "X Followers", "X Reposts",
     "Likes", "Comments", "Shares", "Bluesky Quotes", "Engagement Score", "Redacted Fields"],
    ["7", "2026-05-25 10:00:00.0", "https://x.com/ann/status/571", "x.com", "negative", "x", "en",
     "ann", "", "r1", "reply", "88", "1200", "", "5", "2", "3", "", "4.5", "fullText"],
    ["7", "2026-05-25 12:00:00.0", "https://bsky.app/profile/dee/post/1", "bsky.app", "neutral",
     "bluesky", "fr", "dee", "Acme, bof", "r5", "post", "", "", "", "1", "0", "0", "0", "1", ""],
    ["7", "2026-05-25 13:00:00.0", "https://hub.example/1", "hub.example", "", "dark web", "en",
     "eve", "Acme leak", "r6", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip
MELTWATER_OLD = [
    ["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country",
     "Language", "Reach", "AVE", "Sentiment", "Input Name", "Tweet Id", "Twitter Id",
     "Twitter Screen Name", "Twitter Followers", "Alternate Date Format", "Time", "City"],
    ["25-May-2026 10:05AM", "Acme opens", "https://daily.example/acme-opens", "A shop opens.",
     "… Acme opens a shop …", "Daily Example", "Jo Ray", "France", "French", "120000", "1,110.00",
     "Positive", "Acme", "", "", "", "", "25-May-26", "10:05 AM", "Lyon"],
    ["25-May-2026 06:10PM", "", "https://twitter.com/ann/status/571", "", "Acme lost my bag",
     "Twitter", "@ann", "France", "English", "", "", "Not Rated", "Acme", "571", "88", "ann",
     "1200", "25-May-26", "6:10 PM", ""],
]  # fmt: skip
MELTWATER_NEW = [
    ["Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Language",
     "Reach", "Earned Traffic", "AVE", "Sentiment", "Input Name", "Engagement", "Hashtags", "Views",
     "Estimated Views", "Custom Categories"],
    ["2026-05-25 10:05:00", "", "https://www.tiktok.com/@ann/video/9", "", "Acme haul", "TikTok",
     "@ann", "Unknown", "", "", "", "Neutral", "Acme", "12", "", "400", "", ""],
    ["2026-05-25 11:00:00", "Que penser d'Acme sur facebook.com/",
     "https://daily.example/facebook", "Un essai.", "", "Le Quotidien", "", "French", "", "", "",
     "Mixed", "Acme", "", "", "", "", ""],
]  # fmt: skip
TALKWALKER = [
    ["url", "indexed", "published", "title", "content", "domain_url", "lang", "sentiment",
     "source_type", "post_type", "title_snippet", "content_snippet",
     "article_extended_attributes.twitter_retweets", "article_extended_attributes.num_comments",
     "extra_author_attributes.id", "extra_author_attributes.name",
     "extra_author_attributes.short_name", "extra_source_attributes.name", "reach"],
    ["https://x.com/ann/status/571", "1779703600000", "1779703500000", "", "Acme lost my bag",
     "x.com", "en", "-5", "SOCIALMEDIA,SOCIALMEDIA_TWITTER", "TEXT", "", "", "3", "2", "88", "Ann",
     "ann", "X", "10"],
    ["https://blog.example/1", "1779703600000", "1779703500000", "On Acme", "", "blog.example",
     "fr", "3", "BLOG,BLOG_OTHER", "TEXT,LINK", "", "Acme, enfin", "", "", "", "", "", "", ""],
    ["https://daily.example/2", "1779703600000", "1779703500000", "Acme", "Acme again",
     "daily.example", "fr", "0", "ONLINENEWS,ONLINENEWS_NEWSPAPER", "TEXT", "", "", "", "", "", "",
     "", "Daily Example", ""],
]  # fmt: skip


def text_of(rows: list[list[str]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def parse(folder: Path, data: bytes | str, name: str = "export.csv", **keys: Any) -> Parsed:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = FileSource(
        path,
        Mapping.model_validate(keys),
        client_id="acme",
        source_id="export",
        timezone="Europe/Paris",
    )
    return source.fetch(NOW)


def shown(parsed: Parsed, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(one.data.get(name) for name in names) for one in parsed.items]


def test_brandwatch_before_2024(tmp_path: Path) -> None:
    got = parse(tmp_path, text_of(BRANDWATCH_PREAMBLE + BRANDWATCH_OLD), preset="brandwatch")
    assert got.rejects == []
    assert shown(got, "native_id", "channel", "network", "kind", "sentiment") == [
        ("r1", "social", "x", "post", "negative"),
        ("r2", "social", "x", "repost", "neutral"),
        ("r3", "news", "news", "article", "positive"),
        ("r4", "review", "trustpilot", "review", "negative"),
    ]
    first, _, article, review = got.items
    assert first.data["published_at"] == "2026-05-25T10:00:00"
    assert (first.data["author_handle"], first.data["author_followers"]) == ("ann", 1200)
    assert first.data["repost_count"] == 3
    assert article.data["text"] == 'Acme opens\na shop, "soon"'
    assert review.data["rating"] == "2.00"
    (measured,) = got.coverage
    assert (measured.start, measured.end) == (datetime(2026, 5, 25), datetime(2026, 6, 1))
    assert got.warnings == []


def test_brandwatch_since_2024(tmp_path: Path) -> None:
    rows = [*BRANDWATCH_PREAMBLE[:2], ["Label:"], [], *BRANDWATCH_NEW]
    got = parse(tmp_path, text_of(rows), preset="brandwatch")
    assert got.rejects == []
    assert shown(got, "native_id", "network", "channel", "kind", "text", "like_count") == [
        ("r1", "x", "social", "reply", "", 5),
        ("r5", "bluesky", "social", "post", "Acme, bof", 1),
        ("r6", "other", "other", "post", "Acme leak", None),
    ]
    assert got.items[0].data["author_id"] == "88"
    # Nothing says what was measured: never more than what is there.
    (measured,) = got.coverage
    assert measured.end == datetime(2026, 5, 25, 13, 0, 1)
    assert "no `From` and `To`" in got.warnings[0]


def test_brandwatch_as_a_workbook(tmp_path: Path) -> None:
    rows = [[cell or None for cell in row] for row in BRANDWATCH_PREAMBLE + BRANDWATCH_OLD]
    for row in rows[7:]:
        row[2] = datetime.fromisoformat(str(row[2]))  # type: ignore[call-overload]
    data = workbook(*[tuple(row) for row in rows])
    got = parse(tmp_path, data, "export.xlsx", preset="brandwatch")
    as_text = parse(tmp_path, text_of(BRANDWATCH_PREAMBLE + BRANDWATCH_OLD), preset="brandwatch")
    assert [one.data for one in got.items] == [one.data for one in as_text.items]
    assert got.coverage == as_text.coverage


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-16", "\t"), ("utf-16-le", "\t"), ("utf-16-be", ";"), ("utf-8-sig", ";"), ("utf-8", ",")],
)
def test_meltwater_of_2022_in_every_wrapping(tmp_path: Path, encoding: str, delimiter: str) -> None:
    data = text_of(MELTWATER_OLD, delimiter).encode(encoding)
    got = parse(tmp_path, data, preset="meltwater", timezone="Europe/Paris")
    assert got.rejects == []
    assert shown(got, "published_at", "network", "kind", "language", "sentiment", "outlet") == [
        ("2026-05-25T08:05:00", "news", "article", "fr", "positive", "Daily Example"),
        ("2026-05-25T16:10:00", "x", "post", "en", None, "Twitter"),
    ]
    assert got.items[1].data["author_handle"] == "ann"


def test_meltwater_of_2025(tmp_path: Path) -> None:
    got = parse(tmp_path, text_of(MELTWATER_NEW), preset="meltwater", timezone="Europe/Paris")
    assert shown(got, "published_at", "network", "channel", "kind", "view_count", "text") == [
        ("2026-05-25T08:05:00", "tiktok", "social", "post", 400, "Acme haul"),
        ("2026-05-25T09:00:00", "news", "news", "article", None, "Un essai."),
    ]
    assert shown(got, "language", "sentiment") == [(None, "neutral"), ("fr", None)]


@pytest.mark.parametrize("rows", [MELTWATER_OLD, MELTWATER_NEW])
def test_a_zone_that_the_file_does_not_say_is_asked_for(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    with pytest.raises(DataError, match="write the zone of these dates in the mapping"):
        parse(tmp_path, text_of(rows), preset="meltwater")


def test_talkwalker(tmp_path: Path) -> None:
    got = parse(tmp_path, text_of(TALKWALKER), preset="talkwalker")
    assert got.rejects == []
    assert shown(got, "published_at", "channel", "network", "kind", "sentiment") == [
        ("2026-05-25T10:05:00", "social", "x", "post", "negative"),
        ("2026-05-25T10:05:00", "blog", "blog", "post", "positive"),
        ("2026-05-25T10:05:00", "news", "news", "article", "neutral"),
    ]
    assert shown(got, "text", "title", "author_handle", "repost_count") == [
        ("Acme lost my bag", None, "ann", 3),
        ("Acme, enfin", "On Acme", None, None),
        ("Acme again", "Acme", None, None),
    ]


def test_talkwalker_with_written_dates(tmp_path: Path) -> None:
    rows = [TALKWALKER[0], *([*row[:2], "2026-05-25 12:05:00", *row[3:]] for row in TALKWALKER[1:])]
    with pytest.raises(DataError, match="write the zone"):
        parse(tmp_path, text_of(rows), preset="talkwalker")
    got = parse(tmp_path, text_of(rows), preset="talkwalker", timezone="Europe/Paris")
    assert {one.data["published_at"] for one in got.items} == {"2026-05-25T10:05:00"}


@pytest.mark.parametrize(
    ("header", "preset"),
    [
        (BRANDWATCH_OLD[0], "brandwatch"),
        (BRANDWATCH_NEW[0], "brandwatch"),
        (MELTWATER_OLD[0], "meltwater"),
        (MELTWATER_NEW[0], "meltwater"),
        (TALKWALKER[0], "talkwalker"),
        (["Date", "URL", "Title", "Source", "Language", "Sentiment", "Views"], None),
        (["Page Type", "Query Id", "Sentiment"], None),
    ],
)
def test_a_preset_is_recognised_by_the_heading(header: list[str], preset: str | None) -> None:
    assert fitting(header) == preset


def test_own_keys_win_over_the_preset(tmp_path: Path) -> None:
    got = parse(
        tmp_path,
        text_of(MELTWATER_NEW),
        preset="meltwater",
        timezone="Europe/Paris",
        fields={"text": "Headline"},
        values={"sentiment": {"Mixed": "negative"}},
    )
    assert shown(got, "text", "sentiment") == [
        ("", "neutral"),
        ("Que penser d'Acme sur facebook.com/", "negative"),
    ]
    # A column that people name must be there; one of a preset may be left out of an export.
    with pytest.raises(DataError, match="column 'Ort' is missing"):
        parse(
            tmp_path,
            text_of(MELTWATER_NEW),
            preset="meltwater",
            timezone="Europe/Paris",
            fields={"place": "Ort"},
        )


def test_every_preset_names_the_signs_by_which_it_is_recognised() -> None:
    assert presets() == ["brandwatch", "meltwater", "talkwalker"]
    assert fitting([]) is None


def test_two_orders_of_day_and_month_cannot_both_be_meant() -> None:
    fields = {"native_id": "a", "published_at": "b", "text": "c"}
    with pytest.raises(ValueError, match="read one text as two dates"):
        Mapping.model_validate(
            {"format": "csv", "fields": fields, "date_format": ["%d/%m/%Y", "%m/%d/%Y"]}
        )


# -- what a file covers ---------------------------------------------------------------------------

NAMED = {
    "format": "csv",
    "fields": {"native_id": "id", "published_at": "date", "text": "text"},
    "covers_in": "name",
}
ONE_ROW = "id,date,text\na,2026-05-26T10:00:00Z,Acme\n"


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        # Days of the client: Paris is two hours ahead in May, one in March.
        ("x_2026-05-25_2026-05-31.csv", datetime(2026, 5, 24, 22), datetime(2026, 5, 31, 22)),
        ("2026-05-26.csv", datetime(2026, 5, 25, 22), datetime(2026, 5, 26, 22)),
        ("a-2026-03-29.csv", datetime(2026, 3, 28, 23), datetime(2026, 3, 29, 22)),
        # The day of the export is not over: what is to come was not measured.
        ("x_2026-05-25_2026-06-30.csv", datetime(2026, 5, 24, 22), NOW),
    ],
)
def test_the_name_says_what_the_file_covers(
    tmp_path: Path, name: str, start: datetime, end: datetime
) -> None:
    (measured,) = parse(tmp_path, ONE_ROW, name, **NAMED).coverage
    assert (measured.start, measured.end) == (start, end)


def test_an_empty_export_whose_name_says_its_days_is_a_silence(tmp_path: Path) -> None:
    (measured,) = parse(tmp_path, "id,date,text\n", "x_2026-05-26.csv", **NAMED).coverage
    assert measured.state == "ok_empty"


@pytest.mark.parametrize(
    "name", ["export.csv", "x_2026-05-31_2026-05-25.csv", "x_2026-02-30.csv", "x_2026-07-01.csv"]
)
def test_a_name_that_says_no_days_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=r"_2026-05-25_2026-05-31\.csv|still to come"):
        parse(tmp_path, ONE_ROW, name, **NAMED)


# -- each post once (law 4) -----------------------------------------------------------------------


def test_overlapping_exports_of_two_tools_and_a_connector_count_each_post_once(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path / "home")
    sources = ["brandwatch", "meltwater", "talkwalker", "network"]
    bench.write(
        "clients/acme.yml",
        SMALL_CLIENT
        | {
            "sources": [
                {"id": one, "kind": "file", "mapping": f"mappings/{one}.yml"} for one in sources
            ]
        },
    )
    bench.write("mappings/brandwatch.yml", {"preset": "brandwatch"})
    bench.write("mappings/meltwater.yml", {"preset": "meltwater", "timezone": "Europe/Paris"})
    bench.write("mappings/talkwalker.yml", {"preset": "talkwalker"})
    # What a connector lands: the network's own id, and no address.
    bench.write(
        "mappings/network.yml",
        {
            "format": "ndjson",
            "fields": {"native_id": "id", "published_at": "at", "text": "text"},
            "constants": {"network": "x", "channel": "social"},
        },
    )

    def land(source: str, content: str, name: str) -> None:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8", newline="")
        bench.land("acme", path, f"mappings/{source}.yml", source)

    land("brandwatch", text_of(BRANDWATCH_PREAMBLE + BRANDWATCH_OLD), "week.csv")
    # The next export overlaps the first, has new headings, and tells its first post again.
    told_again = [list(row) for row in BRANDWATCH_NEW]
    told_again[1][8] = "Acme lost my bag"
    land("brandwatch", text_of(told_again), "next.csv")
    land("meltwater", text_of(MELTWATER_OLD), "melt.csv")
    land("talkwalker", text_of(TALKWALKER), "talk.csv")
    land(
        "network",
        '{"id": "571", "at": "2026-05-25T10:00:00Z", "text": "Acme lost my bag", "who": "ann"}\n',
        "x.ndjson",
    )
    bench.publish("2026-05-31")
    # 571 came five times, the article of the Daily Example twice, the other posts once.
    posts = bench.query(
        "select count(distinct original_id) from core.mention_current where brand_id = 'acme'"
    )
    counted = bench.query(
        "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    )
    # 571, 572 (a repost), the article, the review, Bluesky, the leak, the blog, the second article.
    assert posts == [(8,)]
    assert counted == [(8,)]
