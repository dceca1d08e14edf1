"""The margin between quick products and the similarities that are given."""

from __future__ import annotations

import numpy as np
import pytest

from claimtrack.index.similarity import DECIMALS, product_slack, similarities_of


@pytest.mark.parametrize("dim", [1, 3, 384, 1024])
def test_the_slack_covers_a_float32_product_summed_one_by_one(dim: int) -> None:
    """The order of summation with the largest error; a row of equal signs, in which errors add up, among them."""
    rng = np.random.default_rng(dim)
    rows = np.concatenate([rng.normal(size=(8, dim)), np.ones((1, dim)), rng.uniform(0.5, 1.0, size=(1, dim))])
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    for one in rows:
        for two in rows:
            quick = float(np.cumsum(one * two, dtype=np.float32)[-1])
            given = round(float((one.astype(np.float64) * two.astype(np.float64)).sum()), DECIMALS)
            assert abs(quick - given) <= product_slack(dim)


def test_the_slack_grows_with_the_columns() -> None:
    """A fixed margin would lose neighbours of wide embeddings."""
    assert 2.3e-5 < product_slack(384) < product_slack(1024) < 1e-4


def test_a_similarity_is_the_same_in_both_directions_and_in_any_batch() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(40, 384))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    ones, others = np.repeat(rows, 40, axis=0), np.tile(rows, (40, 1))

    together = similarities_of(ones, others)

    assert np.array_equal(together, similarities_of(others, ones))
    assert np.array_equal(together.reshape(40, 40)[7], similarities_of(rows[7:8], rows))
    assert np.array_equal(together, np.round(together, DECIMALS))


def test_a_similarity_lies_within_the_range_of_a_cosine_and_is_never_minus_zero() -> None:
    longer = np.array([[1.0009, 0.0], [-1.0009, 0.0], [-1e-9, 1.0]], dtype=np.float32)

    found = similarities_of(longer[:1], longer)

    assert found.tolist() == [1.0, -1.0, 0.0]
    assert not np.signbit(found[2])
