"""Shares a site's daily quota out among the clients of the agency, as `agency.yml` says.

YouTube gives one project 100 searches a day, whoever they are for: without shares the first client
of the morning would use them up. What was spent since the site's own midnight is read from the
landed runs and from upkeep's entries in the journal, so a second run of the day has what the first
one left. Units are the connector's (`Capabilities.quota_unit`): each call says what it costs
(`Web.get(cost=…)`), and a call that the quota does not know costs 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from oyez import journal, landing
from oyez.days import bounds
from oyez.errors import ConfigError
from oyez.sources.catalogue import FILE, connector
from oyez.sources.contract import Query, Spent
from oyez.workspace import Workspace

ALERT_PCT = 80


@dataclass(frozen=True)
class QuotaDay:
    """A site's quota of one of its days, and what the agency has spent of it.

    Attributes:
        kind: the kind of source.
        unit: what is counted, in the plural: searches, calls.
        daily: units a day for all clients together.
        ends_at: naive UTC instant at which the site begins to count anew.
        spent: client id → units.
    """

    kind: str
    unit: str
    daily: int
    ends_at: datetime
    spent: Counter[str]

    @property
    def spent_pct(self) -> int:
        """Whole percents of the quota that are spent, rounded down."""
        return 100 * self.spent.total() // self.daily


def today(workspace: Workspace, kind: str, now: datetime) -> QuotaDay | None:
    """Return where a kind's quota stands, or None: its site has none.

    Args:
        workspace: for the clients' sources and what they landed.
        kind: of source.
        now: naive UTC instant; the site's own day that holds it is meant.
    """
    able = connector(kind).capabilities
    if not able.daily_quota:
        return None
    zone = ZoneInfo(able.quota_zone)
    start, end = bounds(now.replace(tzinfo=UTC).astimezone(zone).date(), zone)
    spent: Counter[str] = Counter()
    for client in workspace.clients.values():
        for source in client.sources:
            if source.kind == kind:
                for run in _runs_between(workspace, client.id, source.id, start, end):
                    cost = landing.manifest(workspace.storage, run).get("spent", {}).get("cost", 0)
                    spent[client.id] += cost
                # Upkeep lands nothing: its calls stand in the journal.
                spent[client.id] += sum(
                    entry.body["cost"]
                    for entry in journal.of(workspace.storage, "spent", client.id)
                    if entry.body["source_id"] == source.id
                    and start <= datetime.fromisoformat(entry.body["at"]) < end
                )
    return QuotaDay(kind, able.quota_unit, able.daily_quota, end, spent)


def allowance(
    workspace: Workspace, kind: str, spending: Spent | None = None, now: datetime | None = None
) -> Callable[[Query], int]:
    """Return a function: query → units that its client may still spend today at this kind.

    A client named in the agency's `allowances` has what it is given; the others share the rest
    equally. Nobody gets more than the site itself has left. A run that was killed has landed
    nothing, so what it spent is not known: then the site's own refusal ends the next one.

    Args:
        workspace: the agency's allowances, its clients, and what they landed.
        kind: of source.
        spending: counts what the collection at hand spends; it is subtracted as it grows.
        now: naive UTC instant; the clock's by default.
    """
    standing = today(workspace, kind, now or datetime.now(UTC).replace(tzinfo=None))
    given = shares(workspace, kind)
    daily = standing.daily if standing else 0
    spent: Counter[str] = standing.spent if standing else Counter()

    def left(query: Query) -> int:
        unspent = min(given.get(query.client_id, 0) - spent[query.client_id], daily - spent.total())
        return max(0, unspent - (spending.cost if spending else 0))

    return left


def shares(workspace: Workspace, kind: str) -> dict[str, int]:
    """Return client id → units of each day, for the clients with a source of this kind."""
    daily = connector(kind).capabilities.daily_quota or 0
    given = workspace.agency.allowances.get(kind, {})
    users = [
        client.id
        for client in workspace.clients.values()
        if any(source.kind == kind for source in client.sources)
    ]
    others = [one for one in users if one not in given]
    rest = max(0, daily - sum(given.values())) // max(1, len(others))
    return {one: given.get(one, rest) for one in users}


def warnings(workspace: Workspace, now: datetime | None = None) -> list[str]:
    """Return a sentence for each kind whose quota of the day is nearly or wholly spent."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    kinds = {
        source.kind
        for client in workspace.clients.values()
        for source in client.sources
        if source.kind != FILE
    }
    told = []
    for kind in sorted(kinds):
        try:
            day = today(workspace, kind, now)
        except ConfigError:
            continue  # an unknown kind is told when it is collected
        if day and day.spent_pct >= ALERT_PCT:
            most, count = day.spent.most_common(1)[0]
            told.append(
                f"{kind}: {day.spent.total()} of {day.daily} {day.unit} of the day are spent "
                f"({day.spent_pct} %), most by {most} ({count}); anew from {day.ends_at:%H:%M} UTC "
                f"→ fewer terms, or other `allowances` in agency.yml"
            )
    return told


def _runs_between(
    workspace: Workspace, client_id: str, source_id: str, start: datetime, end: datetime
) -> Iterator[str]:
    # A run is named after the instant of its collection: only the manifests of the day are read.
    prefix = f"landing/source={source_id}/client={client_id}/"
    first, last = f"{start:%Y%m%dT%H%M%S}", f"{end:%Y%m%dT%H%M%S}"
    for run in landing.runs(workspace.storage, prefix):
        if first <= run.rpartition("run=")[2].partition("-")[0] < last:
            yield run
