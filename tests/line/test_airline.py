"""The six airlines of February 2015: real rows, their traps, and a plain count to agree with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from oyez.errors import DataError

from .conftest import Bench

pytestmark = pytest.mark.shared

BRANDS = {
    "united": "United",
    "usairways": "US Airways",
    "american": "American",
    "southwest": "Southwest",
    "delta": "Delta",
    "virginamerica": "Virgin America",
}
MAPPING = {
    "format": "csv",
    "fields": {
        "native_id": "tweet_id",
        "published_at": "tweet_created",
        "text": "text",
        "author_handle": "name",
        "repost_count": "retweet_count",
        "brand": "airline",
        "sentiment": "airline_sentiment",
    },
    "constants": {"network": "x", "channel": "social"},
    "covers": [
        {
            "start": "2015-02-17T00:00:00-08:00",
            "end": "2015-02-24T11:50:00-08:00",
            "brands": [brand for brand in BRANDS if brand != "american"],
        },
        # American was sampled from here on; its four earlier rows are strays.
        {
            "start": "2015-02-22T11:00:00-08:00",
            "end": "2015-02-24T11:50:00-08:00",
            "brands": ["american"],
        },
    ],
}


def client(own: str) -> dict[str, object]:
    return {
        "id": own,
        "name": f"{BRANDS[own]} Airlines",
        "timezone": "America/Los_Angeles",
        "languages": ["en"],
        "brands": [{"id": own, "name": BRANDS[own]}],
        "competitors": [
            {"id": brand, "name": name} for brand, name in BRANDS.items() if brand != own
        ],
        "sources": [{"id": "export", "kind": "file", "mapping": "mappings/airline.yml"}],
        "reports": [{"id": "weekly", "cadence": "weekly"}],
    }


@pytest.fixture(scope="module")
def airlines(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = Bench(tmp_path_factory.mktemp("airlines"))
    bench.write("mappings/airline.yml", MAPPING)
    for own in ("united", "american"):
        bench.write(f"clients/{own}.yml", client(own))
        bench.land(own, shared / "real" / "airline_tweets.csv", "mappings/airline.yml")
    bench.publish("2015-02-22")
    return bench


@pytest.fixture(scope="module")
def counted(shared: Path) -> dict[tuple[str, str], int]:
    """Distinct ids by local day and brand, counted over the CSV and nothing else."""
    rows = pd.read_csv(shared / "real" / "airline_tweets.csv", dtype=str)
    # All dates carry -0800, which is Los Angeles in February: the local day is the date as written.
    assert set(rows.tweet_created.str[-5:]) == {"-0800"}
    days = (
        rows.assign(day=rows.tweet_created.str[:10]).groupby(["day", "airline"]).tweet_id.nunique()
    )
    return {(str(day), str(brand)): int(count) for (day, brand), count in days.items()}


def test_volumes_equal_a_plain_count(airlines: Bench, counted: dict[tuple[str, str], int]) -> None:
    for own in ("united", "american"):
        rows = airlines.query(
            "select v.day::varchar, b.brand_name, sum(v.item_count) "
            "from metric.mention_volume as v join core.brand as b using (client_id, brand_id) "
            "where client_id = ? group by all having sum(v.item_count) > 0",
            [own],
        )
        assert {(day, brand): int(count) for day, brand, count in rows} == counted


def test_united_week(airlines: Bench, counted: dict[tuple[str, str], int]) -> None:
    edition = airlines.edition("united", "weekly", "2015-02-22")
    days = {row["day"]: row["item_count"] for row in edition["tables"]["volume_by_day"]}
    assert days == {f"2015-02-{day}": counted[f"2015-02-{day}", "United"] for day in range(16, 23)}
    figure = edition["figures"]["mention_volume"]
    assert figure["value"] == sum(days.values())
    # The file begins on the 16th at 23:36: that day is not measured, so the week is partial.
    assert figure["status"] == "partial"
    assert edition["tables"]["volume_by_day"][0]["status"] == "not_measured"
    apart = {row["brand_name"]: row["share_pct"] for row in edition["tables"]["share_of_voice"]}
    assert apart["American"] is None
    assert sum(share for share in apart.values() if share is not None) == pytest.approx(
        100, abs=0.3
    )


def test_american_week_says_what_was_not_measured(airlines: Bench) -> None:
    edition = airlines.edition("american", "weekly", "2015-02-22")
    assert edition["coverage"]["measured_pct"] == pytest.approx(100 * 13 / 168, abs=0.05)
    (source,) = edition["coverage"]["sources"]
    assert source["gaps"] == [
        {
            "start": "2015-02-16T00:00",
            "end": "2015-02-22T11:00",
            "state": "not_asked",
            "reason": None,
            "cause": "before_first",
        }
    ]
    assert edition["figures"]["share_of_voice"]["value"] is None
    statuses = [row["status"] for row in edition["tables"]["volume_by_day"]]
    assert statuses == ["not_measured"] * 6 + ["partial"]
    # A stray row on a day without measurement is shown, and is no measurement.
    assert [row["item_count"] for row in edition["tables"]["volume_by_day"]] == [
        None,
        None,
        1,
        1,
        1,
        1,
        982,
    ]
    codes = [finding["code"] for finding in edition["findings"]["summary"]]
    assert "coverage.gaps" in codes
    assert "sov.not_measured" in codes


def test_the_spreadsheets_twin_is_refused(bench: Bench, shared: Path) -> None:
    bench.write("mappings/airline.yml", MAPPING)
    bench.write("clients/united.yml", client("united"))
    mangled = shared / "real" / "airline_tweets_spreadsheet_mangled.csv"
    with pytest.raises(DataError) as refusal:
        bench.land("united", mangled, "mappings/airline.yml")
    message = str(refusal.value)
    assert "column 'tweet_id', first bad row 1" in message
    assert "ids were rounded by a spreadsheet" in message
    assert "date_format and timezone" in message
    assert "nothing was imported" in message
    assert not list(bench.workspace.storage.list("landing/"))
