"""Mastodon's API as mastodon-mock serves it, read through a relay that counts and interrupts.

The server is installed by name into an environment of its own: its libraries and Airflow's differ.
Its statuses are dated afterwards, in its own database, so that past days exist.
"""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from oyez import landing
from oyez.sources.watch import watch
from oyez.workspace import Workspace

pytestmark = pytest.mark.e2e

PACKAGE = "mastodon-mock==0.6.1"
DAY = date(2026, 3, 11)
BRAND, FAN = "brand-token-1234", "fan-token-123456"
SEED = f"""
[database]
path = "{{database}}"
[ratelimit]
enabled = {{limited}}
limit = 4
window_seconds = 300
[[seed.accounts]]
username = "verdier"
access_token = "{BRAND}"
[[seed.accounts]]
username = "fan"
access_token = "{FAN}"
"""
# What belongs to a connection, not to an answer.
OWN_HEADERS = {
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "keep-alive",
    "transfer-encoding",
}
# One task of the line, in a process of its own, so that it can be killed.
TASK = """
import json, sys
from datetime import date
from pathlib import Path
from oyez.sources.watch import watch
from oyez.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
client = workspace.client("maison")
result = watch(workspace, client, client.sources[0], date.fromisoformat(sys.argv[2]))
print(json.dumps({**result, "error": str(result["error"])}))
"""


@dataclass
class Relay:
    """Passes requests on to a server; `before` sees each one first."""

    url: str = ""
    paths: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda path: None


@contextmanager
def relaying(target: str) -> Iterator[Relay]:
    relay = Relay()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            relay.paths.append(self.path)
            relay.before(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept = {"Authorization", "Content-Type", "Accept"}
            headers = {name: text for name, text in self.headers.items() if name in kept}
            answer = requests.request(
                self.command, target + self.path, headers=headers, data=body, timeout=30
            )
            try:
                self.send_response(answer.status_code)
                for name, text in answer.headers.items():
                    if name.lower() not in OWN_HEADERS:
                        self.send_header(name, text)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)
            except OSError:
                pass  # who asked was killed in the meantime

        do_POST = do_GET  # noqa: N815  the name is http.server's

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    relay.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield relay
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def workspace(home: Path, source: dict[str, Any], connection: dict[str, str]) -> Workspace:
    (home / "clients").mkdir(parents=True)
    (home / "agency.yml").write_text("name: Agence\ntimezone: Europe/Paris\n")
    network, handle = source["kind"], connection.pop("handle")
    client = {
        "id": "maison",
        "name": "Maison",
        "timezone": "UTC",
        "languages": ["fr"],
        "brands": [
            {
                "id": "verdier",
                "name": "Verdier",
                "accounts": [{"network": network, "handle": handle}],
            }
        ],
        "sources": [{"id": "site", "allow_private": True, **source}],
        "reports": [{"id": "daily", "cadence": "daily"}],
    }
    (home / "clients" / "maison.yml").write_text(json.dumps(client))
    return Workspace.open(home, lookup=lambda _: json.dumps(connection))


def collect(ws: Workspace, day: date = DAY, *, again: bool = True) -> dict[str, Any]:
    client = ws.client("maison")
    return watch(ws, client, client.sources[0], day, again=again)


def landed(ws: Workspace, result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a run's items by id, without what grows with time; fails if an id comes twice."""
    items = list(landing.read(ws.storage, result["run"], "items"))
    assert len({one["native_id"] for one in items}) == len(items)
    fresh = {"collected_at", "like_count", "repost_count", "reply_count", "author_followers"}
    return {
        one["native_id"]: {name: value for name, value in one["data"].items() if name not in fresh}
        for one in items
    }


def kill_and_rerun(
    ws: Workspace, relay: Relay, at_path: str, nth: int, secret: dict[str, str]
) -> Any:
    """Kill a task at its nth request for a path, see that nothing landed, and run it again."""
    variables = {**os.environ, "AIRFLOW_CONN_MAISON__SITE": json.dumps(secret)}
    child: list[subprocess.Popen[str]] = []
    seen = 0

    def kill(path: str) -> None:
        nonlocal seen
        seen += at_path in path
        if seen == nth and child[0].poll() is None:
            child[0].send_signal(signal.SIGKILL)
            child[0].wait()

    before = landing.runs(ws.storage)
    command = [sys.executable, "-c", TASK, str(ws.home), DAY.isoformat()]
    relay.before = kill
    child.append(subprocess.Popen(command, env=variables, text=True, stdout=subprocess.PIPE))
    assert child[0].wait(120) == -signal.SIGKILL
    assert seen == nth
    assert landing.runs(ws.storage) == before
    relay.before = lambda path: None
    finished = subprocess.run(command, env=variables, text=True, capture_output=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.fixture(scope="session")
def mock_python(request: pytest.FixtureRequest) -> str:
    """Return a Python that has mastodon-mock; kept in pytest's cache folder."""
    folder = Path(request.config.cache.mkdir("mastodon-mock"))  # type: ignore[union-attr]
    python = folder / "bin" / "python"
    if not list(folder.glob("lib/python*/site-packages/mastodon_mock")):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = [python, "-m", "pip", "install", "--quiet", PACKAGE]
        done = subprocess.run(install, check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"{PACKAGE} cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    return str(python)


@dataclass
class Mock:
    url: str
    database: Path

    def post(self, token: str, **form: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.post(
            f"{self.url}/api/v1/statuses", headers=headers, data=form, timeout=10
        )
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def date(self, status: dict[str, Any], when: datetime) -> None:
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            text = when.isoformat(sep=" ", timespec="microseconds")
            connection.execute(
                "update statuses set created_at = ? where id = ?", (text, status["id"])
            )
            connection.execute(
                "update notifications set created_at = ? where status_id = ?", (text, status["id"])
            )


@contextmanager
def mock_server(python: str, folder: Path, *, limited: bool = False) -> Iterator[Mock]:
    port, database = free_port(), folder / "mock.sqlite"
    config = folder / "mock.toml"
    config.write_text(SEED.format(database=database, limited=str(limited).lower()))
    command = [python, "-m", "mastodon_mock", "serve", "--config", config, "--port", str(port)]
    log = (folder / "mock.log").open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                requests.get(f"{url}/api/v2/instance", timeout=1)
                break
            except requests.ConnectionError:
                assert process.poll() is None, (folder / "mock.log").read_text()
                time.sleep(0.1)
        yield Mock(url, database)
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def fill(mock: Mock, count: int, first: datetime, step: timedelta) -> list[dict[str, Any]]:
    made = []
    for number in range(count):
        status = mock.post(FAN, status=f"numéro {number} <b> #verdier")
        mock.date(status, first + number * step)
        made.append(status)
    return made


SOURCE = {"kind": "mastodon", "options": {"domain": "mock.local", "search": False}}


def secret(relay: Relay) -> dict[str, str]:
    return {"host": relay.url, "password": BRAND}


def test_days_are_read_whole_once_and_again(mock_python: str, tmp_path: Path) -> None:
    with mock_server(mock_python, tmp_path) as mock, relaying(mock.url) as relay:
        # Every half hour: a day before, the day (48), and the first half of the next one.
        made = fill(mock, 120, datetime(2026, 3, 10), timedelta(minutes=30))
        call = mock.post(FAN, status="@verdier en retard !")
        mock.date(call, datetime(2026, 3, 11, 23, 0))
        answer = mock.post(BRAND, status="@fan désolés", in_reply_to_id=call["id"])
        mock.date(answer, datetime(2026, 3, 11, 23, 30))
        secretly = mock.post(FAN, status="@verdier entre nous", visibility="direct")
        mock.date(secretly, datetime(2026, 3, 11, 23, 45))
        ws = workspace(tmp_path / "ws", SOURCE, {**secret(relay), "handle": "@verdier@mock.local"})

        live = collect(ws)
        assert live["error"] is None
        items = landed(ws, live)
        wanted = [one["uri"] for one in made[48:96]]
        assert sorted(items) == sorted([*wanted, call["uri"], answer["uri"], secretly["uri"]])
        assert items[wanted[0]]["text"].startswith("numéro 48 <b> #verdier")
        assert items[call["uri"]]["addressed_to"] == "verdier"
        assert items[answer["uri"]]["parent_id"] == call["uri"]
        assert items[answer["uri"]]["author_handle"] == "verdier@mock.local"
        assert items[secretly["uri"]]["kind"] == "message"

        fill(mock, 100, datetime(2026, 3, 12, 13), timedelta(minutes=30))
        assert landed(ws, collect(ws)) == landed(ws, collect(ws)) == items

        headers = {"Authorization": f"Bearer {FAN}"}
        gone = f"{mock.url}/api/v1/statuses/{made[60]['id']}"
        requests.delete(gone, headers=headers, timeout=10).raise_for_status()
        assert set(items) - set(landed(ws, collect(ws))) == {made[60]["uri"]}


def test_a_killed_task_loses_and_doubles_nothing(mock_python: str, tmp_path: Path) -> None:
    with mock_server(mock_python, tmp_path) as mock, relaying(mock.url) as relay:
        made = fill(mock, 200, datetime(2026, 3, 11), timedelta(minutes=5))
        ws = workspace(tmp_path / "ws", SOURCE, {**secret(relay), "handle": "@verdier@mock.local"})
        result = kill_and_rerun(ws, relay, "/timelines/tag/", 3, secret(relay))
        assert result["state"] == "ok"
        assert sorted(landed(ws, result)) == sorted(one["uri"] for one in made)
        asked = len(relay.paths)
        assert collect(ws, again=False)["message"] == "collected before"
        assert len(relay.paths) == asked


def test_a_limit_is_told_with_its_end_and_nothing_counts_as_measured(
    mock_python: str, tmp_path: Path
) -> None:
    with mock_server(mock_python, tmp_path, limited=True) as mock, relaying(mock.url) as relay:
        ws = workspace(tmp_path / "ws", SOURCE, {**secret(relay), "handle": "@verdier@mock.local"})
        results = [collect(ws) for _ in range(3)]
    refused = [one for one in results if one["state"] == "throttled"]
    assert refused
    assert refused[0]["error"].until > datetime.now() - timedelta(days=1)  # noqa: DTZ005
    (coverage,) = landing.manifest(ws.storage, refused[0]["run"])["coverage"]
    assert coverage["state"] == "throttled"
