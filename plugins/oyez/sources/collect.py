"""Lands what each client's sources have to give, one unit (client, source, day) at a time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from oyez import landing
from oyez.config.mapping import Mapping
from oyez.config.model import Client, Source
from oyez.errors import ConfigError, DataError
from oyez.journal import author_secret
from oyez.sources.file import FileSource
from oyez.workspace import Workspace

_READABLE = re.compile(r"\.(xlsx|(csv|tsv|txt|ndjson|jsonl)(\.(gz|zst))?)$", re.IGNORECASE)
IMPORTED, REFUSED = "imported", "refused"


def is_readable(path: Path) -> bool:
    """Tell by its name whether a file is an export; a dot in front is a copy in progress."""
    return bool(_READABLE.search(path.name)) and not path.name.startswith(".")


def import_file(
    workspace: Workspace, client_id: str, source_id: str, path: Path, mapping: Mapping
) -> dict[str, Any]:
    """Land one file and say what it held; a file that was landed before is recognised by its bytes.

    Returns:
        `state` (`landed` or `already_landed`), `run`, `item_count`, `reject_count`, `warnings`.

    Raises:
        ConfigError: no such client.
        DataError: the file was refused as a whole and nothing of it was imported.
    """
    client = workspace.client(client_id)
    if not path.is_file():
        raise DataError(
            "there is no such file",
            client=client_id,
            source=source_id,
            where=f"file {path}",
            action="check the path",
        )
    collected_at = datetime.now(UTC).replace(tzinfo=None)
    source = FileSource(
        path, mapping, client_id=client_id, source_id=source_id, timezone=client.timezone
    )
    parsed = source.fetch(collected_at)
    # Equal bytes read by an equal mapping are the same run; a corrected mapping makes a new one.
    # So is what they cover, which may come from the file's name: two empty exports are equal bytes.
    spans = json.dumps([one.as_json() for one in parsed.coverage])
    reading = f"{parsed.sha256}|{mapping.model_dump_json(exclude_defaults=True)}|{spans}"
    run_id = hashlib.sha256(reading.encode()).hexdigest()[:16]
    last = max((one.end for one in parsed.coverage), default=collected_at)
    day = (last - timedelta(microseconds=1)).date()
    run = landing.run_key(source_id, client_id, day, run_id)
    known = workspace.storage.exists(f"{run}/{landing.MANIFEST}")
    manifest = landing.write(
        workspace.storage,
        run,
        items=parsed.items,
        rejects=parsed.rejects,
        coverage=parsed.coverage,
        author_secret=author_secret(workspace.storage, client_id),
        facts={
            "client": client_id,
            "source": source_id,
            "kind": "file",
            "collected_at": collected_at.isoformat(),
            "file": {"name": path.name, "sha256": parsed.sha256, "bytes": path.stat().st_size},
            "brands": mapping.brands,
            "native_id_is": mapping.native_id_is,
        },
    )
    return {
        "state": "already_landed" if known else "landed",
        "run": run,
        "item_count": manifest["item_count"],
        "reject_count": manifest["reject_count"],
        "warnings": parsed.warnings,
    }


def source_of(workspace: Workspace, client_id: str, mapping: Path) -> str:
    """Return the id of the client's source that reads files by this mapping.

    Raises:
        ConfigError: none does, or several do; name the source.
    """
    client = workspace.client(client_id)
    wanted = {mapping.resolve(), (workspace.home / mapping).resolve()}
    ids = [
        source.id
        for source in client.sources
        if source.mapping and (workspace.home / source.mapping).resolve() in wanted
    ]
    if len(ids) != 1:
        raise ConfigError(
            f"{len(ids) or 'no'} sources of the client use the mapping {mapping}",
            client=client_id,
            action="name one with --source, or add it to the client's sources",
        )
    return ids[0]


def collect_unit(workspace: Workspace, unit: dict[str, Any]) -> dict[str, Any]:
    """Land what one (client, source, day) has to give: a site's answers, or its drop folder.

    A file that landed moves to `imported/`, a refused one to `refused/` with the reason beside it.
    The other files are imported all the same, then the refusals are raised together. A site is not
    asked for a day that was measured whole, unless the unit says `again`.

    Raises:
        ConfigError: the unit names an unknown client or source.
        DataError: at least one file was refused.
    """
    client = workspace.client(unit["client_id"])
    source = workspace.source(client.id, unit["source_id"])
    if source.kind != "file":
        return _ask(workspace, client, source, unit)
    folder = workspace.inbox(client.id, source.id)
    files = sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.is_file() and is_readable(path)
    )
    runs: list[str] = []
    messages: list[str] = []
    refusals: list[Exception] = []
    mapping = workspace.mapping(source.mapping) if files and source.mapping else None
    for path in files:
        assert mapping is not None  # noqa: S101  narrows the type: files imply a mapping
        try:
            result = import_file(workspace, client.id, source.id, path, mapping)
        except (DataError, FileNotFoundError) as refusal:
            if not path.is_file():
                continue  # another run of the same day took it in the meantime
            refusals.append(refusal)
            reason = _move(path, folder / REFUSED).with_suffix(".why.txt")
            reason.write_text(
                f"{refusal}\n\nWhen that is mended, move {path.name} back to {folder}.\n",
                encoding="utf-8",
            )
            continue
        runs.append(result["run"])
        state = "already imported" if result["state"] == "already_landed" else "imported"
        messages.append(
            f"{path.name}: {state}, {result['item_count']} items, "
            f"{result['reject_count']} quarantined"
        )
        messages += result["warnings"]
        _move(path, folder / IMPORTED)
    if refusals:
        raise DataError(" | ".join(str(refusal) for refusal in refusals))
    return {
        **unit,
        "runs": runs,
        "state": "ok" if runs else "not_asked",
        "message": "; ".join(messages) or "no new file",
    }


def _ask(
    workspace: Workspace, client: Client, source: Source, unit: dict[str, Any]
) -> dict[str, Any]:
    from oyez.sources.watch import watch  # the HTTP client is loaded only where it is needed

    day = date.fromisoformat(unit["day"])
    result = watch(workspace, client, source, day, again=unit.get("again", False))
    if result["error"]:
        raise result["error"]  # what was found until then has landed, and the gap with it
    return {
        **unit,
        "runs": [result["run"]],
        "state": result["state"],
        "message": result["message"],
    }


def _move(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    number = 1
    try:
        while target.exists() and target.read_bytes() != path.read_bytes():
            number += 1  # another file of the same name: keep both
            target = folder / f"{number}-{path.name}"
        shutil.move(path, target)
    except FileNotFoundError:
        pass  # another run of the same day moved it
    return target
