"""Logits become probabilities that mean what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from claimtrack.errors import InvalidInputError
from claimtrack.relations import Calibration

LOGITS = st_numpy.arrays(
    np.float32, st.tuples(st.integers(1, 6), st.just(3)), elements=st.floats(-80, 80, width=32, allow_nan=False)
)
CALIBRATIONS = st.builds(
    lambda temperature, bias: Calibration(temperature=temperature, bias=bias),
    st.floats(0.1, 10),
    st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5)),
)


@given(LOGITS, CALIBRATIONS)
def test_rows_are_probabilities_that_sum_to_one(logits: Any, calibration: Calibration) -> None:
    """Logits of 80 would overflow a plain exponential of float32."""
    probabilities = calibration.apply(logits)

    assert probabilities.dtype == np.float64
    assert probabilities.shape == logits.shape
    assert (probabilities >= 0).all()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0)


@given(LOGITS, CALIBRATIONS)
def test_each_row_is_calibrated_by_itself(logits: Any, calibration: Calibration) -> None:
    together = calibration.apply(logits)

    for row in range(len(logits)):
        np.testing.assert_array_equal(calibration.apply(logits[row : row + 1])[0], together[row])


@given(LOGITS)
def test_temperature_alone_never_changes_which_label_is_first(logits: Any) -> None:
    plain, cooled = Calibration().apply(logits), Calibration(temperature=3.0).apply(logits)

    assert (np.take_along_axis(plain, cooled.argmax(1)[:, None], 1)[:, 0] >= plain.max(1) - 1e-12).all()


def test_a_calibration_by_hand() -> None:
    """Temperature 2 and a bias of log 3 on contradiction: logits 0, 0, 0 become 1/5, 1/5, 3/5."""
    calibration = Calibration(temperature=2.0, bias=(0.0, 0.0, float(np.log(3))))

    np.testing.assert_allclose(calibration.apply(np.zeros((1, 3))), [[0.2, 0.2, 0.6]])
    np.testing.assert_allclose(
        Calibration(temperature=2.0).apply(np.array([[2 * np.log(2), 0.0, 0.0]])), [[0.5, 0.25, 0.25]]
    )


def test_no_pairs_give_no_rows() -> None:
    assert Calibration().apply(np.zeros((0, 3), dtype=np.float32)).shape == (0, 3)


def test_a_higher_temperature_makes_the_model_less_sure() -> None:
    logits = np.array([[3.0, 1.0, 0.0]])

    assert Calibration(temperature=4.0).apply(logits).max() < Calibration().apply(logits).max()


def test_a_calibration_is_read_from_json_values() -> None:
    """Whole numbers in the file are numbers too."""
    calibration = Calibration.from_mapping({"temperature": 2, "bias": [0, 1, -1]})

    assert calibration == Calibration(temperature=2.0, bias=(0.0, 1.0, -1.0))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"temperature": 1.0},
        {"bias": [0, 0, 0]},
        {"temperature": 0, "bias": [0, 0, 0]},
        {"temperature": -1.0, "bias": [0, 0, 0]},
        {"temperature": "hot", "bias": [0, 0, 0]},
        {"temperature": None, "bias": [0, 0, 0]},
        {"temperature": float("nan"), "bias": [0, 0, 0]},
        {"temperature": 1.0, "bias": [0, 0]},
        {"temperature": 1.0, "bias": [0, 0, 0, 0]},
        {"temperature": 1.0, "bias": ["a", 0, 0]},
        {"temperature": 1.0, "bias": 3},
    ],
)
def test_a_calibration_that_is_none_is_refused_with_what_was_given(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"a calibration must hold a temperature and three biases; got \{"):
        Calibration.from_mapping(values)


def test_a_calibration_made_by_hand_is_checked() -> None:
    with pytest.raises(ValueError, match=r"'temperature' must be > 0\.0: 0\.0"):
        Calibration(temperature=0.0)
    with pytest.raises(TypeError, match="'temperature' must be <class 'float'>"):
        Calibration(temperature=1)
    with pytest.raises(ValueError, match="Length of 'bias' must be >= 3: 2"):
        Calibration(bias=(0.0, 0.0))  # type: ignore[arg-type]
