"""How many sources are left behind the claims of a cluster, and what is said of the others."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from independence_examples import APART, WIRE, article, carried, claim

from claimtrack.errors import InvalidInputError
from claimtrack.independence import (
    Fold,
    IndependentSources,
    count_sources,
    find_copies,
    independent_sources,
    read_families,
)
from claimtrack.records import Article, Claim

SAID = "The lock gates will be repaired before the end of the summer."
LEAD = "The ferry sailed on Monday after eleven days in dock."


def count(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    *,
    copies: Sequence[Fold] = (),
    families: Mapping[str, str] | None = None,
) -> IndependentSources:
    return count_sources(claims, articles, copies=copies, families=families or {}, speakers={"Lund": "Mayor Lund"})


def told(result: IndependentSources) -> list[str]:
    return [f"{fold.source} -> {fold.into}: {fold.reason}" for fold in result.folds]


def copy_of(one: Article, kept: Article) -> Fold:
    return Fold(article_id=one.id, kept_id=kept.id, reason=f"shares 83 % of its word sequences with {kept.outlet}")


def test_one_wire_story_in_eight_outlets_is_one_source_and_each_fold_has_its_reason() -> None:
    articles = carried()

    result = count([claim(one) for one in articles], articles, copies=find_copies(articles))

    assert result.count == 1
    assert len(result.folds) == 7
    assert len({fold.into for fold in result.folds}) == 1
    assert all("of its word sequences with Outlet" in line or "holds" in line for line in told(result))


def test_one_agency_in_eight_outlets_with_own_words_each_is_one_source() -> None:
    """Rewrites share too few runs of words to be copies; what they say of themselves joins them."""
    words = ["north", "south", "east", "west", "old", "new", "upper", "lower"]
    articles = [
        article(f"PORT MARLE (AP) — {word.title()} side {LEAD} {word} {word}.", f"Outlet {n}", day=f"2020-01-0{n + 1}")
        for n, word in enumerate(words)
    ]

    result = count([claim(one) for one in articles], articles, copies=find_copies(articles))

    assert result.count == 1
    assert told(result) == [
        f"Outlet {n} -> Outlet 0: carries the Associated Press, as Outlet 0 does" for n in range(1, 8)
    ]


def test_two_articles_written_apart_on_one_fact_are_two_sources() -> None:
    articles = [article(WIRE, "Wire"), article(APART, "Gazette")]

    assert count([claim(one) for one in articles], articles, copies=find_copies(articles)) == IndependentSources(
        count=2
    )


def test_an_agency_joins_only_what_stands_in_the_cluster() -> None:
    post, star = article(f"PARIS (AFP) - {LEAD}", "Post"), article(f"ROME (AFP) - {LEAD}", "Star")
    own = article(LEAD, "Sun")

    assert count([claim(post), claim(own)], [post, star, own]).count == 2
    assert count([claim(post), claim(star), claim(own)], [post, star, own]).count == 2


def test_the_agency_itself_is_named_once() -> None:
    agency, star = article(LEAD, "Reuters"), article(f"ROME (Reuters) - {LEAD}", "Star", day="2020-01-02")

    assert told(count([claim(agency), claim(star)], [agency, star])) == ["Star -> Reuters: carries Reuters"]


def test_agencies_that_nobody_names_join_nothing() -> None:
    articles = [article(LEAD, "Post", wire="wire"), article(LEAD, "Star", wire="wire")]

    assert count([claim(one) for one in articles], articles).count == 2


def test_an_unknown_agency_joins_by_its_name_in_any_case() -> None:
    articles = [article(LEAD, "Post", wire="Nordwire"), article(LEAD, "Star", wire="NORDWIRE", day="2020-01-02")]

    assert told(count([claim(one) for one in articles], articles)) == ["Star -> Post: carries Nordwire, as Post does"]


def test_an_outlet_with_a_text_of_its_own_counts() -> None:
    wire, post, own = (
        article("w", "Wire"),
        article("p", "Post", day="2020-01-02"),
        article("o", "Post", day="2020-01-03"),
    )
    copies = [copy_of(post, wire)]

    assert told(count([claim(wire), claim(post)], [wire, post], copies=copies)) == [
        "Post -> Wire: is a copy: shares 83 % of its word sequences with Wire"
    ]
    assert count([claim(wire), claim(post), claim(own)], [wire, post, own], copies=copies) == IndependentSources(
        count=2
    )


def test_an_outlet_with_copies_of_two_others_names_both_reasons() -> None:
    wire, sun = article("w", "Wire"), article("s", "Sun")
    one, two = article("1", "Post", day="2020-01-02"), article("2", "Post", day="2020-01-03")
    copies = [copy_of(one, wire), copy_of(two, sun)]

    result = count([claim(each) for each in (wire, sun, one, two)], [wire, sun, one, two], copies=copies)

    assert result.count == 2
    assert told(result) == [
        "Post -> Wire: is a copy: shares 83 % of its word sequences with Wire; "
        "is a copy: shares 83 % of its word sequences with Sun"
    ]


def test_two_copies_of_an_article_without_a_claim_here_are_one() -> None:
    kept, post, star = article("k", "Wire"), article("p", "Post"), article("s", "Star", day="2020-01-02")
    copies = [copy_of(post, kept), copy_of(star, kept)]
    expected = ["Star -> Post: is a copy, as Post is: shares 83 % of its word sequences with Wire"]

    assert told(count([claim(post), claim(star)], [post, star, kept], copies=copies)) == expected
    assert told(count([claim(post), claim(star)], [post, star], copies=copies)) == expected


def test_a_copy_counts_with_the_outlet_it_copies_where_that_stands_here_with_another_article() -> None:
    kept, post, other = article("k", "Wire"), article("p", "Post", day="2020-01-02"), article("o", "Wire")

    result = count([claim(post), claim(other)], [kept, post, other], copies=[copy_of(post, kept)])

    assert told(result) == ["Post -> Wire: is a copy: shares 83 % of its word sequences with Wire"]


def test_a_chain_of_copy_and_agency_is_one_group_and_says_so() -> None:
    first = article(f"PARIS (AFP) - {LEAD}", "Post")
    second = article(f"ROME (AFP) - {LEAD}", "Star", day="2020-01-02")
    third = article("A copy.", "Sun", day="2020-01-03")

    result = count(
        [claim(one) for one in (first, second, third)], [first, second, third], copies=[copy_of(third, second)]
    )

    assert result.count == 1
    assert told(result) == [
        "Star -> Post: carries AFP, as Post does",
        "Sun -> Post: is a copy: shares 83 % of its word sequences with Star, of one group with Post",
    ]


def test_an_earlier_copy_of_a_later_original_is_explained_too() -> None:
    """Folds made elsewhere may keep what is not the earliest."""
    first, second = article(f"PARIS (AFP) - {LEAD}", "Post"), article("x", "Star", day="2020-01-02")
    third = article(f"ROME (AFP) - {LEAD}", "Sun", day="2020-01-03")

    result = count(
        [claim(one) for one in (first, second, third)], [first, second, third], copies=[copy_of(second, third)]
    )

    assert told(result) == [
        "Star -> Post: is one text with Sun, of one group with Post",
        "Sun -> Post: carries AFP, as Post does",
    ]


def test_the_same_words_of_one_speaker_are_one_source() -> None:
    articles = [article("p", "Post"), article("s", "Star", day="2020-01-03")]

    result = count([claim(articles[0], SAID, speaker="Lund"), claim(articles[1], SAID, speaker="Mayor Lund")], articles)

    assert told(result) == ["Star -> Post: hands on the same words of Mayor Lund as Post"]


def test_an_outlet_that_adds_a_claim_of_its_own_to_the_quotation_counts() -> None:
    articles = [article("p", "Post"), article("s", "Star", day="2020-01-03")]
    claims = [claim(one, SAID, speaker="Lund") for one in articles]

    assert count([*claims, claim(articles[1], "Our reporter saw the repairs.")], articles).count == 2
    assert count([*claims, claim(articles[0], "Our reporter saw the repairs.")], articles).count == 1


def test_a_copy_that_hands_on_words_counts_with_its_original() -> None:
    """The claim is of the copy alone, the quotation elsewhere is later than the text and earlier than its copy."""
    first, between, copy = (
        article("1", "Post"),
        article("2", "Star", day="2020-01-02"),
        article("3", "Sun", day="2020-01-03"),
    )
    claims = [claim(first), claim(between, SAID, speaker="Lund"), claim(copy, SAID, speaker="Lund")]

    result = count(claims, [first, between, copy], copies=[copy_of(copy, first)])

    assert told(result) == [
        "Star -> Post: hands on the same words of Mayor Lund as Post",
        "Sun -> Post: is a copy: shares 83 % of its word sequences with Post",
    ]


def test_outlets_of_one_publisher_are_one_source() -> None:
    articles = [
        article("e", "Daily Express"),
        article("m", "The Daily Mirror", day="2020-01-02"),
        article("u", "echo.txt", url="https://www.liverpoolecho.co.uk/1", day="2020-01-03"),
        article("o", "Norland Post", day="2020-01-04"),
    ]
    claims = [claim(one) for one in articles]

    assert count(claims, articles).count == 4
    assert told(count(claims, articles, families=read_families())) == [
        "The Daily Mirror -> Daily Express: belongs to one publisher (Reach) with Daily Express",
        "echo.txt -> Daily Express: belongs to one publisher (Reach) with Daily Express",
    ]


def test_a_publisher_does_not_carry_a_copy_over_to_its_other_outlets() -> None:
    """The Mirror's copy of the Wire says nothing of what the Express wrote."""
    wire, mirror = article("w", "Wire"), article("m", "Daily Mirror", day="2020-01-02")
    express = article("e", "Daily Express", day="2020-01-03")

    result = count(
        [claim(one) for one in (wire, mirror, express)],
        [wire, mirror, express],
        copies=[copy_of(mirror, wire)],
        families=read_families(),
    )

    assert result.count == 2
    assert [fold.source for fold in result.folds] == ["Daily Mirror"]


def test_a_copy_of_a_folded_outlet_is_folded_into_the_one_that_counts() -> None:
    express, mirror = article("e", "Daily Express"), article("m", "Daily Mirror", day="2020-01-02")
    star = article("s", "Evening Star", day="2020-01-03")

    result = count(
        [claim(one) for one in (express, mirror, star)],
        [express, mirror, star],
        copies=[copy_of(star, mirror)],
        families=read_families(),
    )

    assert result.count == 1
    assert {fold.into for fold in result.folds} == {"Daily Express"}


def test_one_article_is_one_source() -> None:
    one = article("o", "Post")

    assert count([claim(one, speaker="Lund"), claim(one)], [one]) == IndependentSources(count=1)


def test_bad_input_is_refused() -> None:
    one, two = article("o", "Post"), article("t", "Star")

    with pytest.raises(InvalidInputError, match="claims must be at least one; got none"):
        count([], [one])
    with pytest.raises(InvalidInputError, match=f"of article '{two.id}'"):
        count([claim(two)], [one])
    with pytest.raises(InvalidInputError, match=f"distinct ids; got '{one.id}' twice"):
        count([claim(one)], [one, one])
    with pytest.raises(InvalidInputError, match="copies must fold an article once; got one twice"):
        count([claim(one)], [one], copies=[copy_of(one, two)] * 2)


OUTLETS = ("Post", "Star", "Daily Mirror", "Daily Express", "Reuters")
TEXTS = ("PARIS (AFP) - " + LEAD, "ROME (Reuters) - " + LEAD, LEAD, WIRE, WIRE + " More to come.", APART)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Claim], list[Article]]:
    """Draw a few articles of a few outlets, with claims that may be quotations."""
    articles = [
        article(
            draw(st.sampled_from(TEXTS)) + f"\n{n}",
            draw(st.sampled_from(OUTLETS)),
            day=draw(st.sampled_from([None, "2020-01-01", "2020-01-02", "2020-01-09"])),
        )
        for n in range(draw(st.integers(1, 6)))
    ]
    claims = []
    for one in articles[: draw(st.integers(1, len(articles)))]:
        for n in range(draw(st.integers(1, 2))):
            text = draw(st.sampled_from([SAID, f"The basin is shut {n}."]))
            claims.append(claim(one, text, speaker=draw(st.sampled_from([None, "Lund", "Reyl"]))))
    return list({each.id: each for each in claims}.values()), articles


@settings(max_examples=150)
@given(stories(), st.booleans(), st.randoms(use_true_random=False))
def test_outlets_that_count_and_those_folded_are_all_and_no_order_matters(
    story: tuple[list[Claim], list[Article]], with_all: bool, rng: random.Random
) -> None:
    claims, articles = story
    by_id = {one.id: one for one in articles}
    outlets = {by_id[each.article_id].outlet for each in claims}
    scope = articles if with_all else [by_id[id] for id in sorted({each.article_id for each in claims})]
    copies = find_copies(articles)
    families = read_families()

    result = count(claims, scope, copies=copies, families=families)

    assert 1 <= result.count <= len(outlets)
    sources = [fold.source for fold in result.folds]
    assert sources == sorted(set(sources))
    assert result.count + len(sources) == len(outlets)
    assert {fold.into for fold in result.folds} <= outlets - set(sources)
    assert all(fold.reason for fold in result.folds)
    rng.shuffle(claims)
    rng.shuffle(scope)
    rng.shuffle(copies)
    assert count(claims, scope, copies=copies, families=families) == result


@settings(max_examples=50)
@given(stories())
def test_what_is_not_known_folds_nothing(story: tuple[list[Claim], list[Article]]) -> None:
    """Without copies, agencies, speakers and families every outlet counts."""
    _, articles = story
    plain = [article(f"{n}", one.outlet) for n, one in enumerate(articles) if one.outlet != "Reuters"]
    if not plain:
        return

    assert count([claim(one) for one in plain], plain).count == len({one.outlet for one in plain})


def test_outlets_count_once_and_copies_with_what_they_copy() -> None:
    outlets = {"a": "Wire", "b": "Post", "c": "Post", "d": "Sun"}

    assert independent_sources("abcd", {}, outlets) == 3
    assert independent_sources("bcd", {"b": "a"}, outlets) == 3
    assert independent_sources("bd", {"b": "a", "d": "a"}, outlets) == 1
    assert independent_sources("", {}, outlets) == 0
    with pytest.raises(InvalidInputError, match="got none for 'z'"):
        independent_sources("z", {}, outlets)
