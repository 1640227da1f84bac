"""The journal: decisions that must survive the warehouse, each a create-only object.

Editions' claims, corrections, approvals, deliveries and erasures live here; the publisher folds
them into `ops.journal`, and a warehouse rebuilt from landing finds them again (law 1).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from oyez.storage import AlreadyExists, Storage

_ROOT = "journal/"
_KEYS = "journal/author-key/"


@dataclass(frozen=True)
class Entry:
    """One recorded decision; `recorded_at` is a naive UTC instant."""

    entry_id: str
    kind: str
    client_id: str
    recorded_at: datetime
    body: dict[str, Any]


def record(storage: Storage, kind: str, client_id: str, name: str, body: dict[str, Any]) -> bool:
    """Claim the entry `kind/client/name`; return False when somebody claimed it before.

    Args:
        storage: the data root.
        kind: `edition`, `correction`, `exclusion`, `delivery`…
        client_id: whose decision it is.
        name: unique within kind and client; equal names mean the same decision.
        body: JSON-able facts.
    """
    entry = {"recorded_at": datetime.now(UTC).replace(tzinfo=None).isoformat(), "body": body}
    data = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    try:
        storage.create(f"{_ROOT}{kind}/{client_id}/{name}.json", data)
    except AlreadyExists:
        return False
    return True


def entries(storage: Storage) -> Iterator[Entry]:
    """Yield all entries, ordered by kind, client and name."""
    for key in storage.list(_ROOT):
        if not key.startswith(_KEYS):  # secrets stay out of the warehouse
            yield _entry(storage, key)


def of(storage: Storage, kind: str, client_id: str) -> Iterator[Entry]:
    """Yield the entries of one kind and client, ordered by name."""
    for key in storage.list(f"{_ROOT}{kind}/{client_id}/"):
        yield _entry(storage, key)


def _entry(storage: Storage, key: str) -> Entry:
    kind, client_id, name = key.removeprefix(_ROOT).split("/", 2)
    entry = json.loads(storage.read(key))
    return Entry(
        entry_id=f"{kind}/{client_id}/{name.removesuffix('.json')}",
        kind=kind,
        client_id=client_id,
        recorded_at=datetime.fromisoformat(entry["recorded_at"]),
        body=entry["body"],
    )


def author_secret(storage: Storage, client_id: str) -> bytes:
    """Return the client's secret for author keys, drawn at its first use (law 5).

    Deleting it makes the client's author keys unlinkable to handles for good.
    """
    key = f"{_KEYS}{client_id}"
    with suppress(AlreadyExists):
        storage.create(key, secrets.token_bytes(32))
    return storage.read(key)
