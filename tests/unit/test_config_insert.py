"""Entries are added to a list of a file, and nothing else of it changes."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from oyez.config.insert import InsertError, block, insert

FEEDS = ("sources", 0, "options", "feeds")
TWO: list[Any] = ["https://a.example/f", {"url": "https://b.example/?q=a b", "name": "Yes: no # 1"}]
WRITTEN = [
    "- https://a.example/f",
    '- {url: "https://b.example/?q=a b", name: "Yes: no # 1"}',
]


def load(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_lines_go_below_the_last_entry_and_above_the_comments_after_it() -> None:
    before = """# Ours
sources:
  - id: press   # all of it
    kind: rss
    options:
      feeds:
        - https://old.example/f   # the first
        - {url: "https://old.example/g",
           name: Old}

  # What follows is measured by hand.
events: []
"""
    mark = "           name: Old}\n"
    after, added = insert(before, FEEDS, TWO)
    assert added == "".join(f"        {line}\n" for line in WRITTEN)
    assert after == before.replace(mark, mark + added)
    assert load(after)["sources"][0]["options"]["feeds"][2:] == TWO


@pytest.mark.parametrize(
    "before",
    [
        "sources:\n- options:\n    feeds:\n    - https://old.example/f",  # no indent, no last end
        "sources:\n  - options: {feeds: [https://old.example/f]}\n",
        "sources: [{options: {feeds: ['https://old.example/f',]}}]\nname: x\n",
        "sources:\n  - options:\n      feeds: [\n        https://old.example/f,  # one\n      ]\n",
        "sources:\r\n  - options:\r\n      feeds:\r\n        - https://old.example/f\r\nn: x\r\n",
        "sources:\n  - options: {feeds: []}\n",
        "sources:\n  - options:\n      feeds:\n        - |\n          old\n\n# end\n",
    ],
)
def test_any_layout(before: str) -> None:
    after, _ = insert(before, FEEDS, TWO)
    old = load(before)["sources"][0]["options"]["feeds"]
    new = load(after)
    assert new["sources"][0]["options"]["feeds"] == [*old, *TWO]
    assert ("\r\n" in after) == ("\r\n" in before)
    ends = after.count("\r\n")
    assert ends in (0, after.count("\n"))


@pytest.mark.parametrize(
    "before",
    ["name: x\n", "name: x", "name: x\nsources: []\n", "sources:\n  - id: one\n    kind: a\n"],
)
def test_a_block_of_blocks(before: str) -> None:
    source = {"id": "feeds", "options": {"feeds": TWO}}
    after, _ = insert(before, ("sources",), [source])
    assert load(after)["sources"] == [*load(before).get("sources", []), source]
    assert after.startswith(before.rstrip("\n]"))


def test_lines_to_paste() -> None:
    source = {"id": "feeds", "kind": "rss", "options": {"feeds": TWO}}
    assert block([source], 2).splitlines() == [
        "  - id: feeds",
        "    kind: rss",
        "    options:",
        "      feeds:",
        *(f"        {line}" for line in WRITTEN),
    ]


@pytest.mark.parametrize(
    "words",
    ["yes", "null", "1.5", "2026-01-01", "a\u2028b", "tab\there", "\x85", "é: {[", "- x", "@a", ""],
)
def test_any_words_come_back(words: str) -> None:
    after, _ = insert("feeds:\n  - x\n", ("feeds",), [words, {"name": words}])
    assert load(after)["feeds"] == ["x", words, {"name": words}]


@pytest.mark.parametrize(
    "before",
    [
        "own: &own [a]\nfeeds: *own\n",  # would change both
        "feeds: one\n",
        "feeds: {a: b}\n",
        "{name: x}\n",
        "feeds:\n  - x\n  broken: [\n",
    ],
)
def test_what_cannot_be_extended_is_refused(before: str) -> None:
    with pytest.raises(InsertError):
        insert(before, ("feeds",), ["y"])
