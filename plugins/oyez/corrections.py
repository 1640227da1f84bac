"""Corrections: what people say of a mention, which comes before what any model said.

One entry of the journal holds all that was said at once (a command, a file), so half a file can
never count. The publisher folds the entries (sql/publish/always/70_correct.sql): of the answers to
one question about a mention the newest stands, and an undo is one more answer.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from oyez import journal
from oyez.config.model import Client
from oyez.errors import DataError
from oyez.resources import folder
from oyez.warehouse.connect import current_snapshot, open_snapshot
from oyez.workspace import Workspace

KIND = "correction"
Action = Literal["set", "remove", "undo"]
SENTIMENTS = ("positive", "neutral", "negative")
# Answered by yes, by a word of a list, or by any word.
_FLAGS = ("not_about_us", "spam")
_WORDS = ("theme", "tag")
FIELDS = ("sentiment", "not_about_us", "wrong_brand", "spam", "theme", "tag")
_ALIASES = {"tags": "tag", "themes": "theme", "brand": "wrong_brand"}
_COLUMNS = ("mention_id", "field", "value", "by", "note")
_YES = frozenset({"yes", "true", "1", "oui", "vrai", "x"})
_NO = frozenset({"no", "false", "0", "non", "faux"})
# Shorter beginnings of an id are typing mistakes.
_SHORTEST = 8
_LONGEST_WORD = 60
_TOLD = 20


@dataclass(frozen=True)
class Change:
    """One thing that a person says.

    Attributes:
        target: id of a mention or of an item, or its first eight letters or more.
        field: one of FIELDS.
        action: `set`, `remove` (a theme or a tag), or `undo`: as if nobody had said anything.
        value: a sentiment, the right brand's id, a theme's id, a tag, `no` (of spam); else None.
        by: who says so.
        note: why, in a few words.
        row: of the file that it was read from, as a spreadsheet counts them.
    """

    target: str
    field: str
    action: Action
    value: str | None
    by: str
    note: str | None = None
    row: int | None = None


@dataclass(frozen=True)
class Listed:
    """A recorded correction.

    Attributes:
        client_id: whose mention it is.
        recorded_at: naive UTC instant.
        body: mention_id or item_id, field, action, value, by, note.
        state: `counts`, `replaced` by a newer one, `waiting` for a mention that is not there yet,
            `unpublished`: it counts from the next publish on.
    """

    client_id: str
    recorded_at: datetime
    body: dict[str, Any]
    state: Literal["counts", "replaced", "waiting", "unpublished"]


def change(target: str, field: str, value: str, by: str, note: str = "") -> Change:
    """Return what a row of a file says.

    Args:
        target: id of a mention or an item.
        field: one of FIELDS.
        value: positive, neutral or negative; yes, of spam also no; a brand's id; a theme's id or a
            tag, `remove:` takes it away. `undo` undoes, `undo:` before a theme or tag that one.
        by: who says so.
        note: why.

    Raises:
        DataError: what is wrong with it, in a few words, without a place.
    """
    field = field.strip().lower().replace("-", "_").replace(" ", "_")
    field = _ALIASES.get(field, field)
    target, value, by, note = target.strip().lower(), value.strip(), by.strip(), note.strip()
    if not target:
        raise DataError("no mention_id")
    if len(target) < _SHORTEST:
        raise DataError(f"{target!r} is too short for an id: write at least {_SHORTEST} letters")
    if field not in FIELDS:
        raise DataError(f"there is no field {field!r}: write {_either(FIELDS)}")
    if not by:
        raise DataError("nobody signs it: fill the column `by`")
    action: Action = "set"
    if field in _WORDS:
        before, colon, word = value.partition(":")
        if colon and before.lower() in ("add", "remove", "undo"):
            action = {"add": "set", "remove": "remove", "undo": "undo"}[before.lower()]  # type: ignore[assignment]
            value = word.strip()
        if not value or value.lower() in ("undo", "remove"):
            raise DataError(f"which {field}? write a word, `remove:word` or `undo:word`")
        if len(value) > _LONGEST_WORD:
            raise DataError(f"a {field} has at most {_LONGEST_WORD} letters")
        return Change(target, field, action, value, by, note or None)
    if value.lower() == "undo":
        return Change(target, field, "undo", None, by, note or None)
    if field == "spam" and value.lower() in _NO:
        return Change(target, field, "set", "no", by, note or None)
    if field in _FLAGS:
        if value.lower() not in _YES:
            raise DataError(f"the value of {field} is {value!r}: write yes or undo")
        return Change(target, field, "set", None, by, note or None)
    if field == "sentiment":
        value = value.lower()
        if value not in SENTIMENTS:
            told = _either((*SENTIMENTS, "undo"))
            raise DataError(f"there is no sentiment {value!r}: write {told}")
    return Change(target, field, "set", value, by, note or None)


def read(path: Path) -> list[Change]:
    """Return what the rows of a CSV say: columns mention_id, field, value, by and maybe note.

    Commas, semicolons or tabs between; rows are numbered as a spreadsheet does, the head is row 1.

    Raises:
        DataError: the file cannot be read, or rows are wrong: each is told with its number.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(
            f"the file cannot be read: {problem}", where=str(path), action="save it as CSV (UTF-8)"
        ) from problem
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    heads = [one.strip().lower() for one in next(rows, [])]
    missing = [one for one in _COLUMNS[:-1] if one not in heads]
    unknown = [one for one in heads if one and one not in _COLUMNS]
    if missing or unknown or len(set(heads)) < len(heads):
        raise DataError(
            f"its columns are {', '.join(heads) or 'none'}",
            where=f"{path.name}, row 1",
            action=f"write {', '.join(_COLUMNS)}, each once (note may be missing)",
        )
    changes: list[Change] = []
    problems: list[tuple[int | None, str]] = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(heads):
            problems.append((number, "it has more cells than the first row"))
            continue
        cells = dict.fromkeys(_COLUMNS, "") | dict(zip(heads, row, strict=False))
        try:
            said = change(
                cells["mention_id"], cells["field"], cells["value"], cells["by"], cells["note"]
            )
        except DataError as problem:
            problems.append((number, problem.message))
        else:
            changes.append(replace(said, row=number))
    if problems:
        raise _wrong(problems, path.name)
    if not changes:
        raise DataError("the file has no row", where=path.name)
    return changes


def correct(
    workspace: Workspace, client_id: str, changes: Sequence[Change], *, name: str | None = None
) -> bool:
    """Record what was said, all or nothing; return False when this very file was recorded before.

    Nothing counts before the next publish.

    Args:
        workspace: agency, clients and data root.
        client_id: whose mentions they are.
        changes: what was said.
        name: of the file that said it; a file that says the same again is the same decision.

    Raises:
        ConfigError: no such client.
        DataError: an id, a brand or a theme is unknown, or two changes contradict each other;
            nothing was recorded.
    """
    client = workspace.client(client_id)
    found = _targets(workspace, client_id, {one.target for one in changes})
    problems: list[tuple[int | None, str]] = []
    bodies = []
    answers: dict[tuple[str, str], tuple[str, Change]] = {}
    for one in changes:
        try:
            body = _body(client, one, found.get(one.target, []))
        except DataError as problem:
            problems.append((one.row, problem.message))
            continue
        about = body.get("mention_id") or body["item_id"]
        said = f"{one.field} {one.action} {one.value}"
        known, first = answers.setdefault((about, _question(one)), (said, one))
        if known != said:
            place = f" of row {first.row}" if first.row else ""
            problems.append((one.row, f"it contradicts {_told(first)}{place}"))
        bodies.append(body)
    if problems:
        raise _wrong(problems, name, client_id)
    said_at = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    if name is not None:
        canonical = json.dumps(bodies, sort_keys=True, ensure_ascii=False)
        said_at = hashlib.sha256(canonical.encode()).hexdigest()
    return journal.record(workspace.storage, KIND, client_id, said_at, {"changes": bodies})


def listed(workspace: Workspace, clients: Sequence[str] | None = None) -> list[Listed]:
    """Return all that was recorded, the newest first, and whether it counts.

    Args:
        workspace: agency, clients and data root.
        clients: ids; all by default.

    Raises:
        ConfigError: no such client.
    """
    for client_id in clients or ():
        workspace.client(client_id)
    entries = [
        one
        for one in journal.entries(workspace.storage)
        if one.kind == KIND and (not clients or one.client_id in clients)
    ]
    states = _states(workspace, sorted({one.client_id for one in entries}))
    rows = [
        Listed(
            one.client_id,
            one.recorded_at,
            body,
            states.get((one.entry_id, place), "unpublished"),
        )
        for one in sorted(entries, key=lambda one: (one.recorded_at, one.entry_id))
        for place, body in enumerate(one.body["changes"], start=1)
    ]
    return rows[::-1]


def _states(workspace: Workspace, clients: list[str]) -> dict[tuple[str, int], Any]:
    if not clients or current_snapshot(workspace.storage) is None:
        return {}
    connection = open_snapshot(workspace.storage)
    try:
        rows = connection.execute(_sql("state"), {"client_ids": clients}).fetchall()
    except duckdb.CatalogException:
        return {}  # published before an oyez that knew of corrections
    finally:
        connection.close()
    return {(entry_id, place): state for entry_id, place, state in rows}


def _targets(
    workspace: Workspace, client_id: str, targets: set[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return target → what it names: mention_id (None of an item), item_id, mention_ids."""
    connection = open_snapshot(workspace.storage)
    try:
        connection.register("wanted_target", pa.table({"target": pa.array(sorted(targets))}))
        rows = connection.execute(_sql("target"), {"client_id": client_id}).fetchall()
    finally:
        connection.close()
    found: dict[str, list[dict[str, Any]]] = {}
    for target, mention_id, item_id, mention_ids in rows:
        found.setdefault(target, []).append(
            {"mention_id": mention_id, "item_id": item_id, "mention_ids": mention_ids or []}
        )
    return found


def _body(client: Client, said: Change, found: list[dict[str, Any]]) -> dict[str, Any]:
    if not found:
        raise DataError(f"client {client.id} has no mention or item {said.target!r}")
    if len(found) > 1:
        raise DataError(f"{said.target!r} begins {len(found)} ids: write more of it")
    (named,) = found
    target = {"mention_id": named["mention_id"]}
    if said.field == "wrong_brand":
        if said.action == "set" and said.value not in (known := _brands(client)):
            raise DataError(f"there is no brand {said.value!r}: write {_either(known)}")
        if named["mention_id"] is None:
            if len(named["mention_ids"]) != 1:
                raise DataError(
                    f"the item has {len(named['mention_ids'])} mentions: say which of them is "
                    f"about another brand (`oyez explain {said.target[:12]}` lists them)"
                )
            target = {"mention_id": named["mention_ids"][0]}
    elif named["mention_id"] is None or said.field == "spam":
        target = {"item_id": named["item_id"]}  # a post is spam, not one of the brands it names
    # A theme that left the client's file may still be undone.
    if said.field == "theme" and said.action != "undo":
        themes = [one.id for one in client.themes]
        if not themes:
            raise DataError("the client's file lists no `themes`: add the theme there, then say so")
        if said.value not in themes:
            raise DataError(f"there is no theme {said.value!r}: write {_either(themes)}")
    facts = {"field": said.field, "action": said.action, "by": said.by}
    optional = {"value": said.value, "note": said.note}
    return target | facts | {name: one for name, one in optional.items() if one is not None}


def _question(said: Change) -> str:
    # As in sql/core/correction_entry.sql.
    if said.field in _WORDS:
        return f"{said.field}:{said.value}"
    return "about" if said.field in ("not_about_us", "wrong_brand") else said.field


def _told(said: Change) -> str:
    words = (said.field, "" if said.action == "set" else said.action, said.value or "")
    return " ".join(word for word in words if word)


def _brands(client: Client) -> list[str]:
    named = [one.id for one in (*client.brands, *client.competitors)]
    return named + [one.id for one in client.scopes]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _wrong(
    problems: list[tuple[int | None, str]], name: str | None, client_id: str | None = None
) -> DataError:
    problems = sorted(problems, key=lambda one: one[0] or 0)
    lines = [f"row {row}: {what}" if row else what for row, what in problems[:_TOLD]]
    if len(problems) > _TOLD:
        lines.append(f"and {len(problems) - _TOLD} more rows")
    return DataError(
        lines[0] if len(lines) == 1 else "\n  " + "\n  ".join(lines) + "\n",
        client=client_id,
        where=name,
        action="nothing was recorded; correct this first",
    )


def _sql(name: str) -> str:
    return (folder("sql") / "correct" / f"{name}.sql").read_text("utf-8")
