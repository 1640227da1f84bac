"""Opens a printed figure by its ref: what it says, how it is made, and the mentions behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from oyez.config.model import Client
from oyez.days import Period, local_time
from oyez.edition import spans, store, terms
from oyez.edition.build import build
from oyez.edition.changes import Changes, Reason
from oyez.edition.model import Edition, Figure, Method, Number
from oyez.errors import ConfigError, DataError
from oyez.resources import folder
from oyez.storage import Storage
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

Row = dict[str, Any]


@dataclass(frozen=True)
class _Behind:
    """Which mentions stand behind a figure: a query and its choice."""

    query: str = "mention"
    sentiments: tuple[str, ...] | None = None
    only: str | None = None


_SCORED = ("positive", "neutral", "negative")
_BEHIND = {
    "mention_volume": _Behind(),
    "author_count": _Behind(),
    "potential_reach": _Behind(),
    "potential_reach_gross": _Behind(),
    "engagement": _Behind(only="engaged"),
    "positive_count": _Behind(sentiments=("positive",)),
    "negative_count": _Behind(sentiments=("negative",)),
    "net_sentiment": _Behind(sentiments=_SCORED),
    "share_of_voice": _Behind("voice"),
    "review_count": _Behind(only="reviews"),
    "review_score": _Behind(only="reviews"),
    "review_unanswered": _Behind("response", only="review_waiting"),
    "inbound_count": _Behind("response"),
    "response_rate": _Behind("response"),
    "first_response_median": _Behind("response"),
    "first_response_p90": _Behind("response"),
    "still_waiting": _Behind("response", only="waiting"),
    "active_members": _Behind(only="community"),
    "community_posts": _Behind(only="community"),
    "newcomers": _Behind("newcomer"),
}


@dataclass(frozen=True)
class Printing:
    """What one revision of a report printed of a figure.

    Attributes:
        revision: its number.
        figure: as it was printed; None where that revision had no such figure.
        reasons: why it is not what the revision before printed, as `changes.json` says.
    """

    revision: int
    figure: Figure | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Why:
    """A printed figure and what stands behind it.

    Attributes:
        edition: the kept edition that prints it: the newest, or the revision that was asked for.
        name: key of the figure.
        figure: as it was printed.
        method: the card, in the edition's language; None where the edition has none.
        now: the figure from the present snapshot; None where it cannot be made any more.
        why_not: why it cannot.
        rows: the mentions behind it in the present snapshot; times are local.
        has_own_list: False where all mentions of the period stand in for a list of its own.
        left_out: reason → items that count nowhere.
        corrections: what people said of the mentions of the period, as it stands.
        printings: what each kept revision printed, the first one first; the ref is the same in all.
    """

    edition: Edition
    name: str
    figure: Figure
    method: Method | None
    now: Figure | None = None
    why_not: str | None = None
    rows: list[Row] = field(default_factory=list)
    has_own_list: bool = True
    left_out: dict[str, int] = field(default_factory=dict)
    corrections: list[Row] = field(default_factory=list)
    printings: tuple[Printing, ...] = ()

    @property
    def value_now(self) -> Number:
        """The figure's value from the present snapshot."""
        return self.now.value if self.now else None


def why(
    workspace: Workspace, ref: str, *, client: str | None = None, revision: int | None = None
) -> Why:
    """Return what stands behind a printed figure.

    Args:
        workspace: kept editions, and the snapshot.
        ref: as printed beside the figure.
        client: id; only this client's editions are searched.
        revision: number of the revision whose figure is opened; the last one by default.

    Raises:
        DataError: no kept edition prints this ref, or that revision does not.
    """
    ref = ref.strip().upper()
    edition = _printing(workspace.storage, ref, client, revision)
    if edition is None:
        if revision is not None and (other := _printing(workspace.storage, ref, client, None)):
            raise DataError(
                f"revision {revision} prints no {ref}",
                client=other.key.client,
                where=f"report {other.key.report}, {other.key.period}",
                action=f"ask for another revision; the last one is {other.revision}",
            )
        place = f"an edition of {client}" if client else "a kept edition"
        raise DataError(
            f"{ref!r} is no ref of {place}",
            action="copy the six letters beside the figure; `oyez reports` lists what was printed",
        )
    name = next((key for key, one in edition.figures.items() if one.ref == ref), None)
    if name is None:
        raise DataError(
            f"{ref} is a quotation, not a figure",
            client=edition.key.client,
            where=f"report {edition.key.report}, {edition.key.period}",
            action=_quoted(edition, ref),
        )
    figure = edition.figures[name]
    method = next((one for one in edition.methods if one.metric == figure.metric), None)
    printings = tuple(_printings(workspace.storage, edition, name))
    told = Why(edition, name, figure, method, printings=printings)
    try:
        subject = workspace.client(edition.key.client)
        workspace.settings(subject.id, edition.key.report)
    except ConfigError as problem:
        return replace(told, why_not=str(problem))
    connection = open_snapshot(workspace.storage)
    try:
        return _opened(workspace, connection, subject, told)
    finally:
        connection.close()


def _opened(
    workspace: Workspace, connection: duckdb.DuckDBPyConnection, client: Client, told: Why
) -> Why:
    edition, name = told.edition, told.name
    report = next(one for one in client.reports if one.id == edition.key.report)
    period = Period(edition.period.kind, edition.period.start, edition.period.end)
    now, why_not = None, None
    if edition.key.scope != (report.scope or client.brands[0].id):
        why_not = f"the report is not about {edition.key.scope} any more"
    else:
        now = build(workspace, connection, client, report, period).figures.get(name)
        why_not = None if now else "the report has no such figure any more"
    spans.register(
        connection,
        {"reported": period},
        client_id=client.id,
        brand_id=edition.key.scope,
        zone=client.zone,
    )
    terms.register(connection, client.id, terms.terms(connection, client))
    behind = _BEHIND.get(name, _Behind())
    values: Row = {}
    if behind.query == "mention":
        sentiments = list(behind.sentiments) if behind.sentiments else None
        values = {"sentiments": sentiments, "only": behind.only}
    elif behind.query == "response":
        values = {"only": behind.only}
    rows = _rows(connection, behind.query, values)
    for row in rows:
        for column in ("published_at", "answered_at"):
            if row.get(column):
                row[column] = local_time(row[column], client.zone)
    return replace(
        told,
        now=now,
        why_not=why_not,
        rows=rows,
        has_own_list=name in _BEHIND,
        left_out={row["reason"]: row["item_count"] for row in _rows(connection, "left_out", {})},
        corrections=_rows(connection, "corrected", {}),
    )


def _printing(
    storage: Storage, ref: str, client: str | None, revision: int | None
) -> Edition | None:
    """Return the newest kept edition that prints a ref: last period first, then last revision."""
    wanted = f'"ref":"{ref}"'.encode()
    for key in _kept(storage, client):
        if revision is not None and key.split("/")[6] != f"r{revision:03d}":
            continue
        body = storage.read(key)
        if wanted in body:
            return Edition.model_validate_json(body)
    return None


def _printings(storage: Storage, edition: Edition, name: str) -> Iterator[Printing]:
    for kept in store.revisions(storage, edition.key):
        reasons: list[Reason] = []
        if storage.exists(kept.changes_key):
            told = Changes.model_validate_json(storage.read(kept.changes_key))
            reasons = [
                reason
                for one in told.numbers
                if (one.figure, one.period) == (name, "reported")
                for reason in one.reasons
            ]
        figure = kept.edition.figures.get(name)
        yield Printing(kept.edition.revision, figure, tuple(reasons))


def _kept(storage: Storage, client: str | None) -> Iterator[str]:
    prefix = f"editions/{client}/" if client else "editions/"
    keys = [key for key in storage.list(prefix) if key.endswith("/edition.json")]
    yield from sorted(keys, key=lambda key: (key.split("/")[5][-10:], key.split("/")[6]))[::-1]


def _quoted(edition: Edition, ref: str) -> str:
    for quotes in edition.verbatims.values():
        for one in quotes:
            if one.ref == ref:
                return one.url or "its site gave no address"
    return "`oyez explain` shows what stands behind one mention"


def _rows(connection: duckdb.DuckDBPyConnection, name: str, values: Row) -> list[Row]:
    query = (folder("sql") / "why" / f"{name}.sql").read_text("utf-8")
    relation = connection.execute(query, values) if values else connection.execute(query)
    columns = [column[0] for column in relation.description or []]
    return [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
