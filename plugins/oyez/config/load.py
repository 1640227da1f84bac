"""Reads the files that people write, and says all that is wrong with one at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from oyez.config import secret
from oyez.config.document import Document, parse
from oyez.config.explain import explain
from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client, PointedError, Strict
from oyez.config.problem import ConfigFileError, KeyPath, Problem

Block = TypeVar("Block", bound=Strict)


def load_agency(path: Path, file: str | None = None) -> Agency:
    """Return what `agency.yml` says.

    Args:
        path: the file.
        file: its name in messages; by default its path.

    Raises:
        ConfigFileError: a ConfigError with every problem of the file, each with line, key and fix.
    """
    return read(path, Agency, file)[0]


def load_client(path: Path, file: str | None = None) -> Client:
    """Return what a client's file says; its id is its file's name. Raises as `load_agency`."""
    client, document = read(path, Client, file)
    if client.id != path.stem:
        raise ConfigFileError(
            [
                document.problem(
                    ("id",),
                    f"the client's id is `{client.id}`, its file is named `{path.name}`",
                    f"write `id: {path.stem}`, or rename the file to `{client.id}.yml`",
                )
            ],
            client=client.id,
        )
    return client


def load_mapping(path: Path, file: str | None = None) -> Mapping:
    """Return what an import mapping says. Raises as `load_agency`."""
    return read(path, Mapping, file)[0]


def read(path: Path, model: type[Block], file: str | None = None) -> tuple[Block, Document]:
    """Return what a file says, and where it says it. Raises as `load_agency`."""
    document = parse(path, file or str(path))
    problems = list(_secrets(document))
    known = {problem.path for problem in problems}
    try:
        block = model.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = tuple(step for step in detail["loc"] if step != "[key]")
            reason = detail.get("ctx", {}).get("error")
            if isinstance(reason, PointedError):
                place += reason.path
            problem = document.problem(place, *explain(detail, model))
            if problem.path not in known:
                problems.append(problem)
    else:
        if not problems:
            return block, document
    raise ConfigFileError(sorted(problems, key=lambda problem: problem.line or 0))


def _secrets(document: Document) -> Iterator[Problem]:
    for path, value in _leaves(document.data, ()):
        if secret.is_secret(value):
            yield document.problem(path, "the value looks like a secret", secret.REMEDY)


def _leaves(node: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _leaves(value, (*path, position))
    else:
        yield path, node
