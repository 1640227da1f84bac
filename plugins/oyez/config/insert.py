"""Adds entries to a list of a YAML file that a person wrote; every other byte stays as it was.

A library that reads a file and writes it again moves comments to other entries and lays lines out
anew. So the library only tells where the list ends, and says afterwards whether the file means what
it should.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from oyez.config.problem import KeyPath, written

# What needs no quotes in any place: an address, an id; never a number, a date, `yes` or `null`.
_BARE = re.compile(r"https?://[\w./~%=&?+-]+|[a-z]+(?:-[a-z0-9]+)*")
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
# JSON leaves them as they are, YAML takes some for ends of lines and refuses others.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


class InsertError(Exception):
    """The list is written in a way that cannot be extended; the text says why."""


def insert(text: str, path: KeyPath, entries: list[Any]) -> tuple[str, str]:
    """Return the file with entries added at the end of a list, and what was added to it.

    Args:
        text: the file.
        path: of the list. One that is missing is made if it belongs to the file's outermost block.
        entries: texts, or blocks of texts, lists and blocks.

    Raises:
        InsertError: the list is an alias, or laid out in a way that this cannot extend.
    """
    try:
        root = YAML(typ="rt", pure=True).compose(text)
        position, added = _place(text, root, path, entries)
        result = text[:position] + added + text[position:]
        is_right = _load(result) == _extended(_load(text), path, entries)
    except (YAMLError, ValueError, IndexError) as problem:
        raise InsertError(str(problem).partition("\n")[0]) from None
    if not is_right:
        raise InsertError(f"{written(path)} is an alias, or written in an unusual way")
    return result, added


def block(entries: list[Any], indent: int) -> str:
    """Return the entries of a list as lines of YAML, indented by so many spaces."""
    return "".join(line + "\n" for entry in entries for line in _entry(entry, indent))


def _place(text: str, root: Node, path: KeyPath, entries: list[Any]) -> tuple[int, str]:
    """Return where to insert what, as a position in the text and lines with its line ends."""
    node: Node | None = root
    for step in path:
        node = _child(node, step)
    if node is None and len(path) == 1 and _is_block(root):
        gap = "" if text.endswith("\n") else "\n"
        return len(text), _with_ends(text, f"{gap}\n{path[0]}:\n" + block(entries, 2))
    if not isinstance(node, SequenceNode):
        raise InsertError(f"{written(path)} is no list")
    if node.flow_style:
        flow = [_flow(entry) for entry in entries]
        if not node.value:
            return node.start_mark.index + 1, ", ".join(flow)
        # Deeper than the key whose list it is.
        start = text.rfind("\n", 0, node.start_mark.index) + 1
        pad = " " * (len(text[start:]) - len(text[start:].lstrip(" ")) + 4)
        return node.value[-1].end_mark.index, _with_ends(
            text, "".join(f",\n{pad}{f}" for f in flow)
        )
    first = node.value[0].start_mark
    line = text[text.rfind("\n", 0, first.index) + 1 : first.index]
    if not (dash := re.fullmatch(r"( *)-\s+", line)):
        raise InsertError(f"{written(path)} does not have its entries on lines of their own")
    end = text.find("\n", _last(node))
    added = block(entries, len(dash[1]))
    if end < 0:
        return len(text), _with_ends(text, "\n" + added)
    return end + 1, _with_ends(text, added)


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return node.value[step]  # type: ignore[no-any-return]
    return None


def _is_block(node: Node) -> bool:
    return isinstance(node, MappingNode) and not node.flow_style and node.start_mark.column == 0


def _last(node: Node) -> int:
    """Return where a node's last word ends; a block's own end lies behind the comments after it."""
    while isinstance(node, CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _entry(entry: Any, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(entry, dict) and any(isinstance(one, dict | list) for one in entry.values()):
        lines = _lines(entry, indent + 2)
        return [f"{pad}- {lines[0].lstrip()}", *lines[1:]]
    return [f"{pad}- {_flow(entry)}"]


def _lines(entry: dict[str, Any], indent: int) -> list[str]:
    pad = " " * indent
    lines = []
    for key, value in entry.items():
        if isinstance(value, dict):
            lines += [f"{pad}{key}:", *_lines(value, indent + 2)]
        elif isinstance(value, list):
            lines += [f"{pad}{key}:", *(line for one in value for line in _entry(one, indent + 2))]
        else:
            lines.append(f"{pad}{key}: {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if _BARE.fullmatch(value) and value not in _WORDS:
        return str(value)
    quoted = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _with_ends(text: str, added: str) -> str:
    return added.replace("\n", "\r\n") if "\r\n" in text else added


def _load(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _extended(data: Any, path: KeyPath, entries: list[Any]) -> Any:
    extended = copy.deepcopy(data)
    holder = extended
    for step in path[:-1]:
        holder = holder[step]
    if isinstance(holder, dict):
        holder.setdefault(path[-1], [])
    holder[path[-1]] = [*holder[path[-1]], *entries]
    return extended
