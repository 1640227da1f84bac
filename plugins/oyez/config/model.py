"""The shape of `agency.yml` and of a client's file; unknown keys are errors.

Field descriptions feed the JSON Schema that editors read and `docs/client-file.md`.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
Cadence = Literal["daily", "weekly", "monthly", "quarterly", "on_demand"]
Network = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        description="Where it was said: x, bluesky, mastodon, instagram, google, news, forum…",
    ),
]
Section = Literal[
    "cover",
    "summary",
    "volume",
    "sentiment",
    "themes",
    "share_of_voice",
    "sources",
    "reviews",
    "verbatims",
    "responsiveness",
    "community",
    "authors",
    "coverage",
    "methods",
]
Sector = Literal[
    "bank",
    "culture",
    "education",
    "energy",
    "food",
    "funeral",
    "games",
    "health",
    "insurance",
    "legal",
    "media",
    "public",
    "retail",
    "sport",
    "technology",
    "telecom",
    "transport",
]
SECTIONS: tuple[Section, ...] = get_args(Section)  # the order of a full report's pages


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no IANA time zone; write one like Europe/Paris")
    return name


def _slug(text: str) -> str:
    # No doubled or trailing dash: a credential is named CLIENT__SOURCE, dashes as underscores, and
    # two clients must never share one.
    if len(text) > 63 or not re.fullmatch(_SLUG, text):
        raise ValueError(
            "use lower-case letters and digits, with single dashes between them, at most 63"
        )
    return text


def _clock(value: object) -> object:
    # Pydantic would take 7 for seven seconds past midnight.
    if isinstance(value, time):
        return value
    found = re.fullmatch(_CLOCK, value) if isinstance(value, str) else None
    if not found:
        raise ValueError("write a time of day such as 07:00")
    return time(int(found[1]), int(found[2]))


def iso(value: object) -> object:
    """Refuse a date that is not written year first: 20150216 would be seconds since 1970."""
    if isinstance(value, date):
        return value
    if not (isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError("write a date as 2015-02-16, a date and time as 2015-02-16T07:00")
    return value


_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_CLOCK = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"

Timezone = Annotated[
    str,
    AfterValidator(_known_timezone),
    Field(json_schema_extra={"examples": ["Europe/Paris", "America/Toronto"]}),
]
Slug = Annotated[
    str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{_SLUG}$", "maxLength": 63})
]
Day = Annotated[date, BeforeValidator(iso)]
Clock = Annotated[
    time,
    BeforeValidator(_clock),
    PlainSerializer(lambda clock: clock.isoformat("minutes"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$", "examples": ["07:00"]}),
]
Locale = Literal["fr-FR", "fr-BE", "fr-CH", "fr-CA", "en-GB", "en-US"]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class PointedError(ValueError):
    """Keys that contradict each other, told at the one to edit.

    Args:
        message: what is wrong.
        fix: what to write instead.
        path: from the block that was validated to the key.
    """

    def __init__(self, message: str, fix: str, *path: str | int) -> None:
        super().__init__(message)
        self.fix, self.path = fix, path


class Strict(BaseModel):
    """A block of a configuration file: frozen, and closed to keys we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sender(Strict):
    """Who signs what the agency sends."""

    name: str = Field(description="Name shown as the sender.")
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", description="Address shown as the sender.")
    reply_to: str | None = Field(
        default=None, pattern=r"^[^@\s]+@[^@\s]+$", description="Where replies go."
    )


class Defaults(Strict):
    """What a client's file need not repeat."""

    locale: Locale = Field(default="fr-FR", description="Language and country of the pages.")
    theme: Slug = Field(
        default="oyez", description="A folder of `themes/`, or the name of a built-in theme."
    )
    week_starts: Weekday = Field(default="monday", description="First day of the week.")
    deliver_at: Clock = Field(
        default=time(7),
        description="Local time of delivery.",
        json_schema_extra={"default": "07:00"},
    )
    minimum_n: int = Field(
        default=30, ge=1, description="Under this many cases a rate is printed as a count."
    )


class Agency(Strict):
    """`agency.yml`: who delivers the reports."""

    name: str = Field(description="The agency's name, as printed on every page.")
    timezone: Timezone = Field(
        default="Europe/Paris", description="The agency's own IANA time zone."
    )
    brand: Slug | None = Field(
        default=None,
        description="Theme that carries the agency's own logo and colours (white label).",
    )
    website: str | None = Field(default=None, description="Printed on the last page.")
    sender: Sender | None = Field(default=None, description="Who signs the deliveries.")
    allowances: dict[str, dict[str, Annotated[int, Field(ge=0)]]] = Field(
        default_factory=dict,
        description="Kind of source → client id → calls a day of a quota that all clients share; "
        "clients that are not named share the rest.",
    )
    sentiment_model: str = Field(
        default="default",
        description="What judges sentiment: `default`, `core` (the lexicons alone), or a folder "
        "with a model of yours, relative to the workspace.",
    )
    defaults: Defaults = Field(default_factory=Defaults, description="Defaults of every client.")


class Account(Strict):
    """One account that belongs to a brand."""

    network: Network
    handle: str = Field(
        min_length=1, description="Handle on that network; in quotes when it starts with @."
    )


class Brand(Strict):
    """A name to listen for: the client's own brand or a competitor."""

    id: Slug = Field(description="Stable short name; part of the mentions' keys. Never reuse it.")
    name: str = Field(min_length=1, description="As printed.")
    aliases: list[str] = Field(
        default_factory=list,
        description="Other spellings; matched as whole words, whatever their case and accents.",
    )
    match_name: bool = Field(
        default=True,
        description="Set to false when the name alone is too common: only aliases match.",
    )
    required_context: list[str] = Field(
        default_factory=list,
        description="At least one of these must stand in the text too (a homonym's remedy).",
    )
    excluded_context: list[str] = Field(
        default_factory=list, description="None of these may stand in the text."
    )
    accounts: list[Account] = Field(
        default_factory=list,
        description="Accounts that speak for the brand: their posts are its own voice, "
        "and a text that calls their @handle is addressed to it.",
    )
    domains: list[str] = Field(default_factory=list, description="The brand's own web sites.")


class Exclude(Strict):
    """What is noise for this client; excluded items are kept and counted apart."""

    authors: list[str] = Field(default_factory=list, description="Handles, or network:handle.")
    domains: list[str] = Field(default_factory=list, description="Web sites; subdomains included.")
    terms: list[str] = Field(default_factory=list, description="Whole words or phrases.")


class Scope(Strict):
    """A part of the brand with reports of its own: a country, product, person, place, campaign."""

    id: Slug = Field(description="Stable short name.")
    name: str = Field(description="As printed.")
    kind: Literal["country", "product", "spokesperson", "location", "campaign"] = Field(
        description="What the part is."
    )
    brand: Slug | None = Field(
        default=None, description="Brand it belongs to; the first one by default."
    )
    terms: list[str] = Field(default_factory=list, description="At least one must be named.")
    languages: list[str] = Field(default_factory=list, description="Only texts in these languages.")
    places: list[str] = Field(default_factory=list, description="Only items of these places.")
    networks: list[Network] = Field(default_factory=list, description="Only these networks.")

    @model_validator(mode="after")
    def _says_something(self) -> Scope:
        if not (self.terms or self.languages or self.places or self.networks):
            raise PointedError(
                "the scope holds everything", "give it terms, languages, places or networks"
            )
        return self


class Theme(Strict):
    """A subject that the client follows, by the words that speak of it."""

    id: Slug = Field(description="Stable short name; the counts are kept under it.")
    name: str = Field(min_length=1, max_length=40, description="As printed.")
    terms: list[Annotated[str, Field(min_length=1)]] = Field(
        min_length=1,
        description="An item that holds one of these is about it: whole words, whatever their case "
        "and accents, plurals included.",
    )


class Source(Strict):
    """Where mentions come from."""

    id: Slug = Field(description="Stable short name; part of the items' keys.")
    kind: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        description="`file` reads exports that people drop; others ask a site (docs/sources.md).",
    )
    name: str | None = Field(default=None, description="As printed on the data completeness page.")
    mapping: str | None = Field(
        default=None, description="For `file`: the mapping, relative to the workspace."
    )
    options: dict[str, Any] = Field(
        default_factory=dict, description="For other kinds: the connector's own options."
    )
    allow_private: bool = Field(
        default=False,
        description="Let it reach private and loopback addresses (an intranet forum).",
    )
    may_quote: bool = Field(
        default=True,
        description="Whether reports may print its texts; false where the contract with the tool "
        "or the publisher forbids it: links stay.",
    )
    may_name_authors: bool = Field(
        default=True, description="Whether reports may name the authors of its texts."
    )
    minimum_rows: int = Field(
        default=0,
        ge=0,
        description="Fewer items than this in a period of `expected` (a day, a week, a month) that "
        "was measured is a warning, in the report and when it is published; 0: no warning.",
    )
    monthly_calls: int | None = Field(
        default=None,
        ge=1,
        description="A budget of calls a month: from 80 % of it on, each publish warns; nothing is "
        "stopped. `oyez usage` shows what was spent.",
    )
    expected: Literal["daily", "weekly", "monthly", "once"] = Field(
        default="daily",
        description="Each local day, each week, each month of this source holds data, or the "
        "source gives them once; a period that is over and of which nothing is known is told by "
        "`oyez day` and is a printed gap, until its data come.",
    )

    @model_validator(mode="after")
    def _reads_one_way(self) -> Source:
        if (self.kind == "file") != bool(self.mapping):
            raise PointedError(
                "a source of kind file needs a mapping, and no other kind has one",
                "write mapping: mappings/NAME.yml beside kind: file, or remove it",
                "mapping" if self.mapping else "kind",
            )
        return self


class Recipient(Strict):
    """Who receives a report."""

    name: str = Field(description="Person or team.")
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", description="Address of the delivery.")


class Report(Strict):
    """A deliverable: what it shows, how often, to whom."""

    id: Slug = Field(description="Stable short name; part of the edition's key.")
    title: str | None = Field(
        default=None, description="Title on the cover; by default from the cadence."
    )
    format: Literal["full", "small"] = Field(
        default="full",
        description="`full`: a page per section; `small`: two pages for a small business.",
    )
    cadence: Cadence = Field(
        description="How often; each report covers the day, week, month or quarter that just ended."
    )
    scope: Slug | None = Field(
        default=None, description="A brand or scope; by default the first brand."
    )
    week_starts: Weekday | None = Field(
        default=None, description="First day of a weekly report; by default the client's."
    )
    deliver_at: Clock | None = Field(
        default=None, description="Local time of delivery; by default the client's."
    )
    locale: Locale | None = Field(
        default=None, description="Language and country of the pages; by default the client's."
    )
    sections: list[Section] = Field(
        default_factory=list,
        description="Pages, in order; empty: those that have something to say.",
    )
    recipients: list[Recipient] = Field(
        default_factory=list, description="Who receives it; nobody: it is only made."
    )
    approval: Literal["none", "required"] = Field(
        default="none", description="`required`: nothing is sent before a person approved it."
    )


class Event(Strict):
    """A dated fact, drawn on the charts."""

    date: Day = Field(description="Local day, as 2026-05-26.")
    label: str = Field(min_length=1, max_length=60, description="What happened, in a few words.")


class Target(Strict):
    """What the client wants an indicator to reach."""

    at_least: Decimal | None = Field(default=None, description="Reached from this value up.")
    at_most: Decimal | None = Field(default=None, description="Reached from this value down.")

    @model_validator(mode="after")
    def _one_bound(self) -> Target:
        if (self.at_least is None) == (self.at_most is None):
            raise PointedError("a target has one bound", "write either at_least or at_most")
        return self


Component = Literal[
    "net_sentiment",
    "positive_share_of_voice",
    "review_score",
    "response_rate",
    "crisis_free_days",
]
_WEIGHTS: dict[Component, Decimal] = {
    "net_sentiment": Decimal(30),
    "positive_share_of_voice": Decimal(20),
    "review_score": Decimal(25),
    "response_rate": Decimal(15),
    "crisis_free_days": Decimal(10),
}


class ReputationIndex(Strict):
    """How the reputation index of 0 to 100 is put together for this client."""

    weights: dict[Component, Annotated[Decimal, Field(ge=0, le=1000)]] = Field(
        default_factory=lambda: dict(_WEIGHTS),
        description="Component → what it weighs beside the others; one that is left out weighs "
        "nothing. Without `weights`: net_sentiment 30, positive_share_of_voice 20, review_score "
        "25, response_rate 15, crisis_free_days 10.",
    )

    @model_validator(mode="after")
    def _weighs_something(self) -> ReputationIndex:
        if not sum(self.weights.values()):
            raise PointedError(
                "no component weighs anything", "give one component a weight above 0", "weights"
            )
        return self


class OfficeHours(Strict):
    """Opening hours of one weekday, local time, half-open."""

    opens: Clock = Field(description="Local time, as 09:00.")
    closes: Clock = Field(description="Local time; the office answers until just before.")

    @model_validator(mode="after")
    def _in_order(self) -> OfficeHours:
        if self.opens >= self.closes:
            raise PointedError("opens must come before closes", "write an earlier opening")
        return self


class Holidays(Strict):
    """Days on which nobody answers."""

    country: str | None = Field(
        default=None, pattern=r"^[A-Z]{2}$", description="ISO country code: its public holidays."
    )
    dates: list[Day] = Field(default_factory=list, description="Further closed days.")


TargetName = Literal[
    "mention_volume",
    "share_of_voice",
    "net_sentiment",
    "response_rate",
    "first_response_time",
    "review_score",
]


class Client(Strict):
    """One client's file: the subject of the reports, and everything they need."""

    id: Slug = Field(description="Stable short name; equal to the file's name. Never reuse it.")
    name: str = Field(min_length=1, description="As printed.")
    locale: Locale | None = Field(
        default=None, description="Language and country of the pages; by default the agency's."
    )
    timezone: Timezone = Field(description="IANA zone of the client's calendar days.")
    sector: Sector | None = Field(
        default=None,
        description="The trade, where its ordinary words would sound like a crisis elsewhere: an "
        "insurer's accidents, a game's deaths. Left out: every crisis cue counts.",
    )
    theme: Slug | None = Field(
        default=None,
        description="A folder of `themes/`, or a built-in theme; by default the agency's.",
    )
    week_starts: Weekday | None = Field(
        default=None, description="First day of the week; by default the agency's."
    )
    deliver_at: Clock | None = Field(
        default=None, description="Local time of delivery; by default the agency's."
    )
    minimum_n: int | None = Field(
        default=None,
        ge=1,
        description="Under this many cases a rate is printed as a count; by default the agency's.",
    )
    brands: list[Brand] = Field(min_length=1, description="The client's own; the first leads.")
    competitors: list[Brand] = Field(
        default_factory=list, description="The set that share of voice is computed over."
    )
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]] = Field(
        default_factory=lambda: ["fr", "en"],
        min_length=1,
        description="Languages to expect; others are recognised as `other`.",
    )
    scopes: list[Scope] = Field(
        default_factory=list, description="Parts of the brand with reports of their own."
    )
    themes: list[Theme] = Field(
        default_factory=list,
        description="Subjects to count in every report (`theme` is the look of the pages).",
    )
    exclude: Exclude = Field(
        default_factory=Exclude,
        description="Noise: kept, counted apart, in no figure.",
    )
    sources: list[Source] = Field(
        default_factory=list, description="Where mentions come from; none: nothing is measured."
    )
    reports: list[Report] = Field(default_factory=list, description="What is made and delivered.")
    events: list[Event] = Field(
        default_factory=list, description="Dated facts, drawn on the charts of every report."
    )
    targets: dict[TargetName, Target] = Field(
        default_factory=dict,
        description="Indicator → what it should reach, in mentions, percent, points, minutes "
        "or stars.",
    )
    reputation_index: ReputationIndex = Field(
        default_factory=ReputationIndex,
        description="What the reputation index of 0 to 100 weighs.",
    )
    office_hours: dict[Weekday, OfficeHours] = Field(
        default_factory=dict,
        description="Weekday → opening hours; a weekday left out is closed.",
    )
    holidays: Holidays = Field(
        default_factory=Holidays, description="Days on which the office is closed."
    )

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Client:
        for what, keys in (
            ("brand, competitor or scope", ("brands", "competitors", "scopes")),
            ("theme", ("themes",)),
            ("source", ("sources",)),
            ("report", ("reports",)),
        ):
            taken: set[str] = set()
            for key in keys:
                for position, item in enumerate(getattr(self, key)):
                    if item.id in taken:
                        raise PointedError(
                            f"the id `{item.id}` is taken",
                            f"give each {what} its own id",
                            *(key, position, "id"),
                        )
                    taken.add(item.id)
        return self

    @model_validator(mode="after")
    def _names_what_exists(self) -> Client:
        own = [brand.id for brand in self.brands]
        known = own + [scope.id for scope in self.scopes]
        for position, scope in enumerate(self.scopes):
            if scope.brand and scope.brand not in own:
                raise PointedError(
                    f"no brand of the client is `{scope.brand}`",
                    f"write one of: {', '.join(own)}",
                    *("scopes", position, "brand"),
                )
        for position, report in enumerate(self.reports):
            if report.scope and report.scope not in known:
                raise PointedError(
                    f"no brand or scope is `{report.scope}`",
                    f"write one of: {', '.join(known)}",
                    *("reports", position, "scope"),
                )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return ZoneInfo(self.timezone)
