"""A small web site on loopback that answers from a function, and a client whose clock is ours."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from oyez.web import Web


@dataclass
class Asked:
    """One request as the site saw it."""

    path: str
    params: dict[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass
class Reply:
    """What to answer; a body that is no bytes is sent as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Respond = Callable[[Asked], Reply]


@dataclass
class Site:
    """A running site and what it was asked."""

    url: str
    asked: list[Asked]


@contextmanager
def running(respond: Respond) -> Iterator[Site]:
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            one = Asked(
                unquote(parts.path),
                dict(parse_qsl(parts.query)),
                dict(self.headers),
                self.rfile.read(length),
            )
            asked.append(one)
            reply = respond(one)
            is_raw = isinstance(reply.body, bytes)
            content = reply.body if is_raw else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "text/html" if is_raw else "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # who asked was killed
                self.wfile.write(content)

        do_POST = do_GET  # noqa: N815  the name is http.server's

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Clock:
    """A clock that only waits move."""

    def __init__(self, now: datetime = datetime(2026, 3, 12, 6)) -> None:  # noqa: DTZ001
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def patient_web(clock: Clock | None = None, ledger: Any = None) -> Web:
    """Return the real client, allowed on loopback, that waits without losing time."""
    clock = clock or Clock()
    return Web(
        user_agent="Test-oyez/1",
        allow_private=True,
        clock=clock,
        sleep=clock.sleep,
        chance=lambda: 0.0,
        ledger=ledger,
    )
