"""What the terms of the sites let a report print of each source's items.

A source stands under the terms of every kind of site that it ever delivered from; a kind that is no
longer installed is treated as one that allows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from oyez.config.model import Client
from oyez.edition.model import Credit
from oyez.errors import ConfigError
from oyez.resources import folder
from oyez.sources.catalogue import FILE, connector

_SCHEMA = pa.schema(
    [
        ("source_id", pa.string()),
        ("site", pa.string()),
        ("may_show_text", pa.bool_()),
        ("may_show_author", pa.bool_()),
    ]
)


@dataclass
class Terms:
    """What may be printed of a source's items, and whom a report must name for them."""

    site: str
    may_show_text: bool = True
    may_show_author: bool = True
    credits: list[Credit] = field(default_factory=list)


def terms(connection: duckdb.DuckDBPyConnection, client: Client) -> dict[str, Terms]:
    """Return source id → its terms, for all sources that a client has or had."""
    kinds: dict[str, set[str]] = {one.id: {one.kind} for one in client.sources}
    delivered = connection.execute(_sql("source_kinds"), {"client_id": client.id}).fetchall()
    for source_id, kind in delivered:
        known = kinds.setdefault(source_id, set())
        if kind:
            known.add(kind)
    names = {one.id: one.name or one.id for one in client.sources}
    found = {one: _strictest(names.get(one, one), sorted(kinds[one])) for one in sorted(kinds)}
    for source in client.sources:
        found[source.id].may_show_text &= source.may_quote
        found[source.id].may_show_author &= source.may_name_authors
    return found


def register(
    connection: duckdb.DuckDBPyConnection, client_id: str, allowed: dict[str, Terms]
) -> None:
    """Give the report's queries `report_terms`, `report_withheld` and `report_nameless`."""
    rows = [
        {
            "source_id": source_id,
            "site": one.site,
            "may_show_text": one.may_show_text,
            "may_show_author": one.may_show_author,
        }
        for source_id, one in allowed.items()
    ]
    connection.register("report_terms", pa.Table.from_pylist(rows, schema=_SCHEMA))
    connection.execute("set variable client_id = ?", [client_id])
    connection.execute(_sql("withheld"))


def credits(allowed: dict[str, Terms], contributed: Iterable[str]) -> list[Credit]:
    """Return whom the report must name, each once, for the sources whose items it counts."""
    found = {
        one.text: one for name in contributed if name in allowed for one in allowed[name].credits
    }
    return [found[text] for text in sorted(found)]


def _strictest(name: str, kinds: list[str]) -> Terms:
    if not kinds:
        return Terms(name, may_show_text=False, may_show_author=False)
    joined = Terms(name)
    for kind in kinds:
        if kind == FILE:
            continue
        try:
            cls = connector(kind)
        except ConfigError:
            return Terms(kind, may_show_text=False, may_show_author=False)
        able = cls.capabilities
        joined.site = cls.title
        joined.may_show_text &= able.may_show_text
        joined.may_show_author &= able.may_show_author
        if able.attribution:
            credit = Credit(text=able.attribution.text, url=able.attribution.url)
            joined.credits.append(credit)
    return joined


def _sql(name: str) -> str:
    return (folder("sql") / "report" / "before" / f"{name}.sql").read_text("utf-8")
