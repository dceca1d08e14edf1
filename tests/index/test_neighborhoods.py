"""Who is near whom, kept up to date: what comes out depends on the claims that are there, not on the way they came."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.index import FaissIndex, Neighbor, Neighborhoods, Placed
from claimtrack.index import neighborhoods as module

Vectors = npt.NDArray[np.float32]
Group = tuple[str, str | None]
Pairs = list[tuple[str, str]]


def unit(rows: object) -> Vectors:
    array = np.array(rows, dtype=np.float64)
    vectors: Vectors = (array / np.linalg.norm(array, axis=-1, keepdims=True)).astype(np.float32)
    return vectors


def angles(*degrees: float) -> Vectors:
    """Unit vectors in the plane: the nearer the angles, the nearer the claims."""
    radians = np.deg2rad(degrees)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def placed(
    ids: Iterable[str],
    vectors: Vectors,
    groups: Mapping[str, Group] | None = None,
    texts: Mapping[str, str] | None = None,
) -> dict[str, Placed]:
    """Place claims; each in an article of its own and with a text of its own, unless it is said otherwise."""
    return {
        id_: Placed(vector=vector, text=(texts or {}).get(id_, id_), group=(groups or {}).get(id_, (id_, None)))
        for id_, vector in zip(ids, vectors, strict=True)
    }


def empty(*, k: int, min_similarity: float = -1.0, dim: int = 2) -> Neighborhoods:
    return Neighborhoods(FaissIndex(dim), k=k, min_similarity=min_similarity)


def holding(claims: Mapping[str, Placed], *, k: int, min_similarity: float = -1.0, dim: int = 2) -> Neighborhoods:
    made = empty(k=k, min_similarity=min_similarity, dim=dim)
    made.update((), claims)
    return made


def brute_force(claims: Mapping[str, Placed], k: int, min_similarity: float) -> Pairs:
    """The rule, read out: all others, best first, until k texts have had their place; copies 1e-4 below it come in."""
    found = set()
    wide = {id_: claim.vector.astype(np.float64) for id_, claim in claims.items()}
    for query, claim in claims.items():
        ranked = []
        for other, its in claims.items():
            millionths = round(min(1.0, max(-1.0, round(float((wide[query] * wide[other]).sum()), 6))) * 1e6)
            if its.group != claim.group and millionths >= round(round(min_similarity, 6) * 1e6):
                ranked.append((-millionths, other))
        best: dict[str, int] = {}
        for negated, other in sorted(ranked):
            best.setdefault(claims[other].text, -negated)
        places = list(best)[:k]
        floor = best[places[-1]] - 100 if len(places) == k else -2_000_000
        for negated, other in ranked:
            if claims[other].text in places and -negated >= floor:
                found.add((min(query, other), max(query, other)))
    return sorted(found)


def draw_claims(rng: random.Random, *, most: int = 30) -> dict[str, Placed]:
    """Claims of few articles, speakers and texts; vectors of one text are 1e-5 apart, or farther now and then."""
    words = unit([[rng.randint(-2, 2), rng.randint(-2, 2), rng.choice((-1, 1))] for _ in range(rng.randint(1, 16))])
    claims = {}
    for n in range(rng.randint(1, most)):
        word = rng.randrange(len(words))
        apart = rng.choice((0.0, 0.0, 1e-5, 1e-2))
        vector = unit(words[word].astype(np.float64) + [apart * rng.uniform(-1, 1) for _ in range(3)])
        group = (rng.choice("xyz"), rng.choice((None, "Ann", "Bo")))
        claims[f"c{n:02}"] = Placed(vector=vector, text=f"text {word}", group=group)
    return claims


# -- which pairs -------------------------------------------------------------------------------------------------------


def test_claims_of_one_voice_in_one_article_are_never_paired() -> None:
    groups = {"a": ("x", "Ann"), "b": ("x", "Ann"), "c": ("x", None), "d": ("x", None)}

    found = holding(placed("abcd", angles(0, 1, 2, 3), groups), k=9).pairs()

    assert found == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]


def test_one_speaker_in_two_articles_is_paired() -> None:
    groups = {"a": ("x", "Ann"), "b": ("y", "Ann")}

    assert holding(placed("ab", angles(0, 60), groups), k=1).pairs() == [("a", "b")]


def test_a_pair_is_found_when_it_is_near_for_one_of_the_two_only() -> None:
    """c's nearest is b, while b's is a: the pair of b and c still counts."""
    assert holding(placed("abc", angles(0, 5, 15)), k=1).pairs() == [("a", "b"), ("b", "c")]


def test_neighbours_of_the_same_voice_do_not_push_others_out() -> None:
    """A long article that repeats itself must not hide what another article says."""
    ids = ["query", "other", *(f"same{n:03}" for n in range(150))]
    groups: dict[str, Group] = {id_: ("short" if id_ == "other" else "long", None) for id_ in ids}

    found = holding(placed(ids, angles(0, 30, *(n / 100 for n in range(150))), groups), k=1)

    assert found.neighbors("query") == ("other",)


def test_copies_of_one_text_take_one_place() -> None:
    """Forty copies of a wire story and one claim that contradicts it, a little farther off."""
    copies = [f"copy{n:02}" for n in range(40)]
    ids = [*copies, "query", "contradiction", "farther"]
    groups: dict[str, Group] = {id_: ("desk" if id_ == "query" else "wires", None) for id_ in ids}
    texts = {id_: "the wire story" if id_ in copies else id_ for id_ in ids}
    vectors = angles(*[10.0] * 40, 0, 20, 30)

    alone = holding(placed(ids, vectors, groups), k=2)
    together = holding(placed(ids, vectors, groups, texts), k=2)

    assert set(alone.neighbors("query")) == {"copy00", "copy01"}
    assert set(together.neighbors("query")) == {"contradiction", *copies}


def test_copies_that_are_embedded_a_hair_apart_come_in_and_those_farther_off_do_not() -> None:
    """An embedder may give copies of one text rows 1e-5 apart, by the batch that they stood in."""
    ids = ["query", "copy", "hair", "off", "next"]
    groups: dict[str, Group] = {id_: ("desk" if id_ == "query" else "wires", None) for id_ in ids}
    texts = {"query": "q", "copy": "wire", "hair": "wire", "off": "wire", "next": "n"}
    rows = [[1, 0], *([s, (1 - s * s) ** 0.5] for s in (0.8, 0.79995, 0.7997, 0.5))]

    assert holding(placed(ids, unit(rows), groups, texts), k=1).neighbors("query") == ("copy", "hair")


def test_the_bound_is_included_in_pairs() -> None:
    vectors = unit([[1, 0], [0.6, 0.8], [0.59, 0.8]])

    assert ("a", "b") in holding(placed("abc", vectors), k=9, min_similarity=0.6).pairs("a")
    assert ("a", "c") not in holding(placed("abc", vectors), k=9, min_similarity=0.6).pairs("a")


def test_no_claims_have_no_pairs() -> None:
    nothing = empty(k=1)

    assert len(nothing) == 0
    assert nothing.pairs() == []
    assert nothing.pairs(()) == []
    assert nothing.near([("a", "b")]) == set()
    assert nothing.search(angles(0), k=3) == []
    assert nothing.update((), {}) == set()


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 6), spare=st.sampled_from([0, 1, 10]))
def test_pairs_are_those_of_brute_force(seed: int, k: int, spare: int) -> None:
    rng = random.Random(seed)
    claims = draw_claims(rng)
    first, *_, last = (claim.vector.astype(np.float64) for claim in [*claims.values()] * 2)
    bound = rng.choice([-1.0, 0.0, 0.4, min(1.0, max(-1.0, float(first @ last)))])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SPARE", spare)
        found = holding(claims, k=k, min_similarity=bound, dim=3).pairs()

    assert found == brute_force(claims, k, bound)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 6), bounds=st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
def test_raising_min_similarity_never_adds_a_pair(seed: int, k: int, bounds: tuple[float, float]) -> None:
    claims = draw_claims(random.Random(seed))

    low = holding(claims, k=k, min_similarity=min(bounds), dim=3).pairs()
    high = holding(claims, k=k, min_similarity=max(bounds), dim=3).pairs()

    assert set(high) <= set(low)


# -- coming and going --------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 4), spare=st.sampled_from([0, 1, 10]))
def test_coming_and_going_ends_where_all_at_once_does(seed: int, k: int, spare: int) -> None:
    """Pairs that become near are told, since only those are judged; what goes and comes back may read otherwise."""
    rng = random.Random(seed)
    waiting = list(draw_claims(rng).items())
    rng.shuffle(waiting)
    bound = rng.choice([-1.0, 0.2])
    kept: dict[str, Placed] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SPARE", spare)
        growing = empty(k=k, min_similarity=bound, dim=3)
        for _ in range(rng.randint(1, 8)):
            gone = rng.sample(sorted(kept), rng.randint(0, len(kept) if rng.random() < 0.2 else min(3, len(kept))))
            fresh = dict(waiting.pop() for _ in range(min(len(waiting), rng.randint(0, 8))))
            for id_ in gone:
                one = kept.pop(id_)
                if rng.random() < 0.5:
                    other = rng.choice([one, *fresh.values()])
                    fresh[id_] = attrs.evolve(one, vector=other.vector, text=other.text)
            before = growing.pairs()

            told = growing.update(gone, fresh)
            kept |= fresh

            now = brute_force(kept, k, bound)
            assert growing.pairs() == now
            assert set(now) - set(before) <= told <= set(now)
            assert len(growing) == len(kept)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 4))
def test_the_pairs_of_some_claims_are_those_of_all_that_hold_one(seed: int, k: int) -> None:
    rng = random.Random(seed)
    claims = draw_claims(rng)
    some = rng.sample(sorted(claims), rng.randint(0, len(claims)))
    made = holding(claims, k=k, dim=3)

    assert made.pairs(some) == [pair for pair in made.pairs() if set(pair) & set(some)]


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 4))
def test_near_keeps_the_pairs_that_are_pairs(seed: int, k: int) -> None:
    rng = random.Random(seed)
    claims = draw_claims(rng)
    made = holding(claims, k=k, dim=3)
    asked = {(one, two) for one in claims for two in claims if one < two and rng.random() < 0.5}

    assert made.near({*asked, ("c00", "zz"), ("zy", "zz")}) == asked & set(made.pairs())


def test_a_claim_is_there_as_it_was_placed_last() -> None:
    one, two = placed("ab", angles(0, 60)).values()
    made = holding({"a": one, "b": two}, k=1)

    made.update(["a"], {"a": attrs.evolve(one, text="changed")})

    assert made["a"].text == "changed"
    assert made["b"] is two
    assert "a" in made
    assert "c" not in made


def test_a_search_gives_the_nearest_claims_that_are_near_enough() -> None:
    made = holding(placed("abc", angles(0, 60, 80)), k=1, min_similarity=0.4)

    assert made.search(angles(0), k=1) == [Neighbor("a", 1.0)]
    assert made.search(angles(0), k=9) == [Neighbor("a", 1.0), Neighbor("b", 0.5)]


class CountingIndex(FaissIndex):
    """Counts the rows that were searched for."""

    searched = 0

    def search(self, vectors: Vectors, /, *, k: int, min_similarity: float = -1.0) -> list[list[Neighbor]]:
        self.searched += len(vectors)
        return super().search(vectors, k=k, min_similarity=min_similarity)


def test_a_claim_that_comes_or_goes_costs_its_own_neighbours() -> None:
    """With fifty thousand claims kept, one article a day must not search for all of them again.

    Claims that join others are compared with all once, which finds their neighbours without a search.
    """
    index = CountingIndex(2)
    made = Neighborhoods(index, k=2, min_similarity=-1.0)
    claims = placed([f"c{n:03}" for n in range(100)], angles(*range(100)))

    made.update((), claims)
    assert index.searched == 100
    made.update((), placed(["new"], angles(50.5)))
    made.update(["c010"], {})
    made.pairs()

    assert index.searched == 100


def test_a_claim_that_joins_is_searched_for_if_its_nearest_are_copies_of_one_text() -> None:
    """Its places are not full after the many copies that one comparison with all gives."""
    index = CountingIndex(2)
    made = Neighborhoods(index, k=1, min_similarity=0.0)
    copies, others = [f"copy{n:03}" for n in range(100)], [f"c{n:03}" for n in range(20)]
    texts = dict.fromkeys(copies, "the wire story")
    made.update((), placed(copies, angles(*[0] * 100), texts=texts) | placed(others, angles(*range(20, 40))))
    searched = index.searched

    made.update((), placed(["new"], angles(1)))

    assert index.searched > searched
    assert set(made.neighbors("new")) == set(copies)


def test_a_copy_below_the_bound_does_not_come_in_by_joining() -> None:
    """What shares the last place may be 1e-4 farther off, but never farther than the bound."""
    ids = [f"c{n:02}" for n in range(12)]
    rows = [[1, 0], *([0.4, side * (1 - 0.4 * 0.4) ** 0.5] for side in (1, -1) * 6)][:12]
    made = holding(placed(ids, unit(rows)), k=1, min_similarity=0.4)

    made.update((), placed(["copy"], unit([[0.39995, (1 - 0.39995 * 0.39995) ** 0.5]]), texts={"copy": "c01"}))

    assert made.neighbors("c00") == ("c01",)


def test_rows_that_are_longer_than_one_by_a_hair_are_as_near_as_any() -> None:
    """Opposite rows of length 1.0009 have a product of -1.0018, which counts as -1."""
    claims = placed("abc", unit([[1, 0], [-1, 0], [-1, 0]]) * np.float32(1.0009))
    made = holding({"a": claims["a"], "c": claims["c"]}, k=1)

    made.update((), {"b": claims["b"]})

    assert made.neighbors("a") == ("b",)


# -- keeping -----------------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), k=st.integers(1, 4))
def test_what_was_saved_goes_on_as_if_nothing_had_happened(seed: int, k: int) -> None:
    rng = random.Random(seed)
    claims = draw_claims(rng)
    gone = rng.sample(sorted(claims), rng.randint(0, len(claims)))
    made, index = holding(claims, k=k, dim=3), CountingIndex(3)
    taken_over = Neighborhoods(index, k=k, min_similarity=-1.0)
    saved = made.save()

    fits = taken_over.fits(saved, claims)
    taken_over.restore(saved, claims)

    assert fits
    assert taken_over.pairs() == made.pairs()
    assert index.searched == 0
    assert taken_over.update(gone, {}) == made.update(gone, {})
    assert taken_over.pairs() == made.pairs()


def test_saving_does_not_depend_on_the_order_of_coming() -> None:
    claims = placed("abcd", angles(0, 10, 20, 30))
    one, other = holding(claims, k=1), empty(k=1)
    for id_ in "cadb":
        other.update((), {id_: claims[id_]})

    first, second = one.save(), other.save()

    for field in attrs.fields(type(first)):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name)), field.name


def test_nothing_can_be_saved_and_taken_over() -> None:
    saved, other = empty(k=1).save(), empty(k=1)

    other.restore(saved, {})

    assert other.fits(saved, {})
    assert other.pairs() == []


@pytest.mark.parametrize(
    ("change", "settings_"),
    [
        ({"a": {"text": "another"}}, {}),
        ({"a": {"group": ("a", "Ann")}}, {}),
        ({"a": {"group": ("another", None)}}, {}),
        ({"a": None}, {}),
        ({}, {"k": 2}),
        ({}, {"min_similarity": 0.1}),
    ],
    ids=["text", "speaker", "article", "a claim less", "places", "bound"],
)
def test_what_was_saved_fits_no_other_claims_and_settings(
    change: dict[str, dict[str, Any] | None], settings_: dict[str, float]
) -> None:
    claims = placed("abc", angles(0, 10, 20))
    saved = holding(claims, k=1).save()
    others = {
        id_: attrs.evolve(one, **(change.get(id_) or {}))
        for id_, one in claims.items()
        if change.get(id_, {}) is not None
    }
    asked = Neighborhoods(FaissIndex(2), **({"k": 1, "min_similarity": -1.0} | settings_))  # type: ignore[arg-type]

    assert holding({}, k=1).fits(saved, claims)
    assert not asked.fits(saved, others)


# -- wrong input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [0, 2.0, True])
def test_places_out_of_range_are_refused(k: int) -> None:
    with pytest.raises(InvalidInputError, match=f"k must be an int of at least 1; got {k}"):
        empty(k=k)


@pytest.mark.parametrize("bound", [70, -1.5, "0.5"])
def test_a_bound_that_is_no_cosine_is_refused(bound: float) -> None:
    with pytest.raises(InvalidInputError, match=rf"min_similarity must be in \[-1, 1\]; got {bound!r}"):
        empty(k=1, min_similarity=bound)


def test_an_index_that_holds_something_is_refused() -> None:
    index = FaissIndex(2)
    index.add(["a"], angles(0))

    with pytest.raises(InvalidInputError, match="index must be empty; got 1 vectors"):
        Neighborhoods(index, k=1, min_similarity=0.0)


def test_ids_that_do_not_fit_are_refused_and_nothing_changes() -> None:
    claims = placed("abc", angles(0, 1, 2))
    made = holding({"a": claims["a"], "b": claims["b"]}, k=1)

    with pytest.raises(InvalidInputError, match="gone must hold ids that are there; got 'c'"):
        made.update(["a", "c"], {})
    with pytest.raises(InvalidInputError, match="fresh must hold ids that are not there; got 'b'"):
        made.update(["a"], {"b": claims["b"], "c": claims["c"]})

    assert made.pairs() == [("a", "b")]


def test_only_empty_neighbourhoods_can_be_restored() -> None:
    claims = placed("ab", angles(0, 1))
    made = holding(claims, k=1)

    with pytest.raises(InvalidInputError, match="must be empty to be restored; got 2 claims"):
        made.restore(made.save(), claims)
