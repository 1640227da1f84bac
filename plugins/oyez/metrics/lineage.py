"""What a query reads, told by DuckDB's own parser."""

from __future__ import annotations

import graphlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import duckdb

from oyez.errors import ConfigError


@cache  # a core view is part of several formulas
def tables(query: str) -> frozenset[tuple[str, str]]:
    """Return the (schema, table) pairs that a query names; the schema of a bare name is empty.

    Raises:
        ConfigError: the query does not parse; fix the file it comes from.
    """
    ask = "select json_serialize_sql($query)"
    row = _parser().cursor().execute(ask, {"query": query}).fetchone()
    tree = json.loads(row[0]) if row else {}
    if tree.get("error"):
        raise ConfigError(f"the query does not parse: {tree.get('error_message')}")
    return frozenset(_walk(tree))


def order(reads: Mapping[str, frozenset[tuple[str, str]]]) -> list[str]:
    """Return the metrics so that each follows those it reads; ties are broken by name.

    A metric that reads its own table (a state table) does not follow itself.

    Raises:
        ConfigError: metrics read each other in a circle, or one reads a metric that is none.
    """
    graph = {
        name: {table for schema, table in refs if schema == "metric" and table != name}
        for name, refs in sorted(reads.items())
    }
    for name, needed in graph.items():
        unknown = sorted(needed - graph.keys())
        if unknown:
            raise ConfigError(
                f"the metric {name} reads metric.{unknown[0]}, which no file defines",
                where=f"{name}.sql",
                action="correct the name, or write its file and card",
            )
    sorter = graphlib.TopologicalSorter(graph)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        circle = " → ".join(error.args[1])
        raise ConfigError(
            f"metrics read each other in a circle: {circle}",
            action="let one of them read core instead",
        ) from error
    ordered: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += ready
        sorter.done(*ready)
    return ordered


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    # Opening a database costs more than parsing a hundred queries.
    return duckdb.connect()


def _walk(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            yield node["schema_name"], node["table_name"]
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)
