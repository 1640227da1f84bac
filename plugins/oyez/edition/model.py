"""The edition: the frozen document that a report is printed from, and its shape.

The edition is the contract between the warehouse and the page: rendering reads nothing else (and
the bundle of assets). It holds numbers, never sentences: `findings` and `actions` are codes with
parameters, and each language writes its own whole sentences. It holds no clock, no run id and no
path, so equal data give equal bytes.

Units: `items`, `people`, `authors`, `pct` (0 to 100), `points` (net sentiment, -100 to 100),
`minutes`, `stars` (1 to 5), `interactions`, `index` (0 to 100). A null value is "not measured" or
"nobody knows", and `status` says which; it is never 0.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Status = Literal[
    "ok",  # measured throughout
    "partial",  # measured in part: at least this much
    "not_measured",  # no source was watching
    "n_too_small",  # measured, under the client's minimum n: print the count, not the rate
    "not_reached",  # a median that fewer than half reach
    "not_comparable",  # measured, but not alike what it is a share of
    "unknown",  # measured, but the sources did not give it (nobody's audience is known)
    "none",  # measured, and there is nothing to compute from (a rate of no cases)
]
PriorKind = Literal["previous_period", "last_year", "target"]
Part = Literal["formula", "query", "exclusions", "sources", "competitors", "model"]
Changed = Literal[Part, "data"]  # why an earlier value is not what was printed then
Reason = Literal[  # why an earlier value may not be compared
    "sources",  # other sources listened
    "measured",  # one side was measured in part only
    "query",  # names, scopes, languages: the earlier items were matched by others
    "exclusions",
    "competitors",  # the set was another one, or was not listened to alike
    "model",  # another model judged
    "components",  # an index of other components
]
Unit = Literal[
    "items", "people", "authors", "pct", "points", "minutes", "stars", "interactions", "index"
]
Number = int | float | None
Withheld = Literal[
    "terms",  # the site does not allow quotations
    "retention",  # the site does not allow to keep the words so long
    "reserved",  # the author did not publish them for everybody
    "withdrawn",  # they were withdrawn after the instant that the edition shows
]


class Block(BaseModel):
    """A part of the edition; closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bridge(Block):
    """Two periods on the sources that measured both, where other sources listened to the whole."""

    sources: list[str]  # ids
    value: Number  # of the reported period
    prior: Number  # of the earlier one


class Comparison(Block):
    """An earlier value (or a target) beside a figure.

    `status` is `ok` when both sides were measured alike; `not_measured` when the earlier period was
    not; `not_comparable` when both do not rest on the same, so no difference may be printed, and
    `reason` says what differs; `bridged` when other sources listened, and the difference is that of
    `bridge`. The value is recomputed with today's formulas and data, and is that of all sources.
    """

    value: Number
    kind: PriorKind
    status: Literal[
        "ok",
        "partial",
        "not_measured",
        "not_comparable",
        "bridged",
        "n_too_small",
        "not_reached",
        "unknown",
        "none",
    ]
    bound: Literal["at_least", "at_most"] | None = None  # of a target: from here up, or down
    reason: Reason | None = None  # of not_comparable
    bridge: Bridge | None = None  # of bridged
    printed: Number = None  # what the last kept edition of that period printed
    is_restated: bool | None = None  # differs from it; null: no edition of it was kept
    changed: list[Changed] = Field(default_factory=list)  # why; empty also where nobody can tell

    @model_validator(mode="before")
    @classmethod
    def _before_0053(cls, body: Any) -> Any:
        # Editions that were kept before decision 0053 say `restated` of every earlier value.
        if isinstance(body, dict):
            return {key: value for key, value in body.items() if key != "restated"}
        return body


class Figure(Block):
    """One printed number with all that is needed to judge it (law 12)."""

    value: Number
    n: int | None = None  # the denominator of a rate, the cases of a mean
    low: Number = None  # Wilson 95 % interval of a rate, in the figure's unit
    high: Number = None
    unit: Unit
    status: Status
    prior: Number = None  # the main comparison, the previous period
    prior_kind: PriorKind | None = None
    comparisons: list[Comparison] = Field(default_factory=list)  # all, the main one first
    metric: str  # the card's name
    basis: str  # short hash of its formula and the parts of Edition.basis that it rests on
    ref: str  # short code printed by the figure; opens the mentions behind it


class Key(Block):
    """What makes an edition this one."""

    client: str
    report: str
    scope: str
    locale: str
    period: str  # 2015-02-16--2015-02-22


class Span(Block):
    """Local days, both ends included."""

    start: date
    end: date


class Period(Span):
    """The reported period and what it is compared with."""

    kind: Literal["day", "week", "month", "quarter", "custom"]
    previous: Span
    last_year: Span  # 364 days earlier: as many days, on the same weekdays
    issued_on: date  # the day after the period: printed instead of "today"


class Finding(Block):
    """A sentence to be written: a code that every language knows, and its numbers."""

    code: str
    params: dict[str, Any] = Field(default_factory=dict)


class Action(Finding):
    """Something to do, by a date."""

    owner: Literal["client", "agency"]
    due: date


class Verbatim(Block):
    """A quoted item, as plain text, already cut to a printable length."""

    at: str  # local time, 2026-05-26T14:05
    network: str
    channel: str
    kind: str
    author: str | None  # handle or name, where the site's terms and the author let it be shown
    author_url: str | None = None  # the author's page, where the site gives it
    text: str  # empty where it is withheld
    is_cut: bool
    withheld: Withheld | None = None  # why the words are not here
    site: str | None = None  # whose terms withhold them
    url: str | None
    sentiment: Literal["positive", "neutral", "negative"] | None
    rating: Number = None
    engagement_count: int | None = None
    follower_count: int | None = None
    waiting_minutes: int | None = None  # for messages still waiting for an answer at the cut-off
    ref: str


class Gap(Block):
    """A stretch that a source did not measure; local times."""

    start: str
    end: str
    state: str
    reason: str | None = None  # in the source's own words
    cause: str | None = None  # where nothing was tried: see sql/core/source_day.sql


class TooFew(Span):
    """A stretch of which a source gave fewer items than its file promises."""

    item_count: int
    minimum_rows: int


class Unusual(Span):
    """Days of a source that its own eight weeks before do not explain.

    `low`: `number` items came, `usual` is the median of that weekday. `silent`: no item for
    `number` days up to the end, `usual` was the longest silence before.
    """

    kind: Literal["low", "silent"]
    number: int
    usual: int


class SourceCoverage(Block):
    """What one source measured in the period."""

    source_id: str
    name: str
    measured_pct: float  # of the period's hours, for the report's own brand
    item_count: int
    day_states: list[str]  # one a day of the period; ok, ok_empty, partial, not_asked, …
    gaps: list[Gap]
    expected: str | None = None  # daily, weekly, monthly, once; null when it is in no client file
    missing: list[Span] = Field(default_factory=list)  # expected periods of which nothing came
    short: list[TooFew] = Field(default_factory=list)
    unusual: list[Unusual] = Field(default_factory=list)


class Coverage(Block):
    """The data completeness of the period."""

    measured_pct: float  # hours measured by at least one source ÷ the period's hours × 100
    sources: list[SourceCoverage]
    brands_not_measured: list[dict[str, Any]]  # {brand_name, measured_pct}, competitors included
    quarantined_count: int  # rows that could not be read
    quarantine_reasons: list[dict[str, Any]]  # {reason, row_count}
    unmatched_count: int  # items that named no brand
    excluded_count: int
    duplicate_count: int  # the same post arriving through two sources, counted once


class Credit(Block):
    """Whom the terms of a site ask the report to name."""

    text: str
    url: str


class Method(Block):
    """A metric's card, in the edition's language."""

    metric: str
    title: str
    formula: str
    unit: str
    version: int
    references: list[str]


class KnownAt(Block):
    """Of an edition that says what could be known at an instant, and is no revision of the report.

    The data are those of that instant; software, models and configuration are named, being today's.
    """

    at: str  # local time of the client, 2026-05-31T09:00
    oyez: str  # version
    config: str  # first hex digits of the hash of the configuration


class Edition(Block):
    """One client × report × scope × locale × period × revision."""

    schema_version: Literal["1"] = "1"
    key: Key
    revision: int = 1  # left out of the hash: it follows from it
    client: dict[str, str]  # id, name, timezone
    agency: dict[str, str]  # name, website
    report: dict[str, str]  # title (may be empty), format, cadence
    brand: dict[str, str]  # id, name
    period: Period
    minimum_n: int
    sections: list[str]
    figures: dict[str, Figure]
    tables: dict[str, list[dict[str, Any]]]
    verbatims: dict[str, list[Verbatim]]
    findings: dict[str, list[Finding]]  # by section; the first one is the page's headline
    actions: list[Action]
    events: list[dict[str, str]]  # date, label
    coverage: Coverage
    methods: list[Method]
    credits: list[Credit] = Field(default_factory=list)
    models: list[dict[str, Any]]  # {model, version, mention_count}: who gave the verdicts
    # {language, model, version, checked_count, agreed_count, agreement_pct, low_pct, high_pct}
    agreement: list[dict[str, Any]] = Field(default_factory=list)  # of the models with people
    corrected: dict[str, int] = Field(default_factory=dict)  # dismissed, given, received, spam
    basis: dict[str, str] = Field(default_factory=dict)  # part → hash, of the reported period
    rows: dict[str, str]  # table → SHA-256 of the rows that were read
    known_at: KnownAt | None = None  # absent from the document of a real report

    def canonical(self) -> bytes:
        """Return the document's only byte form: sorted keys, UTF-8, one line feed at the end."""
        body = self.model_dump(mode="json")
        if self.known_at is None:
            del body["known_at"]
        return (
            json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
        ).encode()

    def content_hash(self) -> str:
        """Return the SHA-256 of all that the edition says.

        Its revision's number is left out, and so are the hashes of the rows that were read: hours
        that a second delivery measured once more restate nothing.
        """
        said = self.model_copy(update={"revision": 0, "rows": {}})
        return hashlib.sha256(said.canonical()).hexdigest()
