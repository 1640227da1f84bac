"""The command line as people type it: what it prints, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oyez.cli import app

ROOT = Path(__file__).parents[2]
run = CliRunner().invoke
FILE = """id,date,text,author,likes
1,2026-05-25T09:00:00+02:00,Acme is wonderful,ann,3
2,2026-05-26T09:00:00+02:00,"=HYPERLINK(""http://x"") Acme broke, awful",bob,1
3,2026-05-26T10:00:00+02:00,Nothing to see,cat,0
"""
MAPPING = """format: csv
fields: {native_id: id, published_at: date, text: text, author_handle: author, like_count: likes}
constants: {network: x, channel: social}
covers: [{start: "2026-05-25T00:00:00+02:00", end: "2026-06-01T00:00:00+02:00"}]
"""
CLIENT = """id: acme
name: Acme
timezone: Europe/Paris
languages: [en]
brands: [{id: acme, name: Acme}]
sources: [{id: export, kind: file, mapping: mappings/export.yml}]
reports: [{id: weekly, cadence: weekly}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in (
        ("agency.yml", "name: Atelier Nord\ndefaults: {locale: en-GB}\n"),
        ("clients/acme.yml", CLIENT),
        ("mappings/export.yml", MAPPING),
        ("export.csv", FILE),
    ):
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    monkeypatch.setenv("OYEZ_HOME", str(tmp_path))
    return tmp_path


def test_every_command_is_documented() -> None:
    pages = " ".join(
        page.read_text("utf-8") for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    )
    names = [command.name or command.callback.__name__ for command in app.registered_commands]  # type: ignore[union-attr]
    assert names
    assert [name for name in names if f"oyez {name}" not in pages] == []


def test_import_query_and_print(home: Path) -> None:
    arguments = [
        "import",
        str(home / "export.csv"),
        "--client",
        "acme",
        "--mapping",
        "mappings/export.yml",
    ]
    first = run(app, arguments)
    assert first.exit_code == 0, first.output
    assert "3 rows, 3 items, 2 mentions, 0 quarantined, 1 name no brand" in first.output

    again = run(app, arguments)
    assert again.exit_code == 0
    assert "was imported before" in again.output

    counted = run(app, ["sql", "select sum(item_count) as n from metric.mention_volume", "--csv"])
    assert counted.output == "n\n2\n"

    printed = run(app, ["edition", "acme", "weekly", "--day", "2026-05-31"])
    assert printed.exit_code == 0, printed.output
    assert "revision 1 (new)" in printed.output
    path = Path(printed.output.strip().splitlines()[-1].strip())
    assert path.read_bytes().startswith(b"%PDF-")
    listed = run(app, ["reports"])
    assert str(path) in listed.output


def test_a_formula_leaves_the_warehouse_as_text(home: Path) -> None:
    run(
        app,
        [
            "import",
            str(home / "export.csv"),
            "--client",
            "acme",
            "--mapping",
            "mappings/export.yml",
        ],
    )
    told = run(app, ["sql", "select text from core.item where native_id = '2'", "--csv"])
    assert told.output.splitlines()[1].startswith("\"'=HYPERLINK")


def test_sql_can_neither_write_nor_read_files(home: Path) -> None:
    run(
        app,
        [
            "import",
            str(home / "export.csv"),
            "--client",
            "acme",
            "--mapping",
            "mappings/export.yml",
        ],
    )
    for query in (
        "delete from core.item",
        f"from read_csv('{home}/export.csv')",
        "set enable_external_access = true",
        f"copy core.item to '{home}/stolen.csv'",
    ):
        refused = run(app, ["sql", query])
        assert refused.exit_code == 1, query
    assert not (home / "stolen.csv").exists()


def test_a_day_without_reports_says_so(home: Path) -> None:
    inbox = home / "inbox" / "acme" / "export"
    inbox.mkdir(parents=True)
    shutil.copy(home / "export.csv", inbox)
    told = run(app, ["day", "2026-05-27"])
    assert told.exit_code == 0, told.output
    assert "export.csv: imported, 3 items" in told.output
    assert "No report's period ends on 2026-05-27" in told.output
    assert (inbox / "imported" / "export.csv").exists()


def test_a_refused_file_fails_the_day_but_not_the_report(home: Path) -> None:
    inbox = home / "inbox" / "acme" / "export"
    inbox.mkdir(parents=True)
    (inbox / "broken.csv").write_text("nonsense\n1\n", encoding="utf-8")
    told = run(app, ["day", "2026-05-31"])
    assert told.exit_code == 1
    assert "column 'id' is missing" in told.output
    assert "acme · weekly · revision 1" in told.output
    assert (
        "nothing was imported"
        in (inbox / "refused" / "broken.csv").with_suffix(".why.txt").read_text()
    )


def test_errors_name_the_next_action(home: Path) -> None:
    unknown = run(app, ["edition", "nobody", "weekly", "--day", "2026-05-31"])
    assert unknown.exit_code == 1
    assert "acme" in unknown.output  # the known ids
    early = run(app, ["sql", "select 1"])
    assert early.exit_code == 1
    assert "nothing was published yet" in early.output


def test_init_makes_a_workspace_that_passes_the_check(tmp_path: Path) -> None:
    made = run(app, ["init", str(tmp_path / "new")])
    assert made.exit_code == 0, made.output
    checked = run(app, ["check", "--home", str(tmp_path / "new")])
    assert checked.exit_code == 0, checked.output
    again = run(app, ["init", str(tmp_path / "new")])
    assert again.exit_code == 1


def test_what_waits_in_vain_is_told(home: Path) -> None:
    """A wrong folder and a refused file are said at each run, with the way out."""
    for place in ("acmee/export", "acme/export/refused", "acme/export/imported"):
        folder = home / "inbox" / place
        folder.mkdir(parents=True)
        shutil.copy(home / "export.csv", folder / "week.csv")
    for command in (["check"], ["day", "2026-05-27"]):
        told = run(app, [*command, "--home", str(home)])
        assert told.exit_code == 0, told.output
        assert "inbox/acmee/export: no source reads week.csv there" in told.output
        assert "move it to inbox/acme/export/" in told.output
        assert "inbox/acme/export/refused: week.csv refused" in told.output
        assert "move it back to inbox/acme/export/" in told.output
        assert "imported: " not in told.output.replace("imported: nothing", "")


def test_a_corrected_name_asks_for_a_rebuild(home: Path) -> None:
    client = home / "clients" / "acme.yml"
    client.write_text(CLIENT.replace("name: Acme}", "name: Acmee}"), encoding="utf-8")
    arguments = ["import", str(home / "export.csv"), "--client", "acme"]
    arguments += ["--mapping", "mappings/export.yml"]
    first = run(app, arguments)
    assert "no item names a brand of this client" in first.output
    client.write_text(CLIENT, encoding="utf-8")
    again = run(app, arguments)
    assert "no item names a brand" not in again.output
    assert "run `oyez rebuild`" in again.output
    assert run(app, ["rebuild"]).exit_code == 0
    counted = run(app, ["sql", "select sum(item_count) as n from metric.mention_volume", "--csv"])
    assert counted.output == "n\n2\n"
