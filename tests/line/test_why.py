"""A printed ref opens the figure and the mentions behind it; no cell of them is ever a formula."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from oyez import why as module
from oyez.cli import app
from oyez.corrections import change, correct
from oyez.errors import DataError
from oyez.spreadsheet import csv_text, xlsx
from oyez.why import why

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, table

SUNDAY = "2026-05-31"
HEADER = (
    "id",
    "date",
    "text",
    "author",
    "likes",
    "followers",
    "kind",
    "channel",
    "parent",
    "stars",
    "tone",  # given, so that no model's opinion moves what is counted here
)
FIELDS = {
    "native_id": "id",
    "published_at": "date",
    "text": "text",
    "author_handle": "author",
    "like_count": "likes",
    "author_followers": "followers",
    "kind": "kind",
    "channel": "channel",
    "parent_id": "parent",
    "rating": "stars",
    "sentiment": "tone",
}


def row(key: str, day: int, text: str, author: str, **other: Any) -> tuple[Any, ...]:
    given = {"likes": 2, "followers": 10, "kind": "post", "channel": "social", "parent": ""}
    given |= {"stars": "", "tone": "neutral"} | other
    moment = f"2026-05-{day:02d}T{given.pop('at', '10:00')}:00+02:00"
    return (key, moment, text, author, *(given[name] for name in HEADER[4:]))


REVIEW = {"kind": "review", "channel": "review"}
ROWS = [
    *(row(f"g{n}", 25 + n, "Acme is great", f"fan{n}", tone="positive") for n in range(4)),
    *(row(f"b{n}", 26, "Acme broke, awful", f"foe{n}", tone="negative") for n in range(3)),
    row("x", 27, '=HYPERLINK("http://x","Acme")', "eve"),
    row("glob", 27, "Globex is fine", "dan"),
    row("own", 27, "Acme opens at nine", "acme"),
    row("q1", 26, "@acme where is my order?", "bob"),
    row("a1", 26, "on its way, Acme", "acme", kind="reply", parent="q1", at="12:00"),
    row("q2", 28, "@acme anybody there?", "cat"),
    *(row(f"r{n}", 29, "Acme food", f"guest{n}", **REVIEW, stars=n + 2) for n in range(3)),
    *(row(f"c{n}", 30, "Acme question", f"member{n // 2}", channel="community") for n in range(3)),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    from oyez.render import pdf

    bench = Bench(tmp_path_factory.mktemp("why") / "home")
    bench.write("clients/acme.yml", SMALL_CLIENT | {"minimum_n": 1})
    bench.write(
        "mappings/export.yml",
        SMALL_MAPPING | {"fields": FIELDS, "constants": {"network": "x"}},
    )
    bench.drop("week.csv", table(*ROWS, header=HEADER))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render_pdf", lambda *_, **__: b"%PDF")
        assert bench.day(SUNDAY).failures == []
    return bench


def edition(bench: Bench) -> dict[str, Any]:
    keys = [key for key in bench.bytes("editions/") if key.endswith("edition.json")]
    body: dict[str, Any] = json.loads(bench.workspace.storage.read(keys[-1]))
    return body


def opened(bench: Bench, figure: str) -> module.Why:
    return why(bench.workspace, edition(bench)["figures"][figure]["ref"])


@pytest.mark.parametrize(
    "figure",
    [
        "mention_volume", "positive_count", "negative_count", "review_count", "review_unanswered",
        "inbound_count", "still_waiting", "community_posts", "newcomers",
    ],
)  # fmt: skip
def test_a_count_has_as_many_mentions_behind_it(desk: Bench, figure: str) -> None:
    found = opened(desk, figure)
    assert found.name == figure
    assert found.figure.value
    assert len(found.rows) == found.figure.value
    assert found.now == found.figure
    assert found.has_own_list


@pytest.mark.parametrize(
    "figure", ["net_sentiment", "share_of_voice", "engagement", "review_score", "response_rate"]
)
def test_a_rate_has_its_denominator_behind_it(desk: Bench, figure: str) -> None:
    found = opened(desk, figure)
    assert found.figure.n
    assert len(found.rows) == found.figure.n


def test_authors_and_members_are_among_the_rows(desk: Bench) -> None:
    for figure in ("author_count", "active_members"):
        found = opened(desk, figure)
        assert len({row["author"] for row in found.rows}) == found.figure.value


def test_every_printed_figure_opens(desk: Bench) -> None:
    figures = edition(desk)["figures"]
    assert len(figures) > 15
    for name, figure in figures.items():
        found = why(desk.workspace, figure["ref"].lower(), client="acme")
        assert found.name == name
        assert found.has_own_list or name not in module._BEHIND
        assert found.method
        assert found.method.formula


def test_what_was_left_out_is_counted(desk: Bench) -> None:
    # The brand's post and its answer; Globex names a brand, so nothing is unmatched.
    assert opened(desk, "mention_volume").left_out == {"own_voice": 2}


def test_the_terminal_shows_the_figure_and_twenty_mentions(desk: Bench) -> None:
    ref = edition(desk)["figures"]["negative_count"]["ref"]
    told = CliRunner().invoke(app, ["why", ref, "--home", str(desk.home)])
    assert told.exit_code == 0, told.output
    assert "3 items (ok)" in told.output
    assert "Behind it: 3 mentions" in told.output
    assert told.output.count("Acme broke, awful") == 3


def test_formulas_of_strangers_stay_text(desk: Bench, tmp_path: Path) -> None:
    ref = edition(desk)["figures"]["mention_volume"]["ref"]
    told = CliRunner().invoke(app, ["why", ref, "--csv", "--home", str(desk.home)])
    assert told.exit_code == 0, told.output
    lines = list(csv.DictReader(io.StringIO(told.stdout)))
    assert len(lines) == edition(desk)["figures"]["mention_volume"]["value"]
    assert [one["text"] for one in lines if "HYPERLINK" in one["text"]] == [
        '\'=HYPERLINK("http://x","Acme")'
    ]
    assert {one["author"][0] for one in lines} == {"'"}  # @fan0
    book = tmp_path / "why.xlsx"
    told = CliRunner().invoke(app, ["why", ref, "--xlsx", str(book), "--home", str(desk.home)])
    assert told.exit_code == 0, told.output
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(lines)
    cells = [cell for cells in sheet.iter_rows(min_row=2) for cell in cells]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell.quotePrefix for cell in cells if "HYPERLINK" in str(cell.value)] == [True]


def test_a_cell_holds_what_a_sheet_can_hold() -> None:
    long, control = "x" * 40_000, "a\x00b"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(["a"], [[long], [control], [-5], ["-5"]], "t")))
    values = [cell.value for (cell,) in sheet.active.iter_rows(min_row=2)]  # type: ignore[union-attr]
    assert (len(values[0]), values[1:]) == (32_767, ["ab", -5, "-5"])
    assert csv_text(["a"], [[-5], ["-5"], ["-5+1"], [None], [True]]).splitlines() == [
        "a", "-5", "-5", "'-5+1", '""', "true",
    ]  # fmt: skip


def test_words_that_may_not_be_shown_are_an_address(desk: Bench, tmp_path: Path) -> None:
    bench = desk.copy(tmp_path / "home")
    source = SMALL_CLIENT["sources"][0] | {"may_quote": False, "may_name_authors": False}
    bench.write("clients/acme.yml", SMALL_CLIENT | {"sources": [source], "minimum_n": 1})
    found = opened(bench, "mention_volume")
    assert {(one["text"], one["title"], one["author"]) for one in found.rows} == {
        (None, None, None)
    }
    assert {one["withheld"] for one in found.rows} == {"terms"}
    ref = found.figure.ref
    told = CliRunner().invoke(app, ["why", ref, "--csv", "--home", str(bench.home)])
    assert "Acme" not in told.stdout
    assert "(not shown: the terms of its site)" in told.stdout


def test_a_figure_that_the_data_do_not_give_any_more_says_so(desk: Bench, tmp_path: Path) -> None:
    bench = desk.copy(tmp_path / "home")
    first = opened(bench, "mention_volume")
    mention = next(one for one in first.rows if one["text"] == "Acme broke, awful")["mention_id"]
    correct(bench.workspace, "acme", [change(mention, "not_about_us", "yes", "ann")])
    bench.publish()
    found = opened(bench, "mention_volume")
    assert (found.figure.value, found.value_now) == (first.figure.value, len(first.rows) - 1)
    assert len(found.rows) == len(first.rows) - 1
    assert found.left_out["dismissed"] == 1
    assert [(one["mention_id"], one["recorded_by"]) for one in found.corrections] == [
        (mention, "ann")
    ]
    told = CliRunner().invoke(app, ["why", found.figure.ref, "--home", str(bench.home)])
    assert f"The data at hand give {len(first.rows) - 1} items" in told.output
    # Without the report the figure is still told, and what is missing.
    bench.write("clients/acme.yml", SMALL_CLIENT | {"reports": [], "minimum_n": 1})
    gone = why(bench.workspace, found.figure.ref)
    assert gone.now is None
    assert "no report has the id 'weekly'" in str(gone.why_not)


def test_each_revision_says_what_it_printed(desk: Bench, tmp_path: Path) -> None:
    bench = desk.copy(tmp_path / "home")
    first = opened(bench, "mention_volume").figure
    late = [row(f"late{n}", 26, "Acme is late", f"late{n}") for n in range(4)]
    bench.drop("late.csv", table(*late, header=HEADER))
    assert bench.day(SUNDAY).editions[0]["revision"] == 2
    found = why(bench.workspace, first.ref)
    assert found.figure.ref == first.ref
    assert (found.edition.revision, found.figure.value) == (2, first.value + 4)
    assert [(one.revision, one.figure.value) for one in found.printings if one.figure] == [
        (1, first.value),
        (2, first.value + 4),
    ]
    assert [[(why.code, why.count) for why in one.reasons] for one in found.printings] == [
        [],
        [("late_data", 4)],
    ]
    then = why(bench.workspace, first.ref, revision=1)
    assert (then.edition.revision, then.figure) == (1, first)
    told = CliRunner().invoke(
        app,
        ["why", first.ref, "--revision", "1", "--home", str(bench.home)],
        env={"COLUMNS": "200"},
    )
    assert told.exit_code == 0, told.output
    assert f"mention_volume  {first.value} items (ok)" in told.output
    assert (
        f"printed: {first.value} items in revision 1, {first.value + 4} items in revision 2 "
        "(since the one before: 4 came later)"
    ) in told.output
    assert f"The data at hand give {first.value + 4} items" in told.output
    with pytest.raises(DataError, match=r"revision 3 prints no .* the last one is 2"):
        why(bench.workspace, first.ref, revision=3)


def test_a_ref_that_is_none_and_one_of_a_quotation_are_told(desk: Bench) -> None:
    with pytest.raises(DataError, match="'NOSUCH' is no ref of a kept edition"):
        why(desk.workspace, "nosuch")
    quoted = next(quotes for quotes in edition(desk)["verbatims"].values() if quotes)[0]["ref"]
    with pytest.raises(DataError, match="is a quotation, not a figure"):
        why(desk.workspace, quoted)
