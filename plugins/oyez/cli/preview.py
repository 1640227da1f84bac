"""`oyez import --preview`: shows what a mapping makes of a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from oyez.cli.terminal import err, explained, out, plain, print_rows


def preview(
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

    with explained():
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
            out.print(plain(text), soft_wrap=True)
            for question in proposal.questions:
                out.print(
                    f"[yellow]open:[/] {plain(question.key)}: {plain(question.text)}",
                    soft_wrap=True,
                )
                for candidate in question.candidates:
                    out.print(f"  {plain(question.key)}: {plain(candidate)}")
            if mapping_out:
                if mapping_out.exists():
                    raise DataError(
                        "the file exists already",
                        where=str(mapping_out),
                        action="name another one with --mapping-out",
                    )
                mapping_out.parent.mkdir(parents=True, exist_ok=True)
                mapping_out.write_text(text, encoding="utf-8")
                out.print(f"Written to {plain(mapping_out)}.", soft_wrap=True)
        parsed = FileSource(
            file, reading, client_id=client or "", source_id="", timezone=zone or "UTC"
        ).fetch(datetime.now(UTC).replace(tzinfo=None))
    is_open = mapping is None and bool(proposal.questions)
    seen = {name for one in parsed.items for name in one.data}
    names = [name for name in get_args(Field_) if name in seen]
    heads = [f"{name} (UTC)?" if is_open and name == "published_at" else name for name in names]
    rows = [[plain(_short(one.data.get(name, ""))) for name in names] for one in parsed.items[:10]]
    print_rows(heads, rows)
    out.print(f"{parsed.row_count} rows, {len(parsed.rejects)} quarantined.")
    for reject in parsed.rejects[:10]:
        detail = plain(f"row {reject.row}: {reject.reason}: {reject.detail}")
        out.print(f"  [yellow]{detail}[/]", soft_wrap=True)
    for warning in parsed.warnings:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
    if is_open:
        out.print(
            "The dates above are a guess until the open lines are answered, here with "
            "--day-first or --month-first and --timezone, or in the file."
        )


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
