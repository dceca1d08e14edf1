"""A network of the shipped relation model: the same numbers alone and in any batch, and nothing run that is not what it says."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import claimtrack.models
from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.relations import OnnxCrossEncoder

SHIPPED = Path(claimtrack.models.__file__).parent / "relation" / "first"
PAIRS = [
    ("The dam will hold.", "The dam will break."),
    ("The dam will hold.", "The dam will hold."),
    ("", ""),
    ("A", "Prices rose in May by 3.4 percent, the bank said, and they will rise again in June. " * 4),
    ("The treaty was signed in Oslo.", "Norway signed the treaty in its capital."),
    ("العربية 漢字 👩‍👩‍👧", "e\u0301"),
    ("lone \ud800 surrogate", "\udfff"),
    ("word " * 700, "other " * 700),
]


@pytest.fixture(scope="module")
def relation_model() -> OnnxCrossEncoder:
    return OnnxCrossEncoder(threads=2)


@pytest.fixture(scope="module")
def probabilities(relation_model: OnnxCrossEncoder) -> Any:
    return relation_model.judge(PAIRS)


def test_rows_are_probabilities_that_sum_to_one(probabilities: Any) -> None:
    assert probabilities.shape == (len(PAIRS), 3)
    assert probabilities.dtype == np.float64
    assert np.isfinite(probabilities).all()
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)


def test_a_pair_gets_the_same_numbers_alone_and_in_a_batch(
    relation_model: OnnxCrossEncoder, probabilities: Any
) -> None:
    for row, pair in enumerate(PAIRS):
        np.testing.assert_allclose(relation_model.judge([pair])[0], probabilities[row], atol=5e-5, rtol=0)


def test_the_order_of_a_batch_does_not_matter(relation_model: OnnxCrossEncoder, probabilities: Any) -> None:
    np.testing.assert_allclose(relation_model.judge(PAIRS[::-1])[::-1], probabilities, atol=5e-5, rtol=0)


def test_the_size_of_a_batch_does_not_matter(probabilities: Any) -> None:
    few_at_a_time = OnnxCrossEncoder(batch_size=3, threads=1)

    np.testing.assert_allclose(few_at_a_time.judge(PAIRS), probabilities, atol=5e-5, rtol=0)


def test_no_pairs_give_no_rows(relation_model: OnnxCrossEncoder) -> None:
    assert relation_model.judge([]).shape == (0, 3)


def test_lone_surrogates_are_read_as_something(relation_model: OnnxCrossEncoder) -> None:
    assert relation_model.judge([("\ud800", "\udc00 x")]).shape == (1, 3)


def test_a_premise_is_not_a_hypothesis(relation_model: OnnxCrossEncoder) -> None:
    """The model must see which text is which; a mean over both orders is taken elsewhere."""
    one, two = "Three boys sang in the church of Lund on Sunday.", "Somebody sang."

    forward, backward = relation_model.judge([(one, two), (two, one)])

    assert abs(forward - backward).max() > 1e-3


def test_the_shipped_files_fit_together(relation_model: OnnxCrossEncoder) -> None:
    settings = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))

    assert relation_model.name == settings["name"]
    assert (
        hashlib.sha256((SHIPPED / "model.onnx").read_bytes()).hexdigest() == settings["sha256"] == relation_model.sha256
    )
    for name, value in settings["thresholds"].items():
        assert getattr(relation_model.thresholds, name) == value


# -- a folder that is not what it should be ----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the shipped model whose model.json may be changed."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    shutil.copy(SHIPPED / "model.json", tmp_path / "model.json")
    return tmp_path


def change(folder: Path, **values: Any) -> None:
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8")) | values
    (folder / "model.json").write_text(json.dumps(settings), encoding="utf-8")


def test_the_order_of_labels_is_read_from_the_model(folder: Path, relation_model: OnnxCrossEncoder) -> None:
    """Models are trained with any order; taking one for granted exchanges entailment and contradiction."""
    labels = json.loads((folder / "model.json").read_text(encoding="utf-8"))["labels"]
    turned = labels[1:] + labels[:1]
    change(folder, labels=turned)

    logits = OnnxCrossEncoder(folder).logits(PAIRS[:2])

    names = ("entailment", "neutral", "contradiction")
    columns = [names.index(labels[turned.index(name)]) for name in names]
    np.testing.assert_allclose(logits, relation_model.logits(PAIRS[:2])[:, columns], atol=1e-4)
    assert columns != [0, 1, 2]


def test_another_calibration_and_other_thresholds_are_read_from_the_folder(folder: Path) -> None:
    change(folder, calibration={"temperature": 1e6, "bias": [0, 0, 0]}, thresholds={"contradiction": 0.25})

    model = OnnxCrossEncoder(folder)

    assert model.thresholds.contradiction == 0.25
    np.testing.assert_allclose(model.judge(PAIRS[:1]), [[1 / 3, 1 / 3, 1 / 3]], atol=1e-3)


@pytest.mark.parametrize("name", ["model.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(
        ModelError, match=rf"must be a folder with model\.json, model\.onnx and tokenizer\.json; .*{name}"
    ):
        OnnxCrossEncoder(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"must be a folder with .*/nowhere/model\.json"):
        OnnxCrossEncoder(tmp_path / "nowhere")


def test_weights_with_another_digest_are_not_run(folder: Path) -> None:
    """One flipped byte: other numbers at best."""
    weights = bytearray((SHIPPED / "model.onnx").read_bytes())
    weights[-1] ^= 1
    (folder / "model.onnx").unlink()
    (folder / "model.onnx").write_bytes(weights)
    digest = hashlib.sha256(weights).hexdigest()

    with pytest.raises(ModelError, match=rf"model\.onnx must have the SHA-256 [0-9a-f]{{64}}, as .* got {digest}\."):
        OnnxCrossEncoder(folder)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"labels": ["yes", "no", "maybe"]}, r"must have the labels \('entailment', .*; got \['yes', 'no', 'maybe'\]"),
        ({"labels": ["entailment", "neutral"]}, r"got \['entailment', 'neutral'\]"),
        ({"labels": ["entailment", "neutral", "contradiction", "neutral"]}, "must have the labels"),
        ({"labels": "entailment"}, "got entailment"),
        ({"labels": None}, "got None"),
        ({"max_tokens": 0}, r"model\.json must give max_tokens as an int of at least 1; got 0"),
        ({"calibration": {}}, r"model\.json must hold a calibration and thresholds; a calibration must hold"),
        ({"thresholds": {"entailment": 60}}, r"thresholds must be numbers in \[0, 1\]; got \{'entailment': 60\}"),
    ],
)
def test_settings_that_break_a_rule_are_refused(folder: Path, values: dict[str, Any], message: str) -> None:
    change(folder, **values)

    with pytest.raises(ModelError, match=message):
        OnnxCrossEncoder(folder)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("model.json", "not json", r"model\.json must be a JSON object; "),
        ("model.json", "[1]", r"model\.json must be a JSON object; got list"),
        (
            "model.json",
            '{"name": "x"}',
            r"model\.json must name its calibration, labels, max_tokens, sha256, thresholds",
        ),
        ("tokenizer.json", "{}", r"tokenizer\.json must hold a tokenizer; "),
    ],
)
def test_files_that_hold_something_else_are_refused(folder: Path, name: str, content: str, message: str) -> None:
    (folder / name).unlink()
    (folder / name).write_text(content, encoding="utf-8")

    with pytest.raises(ModelError, match=message):
        OnnxCrossEncoder(folder)


@pytest.mark.parametrize("size", [0, -1, True, 2.5])
def test_a_batch_of_no_pairs_is_refused(size: Any) -> None:
    with pytest.raises(InvalidInputError, match=f"batch_size must be an int of at least 1; got {size}"):
        OnnxCrossEncoder(batch_size=size)
