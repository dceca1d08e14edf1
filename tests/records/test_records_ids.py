"""Ids come from content: the same on every machine, whatever the order in which things were said."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claimtrack.records import Article, Claim, Provenance, Span, article_id, claim_id, cluster_id
from strategies import any_text, articles, claims

FIELDS = ("text", "title", "source", "published", "url")


def some_claims() -> st.SearchStrategy[Claim]:
    return articles().flatmap(claims)


@given(articles(), any_text(max_size=20), st.none() | any_text(max_size=20))
@settings(max_examples=40)
def test_an_article_keeps_its_id_under_another_name_and_byline(article: Article, name: str, author: str | None) -> None:
    """The same article found twice in a folder is one article."""
    renamed = Article(
        name=name,
        author=author,
        text=article.text,
        title=article.title,
        source=article.source,
        published=article.published,
        url=article.url,
    )

    assert renamed.id == article.id


@given(articles(), st.sampled_from(FIELDS), any_text(min_size=1))
@settings(max_examples=40)
def test_an_article_with_other_content_has_another_id(article: Article, field: str, value: str) -> None:
    value = "1999-12-31" if field == "published" else value
    assume(getattr(article, field) != value)
    contents = {name: getattr(article, name) for name in FIELDS} | {field: value}

    assert Article(name=article.name, **contents).id != article.id


@given(any_text(), any_text())
def test_a_missing_field_differs_from_an_empty_one_and_from_the_same_words_in_another_field(
    text: str, words: str
) -> None:
    ids = {
        article_id(text),
        article_id(text, title=""),
        article_id(text, title=words + "x"),
        article_id(text, source=words + "x"),
        article_id(text, url=words + "x"),
    }

    assert len(ids) == 5


def test_ids_are_the_same_on_every_machine() -> None:
    """A store that was written elsewhere, or last year, must still fit; a change here breaks every store."""
    article = Article(name="a.txt", text="The bridge opens in June.", title="Bridge", source="Gazette")
    claim = Claim(
        text="The bridge opens in June.",
        provenance=Provenance(article_id=article.id, spans=(Span(0, 25),), extractor="x", sentence=Span(0, 25)),
        speaker="Anna Berg",
    )

    assert article.id == "4159c07d41aa84e5"
    assert claim.id == "8c9ff9a0a6097eab"
    assert cluster_id(claim.id) == "33e9f85172609993"


@given(articles())
@settings(max_examples=40)
def test_an_id_is_sixteen_hexadecimal_digits(article: Article) -> None:
    for id_ in (article.id, claim_id(article.id, (Span(0, 1),), article.text, None), cluster_id(article.id)):
        assert len(id_) == 16
        assert set(id_) <= set("0123456789abcdef")


@given(some_claims(), st.data())
@settings(max_examples=40)
def test_a_claim_is_told_by_article_place_words_and_speaker_alone(claim: Claim, data: st.DataObject) -> None:
    """Better rules for modality, or another extractor, leave the id of a claim as it was."""
    other = attrs.evolve(
        claim,
        id=claim_id(claim.article_id, claim.provenance.spans, claim.text, claim.speaker),
        context=data.draw(any_text(min_size=1)),
        standalone=not claim.standalone,
        provenance=attrs.evolve(claim.provenance, extractor="another", sentence=Span(0, 1)),
    )
    moved = tuple(Span(span.start + 1, span.end + 1) for span in claim.provenance.spans)

    assert other.id == claim.id
    assert claim_id(claim.article_id, moved, claim.text, claim.speaker) != claim.id
    assert claim_id(claim.article_id, claim.provenance.spans, claim.text + "!", claim.speaker) != claim.id
    assert claim_id(claim.article_id, claim.provenance.spans, claim.text, (claim.speaker or "") + "x") != claim.id


@given(any_text(min_size=1), any_text(min_size=1))
def test_the_order_of_two_texts_matters_in_an_id(one: str, two: str) -> None:
    assume(one != two)

    assert article_id(one, title=two) != article_id(two, title=one)


@given(some_claims())
@settings(max_examples=40)
def test_records_are_equal_by_value_and_hashable(claim: Claim) -> None:
    copy = attrs.evolve(claim)

    assert copy == claim
    assert {claim, copy} == {claim}


def test_records_are_frozen() -> None:
    article = Article(name="a", text="b")

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        article.text = "c"  # type: ignore[misc]
