"""A source that gives far less than usual: told at the publish, kept, and printed in the report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from .conftest import SMALL_MAPPING, Bench, post, table

MONDAY = date(2026, 5, 25)
WHOLE = {"start": "2026-03-29T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}


def mondays(last: int) -> str:
    """Return sixteen posts on each of the eight Mondays before, and so many on the last one."""
    days = [MONDAY - timedelta(7 * week) for week in range(8, 0, -1)]
    counts = [*((day, 16) for day in days), (MONDAY, last)]
    return table(
        *(
            post(n, id=f"{day}/{n}", date=f"{day}T10:{n:02d}:00+02:00")
            for day, count in counts
            for n in range(count)
        )
    )


@pytest.fixture
def bench(small: Bench) -> Bench:
    small.write("mappings/export.yml", SMALL_MAPPING | {"covers": [WHOLE]})
    return small


def test_a_thin_monday_is_told_kept_and_printed(bench: Bench, blank_pages: None) -> None:
    """16 - 3 × √16 = 4 is the fewest that is usual; 3 came."""
    bench.drop("posts.csv", mondays(3))
    outcome = bench.day("2026-05-31")
    assert [
        one for one in outcome.published["warnings"] if one.startswith("source_volume_low")
    ] != []
    assert bench.query(
        "select client_id, day, check_name, source_id, detail::json->>'item_count' "
        "from report.warnings where check_name = 'source_volume_low'"
    ) == [("acme", MONDAY, "source_volume_low", "export", "3")]
    edition = bench.edition("acme", "weekly", "2026-05-31")
    (source,) = edition["coverage"]["sources"]
    assert source["unusual"] == [
        {"start": "2026-05-25", "end": "2026-05-25", "kind": "low", "number": 3, "usual": 16}
    ]


def test_a_usual_monday_is_not(bench: Bench, blank_pages: None) -> None:
    bench.drop("posts.csv", mondays(4))
    outcome = bench.day("2026-05-31")
    assert [one for one in outcome.published["warnings"] if "source_" in one] == []
    assert bench.query("select * from report.warnings") == []
    (source,) = bench.edition("acme", "weekly", "2026-05-31")["coverage"]["sources"]
    assert source["unusual"] == []


def test_what_is_mended_is_no_longer_told(bench: Bench, blank_pages: None) -> None:
    bench.drop("posts.csv", mondays(3))
    bench.day("2026-05-31")
    assert bench.query("select count(*) from report.warnings") == [(1,)]
    bench.drop("rest.csv", mondays(12))
    bench.day("2026-05-31")
    assert bench.query("select count(*) from report.warnings") == [(0,)]


def test_the_results_are_those_of_the_last_publish(bench: Bench, blank_pages: None) -> None:
    bench.drop("posts.csv", mondays(3))
    bench.day("2026-05-31")
    ((checks, failing, ids),) = bench.query(
        "select count(*), count(*) filter (where severity = 'fail' and row_count > 0), "
        "count(distinct publish_id) from ops.check_result"
    )
    assert (failing, ids) == (0, 1)
    assert checks > 30
