"""`check` reads the whole workspace and points at the line that names what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from oyez.config.check import check
from oyez.config.docs import EXAMPLE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_sound_workspace_has_no_problem(home: Path) -> None:
    assert check(home) == []


def test_the_demo_has_no_problem() -> None:
    assert check(ROOT) == []


def test_what_a_client_names_must_exist(home: Path) -> None:
    client = home / "clients/maison-exemple.yml"
    edit(client, "theme: oyez", "theme: nothing")
    edit(client, "mappings/veille.yml", "mappings/veile.yml")
    edit(client, "country: FR", "country: ZZ")
    found = {problem.path: problem for problem in check(home)}
    assert sorted(found) == ["holidays.country", "sources[0].mapping", "theme"]
    for path, text in (
        ("theme", "theme: nothing"),
        ("sources[0].mapping", "veile.yml"),
        ("holidays.country", "country: ZZ"),
    ):
        assert found[path].file == "clients/maison-exemple.yml"
        assert found[path].line == line_of(client, text)
    assert "themes/nothing/theme.yml" in found["theme"].message
    assert "oyez" in found["theme"].fix


def test_the_agency_s_themes_must_exist(home: Path) -> None:
    edit(home / "agency.yml", "theme: oyez", "theme: nothing")
    edit(home / "agency.yml", "brand: oyez", "brand: nobody")
    assert {problem.path for problem in check(home)} == {"defaults.theme", "brand"}


def test_a_mapping_names_brands_of_the_client(home: Path) -> None:
    mapping = home / "mappings/veille.yml"
    edit(mapping, "Exemple SA: maison-exemple", "Exemple SA: maison-exampel")
    edit(mapping, "brands: [corvane]", "brands: [corvan]")
    problems = check(home)
    assert [problem.path for problem in problems] == ["brands.Exemple SA", "covers[1].brands"]
    assert [problem.line for problem in problems] == [
        line_of(mapping, "Exemple SA"),
        line_of(mapping, "corvan]"),
    ]
    assert "maison-exemple, petit-exemple, corvane" in problems[0].fix


def test_each_file_is_read_even_if_another_is_wrong(home: Path) -> None:
    (home / "agency.yml").write_text("nom: x\n")
    (home / "clients/broken.yml").write_text("id: [\n")
    (home / "mappings/spare.yml").write_text("format: xlsx\n")
    (home / "clients/delta.yaml").write_text("id: delta\n")
    files = {problem.file for problem in check(home)}
    assert files == {"agency.yml", "clients/broken.yml", "mappings/spare.yml", "clients/delta.yaml"}


def test_a_mapping_that_two_clients_share_is_told_once(home: Path) -> None:
    original = (home / "clients/maison-exemple.yml").read_text(encoding="utf-8")
    (home / "clients/other.yml").write_text(
        original.replace("id: maison-exemple  ", "id: other  "), encoding="utf-8"
    )
    edit(home / "mappings/veille.yml", "format: csv", "format: xls")
    (problem,) = check(home)
    assert problem.where == "mappings/veille.yml:3, format"


def test_two_clients_may_watch_the_same_brand(home: Path) -> None:
    original = (home / "clients/maison-exemple.yml").read_text(encoding="utf-8")
    (home / "clients/other.yml").write_text(
        original.replace("id: maison-exemple  ", "id: other  "), encoding="utf-8"
    )
    assert check(home) == []


def test_a_client_without_source_is_a_warning(home: Path) -> None:
    (home / "clients/delta.yml").write_text(
        "id: delta\nname: Delta\ntimezone: UTC\nbrands: [{id: delta, name: Delta}]\n"
    )
    (problem,) = check(home)
    assert problem.severity == "warning"
    assert problem.file == "clients/delta.yml"


def test_no_workspace_is_one_problem(tmp_path: Path) -> None:
    (problem,) = check(tmp_path)
    assert "OYEZ_HOME" in problem.fix
