"""Values of a type that nobody foresaw, in an answer of every connector: they cost their record.

The sites are those of `test_past_day_twice`; one value of one record of their answers is replaced.
"""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from oyez import landing, line
from oyez.sources import catalogue, guarded, watch
from oyez.workspace import Workspace

from . import test_rss
from .site import Asked, Reply
from .test_past_day_twice import CASES, DAY, Desk, at
from .test_watch import Fake, collect, fake, found, home  # noqa: F401  fixtures

NOW = datetime(2026, 3, 12, 5)
HOURS = (2, 5, 11)
WRONG: list[Any] = [5, [], {}, None, "", "x" * 200_000, 10**30, True, [None], {"a": [1]}]
Step = str | int


def _as_json_feed(hours: tuple[float, ...]) -> Callable[[Asked], Reply]:
    """A feed whose values have types; XML has only text."""
    items = [
        {
            "id": f"https://blog.example/{n}",
            "url": f"https://blog.example/{n}",
            "title": f"Verdier {n}",
            "content_html": "<p>Words</p>",
            "date_published": f"{at(hour).isoformat()}Z",
            "authors": [{"name": "Ana"}],
            "language": "fr",
            "attachments": [{"mime_type": "audio/mpeg", "url": "https://blog.example/a.mp3"}],
        }
        for n, hour in enumerate(hours)
    ]
    old = {"id": "https://blog.example/old", "date_published": "2026-03-01T00:00:00Z"}
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "Blog", "items": [*items, old]}
    return lambda asked: Reply(b"", 404) if asked.path == "/robots.txt" else Reply(body)


# Where an answer lists its records, one of which gets the wrong value.
LISTS = {
    "bluesky": "posts",
    "discourse": "latest_posts",
    "gdelt": "articles",
    "google_reviews": "reviews",
    "hackernews": "hits",
    "mastodon": None,
    "rss": "items",
    "stackexchange": "items",
    "wikipedia": "items",
    "youtube": "items",
}


def _records(kind: str, body: Any) -> list[Any]:
    name = LISTS[kind]
    found = body if name is None else body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, list) else []


def _paths(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    if path:
        yield path
    pairs: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        pairs = list(enumerate(value))[:2]
    for step, inner in pairs:
        yield from _paths(inner, (*path, step))


class Spoilt:
    """A connector's site that answers one record of its lists with one wrong value."""

    def __init__(self, kind: str) -> None:
        self.kind, self.path, self.value = kind, (), None
        self.records: list[Any] = []
        make = _as_json_feed if kind == "rss" else CASES[kind].site
        self._site = make(HOURS)

    def __call__(self, *asked: Any) -> Any:
        answer = self._site(*asked)
        is_reply = isinstance(answer, Reply)
        body = copy.deepcopy(answer.body if is_reply else answer[2])
        records = _records(self.kind, body)
        if len(records) > 1 and isinstance(records[1], dict):
            self.records.append(copy.deepcopy(records[1]))
            self._spoil(records[1])
        if is_reply:
            return Reply(body, answer.status, answer.headers)
        return answer[0], answer[1], body

    def _spoil(self, record: Any) -> None:
        if not self.path:
            return
        *way, last = self.path
        try:
            for step in way:
                record = record[step]
            if isinstance(record, dict) and last not in record:
                return
            record[last] = copy.deepcopy(self.value)
        except (KeyError, IndexError, TypeError):
            return  # another kind of record: a search result is no video


@pytest.mark.parametrize("kind", catalogue.kinds())
def test_a_wrong_type_costs_one_record_and_says_so(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, spoilt = Desk(tmp_path, kind, monkeypatch), Spoilt(kind)
    desk._answers = spoilt  # noqa: SLF001
    ws: Workspace

    def read() -> tuple[dict[str, Any], set[str], list[Any]]:
        desk.now = NOW
        client = ws.client("maison")
        result = watch.watch(ws, client, client.sources[0], DAY, now=NOW, again=True)
        assert result["error"] is None, (spoilt.path, spoilt.value, result["error"])
        name = "attention" if CASES[kind].table == "core.attention" else "items"
        lines = list(landing.read(ws.storage, result["run"], name))
        items = {one.get("native_id") or f"{one['day_utc']} {one['value']}" for one in lines}
        return result, items, list(landing.read(ws.storage, result["run"], "rejects"))

    with desk.site():
        ws = Workspace.open(tmp_path)
        _, whole, rejects = read()
        assert rejects == []
        assert len(whole) >= len(HOURS)
        paths = {path for record in spoilt.records for path in _paths(record)}
        assert len(paths) > 2
        for path in sorted(paths, key=str):
            for value in WRONG:
                spoilt.path, spoilt.value = path, value
                result, items, rejects = read()
                lost = whole - items
                assert len(lost) <= 1, (path, value, lost)
                assert all(one["reason"] and one["detail"] for one in rejects), (path, value)
                if any(one["detail"].startswith(guarded.UNFORESEEN) for one in rejects):
                    assert guarded.REPORT in result["message"]
