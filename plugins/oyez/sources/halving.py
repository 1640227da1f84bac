"""Reads around a stretch of time that a site cannot give: one poison item never costs a whole day.

Where an answer is broken (a status of 5xx, a page instead of JSON, a cut body), the window is asked
again in halves until the bad stretch is as narrow as the connector says (`slice_minutes`); that
stretch is missed, everything around it is read. A site that does not answer at all is not halved,
and one whose two halves both fail without giving a single item is down: three tries, no more.
What a connector did not foresee in an answer is treated alike: its stretch is missed, and told.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import timedelta

from oyez.errors import OyezError, SourceUnavailable
from oyez.landing import Reject
from oyez.sources.contract import Found, Missed, Query, Source, Window, Yield
from oyez.sources.guarded import fault

# A day of 96 quarters holds one bad one behind 7 cuts: 15 tries. Two cost 29 at most.
MOST_TRIES = 32
MOST_CALLS = 400

# Why a window was not read, and what was said of it besides its items.
_Broken = tuple[SourceUnavailable, list[Yield]]


class Halved:
    """A connector's `fetch` that isolates what cannot be read.

    Args:
        site: the connector.
        calls: gives the number of HTTP calls made so far.
    """

    def __init__(self, site: Source, *, calls: Callable[[], int] = lambda: 0) -> None:
        self._site, self._calls = site, calls
        self._narrowest = timedelta(minutes=site.capabilities.slice_minutes)
        self._tries = self._found_count = self._calls_before = 0

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield what the connector yields, and `Missed` for what is isolated.

        Items that were read before a window was broken off come again with its halves; the newest
        reading of an item wins later on, as it does for a connector's own duplicates.

        Raises:
            SourceUnavailable: the site is down, or nothing of the window can be read.
            SourceError: whatever else the connector raises; what was yielded before is kept.
        """
        broken = yield from self._try(query, window)
        if broken is None:
            return
        problem, held = broken
        halves = _halves(window, self._narrowest)
        if not problem.is_answered or not halves:
            yield from held
            raise problem
        self._calls_before = self._calls()
        before = self._found_count
        results = []
        for half in halves:
            results.append((half, (yield from self._try(query, half))))
        if all(result for _, result in results) and self._found_count == before:
            yield from held
            raise problem
        for half, result in results:
            if result:
                yield from self._isolate(query, half, *result)

    def _isolate(
        self, query: Query, window: Window, problem: SourceUnavailable, held: list[Yield]
    ) -> Iterator[Yield]:
        """Yield all but the bad stretch of a window that could not be read."""
        halves = _halves(window, self._narrowest)
        if not halves:
            yield from (one for one in held if isinstance(one, Reject))
            yield Missed(window.start, window.end, "source_down", problem.message)
        for half in halves:
            if self._is_spent():
                reason = f"not read: the search for the bad stretch took too long ({problem})"
                yield Missed(half.start, half.end, "source_down", reason)
            elif broken := (yield from self._try(query, half)):
                yield from self._isolate(query, half, *broken)

    def _try(self, query: Query, window: Window) -> Generator[Yield, None, _Broken | None]:
        """Yield a window's items; return why it was broken off, or None."""
        self._tries += 1
        # Said of a window that is broken off, these would be said again of its halves.
        held: list[Yield] = []
        try:
            for one in self._site.fetch(query, window):
                if not isinstance(one, Found):
                    held.append(one)
                    continue
                self._found_count += 1
                yield one
        except SourceUnavailable as problem:
            return problem, held
        except OyezError:
            yield from held
            raise
        except Exception as problem:  # a record that nobody foresaw is poison too
            return fault(self._site.name, problem), held
        yield from held
        return None

    def _is_spent(self) -> bool:
        return self._tries >= MOST_TRIES or self._calls() - self._calls_before >= MOST_CALLS


def _halves(window: Window, narrowest: timedelta) -> tuple[Window, ...]:
    """Return the two halves of a window, cut at a slice, or none if it is one slice."""
    if not narrowest:
        return ()
    # A last slice that is shorter counts as one.
    slices = -((window.start - window.end) // narrowest)
    if slices < 2:
        return ()
    middle = window.start + narrowest * (slices // 2)
    return Window(window.start, middle), Window(middle, window.end)
