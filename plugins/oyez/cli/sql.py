"""`oyez sql`: queries the snapshot."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from oyez.cli.terminal import HomeOption, err, explained, out, plain, print_rows

if TYPE_CHECKING:
    from oyez.warehouse.question import Answer


def sql(
    query: Annotated[
        str | None, typer.Argument(help="A SELECT. Without one, the views are listed.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Read the query from a file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Write a Parquet file instead.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write an Excel workbook instead.")] = None,
    limit: Annotated[int, typer.Option(help="Rows of a table; files hold all.")] = 50,
    seconds: Annotated[float, typer.Option(help="A query may take so long.")] = 60,
    memory: Annotated[str, typer.Option(help="A query may use so much.")] = "2GB",
    home: HomeOption = None,
) -> None:
    """Query the last published snapshot, read-only."""
    from oyez.errors import ConfigError
    from oyez.warehouse import answer_file
    from oyez.warehouse.question import ask, listing
    from oyez.workspace import Workspace

    with explained():
        if sum([as_csv, as_json, parquet is not None, xlsx is not None]) > 1:
            raise ConfigError("an answer has one form", action="keep one of the options")
        if query is not None and file is not None:
            raise ConfigError("there are two queries", action="keep the text or --file")
        if file is not None:
            query = _read(file)
        is_listing = query is None
        asked = listing() if query is None else query
        storage = Workspace.open(home).storage
        with ask(storage, asked, seconds=seconds, memory=memory) as answer:
            if as_csv:
                answer_file.write_csv(answer, sys.stdout)
            elif as_json:
                answer_file.write_json(answer, sys.stdout)
            elif parquet is not None:
                answer_file.write_parquet(answer, parquet)
            elif xlsx is not None:
                if cut := answer_file.write_xlsx(answer, xlsx):
                    err.print(f"{cut} texts were too long for a cell and were cut")
            elif is_listing:
                _print_views(answer)
            else:
                _print_table(answer, limit)


def _read(file: Path) -> str:
    from oyez.errors import ConfigError

    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(
            f"the query cannot be read: {problem}",
            where=str(file),
            action="name a text file that holds one SELECT",
        ) from None


def _print_views(answer: Answer) -> None:
    print_rows(answer.columns, [[plain(value) for value in row] for row in answer.rows()])
    out.print("columns: oyez sql 'describe report.daily'; every table: docs/data-dictionary.md")


def _print_table(answer: Answer, limit: int) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(plain(column))
    rows = answer.rows()
    for row in islice(rows, limit):
        table.add_row(*("" if value is None else plain(value) for value in row))
    out.print(table)
    if not table.row_count:
        out.print("(no row)")
    if more := sum(1 for _ in rows):
        total = table.row_count + more
        out.print(f"… {table.row_count} of {total} rows; --limit shows more, --csv all")
