"""Exact nearest neighbours over faiss ``IndexFlatIP``, made independent of order and batch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
import numpy.typing as npt

from claimtrack.errors import InvalidInputError
from claimtrack.index.base import Neighbor
from claimtrack.index.similarity import DECIMALS, PAIRS_AT_ONCE, UNIT_TOLERANCE, product_slack, similarities_of

__all__ = ["FaissIndex"]

# Candidates that faiss proposes at a time: 6 MB. It is several times as fast with hundreds of queries at once as with few.
_PROPOSED_AT_ONCE = 1 << 19
# Neighbours asked for beyond the k-th, so that most queries are closed by the first search.
_SPARE = 8


class FaissIndex:
    """Finds nearest vectors exactly; the result depends only on the ids and vectors held.

    Parameters
    ----------
    dim : int, at least 1
        Number of columns of the vectors.

    Notes
    -----
    The inner product that faiss gives for one pair of vectors differs by some 1e-7 with the size of the batch, and it
    breaks ties in the order of insertion. So faiss only proposes candidates, with a margin that covers its error; their
    similarities are computed anew in float64, rounded to six decimals and kept within [-1, 1], and it is these that are
    compared, with each other (ties by id) and with `min_similarity`, which is rounded likewise. A similarity is the
    same in both directions.

    Exact search, O(n_queries * n_held * dim) time. Many vectors within 1e-4 below the k-th neighbour (copies of one
    text) make it slower, not wrong. The number of threads of faiss is left as it is.

    References
    ----------
    Johnson, Douze, Jegou (2019), Billion-scale similarity search with GPUs.
    """

    def __init__(self, dim: int) -> None:
        if isinstance(dim, bool) or not isinstance(dim, int) or dim < 1:
            raise InvalidInputError(f"dim must be an int of at least 1; got {dim!r}.")
        import faiss

        self._dim = dim
        self._faiss = faiss.IndexFlatIP(dim)
        self._ids: list[str] = []
        self._held: set[str] = set()
        self._slack = product_slack(dim)

    @property
    def name(self) -> str:
        """Kind of index, and whether its search is exact."""
        return "faiss IndexFlatIP, exact"

    @property
    def dim(self) -> int:
        """Number of columns of the vectors."""
        return self._dim

    def __len__(self) -> int:
        """Count the vectors held."""
        return len(self._ids)

    def add(self, ids: Sequence[str], vectors: npt.NDArray[np.float32], /) -> None:
        """Add vectors under ids; the vectors are copied.

        Parameters
        ----------
        ids : sequence of str
            One for each row; none held already, none twice.
        vectors : ndarray of shape (n, dim), floating
            Rows of unit length, to 1e-3. Kept as float32.

        Raises
        ------
        InvalidInputError
            If a shape is wrong, a row is not of unit length or holds NaN, or an id is held already. Nothing is added then.
        """
        rows = self._checked(vectors)
        _check_ids(ids)
        if len(ids) != len(rows):
            raise InvalidInputError(
                f"ids must be as many as the rows of vectors; got {len(ids)} ids, {len(rows)} rows."
            )
        for id_ in ids:
            if id_ in self._held:
                raise InvalidInputError(f"ids must not be held already; got {id_!r}.\nHint: remove it first.")
        if ids:
            self._faiss.add(rows)
            self._ids.extend(ids)
            self._held.update(ids)

    def remove(self, ids: Sequence[str], /) -> None:
        """Remove vectors.

        Parameters
        ----------
        ids : sequence of str
            Each held, none twice.

        Raises
        ------
        InvalidInputError
            If an id is not held. Nothing is removed then.
        """
        _check_ids(ids)
        for id_ in ids:
            if id_ not in self._held:
                raise InvalidInputError(f"ids must be held to be removed; got {id_!r}.")
        if not ids:
            return
        import faiss

        gone = set(ids)
        stays = [id_ not in gone for id_ in self._ids]
        self._faiss.remove_ids(faiss.IDSelectorBatch(np.flatnonzero(~np.array(stays)).astype(np.int64)))
        self._ids = list(compress(self._ids, stays))
        self._held -= gone

    def search(
        self, vectors: npt.NDArray[np.float32], /, *, k: int, min_similarity: float = -1.0
    ) -> list[list[Neighbor]]:
        """Find, for each row, the nearest vectors held.

        Parameters
        ----------
        vectors : ndarray of shape (n, dim), floating
            Rows of unit length, to 1e-3.
        k : int, at least 1
            Most neighbours returned for a row. Neighbours that tie at the k-th place are chosen by id.
        min_similarity : float in [-1, 1], default -1.0
            Lowest cosine similarity that is returned, the bound included; compared after rounding both to six decimals.

        Returns
        -------
        list of list of Neighbor
            One list for each row; highest similarity first, ties by id. A vector that is held finds itself. Empty lists
            from an empty index.

        Raises
        ------
        InvalidInputError
            If a shape is wrong, a row is not of unit length or holds NaN, or `k` or `min_similarity` is out of range.
        """
        rows = self._checked(vectors)
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
        if not isinstance(min_similarity, float | int) or not -1.0 <= min_similarity <= 1.0:
            raise InvalidInputError(
                f"min_similarity must be in [-1, 1]; got {min_similarity!r}.\nHint: this is a cosine similarity, not a percentage."
            )
        found: list[list[Neighbor]] = [[] for _ in range(len(rows))]
        bound = round(float(min_similarity), DECIMALS)
        wanted = min(k, len(self._ids))
        asked = min(k + _SPARE, len(self._ids))
        open_rows = np.arange(len(rows)) if self._ids else np.arange(0)
        while len(open_rows):
            still_open: list[int] = []
            step = max(1, _PROPOSED_AT_ONCE // asked)
            for start in range(0, len(open_rows), step):
                batch = open_rows[start : start + step]
                proposed, places = self._faiss.search(rows[batch], asked)
                near = np.clip(proposed.astype(np.float64), -1.0, 1.0)
                # What faiss puts below this can't be among the first k, nor at the bound.
                floor = np.maximum(near[:, wanted - 1] - 2 * self._slack, bound - self._slack)
                closed = (near[:, -1] < floor) | (asked == len(self._ids))
                still_open.extend(batch[~closed].tolist())
                for row, row_near, row_places, row_floor in zip(
                    batch[closed].tolist(), near[closed], places[closed], floor[closed], strict=True
                ):
                    found[row] = self._ranked(rows[row], row_places[row_near >= row_floor], k, bound)
            open_rows = np.array(still_open, dtype=np.int64)
            asked = min(4 * asked, len(self._ids))
        return found

    def _ranked(
        self, query: npt.NDArray[np.float32], places: npt.NDArray[np.int64], k: int, bound: float
    ) -> list[Neighbor]:
        """Compute the similarities of candidates anew and put the nearest first."""
        ranked: list[tuple[float, str]] = []
        for start in range(0, len(places), PAIRS_AT_ONCE):
            part = places[start : start + PAIRS_AT_ONCE]
            similarities = similarities_of(query[None], self._faiss.reconstruct_batch(part)).tolist()
            ranked += ((-s, self._ids[p]) for s, p in zip(similarities, part.tolist(), strict=True) if s >= bound)
        ranked.sort()
        return [Neighbor(id_, -negated + 0.0) for negated, id_ in ranked[:k]]

    def _checked(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Check vectors and give them as C-contiguous float32."""
        if not isinstance(vectors, np.ndarray) or vectors.dtype.kind != "f":
            got = vectors.dtype if isinstance(vectors, np.ndarray) else type(vectors).__name__
            raise InvalidInputError(f"vectors must be a floating ndarray; got {got}.")
        if vectors.ndim != 2 or vectors.shape[1] != self._dim:
            raise InvalidInputError(
                f"vectors must have {self._dim} columns, as the index has; got shape {vectors.shape}."
            )
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
        bad = np.flatnonzero(~(np.abs(lengths - 1.0) <= UNIT_TOLERANCE))
        if len(bad):
            raise InvalidInputError(
                f"vectors must have rows of unit length, to {UNIT_TOLERANCE}; got length {lengths[bad[0]]} in row {bad[0]}."
            )
        return rows


def _check_ids(ids: Sequence[str]) -> None:
    if isinstance(ids, str):
        raise InvalidInputError(f"ids must be a sequence of str; got the str {ids!r}.")
    seen: set[str] = set()
    for id_ in ids:
        if not isinstance(id_, str):
            raise InvalidInputError(f"ids must be str; got {id_!r}.")
        if id_ in seen:
            raise InvalidInputError(f"ids must not repeat; got {id_!r} twice.")
        seen.add(id_)
