"""One line on how often the brand was looked at, beside the volume and in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oyez.edition.model import Edition
from oyez.render import numbers
from oyez.render.language import NO_BREAK, Language
from oyez.render.sentences import when_phrase
from oyez.render.text import plain

MOST_ARTICLES = 3  # that are named; more are counted


@dataclass(frozen=True)
class Looked:
    """What is printed of one measure; every string is ready."""

    label: str
    value: str
    is_measured: bool
    change: str
    against: str
    note: str


def looked(edition: Edition, language: Language) -> list[Looked]:
    """Return a line for each measure of attention; none where no source counts any."""
    return [_looked(row, edition, language) for row in edition.tables.get("attention", [])]


def _looked(row: dict[str, Any], edition: Edition, language: Language) -> Looked:
    say = language.say
    value, missing = row["value"], row["missing_day_count"]
    notes = []
    if value is not None and missing:
        notes.append(say("attention.missing", missing, n=numbers.decimal(missing, language)))
    articles = row["subjects"].split()
    if articles:
        notes.append(say("attention.what", len(articles), what=_named(articles, language)))
    if value is not None:
        notes.append(say("attention.apart"))
    change, against = ("", "") if value is None else _change(row, edition, language)
    return Looked(
        label=say(f"attention.{row['measure']}"),
        value=_value(value, missing, language),
        is_measured=value is not None,
        change=change,
        against=against,
        note=" ".join(notes),
    )


def _value(value: int | None, missing: int, language: Language) -> str:
    if value is None:
        return language.say("words.not_measured")
    text = numbers.decimal(value, language)
    return f"≥\u202f{text}" if missing and value else text


def _change(row: dict[str, Any], edition: Edition, language: Language) -> tuple[str, str]:
    when = when_phrase(edition, None, language, short=True)
    if row["prior_status"] == "not_measured":
        return "", language.say("delta.prior_not_measured", when=when)
    if row["prior_status"] != "ok":
        return "", language.say("delta.not_comparable", when=when)
    prior, change = row["prior_value"], row["value"] - row["prior_value"]
    against = language.say("delta.against", prior=numbers.decimal(prior, language), when=when)
    if not change:
        return language.say("delta.same"), against
    if prior < edition.minimum_n:
        return numbers.signed(change, language), against
    share = change / prior * 100
    space = NO_BREAK if language.code == "fr" else ""
    digits = 0 if abs(share) >= 10 else 1
    return f"{numbers.signed(share, language, digits)}{space}%", against


def _named(articles: list[str], language: Language) -> str:
    """Return the titles with their languages, "Maison Verdier (fr)", or how many they are."""
    if len(articles) > MOST_ARTICLES:
        count = numbers.decimal(len(articles), language)
        return language.say("attention.articles", n=count)
    named = []
    for article in articles:
        project, _, title = article.partition("/")
        named.append(f"{plain(title.replace('_', ' '), 60)} ({project.partition('.')[0]})")
    return language.join(named)
