from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from claimtrack.errors import InvalidInputError
from claimtrack.index import FaissIndex, Index, Neighbor

Vectors = npt.NDArray[np.float32]
Held = list[tuple[str, Vectors]]

INDEXES: list[Callable[[int], Index]] = [FaissIndex]


def unit(rows: object) -> Vectors:
    array = np.array(rows, dtype=np.float64)
    vectors: Vectors = (array / np.linalg.norm(array, axis=-1, keepdims=True)).astype(np.float32)
    return vectors


def random_rows(n: int, dim: int, seed: int) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(n, dim)))


def filled(make: Callable[[int], Index], held: Held) -> Index:
    index = make(len(held[0][1]))
    index.add([id_ for id_, _ in held], np.stack([vector for _, vector in held]))
    return index


def brute_force(held: Held, query: Vectors, k: int, min_similarity: float) -> list[Neighbor]:
    """Ten lines of numpy that say what an exact index must find."""
    found = []
    for id_, vector in held:
        cosine = round(float((vector.astype(np.float64) * query.astype(np.float64)).sum()), 6)
        cosine = min(1.0, max(-1.0, cosine)) + 0.0
        if cosine >= round(min_similarity, 6):
            found.append(Neighbor(id_, cosine))
    return sorted(found, key=lambda n: (-n.similarity, n.id))[:k]


@st.composite
def held_vectors(draw: DrawFn) -> Held:
    """Vectors on a coarse grid, so that many are equal and many similarities tie."""
    dim = draw(st.integers(1, 4))
    row = st.lists(st.integers(-2, 2), min_size=dim, max_size=dim).filter(any)
    rows = draw(st.lists(row, min_size=1, max_size=40))
    ids = draw(st.permutations([f"c{n:02}" for n in range(len(rows))]))
    return list(zip(ids, unit(rows), strict=True))


@pytest.mark.parametrize("make", INDEXES)
class TestEveryIndex:
    """What the protocol promises, whatever the way of searching."""

    def test_a_held_vector_finds_itself_first(self, make: Callable[[int], Index]) -> None:
        rows = random_rows(30, 16, seed=1)
        index = filled(make, [(f"c{n:02}", row) for n, row in enumerate(rows)])

        found = index.search(rows, k=1)

        assert found == [[Neighbor(f"c{n:02}", 1.0)] for n in range(30)]

    def test_nearest_come_first_and_ties_by_id(self, make: Callable[[int], Index]) -> None:
        near, far = unit([1.0, 0.0]), unit([0.6, 0.8])
        index = filled(make, [("d", far), ("c", near), ("b", far), ("a", near)])

        found = index.search(near[None], k=4)

        assert found == [[Neighbor("a", 1.0), Neighbor("c", 1.0), Neighbor("b", 0.6), Neighbor("d", 0.6)]]

    def test_ties_at_the_last_place_are_chosen_by_id(self, make: Callable[[int], Index]) -> None:
        """Without care the index would choose the copies that were added first."""
        ids = [f"c{n:03}" for n in reversed(range(200))]
        index = filled(make, [(id_, unit([1.0, 1.0, 0.0])) for id_ in ids])

        found = index.search(unit([[1.0, 1.0, 0.0]]), k=3)

        assert [n.id for n in found[0]] == ["c000", "c001", "c002"]

    def test_the_bound_is_included(self, make: Callable[[int], Index]) -> None:
        index = filled(make, [("at", unit([0.6, 0.8])), ("below", unit([0.59999, 0.8])), ("above", unit([0.7, 0.8]))])

        found = index.search(unit([[1.0, 0.0]]), k=5, min_similarity=0.6)

        assert [n.id for n in found[0]] == ["above", "at"]

    def test_an_empty_index_finds_nothing(self, make: Callable[[int], Index]) -> None:
        index = make(3)

        assert len(index) == 0
        assert index.search(unit([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), k=4) == [[], []]

    def test_no_queries_give_no_lists(self, make: Callable[[int], Index]) -> None:
        index = filled(make, [("a", unit([1.0, 0.0]))])

        assert index.search(np.zeros((0, 2), dtype=np.float32), k=1) == []

    def test_k_beyond_the_size_gives_all(self, make: Callable[[int], Index]) -> None:
        """faiss fills up with the id -1; such a neighbour must not come out."""
        index = filled(make, [("a", unit([1.0, 0.0])), ("b", unit([-1.0, 0.0]))])

        assert index.search(unit([[1.0, 0.0]]), k=99) == [[Neighbor("a", 1.0), Neighbor("b", -1.0)]]

    def test_removed_vectors_are_not_found_and_the_others_keep_their_ids(self, make: Callable[[int], Index]) -> None:
        rows = random_rows(50, 8, seed=2)
        index = filled(make, [(f"c{n:02}", row) for n, row in enumerate(rows)])

        index.remove([f"c{n:02}" for n in range(0, 50, 3)])

        rest = [(f"c{n:02}", rows[n]) for n in range(50) if n % 3]
        assert len(index) == len(rest)
        assert index.search(rows, k=5) == [brute_force(rest, row, 5, -1.0) for row in rows]

    def test_a_removed_id_can_be_added_again(self, make: Callable[[int], Index]) -> None:
        index = filled(make, [("a", unit([1.0, 0.0])), ("b", unit([0.0, 1.0]))])

        index.remove(["a"])
        index.add(["a"], unit([[0.0, -1.0]]))

        assert index.search(unit([[0.0, -1.0]]), k=1) == [[Neighbor("a", 1.0)]]

    def test_vectors_are_copied(self, make: Callable[[int], Index]) -> None:
        rows = unit([[1.0, 0.0]])
        index = make(2)
        index.add(["a"], rows)

        rows[:] = [[0.0, 1.0]]

        assert index.search(unit([[1.0, 0.0]]), k=1) == [[Neighbor("a", 1.0)]]

    def test_vectors_in_any_memory_layout_are_read_right(self, make: Callable[[int], Index]) -> None:
        rows = random_rows(12, 6, seed=3)
        ids = [f"c{n:02}" for n in range(12)]
        index, plain = make(6), make(6)

        index.add(ids, np.asfortranarray(rows))
        plain.add(ids, rows)

        assert index.search(np.repeat(rows, 2, axis=0)[::2], k=4) == plain.search(rows, k=4)

    @pytest.mark.parametrize(
        ("ids", "rows", "rule"),
        [
            (["x"], [[1.0, 0.0, 0.0]], r"2 columns, as the index has; got shape \(1, 3\)"),
            (["x"], [1.0, 0.0], r"2 columns, as the index has; got shape \(2,\)"),
            (["x"], [[2.0, 0.0]], r"unit length, to 0.001; got length 2.0 in row 0"),
            (["x", "y"], [[1.0, 0.0], [np.nan, 0.0]], r"unit length, to 0.001; got length nan in row 1"),
            (["x", "y"], [[1.0, 0.0], [0.0, 0.0]], r"got length 0.0 in row 1"),
            (["x", "y"], [[1.0, 0.0]], r"got 2 ids, 1 rows"),
            (["x", "x"], [[1.0, 0.0], [1.0, 0.0]], r"must not repeat; got 'x' twice"),
            (["x", "held"], [[1.0, 0.0], [1.0, 0.0]], r"must not be held already; got 'held'"),
            ("x", [[1.0, 0.0]], r"must be a sequence of str; got the str 'x'"),
            ([7], [[1.0, 0.0]], r"must be str; got 7"),
        ],
    )
    def test_what_breaks_a_rule_is_refused_and_nothing_is_added(
        self, make: Callable[[int], Index], ids: list[str], rows: object, rule: str
    ) -> None:
        index = filled(make, [("held", unit([0.0, 1.0]))])

        with pytest.raises(InvalidInputError, match=rule):
            index.add(ids, np.array(rows, dtype=np.float32))

        assert index.search(unit([[0.0, 1.0]]), k=9) == [[Neighbor("held", 1.0)]]

    def test_vectors_of_whole_numbers_are_refused(self, make: Callable[[int], Index]) -> None:
        with pytest.raises(InvalidInputError, match="floating ndarray; got int64"):
            make(2).search(np.array([[1, 0]], dtype=np.int64), k=1)

    def test_removing_an_unknown_id_removes_nothing(self, make: Callable[[int], Index]) -> None:
        index = filled(make, [("a", unit([1.0, 0.0])), ("b", unit([0.0, 1.0]))])

        with pytest.raises(InvalidInputError, match="must be held to be removed; got 'z'"):
            index.remove(["a", "z"])

        assert len(index) == 2
        assert index.search(unit([[1.0, 0.0]]), k=1) == [[Neighbor("a", 1.0)]]

    @pytest.mark.parametrize("k", [0, -1, 1.5, True])
    def test_k_out_of_range_is_refused(self, make: Callable[[int], Index], k: int) -> None:
        with pytest.raises(InvalidInputError, match=f"k must be an int of at least 1; got {k}"):
            make(2).search(unit([[1.0, 0.0]]), k=k)

    @pytest.mark.parametrize("bound", [70, -1.1, float("nan"), "0.7"])
    def test_a_bound_out_of_range_is_refused(self, make: Callable[[int], Index], bound: float) -> None:
        with pytest.raises(InvalidInputError, match=rf"min_similarity must be in \[-1, 1\]; got {bound!r}"):
            make(2).search(unit([[1.0, 0.0]]), k=1, min_similarity=bound)

    @given(held=held_vectors(), k=st.integers(1, 12), data=st.data())
    def test_search_finds_what_brute_force_finds(
        self, make: Callable[[int], Index], held: Held, k: int, data: st.DataObject
    ) -> None:
        """Ties and values exactly at the bound included; the bound is often a similarity that occurs."""
        index = filled(make, held)
        query = data.draw(st.sampled_from(held))[1]
        cosines = [float((v.astype(np.float64) * query.astype(np.float64)).sum()) for _, v in held]
        bound = data.draw(st.sampled_from([min(1.0, max(-1.0, c)) for c in cosines]) | st.floats(-1, 1))

        found = index.search(query[None], k=k, min_similarity=bound)

        assert found == [brute_force(held, query, k, bound)]

    @settings(max_examples=40)
    @given(held=held_vectors(), k=st.integers(1, 12), data=st.data())
    def test_the_order_of_insertion_and_the_batch_do_not_matter(
        self, make: Callable[[int], Index], held: Held, k: int, data: st.DataObject
    ) -> None:
        queries = np.stack([vector for _, vector in held])
        shuffled = data.draw(st.permutations(held))
        one_by_one = make(queries.shape[1])
        for id_, vector in shuffled:
            one_by_one.add([id_], vector[None])

        together = filled(make, held).search(queries, k=k)

        assert together == [one_by_one.search(query[None], k=k)[0] for query in queries]


@pytest.mark.parametrize("dim", [0, -3, 2.0, True])
def test_a_faiss_index_without_columns_is_refused(dim: int) -> None:
    with pytest.raises(InvalidInputError, match=f"dim must be an int of at least 1; got {dim}"):
        FaissIndex(dim)


def test_faiss_agrees_with_brute_force_on_many_near_copies() -> None:
    """Copies that differ by rounding alone fill the first search; the wider ones must order them by six decimals."""
    rng = np.random.default_rng(4)
    base = rng.normal(size=(3, 48))
    rows = unit(np.repeat(base, 120, axis=0) + 1e-6 * rng.normal(size=(360, 48)))
    ids = [f"c{n:03}" for n in rng.permutation(360)]
    held = list(zip(ids, rows, strict=True))

    found = filled(FaissIndex, held).search(rows[::40], k=7)

    assert found == [brute_force(held, query, 7, -1.0) for query in rows[::40]]


def test_faiss_gives_one_similarity_in_both_directions_alone_and_in_a_batch() -> None:
    """faiss itself computes large batches another way than small ones."""
    rows = random_rows(300, 64, seed=5)
    ids = [f"c{n:03}" for n in range(300)]
    index = FaissIndex(64)
    index.add(ids, rows)

    batch = index.search(rows, k=300)

    similarity = {(ids[n], one.id): one.similarity for n, near in enumerate(batch) for one in near}
    assert len(similarity) == 300 * 300
    assert all(value == similarity[b, a] for (a, b), value in similarity.items())
    assert index.search(rows[17:18], k=300) == batch[17:18]


def test_similarities_stay_within_one_although_rows_are_unit_only_to_a_thousandth() -> None:
    held = [("b", unit([1.0, 0.0]) * np.float32(1.0009)), ("a", unit([1.0, 0.0]) * np.float32(1.0002))]
    index = filled(FaissIndex, held)

    assert index.search(held[0][1][None], k=1) == [[Neighbor("a", 1.0)]]
    assert index.search(-held[0][1][None], k=1, min_similarity=-1.0) == [[Neighbor("a", -1.0)]]


def test_the_number_of_faiss_threads_is_left_alone() -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    filled(FaissIndex, [("a", unit([1.0, 0.0]))]).search(unit([[1.0, 0.0]]), k=1)

    assert faiss.omp_get_max_threads() == before
