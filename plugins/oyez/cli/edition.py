"""`oyez edition`: builds and prints one report for any period."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from oyez.cli.terminal import HomeOption, err, explained, out, plain, print_editions


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
    as_of: Annotated[
        str | None,
        typer.Option(
            help="From what could be known at this instant only: 2026-06-01T07:00, or with Z or "
            "+02:00; without them it is the client's local time."
        ),
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
    if as_of:
        _print_as_of(home, unit, as_of)
        return
    with explained():
        ws = Workspace.open(home)
        print_editions(line.editions(ws, [unit]))
    for warning in line.changed_names(ws):
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)


def _print_as_of(home: Path | None, unit: dict[str, Any], text: str) -> None:
    from oyez.asof import edition_as_of
    from oyez.workspace import Workspace

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        err.print(f"[bold red]oyez:[/] --as-of {plain(text)} is no instant: 2026-06-01T07:00+02:00")
        raise typer.Exit(2) from None
    with explained(), out.status("…") as status:
        ws = Workspace.open(home)
        if at.tzinfo is None:
            at = at.replace(tzinfo=ws.client(unit["client_id"]).zone)
        known = at.astimezone(UTC).replace(tzinfo=None)
        made = edition_as_of(ws, unit, known, progress=status.update)
    gap = "" if made["measured_pct"] >= 100 else f", {made['measured_pct']} % measured"
    out.print(f"  {made['client_id']} · {made['report_id']} · as known on {made['known_at']}{gap}")
    out.print(f"    {made['path']}", soft_wrap=True)
