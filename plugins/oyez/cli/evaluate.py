"""`oyez evaluate`: how far what is judged agrees with what people say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from oyez.cli.evaluate_replies import replies
from oyez.cli.terminal import explained, out, plain

if TYPE_CHECKING:
    from oyez.enrich.evaluate import Agreement

evaluate = typer.Typer(
    no_args_is_help=True, help="Measure on labelled texts how often a judgement is right."
)

evaluate.command()(replies)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE.jsonl", help='Lines of {"text": …, "label": …}.')
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@evaluate.command("sentiment")
def sentiment_(
    file: FileArgument,
    lang: Annotated[
        list[str] | None,
        typer.Option(help="Language of the texts; repeat to choose among several."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="core, default, or a folder with a model.")
    ] = None,
    as_object: JsonOption = False,
) -> None:
    """Measure sentiment: labels are neg, neu or pos; without --model, core and default."""
    from oyez.enrich.evaluate import LABELS, languages_of, read, sentiment
    from oyez.enrich.models import CORE, DEFAULT, load

    with explained():
        rows = read(file, LABELS)
        languages = languages_of(rows, lang or ("en", "fr"))
        names = [model] if model else [DEFAULT] if as_object else [CORE, DEFAULT]
        for name in names:
            found = sentiment(rows, load(name), languages)
            _print(found, as_object)


@evaluate.command("language")
def language_(
    file: FileArgument,
    lang: Annotated[
        list[str] | None,
        typer.Option(help="A language that is expected; repeat it. Default: those of the file."),
    ] = None,
    as_object: JsonOption = False,
) -> None:
    """Measure language detection: labels are ISO 639-1 codes."""
    from oyez.enrich.evaluate import language, read

    with explained():
        rows = read(file)
        found = language(rows, lang or sorted({row.label for row in rows}))
        _print(found, as_object)


def _print(found: Agreement, as_object: bool) -> None:
    from oyez.enrich.evaluate import as_json

    if as_object:
        typer.echo(json.dumps(as_json(found), ensure_ascii=False))
        return
    binary = found.binary_accuracy
    out.print(
        f"[bold]{plain(found.model)}[/]: {found.n} texts · macro-F1 {100 * found.macro_f1:.1f} · "
        f"accuracy {100 * found.accuracy:.1f} %"
        + (f" · two classes {100 * binary:.1f} %" if binary is not None else "")
        + f" · {found.docs_per_second:,.0f} texts a second",
        soft_wrap=True,
    )
    answers = list(next(iter(found.confusion.values())))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("people say")
    for answer in answers:
        table.add_column(answer, justify="right")
    for truth, row in found.confusion.items():
        table.add_row(plain(truth), *(str(row[answer]) for answer in answers))
    out.print(table)
