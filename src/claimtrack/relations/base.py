"""What a relation model is: pairs of texts in, three probabilities out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Probabilities", "RelationModel"]

Probabilities: TypeAlias = npt.NDArray[np.float64]


class RelationModel(Protocol):
    """Judges whether a premise entails or contradicts a hypothesis."""

    @property
    def name(self) -> str:
        """Name and version of the model, kept in each relation."""
        ...

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs.

        Parameters
        ----------
        pairs : sequence of (premise, hypothesis)
            May be empty.

        Returns
        -------
        ndarray of shape (n_pairs, 3), float64
            Columns entailment, neutral, contradiction; rows sum to 1, in the order of `pairs`. A pair gets the same
            row alone and in any batch, to four decimals.
        """
        ...
