"""Writes the reference page of the metrics, `docs/metrics.md`, from their cards."""

from __future__ import annotations

from pathlib import Path

from oyez.metrics import card as cards
from oyez.metrics.card import Card

_HEAD = """\
# Metrics

<!-- Generated from sql/metric/*.yml by `python -m oyez.metrics.docs`; edit the cards. -->

Each metric is one SELECT in `sql/metric/<name>.sql`, filled into the table `metric.<name>` of the
warehouse. Days are the client's own calendar days; times are UTC. A row that is absent was not
measured; 0 was measured.
"""


def render(folder: Path | None = None) -> str:
    """Return the page as Markdown, metrics in the order of their names.

    Args:
        folder: metric files and cards; ours by default.

    Raises:
        ConfigError: a card is wrong; fix the keys that the message names.
    """
    deck = cards.load_all(folder)
    contents = "\n".join(
        f"- [{card.title.en}](#{name}) · {card.title.fr}" for name, card in deck.items()
    )
    return "\n".join([_HEAD, contents, "", *(_section(card) for card in deck.values())])


def _section(card: Card) -> str:
    facts = [
        f"Unit: {card.unit}",
        f"better: {card.better}",
        f"one row per {', '.join(card.grain)}",
        f"version {card.version}",
    ]
    if card.periods:
        facts.append(f"of each {' and '.join(card.periods)}, under its first day")
    if card.kind == "state":
        facts.append("a state table: one row moves as older facts arrive")
    if card.horizon_days:
        facts.append(f"still changes for {card.horizon_days} days after the end of the day")
    lines = [
        f"## {card.name}",
        "",
        f"**{card.title.en}** · {card.title.fr}. {card.question.en}",
        "",
        card.why_it_matters.en,
        "",
        f"Formula: {card.formula.en}",
        "",
        f"{'; '.join(facts)}.",
        "",
        "| column | meaning |",
        "|---|---|",
        *(f"| `{name}` | {text} |" for name, text in card.columns.items()),
        "",
    ]
    if card.references:
        lines += ["References: " + "; ".join(card.references) + ".", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    Path("docs/metrics.md").write_text(render(), encoding="utf-8")
