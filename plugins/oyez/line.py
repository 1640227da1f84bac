"""The daily line, stage by stage: what the command line and the DAG call, and nothing else.

    plan → collect → stage → publish → editions

Every stage takes small JSON-able units, can run twice or be killed anywhere and run again, and raises
only `oyez.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from oyez import landing
from oyez.days import last_completed_day, period_ending
from oyez.errors import ConfigError, OyezError
from oyez.sources.collect import collect_unit
from oyez.stage.run import is_staged
from oyez.stage.run import stage as stage_run
from oyez.warehouse import publish as warehouse
from oyez.workspace import Workspace

Unit = dict[str, Any]
Progress = Callable[[str], None]


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
        clients: ids; all clients by default.

    Raises:
        ConfigError: an unknown client, or neither `at` nor `day`.
    """
    if (at is None) == (day is None):
        raise ConfigError("a run covers either a day or the last completed day at an instant")
    chosen = [ws.client(one) for one in clients] if clients else list(ws.clients.values())
    units = []
    for client in chosen:
        covered = day or last_completed_day(at, client.zone)  # type: ignore[arg-type]
        units.append({"client_id": client.id, "day": covered.isoformat()})
    return units


def collect_units(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    """Return all (client, source, day) of a plan."""
    return [
        {"client_id": unit["client_id"], "source_id": source.id, "day": unit["day"]}
        for unit in planned
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
    """Return the landed runs that were not staged yet, in order."""
    return [run for run in landing.runs(ws.storage) if not is_staged(ws.storage, run)]


def stage(ws: Workspace, runs: list[str]) -> list[Unit]:
    """Stage these landed runs; one result a run.

    Raises:
        OyezError: the first failure, after the other runs were tried.
    """
    results, failures = _each(runs, lambda run: stage_run(ws, run))
    if failures:
        raise failures[0]
    return results


def publish(
    ws: Workspace, planned: list[Unit], *, progress: Progress = lambda _: None
) -> dict[str, Any]:
    """Publish what is staged and compute the metrics, under the warehouse's lock."""
    days: dict[str, date] = {}
    for unit in planned:
        covered = date.fromisoformat(unit["day"])
        days[unit["client_id"]] = max(covered, days.get(unit["client_id"], covered))
    return warehouse.publish(ws, days=days, progress=progress)


def editions_due(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    """Return the reports whose period ends on the covered day: {client_id, report_id, day}."""
    return [
        {"client_id": unit["client_id"], "report_id": report.id, "day": unit["day"]}
        for unit in planned
        for report in ws.client(unit["client_id"]).reports
        if period_ending(
            report.cadence,
            date.fromisoformat(unit["day"]),
            ws.settings(unit["client_id"], report.id).week_starts,
        )
    ]


def _each(
    units: Iterable[Any], work: Callable[[Any], Unit]
) -> tuple[list[Unit], list[OyezError]]:
    # One unit's failure is its own: the others are done before it is told.
    results, failures = [], []
    for unit in units:
        try:
            results.append(work(unit))
        except OyezError as failure:
            failures.append(failure)
    return results, failures
