"""A text that was seen before is not scored twice, and nothing of its words is kept."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from oyez.enrich import seen
from oyez.enrich.models import load
from oyez.enrich.polarity import Verdict
from oyez.enrich.seen import Seen

TEXTS = ["The delivery was awful", "Great, thank you!", "Ok.", "The delivery was awful"]


class Counting:
    """The core with another name, which counts what it is asked."""

    name, version = "counting", "1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        self.asked += texts
        return load("core").score(texts, languages)


def test_what_was_seen_is_not_asked_again(tmp_path: Path) -> None:
    model = Counting()
    first = Seen(model, tmp_path / "seen.sqlite").score(TEXTS, ["en"] * 4)
    assert first == load("core").score(TEXTS, ["en"] * 4)
    asked = list(model.asked)
    again = Seen(model, tmp_path / "seen.sqlite").score(TEXTS, ["en"] * 4)
    assert again == first
    assert model.asked == asked


def test_another_language_version_or_text_is_asked(tmp_path: Path) -> None:
    model = Counting()
    file = tmp_path / "seen.sqlite"
    Seen(model, file).score(["pas mal"], ["fr"])
    Seen(model, file).score(["pas mal", "pas mal du tout"], ["en", "fr"])
    model.version = "2"
    Seen(model, file).score(["pas mal"], ["fr"])
    assert model.asked == ["pas mal", "pas mal", "pas mal du tout", "pas mal"]


def test_no_word_is_kept(tmp_path: Path) -> None:
    Seen(Counting(), tmp_path / "seen.sqlite").score(TEXTS, ["en"] * 4)
    for file in tmp_path.iterdir():
        assert b"awful" not in file.read_bytes()


def test_what_only_the_model_can_explain_is_asked_again(tmp_path: Path) -> None:
    class Own(Counting):
        def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
            self.asked += texts
            cues = ("a reason of its own",)
            return [Verdict(Decimal("0.500"), "positive", cues, "own", "1") for _ in texts]

    model = Own()
    for _ in range(2):
        Seen(model, tmp_path / "seen.sqlite").score(["fine"], ["en"])
    assert model.asked == ["fine", "fine"]


def test_scratch_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "MOST_TEXTS", 10)
    model = Counting()
    texts = [f"number {n} is good" for n in range(30)]
    for text in texts:
        Seen(model, tmp_path / "seen.sqlite").score([text], ["en"])
    model.asked.clear()
    Seen(model, tmp_path / "seen.sqlite").score(texts, ["en"] * 30)
    assert texts[-1] not in model.asked
    assert 20 <= len(model.asked) < 30
