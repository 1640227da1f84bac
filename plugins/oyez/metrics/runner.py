"""Fills `metric.*` for the client days that changed, each card in its turn.

A metric is one SELECT over `scope_day`; nothing here knows any metric by name. The days to rewrite
flow along the dependencies: a metric rewrites the touched days and the days that the metrics it
reads have rewritten, widened by what its card says it reads around a day. A metric of weeks and
months keeps a period's row under its first day: it rewrites the first days of the periods that hold
such days.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from oyez import resources
from oyez.errors import ConfigError
from oyez.metrics import card as cards
from oyez.metrics import lineage
from oyez.metrics import scope as scope_of
from oyez.metrics.card import Card
from oyez.metrics.scope import TOUCHED, read

_CUTOFF = ("core", "data_cutoff")


def compute(
    connection: duckdb.DuckDBPyConnection,
    scope: Iterable[tuple[str, date]] | None = None,
    *,
    folder: Path | None = None,
) -> dict[str, int]:
    """Recompute the metrics of the touched client days and return the rows written by metric.

    Works inside the caller's transaction: it neither begins nor commits one, and leaves
    `ops.scope` as it is. A metric whose table is new, or whose formula, version or columns changed,
    is computed again for every day with data or coverage.

    Args:
        connection: a warehouse whose core tables are filled and whose core views exist.
        scope: (client_id, local day) that were touched; by default the rows of `ops.scope`.
        folder: metric files and cards; ours by default.

    Raises:
        ConfigError: a card or a query is wrong; fix the file that the message names.
    """
    folder = folder or cards.folder()
    deck = cards.load_all(folder)
    queries = {name: read(folder / f"{name}.sql") for name in deck}
    reads = {name: lineage.tables(query) for name, query in queries.items()}
    create_macros(connection)
    scope_of.touch(connection, scope)
    described = _described(connection)
    written: dict[str, int] = {}
    has_known_days = False
    for name in lineage.order(reads):
        card, query = deck[name], queries[name]
        is_new = _renew(
            connection, card, query, _formula_hash(query, reads[name]), name in described
        )
        _describe(connection, card, {} if is_new else described[name])
        if is_new and not has_known_days:
            scope_of.run(connection, "known_days")
            has_known_days = True
        if is_new:
            _spread(connection, card, [scope_of.KNOWN])
            _spread_periods(connection, card)
        else:
            _widen(connection, deck, card, reads[name])
        written[name] = _rewrite(connection, card, query)
    scope_of.run(connection, "remember_cutoff")
    return written


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the macros of `sql/macros` into the warehouse, replacing older ones."""
    for path in sorted((resources.folder("sql") / "macros").glob("*.sql")):
        connection.execute(read(path))


def _described(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str | None]]:
    """Return metric → column → comment of the tables that are there (the table's own under "")."""
    found: dict[str, dict[str, str | None]] = {}
    for metric, column, comment in scope_of.run(connection, "described").fetchall():
        found.setdefault(metric, {})[column] = comment
    return found


def _widen(
    connection: duckdb.DuckDBPyConnection,
    deck: Mapping[str, Card],
    card: Card,
    reads: frozenset[tuple[str, str]],
) -> None:
    metrics = {table for schema, table in reads if schema == "metric"} - {card.name}
    # Days of a metric of weeks and months are first days: they would widen to other periods.
    same_periods = {name for name in metrics if card.periods and deck[name].periods}
    _spread(connection, card, [TOUCHED, *sorted(metrics - same_periods)])
    if _CUTOFF in reads:
        scope_of.run(connection, "widen_cutoff", metric=card.name, horizon_days=card.horizon_days)
    _spread_periods(connection, card)
    if same_periods:
        scope_of.run(connection, "follow", metric=card.name, upstream=sorted(same_periods))


def _spread(connection: duckdb.DuckDBPyConnection, card: Card, upstream: list[str]) -> None:
    scope_of.run(
        connection,
        "widen",
        metric=card.name,
        upstream=upstream,
        days_before=card.days_before,
        days_after=card.days_after,
    )


def _spread_periods(connection: duckdb.DuckDBPyConnection, card: Card) -> None:
    if card.periods:
        scope_of.run(connection, "widen_periods", metric=card.name, periods=list(card.periods))


def _formula_hash(query: str, refs: frozenset[tuple[str, str]]) -> str:
    # A core view or a macro is part of the formula; comments and line breaks are not.
    views: dict[str, str] = {}
    pending = {table for schema, table in refs if schema == "core"}
    while pending:
        table = pending.pop()
        path = resources.folder("sql") / "core" / f"{table}.sql"
        if table in views or not path.is_file():
            continue
        views[table] = read(path)
        pending |= {t for schema, t in lineage.tables(views[table]) if schema == "core"}
    macros = [read(path) for path in sorted((resources.folder("sql") / "macros").glob("*.sql"))]
    texts = [query, *(views[name] for name in sorted(views)), *macros]
    bare = "\n;\n".join(" ".join(re.sub(r"(?m)^\s*--.*$", "", text).split()) for text in texts)
    return hashlib.sha256(bare.encode()).hexdigest()


def _renew(
    connection: duckdb.DuckDBPyConnection,
    card: Card,
    query: str,
    formula_hash: str,
    is_there: bool,
) -> bool:
    """Make the table anew when it is absent or another formula filled it; tell whether."""
    known = connection.execute(
        "select version, formula_hash from ops.metric_version where metric = $metric",
        {"metric": card.name},
    ).fetchall()
    if is_there and known == [(card.version, formula_hash)]:
        return False
    connection.execute(f"drop table if exists metric.{card.name}")
    types = card.types if card.kind == "state" else _columns(connection, card, query)
    _check_columns(card, list(types))
    typed = ", ".join(f"{name} {kind}" for name, kind in types.items())
    connection.execute(f"create table metric.{card.name} ({typed})")
    connection.execute(
        "delete from ops.metric_version where metric = $metric", {"metric": card.name}
    )
    connection.execute(
        "insert into ops.metric_version by name select $metric as metric, $version as version, "
        "$hash as formula_hash, now() at time zone 'UTC' as computed_at",
        {"metric": card.name, "version": card.version, "hash": formula_hash},
    )
    return True


def _columns(connection: duckdb.DuckDBPyConnection, card: Card, query: str) -> dict[str, str]:
    # Not `create table … as … limit 0`: DuckDB 2.0.0 then hides the rows of a sorted insert of more
    # than a row group (122,880) in the same transaction, and for good (decision 0025).
    try:
        rows = connection.execute(f"describe {query}").fetchall()
    except duckdb.Error as error:
        raise ConfigError(
            f"the query fails: {error}", where=f"{card.name}.sql", action="correct the query"
        ) from error
    return {row[0]: row[1] for row in rows}


def _check_columns(card: Card, given: list[str]) -> None:
    if set(given) != set(card.columns):
        wrong = ", ".join(sorted(set(given) ^ set(card.columns)))
        raise ConfigError(
            f"query and card disagree on the columns: {wrong}",
            where=f"{card.name}.yml",
            action="describe each column of the query in the card, and no other",
        )


def _describe(
    connection: duckdb.DuckDBPyConnection, card: Card, known: Mapping[str, str | None]
) -> None:
    texts = {"": f"{card.title.en}: {card.formula.en}", **card.columns}
    for name, text in texts.items():
        if known.get(name) == text:
            continue
        place = f"column metric.{card.name}.{name}" if name else f"table metric.{card.name}"
        quoted = text.replace("'", "''")
        connection.execute(f"comment on {place} is '{quoted}'")


def _rewrite(connection: duckdb.DuckDBPyConnection, card: Card, query: str) -> int:
    rows = 0
    write = _write_state if card.kind == "state" else _write_days
    # The first days of periods lie apart: a month of them in one pass costs less than one by one.
    gap_days = scope_of.MONTH_DAYS if card.periods else 1
    for _ in scope_of.stretches(connection, card.name, gap_days):
        rows += write(connection, card, query)
    return rows


def _write_days(connection: duckdb.DuckDBPyConnection, card: Card, query: str) -> int:
    scope_of.run(connection, "delete_day", {"metric": card.name})
    return _count(connection.execute(f"insert into metric.{card.name} by name {query}"))


def _write_state(connection: duckdb.DuckDBPyConnection, card: Card, query: str) -> int:
    names = {"metric": card.name, "key": ", ".join(card.grain)}
    connection.execute(f"create or replace temp table run_row as {query}")
    scope_of.run(connection, "outdated", names)
    scope_of.run(connection, "moved", metric=card.name)
    scope_of.run(connection, "delete_state", names)
    return _count(connection.execute(f"insert into metric.{card.name} by name from run_row"))


def _count(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0
