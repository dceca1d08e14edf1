"""Claims found for a question by what they mean and by the words they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from claimtrack.errors import InvalidInputError
from claimtrack.index.base import Neighbor
from claimtrack.index.fusion import fuse
from claimtrack.index.lexical import LexicalIndex, Match
from claimtrack.index.similarity import DECIMALS, product_slack
from claimtrack.records import Claim, Hit

__all__ = ["HybridIndex"]

DEPTH = 200
FUSION_K = 1
FUSION_WEIGHTS = (1.0, 0.6)
"""How many of each ranking are fused, the constant of the fusion, and what cosine and BM25 count in it; chosen on one half
of the questions of ``benchmarks/retrieval.py``, which says what else was tried."""

# Rows whose similarity is computed in float64 at a time: 50 MB at 384 dimensions.
_ROWS_AT_ONCE = 16_384


class HybridIndex:
    """Ranks claims by cosine and by BM25, each helped by the title of the claim's article, and fuses the two rankings.

    Parameters
    ----------
    claims : sequence of Claim
        No id twice.
    vectors : ndarray of shape (n_claims, dim), float32
        Row i belongs to claim i; of unit length.
    titles : mapping of article id to (str, ndarray of shape (dim,), float32)
        Title and its unit vector, of those articles that have one.

    Raises
    ------
    InvalidInputError
        If the rows are not as many as the claims, or this Python's SQLite lacks FTS5.

    Notes
    -----
    Among the words of a claim are its speaker's. The cosine of a claim is the better of its own and its article's title's.
    The cosines are exact: float32 products only propose, with a margin that covers their error, and what is proposed is
    computed anew in float64 and rounded to six decimals. Nothing depends on the order of the claims.

    The first 200 of each ranking are fused, with 1 for the constant of the method and 0.6 for the weight of BM25: the first
    place of BM25 alone lies between the second and the third of the cosine. Claims beyond them follow in the order of the
    cosine, so that a search for more only adds at the end. O(n_claims * dim) time for a search; the vectors are held once
    more, 77 MB for 50,000 claims of 384 columns.

    References
    ----------
    Cormack, Clarke, Buettcher (2009), Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        vectors: npt.NDArray[np.float32],
        titles: Mapping[str, tuple[str, npt.NDArray[np.float32]]],
        /,
    ) -> None:
        if len(claims) != len(vectors):
            raise InvalidInputError(
                f"vectors must have one row for each claim; got {len(vectors)} rows, {len(claims)} claims."
            )
        self._claims = tuple(claims)
        self._ids = [claim.id for claim in claims]
        self._row_of = {id_: row for row, id_ in enumerate(self._ids)}
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        articles = sorted({claim.article_id for claim in claims} & set(titles))
        place = {article_id: n for n, article_id in enumerate(articles)}
        # Row of the claim's title; the last row is that of claims without one, and as far away as can be.
        self._title_of = np.array([place.get(claim.article_id, len(articles)) for claim in claims], dtype=np.int64)
        shape = (len(articles), self._vectors.shape[1])
        self._titles = np.array([titles[i][1] for i in articles], dtype=np.float32).reshape(shape)
        self._lexical = LexicalIndex()
        self._lexical.add(
            self._ids,
            [_said(claim) for claim in claims],
            [titles[claim.article_id][0] if claim.article_id in place else "" for claim in claims],
        )

    def __len__(self) -> int:
        """Count the claims held."""
        return len(self._claims)

    def search(self, query: str, vector: npt.NDArray[np.float32], /, *, k: int) -> list[Hit]:
        """Find the claims that a query asks for.

        Parameters
        ----------
        query : str
        vector : ndarray of shape (dim,), float32
            The embedding of the query, of unit length.
        k : int, at least 1

        Returns
        -------
        list of Hit
            Best first by the fused ranking, ties by claim id; `k` of them, or all claims if there are fewer. Their
            `similarity` is the cosine, which does not fall steadily along the list.
        """
        dense = self.dense(vector, k=DEPTH)
        rankings = [[n.id for n in dense], [m.id for m in self.lexical(query, k=DEPTH)]]
        ids = [id_ for id_, _ in fuse(rankings, k=FUSION_K, weights=FUSION_WEIGHTS)]
        if len(ids) < min(k, len(self)):
            found = set(ids)
            ids += [n.id for n in self.dense(vector, k=len(self)) if n.id not in found]
        rows = np.array([self._row_of[id_] for id_ in ids[:k]], dtype=np.int64)
        similarities, _ = self._exact(vector, rows)
        return [
            Hit(claim=self._claims[row], similarity=similarity)
            for row, similarity in zip(rows.tolist(), similarities.tolist(), strict=True)
        ]

    def lexical(self, query: str, /, *, k: int) -> list[Match]:
        """Rank claims by their words and their titles' words, see :meth:`LexicalIndex.search`."""
        return self._lexical.search(query, k=k)

    def dense(self, vector: npt.NDArray[np.float32], /, *, k: int) -> list[Neighbor]:
        """Rank claims by the better cosine of claim and title; ties by the claim's own cosine, then by claim id."""
        rows = self._proposed(vector, k)
        best, own = self._exact(vector, rows)
        ranked = sorted(
            (-b, -o, self._ids[row]) for row, b, o in zip(rows.tolist(), best.tolist(), own.tolist(), strict=True)
        )
        return [Neighbor(id_, -negated + 0.0) for negated, _, id_ in ranked[:k]]

    def _proposed(self, vector: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.int64]:
        """Give rows that hold the `k` best for certain."""
        if k >= len(self):
            return np.arange(len(self))
        query = vector.astype(np.float32)
        near = np.maximum(self._vectors @ query, np.append(self._titles @ query, np.float32(-2))[self._title_of])
        floor = float(np.partition(near, len(near) - k)[len(near) - k]) - 2 * product_slack(self._vectors.shape[1])
        rows: npt.NDArray[np.int64] = np.flatnonzero(near >= floor)
        return rows

    def _exact(
        self, vector: npt.NDArray[np.float32], rows: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Compute the better cosine and the claims' own ones of some rows, rounded to six decimals."""
        places, back = np.unique(self._title_of[rows], return_inverse=True)
        titled = places[places < len(self._titles)]
        titles = np.append(_cosines(self._titles, titled, vector), np.full(len(places) - len(titled), -1.0))
        own = _cosines(self._vectors, rows, vector)
        return np.maximum(own, titles[back]), own


def _said(claim: Claim) -> str:
    """Give the words of a claim, and the speaker's name where the claim does not hold it: one asks for what somebody said."""
    return f"{claim.speaker}: {claim.text}" if claim.speaker and claim.speaker not in claim.text else claim.text


def _cosines(
    vectors: npt.NDArray[np.float32], rows: npt.NDArray[np.int64], query: npt.NDArray[np.float32]
) -> npt.NDArray[np.float64]:
    """Give the cosines of rows; each is summed by itself, so that it does not depend on the others."""
    exact = query.astype(np.float64)
    parts = [rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows), _ROWS_AT_ONCE)]
    sums = [(vectors[part].astype(np.float64) * exact).sum(axis=1) for part in parts]
    cosines: npt.NDArray[np.float64] = np.clip(np.round(np.concatenate([np.zeros(0), *sums]), DECIMALS), -1.0, 1.0)
    return cosines + 0.0  # no -0.0
