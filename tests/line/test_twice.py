"""Every stage twice changes no row and no byte; a corrected file changes what it says (law 16)."""

from __future__ import annotations

from oyez import line
from oyez.stage.run import stage_key
from oyez.stage.tables import TABLES

from .conftest import Bench, post, table

WEEK = [post(number, day=25 + number % 7, text="Acme is great") for number in range(14)]
WEEK += [post(20 + number, day=25 + number, text="@acme where is my order?") for number in range(7)]
SUNDAY = "2026-05-31"


def test_a_day_twice_changes_no_row_and_no_byte(small: Bench) -> None:
    small.drop("week.csv", table(*WEEK))
    first = small.day(SUNDAY)
    rows, files = small.rows(without={"publish", "journal"}), small.bytes()
    assert [one["new"] for one in first.editions] == [True]
    assert {key.rsplit("/")[-1] for key in files if key.startswith("editions/")} == {
        "edition.json",
        "report.pdf",
        "provenance.json",
    }
    again = small.day(SUNDAY)
    assert again.failures == []
    assert again.published["publish_id"] is None
    assert [one["new"] for one in again.editions] == [False]
    # The same file once more, by hand this time.
    small.drop("week.csv", table(*WEEK))
    third = small.day(SUNDAY)
    assert third.collected[0]["message"].startswith("week.csv: already imported")
    assert third.published["publish_id"] is None
    assert small.rows(without={"publish", "journal"}) == rows
    assert small.bytes() == files


def test_the_page_is_the_same_when_it_is_printed_again(small: Bench) -> None:
    small.drop("week.csv", table(*WEEK))
    (edition,) = small.day(SUNDAY).editions
    files = small.bytes("editions/")
    small.workspace.storage.delete(edition["pdf"])
    small.day(SUNDAY)
    assert small.bytes("editions/") == files


def test_staging_is_a_pure_function_of_the_run(small: Bench) -> None:
    small.drop("week.csv", table(*WEEK))
    ws = small.workspace
    line.collect(ws, line.collect_units(ws, [{"client_id": "acme", "day": SUNDAY}]))
    (run,) = line.pending_runs(ws)
    (first,) = line.stage(ws, [run])
    files = small.bytes("stage/")
    assert len(files) == len(TABLES) + 1
    (again,) = line.stage(ws, [run])
    assert (first["state"], again["state"]) == ("staged", "already_staged")
    for key in files:
        ws.storage.delete(key)
    line.stage(ws, [run])
    assert small.bytes("stage/") == files
    assert all(key.startswith(stage_key(run)) for key in files)


def test_publishing_twice_publishes_nothing(small: Bench, blank_pages: None) -> None:
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    files = small.bytes()
    published = small.publish(SUNDAY)
    assert published["publish_id"] is None
    assert published["batch_count"] == published["item_count"] == published["day_count"] == 0
    assert small.bytes() == files


def test_a_corrected_file_moves_the_row_and_makes_a_second_revision(
    small: Bench, blank_pages: None
) -> None:
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    first = small.editions()
    before = dict(
        small.query(
            "select day::varchar, sum(item_count) from metric.mention_volume "
            "where brand_id = 'acme' group by all"
        )
    )
    corrected = [post(0, day=28, text="Acme is awful"), *WEEK[1:]]
    small.drop("week.csv", table(*corrected))
    outcome = small.day(SUNDAY)
    assert outcome.published["day_count"] >= 2
    after = dict(
        small.query(
            "select day::varchar, sum(item_count) from metric.mention_volume "
            "where brand_id = 'acme' group by all"
        )
    )
    moved = {day: after[day] - count for day, count in before.items() if after[day] != count}
    assert moved == {"2026-05-25": -1, "2026-05-28": 1}
    assert small.query(
        "select day::varchar, text, count(*) over () from core.item where native_id = 'p0'"
    ) == [("2026-05-28", "Acme is awful", 1)]
    # Both versions are on record, mentions and verdicts are those of the new one.
    versions = small.query(
        "select v.day::varchar, v.content_hash = i.content_hash from raw.item_version as v "
        "join core.item as i using (item_id) where i.native_id = 'p0' order by all"
    )
    assert versions == [("2026-05-25", False), ("2026-05-28", True)]
    assert small.query(
        "select m.day::varchar, v.day::varchar, v.sentiment from core.mention as m "
        "join core.item as i using (item_id) left join core.verdict as v using (mention_id) "
        "where i.native_id = 'p0' and v.is_current"
    ) == [("2026-05-28", "2026-05-28", "negative")]
    assert small.query(
        "select count(*) from core.counter where day = '2026-05-28' and like_count = 0"
    ) != [(0,)]
    # The report has a second revision, and the first stands as it was.
    assert [(one["revision"], one["new"]) for one in outcome.editions] == [(2, True)]
    second = small.editions()
    assert {key: second[key] for key in first} == first
    assert sorted(key.split("/")[-2:] for key in set(second) - set(first)) == [
        ["r002", "changes.json"],
        ["r002", "edition.json"],
        ["r002", "report.pdf"],
    ]
    # And the file as it was first does not come back: the newest reading stands.
    small.drop("week.csv", table(*WEEK))
    assert small.day(SUNDAY).published["publish_id"] is None


def test_late_rows_of_a_closed_week_make_a_second_revision(small: Bench, blank_pages: None) -> None:
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    small.drop("late.csv", table(post(90, day=26, text="Acme at last")))
    (edition,) = small.day(SUNDAY).editions
    assert (edition["revision"], edition["new"]) == (2, True)
