"""JSON Schemas of the files that people write, so that an editor completes and checks them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Beside the files that they describe: their first line names the schema without a path.
FILES: dict[str, type[BaseModel]] = {
    "clients/agency.schema.json": Agency,
    "clients/client.schema.json": Client,
    "mappings/mapping.schema.json": Mapping,
}


def documents() -> dict[str, str]:
    """Return the text of each schema by its path in a workspace."""
    return {path: _text(schema(model)) for path, model in FILES.items()}


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return a model's JSON Schema, draft 2020-12."""
    tree = model.model_json_schema()
    for block in (tree, *tree.get("$defs", {}).values()):
        for field in block.get("properties", {}).values():
            field.pop("title", None)  # the key again, with a capital
    return {"$schema": DIALECT, **tree}


def write(home: Path) -> list[Path]:
    """Write the schemas into a workspace; return the files."""
    written = []
    for path, text in documents().items():
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def _text(tree: dict[str, Any]) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
