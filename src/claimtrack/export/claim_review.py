"""Sides of clusters in the words of schema.org, for programs that read fact checks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from claimtrack.errors import InvalidInputError
from claimtrack.export.jsonl import Exported
from claimtrack.records import Article, Attribution, Claim, Cluster, Side
from claimtrack.records.wording import counted

__all__ = ["to_claim_review"]

_ASPECT = "how many independent sources state it"
_EXPLANATION = "Counted by claimtrack in the articles of one store. It says who states what, not whether it is true."


def to_claim_review(records: Iterable[Exported]) -> str:
    """Write the sides of all clusters as JSON-LD: a ``ClaimReview`` for each, which reviews a ``Claim``.

    Parameters
    ----------
    records : iterable of Exported
        All that there is, as :attr:`claimtrack.Tracker.records` gives it.

    Returns
    -------
    str
        An object with ``@context`` and ``@graph``. A claim has the words of its side's first claim, who states it as
        ``author``, the articles in which it stands as ``appearance``, and the earliest, if it has a date, as
        ``firstAppearance``; ``about`` names the cluster.

    Raises
    ------
    InvalidInputError
        If the article of a clustered claim is missing.

    Notes
    -----
    The rating is a count in words (``reviewRating.alternateName``: "stated by 2 independent sources, contradicted by 1") and
    says what it is about (``reviewAspect``). It has no ``ratingValue``, since claimtrack does not know what is true, and
    the review has no ``url``, ``author`` and ``datePublished``: these are the publisher's. To publish it as a fact check,
    a person must write them, and a rating of their own.

    Dropped: claims in no cluster, the words of the other claims of a side, their places, relations, corrections and
    lineage. Vocabulary: https://schema.org/ClaimReview, https://schema.org/Claim.
    """
    articles: dict[str, Article] = {}
    clusters: list[Cluster] = []
    for record in records:
        match record:
            case Article():
                articles[record.id] = record
            case Cluster():
                clusters.append(record)
    missing = {claim.article_id for cluster in clusters for claim in cluster.claims} - articles.keys()
    if missing:
        raise InvalidInputError(f"records must hold the article of each claim; got none with the id {min(missing)!r}.")
    reviews = [_review(cluster, side, articles) for cluster in clusters for side in cluster.sides]
    return json.dumps({"@context": "https://schema.org", "@graph": reviews}, ensure_ascii=True, indent=1) + "\n"


def _review(cluster: Cluster, side: Side, articles: dict[str, Article]) -> dict[str, Any]:
    against = _contradicting(cluster, side)
    stated = counted(side.independent_sources, "independent source")
    return {
        "@type": "ClaimReview",
        "claimReviewed": side.claims[0].text,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": f"stated by {stated}, contradicted by {_count(cluster, against, articles) or 'none'}",
            "reviewAspect": _ASPECT,
            "ratingExplanation": _EXPLANATION,
        },
        "itemReviewed": _claim(cluster, side, articles),
    }


def _contradicting(cluster: Cluster, side: Side) -> list[Claim]:
    own = set(side.claim_ids)
    against = {i for pair in cluster.contradictions if own.intersection(pair) for i in pair} - own
    return [claim for claim in cluster.claims if claim.id in against]


def _count(cluster: Cluster, claims: list[Claim], articles: dict[str, Article]) -> int:
    """Count outlets, a folded one as what it is folded into."""
    folds = {fold.source: fold.into for fold in cluster.folds}
    outlets = {articles[claim.article_id].outlet for claim in claims}
    return len({folds.get(outlet, outlet) for outlet in outlets})


def _claim(cluster: Cluster, side: Side, articles: dict[str, Article]) -> dict[str, Any]:
    found = list(dict.fromkeys(claim.article_id for claim in side.claims))
    voices = dict.fromkeys(_voice(claim, articles[claim.article_id]) for claim in side.claims)
    claim: dict[str, Any] = {
        "@type": "Claim",
        "identifier": side.claims[0].id,
        "text": side.claims[0].text,
        "author": [{"name": name} for name in voices if name],
        "appearance": [_work(articles[i]) for i in found],
        "about": {"@type": "Thing", "identifier": cluster.id, "name": cluster.label},
    }
    if articles[found[0]].published:
        claim["firstAppearance"] = _work(articles[found[0]])
    return claim


def _voice(claim: Claim, article: Article) -> str | None:
    """Who states it: the speaker, or the outlet in its own voice; None if nobody is named."""
    return claim.speaker or (article.source if claim.attribution is Attribution.OWN else None)


def _work(article: Article) -> dict[str, Any]:
    told = {
        "@type": "Article",
        "identifier": article.id,
        "headline": article.title,
        "url": article.url,
        "datePublished": article.published,
        "author": {"name": article.author} if article.author else None,
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
    }
    return {name: value for name, value in told.items() if value is not None}
