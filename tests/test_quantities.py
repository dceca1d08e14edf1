from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack import InvalidInputError
from claimtrack.quantities import find_dates, find_quantities, singular
from claimtrack.records import Quantity, Span
from strategies import any_text

Row = tuple[str, float | None, float | None, float | None, str | None, str | None]


def row(text: str, quantity: Quantity) -> Row:
    return quantity.span.slice(text), quantity.value, quantity.low, quantity.high, quantity.unit, quantity.of


def rows(text: str) -> list[Row]:
    return [row(text, quantity) for quantity in find_quantities(text)]


ONE_FIGURE: list[tuple[str, Row]] = [
    # digits and words
    ("A crowd of 1,698 people came.", ("1,698", 1698.0, 1698.0, 1698.0, None, "person")),
    ("They sent 30,000 troops.", ("30,000", 30000.0, 30000.0, 30000.0, None, "troop")),
    ("Some 1.5m people left.", ("Some 1.5m", 1.5e6, 1.35e6, 1.65e6, None, "person")),
    ("The post drew 10k comments.", ("10k", 10000.0, 10000.0, 10000.0, None, "comment")),
    ("Three soldiers died.", ("Three", 3.0, 3.0, 3.0, None, "soldier")),
    ("The ship carried twenty-five sailors.", ("twenty-five", 25.0, 25.0, 25.0, None, "sailor")),
    ("The hall seats two hundred and fifty guests.", ("two hundred and fifty", 250.0, 250.0, 250.0, None, "guest")),
    ("The firm owes three and a half million.", ("three and a half million", 3.5e6, 3.5e6, 3.5e6, None, None)),
    ("Half a million refugees crossed.", ("Half a million", 5e5, 5e5, 5e5, None, "refugee")),
    ("They saw half a dozen planes.", ("half a dozen", 6.0, 6.0, 6.0, None, "plane")),
    ("A dozen boats sank.", ("A dozen", 12.0, 12.0, 12.0, None, "boat")),
    ("The plan covers 2.4 billion trees.", ("2.4 billion", 2.4e9, 2.4e9, 2.4e9, None, "tree")),
    ("The fund holds 3 trillion.", ("3 trillion", 3e12, 3e12, 3e12, None, None)),
    ("One soldier was hurt.", ("One", 1.0, 1.0, 1.0, None, "soldier")),
    ("There were zero casualties.", ("zero", 0.0, 0.0, 0.0, None, "casualty")),
    # bounds
    ("Home to more than three million people.", ("more than three million", 3e6, 3e6, None, None, "person")),
    ("At least 40 houses burned.", ("At least 40", 40.0, 40.0, None, None, "house")),
    ("Losses exceeded 300.", ("exceeded 300", 300.0, 300.0, None, None, None)),
    ("Up to 800,000 civilians may flee.", ("Up to 800,000", 8e5, None, 8e5, None, "civilian")),
    ("Fewer than ten ships remain.", ("Fewer than ten", 10.0, None, 10.0, None, "ship")),
    ("No more than 50 fans were let in.", ("No more than 50", 50.0, None, 50.0, None, "fan")),
    ("Nearly 200 shops closed.", ("Nearly 200", 200.0, 180.0, 200.0, None, "shop")),
    ("About 200 shops closed.", ("About 200", 200.0, 180.0, 220.0, None, "shop")),
    ("Over 30 villages were shelled.", ("Over 30", 30.0, 30.0, None, None, "village")),
    ("Talks went on over two days.", ("two days", 2.0, 2.0, 2.0, "day", None)),
    ("They lost 30 or more tanks.", ("30 or more", 30.0, 30.0, None, None, "tank")),
    ("At least some 50 cars were towed.", ("At least some 50", 50.0, 45.0, None, None, "car")),
    # ranges
    ("They shot down 10 to 12 drones.", ("10 to 12", None, 10.0, 12.0, None, "drone")),
    ("They shot down 10-12 drones.", ("10-12", None, 10.0, 12.0, None, "drone")),
    ("Between 10 and 12 drones fell.", ("Between 10 and 12", None, 10.0, 12.0, None, "drone")),
    ("Two or three drones fell.", ("Two or three", None, 2.0, 3.0, None, "drone")),
    ("It would cost $5 to $6 million.", ("$5 to $6 million", None, 5e6, 6e6, "USD", None)),
    ("Two to three million refugees live there.", ("Two to three million", None, 2e6, 3e6, None, "refugee")),
    # bounds without a figure
    ("Dozens of civilians died.", ("Dozens", None, 24.0, None, None, "civilian")),
    ("Hundreds of homes burned.", ("Hundreds", None, 200.0, None, None, "home")),
    ("Tens of thousands of Syrians fled.", ("Tens of thousands", None, 20000.0, None, None, "syrian")),
    ("Several thousand fighters left.", ("Several thousand", None, 2000.0, None, None, "fighter")),
    ("It cost millions of dollars.", ("millions of dollars", None, 2e6, None, "USD", None)),
    # shares, money, measures
    ("Prices rose 5 percent.", ("5 percent", 5.0, 5.0, 5.0, "percent", None)),
    ("Prices rose 5.4 %.", ("5.4 %", 5.4, 5.4, 5.4, "percent", None)),
    ("Prices rose five per cent.", ("five per cent", 5.0, 5.0, 5.0, "percent", None)),
    ("It won 60 percent of voters.", ("60 percent", 60.0, 60.0, 60.0, "percent", "voter")),
    ("It fell by 3 percentage points.", ("3 percentage points", 3.0, 3.0, 3.0, "percentage point", None)),
    ("A ticket is $5.", ("$5", 5.0, 5.0, 5.0, "USD", None)),
    ("A ticket is 5 dollars.", ("5 dollars", 5.0, 5.0, 5.0, "USD", None)),
    ("They owe €3.2bn.", ("€3.2bn", 3.2e9, 3.2e9, 3.2e9, "EUR", None)),
    ("They owe £4m.", ("£4m", 4e6, 4e6, 4e6, "GBP", None)),
    ("They owe USD 20 million.", ("USD 20 million", 2e7, 2e7, 2e7, "USD", None)),
    ("It lies 40 kilometres away.", ("40 kilometres", 40.0, 40.0, 40.0, "km", None)),
    ("It lies 40km away.", ("40km", 40.0, 40.0, 40.0, "km", None)),
    ("They seized 3 tonnes of hash.", ("3 tonnes", 3.0, 3.0, 3.0, "tonne", None)),
    ("It was minus 5 degrees Celsius.", ("minus 5 degrees Celsius", -5.0, -5.0, -5.0, "degree Celsius", None)),
    ("The siege took three years.", ("three years", 3.0, 3.0, 3.0, "year", None)),
    ("They held a three-day summit.", ("three-day", 3.0, 3.0, 3.0, "day", None)),
    ("Gusts reached 90 miles per hour.", ("90 miles per hour", 90.0, 90.0, 90.0, "mph", None)),
    # what is counted
    ("They held 20 Russian army officers.", ("20", 20.0, 20.0, 20.0, None, "officer")),
    ("They held 12 rebel-held villages.", ("12", 12.0, 12.0, 12.0, None, "village")),
    ("They freed five of the hostages.", ("five", 5.0, 5.0, 5.0, None, "hostage")),
    ("It is a 12-member council.", ("12", 12.0, 12.0, 12.0, None, "member")),
    ("The strike killed 12 in the north.", ("12", 12.0, 12.0, 12.0, None, None)),
    ("The unit lost 30 women and men.", ("30", 30.0, 30.0, 30.0, None, "woman")),
    ("They sent 2000 soldiers there.", ("2000", 2000.0, 2000.0, 2000.0, None, "soldier")),
]


@pytest.mark.parametrize(("text", "expected"), ONE_FIGURE)
def test_a_figure_is_read_with_its_bounds_its_unit_and_what_it_counts(text: str, expected: Row) -> None:
    found = find_quantities(text)

    assert [q.span.slice(text) for q in found] == [expected[0]]
    assert (found[0].value, found[0].low, found[0].high) == pytest.approx(expected[1:4])
    assert (found[0].unit, found[0].of) == expected[4:]


NOT_QUANTITIES = [
    "In 2012 the war spread.",
    "The war of 1914-18 was long.",
    "They met on September 10.",
    "They met on 10 September 2018.",
    "They met on Sept. 10th.",
    "They met from 10-12 September.",
    "They met on May 10 and 11.",
    "After 9/11 much changed.",
    "The call came at 16:14.",
    "The call came at 5 p.m. sharp.",
    "In the 19th century it stood.",
    "It was the first and the twenty-first.",
    "Resolution 2254 was passed.",
    "It broke Article 5.",
    "A Boeing 737 landed.",
    "Flight 370 vanished.",
    "COVID-19 spread.",
    "The G-20 met.",
    "MH17 was lost.",
    "Call +1 555 123 4567 today.",
    "See https://example.org/12/30000 there.",
    "Write to 12people@example.org about it.",
    "They won 3-2 away.",
    "A 2-1 lead is thin.",
    "1. Introduction",
    "One of them spoke.",
    "No one came.",
    "They know one another.",
    "One day it will end.",
    "It needs a two-state solution.",
    "It has a five-star rating.",
    "One in five agree.",
    "Nine out of ten agree.",
    "Two-thirds agree.",
    "In the 1990s it grew.",
    "Release 1.2.3 is out.",
    "The case is No. 12 here.",
    "Ke$ha and A$AP sang.",
    "The second-half goal came late.",
    "It stands at number 10 there.",
    "People under 30 were polled.",
    "The mayor, John Smith, 54, resigned.",
    "A set of 20 000 000 007 digits.",
    "sixteen − 9 =",
]


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_what_only_looks_like_a_figure_is_left_out(text: str) -> None:
    assert rows(text) == []


def test_a_change_is_two_figures_and_no_range() -> None:
    assert [r[:4] for r in rows("Turnout fell from 30 to 20 percent.")] == [
        ("30", 30.0, 30.0, 30.0),
        ("20 percent", 20.0, 20.0, 20.0),
    ]


def test_several_figures_come_in_the_order_of_the_text_and_apart() -> None:
    text = "More than 30 rebels and 5 civilians died in 2 days, at a cost of $1.5 million."

    found = find_quantities(text)

    assert [q.span.slice(text) for q in found] == ["More than 30", "5", "2 days", "$1.5 million"]
    assert [q.of for q in found] == ["rebel", "civilian", None, None]


def test_the_offset_moves_every_span() -> None:
    text = "More than 30 rebels, dozens of tanks and $5 on Monday, 10 September."

    for plain, moved in zip(find_quantities(text), find_quantities(text, offset=1000), strict=True):
        assert moved.span == Span(plain.span.start + 1000, plain.span.end + 1000)
        assert (moved.value, moved.low, moved.high, moved.of) == (plain.value, plain.low, plain.high, plain.of)
    assert [d.span.start for d in find_dates(text, offset=7)] == [d.span.start + 7 for d in find_dates(text)]


def test_a_noun_that_cannot_be_told_is_none_rather_than_a_guess() -> None:
    for text in (
        "At least 12 were hurt.",
        "It rose to 12, officials say.",
        "12 killed in blast",
        "The 12 leaving it spoke.",
    ):
        assert [r[5] for r in rows(text)] == [None], text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 10 September 2018", [("2018-09-10", None)]),
        ("on September 10, 2018", [("2018-09-10", None)]),
        ("on 2018-09-10", [("2018-09-10", None)]),
        ("on Sept. 10th", [("--09-10", None)]),
        ("in September 2018", [("2018-09", None)]),
        ("since 2011", [("2011", None)]),
        ("in May", [("--05", None)]),
        ("on Monday, 10 September", [(None, 0), ("--09-10", None)]),
        ("it may rain", []),
        ("he may 10 times", []),
        ("on 10/09/2018", []),
        ("September 45", []),
        ("2018 soldiers", []),
    ],
)
def test_dates_are_given_as_far_as_the_words_go(text: str, expected: list[tuple[str | None, int | None]]) -> None:
    assert [(d.iso, d.weekday) for d in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("people", "person"),
        ("Women", "woman"),
        ("policemen", "policeman"),
        ("cities", "city"),
        ("churches", "church"),
        ("houses", "house"),
        ("casualties", "casualty"),
        ("viruses", "virus"),
        ("heroes", "hero"),
        ("movies", "movie"),
        ("crisis", "crisis"),
        ("bus", "bus"),
        ("police", "police"),
    ],
)
def test_plurals_are_brought_to_their_singular(noun: str, expected: str) -> None:
    assert singular(noun) == expected


PIECES = st.sampled_from(
    [
        "more than", "at least", "up to", "about", "nearly", "between", "and", "to", "-", "–", "from", "or", "of", "the", "a",
        "12", "30,000", "5.4", "1.5m", "0", "007", "2012", "three", "twenty", "one", "hundred", "million", "dozens", "hundreds",
        "$", "US$", "€", "%", "percent", "km", "people", "killed", "Article", "September", "Monday", ".", ",", "°C", "minus",
        "out of", "every", "half", "\n", "\n\n", "(", ")", "'", "19th", "year-old", "9" * 400,
    ]
)  # fmt: skip


@given(
    any_text(max_size=200) | st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join),
    st.integers(0, 5000),
)
@example("1" * 5000, 0)
@example("minus 0 percent, nearly minus 5 percent to minus 4 percent", 3)
@example("٣ people and ５ people and ² people", 0)
def test_any_text_yields_figures_within_it_apart_and_with_bounds_in_order(text: str, offset: int) -> None:
    found = find_quantities(text, offset=offset)

    end = offset
    for q in found:
        assert end <= q.span.start < q.span.end <= offset + len(text)
        end = q.span.end
        known = [x for x in (q.low, q.value, q.high) if x is not None]
        assert known == sorted(known)
        assert known
        assert json.loads(json.dumps(known, allow_nan=False)) == known
        assert q.span.start == offset or not text[q.span.start - offset - 1].isalnum()
    for date in find_dates(text, offset=offset):
        assert offset <= date.span.start < date.span.end <= offset + len(text)


@pytest.mark.parametrize(
    "piece", ["1", "a", "-", "a-", "1-", "1.", "1,", "a.", "@", "1 ", " ", "\n", "one ", "dozens of ", "1 to ", "$"]
)
def test_long_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))

    start = time.process_time()
    find_quantities(text)

    assert time.process_time() - start < 5.0


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The vote was held on Monday.", "2018-09-10"),
        ("The vote was held on Wednesday.", "2018-09-12"),
        ("The vote was held on Thursday.", "2018-09-06"),
        ("The vote will be held on Monday.", "2018-09-17"),
        ("The vote will be held on Wednesday.", "2018-09-12"),
        ("The vote was held yesterday.", "2018-09-11"),
        ("Voting ends tonight.", "2018-09-12"),
        ("Voting begins tomorrow.", "2018-09-13"),
        ("The vote was held last Monday.", None),
        ("The vote was held on 3 May 2018.", "2018-05-03"),
    ],
)
def test_days_are_counted_from_the_article_s_own_date(text: str, iso: str | None) -> None:
    """12 September 2018 was a Wednesday."""
    [date] = find_dates(text, anchor="2018-09-12")

    assert date.iso == iso


def test_without_the_article_s_date_a_weekday_is_a_weekday() -> None:
    [date] = find_dates("The vote was held on Monday, not yesterday.")

    assert (date.iso, date.weekday) == (None, 0)


def test_an_anchor_that_is_no_date_is_one_clear_error() -> None:
    with pytest.raises(InvalidInputError, match="anchor must be an ISO date; got 'Monday'"):
        find_dates("The vote was held on Monday.", anchor="Monday")
