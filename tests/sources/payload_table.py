"""Every recorded payload through its connector's `parse`: how many items, refusals, and why.

    python -m tests.sources.payload_table        # prints the table

A connector registers one line a format: (kind, glob under the payloads, parse). `parse` takes the
bytes of a file and gives Found and Reject, or raises an OyezError: why it is refused whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oyez.errors import OyezError
from oyez.landing import Reject

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "payloads"
needs_payloads = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="needs ../shared/data/payloads")

Parse = Callable[[bytes], Iterable[object]]


@dataclass
class Row:
    """What became of the files of one registration."""

    files: int = 0
    items: int = 0
    refused_files: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def registered() -> list[tuple[str, str, Parse]]:
    """Return (kind, glob, parse) of every connector; one line each."""
    from . import (
        test_bluesky,
        test_discourse,
        test_mastodon,
        test_opml,
        test_rss,
        test_stackexchange,
        test_youtube,
    )

    return [
        ("bluesky", "bluesky/devenv-recorded/*.ndjson", test_bluesky.parsed),
        ("bluesky", "bluesky/MarshalX-atproto/**/test_data/*.json", test_bluesky.parsed),
        ("mastodon", "mastodon/**/*.ndjson", test_mastodon.parsed),
        ("discourse", "discourse/discourse_api/spec/fixtures/*.json", test_discourse.parsed),
        ("stackexchange", "stackexchange/stackapi/tests/mock_objects/*", test_stackexchange.parsed),
        ("youtube", "youtube/python-youtube/testdata/**/*.json", test_youtube.parsed),
        ("opml", "opml/listparser/**/*.*ml", test_opml.parsed),
        ("rss", "rss/feedjira/spec/sample_feeds/*", test_rss.parsed),
        ("rss", "rss/feedparser/tests/**/*.xml", test_rss.parsed),
        ("rss", "rss/gofeed/testdata/**/*", test_rss.parsed),
    ]


def replay(glob: str, parse: Parse) -> Row:
    """Parse every file of a glob; anything but Found, Reject and OyezError is a bug and passes."""
    row = Row()
    for path in sorted(path for path in PAYLOADS.glob(glob) if path.is_file()):
        row.files += 1
        try:
            for found in parse(path.read_bytes()):
                if isinstance(found, Reject):
                    row.reasons[found.reason] += 1
                else:
                    row.items += 1
        except OyezError as problem:
            row.refused_files += 1
            row.reasons[str(problem.message)[:60]] += 1
    return row


def table() -> str:
    """Return the table of all registrations."""
    lines = ["kind | files | items | files refused | why", "---|---|---|---|---"]
    for kind, glob, parse in registered():
        row = replay(glob, parse)
        why = "; ".join(f"{count} × {reason}" for reason, count in row.reasons.most_common(6))
        lines.append(f"{kind} {glob} | {row.files} | {row.items} | {row.refused_files} | {why}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
