"""Remembers between runs what a site does not repeat, such as an entry's first sighting."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def remembered(file: Path) -> Iterator[dict[str, str]]:
    """Yield the facts kept in a file; what is added is kept when the block ends, even by an error.

    Args:
        file: local scratch, such as `data/work/memory/CLIENT__SOURCE.json`; losing it makes first
            sightings begin anew, nothing more.
    """
    before = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    facts: dict[str, str] = dict(before)
    try:
        yield facts
    finally:
        if facts != before:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(json.dumps(facts, sort_keys=True), encoding="utf-8")
            os.replace(fresh, file)
