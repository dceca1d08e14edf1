"""Greedy additive edge contraction against a version that can be checked by eye."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.clustering import contract

Weights = dict[tuple[int, int], float]


def brute(n: int, weights: Weights) -> list[int]:
    """Look at every pair of groups each time, and sum every edge between them anew."""
    groups = [{node} for node in range(n)]
    while True:
        pulls = [
            (sum(weights.get((min(a, b), max(a, b)), 0) for a in one for b in two), one, two)
            for one, two in itertools.combinations(sorted(groups, key=min), 2)
        ]
        best = min(pulls, key=lambda pull: (-pull[0], min(pull[1]), min(pull[2])), default=None)
        if best is None or best[0] <= 0:
            return [min(group) for node in range(n) for group in groups if node in group]
        groups = [group for group in groups if group not in best[1:]] + [best[1] | best[2]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Weights]:
    """Draw small graphs with few distinct weights, so that ties and sums of zero are common."""
    n = draw(st.integers(0, 8))
    pairs = list(itertools.combinations(range(n), 2))
    weight = st.sampled_from([-math.inf, -4, -1, 0, 1, 1, 2, 4])
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return n, {pair: draw(weight) for pair in chosen}


@given(graphs())
def test_contract_gives_the_groups_of_the_brute_version(graph: tuple[int, Weights]) -> None:
    assert contract(*graph) == brute(*graph)


@given(graphs(), st.randoms(use_true_random=False))
def test_contract_does_not_depend_on_the_order_of_edges(graph: tuple[int, Weights], rng: random.Random) -> None:
    n, weights = graph
    edges = list(weights.items())
    rng.shuffle(edges)

    assert contract(n, dict(edges)) == contract(n, weights)


@given(graphs())
def test_no_group_holds_a_forbidden_pair(graph: tuple[int, Weights]) -> None:
    n, weights = graph

    groups = contract(n, weights)

    assert all(groups[a] != groups[b] for (a, b), weight in weights.items() if weight == -math.inf)


@pytest.mark.parametrize(
    ("weights", "groups"),
    [
        pytest.param({(0, 1): 4, (1, 2): 4}, [0, 0, 0], id="a pair never judged counts nothing"),
        pytest.param({(0, 1): 4, (1, 2): 4, (0, 2): -3}, [0, 0, 0], id="a weak neutral pair is outvoted"),
        pytest.param(
            {(0, 1): 4, (1, 2): 4, (0, 2): -4}, [0, 0, 2], id="a sum of zero does not merge; ties to the smallest"
        ),
        pytest.param({(0, 1): 3, (1, 2): 4, (0, 2): -4}, [0, 1, 1], id="the stronger pull first"),
        pytest.param({(0, 1): 4, (1, 2): 4, (0, 2): -math.inf}, [0, 0, 2], id="a contradiction cannot be outvoted"),
    ],
)
def test_contract_on_three_nodes(weights: Weights, groups: list[int]) -> None:
    assert contract(3, weights) == groups


def test_weights_of_merged_groups_add_up() -> None:
    """Nodes 2 and 3 pull by 3, but 0 and 1 together pull 2 by 4 and push 3 away by 4."""
    weights: Weights = {(0, 1): 4, (0, 2): 2, (1, 2): 2, (2, 3): 3, (0, 3): -2, (1, 3): -2}

    assert contract(4, weights) == [0, 0, 0, 3]
