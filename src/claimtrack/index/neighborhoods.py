"""The nearest neighbours of every claim, kept up to date: a new claim costs its own neighbours, not the whole store."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs
import numpy as np
import numpy.typing as npt
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.index.base import Index, Neighbor
from claimtrack.index.similarity import PAIRS_AT_ONCE, product_slack, similarities_of

__all__ = ["Neighborhoods", "Placed", "SavedNeighborhoods"]

_UNIT = 1_000_000
"""Similarities are kept as whole millionths, the decimals that an index gives."""
_COPY_TOLERANCE = 100
"""Copies of one text may be embedded 1e-5 apart in each row (see Embedder.embed); so they still share a place."""
_SPARE = 10
"""Places known beyond the k-th: as many claims may go before the index has to be searched again."""
Group = tuple[str, str | None]
_Entry = tuple[int, str]  # minus the similarity in millionths, id: sorted, the nearest first and ties by id


@attrs.frozen(kw_only=True, eq=False)
class Placed:
    """A claim among the others.

    Parameters
    ----------
    vector : ndarray of shape (dim,), float32
        Of unit length.
    text : str
        What the vector was made of; claims with one text share a place among the neighbours.
    group : tuple of (str, str or None)
        Article and speaker: two claims of one group are no neighbours.
    """

    vector: npt.NDArray[np.float32]
    text: str = attrs.field(validator=v.instance_of(str))
    group: Group = attrs.field(validator=v.instance_of(tuple))


@attrs.define
class _Near:
    """What is known of a claim's surroundings: every eligible claim at or above `bound`, or all if it is None.

    `chosen` are those in the `k` places, once they were asked for.
    """

    entries: list[_Entry]
    bound: int | None
    chosen: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True, eq=False)
class SavedNeighborhoods:
    """Neighbourhoods as plain arrays, to be kept beside a store.

    Parameters
    ----------
    ids : tuple of str
        Claims, ascending.
    vectors : ndarray of shape (n, dim), float32
    bounds : ndarray of shape (n,), int64
        In millionths; the least int64 where all eligible claims are known.
    starts : ndarray of shape (n + 1,), int64
        Row i's neighbours are ``starts[i]`` to ``starts[i + 1]`` of the two arrays below.
    neighbors, similarities : ndarray of shape (n_neighbors,), int32
        Rows of the neighbours, and similarities in millionths.
    digest : str
        Of the ids, texts and groups, and of what decides who is near, so that they are taken over for no other claims.
    """

    ids: tuple[str, ...]
    vectors: npt.NDArray[np.float32]
    bounds: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    neighbors: npt.NDArray[np.int32]
    similarities: npt.NDArray[np.int32]
    digest: str


_ALL_KNOWN = np.iinfo(np.int64).min


class Neighborhoods:
    """Keeps, for each claim, its nearest eligible neighbours, while claims come and go.

    A pair is eligible if the two claims stand in different articles, or in one article with different speakers; the
    outlet's own voice, None, counts as a speaker. Eligible neighbours with one text take one of the `k` places together:
    forty copies of one wire story leave room for the claim that contradicts it.

    Parameters
    ----------
    index : Index
        Empty; holds the vectors from now on.
    k : int, at least 1
        Places of each claim.
    min_similarity : float in [-1, 1]
        Lowest cosine similarity of a pair, the bound included; rounded to six decimals.

    Notes
    -----
    What is kept depends on the claims that are there, not on the way they came, if the index is exact. The first claims
    are looked up in the index. Claims that join them are compared with all by one product of matrices, which tells both
    who is near them and which neighbourhoods they enter; the index is asked where the nearest are too many copies of one
    text. When a claim goes, those that knew it have some places to spare before they are looked up in the index anew.
    """

    def __init__(self, index: Index, *, k: int, min_similarity: float) -> None:
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
        if not isinstance(min_similarity, float | int) or not -1.0 <= min_similarity <= 1.0:
            raise InvalidInputError(f"min_similarity must be in [-1, 1]; got {min_similarity!r}.")
        if len(index):
            raise InvalidInputError(f"index must be empty; got {len(index)} vectors.")
        self._index = index
        self._k = k
        self._lowest = float(min_similarity)
        self._lowest_unit = round(round(self._lowest, 6) * _UNIT)
        self._placed: dict[str, Placed] = {}
        self._near: dict[str, _Near] = {}
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._matrix: npt.NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bounds: npt.NDArray[np.float64] = np.zeros(0)

    def __len__(self) -> int:
        """Count the claims."""
        return len(self._placed)

    def __contains__(self, claim_id: str) -> bool:
        """Tell whether a claim is there."""
        return claim_id in self._placed

    def __getitem__(self, claim_id: str) -> Placed:
        """Give a claim as it was placed."""
        return self._placed[claim_id]

    def search(self, vectors: npt.NDArray[np.float32], /, *, k: int) -> list[Neighbor]:
        """Find the claims nearest to one vector, of shape (1, dim), and at least as near as a pair must be."""
        return self._index.search(vectors, k=k, min_similarity=self._lowest)[0] if self._placed else []

    # -- coming and going ------------------------------------------------------------------------------------------

    def update(self, gone: Collection[str], fresh: Mapping[str, Placed]) -> set[tuple[str, str]]:
        """Take claims out, and put claims in; one that changed goes and comes.

        Parameters
        ----------
        gone : collection of str
            Each there.
        fresh : mapping of str to Placed
            None there, unless it goes.

        Returns
        -------
        set of (str, str)
            Pairs that are near now and may not have been before, the lesser id first.

        Raises
        ------
        InvalidInputError
            If an id that goes is not there, or one that comes is there already. Nothing changes then.
        """
        gone = set(gone)
        for id_ in gone:
            if id_ not in self._placed:
                raise InvalidInputError(f"gone must hold ids that are there; got {id_!r}.")
        for id_ in fresh:
            if id_ in self._placed and id_ not in gone:
                raise InvalidInputError(f"fresh must hold ids that are not there; got {id_!r}.")
        losers = self._knowing(gone) if gone else set()
        before = {id_: self._chosen_or_none(id_) for id_ in losers}
        self._take_out(gone, losers)
        self._put_in(fresh)
        if len(self._placed) > len(fresh):
            for id_, entries in self._join(fresh).items():
                if id_ not in before:
                    before[id_] = self._chosen_or_none(id_)
                self._extend(id_, entries)
        self._look_up(sorted(id_ for id_ in fresh if id_ not in self._near))
        self._look_up(sorted(id_ for id_ in losers if self._chosen_or_none(id_) is None))
        pairs: set[tuple[str, str]] = set()
        for id_ in {*before, *fresh}:
            old = frozenset(before.get(id_) or ())
            pairs |= {(min(id_, other), max(id_, other)) for other in self.neighbors(id_) if other not in old}
        return pairs

    def neighbors(self, claim_id: str) -> tuple[str, ...]:
        """Give the nearest eligible neighbours of a claim in its `k` places, the nearest first, ties by id."""
        chosen = self._chosen_or_none(claim_id)
        if chosen is None:
            self._look_up([claim_id])
            chosen = self._chosen_or_none(claim_id)
        return chosen if chosen is not None else ()

    def pairs(self, of: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """Give the pairs in which one claim is among the `k` nearest eligible of the other, ascending, the lesser id first.

        Parameters
        ----------
        of : iterable of str, or None
            Only the pairs of these claims; None gives all.
        """
        if of is None:
            found = {(min(id_, o), max(id_, o)) for id_ in self._placed for o in self.neighbors(id_)}
            return sorted(found)
        wanted = set(of)
        found = {(min(id_, o), max(id_, o)) for id_ in wanted for o in self.neighbors(id_)}
        for id_ in self._knowing(wanted):
            found |= {(min(id_, o), max(id_, o)) for o in self.neighbors(id_) if o in wanted}
        return sorted(found)

    def near(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Give those of some pairs of claims in which one is among the `k` nearest eligible of the other."""
        ids = {id_ for pair in pairs for id_ in pair if id_ in self._placed}
        chosen = {id_: frozenset(self.neighbors(id_)) for id_ in ids}
        return {
            (one, two) for one, two in pairs if one in ids and two in ids and (two in chosen[one] or one in chosen[two])
        }

    def _take_out(self, gone: set[str], losers: set[str]) -> None:
        if not gone:
            return
        self._index.remove(sorted(gone))
        for id_ in losers:
            near = self._near[id_]
            near.entries = [entry for entry in near.entries if entry[1] not in gone]
            near.chosen = None
        for id_ in sorted(gone):
            row, last = self._rows.pop(id_), self._ids.pop()
            if last != id_:
                end = len(self._ids)
                self._matrix[row] = self._matrix[end]
                self._bounds[row] = self._bounds[end]
                self._ids[row] = last
                self._rows[last] = row
            del self._placed[id_], self._near[id_]

    def _put_in(self, fresh: Mapping[str, Placed]) -> None:
        if not fresh:
            return
        ids = sorted(fresh)
        vectors = np.stack([fresh[id_].vector for id_ in ids]).astype(np.float32, copy=False)
        self._index.add(ids, vectors)
        needed = len(self._ids) + len(ids)
        if needed > len(self._matrix):
            size = max(1024, needed, 2 * len(self._matrix))
            grown = np.zeros((size, vectors.shape[1]), dtype=np.float32)
            bounds = np.full(size, 2.0)
            if self._ids:
                grown[: len(self._ids)] = self._matrix[: len(self._ids)]
                bounds[: len(self._ids)] = self._bounds[: len(self._ids)]
            self._matrix, self._bounds = grown, bounds
        for id_, vector in zip(ids, vectors, strict=True):
            self._rows[id_] = len(self._ids)
            self._matrix[len(self._ids)] = vector
            self._bounds[len(self._ids)] = 2.0  # nothing reaches it until it has been looked up
            self._ids.append(id_)
            self._placed[id_] = fresh[id_]

    # -- who is near whom ------------------------------------------------------------------------------------------

    @property
    def _asked(self) -> int:
        """Neighbours asked for at first: enough for most claims, though some are copies and some are not eligible."""
        return 2 * (self._k + _SPARE) + 8

    def _compared(self, ids: Sequence[str], *, nearest: int) -> Iterable[tuple[str, list[_Entry], int]]:
        """Compare claims with all, by one product of matrices for some of them at a time.

        Yields
        ------
        id : str
        entries : list of (int, str)
            Eligible claims, the nearest first: those among the `nearest`, those that know the claim, and some others.
        complete_to : int
            Similarity down to which no eligible claim is missing.
        """
        held = self._matrix[: len(self._ids)]
        slack = product_slack(held.shape[1])
        lowest = np.float32(self._lowest - slack)
        bounds = (self._bounds[: len(held)] - slack).astype(np.float32)
        for start in range(0, len(ids), 256):
            some = ids[start : start + 256]
            asked = np.array([self._rows[id_] for id_ in some])
            products = held[asked] @ held.T
            np.clip(products, -1.0, 1.0, out=products)
            last = np.full(len(some), -2.0, dtype=np.float32)
            if nearest < len(held):
                last = np.partition(products, -nearest, axis=1)[:, -nearest]
            close = (products >= bounds) | (products >= np.maximum(last, lowest)[:, None])
            ones, others = np.divmod(np.flatnonzero(close), len(held))
            found: list[list[_Entry]] = [[] for _ in some]
            for part in range(0, len(ones), PAIRS_AT_ONCE):
                one, two = ones[part : part + PAIRS_AT_ONCE], others[part : part + PAIRS_AT_ONCE]
                negated = np.rint(similarities_of(held[asked[one]], held[two]) * -_UNIT).astype(np.int64)
                for n, row, similarity in zip(one.tolist(), two.tolist(), negated.tolist(), strict=True):
                    found[n].append((similarity, self._ids[row]))
            complete_to = np.ceil((last.astype(np.float64) + slack) * _UNIT).astype(np.int64)
            for id_, entries, lowest_found in zip(some, found, complete_to.tolist(), strict=True):
                group = self._placed[id_].group
                eligible = [e for e in entries if -e[0] >= self._lowest_unit and self._placed[e[1]].group != group]
                yield id_, sorted(eligible), max(lowest_found, self._lowest_unit)

    def _knows(self, id_: str, similarity: int) -> bool:
        """Tell whether a claim knows all others that are so near."""
        bound = self._near[id_].bound
        return similarity >= (self._lowest_unit if bound is None else bound)

    def _knowing(self, ids: set[str]) -> set[str]:
        """Give the claims that know one of these, these left out."""
        compared = self._compared(sorted(ids), nearest=1)
        return {o for _, entries, _ in compared for s, o in entries if o not in ids and self._knows(o, -s)}

    def _join(self, fresh: Mapping[str, Placed]) -> dict[str, list[_Entry]]:
        """Find what surrounds claims that come, and give, for each claim that was there, those of them that come near it."""
        joined: dict[str, list[_Entry]] = {}
        for id_, entries, complete_to in self._compared(sorted(fresh), nearest=self._asked):
            for negated, other in entries:
                if other not in fresh and self._knows(other, -negated):
                    joined.setdefault(other, []).append((negated, id_))
            floor = self._floor(entries, self._k + _SPARE)
            if complete_to == self._lowest_unit or (floor is not None and floor >= complete_to):
                self._know(id_, entries, floor)
        return joined

    def _extend(self, id_: str, entries: list[_Entry]) -> None:
        near = self._near[id_]
        near.entries = sorted([*near.entries, *entries])
        near.chosen = None
        if len(near.entries) > 4 * (self._k + _SPARE):
            self._know(id_, near.entries, near.bound)

    def _look_up(self, ids: Sequence[str]) -> None:
        """Find what surrounds claims, by the index."""
        open_ids, asked = list(ids), self._asked
        while open_ids:
            still_open: list[str] = []
            vectors = np.stack([self._placed[id_].vector for id_ in open_ids]).astype(np.float32, copy=False)
            lists = self._index.search(vectors, k=asked, min_similarity=self._lowest)
            for id_, neighbors in zip(open_ids, lists, strict=True):
                exhausted = len(neighbors) < asked
                entries = self._eligible(id_, neighbors)
                floor = self._floor(entries, self._k + _SPARE)
                seen = round(neighbors[-1].similarity * _UNIT) if neighbors else _UNIT
                if not exhausted and (floor is None or seen >= floor):
                    still_open.append(id_)
                else:
                    self._know(id_, entries, None if exhausted else floor)
            open_ids, asked = still_open, 4 * asked

    def _eligible(self, id_: str, neighbors: Sequence[Neighbor]) -> list[_Entry]:
        group = self._placed[id_].group
        return [
            (-round(n.similarity * _UNIT), n.id) for n in neighbors if n.id != id_ and self._placed[n.id].group != group
        ]

    def _know(self, id_: str, entries: list[_Entry], bound: int | None) -> None:
        """Keep what surrounds a claim, cut off below the spare places."""
        floor = self._floor(entries, self._k + _SPARE)
        if floor is not None and (bound is None or floor >= bound):
            bound = floor
            entries = [entry for entry in entries if -entry[0] >= floor]
        self._near[id_] = _Near(entries, bound)
        self._bounds[self._rows[id_]] = (self._lowest_unit if bound is None else bound) / _UNIT

    def _floor(self, entries: Sequence[_Entry], places: int) -> int | None:
        """Give the similarity down to which the first so many places reach, copies included; None if they are not full."""
        texts: set[str] = set()
        for negated, id_ in entries:
            texts.add(self._placed[id_].text)
            if len(texts) == places:
                return -negated - _COPY_TOLERANCE
        return None

    def _chosen_or_none(self, id_: str) -> tuple[str, ...] | None:
        """Give the neighbours in the `k` places; None if too few are known."""
        near = self._near[id_]
        if near.chosen is None:
            chosen, floor = self._in_places(near.entries)
            if near.bound is not None and (floor is None or floor < near.bound):
                return None
            near.chosen = chosen
        return near.chosen

    def _in_places(self, entries: Sequence[_Entry]) -> tuple[tuple[str, ...], int | None]:
        """Give the neighbours whose texts are among the first `k`, and their floor."""
        texts: set[str] = set()
        floor: int | None = None
        chosen = []
        for negated, id_ in entries:
            if floor is not None and -negated < floor:
                break
            text = self._placed[id_].text
            if len(texts) < self._k:
                texts.add(text)
                if len(texts) == self._k:
                    floor = -negated - _COPY_TOLERANCE
            elif text not in texts:
                continue
            chosen.append(id_)
        return tuple(chosen), floor

    # -- keeping ---------------------------------------------------------------------------------------------------

    def save(self) -> SavedNeighborhoods:
        """Give everything as plain arrays, in an order that depends on the ids alone."""
        ids = sorted(self._placed)
        number = {id_: n for n, id_ in enumerate(ids)}
        lists = [self._near[id_].entries for id_ in ids]
        bounds = [self._near[id_].bound for id_ in ids]
        count = len(ids)
        return SavedNeighborhoods(
            ids=tuple(ids),
            vectors=self._matrix[[self._rows[id_] for id_ in ids]] if count else np.zeros((0, 0), dtype=np.float32),
            bounds=np.array([_ALL_KNOWN if bound is None else bound for bound in bounds], dtype=np.int64),
            starts=np.cumsum([0, *map(len, lists)], dtype=np.int64),
            neighbors=np.array([number[other] for entries in lists for _, other in entries], dtype=np.int32),
            similarities=np.array([-negated for entries in lists for negated, _ in entries], dtype=np.int32),
            digest=self.digest,
        )

    @property
    def digest(self) -> str:
        """A digest of the claims as they are placed, and of what decides who is near."""
        return self._digest({id_: self._placed[id_] for id_ in sorted(self._placed)})

    def _digest(self, placed: Mapping[str, Placed]) -> str:
        """Give a digest of claims as they are placed, in the order given, and of what decides who is near."""
        digest = hashlib.blake2b(digest_size=16)
        parts = [str(self._k), str(self._lowest_unit), self._index.name]
        for id_, one in placed.items():
            article, speaker = one.group
            parts += [id_, one.text, article, "" if speaker is None else f"by {speaker}"]
        for part in parts:
            digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
        return digest.hexdigest()

    def fits(self, saved: SavedNeighborhoods, placed: Mapping[str, Placed]) -> bool:
        """Tell whether saved neighbourhoods are of these claims, placed so, and found with the settings of these."""
        return tuple(sorted(placed)) == saved.ids and saved.digest == self._digest({i: placed[i] for i in saved.ids})

    def restore(self, saved: SavedNeighborhoods, placed: Mapping[str, Placed]) -> None:
        """Take over what :meth:`save` gave, for the same claims; `placed` holds each of its ids."""
        if self._placed:
            raise InvalidInputError(f"neighbourhoods must be empty to be restored; got {len(self)} claims.")
        self._put_in({id_: placed[id_] for id_ in saved.ids})
        for n, id_ in enumerate(saved.ids):
            part = slice(int(saved.starts[n]), int(saved.starts[n + 1]))
            others = [saved.ids[row] for row in saved.neighbors[part].tolist()]
            entries = list(zip((-s for s in saved.similarities[part].tolist()), others, strict=True))
            bound = int(saved.bounds[n])
            self._near[id_] = _Near(entries, None if bound == _ALL_KNOWN else bound)
            self._bounds[self._rows[id_]] = (self._lowest_unit if bound == _ALL_KNOWN else bound) / _UNIT
