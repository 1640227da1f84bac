"""A YAML file as plain values, with the line of each key, for messages that point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

from oyez.config.problem import ConfigFileError, KeyPath, Problem, written

_MAXIMUM_BYTES = 1_000_000
_MAXIMUM_VALUES = 100_000  # aliases of aliases multiply; no file of ours comes near
_MAXIMUM_DEPTH = 30


class _Constructor(RoundTripConstructor):
    """Leaves dates as they are written, so that the model can say which one does not exist."""

    def construct_yaml_timestamp(self, node: ScalarNode, values: Any = None) -> Any:
        return self.construct_scalar(node)


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


class Document:
    """One parsed file.

    Args:
        file: the name that messages show.
        tree: what the YAML library made of it.
    """

    def __init__(self, file: str, tree: CommentedMap) -> None:
        self.file = file
        self._tree = tree
        self._left = _MAXIMUM_VALUES
        self.data: dict[Any, Any] = self._plain(tree, 0)

    def line(self, path: KeyPath) -> int | None:
        """Return the line, from 1, of the key at `path`, else of the nearest block around it."""
        node: Any = self._tree
        line = None
        for step in path:
            try:
                if isinstance(node, CommentedMap):
                    row = node.lc.key(step)[0]
                elif isinstance(node, CommentedSeq):
                    row = node.lc.item(step)[0]
                else:
                    break
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break  # a missing key, or one that arrives through a merge
            line = row + 1
        return line

    def problem(self, path: KeyPath, message: str, fix: str) -> Problem:
        """Return a problem of the key at `path`."""
        return Problem(self.file, self.line(path), written(path), message, fix)

    def _plain(self, node: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _MAXIMUM_DEPTH:
            raise ConfigFileError(
                [
                    Problem(
                        self.file,
                        None,
                        "",
                        "the file unfolds to too many values, or nests too deep",
                        "write its values out instead of using anchors (&) and aliases (*)",
                    )
                ]
            )
        if isinstance(node, CommentedMap):
            return {_scalar(key): self._plain(value, depth + 1) for key, value in node.items()}
        if isinstance(node, CommentedSeq):
            return [self._plain(value, depth + 1) for value in node]
        return _scalar(node)


def parse(path: Path, file: str) -> Document:
    """Return the file's values and lines.

    Args:
        path: where it is.
        file: the name that messages show.

    Raises:
        ConfigFileError: the file is missing, no UTF-8, no YAML, or writes a key twice.
    """

    def wrong(message: str, fix: str, line: int | None = None) -> ConfigFileError:
        return ConfigFileError([Problem(file, line, "", message, fix)])

    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise wrong("the file exceeds 1 MB", "configuration is short: is it a data file?")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise wrong("the file is not written in UTF-8", "save it as UTF-8", row) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise wrong(f"the file cannot be read: {reason.lower()}", "put the file there") from None
    reader = YAML(typ="rt", pure=True)
    reader.Constructor = _Constructor
    try:
        tree = reader.load(text)
    except DuplicateKeyError as error:
        key = str(error.problem).partition('"')[2].partition('"')[0]
        raise wrong(
            f"the key `{key}` is written twice in one block", "keep one", _row(error)
        ) from None
    except MarkedYAMLError as error:
        raise wrong(*_syntax(error), _row(error)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        reason = str(error).partition("\n")[0] or "it nests too deep"
        raise wrong(f"this is not YAML: {reason}", "correct that place") from None
    if not isinstance(tree, CommentedMap):
        what = "is empty" if tree is None else "holds no block of keys"
        raise wrong(f"the file {what}", "start it with lines such as `name: …`")
    return Document(file, tree)


def _row(error: MarkedYAMLError) -> int | None:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _syntax(error: MarkedYAMLError) -> tuple[str, str]:
    """Return what is wrong and its remedy, for the mistakes that people make."""
    problem = str(error.problem or error.context or "")
    if "'\\t'" in problem:
        return "a tab indents the line", "indent with spaces"
    if "cannot start any token" in problem:
        sign = problem.partition("'")[2].partition("'")[0]
        return f"a text starts with {sign}", f'put the text in quotes: "{sign}…"'
    if "mapping values are not allowed" in problem:
        return (
            "a second `: ` on the line, or a line indented too far",
            "put the text in quotes, or align the line with the one above",
        )
    if "unexpected end of stream" in problem:
        return "a quote is opened and never closed", "close the quote"
    return f"this is not YAML: {problem}", "look at this line and the one above"


def _scalar(value: Any) -> Any:
    """Strip the library's own kinds of text and number, which remember how they were written."""
    if isinstance(value, bool) or value is None:
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value
