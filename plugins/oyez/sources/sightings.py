"""Tells an entry that appeared late in a feed from the feed's history, by what it showed before."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from oyez.sources.contract import Window

_HISTORY = "history"
_SIGNS = 10  # of a digest; a feed shows some hundred entries


class Sightings:
    """Which entries a feed shows, and since when; one reading of one feed.

    What stands in a feed at its first reading is its history. So is what is older than all that it
    showed at the reading before (it shows more now), and everything if nothing of that is left (it
    was built anew). Any other old entry that was not there before appeared late.

    Args:
        before: what `text` gave after the reading before; None at the first.
        window: what is collected; what was first seen in it, or since, is new in it, so that the
            same day read twice gives the same.
    """

    def __init__(self, before: str | None, window: Window) -> None:
        self._window = window
        self._is_first = before is None
        known = json.loads(before) if before else {}
        self._oldest: str = known.pop("oldest", "")
        # Digest → ISO instant of the first sighting, or the mark of the history.
        self._since = {
            digests[at : at + _SIGNS]: since
            for since, digests in known.items()
            for at in range(0, len(digests), _SIGNS)
        }
        self._now: dict[str, str] = {}
        self._dates: list[datetime] = []

    def begin(self, native_ids: list[str]) -> None:
        """Look at the first document of the reading: was the feed built anew?"""
        if self._since and not any(_digest(one) in self._since for one in native_ids):
            self._is_first = True

    def appeared(self, native_id: str, published: datetime) -> bool:
        """Tell whether an entry appeared in the window or since, and note that it is there."""
        digest = _digest(native_id)
        self._dates.append(published)
        since = self._since.get(digest)
        if since is None:
            is_history = self._is_first or published.isoformat() < self._oldest
            seen = (self._window.end - timedelta(microseconds=1)).isoformat()
            since = _HISTORY if is_history else seen
        self._now[digest] = since
        return since != _HISTORY and since >= self._window.start.isoformat()

    @property
    def is_first(self) -> bool:
        """Whether all that the feed shows is history."""
        return self._is_first

    def text(self, *, is_whole: bool) -> str:
        """Return what the next reading must know; of a cut document, beside what was known."""
        shown = self._now if is_whole else {**self._since, **self._now}
        by_sighting: dict[str, list[str]] = {}
        for digest, since in shown.items():
            by_sighting.setdefault(since, []).append(digest)
        oldest = min(self._dates).isoformat() if self._dates and is_whole else self._oldest
        return json.dumps({"oldest": oldest, **{k: "".join(v) for k, v in by_sighting.items()}})


def _digest(native_id: str) -> str:
    return hashlib.sha256(native_id.encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS]
