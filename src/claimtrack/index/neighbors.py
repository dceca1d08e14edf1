"""Which pairs of claims are worth judging: near, and not one voice in one article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs
import numpy as np
import numpy.typing as npt
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.index.base import Index, Neighbor

__all__ = ["Candidate", "candidate_pairs"]

_T = TypeVar("_T")
# Copies of one text may be embedded this far apart (1e-5 in each row, see Embedder.embed), so they still share a place.
_COPY_TOLERANCE = 1e-4


@attrs.frozen
class Candidate:
    """A pair of claims to be judged.

    Parameters
    ----------
    id_a, id_b : str
        Ids of the two claims, `id_a` before `id_b`.
    similarity : float in [-1, 1]
        Cosine similarity of their embeddings.
    """

    id_a: str = attrs.field(validator=v.instance_of(str))
    id_b: str = attrs.field(validator=v.instance_of(str))
    similarity: float = attrs.field(validator=v.instance_of(float))

    def __attrs_post_init__(self) -> None:
        if not self.id_a < self.id_b:
            raise ValueError(f"Candidate.id_a must be < Candidate.id_b; got {self.id_a!r}, {self.id_b!r}.")


def candidate_pairs(
    index: Index,
    ids: Sequence[str],
    vectors: npt.NDArray[np.float32],
    group_of: Mapping[str, tuple[str, str | None]],
    *,
    k: int,
    min_similarity: float,
    texts: Mapping[str, str] | None = None,
) -> list[Candidate]:
    """Find the pairs of claims that are near enough to agree or to contradict each other.

    A pair is eligible if the two claims stand in different articles, or in one article with different speakers; the
    outlet's own voice, None, counts as a speaker. Neighbours that are not eligible take no place among the `k`.

    Parameters
    ----------
    index : Index
        Holds the claims to be found, the queries among them or not.
    ids : sequence of str
        The claims whose neighbours are looked for: all claims, or only some. None twice.
    vectors : ndarray of shape (n_ids, dim), float32
        Row i belongs to ``ids[i]``.
    group_of : mapping of id to (article id, speaker or None)
        Of every id in `ids` and in `index`.
    k : int, at least 1
        Places for eligible neighbours of a query.
    min_similarity : float in [-1, 1]
        Lowest cosine similarity of a pair, the bound included.
    texts : mapping of id to str, or None
        The text that each claim was embedded by. If given, eligible neighbours with the same text take one of the `k`
        places together and are all returned: forty copies of one wire story leave room for the claim that contradicts
        it. By default each neighbour takes a place of its own.

    Returns
    -------
    list of Candidate
        Pairs that are among the `k` nearest eligible of at least one *query*, by `id_a`, then `id_b`; each pair once.
        Depends only on the claims, not on their order. Empty if there are no ids.

    Raises
    ------
    InvalidInputError
        If ids repeat, rows and ids differ in number, a group or text is missing, or `k` or `min_similarity` is out of
        range.

    Notes
    -----
    With only new claims as `ids`, a pair that is near for the old claim alone is not found; ask with all claims for the
    set that a single run gives. The index is searched for more and more neighbours until `k` places are taken: a low
    `min_similarity` and long articles with one voice cost time.
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
    if len(ids) != len(vectors):
        raise InvalidInputError(f"ids must be as many as the rows of vectors; got {len(ids)} ids, {len(vectors)} rows.")
    if len(set(ids)) != len(ids):
        raise InvalidInputError(f"ids must not repeat; got {len(ids)} ids, {len(set(ids))} distinct.")
    similarity_of: dict[tuple[str, str], float] = {}
    open_rows, asked = list(range(len(ids))), 2 * k + 8
    while open_rows:
        still_open: list[int] = []
        lists = index.search(vectors[open_rows], k=asked, min_similarity=min_similarity)
        for row, neighbors in zip(open_rows, lists, strict=True):
            chosen = _nearest_eligible(ids[row], neighbors, group_of, k, texts, exhausted=len(neighbors) < asked)
            if chosen is None:
                still_open.append(row)
                continue
            for neighbor in chosen:
                pair = (ids[row], neighbor.id) if ids[row] < neighbor.id else (neighbor.id, ids[row])
                similarity_of[pair] = max(neighbor.similarity, similarity_of.get(pair, -1.0))
        open_rows, asked = still_open, 4 * asked
    return [Candidate(id_a, id_b, similarity) for (id_a, id_b), similarity in sorted(similarity_of.items())]


def _nearest_eligible(
    query: str,
    neighbors: Sequence[Neighbor],
    group_of: Mapping[str, tuple[str, str | None]],
    k: int,
    texts: Mapping[str, str] | None,
    *,
    exhausted: bool,
) -> list[Neighbor] | None:
    """Choose the eligible neighbours that share the first `k` places; None if more neighbours must be seen first."""
    group = _known(group_of, query, "group_of")
    eligible = [n for n in neighbors if n.id != query and _known(group_of, n.id, "group_of") != group]
    if texts is None:
        return eligible[:k] if exhausted or len(eligible) >= k else None
    places: dict[str, float] = {}
    for neighbor in eligible:
        places.setdefault(_known(texts, neighbor.id, "texts"), neighbor.similarity)
        if len(places) == k:
            break
    full = len(places) == k
    floor = min(places.values(), default=-1.0) - _COPY_TOLERANCE
    if not exhausted and not (full and neighbors[-1].similarity < floor):
        return None
    return [n for n in eligible if texts[n.id] in places and (not full or n.similarity >= floor)]


def _known(mapping: Mapping[str, _T], id_: str, name: str) -> _T:
    try:
        return mapping[id_]
    except KeyError:
        raise InvalidInputError(
            f"{name} must hold every id of the queries and of the index; got none for {id_!r}."
        ) from None
