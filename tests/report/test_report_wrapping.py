from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.errors import InvalidInputError
from claimtrack.report.wrapping import wrap
from claimtrack.visible import visible
from strategies import any_text


def test_later_lines_are_indented_as_far_as_the_lead_or_as_is_said() -> None:
    text = "The dam holds and the road is dry."

    assert wrap(text, 24, "  - ") == ["  - The dam holds and", "    the road is dry."]
    assert wrap(text, 24, "- ", hanging=4) == ["- The dam holds and", "    the road is dry."]
    assert wrap("", 24, "  - ") == ["  -"]


def test_a_character_of_two_columns_counts_as_two_and_a_combining_mark_as_none() -> None:
    assert wrap("橋" * 24, 24) == ["橋" * 12, "橋" * 12]
    assert wrap("e\u0301" * 24, 24) == ["e\u0301" * 24]


def test_a_lead_that_leaves_no_room_has_a_line_of_its_own() -> None:
    assert wrap("4 claims", 24, "clusters when last seen  ") == ["clusters when last seen", "    4 claims"]


def test_a_lead_cannot_command_the_terminal() -> None:
    assert wrap("A bridge", 24, "\x1b[2J  ") == ["␛[2J  A bridge"]


def test_a_line_with_a_joiner_before_a_wide_character_keeps_its_words() -> None:
    """rich measures the line as narrower than its words, which then don't fit: it cut them off."""
    text = "\u200d👩ab 日 日 日 日 日 日 the minister resigned"

    assert " ".join(wrap(text, 24)) == text


@given(st.lists(st.sampled_from([" \u200d👩", "日 ", "the "]), min_size=10))
def test_no_character_is_lost_however_characters_join(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert "".join("".join(wrap(text, 24)).split()) == "".join(text.split())


@pytest.mark.parametrize("width", [23, 0, -1])
def test_a_width_that_nothing_fits_is_refused(width: int) -> None:
    with pytest.raises(InvalidInputError, match=f"width must be at least 24 columns; got {width}"):
        wrap("x", width)


@given(any_text(max_size=200), st.text("ab: ", max_size=40), st.integers(24, 100))
def test_no_line_is_wider_than_the_width_and_no_word_is_lost(text: str, lead: str, width: int) -> None:
    lines = wrap(text, width, lead)

    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join((lead + visible(text)).split())
