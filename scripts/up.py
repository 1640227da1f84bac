"""Runs Airflow itself on this machine, in the foreground, until Ctrl-C or `make down`."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from steps import HOME, give_up, live, prepare, say

ADDRESS = os.environ["AIRFLOW__API__BASE_URL"]
PORT = int(os.environ["AIRFLOW__API__PORT"])
PID = HOME / "up.pid"
STARTS_WITHIN = 120

Children = dict[str, subprocess.Popen[bytes]]


def log_of(name: str) -> Path:
    """Return where a process writes."""
    return HOME / f"{name}.log"


def start(name: str) -> subprocess.Popen[bytes]:
    """Start one Airflow process as the head of a group of its own."""
    with log_of(name).open("wb") as sink:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "airflow", name],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )


def signal_group(process: subprocess.Popen[bytes], what: signal.Signals) -> None:
    """Signal a process with its workers, if they still run."""
    try:
        os.killpg(process.pid, what)
    except ProcessLookupError:
        return


def stop(children: Children) -> None:
    """End what was started here, the scheduler first so that its tasks can finish."""
    for process in reversed(children.values()):
        if process.poll() is None:
            process.terminate()
    patience = time.monotonic() + 15
    for process in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, patience - time.monotonic()))
        signal_group(process, signal.SIGKILL)


def health() -> dict[str, str]:
    """Return each component's state as the API tells it; empty while the API does not answer."""
    try:
        with urlopen(f"{ADDRESS}/api/v2/monitor/health", timeout=5) as answer:  # noqa: S310
            return {name: part["status"] for name, part in json.load(answer).items()}
    except (URLError, OSError, ValueError):
        return {}


def wait(children: Children, what: str, *parts: str) -> bool:
    """Wait until the named components are healthy; returns False if a process ended before."""
    began = time.monotonic()
    while time.monotonic() - began < STARTS_WITHIN:
        if any(process.poll() is not None for process in children.values()):
            return False
        states = health()
        if all(states.get(part) == "healthy" for part in parts):
            say(f"  ✓ {what:<34}{time.monotonic() - began:6.1f} s")
            return True
        live(f"  … {what}  {time.monotonic() - began:.0f} s")
        time.sleep(0.5)
    return False


def password() -> str:
    """Return the password that Airflow made for `admin`."""
    made = HOME / "simple_auth_manager_passwords.json.generated"
    return str(json.loads(made.read_text("utf-8"))["admin"])


def is_free(port: int) -> bool:
    """Return whether the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def explain(children: Children) -> int:
    """Say which process did not start; returns the exit code."""
    name = next((n for n, process in children.items() if process.poll() is not None), "api-server")
    return give_up(f"Airflow's {name} did not start.", log_of(name))


def main() -> int:
    """Start, wait, and stay until asked to stop; returns the exit code."""
    if not is_free(PORT):
        say(f"Port {PORT} is taken: choose another one with  make up PORT={PORT + 1}")
        return 1
    setup = log_of("up")
    HOME.mkdir(parents=True, exist_ok=True)
    setup.write_bytes(b"")
    if not prepare(setup):
        return give_up("Airflow could not be set up.", setup)

    children: Children = {}
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: sys.exit(0))
    PID.write_text(str(os.getpid()))
    try:
        # The API first: a scheduler without it fails its first tasks.
        children["api-server"] = start("api-server")
        if not wait(children, "API server", "metadatabase"):
            return explain(children)
        children["dag-processor"] = start("dag-processor")
        children["scheduler"] = start("scheduler")
        if not wait(children, "scheduler, DAG processor", "scheduler", "dag_processor"):
            return explain(children)
        say(f"\nAirflow: {ADDRESS}   user admin   password {password()}")
        say("The DAG `daily` runs every day at 05:00 UTC; its ▶ button runs it now.")
        say("Ctrl-C stops everything.")
        while all(process.poll() is None for process in children.values()):
            time.sleep(1)
        return explain(children)
    finally:
        # A second Ctrl-C must not leave anything running.
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, signal.SIG_IGN)
        say("Stopping …")
        stop(children)
        PID.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
