"""Searches the world's online press by GDELT's DOC 2.0: which pages named a term, seen when.

Where the facts come from:
- the last three months, 250 rows a query: blog.gdeltproject.org/gdelt-doc-2-0-api-debuts; so a
  stretch with more is halved, down to GDELT's own step of a quarter of an hour;
- one query every 5 seconds, refused in plain text with 429 or 200, and refused so too when GDELT is
  merely busy: github.com/koala73/worldmonitor/issues/5843 (the HTTP client reads those words);
- alternatives must stand in brackets, a phrase in quotes has five letters or more (a bare word may
  have three), and what GDELT cannot search it says in plain text with status 200; "Your query was
  too short or too long." is also said of good queries under load: public collectors' notes, 2026;
- titles hold escapes that JSON has not: github.com/alex9smith/gdelt-doc-api/pull/47.

What it gives is a headline, an address and an instant: `seendate` is when GDELT saw the page, not
when it was published, and there is no text. Its search reads whole articles; the brand is looked
for in the headline only, so an article that names it further down is landed and is not a mention.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from babel import Locale
from pydantic import Field

from oyez.config.model import Strict
from oyez.errors import SourceUnavailable
from oyez.keys import canonical_url
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import (
    Attribution,
    Capabilities,
    Found,
    Missed,
    Query,
    State,
    Window,
    Yield,
)
from oyez.sources.credential import Credential
from oyez.sources.plain import plain
from oyez.web import Answer, Verdict, Web

API = "https://api.gdeltproject.org/api/v2/doc/doc"
ROWS = 250
STEP = timedelta(minutes=15)
PAUSE_SECONDS = 6.0
# Longer queries are refused or not from one hour to the next.
QUERY_LENGTH = 200
# What GDELT also says under load, and how often it is asked again in spite of it.
_LOAD = "query was too short or too long"
_UNWILLING = 3
# A refusal in HTML speaks of the query; a page of a machine in between does not.
_ABOUT_A_QUERY = re.compile(r"query|phrase|keyword|term|timespan|search|request", re.IGNORECASE)
_SEEN = "%Y%m%dT%H%M%SZ"
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


class Gdelt:
    """GDELT, searched by term and quarter of an hour."""

    name: ClassVar[str] = "gdelt"
    title: ClassVar[str] = "GDELT (online press of the world)"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="partial",
        history_days=85,
        is_sorted=True,
        needs="nothing",
        slice_minutes=15,
        attribution=Attribution("The GDELT Project", "https://www.gdeltproject.org/"),
    )

    class Options(Strict):
        """What to search."""

        terms: list[str] = Field(
            default_factory=list,
            max_length=50,
            description="Instead of the names and aliases of all brands.",
        )
        languages: list[str] = Field(
            default_factory=list,
            description="Only articles in these languages (ISO 639-1: fr, en…); empty: all.",
        )
        max_queries: int = Field(
            default=80,
            ge=1,
            le=1000,
            description="At most so many queries a day; GDELT takes one every 6 seconds.",
        )

    def __init__(
        self,
        web: Web,
        credential: Credential | None = None,
        *,
        base_url: str = API,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web, self._base_url, self._sleep = web, base_url, sleep
        self._query_count = 0

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield each article once; what GDELT would not search, or gave broken, is missed.

        Raises:
            SourceThrottled: GDELT is busy or was asked too often; this is never "no articles".
            SourceUnavailable: down, or nothing but broken answers.
        """
        known: set[str] = set()
        phrases = {term: _phrase(term) for term in query.terms}
        most = query.options.max_queries
        search = _Search(self._ask, lambda: self._query_count >= most, most, len(phrases))
        if unfit := [term for term, phrase in phrases.items() if not phrase]:
            reason = f"too short for GDELT: {', '.join(unfit)} → give the source longer `terms`"
            search.miss(unfit, window, "not_configured", reason)
        languages = _languages(query.options.languages)
        for words in _grouped(list(phrases.values()), QUERY_LENGTH - len(languages)):
            for found in search.of(words, languages, window):
                if isinstance(found, Found):
                    # The service's ends are not half-open for certain: ours are.
                    seen = datetime.fromisoformat(found.data["published_at"])
                    if found.native_id in known or not window.holds(seen):
                        continue
                    known.add(found.native_id)
                yield found
        yield from search.missed()

    def probe(self, query: Query) -> str:
        """Return that GDELT answers, and how many articles it lists of the last day."""
        phrase = next(filter(None, map(_phrase, query.terms)), '"GDELT Project"')
        answer = self._ask({"query": phrase, "timespan": "1d"})
        count = sum(1 for _ in parse(answer.body))
        return f"answers without a key; {count} articles name {phrase} since yesterday"

    def _ask(self, params: dict[str, str]) -> Answer:
        if self._query_count:
            self._sleep(PAUSE_SECONDS)
        self._query_count += 1
        fixed = {"mode": "artlist", "format": "json", "maxrecords": str(ROWS), "sort": "datedesc"}
        return self._web.get(
            self._base_url, params={**params, **fixed}, read=_sound, classify=_verdict
        )


class _Search:
    """Halves and splits what is asked until GDELT can answer it, within a number of queries."""

    def __init__(
        self,
        ask: Callable[[dict[str, str]], Answer],
        is_spent: Callable[[], bool],
        most: int,
        term_count: int,
    ) -> None:
        self._ask, self._is_spent, self._most, self._term_count = ask, is_spent, most, term_count
        self._unwilling = 0
        self._has_answered = False
        self._gaps: list[tuple[Missed, int]] = []

    def miss(self, phrases: list[str], window: Window, state: State, reason: str) -> None:
        """Note that a window was not measured for these phrases."""
        self._gaps.append((Missed(window.start, window.end, state, reason), len(phrases)))

    def missed(self) -> Iterator[Missed]:
        """Yield what was noted; where other terms were searched, the day is partial, not blind."""
        for gap, count in self._gaps:
            is_shared = self._has_answered and count < self._term_count
            yield replace(gap, state="partial") if is_shared else gap

    def of(self, phrases: list[str], languages: str, window: Window) -> Iterator[Found | Reject]:
        """Yield the articles of a window that hold any of the phrases; note what was missed.

        Raises:
            SourceUnavailable: a broken answer; whoever asks tries the halves of the window.
        """
        named = ", ".join(phrases)
        if self._is_spent():
            reason = f"{named}: more than {self._most} queries a day → raise `max_queries`"
            self.miss(phrases, window, "not_asked", reason)
            return
        answer = self._ask(
            {
                "query": _expression(phrases) + languages,
                "startdatetime": f"{window.start:%Y%m%d%H%M%S}",
                "enddatetime": f"{window.end:%Y%m%d%H%M%S}",
            }
        )
        if refusal := _refusal(answer):
            yield from self._refused(phrases, languages, window, refusal)
            return
        halves = _halves(window)
        rows = list(parse(answer.body, ref=f"{named} {window.start:%Y-%m-%d %H:%M}"))
        self._has_answered = True
        yield from rows
        if len(rows) < ROWS:
            return
        if halves:
            for half in halves:
                yield from self.of(phrases, languages, half)
        elif len(phrases) > 1:
            for phrase in phrases:
                yield from self.of([phrase], languages, window)
        else:
            reason = f"{named}: more than {ROWS} articles in a quarter of an hour"
            self.miss(phrases, window, "partial", reason)

    def _refused(
        self, phrases: list[str], languages: str, window: Window, refusal: str
    ) -> Iterator[Found | Reject]:
        is_load = _LOAD in refusal.lower()
        if len(phrases) > 1:
            # One unfit phrase spoils a query; alone, it spoils nothing else.
            for phrase in phrases:
                yield from self.of([phrase], languages, window)
        elif is_load and self._unwilling < _UNWILLING:
            self._unwilling += 1
            yield from self.of(phrases, languages, window)
        else:
            state: State = "source_down" if is_load else "not_configured"
            remedy = "" if is_load else " → give the source other `terms`"
            reason = f"{phrases[0]}: GDELT says “{refusal}”{remedy}"
            self.miss(phrases, window, state, reason)


def parse(body: bytes, *, ref: str = "artlist") -> Iterator[Found | Reject]:
    """Yield the articles of one answer; `{}` means none.

    Raises:
        SourceUnavailable: no JSON, even after mending the escapes.
    """
    for row, article in enumerate(_articles(body), start=1):
        place = f"{ref} #{row}"
        yield guarded.one(article, place, row, _item, article, place, row)


def _item(article: Any, place: str, row: int) -> Found | Reject:
    if not isinstance(article, dict):
        return Reject(place, row, "bad_shape", "an article is no object", article)
    url = str(article.get("url") or "").strip()
    seen = _seen(str(article.get("seendate") or ""))
    if not url:
        return Reject(place, row, "missing_id", "an article has no address", article)
    if not seen:
        return Reject(place, row, "bad_date", f"seendate {article.get('seendate')!r}", article)
    data = {
        "published_at": seen.isoformat(),
        "title": plain(str(article.get("title") or "")),
        "url": url,
        "network": "news",
        "channel": "news",
        "kind": "article",
        "language": _codes().get(str(article.get("language") or "").lower()),
        "outlet": article.get("domain"),
    }
    kept = {key: value for key, value in data.items() if value}
    return Found(canonical_url(url), kept, article, place)


def _articles(body: bytes) -> list[Any]:
    text = body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    for candidate in (text, _ESCAPE.sub(_mended, text)):
        try:
            answer = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        articles = answer.get("articles", []) if isinstance(answer, dict) else None
        if isinstance(articles, list):
            return articles
        break
    raise SourceUnavailable(
        f"GDELT answers with broken JSON: “{text[:60]}…”" if text else "GDELT answers with nothing",
        action="try again later",
    )


def _mended(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else r"\\"


def _verdict(answer: Answer) -> Verdict | None:
    """Read what is peculiar to GDELT: an empty body and a page of HTML are no answers."""
    if answer.status != 200:
        return None
    start = answer.text.lstrip()[:1]
    is_page = start == "<" and (len(answer.body) > 400 or not _ABOUT_A_QUERY.search(answer.text))
    if not start or is_page:
        return Verdict("broken", "a page instead of articles" if start else "an empty answer")
    return None


def _sound(answer: Answer) -> object:
    """Read an answer within the attempt, so that broken JSON is asked again; a sentence is none."""
    return _refusal(answer) or _articles(answer.body)


def _refusal(answer: Answer) -> str | None:
    """Return GDELT's own sentence, where it stands in place of the articles."""
    text = answer.text.strip()
    return None if text.startswith(("{", "[")) else " ".join(plain(text).split())[:200]


def _phrase(term: str) -> str | None:
    """Return a term as GDELT can search it, or None: it is too short."""
    words = " ".join(re.sub(r'["()]', " ", term).split())
    if re.fullmatch(r"\w{3,}", words):
        return words
    return f'"{words}"' if len(words) >= 5 else None


def _expression(phrases: list[str]) -> str:
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def _grouped(phrases: list[str | None], length: int) -> Iterator[list[str]]:
    """Yield the phrases in groups whose expression is no longer than that."""
    group: list[str] = []
    for phrase in dict.fromkeys(filter(None, phrases)):
        if group and len(_expression([*group, phrase])) > length:
            yield group
            group = []
        group.append(phrase)
    if group:
        yield group


def _languages(codes: list[str]) -> str:
    names = {code: name for name, code in _codes().items()}
    asked = [f"sourcelang:{names[code].replace(' ', '')}" for code in codes if code in names]
    return f" {_expression(asked)}" if asked else ""


@cache
def _codes() -> dict[str, str]:
    """GDELT writes languages by their English names."""
    english = Locale.parse("en").languages
    return {name.lower(): code for code, name in english.items() if len(code) == 2}


def _halves(window: Window) -> tuple[Window, ...]:
    """Return the two halves of a window, cut at a step, or none if it is one step."""
    steps = (window.end - window.start) / STEP
    if steps <= 1:
        return ()
    middle = window.start + STEP * max(1, round(steps / 2))
    return (Window(window.start, middle), Window(middle, window.end)) if middle < window.end else ()


def _seen(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), _SEEN)  # noqa: DTZ007  naive UTC by convention
    except ValueError:
        return None
