"""Enriches one staged run: reads its items and mentions, adds what the models make of them.

A pure function of what was staged, the client's file and the models: a killed task is simply run
again. Nothing that was staged is changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow.parquet as pq

from oyez import landing
from oyez.config.model import Client
from oyez.enrich.annotation import annotate
from oyez.enrich.batch import Batch, Row
from oyez.enrich.models import CORE, Model, load
from oyez.enrich.replies import replies
from oyez.enrich.score import scores
from oyez.enrich.seen import Seen
from oyez.enrich.sketches import sketches
from oyez.enrich.tables import TABLES
from oyez.enrich.theme import themes
from oyez.errors import ConfigError
from oyez.keys import mention_id
from oyez.stage.parquet import write
from oyez.stage.run import MANIFEST as STAGED
from oyez.stage.run import rows_of, stage_key
from oyez.stage.settled import settled, typed
from oyez.storage import Storage
from oyez.workspace import Workspace

MANIFEST = "_enriched.json"


def is_enriched(storage: Storage, run: str) -> bool:
    """Tell whether a staged run was enriched, published since or not."""
    return storage.exists(f"{stage_key(run)}/{MANIFEST}")


def pending(storage: Storage) -> list[str]:
    """Return the staged runs that were not enriched yet, in order."""
    found: dict[str, set[str]] = {STAGED: set(), MANIFEST: set(), "item.parquet": set()}
    for key in storage.list("stage/"):
        batch, _, name = key.rpartition("/")
        if name in found:
            found[name].add(batch)
    # Without its items it was published, or is still being staged.
    waiting = (found[STAGED] & found["item.parquet"]) - found[MANIFEST]
    return sorted("landing/" + key.removeprefix("stage/") for key in waiting)


def judge(workspace: Workspace) -> Model:
    """Return the agency's model; a slow one remembers the texts that it has scored.

    Raises:
        ConfigError: no model has the name that agency.yml gives.
    """
    name = workspace.agency.sentiment_model
    folder = workspace.home / name
    model = load(str(folder) if folder.is_dir() else name)
    return model if model.name == CORE else Seen(model, workspace.work_dir / "seen.sqlite")


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
        model = model or judge(workspace)
        results.append({**_enrich(workspace, run, model), "state": "enriched"})
    return results


def _enrich(workspace: Workspace, run: str, model: Model) -> dict[str, Any]:
    client = _client(workspace, run)
    staged = {
        name: pq.read_table(workspace.storage.local(f"{stage_key(run)}/{name}.parquet")).to_pylist()
        for name in ("item", "mention", "settled")
    }
    rows = judged(client, run, staged, model)
    write(workspace.storage, stage_key(run), TABLES, rows)
    body = {
        "run": run,
        "client": client.id,
        "model": model.name,
        "model_version": model.version,
        **{f"{name}_count": len(rows[name]) for name in TABLES},
    }
    workspace.storage.replace(
        f"{stage_key(run)}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode()
    )
    return body


def outcomes(workspace: Workspace, run: str) -> dict[str, Row]:
    """Return native id → what counts of each item of a landed run, without its words.

    Raises:
        ConfigError: no such client.
        DataError: the run's bytes are damaged.
    """
    rows = rows_of(workspace, run)
    client = workspace.client(landing.client_of(run))
    return settled(rows, judged(client, run, rows, judge(workspace)))


def judged(
    client: Client, batch_id: str, staged: dict[str, list[Row]], model: Model
) -> dict[str, list[Row]]:
    """Return table → rows of what the models make of staged items.

    Args:
        client: whose items they are.
        batch_id: the run they came with, or the id of a later judgement.
        staged: rows of `item`, `mention` and `settled`; what was found in words that are gone is
            taken from there instead of being judged again.
        model: judges sentiment.
    """
    gone = {row["item_id"]: json.loads(row["enriched"]) for row in staged["settled"]}
    mentions: dict[str, list[Row]] = {}
    for mention in staged["mention"]:
        mentions.setdefault(mention["item_id"], []).append(mention)
    kept = [item for item in staged["item"] if item["item_id"] not in gone]
    batch = Batch(client, batch_id, kept, mentions)
    scored = scores(batch, model)
    rows = {
        "score": scored,
        "annotation": annotate(batch, _polarity(scored)),
        "reply": replies(batch),
        "theme": themes(batch),
        "sketch": sketches(batch),
    }
    for item in staged["item"]:
        for name, found in gone.get(item["item_id"], {}).items():
            rows[name] += [_restored(row, name, item, batch_id) for row in found]
    return rows


def _polarity(scored: list[Row]) -> dict[str, float | None]:
    """Return item id → the worst polarity of its mentions: whom it complains of wants an answer."""
    worst: dict[str, float | None] = {}
    for row in scored:
        known = worst.get(row["item_id"])
        here = float(row["polarity"])
        worst[row["item_id"]] = here if known is None else min(known, here)
    return worst


def _restored(row: Row, name: str, item: Row, batch_id: str) -> Row:
    body = typed(row, TABLES[name])
    brand = body.pop("brand_id", None)
    body |= {column: item[column] for column in ("client_id", "day", "item_id")}
    if brand is not None:
        body["mention_id"] = mention_id(item["item_id"], brand)
    return {**body, "batch_id": batch_id}


def _client(workspace: Workspace, run: str) -> Client:
    client = workspace.clients.get(landing.client_of(run))
    if client is None:
        raise ConfigError(
            "a staged run belongs to a client without a file",
            client=landing.client_of(run),
            where=run,
            action=f"restore clients/{landing.client_of(run)}.yml, or delete the run's folders",
        )
    return client
