from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from claimtrack.errors import InvalidInputError
from claimtrack.index import Candidate, FaissIndex, candidate_pairs

Vectors = npt.NDArray[np.float32]
Group = tuple[str, str | None]


def unit(rows: object) -> Vectors:
    array = np.array(rows, dtype=np.float64)
    vectors: Vectors = (array / np.linalg.norm(array, axis=-1, keepdims=True)).astype(np.float32)
    return vectors


def angles(*degrees: float) -> Vectors:
    """Unit vectors in the plane: the nearer the angles, the nearer the claims."""
    radians = np.deg2rad(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def pairs_of(
    ids: list[str],
    vectors: Vectors,
    group_of: Mapping[str, Group],
    *,
    k: int,
    min_similarity: float = -1.0,
    texts: Mapping[str, str] | None = None,
    queries: list[str] | None = None,
) -> list[Candidate]:
    index = FaissIndex(vectors.shape[1])
    index.add(ids, vectors)
    asked = ids if queries is None else queries
    rows = vectors[[ids.index(id_) for id_ in asked]]
    return candidate_pairs(index, asked, rows, group_of, k=k, min_similarity=min_similarity, texts=texts)


def brute_force(
    ids: list[str],
    vectors: Vectors,
    group_of: Mapping[str, Group],
    k: int,
    min_similarity: float,
    texts: Mapping[str, str],
    queries: list[str],
) -> list[Candidate]:
    """The rule, read out: all pairs, best first, until k different texts have had their place."""
    found = {}
    wide = dict(zip(ids, vectors.astype(np.float64), strict=True))
    for query in queries:
        ranked = []
        for other in ids:
            similarity = min(1.0, max(-1.0, round(float((wide[query] * wide[other]).sum()), 6))) + 0.0
            if group_of[other] != group_of[query] and similarity >= round(min_similarity, 6):
                ranked.append((-similarity, other))
        places: list[str] = []
        for _, other in sorted(ranked):
            if texts[other] not in places:
                places.append(texts[other])
        for negated, other in sorted(ranked):
            if texts[other] in places[:k]:
                found[min(query, other), max(query, other)] = -negated + 0.0
    return [Candidate(a, b, similarity) for (a, b), similarity in sorted(found.items())]


@st.composite
def claim_sets(draw: DrawFn) -> tuple[list[str], Vectors, dict[str, Group], dict[str, str]]:
    """Claims of few articles, speakers and texts; one text has one vector, two texts may share it."""
    grid = st.lists(st.integers(-2, 2), min_size=3, max_size=3).filter(any)
    words = draw(st.lists(grid, min_size=1, max_size=6))
    n = draw(st.integers(1, 30))
    ids = [f"c{i:02}" for i in draw(st.permutations(range(n)))]
    chosen = draw(st.lists(st.integers(0, len(words) - 1), min_size=n, max_size=n))
    group = st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from([None, "Ann", "Bo"]))
    groups = draw(st.lists(group, min_size=n, max_size=n))
    vectors = unit([words[word] for word in chosen])
    texts = {id_: f"text {word}" for id_, word in zip(ids, chosen, strict=True)}
    return ids, vectors, dict(zip(ids, groups, strict=True)), texts


def test_claims_of_one_voice_in_one_article_are_never_paired() -> None:
    groups = {"a": ("x", "Ann"), "b": ("x", "Ann"), "c": ("x", None), "d": ("x", None)}

    found = pairs_of(["a", "b", "c", "d"], angles(0, 1, 2, 3), groups, k=9)

    assert [(c.id_a, c.id_b) for c in found] == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]


def test_one_speaker_in_two_articles_is_paired() -> None:
    found = pairs_of(["a", "b"], angles(0, 60), {"a": ("x", "Ann"), "b": ("y", "Ann")}, k=1)

    assert found == [Candidate("a", "b", 0.5)]


def test_a_pair_is_found_when_it_is_near_for_one_of_the_two_only() -> None:
    """c's nearest is b, while b's is a: the pair of b and c still counts."""
    groups: dict[str, Group] = {id_: (id_, None) for id_ in "abc"}

    found = pairs_of(["a", "b", "c"], angles(0, 5, 15), groups, k=1)

    assert [(c.id_a, c.id_b) for c in found] == [("a", "b"), ("b", "c")]


def test_neighbours_of_the_same_voice_do_not_push_others_out() -> None:
    """A long article that repeats itself must not hide what another article says."""
    ids = ["query", "other", *(f"same{n:03}" for n in range(150))]
    groups: dict[str, Group] = {id_: ("short" if id_ == "other" else "long", None) for id_ in ids}

    found = pairs_of(ids, angles(0, 30, *(n / 100 for n in range(150))), groups, k=1, queries=["query"])

    assert [(c.id_a, c.id_b) for c in found] == [("other", "query")]


def test_copies_of_one_text_take_one_place() -> None:
    """Forty copies of a wire story and one claim that contradicts it, a little farther off."""
    copies = [f"copy{n:02}" for n in range(40)]
    ids = [*copies, "query", "contradiction", "farther"]
    groups: dict[str, Group] = {id_: (id_, None) for id_ in ids}
    texts = {id_: "the wire story" if id_ in copies else id_ for id_ in ids}
    vectors = angles(*[10.0] * 40, 0, 20, 30)

    alone = pairs_of(ids, vectors, groups, k=2, queries=["query"])
    together = pairs_of(ids, vectors, groups, k=2, queries=["query"], texts=texts)

    assert [c.id_a for c in alone] == ["copy00", "copy01"]
    assert [c.id_a for c in together] == ["contradiction", *copies]


def test_all_copies_in_the_last_place_are_returned() -> None:
    """The first search ends amid the copies; stopping there would choose some of them by id."""
    copies = [f"copy{n:02}" for n in range(40)]
    ids = [*copies, "query", "farther"]
    groups: dict[str, Group] = {id_: (id_, None) for id_ in ids}
    texts = {id_: "the wire story" if id_ in copies else id_ for id_ in ids}

    found = pairs_of(ids, angles(*[10.0] * 40, 0, 20), groups, k=1, queries=["query"], texts=texts)

    assert [c.id_a for c in found] == copies


def test_the_bound_is_included_in_pairs() -> None:
    groups: dict[str, Group] = {id_: (id_, None) for id_ in "abc"}

    found = pairs_of(
        ["a", "b", "c"], unit([[1, 0], [0.6, 0.8], [0.59, 0.8]]), groups, k=9, min_similarity=0.6, queries=["a"]
    )

    assert found == [Candidate("a", "b", 0.6)]


def test_only_queries_look_for_neighbours() -> None:
    groups: dict[str, Group] = {id_: (id_, None) for id_ in "abc"}

    found = pairs_of(["a", "b", "c"], angles(0, 1, 2), groups, k=9, queries=["c"])

    assert [(c.id_a, c.id_b) for c in found] == [("a", "c"), ("b", "c")]


def test_a_query_need_not_be_held() -> None:
    index = FaissIndex(2)
    index.add(["a"], angles(0))

    found = candidate_pairs(index, ["q"], angles(60), {"a": ("x", None), "q": ("y", None)}, k=1, min_similarity=0.0)

    assert found == [Candidate("a", "q", 0.5)]


def test_no_queries_give_no_pairs() -> None:
    assert candidate_pairs(FaissIndex(2), [], np.zeros((0, 2), dtype=np.float32), {}, k=1, min_similarity=0.0) == []


@settings(max_examples=40)
@given(drawn=claim_sets(), k=st.integers(1, 6), data=st.data())
def test_pairs_are_those_of_brute_force(
    drawn: tuple[list[str], Vectors, dict[str, Group], dict[str, str]], k: int, data: st.DataObject
) -> None:
    ids, vectors, groups, texts = drawn
    queries = data.draw(st.lists(st.sampled_from(ids), unique=True))
    wide = vectors.astype(np.float64)
    cosines = np.clip((wide @ wide[0]), -1.0, 1.0).tolist()
    bound = data.draw(st.sampled_from(cosines) | st.floats(-1, 1))
    ask = {"k": k, "min_similarity": bound, "queries": queries}

    shared = pairs_of(ids, vectors, groups, k=k, min_similarity=bound, queries=queries, texts=texts)
    single = pairs_of(ids, vectors, groups, k=k, min_similarity=bound, queries=queries)

    assert shared == brute_force(ids, vectors, groups, texts=texts, **ask)  # type: ignore[arg-type]
    assert single == brute_force(ids, vectors, groups, texts={id_: id_ for id_ in ids}, **ask)  # type: ignore[arg-type]


@settings(max_examples=40)
@given(drawn=claim_sets(), k=st.integers(1, 6), data=st.data())
def test_pairs_do_not_depend_on_the_order_of_the_claims(
    drawn: tuple[list[str], Vectors, dict[str, Group], dict[str, str]], k: int, data: st.DataObject
) -> None:
    ids, vectors, groups, texts = drawn
    order = data.draw(st.permutations(range(len(ids))))
    shuffled = [ids[n] for n in order]

    found = pairs_of(ids, vectors, groups, k=k, texts=texts)

    assert pairs_of(shuffled, vectors[order], groups, k=k, texts=texts) == found
    assert len({(c.id_a, c.id_b) for c in found}) == len(found)


@settings(max_examples=40)
@given(drawn=claim_sets(), k=st.integers(1, 6), bounds=st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
def test_raising_min_similarity_never_adds_a_pair(
    drawn: tuple[list[str], Vectors, dict[str, Group], dict[str, str]], k: int, bounds: tuple[float, float]
) -> None:
    ids, vectors, groups, texts = drawn

    low = pairs_of(ids, vectors, groups, k=k, texts=texts, min_similarity=min(bounds))
    high = pairs_of(ids, vectors, groups, k=k, texts=texts, min_similarity=max(bounds))

    assert set(high) <= set(low)


@pytest.mark.parametrize("k", [0, 2.0, True])
def test_places_out_of_range_are_refused(k: int) -> None:
    with pytest.raises(InvalidInputError, match=f"k must be an int of at least 1; got {k}"):
        pairs_of(["a"], angles(0), {"a": ("x", None)}, k=k)


def test_a_bound_that_is_no_cosine_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"min_similarity must be in \[-1, 1\]; got 70"):
        pairs_of(["a"], angles(0), {"a": ("x", None)}, k=1, min_similarity=70)


def test_an_id_without_group_or_text_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"group_of must hold every id .*; got none for 'b'"):
        pairs_of(["a", "b"], angles(0, 1), {"a": ("x", None)}, k=1)
    with pytest.raises(InvalidInputError, match=r"texts must hold every id .*; got none for 'b'"):
        pairs_of(["a", "b"], angles(0, 1), {"a": ("x", None), "b": ("y", None)}, k=1, texts={"a": "A"}, queries=["a"])


def test_ids_that_repeat_or_do_not_fit_the_rows_are_refused() -> None:
    index = FaissIndex(2)

    with pytest.raises(InvalidInputError, match="got 2 ids, 1 distinct"):
        candidate_pairs(index, ["a", "a"], angles(0, 1), {"a": ("x", None)}, k=1, min_similarity=0.0)
    with pytest.raises(InvalidInputError, match="got 1 ids, 2 rows"):
        candidate_pairs(index, ["a"], angles(0, 1), {"a": ("x", None)}, k=1, min_similarity=0.0)


def test_a_candidate_joins_two_ids_in_order() -> None:
    with pytest.raises(ValueError, match="got 'b', 'a'"):
        Candidate("b", "a", 0.5)
