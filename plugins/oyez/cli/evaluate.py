"""`oyez evaluate`: how far what is judged agrees with what people say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    Path,
    typer.Argument(
        metavar="FILE.jsonl",
        help='Lines of {"text": …, "label": …}; - reads standard input.',
    ),
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
    from oyez.enrich.evaluate import LABELS, as_json, codes, languages_of, read, sentiment
    from oyez.enrich.models import CORE, DEFAULT, load

    with explained():
        expected = codes(lang or ("en", "fr"))
        rows = read(file, LABELS)
        languages = languages_of(rows, expected)
        names = [model] if model else [DEFAULT] if as_object else [CORE, DEFAULT]
        # Without the encoder both are the core.
        for one in {found.name: found for found in map(load, names)}.values():
            found = sentiment(rows, one, languages)
            if as_object:
                _print_object(as_json(found))
            else:
                _print(found, f"macro-F1 {100 * found.macro_f1:.1f} · ")


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
    from oyez.enrich.evaluate import codes, language, language_as_json, read

    with explained():
        expected = codes(lang or ())
        rows = read(file)
        found = language(rows, expected or sorted({row.label.strip().lower() for row in rows}))
        if as_object:
            _print_object(language_as_json(found))
        else:
            _print(found)


def _print_object(body: dict[str, Any]) -> None:
    typer.echo(json.dumps(body, ensure_ascii=False))


def _print(found: Agreement, first: str = "") -> None:
    binary = found.binary_accuracy
    out.print(
        f"[bold]{plain(found.model)}[/]: {found.n} texts · {first}"
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
