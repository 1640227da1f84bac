"""Counts how often Wikipedia articles about the brands were read: a number an article and day.

Where the facts come from (doc.wikimedia.org, Analytics API, read in November 2026):
- a day is loaded some hours after its end, at times more than 24 hours; zeros are left out; so a
  404, or a day missing from an answer, means "zero or not loaded", and the API cannot tell which:
  …/documentation/troubleshooting.html;
- no fixed limit, one request after the other, a User-Agent with a contact, CC0:
  …/documentation/access-policy.html;
- what is read through a redirect counts for the redirect, not for the article: …/concepts/
  page-views.html; `user` leaves out what is known to be a program (same page);
- the shape of an answer: a recorded one in github.com/Commonists/pageview-api/issues/5;
- titles carry underscores for spaces, their first letter is large: wikitech, Pageviews/Redirects.
Not re-checked: the first day, 2015-07-01 (design notes), and the shape of what MediaWiki's
`action=query&redirects` answers, which only `probe` reads.

It yields `Attention` and nothing else: a reader is nobody's mention (decision 0042).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from pydantic import Field, field_validator

from oyez.config.model import Strict
from oyez.errors import ConfigError, SourceError, SourceUnavailable
from oyez.landing import Attention, Reject
from oyez.sources.contract import Capabilities, Query, Window
from oyez.sources.credential import Credential
from oyez.web import Answer, Web, accepting

API = "https://wikimedia.org/api/rest_v1/metrics/pageviews/per-article"
MEASURE = "wikipedia_views"
FIRST_DAY = date(2015, 7, 1)
# One request gives any number of days, so a day whose count came late is asked again for long.
LATE_DAYS = 14
# So long after its end a day that a later one has overtaken is loaded, and was not read.
SETTLED = timedelta(hours=48)
_ONE_DAY = timedelta(days=1)
_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?P<code>[a-z][a-z0-9-]*)(?:\.m)?\.wikipedia(?:\.org)?(?:/wiki)?/(?P<title>.+)",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"[#<>\[\]|{}\x00-\x1f\x7f\ufffd]")
_STAMP = re.compile(r"\d{8}(?:00)?")


@dataclass(frozen=True, order=True)
class Article:
    """One article of one Wikipedia; `str()` is its subject, `fr.wikipedia/Maison_Verdier`."""

    project: str
    title: str

    def __str__(self) -> str:
        return f"{self.project}/{self.title}"

    @classmethod
    def read(cls, text: str) -> Article:
        """Return the article that a person names, by `fr.wikipedia/Title` or by its address.

        Raises:
            ValueError: it names none; says how to write one.
        """
        found = _ADDRESS.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} names no article: write fr.wikipedia/Maison_Verdier")
        title = found["title"]
        if found["scheme"]:
            title = re.split(r"[?#]", title, maxsplit=1)[0]
        title = unicodedata.normalize("NFC", unquote(title))
        title = re.sub(r"[ _\u00a0]+", "_", title).strip("_")
        if not title or _FORBIDDEN.search(title):
            raise ValueError(f"{text!r}: no article has this title")
        first = title[0].upper()
        if len(first) == 1:  # ß has no large form of one letter
            title = first + title[1:]
        return cls(f"{found['code'].lower()}.wikipedia", title)


@dataclass(frozen=True)
class _Counts:
    """What one answer says of an article.

    Attributes:
        views: UTC day → readings; a day is missing if it was not read, or is not loaded yet.
        is_whole: whether all of the answer could be read, so that a missing day is no broken row.
    """

    views: dict[date, int]
    is_whole: bool

    def on(self, day: date, now: datetime) -> tuple[int | None, str | None]:
        """Return a day's readings, or None and why they are not known."""
        end = datetime.combine(day + _ONE_DAY, time())
        if day in self.views:
            return self.views[day], None
        if day < FIRST_DAY:
            return None, f"nothing was counted before {FIRST_DAY}"
        if end > now:
            return None, "the UTC day is not over"
        if not self.is_whole:
            return None, "a part of the answer could not be read"
        if now - end < SETTLED:
            return None, "not loaded yet"
        if any(later > day for later in self.views):
            return 0, None
        return None, "no count of it or of a later day: zero, or not loaded"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


class Wikipedia:
    """Readings of Wikipedia articles by people, a UTC day."""

    name: ClassVar[str] = "wikipedia"
    title: ClassVar[str] = "Wikipedia (page views)"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=True, needs="nothing", pool_slots=1, quality="attention"
    )

    class Options(Strict):
        """What to count."""

        articles: dict[str, list[str]] = Field(
            min_length=1,
            description="Brand id → its articles, as `fr.wikipedia/Maison_Verdier` or by their "
            "address; one request each a day.",
        )

        @field_validator("articles")
        @classmethod
        def _named(cls, articles: dict[str, list[str]]) -> dict[str, list[str]]:
            named = {
                brand: list(dict.fromkeys(str(Article.read(one)) for one in texts))
                for brand, texts in articles.items()
            }
            if empty := [brand for brand, texts in named.items() if not texts]:
                raise ValueError(f"{', '.join(empty)}: name at least one article")
            return named

    def __init__(
        self,
        web: Web,
        credential: Credential | None = None,
        *,
        base_url: str = API,
        wiki_url: Callable[[str], str] = "https://{}.org".format,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._web, self._base_url, self._wiki_url, self._clock = web, base_url, wiki_url, clock

    def fetch(self, query: Query, window: Window) -> Iterator[Attention | Reject]:
        """Yield the readings of the window's UTC day, and of those before it that may come late.

        Every article has a row for every one of these days, however it ends.

        Raises:
            ConfigError: an article is listed for a brand that the client has not.
            SourceThrottled: too many requests.
            SourceUnavailable: no sound answer.
        """
        now = self._clock()
        today, day = now.date(), window.utc_day
        first = min(day - _ONE_DAY, today - timedelta(days=LATE_DAYS))
        # Later days are asked for too: they tell a day that nobody read from one not loaded yet.
        last = min(today - _ONE_DAY, day + timedelta(days=LATE_DAYS))
        problem: SourceError | None = None
        for brand_id, article in _listed(query):
            counts = _Counts({}, is_whole=True)
            if problem is None and last >= FIRST_DAY:
                try:
                    answer = self._ask(article, max(first, FIRST_DAY), last)
                    counts, rejects = parse(answer, str(article))
                    yield from rejects
                except SourceError as failure:
                    problem = failure  # whoever comes next would fail alike
            for number in range((day - first).days + 1):
                one = first + timedelta(days=number)
                value, reason = counts.on(one, now)
                if problem and not counts.views and FIRST_DAY <= one < today:
                    value, reason = None, problem.message
                yield Attention(brand_id, MEASURE, str(article), one, value, reason)
        if problem:
            raise problem

    def probe(self, query: Query) -> str:
        """Return that the counts are open, and which titles are no articles but redirects.

        Raises:
            ConfigError: a title that its Wikipedia has not.
        """
        articles = list(dict.fromkeys(article for _, article in _listed(query)))
        today = self._clock().date()
        answer = self._ask(articles[0], today - timedelta(days=7), today - _ONE_DAY)
        counts, _ = parse(answer, str(articles[0]))
        told = [
            f"answers without a key; {articles[0]} was read {sum(counts.views.values()):,} times "
            f"on {len(counts.views)} of the last 7 days"
        ]
        for article in articles:
            target = self._target(article, query)
            if target != article.title:
                told.append(f"{article} redirects to {target}, which is counted apart → list both")
        return "; ".join(told)

    def _ask(self, article: Article, first: date, last: date) -> Answer:
        title = quote(article.title, safe="")
        return self._web.get(
            f"{self._base_url}/{article.project}/all-access/user/{title}/daily"
            f"/{first:%Y%m%d}00/{last:%Y%m%d}00",
            classify=accepting(404),
            read=_body,
        )

    def _target(self, article: Article, query: Query) -> str:
        """Return the title under which a Wikipedia keeps an article: its own, if no redirect."""
        answer = self._web.get(
            f"{self._wiki_url(article.project)}/w/api.php",
            params={
                "action": "query",
                "format": "json",
                "formatversion": "2",
                "redirects": "1",
                "titles": article.title.replace("_", " "),
            },
            read=Answer.json,
        )
        body = answer.json()
        found = body.get("query") if isinstance(body, dict) else None
        pages = found.get("pages") if isinstance(found, dict) else None
        page = pages[0] if isinstance(pages, list) and pages else {}
        if not isinstance(page, dict) or page.get("missing") or not page.get("title"):
            raise ConfigError(
                f"{article.project} has no article {article.title!r}",
                client=query.client_id,
                source=query.source_id,
                action="copy its address from the browser into the source's `articles`",
            )
        return str(page["title"]).replace(" ", "_")


def parse(answer: Answer, subject: str) -> tuple[_Counts, list[Reject]]:
    """Return the counts of one answer, and the rows of it that could not be read."""
    views: dict[date, int] = {}
    rejects: list[Reject] = []
    items = [] if answer.status == 404 else _body(answer)["items"]
    for row, item in enumerate(items, start=1):
        day, count = _row(item)
        if day is None or count is None:
            reason = "bad_date" if day is None else "bad_number"
            detail = "a count without a day" if day is None else "a day without a count"
            rejects.append(Reject(f"{subject} #{row}", row, reason, detail, item))
        else:
            views[day] = count
    return _Counts(views, is_whole=not rejects), rejects


def _row(item: Any) -> tuple[date | None, int | None]:
    if not isinstance(item, dict):
        return None, None
    stamp, views = str(item.get("timestamp")), item.get("views")
    day = None
    if _STAMP.fullmatch(stamp):
        with suppress(ValueError):
            day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    is_count = isinstance(views, int) and not isinstance(views, bool) and views >= 0
    return day, views if is_count else None


def _body(answer: Answer) -> dict[str, Any]:
    """Return the answer's object; a 404 says in JSON that there is no count."""
    body = answer.json()
    if isinstance(body, dict) and (answer.status == 404 or isinstance(body.get("items"), list)):
        return body
    raise SourceUnavailable(
        f"no counts in the answer from {answer.url}",
        action="try again later; if it lasts, the site's API has changed",
    )


def _listed(query: Query) -> list[tuple[str, Article]]:
    """Return each brand's articles, in the order of the client's file."""
    articles: dict[str, list[str]] = query.options.articles
    known = [brand.id for brand in query.brands]
    if strange := [brand for brand in articles if brand not in known]:
        raise ConfigError(
            f"`articles` names {', '.join(strange)}, no brand of the client",
            client=query.client_id,
            source=query.source_id,
            action=f"write one of its brand ids: {', '.join(known)}",
        )
    return [(brand, Article.read(one)) for brand, texts in articles.items() for one in texts]
