"""A store that keeps records in memory, for one run and for tests."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs
import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.errors import InvalidInputError
from claimtrack.records import Article, Claim, Correction, Judgement, LineageEvent, Relation, Version

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
        self._judgements: dict[tuple[str, str], Judgement] = {}
        self._added: dict[str, datetime.datetime] = {}
        self._versions: list[Version] = []
        self._corrections: dict[str, Correction] = {}
        self._seen: dict[str, tuple[str, ...]] = {}
        self._lineage: list[LineageEvent] = []
        self._settings: dict[str, str] = {}

    def add_article(
        self,
        article: Article,
        claims: Sequence[Claim],
        vectors: Embeddings,
        title: Embeddings,
        /,
        *,
        at: datetime.datetime,
        ends: Sequence[str] = (),
    ) -> bool:
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
        at : datetime with a time zone
            When it is taken in.
        ends : sequence of str
            Kept articles that it is the new version of.

        Returns
        -------
        bool
            False if an article with this id was there already, and nothing changed.

        Raises
        ------
        InvalidInputError
            If a shape is wrong, a value is not finite, a claim is of another article or known already, or an article that
            ends is not kept.
        """
        if article.id in self._kept:
            return False
        dim = self._dim()
        _check_rows("vectors", vectors, (len(claims),), dim)
        _check_rows("title", title, (0, 1), vectors.shape[1])
        versions = [Version(article_id=old, by_id=article.id, at=at) for old in ends]
        for old in ends:
            if old not in self._kept:
                raise InvalidInputError(f"ends must hold ids of kept articles; got {old!r}.")
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
        self._added[article.id] = at
        self._versions += versions
        return True

    def remove_article(self, article_id: str, /) -> bool:
        """Forget an article, its claims and their relations; False if it was not there.

        What it had taken the place of counts again, or is ended by what took its own place.
        """
        kept = self._kept.pop(article_id, None)
        if kept is None:
            return False
        gone = {claim.id for claim in kept.claims}
        for id_ in gone:
            del self._place[id_]
        self._judgements = {pair: judged for pair, judged in self._judgements.items() if gone.isdisjoint(pair)}
        del self._added[article_id]
        later = [version for version in self._versions if version.article_id == article_id]
        handed_on = [
            Version(article_id=version.article_id, by_id=by.by_id, at=by.at)
            for version in self._versions
            if version.by_id == article_id
            for by in later
        ]
        stay = [v for v in self._versions if article_id not in (v.article_id, v.by_id)]
        known = {(v.article_id, v.by_id) for v in stay}
        self._versions = [*stay, *(v for v in handed_on if (v.article_id, v.by_id) not in known)]
        return True

    def add_judgements(self, judgements: Iterable[Judgement], /) -> None:
        """Keep judged pairs; a later judgement of a pair takes the place of an earlier one.

        Raises
        ------
        InvalidInputError
            If a claim is not kept. Nothing is kept then.
        """
        fresh = {judged.pair: judged for judged in judgements}
        self.check_kept(id_ for pair in fresh for id_ in pair)
        self._judgements |= fresh

    def check_kept(self, claim_ids: Iterable[str], /) -> None:
        """Raise InvalidInputError if a claim is not kept."""
        for id_ in claim_ids:
            self._placed(id_)

    def count_judgements(self) -> int:
        """Count the judged pairs, both directions as one."""
        return len(self._judgements)

    def judged_as(self, pairs: Sequence[tuple[str, str]], /) -> list[str | None]:
        """Give the key of each of these pairs, the lesser id first; None for one that was not judged."""
        found = [self._judgements.get(pair) for pair in pairs]
        return [judged.key if judged is not None else None for judged in found]

    def added(self) -> dict[str, datetime.datetime]:
        """Give when each article was taken in."""
        return dict(self._added)

    def versions(self) -> list[Version]:
        """Old versions of articles, by article id, then by what took their place."""
        return sorted(self._versions, key=lambda version: (version.article_id, version.by_id))

    def add_version(self, version: Version, /) -> None:
        """Keep that an article's text was taken the place of; both must be kept."""
        self._versions.append(version)

    def add_correction(self, correction: Correction, /) -> None:
        """Keep a person's decision; one about the same two takes the place of an earlier one."""
        about = correction.action.is_about_articles
        self._corrections = {
            id_: kept
            for id_, kept in self._corrections.items()
            if kept.pair != correction.pair or kept.action.is_about_articles != about
        }
        self._corrections[correction.id] = correction

    def remove_correction(self, correction_id: str, /) -> bool:
        """Forget a person's decision; False if it was not there."""
        return self._corrections.pop(correction_id, None) is not None

    def corrections(self) -> list[Correction]:
        """All decisions, by time, then id."""
        return sorted(self._corrections.values(), key=lambda correction: (correction.at, correction.id))

    def see_clusters(self, clusters: Mapping[str, Sequence[str]], events: Sequence[LineageEvent], /) -> None:
        """Keep which claims each cluster has now, and what became of those seen before."""
        self._seen = {id_: tuple(sorted(claims)) for id_, claims in sorted(clusters.items())}
        self._lineage += events

    def seen_clusters(self) -> dict[str, tuple[str, ...]]:
        """Give the clusters that were kept last: id -> ids of the claims, ascending."""
        return dict(self._seen)

    def lineage(self) -> list[LineageEvent]:
        """All that became of clusters, in the order it was noticed."""
        return list(self._lineage)

    def settings(self) -> dict[str, str]:
        """Give what the store was made with: names of the parts and what they decide by."""
        return dict(self._settings)

    def set_settings(self, settings: Mapping[str, str], /) -> None:
        """Keep settings; those not named stay."""
        self._settings |= settings

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

    def relations(self, *, telling: bool = False, among: Collection[str] | None = None) -> list[Relation]:
        """Judged pairs in both directions, by premise id, then hypothesis id; see :class:`claimtrack.store.Store`."""
        wanted = None if among is None else set(among)
        found = [
            relation
            for pair, judged in self._judgements.items()
            if (judged.is_telling or not telling) and (wanted is None or wanted.issuperset(pair))
            for relation in (judged.forward, judged.backward)
        ]
        return sorted(found, key=lambda relation: (relation.premise_id, relation.hypothesis_id))

    def holds(self, claim_id: str, /) -> bool:
        """Tell whether a claim is kept."""
        return claim_id in self._place

    def _dim(self) -> int | None:
        """Columns of the kept vectors; None while none is kept."""
        rows = (rows for kept in self._kept.values() for rows in (kept.vectors, kept.title) if len(rows))
        return next((some.shape[1] for some in rows), None)

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
