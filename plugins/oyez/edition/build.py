"""Builds the edition of one report and period from one snapshot."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import duckdb

from oyez.config.model import SECTIONS, Client, Report
from oyez.days import Period
from oyez.edition import (
    attention,
    completeness,
    findings,
    media,
    numbers,
    people,
    quotes,
    reputation,
    spans,
    store,
    terms,
)
from oyez.edition.basis import PERSON, Printed, bases
from oyez.edition.bridge import bridges
from oyez.edition.figure import FigureMaker, rounded
from oyez.edition.model import Edition, Figure, Key, Method, Span, Verbatim
from oyez.edition.model import Period as ReportedPeriod
from oyez.edition.reader import Reader
from oyez.edition.spike import spike
from oyez.edition.stories import stories
from oyez.edition.themes import themes
from oyez.metrics.card import Card, load_all
from oyez.workspace import Workspace


def build(
    workspace: Workspace,
    connection: duckdb.DuckDBPyConnection,
    client: Client,
    report: Report,
    period: Period,
) -> Edition:
    """Return the edition of a report's period; equal data and configuration give an equal edition.

    Args:
        workspace: for the agency and the settings.
        connection: an open snapshot; the edition depends on nothing later than the period's end but
            corrections and late data.
        client: the report's subject.
        report: one of the client's reports.
        period: local days, both ends included.
    """
    settings = workspace.settings(client.id, report.id)
    scope_id = report.scope or client.brands[0].id
    names = {one.id: one.name for one in client.brands} | {
        one.id: one.name for one in client.scopes
    }
    named = spans.spans(period)
    spans.register(connection, named, client_id=client.id, brand_id=scope_id, zone=client.zone)
    allowed = terms.terms(connection, client)
    terms.register(connection, client.id, allowed)
    reputation.register(connection, client, settings.minimum_n)
    reader = Reader(connection)
    measures = completeness.measures(reader, named, scope_id, client.zone)
    brands = completeness.brand_measures(reader, named, client.zone)
    models = [one for one in reader.rows("models") if one["model"] != PERSON]
    cards = load_all()
    key = Key(
        client=client.id,
        report=report.id,
        scope=scope_id,
        locale=settings.locale,
        period=period.id,
    )
    rests_on = bases(reader, client, measures, cards)
    printed = Printed(_kept(workspace, key, period), rests_on)
    make = FigureMaker(
        measures,
        minimum_n=settings.minimum_n,
        key=f"{client.id}|{report.id}|{scope_id}|{period.id}",
        basis=rests_on.describe,
        refusal=rests_on.refusal,
        beside=printed.beside,
        targets=_targets(client),
        bridges=bridges(connection, reader, named, measures, client.zone),
    )
    # Without a declared account the brand's answers cannot be told from anybody's.
    can_answer = _can_answer(client, scope_id)
    parts = [
        numbers.volume(reader, make, named, measures),
        numbers.share_of_voice(reader, make, client, scope_id, brands, measures),
        numbers.reviews(reader, make, named, client, scope_id, measures, can_answer=can_answer),
        numbers.responsiveness(reader, make, measures) if can_answer else numbers.Numbers(),
        people.replies(reader, make) if can_answer else numbers.Numbers(),
        numbers.community(reader, make, named, measures),
        people.community(reader, make),
        media.media(reader, make),
        reputation.reputation(reader, make),
    ]
    figures = {name: figure for part in parts for name, figure in part.figures.items()}
    tables = {name: table for part in parts for name, table in part.tables.items()}
    for row, trend in zip(tables["volume_by_period"], tables.pop("_trend", []), strict=False):
        row.update(trend)
    if attention.is_counted(client, scope_id):
        tables["attention"] = attention.table(reader, named)
    themed = themes(connection, reader, make, client, measures)
    tables |= themed.tables
    repeated = stories(reader, make, client.zone)
    tables |= repeated.tables
    quoted = _verbatims(reader, client, make, can_answer=can_answer)
    if repeated.told:
        quoted["story"] = repeated.told
    for row in themed.quoted:
        quoted.setdefault(row["list"], []).append(quotes.verbatim(row, client.zone, make))
    covered = completeness.completeness(
        reader, client, period, measures["reported"], brands["reported"]
    )
    usual = reader.one("usual_day")
    facts = findings.Facts(
        figures=figures,
        tables=tables,
        verbatims=quoted,
        coverage=covered,
        minimum_n=settings.minimum_n,
        models=[str(row["model"]) for row in models],
        unanswered=reader.by_span("unanswered").get("reported") if can_answer else None,
        usual_count=usual["median_count"] if usual["day_count"] >= findings.HISTORY_DAYS else None,
        last_day=period.end,
        own_measured_pct=measures["reported"].measured_pct,
        themes=themed.findings,
        sections=list(report.sections) if report.sections else None,
    )
    sections = _sections(report, facts, client)
    found = findings.findings(facts)
    peak = next((one for one in found["volume"] if findings.is_spike(one)), None)
    if peak:
        day = date.fromisoformat(peak.params["day"])
        around = Period("custom", day - timedelta(1), min(day + timedelta(1), period.end))
        told = {**named, "spike_day": Period("custom", day, day), "spike": around}
        spans.register(connection, told, client_id=client.id, brand_id=scope_id, zone=client.zone)
        details = spike(
            reader,
            peak,
            last_day=period.end,
            measured_days={row["day"] for row in reader.rows("by_day") if row["state"] == "ok"},
            busy_hour_count=usual["busy_hour_count"],
        )
        found["spike"] = details.findings
        tables |= details.tables
        for row in details.quoted:
            quoted.setdefault(row["list"], []).append(quotes.verbatim(row, client.zone, make))
    language = settings.locale[:2]
    agency = workspace.agency
    return Edition(
        key=key,
        client={"id": client.id, "name": client.name, "timezone": client.timezone},
        agency={"name": agency.name, "website": agency.website or ""},
        report={"title": report.title or "", "format": report.format, "cadence": report.cadence},
        brand={"id": scope_id, "name": names[scope_id]},
        period=_reported(period),
        minimum_n=settings.minimum_n,
        sections=sections,
        figures=figures,
        tables=tables,
        verbatims=quoted,
        findings=found,
        actions=findings.actions(facts, found, period.end),
        events=[
            {"date": event.date.isoformat(), "label": event.label}
            for event in sorted(client.events, key=lambda one: (one.date, one.label))
            if named["history_00"].start <= event.date <= period.end
        ],
        coverage=covered,
        methods=_methods(cards, _metrics(figures, tables), language),
        credits=terms.credits(
            allowed, [row["source_id"] for row in reader.rows("source_items") if row["item_count"]]
        ),
        models=reader.rows("models"),
        agreement=[_agreement(row) for row in reader.rows("agreement")],
        corrected=_corrected(reader.one("corrected")),
        basis=rests_on.reported,
        rows=reader.hashes(),
    )


def _agreement(row: dict[str, Any]) -> dict[str, Any]:
    """Return how often one model agrees with people in one language, as printed."""
    agreed = numbers.share(row["agreed_count"], row["checked_count"])
    return {
        **row,
        "agreement_pct": rounded(agreed, "pct"),
        "low_pct": rounded(row["low_pct"], "pct"),
        "high_pct": rounded(row["high_pct"], "pct"),
    }


def _corrected(row: dict[str, int]) -> dict[str, int]:
    """Return what people put right, by what was wrong; empty when nothing was."""
    counts = {name.removesuffix("_count"): count for name, count in row.items()}
    return counts if any(counts.values()) else {}


def _reported(period: Period) -> ReportedPeriod:
    previous, last_year = period.previous, period.last_year
    return ReportedPeriod(
        kind=period.kind,
        start=period.start,
        end=period.end,
        previous=Span(start=previous.start, end=previous.end),
        last_year=Span(start=last_year.start, end=last_year.end),
        issued_on=period.end + timedelta(days=1),
    )


def _verbatims(
    reader: Reader, client: Client, make: FigureMaker, *, can_answer: bool
) -> dict[str, list[Verbatim]]:
    lists: dict[str, list[Verbatim]] = {
        name: []
        for name in (
            "positive",
            "negative",
            "engaged",
            "review_negative",
            "review_positive",
            "waiting",
            "review_waiting",
        )
    }
    for row in [*reader.rows("verbatims"), *(reader.rows("waiting") if can_answer else [])]:
        lists[row["list"]].append(quotes.verbatim(row, client.zone, make))
    return lists


def _can_answer(client: Client, scope_id: str) -> bool:
    brand_id = next(
        (one.brand for one in client.scopes if one.id == scope_id and one.brand), scope_id
    )
    brand = next((one for one in client.brands if one.id == brand_id), client.brands[0])
    return bool(brand.accounts)


def _sections(report: Report, facts: findings.Facts, client: Client) -> list[str]:
    """Return the pages to print: those asked for, else those that have something to say."""
    if report.sections:
        return list(report.sections)
    has = {
        "themes": bool(facts.tables.get("themes") or facts.tables.get("own_themes")),
        "share_of_voice": bool(client.competitors),
        "reviews": "review_count" in facts.figures,
        "responsiveness": "inbound_count" in facts.figures,
        "community": "active_members" in facts.figures,
        "authors": bool(facts.tables["top_authors"]),
    }
    return [section for section in SECTIONS if has.get(section, True)]


def _kept(workspace: Workspace, key: Key, period: Period) -> dict[str, Edition]:
    """Return kind of comparison → the last edition that was kept of that period."""
    earlier = {"previous_period": period.previous, "last_year": period.last_year}
    found = {
        kind: store.latest(workspace.storage, key.model_copy(update={"period": one.id}))
        for kind, one in earlier.items()
    }
    return {kind: kept.edition for kind, kept in found.items() if kept}


def _targets(client: Client) -> dict[str, tuple[Literal["at_least", "at_most"], Decimal]]:
    renamed = {"first_response_time": "first_response_median"}
    found: dict[str, tuple[Literal["at_least", "at_most"], Decimal]] = {}
    for name, target in client.targets.items():
        key = renamed.get(name, name)
        if target.at_least is not None:
            found[key] = ("at_least", target.at_least)
        elif target.at_most is not None:
            found[key] = ("at_most", target.at_most)
    return found


# Metrics that stand in a table and have no figure of their own.
_TABLED = {
    "own_themes": ["theme"],
    "themes": ["theme"],
    "stories": ["story"],
    "media_types": ["media_type"],
    "dependence": ["source_dependence"],
    "presence": ["presence_proxy", "own_site_link"],
    "engagement_by_network": ["engagement_rate"],
    "to_thank": ["member_help"],
    "gone_quiet": ["gone_quiet"],
    "returning_members": ["returning_member"],
}


def _metrics(figures: dict[str, Figure], tables: dict[str, Any]) -> set[str]:
    tabled = {one for table, metrics in _TABLED.items() if tables.get(table) for one in metrics}
    return {figure.metric for figure in figures.values()} | tabled


def _methods(cards: dict[str, Card], metrics: set[str], language: str) -> list[Method]:
    return [
        Method(
            metric=name,
            title=getattr(card.title, language),
            formula=getattr(card.formula, language),
            unit=card.unit,
            version=card.version,
            references=list(card.references),
        )
        for name, card in cards.items()
        if name in metrics
    ]
