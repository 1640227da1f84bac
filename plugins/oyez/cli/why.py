"""`oyez why`: opens a printed figure by its ref."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from oyez.cli.terminal import HomeOption, err, explained, out, plain, print_rows

_SHOWN = 20
_TEXT = 60
_WITHHELD = {
    "terms": "(not shown: the terms of its site)",
    "retention": "(let go: its site sets a term)",
    "reserved": "(not shown: not published for everybody)",
}
_LEFT_OUT = {
    "copy": "came a second time through another source",
    "dismissed": "people said that they are not about the brand",
    "excluded": "excluded as noise",
    "own_voice": "said by the brand itself",
    "unmatched": "name no brand",
    "withdrawn": "withdrawn",
}
_REASONS = {
    "late_data": "came later",
    "changed_data": "changed their words or date",
    "counters": "had their counters read again",
    "measured": "deliveries measured more hours",
    "correction": "corrections",
    "withdrawal": "withdrawn",
    "formula": "new formula",
    "model": "another language model",
    "software": "new software version",
}
_COMPARED = {"previous_period": "period before", "last_year": "last year", "target": "target"}


def why(
    ref: Annotated[str, typer.Argument(help="The six letters printed beside a figure.")],
    client: Annotated[
        str | None, typer.Option("--client", help="Search this client's reports only.")
    ] = None,
    revision: Annotated[
        int | None,
        typer.Option("--revision", min=1, help="Open what this revision printed; else the last."),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Write all mentions into this workbook.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all mentions as CSV.")] = False,
    home: HomeOption = None,
) -> None:
    """Open a printed figure: its value, its formula, and the mentions behind it."""
    from oyez import spreadsheet
    from oyez.why import why as opened
    from oyez.workspace import Workspace

    with explained():
        found = opened(Workspace.open(home), ref, client=client, revision=revision)
        heads = list(found.rows[0]) if found.rows else ["mention_id"]
        cells = [list(_shown(row).values()) for row in found.rows]
        if as_csv:
            typer.echo(spreadsheet.csv_text(heads, cells), nl=False)
            return
        if xlsx:
            xlsx.write_bytes(spreadsheet.xlsx(heads, cells, found.name))
    _tell(found)
    if found.rows:
        out.print()
        print_rows(
            ["when", "network", "author", "sentiment", "text", "mention"],
            [_line(row) for row in found.rows[:_SHOWN]],
        )
    more = len(found.rows) - _SHOWN
    if xlsx:
        out.print(f"All {len(found.rows)} in {xlsx}", soft_wrap=True)
    elif more > 0:
        out.print(f"… and {more} more: --xlsx FILE or --csv gives all.")
    for said in found.corrections[:_SHOWN]:
        words = " ".join(
            word for word in (said["field"], said["action"], said["value"] or "") if word
        )
        out.print(
            f"correction  {said['mention_id'][:12]}  {plain(words)}  {plain(said['recorded_by'])}"
        )
    if found.why_not:
        err.print(f"[yellow]warning:[/] {plain(found.why_not)}", soft_wrap=True)


def _tell(found: Any) -> None:
    key, figure = found.edition.key, found.figure
    out.print(f"[bold]{found.name}[/]  {_value(figure)}")
    out.print(
        f"{key.client} · {key.report} · {key.period.replace('--', ' to ')} · "
        f"revision {found.edition.revision}"
    )
    if len(found.printings) > 1:
        out.print(f"printed: {', '.join(_printed(one) for one in found.printings)}", soft_wrap=True)
    if found.method:
        out.print(f"{plain(found.method.title)}: {plain(found.method.formula)}")
        out.print(f"formula version {found.method.version}, basis {figure.basis}")
    for one in figure.comparisons:
        out.print(
            f"{_COMPARED[one.kind]}: {'–' if one.value is None else one.value} ({one.status})"
        )
    now = found.now
    if now is not None and (now.value, now.status) != (figure.value, figure.status):
        out.print(
            f"[yellow]The data at hand give {_value(now)}[/]: they or the configuration changed "
            "since it was printed. The next revision lists why."
        )
    kind = (
        "mentions" if found.has_own_list else "mentions of the period (it has no list of its own)"
    )
    out.print(f"Behind it: {len(found.rows)} {kind}")
    for reason, count in found.left_out.items():
        out.print(f"  left out: {count} {_LEFT_OUT[reason]}")


def _value(figure: Any) -> str:
    value = "–" if figure.value is None else f"{figure.value} {figure.unit}"
    n = f", n = {figure.n}" if figure.n is not None else ""
    return f"{value} ({figure.status}{n})"


def _printed(one: Any) -> str:
    figure = one.figure
    value = "–" if figure is None or figure.value is None else f"{figure.value} {figure.unit}"
    if figure is not None and figure.status != "ok":
        value += f" ({figure.status})"
    told = f"{value} in revision {one.revision}"
    if not one.reasons:
        return told
    return f"{told} (since the one before: {'; '.join(_reason(why) for why in one.reasons)})"


def _reason(why: Any) -> str:
    if why.code == "configuration":
        return f"other {', '.join(why.parts)}"
    words = _REASONS.get(why.code, "nothing on record says why")
    return words if why.count is None else f"{why.count} {words}"


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    if row["withheld"]:
        return {**row, "title": None, "text": _WITHHELD[row["withheld"]]}
    return row


def _line(row: dict[str, Any]) -> list[str]:
    text = _shown(row)["text"] or row["title"] or ""
    text = " ".join(text.split())
    if row["withheld"] and row["url"]:
        text = row["url"]  # the words may not be shown: where they can be read
    elif len(text) > _TEXT:
        text = text[: _TEXT - 1] + "…"
    answered = "answered" if row.get("is_answered") else "waiting" if "is_answered" in row else ""
    return [
        f"{row['published_at']:%Y-%m-%d %H:%M}",
        plain(row["network"]),
        plain(row["author"] or "–"),
        row.get("sentiment") or answered or "–",
        plain(text),
        (row["mention_id"] or row["item_id"])[:12],
    ]
