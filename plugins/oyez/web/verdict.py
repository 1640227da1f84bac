"""What an answer means: items, none, come back later, wrong credential, or nonsense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from oyez.web.answer import Answer
from oyez.web.limits import wait_of

# Request timeout and "too early": the request itself was fine.
_TRANSIENT = frozenset({408, 425})


@dataclass(frozen=True)
class Verdict:
    """The meaning of an answer.

    Args:
        kind: `ok`, `empty` (sound, without items), `throttled`, `refused` (the credential, or a
            rule of the site), `broken`.
        reason: for people, without secrets.
        until: naive UTC instant from which a throttled call may be made again.
        wait_seconds: the same, counted from the answer.
        may_retry: whether a broken answer may be better the next time.
    """

    kind: Literal["ok", "empty", "throttled", "refused", "broken"]
    reason: str = ""
    until: datetime | None = None
    wait_seconds: float | None = None
    may_retry: bool = True


# A connector's own reading of an answer; None leaves it to `judge`.
Classify = Callable[[Answer], Verdict | None]


def judge(answer: Answer) -> Verdict:
    """Return the verdict that holds for any site, from status, headers and known refusals."""
    wait = wait_of(answer)
    if wait and wait.is_refusal:
        return Verdict("throttled", f"rate limit ({wait.dialect})", until=wait.until)
    status = answer.status
    if 200 <= status < 300 or answer.not_modified or answer.gone:
        return Verdict("ok")
    if status in (401, 403, 407):
        return Verdict("refused", f"status {status}")
    return Verdict("broken", f"status {status}", may_retry=status >= 500 or status in _TRANSIENT)


def accepting(*statuses: int) -> Classify:
    """Return a reading that takes these statuses as good, such as 404 for a deleted post."""
    return lambda answer: Verdict("ok") if answer.status in statuses else None
