"""A clock that only sleeping moves, and a server that answers byte for byte what a test says."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.web import Web

NOW = datetime.fromisoformat("2026-11-22T16:00:00")  # naive UTC


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Callable[..., Web]:
    """Makes a client without chance (full jitter is always the whole wait) and without waiting."""

    def build(**options: Any) -> Web:
        defaults: dict[str, Any] = {
            "user_agent": "AtelierNord-eReputation/1.0 (+https://atelier-nord.example)",
            "clock": clock,
            "sleep": clock.sleep,
            "chance": lambda: 1.0,
        }
        return Web(**(defaults | options))

    return build


@pytest.fixture
def web(make: Callable[..., Web]) -> Web:
    return make(allow_private=True)


Step = Callable[[socket.socket], None]


class Server:
    """Answers the n-th request by the n-th step (the last one again when they run out)."""

    def __init__(self, wrap: Callable[[socket.socket], socket.socket] | None = None) -> None:
        self.steps: list[Step] = []
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self._wrap = wrap
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(conn,), daemon=True).start()

    def _talk(self, conn: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._wrap:
                conn = self._wrap(conn)
            data = b""
            while True:
                while b"\r\n\r\n" not in data:
                    piece = conn.recv(65536)
                    if not piece:
                        conn.close()
                        return
                    data += piece
                raw, _, data = data.partition(b"\r\n\r\n")
                head = raw.decode("latin-1")
                announced = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
                count = int(announced[1]) if announced else 0
                while len(data) < count:
                    data += conn.recv(65536)
                self.bodies.append(data[:count])
                data = data[count:]
                self.heads.append(head)
                self.steps[min(len(self.heads), len(self.steps)) - 1](conn)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with contextlib.closing(Server()) as running:
        yield running


def send(
    body: bytes = b"{}", *, status: str = "200 OK", headers: str = "", length: int | None = None
) -> Step:
    """An answer; `length` may lie."""
    count = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Length: {count}\r\n{headers}\r\n".encode()

    def step(conn: socket.socket) -> None:
        conn.sendall(head + body)
        if length is not None:
            conn.close()

    return step


def exactly(raw: bytes) -> Step:
    """These bytes, then the end of the connection."""

    def step(conn: socket.socket) -> None:
        conn.sendall(raw)
        conn.close()

    return step


def reset(conn: socket.socket) -> None:
    """A TCP reset."""
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()


def drip(head: bytes, piece: bytes, seconds: float, count: int) -> Step:
    """A beginning, then a few bytes now and then."""

    def step(conn: socket.socket) -> None:
        conn.sendall(head)
        for _ in range(count):
            threading.Event().wait(seconds)
            conn.sendall(piece)

    return step


def moved_to(location: str, status: int = 302) -> Step:
    """A redirect."""
    return send(b"", status=f"{status} Moved", headers=f"Location: {location}\r\n")
