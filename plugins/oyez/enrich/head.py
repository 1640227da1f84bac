"""The weights that turn a sentence embedding and traits into odds of praise, neutral, complaint."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
HEAD_FILE = Path(__file__).resolve().parent / "head" / "sentiment.npz"


@dataclass(frozen=True)
class Head:
    """All that training learns. Columns of odds are: negative, neutral, positive.

    Attributes:
        lexical: weights of embedding and traits, for languages with a lexicon.
        lexical_bias: their start.
        wordless: weights of embedding and wordless traits, for the encoder's other languages.
        wordless_bias: their start.
        review: weights by which a long text is praise or complaint: mean of its clauses'
            embeddings, its own embedding, traits, clause traits.
        review_bias: their start.
        bands: a row each for `en`, `fr` and other languages: what multiplies the odds, what is
            added to those of neutral and of positive, and how far the lexicon's polarity adds to
            those of positive and takes from those of negative.
    """

    lexical: Matrix
    lexical_bias: Matrix
    wordless: Matrix
    wordless_bias: Matrix
    review: Matrix
    review_bias: Matrix
    bands: Matrix

    def to_bytes(self) -> bytes:
        """Return the weights as a file: equal weights give equal bytes."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for one in fields(self):
                array = io.BytesIO()
                # + 0.0 turns -0.0 into 0.0
                np.lib.format.write_array(array, getattr(self, one.name).astype("<f4") + 0.0)
                entry = zipfile.ZipInfo(f"{one.name}.npy", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, array.getvalue())
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, body: bytes) -> Head:
        """Return the weights of a file."""
        with np.load(io.BytesIO(body), allow_pickle=False) as found:
            return cls(*(found[one.name].astype(np.float64) for one in fields(cls)))


def load() -> Head:
    """Return the weights that ship with the package."""
    return Head.from_bytes(HEAD_FILE.read_bytes())
