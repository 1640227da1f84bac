"""A worked example of a further source: a guestbook that answers JSON, one page a call.

    GET /entries?before=<id>   →   {"entries": [{"id", "at", "name", "words", "answer_to"}], "next":
    <id>}

Put such a file into a package of your own and register it:

    [project.entry-points."oyez.sources"]
    guestbook = "your_package.guestbook:Guestbook"

Then a client's file may say `{id: book, kind: guestbook, options: {url: "https://…"}}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field

from oyez.config.model import Strict
from oyez.sources.contract import Capabilities, Found, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.web import Web

PAGES_AT_MOST = 200


class Options(Strict):
    """What a client's file says."""

    url: str = Field(description="Address of the guestbook, without /entries.")


class Guestbook:
    """Entries of a guestbook, newest first."""

    name: ClassVar[str] = "guestbook"
    title: ClassVar[str] = "Guestbook"
    # Strictly newest first, so paging may stop at the first entry older than the window.
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="nothing"
    )
    Options: ClassVar[type[Options]] = Options

    def __init__(self, web: Web, credential: Credential | None) -> None:
        self._web = web

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the entries of the window; see `oyez.sources.contract.Source`."""
        before: str | None = None
        for number in range(PAGES_AT_MOST):
            page = self._page(query, before)
            for entry in page["entries"]:
                if datetime.fromisoformat(entry["at"]) < window.start:
                    return
                if window.holds(datetime.fromisoformat(entry["at"])):
                    yield _found(entry, f"page {number + 1}")
            if not page["next"] or page["next"] == before:
                return
            before = page["next"]
        # A book that never ends is a fault of the site, and what was not read is said.
        yield Missed(window.start, window.end, "partial", f"more than {PAGES_AT_MOST} pages")

    def probe(self, query: Query) -> str:
        """Return one sentence that proves the access works."""
        return f"{len(self._page(query, None)['entries'])} entries on the first page"

    def _page(self, query: Query, before: str | None) -> dict[str, Any]:
        params = {"before": before} if before else {}
        # `read` makes a truncated or garbled page be asked again, within the same call.
        answer = self._web.get(f"{query.options.url}/entries", params=params, read=_readable)
        page: dict[str, Any] = answer.json()
        return page


def _readable(answer: Any) -> None:
    answer.json()["entries"]


def _found(entry: dict[str, Any], ref: str) -> Found:
    return Found(
        native_id=str(entry["id"]),
        data={
            "published_at": entry["at"],
            "text": entry["words"],
            "author_name": entry["name"],
            "parent_id": entry.get("answer_to"),
            "network": "guestbook",
            "channel": "review",
            "kind": "reply" if entry.get("answer_to") else "review",
        },
        raw=entry,
        ref=ref,
    )
