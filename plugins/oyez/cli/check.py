"""`oyez check`: validates what people wrote."""

from __future__ import annotations

from pathlib import Path

import typer

from oyez.cli.terminal import HomeOption, explained, out, plain


def check(home: HomeOption = None) -> None:
    """Validate agency, clients, mappings and themes: file, line and remedy of each problem."""
    from oyez.config.check import check as check_workspace

    folder = (home or Path()).resolve()
    from oyez.sources.inbox import unread
    from oyez.workspace import Workspace

    with explained():
        problems = check_workspace(folder)
        waiting = (
            []
            if any(one.severity == "error" for one in problems)
            else unread(Workspace.open(folder))
        )
    for told in waiting:
        out.print(f"[yellow]warning[/] {plain(told)}", soft_wrap=True)
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        out.print(f"[{colour}]{problem.severity}[/] {plain(problem)}", soft_wrap=True)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise typer.Exit(1)
    out.print(f"[green]✓[/] {folder}: everything is in order")
