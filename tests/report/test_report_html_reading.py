from __future__ import annotations

from hypothesis import given

from claimtrack.records import Article, Claim, Cluster, Provenance, Relation, Span
from claimtrack.report.html.reading import Paragraph, Stand, paragraphs
from strategies import article_sets


def claim(*spans: Span) -> Claim:
    place = Provenance(article_id="a", spans=spans, extractor="by hand", sentence=spans[0])
    return Claim(text="x", provenance=place)


def texts(paragraph: Paragraph) -> list[tuple[str, Stand | None]]:
    return [(piece.text, piece.stand) for piece in paragraph]


def test_a_text_without_claims_is_its_lines() -> None:
    assert [texts(line) for line in paragraphs("One.\n\n \nTwo.\r\nThree", [], {})] == [
        [("One.", None)],
        [("Two.", None)],
        [("Three", None)],
    ]


def test_a_claim_is_cut_out_and_ends_where_its_last_words_do() -> None:
    here = claim(Span(2, 4), Span(6, 8))

    [line] = paragraphs("0123456789", [here], {here.id: Stand.AGREED})

    assert texts(line) == [("01", None), ("23", Stand.AGREED), ("45", None), ("67", Stand.AGREED), ("89", None)]
    assert [piece.ends for piece in line] == [(), (), (), (here,), ()]


def test_words_of_two_claims_are_marked_as_the_one_that_is_disputed() -> None:
    wide, narrow = claim(Span(0, 9)), claim(Span(3, 6))

    [line] = paragraphs("012345678", [wide, narrow], {narrow.id: Stand.DISPUTED})

    assert texts(line) == [("012", Stand.ALONE), ("345", Stand.DISPUTED), ("678", Stand.ALONE)]


def test_a_claim_over_two_lines_is_marked_on_both_and_ends_once() -> None:
    here = claim(Span(0, 8))

    one, two = paragraphs("one\n\ntwo", [here], {})

    assert texts(one) == [("one", Stand.ALONE)]
    assert texts(two) == [("two", Stand.ALONE)]
    assert [piece.ends for line in (one, two) for piece in line] == [(), (here,)]


def test_a_claim_that_ends_between_two_lines_ends_with_the_first() -> None:
    here = claim(Span(0, 4))

    one, _ = paragraphs("one\n\ntwo", [here], {})

    assert one[-1].ends == (here,)


@given(article_sets())
def test_no_character_is_lost_and_every_claim_of_a_text_that_is_shown_ends_once(
    article_set: tuple[tuple[Article, ...], tuple[Claim, ...], tuple[Relation, ...], tuple[Cluster, ...]],
) -> None:
    articles, claims, _, _ = article_set
    for article in articles:
        own = [claim for claim in claims if claim.article_id == article.id]
        lines = paragraphs(article.text, own, {})
        shown = "".join(piece.text for line in lines for piece in line)

        assert "".join(shown.split()) == "".join(article.text.split())
        ends = [claim.id for line in lines for piece in line for claim in piece.ends]
        assert sorted(ends) == (sorted(claim.id for claim in own) if lines else [])
