"""A metric's card: the only place that states its definition.

It feeds the comments in the warehouse, the methods page of the report and `docs/metrics.md`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from oyez import resources
from oyez.errors import ConfigError

Phrase = Annotated[str, Field(min_length=1)]
Column = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Closed):
    """A text in both languages of the pages."""

    en: Phrase
    fr: Phrase


class Card(_Closed):
    """One metric, as people read it and as the runner computes it.

    `days_before` and `days_after` say which days of facts, around a row's own day, its select reads
    directly; what it reads through other metrics is inherited from their cards. `horizon_days` is
    the span after the end of the day from which facts may still change the row (law 9). `types`
    gives the SQL types of a state table: it reads itself, so its query cannot tell its own shape.

    With `periods` a row is about a whole week or month of the client, which its column `period`
    tells. It stands under the period's first day (its `day`) and reads all days of the period;
    `days_before` and `days_after` then count from the period's ends.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Words
    question: Words
    why_it_matters: Words
    formula: Words
    unit: Literal[
        "items",
        "people",
        "authors",
        "pct",
        "points",
        "minutes",
        "stars",
        "interactions",
        "index",  # 0 to 100
        "ratio",  # 0 to 1
    ]
    better: Literal["higher", "lower", "neither"]
    grain: Annotated[list[Column], Field(min_length=2)]
    kind: Literal["day", "state"] = "day"
    periods: list[Literal["week", "month"]] = Field(default_factory=list)
    days_before: Annotated[int, Field(ge=0)] = 0
    days_after: Annotated[int, Field(ge=0)] = 0
    horizon_days: Annotated[int, Field(ge=0)] = 0
    columns: Annotated[dict[Column, Phrase], Field(min_length=2)]
    types: dict[Column, Phrase] = Field(default_factory=dict)
    checks: list[Column] = Field(default_factory=list)
    references: list[Phrase] = Field(default_factory=list)
    owner: Phrase
    version: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> Card:
        missing = [name for name in self.grain if name not in self.columns]
        if missing:
            raise ValueError(f"grain names columns that are not described: {', '.join(missing)}")
        needed = [name for name in ("client_id", "day") if name not in self.columns]
        if needed:
            raise ValueError(f"every metric table has {' and '.join(needed)}")
        if self.kind == "day" and "day" not in self.grain:
            raise ValueError("the grain of a daily metric includes day")
        if bool(self.periods) != ("period" in self.grain) or (self.periods and self.kind != "day"):
            raise ValueError("a metric of weeks or months, and no other, has period in its grain")
        if (self.kind == "state") != bool(self.types) or set(self.types) - set(self.columns):
            raise ValueError("a state table, and no other, gives the type of each of its columns")
        return self


def folder() -> Path:
    """Return the folder of the metric files and their cards."""
    return resources.folder("sql") / "metric"


def load(path: Path) -> Card:
    """Return the card in a file; its name is the file's.

    Raises:
        ConfigError: the file is no YAML or no card; fix the keys that the message names.
    """
    return _parse(path, path.read_text(encoding="utf-8"))


@cache  # fifteen cards take a second to parse, and a publish asks for them more than once
def _parse(path: Path, text: str) -> Card:
    try:
        body = YAML(typ="safe").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise ConfigError(
            f"not readable as YAML: {error.problem}", where=f"{path}{line}", action="fix the YAML"
        ) from error
    if not isinstance(body, dict):
        raise ConfigError("the card is empty", where=str(path), action="copy another card")
    try:
        return Card(name=path.stem, **body)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'card'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise ConfigError(
            f"the card is wrong: {faults}", where=str(path), action="fix these keys"
        ) from error


def load_all(path: Path | None = None) -> dict[str, Card]:
    """Return every card of a folder by name, in the order of the names.

    Args:
        path: folder with `<name>.sql` and `<name>.yml` side by side; ours by default.

    Raises:
        ConfigError: a card is wrong, or a metric lacks its card or its file.
    """
    path = path or folder()
    queries = {file.stem for file in path.glob("*.sql")}
    cards = {file.stem: load(file) for file in sorted(path.glob("*.yml"))}
    for name in sorted(queries ^ set(cards)):
        absent = "sql" if name in cards else "yml"
        raise ConfigError(
            f"the metric {name} has no {name}.{absent}",
            where=str(path),
            action="write it, or remove its other half",
        )
    return cards
