"""Taking in a file of mentions, stage by stage, against a bare `read_json` into a table."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from oyez import line
from oyez.sources.collect import import_file
from oyez.workspace import Workspace

_AGENCY = "name: Bench\nsentiment_model: core\ndefaults: {locale: en-GB}\n"
_CLIENT = """\
id: acme
name: Acme
timezone: Europe/Paris
languages: [en]
brands:
  - {id: acme, name: Acme, accounts: [{network: x, handle: acme}]}
competitors:
  - {id: globex, name: Globex}
sources:
  - {id: export, name: Export, kind: file, mapping: mappings/export.yml}
reports: [{id: weekly, cadence: weekly}]
"""
_MAPPING = """\
format: ndjson
covers: [{start: "2026-01-01T00:00:00+00:00", end: "2026-11-01T00:00:00+00:00"}]
fields:
  native_id: id
  published_at: date
  text: text
  author_handle: author
  like_count: likes
  url: url
constants: {network: x, kind: post, channel: social%s}
"""
# What the file says itself need not be told from the words.
_GIVEN = ", language: en"
_MAPPING_FILE = "mappings/export.yml"
_SYLLABLES = [first + then for first in "bdfgklmnprstvz" for then in ("a", "en", "ir", "o", "ul")]
_BARE = Path(__file__).parent / "bare.sql"


def measure(folder: Path, *, row_count: int, tell: Callable[[str], None]) -> dict[str, float]:
    """Return the CPU seconds of each stage for `row_count` rows of some 650 bytes.

    `bare` is DuckDB's `read_json` into a table; then `land`, `stage`, `enrich` and `fold` (staged
    rows into the warehouse, before metrics and checks). The file names its language; `stage,
    telling the language` is the same file without.
    """
    file = folder / "mentions.ndjson"
    _write(file, row_count)
    bare = duckdb.connect(str(folder / "bare.duckdb"))
    bare.execute(f"set variable file = '{file}'")
    costs = {"bare": _timed(lambda: bare.execute(_BARE.read_text("utf-8")))}
    bare.close()
    tell("landing")
    costs["land"], ws = _landed(folder / "home", file, _MAPPING % _GIVEN)
    tell("staging")
    costs["stage"] = _timed(lambda: line.stage(ws, line.pending_runs(ws)))
    _, untold = _landed(folder / "untold", file, _MAPPING % "")
    costs["stage, telling the language"] = _timed(
        lambda: line.stage(untold, line.pending_runs(untold))
    )
    tell("enriching, which the comparison leaves out")
    costs["enrich"] = _timed(lambda: line.enrich(ws, line.pending_enrichment(ws)))
    steps: list[tuple[str, float]] = []
    line.publish(ws, [], progress=lambda step: steps.append((step, time.process_time())))
    (start,) = (at for step, at in steps if step.startswith("publishing"))
    (end,) = (at for step, at in steps if step.startswith("computing"))
    costs["fold"] = end - start
    return costs


def _write(file: Path, row_count: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    draw = random.Random(1)  # noqa: S311  # equal files in every run
    words = ["".join(draw.choices(_SYLLABLES, k=1 + number % 4)) for number in range(4_000)]
    with file.open("w", encoding="utf-8") as out:
        for number in range(row_count):
            text = f"Acme {' '.join(draw.choices(words, k=65))}"
            row = {
                "id": f"p{number}",
                "date": (at + timedelta(seconds=number * 20)).isoformat(),
                "text": text,
                "author": f"writer{number % 5000}",
                "likes": number % 50,
                "url": f"https://example.org/posts/{number}",
            }
            out.write(json.dumps(row) + "\n")


def _landed(home: Path, file: Path, mapping: str) -> tuple[float, Workspace]:
    for path, text in (
        ("agency.yml", _AGENCY),
        ("clients/acme.yml", _CLIENT),
        (_MAPPING_FILE, mapping),
    ):
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    ws = Workspace.open(home)
    cost = _timed(lambda: import_file(ws, "acme", "export", file, ws.mapping(_MAPPING_FILE)))
    return cost, ws


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
