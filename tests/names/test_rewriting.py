"""Texts with the names in use: kept up to date, they read as if they were all written anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from claimtrack.names import NamedTexts, NameTable

WORDS = (
    "Idlib",
    "Idleb",
    "Holm",
    "Dara'a",
    "HTS",
    "U.S.",
    "US",
    "al-Sham",
    "Mr",
    "President",
    "Ana’s",
    "Zor",
    "Dara’a",
)
NAMES = st.lists(st.sampled_from(WORDS[:9]), min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(st.sampled_from([*WORDS, "in", "the", "of", "said,", "(", "."]), max_size=8).map(" ".join)


@st.composite
def tables(draw: DrawFn) -> NameTable:
    """Small tables; a name may stand for one that stands for another, and a spelling may lead into a name."""
    names = draw(st.dictionaries(NAMES, NAMES, max_size=4))
    return NameTable(
        spelling=draw(st.dictionaries(st.sampled_from(WORDS[:5]), st.sampled_from(WORDS[:5]), max_size=2)),
        names={used: used for used in names.values()} | names,
        people=frozenset(draw(st.lists(NAMES, max_size=2))),
    )


@settings(max_examples=80)
@given(
    texts=st.dictionaries(st.sampled_from("abcdefg"), TEXTS, max_size=6),
    late=st.dictionaries(st.sampled_from("fgh"), TEXTS, max_size=3),
    used=st.lists(tables(), min_size=1, max_size=4),
    speakers=st.booleans(),
)
def test_texts_read_as_if_they_were_all_written_anew(
    texts: dict[str, str], late: dict[str, str], used: list[NameTable], speakers: bool
) -> None:
    """A text that is passed over when a name changes would be judged and embedded under a name of yesterday."""
    named = NamedTexts(speakers=speakers)
    named.add(texts)
    plain = dict(texts)
    before = dict(texts)
    for n, table in enumerate(used):
        changed = named.use(table)
        now = {id_: table.canonical(text) if speakers else table.apply(text) for id_, text in plain.items()}

        assert {id_: named[id_] for id_ in plain} == now
        assert changed == {id_ for id_ in plain if now[id_] != before[id_]}
        if n == 0:
            named.add(late)
            plain |= late
            now |= {id_: table.canonical(text) if speakers else table.apply(text) for id_, text in late.items()}
        before = now


def test_a_name_that_came_in_by_another_name_counts() -> None:
    """HTS is in the text only because Nusra was written so; when HTS changes, the text must be found all the same."""
    named = NamedTexts()
    named.add({"a": "Men of Nusra left.", "b": "It rained."})
    named.use(NameTable(names={"Nusra": "HTS", "HTS": "HTS"}))
    assert named["a"] == "Men of HTS left."

    changed = named.use(NameTable(names={"Nusra": "HTS", "HTS": "Hayat", "Hayat": "Hayat"}))

    assert changed == {"a"}
    assert named["a"] == "Men of Hayat left."


def test_a_speaker_who_becomes_known_as_a_person_loses_the_title() -> None:
    named = NamedTexts(speakers=True)
    named.add({"a": "President Holm", "b": "President Orla"})
    assert named["a"] == "President Holm"

    changed = named.use(NameTable(people=frozenset({"Holm"})))

    assert changed == {"a"}
    assert (named["a"], named["b"]) == ("Holm", "President Orla")


def test_a_word_in_use_with_another_apostrophe_is_written_anew() -> None:
    named = NamedTexts()
    named.add({"a": "It rained in Dara’a.", "b": "It rained in Zor."})

    assert named.use(NameTable(spelling={"Daraa": "Dara'a"})) == {"a"}
    assert named["a"] == "It rained in Dara'a."


def test_a_speaker_whose_whole_name_is_no_run_of_words_is_found() -> None:
    """A speaker's name is looked up as it stands, with marks that would end a name inside a text."""
    named = NamedTexts(speakers=True)
    named.add({"a": "Ana’s", "b": "Ana"})

    assert named.use(NameTable(names={"Ana’s": "Holm", "Holm": "Holm"})) == {"a"}
    assert named["a"] == "Holm"


def test_only_texts_that_hold_a_name_that_changed_are_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """One name of a new article must not cost all claims that hold one of its words."""
    written: list[str] = []
    plain = NameTable.steps

    def steps(table: NameTable, text: str) -> list[str]:
        written.append(text)
        return plain(table, text)

    monkeypatch.setattr(NameTable, "steps", steps)
    named = NamedTexts()
    named.add(
        {
            "a": "Trams ran in Idleb.",
            "b": "Trams ran in Idlib.",
            "c": "New trams ran in Zor.",
            "d": "New Zor ran.",
            "e": "New trams.",
        }
    )
    written.clear()

    named.use(NameTable(spelling={"Idleb": "Idlib"}, names={"New Zor": "Zor", "New Holm": "Holm"}))

    assert set(written) == {"Trams ran in Idleb.", "New trams ran in Zor.", "New Zor ran."}


def test_the_same_table_again_changes_nothing() -> None:
    named = NamedTexts()
    named.add({"a": "Trams ran in Idleb."})

    assert named.use(NameTable(spelling={"Idleb": "Idlib"})) == {"a"}
    assert named.use(NameTable(spelling={"Idleb": "Idlib"})) == set()


def test_a_text_that_is_forgotten_is_not_there() -> None:
    named = NamedTexts()
    named.add({"a": "It rained.", "b": "It was dry."})

    named.remove(["a", "never there"])

    assert "a" not in named
    assert "b" in named
    with pytest.raises(KeyError, match="'a'"):
        named["a"]


def test_a_text_under_a_known_id_takes_the_place_of_what_was_there() -> None:
    named = NamedTexts()
    named.use(NameTable(spelling={"Idleb": "Idlib"}))
    named.add({"a": "It rained."})

    named.add({"a": "It rained in Idleb."})

    assert named["a"] == "It rained in Idlib."
