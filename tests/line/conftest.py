"""Workspaces for tests of the whole line: small files in a temporary folder."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez import line
from oyez.sources.collect import import_file
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
# What a reading's clock or chance decides, and no number depends on. Two workspaces differ there.
OF_THE_CLOCK = {
    "collected_at",
    "landed_at",
    "first_seen_at",
    "observed_at",
    "applied_at",
    "computed_at",
    "publish_id",
    "publish",  # ops.publish and ops.journal say when something was done
    "journal",
    "check_result",  # what the last publish looked at; how many publishes there were is chance
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the labelled data are not beside this checkout (../shared/data)")
    return SHARED


class Bench:
    """A workspace under construction, and the line over it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        # Pseudonyms depend on a secret drawn by chance: two benches shall give equal ones.
        for client in ("acme", "tokyo", "york"):
            self._write(f"data/journal/author-key/{client}", f"secret of {client}")
        # The word lists: what these tests ask does not depend on the tone, and thousands of texts
        # would keep the default model busy for minutes.
        self.write(
            "agency.yml",
            {
                "name": "Atelier Nord",
                "sentiment_model": "core",
                "defaults": {"locale": "en-GB"},
            },
        )

    def write(self, path: str, content: Any) -> Path:
        """Write a YAML document, or text as it is."""
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
        return self._write(path, text)

    def _write(self, path: str, text: str) -> Path:
        target = self.home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    @property
    def workspace(self) -> Workspace:
        """The workspace as its files stand now."""
        return Workspace.open(self.home)

    def land(self, client: str, path: Path, mapping: str, source: str = "export") -> dict[str, Any]:
        """Land one file."""
        ws = self.workspace
        return import_file(ws, client, source, path, ws.mapping(mapping))

    def drop(self, name: str, content: str | bytes, client: str = "acme") -> Path:
        """Put a file into the inbox of the client's source `export`."""
        path = self.home / "inbox" / client / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def day(self, day: str, **how: Any) -> line.Outcome:
        """Run the whole line for a local day."""
        ws = self.workspace
        return line.run_day(ws, line.plan(ws, day=date.fromisoformat(day)), **how)

    def publish(self, day: str | None = None) -> dict[str, Any]:
        """Stage what is landed and publish it."""
        ws = self.workspace
        line.stage(ws, line.pending_runs(ws))
        line.enrich(ws, line.pending_enrichment(ws))
        planned = line.plan(ws, day=date.fromisoformat(day)) if day else []
        return line.publish(ws, planned)

    def edition(self, client: str, report: str, day: str) -> dict[str, Any]:
        """Return the edition whose period ends on a local day."""
        ws = self.workspace
        (made,) = line.editions(ws, [{"client_id": client, "report_id": report, "day": day}])
        edition: dict[str, Any] = json.loads(ws.storage.read(made["edition"]))
        return edition | {"_made": made}

    def query(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query over the snapshot."""
        connection = open_snapshot(self.workspace.storage)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def rows(self, *schemas: str, without: set[str] = OF_THE_CLOCK) -> dict[str, list[Any]]:
        """Return every row of every table of the snapshot, in a total order.

        Args:
            schemas: core, metric, raw, ops; all by default.
            without: tables and columns that are left out.
        """
        connection = open_snapshot(self.workspace.storage)
        try:
            names = connection.execute(
                "select schema_name, table_name from duckdb_tables() where not temporary"
            ).fetchall()
            found = {}
            for schema, name in sorted(names):
                if name in without or (schemas and schema not in schemas):
                    continue
                columns = [
                    column
                    for column, *_ in connection.execute(f"describe {schema}.{name}").fetchall()
                    if column not in without
                ]
                found[f"{schema}.{name}"] = connection.execute(
                    f"select {', '.join(columns)} from {schema}.{name} order by all"  # noqa: S608
                ).fetchall()
            return found
        finally:
            connection.close()

    def bytes(self, prefix: str = "") -> dict[str, str]:
        """Return key → SHA-256 of the objects in the data root; `data/work` is scratch."""
        storage = self.workspace.storage
        return {
            key: hashlib.sha256(storage.read(key)).hexdigest()
            for key in storage.list(prefix)
            if not key.startswith("work/")
        }

    def editions(self) -> dict[str, str]:
        """Return key → SHA-256 of the editions and their pages, without their provenance."""
        return {
            key: value
            for key, value in self.bytes("editions/").items()
            if not key.endswith("provenance.json")
        }

    def copy(self, home: Path) -> Bench:
        """Return an equal workspace in another folder."""
        shutil.copytree(self.home, home)
        return type(self)(home)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An agency without clients."""
    return Bench(tmp_path / "home")


SMALL_CLIENT: dict[str, Any] = {
    "id": "acme",
    "name": "Acme",
    "timezone": "Europe/Paris",
    "languages": ["en", "fr"],
    "brands": [
        {"id": "acme", "name": "Acme", "accounts": [{"network": "x", "handle": "@acme"}]},
    ],
    "competitors": [{"id": "globex", "name": "Globex"}],
    "sources": [{"id": "export", "kind": "file", "mapping": "mappings/export.yml"}],
    "reports": [{"id": "weekly", "cadence": "weekly"}],
}
SMALL_MAPPING: dict[str, Any] = {
    "format": "csv",
    "fields": {
        "native_id": "id",
        "published_at": "date",
        "text": "text",
        "author_handle": "author",
        "like_count": "likes",
    },
    "constants": {"network": "x", "channel": "social"},
    "covers": [{"start": "2026-05-24T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}],
}
HEADER = ("id", "date", "text", "author", "likes")


def small_home(home: Path) -> Bench:
    """Return a workspace of one client, one source, one weekly report: see SMALL_CLIENT."""
    bench = Bench(home)
    bench.write("clients/acme.yml", SMALL_CLIENT)
    bench.write("mappings/export.yml", SMALL_MAPPING)
    return bench


@pytest.fixture
def small(tmp_path: Path) -> Bench:
    """One client, one source, one weekly report: see SMALL_CLIENT."""
    return small_home(tmp_path / "home")


Built = tuple[Bench, Any]
Build = Callable[[Bench], Any]
Keep = Callable[[Build], Built]


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Keep:
    @cache
    def built(build: Build) -> Built:
        bench = small_home(tmp_path_factory.mktemp("kept") / "home")
        return bench, build(bench)

    return built


@pytest.fixture
def kept(_built: Keep, tmp_path: Path) -> Keep:
    """Give a copy of `small` on which something was done, once for all tests of the module.

    A publish costs seconds, a copy nothing: what many tests start from is published once. Call it
    with the function that does it; comes back the copy, and what the function returned.
    """

    def copied(build: Build) -> Built:
        bench, told = _built(build)
        return bench.copy(tmp_path / "home"), deepcopy(told)

    return copied


def table(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> str:
    """Return a CSV of SMALL_MAPPING's columns."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def post(number: int, day: int = 25, text: str = "Acme is great", **other: Any) -> tuple[Any, ...]:
    """Return a row of May 2026 for `table`: id, date, text, author, likes."""
    return (
        other.get("id", f"p{number}"),
        other.get("date", f"2026-05-{day:02d}T10:{number % 60:02d}:00+02:00"),
        text,
        other.get("author", f"author{number}"),
        other.get("likes", number),
    )


@pytest.fixture
def blank_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing but the edition's hash: two seconds less where the page is not the question."""
    import oyez.render.pdf

    def print_hash(edition: Any, *_: Any, **__: Any) -> bytes:
        return f"%PDF {edition.content_hash()}".encode()

    monkeypatch.setattr(oyez.render.pdf, "render_pdf", print_hash)


def differing(these: dict[str, Any], those: dict[str, Any]) -> dict[str, Any]:
    """Return name → (only here, only there), for a short message; empty when all is equal."""
    found: dict[str, Any] = {}
    for name in sorted(these.keys() | those.keys()):
        here, there = these.get(name), those.get(name)
        if here == there:
            continue
        if isinstance(here, list) and isinstance(there, list):
            only_here = [row for row in here if row not in there]
            only_there = [row for row in there if row not in here]
            found[name] = (only_here[:3], only_there[:3], len(here), len(there))
        else:
            found[name] = (here, there)
    return found
