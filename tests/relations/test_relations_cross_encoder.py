"""A sentence-transformers cross-encoder as a relation model; a tiny one with random weights is made here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claimtrack.errors import ModelError
from claimtrack.relations import Calibration, SentenceTransformerCrossEncoder

pytestmark = pytest.mark.slow

PAIRS = [("the dam will hold", "the dam broke"), ("a", "b c"), ("prices rose", "prices fell in may " * 20), ("", "x")]
SHUFFLED = {0: "NEUTRAL", 1: "contradiction", 2: "Entailment"}


def save_model(folder: Path, id2label: dict[int, str]) -> Path:
    """Write a BERT of one layer with random weights, the same each time."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    words = "[PAD] [UNK] [CLS] [SEP] [MASK] the dam will hold broke prices rose fell in may a b c x".split()
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    BertTokenizer(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=1.0,
        id2label=id2label,
        label2id={label: number for number, label in id2label.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("shuffled-labels"), SHUFFLED)


@pytest.fixture(scope="module")
def model(shuffled: Path) -> SentenceTransformerCrossEncoder:
    return SentenceTransformerCrossEncoder(shuffled)


def logits_by_hand(folder: Path, pair: tuple[str, str]) -> Any:
    """Logits in the model's own order, by transformers alone."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        return network(**tokenizer(*pair, return_tensors="pt", truncation=True, max_length=64)).logits[0].numpy()


def test_columns_are_mapped_by_the_names_of_the_labels(model: SentenceTransformerCrossEncoder, shuffled: Path) -> None:
    """Every published model has an order of its own."""
    neutral, contradiction, entailment = np.exp(logits_by_hand(shuffled, PAIRS[0]).astype(np.float64))
    expected = np.array([entailment, neutral, contradiction]) / (entailment + neutral + contradiction)

    np.testing.assert_allclose(model.judge(PAIRS[:1])[0], expected, atol=1e-5)
    assert len(set(np.round(expected, 3))) == 3


def test_rows_sum_to_one_and_keep_the_order_of_the_pairs(model: SentenceTransformerCrossEncoder) -> None:
    together = model.judge(PAIRS)

    np.testing.assert_allclose(together.sum(axis=1), 1.0)
    np.testing.assert_allclose(model.judge(PAIRS[::-1])[::-1], together, atol=5e-5)
    for row, pair in enumerate(PAIRS):
        np.testing.assert_allclose(model.judge([pair])[0], together[row], atol=5e-5)


def test_no_pairs_give_no_rows(model: SentenceTransformerCrossEncoder) -> None:
    assert model.judge([]).shape == (0, 3)


def test_lone_surrogates_are_read_as_something(model: SentenceTransformerCrossEncoder) -> None:
    assert np.isfinite(model.judge([("\ud800 dam", "\udfff")])).all()


def test_a_calibration_is_applied_to_named_columns(shuffled: Path) -> None:
    certain = Calibration(bias=(0.0, 0.0, 1000.0))

    judged = SentenceTransformerCrossEncoder(shuffled, calibration=certain).judge(PAIRS)

    np.testing.assert_allclose(judged[:, 2], 1.0)


def test_the_name_is_the_last_part_of_the_path(model: SentenceTransformerCrossEncoder, shuffled: Path) -> None:
    assert model.name == shuffled.name


def test_labels_without_names_are_refused(tmp_path: Path) -> None:
    save_model(tmp_path, {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"})

    message = r"id2label of '.*' must name \('entailment', 'neutral', 'contradiction'\); got \['label_0', 'label_1', 'label_2'\]"
    with pytest.raises(ModelError, match=message):
        SentenceTransformerCrossEncoder(tmp_path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"the relation model {re.escape(repr(str(tmp_path)))} must be a folder or"):
        SentenceTransformerCrossEncoder(tmp_path)


def test_a_name_that_is_not_in_the_local_cache_is_refused_and_nothing_is_downloaded() -> None:
    with pytest.raises(
        ModelError, match="'claimtrack-tests/no-such-model' must be a folder or a model in the local cache"
    ):
        SentenceTransformerCrossEncoder("claimtrack-tests/no-such-model")
