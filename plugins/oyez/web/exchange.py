"""One exchange: a request goes out, a whole answer comes back within its deadline, or a reason.

Reasons, not exceptions: those of `requests` and urllib3 quote the whole address, and would live on
in `__cause__` and `__context__` of whatever is raised while they are handled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ReadTimeoutError

from oyez.errors import SourceDenied
from oyez.web.answer import Answer
from oyez.web.body import BodyError, read_body
from oyez.web.connection import Gate, GuardedAdapter
from oyez.web.redact import Secrets

_CONNECT_SECONDS = 10.0
# Never kept: an answer's cookies are credentials.
_COOKIES = frozenset({"set-cookie", "set-cookie2"})

# Told of every exchange: host, status (0 without an answer), bytes received, cost in the site's own
# units (0 for redirects and robots.txt).
Ledger = Callable[[str, int, int, int], None]


@dataclass(frozen=True)
class Failure:
    """Why there is no answer.

    Args:
        reason: for people, without secrets.
        may_retry: whether the next attempt may do better.
        is_answered: whether the site began to answer.
    """

    reason: str
    may_retry: bool = True
    is_answered: bool = True


def host_of(url: str | None) -> str:
    """Return the host as patience and counts know it: name, and port if it is written."""
    return urlsplit(url or "").netloc.rpartition("@")[2].lower()


class Exchange:
    """Sends prepared requests through the gate.

    Args:
        gate: where requests may go.
        secrets: hidden in all that comes out.
        clock: gives the present, naive UTC.
        ledger: told of every exchange.
    """

    def __init__(
        self,
        gate: Gate,
        secrets: Secrets,
        clock: Callable[[], datetime],
        ledger: Ledger | None,
    ) -> None:
        self._gate, self._secrets, self._clock, self._ledger = gate, secrets, clock, ledger
        # The adapter, not a session: sessions keep cookies, add passwords from ~/.netrc, and read
        # the whole body of a redirect, however long.
        self._adapter = GuardedAdapter(gate)
        self._verify: bool | str = os.environ.get("REQUESTS_CA_BUNDLE") or True

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()

    def send(
        self,
        request: requests.PreparedRequest,
        *,
        seconds: float,
        max_bytes: int,
        may_cut: bool = False,
        cost: int = 1,
    ) -> tuple[Answer, str | None] | Failure:
        """Return the answer and where it redirects to, unfollowed; or why there is none.

        Args:
            request: complete.
            seconds: until the last byte.
            max_bytes: longest body.
            may_cut: cut a longer body instead of failing.
            cost: told to the ledger.

        Raises:
            SourceDenied: the address leads to our own network.
        """
        status = wire_count = 0
        outcome: tuple[Answer, str | None] | Failure | SourceDenied
        with self._gate.open_for(seconds) as deadline:
            try:
                response = self._adapter.send(
                    request,
                    stream=True,
                    timeout=(min(_CONNECT_SECONDS, seconds), seconds),
                    verify=self._verify,
                    proxies={},
                )
                status = response.status_code
                try:
                    body = read_body(response.raw, max_bytes=max_bytes, may_cut=may_cut)
                finally:
                    response.close()
                wire_count = body.wire_count
                outcome = self._answer(request, response, body.content), _location(response)
            except SourceDenied as refusal:
                outcome = refusal
            except BodyError as error:
                outcome = Failure(str(error), error.may_retry)
            except (requests.ReadTimeout, ReadTimeoutError):
                outcome = _too_slow(seconds)
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                outcome = Failure(self._explain(error), not _is_hopeless(error))
            if deadline.is_over:
                outcome = _too_slow(seconds)
        if self._ledger:
            self._ledger(host_of(request.url), status, wire_count, cost)
        if isinstance(outcome, Failure) and not status:
            outcome = replace(outcome, is_answered=False)
        if isinstance(outcome, SourceDenied):
            raise outcome
        return outcome

    def _answer(
        self, request: requests.PreparedRequest, response: requests.Response, body: bytes
    ) -> Answer:
        headers = {
            name: value for name, value in response.headers.items() if name.lower() not in _COOKIES
        }
        return Answer(
            status=response.status_code,
            headers=CaseInsensitiveDict(headers),
            body=body,
            url=self._secrets.clean(request.url or ""),
            fetched_at=self._clock(),
            request=self._shown(request),
        )

    def _shown(self, request: requests.PreparedRequest) -> Mapping[str, Any]:
        shown: dict[str, Any] = {
            "method": request.method,
            "url": self._secrets.clean(request.url or ""),
            "headers": self._secrets.clean_headers(request.headers),
        }
        if request.body:
            shown["body"] = self._shown_body(request.body)
        return shown

    def _shown_body(self, body: Any) -> Any:
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
        try:
            return self._secrets.clean_json(json.loads(text))
        except ValueError:
            return self._secrets.clean(text)

    def _explain(self, error: Exception) -> str:
        # The last link of the chain says what happened; the others wrap it.
        inner: object = error
        while isinstance(inner, Exception) and inner.args and _wrapped(inner):
            inner = _wrapped(inner)
        said = " ".join(self._secrets.clean(str(inner)).split())
        return f"{type(inner).__name__}: {said}"[:300]


def _too_slow(seconds: float) -> Failure:
    return Failure(f"not finished after {seconds:g} seconds")


def _wrapped(error: Exception) -> Exception | None:
    reason = getattr(error, "reason", None)
    if isinstance(reason, Exception):
        return reason
    return next((each for each in error.args if isinstance(each, Exception)), None)


def _is_hopeless(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.SSLError):
        return "CERTIFICATE_VERIFY_FAILED" in str(error)
    return isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader)


def _location(response: requests.Response) -> str | None:
    if response.status_code not in (301, 302, 303, 307, 308):
        return None
    location = response.headers.get("Location")
    # Headers are decoded as Latin-1; addresses in them are UTF-8.
    return location.encode("latin-1", "replace").decode("utf-8", "replace") if location else None
