"""A statement and its plain negation are told from all that looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.relations.negations import is_plain_negation
from strategies import any_text


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        ("The Calder ferry will stop running on Monday.", "The Calder ferry will not stop running on Monday."),
        ("The ferry will sail.", "The ferry won't sail."),
        ("The ferry can cross the bay.", "The ferry cannot cross the bay"),
        ("Varn sailed on Monday.", "Varn didn’t sail on Monday."),
        ("Jo Adair denies the charge.", "Jo Adair does not deny the charge."),
        ("There was an attack on Ostby.", "There was no attack on Ostby."),
        ("Jo Adair met the minister.", "Jo Adair never met the minister."),
        ("The bridge is not open and not safe.", "The bridge is open and not safe."),
        ("All of the crew have left.", "All of the crew haven't left."),
    ],
)
def test_a_statement_and_its_negation_are_told_in_either_order(plain: str, negated: str) -> None:
    assert is_plain_negation(plain, negated)
    assert is_plain_negation(negated, plain)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The ferry will sail.", "The ferry will sail."),
        ("The ferry will not sail.", "The ferry won't sail."),
        ("The ferry will sail on Monday.", "The ferry will not sail on Friday."),
        ("Some ferries will sail.", "Some ferries will not sail."),
        ("The ferry may sail.", "The ferry may not sail."),
        ("Jo Adair left because of the vote.", "Jo Adair did not leave because of the vote."),
        ("A man was hurt.", "A man was not hurt."),
        ("Two men were hurt.", "Two men were not hurt."),
        ("12 men were hurt.", "12 men were not hurt."),
        ("She was hurt.", "She was not hurt."),
        ("That's what happened.", "That's not what happened."),
        ("The bridge works.", "The bridge no longer works."),
        ("The bridge is open.", "The bridge is not only open."),
        ("The bridge is not open.", "The bridge is not not open, not at all."),
        ("The ferry sailed.", "The ferry did not leave."),
        ("The ferry cost 12 crowns.", "The ferry did not cost 14 crowns."),
        ("", "Not."),
    ],
)
def test_all_else_is_left_to_the_model(one: str, two: str) -> None:
    assert not is_plain_negation(one, two)
    assert not is_plain_negation(two, one)


@given(any_text(), any_text())
def test_it_is_the_same_in_either_order(one: str, two: str) -> None:
    assert is_plain_negation(one, two) is is_plain_negation(two, one)
