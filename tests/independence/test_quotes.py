"""Claims that hand on one utterance, and near words that are not one."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from independence_examples import article, claim

from claimtrack.errors import InvalidInputError
from claimtrack.independence import find_utterances
from claimtrack.records import Attribution, Entity, EntityType, Modality, Polarity, Quantity, Span

SAID = "The lock gates will be repaired before the end of the summer."
NEAR = "The lock gates will be repaired before the end of summer."
SPEAKERS = {"Mayor Lund": "Mayor Lund", "Anna Lund": "Mayor Lund"}


def n_utterances(
    one: str = SAID,
    two: str = NEAR,
    *,
    days: tuple[str | None, str | None] = ("2020-01-01", "2020-01-04"),
    speakers: tuple[str | None, str | None] = ("Mayor Lund", "Anna Lund"),
    first: dict[str, Any] | None = None,
    second: dict[str, Any] | None = None,
) -> int:
    articles = [article("One.", "Post", day=days[0]), article("Two.", "Star", day=days[1])]
    claims = [
        claim(articles[0], one, speaker=speakers[0], **(first or {})),
        claim(articles[1], two, speaker=speakers[1], **(second or {})),
    ]
    return len(find_utterances(claims, articles, speakers=SPEAKERS))


def test_the_same_words_of_one_speaker_within_three_days_are_one_utterance() -> None:
    articles = [article("One.", "Post", day="2020-01-03"), article("Two.", "Star", day="2020-01-01")]
    late, early = claim(articles[0], SAID, speaker="Anna Lund"), claim(articles[1], NEAR, speaker="Mayor Lund")

    (found,) = find_utterances([late, early], articles, speakers=SPEAKERS)

    assert (found.speaker, found.claim_ids) == ("Mayor Lund", (early.id, late.id))


@pytest.mark.parametrize(
    ("days", "two", "n"),
    [
        (("2020-01-01", "2020-01-04"), NEAR, 1),
        (("2020-01-04", "2020-01-01"), NEAR, 1),
        (("2020-01-01", "2020-01-05"), SAID, 0),
        (("2020-01-01", None), SAID, 1),
        ((None, None), SAID, 1),
        (("2020-01-01", None), "The lock gates will be repaired before the summer.", 0),
        (("2020-01-01", "2020-01-01"), "The lock gates will be repaired before the summer.", 1),
        (("2020-01-01", "2020-01-01"), "Before the summer ends, all of the harbour will be as new.", 0),
    ],
)
def test_days_and_words_decide(days: tuple[str | None, str | None], two: str, n: int) -> None:
    assert n_utterances(two=two, days=days) == n


@pytest.mark.parametrize(
    "speakers",
    [
        ("Mayor Lund", "Tomas Reyl"),
        ("Mayor Lund", None),
        (None, None),
        ("police", "police"),
        ("Police", "Police"),
        ("The Mayor", "The Mayor"),
        ("Two officials", "Two officials"),
        ("a witness", "a witness"),
    ],
)
def test_two_speakers_and_those_without_a_name_are_not_put_together(speakers: tuple[str | None, str | None]) -> None:
    assert n_utterances(speakers=speakers) == 0


def test_the_outlets_own_voice_hands_nothing_on() -> None:
    own = {"attribution": Attribution.OWN}

    assert n_utterances(first=own) == n_utterances(second=own) == 0
    assert n_utterances(first={"attribution": Attribution.REPORTED}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Some 12 workers were hurt on the north pier.", "Some 13 workers were hurt on the north pier."),
        ("The lock gates are safe for all ships.", "The lock gates are unsafe for all ships."),
        (
            "The army attacked the rebels in the hills near the border.",
            "The rebels attacked the army in the hills near the border.",
        ),
        ("The price of a ticket rose again last year.", "The price of a ticket fell again last year."),
        ("The port did warn the fishermen on the quay.", "The port did not warn the fishermen on the quay."),
    ],
)
def test_near_words_that_say_something_else_are_not_one(one: str, two: str) -> None:
    assert n_utterances(one, two) == 0
    assert n_utterances(one, one) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"polarity": Polarity.NEGATIVE}, {}),
        ({"modality": Modality.DENIED}, {}),
        (
            {"quantities": (Quantity(value=20.0, span=Span(0, 1)),)},
            {"quantities": (Quantity(value=12.0, span=Span(0, 1)),)},
        ),
        (
            {"entities": (Entity(text="Ann Berg", type=EntityType.PERSON, span=Span(0, 1)),)},
            {"entities": (Entity(text="Ann-Marie Holm", type=EntityType.PERSON, span=Span(0, 1)),)},
        ),
    ],
)
def test_near_words_of_another_reading_are_not_one(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert n_utterances(first=first, second=second) == 0


def test_what_is_said_anew_every_other_day_does_not_become_one() -> None:
    articles = [article(f"{n}", f"Outlet {n}", day=f"2020-01-0{1 + 2 * n}") for n in range(4)]
    claims = [claim(one, SAID, speaker="Mayor Lund") for one in articles]

    found = find_utterances(claims, articles, speakers={})

    assert [utterance.claim_ids for utterance in found] == [
        (claims[0].id, claims[1].id),
        (claims[2].id, claims[3].id),
    ]


def test_one_article_that_says_it_twice_hands_nothing_on() -> None:
    where = article("One.", "Post")

    assert (
        find_utterances([claim(where, text, speaker="Mayor Lund") for text in (SAID, NEAR)], [where], speakers={}) == []
    )
    assert find_utterances([], [], speakers={}) == []


def test_a_claim_without_its_article_is_refused() -> None:
    where = article("One.", "Post")

    with pytest.raises(InvalidInputError, match=f"of article '{where.id}'"):
        find_utterances([claim(where)], [], speakers={})


@given(st.text(max_size=8), st.text(min_size=1), st.randoms(use_true_random=False))
def test_any_words_are_compared_in_any_order(name: str, text: str, rng: random.Random) -> None:
    articles = [article(f"{n}", f"Outlet {n}") for n in range(4)]
    speaker = f"Lund{''.join(name.split())}"
    claims = [claim(one, text, speaker=speaker) for one in articles]
    expected = find_utterances(claims, articles, speakers={})
    rng.shuffle(claims)
    rng.shuffle(articles)

    assert find_utterances(claims, articles, speakers={}) == expected
