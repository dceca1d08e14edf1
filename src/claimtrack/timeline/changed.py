"""What new articles have brought to the clusters."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Appearance,
    Article,
    Changes,
    Claim,
    Cluster,
    GainedSources,
    NewClaims,
    NewContradiction,
)
from claimtrack.timeline.appearances import articles_by_id, by_date, canonical

__all__ = ["changes"]


def _check_aware(name: str, value: datetime.datetime) -> None:
    if not isinstance(value, datetime.datetime) or value.utcoffset() is None:
        raise InvalidInputError(
            f"{name} must be a time zone aware datetime; got {value!r}.\n"
            "Hint: datetime.datetime.now(datetime.UTC) is aware."
        )


def _new_articles(
    article_ids: Iterable[str], added: Mapping[str, datetime.datetime], since: datetime.datetime
) -> tuple[str, ...]:
    """Give the articles that were added after `since`, first added first, ties by id."""
    new = []
    for article_id in sorted(article_ids):
        if article_id not in added:
            raise InvalidInputError(f"added must hold the time of every article; got none for {article_id!r}.")
        _check_aware(f"added[{article_id!r}]", added[article_id])
        if added[article_id] > since:
            new.append(article_id)
    return tuple(sorted(new, key=lambda article_id: added[article_id]))


def _in_order(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Put clusters in the order that they are made in; check that none is there twice."""
    ordered = sorted(clusters, key=lambda cluster: cluster.id)
    for one, two in itertools.pairwise(ordered):
        if one.id == two.id:
            raise InvalidInputError(f"clusters must have distinct ids; got {one.id!r} twice.")
    return sorted(ordered, key=lambda cluster: (not cluster.contradictions, -len(cluster.sources)))


def _make_a_cluster(claims: Sequence[Claim], speakers: Mapping[str, str]) -> bool:
    """Whether claims are of two articles or of two speakers; the outlet's own voice counts as one."""
    return len({claim.article_id for claim in claims}) > 1 or len({canonical(claim, speakers) for claim in claims}) > 1


def _contradictions(cluster: Cluster, new: frozenset[str]) -> Iterator[NewContradiction]:
    for one, other in sorted(cluster.contradictions):
        if one in new or other in new:
            yield NewContradiction(cluster_id=cluster.id, one_id=one, other_id=other)


def _gained(cluster: Cluster, made: Mapping[str, Appearance], new: frozenset[str]) -> Iterator[GainedSources]:
    """Give the outlets that only new claims bring to a side which has old ones."""
    for n, side in enumerate(cluster.sides):
        known = {made[claim_id].outlet for claim_id in side.claim_ids if claim_id not in new}
        outlets = {made[claim_id].outlet for claim_id in side.claim_ids} - known
        if known and outlets:
            yield GainedSources(cluster_id=cluster.id, side=n, outlets=tuple(sorted(outlets)))


def changes(
    clusters: Iterable[Cluster],
    articles: Iterable[Article],
    added: Mapping[str, datetime.datetime],
    since: datetime.datetime,
    *,
    speakers: Mapping[str, str] | None = None,
) -> Changes:
    """Tell what the articles that were added after a point in time have brought.

    Parameters
    ----------
    clusters : iterable of Cluster
        The clusters of now.
    articles : iterable of Article
        The article of every claim of the clusters, and all others of which it matters whether they are new.
    added : mapping of str to datetime
        Article id -> when the store took it in, time zone aware. It holds every article; others may be among them.
    since : datetime
        Time zone aware. An article is new if it was added later; one that was added at this very time is not.
    speakers : mapping of str to str, or None
        Speaker of a claim -> the one name of that speaker, the mapping that the clusters were made with.

    Returns
    -------
    Changes
        Nothing depends on the order of the arguments.

    Raises
    ------
    InvalidInputError
        If `since` or a time of `added` has no time zone, an article has no time in `added`, an article or a cluster is
        there twice, or the article of a claim is missing.

    Notes
    -----
    A cluster is new if it has a claim of a new article and would be no cluster without such claims: those that are left
    are not of two articles or two speakers. Two older clusters that a new article joins make one that is not new. New
    contradictions and gained sources are listed for clusters that are not new. A side gains an outlet if all its claims
    of that outlet are of new articles, and only a side with an older claim does.

    Clusters are made anew from all claims, so a claim may have gone to another side or cluster; that is not told here. Nor
    is what articles that were removed took with them. Outlets are counted by name: whether an article is a copy of
    another one is not asked.
    """
    _check_aware("since", since)
    by_id = articles_by_id(articles)
    new_articles = _new_articles(by_id, added, since)
    new_ids = frozenset(new_articles)
    new_clusters: list[str] = []
    new_claims: list[NewClaims] = []
    contradictions: list[NewContradiction] = []
    gained: list[GainedSources] = []
    for cluster in _in_order(clusters):
        made = {appearance.claim.id: appearance for appearance in by_date(cluster.claims, by_id, speakers or {})}
        fresh = [claim_id for claim_id, appearance in made.items() if appearance.claim.article_id in new_ids]
        if not fresh:
            continue
        new_claims.append(NewClaims(cluster_id=cluster.id, claim_ids=tuple(fresh)))
        new = frozenset(fresh)
        if not _make_a_cluster([claim for claim in cluster.claims if claim.id not in new], speakers or {}):
            new_clusters.append(cluster.id)
            continue
        contradictions.extend(_contradictions(cluster, new))
        gained.extend(_gained(cluster, made, new))
    return Changes(
        since=since,
        articles=new_articles,
        clusters=tuple(new_clusters),
        claims=tuple(new_claims),
        contradictions=tuple(contradictions),
        gained=tuple(gained),
    )
