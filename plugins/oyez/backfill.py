"""Past periods: a range of local days done in one pass, stage by stage, by hand or by a DAG.

    collect → stage → enrich → publish → editions

Only sites that can be asked for the past are asked, day by day, and only for days that no run
measured whole. Everything after that is one pass over the whole range: one publish computes its
metrics together, then each period that ends in it gets its edition, and each report that was
issued and reads one of its days is built again: a new revision where something differs from the
last one. Killed anywhere and run again, it goes on where it stopped. Nothing is
delivered from here (law 15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from oyez import landing, line
from oyez.days import last_completed_day
from oyez.edition.issued import issued
from oyez.errors import (
    ConfigError,
    OyezError,
    SourceDenied,
    SourceError,
    SourceThrottled,
    SourceUnavailable,
)
from oyez.line import Outcome, Unit
from oyez.sources.catalogue import FILE
from oyez.sources.collect import collect_unit
from oyez.sources.watch import must_be_asked
from oyez.workspace import Workspace

STAGES = ("collect", "stage", "enrich", "publish", "editions")
# A site that failed on so many days in a row is down: the rest of the range would fail, too.
PATIENCE_DAYS = 3

Progress = Callable[[str, int, int, str], None]  # stage, units done, all of them, the present one


def backfill(
    ws: Workspace,
    first: date,
    last: date,
    *,
    clients: list[str] | None = None,
    stages: Sequence[str] = STAGES,
    again: bool = False,
    progress: Progress = lambda *_: None,
) -> Outcome:
    """Do a range of local days; one failure stops nobody else.

    Args:
        ws: agency and clients.
        first: first local day.
        last: last local day, over everywhere.
        clients: ids; all by default.
        stages: of STAGES; in their own order, whatever the order given.
        again: ask the sites even for days that were measured whole.
        progress: told each step of each stage.

    Raises:
        ConfigError: the range or a stage makes no sense, or a named client has a problem.
        DataError: the publish was refused; the warehouse is unchanged, no edition was built.
    """
    planned = plan(ws, first, last, clients, stages=stages)
    outcome = Outcome(failures=line.left_out(ws, clients))

    def each(
        stage: str, units: Sequence[Any], work: Callable[[Any], Unit], name: Any
    ) -> list[Unit]:
        results = []
        for done, unit in enumerate(units):
            progress(stage, done, len(units), name(unit))
            try:
                results.append(work(unit))
            except OyezError as failure:
                outcome.failures.append(failure)
        progress(stage, len(units), len(units), "")
        return results

    if "collect" in stages:
        outcome.collected = _collect_all(ws, planned, again, outcome, progress)
    if "stage" in stages:
        runs = of_clients(line.pending_runs(ws), planned)
        outcome.staged = each("stage", runs, lambda run: line.stage(ws, [run])[0], _place)
    if "enrich" in stages:
        runs = of_clients(line.pending_enrichment(ws), planned)
        outcome.enriched = each("enrich", runs, lambda run: line.enrich(ws, [run])[0], _place)
    if "publish" in stages:
        progress("publish", 0, 1, "")
        outcome.published = publish(ws, planned, tell=lambda text: progress("publish", 0, 1, text))
        progress("publish", 1, 1, "")
    if "editions" in stages:
        due = editions_due(ws, planned)
        outcome.editions = each(
            "editions",
            due,
            lambda unit: line.editions(ws, [unit])[0],
            lambda unit: " · ".join(line.place(ws, unit)),
        )
    return outcome


def plan(
    ws: Workspace,
    first: date,
    last: date,
    clients: list[str] | None = None,
    *,
    stages: Sequence[str] = STAGES,
    at: datetime | None = None,
) -> list[Unit]:
    """Return the days of each client: {client_id, first, last}, JSON-able.

    A client whose last day is not over yet gets the days before it.

    Args:
        ws: agency and clients.
        first: first local day.
        last: last local day.
        clients: ids; by default all but those that `line.left_out` names.
        stages: what is to be done, to be checked with the rest.
        at: aware instant; the clock's by default.

    Raises:
        ConfigError: the range ends before it starts or is not over anywhere, a stage does not
            exist, or a named client has a problem.
    """
    if unknown := [one for one in stages if one not in STAGES]:
        raise ConfigError(
            f"there is no stage {unknown[0]!r}", action=f"write some of {', '.join(STAGES)}"
        )
    if last < first:
        raise ConfigError(
            f"the range ends on {last}, before it starts on {first}", action="swap the two days"
        )
    at = at or datetime.now(UTC)
    chosen = [ws.client(one) for one in clients] if clients else list(ws.clients.values())
    over = {client.id: last_completed_day(at, client.zone) for client in chosen}
    if over and last > max(over.values()):
        raise ConfigError(
            f"{last} is not over yet", action=f"end the range on {max(over.values())} at the latest"
        )
    return [
        {
            "client_id": client,
            "first": first.isoformat(),
            "last": min(last, day).isoformat(),
        }
        for client, day in over.items()
        if first <= day
    ]


def days(unit: Unit) -> list[date]:
    """Return the local days of one unit of a plan."""
    first, last = date.fromisoformat(unit["first"]), date.fromisoformat(unit["last"])
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def collect_units(ws: Workspace, planned: list[Unit], *, again: bool = False) -> list[Unit]:
    """Return one unit for each source that has something left to give of the range.

    A drop folder is read once, whatever the days; a site that cannot be asked for the past, or was
    asked for all of these days, is left alone.
    """
    return [
        {**unit, "source_id": source.id, "kind": source.kind, "again": again}
        for unit in planned
        if unit["client_id"] not in ws.broken
        for source in ws.client(unit["client_id"]).sources
        if source.kind == FILE
        or any(
            must_be_asked(ws, ws.client(unit["client_id"]), source, day, again=again)
            for day in days(unit)
        )
    ]


def collect(ws: Workspace, unit: Unit, *, tell: Callable[[str], None] = lambda _: None) -> Unit:
    """Land what one source has to give of the days that no run measured whole.

    Args:
        ws: agency and clients.
        unit: from `collect_units`.
        tell: told each day before it is asked for.

    Returns:
        The unit with `runs`, `day_count` (asked) and `message`.

    Raises:
        SourceThrottled: the site wants to be left alone; what it gave is landed, and the same unit
            goes on from there.
        OyezError: the first failure; a site that failed on three days in a row is not asked for the
            rest.
    """
    own = {name: unit[name] for name in ("client_id", "source_id", "kind", "again")}
    if unit["kind"] == FILE:
        done = collect_unit(ws, {**own, "day": unit["last"]})
        return {**unit, "runs": done["runs"], "day_count": 0, "message": done["message"]}
    client, source = ws.client(unit["client_id"]), ws.source(unit["client_id"], unit["source_id"])
    asked = [
        day for day in days(unit) if must_be_asked(ws, client, source, day, again=unit["again"])
    ]
    runs: list[str] = []
    failures: list[OyezError] = []
    in_a_row = 0
    for day in asked:
        tell(day.isoformat())
        try:
            result = collect_unit(ws, {**own, "day": day.isoformat()})
            runs += result["runs"]
            if failure := _failure(result):
                raise failure
            in_a_row = 0
        except (SourceThrottled, SourceDenied, ConfigError):
            raise  # the next day would be refused for the same reason
        except OyezError as failure:
            failures.append(failure)
            in_a_row += 1
            if in_a_row == PATIENCE_DAYS:
                break
    if failures:
        raise failures[0]
    return {**unit, "runs": runs, "day_count": len(asked), "message": f"{len(asked)} days asked"}


def _failure(result: Unit) -> SourceError | None:
    kinds: dict[str, type[SourceError]] = {
        "throttled": SourceThrottled,
        "auth_failed": SourceDenied,
        "source_down": SourceUnavailable,
    }
    error = kinds.get(result["state"])
    if error is None:
        return None
    return error(
        result["message"],
        client=result["client_id"],
        source=result["source_id"],
        where=result["day"],
    )


def _collect_all(
    ws: Workspace, planned: list[Unit], again: bool, outcome: Outcome, progress: Progress
) -> list[Unit]:
    units = collect_units(ws, planned, again=again)
    total = sum(1 if unit["kind"] == FILE else len(days(unit)) for unit in units)
    collected, before = [], 0
    for unit in units:
        name = f"{unit['client_id']} · {unit['source_id']}"
        size = 1 if unit["kind"] == FILE else len(days(unit))

        def tell(day: str, unit: Unit = unit, before: int = before, name: str = name) -> None:
            gone = (date.fromisoformat(day) - date.fromisoformat(unit["first"])).days
            progress("collect", before + gone, total, f"{name} · {day}")

        progress("collect", before, total, name)
        try:
            collected.append(collect(ws, unit, tell=tell))
        except OyezError as failure:
            outcome.failures.append(failure)
        before += size
    progress("collect", total, total, "")
    return collected


def of_clients(runs: Iterable[str], planned: list[Unit]) -> list[str]:
    """Return the runs of the clients of a plan."""
    chosen = {unit["client_id"] for unit in planned}
    return [run for run in runs if landing.client_of(run) in chosen]


def _place(run: str) -> str:
    return run.removeprefix("landing/").rpartition("/")[0].replace("/", " · ")


def publish(
    ws: Workspace, planned: list[Unit], *, tell: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Publish what is staged, and compute all metrics of the range again, in one transaction."""
    scope = [
        (unit["client_id"], day)
        for unit in planned
        if unit["client_id"] not in ws.broken
        for day in days(unit)
    ]
    covered = [{"client_id": unit["client_id"], "day": unit["last"]} for unit in planned]
    return line.publish(ws, covered, scope=scope, due=editions_due(ws, planned), progress=tell)


def editions_due(ws: Workspace, planned: list[Unit]) -> list[Unit]:
    """Return every report whose period ends in the range, and every issued one that reads its days.

    A week that was issued and goes on after the range is among them, and so is a report that prints
    days of the range as the period before, or as last year.

    Returns:
        Units of `line.editions`, earlier periods first: a report says what the one before printed.
    """
    covered = [
        {"client_id": unit["client_id"], "day": day.isoformat()}
        for unit in planned
        for day in days(unit)
    ]
    due = {line.place(ws, unit): unit for unit in line.editions_due(ws, covered)}
    for unit in planned:
        first, last = days(unit)[0], days(unit)[-1]
        for one in issued(ws, unit["client_id"]):
            if one.reads(first, last):
                due.setdefault(line.place(ws, one.unit), one.unit)
    return sorted(due.values(), key=lambda unit: unit.get("end") or unit["day"])
