"""The margin between quick products and the similarities that are given."""

from __future__ import annotations

import numpy as np
import pytest

from claimtrack.index.similarity import DECIMALS, product_slack


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
