"""`oyez sql`: queries the snapshot."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer
from rich.table import Table

from oyez.cli.terminal import HomeOption, err, explained, out, plain


def sql(
    query: Annotated[str, typer.Argument(help="Any SELECT over core.*, metric.*, ops.*.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
    limit: Annotated[int, typer.Option(help="Rows of a table; CSV prints all.")] = 50,
    home: HomeOption = None,
) -> None:
    """Query the last published snapshot, read-only."""
    import duckdb

    from oyez.warehouse.connect import open_snapshot
    from oyez.workspace import Workspace

    with explained():
        connection = open_snapshot(Workspace.open(home).storage)
        connection.execute("set lock_configuration = true")
        try:
            relation = connection.execute(query)
            columns = [column[0] for column in relation.description or []]
            rows = relation.fetchall()
        except duckdb.Error as problem:
            err.print(f"[bold red]oyez:[/] {plain(problem)}", soft_wrap=True)
            raise typer.Exit(1) from None
        finally:
            connection.close()
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column)
    for row in rows[:limit]:
        table.add_row(*("" if value is None else plain(value) for value in row))
    out.print(table)
    if not rows:
        out.print("(no row)")
    if len(rows) > limit:
        out.print(f"… {limit} of {len(rows)} rows; --limit shows more, --csv all")


def _cell(value: object) -> object:
    # A spreadsheet runs what starts like a formula: a mention must not.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
