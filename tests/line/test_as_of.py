"""A report from what could be known at an instant: the numbers that were printed then."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from oyez import journal, line
from oyez.asof import KnownThen, edition_as_of
from oyez.cli import app
from oyez.corrections import change, correct
from oyez.edition import store
from oyez.errors import ConfigError, DataError
from oyez.storage import AlreadyExists

from .conftest import SMALL_CLIENT, Bench, Keep, post, table

SUNDAY = "2026-05-31"
UNIT = {"client_id": "acme", "report_id": "weekly", "day": SUNDAY}
WEEK = [
    post(number, day=25 + number % 7, text=("Acme is great", "Acme broke, awful")[number % 2])
    for number in range(40)
]
SAID = ("figures", "tables", "verbatims", "findings", "actions", "coverage", "models", "period")


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def print_and_restate(small: Bench) -> tuple[datetime, dict[str, Any]]:
    small.drop("week.csv", table(*WEEK))
    (first,) = small.day(SUNDAY).editions
    printed_at = now()
    edition = json.loads(small.workspace.storage.read(first["edition"]))
    (row,) = small.query(
        "select mention_id from core.mention as m join core.item as i using (item_id) "
        "where native_id = 'p1'"
    )
    correct(small.workspace, "acme", [change(row[0], "sentiment", "positive", "ann")])
    late = [post(90 + n, day=27, text="Acme is awful", likes=50) for n in range(7)]
    # One of the first items comes again, with other words, on another day, and more likes.
    again = post(3, day=29, text="Acme is fine after all", likes=900)
    small.drop("late.csv", table(*late, again))
    (second,) = small.day(SUNDAY).editions
    assert (first["revision"], second["revision"]) == (1, 2)
    revised = json.loads(small.workspace.storage.read(second["edition"]))
    assert revised["figures"] != edition["figures"]
    return printed_at, edition


@pytest.fixture
def restated(kept: Keep, blank_pages: None) -> tuple[Bench, datetime, dict[str, Any]]:
    """A week, when it was printed, and what was printed; then late data and a correction came."""
    bench, (printed_at, edition) = kept(print_and_restate)
    return bench, printed_at, edition


def test_the_numbers_are_those_of_the_first_revision(
    restated: tuple[Bench, datetime, dict[str, Any]],
) -> None:
    bench, printed_at, first = restated
    ws = bench.workspace
    files, rows = bench.bytes(), bench.rows()
    made = edition_as_of(ws, UNIT, printed_at)
    then = json.loads(ws.storage.read(made["edition"]))
    for part in SAID:
        assert then[part] == first[part], part
    assert then["known_at"]["at"] == made["known_at"]
    assert then["revision"] == 0
    # Nothing else was written, and no folder is left behind.
    added = {key: value for key, value in bench.bytes().items() if key not in files}
    assert {key: value for key, value in bench.bytes().items() if key in files} == files
    assert {key.split("/")[0] for key in added} == {"editions-as-of"}
    assert bench.rows() == rows
    assert not list(ws.work_dir.glob("as-of-*"))
    # It is no revision: neither listed, nor the latest, nor in the way of the next one.
    assert {one["revision"] for one in store.printed(ws.storage)} == {"r001", "r002"}
    (again,) = line.editions(ws, [UNIT])
    assert (again["revision"], again["new"]) == (2, False)


def test_now_is_the_last_revision(restated: tuple[Bench, datetime, dict[str, Any]]) -> None:
    bench, _, _ = restated
    ws = bench.workspace
    made = edition_as_of(ws, UNIT, now())
    then = json.loads(ws.storage.read(made["edition"]))
    (kept,) = line.editions(ws, [UNIT])
    revised = json.loads(ws.storage.read(kept["edition"]))
    assert {part: then[part] for part in SAID} == {part: revised[part] for part in SAID}


def test_what_was_withdrawn_since_counts_as_it_did_and_stays_blank(
    restated: tuple[Bench, datetime, dict[str, Any]],
) -> None:
    bench, printed_at, first = restated
    gone = {
        native: item
        for native, item in bench.query("select native_id, item_id from core.item")
        if native in ("p38", "p39")
    }
    quoted = [one["author"] for quotes in first["verbatims"].values() for one in quotes]
    assert "@author39" in quoted
    for item in gone.values():
        body = {"item_id": item, "reason": "gone"}
        journal.record(bench.workspace.storage, "withdrawal", "acme", item, body)
    made = edition_as_of(bench.workspace, UNIT, printed_at)
    then = json.loads(bench.workspace.storage.read(made["edition"]))
    assert then["figures"] == first["figures"]
    counts = ("volume_by_day", "volume_by_source", "share_of_voice", "volume_by_hour")
    assert {name: then["tables"][name] for name in counts} == {
        name: first["tables"][name] for name in counts
    }
    text = json.dumps(then)
    assert "author38" not in text
    assert "author39" not in text
    for quotes in then["verbatims"].values():
        for one in quotes:
            assert (one["withheld"] == "withdrawn") == (one["text"] == "")
    # From its withdrawal on it counts no more.
    made = edition_as_of(bench.workspace, UNIT, now())
    later = json.loads(bench.workspace.storage.read(made["edition"]))
    revised = json.loads(bench.workspace.storage.read(store_key(bench)))
    volume = "mention_volume"
    assert later["figures"][volume]["value"] == revised["figures"][volume]["value"] - 2


def store_key(bench: Bench) -> str:
    return [key for key in bench.bytes("editions/") if key.endswith("edition.json")][-1]


def test_an_instant_before_all_data_or_yet_to_come_is_refused(
    restated: tuple[Bench, datetime, dict[str, Any]],
) -> None:
    bench, _, _ = restated
    with pytest.raises(DataError, match=r"nothing had been collected by 2020-01-01 00:00 UTC"):
        edition_as_of(bench.workspace, UNIT, datetime(2020, 1, 1))  # noqa: DTZ001
    with pytest.raises(ConfigError, match="is yet to come"):
        edition_as_of(bench.workspace, UNIT, datetime(2999, 1, 1))  # noqa: DTZ001


def test_the_real_data_root_cannot_be_written_through_it(small: Bench) -> None:
    small.drop("week.csv", table(*WEEK[:3]))
    small.day("2026-05-30")
    real = small.workspace.storage
    files = small.bytes()
    then = KnownThen(real, now(), "acme", small.home / "own")
    (manifest,) = [key for key in then.list("landing/") if key.endswith("_manifest.json")]
    with pytest.raises(AlreadyExists):
        then.create(manifest, b"{}")
    then.replace(manifest, b"{}")
    then.delete(manifest)
    then.create("snapshots/x.duckdb", b"")
    assert small.bytes() == files
    assert not then.exists("CURRENT")
    assert list(KnownThen(real, now(), "other", small.home / "none").list()) == []


def test_the_page_says_so_in_the_clients_time(small: Bench) -> None:
    small.write(
        "clients/acme.yml",
        SMALL_CLIENT
        | {
            "locale": "en-GB",
            "reports": [{"id": "weekly", "cadence": "weekly", "format": "small"}],
        },
    )
    small.drop("week.csv", table(*WEEK))
    small.day(SUNDAY)
    at = now().isoformat(timespec="seconds") + "Z"
    arguments = ["edition", "acme", "weekly", "--day", SUNDAY, "--as-of", at]
    told = CliRunner().invoke(app, [*arguments, "--home", str(small.home)])
    assert told.exit_code == 0, told.output
    assert "as known on" in told.output
    (pdf,) = [key for key in small.bytes("editions-as-of/") if key.endswith(".pdf")]
    import pypdfium2

    first = pypdfium2.PdfDocument(small.workspace.storage.read(pdf))[0]
    text = " ".join(first.get_textpage().get_text_range().split())
    assert "As known on" in text
    assert "(Europe/Paris)" in text
    assert "This is no revision of the report" in text
    wrong = CliRunner().invoke(app, [*arguments[:-1], "noon", "--home", str(small.home)])
    assert wrong.exit_code == 2
