"""What the terms of the sites ask is done: in the report, in landing and in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import duckdb
import pytest
import zstandard

from oyez import line, upkeep
from oyez.sources import catalogue, watch
from oyez.sources.contract import Attribution, Capabilities, Found, Gone, NoOptions
from oyez.storage import Storage

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing

# A Tuesday, read on the next morning.
DAY = date(2026, 5, 26)
NOW = datetime(2026, 5, 27, 5)  # noqa: DTZ001  naive UTC by convention
SUNDAY = "2026-05-31"
MARK = "gingerbread"


class Site:
    """A connector whose answers and terms a test sets."""

    name = "site"
    title = "Example site"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="nothing"
    )
    Options = NoOptions
    items: ClassVar[list[Found]] = []
    present: ClassVar[set[str]] = set()

    def __init__(self, web: object, credential: object) -> None:
        pass

    def fetch(self, query: object, window: object) -> Iterator[Found]:
        yield from type(self).items

    def recheck(self, query: object, native_ids: list[str]) -> Iterator[Gone]:
        yield from (Gone(one) for one in native_ids if one not in type(self).present)


class Entry:
    """An installed connector."""

    def __init__(self, kind: type[Site]) -> None:
        self.name, self._kind = kind.name, kind

    def load(self) -> type[Site]:
        return self._kind


def found(native_id: str, text: str = f"Acme is awful, {MARK}", **data: Any) -> Found:
    body = {
        "published_at": "2026-05-26T10:00:00",
        "text": text,
        "network": "somewhere",
        "channel": "social",
        "author_handle": f"Marigold{native_id}",
        "author_name": "Marigold Pepper",
        "url": f"https://site.example/@Marigold{native_id}/{native_id}",
        "like_count": 7,
        **data,
    }
    return Found(native_id, body, {"id": native_id, **body}, f"page 1 #{native_id}")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> type[Site]:
    class Own(Site):
        items: ClassVar[list[Found]] = []

    monkeypatch.setattr(catalogue, "entry_points", lambda group: [Entry(Own)])
    return Own


@pytest.fixture
def desk(bench: Bench, site: type[Site], blank_pages: None) -> Bench:
    sources = [{"id": "site", "kind": "site"}]
    bench.write(
        "clients/acme.yml", SMALL_CLIENT | {"sources": [*SMALL_CLIENT["sources"], *sources]}
    )
    fields = SMALL_MAPPING["fields"] | {"url": "url"}
    bench.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    return bench


def collect(bench: Bench, now: datetime = NOW, *, again: bool = False) -> None:
    ws = bench.workspace
    client = ws.client("acme")
    source = next(one for one in client.sources if one.id == "site")
    result = watch.watch(ws, client, source, DAY, now=now, again=again)
    assert result["error"] is None


def unpacked(storage: Storage) -> bytes:
    """Return every byte under landing and stage, unpacked."""
    found = b""
    for prefix in ("landing/", "journal/"):
        for key in storage.list(prefix):
            data = storage.read(key)
            found += zstandard.ZstdDecompressor().decompress(data) if key.endswith("zst") else data
    for key in storage.list("stage/"):
        if key.endswith(".parquet"):
            rows = duckdb.sql(f"from '{storage.local(key)}'").fetchall()
            found += repr(rows).encode()
    return found


def warehouse(bench: Bench) -> str:
    return repr(bench.rows(without=set()))


def words(edition: dict[str, Any], name: str) -> list[tuple[Any, ...]]:
    return [
        (one["text"], one["withheld"], one["site"], one["author"])
        for one in edition["verbatims"][name]
    ]


def allow(site: type[Site], **terms: Any) -> None:
    site.capabilities = Capabilities(past_day="yes", is_sorted=True, needs="nothing", **terms)


# --- what may be shown


def test_a_site_without_objection_is_quoted_with_its_author(desk: Bench, site: type[Site]) -> None:
    site.items = [found("1")]
    collect(desk)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert words(edition, "negative") == [(f"Acme is awful, {MARK}", None, None, "@Marigold1")]
    assert [row["author"] for row in edition["tables"]["top_authors"]] == ["@Marigold1"]


def test_words_that_may_not_be_shown_leave_a_link_and_a_reason(
    desk: Bench, site: type[Site]
) -> None:
    allow(site, may_show_text=False)
    site.items = [found("1", title=f"About {MARK}")]
    collect(desk)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    for name in ("negative", "engaged"):
        assert words(edition, name) == [("", "terms", "Example site", "@Marigold1")]
        assert edition["verbatims"][name][0]["url"] == "https://site.example/@Marigold1/1"
    assert MARK not in repr(edition)
    assert edition["figures"]["negative_count"]["value"] == 1


def test_an_author_who_may_not_be_shown_is_nowhere(desk: Bench, site: type[Site]) -> None:
    allow(site, may_show_author=False)
    thanks = "I love Acme, it is wonderful and great"
    site.items = [
        found("1", channel="community", kind="question"),
        found("2", text=thanks, outlet="Marigold's blog"),
        found("3", text="Acme is awful and broken, a review", kind="review", rating=1),
    ]
    collect(desk)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert "marigold" not in repr(edition).lower()
    assert "pepper" not in repr(edition).lower()
    assert len(edition["tables"]["top_authors"]) == 3
    assert len(edition["tables"]["newcomers"]) == 1
    assert len(edition["verbatims"]["waiting"]) == 2
    assert [one["text"] for one in edition["verbatims"]["positive"]] == [thanks]
    assert not [one for one in edition["actions"] if one["code"] == "action.thank_authors"]


def test_the_strictest_of_two_sources_decides(desk: Bench, site: type[Site]) -> None:
    """The export may be quoted; the same post, which the site gave too, may not."""
    allow(site, may_show_text=False, may_show_author=False, recheck_days=3650)
    site.items = [found("1")]
    collect(desk)
    desk.drop(
        "week.csv",
        "id,date,text,author,likes,url\n"
        f'p1,2026-05-26T12:00:00+02:00,"Acme is awful, {MARK}",Marigold1,7,'
        "https://site.example/@Marigold1/1\n",
    )
    ws = desk.workspace
    line.collect(ws, [{"client_id": "acme", "source_id": "export", "day": SUNDAY, "kind": "file"}])
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert edition["figures"]["mention_volume"]["value"] == 1
    assert MARK not in repr(edition)
    assert "Marigold" not in repr(edition)
    # Once the site has it no more, its certain copy in the export is withdrawn with it (0063).
    for later in (1, 2):
        upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=later))
    desk.publish(SUNDAY)
    rows = "select source_id, text, author_key, is_primary from core.item order by 1"
    assert desk.query(rows) == [("export", None, None, False), ("site", None, None, False)]
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert edition["figures"]["mention_volume"]["value"] == 0
    assert words(edition, "negative") == []
    assert MARK not in repr(edition)


def test_a_source_may_forbid_in_the_clients_file(desk: Bench, site: type[Site]) -> None:
    sources = [{"id": "site", "kind": "site", "may_quote": False, "may_name_authors": False}]
    desk.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    site.items = [found("1")]
    collect(desk)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert MARK not in repr(edition)
    assert "Marigold" not in repr(edition)


def test_a_source_that_left_the_file_keeps_its_terms(desk: Bench, site: type[Site]) -> None:
    allow(site, may_show_text=False)
    site.items = [found("1")]
    collect(desk)
    desk.publish(SUNDAY)
    desk.write("clients/acme.yml", SMALL_CLIENT)
    assert MARK not in repr(desk.edition("acme", "weekly", SUNDAY))


@pytest.mark.parametrize("visibility", ["signed_in", "private", "direct", "unlisted", "Followers"])
def test_what_is_not_for_everybody_is_not_quoted(
    desk: Bench, site: type[Site], visibility: str
) -> None:
    site.items = [found("1", visibility=visibility, addressed_to="acme"), found("2", "Acme, meh")]
    collect(desk)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert MARK not in repr(edition)
    assert "Marigold1" not in repr(edition)
    assert edition["figures"]["mention_volume"]["value"] == 2
    assert words(edition, "waiting") == [("", "reserved", None, None)]
    assert words(edition, "negative") == []
    line.rebuild(desk.workspace)
    assert desk.query("select visibility from core.item order by native_id") == [
        (visibility.lower(),),
        (None,),
    ]


def test_a_report_names_whom_the_terms_ask_for(desk: Bench, site: type[Site]) -> None:
    allow(site, attribution=Attribution("Source: Example Project", "https://site.example/about"))
    site.items = []
    collect(desk)
    desk.publish(SUNDAY)
    assert desk.edition("acme", "weekly", SUNDAY)["credits"] == []
    site.items = [found("1", author_url="https://site.example/users/1")]
    collect(desk, again=True)
    desk.publish(SUNDAY)
    edition = desk.edition("acme", "weekly", SUNDAY)
    assert edition["credits"] == [
        {"text": "Source: Example Project", "url": "https://site.example/about"}
    ]
    assert edition["verbatims"]["negative"][0]["author_url"] == "https://site.example/users/1"


def test_counts_of_youtube_are_not_added_to_others(desk: Bench, site: type[Site]) -> None:
    site.items = [
        found("1", author_followers=10, like_count=5),
        found("2", network="youtube", author_followers=1000, like_count=500),
    ]
    collect(desk)
    desk.publish(SUNDAY)
    figures = desk.edition("acme", "weekly", SUNDAY)["figures"]
    assert figures["mention_volume"]["value"] == 2
    assert figures["engagement"]["value"] == 5
    assert figures["potential_reach"]["value"] == 10
    assert figures["potential_reach_gross"]["value"] == 10
    assert desk.query(
        "select network, engagement_count from metric.engagement where brand_id = 'acme' order by 1"
    ) == [("somewhere", 5), ("youtube", 500)]


# --- how long it may be kept


def test_after_its_term_nothing_holds_the_words_and_every_number_stays(
    desk: Bench, site: type[Site]
) -> None:
    allow(site, retention_days=30)
    site.items = [
        found("1"),
        found("2", text="I love Acme, it is wonderful", published_at="2026-05-26T11:00:00"),
        found("3", text=f"Globex and Acme, {MARK}", kind="question", channel="community"),
        found("4", text=f"nobody is named, {MARK}"),
        found("5", published_at="soon"),
        found(
            "6",
            text="Acme hates me",
            author_handle="Marigold1",
            kind="review",
            rating="1.5",
            url="https://site.example/6",
        ),
    ]
    collect(desk)
    # Read a second time, unchanged: the words stand in two runs.
    collect(desk, NOW + timedelta(hours=1), again=True)
    desk.publish(SUNDAY)
    before = desk.rows("metric")
    verdicts = desk.query(
        "select mention_id, model, polarity, sentiment from core.verdict order by all"
    )
    old = desk.edition("acme", "weekly", SUNDAY)
    assert MARK in repr(old)
    assert {row[3] for row in verdicts} >= {"positive", "negative"}

    early = upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=28))
    assert early["let_go"] == 0
    late = NOW + timedelta(days=29, hours=2)
    assert upkeep.upkeep(desk.workspace, "acme", "site", now=late)["let_go"] == 10
    assert upkeep.upkeep(desk.workspace, "acme", "site", now=late)["let_go"] == 0
    desk.publish(SUNDAY)

    def is_clean() -> None:
        for held in (unpacked(desk.workspace.storage).decode(), warehouse(desk)):
            assert MARK not in held
            assert "marigold" not in held.lower()
        assert desk.query("select count(*) from core.author_identity") == [(0,)]
        assert differing(desk.rows("metric"), before) == {}
        assert (
            desk.query(
                "select mention_id, model, polarity, sentiment from core.verdict order by all"
            )
            == verdicts
        )
        edition = desk.edition("acme", "weekly", SUNDAY)
        assert MARK not in repr(edition)
        assert "Pepper" not in repr(edition)
        assert edition["figures"] == old["figures"]
        assert words(edition, "engaged")[0] == ("", "retention", "Example site", None)
        assert [row["item_count"] for row in edition["tables"]["top_authors"]] == [
            row["item_count"] for row in old["tables"]["top_authors"]
        ]

    is_clean()
    kept = desk.rows("core", "raw")
    line.rebuild(desk.workspace)
    is_clean()
    assert differing(desk.rows("core", "raw"), kept) == {}


def test_what_is_read_again_is_kept_for_a_new_term(desk: Bench, site: type[Site]) -> None:
    allow(site, retention_days=30)
    site.items = [found("1")]
    collect(desk)
    desk.publish(SUNDAY)
    collect(desk, NOW + timedelta(days=20), again=True)
    desk.publish(SUNDAY)
    upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=31))
    desk.publish(SUNDAY)
    named = (
        "select text, author_name from core.item left join core.author_identity using (author_key)"
    )
    assert desk.query(named) == [(f"Acme is awful, {MARK}", "Marigold Pepper")]
    upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=51))
    desk.publish(SUNDAY)
    assert desk.query(named) == [(None, None)]
    assert MARK.encode() not in unpacked(desk.workspace.storage)


def test_a_letting_go_that_was_killed_is_finished_by_the_next(
    desk: Bench, site: type[Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(site, retention_days=30)
    site.items = [found("1")]
    collect(desk)
    desk.publish(SUNDAY)

    class Killed(Exception):
        pass

    late = NOW + timedelta(days=30)
    for step in ("replace", "delete"):
        with monkeypatch.context() as patch:

            def die(*_: object) -> None:
                raise Killed

            patch.setattr(Storage, step, die)
            with pytest.raises(Killed):
                upkeep.upkeep(desk.workspace, "acme", "site", now=late)
    upkeep.upkeep(desk.workspace, "acme", "site", now=late)
    desk.publish(SUNDAY)
    assert MARK.encode() not in unpacked(desk.workspace.storage)
    line.rebuild(desk.workspace)
    assert desk.query(
        "select sum(item_count) from metric.mention_volume where brand_id = 'acme'"
    ) == [(1,)]


def test_a_deleted_item_is_blanked_in_every_run_that_read_it(desk: Bench, site: type[Site]) -> None:
    allow(site, recheck_days=30)
    site.items = [found("1")]
    collect(desk)
    collect(desk, NOW + timedelta(hours=1), again=True)
    desk.publish(SUNDAY)
    for later in (1, 2):
        upkeep.upkeep(desk.workspace, "acme", "site", now=NOW + timedelta(days=later))
    desk.publish(SUNDAY)
    for held in (unpacked(desk.workspace.storage).decode(), warehouse(desk)):
        assert MARK not in held
        assert "Marigold" not in held
