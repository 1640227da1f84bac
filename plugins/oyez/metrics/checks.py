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
from oyez.metrics import scope as scope_of

Severity = Literal["fail", "warn"]
_SHOWN = 20  # offending rows kept for the message; the count is complete


@dataclass(frozen=True)
class CheckResult:
    """What one check found.

    Attributes:
        name: the check's file name.
        severity: `fail` must stop a publish, `warn` is to be shown.
        message: what is wrong when rows were found, in one sentence.
        row_count: offending rows; 0 is a pass.
        rows: the first of them, column name → value.
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
    found = {path.stem: CheckResult(path.stem, *_head(path), 0, ()) for path in _files(folder)}
    scope_of.touch(connection, [] if every_day else scope)
    if every_day:
        scope_of.run(connection, "touch_all")
    for _ in scope_of.stretches(connection, scope_of.TOUCHED):
        for path in _files(folder):
            found[path.stem] = _ask(connection, path, found[path.stem])
    return list(found.values())


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


def _ask(connection: duckdb.DuckDBPyConnection, path: Path, sofar: CheckResult) -> CheckResult:
    result = connection.execute(scope_of.read(path))
    names = [column[0] for column in result.description or []]
    rows = result.fetchall()
    kept = [dict(zip(names, row, strict=True)) for row in rows[: _SHOWN - len(sofar.rows)]]
    return CheckResult(
        sofar.name,
        sofar.severity,
        sofar.message,
        sofar.row_count + len(rows),
        (*sofar.rows, *kept),
    )
