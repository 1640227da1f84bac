"""Upkeep: looks whether what was collected still exists, and lets go of what may no longer be kept.

An item that its site does not have at two looks on different days, and that was not seen between
them, is withdrawn: its words are blanked in landing and, at the next publish, in the warehouse; its
key stays, so that it is not taken for new, and it counts nowhere but in a report as of an instant
before (`--as-of`). What is the same post for certain (a strong original) and came through another
source is withdrawn with it: the deletion was the writer's, whoever delivered his words.

Where a site sets a term (`retention_days`), what a run read is let go when the term is over: words,
names and the site's own records go, in landing and in the warehouse; what was counted from them
stays, so no number of any report moves. Both are entries of the journal, and the outcome stands in
landing, so a rebuilt warehouse has the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from oyez import journal, landing
from oyez.config.model import Client, Source
from oyez.enrich.run import outcomes
from oyez.errors import DataError
from oyez.resources import folder
from oyez.sources.catalogue import FILE, connector, query_of
from oyez.sources.contract import Gone, Spent
from oyez.sources.memory import remembered
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
        `checked`, `missing` (first look), `withdrawn` (copies through other sources included):
        numbers of items; `let_go`: of items, each time that a run had read them. What an earlier
        look of the same day has checked is not asked again.

    Raises:
        SourceError: the site did not answer, or no longer; what it said until then is kept, and the
            next look of the day goes on behind it.
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
        recent = _asked(
            workspace,
            "upkeep_recent",
            client_id=client.id,
            source_id=source.id,
            limit_at=now - timedelta(days=able.recheck_days),
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
    spent = Spent()
    site = open_source(workspace, client, source, spent)
    recheck = getattr(site, "recheck", None)
    if recheck is None or not items:
        return
    today = now.date()
    misses = _misses(workspace, client.id, items)
    confirmed: list[dict[str, Any]] = []
    done = workspace.work_dir / "memory" / f"{client.id}__{source.id}.looked.json"
    with remembered(done) as looked:
        by_id = {one["native_id"]: one for one in items}
        for old in [one for one in looked if one not in by_id]:
            del looked[old]
        waiting = {one: item for one, item in by_id.items() if looked.get(one) != today.isoformat()}
        # The longest unseen come first, so that a site of few calls is gone through in some days.
        asked = sorted(waiting, key=lambda one: looked.get(one, ""))
        try:
            for answer in recheck(query_of(client, source), asked) if asked else ():
                item = waiting.pop(answer.native_id, None)
                if item is None:
                    continue
                outcome["checked"] += 1
                known = misses.get(item["item_id"], set())
                if not isinstance(answer, Gone):
                    _seen(workspace, client, item, known, today)
                elif len(_missed(workspace, client, item, known, today)) >= LOOKS:
                    confirmed.append(item)
                else:
                    outcome["missing"] += 1
                looked[item["native_id"]] = today.isoformat()
            # Some sites name what is gone and nothing else: the rest of a whole answer is there.
            for item in waiting.values():
                outcome["checked"] += 1
                _seen(workspace, client, item, misses.get(item["item_id"], set()), today)
                looked[item["native_id"]] = today.isoformat()
        finally:
            # By an error too: what was found and spent until then stays found and spent.
            _keep_spent(workspace, client, source, spent, now)
            outcome["withdrawn"] = _withdraw(workspace, client, source, confirmed)


def _missed(
    workspace: Workspace, client: Client, item: dict[str, Any], known: set[date], today: date
) -> set[date]:
    """Record at once that an item was not there; return the days since it was seen last."""
    name = f"{item['item_id']}-{today.isoformat()}"
    journal.record(workspace.storage, "miss", client.id, name, {"day": today.isoformat()})
    return known | {today}


def _seen(
    workspace: Workspace, client: Client, item: dict[str, Any], known: set[date], today: date
) -> None:
    """Record that an item which had been missed is there again: its misses no longer count."""
    if known:
        name = f"{item['item_id']}-{today.isoformat()}"
        journal.record(workspace.storage, "sighting", client.id, name, {"day": today.isoformat()})


def _misses(
    workspace: Workspace, client_id: str, items: Iterable[dict[str, Any]]
) -> dict[str, set[date]]:
    """Return item id → days on which it was found missing since it was last seen or collected."""
    missed = _days(workspace, "miss", client_id)
    seen = _days(workspace, "sighting", client_id)
    since = {}
    for item in items:
        item_id = item["item_id"]
        sighted = max(seen.get(item_id, ()), default=date.min)
        days = {
            day
            for day in missed.get(item_id, ())
            # It may have been read and deleted on one day; a look sees one or the other.
            if day > sighted and day >= item["collected_at"].date()
        }
        if days:
            since[item_id] = days
    return since


def _days(workspace: Workspace, kind: str, client_id: str) -> dict[str, set[date]]:
    days: dict[str, set[date]] = {}
    for key in workspace.storage.list(f"journal/{kind}/{client_id}/"):
        item_id, _, day = key.rsplit("/", 1)[1].removesuffix(".json").partition("-")
        days.setdefault(item_id, set()).add(date.fromisoformat(day))
    return days


def _keep_spent(
    workspace: Workspace, client: Client, source: Source, spent: Spent, now: datetime
) -> None:
    """Record the calls of a look, which lands nothing, for quotas and invoices."""
    if spent.calls:
        body = {
            "source_id": source.id,
            "at": now.isoformat(),
            "calls": spent.calls,
            "cost": spent.cost,
            "bytes": spent.bytes,
        }
        journal.record(
            workspace.storage, "spent", client.id, f"{source.id}-{now:%Y%m%dT%H%M%S%f}", body
        )


def _withdraw(
    workspace: Workspace, client: Client, source: Source, items: list[dict[str, Any]]
) -> int:
    """Withdraw items and all that is the same post for certain; return how many are new."""
    storage = workspace.storage
    # Words first: killed before the journal knows, the next look finds them missing once more.
    _redact(workspace, client, source.id, {item["native_id"] for item in items})
    count = 0
    for item in items:
        body = {"item_id": item["item_id"], "reason": "gone"}
        if item["is_strong_original"]:
            body["original_id"] = item["original_id"]
        count += journal.record(storage, "withdrawal", client.id, item["item_id"], body)
    gone = {
        entry.body["original_id"]: entry.recorded_at
        for entry in journal.of(storage, "withdrawal", client.id)
        if entry.body.get("original_id") and entry.body["reason"] == "gone"
    }
    if not gone:
        return count
    # Those too that came after the withdrawal, in an export of last month.
    copies: dict[str, list[dict[str, Any]]] = {}
    for copy in _asked(workspace, "copies", client_id=client.id, original_ids=sorted(gone)):
        if not storage.exists(f"journal/withdrawal/{client.id}/{copy['item_id']}.json"):
            copies.setdefault(copy["source_id"], []).append(copy)
    for source_id, found in copies.items():
        _redact(workspace, client, source_id, {one["native_id"] for one in found})
        for one in found:
            body = {
                "item_id": one["item_id"],
                "reason": "copy",
                "original_id": one["original_id"],
                "withdrawn_at": gone[one["original_id"]].isoformat(),
            }
            count += journal.record(storage, "withdrawal", client.id, one["item_id"], body)
    return count


def _redact(workspace: Workspace, client: Client, source_id: str, native_ids: set[str]) -> None:
    # Every run, since each of them may have read the item again.
    for run in _runs(workspace, client, source_id) if native_ids else ():
        landing.redact(workspace.storage, run, native_ids, partial(_outcomes, workspace, run))


def _outcomes(workspace: Workspace, run: str) -> dict[str, dict[str, Any]]:
    try:
        return outcomes(workspace, run)
    except DataError:
        return {}  # a redaction that was killed left a page that only the next one reads


def _asked(workspace: Workspace, query: str, **values: Any) -> list[dict[str, Any]]:
    connection = open_snapshot(workspace.storage)
    try:
        relation = connection.execute(
            (folder("sql") / "upkeep" / f"{query}.sql").read_text("utf-8"), values
        )
        columns = [column[0] for column in relation.description or []]
        return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    finally:
        connection.close()
