"""Enriches one staged run: reads its items and mentions, adds what the models make of them.

A pure function of what was staged, the client's file and the models: a killed task is simply run
again. Nothing that was staged is changed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from oyez.enrich.batch import Batch, Row
from oyez.enrich.models import Model, load
from oyez.enrich.score import scores
from oyez.enrich.tables import TABLES
from oyez.errors import ConfigError
from oyez.stage.run import MANIFEST as STAGED
from oyez.stage.run import stage_key
from oyez.storage import Storage
from oyez.workspace import Workspace

MANIFEST = "_enriched.json"


def is_enriched(storage: Storage, run: str) -> bool:
    """Tell whether a staged run was enriched, published since or not."""
    return storage.exists(f"{stage_key(run)}/{MANIFEST}")


def pending(storage: Storage) -> list[str]:
    """Return the staged runs that were not enriched yet, in order."""
    staged, done = set(), set()
    for key in storage.list("stage/"):
        batch, _, name = key.rpartition("/")
        if name == STAGED:
            staged.add(batch)
        elif name == MANIFEST:
            done.add(batch)
    return sorted("landing/" + key.removeprefix("stage/") for key in staged - done)


def enrich(workspace: Workspace, runs: Iterable[str], model: Model | None = None) -> list[Row]:
    """Enrich staged runs and return their counts; a run that was enriched before is left as it is.

    Args:
        workspace: agency, clients and data root.
        runs: keys of staged runs.
        model: judges sentiment; the default one by default.

    Raises:
        ConfigError: a run's client has no file any more; restore it or delete the run.
    """
    results = []
    for run in runs:
        key = f"{stage_key(run)}/{MANIFEST}"
        if workspace.storage.exists(key):
            body: dict[str, Any] = json.loads(workspace.storage.read(key))
            results.append({**body, "state": "already_enriched"})
            continue
        model = model or load()
        results.append({**_enrich(workspace, run, model), "state": "enriched"})
    return results


def _enrich(workspace: Workspace, run: str, model: Model) -> dict[str, Any]:
    batch = _read(workspace, run)
    rows = {"score": scores(batch, model)}
    for name, schema in TABLES.items():
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows[name], schema=schema), buffer, compression="zstd")
        workspace.storage.replace(f"{stage_key(run)}/{name}.parquet", buffer.getvalue())
    body = {
        "run": run,
        "client": batch.client.id,
        "model": model.name,
        "model_version": model.version,
        **{f"{name}_count": len(rows[name]) for name in TABLES},
    }
    workspace.storage.replace(
        f"{stage_key(run)}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode()
    )
    return body


def _read(workspace: Workspace, run: str) -> Batch:
    staged = json.loads(workspace.storage.read(f"{stage_key(run)}/{STAGED}"))
    client = workspace.clients.get(staged["client"])
    if client is None:
        raise ConfigError(
            "a staged run belongs to a client without a file",
            client=staged["client"],
            where=run,
            action=f"restore clients/{staged['client']}.yml, or delete the run's folders",
        )
    mentions: dict[str, list[Row]] = {}
    for mention in _rows(workspace.storage, run, "mention"):
        mentions.setdefault(mention["item_id"], []).append(mention)
    return Batch(client, run, _rows(workspace.storage, run, "item"), mentions)


def _rows(storage: Storage, run: str, name: str) -> list[Row]:
    path = storage.local(f"{stage_key(run)}/{name}.parquet")
    rows: list[Row] = pq.read_table(path).to_pylist()
    return rows
