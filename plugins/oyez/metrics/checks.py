"""Questions whose right answer is "no row", asked inside every publish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

import duckdb

from oyez import resources
from oyez.errors import ConfigError
from oyez.metrics import card as cards
from oyez.metrics import scope as scope_of

Severity = Literal["fail", "warn"]
_KEPT = 10_000  # offending rows kept of one check; the count is complete


@dataclass(frozen=True)
class CheckResult:
    """What one check found.

    Attributes:
        name: the check's file name.
        severity: `fail` must stop a publish, `warn` is to be shown.
        message: what is wrong when rows were found, in one sentence.
        row_count: offending rows; 0 is a pass.
        rows: the first 10,000 of them, column name → value.
    """

    name: str
    severity: Severity
    message: str
    row_count: int
    rows: tuple[dict[str, object], ...]

    @property
    def passed(self) -> bool:
        """Whether nothing offends."""
        return self.row_count == 0

    def __str__(self) -> str:
        if self.passed:
            return f"{self.name}: passed"
        first = ", ".join(f"{key} {value}" for key, value in self.rows[0].items())
        return f"{self.name}: {self.message} ({self.row_count} rows; first: {first})"


def run(
    connection: duckdb.DuckDBPyConnection,
    scope: Iterable[tuple[str, date]] | None = None,
    *,
    every_day: bool = False,
    folder: Path | None = None,
) -> list[CheckResult]:
    """Return the result of each check, in the order of their names.

    A file of `each_metric` below the folder is asked of every metric's card that has the columns it
    needs; its findings are one result.

    The caller decides what a failure means; a publish raises DataError when a check of severity
    `fail` did not pass.

    Args:
        connection: a warehouse whose metrics are computed.
        scope: (client_id, local day) to look at; by default the rows of `ops.scope`.
        every_day: look at every day of the calendar instead; slow on a large warehouse.
        folder: the check files; ours by default.

    Raises:
        ConfigError: a check's file does not say its severity and message; add the two lines.
    """
    folder = folder or resources.folder("sql") / "check"
    asked = {path: [scope_of.read(path)] for path in _files(folder)}
    asked |= {path: list(_of_each_metric(path)) for path in _files(folder / "each_metric")}
    asked = dict(sorted(asked.items(), key=lambda one: one[0].stem))
    found = {path: CheckResult(path.stem, *_head(path), 0, ()) for path in asked}
    scope_of.touch(connection, [] if every_day else scope)
    if every_day:
        scope_of.run(connection, "touch_all")
    for _ in scope_of.stretches(connection, scope_of.TOUCHED):
        for path, queries in asked.items():
            for query in queries:
                found[path] = _ask(connection, query, found[path])
    return list(found.values())


def _of_each_metric(path: Path) -> Iterable[str]:
    query = scope_of.read(path)
    needed = re.search(r"^-- needs: (\w+)$", query, re.MULTILINE)
    for name, card in cards.load_all().items():
        if needed is None or needed[1] in card.columns:
            yield query.replace("<metric>", name).replace("<key>", ", ".join(card.grain))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


def _head(path: Path) -> tuple[Severity, str]:
    text = path.read_text(encoding="utf-8")
    severity = re.match(r"-- severity: (fail|warn)\n", text)
    message = re.search(r"^-- message: (\S.*)$", text, re.MULTILINE)
    if not severity or not message:
        raise ConfigError(
            "a check starts with its severity and its message",
            where=str(path),
            action="start it with `-- severity: fail` or `warn`, then `-- message: …`",
        )
    return cast(Severity, severity[1]), message[1]


def _ask(connection: duckdb.DuckDBPyConnection, query: str, sofar: CheckResult) -> CheckResult:
    result = connection.execute(query)
    names = [column[0] for column in result.description or []]
    rows = result.fetchall()
    kept = [dict(zip(names, row, strict=True)) for row in rows[: _KEPT - len(sofar.rows)]]
    return CheckResult(
        sofar.name,
        sofar.severity,
        sofar.message,
        sofar.row_count + len(rows),
        (*sofar.rows, *kept),
    )
