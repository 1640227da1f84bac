"""What a site answered, fit to be kept: complete, dated, and without the secrets of the request."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NoReturn

from requests.utils import parse_header_links

from oyez.errors import SourceUnavailable
from oyez.web.people import without_people

_QUOTED = 80
# What a raw record keeps of the headers: enough to explain an answer, nothing that identifies us.
_KEPT = ("content-type", "date", "etag", "last-modified", "link", "location", "retry-after")


@dataclass(frozen=True)
class Conditional:
    """What we hold of a page, so that the site may answer "not modified".

    Args:
        etag: as the site wrote it, quotes and W/ included.
        last_modified: as the site wrote it.
    """

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The request headers that ask the question."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Answer:
    """One complete answer.

    Args:
        status: HTTP status.
        headers: names compare whatever their case; without cookies.
        body: decompressed.
        url: where it came from after redirects; secrets replaced.
        fetched_at: naive UTC instant at which the last byte came.
        request: method, address, headers and parameters as sent, fit for a raw record.
        moved_to: where to ask from now on, when the site said so for good (301, 308). Kept whole,
            so that it can be stored in place of the old address: never log it.
        is_empty: the connector found a sound answer without items.
        conditional: what was held of the page when it was asked.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str
    fetched_at: datetime
    request: Mapping[str, Any] = field(default_factory=dict, repr=False)
    moved_to: str | None = field(default=None, repr=False)
    is_empty: bool = False
    conditional: Conditional = field(default_factory=Conditional, repr=False)

    @property
    def not_modified(self) -> bool:
        """The site says that what we hold is still good; there is no body."""
        return self.status == 304

    @property
    def gone(self) -> bool:
        """The site says that this address will not come back."""
        return self.status == 410

    @property
    def etag(self) -> str | None:
        """What to send next time; on a 304 that does not repeat it, what was sent this time."""
        held = self.conditional.etag if self.not_modified else None
        return self.headers.get("ETag") or held

    @property
    def last_modified(self) -> str | None:
        """What to send next time; on a 304 that does not repeat it, what was sent this time."""
        held = self.conditional.last_modified if self.not_modified else None
        return self.headers.get("Last-Modified") or held

    @property
    def next_url(self) -> str | None:
        """The `Link` header's next page."""
        links = parse_header_links(self.headers.get("Link", ""))
        return next((link["url"] for link in links if "next" in link.get("rel", "").split()), None)

    @property
    def text(self) -> str:
        """The body as text: UTF-8, or UTF-16/32 if it looks so; invalid bytes become U+FFFD."""
        encoding = json.detect_encoding(self.body)
        return self.body.decode(encoding, "replace").removeprefix("\ufeff")

    @property
    def is_damaged(self) -> bool:
        """Whether `text` and `json()` had to replace invalid bytes."""
        try:
            codecs.decode(self.body, json.detect_encoding(self.body))
        except UnicodeDecodeError:
            return True
        return False

    def json(self) -> Any:
        """Return the body's JSON value; of repeated keys the last one counts.

        Raises:
            SourceUnavailable: the body is a page, a text, cut, or holds NaN; asking again may help.
        """
        return self._json

    @cached_property
    def _json(self) -> Any:
        start = self.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start == b"<":
            self._reject("a page (HTML or XML)")
        problem = "text that is no JSON"
        try:
            return json.loads(self.text, parse_constant=_refuse_constant)
        except _ConstantError as constant:
            problem = f"JSON with {constant}, which no number can be"
        except (ValueError, RecursionError):
            problem = "broken JSON" if start in (b"{", b"[") else problem
        return self._reject(problem)

    def _reject(self, problem: str) -> NoReturn:
        beginning = " ".join(self.text[: 4 * _QUOTED].split())[:_QUOTED]
        raise SourceUnavailable(
            f"expected JSON from {without_people(self.url)}, got {problem}: “{beginning}”"
            if self.body
            else f"expected JSON from {without_people(self.url)}, got nothing",
            action="try again later; if it lasts, the address or the site's API has changed",
        )

    def record(self) -> dict[str, Any]:
        """Return what a raw record keeps beside the body; JSON-able, without secrets."""
        kept = {
            name.lower(): value
            for name, value in self.headers.items()
            if name.lower() in _KEPT or "ratelimit" in name.lower().replace("-", "")
        }
        return {
            "request": dict(self.request),
            "url": self.url,
            "status": self.status,
            "headers": kept,
            "fetched_at": self.fetched_at.isoformat(),
        }


class _ConstantError(ValueError):
    """NaN or Infinity."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)
