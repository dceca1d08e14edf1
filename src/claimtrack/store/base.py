"""What a store is: it keeps articles, claims, vectors and judged pairs."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from claimtrack.embedding.base import Embeddings
from claimtrack.records import Article, Claim, Correction, Judgement, LineageEvent, Relation, Version

__all__ = ["Store"]


class Store(Protocol):
    """Keeps records; what is asked for twice comes back in the same order."""

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
        """Keep an article with its claims, all or nothing.

        Parameters
        ----------
        article : Article
        claims : sequence of Claim
        vectors : ndarray of shape (n_claims, dim), float32
            Row i belongs to claim i.
        title : ndarray of shape (0 or 1, dim), float32
            The embedding of the title, if the article has one.
        at : datetime with a time zone
            When it is taken in.
        ends : sequence of str
            Kept articles that it is the new version of.

        Returns
        -------
        bool
            False if the article was there already, and nothing changed.
        """
        ...

    def remove_article(self, article_id: str, /) -> bool:
        """Forget an article, its claims and their relations; False if it was not there.

        What it had taken the place of counts again, or is ended by what took its own place.
        """
        ...

    def add_judgements(self, judgements: Iterable[Judgement], /) -> None:
        """Keep judged pairs; all claims must be kept. A later judgement of a pair takes the place of an earlier one."""
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

    def count_judgements(self) -> int:
        """Count the judged pairs, both directions as one."""
        ...

    def judged_as(self, pairs: Sequence[tuple[str, str]], /) -> list[str | None]:
        """Give the key of each of these pairs; None for one that was not judged."""
        ...

    def relations(self, *, telling: bool = False, among: Collection[str] | None = None) -> list[Relation]:
        """Judged pairs in both directions, by premise id, then hypothesis id.

        Parameters
        ----------
        telling : bool, default False
            Only the pairs that are more than plainly neutral in a direction.
        among : collection of str, or None
            Only the pairs that join two of these claims.
        """
        ...

    def added(self) -> dict[str, datetime.datetime]:
        """Give when each article was taken in."""
        ...

    def versions(self) -> list[Version]:
        """Old versions of articles, by article id, then by what took their place."""
        ...

    def add_correction(self, correction: Correction, /) -> None:
        """Keep a person's decision; one about the same two takes the place of an earlier one."""
        ...

    def remove_correction(self, correction_id: str, /) -> bool:
        """Forget a person's decision; False if it was not there."""
        ...

    def corrections(self) -> list[Correction]:
        """All decisions, by time, then id. They stay when their articles go, and count again when these come back."""
        ...

    def see_clusters(self, clusters: Mapping[str, Sequence[str]], events: Sequence[LineageEvent], /) -> None:
        """Keep which claims each cluster has now, and what became of those seen before."""
        ...

    def seen_clusters(self) -> dict[str, tuple[str, ...]]:
        """Give the clusters that were kept last: id -> ids of the claims, ascending."""
        ...

    def lineage(self) -> list[LineageEvent]:
        """All that became of clusters, in the order it was noticed."""
        ...

    def settings(self) -> dict[str, str]:
        """Give what the store was made with: names of the parts and what they decide by."""
        ...

    def set_settings(self, settings: Mapping[str, str], /) -> None:
        """Keep settings; those not named stay."""
        ...
