"""Says in the reader's words what the model refuses, and what to write instead."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from oyez.config import secret
from oyez.config.model import PointedError

_EMPTY = ("the key has no value", "give it one, or remove the line")


def explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return (what is wrong, what to do) for one error of the model's validation."""
    kind, given = error["type"], error["input"]
    context = error.get("ctx", {})
    key = next((str(step) for step in reversed(error["loc"]) if step != "[key]"), "")
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(key, block_at(model, error["loc"][:-1]))
    if kind == "missing":
        return f"the key `{key}` is missing", f"add a line `{key}: …`{_meaning(error, model)}"
    if given is None:
        return _EMPTY
    if kind in ("literal_error", "enum"):
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        what = "unknown key" if error["loc"][-1] == "[key]" else "unknown value"
        return f"{what} {_shown(given)}", _closest(str(given), allowed)
    if kind == "string_type":
        if isinstance(given, dict | list):
            return "a text stands here, not a block or a list", "write one text"
        return f"{_shown(given)} is read as a number, not as text", f'put it in quotes: "{given}"'
    if kind in ("model_type", "dict_type"):
        return f"a block of keys stands here, not {_shown(given)}", "write `key: value` lines below"
    if kind == "list_type":
        return (
            f"a list stands here, not {_shown(given)}",
            "write [a, b], or lines that start with -",
        )
    if kind == "value_error":
        reason = context["error"]
        if isinstance(reason, PointedError):
            return str(reason), reason.fix
        return f"{_shown(given)} does not fit", str(reason)
    if kind == "string_pattern_mismatch":
        remedy = f"write it in the form {context['pattern']}"
        return f"{_shown(given)} does not fit", remedy + _meaning(error, model)
    message = error["msg"][0].lower() + error["msg"][1:]
    return f"{_shown(given)}: {message}", "correct the value" + _meaning(error, model)


def block_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """Return the model of the block at `path`, or None when no block stands there."""
    annotation: Any = model
    for step in path:
        annotation = _bare(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(step))
            if field is None:
                return None
            annotation = field.annotation
        elif get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
        elif get_origin(annotation) is list:
            annotation = get_args(annotation)[0]
        else:
            return None
    annotation = _bare(annotation)
    is_block = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_block else None


def _bare(annotation: Any) -> Any:
    """Strip Annotated and Optional."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            given = [one for one in get_args(annotation) if one is not type(None)]
            if len(given) != 1:
                return annotation
            annotation = given[0]
        else:
            return annotation


def _unknown_key(key: str, block: type[BaseModel] | None) -> tuple[str, str]:
    if secret.is_secret_key(key):
        return f"the key `{key}` asks for a secret, and no file of ours holds one", secret.REMEDY
    known = list(block.model_fields) if block else []
    return f"unknown key `{key}`", _closest(key, known)


def _closest(given: str, allowed: list[str]) -> str:
    lower = {word.lower(): word for word in allowed}
    near = difflib.get_close_matches(given.lower(), lower, n=1, cutoff=0.55)
    if near:
        return f"did you mean `{lower[near[0]]}`?"
    return f"write one of: {', '.join(allowed)}" if allowed else "remove it"


def _meaning(error: ErrorDetails, model: type[BaseModel]) -> str:
    *path, key = error["loc"]
    block = block_at(model, path)
    field = block.model_fields.get(str(key)) if block else None
    return f" ({field.description})" if field and field.description else ""


def _shown(value: object) -> str:
    """Quote a value: never a secret, never long."""
    if isinstance(value, dict):
        return "a block"
    if isinstance(value, list):
        return "a list"
    if secret.is_secret(value):
        return "the value"
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:59] + '…'}`"
