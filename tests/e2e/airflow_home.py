"""An Airflow in a folder of its own: its settings, its commands, its three processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Airflow:
    """Airflow as scripts/airflow-env.sh sets it up, over one workspace.

    Args:
        home: where its database and logs are.
        workspace: what its runs work on.
    """

    def __init__(self, home: Path, workspace: Path) -> None:
        self.home = home
        home.mkdir(parents=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        given = {
            "AIRFLOW_HOME": str(home),
            "OYEZ_HOME": str(workspace),
            "PORT": str(port),
            "PATH": os.environ["PATH"],
            "HOME": str(home),
        }
        told = subprocess.run(
            ["bash", "-c", ". scripts/airflow-env.sh && env -0"],
            cwd=ROOT,
            env=given,
            capture_output=True,
            check=True,
        ).stdout.decode()
        self.env = dict(line.split("=", 1) for line in told.split("\0") if "=" in line)
        code = (
            "import sys; sys.path.insert(0, 'scripts'); from pathlib import Path; import steps; "
            f"sys.exit(not steps.prepare(Path({str(home / 'setup.log')!r})))"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.env, check=True)

    def __call__(self, *arguments: str, timeout: int = 180) -> str:
        """Run one airflow command and return what it printed; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "airflow", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return done.stdout

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Return the rows of a query on Airflow's database; none while it is locked."""
        try:
            connection = sqlite3.connect(
                f"file:{self.home}/airflow.db?mode=ro", uri=True, timeout=5
            )
            with contextlib.closing(connection):
                return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Keep the API server, the DAG processor and the scheduler up; each ends with its group."""
        processes = []
        try:
            for name in ("api-server", "dag-processor", "scheduler"):
                with (self.home / f"{name}.log").open("wb") as log:
                    processes.append(
                        subprocess.Popen(
                            [sys.executable, "-m", "airflow", name],
                            cwd=ROOT,
                            env=self.env,
                            stdout=log,
                            stderr=log,
                            start_new_session=True,
                        )
                    )
                if name == "api-server":
                    self._wait_for_port()  # a scheduler without it fails its first tasks
            yield
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def _wait_for_port(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", int(self.env["AIRFLOW__API__PORT"]))):
                    return
            time.sleep(0.5)
        raise AssertionError((self.home / "api-server.log").read_text()[-3000:])
