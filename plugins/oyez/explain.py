"""Explains one mention or item: every fact of the snapshot that stands behind its verdict."""

from __future__ import annotations

from typing import Any

import duckdb

from oyez.edition import terms
from oyez.errors import DataError
from oyez.resources import folder
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

Row = dict[str, Any]
SHORTEST = 8
# Columns that quote the text, or name people: shown only where the text is.
_QUOTING = frozenset(
    {
        "cues",
        "terms",
        "crisis_cues",
        "insults",
        "greeted",
        "greeted_unlisted",
        "signed",
        "signed_initials",
    }
)
_PLACE = frozenset({"client_id", "day", "item_id", "mention_id", "content_hash", "batch_id"})


def explain(workspace: Workspace, target: str) -> Row:
    """Return all that is known of a mention, or of an item and its mentions.

    Args:
        workspace: for the snapshot, and the terms of the clients' sources.
        target: id of a mention or an item, or its first eight letters or more.

    Returns:
        `item` (facts; `text` is None where `withheld` says why: withdrawn, retention, reserved,
        terms), `annotations` (table → rows), `mentions` (of an item all, else the one), each with
        `verdicts`, `corrections` and `annotations`, and `because`, which of them is current and
        why.

    Raises:
        DataError: nothing has this id, or several things begin so.
        ConfigError: the client has no file any more; its sources' terms are unknown.
    """
    target = target.strip().lower()
    if len(target) < SHORTEST:
        raise DataError(
            f"{target!r} is too short for an id", action=f"write at least {SHORTEST} letters of it"
        )
    connection = open_snapshot(workspace.storage)
    try:
        found = _rows(connection, "find", {"target": target})
        if not found:
            raise DataError(
                f"no mention or item has the id {target!r}",
                action='find it: oyez sql "select mention_id, brand_id, text from '
                'core.mention_current limit 20" --csv',
            )
        if len(found) > 1:
            ids = ", ".join(sorted(one["mention_id"] or one["item_id"] for one in found[:5]))
            raise DataError(
                f"{len(found)} ids begin with {target!r}: {ids}", action="write more of it"
            )
        return _explained(workspace, connection, found[0])
    except duckdb.CatalogException as problem:
        raise DataError(
            "the snapshot was published by an older oyez", action="run `oyez day DATE` once"
        ) from problem
    finally:
        connection.close()


def _explained(workspace: Workspace, connection: duckdb.DuckDBPyConnection, named: Row) -> Row:
    client = workspace.client(named["client_id"])
    terms.register(connection, client.id, terms.terms(connection, client))
    place = {name: named[name] for name in ("client_id", "day", "item_id")}
    (item,) = _rows(connection, "item", place)
    is_silent = item["withheld"] is not None
    mentions = [
        one
        for one in _rows(connection, "mention", place)
        if named["mention_id"] in (None, one["mention_id"])
    ]
    by_mention = {
        name: _grouped(_rows(connection, name, place)) for name in ("verdict", "correction")
    }
    of_item: dict[str, list[Row]] = {}
    of_mention: dict[str, dict[str, list[Row]]] = {}
    for table in _rows(connection, "annotated", {}):
        name = table["table_name"]
        query = "of_mention" if table["is_of_mention"] else "of_item"
        for row in _rows(connection, query, place, table=name):
            mention_id = row.get("mention_id")
            told = {
                key: value
                for key, value in row.items()
                if key not in _PLACE and not (is_silent and key in _QUOTING)
            }
            (of_mention.setdefault(mention_id, {}) if mention_id else of_item).setdefault(
                name, []
            ).append(told)
    for one in mentions:
        verdicts = by_mention["verdict"].get(one["mention_id"], [])
        if is_silent:
            verdicts = [{**verdict, "cues": None} for verdict in verdicts]
        one["verdicts"] = verdicts
        one["corrections"] = by_mention["correction"].get(one["mention_id"], [])
        one["because"] = _because(one)
        one["annotations"] = of_mention.get(one["mention_id"], {})
    return {"item": item, "annotations": of_item, "mentions": mentions}


def _because(mention: Row) -> str:
    """Say which verdict counts and why."""
    person = next(
        (
            one
            for one in mention["corrections"]
            if one["field"] == "sentiment" and one["is_standing"] and one["action"] == "set"
        ),
        None,
    )
    if person:
        return f"{person['recorded_by']} said so, and people come before models"
    current = next((one for one in mention["verdicts"] if one["is_current"]), None)
    if current is None:
        return "no model could read it: not scored, which is not neutral"
    if current["model"] == "imported":
        return "the source labelled it itself, and its label comes before a model's"
    if len(mention["verdicts"]) == 1:
        return f"{current['model']} is the only one that judged it"
    return f"{current['model']} {current['model_version']} is the model in use"


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.pop("mention_id"), []).append(row)
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection, name: str, values: Row, table: str = ""
) -> list[Row]:
    query = (folder("sql") / "explain" / f"{name}.sql").read_text("utf-8")
    query = query.replace("<table>", table)  # a name from the catalogue
    relation = connection.execute(query, values) if values else connection.execute(query)
    columns = [column[0] for column in relation.description or []]
    return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
