"""Where a workspace keeps each file that people write."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from oyez import resources
from oyez.config.problem import ConfigFileError, Problem


def relative(home: Path, path: Path) -> str:
    """Return a file's name in messages: its path inside the workspace."""
    return path.relative_to(home).as_posix()


def agency_file(home: Path) -> Path:
    """Return the workspace's agency.yml: at its root or in clients/.

    Raises:
        ConfigFileError: there is none, or there are two.
    """
    found = [
        path for path in (home / "agency.yml", home / "clients" / "agency.yml") if path.is_file()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message, fix = "agency.yml stands both at the root and in clients/", "keep one of them"
    else:
        message = f"{home} is no workspace: it has no agency.yml"
        fix = "run this in the workspace's folder, or set OYEZ_HOME to it"
    raise ConfigFileError([Problem("agency.yml", None, "", message, fix)])


def client_files(home: Path) -> list[Path]:
    """Return the clients' files in order of name."""
    return sorted(
        path
        for path in (home / "clients").glob("*.yml")
        if path.name != "agency.yml" and not path.name.startswith(".")
    )


def mapping_file(home: Path, path: str) -> Path:
    """Return where a mapping is.

    Raises:
        ConfigFileError: the path leaves the workspace, or nothing is there.
    """
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        message, fix = "the path leaves the workspace", "write it relative to the workspace"
    elif not (home / path).is_file():
        message, fix = "the mapping does not exist", "write the file, or correct its path"
    else:
        return home / path
    raise ConfigFileError([Problem(path, None, "", message, fix)])


def theme_folder(home: Path, name: str) -> Path:
    """Return where a theme is, the workspace's before the built-in ones.

    Raises:
        ConfigFileError: no theme has this name.
    """
    themes = {path.parent.name: path.parent for path in _themes(home)}
    if name not in themes:
        known = ", ".join(sorted(themes)) or "none"
        fix = f"write one of the themes there are ({known}), or themes/{name}/theme.yml"
        raise ConfigFileError(
            [Problem(f"themes/{name}/theme.yml", None, "", f"no theme is named {name!r}", fix)]
        )
    return themes[name]


def _themes(home: Path) -> list[Path]:
    try:
        shipped = sorted(resources.folder("themes").glob("*/theme.yml"))
    except FileNotFoundError:
        shipped = []
    return [*shipped, *sorted((home / "themes").glob("*/theme.yml"))]
