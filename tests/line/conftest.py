"""Workspaces for tests of the whole line: small files in a temporary folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from oyez import line
from oyez.sources.collect import import_file
from oyez.workspace import Workspace

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture
def shared() -> Path:
    """The labelled data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the labelled data are not beside this checkout (../shared/data)")
    return SHARED


class Bench:
    """A workspace under construction, and the line over it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.write("agency.yml", {"name": "Atelier Nord", "defaults": {"locale": "en-GB"}})

    def write(self, path: str, content: Any) -> Path:
        """Write a YAML document, or text as it is."""
        target = self.home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
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

    def publish(self, day: str | None = None) -> dict[str, Any]:
        """Stage what is landed and publish it."""
        from datetime import date

        ws = self.workspace
        line.stage(ws, line.pending_runs(ws))
        planned = line.plan(ws, day=date.fromisoformat(day)) if day else []
        return line.publish(ws, planned)

    def edition(self, client: str, report: str, day: str) -> dict[str, Any]:
        """Return the edition whose period ends on a local day."""
        ws = self.workspace
        (made,) = line.editions(
            ws, [{"client_id": client, "report_id": report, "day": day}]
        )
        edition: dict[str, Any] = json.loads(ws.storage.read(made["edition"]))
        return edition | {"_made": made}

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query over the snapshot."""
        from oyez.warehouse.connect import open_snapshot

        connection = open_snapshot(self.workspace.storage)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


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
HEADER = "id,date,text,author,likes\n"
Rows = Callable[..., str]


@pytest.fixture
def small(bench: Bench) -> Bench:
    """One client, one source, one weekly report: see SMALL_CLIENT."""
    bench.write("clients/acme.yml", SMALL_CLIENT)
    bench.write("mappings/export.yml", SMALL_MAPPING)
    return bench


def table(*rows: tuple[object, ...]) -> str:
    """Return a CSV of SMALL_MAPPING's columns."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER.strip().split(","))
    writer.writerows(rows)
    return buffer.getvalue()
