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
from oyez.config.model import Client
from oyez.errors import OyezError
from oyez.landing import Attention, Reject
from oyez.sources import catalogue, guarded, watch
from oyez.sources.contract import Window
from oyez.workspace import Workspace

from . import test_hackernews
from .site import Asked, Clock, Reply
from .test_past_day_twice import CASES, Desk, at
from .test_watch import Fake, collect, fake, found, home  # noqa: F401  fixtures

NOW = datetime(2026, 3, 12, 5)
WINDOW = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
ACCOUNTS = [
    {"network": "mastodon", "handle": "@verdier@here.example"},
    {"network": "google", "handle": "owner"},
]
REASONS = {
    "automated",
    "bad_date",
    "bad_number",
    "bad_rating",
    "bad_shape",
    "date_in_future",
    "date_without_zone",
    "deleted",
    "hidden",
    "missing_date",
    "missing_id",
    "missing_text",
    "not_a_post",
    "not_a_video",
    "not_an_item",
    "small_action",
}
HOURS = tuple(range(1, 13))
WRONG: list[Any] = [5, [], {}, None, "", "x" * 5_000, 10**30, True, [None], {"a": [1]}]
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
    """A connector's site; some records of its lists get a wrong value each, the others stay."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.faults: list[tuple[tuple[Step, ...], Any]] = []
        self.paths: set[tuple[Step, ...]] = set()
        self._site = (_as_json_feed if kind == "rss" else CASES[kind].site)(HOURS)

    def __call__(self, *asked: Any) -> Any:
        answer = self._site(*asked)
        is_reply = isinstance(answer, Reply)
        said = answer.body if is_reply else answer[2]
        if isinstance(said, bytes):
            return answer  # no document: rules for programs, or their absence
        # A copy in which no two records share a part.
        body = json.loads(json.dumps(said))
        records = [one for one in _records(self.kind, body) if isinstance(one, dict)]
        for record in records:
            self.paths.update(_paths(record))
        # Every third record is left alone.
        spoilt = [one for number, one in enumerate(records) if number % 3]
        for record, (path, value) in zip(spoilt, self.faults, strict=False):
            _spoil(record, path, value)
        if is_reply:
            return Reply(body, answer.status, answer.headers)
        return answer[0], answer[1], body


def _spoil(record: Any, path: tuple[Step, ...], value: Any) -> None:
    *way, last = path
    try:
        for step in way:
            record = record[step]
        if isinstance(record, dict) and last not in record:
            return
        record[last] = copy.deepcopy(value)
    except (KeyError, IndexError, TypeError):
        return  # another kind of record: a search result is no video


@pytest.mark.parametrize("kind", catalogue.kinds())
def test_a_wrong_type_costs_one_record_and_says_so(kind: str) -> None:
    site, case = Spoilt(kind), CASES[kind]
    with case.serving(lambda *asked: site(*asked)) as served:
        url = served if isinstance(served, str) else served.url

        def read() -> tuple[set[str], list[Reject]]:
            source = case.opened(url, Clock(NOW))
            client = Client.model_validate(
                {
                    "id": "maison",
                    "name": "Verdier",
                    "timezone": "UTC",
                    "brands": [{"id": "verdier", "name": "Verdier", "accounts": ACCOUNTS}],
                    "sources": [{"id": "site", "kind": kind, "options": case.options(url)}],
                }
            )
            items: list[Any] = []
            rejects: list[Reject] = []
            counts: list[Any] = []
            for one in source.fetch(catalogue.query_of(client, client.sources[0]), WINDOW):
                if isinstance(one, Attention):
                    counts.append(one)
                else:
                    watch._sort(one, items, rejects, [], NOW)
            for item in items:
                landing._envelope_line(item, b"secret")
            names = {item.native_id for item in items}
            return names | {str(one.day_utc) for one in counts if one.value}, rejects

        whole, rejects = read()
        assert rejects == []
        assert len(whole) >= (1 if kind == "wikipedia" else 9)
        faults = [(path, value) for path in sorted(site.paths, key=str) for value in WRONG]
        assert len(faults) > 20
        size = 1 if kind == "wikipedia" else 6
        for start in range(0, len(faults), size):
            site.faults = faults[start : start + size]
            items, rejects = read()
            # A changed id is another item; nothing that was not touched is lost. Two kinds list
            # ids first, then the records of them.
            lists = 2 if kind in ("stackexchange", "youtube") else 1
            assert len(whole - items) <= size * lists, site.faults
            assert all(one.reason and one.detail for one in rejects), site.faults
            assert {one.reason for one in rejects} <= REASONS, rejects


def test_a_hit_whose_title_is_a_number_does_not_cost_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole line: the other items are published, the bad one is in the quarantine."""
    desk = Desk(tmp_path, "hackernews", monkeypatch)
    hits = [test_hackernews.hit(n, 60 * n, story_text="Verdier") for n in range(3)]
    for one in hits:
        one |= {"parent_id": None, "_tags": ["story"], "title": "Verdier"}
    hits[1]["title"] = 5
    desk._answers = test_hackernews.service(hits)
    with desk.site():
        result = desk.collect(NOW)
    assert (result["state"], result["item_count"], result["reject_count"]) == ("ok", 2, 1)
    assert "1 records set aside: the connector did not foresee its shape" in result["message"]
    assert "TypeError at plain.py" in result["message"]
    ws = Workspace.open(tmp_path)
    (reject,) = landing.read(ws.storage, result["run"], "rejects")
    assert (reject["reason"], reject["raw"]["objectID"]) == ("bad_shape", "1")


def test_a_fault_of_a_connector_is_told_logged_and_landed(
    home: Path,  # noqa: F811
    fake: type[Fake],  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    def script() -> Iterator[Any]:
        yield found("1")
        raise KeyError("somebody's name")

    fake.script = script
    guarded._log_once.cache_clear()
    with caplog.at_level(logging.ERROR):
        result = collect(home)
    assert (result["state"], result["item_count"]) == ("source_down", 1)
    told = str(result["error"])
    assert "the connector fake failed: KeyError at test_wrong_types.py:" in told
    assert told.endswith(f"→ {guarded.REPORT}")
    assert "raise KeyError" in caplog.text
    # Its words may quote a record.
    assert "somebody" not in told
    (gap,) = landing.manifest(Workspace.open(home).storage, result["run"])["coverage"]
    assert (gap["state"], gap["reason"]) == ("source_down", told)


def test_a_site_that_changed_all_its_records_is_not_measured(
    home: Path,  # noqa: F811
    fake: type[Fake],  # noqa: F811
) -> None:
    def script() -> Iterator[Any]:
        yield found("1")
        for number in range(2):
            yield guarded.one({"id": number}, f"#{number}", number, int, [])

    fake.script = script
    result = collect(home)
    assert (result["item_count"], result["reject_count"]) == (1, 2)
    assert result["state"] == "source_down"


def test_a_unit_that_fails_in_an_unforeseen_way_stops_no_other(
    home: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def collect_unit(ws: Workspace, unit: dict[str, Any]) -> dict[str, Any]:
        asked.append(unit["source_id"])
        if unit["source_id"] == "first":
            raise TypeError("int has no len()")
        return {**unit, "runs": [], "state": "ok", "message": ""}

    monkeypatch.setattr(line, "collect_unit", collect_unit)
    units = [{"client_id": "acme", "source_id": one, "day": "2026-05-26"} for one in ("first", "b")]
    with pytest.raises(OyezError, match=r"acme, source first · 2026-05-26: the program failed"):
        line.collect(Workspace.open(home), units)
    assert asked == ["first", "b"]
