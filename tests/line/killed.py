"""Runs one day in a process of its own that kills itself, or waits, at a named point.

python -m tests.line.killed HOME DAY POINT; a range of days is written FIRST:LAST.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import oyez.render.pdf
from oyez import journal, line
from oyez.backfill import backfill
from oyez.metrics import checks
from oyez.sources import collect
from oyez.storage import Storage
from oyez.warehouse import publish, snapshot
from oyez.workspace import Workspace

Hook = Callable[[], None]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, end: str = "", *, then: Hook = die) -> None:
    """Do something instead of a call; `end`: only of a call whose key or path ends so."""
    real = getattr(owner, name)

    def stopped(*args: Any, **named: Any) -> Any:
        if not end or any(str(one).endswith(end) for one in args):
            then()
        return real(*args, **named)

    setattr(owner, name, stopped)


def after(owner: Any, name: str, end: str = "") -> None:
    """Die when a call has done its work."""
    real = getattr(owner, name)

    def stopped(*args: Any, **named: Any) -> Any:
        result = real(*args, **named)
        if not end or any(str(one).endswith(end) for one in args):
            die()
        return result

    setattr(owner, name, stopped)


def half_copy() -> None:
    """Die with the first kilobytes of a snapshot's copy on disk."""
    real = shutil.copyfileobj

    def stopped(origin: Any, target: Any, length: int = 0) -> None:
        if str(getattr(origin, "name", "")).endswith(".duckdb"):
            target.write(origin.read(10_000))
            target.flush()
            die()
        real(origin, target, length)

    shutil.copyfileobj = stopped


def wait_inside() -> None:
    """Say that the transaction holds everything, and wait to be killed."""
    Path(sys.argv[1], "inside").touch()
    time.sleep(60)


POINTS: dict[str, Hook] = {
    "landing: pages, no manifest": lambda: before(Storage, "create", "_manifest.json"),
    "landing: half a page": lambda: before(os, "replace", ".ndjson.zst"),
    "landed, the file not yet moved": lambda: before(collect, "_move"),
    "stage: some of the tables": lambda: before(Storage, "replace", "mention.parquet"),
    "stage: tables, no manifest": lambda: before(os, "replace", "_manifest.json"),
    "publish: in the transaction": lambda: before(checks, "run"),
    "publish: committed, not written through": lambda: after(publish, "_transact"),
    "publish: committed, no snapshot": lambda: before(snapshot, "swap"),
    "publish: half a snapshot": half_copy,
    "publish: a snapshot that nothing points to": lambda: before(Storage, "replace", "CURRENT"),
    "publish: swapped, stage not cleared": lambda: before(publish, "_clear_stage"),
    "edition: no claim in the journal": lambda: before(journal, "record"),
    "edition: no page": lambda: before(oyez.render.pdf, "render_pdf"),
    "edition: half a page": lambda: before(os, "replace", "report.pdf"),
}
WAIT_INSIDE = "wait inside the transaction"
GO = "go when told"


def blank(edition: Any, *_: Any, **__: Any) -> bytes:
    """Print the edition's hash instead of two seconds of pages."""
    return f"%PDF {edition.content_hash()}".encode()


def main(home: str, day: str, point: str) -> int:
    """Run the day; return 1 when something failed."""
    oyez.render.pdf.render_pdf = blank
    if point == WAIT_INSIDE:
        before(checks, "run", then=wait_inside)
    elif point == GO:
        while not Path(home, "go").exists():
            time.sleep(0.01)
    else:
        POINTS[point]()
    ws = Workspace.open(home)
    first, _, last = day.partition(":")
    if last:
        outcome = backfill(ws, date.fromisoformat(first), date.fromisoformat(last))
    else:
        outcome = line.run_day(ws, line.plan(ws, day=date.fromisoformat(day)))
    for failure in outcome.failures:
        sys.stderr.write(f"{failure}\n")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
