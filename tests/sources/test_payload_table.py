"""The table of recorded payloads leaves no file out, and the facts measured on them hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from oyez.sources.catalogue import kinds

from .payload_table import PAYLOADS, kind_of, needs_payloads, registered, replay, table, unlisted

pytestmark = [pytest.mark.shared, needs_payloads]


def exchanges(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAYLOADS / name).read_text("utf-8").splitlines()]


def test_no_file_of_a_built_connector_is_missing() -> None:
    assert [str(path) for path in unlisted() if kind_of(path) in kinds()] == []
    assert "NOT READ" not in table()


@pytest.mark.parametrize(
    ("kind", "glob", "parse"),
    registered(),
    ids=lambda one: one[:40] if isinstance(one, str) else "",
)
def test_every_file_gives_items_or_a_reason(kind: str, glob: str, parse: Any) -> None:
    row = replay(glob, parse)
    assert row.files > 0
    assert row.items + row.refused_items + row.refused_files > 0
    assert row.refused_items + row.refused_files == row.reasons.total()
    assert row.empty_files == row.empty_reasons.total()


def test_an_unknown_file_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from . import payload_table

    lines = [line for line in registered() if not line[1].startswith("youtube")]
    monkeypatch.setattr(payload_table, "registered", lambda: lines)
    assert len(payload_table.unlisted()) == 46
    assert payload_table.table().count("NOT READ") == 46


def test_bluesky_answers_an_unknown_cursor_with_500_and_leaves_out_what_is_deleted() -> None:
    recorded = exchanges("bluesky/devenv-recorded/exchanges.ndjson")
    assert [one["request"]["params"]["cursor"] for one in recorded if one["status"] == 500] == [
        "garbage"
    ]
    (asked,) = [one for one in recorded if one["request"]["path"].endswith("getPosts")]
    assert (asked["status"], asked["body"]) == (200, {"posts": []})


def test_bluesky_says_how_long_to_wait() -> None:
    recorded = exchanges("bluesky/devenv-recorded/ratelimit.ndjson")
    refused = [one["headers"] for one in recorded if one["status"] == 429]
    assert refused
    assert all(one["RateLimit-Policy"] == "30;w=300" and one["Retry-After"] for one in refused)


def test_gotosocial_says_it_by_a_date_only() -> None:
    (file,) = (PAYLOADS / "mastodon" / "gotosocial-recorded").iterdir()
    recorded = exchanges(str(file.relative_to(PAYLOADS)))
    refused = [one for one in recorded if one["status"] == 429]
    assert refused
    for one in refused:
        assert one["body"] == {"error": "rate limit reached"}
        assert one["headers"]["X-Ratelimit-Limit"] == "300"
        assert one["headers"]["X-Ratelimit-Reset"] == "2026-11-22T13:27:44.000Z"
        assert "retry-after" not in {name.lower() for name in one["headers"]}
