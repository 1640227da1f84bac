"""`oyez corrections`: brings in what people found wrong in a spreadsheet, and lists what counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.correct import Later, publish_now
from oyez.cli.terminal import ClientOption, HomeOption, explained, out, plain

corrections = typer.Typer(no_args_is_help=True, help="What people corrected, many at a time.")


@corrections.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV with the columns mention_id, field, value, by and note.")
    ],
    client: Annotated[str, typer.Option(help="Client id.")],
    later: Later = False,
    home: HomeOption = None,
) -> None:
    """Record every row of a file, or none; the same file twice changes nothing."""
    from oyez import corrections as people
    from oyez.workspace import Workspace

    with explained():
        ws = Workspace.open(home)
        changes = people.read(file)
        if people.correct(ws, client, changes, name=file.name):
            out.print(f"{plain(file.name)}: {len(changes)} corrections recorded.")
        else:
            out.print(f"{plain(file.name)} was recorded before; what was said since stands.")
        publish_now(ws, later=later)


@corrections.command("list")
def list_(client: ClientOption = None, home: HomeOption = None) -> None:
    """List what people said, the newest first, and whether it counts."""
    from oyez import corrections as people
    from oyez.workspace import Workspace

    with explained():
        rows = people.listed(Workspace.open(home), client)
    for one in rows:
        body = one.body
        target = body.get("mention_id") or body["item_id"]
        said = " ".join(
            word
            for word in (
                body["field"],
                "" if body["action"] == "set" else body["action"],
                body.get("value", ""),
            )
            if word
        )
        kind = "mention" if "mention_id" in body else "item"
        out.print(
            f"{one.recorded_at:%Y-%m-%d %H:%M} UTC  {plain(one.client_id)}  "
            f"{kind} {target[:12]}  {one.state}",
            soft_wrap=True,
        )
        note = f": {body['note']}" if body.get("note") else ""
        out.print(f"    [bold]{plain(said)}[/], by {plain(body['by'] + note)}", soft_wrap=True)
    if not rows:
        out.print("Nobody corrected anything yet.")
