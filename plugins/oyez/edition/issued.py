"""The reports that were issued: which of them read a day, and which are stale since late data came.

An edition reads its own period and the two that it prints beside it. The thirteen periods of its
charts are left out: a chart of a year ago is not restated for a bar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from oyez.days import Period, period_holding
from oyez.edition import store
from oyez.edition.model import Key
from oyez.resources import folder
from oyez.workspace import Workspace

_SCHEMA = pa.schema(
    [
        ("number", pa.int32()),
        ("client_id", pa.string()),
        ("brand_id", pa.string()),
        ("start_day", pa.date32()),
        ("end_day", pa.date32()),
        ("known_at", pa.timestamp("us")),
    ]
)


@dataclass(frozen=True)
class Issued:
    """The last revision of a report that was kept, and the days that it is about."""

    key: Key
    period: Period
    prefix: str

    @property
    def unit(self) -> dict[str, Any]:
        """What `line.editions` builds it again from."""
        return {
            "client_id": self.key.client,
            "report_id": self.key.report,
            "start": self.period.start.isoformat(),
            "end": self.period.end.isoformat(),
        }

    def reads(self, first: date, last: date) -> bool:
        """Tell whether its period, or one that is printed beside it, has a day of a range."""
        spans = (self.period, self.period.previous, self.period.last_year)
        return any(span.start <= last and span.end >= first for span in spans)


@dataclass(frozen=True)
class Stale:
    """A report that items came too late for.

    Attributes:
        issued: the report.
        item_count: items of its period that the last publish brought.
        first: first local day of such an item.
        last: last one.
    """

    issued: Issued
    item_count: int
    first: date
    last: date


def issued(workspace: Workspace, client_id: str) -> Iterator[Issued]:
    """Yield the last revision of each report of a client that can be built again.

    One of a report, brand or language that the client's file does not ask for any more cannot.
    """
    if client_id in workspace.broken:
        return
    client = workspace.client(client_id)
    reports = {one.id: one for one in client.reports}
    prefixes: dict[str, str] = {}
    for name in workspace.storage.list(f"editions/{client_id}/"):
        if name.endswith("/edition.json"):
            revision = name.removesuffix("/edition.json")
            prefixes[revision.rpartition("/")[0]] = revision  # the last one of an ordered list
    for prefix in prefixes.values():
        _, _, report_id, scope, locale, days, _ = prefix.split("/")
        report = reports.get(report_id)
        if report is None:
            continue
        settings = workspace.settings(client_id, report_id)
        if (scope, locale) != (report.scope or client.brands[0].id, settings.locale):
            continue
        start, end = (date.fromisoformat(one) for one in days.split("--"))
        held = period_holding(report.cadence, end, settings.week_starts)
        is_whole = held is not None and (held.start, held.end) == (start, end)
        period = held if held and is_whole else Period("custom", start, end)
        key = Key(client=client_id, report=report_id, scope=scope, locale=locale, period=days)
        yield Issued(key, period, prefix)


def stale(workspace: Workspace, connection: duckdb.DuckDBPyConnection) -> list[Stale]:
    """Return the reports that were issued before the last publish brought items of their period.

    Args:
        workspace: kept editions.
        connection: the present snapshot.

    Returns:
        In the order of clients, reports and periods.
    """
    brought: dict[str, set[date]] = {}
    for client_id, day in connection.execute(_sql("brought")).fetchall():
        brought.setdefault(client_id, set()).add(day)
    touched = [
        one
        for client_id in sorted(brought.keys() & workspace.clients.keys())
        for one in issued(workspace, client_id)
        if any(one.period.start <= day <= one.period.end for day in brought[client_id])
    ]
    rows = [
        {
            "number": number,
            "client_id": one.key.client,
            "brand_id": one.key.scope,
            "start_day": one.period.start,
            "end_day": one.period.end,
            "known_at": known,
        }
        for number, one in enumerate(touched)
        if (known := _known_at(workspace, one))
    ]
    connection.register("issued_edition", pa.Table.from_pylist(rows, schema=_SCHEMA))
    found = connection.execute(_sql("stale")).fetchall()
    return [Stale(touched[number], count, first, last) for number, count, first, last in found]


def _known_at(workspace: Workspace, one: Issued) -> datetime | None:
    made = store.provenance_of(workspace.storage, one.prefix)
    known = made.get("data_until")
    return datetime.fromisoformat(known) if known else None


def _sql(name: str) -> str:
    return (folder("sql") / "changes" / f"{name}.sql").read_text("utf-8")
