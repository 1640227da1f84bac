"""`oyez rebuild`: makes the warehouse again from landing."""

from __future__ import annotations

from oyez.cli.terminal import HomeOption, explained, out


def rebuild(home: HomeOption = None) -> None:
    """Make the warehouse again from what was landed; delivers nothing."""
    from oyez import line
    from oyez.workspace import Workspace

    with explained(), out.status("…") as status:
        published = line.rebuild(Workspace.open(home), progress=status.update)
    out.print(
        f"Rebuilt from {published['batch_count']} batches: {published['item_count']} items, "
        f"{published['day_count']} client days."
    )
