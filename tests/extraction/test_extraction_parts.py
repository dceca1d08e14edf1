"""Every proposition of a sentence, and what is left out because a sentence does not say it."""

from __future__ import annotations

import functools

import pytest

from claimtrack.extraction import SpacyExtractor
from claimtrack.extraction.gender import pronoun_of
from claimtrack.records import Article


@functools.cache
def _extractor(parts: bool) -> SpacyExtractor:
    return SpacyExtractor(parts=parts)


def _texts(sentence: str, *, parts: bool = True) -> set[str]:
    [found] = _extractor(parts).extract([Article(name="test", text=sentence)])
    return {claim.text for claim in found}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway became a trading, colonial and maritime power.", {"Norway became a maritime power."}),
        ("Carlos Lima is a tall, quiet man.", {"Carlos Lima is a tall man.", "Carlos Lima is a quiet man."}),
        ("Carlos Lima is a writer, actor and director.", {"Carlos Lima is a director.", "Carlos Lima is a writer."}),
        ("He saw the 2002 Hong Kong film Infernal Affairs.", {"Infernal Affairs is a 2002 Hong Kong film."}),
        ("Lima acts in The Birdcage, Twilight and Alien.", {"Lima acts in Twilight.", "Lima acts in The Birdcage."}),
        ("The ferry sank in May.", {"The ferry sank in May."}),
    ],
)
def test_a_sentence_makes_these_among_others(sentence: str, expected: set[str]) -> None:
    assert expected <= _texts(sentence)


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("Police arrested alleged gangster Carlos Lima.", "is a gangster"),
        ("Carlos Lima is a writer, actor and American director.", "writer American"),
        ("Lima has been in the spotlight since the debate on Monday.", "has been since"),
        ("The village needs a plan in case the dam should break.", "in case."),
        ("Lima answered with attacks on Marta Silva, including a letter to her.", "attacks on a letter"),
        ("Data on jobs and other information are useful in Porto.", "Other information"),
        ("The ship came late, prompting a protest in the harbour.", "The ship prompted"),
        ("Lima will speak in Broward and Lucie counties and former mayor Bill Clark will go to Rome.", "Lima will go"),
    ],
)
def test_a_sentence_does_not_say(sentence: str, never: str) -> None:
    found = _texts(sentence)

    assert found
    assert not any(never in text for text in found), found


def test_without_parts_a_claim_is_given_once_with_all_it_says() -> None:
    sentence = "The ferry sank off Malta in May."

    assert _texts(sentence, parts=False) < _texts(sentence)


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [
        ("Mr. Lima", "he"),
        ("Ms. Silva", "she"),
        ("Marta Silva", "she"),
        ("Dr. Carlos Lima", "he"),
        ("the spokeswoman", "she"),
        ("Lima", ""),
        ("Marta", ""),
        ("the officer", ""),
        ("Andrea Rossi", ""),
        ("Jean Martin", ""),
        ("", ""),
    ],
)
def test_a_name_goes_with_a_pronoun_only_where_it_tells(name: str, pronoun: str) -> None:
    assert pronoun_of(name) == pronoun


@pytest.mark.parametrize("text", ["The council left then", "The mayor is a big, very", "then", "the", "both", "other"])
def test_a_text_that_ends_without_a_mark_is_read(text: str) -> None:
    _texts(text)
    _texts(f"The mayor of Porto resigned. {text}")
