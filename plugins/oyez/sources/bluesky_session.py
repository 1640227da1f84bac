"""Keeps one session per Bluesky account: logging in is rationed, so it is done once and renewed.

createSession is limited to 30 calls in 5 minutes and 300 a day for an account (docs.bsky.app,
"Rate limits"; the PDS answers 429 with `Retry-After` and an epoch in `RateLimit-Reset`, recorded).
An access token lives some minutes to two hours and dies with 400 `ExpiredToken`; the refresh token
lives 90 days, is replaced at each use, and the old one works on for a while, so that two tasks may
renew at once (bluesky-social/atproto issues 870, 1057; pull request 624).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from oyez.errors import ConfigError, SourceDenied, SourceUnavailable
from oyez.sources.credential import Credential
from oyez.web import Answer, Web, accepting

DEFAULT_HOST = "https://bsky.social"
_KEPT = ("accessJwt", "refreshJwt", "did", "handle")
# Of a token that is no longer good, or that another server signed.
_STALE = {"ExpiredToken", "InvalidToken"}


class Sessions(Protocol):
    """Where sessions outlive a task; what it holds is secret."""

    def get(self, key: str) -> dict[str, str] | None:
        """Return a session, or None."""
        ...

    def put(self, key: str, session: dict[str, str]) -> None:
        """Keep a session in place of the one before."""
        ...


class MemorySessions:
    """Sessions for as long as the process lives; for a look at a site, not for daily tasks."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def get(self, key: str) -> dict[str, str] | None:
        """Return a session, or None."""
        return self._kept.get(key)

    def put(self, key: str, session: dict[str, str]) -> None:
        """Keep a session."""
        self._kept[key] = session


class FileSessions:
    """Sessions in a folder that only its owner can read, one file an account.

    Args:
        folder: local scratch, such as `data/work/sessions`; losing it costs one login.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> dict[str, str] | None:
        """Return a session; None if there is none, or its file is damaged."""
        try:
            found = json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        is_whole = isinstance(found, dict) and all(isinstance(found.get(one), str) for one in _KEPT)
        return found if is_whole else None

    def put(self, key: str, session: dict[str, str]) -> None:
        """Keep a session; a reader sees the old one or the new one, never half of it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(session, file)
        part.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / f"bluesky-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"


class Account:
    """An account's own server (PDS), asked with a session that is kept and renewed.

    Args:
        web: the HTTP client.
        credential: login = the handle, password = an app password, host = the PDS, if it is not
            Bluesky's own.
        sessions: where the session is kept between tasks.

    Raises:
        ConfigError: no handle or no password.
    """

    def __init__(self, web: Web, credential: Credential | None, sessions: Sessions) -> None:
        if credential is None or not credential.login or not credential.password:
            raise ConfigError(
                "a Bluesky source needs an account's handle and an app password",
                action="login = the handle, password = an app password (docs/sources/bluesky.md)",
            )
        self._web, self._sessions, self._credential = web, sessions, credential
        self._base = credential.base_url if credential.host else DEFAULT_HOST
        self._key = f"{self._base}|{credential.login.lower()}"
        self._session: dict[str, str] | None = None

    @property
    def did(self) -> str:
        """The account's identifier."""
        return self._current()["did"]

    @property
    def handle(self) -> str:
        """The account's handle, without @."""
        return self._current()["handle"]

    def get(
        self, method: str, params: Mapping[str, Any], *, accept: tuple[int, ...] = ()
    ) -> Answer:
        """Return the server's answer; a session that ran out is renewed once.

        Args:
            method: such as `app.bsky.feed.searchPosts`.
            params: lists are repeated parameters.
            accept: statuses beside 200 that the caller understands.

        Raises:
            SourceThrottled: come back later.
            SourceDenied: the credential is refused, or the account closed.
            SourceUnavailable: the server is down, answers nonsense, or refuses the question.
        """
        session = self._current()
        answer = self._ask(method, params, session, accept)
        if _error(answer) in _STALE:
            answer = self._ask(method, params, self._renewed(session), accept)
        if answer.status in (400, 401, 403) and answer.status not in accept:
            said = f"{method}: {_error(answer) or 'refused'} ({answer.status})"
            if answer.status == 400 and _error(answer) not in _STALE:
                raise SourceUnavailable(said, action="the site's API may have changed")
            raise SourceDenied(said, action="make a new app password (docs/sources/bluesky.md)")
        return answer

    def _ask(
        self,
        method: str,
        params: Mapping[str, Any],
        session: dict[str, str],
        accept: tuple[int, ...],
    ) -> Answer:
        return self._web.get(
            f"{self._base}/xrpc/{method}",
            params=params,
            headers={"Authorization": f"Bearer {session['accessJwt']}"},
            read=_sound,
            classify=accepting(400, 401, *accept),
        )

    def _current(self) -> dict[str, str]:
        if self._session is None:
            self._use(self._sessions.get(self._key) or self._login())
        assert self._session is not None  # noqa: S101  narrows the type
        return self._session

    def _renewed(self, stale: dict[str, str]) -> dict[str, str]:
        kept = self._sessions.get(self._key)
        if kept and kept["accessJwt"] != stale["accessJwt"]:
            return self._use(kept)  # another task renewed it in the meantime
        answer = self._web.post(
            f"{self._base}/xrpc/com.atproto.server.refreshSession",
            headers={"Authorization": f"Bearer {stale['refreshJwt']}"},
            read=_sound,
            classify=accepting(400, 401),
        )
        if answer.status in (400, 401):
            return self._use(self._login())
        return self._use(self._keep(answer))

    def _login(self) -> dict[str, str]:
        answer = self._web.post(
            f"{self._base}/xrpc/com.atproto.server.createSession",
            json={"identifier": self._credential.login, "password": self._credential.password},
            read=_sound,
            classify=accepting(400, 401),
        )
        if answer.status in (400, 401):
            said = _error(answer) or str(answer.status)
            remedy = (
                "use an app password: the account asks for a code by mail at each login"
                if said == "AuthFactorTokenRequired"
                else "check the handle, and make a new app password (docs/sources/bluesky.md)"
            )
            raise SourceDenied(f"{self._base} refuses the login: {said}", action=remedy)
        return self._keep(answer)

    def _keep(self, answer: Answer) -> dict[str, str]:
        body = answer.json()
        if not isinstance(body, dict) or not all(isinstance(body.get(one), str) for one in _KEPT):
            raise SourceUnavailable(
                f"{self._base} gave no session", action="check that the host is a Bluesky PDS"
            )
        if body.get("active") is False:
            raise SourceDenied(
                f"the account is {body.get('status') or 'not active'}",
                action="log in on the site and follow what it says",
            )
        session = {name: body[name] for name in _KEPT}
        self._sessions.put(self._key, session)
        return session

    def _use(self, session: dict[str, str]) -> dict[str, str]:
        self._web.hide(session["accessJwt"], session["refreshJwt"])
        self._session = session
        return session


def _sound(answer: Answer) -> object:
    """Read an answer within the attempt, so that a broken one is asked again; not a refusal."""
    return None if answer.status >= 400 else answer.json()


def _error(answer: Answer) -> str | None:
    """Return the name of the error that an answer states."""
    if answer.status < 400:
        return None
    try:
        body = answer.json()
    except SourceUnavailable:
        return None
    return str(body["error"]) if isinstance(body, dict) and body.get("error") else None
