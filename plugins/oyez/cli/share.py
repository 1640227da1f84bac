"""`oyez share`: a warehouse of one client's rows, to hand out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.terminal import HomeOption, explained, out, plain

_DAY = ["%Y-%m-%d"]


def share(
    client: Annotated[str, typer.Argument(help="Client id.")],
    file: Annotated[Path, typer.Argument(help="The new file, such as acme.duckdb.")],
    start: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="First local day.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="Last local day.")
    ] = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Add the names of authors that may be shown.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write one client's part of the last snapshot to a DuckDB file, within the sites' terms."""
    from oyez.share import share as write
    from oyez.workspace import Workspace

    with explained():
        counts = write(
            Workspace.open(home),
            client,
            file,
            start=start.date() if start else None,
            end=end.date() if end else None,
            with_names=with_names,
        )
    items, mentions = counts.get("core.item", 0), counts.get("core.mention", 0)
    out.print(f"{plain(file)}: {items} items, {mentions} mentions", soft_wrap=True)
    if not with_names:
        out.print("without names of authors; --with-names adds those that may be shown")
