"""Holds a site's last answers beside their validators, so that "not modified" gives the same bytes.

A 304 says that a document is still what we hold, not that it was landed: the run that got it may
have been killed, may have collected another day, or read it under other options. So a held document
is read again as if it had just been sent, and a run lands the same with a 304 as with a 200.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import zstandard
from requests.structures import CaseInsensitiveDict

from oyez.web import Answer, Conditional, Web
from oyez.web.client import utc_now

# Some sites answer 304 for ever; then at least once a week the document is asked for whole.
MOST_AGE = timedelta(days=7)
# RFC 9110, 8.8.2.2: a page that changes twice in a second keeps its date; clocks are not exact.
_SETTLED = timedelta(minutes=1)
_FRESH = ".new"


@dataclass(frozen=True)
class _Held:
    url: str  # where it came from, after redirects
    content_type: str
    conditional: Conditional
    body: bytes


class Documents:
    """The documents held for one source.

    Args:
        folder: local scratch, such as `data/work/memory/CLIENT__SOURCE`; losing it costs one whole
            answer a document. None: nothing is held.
        clock: gives the present, naive UTC.
    """

    def __init__(self, folder: Path | None, clock: Callable[[], datetime] = utc_now) -> None:
        self._folder, self._clock = folder, clock
        self._asked: set[str] = set()

    def get(
        self,
        web: Web,
        url: str,
        *,
        headers: Mapping[str, str],
        robots: bool,
        read: Callable[[Answer], object] | None = None,
    ) -> Answer:
        """Return the whole document, from the site or, if it says "not modified", as held.

        Args:
            web: the HTTP client.
            url: where it is.
            headers: as for `Web.get`.
            robots: as for `Web.get`.
            read: as for `Web.get`; what is held was understood before.

        Raises:
            SourceThrottled, SourceDenied, SourceUnavailable: as `Web.get`.
        """
        self._asked.add(_name(url))
        held = self._held(url)
        if held:
            answer = web.get(
                url, headers=headers, robots=robots, conditional=held.conditional, read=read
            )
            if not answer.not_modified:
                return answer
            # A redirect may lead elsewhere today, where our date or tag means another document.
            if answer.url == held.url:
                kept = CaseInsensitiveDict(answer.headers)
                kept["Content-Type"] = held.content_type
                return replace(answer, body=held.body, headers=kept)
        return web.get(url, headers=headers, robots=robots, read=read)

    def keep(self, url: str, answer: Answer) -> None:
        """Hold a document that was understood; one without validators is not held.

        Args:
            url: the address that will be asked the next time.
            answer: what `get` gave.
        """
        if self._folder is None or answer.not_modified:
            return
        conditional = _validators(answer)
        file = self._folder / _name(url)
        self._asked.add(file.name)
        if not conditional.headers:
            file.unlink(missing_ok=True)
            return
        head = {
            "url": answer.url,
            "content_type": answer.headers.get("Content-Type", ""),
            "etag": conditional.etag,
            "last_modified": conditional.last_modified,
            "held_since": self._clock().isoformat(),
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        # One file, put in place at once: validators never stand beside another answer's bytes.
        fresh = self._folder / f"{secrets.token_hex(8)}{_FRESH}"
        packed = zstandard.ZstdCompressor(level=6, write_checksum=True).compress(answer.body)
        fresh.write_bytes(json.dumps(head).encode() + b"\n" + packed)
        os.replace(fresh, file)

    def keep_only_asked(self) -> None:
        """Let go of what was not asked for since this was made, such as a removed feed."""
        if self._folder is None or not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            # What another run is writing right now stays; what a killed one left does not.
            if file.name not in self._asked and not (file.suffix == _FRESH and _is_young(file)):
                file.unlink(missing_ok=True)

    def _held(self, url: str) -> _Held | None:
        if self._folder is None:
            return None
        try:
            head, _, packed = (self._folder / _name(url)).read_bytes().partition(b"\n")
            facts = json.loads(head)
            if self._clock() - datetime.fromisoformat(facts["held_since"]) >= MOST_AGE:
                return None
            body = zstandard.ZstdDecompressor().decompress(packed)
            conditional = Conditional(facts["etag"], facts["last_modified"])
            return _Held(facts["url"], facts["content_type"], conditional, body)
        except (OSError, ValueError, KeyError, TypeError, zstandard.ZstdError):
            return None  # none, or scratch that was damaged: the site is asked for all of it


def _name(url: str) -> str:
    # A digest: whoever knows the address of a private feed can read it.
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _is_young(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime < 3600
    except FileNotFoundError:
        return True  # put in place in the meantime


def _validators(answer: Answer) -> Conditional:
    """Return what proves that a document is the same: its tag, else a date that has settled."""
    if answer.etag:
        return Conditional(etag=answer.etag)
    try:
        changed = parsedate_to_datetime(answer.headers["Last-Modified"])
        sent = parsedate_to_datetime(answer.headers["Date"])
        if sent - changed >= _SETTLED:
            return Conditional(last_modified=answer.last_modified)
    except (KeyError, ValueError, TypeError):
        pass
    return Conditional()
