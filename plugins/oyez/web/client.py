"""The one HTTP client: what every connector asks the world with.

One attempt is "request, read, understand": a body that is cut, a page instead of JSON or a polite
refusal with status 200 fail the attempt as surely as a reset. Four attempts, full jitter between
them; a wait that the site asks for is slept if it is a minute or less, else told to the caller, who
comes back in another task instead of holding this one.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests

from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
from oyez.web import redirect
from oyez.web import robots as robots_txt
from oyez.web.address import Resolve, check_url, system_resolve
from oyez.web.agent import product
from oyez.web.answer import Answer, Conditional
from oyez.web.body import ACCEPT_ENCODING
from oyez.web.connection import Gate
from oyez.web.exchange import Exchange, Failure, Ledger, host_of
from oyez.web.limits import wait_of
from oyez.web.pace import Pace
from oyez.web.people import without_people
from oyez.web.redact import Secrets, guard_logs
from oyez.web.verdict import Classify, Verdict, judge

ATTEMPTS = 4
LONGEST_SLEEP_SECONDS = 60.0
_BACKOFF_FIRST_SECONDS, _BACKOFF_MOST_SECONDS = 1.0, 30.0
# A site that says "too often" and not until when: 10, 20, 40 seconds, then the caller's turn.
_UNSAID_SECONDS = 10.0
_QUOTED = 80

log = logging.getLogger(__name__)

Params = Mapping[str, Any] | Iterable[tuple[str, Any]]


def utc_now() -> datetime:
    """Return the present, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class _Call:
    """What a connector asked for."""

    request: requests.PreparedRequest
    read: Callable[[Answer], object] | None = None
    classify: Classify | None = None
    is_robots_bound: bool = False
    conditional: Conditional = field(default_factory=Conditional)
    cost: int = 1
    max_bytes: int | None = None
    may_cut: bool = False


@dataclass(frozen=True)
class _Understood:
    """An answer, its meaning, and the host whose patience it concerns."""

    answer: Answer
    verdict: Verdict
    host: str


class Web:
    """A polite, patient and discreet HTTP client, for one task.

    Args:
        user_agent: who asks; see `agent.user_agent`.
        allow_private: whether addresses of our own network may be asked.
        deadline_seconds: longest time of one exchange, from connection to last byte.
        max_bytes: longest body, after decompression.
        task_seconds: longest time of all calls together, waits included, from now on.
        ledger: told of every exchange, so that calls can be counted by client and month.
        pace: shared by the clients of a process that must not ask one host at the same time.
        start_jitter_seconds: the first call waits for a part of it, so that two hundred tasks that
            start on the hour do not ask in the same second.
        client: named in errors.
        source: named in errors.
        clock: gives the present, naive UTC.
        sleep: waits, in seconds.
        chance: gives a number from 0 to 1, for jitter.
        resolve: gives a name's IP addresses.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_private: bool = False,
        deadline_seconds: float = 60.0,
        max_bytes: int = 20 * 1024 * 1024,
        task_seconds: float = 1800.0,
        ledger: Ledger | None = None,
        pace: Pace | None = None,
        start_jitter_seconds: float = 0.0,
        client: str | None = None,
        source: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._user_agent, self._allow_private = user_agent, allow_private
        self._deadline_seconds, self._max_bytes = deadline_seconds, max_bytes
        self._pace, self._start_jitter_seconds = pace or Pace(), start_jitter_seconds
        self._place = {"client": client, "source": source}
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._ends_at = clock() + timedelta(seconds=task_seconds)
        self._secrets = Secrets()
        guard_logs(self._secrets)
        gate = Gate(resolve, allow_private=allow_private)
        self._exchange = Exchange(gate, self._secrets, clock, ledger)
        # By site and day: (scheme and host, ISO day) → its rules.
        self._rules: dict[tuple[str, str], robots_txt.Rules] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    def hide(self, *secrets: str) -> None:
        """Keep these values out of answers, logs and errors, wherever they may stand."""
        self._secrets.learn(*secrets)

    def clean(self, text: str) -> str:
        """Return a text without the secrets that this client knows."""
        return self._secrets.clean(text)

    def get(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        read: Callable[[Answer], object] | None = None,
        classify: Classify | None = None,
        robots: bool = False,
        conditional: Conditional | None = None,
        cost: int = 1,
    ) -> Answer:
        """Return the site's answer.

        Args:
            url: http or https.
            params: added to its query.
            headers: beside our own.
            read: understands the answer within the attempt, so that nonsense is asked again:
                usually `Answer.json`. It raises SourceUnavailable or ValueError.
            classify: the connector's own reading; None from it leaves the verdict to `judge`.
            robots: obey robots.txt; for feeds and pages, not for APIs.
            conditional: what we hold of the page; an unchanged one gives `not_modified`.
            cost: what the call costs in the site's own units.

        Raises:
            SourceThrottled: the site wants more than a minute of rest; come back at `until`.
            SourceDenied: credential, robots.txt or address: asking again will not help.
            SourceUnavailable: no sound answer after four attempts; try again later.
        """
        conditional = conditional or Conditional()
        request = self._prepare(
            "GET", url, params=params, headers={**conditional.headers, **(headers or {})}
        )
        return self._ask(_Call(request, read, classify, robots, conditional, cost))

    def post(
        self,
        url: str,
        *,
        json: Any = None,
        data: Mapping[str, Any] | bytes | None = None,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        read: Callable[[Answer], object] | None = None,
        classify: Classify | None = None,
        cost: int = 1,
    ) -> Answer:
        """Return the site's answer to a question or a login; either may be sent several times.

        Args:
            url: http or https.
            json: body, sent as JSON.
            data: body, sent as a form, or as it is if bytes.
            params: as for `get`.
            headers: as for `get`.
            read: as for `get`.
            classify: as for `get`.
            cost: as for `get`.

        Raises:
            SourceThrottled: as for `get`.
            SourceDenied: as for `get`.
            SourceUnavailable: as for `get`; also if another host should get the body.
        """
        self._secrets.learn_json(json)
        if isinstance(data, Mapping):
            self._secrets.learn_json(dict(data))
        request = self._prepare("POST", url, params=params, headers=headers, json=json, data=data)
        return self._ask(_Call(request, read, classify, cost=cost))

    def _prepare(
        self, method: str, url: str, *, headers: Mapping[str, str] | None, **parts: Any
    ) -> requests.PreparedRequest:
        own = {"User-Agent": self._user_agent, "Accept-Encoding": ACCEPT_ENCODING, "Accept": "*/*"}
        self._secrets.learn_url(url)
        self._secrets.learn_headers(headers or {})
        self._check_url(url)
        problem = ""
        try:
            request = requests.Request(
                method, url, headers={**own, **(headers or {})}, **parts
            ).prepare()
        except (requests.RequestException, ValueError) as error:
            problem = self._secrets.clean(str(error))
        if problem:
            raise SourceDenied(
                f"this cannot be asked: {problem}", action="correct the address", **self._place
            )
        # With its parameters; and the Authorization that `requests` makes of user:password@host.
        self._secrets.learn_url(request.url or "")
        self._secrets.learn_headers(request.headers)
        return request

    def _ask(self, call: _Call) -> Answer:
        if self._start_jitter_seconds:
            self._sleep(self._chance() * self._start_jitter_seconds)
            self._start_jitter_seconds = 0.0
        reason, is_last, is_answered = "", False, True
        for attempt in range(ATTEMPTS):
            is_last = attempt == ATTEMPTS - 1
            outcome = self._attempt(call)
            if isinstance(outcome, Failure):
                reason, may_retry = outcome.reason, outcome.may_retry
                is_answered = outcome.is_answered
            elif outcome.verdict.kind in ("ok", "empty"):
                is_empty = outcome.verdict.kind == "empty"
                return replace(outcome.answer, is_empty=is_empty) if is_empty else outcome.answer
            elif outcome.verdict.kind == "throttled":
                self._yield_to(outcome, attempt)
                continue
            else:
                reason = outcome.verdict.reason + self._quote(outcome.answer)
                may_retry, is_answered = outcome.verdict.may_retry, True
                if outcome.verdict.kind == "refused":
                    raise SourceDenied(
                        f"{without_people(outcome.answer.url)} refuses us: {reason}",
                        action="check the credential and what it may read",
                        **self._place,
                    )
            if not may_retry or is_last:
                break
            self._back_off(call, attempt, reason)
        times = f" ({ATTEMPTS} attempts)" if is_last else ""
        raise SourceUnavailable(
            f"no answer from {self._shown(call)}{times}: {reason}",
            action="try again later" if may_retry else "check the address",
            is_answered=is_answered,
            **self._place,
        )

    def _attempt(self, call: _Call) -> _Understood | Failure:
        """Make one attempt: all redirects, the body, its meaning."""
        request, moved_to, is_for_good = call.request, None, True
        for number in range(redirect.MOST + 1):
            if call.is_robots_bound:
                self._check_robots(request)
            outcome = self._take_turn(request, call, cost=0 if number else call.cost)
            if call.is_robots_bound:
                self._keep_distance(request)
            if isinstance(outcome, Failure):
                return outcome
            answer, location = outcome
            if location is None:
                answer = replace(answer, moved_to=moved_to, conditional=call.conditional)
                return self._understand(call, answer, host_of(request.url))
            problem = ""
            try:
                request = redirect.follow(request, location, answer.status)
            except redirect.RedirectError as error:
                problem = str(error)
            if problem:
                return Failure(problem, may_retry=False)
            self._secrets.learn_url(request.url or "")
            self._check_url(request.url or "")
            is_for_good = is_for_good and answer.status in (301, 308)
            moved_to = request.url if is_for_good else moved_to
        return Failure(f"more than {redirect.MOST} redirects", may_retry=False)

    def _take_turn(
        self, request: requests.PreparedRequest, call: _Call, *, cost: int
    ) -> tuple[Answer, str | None] | Failure:
        """Ask once, when the host is free and willing; note what it says of the next time."""
        host = host_of(request.url)
        with self._pace.turn(host, self._left()) as is_ours:
            if not is_ours:
                return Failure(f"{host} was busy with our other calls", False, False)
            self._wait_for(host, self._secrets.clean(request.url or ""))
            seconds = min(self._deadline_seconds, self._left())
            if seconds <= 0:
                return Failure("the time of this task is over", False, False)
            with self._placed():
                outcome = self._exchange.send(
                    request,
                    seconds=seconds,
                    max_bytes=call.max_bytes or self._max_bytes,
                    may_cut=call.may_cut,
                    cost=cost,
                )
            if not isinstance(outcome, Failure) and (wait := wait_of(outcome[0])) and wait.until:
                self._pace.defer(host, wait.until)
            return outcome

    def _wait_for(self, host: str, shown: str) -> None:
        until = self._pace.not_before(host)
        if until is None or until <= self._clock():
            return
        if self._is_too_far(until):
            raise self._throttled(shown, until, "the site asked for a pause")
        log.info("waiting until %s UTC for %s", until.isoformat(" ", "seconds"), host)
        self._sleep((until - self._clock()).total_seconds())

    def _understand(self, call: _Call, answer: Answer, host: str) -> _Understood | Failure:
        verdict = (call.classify(answer) if call.classify else None) or judge(answer)
        if verdict.kind in ("ok", "empty") and call.read and answer.status not in (304, 410):
            problem = ""
            try:
                call.read(answer)
            except (SourceUnavailable, ValueError) as error:
                problem = self._secrets.clean(str(error))
            if problem:
                return Failure(problem)
        return _Understood(answer, verdict, host)

    def _yield_to(self, refusal: _Understood, attempt: int) -> None:
        """Keep away from a host that had enough; raise if the wait is not for this task."""
        answer, verdict = refusal.answer, refusal.verdict
        until, wait = verdict.until, wait_of(answer)
        if verdict.wait_seconds is not None:
            until = answer.fetched_at + timedelta(seconds=verdict.wait_seconds)
        said = until or (wait.until if wait else None)
        if said is None:
            seconds = _UNSAID_SECONDS * 2**attempt * (1 + 0.2 * self._chance())
            until = answer.fetched_at + timedelta(seconds=seconds)
        else:
            # A wait of nothing, asked for again and again, must not become a hammer.
            until = max(said, answer.fetched_at + timedelta(seconds=self._jitter(attempt)))
        self._pace.defer(refusal.host, until)
        if attempt == ATTEMPTS - 1 or self._is_too_far(until):
            raise self._throttled(without_people(answer.url), said and until, verdict.reason)

    def _back_off(self, call: _Call, attempt: int, reason: str) -> None:
        seconds = min(self._jitter(attempt), max(self._left(), 0.0))
        log.warning("asking %s again in %.1f s: %s", self._shown(call), seconds, reason)
        self._sleep(seconds)

    def _jitter(self, attempt: int) -> float:
        """Full jitter: anything from nothing to the exponential wait, in seconds."""
        exponential = _BACKOFF_FIRST_SECONDS * 2.0**attempt
        return self._chance() * min(_BACKOFF_MOST_SECONDS, exponential)

    def _check_url(self, url: str) -> None:
        with self._placed():
            check_url(url, allow_private=self._allow_private)

    @contextmanager
    def _placed(self) -> Iterator[None]:
        """Name the client and the source in a refusal from a layer that does not know them."""
        try:
            yield
        except SourceDenied as refusal:
            refusal.client, refusal.source = self._place["client"], self._place["source"]
            raise

    def _check_robots(self, request: requests.PreparedRequest) -> None:
        """Refuse what the site's robots.txt asks programs not to read."""
        url = request.url or ""
        if not self._rules_of(url).allows(url):
            raise SourceDenied(
                f"robots.txt of {host_of(url)} asks programs not to read "
                f"{self._secrets.clean(urlsplit(url).path or '/')}",
                action="remove this address, or ask the site's owner for leave",
                **self._place,
            )

    def _keep_distance(self, request: requests.PreparedRequest) -> None:
        """Take the pace that robots.txt asks for."""
        seconds = self._rules_of(request.url or "").delay_seconds
        if seconds:
            self._pace.defer(host_of(request.url), self._clock() + timedelta(seconds=seconds))

    def _rules_of(self, url: str) -> robots_txt.Rules:
        site = f"{urlsplit(url).scheme}://{host_of(url)}"
        key = (site, self._clock().date().isoformat())
        if key not in self._rules:
            self._rules[key] = self._fetch_rules(f"{site}/robots.txt")
        return self._rules[key]

    def _fetch_rules(self, url: str) -> robots_txt.Rules:
        call = _Call(
            self._prepare("GET", url, headers=None),
            # Any refusal but "too often" means that there are no rules (RFC 9309, 2.3.1.3).
            classify=lambda answer: (
                Verdict("ok") if 400 <= answer.status < 500 and answer.status != 429 else None
            ),
            cost=0,
            max_bytes=robots_txt.MAX_BYTES,
            may_cut=True,
        )
        problem = ""
        try:
            answer = self._ask(call)
        except SourceUnavailable as error:
            problem = error.message
        if problem:
            # A site that cannot say its rules may have any (RFC 9309, 2.3.1.4).
            raise SourceUnavailable(
                f"the site's rules for programs could not be read, so nothing was: {problem}",
                action="try again later",
                is_answered=False,
                **self._place,
            )
        if answer.status >= 400:
            return robots_txt.Rules()
        return robots_txt.parse(answer.text, product(self._user_agent))

    def _quote(self, answer: Answer) -> str:
        """The beginning of what the site says, for a message."""
        said = " ".join(self._secrets.clean(answer.text[:2000]).split())[:_QUOTED]
        return f": “{said}”" if said else ""

    def _shown(self, call: _Call) -> str:
        return without_people(self._secrets.clean(call.request.url or ""))

    def _left(self) -> float:
        """How many seconds the task still has."""
        return (self._ends_at - self._clock()).total_seconds()

    def _is_too_far(self, until: datetime) -> bool:
        longest = self._clock() + timedelta(seconds=LONGEST_SLEEP_SECONDS)
        return until > min(longest, self._ends_at)

    def _throttled(self, shown: str, until: datetime | None, reason: str) -> SourceThrottled:
        when = f"until {until:%Y-%m-%d %H:%M:%S} UTC" if until else "without saying until when"
        return SourceThrottled(
            f"{shown} asks for a pause {when} ({reason})",
            until=until,
            action="this collection goes on by itself after that",
            **self._place,
        )
