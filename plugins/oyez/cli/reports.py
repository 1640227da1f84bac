"""`oyez reports`: lists what was printed."""

from __future__ import annotations

from rich.table import Table

from oyez.cli.terminal import ClientOption, HomeOption, explained, out


def reports(client: ClientOption = None, home: HomeOption = None) -> None:
    """List the printed reports, the newest period first."""
    from oyez.edition.store import printed
    from oyez.workspace import Workspace

    with explained():
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
