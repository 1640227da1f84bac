"""Collects one (client, source, day) through a connector, and says what was not measured.

Every such unit ends in coverage intervals that fill its window: measured, or missed with a state
and a reason. What was yielded before an error is kept. A fault of a connector is such an error too;
one that a single record meets costs that record (`guarded.py`). Whatever is landed of reasons, or
told, is cleaned of secrets here, at the one place that all of it passes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from inspect import signature
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from oyez import landing
from oyez.config.model import Client
from oyez.config.model import Source as SourceFile
from oyez.days import bounds
from oyez.errors import ConfigError, OyezError, SourceDenied, SourceError, SourceThrottled
from oyez.journal import author_secret
from oyez.landing import Attention, Envelope, Measured, Reject
from oyez.sources import guarded
from oyez.sources.bluesky_session import FileSessions
from oyez.sources.catalogue import connector, query_of
from oyez.sources.contract import Found, Missed, Source, Spent, State, Window
from oyez.sources.credential import read
from oyez.sources.documents import Documents
from oyez.sources.guarded import REPORT, fault, is_unforeseen
from oyez.sources.halving import Halved
from oyez.sources.item import BadValue, canonical
from oyez.sources.memory import remembered
from oyez.sources.quota import allowance
from oyez.web import Web
from oyez.web.agent import user_agent
from oyez.web.redact import is_sensitive
from oyez.workspace import Workspace, connection_id

# A feed is read some hours after the day ended; what appeared since is landed with it.
LIVE_DAYS = 2
_UTC = ZoneInfo("UTC")  # a connector's date without offset is UTC


def watch(
    workspace: Workspace,
    client: Client,
    source: SourceFile,
    day: date,
    *,
    now: datetime | None = None,
    web: Web | None = None,
    again: bool = False,
) -> dict[str, Any]:
    """Land what a connector finds of one local day, and what it missed.

    Args:
        workspace: for the storage, the agency's name and the credential.
        client: whose source it is.
        source: as configured.
        day: local day.
        now: naive UTC instant of the collection; the clock's by default.
        web: the HTTP client; made here by default.
        again: ask the site even if the whole day was measured before.

    Returns:
        `run`, `item_count`, `reject_count`, `state` (the unit's own), `message`, and `error` when
        the collection ended with one (it was landed all the same).
    """
    now = now or datetime.now(UTC).replace(tzinfo=None)
    start, end = bounds(day, client.zone)
    known = None if again else _whole_run(workspace, client, source, day, Window(start, end))
    if known:
        return {
            "run": known,
            "item_count": 0,
            "reject_count": 0,
            "state": "ok",
            "message": "collected before",
            "error": None,
        }
    window = Window(start, min(end, now))
    cls = connector(source.kind)
    query = query_of(client, source)
    spent = Spent()
    web = web or _web(workspace, client, source, spent)
    items: list[Envelope] = []
    rejects: list[Reject] = []
    missed: list[Missed] = []
    told: list[str] = []
    attention: list[Attention] = []
    error: SourceError | ConfigError | None = None
    if window.start >= window.end or _is_out_of_reach(cls, window, now):
        reason = "the site cannot be asked for a day so long ago"
        missed.append(Missed(window.start, max(window.end, end), "not_asked", reason))
    else:
        try:
            with remembered(_memory_file(workspace, client, source)) as memory:
                site = open_source(workspace, client, source, spent, web, memory, told)
                for found in Halved(site, calls=lambda: spent.calls).fetch(query, window):
                    if isinstance(found, Attention):
                        attention.append(found)
                    else:
                        _sort(found, items, rejects, missed, now)
        except (SourceError, ConfigError) as problem:
            error = problem
        except Exception as problem:  # even a fault is landed as what it is: no measurement
            error = fault(source.kind, problem)
            error.client, error.source = client.id, source.id
    unforeseen = [one for one in rejects if is_unforeseen(one)]
    if unforeseen:
        told.append(f"{len(unforeseen)} records set aside: {unforeseen[0].detail} → {REPORT}")
        if len(unforeseen) > len(items) and not error:
            # A site that changed its answers is not a site where little was said.
            missed.append(Missed(window.start, window.end, "source_down", told[-1]))
    missed = [replace(one, reason=web.clean(one.reason)) for one in missed]
    rejects = [replace(one, detail=web.clean(one.detail)) for one in rejects]
    told = [web.clean(one) for one in told]
    if error:
        _clean_error(error, web.clean)
        missed.append(Missed(window.start, window.end, _state(error), str(error)))
    run = landing.run_key(source.id, client.id, day, f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}")
    is_attention = cls.capabilities.quality == "attention"
    if is_attention:
        coverage = _counted(window, missed, attention)
    else:
        coverage = _coverage(window, missed, items, is_whole=error is None)
    landing.write(
        workspace.storage,
        run,
        items=items,
        rejects=rejects,
        coverage=coverage,
        author_secret=author_secret(workspace.storage, client.id),
        facts={
            "client": client.id,
            "source": source.id,
            "kind": source.kind,
            "collected_at": now.isoformat(),
            "window": {"start": window.start.isoformat(), "end": window.end.isoformat()},
            "spent": {"calls": spent.calls, "bytes": spent.bytes, "cost": spent.cost},
            "native_id_is": "network",
            "quality": cls.capabilities.quality,
        },
        attention=attention,
    )
    states = {one.state for one in coverage}
    return {
        "run": run,
        "item_count": len(items),
        "reject_count": len(rejects),
        "state": _state(error) if error else _worst(states),
        "message": "; ".join(
            [str(error) if error else _told(items, attention, is_attention=is_attention), *told]
        ),
        "error": error,
    }


def must_be_asked(
    workspace: Workspace,
    client: Client,
    source: SourceFile,
    day: date,
    *,
    now: datetime | None = None,
    again: bool = False,
) -> bool:
    """Tell whether a site is still to be asked for a local day that is over, and can be.

    Args:
        workspace: for the storage.
        client: whose source it is.
        source: as configured, of a kind that asks a site.
        day: local day.
        now: naive UTC instant; the clock's by default.
        again: even if the whole day was measured before.

    Raises:
        ConfigError: the source's kind is not installed.
    """
    now = now or datetime.now(UTC).replace(tzinfo=None)
    window = Window(*bounds(day, client.zone))
    if window.start >= window.end or _is_out_of_reach(connector(source.kind), window, now):
        return False
    return again or _whole_run(workspace, client, source, day, window) is None


def _whole_run(
    workspace: Workspace, client: Client, source: SourceFile, day: date, window: Window
) -> str | None:
    """Return a landed run that measured the whole window, or None.

    A task that is run again, after a throttling or a kill, asks only for what is still missing.
    """
    prefix = landing.run_key(source.id, client.id, day, "").removesuffix("run=")
    for run in landing.runs(workspace.storage, prefix):
        reached = window.start
        for body in landing.manifest(workspace.storage, run)["coverage"]:
            measured = landing.Measured.from_json(body)
            if measured.state in ("ok", "ok_empty") and measured.start <= reached:
                reached = max(reached, measured.end)
        if reached >= window.end:
            return run
    return None


def open_source(
    workspace: Workspace,
    client: Client,
    source: SourceFile,
    spent: Spent,
    web: Web | None = None,
    memory: dict[str, str] | None = None,
    told: list[str] | None = None,
) -> Source:
    """Return a source's connector, with its credential and an HTTP client that counts into `spent`.

    What it says to people without failing is added to `told`.

    Raises:
        ConfigError: its kind is unknown or its connection is not set.
    """
    cls = connector(source.kind)
    credential = None
    if cls.capabilities.needs != "nothing":
        secret = workspace.credential(client.id, source.id)
        credential = read(secret, connection=connection_id(client.id, source.id))
    web = web or _web(workspace, client, source, spent)
    if credential:
        web.hide(credential.password, *_secrets_in(credential.extra))
    # What outlives a task, or is shared among clients, goes to the connectors that ask for it.
    offers: dict[str, Callable[[], Any]] = {
        "sessions": lambda: FileSessions(workspace.work_dir / "sessions"),
        "allowance": lambda: allowance(workspace, source.kind, spent),
        "memory": lambda: {} if memory is None else memory,
        "documents": lambda: Documents(_memory_file(workspace, client, source).with_suffix("")),
        "tell": lambda: ([] if told is None else told).append,
    }
    asked = [name for name in offers if name in signature(cls).parameters]
    return cls(web, credential, **{name: offers[name]() for name in asked})


def _web(workspace: Workspace, client: Client, source: SourceFile, spent: Spent) -> Web:
    return Web(
        user_agent=introduction(workspace),
        allow_private=source.allow_private,
        ledger=spent,
        client=client.id,
        source=source.id,
    )


def _secrets_in(extra: Any) -> list[str]:
    return [one for name, one in extra.items() if isinstance(one, str) and is_sensitive(name)]


def _clean_error(error: OyezError, clean: Callable[[str], str]) -> None:
    """Take the secrets out of what an error quotes; its remedy is in our own words."""
    error.message = clean(error.message)
    error.args = (error.message,)


def _memory_file(workspace: Workspace, client: Client, source: SourceFile) -> Path:
    return workspace.work_dir / "memory" / f"{client.id}__{source.id}.json"


def probe(workspace: Workspace, client_id: str, source_id: str) -> str:
    """Return one sentence that proves a source's access works.

    Raises:
        ConfigError: no such source, it needs no access, or its connection is not set.
        SourceDenied: the site refuses the credential.
        SourceUnavailable: the site does not answer.
    """
    client = workspace.client(client_id)
    source = workspace.source(client_id, source_id)
    if source.kind == "file":
        known = [one.id for one in client.sources if one.kind != "file"]
        raise ConfigError(
            f"{source_id!r} is no source that asks a site",
            client=client_id,
            action=f"name one of: {', '.join(known) or 'none is configured'}",
        )
    spent = Spent()
    web = _web(workspace, client, source, spent)
    try:
        with remembered(_memory_file(workspace, client, source)) as memory:
            site = open_source(workspace, client, source, spent, web, memory)
            return web.clean(site.probe(query_of(client, source)))
    except OyezError as problem:
        _clean_error(problem, web.clean)
        raise


def introduction(workspace: Workspace) -> str:
    """Return how we introduce ourselves: agency, product, version, and whom to write to."""
    agency = workspace.agency
    contact = agency.sender.email if agency.sender else None
    return user_agent(agency.name, version("oyez"), website=agency.website, contact=contact)


def _is_out_of_reach(cls: type[Source], window: Window, now: datetime) -> bool:
    able = cls.capabilities
    if able.past_day == "yes":
        return False
    reach = LIVE_DAYS if able.past_day == "no" else (able.history_days or LIVE_DAYS)
    return window.end < now - timedelta(days=reach)


def _sort(
    found: object,
    items: list[Envelope],
    rejects: list[Reject],
    missed: list[Missed],
    now: datetime,
) -> None:
    if isinstance(found, Missed):
        missed.append(found)
    elif isinstance(found, Reject):
        rejects.append(found)
    elif isinstance(found, Found):
        row = len(rejects) + 1
        one = guarded.one(found.raw, found.ref, row, _envelope, found, row, now)
        if isinstance(one, Reject):
            rejects.append(one)
        else:
            items.append(one)


def _envelope(found: Found, row: int, now: datetime) -> Envelope | Reject:
    try:
        data = canonical(
            {"native_id": found.native_id, **found.data},
            date_format=None,
            zone=_UTC,
            collected_at=now,
        )
    except BadValue as problem:
        return Reject(found.ref, row, problem.reason, str(problem), found.raw)
    return Envelope(data["native_id"], data, found.raw, found.ref)


def _counted(window: Window, missed: list[Missed], attention: list[Attention]) -> list[Measured]:
    """Return the window as measured, or in part where a count of its day is not known yet.

    Earlier days, asked again because counts come late, do not matter here.
    """
    if missed:
        return [Measured(one.start, one.end, one.state, "*", one.reason) for one in missed]
    today = [one for one in attention if one.day_utc == window.utc_day]
    if not today:
        reason = f"nothing was said of {window.utc_day}"
        return [Measured(window.start, window.end, "not_asked", "*", reason)]
    unknown = [one for one in today if one.value is None]
    if not unknown:
        return [Measured(window.start, window.end, "ok")]
    first = unknown[0]
    reason = f"{first.subject}, {first.day_utc}: {first.reason}"
    more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
    return [Measured(window.start, window.end, "partial", "*", reason + more)]


def _told(items: list[Envelope], attention: list[Attention], *, is_attention: bool) -> str:
    if not is_attention:
        return f"{len(items)} items"
    known = sum(one.value is not None for one in attention)
    return f"{known} counts, {len(attention) - known} not known"


def _state(problem: Exception) -> State:
    if isinstance(problem, SourceThrottled):
        return "throttled"
    if isinstance(problem, SourceDenied):
        return "auth_failed"
    if isinstance(problem, ConfigError):
        return "not_configured"
    return "source_down"


def _worst(states: set[str]) -> str:
    if not states:
        return "not_asked"
    if states <= {"ok", "ok_empty"}:
        return "ok" if "ok" in states else "ok_empty"
    return "partial" if states & {"ok", "ok_empty"} else min(states)


def _coverage(
    window: Window, missed: Iterable[Missed], items: list[Envelope], *, is_whole: bool
) -> list[Measured]:
    """Return intervals that fill the window: what was missed, and between it what was measured.

    After an error nobody knows which part was read, so nothing of the window counts as measured.
    """
    gaps = sorted(missed, key=lambda one: (one.start, one.end))
    result = [Measured(one.start, one.end, one.state, "*", one.reason) for one in gaps]
    if not is_whole:
        return result
    dates = [datetime.fromisoformat(one.data["published_at"]) for one in items]
    reached = window.start
    for start, end in [*((one.start, one.end) for one in gaps), (window.end, window.end)]:
        if start > reached:
            state = "ok" if any(reached <= one < start for one in dates) else "ok_empty"
            result.append(Measured(reached, min(start, window.end), state))
        reached = max(reached, end)
    return sorted(result, key=lambda one: (one.start, one.end))
