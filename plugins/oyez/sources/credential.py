"""Reads a connection as Airflow writes it, a URI or JSON, and never shows its secrets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from oyez.errors import ConfigError


@dataclass(frozen=True)
class Credential:
    """Host, login, password and extras of one connection; its repr hides what is secret."""

    host: str = ""
    login: str = ""
    password: str = field(default="", repr=False)
    extra: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def base_url(self) -> str:
        """The host as an address: `https://` unless it says otherwise, no slash at its end."""
        host = self.host if "://" in self.host else f"https://{self.host}"
        return host.rstrip("/")


def read(text: str, *, connection: str) -> Credential:
    """Return a connection's parts.

    Args:
        text: `{"host": …, "login": …, "password": …, "extra": {…}}`, or
            `https://login:password@host:port/?extra=…`; a bare word is a password (an API key).
        connection: its name, for messages.

    Raises:
        ConfigError: neither form; the message does not quote the text.
    """
    text = text.strip()
    if text.startswith("{"):
        try:
            body = json.loads(text)
            extra = body.get("extra") or {}
            if isinstance(extra, str):
                extra = json.loads(extra)
            host = str(body.get("host") or "")
            scheme, port = body.get("schema"), body.get("port")
            if host and "://" not in host and scheme in ("http", "https"):
                host = f"{scheme}://{host}"
            return Credential(
                host=f"{host}:{port}" if host and port else host,
                login=str(body.get("login") or ""),
                password=str(body.get("password") or ""),
                extra=dict(extra),
            )
        except (ValueError, AttributeError, TypeError):
            raise _unreadable(connection) from None
    if "://" in text:
        try:
            parts = urlsplit(text)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise _unreadable(connection) from None
        scheme = "http" if parts.scheme == "http" else "https"
        return Credential(
            host=f"{scheme}://{parts.hostname}{port}" if parts.hostname else "",
            login=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            extra=dict(parse_qsl(parts.query)),
        )
    if not text or any(character.isspace() for character in text):
        raise _unreadable(connection)
    return Credential(password=text)


def _unreadable(connection: str) -> ConfigError:
    return ConfigError(
        f"the connection {connection!r} is neither a URI nor JSON",
        action='write {"host": …, "login": …, "password": …}, or https://login:password@host',
    )
