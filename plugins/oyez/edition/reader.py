"""Runs the report's queries over one snapshot and remembers what each of them returned."""

from __future__ import annotations

import hashlib
from typing import Any

import duckdb

from oyez.resources import folder

Row = dict[str, Any]


class Reader:
    """The rows of `sql/report/*.sql` for the parameters that `spans.register` set.

    Args:
        connection: an open snapshot.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._rows: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one query, in its own total order."""
        if name not in self._rows:
            query = (folder("sql") / "report" / f"{name}.sql").read_text("utf-8")
            relation = self._connection.execute(query)
            columns = [column[0] for column in relation.description or []]
            self._rows[name] = [
                dict(zip(columns, values, strict=True)) for values in relation.fetchall()
            ]
        return self._rows[name]

    def by_span(self, name: str) -> dict[str, Row]:
        """Return the rows of a query that has one row a span, by the span's name."""
        return {row["name"]: row for row in self.rows(name)}

    def one(self, name: str) -> Row:
        """Return the only row of a query."""
        (row,) = self.rows(name)
        return row

    def hashes(self) -> dict[str, str]:
        """Return query → SHA-256 of the rows that were read."""
        return {
            name: hashlib.sha256(repr(rows).encode()).hexdigest()
            for name, rows in sorted(self._rows.items())
        }
