"""Judges sentiment with a classifier that people bring: an ONNX export and its tokenizer.

The folder holds `model.onnx`, `tokenizer.json` and `config.json` (with `id2label`), as exporters
write them. Needs the extra `onnx`: `pip install oyez[onnx]`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oyez.enrich.polarity import Sentiment, Verdict, strongest
from oyez.enrich.trait import judged, worded
from oyez.errors import ConfigError

_BATCH, _TOKENS = 16, 128
_READ = 2_000
_LABELS: tuple[Sentiment, ...] = ("negative", "neutral", "positive")
_NAMES = {
    "negative": 0, "neg": 0, "neutral": 1, "neu": 1, "positive": 2, "pos": 2,
    "label_0": 0, "label_1": 1, "label_2": 2,
}  # fmt: skip

Odds = NDArray[np.float64]


class Classifier:
    """What a classifier from a folder does, whatever runs it.

    Args:
        folder: holds `config.json`.
        weights: the file whose bytes are the version.
    """

    def __init__(self, folder: Path, weights: Path) -> None:
        self.name = folder.resolve().name
        self._columns = columns(folder / "config.json")
        digest = hashlib.sha256((folder / "config.json").read_bytes())
        with weights.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        self.version = digest.hexdigest()[:8]
        self._odds: Callable[[list[str]], Odds]

    def score(self, texts: Sequence[str], languages: Sequence[str]) -> list[Verdict | None]:
        """Return a verdict for each text, in order; a text without a letter or emoji has none.

        The classifier alone decides; the lexicons add the cues that are printed. Its confidence is
        its own and was not calibrated.
        """
        said = [worded(text)[:_READ] for text in texts]
        verdicts: list[Verdict | None] = [None] * len(texts)
        found = [judged(one, language) for one, language in zip(said, languages, strict=True)]
        asked = [
            place
            for place, one in enumerate(said)
            if found[place].cues or any(map(str.isalpha, one))
        ]
        # Texts of one length share a batch: the shorter are filled up to the longest.
        asked.sort(key=lambda place: len(said[place]))
        for start in range(0, len(asked), _BATCH):
            places = asked[start : start + _BATCH]
            odds = self._odds([said[place] for place in places])
            for place, row in zip(places, odds, strict=True):
                verdicts[place] = self._verdict(row, strongest(found[place].cues))
        return verdicts

    def _verdict(self, odds: Odds, cues: tuple[str, ...]) -> Verdict:
        shares = np.exp(odds - odds.max())
        shares /= shares.sum()
        three = np.zeros(3)
        for share, column in zip(shares, self._columns, strict=True):
            three[column] += share
        label = int(three.argmax())
        return Verdict(
            polarity=_thousandths(three[2] - three[0]),
            sentiment=_LABELS[label],
            cues=cues,
            model=self.name,
            version=self.version,
            confidence=_thousandths(three[label]),
        )


class Onnx(Classifier):
    """A folder with `model.onnx`, on onnxruntime, one thread, batches of 16, 128 tokens.

    Raises:
        ConfigError: a file or package is missing, or a label's name is not understood.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as problem:
            raise ConfigError(
                f"the model in {folder} needs {problem.name}", action="pip install 'oyez[onnx]'"
            ) from problem
        for name in ("tokenizer.json", "config.json"):
            if not (folder / name).is_file():
                raise ConfigError(f"the model's folder has no {name}", where=str(folder))
        super().__init__(folder, folder / "model.onnx")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        config = json.loads((folder / "config.json").read_text("utf-8"))
        filling = int(config.get("pad_token_id") or 0)
        tokenizer.enable_truncation(_TOKENS)
        tokenizer.enable_padding(pad_id=filling)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        wanted = {one.name for one in session.get_inputs()}

        def odds(texts: list[str]) -> Odds:
            encoded = tokenizer.encode_batch(texts)
            fed: dict[str, Any] = {
                "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
                "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
                "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
            }
            fed = {name: value for name, value in fed.items() if name in wanted}
            return np.asarray(session.run(None, fed)[0], dtype=np.float64)

        self._odds = odds


def columns(config: Path) -> list[int]:
    """Return for each output of a classifier whether it is negative (0), neutral or positive (2).

    Raises:
        ConfigError: `id2label` is missing, or a label is not negative, neutral or positive.
    """
    try:
        labels = json.loads(config.read_text("utf-8"))["id2label"]
        named = [labels[str(place)] for place in range(len(labels))]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ConfigError(
            "the model's outputs have no names",
            where=str(config),
            action='write "id2label": {"0": "negative", "1": "neutral", "2": "positive"}',
        ) from problem
    known = [_NAMES.get(str(name).lower()) for name in named]
    if len(known) == 2 and {str(name).lower() for name in named} == {"label_0", "label_1"}:
        known = [0, 2]
    if None in known or len(set(known)) < 2:
        raise ConfigError(
            f"the model's outputs are called {named}",
            where=str(config),
            action="call them negative, neutral and positive in id2label",
        )
    return [place for place in known if place is not None]


def _thousandths(value: float) -> Decimal:
    return Decimal(round(float(value) * 1000)).scaleb(-3)
