"""A store that keeps records in memory, for one run and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.errors import InvalidInputError
from claimtrack.records import Article, Claim, Relation

__all__ = ["MemoryStore"]


@attrs.frozen(eq=False)
class _Kept:
    """An article with all that belongs to it."""

    article: Article
    claims: tuple[Claim, ...]
    vectors: Embeddings
    title: Embeddings


class MemoryStore:
    """Keeps articles, claims, vectors and judged pairs until the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._place: dict[str, tuple[str, int]] = {}  # claim id -> article id, row
        self._relations: dict[tuple[str, str], Relation] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def add_article(self, article: Article, claims: Sequence[Claim], vectors: Embeddings, title: Embeddings, /) -> bool:
        """Keep an article with its claims, all or nothing; the vectors are copied.

        Parameters
        ----------
        article : Article
        claims : sequence of Claim
            All of this article; no id twice, none kept already.
        vectors : ndarray of shape (n_claims, dim), float32
            Row i belongs to claim i. All articles must have the same dim.
        title : ndarray of shape (0 or 1, dim), float32
            The embedding of the title, if the article has one.

        Returns
        -------
        bool
            False if an article with this id was there already, and nothing changed.

        Raises
        ------
        InvalidInputError
            If a shape is wrong, a value is not finite, or a claim is of another article or known already.
        """
        if article.id in self._kept:
            return False
        dim = self._dim()
        _check_rows("vectors", vectors, (len(claims),), dim)
        _check_rows("title", title, (0, 1), vectors.shape[1])
        rows: dict[str, tuple[str, int]] = {}
        for n, claim in enumerate(claims):
            if claim.article_id != article.id:
                raise InvalidInputError(
                    f"claims[{n}] must be a claim of article {article.id!r}; got one of {claim.article_id!r}."
                )
            if claim.id in self._place or claim.id in rows:
                raise InvalidInputError(
                    f"claims[{n}] must have an id of its own; got {claim.id!r}, which is known already."
                )
            rows[claim.id] = (article.id, n)
        self._kept[article.id] = _Kept(
            article, tuple(claims), np.array(vectors, dtype=np.float32), np.array(title, dtype=np.float32)
        )
        self._place.update(rows)
        return True

    def remove_article(self, article_id: str, /) -> bool:
        """Forget an article, its claims and their relations; False if it was not there."""
        kept = self._kept.pop(article_id, None)
        if kept is None:
            return False
        gone = {claim.id for claim in kept.claims}
        for id_ in gone:
            del self._place[id_]
        self._relations = {pair: relation for pair, relation in self._relations.items() if gone.isdisjoint(pair)}
        self._keys = {pair: key for pair, key in self._keys.items() if gone.isdisjoint(pair)}
        return True

    def add_relations(self, relations: Iterable[Relation], /, keys: Mapping[tuple[str, str], str]) -> None:
        """Keep judged pairs, one for each ordered pair of claims: a later one takes the place of an earlier one.

        Parameters
        ----------
        relations : iterable of Relation
        keys : mapping of (claim id, claim id) to str
            For each unordered pair that was judged, what it was judged as; see :meth:`judgements`.

        Raises
        ------
        InvalidInputError
            If a claim is not kept. Nothing is kept then.
        """
        fresh = list(relations)
        self.check_relations(fresh, keys)
        self._relations.update({(relation.premise_id, relation.hypothesis_id): relation for relation in fresh})
        self._keys.update(keys)

    def check_relations(self, relations: Iterable[Relation], keys: Mapping[tuple[str, str], str]) -> None:
        """Raise InvalidInputError if a pair names a claim that is not kept."""
        for pair in [*((relation.premise_id, relation.hypothesis_id) for relation in relations), *keys]:
            for id_ in pair:
                self._placed(id_)

    def judgements(self) -> dict[tuple[str, str], str]:
        """Give the key that each unordered pair was judged under, as a copy."""
        return dict(self._keys)

    def articles(self) -> list[Article]:
        """All articles, by id."""
        return [self._kept[id_].article for id_ in sorted(self._kept)]

    def claims(self, *, article_id: str | None = None) -> list[Claim]:
        """All claims (of one article), by article id, then first character, then id; empty for an unknown article."""
        kept = (
            self._kept.values() if article_id is None else [self._kept[article_id]] if article_id in self._kept else []
        )
        claims = [claim for one in kept for claim in one.claims]
        return sorted(claims, key=lambda claim: (claim.article_id, claim.provenance.spans[0].start, claim.id))

    def vectors(self, claim_ids: Sequence[str], /) -> Embeddings:
        """Embeddings of these claims, row by row, as a copy.

        Returns
        -------
        ndarray of shape (n_claim_ids, dim), float32
            Shape (0, 0) for no ids while the store is empty: no dim is known yet.

        Raises
        ------
        InvalidInputError
            If a claim is not kept.
        """
        places = [self._placed(id_) for id_ in claim_ids]
        vectors = np.empty((len(places), self._dim() or 0), dtype=np.float32)
        for n, (article_id, row) in enumerate(places):
            vectors[n] = self._kept[article_id].vectors[row]
        return vectors

    def title_vector(self, article_id: str, /) -> Embeddings:
        """Embedding of an article's title, shape (0 or 1, dim), as a copy; an unknown article is an InvalidInputError."""
        if article_id not in self._kept:
            raise InvalidInputError(f"article_id must be that of a kept article; got {article_id!r}.")
        return self._kept[article_id].title.copy()

    def relations(self) -> list[Relation]:
        """All judged pairs, neutral ones too, by premise id, then hypothesis id."""
        return [relation for _, relation in sorted(self._relations.items(), key=lambda item: item[0])]

    def _dim(self) -> int | None:
        """Columns of the kept vectors; None while nothing is kept."""
        return next((kept.vectors.shape[1] for kept in self._kept.values()), None)

    def _placed(self, claim_id: str) -> tuple[str, int]:
        if claim_id not in self._place:
            raise InvalidInputError(f"claim id must be that of a kept claim; got {claim_id!r}.")
        return self._place[claim_id]


def _check_rows(name: str, rows: Embeddings, n_rows: tuple[int, ...], dim: int | None) -> None:
    """Check that an array is floating, finite and has one of these numbers of rows and `dim` columns."""
    if not isinstance(rows, np.ndarray) or rows.dtype.kind != "f":
        got = rows.dtype if isinstance(rows, np.ndarray) else type(rows).__name__
        raise InvalidInputError(f"{name} must be a floating ndarray; got {got}.")
    if rows.ndim != 2 or rows.shape[0] not in n_rows or (dim is not None and rows.shape[1] != dim):
        expected = f"({' or '.join(map(str, n_rows))}, {'any number' if dim is None else dim})"
        raise InvalidInputError(f"{name} must have shape {expected}; got {rows.shape}.")
    if not np.isfinite(rows).all():
        raise InvalidInputError(f"{name} must be finite; got NaN or infinity.")
