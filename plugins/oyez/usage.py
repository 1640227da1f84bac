"""Says what collecting cost, by client, source and month, and warns before a budget is spent.

Agencies invoice by it: calls, units of a site's quota and items, each beside what may be spent.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime

from oyez.config.model import Source
from oyez.errors import ConfigError, DataError
from oyez.resources import folder
from oyez.sources import quota
from oyez.sources.catalogue import FILE, connector
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace


@dataclass(frozen=True)
class Usage:
    """What one source of one client cost in one month.

    Attributes:
        month: its first day; months are UTC, as the collections are timed.
        client_id: whose source it is.
        source_id: the source.
        kind: what it is, or None: the client's file no longer has it.
        collections: landed runs and imported files.
        calls: requests over the network.
        units: what these cost of the site's daily quota.
        bytes: received.
        items: rows that were read.
        quarantined: rows that could not be read.
        budget: what may be spent in the month, or None: nothing sets a limit.
        budget_of: `calls` (the source's own `monthly_calls`), or the quota's unit (the client's
            share of each day, times the days of the month).
    """

    month: date
    client_id: str
    source_id: str
    kind: str | None
    collections: int
    calls: int
    units: int
    bytes: int
    items: int
    quarantined: int
    budget: int | None
    budget_of: str | None

    @property
    def spent_pct(self) -> int | None:
        """Whole percents of the budget that are spent, rounded down; None without a budget."""
        if not self.budget:
            return None
        return 100 * (self.calls if self.budget_of == "calls" else self.units) // self.budget


def usage(workspace: Workspace, month: date | None = None) -> list[Usage]:
    """Return what collecting cost, by month, client and source.

    Args:
        workspace: for the last snapshot, budgets and allowances.
        month: any day of one month; by default all months.

    Raises:
        DataError: nothing was published yet.
    """
    first = month.replace(day=1) if month else None
    connection = open_snapshot(workspace.storage)
    try:
        query = (folder("sql") / "usage" / "month.sql").read_text("utf-8")
        rows = connection.execute(query, {"first": first, "last": first}).fetchall()
    finally:
        connection.close()
    found = []
    for day, client_id, source_id, collections, *counts in rows:
        calls, units, size, items, quarantined = (int(one or 0) for one in counts)
        kind, budget, budget_of = _budget(workspace, client_id, source_id, day)
        found.append(
            Usage(
                month=day,
                client_id=client_id,
                source_id=source_id,
                kind=kind,
                collections=collections,
                calls=calls,
                units=units,
                bytes=size,
                items=items,
                quarantined=quarantined,
                budget=budget,
                budget_of=budget_of,
            )
        )
    return found


def warnings(workspace: Workspace, now: datetime | None = None) -> list[str]:
    """Return a sentence for each quota of the day and budget of the month that is 80 % spent.

    Args:
        workspace: for what was landed and published.
        now: naive UTC instant; the clock's by default.
    """
    now = now or datetime.now(UTC).replace(tzinfo=None)
    told = quota.warnings(workspace, now)
    if not any(
        one.monthly_calls for client in workspace.clients.values() for one in client.sources
    ):
        return told
    try:
        rows = usage(workspace, now.date())
    except DataError:
        return told  # nothing was published yet
    for one in rows:
        source = _source(workspace, one.client_id, one.source_id)
        if source and source.monthly_calls and (one.spent_pct or 0) >= quota.ALERT_PCT:
            told.append(
                f"client {one.client_id}, source {one.source_id}: {one.calls:,} of "
                f"{one.budget:,} calls of {one.month:%Y-%m} are made ({one.spent_pct} %) → fewer "
                f"terms, or another `monthly_calls` in clients/{one.client_id}.yml"
            )
    return told


def _budget(
    workspace: Workspace, client_id: str, source_id: str, month: date
) -> tuple[str | None, int | None, str | None]:
    """Return a source's kind, what it may spend in a month, and of what."""
    source = _source(workspace, client_id, source_id)
    if source is None:
        return None, None, None
    if source.monthly_calls:
        return source.kind, source.monthly_calls, "calls"
    if source.kind == FILE:
        return FILE, None, None
    try:
        able = connector(source.kind).capabilities
    except ConfigError:
        return source.kind, None, None  # no such connector any more
    if not able.daily_quota:
        return source.kind, None, None
    share = quota.shares(workspace, source.kind)[client_id]
    days = monthrange(month.year, month.month)[1]
    # A quota's units may be called calls too: they are not those of a `monthly_calls`.
    return source.kind, share * days, f"{able.quota_unit} of the quota"


def _source(workspace: Workspace, client_id: str, source_id: str) -> Source | None:
    client = workspace.clients.get(client_id)
    return next((one for one in client.sources if one.id == source_id), None) if client else None
