"""Copies and light rewrites, found by the text they share."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from independence_examples import APART, WIRE, carried

from claimtrack.errors import InvalidInputError
from claimtrack.independence import CopyOptions, find_copies, fold_copies, independent_sources
from claimtrack.records import Article


def article(text: str, source: str, *, published: str | None = None, id: str | None = None) -> Article:
    made = Article(name=f"{source}.txt", text=text, source=source, published=published)
    return made if id is None else Article(id=id, name=made.name, text=text, source=source, published=published)


def count(articles: list[Article]) -> int:
    outlets = {one.id: one.outlet for one in articles}
    return independent_sources(outlets, fold_copies(articles), outlets)


def test_one_wire_story_in_eight_outlets_is_one_source() -> None:
    assert count(carried()) == 1


def test_two_articles_written_apart_on_one_fact_are_two_sources() -> None:
    assert count([article(WIRE, "Wire"), article(APART, "Gazette")]) == 2
    assert count([*carried(), article(APART, "Gazette")]) == 2


def test_short_texts_that_nearly_agree_stay_apart() -> None:
    """Two people may well write the same sentence."""
    one = "The central bank of Norland raised its key rate by a quarter of a point to four percent on Thursday."
    two = "The central bank of Norland raised its key rate by a quarter of a point to four percent on Thursday evening."

    assert count([article(one, "Post"), article(two, "Sun")]) == 2


@pytest.mark.parametrize(("n_words", "n_sources"), [(39, 2), (40, 1)])
def test_a_text_is_long_enough_at_forty_words(n_words: int, n_sources: int) -> None:
    text = " ".join(f"word{n}" for n in range(n_words))

    assert count([article(text, "Post"), article(text, "Sun")]) == n_sources


@pytest.mark.parametrize(("n_shared", "n_sources"), [(53, 2), (54, 1)])
def test_half_of_the_shorter_text_is_enough(n_shared: int, n_sources: int) -> None:
    """Of 100 shingles in 104 words, 54 shared words hold 50; ten-word sentences, so that those agree where words do."""

    def text(own: str) -> str:
        words = [f"word{n}" if n < n_shared else f"{own}{n}" for n in range(104)]
        return "".join(word + (". " if n % 10 == 9 else " ") for n, word in enumerate(words))

    options = CopyOptions(min_sentence_share=0.4)
    articles = [article(text("left"), "Post"), article(text("right"), "Sun")]

    assert len(set(fold_copies(articles, options=options).values())) == n_sources


def test_shared_words_in_other_sentences_are_no_copy() -> None:
    """Shingles alone are not believed: the sentences must agree too."""
    words = [f"word{n}" for n in range(120)]
    one = " ".join(words) + "."
    two = "".join(f"{word}. " if n % 12 == 11 else f"{word} " for n, word in enumerate(words))

    assert count([article(one, "Post"), article(two, "Sun")]) == 2


def test_a_digest_does_not_make_one_of_the_stories_it_prints() -> None:
    """Two unrelated stories stay two sources although a third article holds both."""
    articles = [article(WIRE, "Wire"), article(APART, "Gazette"), article(f"{WIRE}\n\n{APART}", "Digest")]

    folds = fold_copies(articles)

    assert folds[articles[0].id] != folds[articles[1].id]
    assert count(articles) == 2


@pytest.mark.parametrize("extra", [0, 30, 120])
def test_a_digest_of_three_stories_joins_none_of_them(extra: int) -> None:
    """Whichever of the stories is longest; the digest itself goes with one of them at most."""
    stories = [" ".join(f"{name}{n}" for n in range(60 + extra * k)) + "." for k, name in enumerate(["x", "y", "z"])]
    articles = [article(text, f"Outlet {n}") for n, text in enumerate([*stories, " ".join(stories)])]

    folds = fold_copies(articles)

    assert len({folds[one.id] for one in articles[:3]}) == 3
    assert len(set(folds.values())) == 3


def test_the_earliest_article_is_kept_and_undated_ones_come_last() -> None:
    articles = [
        article(WIRE, "Undated", id="0"),
        article(WIRE, "Late", published="2020-01-02", id="1"),
        article(WIRE, "Early", published="2020-01-01", id="3"),
        article(WIRE, "Early too", published="2020-01-01", id="2"),
    ]

    assert fold_copies(articles) == dict.fromkeys("0123", "2")


def test_the_reason_gives_the_share_and_the_outlet() -> None:
    half = ". ".join(WIRE.split(". ")[:3]) + "."
    articles = [
        article(WIRE, "Wire", published="2020-01-01", id="a"),
        article(half, "Post", published="2020-01-02", id="b"),
        article(f"{WIRE} {APART}", "Sun", published="2020-01-03", id="c"),
    ]

    folds = find_copies(articles)

    assert [(fold.article_id, fold.kept_id) for fold in folds] == [("b", "a"), ("c", "a")]
    assert folds[0].reason == "shares 100 % of its word sequences with Wire"
    assert folds[1].reason == "holds 100 % of the word sequences of Wire"


def test_an_article_that_is_there_twice_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="got 'a' twice"):
        fold_copies([article(WIRE, "Wire", id="a"), article(WIRE, "Post", id="a")])


def brute_groups(texts: list[str], min_containment: float) -> set[frozenset[str]]:
    """Compare every pair of texts by their sets of 5-grams."""

    def grams(text: str) -> set[tuple[str, ...]]:
        words = text.replace(".", "").split()
        return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}

    sets = [grams(text) for text in texts]
    groups = [frozenset({str(n)}) for n in range(len(texts))]
    for one, two in itertools.combinations(range(len(texts)), 2):
        if len(sets[one] & sets[two]) >= min_containment * min(len(sets[one]), len(sets[two])):
            touched = [group for group in groups if group & {str(one), str(two)}]
            groups = [group for group in groups if group not in touched] + [frozenset().union(*touched)]
    return set(groups)


blocks = st.lists(st.sampled_from("abcdefghij"), min_size=6, max_size=6, unique=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(blocks, min_size=2, max_size=6), st.sampled_from([0.51, 0.6, 0.75, 1.0]))
def test_groups_are_those_of_the_brute_version(plans: list[list[str]], min_containment: float) -> None:
    """Texts of one length, put together from blocks of sixteen words, so that every overlap counts both ways."""
    texts = [" ".join(" ".join(f"{block}{n}" for n in range(16)) + "." for block in plan) for plan in plans]
    articles = [article(text, f"Outlet {n}", id=str(n)) for n, text in enumerate(texts)]

    folds = fold_copies(articles, options=CopyOptions(min_containment=min_containment, min_sentence_share=0.01))

    groups = {frozenset(id for id in folds if folds[id] == kept) for kept in folds.values()}
    assert groups == brute_groups(texts, min_containment)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_folding_does_not_depend_on_the_order_of_articles(rng: random.Random) -> None:
    articles = [*carried(), article(APART, "Gazette"), article(f"{WIRE}\n\n{APART}", "Digest")]
    expected = find_copies(articles)
    rng.shuffle(articles)

    assert find_copies(articles) == expected


@settings(deadline=None)
@given(st.lists(st.text(), max_size=4))
def test_any_text_is_read_and_every_article_keeps_one_of_its_group(texts: list[str]) -> None:
    articles = [article(text * 50, "Post", id=str(n)) for n, text in enumerate(texts)]

    folds = fold_copies(articles)

    assert list(folds) == sorted(one.id for one in articles)
    assert all(folds[kept] == kept for kept in folds.values())
