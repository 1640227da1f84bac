"""`oyez backfill`: does a range of past days in one pass."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from oyez.cli.terminal import ClientOption, HomeOption, err, explained, out, plain, print_editions

_DAY = ["%Y-%m-%d"]
_PRINTED = 20


def backfill(
    first: Annotated[datetime, typer.Argument(formats=_DAY, help="First local day.")],
    last: Annotated[datetime, typer.Argument(formats=_DAY, help="Last local day.")],
    client: ClientOption = None,
    stages: Annotated[
        str, typer.Option(help="Which stages, in their own order.")
    ] = "collect,stage,enrich,publish,editions",
    again: Annotated[
        bool, typer.Option("--again", help="Ask the sites even for days that were measured whole.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Do a range of past days in one pass; delivers nothing, and goes on after a kill."""
    from oyez.backfill import backfill as run
    from oyez.workspace import Workspace

    bar = Progress(
        TextColumn("{task.description:<9}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[what]}"),
        console=err,
    )
    rows = {}

    def tell(stage: str, done: int, total: int, what: str) -> None:
        if stage not in rows:
            rows[stage] = bar.add_task(stage, total=total, what="")
        bar.update(rows[stage], completed=done, total=total, what=plain(what))

    wanted = [one.strip() for one in stages.split(",") if one.strip()]
    with explained(), bar:
        outcome = run(
            Workspace.open(home),
            first.date(),
            last.date(),
            clients=client,
            stages=wanted,
            again=again,
            progress=tell,
        )
    for unit in outcome.collected:
        if unit["runs"]:
            out.print(f"  {unit['client_id']} · {unit['source_id']}: {plain(unit['message'])}")
    if published := outcome.published:
        out.print(
            f"Published {published['item_count']} items; "
            f"{published['day_count']} client days computed together."
        )
        for warning in published["warnings"]:
            err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
    if "editions" in wanted:
        fresh = [one for one in outcome.editions if one["new"]]
        print_editions(fresh[:_PRINTED])
        if len(fresh) > _PRINTED:
            out.print(f"  … and {len(fresh) - _PRINTED} more; `oyez reports` lists all.")
        kept = len(outcome.editions) - len(fresh)
        out.print(f"{len(fresh)} new editions or revisions; {kept} stand as they were.")
    for failure in outcome.failures:
        err.print(f"[bold red]oyez:[/] {plain(failure)}", soft_wrap=True)
    if outcome.failures:
        err.print("What did not fail is done; the same command goes on with the rest.")
        raise typer.Exit(1)
