"""`oyez sources`: lists the kinds of sources."""

from __future__ import annotations

from rich.table import Table

from oyez.cli.terminal import explained, out


def sources() -> None:
    """List the kinds of sources: what each needs, and whether a past day can be asked for."""
    from oyez.sources.catalogue import connector, kinds
    from oyez.sources.docs import past_day

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("kind", "site", "needs", "a past day"):
        table.add_column(column)
    table.add_row("file", "exports that people drop", "a mapping", "yes: the file is the window")
    with explained():
        for kind in kinds():
            found = connector(kind)
            table.add_row(kind, found.title, found.capabilities.needs, past_day(found.capabilities))
    out.print(table)
