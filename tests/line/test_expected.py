"""Data that were expected and did not come, or too few: told, printed, repaired (law 11)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from oyez import landing, line
from oyez.edition.model import Edition
from oyez.journal import author_secret
from oyez.landing import Envelope, Measured
from oyez.render.language import Language
from oyez.render.theme import load_theme
from oyez.render.view import View
from oyez.workspace import Workspace

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing, post, table

SUNDAY = "2026-05-31"
NAMED = {name: value for name, value in SMALL_MAPPING.items() if name != "covers"} | {
    "covers_in": "name"
}
DROP = "→ drop its file into inbox/acme/export/"


def expecting(bench: Bench, **source: Any) -> None:
    """Give the client's one source an expectation; each file covers the days in its name."""
    whole = SMALL_CLIENT["sources"][0] | source
    reports = [{"id": "weekly", "cadence": "weekly", "locale": "en-GB"}]
    bench.write("clients/acme.yml", SMALL_CLIENT | {"sources": [whole], "reports": reports})
    bench.write("mappings/export.yml", NAMED)


def drop(bench: Bench, day: int, count: int = 1) -> None:
    rows = [post(day * 10 + number, day=day) for number in range(count)]
    bench.drop(f"export_2026-05-{day}.csv", table(*rows))


def run(bench: Bench, day: int) -> list[str]:
    """Run the line for a day of May 2026 and return its warnings."""
    outcome = bench.day(f"2026-05-{day}")
    assert outcome.failures == []
    warnings: list[str] = outcome.published["warnings"]
    return warnings


def export(bench: Bench, number: int = 0) -> dict[str, Any]:
    """Return the export's coverage in the week's edition."""
    coverage = bench.edition("acme", "weekly", SUNDAY)["coverage"]
    source: dict[str, Any] = coverage["sources"][number]
    return source


def test_a_day_without_its_file_is_told_and_printed_until_it_comes(
    small: Bench, blank_pages: None
) -> None:
    expecting(small)
    for day in (25, 26, 27):
        drop(small, day)
    assert run(small, 27) == run(small, 26) == run(small, 25) == []
    missing = (
        "client acme, source export: expected daily, no file was delivered for 2026-05-28, "
        f"nothing measured since 2026-05-27 {DROP}"
    )
    assert run(small, 28) == [missing]
    assert run(small, 28) == [missing], "told again although nothing was new to publish"
    for day in (29, 30, 31):
        drop(small, day)
        assert run(small, day) == [], "told on its own day only"
    source = export(small)
    assert source["day_states"] == ["ok", "ok", "ok", "not_asked", "ok", "ok", "ok"]
    assert source["missing"] == [{"start": "2026-05-28", "end": "2026-05-28"}]
    assert source["gaps"] == [
        {
            "start": "2026-05-28T00:00",
            "end": "2026-05-29T00:00",
            "state": "not_asked",
            "reason": None,
            "cause": "not_delivered",
        }
    ]
    volume = "select coverage, item_count from metric.mention_volume where day = '2026-05-28'"
    assert small.query(volume) == [], "nobody counted zero"

    drop(small, 28)  # late, and it repairs its own day
    assert run(small, 31) == []
    source = export(small)
    assert (source["missing"], source["gaps"]) == ([], [])
    assert source["day_states"] == ["ok"] * 7
    assert small.edition("acme", "weekly", SUNDAY)["_made"]["revision"] == 2
    assert [row[1] for row in small.query(f"{volume} and brand_id = 'acme'")] == [1]


def test_a_source_that_never_gave_anything(small: Bench, blank_pages: None) -> None:
    expecting(small, expected="weekly")
    assert run(small, 30) == [], "the week is not over"
    assert run(small, 31) == [
        "client acme, source export: expected weekly, no file was delivered for 2026-05-25 to "
        f"2026-05-31, nothing measured so far {DROP}"
    ]
    source = export(small)
    assert source["missing"] == [{"start": "2026-05-25", "end": "2026-05-31"}]
    assert source["measured_pct"] == 0


def test_fewer_rows_than_promised(small: Bench, blank_pages: None) -> None:
    expecting(small, minimum_rows=2)
    for day in (25, 26, 27, 28, 29):
        drop(small, day, count=2)
    assert [run(small, day) for day in (29, 28, 27, 26, 25)] == [[]] * 5
    drop(small, 30, count=1)
    few = (
        "client acme, source export: 1 items for 2026-05-30, fewer than its minimum_rows 2 → "
        "look whether the export was cut or the site answers less"
    )
    assert run(small, 30) == [few]
    drop(small, 31, count=2)
    assert run(small, 31) == []
    short = {"start": "2026-05-30", "end": "2026-05-30", "item_count": 1, "minimum_rows": 2}
    assert export(small)["short"] == [short]
    # The rest of the file comes later: the day is whole, and a further revision says so.
    small.drop("rest_2026-05-30.csv", table(post(399, day=30)))
    assert run(small, 31) == []
    assert export(small)["short"] == []
    # A late delivery that is too small is told by the run that finds it, whatever day it covers.
    small.drop("2026-05-24.csv", table(post(1, date="2026-05-24T10:00:00+02:00")))
    assert ["2026-05-24" in one for one in run(small, 31)] == [True]


def test_a_quiet_source_without_a_promise(small: Bench, blank_pages: None) -> None:
    expecting(small)
    for day in range(25, 32):
        small.drop(f"export_2026-05-{day}.csv", table())
    assert [run(small, day) for day in (31, 30, 29, 28, 27, 26, 25)] == [[]] * 7
    source = export(small)
    assert source["day_states"] == ["ok_empty"] * 7
    assert (source["missing"], source["short"], source["gaps"]) == ([], [], [])


def test_a_source_added_later_and_one_switched_off(small: Bench, blank_pages: None) -> None:
    expecting(small)
    for day in (25, 26, 27):
        drop(small, day)
    run(small, 27)
    added = {"id": "second", "kind": "file", "mapping": "mappings/export.yml"}
    small.write("clients/acme.yml", SMALL_CLIENT | {"sources": [added]})
    for day in (28, 29, 30, 31):
        path = small.home / "inbox" / "acme" / "second" / f"2026-05-{day}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table(post(day, day=day)))
    assert [run(small, day) for day in (31, 30, 29, 28)] == [[]] * 4
    second, first = export(small), export(small, 1)
    assert second["source_id"] == "second"
    assert second["day_states"] == ["not_asked"] * 3 + ["ok"] * 4
    assert [one["cause"] for one in second["gaps"]] == ["before_first"]
    assert second["missing"] == [], "nobody expected anything of it yet"
    assert first["day_states"] == ["ok"] * 3 + ["not_configured"] * 4
    assert [(one["state"], one["cause"]) for one in first["gaps"]] == [
        ("not_configured", "not_listed")
    ]


def test_a_rebuild_knows_the_same_days(small: Bench, blank_pages: None) -> None:
    """The last days gave nothing at all: only the report that was made of them knows them."""
    expecting(small, minimum_rows=2)
    for day in (25, 26):
        drop(small, day)
    for day in (26, 29, 31):
        run(small, day)
    views = [f"from core.{name} order by all" for name in ("source_day", "source_period")]
    before = [small.query(view) for view in views]
    rows, editions = small.rows(), small.editions()
    line.rebuild(small.workspace)
    assert [small.query(view) for view in views] == before
    assert differing(small.rows(), rows) == {}
    small.edition("acme", "weekly", SUNDAY)
    assert small.editions() == editions


@pytest.mark.parametrize(
    ("locale", "said", "why"),
    [
        (
            "en-GB",
            [
                "export: expected every day, nothing came for 5 days.",
                "export, 26 May 2026: 1 item, fewer than the 2 expected.",
            ],
            "no file delivered",
        ),
        (
            "fr-FR",
            [
                "export : attendu chaque jour, rien n’est venu pour 5 jours.",
                "export, 26 mai 2026 : 1 texte, moins que les 2 attendus.",
            ],
            "aucun fichier déposé",
        ),
    ],
)
def test_the_page_says_what_was_expected(
    small: Bench, blank_pages: None, locale: str, said: list[str], why: str
) -> None:
    expecting(small, minimum_rows=2)
    drop(small, 25, count=2)
    drop(small, 26)
    run(small, 31)
    made = small.edition("acme", "weekly", SUNDAY)["_made"]
    edition = Edition.model_validate_json(small.workspace.storage.read(made["edition"]))
    view = View(edition, Language(locale), load_theme("oyez", small.home / "themes"), None)

    def plain(words: str) -> str:
        return words.replace("\u00a0", " ").replace("\u202f", " ")

    assert [plain(one) for one in view.unmet()] == said
    ((_, gap),) = view.gaps()
    assert plain(view.gap_reason(gap)) == why
    assert [why in plain(one) for one in view.first_gaps()] == [True]


def _land(ws: Workspace, run_id: str, text: str) -> None:
    """Land a run of one item; every run of it says the same instant."""
    landing.write(
        ws.storage,
        landing.run_key("export", "acme", date(2026, 5, 25), run_id),
        items=[
            Envelope(
                "p1",
                {
                    "native_id": "p1",
                    "published_at": "2026-05-25T08:00:00",
                    "text": text,
                    "network": "x",
                    "channel": "social",
                    "kind": "post",
                    "author_handle": f"ann {run_id}",
                    "author_id": "ann",
                    "like_count": len(text),
                },
                {"text": text},
                "page 1",
            )
        ],
        rejects=[],
        coverage=[
            Measured(datetime(2026, 5, 24, 22), datetime(2026, 5, 25, 22), "ok")  # noqa: DTZ001
        ],
        author_secret=author_secret(ws.storage, "acme"),
        facts={
            "client": "acme",
            "source": "export",
            "kind": "file",
            "collected_at": "2026-05-26T05:00:00",
            "native_id_is": "network",
        },
    )


def test_of_two_readings_of_one_instant_the_same_one_wins_in_every_order(
    small: Bench, tmp_path: Path
) -> None:
    texts = {"a": "Acme is great", "b": "Acme and Globex are awful"}
    found = {}
    for order in ("ab", "ba", "together"):
        bench = small.copy(tmp_path / order)
        for run_id in order if order != "together" else "ba":
            _land(bench.workspace, run_id, texts[run_id])
            if order != "together":
                bench.publish("2026-05-25")
        bench.publish("2026-05-25")
        found[order] = bench.rows(without={"publish", "journal", "applied_at", "publish_id"})
        found[order].pop("ops.metric_version")
        assert bench.query("select text, count(*) over () from core.item") == [(texts["b"], 1)]
        assert sorted(bench.query("select brand_id from core.mention")) == [("acme",), ("globex",)]
    assert differing(found["ba"], found["ab"]) == {}
    assert differing(found["together"], found["ab"]) == {}


@pytest.mark.parametrize("collected_with", [25, 26])
def test_an_item_lands_in_its_own_day_and_opens_it_again(
    small: Bench, collected_with: int, blank_pages: None
) -> None:
    """A post of Monday that Tuesday's file brings counts on Monday, without a warning."""
    expecting(small)
    for day in (25, 26):
        rows = [post(day, day=day)]
        if day == collected_with:
            rows.append(post(99, day=25))
        small.drop(f"export_2026-05-{day}.csv", table(*rows))
        assert run(small, day) == []
    counted = "select day::varchar, sum(item_count) from metric.mention_volume where brand_id = "
    assert sorted(small.query(f"{counted} 'acme' group by all")) == [
        ("2026-05-25", 2),
        ("2026-05-26", 1),
    ]


def test_rows_of_a_day_that_nobody_measured_are_told_until_somebody_does(
    small: Bench, blank_pages: None
) -> None:
    expecting(small)
    small.drop("export_2026-05-25.csv", table(post(1, day=25), post(2, day=26)))
    # Read long after Tuesday was over, and still nobody says that Tuesday was measured.
    (warning,) = run(small, 25)
    assert warning.startswith("day_after_cutoff: a file holds items of whole days")
    drop(small, 26)
    assert run(small, 26) == []
