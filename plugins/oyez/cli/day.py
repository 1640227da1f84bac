"""`oyez day`: runs the whole line for one local day."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from oyez.cli.terminal import ClientOption, HomeOption, err, explained, out, plain, print_editions

DayArgument = Annotated[
    datetime, typer.Argument(formats=["%Y-%m-%d"], help="Local day to cover, e.g. 2026-05-31.")
]


def day(
    when: DayArgument,
    client: ClientOption = None,
    home: HomeOption = None,
) -> None:
    """Run the whole line for one local day: collect, stage, publish, print what is due."""
    from oyez import line
    from oyez.sources.inbox import unread
    from oyez.workspace import Workspace

    with explained():
        ws = Workspace.open(home)
        planned = line.plan(ws, day=when.date(), clients=client)
        with out.status("…") as status:
            outcome = line.run_day(ws, planned, clients=client, progress=status.update)
    for unit in outcome.collected:
        if unit["runs"]:
            out.print(f"  {unit['client_id']} · {unit['source_id']}: {plain(unit['message'])}")
    published = outcome.published
    if published["publish_id"]:
        out.print(
            f"Published {published['item_count']} items, {published['day_count']} client days."
        )
    else:
        out.print("Nothing new to publish.")
    for warning in published["warnings"]:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
    for told in unread(ws):
        err.print(f"[yellow]warning:[/] {plain(told)}", soft_wrap=True)
    print_editions(outcome.editions)
    if not outcome.editions:
        out.print(f"No report's period ends on {when.date()}.")
    for failure in outcome.failures:
        err.print(f"[bold red]oyez:[/] {plain(failure)}", soft_wrap=True)
    if outcome.failures:
        raise typer.Exit(1)
