"""`make evaluate` runs every part and ends with a failure when one of them fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "evaluate.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, beside a folder with tiny labelled data."""
    spec = importlib.util.spec_from_file_location("evaluate_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "airline_tweets.csv").write_text("text,airline_sentiment\nok,neutral\n")
    (tmp_path / "real" / "support_conversations.json").write_text("[]")
    monkeypatch.setattr(module, "SHARED", tmp_path)
    return module


@pytest.mark.parametrize("broken", ["Replies", "Language of tweets", "Each brand by its part", ""])
def test_all_parts_run_and_a_failed_one_is_named(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    ran: list[str] = []

    def run(title: str, *_: object) -> bool:
        ran.append(title)
        return title != broken

    monkeypatch.setattr(script, "told", run)
    monkeypatch.setattr(script, "measured", run)
    if broken:
        with pytest.raises(SystemExit, match=broken):
            script.main()
    else:
        script.main()
    assert len(ran) == 8
    assert ran[-2:] == ["Speed against vaderSentiment", "Each brand by its part"]


def test_a_part_that_cannot_be_read_fails(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not script.told("Replies", ["replies", str(tmp_path / "none.jsonl")])
    assert "cannot be read" in capsys.readouterr().out
