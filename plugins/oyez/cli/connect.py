"""`oyez connect`: tests a credential."""

from __future__ import annotations

from typing import Annotated

import typer

from oyez.cli.terminal import HomeOption, explained, out, plain


def connect(
    client: Annotated[str, typer.Argument(help="Client id.")],
    source: Annotated[str, typer.Argument(help="Source id.")],
    home: HomeOption = None,
) -> None:
    """Say which connection a source needs, and test it."""
    from oyez.sources.watch import probe
    from oyez.workspace import Workspace

    with explained():
        out.print(f"[green]✓[/] {plain(probe(Workspace.open(home), client, source))}")
