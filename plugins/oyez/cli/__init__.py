"""The command line: `oyez check`, `oyez import`, `oyez day` and the rest, one file a command.

Each command calls one function of the line; here are only words, tables and exit codes: 0 done, 1
something failed and the message says what to do, 2 the command was written wrongly.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from oyez.cli.backfill import backfill
from oyez.cli.check import check
from oyez.cli.connect import connect
from oyez.cli.correct import correct
from oyez.cli.corrections import corrections
from oyez.cli.day import day
from oyez.cli.edition import edition
from oyez.cli.enrich import enrich
from oyez.cli.evaluate import evaluate
from oyez.cli.explain import explain
from oyez.cli.import_file import import_
from oyez.cli.import_opml import import_opml
from oyez.cli.init import init
from oyez.cli.rebuild import rebuild
from oyez.cli.reports import reports
from oyez.cli.share import share
from oyez.cli.sources import sources
from oyez.cli.sql import sql
from oyez.cli.usage import usage
from oyez.cli.why import why

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Hear what is said of a brand, and report it every morning.",
    pretty_exceptions_enable=False,
)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"oyez {version('oyez')}")
        raise typer.Exit


@app.callback()
def _main(
    asked: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, metavar="", help="Say which oyez."
        ),
    ] = False,
) -> None: ...


# In the order in which they are needed: `oyez` alone lists them.
app.command()(init)
app.command()(check)
app.command("import")(import_)
app.command("import-opml")(import_opml)
app.command()(day)
app.command()(backfill)
app.command()(edition)
app.command()(reports)
app.command()(sources)
app.command()(connect)
app.command()(sql)
app.command()(share)
app.command()(why)
app.command()(explain)
app.command()(correct)
app.add_typer(corrections, name="corrections")
app.command()(usage)
app.command()(enrich)
app.command()(rebuild)
app.add_typer(evaluate, name="evaluate")
