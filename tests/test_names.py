"""Spelling variants of names across texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.names import NameTable, spelling_variants

JOINED = [
    ("Idlib", "Idleb", "Troops moved in {}. The {} province was quiet."),
    ("Erdogan", "Erdoğan", "On Monday {} spoke."),
    ("Rouhani", "Rohani", "On Monday {} spoke."),
    ("Gaziantep", "Gaziantip", "Shops closed in {}."),
    ("Calderon", "Calderón", "Mayor {} resigned."),
    ("Joumana", "Jomana", "A teacher, {}, won."),
]
APART = [
    ("Burton", "Barton", "On Monday {} spoke."),
    ("Allen", "Allan", "On Monday {} spoke."),
    ("Colombia", "Columbia", "A bridge opened in {}."),
    ("Cameroon", "Cameron", "A report on {} appeared."),
    ("Christian", "Christina", "On Monday {} spoke."),
    ("Roth", "Ruth", "On Monday {} spoke."),
    ("Niger", "Nigeria", "Rain fell in {}."),
    ("Iran", "Iraq", "Rain fell in {}."),
    ("Slovakia", "Slovenia", "Rain fell in {}."),
    ("Monterey", "Monterrey", "Rain fell in {}."),
    ("Anders", "Andres", "On Monday {} spoke."),
    ("Miller", "Mellor", "On Monday {} spoke."),
    ("Glen", "Glenn", "On Monday {} spoke."),
    ("Hansen", "Hanson", "On Monday {} spoke."),
]


@pytest.mark.parametrize(("one", "two", "frame"), JOINED)
def test_spellings_of_one_name_are_joined(one: str, two: str, frame: str) -> None:
    """A claim on Idleb and one on Idlib are about one place, and their embeddings must say so."""
    table = spelling_variants([frame.format(one, one), frame.format(one, one), frame.format(two, two)])

    assert table.spelling == {two: one}
    assert table.apply(frame.format(two, two)) == frame.format(one, one)


def test_a_spelling_between_two_others_joins_all_three() -> None:
    """Idlib and Idelb differ twice; Idleb stands between them."""
    texts = ["Troops moved in Idlib. In Idlib it rained.", "In Idleb it was quiet.", "They spoke of the Idelb issue."]

    assert spelling_variants(texts).spelling == {"Idleb": "Idlib", "Idelb": "Idlib"}


@pytest.mark.parametrize(("one", "two", "frame"), APART)
def test_two_names_are_never_joined(one: str, two: str, frame: str) -> None:
    """Precision before recall: two people or two countries taken for one would make false contradictions."""
    assert spelling_variants([frame.format(one), frame.format(two)]).spelling == {}


def test_a_word_that_is_also_written_in_lower_case_is_no_name() -> None:
    assert (
        spelling_variants(["In Marin the sun rose.", "in marin and in Meren", "near Meren", "marin, marin"]).spelling
        == {}
    )


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_texts_in_any_order_give_one_table(texts: list[str]) -> None:
    """Articles arrive in any order; the spelling in use must not depend on it."""
    table = spelling_variants(texts)

    assert table == spelling_variants(reversed(texts))
    assert not set(table.spelling.values()) & set(table.spelling)
    for text in texts:
        assert table.apply(table.apply(text)) == table.apply(text)


def test_an_empty_table_changes_nothing() -> None:
    assert NameTable().apply("Idleb") == "Idleb"
