"""Asks the sites of Stack Exchange which questions and answers name a brand.

Where the facts come from (api.stackexchange.com/docs, read in November 2026):

- `/search/excerpts`: questions and answers by free text, `fromdate` and `todate` in epoch seconds;
  its items carry no author, so `/questions/{ids}` and `/answers/{ids}` give the posts themselves,
  with `filter=withbody`, a hundred at once.
- `backoff` on any answer, even a good one: wait so many seconds; 30 calls a second are cut off;
  10,000 calls a day with a key: docs/throttle. `oyez.web` obeys both, and `quota_remaining`.
- Errors come as 400 with `error_id` and `error_name`: docs/error-handling.
- Pages after the 25th need a key: docs/paging. Bodies are HTML; titles and names are escaped.
- Posts are under CC BY-SA: whoever quotes one names its author and links to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from oyez.config.model import Strict
from oyez.errors import SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import (
    Attribution,
    Capabilities,
    Found,
    Gone,
    Missed,
    Query,
    Window,
    Yield,
)
from oyez.sources.credential import Credential
from oyez.sources.plain import plain
from oyez.web import Answer, Verdict, Web

_API = "https://api.stackexchange.com/2.3"
_PAGE = 100
_PAGES, _PAGES_WITHOUT_KEY = 100, 25
_REFUSALS = frozenset({401, 402, 403, 405, 406})
_OWN_DOMAINS = frozenset({"stackoverflow", "serverfault", "superuser", "askubuntu", "stackapps"})

_Sort = Literal["questions", "answers"]


class Options(Strict):
    """What a client's file says of the sites."""

    sites: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]] = Field(
        default_factory=lambda: ["stackoverflow"],
        min_length=1,
        description="Names of the sites as the API knows them: stackoverflow, superuser…",
    )
    terms: list[str] = Field(
        default_factory=list, description="Asked for instead of the brands' names and aliases."
    )


class StackExchange:
    """Questions and answers that name a brand, on one site or several."""

    name: ClassVar[str] = "stackexchange"
    title: ClassVar[str] = "Stack Exchange"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes",
        is_sorted=True,
        needs="key",
        recheck_days=7,
        daily_quota=10_000,
        slice_minutes=15,
        attribution=Attribution(
            "Stack Exchange, its contributors, CC BY-SA", "https://stackoverflow.com/help/licensing"
        ),
    )
    Options: ClassVar[type[Strict]] = Options

    def __init__(self, web: Web, credential: Credential | None) -> None:
        self._web, self._key = web, credential.password if credential else ""
        self.api_url = _API

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield each post written in the window once, site by site.

        Raises:
            SourceThrottled: the day's quota is used up, or the site asks for a longer rest.
            SourceDenied: the key is unknown.
            SourceUnavailable: no sound answer, or no such site.
        """
        for site in query.options.sites:
            found: dict[_Sort, set[int]] = {"questions": set(), "answers": set()}
            for term in query.terms:
                yield from self._search(site, term, window, found)
            for sort, numbers in found.items():
                for one in self._posts(site, sort, numbers):
                    if isinstance(one, Reject) or _is_within(one, window):
                        yield one

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for each post that its site no longer gives."""
        for site in query.options.sites:
            for sort, letter in (("questions", "q"), ("answers", "a")):
                head = f"{site}/{letter}/"
                numbers = {
                    int(one.removeprefix(head))
                    for one in native_ids
                    if one.startswith(head) and one.removeprefix(head).isdigit()
                }
                posts = self._posts(
                    site, "questions" if sort == "questions" else "answers", numbers
                )
                items = [one for one in posts if isinstance(one, Found)]
                yield from items
                there = {one.native_id for one in items}
                for number in sorted(numbers):
                    if f"{head}{number}" not in there:
                        yield Gone(f"{head}{number}")

    def probe(self, query: Query) -> str:
        """Return how many calls are left today."""
        body = self._get("info", {"site": query.options.sites[0]})
        left, most = body.get("quota_remaining"), body.get("quota_max")
        return f"{query.options.sites[0]} answers; {left} of {most} calls left today"

    def _search(
        self, site: str, term: str, window: Window, found: dict[_Sort, set[int]]
    ) -> Iterator[Missed]:
        """Note the ids of the posts that name a term; yield the stretch that was not reached."""
        params = {
            "site": site,
            "q": '"' + term.replace('"', " ") + '"',
            "fromdate": _epoch(window.start),
            "todate": _epoch(window.end),
            "sort": "creation",
            "order": "desc",
            "pagesize": _PAGE,
        }
        reached = window.end
        seen: set[tuple[Any, ...]] = set()
        pages = _PAGES if self._key else _PAGES_WITHOUT_KEY
        for page in range(1, pages + 1):
            body = self._get("search/excerpts", {**params, "page": page})
            shown = tuple((one.get("question_id"), one.get("answer_id")) for one in _items(body))
            for item in _items(body):
                reached = min(reached, _instant(item.get("creation_date")) or reached)
                if _is_number(item.get("answer_id")):
                    found["answers"].add(item["answer_id"])
                elif _is_number(item.get("question_id")):
                    found["questions"].add(item["question_id"])
            if not body.get("has_more"):
                return
            if shown in seen:
                break
            seen.add(shown)
        end = max(reached, window.start)
        if end > window.start:
            reason = f"{site}: the pages of posts for {term!r} do not end at the {page}th"
            yield Missed(window.start, end, "partial", reason)

    def _posts(self, site: str, sort: _Sort, numbers: Iterable[int]) -> Iterator[Found | Reject]:
        wanted = sorted(numbers)
        for start in range(0, len(wanted), _PAGE):
            ids = ";".join(map(str, wanted[start : start + _PAGE]))
            params = {"site": site, "filter": "withbody", "pagesize": _PAGE}
            body = self._get(f"{sort}/{ids}", params)
            if _items(body):
                yield from parse(body, site=site)

    def _get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        if self._key:
            params = {**params, "key": self._key}
        answer = self._web.get(
            f"{self.api_url}/{path}", params=params, read=Answer.json, classify=_classify
        )
        body = answer.json()
        if not isinstance(body, dict) or not isinstance(body.get("items"), list):
            raise SourceUnavailable(f"{answer.url} holds no `items`", action="try again later")
        return body


def parse(body: dict[str, Any], *, site: str = "stackoverflow") -> Iterator[Found | Reject]:
    """Yield the questions and answers of an answer of the API, or why they are none."""
    for row, item in enumerate(_items(body), 1):
        question, answer = item.get("question_id"), item.get("answer_id")
        ref = f"{site}/a/{answer}" if answer else f"{site}/q/{question}"
        if not _is_number(question):
            yield Reject(site, row, "not_a_post", "neither a question nor an answer", item)
        elif not isinstance(item.get("body"), str):
            yield Reject(ref, row, "missing_text", "the post came without its body", item)
        else:
            yield guarded.one(item, ref, row, _found, item, site, ref)


def _found(item: dict[str, Any], site: str, ref: str) -> Found:
    return Found(ref, _data(item, site, ref), item, ref)


def _data(item: dict[str, Any], site: str, ref: str) -> dict[str, Any]:
    owner = item.get("owner")
    owner = owner if isinstance(owner, dict) else {}
    user, score = owner.get("user_id"), item.get("score")
    is_main = site == "stackoverflow"
    answer, question = item.get("answer_id"), f"{site}/q/{item['question_id']}"
    written = _instant(item.get("creation_date"))
    name = owner.get("display_name")
    return {
        "published_at": written.isoformat() if written else None,
        "text": plain(item["body"]),
        "title": None if answer else unescape(str(item.get("title") or "")),
        "url": f"https://{_host(site)}/{'a' if answer else 'q'}/{ref.rpartition('/')[2]}",
        "network": "stackoverflow" if is_main else "stackexchange",
        "channel": "forum",
        "kind": "reply" if answer else "question",
        "author_id": None if user is None else str(user) if is_main else f"{user}@{site}",
        "author_name": unescape(name) if isinstance(name, str) else None,
        "author_url": owner.get("link"),
        "parent_id": question if answer else None,
        "thread_id": question,
        # Votes against are no likes taken back.
        "like_count": score if isinstance(score, int) and score >= 0 else None,
        "reply_count": item.get("answer_count"),
        "view_count": item.get("view_count"),
        "outlet": _host(site),
    }


def _items(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = body.get("items")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_number(value: object) -> bool:
    # `True` is an int to Python, and asking for it spoils the whole request.
    return isinstance(value, int) and not isinstance(value, bool)


def _host(site: str) -> str:
    if site in _OWN_DOMAINS:
        return f"{site}.com"
    if "." in site and site.rpartition(".")[2] in ("com", "net", "org"):
        return site
    if site.rpartition(".")[2] in _OWN_DOMAINS:  # pt.stackoverflow, meta.superuser
        return f"{site}.com"
    return f"{site}.stackexchange.com"


def _epoch(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())


def _instant(seconds: object) -> datetime | None:
    if not isinstance(seconds, int) or not 0 <= seconds < 1 << 35:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _is_within(found: Found, window: Window) -> bool:
    """Keep a post without a date: it is quarantined, not lost."""
    written = found.data["published_at"]
    return written is None or window.holds(datetime.fromisoformat(written))


def _classify(answer: Answer) -> Verdict | None:
    """Read the error that the API wraps into a 400; throttling is known to the HTTP client."""
    if answer.status != 400:
        return None
    try:
        body = json.loads(answer.body)
        number, message = int(body["error_id"]), str(body["error_message"])
    except (ValueError, KeyError, TypeError):
        return None
    if number in _REFUSALS or (number == 400 and "key" in message):
        return Verdict("refused", f"the key: {body.get('error_name')}")
    if number >= 500 and number != 502:
        return Verdict("broken", message)
    return None
