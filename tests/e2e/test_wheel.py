"""The wheel carries all that a report needs: built, unpacked elsewhere, and run from there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation without the checkout."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    # A wheel is a zip whose folders are those of site-packages; nothing is compiled or generated.
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def oyez(installed: Path, *arguments: str) -> str:
    """Run the installed command line, far from the checkout."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from oyez.cli import app; app()", *arguments],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed), "OYEZ_HOME": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_has_its_sql_pages_and_themes(installed: Path) -> None:
    package = installed / "oyez"
    for folder, pattern in (
        ("sql", "*.sql"),
        ("sql", "*.yml"),
        ("reports", "*.j2"),
        ("reports", "*.po"),
        ("reports", "*.woff2"),
        ("themes", "theme.yml"),
    ):
        ours = {path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob(pattern)}
        theirs = {path.relative_to(package / folder) for path in (package / folder).rglob(pattern)}
        assert ours
        assert ours == theirs
    assert not list(installed.rglob("tests"))
    assert not list(package.rglob("__pycache__"))


def test_the_example_s_report_is_printed_by_the_wheel_alone(
    installed: Path, tmp_path: Path
) -> None:
    code = (
        "import oyez, oyez.resources as r\n"
        "print(oyez.__file__, r.folder('sql'), r.folder('themes'))"
    )
    where = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.count(str(installed)) == 3

    home = tmp_path / "agency"
    oyez(installed, "init", str(home))
    oyez(installed, "check", "--home", str(home))
    inbox = home / "inbox/maison-exemple/veille"
    assert inbox.is_dir(), "init makes the example's drop folder"
    from oyez.config.load import load_mapping

    mapping = load_mapping(home / "mappings/veille.yml")
    columns = list(dict.fromkeys(mapping.fields.values()))
    lines = [mapping.delimiter.join(columns)]
    for number in range(8):
        given = {
            "native_id": f"v{number}",
            "published_at": f"2{number}/05/2026 10:00",
            "text": "Maison Exemple est superbe",
            "network": "x",
        }
        values = {
            mapping.fields[name]: value for name, value in given.items() if name in mapping.fields
        }
        lines.append(mapping.delimiter.join(values.get(column, "") for column in columns))
    (inbox / "veille.csv").write_text("\n".join(lines) + "\n", encoding=mapping.encoding)
    told = oyez(installed, "day", "2026-05-31", "--home", str(home))
    assert "revision 1 (new" in told
    (pdf,) = (home / "data/editions").rglob("report.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 20_000
