"""What moved between two revisions of an edition, number by number, and why.

It stands beside the newer revision (`changes.json`), outside of its content: the edition says what
is true, not how often it was said otherwise. Written once, it holds no clock, so that the report is
printed to the same bytes again.

A reason is something that happened since the earlier revision and bears on the figure: items that
came later, corrections, withdrawals, a changed configuration, formula or model. Where nothing of
that is on record, the reason is `data`: the numbers differ, and nobody can say more.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import duckdb
from pydantic import Field

from oyez.days import Period
from oyez.edition import spans
from oyez.edition.cells import moved
from oyez.edition.model import Block, Comparison, Edition, Number
from oyez.metrics import lineage
from oyez.metrics.card import folder as metric_folder
from oyez.metrics.scope import read
from oyez.resources import folder

Code = Literal[
    "late_data",  # count: items that were collected since
    "changed_data",  # count: items whose words or date changed since
    "counters",  # count: known items whose counters were read again since
    "measured",  # count: runs that measured hours of the period since
    "correction",  # count: corrections that people recorded since
    "withdrawal",  # count: items that their site no longer has
    "configuration",  # parts: query, exclusions, sources, competitors
    "formula",
    "model",
    "software",
    "data",  # nothing on record explains it
]
_SPANS = {"reported": "reported", "previous_period": "previous", "last_year": "last_year"}
_PERSON = "person"  # stands among the models for what people said (sql/core/mention_current.sql)
_CONFIGURED = ("query", "exclusions", "sources", "competitors")


class Reason(Block):
    """Something that happened since and bears on a figure."""

    code: Code
    count: int | None = None
    parts: list[str] = Field(default_factory=list)


class Moved(Block):
    """A number that another revision printed otherwise.

    `period` says of which period it is: the reported one, or one that it is compared with.
    """

    figure: str
    unit: str
    period: Literal["reported", "previous_period", "last_year"]
    then: Number
    then_status: str
    now: Number
    now_status: str
    reasons: list[Reason]


class Cell(Block):
    """A number of a table, or beside a figure, that another revision printed otherwise.

    `path` says where it stands in `edition.json`, rows by what they are about; then and now are
    null where the number was not there.
    """

    path: str  # tables.share_of_voice[brand_id=globex].item_count
    label: str  # of its row, as people call it: Globex
    then: Number
    now: Number
    reasons: list[Reason]


class Changes(Block):
    """What a revision prints otherwise than the one before.

    `cells` are the numbers of the tables, of the coverage, and the bases and intervals of figures.
    `parts` names what else differs: tables, quotations, findings, parts of the edition.
    """

    schema_version: Literal["1"] = "1"
    since_revision: int
    revision: int
    numbers: list[Moved]
    cells: list[Cell] = Field(default_factory=list)
    parts: list[str]

    def canonical(self) -> bytes:
        """Return the document's only byte form."""
        body = json.dumps(
            self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, indent=1
        )
        return f"{body}\n".encode()


def provenance(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what a later revision must know of the snapshot that an edition was built from.

    Returns:
        `data_until` (naive UTC instant of the last publish) and `formulas` (metric → hash).
    """
    (until,) = connection.execute("select max(published_at) from ops.publish").fetchall()[0]
    rows = connection.execute("select metric, formula_hash from ops.metric_version").fetchall()
    return {"data_until": until and until.isoformat(), "formulas": dict(sorted(rows))}


def changes(
    connection: duckdb.DuckDBPyConnection,
    then: Edition,
    then_made: dict[str, Any],
    now: Edition,
    now_made: dict[str, Any],
) -> Changes:
    """Return what moved from one revision to the next.

    Args:
        connection: the snapshot that the newer revision was built from.
        then: the earlier revision.
        then_made: its provenance.
        now: the newer revision.
        now_made: its provenance.
    """
    since = _since(connection, then, then_made, now)
    reasons = _Reasons(then, then_made, now, now_made, since)
    numbers = []
    for name in sorted(then.figures.keys() | now.figures.keys()):
        before, after = then.figures.get(name), now.figures.get(name)
        known = after or before
        assert known is not None  # noqa: S101  the name is a key of one of them
        for period in _SPANS:
            then_value, then_status = _value(then, name, period)
            value, status = _value(now, name, period)
            if (then_value, then_status) == (value, status):
                continue
            numbers.append(
                Moved(
                    figure=name,
                    unit=known.unit,
                    period=period,  # type: ignore[arg-type]
                    then=then_value,
                    then_status=then_status,
                    now=value,
                    now_status=status,
                    reasons=reasons.of(name, known.metric, _SPANS[period]),
                )
            )
    return Changes(
        since_revision=then.revision,
        revision=now.revision,
        numbers=numbers,
        cells=[
            Cell(
                path=one.path,
                label=one.label,
                then=one.then,
                now=one.now,
                reasons=reasons.of(one.figure, one.metric, one.span),
            )
            for one in moved(then, now)
        ],
        parts=_other_parts(then, now),
    )


def _value(edition: Edition, name: str, period: str) -> tuple[Number, str]:
    figure = edition.figures.get(name)
    if figure is None:
        return None, "absent"
    if period == "reported":
        return figure.value, figure.status
    found: Comparison | None = next((c for c in figure.comparisons if c.kind == period), None)
    return (found.value, found.status) if found else (None, "absent")


def _other_parts(then: Edition, now: Edition) -> list[str]:
    before, after = then.model_dump(mode="json"), now.model_dump(mode="json")
    found = []
    for group in ("tables", "verbatims"):
        names = before[group].keys() | after[group].keys()
        found += [
            f"{group}.{name}" for name in names if before[group].get(name) != after[group].get(name)
        ]
    told = {"tables", "verbatims", "figures", "rows", "basis", "revision", "key"}
    found += [name for name in after if name not in told and before.get(name) != after[name]]
    return sorted(found)


def _since(
    connection: duckdb.DuckDBPyConnection, then: Edition, made: dict[str, Any], now: Edition
) -> dict[tuple[str, str], dict[str, int]]:
    """Return (span, brand or `*`) → what came to be known since the earlier revision was built."""
    # An edition of an earlier version of oyez says when it was built only.
    known = made.get("data_until") or made.get("built_at")
    if known is None:
        return {}
    instant = datetime.fromisoformat(known)
    period = Period(now.period.kind, now.period.start, now.period.end)
    spans.register(
        connection,
        spans.spans(period),
        client_id=now.key.client,
        brand_id=now.key.scope,
        zone=ZoneInfo(now.client["timezone"]),
    )
    query = (folder("sql") / "changes" / "since.sql").read_text("utf-8")
    relation = connection.execute(query, {"since": instant.replace(tzinfo=None)})
    columns = [column[0] for column in relation.description or []]
    rows = [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    return {(row.pop("name"), row.pop("brand_id")): row for row in rows}


class _Reasons:
    """What happened between two revisions, asked figure by figure."""

    def __init__(
        self,
        then: Edition,
        then_made: dict[str, Any],
        now: Edition,
        now_made: dict[str, Any],
        since: dict[tuple[str, str], dict[str, int]],
    ) -> None:
        self._now, self._since = now, since
        versions = [{one.metric: one.version for one in each.methods} for each in (then, now)]
        hashes = [made.get("formulas") or {} for made in (then_made, now_made)]
        self._formulas = {
            metric
            for by in (versions, hashes)
            for metric in by[0].keys() & by[1].keys()
            if by[0][metric] != by[1][metric]
        }
        basis: list[dict[str, str]] = [getattr(each, "basis", {}) for each in (then, now)]
        self._parts = {
            part for part in basis[0].keys() & basis[1].keys() if basis[0][part] != basis[1][part]
        }
        models = [
            {(one["model"], one["version"]) for one in each.models if one["model"] != _PERSON}
            for each in (then, now)
        ]
        if not all(basis) and models[0] != models[1]:
            self._parts.add("model")
        self._is_other_software = then_made.get("oyez") != now_made.get("oyez")

    def of(self, figure: str, metric: str, span: str) -> list[Reason]:
        """Return why a figure moved; at least one reason.

        Args:
            figure: key of the figure, or of one that rests on the same.
            metric: its card.
            span: whose number it is, of `spans.spans`.
        """
        rests_on = parts_of(figure)
        found: list[Reason] = []
        if self._formulas & _behind(metric):
            found.append(Reason(code="formula"))
        if parts := [one for one in _CONFIGURED if one in self._parts and one in rests_on]:
            found.append(Reason(code="configuration", parts=parts))
        if "model" in self._parts and "model" in rests_on:
            found.append(Reason(code="model"))
        brand = "*" if "competitors" in rests_on else self._now.key.scope
        counts = self._since.get((span, brand), {})
        is_judged = "model" in rests_on
        corrections = counts.get("about_count", 0)
        corrections += counts.get("sentiment_count", 0) if is_judged else 0
        told: list[tuple[Code, int]] = [
            ("late_data", counts.get("new_count", 0)),
            ("changed_data", counts.get("changed_count", 0)),
            ("correction", corrections),
            ("withdrawal", counts.get("withdrawn_count", 0)),
        ]
        if figure.startswith("engagement"):
            told.append(("counters", counts.get("counter_count", 0)))
        found += [Reason(code=code, count=count) for code, count in told if count]
        if not found and counts.get("run_count"):
            found.append(Reason(code="measured", count=counts["run_count"]))
        if not found and self._is_other_software:
            found.append(Reason(code="software"))
        return found or [Reason(code="data")]


# Figures that a verdict on somebody's words can move, and those that other brands can.
_JUDGED = frozenset({"net_sentiment", "positive_count", "negative_count", "reputation_index"})
_AMONG_COMPETITORS = frozenset({"share_of_voice", "reputation_index"})


def parts_of(figure: str) -> set[str]:
    """Return the parts of the configuration that a figure rests on."""
    parts = {"query", "exclusions", "sources"}
    parts |= {"model"} if figure in _JUDGED else set()
    return parts | ({"competitors"} if figure in _AMONG_COMPETITORS else set())


def _behind(metric: str) -> set[str]:
    """Return a metric and all metrics that it reads."""
    found: set[str] = set()
    pending = {metric}
    while pending:
        name = pending.pop()
        path = metric_folder() / f"{name}.sql"
        if name in found or not path.is_file():
            continue
        found.add(name)
        pending |= {table for schema, table in lineage.tables(read(path)) if schema == "metric"}
    return found
