"""Names counted as texts come and go: always as if they were all counted anew."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.names import NameTally, join_names, join_tally, name_mentions

SENTENCES = (
    "President Anna Holm said that Idlib is calm.",
    "Holm left Idleb, and the Idelb province, on Monday.",
    "Fire spread. The fire in Orla spread.",
    "Fire Chief Bo Lund spoke in Orla.",
    "Orla is a town; the Orla Water Board (OWB) meets there.",
    "OWB met. The calm held, and calm Calm Harbour did not.",
    "Calm Harbour is a port, formerly known as Grey Harbour.",
    "Ana Holm and Bo Lund met the JuliÃ¡n Perez group.",
    "Jabhat al-Nusra left the Nusra Front, and Nusra denied it.",
    "The grey harbour of Orla; Grey men.",
    "Fox News Anna Holm and Carl Anna Holm spoke. Anna Holm Jr left.",
    "It was Lund, and Bo J. Lund said no. Kim met Kim Ro; President Kim Ro spoke.",
    "A man of O.W.B. met the Orla Wire Board, and the OWB of the Orla Wall Board (OWB) met.",
    "Jabhat an-Nosra met the Nusra Front; Nusra and Erdoğan met. Mayor Erdogan left.",
    "The Lünd report and the Lund report; Kirkouk in Kirkuk, Old Lund, New Lünd.",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)
STEPS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.none() | TEXTS, max_size=4), min_size=1, max_size=6)


@settings(max_examples=150)
@given(steps=STEPS)
def test_a_tally_that_was_kept_up_to_date_is_one_counted_anew(steps: list[Mapping[str, str | None]]) -> None:
    """A count left behind by an article that was removed would join names that no article joins any more."""
    tally = NameTally()
    texts: dict[str, str] = {}
    for step in steps:
        gone = [id_ for id_ in step if id_ in texts]
        coming = {id_: text for id_, text in step.items() if text is not None}
        texts = {id_: text for id_, text in texts.items() if id_ not in gone} | coming
        tally.update(gone, {id_: name_mentions(text) for id_, text in coming.items()})
        anew = NameTally({id_: name_mentions(text) for id_, text in texts.items()})

        for counted in vars(anew):
            if counted not in {"words", "_opening"}:  # compared below; words that no text opens with may be left
                assert getattr(tally, counted) == getattr(anew, counted), counted
        assert vars(tally.words) == vars(anew.words)
        assert join_tally(tally) == join_names(map(name_mentions, texts.values()))


def test_joining_leaves_a_tally_as_it_was() -> None:
    """Joining writes names in the spelling in use and keeps names that only a definition gives, in tables of its own."""
    tally, anew = (NameTally({str(n): name_mentions(text) for n, text in enumerate(SENTENCES)}) for _ in range(2))
    first = join_tally(tally)

    assert first.spelling
    assert all(getattr(tally, counted) == getattr(anew, counted) for counted in vars(anew) if counted != "words")
    assert vars(tally.words) == vars(anew.words)
    assert join_tally(tally) == first


def test_a_word_that_turns_out_to_be_ordinary_is_cut_from_names_already_counted() -> None:
    """Whether "Fire" in "Fire Chief Lund" belongs to the name is known only once other texts are read."""
    tally = NameTally({"a": name_mentions("Orla Fire burned in Orla.")})
    before = dict(tally.cores)
    tally.update((), {"b": name_mentions("We saw the orla and another orla, and again an orla.")})

    assert "Orla Fire" in before
    assert "Orla Fire" not in tally.cores
    assert "Fire" in tally.cores
