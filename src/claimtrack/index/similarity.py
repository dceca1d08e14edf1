"""What a similarity is compared and given as, and how far a quick product may lie from it."""

from __future__ import annotations

__all__ = ["DECIMALS", "UNIT_TOLERANCE", "product_slack"]

DECIMALS = 6
"""Decimals of a similarity: those that are compared, and those that are given."""
UNIT_TOLERANCE = 1e-3
"""How far the length of a row may be from 1."""


def product_slack(dim: int) -> float:
    """Give how far a float32 product of two rows may lie from the similarity that is given for them.

    The largest difference of a float32 inner product from the true one, in any order of summation (Higham 2002, section
    3.1), plus the rounding. It grows with the number of columns: 2.4e-5 at 384.
    """
    return float((dim + 2) * 2.0**-24 * (1 + UNIT_TOLERANCE) ** 2 + 10.0**-DECIMALS)
