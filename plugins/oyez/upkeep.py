"""Upkeep: looks whether what was collected still exists, and lets go of what may no longer be kept.

An item that its site does not have at two looks on different days is withdrawn: its words are
blanked in landing and, at the next publish, in the warehouse; its key stays, so that it is not
taken for new, and it counts nowhere.

Where a site sets a term (`retention_days`), what a run read is let go when the term is over: words,
names and the site's own records go, in landing and in the warehouse; what was counted from them
stays, so no number of any report moves. Both are entries of the journal, and the outcome stands in
landing, so a rebuilt warehouse has the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from oyez import journal, landing
from oyez.config.model import Client, Source
from oyez.enrich.run import outcomes
from oyez.resources import folder
from oyez.sources.catalogue import FILE, connector, query_of
from oyez.sources.contract import Gone, Spent
from oyez.sources.watch import open_source
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

LOOKS = 2
# Upkeep runs once a day, and may fail once: it lets go a day before the term is over.
AHEAD = timedelta(days=1)


def units(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the sources that ask a site: {client_id, source_id, kind}."""
    return [
        {"client_id": client.id, "source_id": source.id, "kind": source.kind}
        for client in workspace.clients.values()
        for source in client.sources
        if source.kind != FILE
    ]


def upkeep(
    workspace: Workspace, client_id: str, source_id: str, *, now: datetime | None = None
) -> dict[str, Any]:
    """Recheck one source of one client, apply its retention, and say what was withdrawn.

    Args:
        workspace: agency, clients and data root.
        client_id: whose source it is.
        source_id: the source.
        now: naive UTC instant; the clock's by default.

    Returns:
        `checked`, `missing` (first look), `withdrawn`: numbers of items; `let_go`: of items, each
        time that a run had read them.

    Raises:
        SourceError: the site did not answer; nothing was withdrawn for that.
    """
    now = now or datetime.now(UTC).replace(tzinfo=None)
    client = workspace.client(client_id)
    source = workspace.source(client_id, source_id)
    outcome = {"checked": 0, "missing": 0, "withdrawn": 0, "let_go": 0}
    if source.kind == FILE:
        return outcome
    able = connector(source.kind).capabilities
    if able.retention_days:
        term = timedelta(days=able.retention_days) - AHEAD
        outcome["let_go"] = _let_go(workspace, client, source, now - term)
    if able.recheck_days:
        recent = _items(
            workspace, client, source, "upkeep_recent", now - timedelta(days=able.recheck_days)
        )
        _look(workspace, client, source, recent, now, outcome)
    return outcome


def _let_go(workspace: Workspace, client: Client, source: Source, limit: datetime) -> int:
    """Let go of all that was read before an instant; return how many items that were."""
    count = 0
    for run in _runs(workspace, client, source.id):
        name = hashlib.sha256(run.encode()).hexdigest()
        if workspace.storage.exists(f"journal/let_go/{client.id}/{name}.json"):
            continue
        manifest = landing.manifest(workspace.storage, run)
        if datetime.fromisoformat(manifest["collected_at"]) > limit:
            continue
        found = {} if manifest.get("let_go") else outcomes(workspace, run)
        landing.let_go(workspace.storage, run, found)
        # Last: killed before, the next upkeep finishes what this one began.
        journal.record(workspace.storage, "let_go", client.id, name, {"run": run})
        count += len(found)
    return count


def _runs(workspace: Workspace, client: Client, source_id: str) -> list[str]:
    return landing.runs(workspace.storage, f"landing/source={source_id}/client={client.id}/")


def _look(
    workspace: Workspace,
    client: Client,
    source: Source,
    items: list[dict[str, Any]],
    now: datetime,
    outcome: dict[str, int],
) -> None:
    site = open_source(workspace, client, source, Spent())
    recheck = getattr(site, "recheck", None)
    if recheck is None or not items:
        return
    by_id = {item["native_id"]: item for item in items}
    outcome["checked"] = len(by_id)
    gone = []
    for answer in recheck(query_of(client, source), list(by_id)):
        if isinstance(answer, Gone) and answer.native_id in by_id:
            gone.append(by_id[answer.native_id])
    for item in gone:
        day = now.date().isoformat()
        journal.record(
            workspace.storage, "miss", client.id, f"{item['item_id']}-{day}", {"day": day}
        )
    looks = _misses(workspace, client.id)
    confirmed = [item for item in gone if looks.get(item["item_id"], 0) >= LOOKS]
    outcome["missing"] = len(gone) - len(confirmed)
    outcome["withdrawn"] = _withdraw(workspace, client, source, confirmed)


def _misses(workspace: Workspace, client_id: str) -> dict[str, int]:
    """Return item id → days on which it was found missing."""
    looks: dict[str, int] = {}
    for key in workspace.storage.list(f"journal/miss/{client_id}/"):
        item_id = key.rsplit("/", 1)[1][:64]
        looks[item_id] = looks.get(item_id, 0) + 1
    return looks


def _withdraw(
    workspace: Workspace, client: Client, source: Source, items: Iterable[dict[str, Any]]
) -> int:
    """Blank the items' words in landing and record their withdrawal; return how many are new."""
    count = 0
    native_ids = set()
    for item in items:
        count += journal.record(
            workspace.storage,
            "withdrawal",
            client.id,
            item["item_id"],
            {"item_id": item["item_id"], "reason": "gone"},
        )
        native_ids.add(item["native_id"])
    # Every run, since each of them may have read the item again. Redacting twice is harmless, so a
    # kill between the two is healed by the next upkeep.
    for run in _runs(workspace, client, source.id) if native_ids else ():
        landing.redact(workspace.storage, run, native_ids)
    return count


def _items(
    workspace: Workspace, client: Client, source: Source, query: str, limit: datetime
) -> list[dict[str, Any]]:
    connection = open_snapshot(workspace.storage)
    try:
        relation = connection.execute(
            (folder("sql") / "upkeep" / f"{query}.sql").read_text("utf-8"),
            {"client_id": client.id, "source_id": source.id, "limit_at": limit},
        )
        columns = [column[0] for column in relation.description or []]
        return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    finally:
        connection.close()
