"""`oyez explain`: shows everything behind one verdict."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from textwrap import wrap
from typing import Annotated, Any

import typer

from oyez.cli.terminal import HomeOption, explained, out

_LABEL = 12
_MATCHED = {
    "column": "the source's brand column",
    "text": "the text",
    "account": "an account of the brand",
    "scope": "the terms of a scope",
}
_WITHHELD = {
    "withdrawn": "withdrawn: its site no longer has it",
    "retention": "let go: its site allows to keep words for a while only",
    "reserved": "not shown: its author did not publish it for everybody",
    "terms": "not shown: the terms of its site forbid it",
}
_NOT_COUNTED = {
    "dismissed": "a person said that it is about none of the brands",
    "doubled": "another mention of the item is about the corrected brand already",
    "withdrawn": "the item was withdrawn",
    "excluded": "the item is excluded",
    "copy": "the same post came through another source, and counts there",
    "brand_left": "the brand is no longer in the client's file",
}


def explain(
    mention: Annotated[
        str, typer.Argument(help="Id of a mention or an item, or its first eight letters or more.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    home: HomeOption = None,
) -> None:
    """Show everything behind one verdict: text, match, verdicts, corrections, origin."""
    from oyez.explain import explain as facts_of
    from oyez.workspace import Workspace

    with explained():
        found = facts_of(Workspace.open(home), mention)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=_plain))
        return
    item = found["item"]
    _tell("item", item["item_id"])
    _tell("client", item["client_id"])
    _tell("published", f"{item['published_at']:%Y-%m-%d %H:%M} UTC, local day {item['day']}")
    where = [item["network"], item["channel"], item["kind"], f"language {item['language']}"]
    _tell("what", ", ".join(where) + (f", rating {item['rating']}" if item["rating"] else ""))
    if item["withheld"]:
        _tell("text", f"({_WITHHELD[item['withheld']]})")
    else:
        _tell("title", item["title"])
        _tell("text", item["text"])
    _tell("address", item["url"])
    _tell("own voice", item["owned_brand_id"])
    _tell("excluded", item["exclusion"])
    if item["copy_count"] > 1:
        which = "counts" if item["is_primary"] else "does not count"
        _tell("same post", f"came {item['copy_count']} times; this one {which}")
    others = item["story_count"] - 1
    _tell("story", f"{item['story_id'][:12]}, {others} other items with these words")
    _tell("source", item["source_id"])
    _tell("record", item["raw_ref"].replace("/run=", "/\nrun="))
    _annotated(found["annotations"])
    for one in found["mentions"]:
        out.print()
        _mention(one)
    if not found["mentions"]:
        out.print()
        _tell("mentions", "none: it names no brand")


def _mention(one: dict[str, Any]) -> None:
    _tell("mention", one["mention_id"])
    term = f" “{one['matched_term']}”" if one["matched_term"] else ""
    how = f"{_MATCHED.get(one['matched_by'], one['matched_by'])} says{term}"
    if one["brand_id"] != one["matched_brand_id"]:
        how = f"a person said so; matched was {one['matched_brand_id']}, {how}"
    _tell("brand", f"{one['brand_name'] or one['brand_id']}: {how}")
    if not one["is_counted"]:
        _tell("counts", f"no: {_NOT_COUNTED[one['reason']]}")
    else:
        marks = {
            "is_own_voice": "the brand's own voice",
            "is_inbound": "inbound",
            "is_spam": "spam",
        }
        told = [word for name, word in marks.items() if one[name]]
        _tell("counts", "yes" + "".join(f", {word}" for word in told))
        polarity = "" if one["polarity"] is None else f" ({one['polarity']:+})"
        _tell("sentiment", f"{one['sentiment'] or 'not scored'}{polarity}: {one['because']}")
    for verdict in one["verdicts"]:
        words = f"{verdict['model']} {verdict['model_version']}: {verdict['sentiment']}"
        words += f", polarity {verdict['polarity']:+}"
        if verdict.get("confidence") is not None:
            words += f", confidence {verdict['confidence']}"
        if verdict.get("is_part"):
            words += ", from the part about this brand"
        if verdict["cues"]:
            words += f"; cues: {', '.join(verdict['cues'])}"
        _tell("verdict", words + ("; current" if verdict["is_current"] else ""))
    for said in one["corrections"]:
        words = " ".join(
            word
            for word in (
                said["field"],
                "" if said["action"] == "set" else said["action"],
                said["value"] or "",
            )
            if word
        )
        when = f"{said['recorded_at']:%Y-%m-%d %H:%M} UTC by {said['recorded_by']}"
        stands = "" if said["is_standing"] else "; replaced since"
        note = f"; {said['note']}" if said["note"] else ""
        _tell("correction", f"{words}, {when}{stands}{note}")
    _annotated(one["annotations"])


def _annotated(tables: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in tables.items():
        for row in rows:
            told = [
                f"{key} {', '.join(map(str, value)) if isinstance(value, list) else value}"
                for key, value in row.items()
                if value not in (None, [], False, "")
            ]
            _tell(name.replace("_", " "), "; ".join(told) or "nothing found")


def _tell(label: str, text: str | None) -> None:
    """Print a label and its text, continued under its first word."""
    if not text:
        return
    width = max(min(out.width, 100) - _LABEL, 24)
    lines = [
        part for line in text.splitlines() for part in wrap(line, width, break_on_hyphens=False)
    ] or [""]
    for number, line in enumerate(lines):
        out.print(f"{label if number == 0 else '':<{_LABEL}}{line}", markup=False, emoji=False)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)
