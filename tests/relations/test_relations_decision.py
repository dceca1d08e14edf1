"""From probabilities to labels, each row by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.records import Label
from claimtrack.relations import Decision, Thresholds, decide

ENTAILMENT, NEUTRAL, CONTRADICTION = (Decision(label, abstained=False) for label in Label)
UNSURE = Decision(Label.NEUTRAL, abstained=True)
THRESHOLDS = Thresholds(entailment=0.6, contradiction=0.8, pair_contradiction=0.8, abstain=0.5)


@st.composite
def rows(draw: st.DrawFn) -> tuple[float, float, float]:
    entailment = draw(st.floats(0, 1))
    neutral = draw(st.floats(0, 1)) * (1 - entailment)
    return entailment, neutral, max(0.0, 1 - entailment - neutral)


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        ((0.6, 0.3, 0.1), ENTAILMENT),  # the bound is included
        ((0.5999, 0.3001, 0.1), UNSURE),
        ((0.1, 0.1, 0.8), CONTRADICTION),
        ((0.1, 0.1001, 0.7999), UNSURE),
        ((0.1, 0.8, 0.1), NEUTRAL),
        ((0.25, 0.5, 0.25), NEUTRAL),
        ((0.3, 0.4, 0.3), UNSURE),  # neutral is first, but not sure enough
        ((0.45, 0.1, 0.45), UNSURE),
        ((1.0, 0.0, 0.0), ENTAILMENT),
        ((0.0, 0.0, 1.0), CONTRADICTION),
    ],
)
def test_a_row_is_decided_at_the_bounds(row: tuple[float, float, float], decision: Decision) -> None:
    assert decide(np.array([row]), THRESHOLDS) == [decision]


def test_where_both_bars_are_passed_the_larger_probability_decides() -> None:
    low = Thresholds(entailment=0.2, contradiction=0.2)

    assert decide(np.array([[0.5, 0.2, 0.3], [0.3, 0.2, 0.5]]), low) == [ENTAILMENT, CONTRADICTION]


@given(st.lists(rows()))
def test_a_row_is_decided_alike_alone_and_in_any_order(drawn: list[tuple[float, float, float]]) -> None:
    table = np.array(drawn, dtype=np.float64).reshape(-1, 3)
    decided = decide(table, THRESHOLDS)

    assert decided == [decide(table[row : row + 1], THRESHOLDS)[0] for row in range(len(table))]
    assert decide(table[::-1], THRESHOLDS) == decided[::-1]


@given(rows(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_bar_never_adds_a_contradiction(row: tuple[float, float, float], one: float, two: float) -> None:
    lenient, strict = (Thresholds(contradiction=bar) for bar in sorted((one, two)))

    if decide(np.array([row]), strict)[0].label is Label.CONTRADICTION:
        assert decide(np.array([row]), lenient)[0].label is Label.CONTRADICTION


@given(rows())
def test_only_neutral_pairs_abstain(row: tuple[float, float, float]) -> None:
    decision = decide(np.array([row]), THRESHOLDS)[0]

    assert decision.label is Label.NEUTRAL or not decision.abstained


def test_thresholds_are_read_from_json_values_and_default_where_none_is_given() -> None:
    assert Thresholds.from_mapping({}) == Thresholds()
    assert Thresholds.from_mapping({"contradiction": 1}) == Thresholds(contradiction=1.0)


@pytest.mark.parametrize("values", [{"entailment": 70}, {"entailment": "high"}, {"abstain": None}, {"abstain": -0.1}])
def test_thresholds_that_are_no_probabilities_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"thresholds must be numbers in \[0, 1\]; got \{'"):
        Thresholds.from_mapping(values)


def test_a_threshold_with_an_unknown_name_is_refused() -> None:
    """A misspelt name must not leave a default in force in silence."""
    with pytest.raises(InvalidInputError, match=r"thresholds must be among \['abstain', .*; got \['contradictions'\]"):
        Thresholds.from_mapping({"contradictions": 0.5})


def test_thresholds_made_by_hand_are_checked() -> None:
    with pytest.raises(ValueError, match=r"'entailment' must be <= 1\.0: 70\.0"):
        Thresholds(entailment=70.0)
    with pytest.raises(TypeError, match="'abstain' must be <class 'float'>"):
        Thresholds(abstain="0.5")  # type: ignore[arg-type]
