"""`oyez evaluate replies`: how often the traits of replies are read as people read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from oyez.cli.terminal import explained, out, print_rows


def replies(
    file: Annotated[
        Path,
        typer.Argument(
            help="Labelled replies, one JSON object a line: text, author_name, addressed, signed, "
            "thanks, empathy; - reads standard input."
        ),
    ],
    as_object: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare the traits read in replies with a person's labels."""
    from oyez.enrich.evaluate_replies import as_json, evaluate, read

    with explained():
        rows = read(file)
        found = evaluate(rows)
    if as_object:
        typer.echo(json.dumps(as_json(rows, found)))
        return
    out.print(f"{len(rows)} labelled replies")
    print_rows(
        ["trait", "precision", "recall", "F1", "n", "show it"],
        [
            [
                one.trait,
                *(_share(value) for value in (one.precision, one.recall, one.f1)),
                str(one.n),
                str(one.positive_count),
            ]
            for one in found
        ],
    )


def _share(value: float | None) -> str:
    return "none" if value is None else f"{100 * value:.1f} %"
