"""What an extractor is: an article in, its claims out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claimtrack.records import Article, Claim

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Splits articles into atomic claims."""

    @property
    def name(self) -> str:
        """Name and version, kept in each claim's provenance."""
        ...

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        """Split each article into claims.

        Parameters
        ----------
        articles : sequence of Article
            Each is read by itself: what an article yields never depends on the others of the batch.

        Returns
        -------
        list of list of Claim
            One list for each article, same order; claims in the order of their first character, then of
            their last, ties by id. Every span
            lies within the article's text. Empty for an article that states nothing.
        """
        ...
