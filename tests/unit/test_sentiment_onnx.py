"""A sentiment model that people bring, made here: one token says praise, another complaint."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from oyez.enrich.models import load
from oyez.enrich.onnx import columns
from oyez.errors import ConfigError

UNKNOWN = "[UNK]"
WORDS = {UNKNOWN: 0, "[PAD]": 1, "good": 2, "bad": 3, "shop": 4}
LABELS = {"0": "negative", "1": "neutral", "2": "positive"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a model whose odds are the sum of each token's row: good, bad, the rest neutral."""
    onnx = pytest.importorskip("onnx", reason="needs the extra onnx")
    pytest.importorskip("onnxruntime", reason="needs the extra onnx")
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra onnx")
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    rows = np.array([[0, 1, 0], [0, 0, 0], [0, 0, 4], [4, 0, 0], [0, 1, 0]], dtype=np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["rows", "input_ids"], ["each"]),
            helper.make_node("ReduceSum", ["each", "axis"], ["logits"], keepdims=0),
        ],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "token"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])],
        [
            numpy_helper.from_array(rows, "rows"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axis"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    place = tmp_path / "tiny"
    place.mkdir()
    onnx.save(model, str(place / "model.onnx"))
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(WORDS, UNKNOWN))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(place / "tokenizer.json"))
    (place / "config.json").write_text(json.dumps({"id2label": LABELS, "pad_token_id": 1}))
    return place


def test_verdicts(folder: Path) -> None:
    model = load(str(folder))
    texts = ["bad", "the shop " * 40 + "good " * 30, "", "good"] * 10
    found = model.score(texts, ["en"] * len(texts))
    assert [one and one.sentiment for one in found[:4]] == [
        "negative", "positive", None, "positive",
    ]  # fmt: skip
    assert found == found[:4] * 10
    assert found[0] is not None
    # shares of odds 4, 0, 0: 1 / (1 + 2 e^-4) = 0.965, and 0.018 each
    assert found[0].polarity == Decimal("-0.947")
    assert found[0].confidence == Decimal("0.965")
    assert found[0].model == "tiny"
    assert found[0].version == model.version
    assert found[0].cues == ("bad",)


def test_version_follows_the_labels(folder: Path) -> None:
    from oyez.enrich.onnx import Onnx

    before = Onnx(folder).version
    (folder / "config.json").write_text(json.dumps({"id2label": {**LABELS, "1": "neu"}}))
    assert Onnx(folder).version != before


def test_what_is_missing_is_named(folder: Path) -> None:
    from oyez.enrich.onnx import Onnx

    (folder / "tokenizer.json").unlink()
    with pytest.raises(ConfigError, match=r"no tokenizer\.json"):
        Onnx(folder)


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["NEGATIVE", "POSITIVE"], [0, 2]),
        (["LABEL_0", "LABEL_1", "LABEL_2"], [0, 1, 2]),
        (["LABEL_0", "LABEL_1"], [0, 2]),
        (["pos", "neu", "neg"], [2, 1, 0]),
    ],
)
def test_columns(tmp_path: Path, labels: list[str], found: list[int]) -> None:
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"id2label": {str(n): name for n, name in enumerate(labels)}}))
    assert columns(config) == found


@pytest.mark.parametrize("body", ["{}", "no", '{"id2label": {"0": "joy", "1": "anger"}}'])
def test_unknown_columns_are_refused(tmp_path: Path, body: str) -> None:
    config = tmp_path / "config.json"
    config.write_text(body)
    with pytest.raises(ConfigError, match="outputs"):
        columns(config)


def test_a_transformers_folder(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="needs the extra transformers")
    pytest.importorskip("torch", reason="needs the extra transformers")
    vocabulary = tmp_path / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad"]))
    place = tmp_path / "model"
    transformers.BertTokenizerFast(str(vocabulary)).save_pretrained(place)
    config = transformers.BertConfig(
        vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, id2label={0: "negative", 1: "positive"},
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(place)
    found = load(str(place)).score(["good", ""], ["en", "en"])
    assert found[0] is not None
    assert found[0].model == "model"
    assert found[1] is None
