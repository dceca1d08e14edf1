"""The decision on one pair of claims, from the relations of both directions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.clustering import ClusterOptions, weigh
from claimtrack.errors import InvalidInputError
from claimtrack.records import Kind, Label, Relation

E, N, C = Label.ENTAILMENT, Label.NEUTRAL, Label.CONTRADICTION


def relation(label: Label, p_entailment: float, p_contradiction: float = 0.0, *, backward: bool = False) -> Relation:
    ids = ("b", "a") if backward else ("a", "b")
    return Relation(
        premise_id=ids[0],
        hypothesis_id=ids[1],
        p_entailment=p_entailment,
        p_neutral=max(0.0, 1.0 - p_entailment - p_contradiction),
        p_contradiction=p_contradiction,
        label=label,
        kind=Kind.OTHER if label is C else None,
        model="test",
    )


def units(forward: tuple[Label, float], backward: tuple[Label, float] | None = None, **options: float) -> float:
    relations = [relation(*forward)] + ([relation(*backward, backward=True)] if backward else [])
    return weigh(relations, ClusterOptions(**options)).weight / 1_000_000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("forward", "backward", "weight"),
    [
        pytest.param((E, 0.8), (E, 0.8), math.log(4), id="both ways"),
        pytest.param((E, 0.8), (E, 0.5), math.log(4) / 2, id="the mean of the two directions"),
        pytest.param((E, 1.0), (E, 1.0), 4.0, id="certainty is clipped"),
        pytest.param((N, 0.0), (N, 0.0), -4.0, id="neutral with certainty"),
        pytest.param((N, 0.2), (N, 0.2), -math.log(4), id="neutral"),
        pytest.param((N, 0.9), (N, 0.9), -0.5, id="a label of neutral pulls apart whatever the probability"),
        pytest.param((E, 0.4), (E, 0.4), 0.5, id="a label of entailment pulls together whatever the probability"),
        pytest.param((E, 0.94), (N, 0.01), 0.5, id="one way at the bound"),
        pytest.param((E, 0.9399), (N, 0.5), -0.5, id="one way below the bound"),
        pytest.param((N, 0.95), (N, 0.95), -0.5, id="a high probability without the label is not one way"),
        pytest.param((E, 0.99), None, 4.0, id="one direction judged, above the bound"),
        pytest.param((E, 0.8), None, -0.5, id="one direction judged, below the bound"),
    ],
)
def test_weight_of_a_pair(forward: tuple[Label, float], backward: tuple[Label, float] | None, weight: float) -> None:
    assert units(forward, backward) == pytest.approx(weight, abs=1e-6)


def test_both_directions_must_reach_min_p_both() -> None:
    assert units((E, 0.85), (E, 0.6), min_p_both=0.6) > 0
    assert units((E, 0.85), (E, 0.6), min_p_both=0.61) == -0.5


def test_p_even_moves_the_probability_that_pulls_neither_way() -> None:
    assert units((E, 0.9), (E, 0.9), p_even=0.8) == pytest.approx(math.log(9) - math.log(4), abs=1e-6)


@pytest.mark.parametrize(
    ("both_ways", "labels", "contradicts"),
    [
        (False, (C, N), True),
        (False, (C, C), True),
        (False, (C,), True),
        (False, (N, N), False),
        (True, (C, N), False),
        (True, (C, C), True),
        (True, (C,), False),
    ],
)
def test_which_directions_make_a_contradiction(both_ways: bool, labels: tuple[Label, ...], contradicts: bool) -> None:
    relations = [relation(label, 0.1, 0.8, backward=bool(n)) for n, label in enumerate(labels)]

    judged = weigh(relations, ClusterOptions(contradiction_both_ways=both_ways))

    assert judged.contradicts is judged.joins is contradicts
    assert (judged.weight == -math.inf) is contradicts


def test_a_contradiction_in_one_direction_never_states_the_same() -> None:
    relations = [relation(E, 0.99), relation(C, 0.1, 0.8, backward=True)]

    assert weigh(relations, ClusterOptions(contradiction_both_ways=True)).weight == -500_000


def test_a_weak_contradiction_forbids_but_does_not_join() -> None:
    relations = [relation(C, 0.1, 0.6), relation(N, 0.0, 0.9, backward=True)]

    weak = weigh(relations, ClusterOptions(min_p_contradiction=0.61))
    at_bound = weigh(relations, ClusterOptions(min_p_contradiction=0.6))

    assert (weak.contradicts, weak.joins, weak.weight) == (True, False, -math.inf)
    assert at_bound.joins


probabilities = st.floats(0, 1)


@given(st.sampled_from([E, N, C]), probabilities, st.sampled_from([E, N, C]), probabilities, st.booleans())
def test_a_pair_weighs_the_same_from_either_end(one: Label, p: float, two: Label, q: float, both_ways: bool) -> None:
    relations = [relation(one, p, 1 - p), relation(two, q, 1 - q, backward=True)]
    options = ClusterOptions(contradiction_both_ways=both_ways)

    judged = weigh(relations, options)

    assert judged == weigh(relations[::-1], options)
    assert judged.contradicts or 500_000 <= abs(judged.weight) <= 4_000_000


def test_weigh_asks_for_one_or_two_relations() -> None:
    with pytest.raises(InvalidInputError, match="got 3"):
        weigh([relation(N, 0.1)] * 3, ClusterOptions())


def test_options_refuse_a_max_weight_below_the_min_weight() -> None:
    with pytest.raises(ValueError, match=r"got 0\.1 and 0\.5"):
        ClusterOptions(max_weight=0.1)
