"""Makes the sample clients' reports by the real daily DAG, and says what to open next.

Run by `make demo`, which sets Airflow up in a folder of its own (`.airflow`).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from steps import HOME, give_up, live, prepare, say

RUN_AT = "2026-06-01T05:00:00+00:00"
CHECKOUT = Path.cwd()
WORKSPACE = Path(os.environ["OYEZ_HOME"])
LOG = HOME / "demo.log"

TASKS = {
    "plan": "which client, which day",
    "sources_file": "which sources",
    "collect_file": "collect",
    "landed": "what has landed",
    "stage": "match brands, polarity, languages",
    "publish": "publish to the warehouse, metrics",
    "due": "which reports are due",
    "editions": "editions and PDFs",
    "outcome": "no task failed",
}


def fill_inbox() -> int:
    """Copy the sample deliveries into the inbox; returns how many files were new."""
    new = 0
    for sample in sorted((CHECKOUT / "demo" / "sample").glob("*/*.*")):
        client, source = sample.parent.name, sample.name.split(".")[0]
        target = WORKSPACE / "inbox" / client / source / sample.name
        # What was collected has moved to `imported/`.
        known = (target, target.parent / "imported" / sample.name)
        if any(one.exists() and one.read_bytes() == sample.read_bytes() for one in known):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, target)
        new += 1
    return new


def ask(query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query on Airflow's database, or none while it is busy."""
    try:
        database = sqlite3.connect(f"file:{HOME.resolve()}/airflow.db?mode=ro", uri=True, timeout=5)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()
    except sqlite3.OperationalError:
        return []


def states(before: set[str]) -> dict[str, list[str]]:
    """Return the states of each task's instances in the run that started now."""
    found: dict[str, list[str]] = {}
    for task, state, instance in ask("select task_id, state, id from task_instance"):
        if instance not in before and task in TASKS:
            found.setdefault(task, []).append(state or "waiting")
    return found


DONE = {"success", "skipped", "failed", "upstream_failed"}


def run_dag() -> bool:
    """Run the daily DAG, with a line per task; returns whether it succeeded."""
    before = {row[0] for row in ask("select id from task_instance")}
    with LOG.open("ab") as sink:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "airflow", "dags", "test", "daily", RUN_AT],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
        told: set[str] = set()
        has_begun = False
        mark = start = time.monotonic()
        while True:
            has_ended = process.poll() is not None
            now, seen = time.monotonic(), states(before)
            if seen and not has_begun:
                say(f"  ✓ {'Airflow starts':<34}{now - mark:6.1f} s")
                has_begun, mark = True, now
            for task, title in TASKS.items():
                if task in told or task not in seen or not set(seen[task]) <= DONE:
                    continue
                told.add(task)
                bad = sum(state in {"failed", "upstream_failed"} for state in seen[task])
                sign, count = ("✗" if bad else "✓"), len(seen[task])
                of = f"  ({f'{bad} of ' if bad else ''}{count})" if count > 1 else ""
                say(f"  {sign} {title + of:<34}{now - mark:6.1f} s")
                mark = now
            if has_ended:
                return process.returncode == 0
            current = next((title for task, title in TASKS.items() if task not in told), "")
            current = current if has_begun else "Airflow starts"
            live(f"  … {current}  {now - mark:.0f} s  (since the start {now - start:.0f} s)")
            time.sleep(0.2)


def results(task: str) -> list[object]:
    """Return what the instances of a task handed back in the latest run."""
    rows = ask(
        "select value from xcom where dag_id = 'daily' and key = 'return_value' "  # noqa: S608
        f"and task_id = '{task}' and run_id = (select run_id from dag_run where dag_id = 'daily' "
        "order by id desc limit 1) order by map_index"
    )
    read = [json.loads(row[0]) for row in rows]
    # The column holds JSON text; some versions wrap it once more.
    return [json.loads(one) if isinstance(one, str) else one for one in read]


def shown(path: str) -> str:
    """Return a path as the reader would type it from here."""
    try:
        return str(Path(path).relative_to(CHECKOUT))
    except ValueError:
        return path


def main() -> int:
    """Run the demo; returns the exit code."""
    start = time.monotonic()
    HOME.mkdir(parents=True, exist_ok=True)
    LOG.write_bytes(b"")
    if not any((CHECKOUT / "demo" / "sample").glob("*/*.*")):
        say("demo/sample is empty: this checkout is incomplete; clone it again.")
        return 1
    new = fill_inbox()
    say(f"Sample deliveries: {new} new files in inbox/." if new else "Sample deliveries: known.")
    if not prepare(LOG):
        return give_up("Airflow could not be set up.", LOG)
    say("The daily DAG, as of 1 June 2026, 05:00 UTC (covers 31 May 2026):")
    succeeded = run_dag()
    made = [one for batch in results("editions") for one in batch]
    published = next(iter(results("publish")), {})
    seconds = time.monotonic() - start
    say()
    if not succeeded:
        say(f"Made nevertheless: {len(made)} editions.")
    elif not published.get("publish_id") and not any(one["new"] for one in made):
        say(f"Nothing changed: the reports of the last run stand. ({seconds:.0f} s)")
    else:
        say(f"{sum(one['new'] for one in made)} new editions in {seconds:.0f} s.")
    for one in made:
        say(f"  {one['client_id']:<18}{one['report_id']:<14}{shown(one['path'])}")
    if not succeeded:
        return give_up("The run failed:", LOG)
    say()
    say("Next:")
    if made:
        say(f"  open one           xdg-open '{shown(made[0]['path'])}'")
    say("  list the reports   .venv/bin/oyez reports")
    say('  ask the warehouse  .venv/bin/oyez sql "select * from metric.mention_volume limit 5"')
    say("  change something   edit clients/*.yml, then make demo again")
    say("  see Airflow        make up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
