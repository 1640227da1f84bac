"""What could be known at a past instant: the report as it would have been made then.

A workspace over the same landing and journal, seen through a storage that shows only what had been
collected and recorded by then, is rebuilt in a folder of its own; nothing of the real warehouse is
touched. What was withdrawn since counts as it did then, and its words stay blank: they are gone,
whatever the instant. Code, language models and configuration are today's, and the page names them.

Such an edition is no revision of the report: it is kept under `editions-as-of/`, where nothing
that lists, compares or delivers reports looks.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from oyez import landing, line
from oyez.config.model import Client
from oyez.days import local_time
from oyez.edition import store
from oyez.edition.build import build
from oyez.edition.figure import ref
from oyez.edition.model import Edition, KnownAt
from oyez.errors import ConfigError, DataError
from oyez.line import Progress, Unit
from oyez.resources import folder as shipped
from oyez.storage import AlreadyExists, Storage
from oyez.warehouse import publish as warehouse
from oyez.warehouse.connect import current_snapshot, open_live, open_snapshot, snapshot_key
from oyez.workspace import Workspace

ROOT = "editions-as-of"
# Who asked to be forgotten, and words whose term is over, stay so at every instant.
_ALWAYS = ("journal/erasure/", "journal/let_go/", "journal/author-key/")
_WITHDRAWAL = "journal/withdrawal/"
_SINCE = pa.schema([("item_id", pa.string())])


class KnownThen(Storage):
    """One client's landing, journal and editions as they stood at an instant; the rest is its own.

    Args:
        real: the data root that is looked at, and never written to.
        at: naive UTC instant.
        client_id: whose runs, decisions and editions are shown.
        own: folder for everything that is written; written objects hide those of `real`.
    """

    def __init__(self, real: Storage, at: datetime, client_id: str, own: Path) -> None:
        super().__init__(own)
        self._real, self._at, self._client = real, at, client_id
        self._runs: dict[str, bool] = {}

    def read(self, key: str) -> bytes:
        """Return the object's bytes; of a manifest they are those of today, redactions included."""
        if super().exists(key):
            return super().read(key)
        self._refuse_unknown(key)
        return self._real.read(key)

    def local(self, key: str) -> Path:
        """Return a local, read-only file with the object's bytes."""
        if super().exists(key):
            return super().local(key)
        self._refuse_unknown(key)
        return self._real.local(key)

    def exists(self, key: str) -> bool:
        """Tell whether an object had this key."""
        return super().exists(key) or (self._real.exists(key) and self._was_known(key))

    def create(self, key: str, data: bytes | Path) -> None:
        """Write a new object of one's own.

        Raises:
            AlreadyExists: the key was taken then.
        """
        if self.exists(key):
            raise AlreadyExists(key)
        super().create(key, data)

    def list(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys that start with `prefix` and were there, in order."""
        own = set(super().list(prefix))
        yield from sorted(
            own | {key for key in self._real.list(prefix) if key in own or self._was_known(key)}
        )

    def _refuse_unknown(self, key: str) -> None:
        if not self._was_known(key):
            raise FileNotFoundError(key)

    def _was_known(self, key: str) -> bool:
        if key.startswith("landing/"):
            return f"/client={self._client}/" in key and self._had_landed(key.rpartition("/")[0])
        if key.startswith("journal/"):
            if key.split("/")[2] != self._client:
                return False
            return key.startswith(_ALWAYS) or self._at >= _instant(
                json.loads(self._real.read(key))["recorded_at"]
            )
        if key.startswith(f"editions/{self._client}/"):
            made = store.provenance_of(self._real, key.rpartition("/")[0])
            return "built_at" in made and _instant(made["built_at"]) <= self._at
        return False

    def _had_landed(self, run: str) -> bool:
        if run not in self._runs:
            try:
                manifest = landing.manifest(self._real, run)
            except FileNotFoundError:
                return False
            self._runs[run] = _instant(manifest["collected_at"]) <= self._at
        return self._runs[run]


def edition_as_of(
    ws: Workspace, unit: Unit, at: datetime, *, progress: Progress = lambda _: None
) -> Unit:
    """Build and print a report from what could be known at an instant.

    Args:
        ws: agency, clients and data root; nothing of it changes but `editions-as-of/`.
        unit: as for `line.editions`.
        at: naive UTC instant, not later than now.
        progress: told what happens, in a few words each time.

    Returns:
        client_id, report_id, edition and pdf (storage keys), path (of the PDF), measured_pct,
        known_at (local time of the client).

    Raises:
        ConfigError: no such client, report or period, or the instant is yet to come.
        DataError: nothing had been collected by then.
    """
    client, settings = (
        ws.client(unit["client_id"]),
        ws.settings(unit["client_id"], unit["report_id"]),
    )
    report = next(one for one in client.reports if one.id == unit["report_id"])
    period = line.period_of(unit, report, settings.week_starts)
    if at > datetime.now(UTC).replace(tzinfo=None):
        raise ConfigError(
            f"{at:%Y-%m-%d %H:%M} UTC is yet to come",
            client=client.id,
            action="without --as-of, the report says what is known now",
        )
    ws.work_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="as-of-", dir=ws.work_dir))
    try:
        then = _workspace(ws, client, at, folder)
        runs = landing.runs(then.storage)
        if not runs:
            raise DataError(
                f"nothing had been collected by {at:%Y-%m-%d %H:%M} UTC",
                client=client.id,
                action="choose a later instant",
            )
        progress(f"staging {len(runs)} runs that were known then")
        line.stage(then, runs)
        line.enrich(then, runs)
        warehouse.publish(then, days={client.id: period.end}, progress=progress)
        gone = _withdrawn_since(ws.storage, at, client.id)
        _blank(then.storage, gone)
        connection = open_snapshot(then.storage)
        try:
            edition = _without(build(then, connection, client, report, period), gone)
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    local = local_time(at, client.zone).isoformat(timespec="minutes")
    config = ws.config_hash(client.id)
    known = KnownAt(at=local, oyez=version("oyez"), config=config[:12])
    edition = edition.model_copy(update={"revision": 0, "known_at": known})
    prefix = store.folder(edition.key).replace("editions", ROOT, 1) + f"/{at:%Y%m%dT%H%M%S}Z"
    ws.storage.replace(f"{prefix}/edition.json", edition.canonical())
    made: dict[str, Any] = {
        "as_of": at.isoformat(),
        "built_at": datetime.now(UTC),
        "config_hash": config,
        "oyez": version("oyez"),
        "duckdb": duckdb.__version__,
    }
    body = json.dumps(made, indent=1, sort_keys=True, default=str)
    ws.storage.replace(f"{prefix}/provenance.json", body.encode())
    progress("printing")
    # As it is read back: printing it now or later gives equal pages.
    kept = store.Kept(type(edition).model_validate_json(edition.canonical()), prefix, is_new=True)
    ws.storage.replace(kept.pdf_key, line.printed(ws, kept.edition))
    return {
        "client_id": client.id,
        "report_id": report.id,
        "edition": f"{prefix}/edition.json",
        "pdf": kept.pdf_key,
        "path": str(ws.storage.local(kept.pdf_key)),
        "measured_pct": edition.coverage.measured_pct,
        "known_at": local,
    }


def _withdrawn_since(storage: Storage, at: datetime, client_id: str) -> list[str]:
    """Return the items that were withdrawn after an instant, in order."""
    entries = [json.loads(storage.read(key)) for key in storage.list(f"{_WITHDRAWAL}{client_id}/")]
    return sorted(one["body"]["item_id"] for one in entries if _instant(one["recorded_at"]) > at)


def _blank(storage: Storage, items: list[str]) -> None:
    """Blank the words of items in the snapshot of a folder of one's own."""
    publish_id = current_snapshot(storage)
    if not items or publish_id is None:
        return
    connection = open_live(storage.local(snapshot_key(publish_id)))
    try:
        rows = pa.Table.from_pylist([{"item_id": one} for one in items], schema=_SINCE)
        connection.register("withdrawn_since", rows)
        connection.execute((shipped("sql") / "as_of" / "withdrawn_since.sql").read_text("utf-8"))
    finally:
        connection.close()


def _without(edition: Edition, items: list[str]) -> Edition:
    """Return the edition with the reason why the words of withdrawn items are missing."""
    key = edition.key
    series = f"{key.client}|{key.report}|{key.scope}|{key.period}"
    refs = {ref(series, one) for one in items}
    told = {
        name: [
            quote.model_copy(update={"withheld": "withdrawn", "site": None})
            if quote.ref in refs
            else quote
            for quote in quotes
        ]
        for name, quotes in edition.verbatims.items()
    }
    return edition.model_copy(update={"verbatims": told})


def _workspace(ws: Workspace, client: Client, at: datetime, folder: Path) -> Workspace:
    """Return the workspace of one client as its data stood at an instant."""
    then = Workspace(ws.home, ws.agency, {client.id: client}, lambda _: None)
    then.storage = KnownThen(ws.storage, at, client.id, folder / "data")
    then.work_dir = folder / "work"
    return then


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
