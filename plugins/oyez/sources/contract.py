"""What a connector is: a name, what its site allows, and `fetch`.

A connector is one file. It composes the HTTP client, yields what it found in a window and says what
it missed; it knows nothing of landing, coverage, the warehouse or Airflow. There is no base class.

    class Example:
        name = "example"
        title = "Example forum"
        capabilities = Capabilities(past_day="yes", is_sorted=True, needs="nothing")

        class Options(Strict):
            url: str

        def __init__(self, web, credential): ...
        def fetch(self, query, window): yield Found(...)
        def probe(self, query): return "answers as @account"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from pydantic import BaseModel

from oyez.config.model import Brand, Strict
from oyez.landing import Attention, Reject
from oyez.sources.credential import Credential
from oyez.web import Web

State = Literal["partial", "throttled", "auth_failed", "source_down", "not_configured", "not_asked"]


@dataclass(frozen=True)
class Window:
    """A stretch of time to be collected: naive UTC, half-open."""

    start: datetime
    end: datetime

    def holds(self, instant: datetime) -> bool:
        """Tell whether a naive UTC instant lies in the window."""
        return self.start <= instant < self.end

    @property
    def utc_day(self) -> date:
        """The UTC day that most of the window lies in, for what is only counted by UTC days."""
        return (self.start + (self.end - self.start) / 2).date()


@dataclass(frozen=True)
class Attribution:
    """Whom a report must name where it uses a site's content: the words, and an address."""

    text: str
    url: str


@dataclass(frozen=True)
class Capabilities:
    """What a site allows; the collector, the report and `docs/sources.md` read it.

    Attributes:
        past_day: whether any past day can be asked for (`yes`), only recent ones (`partial`, see
            `history_days`), or only what is new now (`no`).
        is_sorted: whether pages come strictly newest first, so that paging may stop at the first
            item older than the window.
        needs: what must be obtained first: nothing, a free `key`, an `account` of ours, or the
            `owner`'s consent (the client's own page or forum).
        history_days: how far back `partial` reaches.
        retention_days: after so many days words and names must be deleted; None: no limit known.
        attribution: whom the report names on its methods page; None: the site asks for nothing.
        may_show_text: whether a report may quote.
        may_show_author: whether a report may name the author.
        recheck_days: so many days deletions are looked for; 0: the site cannot be asked.
        pool_slots: how many requests at once the site tolerates from us.
        daily_quota: units a day for all clients together; None: no fixed number.
        quota_unit: what that quota counts, in the plural.
        quota_zone: IANA zone whose midnight begins it anew.
        slice_minutes: the narrowest window that it is worth asking for when the answer for a wider
            one is broken (`halving.py`); 0: the site is not told the window.
        quality: `mention`, or `attention`: what it counts has no writer and no words. It yields
            `Attention` for each of its subjects and days, with a reason where there is no count,
            however it ends; its options name the brands it asks about under `articles`.
    """

    past_day: Literal["yes", "partial", "no"]
    is_sorted: bool
    needs: Literal["nothing", "key", "account", "owner"]
    history_days: int | None = None
    retention_days: int | None = None
    may_show_text: bool = True
    may_show_author: bool = True
    attribution: Attribution | None = None
    recheck_days: int = 0
    pool_slots: int = 1
    daily_quota: int | None = None
    quota_unit: str = "calls"
    quota_zone: str = "UTC"
    slice_minutes: int = 0
    quality: Literal["mention", "attention"] = "mention"


@dataclass(frozen=True)
class Query:
    """What to look for.

    Attributes:
        client_id: for messages.
        source_id: for messages.
        terms: names and aliases of all brands, or the `terms` of the source's options; the site is
            asked for these, the matcher decides later what they are about.
        brands: the client's brands and competitors, for connectors that need accounts or domains.
        languages: the client's, ISO 639-1.
        options: the connector's own options, validated.
    """

    client_id: str
    source_id: str
    terms: tuple[str, ...]
    brands: tuple[Brand, ...]
    languages: tuple[str, ...]
    options: Any


@dataclass(frozen=True)
class Found:
    """One item, as its site gave it and in canonical fields (`config/mapping.py`, `Field_`).

    `data` need not be clean: dates are ISO text (with offset, or UTC), counts are numbers or text;
    the collector normalises, and quarantines what cannot be read. `ref` says where it stood.
    """

    native_id: str
    data: dict[str, Any]
    raw: Any
    ref: str


@dataclass(frozen=True)
class Missed:
    """A stretch of the window that was not measured, and why; naive UTC, half-open."""

    start: datetime
    end: datetime
    state: State
    reason: str


@dataclass(frozen=True)
class Gone:
    """An item that the site no longer has."""

    native_id: str


Yield: TypeAlias = Found | Missed | Reject | Attention


class Source(Protocol):
    """A connector; see the module."""

    name: ClassVar[str]
    title: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    Options: ClassVar[type[BaseModel]]

    # A connector may also ask, by name, for `sessions` (logins that outlive a task), `memory`
    # (facts that do), `documents` (answers that do, for "not modified"), `allowance` (its client's
    # share of a quota that all clients use up together) and `tell` (says what somebody should do,
    # although nothing failed).
    def __init__(self, web: Web, credential: Credential | None, **offered: Any) -> None: ...

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield what the site has of the window, in any order, duplicates allowed.

        Raises:
            SourceThrottled: come back later; what was yielded before is kept.
            SourceDenied: the credential is refused.
            SourceUnavailable: the site is down; what was yielded before is kept.
        """
        ...

    def probe(self, query: Query) -> str:
        """Return one sentence that proves the access works; raises what `fetch` raises."""
        ...


class Rechecks(Protocol):
    """A connector that can tell which items still exist."""

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for each item that the site no longer has, `Found` for those it has."""
        ...


class NoOptions(Strict):
    """For connectors without options."""


@dataclass
class Spent:
    """What a collection cost: calls, bytes and units of a quota."""

    calls: int = 0
    bytes: int = 0
    cost: int = 0
    by_host: dict[str, int] = field(default_factory=dict)

    def __call__(self, host: str, status: int, size: int, cost: int = 1) -> None:
        """Count one call; the HTTP client's ledger."""
        self.calls += 1
        self.bytes += size
        self.cost += cost
        self.by_host[host] = self.by_host.get(host, 0) + 1
