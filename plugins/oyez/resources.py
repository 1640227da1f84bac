"""Finds the package's SQL, pages and themes, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder `name` (`sql`, `reports` or `themes`) that ships with this installation.

    A wheel carries the folders inside the package; a checkout keeps them at its root, where people
    read and edit them.

    Raises:
        FileNotFoundError: the installation is incomplete; reinstall the package.
    """
    for candidate in (_PACKAGE / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"this installation of oyez lacks its folder {name!r}: reinstall it")
