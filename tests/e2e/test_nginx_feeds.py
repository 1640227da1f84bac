"""Feeds behind a real nginx: tags, gzip, moves, refusals, a kill, and the same day twice.

nginx is Debian's `nginx-light`, started here with a configuration of its own on a free port.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from oyez import landing
from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.sources.contract import Found, Missed, Query, Window
from oyez.sources.documents import Documents
from oyez.sources.rss import Rss, read
from oyez.sources.watch import probe, watch
from oyez.warehouse.connect import open_snapshot
from oyez.web import Web
from oyez.workspace import Workspace
from tests.sources.payload_table import PAYLOADS, needs_payloads

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed → apt-get install nginx-light"
)
RECORDED = PAYLOADS / "rss" / "feedjira" / "spec" / "sample_feeds"
CONFIG = """
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log;
{user}
events {{}}
http {{
  log_format told '$request_uri $status $sent_http_content_encoding';
  access_log {home}/access.log told;
  client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;
  uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
  types {{ application/rss+xml xml; application/feed+json json; }}
  default_type application/rss+xml;
  gzip on; gzip_types application/rss+xml application/feed+json; gzip_min_length 1;
  # Each address by itself: one answer a minute.
  limit_req_zone $uri zone=rare:1m rate=1r/m;
  # One answer in two seconds.
  limit_req_zone $uri zone=paced:1m rate=30r/m;
  limit_req_status 429;
  server {{
    listen 127.0.0.1:{port};
    root {home}/www;
    location = /robots.txt {{ return 404; }}
    location = /moved.xml {{ return 301 /blog.xml; }}
    location = /gone.xml {{ return 410; }}
    location = /busy.xml {{ add_header Retry-After 7200 always; return 503; }}
    location /rare/ {{ limit_req zone=rare; error_page 429 @tomorrow; }}
    location /paced/ {{ limit_req zone=paced; error_page 429 @soon; }}
    location @tomorrow {{ add_header Retry-After 7200 always; return 429; }}
    location @soon {{ add_header Retry-After 2 always; return 429; }}
    location /slow/ {{ gzip off; limit_rate 2k; }}
  }}
}}
"""
# The day before today: feeds are asked for some days only, and `oyez day` has no clock but ours.
DAY = datetime.now(UTC).date() - timedelta(days=1)
COUNT = 48  # entries a day: one each half hour


@dataclass
class Nginx:
    """A running server; `www` is what it serves."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def www(self) -> Path:
        return self.home / "www"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def start(self, config: str | None = None) -> None:
        user = "user root;" if os.geteuid() == 0 else ""  # who else reads a folder of root's tests?
        config = config or CONFIG.format(home=self.home, port=self.port, user=user)
        (self.home / "nginx.conf").write_text(config)
        command = [NGINX, "-p", self.home, "-e", self.home / "error.log"]
        self.process = subprocess.Popen([*command, "-c", self.home / "nginx.conf"])  # type: ignore[list-item]
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            said = (self.home / "error.log").read_text() if self.process.poll() else ""
            assert self.process.poll() is None, said
            time.sleep(0.05)

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()  # a slow answer that nobody reads any more
            self.process.wait()

    def restart(self) -> None:
        """Forget how often each address was asked."""
        self.stop()
        self.start()

    def answers(self) -> list[tuple[str, int, str]]:
        """Return (path, status, content encoding) of what was answered, and forget it."""
        log = self.home / "access.log"
        lines = [line.split() for line in log.read_text().splitlines()]
        os.truncate(log, 0)
        found = [(path, int(status), encoding) for path, status, encoding in lines]
        return [one for one in found if one[0] != "/robots.txt"]


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Nginx]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Nginx(tmp_path / "nginx", port)
    server.www.mkdir(parents=True)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def entries(name: str, days: int = 2) -> bytes:
    """Return a feed with an entry each half hour: the day before, the day, newest first."""
    midnight = datetime.combine(DAY, datetime.min.time(), UTC)
    items = []
    for number in range(days * COUNT):
        when = midnight + timedelta(days=1) - timedelta(minutes=30 * (number + 1))
        link = f"https://{name}.example/{when:%Y%m%d%H%M}"
        items.append(
            f"<item><title>Verdier n° {number}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        )
    body = f"<title>{name}</title>{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


def publish(nginx: Nginx, *paths: str) -> None:
    for path in paths:
        file = nginx.www / path.lstrip("/")
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(entries(file.stem))


@dataclass
class Reader:
    """A connector as one run has it; what it knows outlives it."""

    folder: Path
    memory: dict[str, str]
    told: list[str]

    def run(self, *urls: str, window: Window | None = None, **options: Any) -> list[Any]:
        given = Rss.Options.model_validate({"feeds": list(urls), **options})
        query = Query("verdier", "feeds", ("Verdier",), (), ("fr",), given)
        start = datetime.combine(DAY, datetime.min.time())
        web = Web(user_agent="Test-oyez/1", allow_private=True)
        connector = Rss(web, None, self.memory, Documents(self.folder), self.told.append)
        return list(connector.fetch(query, window or Window(start, start + timedelta(days=1))))


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path / "held", {}, [])


# --- The connector ----------------------------------------------------------------------------


@pytest.mark.shared
@needs_payloads
def test_recorded_feeds_come_whole_over_gzip_and_as_not_modified(
    nginx: Nginx, reader: Reader
) -> None:
    """What 42 recorded files give: as on the disk, by a 200 with gzip, and by a 304."""
    expected: list[str] = []
    urls = []
    for file in sorted(RECORDED.iterdir()):
        shutil.copy(file, nginx.www)
        urls.append(nginx.url(f"/{file.name}"))
        with suppress(SourceUnavailable):  # six are pieces of pages
            found = read(file.read_bytes(), url=urls[-1]).found
            expected += [one.native_id for one in found if isinstance(one, Found)]
    long_ago = Window(datetime(1995, 2, 1), datetime(1995, 2, 2))  # noqa: DTZ001

    first = reader.run(*urls, window=long_ago, late_days=30)
    answers = nginx.answers()
    assert [one.native_id for one in first if isinstance(one, Found)] == list(
        dict.fromkeys(expected)
    )
    # The six pieces are no feeds: each is asked for four times.
    assert Counter(status for _, status, _ in answers) == {200: 42 + 6 * 3}
    assert {encoding for _, _, encoding in answers} == {"gzip"}

    assert reader.run(*urls, window=long_ago, late_days=30) == first
    # Those that are no feeds are not held, and asked for whole again.
    assert Counter(status for _, status, _ in nginx.answers()) == {304: 36, 200: 6 * 4}


def test_moved_gone_and_changed_feeds(nginx: Nginx, reader: Reader) -> None:
    publish(nginx, "/blog.xml")
    urls = [nginx.url("/moved.xml"), nginx.url("/gone.xml")]
    for _ in range(2):
        found = reader.run(*urls)
        assert sum(isinstance(one, Found) for one in found) == 2 * COUNT
        assert [one.state for one in found if isinstance(one, Missed)] == ["partial"]
    assert [(path, status) for path, status, _ in nginx.answers()] == [
        ("/moved.xml", 301),
        ("/blog.xml", 200),
        ("/gone.xml", 410),
        ("/blog.xml", 304),
    ]
    assert len(reader.told) == 2

    (nginx.www / "blog.xml").write_bytes(entries("blog", days=1))
    assert sum(isinstance(one, Found) for one in reader.run(*urls)) == COUNT
    assert nginx.answers()[0][:2] == ("/blog.xml", 200)


def test_a_limit_is_waited_out_or_told(nginx: Nginx, reader: Reader) -> None:
    publish(nginx, "/paced/a.xml", "/rare/b.xml")
    for path in ("/paced/a.xml", "/rare/b.xml"):
        assert requests.get(nginx.url(path), timeout=5).status_code == 200
    nginx.answers()
    # Two seconds are waited for within the task.
    assert len(reader.run(nginx.url("/paced/a.xml"))) == 2 * COUNT
    assert [status for _, status, _ in nginx.answers()][-1] == 200
    # Two hours are not: the caller is told until when.
    for path in ("/rare/b.xml", "/busy.xml"):
        with pytest.raises(SourceThrottled) as caught:
            reader.run(nginx.url(path))
        left = caught.value.until - datetime.now(UTC).replace(tzinfo=None)  # type: ignore[operator]
        assert timedelta(hours=1, minutes=58) < left <= timedelta(hours=2)
    assert [status for _, status, _ in nginx.answers()] == [429, 503]


# --- The line ---------------------------------------------------------------------------------


def workspace(home: Path, **feeds: list[str]) -> Workspace:
    (home / "clients").mkdir(parents=True)
    (home / "agency.yml").write_text("name: Atelier Nord\n")
    client = {
        "id": "maison",
        "name": "Maison Verdier",
        "timezone": "UTC",
        "languages": ["fr"],
        "brands": [{"id": "verdier", "name": "Verdier"}],
        "sources": [
            {"id": name, "kind": "rss", "allow_private": True, "options": {"feeds": urls}}
            for name, urls in feeds.items()
        ],
    }
    (home / "clients" / "maison.yml").write_text(yaml.safe_dump(client))
    return Workspace.open(home)


def command(ws: Workspace, day: date = DAY) -> list[str]:
    code = "from oyez.cli import app; app()"
    return [sys.executable, "-c", code, "day", day.isoformat(), "--home", str(ws.home)]


def run_day(ws: Workspace, day: date = DAY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(ws, day), capture_output=True, text=True, timeout=180)


def published(ws: Workspace) -> dict[str, int]:
    """Return the number of the day's items by site, as published; fails if one comes twice."""
    snapshot = open_snapshot(ws.storage)
    try:
        rows = snapshot.execute(
            "select url, count(*) from core.item where day = ? group by url", [DAY]
        ).fetchall()
    finally:
        snapshot.close()
    assert {count for _, count in rows} <= {1}
    return dict(Counter(re.sub(r"https://(\w+)\.example/.*", r"\1", url) for url, _ in rows))


def test_a_move_is_told_by_each_collection_and_an_end_is_taken_back(
    nginx: Nginx, tmp_path: Path
) -> None:
    publish(nginx, "/blog.xml")
    ws = workspace(tmp_path / "ws", moved=[nginx.url("/moved.xml")], gone=[nginx.url("/gone.xml")])
    moved, gone = ws.client("maison").sources
    for _ in range(2):
        result = watch(ws, ws.client("maison"), moved, DAY, again=True)
        assert result["message"].startswith(f"{2 * COUNT} items; feed 1 (127.0.0.1) moved for good")
        assert watch(ws, ws.client("maison"), gone, DAY)["state"] == "not_configured"
    assert f"write {nginx.url('/blog.xml')} instead" in probe(ws, "maison", "moved")
    assert [path for path, _, _ in nginx.answers()].count("/gone.xml") == 1

    config = (nginx.home / "nginx.conf").read_text().replace("return 410;", "")
    nginx.stop()
    nginx.start(config)
    publish(nginx, "/gone.xml")
    assert probe(ws, "maison", "gone") == "1 of 1 feeds answer"
    assert watch(ws, ws.client("maison"), gone, DAY)["item_count"] == 2 * COUNT


@pytest.mark.e2e
def test_a_day_collected_twice_equals_once(nginx: Nginx, tmp_path: Path) -> None:
    publish(nginx, "/a.xml", "/b.xml")
    ws = workspace(tmp_path / "ws", feeds=[nginx.url("/a.xml"), nginx.url("/b.xml")])
    once = run_day(ws)
    assert once.returncode == 0, once.stderr
    assert published(ws) == {"a": COUNT, "b": COUNT}
    assert [status for _, status, _ in nginx.answers()] == [200, 200]

    # The day is whole: nobody is asked again.
    assert "collected before" in run_day(ws).stdout
    assert nginx.answers() == []

    # Asked again on purpose, and for the day before, the feeds are not modified, and all is there.
    client = ws.client("maison")
    day_before = DAY - timedelta(days=1)
    again = watch(ws, client, client.sources[0], DAY, again=True)
    before = watch(ws, client, client.sources[0], day_before)
    assert [status for _, status, _ in nginx.answers()] == [304] * 4
    for result in (again, before):
        landed = [one["native_id"] for one in landing.read(ws.storage, result["run"], "items")]
        assert len(landed) == len(set(landed)) == 4 * COUNT
        assert result["state"] == "ok"
    final = run_day(ws)
    assert final.returncode == 0, final.stderr
    assert published(ws) == {"a": COUNT, "b": COUNT}


@pytest.mark.e2e
def test_a_killed_day_loses_and_doubles_nothing(nginx: Nginx, tmp_path: Path) -> None:
    """Killed between its first feed, whose tag it holds, and landing."""
    publish(nginx, "/a.xml", "/slow/b.xml")
    ws = workspace(tmp_path / "ws", feeds=[nginx.url("/a.xml"), nginx.url("/slow/b.xml")])
    held = ws.work_dir / "memory" / "maison__feeds"
    killed = subprocess.Popen(command(ws), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (held.is_dir() and list(held.glob("[0-9a-f]" * 64))):
        assert killed.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert landing.runs(ws.storage) == []
    nginx.restart()  # its log holds the answer that was cut
    nginx.answers()

    done = run_day(ws)
    assert done.returncode == 0, done.stderr
    assert [(path, status) for path, status, _ in nginx.answers()] == [
        ("/a.xml", 304),
        ("/slow/b.xml", 200),
    ]
    assert published(ws) == {"a": COUNT, "b": COUNT}
    assert "collected before" in run_day(ws).stdout


@pytest.mark.e2e
def test_a_refused_day_is_completed_by_the_next_run(nginx: Nginx, tmp_path: Path) -> None:
    publish(nginx, "/a.xml", "/rare/b.xml", "/rare/c.xml")
    for path in ("/rare/b.xml", "/rare/c.xml"):
        requests.get(nginx.url(path), timeout=5)
    nginx.answers()
    ws = workspace(
        tmp_path / "ws",
        alone=[nginx.url("/rare/c.xml")],
        mixed=[nginx.url("/a.xml"), nginx.url("/rare/b.xml")],
    )
    refused = run_day(ws)
    assert refused.returncode == 1
    assert "asks for a pause until" in refused.stderr
    # One feed that is refused makes its source partial; the others land.
    assert published(ws) == {"a": COUNT}
    states = {
        run.split("/")[1]: {one["state"] for one in landing.manifest(ws.storage, run)["coverage"]}
        for run in landing.runs(ws.storage)
    }
    assert states == {"source=alone": {"throttled"}, "source=mixed": {"partial"}}

    nginx.restart()
    nginx.answers()
    completed = run_day(ws)
    assert completed.returncode == 0, completed.stderr
    assert sorted((path, status) for path, status, _ in nginx.answers()) == [
        ("/a.xml", 304),
        ("/rare/b.xml", 200),
        ("/rare/c.xml", 200),
    ]
    assert published(ws) == {"a": COUNT, "b": COUNT, "c": COUNT}
    assert run_day(ws).stdout.count("collected before") == 2
    assert nginx.answers() == []
