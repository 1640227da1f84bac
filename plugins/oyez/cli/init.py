"""`oyez init`: makes a workspace with an example client to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.terminal import err, out


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a workspace with an example client to edit."""
    import shutil

    if folder.exists() and any(folder.iterdir()):
        err.print(f"[bold red]oyez:[/] {folder} is not empty → name another folder")
        raise typer.Exit(1)
    from oyez.config import schema

    shutil.copytree(Path(__file__).parent.parent / "config" / "example", folder, dirs_exist_ok=True)
    schema.write(folder)
    (folder / "themes").mkdir(exist_ok=True)
    (folder / "inbox" / "maison-exemple" / "veille").mkdir(parents=True)
    out.print(f"A workspace stands in [bold]{folder}[/]. Next:")
    out.print(f"  1. edit {folder}/agency.yml; rename clients/maison-exemple.yml and make it yours")
    out.print(f"  2. oyez check --home {folder}")
    out.print(
        f"  3. drop exports into {folder}/inbox/CLIENT/SOURCE/ and run: oyez day DATE --home …"
    )
