"""The schemas and the reference are those of the models, and leave no key out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from oyez.config import docs, schema
from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client

ROOT = Path(__file__).parents[2]
MODELS = (Agency, Client, Mapping)
YAML_FILES = [
    path
    for folder in (ROOT, docs.EXAMPLE)
    for path in sorted([*folder.glob("clients/*.yml"), *folder.glob("mappings/*.yml")])
] + [docs.EXAMPLE / "agency.yml"]


def model_of(path: Path) -> type[BaseModel]:
    if path.name == "agency.yml":
        return Agency
    return Mapping if path.parent.name == "mappings" else Client


def blocks(model: type[BaseModel]) -> dict[str, Any]:
    tree = schema.schema(model)
    return {model.__name__: tree, **tree.get("$defs", {})}


@pytest.mark.parametrize("path", sorted(schema.FILES))
def test_the_committed_schema_is_the_model_s(path: str) -> None:
    committed = (ROOT / path).read_text(encoding="utf-8")
    assert committed == schema.documents()[path], "run `python -m oyez.config.docs`"
    jsonschema.Draft202012Validator.check_schema(json.loads(committed))


def test_the_committed_reference_is_the_models() -> None:
    committed = (ROOT / "docs/client-file.md").read_text(encoding="utf-8")
    assert committed == docs.page(), "run `python -m oyez.config.docs`"


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_described_and_stands_in_the_reference(model: type[BaseModel]) -> None:
    page = docs.page()
    for name, block in blocks(model).items():
        title = name if name == model.__name__ else f"{model.__name__} · {name}"
        section = page.partition(f"\n### {title}\n")[2].partition("\n### ")[0]
        for key, field in block["properties"].items():
            assert field.get("description"), f"{name}.{key} has no description"
            assert f"| `{key}` | " in section, f"{name}.{key} is not in the reference"


@pytest.mark.parametrize("model", MODELS)
def test_the_examples_show_every_key(model: type[BaseModel]) -> None:
    shown: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            shown.update(node)
        for inner in node.values() if isinstance(node, dict) else node:
            if isinstance(inner, dict | list):
                visit(inner)

    for path in docs.EXAMPLE.rglob("*.yml"):
        if model_of(path) is model:
            visit(YAML(typ="safe").load(path))
    keys = {key for block in blocks(model).values() for key in block["properties"]}
    assert keys <= shown


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.stem)
def test_an_editor_finds_no_fault_with_the_project_s_files(path: Path) -> None:
    # Editors read dates as text, as YAML 1.2 does.
    reader = YAML(typ="safe")
    data = json.loads(json.dumps(reader.load(path), default=str))
    jsonschema.validate(data, schema.schema(model_of(path)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("deliver_at", "7h"),
        ("theme", "My Theme"),
        ("locale", "fr"),
        ("brand", []),
        ("office_hours", {"lundi": {"opens": "09:00", "closes": "10:00"}}),
    ],
)
def test_an_editor_finds_the_usual_faults(key: str, value: object) -> None:
    client = {"id": "a", "name": "a", "timezone": "UTC", "brands": [{"id": "a", "name": "a"}]}
    jsonschema.validate(client, schema.schema(Client))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**client, key: value}, schema.schema(Client))


def test_the_schemas_are_written_beside_the_files(tmp_path: Path) -> None:
    written = schema.write(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == list(schema.FILES)
    assert docs.write(tmp_path).read_text(encoding="utf-8") == docs.page()
