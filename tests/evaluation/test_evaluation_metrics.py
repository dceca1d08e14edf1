"""Ranking, calibration and agreement, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import InvalidInputError
from claimtrack.evaluation import (
    average_precision,
    cohen_kappa,
    expected_calibration_error,
    precision_at,
    reliability,
)


def test_average_precision_is_the_mean_of_the_precision_at_each_hit() -> None:
    assert average_precision([0.1, 0.9, 0.5, 0.4], [True, True, False, True]) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


def test_average_precision_of_nothing_relevant_is_zero() -> None:
    assert average_precision([0.4, 0.2], [False, False]) == 0.0


def test_ties_stay_in_the_order_given() -> None:
    assert average_precision([0.5, 0.5], [True, False]) == 1.0
    assert average_precision([0.5, 0.5], [False, True]) == 0.5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_a_perfect_ranking_has_average_precision_one(items: list[tuple[float, bool]]) -> None:
    relevant = [hit for _, hit in items]

    assert average_precision([float(hit) for hit in relevant], relevant) == float(any(relevant))


def test_precision_at_k_counts_the_highest() -> None:
    assert precision_at([0.1, 0.9, 0.5], [True, True, False], 2) == 0.5
    assert precision_at([0.1, 0.9, 0.5], [True, True, False], 10) == pytest.approx(2 / 3)


def test_reliability_puts_a_bound_into_the_lower_interval() -> None:
    bins = reliability([[0.5, 0.5], [0.9, 0.1], [0.2, 0.8]], [0, 0, 0], n_bins=2)

    assert [(b.low, b.high, b.n) for b in bins] == [(0.0, 0.5, 1), (0.5, 1.0, 2)]
    assert bins[1].confidence == pytest.approx(0.85)
    assert bins[1].accuracy == 0.5


def test_expected_calibration_error_weighs_gaps_by_rows() -> None:
    p = [[0.9, 0.1]] * 3 + [[0.6, 0.4]]

    assert expected_calibration_error(p, [0, 0, 1, 0], n_bins=2) == pytest.approx(abs(0.75 - 0.825))
    assert expected_calibration_error(p, [0, 0, 1, 0], n_bins=10) == pytest.approx(0.75 * abs(2 / 3 - 0.9) + 0.25 * 0.4)


def test_no_rows_have_no_bins() -> None:
    assert reliability(np.zeros((0, 3)), np.zeros(0)) == []
    assert expected_calibration_error(np.zeros((0, 3)), np.zeros(0)) == 0.0


def test_kappa_takes_chance_away() -> None:
    assert cohen_kappa("aabb", "aabb") == 1.0
    assert cohen_kappa("aabb", "abab") == 0.0
    assert cohen_kappa("aaaa", "aaaa") == 1.0
    assert cohen_kappa("aaab", "aabb") == pytest.approx((0.75 - 0.5) / 0.5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: average_precision([0.1], [True, False]),
        lambda: precision_at([], [], 1),
        lambda: precision_at([0.1], [True], 0),
        lambda: reliability([0.1, 0.9], [0, 1]),
        lambda: reliability([[0.1, 0.9]], [1], n_bins=0),
        lambda: reliability([[0.1, float("nan")]], [1]),
        lambda: reliability([[0.1, 0.9]], [2]),
        lambda: reliability([[0.1, 0.9]], ["x"]),
        lambda: average_precision([0.1, 0.2], ["False", "False"]),
        lambda: cohen_kappa([], []),
        lambda: cohen_kappa("a", "ab"),
    ],
)
def test_shapes_that_do_not_fit_are_one_clear_error(call: object) -> None:
    with pytest.raises(InvalidInputError, match=r"must|needs"):
        call()  # type: ignore[operator]
