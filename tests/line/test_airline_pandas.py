"""Metrics of the airline file, each against pandas over the CSV and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from .conftest import Bench
from .test_airline import BRANDS, MAPPING, client

pytestmark = pytest.mark.shared
MEMBERS = "Virgin America"  # whose tweets stand for the posts of a community


@pytest.fixture(scope="module")
def rows(shared: Path) -> pd.DataFrame:
    """One row a tweet and airline: of a tweet that the file repeats, the last."""
    table = pd.read_csv(shared / "real" / "airline_tweets.csv", dtype=str)
    counted = table.drop_duplicates("tweet_id", keep="last").copy()
    # All dates carry -0800, which is Los Angeles in February: the local clock is as written.
    counted["day"] = counted.tweet_created.str[:10]
    counted["hour"] = counted.tweet_created.str[11:13].astype(int)
    counted["at"] = pd.to_datetime(counted.tweet_created.str[:19])
    most = table.assign(n=table.retweet_count.astype(int)).groupby("tweet_id").n.max()
    counted["retweets"] = counted.tweet_id.map(most)
    counted["author"] = counted.name.str.lower()
    return counted


@pytest.fixture(scope="module")
def bench(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The six airlines as they are, and one of them as if its tweets were posts of a community."""
    bench = Bench(tmp_path_factory.mktemp("pandas"))
    path = shared / "real" / "airline_tweets.csv"
    bench.write("mappings/airline.yml", MAPPING)
    bench.write("clients/united.yml", client("united"))
    bench.land("united", path, "mappings/airline.yml")
    source = {"id": "export", "kind": "file", "mapping": "mappings/forum.yml"}
    square = {**client("virginamerica"), "id": "square", "competitors": []}
    bench.write("clients/square.yml", square | {"sources": [source]})
    covers = [{"start": "2015-02-16T00:00:00-08:00", "end": "2015-02-24T11:50:00-08:00"}]
    constants = {"network": "forum", "channel": "community"}
    bench.write("mappings/forum.yml", MAPPING | {"constants": constants, "covers": covers})
    posts = pd.read_csv(path, dtype=str, keep_default_na=False)
    (bench.home / "posts.csv").write_text(posts[posts.airline == MEMBERS].to_csv(index=False))
    bench.land("square", bench.home / "posts.csv", "mappings/forum.yml")
    bench.publish("2015-02-24")
    return bench


def ours(bench: Bench, query: str, columns: list[str], client_id: str = "united") -> pd.DataFrame:
    """Return a metric's rows by day and airline, without those of nothing."""
    found = bench.query(
        f"select x.day::varchar, b.brand_name, {query} "
        "join core.brand as b using (client_id, brand_id) where client_id = ?",
        [client_id],
    )
    table = pd.DataFrame(found, columns=["day", "airline", *columns])
    return table.set_index(["day", "airline"]).sort_index()


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Each number equals, to the two decimals that a share is kept with."""
    expected = expected.sort_index()
    assert found.index.tolist() == expected.index.tolist()
    for name in found.columns:
        np.testing.assert_allclose(
            found[name].astype(float), expected[name].astype(float), atol=0.0051, err_msg=name
        )


def test_tone(bench: Bench, rows: pd.DataFrame) -> None:
    tone = pd.crosstab([rows.day, rows.airline], rows.airline_sentiment)
    expected = pd.DataFrame(
        {
            "positive": tone.positive,
            "negative": tone.negative,
            "net": 100 * (tone.positive - tone.negative) / tone.sum(axis=1),
        }
    )
    columns = "x.positive_count, x.negative_count, x.net_sentiment from metric.net_sentiment as x"
    found = ours(bench, columns, list(expected.columns))
    same(found[found.net.notna()], expected)


def test_hours(bench: Bench, rows: pd.DataFrame) -> None:
    keys = [rows.day, rows.airline, rows.hour]
    expected = rows.groupby(keys).tweet_id.size().to_frame("items")
    expected["negative"] = (rows.airline_sentiment == "negative").groupby(keys).sum()
    found = ours(
        bench,
        "hour_local, item_count, negative_count from metric.mention_volume_hour as x",
        ["hour", "items", "negative"],
    ).set_index("hour", append=True)
    same(found[found["items"] > 0].sort_index(), expected)


def test_authors(bench: Bench, rows: pd.DataFrame) -> None:
    """How many authors wrote how many tweets: their keys are not their names."""
    sizes = rows.groupby(["day", "airline", "author"]).size()
    expected = sizes.groupby(["day", "airline"]).apply(lambda counts: sorted(counts))
    found = (
        ours(bench, "x.item_count from metric.author_activity as x", ["items"])["items"]
        .groupby(["day", "airline"])
        .apply(lambda counts: sorted(map(int, counts)))
    )
    assert found.to_dict() == expected.to_dict()
    reach = ours(
        bench,
        "x.author_count, x.item_count, x.unique_reach_count from metric.potential_reach as x",
        ["authors", "items", "reach"],
    )
    reach = reach[reach["items"] > 0]
    assert {key: int(n) for key, n in reach.authors.items()} == {
        key: len(counts) for key, counts in expected.items()
    }
    # The file tells nobody's followers: that is not zero.
    assert reach.reach.isna().all()


def test_engagement(bench: Bench, rows: pd.DataFrame) -> None:
    by_day = rows.groupby(["day", "airline"])
    expected = pd.DataFrame({"items": by_day.size(), "engagement": by_day.retweets.sum()})
    columns = "x.item_count, x.engagement_count from metric.engagement as x"
    same(ours(bench, columns, list(expected.columns)), expected)


def test_top_mentions(bench: Bench, rows: pd.DataFrame) -> None:
    ranked = rows.sort_values(["retweets", "at"], ascending=[False, True])
    expected = {
        key: list(zip(top.retweets, top["at"], strict=True))
        for key, top in ((key, all_.head(20)) for key, all_ in ranked.groupby(["day", "airline"]))
    }
    found = ours(
        bench,
        "x.engagement_rank, x.engagement_count, x.published_at from metric.top_mention as x",
        ["rank", "retweets", "at"],
    ).reset_index()
    found["at"] = pd.to_datetime(found["at"]) - pd.Timedelta(hours=8)
    found = found.sort_values(["day", "airline", "rank"])
    assert {
        key: list(zip(top.retweets, top["at"], strict=True))
        for key, top in found.groupby(["day", "airline"])
    } == expected


def test_share_of_voice(bench: Bench, rows: pd.DataFrame) -> None:
    """American was measured from the 22nd at 11:00 on: that day is compared with nobody's."""
    counted = rows.groupby(["day", "airline"]).size()
    shares = 100 * counted / counted.groupby("day").transform("sum")
    found = ours(
        bench,
        "x.share_pct, x.coverage from metric.share_of_voice as x",
        ["share", "coverage"],
    )
    days = found.groupby("day").coverage.agg(set).to_dict()
    assert days["2015-02-21"] == {"not_measured"}
    assert days["2015-02-22"] == {"not_comparable"}
    assert found.share[found.coverage.isin(["not_measured", "not_comparable"])].isna().all()
    compared = ["2015-02-23", "2015-02-24"]
    assert [day for day, states in days.items() if states <= {"ok", "partial"}] == compared
    same(found.loc[compared, ["share"]], shares.loc[compared].to_frame("share"))
    weeks = bench.query(
        "select week_start::varchar, brand_name, item_count, share_pct, day_count, "
        "left_out_day_count, coverage from report.share_of_voice where client_id = 'united'"
    )
    second = counted.loc[compared].groupby("airline").sum()
    for week, brand, items, share, day_count, left_out, coverage in weeks:
        if week == "2015-02-16":
            # Six days, the 17th to the 22nd, and strays of the 16th: none counts.
            assert (items, share, day_count) == (None, None, 0)
            assert (left_out >= 6, coverage) == (True, "not_comparable")
        else:
            assert (items, day_count, left_out, coverage) == (second[brand], 2, 0, "partial")
            assert float(share) == pytest.approx(100 * second[brand] / second.sum(), abs=0.0051)
    assert len(weeks) == 2 * len(BRANDS)


def test_members(bench: Bench, rows: pd.DataFrame) -> None:
    posts = rows[rows.airline == MEMBERS]
    first = posts.sort_values("at").drop_duplicates("author").groupby(["day", "airline"]).size()
    by_day = posts.groupby(["day", "airline"])
    expected = pd.DataFrame({"posts": by_day.size(), "members": by_day.author.nunique()})
    expected["newcomers"] = first.reindex(expected.index, fill_value=0)
    columns = "x.post_count, x.member_count, x.newcomer_count from metric.active_member as x"
    same(ours(bench, columns, list(expected.columns), "square"), expected)


def test_burstiness(bench: Bench, rows: pd.DataFrame) -> None:
    """Goh and Barabási over the seconds between one post and the next, of each week."""
    posts = rows[rows.airline == MEMBERS].sort_values("at")
    week = posts["at"].dt.to_period("W-SUN").dt.start_time.dt.strftime("%Y-%m-%d")
    expected = {}
    for name, times in posts["at"].groupby(week):
        gaps = times.diff().dropna().dt.total_seconds()
        mean, deviation = gaps.mean(), gaps.std(ddof=0)
        expected[name] = ((deviation - mean) / (deviation + mean), mean / 60, len(gaps))
    found = bench.query(
        "select day::varchar, burstiness::double, mean_gap_minutes::double, gap_count "
        "from metric.burstiness where client_id = 'square' and period = 'week'"
    )
    assert {day: numbers for day, *numbers in found} == {
        day: pytest.approx(list(numbers), abs=0.0051) for day, numbers in expected.items()
    }
