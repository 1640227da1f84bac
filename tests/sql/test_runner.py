"""Days computed in any order, late or twice, give the rows of one pass over everything."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse

from oyez.metrics import card as cards
from oyez.metrics import checks, runner

FIRST = date(2026, 3, 1)  # 29 March has 23 hours in Paris
DAYS = 40
STEP = 4  # days that arrive together
NETWORKS = ["x", "google", "forum"]
Batch = dict[str, Any]
# Two who write four posts on the first day; one of them never again, the other after five weeks.
MEMBERS = {
    0: [
        {"id": f"{who}-{n}", "author": who, "channel": "community", "intents": []}
        for who in ("quiet", "back")
        for n in range(4)
    ],
    36: [{"id": "back-again", "author": "back", "channel": "community", "intents": []}],
}


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every metric, in a total order."""
    return {
        name: connection.execute(f"from metric.{name} order by all").fetchall()
        for name in cards.load_all()
    }


def story(seed: int, client: str = "client") -> tuple[Batch, list[Batch]]:
    """Return a client, and its facts as batches in the order in which they arrive."""
    draw = random.Random(seed)  # noqa: S311  # the same story for the same seed
    head = {
        "client": client,
        "days": [str(FIRST), str(FIRST + timedelta(days=DAYS + 12))],
        "office_hours": {"opens": "09:00", "closes": "18:00"},
        "weights": {"net_sentiment": 2, "review_score": 1, "response_rate": 1},
    }
    batches: list[Batch] = []
    items: list[dict[str, Any]] = []
    for offset in range(DAYS):
        day = FIRST + timedelta(days=offset)
        todays = [_item(draw, day, offset, number, items) for number in range(draw.randint(0, 14))]
        todays += [item | {"at": f"{day} 12:00"} for item in MEMBERS.get(offset, [])]
        items += todays
        # Some days are not measured, some are in part; the cut-off then stands still, and jumps.
        coverage = []
        if draw.random() < 0.8:
            hours = draw.choice([24, 24, 24, 9])
            end = datetime.combine(day + timedelta(days=hours == 24), datetime.min.time())
            coverage.append(
                {
                    "from": f"{day} 00:00",
                    "to": str(end if hours == 24 else end.replace(hour=hours)),
                    "source": draw.choice(["tool", "other"]),
                    "query": draw.choice(["*", "*", "brand"]),
                    "state": draw.choice(["ok", "ok", "ok", "throttled", "partial"]),
                }
            )
        batches.append({"items": todays, "coverage": coverage})
    # A third of the days come late, in any order.
    late = [batch for batch in batches if draw.random() < 0.33]
    draw.shuffle(late)
    return head, [batch for batch in batches if batch not in late] + late


def _item(
    draw: random.Random, day: date, offset: int, number: int, earlier: list[dict[str, Any]]
) -> dict[str, Any]:
    own = draw.random() < 0.3
    channel = draw.choice(["social", "social", "community", "review"])
    at = f"{day} {draw.randrange(4, 24):02}:{draw.randrange(60):02}"
    item: dict[str, Any] = {
        "id": f"i{offset}-{number}",
        "at": at,
        "names": draw.choice([["brand"], ["brand"], ["rival"], ["brand", "rival"]]),
        "author": "desk" if own else draw.choice([f"author{n}" for n in range(25)] + [None]),
        "followers": draw.choice([None, draw.randrange(10_000)]),
        "network": draw.choice(NETWORKS),
        "channel": channel,
        "kind": "reply" if own else "review" if channel == "review" else "post",
        "rating": draw.randint(1, 5) if channel == "review" and not own else None,
        "sentiment": draw.choice([None, "positive", "neutral", "negative"]),
        "inbound": not own and draw.random() < 0.4,
        "thread": draw.choice([None, f"t{draw.randrange(30)}"]),
        "counters": [
            {"at": str(datetime.fromisoformat(at) + timedelta(days=n)), "likes": draw.randrange(99)}
            for n in draw.sample(range(20), draw.randrange(3))
        ],
    }
    item["intents"] = draw.choice([[], ["question"], ["thanks"]])
    item["themes"] = draw.choice([[], ["price"], ["price", "delay"]])
    if own:
        item["own_voice_of"] = "brand"
        traits = ["addressed", "signed", "thanks", "empathy", "follow_up"]
        item["traits"] = draw.sample(traits, draw.randrange(4))
    recent = [one for one in earlier if date.fromisoformat(one["at"][:10]) >= day - timedelta(9)]
    if recent and draw.random() < 0.6:
        item["answers"] = draw.choice(recent)["id"]
    firsts = [one["id"] for one in recent if "story" not in one]
    if firsts and draw.random() < 0.1:
        item["story"] = draw.choice(firsts)
    return item


def touched(batch: Batch, client: str = "client") -> list[tuple[str, date]]:
    """Return the days that a publisher would note for a batch."""
    days = {one["at"][:10] for one in batch["items"]}
    days |= {one["from"][:10] for one in batch["coverage"]}
    return [(client, date.fromisoformat(day)) for day in sorted(days)]


def build(head: Batch, batches: Iterable[Batch], **config: Any) -> duckdb.DuckDBPyConnection:
    """Publish batches one by one, as a line would, and return the warehouse."""
    connection = warehouse.empty(**config)
    warehouse.fill(connection, head)
    runner.compute(connection, [])
    for batch in batches:
        add(connection, head, batch)
        connection.begin()
        runner.compute(connection, touched(batch))
        connection.commit()
    return connection


def add(connection: duckdb.DuckDBPyConnection, head: Batch, batch: Batch) -> None:
    client = head.get("client", "client")
    for table in ("client", "brand", "calendar", "reputation_weight"):
        connection.execute(f"delete from core.{table} where client_id = ?", [client])  # noqa: S608
    warehouse.fill(connection, head | batch)


def one_pass(head: Batch, batches: list[Batch], **config: Any) -> duckdb.DuckDBPyConnection:
    """Publish everything at once."""
    connection = warehouse.empty(**config)
    warehouse.fill(connection, head | _together(batches))
    runner.compute(connection)
    return connection


def _together(batches: list[Batch]) -> Batch:
    return {
        "items": [item for batch in batches for item in batch["items"]],
        "coverage": [one for batch in batches for one in batch["coverage"]],
    }


def test_days_in_the_order_they_arrive_equal_one_pass() -> None:
    """Three clients whose days come side by side, each in an order of its own."""
    stories = {f"client{seed}": story(seed, f"client{seed}") for seed in (1, 2, 3)}
    daily, whole = warehouse.empty(), warehouse.empty()
    for head, batches in stories.values():
        warehouse.fill(daily, head)
        warehouse.fill(whole, head | _together(batches))
    runner.compute(daily, [])
    runner.compute(whole)
    for arrived in range(0, DAYS, STEP):
        scope = []
        for client, (head, batches) in stories.items():
            for batch in batches[arrived : arrived + STEP]:
                add(daily, head, batch)
                scope += touched(batch, client)
        daily.begin()
        runner.compute(daily, scope)
        daily.commit()
    assert tables(daily) == tables(whole)
    empty = {name for name, rows in tables(whole).items() if not rows}
    assert not empty, "a story that fills every metric proves more"
    hard = [str(one) for one in checks.run(whole, every_day=True) if not one.passed]
    assert [text for text in hard if not text.startswith("day_after_cutoff")] == []


def test_running_again_changes_nothing() -> None:
    head, batches = story(4)
    connection = one_pass(head, batches)
    before = tables(connection)
    scope = [pair for batch in batches for pair in touched(batch)]
    runner.compute(connection, scope)
    assert tables(connection) == before
    assert set(runner.compute(connection, []).values()) == {0}
    assert tables(connection) == before


def test_the_number_of_threads_changes_nothing() -> None:
    head, batches = story(5)
    results = [tables(one_pass(head, batches, threads=n)) for n in (1, 2, 5)]
    assert results[0] == results[1] == results[2]


def test_two_clients_do_not_mix() -> None:
    head, batches = story(6)
    both = one_pass(head, batches)
    warehouse.fill(both, head | {"client": "quiet", "timezone": "America/New_York"})
    runner.compute(both, [("quiet", FIRST)])
    assert tables(both) == tables(one_pass(head, batches))


FORUM = {"author": "ann", "channel": "community"}


def _members(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select f.day, n.day, f.first_item_id "
        "from metric.member_first_post as f full join metric.newcomer as n using (author_key)"
    ).fetchall()


def test_an_older_post_that_comes_late_moves_the_first_day() -> None:
    head = {"days": ["2026-03-01", "2026-03-31"]}
    late = {"items": [{"id": "old", "at": "2026-03-02 10:00"} | FORUM], "coverage": []}
    soon = {"items": [{"id": "new", "at": "2026-03-20 10:00"} | FORUM], "coverage": []}
    connection = build(head, [soon])
    assert _members(connection) == [(date(2026, 3, 20), date(2026, 3, 20), "new")]
    add(connection, head, late)
    runner.compute(connection, touched(late))
    assert _members(connection) == [(date(2026, 3, 2), date(2026, 3, 2), "old")]


def test_a_first_post_that_is_withdrawn_gives_way_to_the_next() -> None:
    head = {"days": ["2026-03-01", "2026-03-31"]}
    posts = {
        "items": [
            {"id": "old", "at": "2026-03-02 10:00"} | FORUM,
            {"id": "new", "at": "2026-03-20 10:00"} | FORUM,
        ],
        "coverage": [],
    }
    connection = build(head, [posts])
    connection.execute("update core.item set withdrawn_at = '2026-03-25' where item_id = 'old'")
    runner.compute(connection, [("client", date(2026, 3, 2))])
    assert _members(connection) == [(date(2026, 3, 20), date(2026, 3, 20), "new")]
    connection.execute("update core.item set withdrawn_at = '2026-03-25' where item_id = 'new'")
    runner.compute(connection, [("client", date(2026, 3, 20))])
    assert _members(connection) == []


def test_a_cut_off_that_jumps_reopens_the_days_that_were_open() -> None:
    head = {"days": ["2026-03-01", "2026-03-31"]}
    asked = {
        "items": [{"id": "q", "at": "2026-03-02 10:00", "inbound": True}],
        "coverage": [{"from": "2026-03-01 00:00", "to": "2026-03-03 00:00"}],
    }
    # Three weeks later another stretch is measured; the day of the question is not touched.
    after = {"items": [], "coverage": [{"from": "2026-03-24 00:00", "to": "2026-03-25 00:00"}]}
    read = "select observed_minutes, is_settled from metric.response"
    connection = build(head, [asked])
    assert connection.execute(read).fetchall() == [(14 * 60, False)]
    add(connection, head, after)
    runner.compute(connection, touched(after))
    assert connection.execute(read).fetchall() == [((14 + 7 * 24) * 60, True)]
    rate = "select is_settled from metric.response_rate where day = '2026-03-02'"
    assert connection.execute(rate).fetchall()[0] == (True,)


def test_ops_scope_is_read_and_left_alone() -> None:
    head, batches = story(7)
    connection = one_pass(head, batches)
    connection.execute("delete from metric.mention_volume")
    connection.execute(
        "insert into ops.scope values ('client', '2026-03-05'), ('client', '2026-03-05')"
    )
    written = runner.compute(connection)
    days = connection.execute("select distinct day from metric.mention_volume").fetchall()
    assert written["mention_volume"] > 0
    assert days == [(date(2026, 3, 5),)]
    assert connection.execute("select count(*) from ops.scope").fetchone() == (2,)


def test_a_caller_that_rolls_back_finds_nothing_changed() -> None:
    head, batches = story(8)
    connection = one_pass(head, batches)
    before = tables(connection)
    connection.begin()
    connection.execute("delete from core.mention")
    runner.compute(connection, [("client", FIRST + timedelta(days=n)) for n in range(DAYS)])
    assert tables(connection) != before
    connection.rollback()
    assert tables(connection) == before


def test_large_new_tables_are_readable_in_their_transaction(tmp_path: Path) -> None:
    # DuckDB 2.0.0 loses such rows when the table is made by `create table … as … limit 0`.
    card = (warehouse.ROOT / "sql" / "metric" / "member_first_post.yml").read_text()
    head, _, tail = card.partition("grain:")
    two_columns = (
        "grain: [client_id, day]\nkind: day\ncolumns: {client_id: Client., day: Day.}\n"
        "owner: oyez\nversion: 1\n"
    )
    assert tail
    (tmp_path / "large.yml").write_text(head + two_columns)
    (tmp_path / "large.sql").write_text(
        "select s.client_id, s.day from scope_day as s cross join range(400000) "
        "where s.day between getvariable('from_day') and getvariable('to_day') "
        "order by s.day, s.client_id"
    )
    (tmp_path / "reader.yml").write_text(head + two_columns)
    (tmp_path / "reader.sql").write_text(
        "select client_id, min(day) as day from metric.large "
        "where day between getvariable('from_day') and getvariable('to_day') group by client_id"
    )
    connection = warehouse.empty(threads=2)
    warehouse.fill(
        connection,
        {
            "days": ["2026-03-02", "2026-03-02"],
            "coverage": [{"from": "2026-03-02 00:00", "to": "2026-03-03 00:00"}],
        },
    )
    connection.begin()
    assert runner.compute(connection, folder=tmp_path) == {"large": 400_000, "reader": 1}
    connection.commit()
    row = connection.execute("select min(day), count(client_id) from metric.large").fetchone()
    assert row == (date(2026, 3, 2), 400_000)


Rewrite = Callable[[duckdb.DuckDBPyConnection], Any]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c.execute("update ops.metric_version set version = 0"),
        lambda c: c.execute("update ops.metric_version set formula_hash = 'older'"),
        lambda c: c.execute("drop table metric.mention_volume"),
    ],
    ids=["version", "formula", "table"],
)
def test_a_formula_that_changed_is_computed_for_all_days(spoil: Rewrite) -> None:
    head, batches = story(9)
    connection = one_pass(head, batches)
    before = tables(connection)
    spoil(connection)
    if "mention_volume" in {
        row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()
    }:
        connection.execute("update metric.mention_volume set item_count = 99")
    written = runner.compute(connection, [])
    assert written["mention_volume"] == len(before["mention_volume"])
    assert tables(connection) == before
    assert connection.execute(
        "select count(*), count(distinct metric) from ops.metric_version"
    ).fetchone() == (len(before), len(before))
