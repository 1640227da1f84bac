"""The daily line, stage by stage: what the command line and the DAG call, and nothing else.

    plan → collect → stage → enrich → publish → editions

Every stage takes small JSON-able units, can run twice or be killed anywhere and run again, and
raises only `oyez.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

import duckdb

from oyez import landing, usage
from oyez.config.model import Report
from oyez.days import Period, last_completed_day, period_ending, period_holding
from oyez.edition import issued, store
from oyez.edition.build import build
from oyez.edition.changes import Changes, changes, provenance
from oyez.edition.model import Edition
from oyez.enrich import run as enrichment
from oyez.enrich.again import judge_again, known_days
from oyez.errors import ConfigError, OyezError
from oyez.sources.collect import collect_unit
from oyez.sources.guarded import REPORT, told
from oyez.stage.run import is_staged, outdated
from oyez.stage.run import stage as stage_run
from oyez.warehouse import publish as warehouse
from oyez.warehouse.connect import current_snapshot, open_snapshot
from oyez.workspace import Workspace

Unit = dict[str, Any]
Progress = Callable[[str], None]
_STALE_NAMED = 10  # reports that one warning names


def plan(
    ws: Workspace,
    *,
    at: datetime | None = None,
    day: date | None = None,
    clients: list[str] | None = None,
) -> list[Unit]:
    """Return the local day that each client's run covers: the only place where a run meets a date.

    Args:
        ws: agency and clients.
        at: aware instant of the run; each client gets its last completed local day.
        day: that local day instead, for all clients.
        clients: ids; by default all clients but those that `left_out` names.

    Raises:
        ConfigError: an unknown client, one whose file has problems, or neither `at` nor `day`.
    """
    if (at is None) == (day is None):
        raise ConfigError("a run covers either a day or the last completed day at an instant")
    chosen = [ws.client(one) for one in clients] if clients else list(ws.clients.values())
    units = []
    for client in chosen:
        covered = day or last_completed_day(at, client.zone)  # type: ignore[arg-type]
        units.append({"client_id": client.id, "day": covered.isoformat()})
    return units


def left_out(ws: Workspace, clients: list[str] | None = None) -> list[OyezError]:
    """Return what keeps clients out of the line: one error a client's file with problems.

    Whoever runs a plan tells them at the end: the other clients' reports do not wait, and the run
    is never green.

    Args:
        ws: agency and clients.
        clients: as given to `plan`.
    """
    return [error for one, error in ws.broken.items() if not clients or one in clients]


def _sound(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    # A file may break between two tasks of one run; `left_out` then tells it.
    return [unit for unit in planned if unit["client_id"] not in ws.broken]


def collect_units(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    """Return all (client, source, day) of a plan."""
    return [
        {
            "client_id": unit["client_id"],
            "source_id": source.id,
            "day": unit["day"],
            "kind": source.kind,
        }
        for unit in _sound(ws, planned)
        for source in ws.client(unit["client_id"]).sources
    ]


def collect(ws: Workspace, units: list[Unit]) -> list[Unit]:
    """Land what the sources of these units have to give; one result a unit.

    Raises:
        OyezError: the first failure, after the other units were tried.
    """
    results, failures = _each(units, lambda unit: collect_unit(ws, unit))
    if failures:
        raise failures[0]
    return results


def pending_runs(ws: Workspace) -> list[str]:
    """Return the landed runs that were not staged yet, in order.

    Those of a client whose file has problems wait until it is mended.
    """
    return [
        run
        for run in landing.runs(ws.storage)
        if landing.client_of(run) not in ws.broken and not is_staged(ws.storage, run)
    ]


def stage(ws: Workspace, runs: list[str]) -> list[Unit]:
    """Stage these landed runs; one result a run.

    Raises:
        OyezError: the first failure, after the other runs were tried.
    """
    results, failures = _each(runs, lambda run: stage_run(ws, run))
    if failures:
        raise failures[0]
    return results


def pending_enrichment(ws: Workspace) -> list[str]:
    """Return the staged runs that were not enriched yet, in order."""
    return [
        run for run in enrichment.pending(ws.storage) if landing.client_of(run) not in ws.broken
    ]


def enrich(ws: Workspace, runs: list[str]) -> list[Unit]:
    """Judge what these staged runs hold; one result a run.

    Raises:
        OyezError: the first failure, after the other runs were tried.
    """
    model = enrichment.judge(ws) if runs else None
    results, failures = _each(runs, lambda run: enrichment.enrich(ws, [run], model)[0])
    if failures:
        raise failures[0]
    return results


def enrich_again(
    ws: Workspace,
    clients: list[str] | None = None,
    days: tuple[date, date] | None = None,
    *,
    progress: Progress = lambda _: None,
) -> dict[str, Any]:
    """Judge published mentions once more, with today's model and lists, and publish that.

    Args:
        ws: agency, clients and data root.
        clients: ids; all by default.
        days: first and last local day; all days with items by default.
        progress: told what happens, in a few words each time.

    Returns:
        What `publish` returns, and `judged_count`.
    """
    chosen = [ws.client(one) for one in clients] if clients else list(ws.clients.values())
    model = enrichment.judge(ws)
    connection = open_snapshot(ws.storage)
    count = 0
    try:
        for client in chosen:
            span = days or known_days(connection, client.id)
            if span:
                count += judge_again(ws.storage, connection, client, span, model, progress=progress)
    finally:
        connection.close()
    return {**publish(ws, [], progress=progress), "judged_count": count}


def publish(
    ws: Workspace,
    planned: list[Unit],
    *,
    scope: Iterable[tuple[str, date]] = (),
    due: list[Unit] | None = None,
    progress: Progress = lambda _: None,
) -> dict[str, Any]:
    """Publish what is staged and compute the metrics, under the warehouse's lock.

    Among the warnings are the issued reports that items came too late for.

    Args:
        ws: agency, clients and data root.
        planned: from `plan`.
        scope: (client id, local day) to compute again though nothing came for them.
        due: the reports that are built next, and so not stale; `editions_due` by default.
        progress: told what happens, in a few words each time.
    """
    days: dict[str, date] = {}
    for unit in planned:
        covered = date.fromisoformat(unit["day"])
        days[unit["client_id"]] = max(covered, days.get(unit["client_id"], covered))
    done = warehouse.publish(ws, days=days, scope=scope, progress=progress)
    done["warnings"] += changed_names(ws) + usage.warnings(ws)
    done["warnings"] += stale(ws, editions_due(ws, planned) if due is None else due)
    return done


def stale(ws: Workspace, due: list[Unit]) -> list[str]:
    """Return a warning for each client whose issued reports lack what the last publish brought.

    Args:
        ws: agency, clients and data root.
        due: the reports that are built next.
    """
    if current_snapshot(ws.storage) is None:
        return []
    connection = open_snapshot(ws.storage)
    try:
        found = issued.stale(ws, connection)
    finally:
        connection.close()
    built = {place(ws, unit) for unit in due}
    clients: dict[str, list[issued.Stale]] = {}
    for one in found:
        key = one.issued.key
        if (key.client, key.report, key.period) not in built:
            clients.setdefault(key.client, []).append(one)
    return [_told_stale(client, ones) for client, ones in clients.items()]


def _told_stale(client: str, found: list[issued.Stale]) -> str:
    named = ", ".join(
        f"{one.issued.key.report} {one.issued.period.start} to {one.issued.period.end} "
        f"({one.item_count} {'item' if one.item_count == 1 else 'items'})"
        for one in found[:_STALE_NAMED]
    )
    more = len(found) - _STALE_NAMED
    named += f" and {more} more" if more > 0 else ""
    first, last = min(one.first for one in found), max(one.last for one in found)
    return (
        f"client {client}: data came later than issued reports: {named} → restate them, and those "
        f"that print them beside their own, with `oyez backfill {first} {last} --client {client}`"
    )


def place(ws: Workspace, unit: Unit) -> tuple[str, str, str]:
    """Return which edition a unit of `editions` names: client, report, period."""
    client = ws.client(unit["client_id"])
    report = next(one for one in client.reports if one.id == unit["report_id"])
    week_starts = ws.settings(client.id, report.id).week_starts
    return client.id, report.id, period_of(unit, report, week_starts).id


def changed_names(ws: Workspace) -> list[str]:
    """Return a warning for each client whose published items were matched by an older file.

    A new competitor's past would read 0: no item was ever looked at for its name.
    """
    return [
        f"client {client}: names, exclusions or zone changed since its deliveries were matched "
        f"({count} of them) → run `oyez rebuild`, else past days follow the old ones"
        for client, count in outdated(ws).items()
    ]


def editions_due(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    """Return the reports whose period ends on the covered day: {client_id, report_id, day}."""
    return [
        {"client_id": unit["client_id"], "report_id": report.id, "day": unit["day"]}
        for unit in _sound(ws, planned)
        for report in ws.client(unit["client_id"]).reports
        if period_ending(
            report.cadence,
            date.fromisoformat(unit["day"]),
            ws.settings(unit["client_id"], report.id).week_starts,
        )
    ]


def editions(ws: Workspace, units: list[Unit]) -> list[Unit]:
    """Build and print these editions, earlier periods first; one result a unit.

    A unit names client_id and report_id, and either `day` (the period of the report's cadence that
    ends there) or `start` and `end` (any local days, both included).

    Returns:
        client_id, report_id, revision, new (False when an equal edition existed), edition and pdf
        (storage keys), path (of the PDF), measured_pct.

    Raises:
        OyezError: the first failure, after the other units were tried.
    """
    for unit in units:
        ws.settings(unit["client_id"], unit["report_id"])  # an unknown name is told first
    connection = open_snapshot(ws.storage)
    try:
        # A report says what the one before it printed: earlier periods come first.
        ordered = sorted(units, key=lambda unit: unit.get("end") or unit["day"])
        results, failures = _each(ordered, lambda unit: _edition(ws, connection, unit))
    finally:
        connection.close()
    if failures:
        raise failures[0]
    return results


def _edition(ws: Workspace, connection: duckdb.DuckDBPyConnection, unit: Unit) -> Unit:
    client = ws.client(unit["client_id"])
    settings = ws.settings(client.id, unit["report_id"])  # refuses an unknown report
    report = next(one for one in client.reports if one.id == unit["report_id"])
    edition = build(ws, connection, client, report, period_of(unit, report, settings.week_starts))
    kept = store.keep(
        ws.storage,
        edition,
        {
            "built_at": datetime.now(UTC),
            "publish_id": current_snapshot(ws.storage),
            "config_hash": ws.config_hash(client.id),
            "oyez": version("oyez"),
            "duckdb": duckdb.__version__,
            **provenance(connection),
        },
    )
    if not ws.storage.exists(kept.pdf_key):
        pdf = printed(ws, kept.edition, _changes(ws, connection, kept))
        # Printed twice at once gives equal bytes: whoever comes second may replace the first.
        ws.storage.replace(kept.pdf_key, pdf)
    return {
        "client_id": client.id,
        "report_id": report.id,
        "revision": kept.edition.revision,
        "new": kept.is_new,
        "edition": f"{kept.prefix}/edition.json",
        "pdf": kept.pdf_key,
        "path": str(ws.storage.local(kept.pdf_key)),
        "measured_pct": kept.edition.coverage.measured_pct,
    }


def printed(ws: Workspace, edition: Edition, changes: Changes | None = None) -> bytes:
    """Return the PDF of an edition, in the theme of its report."""
    from oyez.render.pdf import render_pdf  # a second to import, needed by new editions only
    from oyez.render.theme import load_theme

    theme = ws.settings(edition.key.client, edition.key.report).theme
    agency = load_theme(ws.agency.brand, ws.home / "themes") if ws.agency.brand else None
    return render_pdf(edition, load_theme(theme, ws.home / "themes"), agency, changes)


def _changes(
    ws: Workspace, connection: duckdb.DuckDBPyConnection, kept: store.Kept
) -> Changes | None:
    """Return what moved since the revision before; written once, beside the revision."""
    if ws.storage.exists(kept.changes_key):
        return Changes.model_validate_json(ws.storage.read(kept.changes_key))
    former = store.before(ws.storage, kept)
    if former is None:
        return None
    then, then_made = former
    made = store.provenance_of(ws.storage, kept.prefix)
    found = changes(connection, then.edition, then_made, kept.edition, made)
    ws.storage.replace(kept.changes_key, found.canonical())
    return found


def period_of(unit: Unit, report: Report, week_starts: str) -> Period:
    """Return the period that a unit of `editions` asks for.

    Raises:
        ConfigError: no period of the report ends on the unit's day.
    """
    if "start" in unit:
        start, end = date.fromisoformat(unit["start"]), date.fromisoformat(unit["end"])
        holding = period_holding(report.cadence, end, week_starts)
        if holding and (holding.start, holding.end) == (start, end):
            return holding
        return Period("custom", start, end)
    day = date.fromisoformat(unit["day"])
    period = period_ending(report.cadence, day, week_starts)
    if period is None:
        held = period_holding(report.cadence, day, week_starts)
        raise ConfigError(
            f"no {report.cadence} period of the report ends on {day}",
            client=unit["client_id"],
            where=f"report {report.id}",
            action=f"ask for {held.end}" if held else "give the first and last day of the period",
        )
    return period


@dataclass
class Outcome:
    """What a whole day's run did; `failures` are told at the end, when all else was done."""

    collected: list[Unit] = field(default_factory=list)
    staged: list[Unit] = field(default_factory=list)
    enriched: list[Unit] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)
    editions: list[Unit] = field(default_factory=list)
    failures: list[OyezError] = field(default_factory=list)


def run_day(
    ws: Workspace,
    planned: list[Unit],
    *,
    clients: list[str] | None = None,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Run the whole line for a plan, as the daily DAG does: one failure stops nobody else.

    Args:
        ws: agency and clients.
        planned: from `plan`.
        clients: as given to `plan`; the clients it left out are among the failures.
        progress: told what happens, in a few words each time.
    """
    outcome = Outcome(failures=left_out(ws, clients))

    def each(units: Iterable[Any], work: Callable[[list[Any]], list[Unit]]) -> list[Unit]:
        results, failures = _each(units, lambda unit: work([unit])[0])
        outcome.failures += failures
        return results

    for unit in planned:
        progress(f"{unit['client_id']} · {unit['day']}")
    outcome.collected = each(collect_units(ws, planned), lambda units: collect(ws, units))
    outcome.staged = each(pending_runs(ws), lambda runs: stage(ws, runs))
    outcome.enriched = each(pending_enrichment(ws), lambda runs: enrich(ws, runs))
    outcome.published = publish(ws, planned, progress=progress)
    due = editions_due(ws, planned)
    for unit in due:
        progress(f"printing {unit['client_id']} · {unit['report_id']}")
        outcome.editions += each([unit], lambda units: editions(ws, units))
    return outcome


def rebuild(ws: Workspace, *, progress: Progress = lambda _: None) -> dict[str, Any]:
    """Make the warehouse again from landing, journal and client files (law 1).

    The old one stays in place until the new one is published; a rebuild delivers nothing.

    Raises:
        ConfigError: a client's file has problems; without it the client's rows would be lost.
    """
    for failure in left_out(ws):
        raise failure

    def restage() -> None:
        progress("staging every landed run again")
        for key in list(ws.storage.list("stage/")):
            ws.storage.delete(key)
        runs = landing.runs(ws.storage)
        stage(ws, runs)
        progress("enriching them again")
        enrich(ws, runs)

    return warehouse.publish(ws, progress=progress, restage=restage)


def _each(units: Iterable[Any], work: Callable[[Any], Unit]) -> tuple[list[Unit], list[OyezError]]:
    # One unit's failure is its own: the others are done before it is told.
    results, failures = [], []
    for unit in units:
        try:
            results.append(work(unit))
        except OyezError as failure:
            failures.append(failure)
        except Exception as fault:
            failures.append(_unforeseen(unit, fault))
    return results, failures


def _unforeseen(unit: Any, fault: Exception) -> OyezError:
    """Return a fault of the program as a failure of one unit; the log has the way to it."""
    named = unit if isinstance(unit, dict) else {}
    return OyezError(
        f"the program failed: {told(fault)}",
        client=named.get("client_id"),
        source=named.get("source_id"),
        where=named.get("day") or (unit if isinstance(unit, str) else None),
        action=REPORT,
    )
