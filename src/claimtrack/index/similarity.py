"""What a similarity is compared and given as, and how far a quick product may lie from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["DECIMALS", "PAIRS_AT_ONCE", "UNIT_TOLERANCE", "product_slack", "similarities_of"]

DECIMALS = 6
"""Decimals of a similarity: those that are compared, and those that are given."""
UNIT_TOLERANCE = 1e-3
"""How far the length of a row may be from 1."""
PAIRS_AT_ONCE = 512
"""Pairs of rows to give to :func:`similarities_of` at a time: 1.5 MB of float64 at 384 columns, which a cache holds."""


def product_slack(dim: int) -> float:
    """Give how far a float32 product of two rows, kept within [-1, 1], may lie from the similarity given for them.

    The largest difference of a float32 inner product from the true one, in any order of summation (Higham 2002, section
    3.1), plus the rounding. It grows with the number of columns: 2.4e-5 at 384.
    """
    return float((dim + 2) * 2.0**-24 * (1 + UNIT_TOLERANCE) ** 2 + 10.0**-DECIMALS)


def similarities_of(ones: npt.NDArray[np.float32], others: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Give the similarity of each row to the row beside it: the same in both directions, and in whatever batch.

    Parameters
    ----------
    ones, others : ndarray of shape (n, dim), float32
        One of them may be of shape (1, dim): it is compared with all rows of the other.

    Returns
    -------
    ndarray of shape (n,), float64
        Within [-1, 1], rounded to six decimals.
    """
    # The products of float32 numbers are exact in float64, and each row is summed by itself.
    sums = (ones.astype(np.float64) * others.astype(np.float64)).sum(axis=1)
    similarities: npt.NDArray[np.float64] = np.clip(np.round(sums, DECIMALS), -1.0, 1.0) + 0.0  # no -0.0
    return similarities
