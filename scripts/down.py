"""Stops the Airflow that `make up` started in this checkout, if it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PID = Path(os.environ.get("AIRFLOW_HOME", ".airflow")) / "up.pid"


def command_of(pid: int) -> str:
    """Return the command line of a process; empty if there is none."""
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603


def main() -> int:
    """Ask it to stop and wait until it has; returns the exit code."""
    try:
        pid = int(PID.read_text())
    except (OSError, ValueError):
        return 0
    # A number alone proves nothing: after a crash it may belong to another process.
    if "scripts/up.py" not in command_of(pid):
        PID.unlink(missing_ok=True)
        return 0
    os.kill(pid, signal.SIGTERM)
    for _ in range(300):
        if not command_of(pid):
            sys.stdout.write("Stopped.\n")
            return 0
        time.sleep(0.1)
    sys.stderr.write(f"Process {pid} does not stop; see .airflow/*.log\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
