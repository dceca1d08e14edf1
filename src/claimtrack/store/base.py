"""What a store is: it keeps articles, claims, vectors and judged pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from claimtrack.embedding.base import Embeddings
from claimtrack.records import Article, Claim, Relation

__all__ = ["Store"]


class Store(Protocol):
    """Keeps records; what is asked for twice comes back in the same order."""

    def add_article(self, article: Article, claims: Sequence[Claim], vectors: Embeddings, title: Embeddings, /) -> bool:
        """Keep an article with its claims, all or nothing.

        Parameters
        ----------
        article : Article
        claims : sequence of Claim
        vectors : ndarray of shape (n_claims, dim), float32
            Row i belongs to claim i.
        title : ndarray of shape (0 or 1, dim), float32
            The embedding of the title, if the article has one.

        Returns
        -------
        bool
            False if the article was there already, and nothing changed.
        """
        ...

    def remove_article(self, article_id: str, /) -> bool:
        """Forget an article, its claims and their relations; False if it was not there."""
        ...

    def add_relations(self, relations: Iterable[Relation], /, keys: Mapping[tuple[str, str], str]) -> None:
        """Keep judged pairs, one for each ordered pair of claims; all claims must be kept.

        Parameters
        ----------
        relations : iterable of Relation
        keys : mapping of (claim id, claim id) to str
            For each unordered pair that was judged, what it was judged as (texts, model, thresholds); see `judgements`.
        """
        ...

    def articles(self) -> list[Article]:
        """All articles, by id."""
        ...

    def claims(self, *, article_id: str | None = None) -> list[Claim]:
        """All claims (of one article), by article id, then first character, then id."""
        ...

    def vectors(self, claim_ids: Sequence[str], /) -> Embeddings:
        """Embeddings of these claims, row by row."""
        ...

    def title_vector(self, article_id: str, /) -> Embeddings:
        """Embedding of an article's title, shape (0 or 1, dim)."""
        ...

    def judgements(self) -> dict[tuple[str, str], str]:
        """Give the key that each unordered pair was judged under: another one now means that it has to be judged again."""
        ...

    def relations(self) -> list[Relation]:
        """All judged pairs, neutral ones too, by premise id, then hypothesis id."""
        ...
