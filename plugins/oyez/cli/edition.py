"""`oyez edition`: builds and prints one report for any period."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from oyez.cli.terminal import HomeOption, err, explained, plain, print_editions


def edition(
    client: Annotated[str, typer.Argument(help="Client id.")],
    report: Annotated[str, typer.Argument(help="Report id.")],
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last local day of the period."),
    ] = None,
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First local day.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last local day.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Build and print one report for any period from what was published."""
    from oyez import line
    from oyez.workspace import Workspace

    if (day is None) == (start is None or end is None):
        err.print("[bold red]oyez:[/] write either --day, or both --from and --to")
        raise typer.Exit(2)
    unit: dict[str, Any] = {"client_id": client, "report_id": report}
    if day:
        unit["day"] = day.date().isoformat()
    elif start and end:
        unit |= {"start": start.date().isoformat(), "end": end.date().isoformat()}
    with explained():
        ws = Workspace.open(home)
        print_editions(line.editions(ws, [unit]))
    for warning in line.changed_names(ws):
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
