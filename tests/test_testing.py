from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.embedding import Embedder
from claimtrack.errors import InvalidInputError
from claimtrack.extraction import Extractor
from claimtrack.records import Article
from claimtrack.relations import RelationModel
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
from strategies import any_text

words = any_text(min_size=1).filter(lambda text: not text.isspace())


def test_the_doubles_fit_their_protocols() -> None:
    """Checked by mypy; at run time the names, which go into provenance, must differ."""
    embedder: Embedder = LetterEmbedder()
    model: RelationModel = WordRelationModel()
    extractor: Extractor = SentenceExtractor()

    assert len({embedder.name, model.name, extractor.name}) == 3


@given(texts=st.lists(words, max_size=8), dim=st.integers(1, 70))
def test_letter_embeddings_are_unit_rows_that_depend_on_their_text_alone(texts: list[str], dim: int) -> None:
    embedder = LetterEmbedder(dim)

    rows = embedder.embed(texts)

    assert rows.shape == (len(texts), dim)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(embedder.embed([text])[0], row)


def test_letter_embeddings_are_the_same_on_every_machine() -> None:
    """CRC-32 of " ab", "abc", "bc " is 1856c560, 352441c2, c1acdef0: columns 32, 2, 48, the last with its highest bit set."""
    row = LetterEmbedder().embed(["abc"])[0]

    assert {int(n): round(float(row[n]), 4) for n in np.flatnonzero(row)} == {2: 0.5774, 32: 0.5774, 48: -0.5774}


def test_texts_that_share_words_are_nearer() -> None:
    rows = LetterEmbedder().embed(
        ["The bridge was closed on Monday.", "The bridge was opened on Monday.", "Wheat prices fell by half."]
    )

    assert rows[0] @ rows[1] > 0.7
    assert abs(rows[0] @ rows[2]) < 0.3


@pytest.mark.parametrize(
    ("texts", "place"), [(["a", " \n"], r"texts\[1\]"), ([""], r"texts\[0\]"), ("ab", "sequence of str")]
)
def test_letters_refuse_texts_without_any(texts: list[str], place: str) -> None:
    with pytest.raises(InvalidInputError, match=place):
        LetterEmbedder().embed(texts)


@pytest.mark.parametrize("dim", [0, 1.5, True])
def test_letters_need_a_column(dim: int) -> None:
    with pytest.raises(InvalidInputError, match=f"dim must be an int of at least 1; got {dim}"):
        LetterEmbedder(dim)


@pytest.mark.parametrize(
    ("premise", "hypothesis", "column"),
    [
        ("The bridge closed on Monday.", "The bridge closed.", 0),
        ("The bridge closed.", "The bridge did not close.", 1),
        ("The bridge was closed.", "The bridge was not closed.", 2),
        ("The bridge wasn’t closed.", "The bridge was closed.", 2),
        ("The bridge wasn't closed.", "The bridge was never closed.", 0),
        ("Nobody said that the bridge was not closed.", "The bridge was closed.", 0),
        ("Wheat prices fell.", "The bridge was not closed.", 1),
        ("The bridge closed.", "It was not.", 1),
        ("The bridge closed.", "", 1),
    ],
)
def test_words_are_judged_by_overlap_and_negation(premise: str, hypothesis: str, column: int) -> None:
    row = WordRelationModel().judge([(premise, hypothesis)])[0]

    assert row.tolist() == [0.9 if n == column else 0.05 for n in range(3)]


def test_the_overlap_is_measured_on_the_hypothesis() -> None:
    """Entailment is directed: the longer text entails the shorter one, not the other way round."""
    long, short = "Ann Smith opened the new iron bridge in Leeds.", "Ann Smith opened the bridge."

    rows = WordRelationModel().judge([(long, short), (short, long)])

    assert rows.argmax(axis=1).tolist() == [0, 1]


def test_the_bound_of_the_overlap_is_included() -> None:
    pair = ("one two three", "one two three four five")

    assert WordRelationModel(min_overlap=0.6).judge([pair]).argmax() == 0
    assert WordRelationModel(min_overlap=0.61).judge([pair]).argmax() == 1


@pytest.mark.parametrize("bound", [0.0, 1.1, float("nan")])
def test_an_overlap_out_of_range_is_refused(bound: float) -> None:
    with pytest.raises(InvalidInputError, match=rf"min_overlap must be in \(0, 1\]; got {bound}"):
        WordRelationModel(bound)


@given(pairs=st.lists(st.tuples(any_text(), any_text()), max_size=6))
def test_word_probabilities_sum_to_one_for_any_text(pairs: list[tuple[str, str]]) -> None:
    rows = WordRelationModel().judge(pairs)

    assert rows.shape == (len(pairs), 3)
    assert rows.dtype == np.float64
    assert np.allclose(rows.sum(axis=1), 1.0)


def test_each_sentence_is_a_claim_with_its_span() -> None:
    article = Article(name="a", text="Rain fell! Did it?  \n ... Title\nNo end")

    claims = SentenceExtractor().extract([article])[0]

    assert [claim.text for claim in claims] == ["Rain fell!", "Did it?", "Title", "No end"]
    assert [claim.provenance.spans[0].start for claim in claims] == [0, 11, 26, 32]
    assert {claim.speaker for claim in claims} == {None}


@given(texts=st.lists(any_text(max_size=120), max_size=4))
def test_sentence_claims_are_the_characters_of_their_span_in_order(texts: list[str]) -> None:
    articles = [Article(name=f"a{n}", text=text) for n, text in enumerate(texts)]

    split = SentenceExtractor().extract(articles)

    assert len(split) == len(articles)
    for article, claims in zip(articles, split, strict=True):
        assert [claim.provenance.spans[0].slice(article.text) for claim in claims] == [claim.text for claim in claims]
        starts = [claim.provenance.spans[0].start for claim in claims]
        assert starts == sorted(set(starts))
        kept = sum(character.isalnum() for claim in claims for character in claim.text)
        assert kept == sum(character.isalnum() for character in article.text)
