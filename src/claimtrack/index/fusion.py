"""Several rankings in, one out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from claimtrack.errors import InvalidInputError

__all__ = ["fuse"]


def fuse(
    rankings: Sequence[Sequence[str]], *, k: int = 5, weights: Sequence[float] | None = None
) -> list[tuple[str, float]]:
    """Join rankings by the reciprocals of the places that each gives an id.

    Parameters
    ----------
    rankings : sequence of sequence of str
        Ids, best first; none twice in one ranking. A ranking may be empty or lack ids that others have.
    k : int, at least 0, default 5
        The constant of the method: the first of a ranking adds 1 / (k + 1), the second 1 / (k + 2). The lower, the more
        the first places count.
    weights : sequence of float, or None
        One for each ranking, finite and at least 0: what its places are multiplied by. None counts all alike.

    Returns
    -------
    list of (str, float)
        Each id once with its sum, highest first, ties by id. A ranking without an id adds nothing to it. Does not depend
        on the order of the rankings.

    Raises
    ------
    InvalidInputError
        If an id stands twice in a ranking, `k` is out of range, or the weights do not fit.

    Notes
    -----
    Only places count, so that similarities of different kinds need no common scale.

    References
    ----------
    Cormack, Clarke, Buettcher (2009), Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods.
    There k is 60; on claims and questions lower ones were measured better, see ``benchmarks/retrieval.py``.

    Examples
    --------
    >>> [id for id, _ in fuse([["a", "b", "c"], ["c", "a"]])]
    ['a', 'c', 'b']
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 0:
        raise InvalidInputError(f"k must be an int of at least 0; got {k!r}.")
    shares: dict[str, list[float]] = {}
    for ranking, weight in zip(rankings, _checked_weights(weights, len(rankings)), strict=True):
        _check_ranking(ranking)
        for place, id_ in enumerate(ranking, start=1):
            shares.setdefault(id_, []).append(weight / (k + place))
    # fsum rounds once, so the sum does not depend on the order of its parts.
    return sorted(((id_, math.fsum(parts)) for id_, parts in shares.items()), key=lambda pair: (-pair[1], pair[0]))


def _checked_weights(weights: Sequence[float] | None, n: int) -> Sequence[float]:
    if weights is None:
        return [1.0] * n
    if len(weights) != n:
        raise InvalidInputError(f"weights must be as many as the rankings; got {len(weights)} for {n} rankings.")
    for weight in weights:
        if isinstance(weight, bool) or not isinstance(weight, float | int) or not 0.0 <= weight < math.inf:
            raise InvalidInputError(f"weights must be finite numbers of at least 0; got {weight!r}.")
    return weights


def _check_ranking(ranking: Sequence[str]) -> None:
    if isinstance(ranking, str):
        raise InvalidInputError(f"rankings must hold sequences of ids; got the str {ranking!r}.")
    seen: set[str] = set()
    for id_ in ranking:
        if id_ in seen:
            raise InvalidInputError(f"an id must not stand twice in a ranking; got {id_!r}.")
        seen.add(id_)
