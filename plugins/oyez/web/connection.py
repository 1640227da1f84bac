"""Connections that lead where we looked, and end when their time is over.

A name is resolved once, all its addresses are checked, and one of those is connected to: a name
that answers differently the second time (DNS rebinding) is never asked a second time. Certificates
are still verified against the name.

Timeouts of sockets count from byte to byte: a server that sends one byte now and then is never
late. So a timer shuts the socket down at the deadline, whatever it is doing: headers, body, TLS.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import allowed_gai_family

from oyez.web.address import Resolve, check_ip, is_ip, within

_CONNECT_SECONDS = 10.0


class Deadline:
    """The end of one exchange; until then it knows which socket to cut."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, sock: socket.socket) -> None:
        """Cut this socket when the time is over."""
        # A duplicate: the number of a closed socket may by then belong to another one, and TLS
        # replaces the object.
        duplicate = socket.socket(fileno=os.dup(sock.fileno()))
        with self._lock:
            previous, self._socket = self._socket, duplicate
        if previous:
            previous.close()
        if self.is_over:
            self._shut()

    def stop(self) -> None:
        """Forget the socket; the exchange is over."""
        self._timer.cancel()
        with self._lock:
            if self._socket:
                self._socket.close()
                self._socket = None

    def _cut(self) -> None:
        self.is_over = True
        self._shut()

    def _shut(self) -> None:
        with self._lock:
            if self._socket:
                with suppress(OSError):  # the other side may have closed it
                    self._socket.shutdown(socket.SHUT_RDWR)


class Gate:
    """What every connection of one client obeys.

    Args:
        resolve: gives a name's IP addresses.
        allow_private: whether addresses outside the public internet may be asked.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve, self.allow_private = resolve, allow_private
        self._of_thread = threading.local()

    @contextmanager
    def open_for(self, seconds: float) -> Iterator[Deadline]:
        """Give this thread's next exchange its deadline, in seconds from now."""
        deadline = Deadline(seconds)
        self._of_thread.deadline = deadline
        try:
            yield deadline
        finally:
            self._of_thread.deadline = None
            deadline.stop()

    def watch(self, sock: socket.socket) -> None:
        """Put a socket under this thread's deadline."""
        deadline: Deadline | None = getattr(self._of_thread, "deadline", None)
        if deadline:
            deadline.watch(sock)

    def addresses(self, host: str, port: int, seconds: float) -> list[str]:
        """Return where a host may be reached; one forbidden address among them forbids it.

        Raises:
            SourceDenied: it leads to an address that must not be asked.
            OSError: it cannot be resolved.
        """
        found = [host] if is_ip(host) else within(seconds, self._resolve, host, port)
        for ip in found:
            check_ip(host, ip, allow_private=self.allow_private)
        return found


class GuardedAdapter(HTTPAdapter):
    """The transport of `requests`, through the gate; it never retries and keeps one connection."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        super().__init__(pool_maxsize=1, max_retries=0, pool_block=False)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        """Make pools whose connections go through the gate."""
        manager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        pools: dict[str, Any] = {
            "http": partial(_Pool, gate=self._gate),
            "https": partial(_SecurePool, gate=self._gate),
        }
        manager.pool_classes_by_scheme = pools
        self.poolmanager = manager


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        self._gate = gate
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._gate)

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Put a connection that is used again under the deadline of the new exchange."""
        if self.sock is not None:
            self._gate.watch(self.sock)
        super().putrequest(*args, **kwargs)


class _SecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, gate: Gate, **kwargs: Any) -> None:
        self._gate = gate
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._gate)

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Put a connection that is used again under the deadline of the new exchange."""
        if self.sock is not None:
            self._gate.watch(self.sock)
        super().putrequest(*args, **kwargs)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def _connect(connection: HTTPConnection, gate: Gate) -> socket.socket:
    host, port = connection.host.strip("[]"), connection.port or connection.default_port
    timeout = connection.timeout
    seconds = timeout if isinstance(timeout, int | float) else _CONNECT_SECONDS
    try:
        addresses = gate.addresses(host, port, seconds)
        sock = _first_that_answers(addresses, port, seconds)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"no connection to {host}: {error}") from None
    except OSError as error:
        raise NewConnectionError(connection, f"no connection to {host}: {error}") from None
    gate.watch(sock)
    sys.audit("http.client.connect", connection, host, port)
    return sock


def _first_that_answers(addresses: list[str], port: int, seconds: float) -> socket.socket:
    # A name with a dozen dead addresses must not cost a dozen timeouts: the first four share one.
    has_only_ipv4 = allowed_gai_family() == socket.AF_INET
    usable = [ip for ip in addresses if not (has_only_ipv4 and ":" in ip)][:4]
    problem: OSError = OSError("the name has no address that we can reach")
    for ip in usable:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(seconds / len(usable))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect((ip, port))
            sock.settimeout(seconds)
        except OSError as error:
            sock.close()
            problem = error
        else:
            return sock
    raise problem
