"""Keeps editions: one folder a revision, claimed once, never written again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from oyez import journal
from oyez.edition.model import Edition, Key
from oyez.errors import DataError
from oyez.storage import AlreadyExists, Storage

_ATTEMPTS = 5


@dataclass(frozen=True)
class Kept:
    """An edition in its place; `is_new` when this call made the revision."""

    edition: Edition
    prefix: str
    is_new: bool

    @property
    def pdf_key(self) -> str:
        """Storage key of the printed report."""
        return f"{self.prefix}/report.pdf"

    @property
    def changes_key(self) -> str:
        """Storage key of what moved since the revision before; the first revision has none."""
        return f"{self.prefix}/changes.json"


def folder(key: Key) -> str:
    """Return the key prefix under which the revisions of an edition lie."""
    return f"editions/{key.client}/{key.report}/{key.scope}/{key.locale}/{key.period}"


def latest(storage: Storage, key: Key) -> Kept | None:
    """Return the last revision of an edition, or None."""
    found = [one for one in storage.list(f"{folder(key)}/") if one.endswith("/edition.json")]
    if not found:
        return None
    edition = Edition.model_validate_json(storage.read(found[-1]))
    return Kept(edition, found[-1].removesuffix("/edition.json"), is_new=False)


def revisions(storage: Storage, key: Key) -> list[Kept]:
    """Return all revisions of an edition, the first one first."""
    return [
        Kept(
            Edition.model_validate_json(storage.read(one)),
            one.removesuffix("/edition.json"),
            is_new=False,
        )
        for one in storage.list(f"{folder(key)}/")
        if one.endswith("/edition.json")
    ]


def before(storage: Storage, kept: Kept) -> tuple[Kept, dict[str, Any]] | None:
    """Return the revision before a kept one and its provenance; None of a first revision."""
    found = sorted(
        key.removesuffix("/edition.json")
        for key in storage.list(f"{folder(kept.edition.key)}/")
        if key.endswith("/edition.json") and key < f"{kept.prefix}/"
    )
    if not found:
        return None
    edition = Edition.model_validate_json(storage.read(f"{found[-1]}/edition.json"))
    return Kept(edition, found[-1], is_new=False), provenance_of(storage, found[-1])


def provenance_of(storage: Storage, prefix: str) -> dict[str, Any]:
    """Return how a revision came to be: when, from which snapshot, by which software."""
    try:
        body: dict[str, Any] = json.loads(storage.read(f"{prefix}/provenance.json"))
    except FileNotFoundError:
        return {}  # whoever made it was killed before it was registered
    return body


def printed(storage: Storage) -> list[dict[str, str]]:
    """Return all printed reports, newest period first: parts of their keys, the PDF's path."""
    rows = []
    for key in storage.list("editions/"):
        if key.endswith("/report.pdf"):
            client, report, scope, locale, period, revision, _ = key.split("/")[1:]
            rows.append(
                {
                    "client": client,
                    "report": report,
                    "scope": scope,
                    "locale": locale,
                    "period": period,
                    "revision": revision,
                    "path": str(storage.local(key)),
                }
            )
    return sorted(rows, key=lambda row: (row["period"][-10:], row["client"]), reverse=True)


def keep(storage: Storage, edition: Edition, provenance: dict[str, Any]) -> Kept:
    """Keep an edition: a new revision only if something but the revision differs from the last one.

    Raises:
        DataError: other processes kept taking the next revision; run again.
    """
    for _ in range(_ATTEMPTS):
        last = latest(storage, edition.key)
        if last and last.edition.content_hash() == edition.content_hash():
            _register(storage, last, provenance)
            return last
        number = last.edition.revision + 1 if last else 1
        revised = edition.model_copy(update={"revision": number})
        prefix = f"{folder(edition.key)}/r{number:03d}"
        try:
            storage.create(f"{prefix}/edition.json", revised.canonical())
        except AlreadyExists:
            continue  # somebody else claimed this revision: look at what it says
        # As it is read back: printing it now or later gives equal pages.
        kept = Kept(Edition.model_validate_json(revised.canonical()), prefix, is_new=True)
        _register(storage, kept, provenance)
        return kept
    raise DataError(
        "the next revision was taken by other runs again and again",
        client=edition.key.client,
        where=folder(edition.key),
        action="run again",
    )


def _register(storage: Storage, kept: Kept, provenance: dict[str, Any]) -> None:
    # Also for an edition that stands already: the run that made it may have been killed here.
    if not storage.exists(f"{kept.prefix}/provenance.json"):
        body = json.dumps(provenance, indent=1, sort_keys=True, default=str)
        storage.replace(f"{kept.prefix}/provenance.json", body.encode())
    key = kept.edition.key
    name = kept.prefix.removeprefix("editions/").replace("/", "_")
    journal.record(
        storage,
        "edition",
        key.client,
        name,
        {
            "key": key.model_dump(),
            "revision": kept.edition.revision,
            "hash": kept.edition.content_hash(),
        },
    )
