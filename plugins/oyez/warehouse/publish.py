"""Publishes: folds what was staged into the warehouse, computes the metrics, swaps the snapshot.

One transaction holds all of it, checks included (law 13): it commits whole or leaves no trace, and
what was staged stays staged until then. When nothing is new, nothing is published.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from oyez import journal, landing
from oyez.config.model import Client
from oyez.days import calendar_rows
from oyez.enrich.again import waiting as waiting_judgements
from oyez.enrich.run import MANIFEST as ENRICHED
from oyez.enrich.tables import TABLES as ENRICHED_TABLES
from oyez.errors import DataError
from oyez.metrics import checks, runner
from oyez.resources import folder
from oyez.stage.tables import TABLES
from oyez.storage import Storage
from oyez.warehouse import checked, connect, expected, migrate, snapshot
from oyez.warehouse.rewrite import rewrite
from oyez.workspace import Workspace

Progress = Callable[[str], None]
_CENT = Decimal("0.01")
_IDS = pa.schema([("client_id", pa.string())])


def _sql() -> Path:
    return folder("sql") / "publish"


def publish(
    workspace: Workspace,
    *,
    days: dict[str, date] | None = None,
    scope: Iterable[tuple[str, date]] = (),
    progress: Progress = lambda _: None,
    restage: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """Publish everything that is staged, and return what was done.

    Args:
        workspace: agency, clients and data root.
        days: client id → local day that the run covers; the calendar reaches at least that far.
        scope: (client id, local day) whose metrics are computed again though nothing came for them.
        progress: told what happens, in a few words each time.
        restage: stages every landed run again; called while nobody else can publish, and the
            warehouse then starts empty instead of from the one at hand.

    Returns:
        `publish_id` (None when nothing was new), `batch_count`, `item_count`, `day_count`,
        `metrics` (metric → rows written), `warnings` (checks that warn, and what sources were
        expected to give and did not).

    Raises:
        DataError: a check failed, or staged files vanished; the warehouse is unchanged.
    """
    with connect.writer_lock(workspace):
        live = workspace.work_dir / connect.LIVE
        if restage:
            restage()
            for stale in (live, live.with_name(live.name + ".wal")):
                stale.unlink(missing_ok=True)
        else:
            _restore_live(workspace.storage, live)
        connection = connect.open_live(live)
        try:
            migrated = migrate.migrate(connection)
            outcome = _transact(
                connection, workspace, days or {}, sorted(set(scope)), bool(migrated), progress
            )
            if outcome["publish_id"]:
                connection.execute("checkpoint")
            last = connection.execute(
                "select publish_id from ops.publish order by published_at desc, publish_id limit 1"
            ).fetchall()
        finally:
            connection.close()
        erasing = workspace.work_dir / connect.ERASING
        if erasing.exists():
            progress("writing the warehouse anew, without what was let go of")
            rewrite(live)
        if last and connect.current_snapshot(workspace.storage) != last[0][0]:
            progress("swapping the snapshot")
            snapshot.swap(workspace.storage, last[0][0], live)
        if erasing.exists():
            snapshot.drop_older(workspace.storage)
            live.with_suffix(".restoring").unlink(missing_ok=True)
            # Last: a kill before is healed by the next publish.
            erasing.unlink()
        _clear_stage(workspace.storage, outcome.pop("batches"))
        for prefix in outcome.pop("judgements"):
            for key in list(workspace.storage.list(f"{prefix}/")):
                workspace.storage.delete(key)
        return outcome


def _transact(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    days: dict[str, date],
    scope: list[tuple[str, date]],
    is_migrated: bool,
    progress: Progress,
) -> dict[str, Any]:
    storage = workspace.storage
    known = {row[0] for row in connection.execute("select batch_id from ops.batch").fetchall()}
    staged = _staged(storage)
    _refuse_lost(storage, known, staged)
    pending = [batch for batch in staged if batch not in known and staged[batch]]
    waiting = [one for one in pending if landing.client_of(one) not in workspace.clients]
    pending = [one for one in pending if one not in waiting]
    published = [batch for batch in staged if batch in known and staged[batch]]
    again = waiting_judgements(storage)
    connection.begin()
    try:
        migrate.define(connection)
        _show(connection, storage, "staged", [f"stage/{_tail(one)}" for one in pending])
        is_changed = _fold_journal(connection, storage)
        is_changed |= _describe(connection, workspace, _asked(days, scope))
        _touch(connection, scope)
        outcome: dict[str, Any] = {
            "publish_id": None,
            "batch_count": len(pending),
            "item_count": 0,
            "day_count": 0,
            "metrics": {},
            "warnings": _unconfigured(waiting),
            "batches": published,
            "judgements": again,
        }
        if not (pending or again or is_changed or is_migrated or _count(connection, "ops.scope")):
            outcome["warnings"] += expected.told(connection, days)
            connection.rollback()
            return outcome
        publish_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        if again:
            progress("taking over judgements")
            _take_over(connection, storage, again)
        if pending:
            progress(f"publishing {len(pending)} batches")
            for path in sorted(_sql().glob("*.sql")):
                connection.execute(path.read_text("utf-8"))
            connection.execute(
                "insert into ops.batch by name select *, ? as publish_id from staged_batch",
                [publish_id],
            )
            outcome["item_count"] = _count(connection, "incoming")
        for path in sorted((_sql() / "always").glob("*.sql")):
            connection.execute(path.read_text("utf-8"))
        outcome["day_count"] = _count(connection, "(select distinct client_id, day from ops.scope)")
        progress(f"computing metrics of {outcome['day_count']} client days")
        outcome["metrics"] = runner.compute(connection)
        migrate.define_for_people(connection)
        progress("checking")
        checked_all = checks.run(connection)
        results = [result for result in checked_all if not result.passed]
        failed = [result for result in results if result.severity == "fail"]
        if failed:
            raise DataError(
                "; ".join(str(result) for result in failed),
                where="checks before the publish",
                action="nothing was published; correct the source data or report the check",
            )
        outcome["warnings"] += [str(result) for result in results]
        checked.keep(connection, publish_id, checked_all)
        outcome["warnings"] += expected.told(connection, days)
        connection.execute("delete from ops.scope")
        connection.execute(
            "insert into ops.publish values (?, ?, ?, ?, ?)",
            [
                publish_id,
                datetime.now(UTC).replace(tzinfo=None),
                len(pending),
                outcome["item_count"],
                outcome["day_count"],
            ],
        )
        if any(_count(connection, gone) for gone in ("withdrawing", "letting_go", "unquoting")):
            (workspace.work_dir / connect.ERASING).touch()
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    outcome["publish_id"] = publish_id
    outcome["batches"] = published + pending
    return outcome


def _unconfigured(batches: list[str]) -> list[str]:
    clients = sorted({landing.client_of(batch) for batch in batches})
    return [
        f"client {client}: {sum(landing.client_of(one) == client for one in batches)} staged "
        f"batches wait → mend or restore clients/{client}.yml"
        for client in clients
    ]


def _restore_live(storage: Storage, live: Path) -> None:
    # The live file is scratch: a machine that lacks it starts from the last snapshot.
    current = connect.current_snapshot(storage)
    if live.exists() or current is None:
        return
    live.parent.mkdir(parents=True, exist_ok=True)
    partial = live.with_suffix(".restoring")
    partial.write_bytes(storage.read(connect.snapshot_key(current)))
    partial.replace(live)


def _staged(storage: Storage) -> dict[str, list[Path]]:
    """Return the staged batches, each with its Parquet files (none once they were published)."""
    batches: dict[str, list[Path]] = {}
    manifests = []
    for key in storage.list("stage/"):
        batch, _, name = key.removeprefix("stage/").rpartition("/")
        if name == ENRICHED:
            manifests.append(batch)
        elif name.endswith(".parquet"):
            batches.setdefault(batch, []).append(storage.local(key))
    # Without that manifest a batch is still being staged or enriched, or its writer was killed.
    return {f"landing/{batch}": batches.get(batch, []) for batch in manifests}


def _refuse_lost(storage: Storage, known: set[str], staged: dict[str, list[Path]]) -> None:
    lost = [batch for batch, files in staged.items() if batch not in known and not files]
    if lost:
        raise DataError(
            f"{len(lost)} published batches are in neither the warehouse nor the staging area "
            f"(the first: {lost[0]})",
            action="run `oyez rebuild`: it makes the warehouse again from landing and journal",
        )


def _show(
    connection: duckdb.DuckDBPyConnection, storage: Storage, kind: str, prefixes: list[str]
) -> None:
    """Show the files under some key prefixes as relations named `staged_item`, `judged_score`."""
    for name, schema in {**TABLES, **ENRICHED_TABLES}.items():
        paths = [
            str(storage.local(key))
            for prefix in prefixes
            # Staged before an update that added the table: nothing of it was known then.
            if storage.exists(key := f"{prefix}/{name}.parquet")
        ]
        if paths:
            connection.register(f"{kind}_{name}", connection.read_parquet(paths))
        else:
            connection.register(f"{kind}_{name}", schema.empty_table())


def _take_over(
    connection: duckdb.DuckDBPyConnection, storage: Storage, prefixes: list[str]
) -> None:
    _show(connection, storage, "judged", prefixes)
    for name in ("again/judged.sql", "35_reply.sql"):
        connection.execute((_sql() / name).read_text("utf-8"))


def _tail(batch: str) -> str:
    return batch.removeprefix("landing/")


def _asked(days: dict[str, date], scope: list[tuple[str, date]]) -> dict[str, list[date]]:
    asked = {client: [day] for client, day in days.items()}
    for client, day in scope:
        asked.setdefault(client, []).append(day)
    return asked


def _touch(connection: duckdb.DuckDBPyConnection, scope: list[tuple[str, date]]) -> None:
    connection.execute(
        "insert into ops.scope select unnest($clients), unnest($days)",
        {"clients": [client for client, _ in scope], "days": [day for _, day in scope]},
    )


def _describe(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, asked: dict[str, list[date]]
) -> bool:
    """Write clients, brands, calendars and sources as configured; return whether any changed.

    Those of a client whose file has problems stay as they are.
    """
    clients, brands, calendar, sources, weights = [], [], [], [], []
    for client in workspace.clients.values():
        clients.append(
            {
                "client_id": client.id,
                "client_name": client.name,
                "timezone": client.timezone,
                "locale": client.locale or workspace.agency.defaults.locale,
            }
        )
        brands += list(_brand_rows(client))
        weights += [
            {
                "client_id": client.id,
                "component": component,
                "weight": weight.quantize(_CENT),
                "minimum_n": client.minimum_n or workspace.agency.defaults.minimum_n,
            }
            for component, weight in client.reputation_index.weights.items()
        ]
        sources += [
            {
                "client_id": client.id,
                "source_id": source.id,
                "source_name": source.name,
                "kind": source.kind,
                "expected": source.expected,
                "minimum_rows": source.minimum_rows,
            }
            for source in client.sources
        ]
        span = _span(connection, client.id, asked.get(client.id, []))
        if span:
            calendar += list(calendar_rows(client, *span))
    configured = {
        "client": clients,
        "brand": brands,
        "calendar": calendar,
        "source": sources,
        "reputation_weight": weights,
    }
    for table, rows in configured.items():
        schema = connection.table(f"core.{table}").limit(0).to_arrow_table().schema
        connection.register(f"configured_{table}", pa.Table.from_pylist(rows, schema=schema))
    connection.register(
        "broken_client", pa.table({"client_id": list(workspace.broken)}, schema=_IDS)
    )
    connection.execute((_sql() / "before" / "describe.sql").read_text("utf-8"))
    return _count(connection, "differing") + _count(connection, "differing_source") > 0


def _brand_rows(client: Client) -> Iterable[dict[str, Any]]:
    rank = 0
    for kind, group in (("own", client.brands), ("competitor", client.competitors)):
        for brand in group:
            rank += 1
            yield {
                "client_id": client.id,
                "brand_id": brand.id,
                "brand_name": brand.name,
                "kind": kind,
                "parent_brand_id": None,
                "rank": rank,
            }
    for scope in client.scopes:
        rank += 1
        yield {
            "client_id": client.id,
            "brand_id": scope.id,
            "brand_name": scope.name,
            "kind": scope.kind,
            "parent_brand_id": scope.brand or client.brands[0].id,
            "rank": rank,
        }


def _span(
    connection: duckdb.DuckDBPyConnection, client_id: str, asked: list[date]
) -> tuple[date, date] | None:
    """Return the local days that the client's calendar must hold."""
    rows = connection.execute(
        (_sql() / "before" / "calendar_span.sql").read_text("utf-8"), [client_id]
    ).fetchall()
    known = [value for value in (*rows[0], *asked) if value is not None]
    return (min(known), max(known)) if known else None


def _fold_journal(connection: duckdb.DuckDBPyConnection, storage: Storage) -> bool:
    """Copy new journal entries; return whether one of them can move a number."""
    known = {row[0] for row in connection.execute("select entry_id from ops.journal").fetchall()}
    fresh = [entry for entry in journal.entries(storage) if entry.entry_id not in known]
    for entry in fresh:
        connection.execute(
            "insert into ops.journal values (?, ?, ?, ?, ?)",
            [
                entry.entry_id,
                entry.kind,
                entry.client_id,
                entry.recorded_at,
                json.dumps(entry.body),
            ],
        )
    # An edition's claim alone is no reason for a new snapshot: running a day twice changes no byte.
    return any(entry.kind != "edition" for entry in fresh)


def _clear_stage(storage: Storage, batches: Iterable[str]) -> None:
    for batch in batches:
        for key in list(storage.list(f"stage/{_tail(batch)}/")):
            if key.endswith(".parquet"):
                storage.delete(key)


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    # Names of our own tables only.
    query = f"select count(*) from {relation}"  # noqa: S608
    return int(connection.execute(query).fetchall()[0][0])
