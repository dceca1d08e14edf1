"""Relations -> clusters with sides."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from claimtrack.clustering.contraction import contract
from claimtrack.clustering.judged_pairs import ClusterOptions, weigh
from claimtrack.errors import InvalidInputError
from claimtrack.independence import Fold, SourceCounter, read_families
from claimtrack.records import Article, Claim, Cluster, Label, Relation, Side, cluster_id

__all__ = ["cluster"]

LABEL_LENGTH = 80
"""Most characters of a cluster's label."""

_DECIDED = 10**12
"""Weight of a pair that people joined: more than all judged pairs together, in millionths of log-odds."""


def _shorten(text: str) -> str:
    """Cut a text at a word boundary to at most `LABEL_LENGTH` characters, the mark of the cut included."""
    text = " ".join(text.split())
    if len(text) <= LABEL_LENGTH:
        return text
    head = text[:LABEL_LENGTH]
    words = head.rpartition(" ")[0].rstrip(" ,;:-–—")
    return (words or head[:-1]) + "…"


def _components(nodes: Iterable[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Group nodes that links join, directly or through others; each group ascending."""
    neighbours: dict[int, set[int]] = {node: set() for node in sorted(nodes)}
    for one, two in links:
        neighbours[one].add(two)
        neighbours[two].add(one)
    components: list[list[int]] = []
    seen: set[int] = set()
    for start in neighbours:
        if start in seen:
            continue
        seen.add(start)
        component = [start]
        for node in component:  # grows while it is walked
            fresh = neighbours[node] - seen
            seen |= fresh
            component += fresh
        components.append(sorted(component))
    return components


def _distinct(claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[list[Claim], dict[str, Article]]:
    """Put claims in the order of their ids and articles under theirs; check that none is there twice or lost."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    for one, two in itertools.pairwise(ordered):
        if one.id == two.id:
            raise InvalidInputError(f"claims must have distinct ids; got {one.id!r} twice.")
    by_id: dict[str, Article] = {}
    for article in articles:
        if article.id in by_id:
            raise InvalidInputError(f"articles must have distinct ids; got {article.id!r} twice.")
        by_id[article.id] = article
    for claim in ordered:
        if claim.article_id not in by_id:
            raise InvalidInputError(
                f"articles must hold the article of every claim; got claim {claim.id!r} of article {claim.article_id!r}."
            )
    return ordered, by_id


def _pairs(relations: Iterable[Relation], number: Mapping[str, int]) -> dict[tuple[int, int], list[Relation]]:
    """Collect the directions of each unordered pair, as numbers of claims, the smaller first."""
    directions: dict[tuple[int, int], Relation] = {}
    pairs: dict[tuple[int, int], list[Relation]] = defaultdict(list)
    for relation in relations:
        try:
            premise, hypothesis = number[relation.premise_id], number[relation.hypothesis_id]
        except KeyError as error:
            raise InvalidInputError(f"relations must join claims that are given; got {error.args[0]!r}.") from None
        if (premise, hypothesis) in directions:
            raise InvalidInputError(
                f"relations must hold each ordered pair once; got {(relation.premise_id, relation.hypothesis_id)} twice."
            )
        directions[premise, hypothesis] = relation
        pairs[min(premise, hypothesis), max(premise, hypothesis)].append(relation)
    return pairs


def cluster(
    claims: Iterable[Claim],
    relations: Iterable[Relation],
    articles: Iterable[Article],
    *,
    options: ClusterOptions | None = None,
    copies: Sequence[Fold] = (),
    speakers: Mapping[str, str] | None = None,
    families: Mapping[str, str] | None = None,
    joined: Collection[tuple[str, str]] = (),
    parted: Collection[tuple[str, str]] = (),
) -> list[Cluster]:
    """Put claims that state the same on sides, and sides that contradict each other into clusters.

    Parameters
    ----------
    claims : iterable of Claim
    relations : iterable of Relation
        All judged pairs, neutral ones too, best in both directions: a neutral pair is what keeps a chain of
        entailments from running together.
    articles : iterable of Article
        The article of every claim, for dates, outlets and agencies; best also what `copies` points to.
    options : ClusterOptions or None
        None takes the defaults.
    copies : sequence of Fold
        Articles that are copies of others, from :func:`claimtrack.independence.find_copies`.
    speakers : mapping of str to str, or None
        Speaker of a claim -> the one name of that speaker in all articles, as the tracker takes it from its names. A
        speaker that is not there, and each one if None, goes by the name that the claim has.
    families : mapping of str to str, or None
        Outlet -> publisher family. None takes :func:`claimtrack.independence.read_families`; an empty one says that no
        two outlets belong together.
    joined, parted : collection of (str, str)
        Pairs of claims that people put on one side, or on different sides; whatever was judged of them counts less. Where
        both can't be done, sides stay apart.

    Returns
    -------
    list of Cluster
        Clusters with contradictions first, then those with more sources, then by id. A cluster has at least two claims,
        from two articles or two speakers; no claim is in two. Nothing depends on the order of the arguments.

    Raises
    ------
    InvalidInputError
        If a claim or an article is there twice, an ordered pair is judged twice, an article is folded twice, a relation
        names a claim that is not given or a claim an article.

    Notes
    -----
    Sides come from :func:`~claimtrack.clustering.contraction.contract` on the weights of
    :func:`~claimtrack.clustering.judged_pairs.weigh`: two sides merge only if the judged pairs between them weigh more
    than nothing in sum, and never if one of those pairs contradicts. Every claim on a side states the same as another
    one there, not as all of them. Clusters are the connected components of sides under contradictions, so three sides
    come about where A contradicts B and B contradicts C.

    Two claims that one speaker (or the outlet's own voice) makes in one article are no candidates: whatever was judged
    of them neither brings them together nor is it listed as a contradiction; a contradiction still keeps them off one
    side. They may share a side if both state the same as a third claim.

    O(m log m) time for m relations: 20,000 claims with 100,000 relations take about a second.
    """
    options = options or ClusterOptions()
    speakers = speakers or {}
    ordered, by_id = _distinct(claims, articles)
    outlets = {article.id: article.outlet for article in by_id.values()}
    counter = SourceCounter(
        by_id.values(),
        copies=copies,
        families=read_families() if families is None else families,
        speakers=speakers,
    )
    number = {claim.id: n for n, claim in enumerate(ordered)}
    pairs = _pairs(relations, number)

    def speaker(claim: Claim) -> str | None:
        return speakers.get(claim.speaker, claim.speaker) if claim.speaker else None

    def numbered(decided: Collection[tuple[str, str]]) -> set[tuple[int, int]]:
        return {(min(number[a], number[b]), max(number[a], number[b])) for a, b in decided}

    kept_apart = numbered(parted)
    put_together = numbered(joined) - kept_apart
    # Sides grow along entailments alone: what is neutral between two chains of them can't part what nothing joins.
    entailed = [pair for pair, both in pairs.items() if any(r.label is Label.ENTAILMENT for r in both)]
    chains = _components(range(len(ordered)), [*entailed, *sorted(put_together)])
    chain_of = {n: number for number, chain in enumerate(chains) for n in chain}
    weights: dict[tuple[int, int], float] = {}
    contradictions: list[tuple[int, int]] = []
    joins: list[tuple[int, int]] = []
    for pair, directions in pairs.items():
        if chain_of[pair[0]] != chain_of[pair[1]] and all(r.label is Label.NEUTRAL for r in directions):
            continue
        one, two = ordered[pair[0]], ordered[pair[1]]
        judged = weigh(directions, options)
        one_voice = one.article_id == two.article_id and speaker(one) == speaker(two)
        if judged.contradicts or not one_voice:
            weights[pair] = judged.weight
        if judged.contradicts and not one_voice and pair not in put_together:
            contradictions.append(pair)
            if judged.joins:
                joins.append(pair)

    weights |= dict.fromkeys(put_together, _DECIDED) | dict.fromkeys(kept_apart, -math.inf)

    side_of = contract(len(ordered), weights)
    components = _components(set(side_of), [(side_of[one], side_of[two]) for one, two in joins])
    component_of = {side: n for n, component in enumerate(components) for side in component}
    members: dict[int, list[Claim]] = defaultdict(list)
    for n, claim in enumerate(ordered):
        members[side_of[n]].append(claim)
    listed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one_number, two_number in sorted(contradictions):
        place = component_of[side_of[one_number]]
        if place == component_of[side_of[two_number]]:
            listed[place].append((ordered[one_number].id, ordered[two_number].id))

    def since(claim: Claim) -> tuple[bool, str, str]:
        published = by_id[claim.article_id].published
        return (published is None, published or "", claim.id)

    clusters = []
    for n, component in enumerate(components):
        together = [claim for side in component for claim in members[side]]
        article_ids = {claim.article_id for claim in together}
        if len(article_ids) < 2 and len({speaker(claim) for claim in together}) < 2:
            continue
        sides = sorted((sorted(members[side], key=since) for side in component), key=lambda side: since(side[0]))
        behind = counter.count(together)
        clusters.append(
            Cluster(
                id=cluster_id(sides[0][0].id),
                label=_shorten(sides[0][0].text),
                sides=tuple(Side(claims=tuple(side), independent_sources=counter.count(side).count) for side in sides),
                contradictions=tuple(listed[n]),
                sources=tuple(sorted({outlets[claim.article_id] for claim in together})),
                independent_sources=behind.count,
                folds=behind.folds,
            )
        )
    return sorted(clusters, key=lambda made: (not made.contradictions, -len(made.sources), made.id))
