"""`oyez import-opml`: brings the feeds of a feed reader into a client's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.terminal import HomeOption, err, explained, out, plain


def import_opml(
    file: Annotated[Path, typer.Argument(help="The list that a feed reader exports (OPML).")],
    client: Annotated[str, typer.Option(help="Client id.")],
    source: Annotated[
        str | None,
        typer.Option(help="Source id, new or of kind rss; by default the client's only one."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write them into the client's file.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Show the lines that add a feed reader's feeds to a client, or write them."""
    from oyez.sources.subscribe import propose
    from oyez.sources.subscribe import write as write_file
    from oyez.workspace import Workspace

    with explained():
        found = propose(Workspace.open(home), client, file, source)
        for one in found.left_out:
            err.print(f"[yellow]left out:[/] {plain(one)}", soft_wrap=True)
        counts = f"{len(found.added)} new feeds, {len(found.known)} already in the client's file, "
        err.print(f"{plain(file.name)}: {counts}{len(found.left_out)} left out.", soft_wrap=True)
        if not found.added:
            return
        err.print(f"In {plain(found.place)}:", soft_wrap=True)
        # Alone on the standard output, and to the letter: `:tada:` in a title is no emoji.
        out.print(found.lines, end="", markup=False, emoji=False, soft_wrap=True)
        if write:
            write_file(found)
            err.print(f"Written. Next: oyez check; oyez connect {plain(client)} …", soft_wrap=True)
        elif found.content is None:
            err.print(f"Paste them: they cannot be added by program, {plain(found.why_not)}.")
        else:
            err.print("Nothing was written: paste the lines, or say --write.")
