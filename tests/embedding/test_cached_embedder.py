from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.embedding import CachedEmbedder, Embeddings
from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.testing import LetterEmbedder


class Counting:
    """The letter embedder, with a note of what it was asked for."""

    name = "counting"
    dim = 64

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        self.asked.append(list(texts))
        if "bad" in texts:
            raise ModelError("no vector for 'bad'.")
        return LetterEmbedder().embed(texts)


@given(calls=st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=10), max_size=6), max_texts=st.integers(1, 9))
def test_rows_are_those_of_the_embedder_whatever_is_remembered(calls: list[list[str]], max_texts: int) -> None:
    cached = CachedEmbedder(LetterEmbedder(), max_texts=max_texts)

    for texts in calls:
        rows = cached.embed(texts)

        assert rows.dtype == np.float32
        assert np.array_equal(rows, LetterEmbedder().embed(texts))
        assert len(cached) <= max_texts


def test_a_text_is_embedded_once() -> None:
    inner = Counting()
    cached = CachedEmbedder(inner)

    cached.embed(["b", "a", "b"])
    cached.embed(["a", "c", "b", "c"])
    cached.embed(["c", "a"])

    assert inner.asked == [["b", "a"], ["c"]]
    assert len(cached) == 3


def test_the_text_that_was_embedded_first_is_forgotten_first() -> None:
    inner = Counting()
    cached = CachedEmbedder(inner, max_texts=2)

    cached.embed(["a", "b"])
    cached.embed(["a", "c"])
    cached.embed(["b", "c"])
    cached.embed(["a"])

    assert inner.asked == [["a", "b"], ["c"], ["a"]]


def test_a_call_beyond_the_bound_is_answered_in_full() -> None:
    inner = Counting()
    cached = CachedEmbedder(inner, max_texts=2)

    rows = cached.embed(["a", "b", "c", "a"])

    assert np.array_equal(rows, LetterEmbedder().embed(["a", "b", "c", "a"]))
    assert len(cached) == 2


def test_no_texts_give_no_rows_and_ask_for_nothing() -> None:
    inner = Counting()

    assert CachedEmbedder(inner).embed([]).shape == (0, 64)
    assert inner.asked == []


def test_changing_the_rows_does_not_change_what_is_remembered() -> None:
    cached = CachedEmbedder(LetterEmbedder())

    cached.embed(["a"])[:] = 0.0
    cached.embed(["a"])[:] = 0.0

    assert np.array_equal(cached.embed(["a"]), LetterEmbedder().embed(["a"]))


def test_name_and_columns_are_those_of_the_embedder() -> None:
    """A store must see the same model with and without memory."""
    cached = CachedEmbedder(LetterEmbedder(5))

    assert (cached.name, cached.dim) == (LetterEmbedder(5).name, 5)


def test_a_blank_text_is_named_by_its_place_in_the_call() -> None:
    """Not by its place among the texts that were not remembered."""
    cached = CachedEmbedder(LetterEmbedder())
    cached.embed(["a", "b"])

    with pytest.raises(InvalidInputError, match=r"texts\[2\] must hold more than white space; got '\\t'"):
        cached.embed(["a", "b", "\t"])


def test_nothing_is_remembered_of_a_call_that_failed() -> None:
    cached = CachedEmbedder(Counting())

    with pytest.raises(ModelError, match="'bad'"):
        cached.embed(["a", "bad"])

    assert len(cached) == 0


@pytest.mark.parametrize("max_texts", [0, 1.5, True])
def test_memory_for_less_than_one_text_is_refused(max_texts: int) -> None:
    with pytest.raises(InvalidInputError, match=f"max_texts must be an int of at least 1; got {max_texts}"):
        CachedEmbedder(LetterEmbedder(), max_texts=max_texts)
