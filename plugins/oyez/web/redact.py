"""What may be shown of a request: secrets replaced by a mark, wherever they stand.

Two nets, because each has holes: names (`token=…`, `Authorization: …`, `user:password@host`) catch
secrets never seen before; values learnt from the requests themselves catch them in odd places, such
as the path of an address or the middle of an exception's text.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
import weakref
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

MARK = "***"

_NAME = (
    r"(?:(?:x|access|refresh|auth|bearer|id|api|app|user|client|session|oauth|consumer|private)[_-]?)*"
    r"(?:key|token|secret|jwt)"
    r"|password|passwd|pwd|passphrase|pass|authorization|auth|identifier_secret"
    r"|appsecret_proof|signature|sig|sessionid|session_id|cookie|set-cookie"
)
# Beside the characters that cannot be part of a name, an escaped ? or & may stand before it.
_BEFORE = r"(?:(?<![\w-])|(?<=%3F)|(?<=%26))"
_HEADER = re.compile(
    rf"{_BEFORE}((?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api-key)"
    r"(['\"]?\s*[:=]\s*b?['\"]?)[^\r\n'\"]+",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    rf"{_BEFORE}({_NAME})(\\?['\"]?\s*(?:=|:|%3D)\s*)"
    r"(\"(?:[^\"\\]|\\.)*\"|\\\"[^\"\\]*\\\"|'[^']*'|[^&\s\"'<>#,;)}\]]+)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\b(Bearer|Basic)(\s+|%20)[A-Za-z0-9._~+/=%-]{4,}", re.IGNORECASE)
_USERINFO = re.compile(r"([a-z][a-z0-9+.-]*://)[^/\s?#'\"]*@", re.IGNORECASE)
_SENSITIVE = re.compile(rf"(?:proxy-)?(?:{_NAME})", re.IGNORECASE)
# A shorter value would be found inside innocent words; names still hide it.
_SHORTEST = 4
_LOGGERS = (
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.poolmanager",
    "urllib3.util.retry",
)


def is_sensitive(name: str) -> bool:
    """Tell whether a header, a parameter or a key of this name holds a secret."""
    return bool(_SENSITIVE.fullmatch(name.strip()))


class Secrets:
    """The secrets that one client has sent, and the texts without them."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def learn(self, *values: str) -> None:
        """Remember values to hide, in the forms in which an address or a text may hold them."""
        for value in values:
            if len(value) >= _SHORTEST:
                forms = (value, quote(value), quote(value, safe=""), quote_plus(value))
                self._values.update(forms, (json.dumps(value)[1:-1],))

    def learn_url(self, url: str) -> None:
        """Remember the secrets that an address carries."""
        try:
            parts = urlsplit(url)
            if parts.password:
                self.learn(unquote(parts.password), parts.password)
            pairs = parse_qsl(parts.query)
        except ValueError:
            return  # no address: it will be refused, and names hide what it says
        self.learn(*(value for name, value in pairs if is_sensitive(name)))

    def learn_headers(self, headers: Mapping[str, str]) -> None:
        """Remember the secrets among headers; of a cookie, each value."""
        for name, value in headers.items():
            if not is_sensitive(name):
                continue
            scheme, _, credential = value.partition(" ")
            self.learn(value, credential)
            if "cookie" in name.lower():
                self.learn(*(piece.partition("=")[2].strip() for piece in value.split(";")))
            if scheme.lower() == "basic":
                self.learn(_basic_password(credential))

    def learn_json(self, value: object) -> None:
        """Remember the secrets of a body, by the names of its keys."""
        if isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, str) and is_sensitive(str(name)):
                    self.learn(inner)
                self.learn_json(inner)
        elif isinstance(value, list):
            for inner in value:
                self.learn_json(inner)

    def clean(self, text: str) -> str:
        """Return the text with its secrets replaced by `***`."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, MARK)
        text = _USERINFO.sub(rf"\1{MARK}@", text)
        text = _HEADER.sub(rf"\1\2{MARK}", text)
        text = _SCHEME.sub(rf"\1 {MARK}", text)
        return _ASSIGNED.sub(_marked, text)

    def clean_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return headers fit to be shown."""
        return {
            name: MARK if is_sensitive(name) else self.clean(value)
            for name, value in headers.items()
        }

    def clean_json(self, value: Any) -> Any:
        """Return a JSON value fit to be shown."""
        if isinstance(value, dict):
            return {
                name: MARK if is_sensitive(str(name)) else self.clean_json(inner)
                for name, inner in value.items()
            }
        if isinstance(value, list):
            return [self.clean_json(inner) for inner in value]
        return self.clean(value) if isinstance(value, str) else value


class _LogFilter(logging.Filter):
    """Cleans what urllib3 logs: it writes whole addresses, keys included, at DEBUG and WARNING."""

    def __init__(self) -> None:
        super().__init__()
        # Weak: a finished client's secrets must not stay in memory for the sake of its logs.
        self.known: weakref.WeakSet[Secrets] = weakref.WeakSet()
        self._names_only = Secrets()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; let it pass."""
        record.msg, record.args = self._clean(record.getMessage()), None
        if record.exc_info:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_info, record.exc_text = None, self._clean(text)
        return True

    def _clean(self, text: str) -> str:
        for secrets in list(self.known):
            text = secrets.clean(text)
        return self._names_only.clean(text)


def guard_logs(secrets: Secrets) -> None:
    """Keep these secrets, as long as they live, out of what urllib3 logs."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        found = next((each for each in logger.filters if isinstance(each, _LogFilter)), None)
        if found is None:
            found = _LogFilter()
            logger.addFilter(found)
        found.known.add(secrets)


def _marked(found: re.Match[str]) -> str:
    value = found[3]
    edge = re.match(r"\\?[\"']", value)
    return f"{found[1]}{found[2]}{edge[0] if edge else ''}{MARK}{edge[0] if edge else ''}"


def _basic_password(credential: str) -> str:
    try:
        return base64.b64decode(credential).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
