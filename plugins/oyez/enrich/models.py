"""Finds the model that judges sentiment: by name, or in a folder that people bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from oyez.enrich.polarity import Scorer, Verdict
from oyez.errors import ConfigError

CORE, DEFAULT = "core", "default"


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
    version = "1"

    def __init__(self) -> None:
        self._scorer = Scorer()

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; see `Model`."""
        return [
            self._scorer.score(text, language)
            for text, language in zip(texts, languages, strict=True)
        ]


def load(name: str | None = None) -> Model:
    """Return a model by its name.

    Raises:
        ConfigError: no model has this name.
    """
    if name in (None, CORE, DEFAULT):
        return Core()
    raise ConfigError(f"no sentiment model is called {name!r}", action=f"write {CORE} or {DEFAULT}")
