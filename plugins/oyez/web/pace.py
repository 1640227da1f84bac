"""Whose turn it is: one call to a host at a time, none before the host wants it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    not_before: datetime | None = None


class Pace:
    """What is known of the hosts' patience; one for all clients of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, seconds: float) -> Iterator[bool]:
        """Hold the host for one call; gives False if others held it for all of `seconds`."""
        lock = self._host(host).lock
        is_ours = lock.acquire(timeout=max(seconds, 0.0))
        try:
            yield is_ours
        finally:
            if is_ours:
                lock.release()

    def not_before(self, host: str) -> datetime | None:
        """Return the naive UTC instant before which the host wants no call."""
        return self._host(host).not_before

    def defer(self, host: str, until: datetime) -> None:
        """Keep calls away from the host until a naive UTC instant; never shortens a wait."""
        known = self._host(host)
        with self._lock:
            known.not_before = max(until, known.not_before or until)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
