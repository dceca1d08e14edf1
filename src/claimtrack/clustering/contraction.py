"""Greedy additive edge contraction: a signed graph -> groups of nodes."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

__all__ = ["contract"]


def contract(n: int, weights: Mapping[tuple[int, int], float]) -> list[int]:
    """Merge the nodes of a signed graph, strongest pull first, until no two groups pull together.

    Each node starts as a group of its own. The two groups with the largest positive weight between them merge, and the
    weights from both to any third group add up; ties go to the groups with the smallest nodes. It ends when no weight
    is positive.

    Parameters
    ----------
    n : int, at least 0
        Number of nodes, numbered from 0.
    weights : mapping of (int, int) to float
        Weight of the edge between two nodes, the smaller number first. Positive pulls together, negative apart, minus
        infinity forbids that the two ever share a group; a pair that is not there counts nothing. Whole numbers keep
        the sums exact, and only then do the groups not depend on the order of `weights`.

    Returns
    -------
    list of int, one for each node
        The smallest node of its group.

    Notes
    -----
    A heap holds the positive edges; an entry whose weight is no longer the current one is passed over. Merging costs
    the edges of the group with the larger smallest node, so the time is O(m log m) for m edges on graphs as sparse as
    judged pairs are, and worse only where a group of many edges is merged again and again into smaller nodes.

    A greedy heuristic: the sum of the weights inside groups is not the largest possible.

    References
    ----------
    Keuper, Levinkov, Bonneel, Lavoue, Brox, Andres (2015), Efficient decomposition of image and mesh graphs by lifted
    multicuts. Without the lifted edges; minus infinity is our addition.

    Examples
    --------
    A neutral pair (0, 2) that outweighs the pull of 1 on 2 keeps the chain apart:

    >>> contract(3, {(0, 1): 4, (1, 2): 3})
    [0, 0, 0]
    >>> contract(3, {(0, 1): 4, (1, 2): 3, (0, 2): -4})
    [0, 0, 2]
    """
    edges: list[dict[int, float]] = [{} for _ in range(n)]
    for (one, two), weight in weights.items():
        edges[one][two] = edges[two][one] = weight
    heap = [(-weight, one, two) for (one, two), weight in weights.items() if weight > 0]
    heapq.heapify(heap)

    merged_into = list(range(n))
    while heap:
        negated, kept, gone = heapq.heappop(heap)
        if edges[kept].get(gone) != -negated:
            continue
        merged_into[gone] = kept
        del edges[kept][gone], edges[gone][kept]
        for other, weight in edges[gone].items():
            total = edges[kept].get(other, 0) + weight
            edges[kept][other] = edges[other][kept] = total
            del edges[other][gone]
            if total > 0:
                heapq.heappush(heap, (-total, min(kept, other), max(kept, other)))
        edges[gone] = {}

    for node in range(n):  # a group's smallest node never moves, and a node only ever moves to a smaller one
        merged_into[node] = merged_into[merged_into[node]]
    return merged_into
