"""Metrics of weeks and months: which rows a touched day rewrites, and values against numpy."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import warehouse

from oyez.errors import ConfigError
from oyez.metrics import card as cards
from oyez.metrics import runner

NEEDED = (
    "author_activity", "member_first_post", "period_coverage", "active_member_period",
    "participation", "absence_factor", "burstiness",
)  # fmt: skip
WEEK, NEXT_WEEK = date(2026, 3, 2), date(2026, 3, 9)
SPAN = {
    "days": ["2026-02-23", "2026-03-31"],
    "coverage": [{"from": "2026-02-23 00:00", "to": "2026-04-01 00:00"}],
}
Rows = list[tuple[Any, ...]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the few metrics that these cases read."""
    for name in NEEDED:
        for end in ("sql", "yml"):
            shutil.copy(cards.folder() / f"{name}.{end}", tmp_path)
    return tmp_path


def post(name: str, day: date, author: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "at": f"{day} 10:00", "author": author, "channel": "community", **more}


def published(folder: Path, *items: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    connection = warehouse.empty(threads=1)
    warehouse.fill(connection, SPAN | {"items": list(items)})
    runner.compute(connection, folder=folder)
    return connection


def late(connection: duckdb.DuckDBPyConnection, folder: Path, *items: dict[str, Any]) -> None:
    """Publish items that come after a first run."""
    connection.execute("delete from core.client; delete from core.brand; delete from core.calendar")
    warehouse.fill(connection, SPAN | {"coverage": [], "items": list(items)})
    days = {date.fromisoformat(one["at"][:10]) for one in items}
    runner.compute(connection, [("client", day) for day in days], folder=folder)


def told(connection: duckdb.DuckDBPyConnection, columns: str, metric: str) -> Rows:
    query = f"select {columns} from metric.{metric} order by all"  # noqa: S608  # our own words
    return connection.execute(query).fetchall()


def test_a_touched_day_rewrites_its_week_and_its_month_and_nothing_else(folder: Path) -> None:
    connection = published(
        folder,
        post("a", WEEK, "ann"),
        post("b", NEXT_WEEK, "ann"),
        post("f", date(2026, 2, 24), "bob"),
    )
    connection.execute("update metric.participation set post_count = 99")
    late(connection, folder, post("c", NEXT_WEEK + timedelta(days=5), "bob"))
    assert told(connection, "day, period, post_count, member_count", "participation") == [
        (date(2026, 2, 1), "month", 99, 1),
        (date(2026, 2, 23), "week", 99, 1),
        (date(2026, 3, 1), "month", 3, 2),
        (WEEK, "week", 99, 1),
        (NEXT_WEEK, "week", 2, 2),
    ]


def test_a_week_in_two_months_follows_a_day_of_either(folder: Path) -> None:
    connection = published(folder, post("a", date(2026, 2, 24), "ann"))
    connection.execute("update metric.participation set post_count = 99")
    late(connection, folder, post("b", date(2026, 3, 1), "ann"))  # the Sunday of that week
    assert told(connection, "day, period, post_count", "participation") == [
        (date(2026, 2, 1), "month", 99),
        (date(2026, 2, 23), "week", 2),
        (date(2026, 3, 1), "month", 1),
    ]


def test_a_client_whose_weeks_start_on_another_day_leaves_no_old_week(folder: Path) -> None:
    connection = published(folder, post("a", WEEK, "ann"), post("b", NEXT_WEEK, "ann"))
    connection.execute(
        "update core.calendar set week_start = day - cast(dayofweek(day) as integer)"
    )
    days = connection.execute("select client_id, day from core.calendar").fetchall()
    runner.compute(connection, days, folder=folder)
    assert told(connection, "day, post_count", "participation where period = 'week'") == [
        (date(2026, 3, 1), 1),
        (date(2026, 3, 8), 1),
    ]


def test_a_post_that_moves_away_empties_its_periods(folder: Path) -> None:
    connection = published(folder, post("a", WEEK, "ann"), post("b", NEXT_WEEK, "ann"))
    connection.execute(
        "delete from core.mention where item_id = 'a'; delete from core.item where item_id = 'a'"
    )
    runner.compute(connection, [("client", WEEK)], folder=folder)
    assert told(connection, "day, post_count", "participation") == [
        (date(2026, 3, 1), 1),
        (NEXT_WEEK, 1),
    ]


def test_the_data_reaching_past_a_period_closes_it(folder: Path) -> None:
    connection = warehouse.empty(threads=1)
    head = {"days": ["2026-03-02", "2026-03-09"], "items": [post("a", WEEK, "ann")]}
    warehouse.fill(
        connection, head | {"coverage": [{"from": "2026-03-02 00:00", "to": "2026-03-08 00:00"}]}
    )
    runner.compute(connection, folder=folder)
    read = "participation where period = 'week'"
    assert told(connection, "day, is_over, coverage", read) == [(WEEK, False, "partial")]
    # The last day comes alone; no other day of the week is touched.
    warehouse.insert(
        connection,
        "ops.coverage",
        [
            {
                "client_id": "client",
                "source_id": "tool",
                "query": "*",
                "start_at": "2026-03-07 23:00:00",
                "end_at": "2026-03-08 23:00:00",
                "state": "ok_empty",
            }
        ],
    )
    runner.compute(connection, [("client", date(2026, 3, 8))], folder=folder)
    assert told(connection, "day, is_over, coverage", read) == [(WEEK, True, "ok")]


def test_the_order_in_which_days_arrive_changes_no_row(folder: Path) -> None:
    chance = np.random.default_rng(3)
    items = [
        post(f"i{n}", date(2026, 2, 23) + timedelta(days=int(chance.integers(36))), f"m{n % 7}")
        for n in range(60)
    ]
    whole = published(folder, *items)
    daily = published(folder)
    chance.shuffle(items)  # type: ignore[arg-type]
    for start in range(0, 60, 20):
        late(daily, folder, *items[start : start + 20])
    for name in NEEDED:
        assert told(daily, "*", name) == told(whole, "*", name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_values_against_numpy(folder: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    start = datetime.fromisoformat("2026-03-02 00:00:00")
    offsets = np.unique(np.cumsum(chance.pareto(1.2, 400) * 60 + 1).astype(int))
    offsets = offsets[offsets < 7 * 1440]  # minutes: the week's
    authors = chance.zipf(1.6, len(offsets)) % 40
    frame = pd.DataFrame({"at": start + pd.to_timedelta(offsets, unit="min"), "author": authors})
    items = [
        {"id": f"i{row.Index}", "at": str(row.at), "author": f"m{row.author}"}
        | {"channel": "community"}
        for row in frame.itertuples()
    ]
    connection = published(folder, *items)

    counts = frame.groupby("author").size().to_numpy()
    # Half the mean absolute difference of all pairs, relative to the mean: another way to the Gini.
    gini = np.abs(counts[:, None] - counts[None, :]).mean() / (2 * counts.mean())
    down = np.sort(counts)[::-1]
    top_1, top_10 = (down[: int(np.ceil(len(down) * part))].sum() for part in (0.01, 0.1))
    (row,) = connection.execute(
        "select member_count, post_count, gini::double, top_1pct_post_count, next_9pct_post_count, "
        "other_90pct_post_count from metric.participation where period = 'week'"
    ).fetchall()
    assert row[2] == pytest.approx(gini, abs=5.1e-5)
    assert row[:2] + row[3:] == (
        len(counts), len(frame), top_1, top_10 - top_1, len(frame) - top_10,
    )  # fmt: skip

    factor = int(np.searchsorted(np.cumsum(down), len(frame) / 2) + 1)
    assert told(connection, "absence_factor", "absence_factor where period = 'week'") == [(factor,)]

    gaps = frame["at"].diff().dropna().dt.total_seconds().to_numpy()
    bursts = (gaps.std() - gaps.mean()) / (gaps.std() + gaps.mean())
    (row,) = told(connection, "gap_count, burstiness::double", "burstiness where period = 'week'")
    assert row[0] == len(gaps)
    assert row[1] == pytest.approx(bursts, abs=5.1e-5)

    frame["day"] = frame["at"].dt.date
    daily = frame.groupby("day")["author"].nunique()
    stick = 100 * daily.sum() / 7 / len(counts)
    (row,) = told(
        connection, "stickiness_pct::double", "active_member_period where period = 'week'"
    )
    assert row[0] == pytest.approx(stick, abs=0.0051)


def waiting_until(minutes: np.ndarray, answered: np.ndarray, share: float) -> float | None:
    """Return the first time by which Kaplan-Meier's curve has come down to 1 - share."""
    waiting = 1.0
    for at in np.unique(minutes[answered]):
        waiting *= 1 - ((minutes == at) & answered).sum() / (minutes >= at).sum()
        if waiting <= 1 - share + 1e-9:
            return float(at)
    return None


@pytest.mark.parametrize("seed", [1, 2])
def test_waiting_times_against_numpy(tmp_path: Path, seed: int) -> None:
    for name in ("response", "office_response", "period_coverage", "first_response_period"):
        for end in ("sql", "yml"):
            shutil.copy(cards.folder() / f"{name}.{end}", tmp_path)
    chance = np.random.default_rng(seed)
    start, cut_off = pd.Timestamp("2026-03-02 00:00"), pd.Timestamp("2026-03-11 00:00")
    asked = start + pd.to_timedelta(chance.integers(0, 7 * 1440, 80), unit="min")
    delay = pd.to_timedelta((chance.exponential(1500, 80) + 1).astype(int), unit="min")
    # Looked for until seven days after the end of the day, and no later than the data reach.
    until = np.minimum(asked.normalize() + pd.Timedelta(days=8), cut_off)
    answered = np.asarray((asked + delay <= until) & (chance.random(80) < 0.8))
    items: list[dict[str, Any]] = []
    for n in range(80):
        items.append({"id": f"q{n}", "at": str(asked[n]), "inbound": True})
        if answered[n]:
            at = str(asked[n] + delay[n])
            items.append({"id": f"r{n}", "at": at, "own_voice_of": "brand", "answers": f"q{n}"})
    connection = warehouse.empty(threads=1)
    story = {
        "days": ["2026-03-02", "2026-03-11"],
        "coverage": [{"from": str(start), "to": str(cut_off)}],
        "items": items,
    }
    opening = {"opens": "09:00", "closes": "18:00"}
    warehouse.fill(connection, story | {"office_hours": opening})
    runner.compute(connection, folder=tmp_path)

    end = np.where(answered, asked + delay, until)
    waited = np.asarray((end - asked) / pd.Timedelta(minutes=1), dtype=float)
    minutes = pd.date_range(start, cut_off, freq="min", inclusive="left")
    is_open = (minutes.day_of_week < 5) & (minutes.hour >= 9) & (minutes.hour < 18)
    opened = np.concatenate([[0], np.cumsum(is_open)])  # open minutes before each minute

    def position(moments: Any) -> Any:
        return ((pd.DatetimeIndex(moments) - start) // pd.Timedelta(minutes=1)).to_numpy()

    in_office = (opened[position(end)] - opened[position(asked)]).astype(float)
    expected = [
        waiting_until(times, answered, share)
        for times in (waited, in_office)
        for share in (0.5, 0.9)
    ]
    (row,) = connection.execute(
        "select answered_count, median_minutes::double, p90_minutes::double, "
        "office_median_minutes::double, office_p90_minutes::double "
        "from metric.first_response_period where period = 'week' and brand_id = 'brand' "
        "and day = '2026-03-02'"
    ).fetchall()
    assert row == (answered.sum(), *expected)


def test_a_card_of_periods_names_them_in_its_grain(tmp_path: Path) -> None:
    text = (cards.folder() / "participation.yml").read_text()
    (tmp_path / "odd.sql").write_text("select 1")
    (tmp_path / "odd.yml").write_text(text.replace("periods: [week, month]\n", ""))
    with pytest.raises(ConfigError, match="has period in its grain"):
        cards.load_all(tmp_path)
