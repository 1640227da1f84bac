"""What the commands print with: two consoles, explained errors, tables that fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from oyez.errors import OyezError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", envvar="OYEZ_HOME", help="The workspace; by default this folder."),
]
ClientOption = Annotated[
    list[str] | None, typer.Option("--client", help="Client id; may be repeated. Default: all.")
]


@contextmanager
def explained() -> Iterator[None]:
    """Print an explained error in one paragraph and leave with code 1."""
    try:
        yield
    except OyezError as problem:
        err.print(f"[bold red]oyez:[/] {plain(problem)}", soft_wrap=True)
        raise typer.Exit(1) from None


def plain(text: object) -> str:
    """Return a text that a console prints as it is: what people wrote may hold brackets."""
    from rich.markup import escape

    return escape(str(text))


def print_rows(heads: list[str], rows: list[list[str]]) -> None:
    """Print a table where it fits, else one block a row: a column of five letters tells nothing."""
    if out.width >= 16 * len(heads):
        table = Table(pad_edge=False, header_style="bold")
        for head in heads:
            table.add_column(head, overflow="ellipsis")
        for row in rows:
            table.add_row(*row)
        out.print(table)
        return
    for number, row in enumerate(rows, start=1):
        out.print(f"[bold]row {number}[/]")
        for head, value in zip(heads, row, strict=True):
            if value:
                out.print(f"  {head:<18} {value}", soft_wrap=True)


def print_editions(editions: list[dict[str, Any]]) -> None:
    """Print two lines an edition: what it is, and where its PDF is."""
    for one in editions:
        state = "new" if one["new"] else "unchanged"
        gap = "" if one["measured_pct"] >= 100 else f", {one['measured_pct']} % measured"
        out.print(
            f"  {one['client_id']} · {one['report_id']} · revision {one['revision']} ({state}{gap})"
        )
        out.print(f"    {one['path']}", soft_wrap=True)
