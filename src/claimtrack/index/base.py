"""What an index is: vectors in, nearest neighbours out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs
import numpy as np
import numpy.typing as npt
from attrs import validators as v

__all__ = ["Index", "Neighbor"]


@attrs.frozen
class Neighbor:
    """A row found near a query.

    Parameters
    ----------
    id : str
        The id the vector was added under.
    similarity : float in [-1, 1]
        Cosine similarity to the query.
    """

    id: str = attrs.field(validator=v.instance_of(str))
    similarity: float = attrs.field(validator=v.instance_of(float))


class Index(Protocol):
    """Finds the vectors nearest to a query by cosine similarity."""

    @property
    def name(self) -> str:
        """Kind of index, and whether its search is exact."""
        ...

    def __len__(self) -> int:
        """Count the vectors held."""
        ...

    def add(self, ids: Sequence[str], vectors: npt.NDArray[np.float32], /) -> None:
        """Add vectors under ids.

        Parameters
        ----------
        ids : sequence of str
            One for each row; none held already, none twice.
        vectors : ndarray of shape (n, dim), float32
            Rows of unit length.

        Raises
        ------
        InvalidInputError
            If a shape is wrong, a row is not of unit length or holds NaN, or an id is held already. Nothing is added then.
        """
        ...

    def remove(self, ids: Sequence[str], /) -> None:
        """Remove vectors; an id that is not held is an InvalidInputError and nothing is removed."""
        ...

    def search(
        self, vectors: npt.NDArray[np.float32], /, *, k: int, min_similarity: float = -1.0
    ) -> list[list[Neighbor]]:
        """Find, for each row, the nearest vectors held.

        Parameters
        ----------
        vectors : ndarray of shape (n, dim), float32
            Rows of unit length.
        k : int, at least 1
            Most neighbours returned for a row. Neighbours that tie at the k-th place are chosen by id.
        min_similarity : float in [-1, 1], default -1.0
            Lowest cosine similarity that is returned, the bound included.

        Returns
        -------
        list of list of Neighbor
            One list for each row; highest similarity first, ties by id. A vector that is held finds itself.
        """
        ...
