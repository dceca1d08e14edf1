"""What an embedder is: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Embedder", "Embeddings"]

Embeddings: TypeAlias = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Maps texts to vectors whose cosine says what is about the same thing."""

    @property
    def name(self) -> str:
        """Name of the model, kept beside the vectors."""
        ...

    @property
    def dim(self) -> int:
        """Number of columns of each embedding."""
        ...

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed texts.

        Parameters
        ----------
        texts : sequence of str
            May be empty.

        Returns
        -------
        ndarray of shape (n_texts, dim), float32
            Rows of unit length, in the order of `texts`; shape (0, dim) for no texts. A text gets the same row alone
            and in any batch, to 1e-5.
        """
        ...
