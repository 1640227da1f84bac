"""What `oyez evaluate` counts and prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oyez.cli import app
from oyez.enrich.evaluate import LABELS, Labelled, language, read, sentiment
from oyez.enrich.polarity import Sentiment, Verdict
from oyez.errors import DataError


class Said:
    """Answers what each text spells: its label's first letter and its polarity."""

    name, version = "said", "1"

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        return [self._one(text) for text in texts]

    @staticmethod
    def _one(text: str) -> Verdict | None:
        kinds: dict[str, Sentiment] = {"+": "positive", "0": "neutral", "-": "negative"}
        if text[:1] not in kinds:
            return None
        return Verdict(Decimal(text[1:] or 0), kinds[text[0]], (), "said", "1")


def test_counts() -> None:
    texts = [("+0.5", "pos"), ("0", "pos"), ("0-0.1", "neg"), ("?", "neg"), ("+0.9", "neu")]
    found = sentiment([Labelled(*one) for one in texts], Said(), ["en"] * 5)
    assert found.confusion["pos"] == {"neg": 0, "neu": 1, "pos": 1, "none": 0}
    assert found.confusion["neg"] == {"neg": 0, "neu": 1, "pos": 0, "none": 1}
    # right sign 1, zero ½, neutral leaning the right way 1, no verdict ½: 3 of 4
    assert found.binary_accuracy == 0.75
    assert found.accuracy == 0.2
    # F1: neg 0, neu 0, pos 2·1 / (2 + 2)
    assert found.macro_f1 == pytest.approx(0.5 / 3)


def test_classes_are_those_that_people_gave() -> None:
    rows = [Labelled("+1", "pos"), Labelled("--1", "neg"), Labelled("0", "neg")]
    found = sentiment(rows, Said(), ["en"] * 3)
    assert found.macro_f1 == pytest.approx((1 + 2 / 3) / 2)


def test_languages() -> None:
    rows = [Labelled("Merci beaucoup pour votre aide", "fr"), Labelled("12", "en")]
    found = language(rows, ["fr", "en"])
    assert found.confusion == {
        "en": {"en": 0, "fr": 0, "none": 1},
        "fr": {"en": 0, "fr": 1, "none": 0},
    }
    assert found.accuracy == 0.5


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "not JSON"),
        ('{"label": "pos"}', "no text"),
        ("[]", "no text"),
        ('{"text": "a", "label": "happy"}', "'happy'"),
        ('{"text": "a"}', "None"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, what: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "a", "label": "pos"}\n\n' + line + "\n")
    with pytest.raises(DataError, match=what) as problem:
        read(file, LABELS)
    assert f"{file}, line 3" in str(problem.value)
    assert "neg or neu or pos" in str(problem.value)


def test_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(DataError, match="holds no line"):
        read(tmp_path / "empty.jsonl")


def test_commands(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [("Great, thank you", "pos"), ("Awful, never again", "neg"), ("It opens at 9", "neu")]
    file.write_text("\n".join(json.dumps({"text": text, "label": one}) for text, one in rows))
    run = CliRunner().invoke
    one = json.loads(
        run(app, ["evaluate", "sentiment", str(file), "--lang", "en", "--json"]).output
    )
    assert set(one) >= {"model", "n", "macro_f1", "binary_accuracy", "docs_per_second", "confusion"}
    assert one["model"].startswith("encoder")
    assert one["binary_accuracy"] == 1.0
    table = run(app, ["evaluate", "sentiment", str(file), "--lang", "en"]).output
    assert "core" in table
    assert "encoder" in table
    refused = run(app, ["evaluate", "language", str(tmp_path / "none.jsonl")])
    assert refused.exit_code == 1
