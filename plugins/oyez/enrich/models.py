"""Finds the model that judges sentiment: by name, or in a folder that people bring."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from oyez.enrich.polarity import Scorer, Verdict
from oyez.enrich.version import ENCODER_PACKAGE, core_version
from oyez.errors import ConfigError

CORE, DEFAULT = "core", "default"
_log = logging.getLogger(__name__)


class Model(Protocol):
    """What judges texts.

    Attributes:
        name: as printed in the report's methods.
        version: changes with weights and thresholds; verdicts of two versions are not compared.
    """

    name: str
    version: str

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; None where it cannot be read.

        Args:
            texts: as written.
            languages: ISO 639-1 code of each, or `und`.
        """
        ...


class Core:
    """The lexicons: explainable, always there."""

    name = CORE

    def __init__(self) -> None:
        self.version = core_version()
        self._scorer = Scorer()

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; see `Model`."""
        return [
            self._scorer.score(text, language)
            for text, language in zip(texts, languages, strict=True)
        ]


_loaded: dict[str, Model] = {}


def load(name: str | None = None) -> Model:
    """Return a model by its name, or the one in a folder; loaded once a process.

    `default` is the sentence encoder; where its package is missing or broken, the core, with one
    warning: the returned model's name tells which it is.

    Args:
        name: `core`, `default` (also None), or the path of a folder with `config.json` and
            `model.onnx` or the files of a transformers model.

    Raises:
        ConfigError: no model has this name, or its folder lacks something that the message names.
    """
    asked = name or DEFAULT
    if asked not in _loaded:
        _loaded[asked] = _load(asked)
    return _loaded[asked]


def _load(asked: str) -> Model:
    if asked == CORE:
        return Core()
    if asked == DEFAULT:
        return _default()
    folder = Path(asked)
    if not folder.is_dir():
        raise ConfigError(
            f"no sentiment model is called {asked!r}",
            action=f"write {CORE}, {DEFAULT}, or the path of a folder with a model",
        )
    if (folder / "model.onnx").is_file():
        from oyez.enrich.onnx import Onnx

        return Onnx(folder)
    from oyez.enrich.transformer import Transformer

    return Transformer(folder)


def _default() -> Model:
    try:
        from oyez.enrich.encoder import Encoder

        encoder: Model = Encoder()
        # Some files are opened at the first text: better that it fails here than in a batch.
        encoder.score(["ok"], ["en"])
    except Exception as problem:  # a broken package throws what it likes
        _log.warning(
            "the sentence encoder cannot be used (%s: %s): sentiment is judged by the lexicons "
            "alone (English and French) → pip install --force-reinstall %s==0.2.1",
            type(problem).__name__, " ".join(str(problem).split()), ENCODER_PACKAGE,
        )  # fmt: skip
        return load(CORE)
    return encoder
