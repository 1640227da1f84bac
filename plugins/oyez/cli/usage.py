"""`oyez usage`: what collecting cost, for the invoice."""

from __future__ import annotations

import csv
import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from oyez.cli.terminal import ClientOption, HomeOption, err, explained, out, plain

HEADS = [
    "month",
    "client",
    "source",
    "kind",
    "collections",
    "calls",
    "quota_units",
    "items",
    "quarantined",
    "bytes",
    "budget",
    "budget_of",
    "spent_pct",
]
_NUMBERS = frozenset({"calls", "quota", "items"})


def usage(
    month: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m"], help="One month, e.g. 2026-05. Default: all."),
    ] = None,
    client: ClientOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
    home: HomeOption = None,
) -> None:
    """Say what collecting cost by month, client and source, and how much of its budget is spent."""
    from oyez import usage as costs
    from oyez.workspace import Workspace

    with explained():
        ws = Workspace.open(home)
        found = costs.usage(ws, month.date() if month else None)
        warnings = costs.warnings(ws)
    rows = [
        [
            f"{one.month:%Y-%m}",
            one.client_id,
            one.source_id,
            one.kind or "",
            *map(str, (one.collections, one.calls, one.units, one.items, one.quarantined)),
            str(one.bytes),
            "" if one.budget is None else str(one.budget),
            one.budget_of or "",
            "" if one.spent_pct is None else str(one.spent_pct),
        ]
        for one in found
        if not client or one.client_id in client
    ]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(rows)
    elif rows:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in ("month", "client", "source", "calls", "quota", "items", "spent"):
            table.add_column(head, justify="right" if head in _NUMBERS else "left")
        for row in rows:
            told = dict(zip(HEADS, row, strict=True))
            spent = f"{told['spent_pct']} % of {told['budget']} {told['budget_of']}"
            table.add_row(
                *(told[head] for head in ("month", "client", "source", "calls", "quota_units")),
                told["items"],
                spent if told["budget"] else "",
            )
        out.print(table)
    else:
        out.print("Nothing was collected then.")
    for warning in warnings:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
