"""The shipped relation model: which network decides a pair, the same numbers alone and in any batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

import claimtrack.models
from claimtrack.errors import ModelError
from claimtrack.relations import CascadeCrossEncoder
from claimtrack.relations.calibration import softmax

SHIPPED = Path(claimtrack.models.__file__).parent / "relation"
PAIRS = [
    ("The dam will hold.", "The dam will break."),
    ("The dam will hold.", "The dam will hold."),
    ("", ""),
    ("Prices rose in May by 3.4 percent, the bank said.", "A minister of Oslo has bought a red bicycle."),
    ("The treaty was signed in Oslo.", "Norway signed the treaty in its capital."),
    ("lone \ud800 surrogate", "\udfff"),
    ("word " * 300, "other " * 300),
]


@pytest.fixture(scope="module")
def probabilities(relation_model: CascadeCrossEncoder) -> Any:
    return relation_model.judge(PAIRS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the shipped networks whose own model.json may be changed."""
    for name in ("first", "second"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    (tmp_path / "model.json").write_bytes((SHIPPED / "model.json").read_bytes())
    return tmp_path


def change(folder: Path, **values: Any) -> None:
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8")) | values
    (folder / "model.json").write_text(json.dumps(settings), encoding="utf-8")


def test_a_pair_gets_the_same_numbers_alone_in_a_batch_and_in_any_order(
    relation_model: CascadeCrossEncoder, probabilities: Any
) -> None:
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)
    np.testing.assert_allclose(relation_model.judge(PAIRS[::-1])[::-1], probabilities, atol=5e-5, rtol=0)
    for row, pair in enumerate(PAIRS):
        np.testing.assert_allclose(relation_model.judge([pair])[0], probabilities[row], atol=5e-5, rtol=0)


def test_no_pairs_give_no_rows(relation_model: CascadeCrossEncoder) -> None:
    assert relation_model.judge([]).shape == (0, 3)


def test_both_networks_decide_where_the_first_is_in_doubt_and_the_second_is_not(
    relation_model: CascadeCrossEncoder, probabilities: Any
) -> None:
    first = relation_model.first.judge(PAIRS)
    logits = [network.logits(PAIRS) for network in (relation_model.first, relation_model.second)]
    voice = softmax(logits[1]).max(axis=1)
    by_both = (1 - first[:, 1] >= relation_model.doubt) & (voice >= relation_model.heard)
    mixed = (1 - relation_model.share) * logits[0] + relation_model.share * logits[1]

    assert set(by_both) == {True, False}
    np.testing.assert_allclose(probabilities[~by_both], first[~by_both], atol=5e-5)
    np.testing.assert_allclose(probabilities[by_both], relation_model.calibration.apply(mixed)[by_both], atol=5e-5)


def test_with_no_doubt_enough_only_the_first_network_is_asked(
    folder: Path, relation_model: CascadeCrossEncoder
) -> None:
    change(folder, doubt=1)

    model = CascadeCrossEncoder(folder)

    np.testing.assert_allclose(model.judge(PAIRS), relation_model.first.judge(PAIRS), atol=5e-5)


def test_with_any_doubt_enough_and_the_whole_share_only_the_second_network_counts(
    folder: Path, relation_model: CascadeCrossEncoder
) -> None:
    change(folder, doubt=0, heard=0, share=1)

    model = CascadeCrossEncoder(folder)

    wanted = relation_model.calibration.apply(relation_model.second.logits(PAIRS))
    np.testing.assert_allclose(model.judge(PAIRS), wanted, atol=5e-5)


@pytest.mark.parametrize("bar", ["doubt", "heard"])
def test_a_pair_at_the_edge_goes_the_same_way_in_every_batch(
    folder: Path, relation_model: CascadeCrossEncoder, bar: str
) -> None:
    """Batches differ in the last bits of a probability; the way that a pair goes must not hang on them."""
    for place, pair in enumerate(PAIRS):
        alone = {
            "doubt": 1 - relation_model.first.judge([pair])[0, 1],
            "heard": float(softmax(relation_model.second.logits([pair])).max()),
        }
        change(folder, **{"doubt": 0, "heard": 0, bar: alone[bar]})
        model = CascadeCrossEncoder(folder)

        assert place in model.by_both(PAIRS, relation_model.first.judge(PAIRS))[0]
        np.testing.assert_allclose(model.judge(PAIRS)[place], model.judge([pair])[0], atol=5e-5)


@pytest.mark.parametrize("network", ["first", "second"])
@pytest.mark.parametrize("text", ["⅓ of CO₂", "Ukraineʼs fleet", "½ of €5", "x² at 3°"])
def test_figures_and_signs_are_in_the_vocabulary(network: str, text: str) -> None:
    tokenizer = Tokenizer.from_file(str(SHIPPED / network / "tokenizer.json"))

    assert "[UNK]" not in tokenizer.encode(text).tokens


def test_the_shipped_settings_are_read(relation_model: CascadeCrossEncoder) -> None:
    settings = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))

    assert (relation_model.name, relation_model.doubt, relation_model.share) == (
        settings["name"],
        settings["doubt"],
        settings["share"],
    )
    for name, value in settings["thresholds"].items():
        assert getattr(relation_model.thresholds, name) == value


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"doubt": 1.5}, r"model\.json must give doubt as a number in \[0, 1\]; got 1\.5"),
        ({"share": "half"}, r"model\.json must give share as a number in \[0, 1\]; got 'half'"),
        ({"share": True}, "got True"),
        ({"calibration": {}}, r"model\.json must hold a calibration and thresholds; "),
        ({"weights": ["0", "1"]}, r"model\.json must be of the weights in first and second; it is of \['0', '1'\]"),
    ],
)
def test_settings_that_break_a_rule_are_refused(folder: Path, values: dict[str, Any], message: str) -> None:
    change(folder, **values)

    with pytest.raises(ModelError, match=message):
        CascadeCrossEncoder(folder)


def test_a_folder_that_is_not_there_and_one_without_a_network_are_named(tmp_path: Path, folder: Path) -> None:
    (folder / "second").unlink()

    with pytest.raises(ModelError, match=r"a cascade must be a folder with model\.json, first and second; .*nowhere"):
        CascadeCrossEncoder(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"second/model\.json"):
        CascadeCrossEncoder(folder)


def test_settings_that_lack_a_value_are_refused(folder: Path) -> None:
    (folder / "model.json").write_text('{"name": "x"}', encoding="utf-8")

    with pytest.raises(
        ModelError, match=r"model\.json must name its calibration, doubt, heard, share, thresholds, weights"
    ):
        CascadeCrossEncoder(folder)
