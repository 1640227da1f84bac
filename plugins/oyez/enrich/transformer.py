"""Judges sentiment with a Hugging Face classifier from a folder, where it was not exported to ONNX.

Needs the extra `transformers`: `pip install oyez[transformers]`. Nothing is downloaded.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from oyez.enrich.onnx import Classifier, Odds
from oyez.errors import ConfigError

_TOKENS = 128


class Transformer(Classifier):
    """A folder with `config.json`, `model.safetensors` and the tokenizer's files.

    Raises:
        ConfigError: a file or package is missing, or a label's name is not understood.
    """

    def __init__(self, folder: Path) -> None:
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise ConfigError(
                "the folder holds no model",
                where=str(folder),
                action="put model.onnx, tokenizer.json and config.json in it, "
                "or model.safetensors with its tokenizer",
            )
        try:
            import torch
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
        except ImportError as problem:
            raise ConfigError(
                f"the model in {folder} needs {problem.name}",
                action="pip install 'oyez[transformers]'",
            ) from problem
        super().__init__(folder, weights)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True)
        model.eval()

        def odds(texts: list[str]) -> Odds:
            encoded = tokenizer(
                texts, padding=True, truncation=True, max_length=_TOKENS, return_tensors="pt"
            )
            with torch.inference_mode():
                return np.asarray(model(**encoded).logits.numpy(), dtype=np.float64)

        self._odds = odds
