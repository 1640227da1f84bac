"""Writes docs/client-file.md from the models: each key, its type, its default, what it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from oyez.config.mapping import Mapping
from oyez.config.model import WEEKDAYS, Agency, Client
from oyez.config.schema import schema

EXAMPLE = Path(__file__).parent / "example"

_PAGES: tuple[tuple[str, str, type[BaseModel], str], ...] = (
    ("The client: `clients/<id>.yml`", "clients/maison-exemple.yml", Client, "client"),
    ("The agency: `agency.yml`", "agency.yml", Agency, "agency"),
    ("The import mapping: `mappings/<name>.yml`", "mappings/veille.yml", Mapping, "mapping"),
)
_HEAD = """\
# The files you write

Generated from the models in `plugins/oyez/config/`; edit those, then run
`python -m oyez.config.docs`.

A workspace holds one `agency.yml`, one file a client in `clients/`, and one file for each kind of
import in `mappings/`. Keys that are not listed here are errors, and `oyez check` says the line, the
mistake and the remedy. No file holds a password or a token: the credential of a source is the
Airflow connection `<client>__<source>` (dashes as underscores), which the environment gives as
`AIRFLOW_CONN_<CLIENT>__<SOURCE>`.

Editors that speak JSON Schema complete and check the files as you type: their first line names the
schema.

Ids (`id:`) are lower-case letters and digits with single dashes, 63 at most. They are part of the
keys of stored mentions and reports: change the `name`, never the `id`.

Where a report is silent its client speaks, and where the client is silent the agency's `defaults`
do: `locale`, `theme`, `week_starts`, `deliver_at`, `minimum_n`.
"""


def page() -> str:
    """Return the text of docs/client-file.md."""
    parts = [_HEAD]
    for title, example, model, _ in _PAGES:
        text = (EXAMPLE / example).read_text(encoding="utf-8")
        parts.append(f"\n## {title}\n\nA complete example:\n\n```yaml\n{text}```\n")
        parts.extend(_blocks(model))
    return "".join(parts)


def write(root: Path) -> Path:
    """Write docs/client-file.md under `root`; return the file."""
    target = root / "docs" / "client-file.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), encoding="utf-8")
    return target


def _blocks(model: type[BaseModel]) -> list[str]:
    tree = schema(model)
    prefix = model.__name__
    blocks = {prefix: tree, **_in_order(tree)}
    return [_block(prefix, name, block) for name, block in blocks.items()]


def _in_order(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the inner blocks in the order in which a reader of the file meets them."""
    found: dict[str, Any] = {}

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = tree["$defs"][name]
                visit(found[name].get("properties", {}))
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(tree["properties"])
    return found


def _block(prefix: str, name: str, block: dict[str, Any]) -> str:
    title = name if name == prefix else f"{prefix} · {name}"
    rows = [
        f"| `{key}` | {_kind(prefix, field)} | {_default(key, field, block)} "
        f"| {_cell(field.get('description', ''))} |"
        for key, field in block["properties"].items()
    ]
    lines = [
        f"\n### {title}\n",
        f"{block.get('description', '')}\n",
        "| Key | Type | Default | Meaning |\n|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _kind(prefix: str, field: dict[str, Any]) -> str:
    if "anyOf" in field:
        inner = [one for one in field["anyOf"] if one.get("type") != "null"]
        if {one.get("type") for one in inner} == {"number", "string"}:
            return "number"
        return _kind(prefix, inner[0])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{prefix.lower()}--{name.lower()})"
    if "enum" in field:
        if tuple(field["enum"]) == WEEKDAYS:
            return "weekday"
        return " ".join(f"`{one}`" for one in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_kind(prefix, field['items'])}"
    if field.get("type") == "object":
        keys = field.get("propertyNames", {}).get("enum")
        inner = field["additionalProperties"]
        values = _kind(prefix, inner) if isinstance(inner, dict) else "any value"
        return f"{_kind(prefix, {'enum': keys}) if keys else 'text'} → {values}"
    if field.get("format") in ("date", "date-time"):
        return "date" if field["format"] == "date" else "date, or date and time"
    if "maxLength" in field and "pattern" in field:
        return "id"
    if "07:00" in field.get("examples", ()):
        return "time"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return names.get(field.get("type", ""), "text")


def _default(key: str, field: dict[str, Any], block: dict[str, Any]) -> str:
    if key in block.get("required", ()):
        return "required"
    if field.get("default") in (None, "", [], {}):
        return ""
    default = field["default"]
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    from oyez.config import schema as schemas

    write(Path.cwd())
    schemas.write(Path.cwd())
