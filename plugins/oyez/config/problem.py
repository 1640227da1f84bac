"""What is wrong in a file that a person wrote: where, what, and the edit that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from oyez.errors import ConfigError

Step = str | int
KeyPath = tuple[Step, ...]


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Args:
        file: as the reader names it, relative to the workspace.
        line: counted from 1; None when it concerns the whole file.
        path: the key, as `brands[0].aliases`; empty for the whole file.
        message: what is wrong.
        fix: what to write instead.
        severity: a `warning` stops nothing.
    """

    file: str
    line: int | None
    path: str
    message: str
    fix: str
    severity: Literal["error", "warning"] = "error"

    @property
    def where(self) -> str:
        """File, line and key: `clients/united.yml:12, brands[0].aliases`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}, {self.path}" if self.path else place

    def __str__(self) -> str:
        return f"{self.where}: {self.message} → {self.fix}"


class ConfigFileError(ConfigError):
    """One file or several are wrong; the message lists everything there is to mend.

    Args:
        problems: at least one.
        client: the client's id, where all concern one.
    """

    def __init__(self, problems: Sequence[Problem], *, client: str | None = None) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        if len(self.problems) == 1:
            super().__init__(first.message, client=client, where=first.where, action=first.fix)
        else:
            lines = "\n".join(f"  {problem}" for problem in self.problems)
            super().__init__(f"{len(self.problems)} problems\n{lines}", client=client)


def written(path: KeyPath) -> str:
    """Return a path of keys and positions as people write it: `brands[0].aliases`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
