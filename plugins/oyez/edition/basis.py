"""What a figure rests on besides the data, part by part (law 12), and which part changed since.

A difference of two figures means something only if both rest on the same. The warehouse computes
all days by today's formulas, so a formula never differs between two periods of one edition; names,
exclusions, models, sources and competitors may, since what was once matched and judged stays so
until it is done again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from oyez.config.model import Client
from oyez.edition.figure import COMPARABLE_PCT, Measure, short_hash
from oyez.edition.model import Changed, Comparison, Edition, Part, Reason
from oyez.edition.reader import Reader
from oyez.metrics.card import Card
from oyez.stage.run import matching_parts

COMPARED = {"previous_period": "previous", "last_year": "last_year"}
# Gave the sentiments that people corrected or confirmed (sql/core/mention_current.sql): no model.
PERSON = "person"

_HAVE_VALUE = ("ok", "partial", "not_comparable", "bridged")
_EVERY: tuple[Part, ...] = ("query", "exclusions", "sources")
_BY_MODELS = {"net_sentiment", "positive_count", "negative_count", "reputation_index"}
_AMONG_COMPETITORS = {"share_of_voice", "reputation_index"}
_MATCHED = {"query": "query", "exclusions": "exclusion", "competitors": "competitor"}


def parts_of(figure: str) -> tuple[Part, ...]:
    """Return the parts that a figure rests on, its formula left out."""
    return (
        *_EVERY,
        *(("model",) if figure in _BY_MODELS else ()),
        *(("competitors",) if figure in _AMONG_COMPETITORS else ()),
    )


@dataclass(frozen=True)
class Bases:
    """The parts of each compared span as they are today.

    Attributes:
        spans: reported, previous, last_year → part → eight hex digits.
        other_models: spans of which another model judged too much to compare sentiments.
        versions: metric → version of its card.
    """

    spans: dict[str, dict[str, str]]
    other_models: frozenset[str]
    versions: dict[str, int]

    @property
    def reported(self) -> dict[str, str]:
        """The parts of the reported period: kept with the edition, for a later one to compare."""
        return self.spans["reported"]

    def refusal(self, figure: str, span: str) -> Reason | None:
        """Return why a figure may not be compared with its earlier value, or None if it may."""
        rests_on = parts_of(figure)
        for part in ("query", "exclusions", "competitors"):
            if part in rests_on and self.spans[span][part] != self.reported[part]:
                return part
        return "model" if "model" in rests_on and span in self.other_models else None

    def describe(self, metric: str, figure: str) -> dict[str, Any]:
        """Return what is hashed into a figure's `basis`."""
        rests_on: dict[str, Any] = {part: self.reported[part] for part in parts_of(figure)}
        return {"formula": [metric, self.versions[metric]], **rests_on}

    def changed(self, figure: str, metric: str, span: str, then: Edition) -> list[Part]:
        """Return the parts that changed between an edition of the span and today; none: the data.

        Args:
            figure: key of the figure.
            metric: its card.
            span: whose earlier value is compared.
            then: the edition that was kept of that span.
        """
        version = {one.metric: one.version for one in then.methods}.get(metric)
        now = self.spans[span]
        found: list[Part] = [one for one in parts_of(figure) if now[one] != then.basis.get(one)]
        return ["formula", *found] if version != self.versions[metric] else found


def bases(
    reader: Reader, client: Client, measures: dict[str, Measure], cards: dict[str, Card]
) -> Bases:
    """Return what the reported span and those it is compared with rest on."""
    matched = reader.by_span("span_matching")
    judged: dict[str, dict[tuple[str, str], Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for row in reader.rows("span_models"):
        where = (row["source_id"], row["language"] or "")
        judged[row["name"]][where][f"{row['model']} {row['version']}"] += row["mention_count"]
    configured = matching_parts(client)
    spans = {
        span: {
            **{
                part: short_hash(
                    matched.get(span, {}).get(f"{column}_hashes") or [configured[column]]
                )
                for part, column in _MATCHED.items()
            },
            "model": short_hash(sorted({one for by in judged[span].values() for one in by})),
            "sources": short_hash(measures[span].sources),
        }
        for span in ("reported", *COMPARED.values())
    }
    return Bases(
        spans,
        frozenset(span for span in COMPARED.values() if _differ(judged["reported"], judged[span])),
        {name: card.version for name, card in cards.items()},
    )


def _differ(
    now: dict[tuple[str, str], Counter[str]], before: dict[tuple[str, str], Counter[str]]
) -> bool:
    # One source and language at a time: a week without a word of English has fewer models, not
    # other ones.
    common = {where: sum(now[where].values()) for where in now if where in before}
    other = sum(
        count for where, count in common.items() if _main(now[where]) != _main(before[where])
    )
    return other * 100 > sum(common.values()) * (100 - COMPARABLE_PCT)


def _main(models: Counter[str]) -> str:
    return max(models, key=lambda one: (models[one], one))


@dataclass(frozen=True)
class Printed:
    """What the kept editions of the earlier periods printed.

    Attributes:
        editions: kind of comparison → the last edition that was kept of that period.
        bases: what the spans rest on today.
    """

    editions: dict[str, Edition]
    bases: Bases

    def beside(self, figure: str, metric: str, one: Comparison) -> Comparison:
        """Return an earlier value with what was printed then, and whether it changed since.

        Args:
            figure: key of the figure.
            metric: its card.
            one: its earlier value as it is today.
        """
        then = self.editions.get(one.kind)
        before = then.figures.get(figure) if then else None
        if then is None or before is None:
            return one
        printed = before.value if before.status in ("ok", "partial") else None
        value = one.value if one.status in _HAVE_VALUE else None
        is_restated = printed != value
        changed: list[Changed] = []
        if is_restated and then.basis:
            parts = self.bases.changed(figure, metric, COMPARED[one.kind], then)
            changed = [*parts] or ["data"]
        return one.model_copy(
            update={"printed": printed, "is_restated": is_restated, "changed": changed}
        )
