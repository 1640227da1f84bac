"""A model's version changes with everything that may change a verdict."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "plugins" / "oyez"
# Judges one text through the memory, and tells version and polarity.
_ASK = """
import sys
from pathlib import Path
from oyez.enrich.models import load
from oyez.enrich.seen import Seen
model = Seen(load(sys.argv[1]), Path(sys.argv[2]))
(verdict,) = model.score(["Un service splendide"], ["fr"])
print(model.version, verdict.version, verdict.polarity)
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package that a test may change."""
    shutil.copytree(PACKAGE, tmp_path / "oyez", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def asked(copied: Path, model: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _ASK, model, str(copied / "seen.sqlite")],
        env={"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("model", ["core", "default"])
def test_another_line_of_a_lexicon_is_another_version_and_nothing_is_recalled(
    copied: Path, model: str
) -> None:
    version, verdicts_version, polarity = asked(copied, model)
    assert version == verdicts_version
    assert asked(copied, model) == [version, version, polarity]
    edit(copied / "oyez/enrich/lexicon/fr.tsv", "splendide\t3.5", "splendide\t-3.5")
    changed, verdicts_version, other_polarity = asked(copied, model)
    assert changed == verdicts_version != version
    assert float(other_polarity) < float(polarity)


@pytest.mark.parametrize(
    ("file", "of_core"),
    [
        ("stage/text.py", True),
        ("enrich/polarity.py", True),
        ("enrich/lexicon/french.py", True),
        ("enrich/lexicon/emoji.tsv", True),
        ("enrich/trait.py", False),
        ("enrich/encoder.py", False),
        ("enrich/head/sentiment.npz", False),
        ("enrich/reply.py", None),
    ],
)
def test_each_file_counts_where_it_decides(copied: Path, file: str, of_core: bool | None) -> None:
    def versions() -> list[str]:
        tell = "from oyez.enrich.version import *; print(core_version(), encoder_version())"
        command = [sys.executable, "-c", tell]
        environment = {"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.check_output(command, env=environment, text=True).split()

    core, encoder = versions()
    with (copied / "oyez" / file).open("ab") as end:
        end.write(b"\n")
    core_then, encoder_then = versions()
    assert (core_then != core) == bool(of_core)
    assert (encoder_then != encoder) == (of_core is not None)


def test_the_encoders_package_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    from oyez.enrich import version

    before = version.encoder_version()
    newer = type("Newer", (), {"version": "0.2.2"})
    monkeypatch.setattr(version, "distribution", lambda name: newer)
    version.encoder_version.cache_clear()
    assert version.encoder_version() != before
    monkeypatch.undo()
    version.encoder_version.cache_clear()
    assert version.encoder_version() == before
