"""Each check finds the fault it is there for, and only on the days it is asked about."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
import warehouse

from oyez.metrics import checks, runner

DAY = {
    "weights": {"net_sentiment": 50, "review_score": 50},
    "days": ["2026-03-02", "2026-03-20"],
    "coverage": [{"from": "2026-03-02 00:00", "to": "2026-03-13 00:00"}],
    "items": [
        {
            "id": "a",
            "at": "2026-03-02 10:00",
            "author": "ann",
            "followers": 3,
            "channel": "community",
            "sentiment": "positive",
            "inbound": True,
            "kind": "review",
            "rating": 5,
            "themes": ["price"],
            "counters": [{"at": "2026-03-02 12:00", "likes": 1}],
        },
        {"id": "r", "at": "2026-03-02 11:00", "own_voice_of": "brand", "answers": "a"},
    ],
}
EARLIER_DAYS = (
    "insert into core.calendar by name select 'client' as client_id, d::date as day, "
    "d - interval 1 hour as start_at, d + interval 23 hour as end_at "
    "from range(timestamp '2026-01-01', timestamp '2026-03-02', interval 1 day) as t (d); "
    "update ops.coverage set start_at = '2025-12-31 23:00'"
)
CLIENT_WIDE = {"configured_unique"}  # about a client, whatever day is asked
FAULTS = {
    "item_unique": "insert into core.item select * replace (date '2026-03-05' as day) "
    "from core.item where item_id = 'a'",
    "mention_unique": "insert into core.mention select * replace ('other' as mention_id) "
    "from core.mention where item_id = 'a'",
    "verdict_unique": "insert into core.verdict select * replace ('n' as model) from core.verdict",
    # The mention of the rival was said to be about the brand, which the item names as well.
    "correction_unique": "insert into core.mention select * replace ('m2' as mention_id, "
    "'rival' as brand_id) from core.mention where item_id = 'a'; insert into core.correction by "
    "name select client_id, day, item_id, mention_id, 'brand' as brand_id, false as is_dismissed, "
    "false as is_doubled from core.mention where mention_id = 'm2'",
    "mention_has_item": "delete from core.item where item_id = 'a'",
    "mention_has_brand": "update core.mention set brand_id = 'nobody' where item_id = 'a'",
    "verdict_has_mention": "delete from core.mention where item_id = 'a'",
    "item_in_calendar": "update core.item set published_at = published_at + interval 1 day",
    "day_after_cutoff": "update ops.coverage set end_at = '2026-03-01'; "
    "update core.item set collected_at = '2026-03-03'",
    "dated_after_reading": "update core.item set collected_at = published_at - interval 16 minutes",
    "mention_volume_parts": "update metric.mention_volume set positive_count = 7",
    "mention_volume_total": "update metric.mention_volume set item_count = 7 where item_count > 0",
    "mention_volume_hour_total": "delete from metric.mention_volume_hour where item_count > 0",
    "net_sentiment_bounds": "update metric.net_sentiment set net_sentiment = -100",
    "share_of_voice_sum": "update metric.share_of_voice set share_pct = 60",
    "potential_reach_bounds": "update metric.potential_reach set unique_reach_count = 4",
    "engagement_parts": "update metric.engagement set like_count = 2",
    "author_activity_total": "update metric.author_activity set item_count = 9",
    "top_mention_rank": "update metric.top_mention set engagement_rank = 2",
    "response_order": "update metric.response set first_response_at = '2026-01-01'",
    "response_totals": "update metric.response_rate set inbound_count = 9",
    "review_parts": "update metric.review set star_4_count = 1",
    "review_rating_scale": "update core.item set rating = 8 where item_id = 'a'",
    "member_first_post_unique": "delete from metric.member_first_post",
    # Three batches whose records all had an id and a text, and a fourth whose records have no text.
    "key_drift": "insert into ops.batch by name select 'b' || n as batch_id, "
    "'client' as client_id, 's' as source_id, 30 as item_count, "
    "timestamp '2026-03-01' + to_days(n::int) as landed_at from range(4) as t (n); "
    "insert into ops.key_observation by name select 'client' as client_id, 's' as source_id, "
    "'b' || n as batch_id, timestamp '2026-03-01' + to_days(n::int) as observed_at, "
    "key_path, 'string' as value_type, 30 as item_count, 30 as batch_item_count "
    "from range(4) as t (n) cross join (values ('id'), ('text')) as k (key_path) "
    "where n < 3 or key_path = 'id'; update core.item set batch_id = 'b3' where item_id = 'a'",
    "period_parts": "update metric.participation set gini = 1 where period = 'week'",
    "community_parts": "update metric.welcome_rate set newcomer_count = 2",
    "answer_order": "update metric.newcomer_return set next_post_at = '2026-03-01'",
    "member_silence": "insert into metric.gone_quiet by name select client_id, day, brand_id, "
    "author_key, day - 30 as last_day from metric.author_activity where author_key = 'ann'",
    "theme_parts": "update metric.theme set positive_count = 2",
    "newcomer_total": "update metric.active_member set newcomer_count = 2",
    "enrichment_has_item": "insert into core.annotation by name "
    "select client_id, day, 'gone' as item_id from core.item where item_id = 'a'",
    "enrichment_unique": "insert into core.item_theme from core.item_theme",
    "calendar_days": "update core.calendar set start_at = start_at + interval 3 hour "
    "where day = '2026-03-02'",
    "configured_unique": "insert into core.brand from core.brand where brand_id = 'rival'",
    "percent_bounds": "update metric.response_rate set low_pct = -1",
    "verdict_bounds": "update core.verdict set polarity = 2",
    "metric_totals": "update metric.engagement set item_count = 9",
    "original_once": "insert into core.item select * replace ('b' as item_id, 's' as source_id) "
    "from core.item where item_id = 'a'",
    "coverage_state": "update ops.coverage set state = 'lost'",
    "metric_unique": "insert into metric.review from metric.review",
    "metric_has_brand": "update metric.review set brand_id = 'nobody'",
    # Eight Mondays of 16 items each before one of two: fewer than 16 - 3 × √16 = 4.
    "source_volume_low": f"{EARLIER_DAYS}; insert into core.item by name "  # noqa: S608
    "select 'client' as client_id, date '2026-03-02' - 7 * week::int as day, 'tool' as source_id, "
    "format('{}-{}', week, n) as item_id from range(1, 9) as w (week), range(16) as t (n)",
    # Daily from the 20th to the 28th of February; then nothing on two days.
    "story_first": "update core.item set story_id = 'nobody'",
    "story_parts": "insert into metric.story by name select 'client' as client_id, "
    "date '2026-03-02' as day, 'brand' as brand_id, 'a' as story_id, 1000 as pick_up_count, "
    "0 as outlet_count, 0 as network_count, 0 as author_count",
    "suspect_unique": "insert into core.suspect by name select client_id, day, item_id, "
    "true as is_spam, false as is_bot_like from core.item; "
    "insert into core.suspect from core.suspect",
    "source_silent": f"{EARLIER_DAYS}; insert into ops.coverage by name select * replace "  # noqa: S608
    "('feed' as source_id) from ops.coverage; update ops.coverage set end_at = '2026-03-03' "
    "where source_id = 'feed'; insert into core.item by name select 'client' as client_id, "
    "date '2026-02-20' + n::int as day, 'feed' as source_id, format('{}', n) as item_id "
    "from range(9) as t (n)",
    "media_type_parts": "update metric.media_type set owned_count = 7",
    "herfindahl_bounds": "update metric.source_dependence set network_herfindahl = 0.3",
    "own_site_link_parts": "update metric.own_site_link set own_link_count = 1",
    "reputation_index_bounds": "update metric.reputation_index set reputation_index = 12 "
    "where day = '2026-03-02'",
}


@pytest.fixture(scope="module")
def sound() -> duckdb.DuckDBPyConnection:
    connection = warehouse.empty()
    warehouse.fill(connection, DAY)
    runner.compute(connection)
    return connection


def _failed(connection: duckdb.DuckDBPyConnection, day: date) -> set[str]:
    return {one.name for one in checks.run(connection, [("client", day)]) if not one.passed}


def test_every_check_has_a_fault() -> None:
    assert set(FAULTS) == {path.stem for path in (warehouse.ROOT / "sql" / "check").rglob("*.sql")}


def test_a_sound_warehouse_passes(sound: duckdb.DuckDBPyConnection) -> None:
    assert [str(one) for one in checks.run(sound, every_day=True) if not one.passed] == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_fault_is_found_on_its_day_only(sound: duckdb.DuckDBPyConnection, name: str) -> None:
    sound.begin()
    try:
        sound.execute(FAULTS[name])
        assert name in _failed(sound, date(2026, 3, 2))
        assert name in CLIENT_WIDE or name not in _failed(sound, date(2026, 3, 20))
    finally:
        sound.rollback()


def test_the_message_names_the_first_row(sound: duckdb.DuckDBPyConnection) -> None:
    sound.begin()
    try:
        sound.execute(FAULTS["verdict_unique"])
        result = next(
            one
            for one in checks.run(sound, [("client", date(2026, 3, 2))])
            if one.name == "verdict_unique"
        )
    finally:
        sound.rollback()
    assert (result.severity, result.row_count) == ("fail", 1)
    assert str(result) == (
        "verdict_unique: a mention has two current verdicts, or two of one model "
        "(1 rows; first: client_id client, "
        "day 2026-03-02, mention_id a/brand, row_count 2)"
    )


def _asked_of(query: str, *faults: str) -> bool:
    """Return whether a check passes after some changes to the sound warehouse, Monday asked."""
    connection = warehouse.empty()
    warehouse.fill(connection, DAY)
    for fault in faults:
        connection.execute(fault)
    runner.compute(connection)
    return query not in _failed(connection, date(2026, 3, 2))


def test_what_comes_early_is_no_fault() -> None:
    """Tomorrow's run measures it; only a day that was over when it was read stays unmeasured."""
    check, unmeasured = "day_after_cutoff", "update ops.coverage set end_at = '2026-03-01'"
    read_at = "update core.item set collected_at = timestamp '{}'".format
    assert _asked_of(check, unmeasured, read_at("2026-03-02 22:59:59"))  # 23:59:59 in Paris
    assert not _asked_of(check, unmeasured, read_at("2026-03-02 23:00:00"))
    site = "insert into core.source by name select 'client' as client_id, 'tool' as source_id, "
    assert _asked_of(check, unmeasured, read_at("2026-03-04 00:00"), site + "'rss' as kind")
    assert not _asked_of(check, unmeasured, read_at("2026-03-04 00:00"), site + "'file' as kind")


def test_clocks_may_differ_a_little() -> None:
    check = "dated_after_reading"
    read = "update core.item set collected_at = published_at - interval {} minutes".format
    assert _asked_of(check, read(15))
    assert not _asked_of(check, read(16))
