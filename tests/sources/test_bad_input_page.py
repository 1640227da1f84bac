"""docs/bad-input.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_named_test_exists() -> None:
    page = (ROOT / "docs" / "bad-input.md").read_text("utf-8")
    path, count = "", 0
    for file, name in re.findall(r"`(tests/[\w/]+\.py)?::(\w+)`", page):
        path = file or path
        count += 1
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"
    assert count > 40
