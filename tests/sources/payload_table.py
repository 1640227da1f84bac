"""Every recorded payload through its connector's `parse`: how many items, refusals, and why.

    make payloads        # or: python -m tests.sources.payload_table

A connector registers one line a format: (kind, glob under the payloads, parse). `parse` takes the
bytes of a file and gives Found and Reject, or raises an OyezError: why it is refused whole. What is
no payload (licences, schemas) is listed with what it is, and whatever no line names is listed too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from oyez.errors import OyezError
from oyez.landing import Reject
from oyez.sources.catalogue import kinds

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "payloads"
needs_payloads = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="needs ../shared/data/payloads")

Parse = Callable[[bytes], Iterable[object]]


@dataclass
class Row:
    """What became of the files of one registration."""

    files: int = 0
    items: int = 0
    refused_items: int = 0
    refused_files: int = 0
    empty_files: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    empty_reasons: Counter[str] = field(default_factory=Counter)


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


# Beside the payloads lie files that no site answers with.
NO_PAYLOADS = [
    ("SOURCES.md", "what the folders are"),
    ("**/LICENSE*", "licence"),
    ("bluesky/lexicons/**/*.json", "schemas of the protocol, not answers"),
    ("bluesky/MarshalX-atproto/**/syntax/*.txt", "valid and invalid identifiers, not answers"),
    ("bluesky/MarshalX-atproto/**/signature-fixtures.json", "signatures, not answers"),
    ("discourse/discourse_api_docs/openapi.json", "description of the API, not answers"),
]
# A folder is named after its kind, but for lists of feeds, which `rss` imports.
FOLDERS = {"opml": "rss"}


def files(glob: str) -> list[Path]:
    """Return the files of a glob, in order."""
    return sorted(path for path in PAYLOADS.glob(glob) if path.is_file())


def unlisted() -> list[Path]:
    """Return the files that no line names, of whatever kind."""
    globs = [glob for _, glob, _ in registered()] + [glob for glob, _ in NO_PAYLOADS]
    named = {path for glob in globs for path in files(glob)}
    return [path for path in files("**/*") if path not in named]


def kind_of(path: Path) -> str:
    """Return the kind of source that a file belongs to, by its folder."""
    folder = path.relative_to(PAYLOADS).parts[0]
    return FOLDERS.get(folder, folder)


def replay(glob: str, parse: Parse) -> Row:
    """Parse every file of a glob; anything but Found, Reject and OyezError is a bug and passes."""
    row = Row()
    for path in files(glob):
        row.files += 1
        before = row.items + row.refused_items
        try:
            for found in parse(path.read_bytes()):
                if isinstance(found, Reject):
                    row.refused_items += 1
                    row.reasons[found.reason] += 1
                else:
                    row.items += 1
        except OyezError as problem:
            row.refused_files += 1
            before = -1
            row.reasons[str(problem.message)[:60]] += 1
        # Sound, and without any entry: neither an item nor a refusal.
        if before == row.items + row.refused_items:
            row.empty_files += 1
            row.empty_reasons[_why_empty(path.read_bytes())] += 1
    return row


def _why_empty(body: bytes) -> str:
    """Return why a file that is read and not refused gives nothing."""
    if re.search(rb"<(?:\w+:)?(?:item|entry)\b", body):
        return "empty: cut inside its only entry"
    if b"<outline" in body:
        return "empty: a list without feeds"
    return "empty: no entry in the document"


def table() -> str:
    """Return the table of all registrations, of what is no payload and of what nobody reads."""
    lines = ["kind | files | items | refused | files refused | files empty | why"]
    lines.append("---|---|---|---|---|---|---")
    for kind, glob, parse in registered():
        row = replay(glob, parse)
        reasons = row.reasons + row.empty_reasons
        why = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common())
        lines.append(
            f"{kind} | {row.files} {glob} | {row.items} | {row.refused_items} "
            f"| {row.refused_files} | {row.empty_files} | {why}"
        )
    recorded = {FOLDERS.get(kind, kind) for kind, _, _ in registered()}
    for kind in kinds():
        if kind not in recorded:
            lines.append(f"{kind} | 0 | | | | | nothing recorded: its tests play a site of our own")
    for glob, what in NO_PAYLOADS:
        lines.append(f"no payload | {len(files(glob))} {glob} | | | | | {what}")
    for path in unlisted():
        why = "NOT READ" if kind_of(path) in kinds() else "no connector of this kind"
        lines.append(f"{kind_of(path)} | 1 {path.relative_to(PAYLOADS)} | | | | | {why}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
