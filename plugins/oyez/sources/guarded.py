"""Keeps one record that cannot be read, or a fault of a connector, from costing all around it.

What a site sends may have any shape, and a connector may have faults: both end as an exception
that nobody foresaw. Of one record it becomes a reject that keeps the record; of a whole connector,
a source that is down. Neither hides the fault: class and place are told, the log has the way there.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

from oyez.errors import OyezError, SourceUnavailable
from oyez.landing import Reject

P = ParamSpec("P")
T = TypeVar("T")

BAD_SHAPE = "bad_shape"
UNFORESEEN = "the connector did not foresee its shape"
REPORT = "report it, with the lines that the log has of it"

log = logging.getLogger(__name__)


def each(
    raw: Any,
    ref: str,
    row: int,
    read: Callable[P, Iterable[T]],
    *args: P.args,
    **named: P.kwargs,
) -> Iterator[T | Reject]:
    """Yield what is read of one record, or the record as a reject if reading it fails.

    Args:
        raw: the record, for the reject.
        ref: where it stood.
        row: its number there.
        read: reads it; what it gave before it failed stays.
        *args: given to `read`.
        **named: given to `read`.

    Raises:
        OyezError: what `read` foresaw.
    """
    try:
        yield from read(*args, **named)
    except OyezError:
        raise
    except Exception as problem:  # whatever it is, it is this record's alone
        yield Reject(ref, row, BAD_SHAPE, f"{UNFORESEEN}: {told(problem)}", raw)


def one(
    raw: Any, ref: str, row: int, read: Callable[P, T], *args: P.args, **named: P.kwargs
) -> T | Reject:
    """Return what is read of a record that gives one thing; see `each`."""
    return next(each(raw, ref, row, lambda: (read(*args, **named),)))


def is_unforeseen(reject: Reject) -> bool:
    """Tell a record that made a connector fail from one that it refused."""
    return reject.reason == BAD_SHAPE and reject.detail.startswith(UNFORESEEN)


def fault(name: str, problem: Exception) -> SourceUnavailable:
    """Return what a connector's fault means to the line: no measurement, and somebody to tell.

    Args:
        name: the connector's, as a client's file writes its kind.
        problem: what it raised.
    """
    return SourceUnavailable(f"the connector {name} failed: {told(problem)}", action=REPORT)


def told(problem: Exception) -> str:
    """Return class and place of an exception, and log the way there.

    Never its words: they may quote the record, which names people, or a secret of ours.
    """
    steps = traceback.extract_tb(problem.__traceback__)
    # Where the connector was, not the library that it called.
    own = [one for one in steps if "/oyez/" in one.filename or "/lib/python" not in one.filename]
    own = own or steps
    at = f" at {own[-1].filename.rpartition('/')[2]}:{own[-1].lineno}" if own else ""
    what = f"{type(problem).__name__}{at}"
    _log_once(what, "".join(traceback.format_list(steps)))
    return what


@lru_cache(maxsize=256)
def _log_once(what: str, way: str) -> None:
    # A fault usually meets every record of a day.
    log.error("%s\n%s", what, way)
