"""Finds what lies in the drop folder and will not be read: a silence that costs a client's data."""

from __future__ import annotations

import difflib
from pathlib import Path

from oyez.sources.collect import IMPORTED, REFUSED, is_readable
from oyez.workspace import Workspace


def unread(workspace: Workspace) -> list[str]:
    """Return a sentence for each place of the inbox where files wait in vain, with its remedy."""
    root = workspace.home / "inbox"
    known = {
        f"{client.id}/{source.id}"
        for client in workspace.clients.values()
        for source in client.sources
        if source.kind == "file"
    }
    waiting: dict[str, list[Path]] = {}
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and is_readable(path):
            waiting.setdefault(path.parent.relative_to(root).as_posix(), []).append(path)
    told = []
    for folder, files in waiting.items():
        parent, _, last = folder.rpartition("/")
        if folder in known or (parent in known and last == IMPORTED):
            continue
        if parent in known and last == REFUSED:
            told.append(
                f"inbox/{folder}: {_listed(files)} refused → mend what the .why.txt beside it "
                f"names, then move it back to inbox/{parent}/"
            )
            continue
        # A client whose file is wrong is set aside: what waits for it is not lost.
        if folder.split("/")[0] in workspace.broken:
            continue
        close = difflib.get_close_matches(folder, sorted(known), n=1, cutoff=0.3)
        hint = f"inbox/{close[0]}/" if close else "inbox/CLIENT/SOURCE/"
        told.append(f"inbox/{folder}: no source reads {_listed(files)} there → move it to {hint}")
    return told


def _listed(files: list[Path]) -> str:
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{files[0].name}{more}"
