"""Runs the Airflow commands that every start needs, quietly, and explains those that fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(os.environ["AIRFLOW_HOME"])
ON_TERMINAL = sys.stdout.isatty()


def say(text: str = "") -> None:
    """Print one line, over the live line if there is one."""
    sys.stdout.write(f"\r\033[K{text}\n" if ON_TERMINAL else f"{text}\n")
    sys.stdout.flush()


def live(text: str) -> None:
    """Show a line that the next one replaces; nothing where the output is not a terminal."""
    if ON_TERMINAL:
        sys.stdout.write(f"\r\033[K{text}")
        sys.stdout.flush()


def last_words(log: Path, count: int = 15) -> list[str]:
    """Return the lines of a log that most likely say why something failed."""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    ours = [line.strip() for line in lines if line.startswith("oyez.errors.")]
    told = [line for line in lines if line.strip() and "[warning" not in line]
    return list(dict.fromkeys(ours))[-count:] or told[-count:]


def give_up(what: str, log: Path) -> int:
    """Say what failed, its last lines and where the rest stands; returns the exit code."""
    say(f"\n{what}")
    for line in last_words(log):
        say(f"    {line}")
    say(f"The whole story: {log}")
    return 1


def airflow(what: str, *arguments: str, log: Path) -> bool:
    """Run one airflow command into the log, with a live line; returns whether it succeeded."""
    start = time.monotonic()
    with log.open("ab") as sink:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-m", "airflow", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
        while process.poll() is None:
            live(f"  … {what}  {time.monotonic() - start:.0f} s")
            time.sleep(0.1)
    if process.returncode == 0:
        say(f"  ✓ {what:<34}{time.monotonic() - start:6.1f} s")
    return process.returncode == 0


def prepare(log: Path) -> bool:
    """Bring Airflow's own database up to date and create the pools that the DAGs need."""
    HOME.mkdir(parents=True, exist_ok=True)
    pools = HOME / "pools.json"
    pools.write_text(json.dumps(wanted_pools(), indent=1), encoding="utf-8")
    return airflow("Airflow's own database", "db", "migrate", log=log) and airflow(
        "pools", "pools", "import", str(pools), log=log
    )


def wanted_pools() -> dict[str, dict[str, object]]:
    """Return the writer's pool, and one for each kind of source, as wide as its site allows."""
    from oyez.sources.catalogue import connector, kinds

    pools: dict[str, dict[str, object]] = {
        "warehouse": {"slots": 1, "description": "DuckDB has one writer", "include_deferred": False}
    }
    for kind in kinds():
        pools[f"source_{kind}"] = {
            "slots": connector(kind).capabilities.pool_slots,
            "description": f"requests at once to {connector(kind).title}",
            "include_deferred": False,
        }
    return pools
