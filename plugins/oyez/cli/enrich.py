"""`oyez enrich`: judges published mentions once more."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from oyez.cli.terminal import ClientOption, HomeOption, err, explained, out, plain


def enrich(
    first: Annotated[
        datetime | None,
        typer.Argument(formats=["%Y-%m-%d"], help="First local day; without days: all of them."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Argument(formats=["%Y-%m-%d"], help="Last local day.")
    ] = None,
    client: ClientOption = None,
    home: HomeOption = None,
) -> None:
    """Judge published mentions again, after the model, the lists or the themes have changed."""
    from oyez import line
    from oyez.workspace import Workspace

    if (first is None) != (last is None):
        err.print("[bold red]oyez:[/] write the first and the last day, or neither")
        raise typer.Exit(2)
    days = (first.date(), last.date()) if first and last else None
    with explained(), out.status("…") as status:
        done = line.enrich_again(Workspace.open(home), client, days, progress=status.update)
    out.print(
        f"Judged {done['judged_count']} items again; {done['day_count']} client days recomputed."
    )
    for warning in done["warnings"]:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
