"""Trackers made of the public doubles, and short ways to say what is in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimtrack import Article, Tracker, TrackerOptions
from claimtrack.index import FaissIndex, Neighbor
from claimtrack.relations import Probabilities
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

__all__ = [
    "ALSO_OPENS",
    "NORTH",
    "NOT_OPENS",
    "OPENS",
    "SOUTH",
    "START",
    "WEST",
    "Clock",
    "CountingIndex",
    "CountingModel",
    "NeutralModel",
    "claim_of",
    "everything",
    "make",
    "opened",
    "parts",
    "sides",
]

OPENS = "The bridge over the Ems will open in June."
NOT_OPENS = "The bridge over the Ems will not open in June at all."
ALSO_OPENS = "The bridge over the river Ems will open in June."
SOUTH = Article(name="south", text=NOT_OPENS, source="South", published="2031-03-01")
NORTH = Article(name="north", text=OPENS, source="North", published="2031-03-02")
WEST = Article(name="west", text=ALSO_OPENS, source="West", published="2031-03-03")

START = datetime.datetime(2031, 3, 4, 8, tzinfo=datetime.UTC)


class Clock:
    """Goes on by an hour when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime.datetime:
        return self.now

    def tick(self) -> datetime.datetime:
        self.now += datetime.timedelta(hours=1)
        return self.now


class NeutralModel(WordRelationModel):
    """Says that nothing has to do with anything."""

    name = "neutral"

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        return np.tile(np.array([[0.05, 0.9, 0.05]]), (len(pairs), 1))


class CountingModel(WordRelationModel):
    """Counts the ordered pairs that it was asked."""

    asked = 0

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        self.asked += len(pairs)
        return super().judge(pairs)


class CountingIndex(FaissIndex):
    """Counts the rows that were searched for."""

    searched = 0

    def __init__(self) -> None:
        super().__init__(64)

    def search(
        self, vectors: npt.NDArray[np.float32], /, *, k: int, min_similarity: float = -1.0
    ) -> list[list[Neighbor]]:
        self.searched += len(vectors)
        return super().search(vectors, k=k, min_similarity=min_similarity)


def parts(**others: Any) -> dict[str, Any]:
    doubles = {
        "embedder": LetterEmbedder(),
        "extractor": SentenceExtractor(),
        "relation_model": WordRelationModel(),
        "clock": Clock(),
        "options": TrackerOptions(min_similarity=-1.0),
    }
    return doubles | others


def make(articles: Iterable[Article] = (), **others: Any) -> Tracker:
    tracker = Tracker(**parts(**others))
    tracker.add(articles)
    return tracker


def opened(path: Path, **others: Any) -> Tracker:
    return Tracker.open(path / "desk.db", **parts(**others))


def claim_of(tracker: Tracker, article: Article) -> str:
    """Id of the first claim of an article."""
    return next(claim.id for claim in tracker.claims if claim.article_id == article.id)


def sides(tracker: Tracker) -> list[list[str]]:
    """Names of the articles on each side of each cluster."""
    name_of = {article.id: article.name for article in tracker.articles}
    return [
        [" ".join(name_of[claim.article_id] for claim in side.claims) for side in cluster.sides]
        for cluster in tracker.clusters
    ]


def everything(tracker: Tracker) -> tuple[object, ...]:
    """All that can be read from a tracker, but its history."""
    return (
        tracker.articles,
        tracker.claims,
        tracker.candidates(),
        tracker.judged,
        tracker.relations,
        tracker.clusters,
        tracker.search("Will the bridge open?"),
        tracker.check(OPENS),
    )
