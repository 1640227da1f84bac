"""`oyez correct`: says what is wrong with one mention."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from oyez.cli.terminal import HomeOption, err, explained, out, plain

if TYPE_CHECKING:
    from oyez.workspace import Workspace

_Words = list[str] | None
Later = Annotated[
    bool, typer.Option("--later", help="Do not publish now: it counts from the next publish on.")
]


def correct(
    client: Annotated[str, typer.Argument(help="Client id.")],
    mention: Annotated[
        str, typer.Argument(help="Id of a mention or an item, or its first eight letters or more.")
    ],
    sentiment: Annotated[
        str | None, typer.Option(help="positive, neutral or negative; as it is: confirms it.")
    ] = None,
    not_about_us: Annotated[
        bool, typer.Option("--not-about-us", help="It is about none of the brands.")
    ] = False,
    brand: Annotated[str | None, typer.Option(help="Id of the brand it is about.")] = None,
    spam: Annotated[
        bool | None, typer.Option("--spam/--no-spam", help="It is spam, or is none.")
    ] = None,
    theme: Annotated[_Words, typer.Option(help="Add a theme, by its id; may be repeated.")] = None,
    no_theme: Annotated[_Words, typer.Option(help="Take a theme away, by its id.")] = None,
    tag: Annotated[_Words, typer.Option(help="Add a tag; may be repeated.")] = None,
    no_tag: Annotated[_Words, typer.Option(help="Take a tag away.")] = None,
    undo: Annotated[
        _Words,
        typer.Option(
            help="As if nobody had said anything: sentiment, not_about_us, brand, spam, theme:WORD "
            "or tag:WORD."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who says so; by default your login.")] = None,
    note: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
    later: Later = False,
    home: HomeOption = None,
) -> None:
    """Correct or confirm what is said of a mention; people come before models."""
    from oyez import corrections
    from oyez.workspace import Workspace

    said = [
        *([("sentiment", sentiment)] if sentiment is not None else []),
        *([("not_about_us", "yes")] if not_about_us else []),
        *([("wrong_brand", brand)] if brand is not None else []),
        *([("spam", "yes" if spam else "no")] if spam is not None else []),
        *(("theme", f"add:{word}") for word in theme or ()),
        *(("theme", f"remove:{word}") for word in no_theme or ()),
        *(("tag", f"add:{word}") for word in tag or ()),
        *(("tag", f"remove:{word}") for word in no_tag or ()),
        *_undone(undo or ()),
    ]
    if not said:
        err.print("[bold red]oyez:[/] say what is wrong: --sentiment, --not-about-us, --brand, …")
        raise typer.Exit(2)
    who = by or _login()
    if not who:
        err.print("[bold red]oyez:[/] say who you are: --by NAME")
        raise typer.Exit(2)
    with explained():
        ws = Workspace.open(home)
        changes = [corrections.change(mention, *one, who, note) for one in said]
        corrections.correct(ws, client, changes)
        out.print(f"Recorded for {plain(who)}: {plain('; '.join(' '.join(one) for one in said))}.")
        publish_now(ws, later=later)


def publish_now(ws: Workspace, *, later: bool) -> None:
    """Publish what was recorded, or say when it will count."""
    from oyez import line

    if later:
        out.print("It counts from the next publish on (oyez day, oyez import).")
        return
    published = line.publish(ws, [])
    for warning in published["warnings"]:
        err.print(f"[yellow]warning:[/] {plain(warning)}", soft_wrap=True)
    out.print(f"Published {published['day_count']} client days.")


def _undone(fields: list[str] | tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [one.partition(":") for one in fields]
    return [(field, f"undo:{word}" if colon else "undo") for field, colon, word in pairs]


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a container may run as nobody that has a name
