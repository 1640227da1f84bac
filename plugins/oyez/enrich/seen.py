"""Remembers what a model said of a text, so that a text seen before is not scored twice.

A slogan, a wire story, an edited copy of an export: the same words come again and again. What is
kept is a digest of text, language and model with the verdict's numbers, never a word: the cues are
read from the text again, which costs a hundredth of scoring it. The file is scratch; without it the
next texts are scored once more and the verdicts are the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import cast

from oyez.enrich.models import Model, load
from oyez.enrich.polarity import Sentiment, Verdict

# About 100 MB of scratch; the oldest half goes when there are more.
MOST_TEXTS = 1_000_000
# SQLite, beside the warehouse and never in it: so not under sql/, whose files keep to law 14.
_SHAPE = Path(__file__).with_name("memory.sql")


class Seen:
    """A model that asks another one only for texts that are new.

    Args:
        model: what judges.
        file: the scratch file, such as `data/work/seen.sqlite`; made when it is absent.
    """

    def __init__(self, model: Model, file: Path) -> None:
        self._model, self._file = model, file
        self.name, self.version = model.name, model.version
        self._core = load("core")

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; see `oyez.enrich.models.Model`."""
        pairs = list(zip(texts, languages, strict=True))
        with closing(self._open()) as scratch:
            digests = [self._digest(*pair) for pair in pairs]
            known = _known(scratch, digests)
            fresh = [place for place, digest in enumerate(digests) if digest not in known]
            judged = self._model.score(
                [texts[place] for place in fresh], [languages[place] for place in fresh]
            )
            verdicts = self._recalled(pairs, digests, known)
            kept: list[tuple[object, ...]] = []
            for place, verdict in zip(fresh, judged, strict=True):
                verdicts[place] = verdict
                # What cannot be told again from the text, or could not be scored, is not kept.
                if verdict and verdict.cues == self._cues(*pairs[place]):
                    kept.append((digests[place], *_numbers(verdict)))
            _keep(scratch, kept)
        return verdicts

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Tasks of one run judge side by side; each waits for the other's few milliseconds.
        scratch = sqlite3.connect(self._file, timeout=60)
        scratch.execute("pragma journal_mode = wal")
        scratch.execute(_SHAPE.read_text("utf-8"))
        return scratch

    def _digest(self, text: str, language: str) -> bytes:
        said = "\0".join((self.name, self.version, language, text))
        return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _cues(self, text: str, language: str) -> tuple[str, ...]:
        (verdict,) = self._core.score([text], [language])
        return verdict.cues if verdict else ()

    def _recalled(
        self,
        pairs: list[tuple[str, str]],
        digests: list[bytes],
        known: dict[bytes, tuple[str, ...]],
    ) -> list[Verdict | None]:
        verdicts: list[Verdict | None] = [None] * len(pairs)
        for place, digest in enumerate(digests):
            if digest in known:
                polarity, sentiment, confidence, model, version = known[digest]
                verdicts[place] = Verdict(
                    polarity=Decimal(polarity),
                    sentiment=cast("Sentiment", sentiment),
                    cues=self._cues(*pairs[place]),
                    model=model,
                    version=version,
                    confidence=Decimal(confidence) if confidence else None,
                )
        return verdicts


def _numbers(verdict: Verdict) -> tuple[str, ...]:
    confidence = "" if verdict.confidence is None else str(verdict.confidence)
    return (str(verdict.polarity), verdict.sentiment, confidence, verdict.model, verdict.version)


def _known(scratch: sqlite3.Connection, digests: list[bytes]) -> dict[bytes, tuple[str, ...]]:
    query = "select polarity, sentiment, confidence, model, version from verdict where digest = ?"
    found = {}
    for digest in set(digests):
        row = scratch.execute(query, (digest,)).fetchone()
        if row:
            found[digest] = row
    return found


def _keep(scratch: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    with scratch:
        scratch.executemany("insert or ignore into verdict values (?, ?, ?, ?, ?, ?)", rows)
        (count,) = scratch.execute("select count(*) from verdict").fetchone()
        if count > MOST_TEXTS:
            oldest = "select rowid from verdict order by rowid limit ?"
            scratch.execute(f"delete from verdict where rowid in ({oldest})", (count // 2,))  # noqa: S608
