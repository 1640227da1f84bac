"""`oyez import`: brings one file in and publishes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.preview import preview as show
from oyez.cli.terminal import HomeOption, err, explained, out, plain


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
        show(file, client, mapping, mapping_out, day_first, timezone, home)
        return
    if client is None or mapping is None:
        err.print(
            "[bold red]oyez:[/] write --client and --mapping; --preview proposes a mapping for a "
            "file that has none"
        )
        raise typer.Exit(2)
    with explained():
        ws = Workspace.open(home)
        reading = (
            load_mapping(mapping, str(mapping)) if mapping.is_file() else ws.mapping(str(mapping))
        )
        source_id = source or source_of(ws, client, mapping)
        landed = import_file(ws, client, source_id, file, reading)
        for warning in landed["warnings"]:
            err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
        if landed["state"] == "already_landed":
            out.print(f"{file.name} was imported before, with these bytes and this mapping.")
        staged = line.stage(ws, [landed["run"]])[0]
        line.enrich(ws, [landed["run"]])
        published = line.publish(ws, [])
    out.print(
        f"{file.name}: {landed['item_count'] + landed['reject_count']} rows, "
        f"{staged['item_count']} items, {staged['mention_count']} mentions, "
        f"{staged['quarantined_count']} quarantined, {staged['unmatched_count']} name no brand."
    )
    for warning in published["warnings"]:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
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
