"""Reads files of labelled texts, as people bring them: one JSON object a line.

A byte order mark, Windows line ends and empty lines are no reason to refuse a file; `-` is what
another program pipes in.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oyez.errors import DataError

STDIN = Path("-")


def objects(path: Path, action: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's place, such as `rows.jsonl, line 3`, and its object.

    Args:
        path: the file; `-`: standard input.
        action: what to write on each line, for the messages.

    Raises:
        DataError: the file cannot be read, or a line is no object with a `text`.
    """
    name = "standard input" if path == STDIN else str(path)
    try:
        body = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        # Only line feeds end a line: JSON strings may hold the other separators of Unicode.
        lines = body.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(
            f"the file cannot be read ({type(problem).__name__})",
            where=name,
            action="give a JSONL file in UTF-8",
        ) from problem
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            row: Any = json.loads(line)
        except ValueError as problem:
            raise DataError("the line is not JSON", where=where, action=action) from problem
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise DataError("the line has no text", where=where, action=action)
        yield where, row
