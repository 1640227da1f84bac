"""A workspace gives each client its files, its settings and its own secrets."""

from __future__ import annotations

import shutil
from datetime import time
from pathlib import Path

import pytest

from oyez.config.docs import EXAMPLE
from oyez.config.problem import ConfigFileError
from oyez.errors import ConfigError
from oyez.workspace import Workspace, connection_id

CLIENT = """\
id: {id}
name: {id}
timezone: Europe/Paris
brands: [{{id: {id}, name: {id}}}]
sources: [{{id: avis, kind: file, mapping: mappings/avis.yml}}]
reports:
  - {{id: hebdo, cadence: weekly}}
  - {{id: board, cadence: monthly, locale: en-GB, deliver_at: 09:15, week_starts: sunday}}
"""
MAPPING = "format: csv\nfields: {native_id: a, published_at: b, text: c}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("clients", "mappings", "themes/maison"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "agency.yml").write_text("name: Atelier\ndefaults: {week_starts: saturday}\n")
    (tmp_path / "mappings/avis.yml").write_text(MAPPING)
    (tmp_path / "themes/maison/theme.yml").write_text("name: Maison\n")
    for client in ("united", "delta"):
        (tmp_path / f"clients/{client}.yml").write_text(CLIENT.format(id=client))
    return tmp_path


def test_the_folder_comes_from_the_caller_else_the_environment_else_here(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OYEZ_HOME", raising=False)
    monkeypatch.chdir(home)
    assert Workspace.open().home == home
    monkeypatch.chdir("/")
    monkeypatch.setenv("OYEZ_HOME", str(home))
    assert Workspace.open().home == home
    assert Workspace.open(str(home)).agency.name == "Atelier"


def test_clients_come_in_order_and_agency_yml_is_none_of_them(home: Path) -> None:
    (home / "agency.yml").rename(home / "clients/agency.yml")
    (home / "clients/.draft.yml").write_text("not: yet")
    assert list(Workspace.open(home).clients) == ["delta", "united"]


def test_an_unknown_client_is_told_the_known_ones(home: Path) -> None:
    workspace = Workspace.open(home)
    assert workspace.client("delta").name == "delta"
    with pytest.raises(ConfigError, match=r"'dleta'.*known ids \(delta, united\)"):
        workspace.client("dleta")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda home: (home / "agency.yml").unlink(), "no workspace"),
        (
            lambda home: shutil.copy(home / "agency.yml", home / "clients/agency.yml"),
            "both at the root and in clients/",
        ),
    ],
)
def test_a_workspace_has_one_agency(home: Path, prepare, message: str) -> None:
    prepare(home)
    with pytest.raises(ConfigError, match=message):
        Workspace.open(home)


def test_the_problems_of_all_files_come_together(home: Path) -> None:
    (home / "agency.yml").write_text("nom: Atelier\n")
    (home / "clients/united.yml").write_text("id: united\n")
    with pytest.raises(ConfigFileError) as caught:
        Workspace.open(home)
    files = [problem.file for problem in caught.value.problems]
    assert files == ["agency.yml", "agency.yml", *["clients/united.yml"] * 3]


def test_a_wrong_file_sets_its_client_aside_and_no_other(home: Path) -> None:
    (home / "clients/united.yml").write_text("id: united\nname: United\n")
    (home / "clients/alaska.yml").write_text(CLIENT.format(id="delta"))
    workspace = Workspace.open(home)
    assert list(workspace.clients) == ["delta"]
    assert list(workspace.broken) == ["alaska", "united"]
    assert workspace.settings("delta")
    with pytest.raises(ConfigFileError, match=r"client united: 2 problems\n  clients/united\.yml"):
        workspace.client("united")
    # The id that a misnamed file claims stays with the client whose name it is.
    with pytest.raises(ConfigFileError, match=r"client alaska · .*the client's id is `delta`"):
        workspace.config_hash("alaska")
    assert workspace.client("delta").id == "delta"


def test_report_then_client_then_agency(home: Path) -> None:
    (home / "clients/united.yml").write_text(
        CLIENT.format(id="united") + "locale: fr-CA\ntheme: maison\nminimum_n: 10\n"
    )
    workspace = Workspace.open(home)
    delta, united = workspace.settings("delta"), workspace.settings("united")
    assert (delta.locale, delta.theme, delta.week_starts) == ("fr-FR", "oyez", "saturday")
    assert (delta.deliver_at, delta.minimum_n) == (time(7), 30)
    assert (united.locale, united.theme, united.minimum_n) == ("fr-CA", "maison", 10)
    assert workspace.settings("united", "hebdo") == united
    board = workspace.settings("united", "board")
    assert (board.locale, board.week_starts, board.deliver_at) == ("en-GB", "sunday", time(9, 15))
    assert board.theme == "maison"
    # The calendar reads the client itself.
    assert workspace.client("delta").week_starts == "saturday"
    with pytest.raises(ConfigError, match="known ids: hebdo, board"):
        workspace.settings("united", "annual")


def test_data_and_inbox_stand_in_the_workspace(home: Path) -> None:
    workspace = Workspace.open(home)
    workspace.storage.create("landing/x", b"1")
    assert (home / "data/landing/x").read_bytes() == b"1"
    assert workspace.work_dir == home / "data/work"
    assert workspace.inbox("delta", "avis") == home / "inbox/delta/avis"
    for wrong in (("delta", "../.."), ("nobody", "avis")):
        with pytest.raises(ConfigError, match="known ids"):
            workspace.inbox(*wrong)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("mappings/none.yml", "does not exist"),
        ("../secret.yml", "leaves the workspace"),
        ("/etc/passwd", "leaves the workspace"),
    ],
)
def test_a_mapping_is_a_file_of_the_workspace(home: Path, path: str, message: str) -> None:
    workspace = Workspace.open(home)
    assert workspace.mapping("mappings/avis.yml").format == "csv"
    with pytest.raises(ConfigError, match=message):
        workspace.mapping(path)


def test_the_workspace_s_theme_wins_over_the_built_in_one(home: Path) -> None:
    workspace = Workspace.open(home)
    built_in = workspace.theme_folder("oyez")
    assert not built_in.is_relative_to(home)
    assert workspace.theme_folder("maison") == home / "themes/maison"
    (home / "themes/oyez").mkdir()
    (home / "themes/oyez/theme.yml").write_text("name: ours\n")
    assert workspace.theme_folder("oyez") == home / "themes/oyez"
    for name in ("nothing", "../themes/maison", "."):
        with pytest.raises(ConfigError, match=r"the themes there are \(.*maison.*oyez.*\)"):
            workspace.theme_folder(name)


def test_the_hash_follows_what_is_configured_and_nothing_else(home: Path) -> None:
    def hashes() -> list[str]:
        workspace = Workspace.open(home)
        return [workspace.config_hash(client) for client in workspace.clients]

    delta, united = hashes()
    assert delta != united
    assert len(delta) == 64
    path = home / "clients/united.yml"
    first, *others = path.read_text().splitlines(keepends=True)
    path.write_text("# a comment\n" + "".join(others) + first)
    assert hashes() == [delta, united]
    path.write_text(path.read_text() + "minimum_n: 12\n")
    assert [one == other for one, other in zip(hashes(), [delta, united], strict=True)] == [1, 0]
    path.write_text(CLIENT.format(id="united"))
    (home / "mappings/avis.yml").write_text(MAPPING.replace("csv", "ndjson"))
    assert not {delta, united} & set(hashes())
    (home / "mappings/avis.yml").write_text(MAPPING)
    (home / "agency.yml").write_text("name: Atelier Sud\ndefaults: {week_starts: saturday}\n")
    assert not {delta, united} & set(hashes())


def test_a_credential_is_its_own_client_s(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_DELTA__AVIS", "hunter2")
    workspace = Workspace.open(home)
    assert workspace.credential("delta", "avis") == "hunter2"
    with pytest.raises(ConfigError, match="set AIRFLOW_CONN_UNITED__AVIS"):
        workspace.credential("united", "avis")
    with pytest.raises(ConfigError, match="no source"):
        workspace.credential("delta", "autre")
    assert "hunter2" not in repr(vars(workspace))


def test_the_caller_may_give_the_credentials(home: Path) -> None:
    workspace = Workspace.open(home, lookup={"delta__avis": "hunter2"}.get)
    assert workspace.credential("delta", "avis") == "hunter2"


def test_two_sources_never_share_a_connection() -> None:
    assert connection_id("maison-verdier", "avis") == "maison_verdier__avis"
    assert connection_id("a-b", "c") != connection_id("a", "b-c")


def test_the_example_is_a_workspace() -> None:
    workspace = Workspace.open(EXAMPLE)
    assert workspace.config_hash("maison-exemple")
