from __future__ import annotations

import pytest

from claimtrack.visible import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07\r", "␛[31mred␇␍"),
        ("one\r\ntwo\nthree\tfour", "one two three four"),
        ("\x7f\x9b", "␡⟨U+009B⟩"),
        ("a\u202eb\u2069", "a⟨U+202E⟩b⟨U+2069⟩"),
        ("\ud800\ufffe\U0001ffff", "⟨U+D800⟩⟨U+FFFE⟩⟨U+1FFFF⟩"),
        ("زن\u200cها 👩\u200d👧 \u200fא", "زن\u200cها 👩\u200d👧 \u200fא"),
    ],
)
def test_characters_that_act_are_shown_and_those_that_scripts_need_are_kept(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_one_line_has_no_run_of_spaces() -> None:
    assert one_line("  one \n\n two\t") == "one two"
