"""Builds the edition of one report and period from one snapshot."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import duckdb

from oyez.config.model import Client, Report
from oyez.days import Period
from oyez.edition import completeness, findings, numbers, quotes, spans
from oyez.edition.figure import FigureMaker
from oyez.edition.model import Edition, Key, Method, Span, Verbatim
from oyez.edition.model import Period as ReportedPeriod
from oyez.edition.reader import Reader
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
    entity = next(one for one in [*client.brands, *client.scopes] if one.id == scope_id)
    named = spans.spans(period)
    spans.register(
        connection, named, client_id=client.id, brand_id=scope_id, zone=client.zone
    )
    reader = Reader(connection)
    measures = completeness.measures(reader, named, scope_id, client.zone)
    brands = completeness.brand_measures(reader, period, client.zone)
    models = reader.rows("models")
    cards = load_all()
    make = FigureMaker(
        measures,
        minimum_n=settings.minimum_n,
        key=f"{client.id}|{report.id}|{scope_id}|{period.id}",
        basis=lambda metric: _basis(metric, cards, client, measures, models),
        targets=_targets(client),
    )
    # Without a declared account the brand's answers cannot be told from anybody's.
    can_answer = _can_answer(client, scope_id)
    parts = [
        numbers.volume(reader, make, named, measures),
        numbers.share_of_voice(reader, make, client, scope_id, brands, measures),
        numbers.reviews(reader, make, named, scope_id, measures, can_answer=can_answer),
        numbers.responsiveness(reader, make) if can_answer else numbers.Numbers(),
        numbers.community(reader, make, named, measures),
    ]
    figures = {name: figure for part in parts for name, figure in part.figures.items()}
    tables = {name: table for part in parts for name, table in part.tables.items()}
    for row, trend in zip(tables["volume_by_period"], tables.pop("_trend", []), strict=False):
        row.update(trend)
    quoted = _verbatims(reader, client, make)
    covered = completeness.completeness(reader, client, period, measures["reported"], brands)
    facts = findings.Facts(
        figures=figures,
        tables=tables,
        verbatims=quoted,
        coverage=covered,
        brand_name=entity.name,
        minimum_n=settings.minimum_n,
        models=[str(row["model"]) for row in models],
    )
    sections = _sections(report, facts, client)
    found = findings.findings(facts)
    language = settings.locale[:2]
    agency = workspace.agency
    return Edition(
        key=Key(
            client=client.id,
            report=report.id,
            scope=scope_id,
            locale=settings.locale,
            period=period.id,
        ),
        client={"id": client.id, "name": client.name, "timezone": client.timezone},
        agency={"name": agency.name, "website": agency.website or ""},
        report={"title": report.title or "", "format": report.format, "cadence": report.cadence},
        brand={"id": scope_id, "name": entity.name},
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
        methods=_methods(cards, {figure.metric for figure in figures.values()}, language),
        models=models,
        rows=reader.hashes(),
    )


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


def _verbatims(reader: Reader, client: Client, make: FigureMaker) -> dict[str, list[Verbatim]]:
    lists: dict[str, list[Verbatim]] = {
        name: [] for name in ("positive", "negative", "engaged", "review_negative", "review_positive")
    }
    for row in reader.rows("verbatims"):
        lists[row["list"]].append(quotes.verbatim(row, client.zone, make))
    lists["waiting"] = [
        quotes.verbatim(row, client.zone, make) for row in reader.rows("waiting")
    ]
    return lists


def _can_answer(client: Client, scope_id: str) -> bool:
    brand_id = next((one.brand for one in client.scopes if one.id == scope_id and one.brand), scope_id)
    brand = next((one for one in client.brands if one.id == brand_id), client.brands[0])
    return bool(brand.accounts)


def _sections(report: Report, facts: findings.Facts, client: Client) -> list[str]:
    """Return the pages to print: those asked for, else those that have something to say."""
    if report.sections:
        return list(report.sections)
    has = {
        "share_of_voice": bool(client.competitors),
        "reviews": "review_count" in facts.figures,
        "responsiveness": "inbound_count" in facts.figures,
        "community": "active_members" in facts.figures,
        "authors": bool(facts.tables["top_authors"]),
    }
    every = (
        "cover",
        "summary",
        "volume",
        "sentiment",
        "share_of_voice",
        "sources",
        "reviews",
        "verbatims",
        "responsiveness",
        "community",
        "authors",
        "coverage",
        "methods",
    )
    return [section for section in every if has.get(section, True)]


def _basis(
    metric: str,
    cards: dict[str, Card],
    client: Client,
    measures: dict[str, Any],
    models: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what a figure rests on besides the data (law 12)."""
    return {
        "card": [metric, cards[metric].version],
        "models": sorted(f"{row['model']} {row['version']}" for row in models),
        "query": [one.model_dump(mode="json") for one in [*client.brands, *client.scopes]],
        "exclusions": client.exclude.model_dump(mode="json"),
        "sources": measures["reported"].sources,
        "competitors": [one.model_dump(mode="json") for one in client.competitors],
    }


def _targets(client: Client) -> dict[str, Decimal]:
    renamed = {"first_response_time": "first_response_median"}
    return {
        renamed.get(name, name): target.at_least if target.at_least is not None else target.at_most  # type: ignore[misc]
        for name, target in client.targets.items()
    }


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


