"""The command line: `oyez check`, `oyez import`, `oyez day` and the rest.

Each command calls one function of the line; here are only words, tables and exit codes: 0 done, 1
something failed and the message says what to do, 2 the command was written wrongly.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from oyez.errors import OyezError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Hear what is said of a brand, and report it every morning.",
    pretty_exceptions_enable=False,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", envvar="OYEZ_HOME", help="The workspace; by default this folder."),
]
DayArgument = Annotated[
    datetime, typer.Argument(formats=["%Y-%m-%d"], help="Local day to cover, e.g. 2026-05-31.")
]
ClientOption = Annotated[
    list[str] | None, typer.Option("--client", help="Client id; may be repeated. Default: all.")
]


@contextmanager
def _told() -> Iterator[None]:
    """Print an explained error in one paragraph and leave with code 1."""
    try:
        yield
    except OyezError as problem:
        err.print(f"[bold red]oyez:[/] {_plain(problem)}", soft_wrap=True)
        raise typer.Exit(1) from None


def _plain(text: object) -> str:
    from rich.markup import escape

    return escape(str(text))


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a workspace with an example client to edit."""
    import shutil

    if folder.exists() and any(folder.iterdir()):
        err.print(f"[bold red]oyez:[/] {folder} is not empty → name another folder")
        raise typer.Exit(1)
    from oyez.config import schema

    shutil.copytree(Path(__file__).parent / "config" / "example", folder, dirs_exist_ok=True)
    schema.write(folder)
    (folder / "themes").mkdir(exist_ok=True)
    (folder / "inbox" / "maison-exemple" / "veille").mkdir(parents=True)
    out.print(f"A workspace stands in [bold]{folder}[/]. Next:")
    out.print(f"  1. edit {folder}/agency.yml; rename clients/maison-exemple.yml and make it yours")
    out.print(f"  2. oyez check --home {folder}")
    out.print(
        f"  3. drop exports into {folder}/inbox/CLIENT/SOURCE/ and run: oyez day DATE --home …"
    )


@app.command()
def check(home: HomeOption = None) -> None:
    """Validate agency, clients, mappings and themes: file, line and remedy of each problem."""
    from oyez.config.check import check as check_workspace

    folder = (home or Path()).resolve()
    from oyez.sources.inbox import unread
    from oyez.workspace import Workspace

    with _told():
        problems = check_workspace(folder)
        waiting = (
            []
            if any(one.severity == "error" for one in problems)
            else unread(Workspace.open(folder))
        )
    for told in waiting:
        out.print(f"[yellow]warning[/] {_plain(told)}", soft_wrap=True)
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        out.print(f"[{colour}]{problem.severity}[/] {_plain(problem)}", soft_wrap=True)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise typer.Exit(1)
    out.print(f"[green]✓[/] {folder}: everything is in order")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or NDJSON; also .gz or .zst.")],
    client: Annotated[str | None, typer.Option(help="Client id.")] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="How to read the file: a path, or relative to the workspace."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(help="Source id; by default the client's source that uses this mapping."),
    ] = None,
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Import nothing: propose a mapping, show ten rows."),
    ] = False,
    mapping_out: Annotated[
        Path | None, typer.Option(help="With --preview: write the proposed mapping there.")
    ] = None,
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="With --preview: what 03/04 means."),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="With --preview: zone of the dates, e.g. Europe/Paris.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Import one file and publish it; the same file twice changes nothing."""
    from oyez import line
    from oyez.config.load import load_mapping
    from oyez.sources.collect import import_file, source_of
    from oyez.workspace import Workspace

    if preview:
        _preview(file, client, mapping, mapping_out, day_first, timezone, home)
        return
    if client is None or mapping is None:
        err.print(
            "[bold red]oyez:[/] write --client and --mapping; --preview proposes a mapping for a "
            "file that has none"
        )
        raise typer.Exit(2)
    with _told():
        ws = Workspace.open(home)
        reading = (
            load_mapping(mapping, str(mapping)) if mapping.is_file() else ws.mapping(str(mapping))
        )
        source_id = source or source_of(ws, client, mapping)
        landed = import_file(ws, client, source_id, file, reading)
        for warning in landed["warnings"]:
            err.print(f"[yellow]warning:[/] {_plain(warning)}", soft_wrap=True)
        if landed["state"] == "already_landed":
            out.print(f"{file.name} was imported before, with these bytes and this mapping.")
        staged = line.stage(ws, [landed["run"]])[0]
        published = line.publish(ws, [])
    out.print(
        f"{file.name}: {landed['item_count'] + landed['reject_count']} rows, "
        f"{staged['item_count']} items, {staged['mention_count']} mentions, "
        f"{staged['quarantined_count']} quarantined, {staged['unmatched_count']} name no brand."
    )
    for warning in published["warnings"]:
        err.print(f"[yellow]warning:[/] {_plain(warning)}", soft_wrap=True)
    is_fresh = staged["state"] == "staged"
    if is_fresh and staged["item_count"] and not staged["mention_count"]:
        err.print(
            "[yellow]warning:[/] no item names a brand of this client → "
            f"check names and aliases in clients/{client}.yml, or map the brand's column"
        )
    if staged["quarantined_count"]:
        out.print(
            '  see: oyez sql "select client_id, reason, detail, row_number from ops.quarantine"'
        )
    if published["publish_id"]:
        out.print(f"Published {published['day_count']} days of metrics.")


def _preview(
    file: Path,
    client: str | None,
    mapping: Path | None,
    mapping_out: Path | None,
    day_first: bool | None,
    timezone: str | None,
    home: Path | None,
) -> None:
    """Print what a mapping, given or proposed, makes of a file; nothing is landed."""
    from datetime import UTC
    from typing import get_args

    from oyez.config.load import load_mapping
    from oyez.config.mapping import Field_
    from oyez.errors import DataError
    from oyez.sources.assistant import as_yaml, propose
    from oyez.sources.file import FileSource
    from oyez.workspace import Workspace

    with _told():
        if not file.is_file():
            raise DataError("there is no such file", where=str(file), action="check the path")
        ws = Workspace.open(home) if client or (mapping and not mapping.is_file()) else None
        zone = ws.client(client).timezone if ws and client else None
        if mapping is not None:
            reading = (
                load_mapping(mapping, str(mapping))
                if ws is None or mapping.is_file()
                else ws.mapping(str(mapping))
            )
        else:
            order: Any = None if day_first is None else ("day" if day_first else "month")
            proposal = propose(file, client_zone=zone, order=order, timezone=timezone)
            reading = proposal.mapping()
            text = as_yaml(proposal, file.name)
            out.print(_plain(text), soft_wrap=True)
            for question in proposal.questions:
                out.print(
                    f"[yellow]open:[/] {_plain(question.key)}: {_plain(question.text)}",
                    soft_wrap=True,
                )
                for candidate in question.candidates:
                    out.print(f"  {_plain(question.key)}: {_plain(candidate)}")
            if mapping_out:
                if mapping_out.exists():
                    raise DataError(
                        "the file exists already",
                        where=str(mapping_out),
                        action="name another one with --mapping-out",
                    )
                mapping_out.parent.mkdir(parents=True, exist_ok=True)
                mapping_out.write_text(text, encoding="utf-8")
                out.print(f"Written to {_plain(mapping_out)}.", soft_wrap=True)
        parsed = FileSource(
            file, reading, client_id=client or "", source_id="", timezone=zone or "UTC"
        ).fetch(datetime.now(UTC).replace(tzinfo=None))
    is_open = mapping is None and bool(proposal.questions)
    seen = {name for one in parsed.items for name in one.data}
    names = [name for name in get_args(Field_) if name in seen]
    heads = [f"{name} (UTC)?" if is_open and name == "published_at" else name for name in names]
    rows = [[_plain(_short(one.data.get(name, ""))) for name in names] for one in parsed.items[:10]]
    _print_rows(heads, rows)
    out.print(f"{parsed.row_count} rows, {len(parsed.rejects)} quarantined.")
    for reject in parsed.rejects[:10]:
        detail = _plain(f"row {reject.row}: {reject.reason}: {reject.detail}")
        out.print(f"  [yellow]{detail}[/]", soft_wrap=True)
    for warning in parsed.warnings:
        err.print(f"[yellow]warning:[/] {_plain(warning)}", soft_wrap=True)
    if is_open:
        out.print(
            "The dates above are a guess until the open lines are answered, here with "
            "--day-first or --month-first and --timezone, or in the file."
        )


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


@app.command()
def day(
    when: DayArgument,
    client: ClientOption = None,
    home: HomeOption = None,
) -> None:
    """Run the whole line for one local day: collect, stage, publish, print what is due."""
    from oyez import line
    from oyez.sources.inbox import unread
    from oyez.workspace import Workspace

    with _told():
        ws = Workspace.open(home)
        planned = line.plan(ws, day=when.date(), clients=client)
        with out.status("…") as status:
            outcome = line.run_day(ws, planned, clients=client, progress=status.update)
    for unit in outcome.collected:
        if unit["runs"]:
            out.print(f"  {unit['client_id']} · {unit['source_id']}: {_plain(unit['message'])}")
    published = outcome.published
    if published["publish_id"]:
        out.print(
            f"Published {published['item_count']} items, {published['day_count']} client days."
        )
    else:
        out.print("Nothing new to publish.")
    for warning in published["warnings"]:
        err.print(f"[yellow]warning:[/] {_plain(warning)}", soft_wrap=True)
    for told in unread(ws):
        err.print(f"[yellow]warning:[/] {_plain(told)}", soft_wrap=True)
    _print_editions(outcome.editions)
    if not outcome.editions:
        out.print(f"No report's period ends on {when.date()}.")
    for failure in outcome.failures:
        err.print(f"[bold red]oyez:[/] {_plain(failure)}", soft_wrap=True)
    if outcome.failures:
        raise typer.Exit(1)


@app.command()
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
    with _told():
        ws = Workspace.open(home)
        _print_editions(line.editions(ws, [unit]))
    for warning in line.changed_names(ws):
        err.print(f"[yellow]warning:[/] {_plain(warning)}", soft_wrap=True)


@app.command()
def reports(client: ClientOption = None, home: HomeOption = None) -> None:
    """List the printed reports, the newest period first."""
    from oyez.edition.store import printed
    from oyez.workspace import Workspace

    with _told():
        ws = Workspace.open(home)
        rows = [row for row in printed(ws.storage) if not client or row["client"] in client]
    if not rows:
        out.print("No report was printed yet: run oyez day DATE.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("client", "report", "scope", "locale", "period", "rev."):
        table.add_column(column)
    for row in rows:
        table.add_row(
            *(row[key] for key in ("client", "report", "scope", "locale", "period", "revision"))
        )
    out.print(table)
    for row in rows:
        out.print(row["path"], soft_wrap=True)


@app.command()
def sources() -> None:
    """List the kinds of sources: what each needs, and whether a past day can be asked for."""
    from oyez.sources.catalogue import connector, kinds
    from oyez.sources.docs import past_day

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("kind", "site", "needs", "a past day"):
        table.add_column(column)
    table.add_row("file", "exports that people drop", "a mapping", "yes: the file is the window")
    with _told():
        for kind in kinds():
            found = connector(kind)
            table.add_row(kind, found.title, found.capabilities.needs, past_day(found.capabilities))
    out.print(table)


@app.command()
def connect(
    client: Annotated[str, typer.Argument(help="Client id.")],
    source: Annotated[str, typer.Argument(help="Source id.")],
    home: HomeOption = None,
) -> None:
    """Say which connection a source needs, and test it."""
    from oyez.sources.watch import probe
    from oyez.workspace import Workspace

    with _told():
        out.print(f"[green]✓[/] {_plain(probe(Workspace.open(home), client, source))}")


@app.command()
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

    with _told():
        connection = open_snapshot(Workspace.open(home).storage)
        connection.execute("set lock_configuration = true")
        try:
            relation = connection.execute(query)
            columns = [column[0] for column in relation.description or []]
            rows = relation.fetchall()
        except duckdb.Error as problem:
            err.print(f"[bold red]oyez:[/] {_plain(problem)}", soft_wrap=True)
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
        table.add_row(*("" if value is None else _plain(value) for value in row))
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


@app.command()
def rebuild(home: HomeOption = None) -> None:
    """Make the warehouse again from what was landed; delivers nothing."""
    from oyez import line
    from oyez.workspace import Workspace

    with _told(), out.status("…") as status:
        published = line.rebuild(Workspace.open(home), progress=status.update)
    out.print(
        f"Rebuilt from {published['batch_count']} batches: {published['item_count']} items, "
        f"{published['day_count']} client days."
    )


def _print_rows(heads: list[str], rows: list[list[str]]) -> None:
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


def _print_editions(editions: list[dict[str, Any]]) -> None:
    for one in editions:
        state = "new" if one["new"] else "unchanged"
        gap = "" if one["measured_pct"] >= 100 else f", {one['measured_pct']} % measured"
        out.print(
            f"  {one['client_id']} · {one['report_id']} · revision {one['revision']} ({state}{gap})"
        )
        out.print(f"    {one['path']}", soft_wrap=True)
