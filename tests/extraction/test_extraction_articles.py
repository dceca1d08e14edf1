"""Whole articles: interviews, residue of the page, claims completed from their surroundings, and hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import ModelError
from claimtrack.extraction import SpacyExtractor
from claimtrack.extraction.sentences import parse, quote_ranges
from claimtrack.records import Article, Attribution, Claim
from strategies import any_text

INTERVIEW = """The Eastwick Gazette interviewed Marta Silva about the flood in the mine.

Did the pumps fail because they were old?

The pumps failed because nobody had cleaned them.

Will the mine reopen this year?

The mine will reopen in June. The union has agreed to it.

What do the families of the miners say?

They want the mine to reopen.
"""
FRAGMENTS = [
    "Marta Silva", "the mine", "The mayor of Porto", "said", "told reporters", "that", "“", "”", '"', "'s", ",", ".", "?", "!",
    "…", "according to", "If", "unless", "which", "who", "was", "will not", "has flooded", "denied", "hopes", "no", "nor",
    "neither", "(", ")", "—", "\n", "\n\n", "\r\n", "\t", "in", "Idlib", "there", "and", "but", "as", "because", "12", "3.5%",
    "$1bn", "on Friday", "Interview with", "she added", "cited", "as saying", "should", "In his view", ":", ";", "\ud800", "\x00",
    "\u200b", "\u202e", "é", "漢字", "👩‍👩‍👧", "Mr", "U.S.", "President Xi", "it", "they", "We", "’", "“The", "to", "of",
]  # fmt: skip


def extract(extractor: SpacyExtractor, text: str, **fields: str) -> list[Claim]:
    return extractor.extract([Article(name="x", text=text, **fields)])[0]


def news_like() -> st.SearchStrategy[str]:
    """Pieces of news in any order: more of the rules are reached than by letters at random."""
    return st.lists(st.sampled_from(FRAGMENTS) | any_text(max_size=4), max_size=30).map(" ".join)


# -- interviews --------------------------------------------------------------------------------------------------------


def test_answers_of_an_interview_are_the_interviewee_s_and_questions_are_nobody_s(extractor: SpacyExtractor) -> None:
    claims = extract(extractor, INTERVIEW)
    answers = [claim for claim in claims if claim.attribution is Attribution.QUOTED]

    assert {claim.speaker for claim in answers} == {"Marta Silva"}
    assert {claim.text for claim in answers} >= {
        "The pumps failed.",
        "Nobody had cleaned them.",
        "The mine will reopen in June.",
        "The union has agreed to it.",
    }
    first_question = INTERVIEW.index("Did the pumps")
    for claim in claims:
        sentence = claim.provenance.sentence
        assert not sentence.slice(INTERVIEW).endswith("?")
        assert (claim.speaker == "Marta Silva") == (sentence.start > first_question)


def test_questions_alone_make_no_interview(extractor: SpacyExtractor) -> None:
    text = "Marta Silva runs the mine in Eastwick.\n\nWill it reopen?\n\nWill it flood again?\n\nWill it be sold?"

    assert [claim.speaker for claim in extract(extractor, text)] == [None]


def test_a_report_with_one_question_is_no_interview(extractor: SpacyExtractor) -> None:
    text = "Marta Silva runs the mine in Eastwick.\n\nWill it reopen?\n\nThe union has doubts about the pumps."

    assert {claim.speaker for claim in extract(extractor, text)} == {None}


def test_a_person_s_name_of_more_than_eight_words_does_no_harm(extractor: SpacyExtractor) -> None:
    """A speaker has at most eight words; the recogniser knows no such bound."""
    name = "Johannes Maria Karl Otto Friedrich Wilhelm Hansen Berg Lund Olsen"
    text = INTERVIEW.replace("The Eastwick Gazette interviewed Marta Silva", f"This is an interview with {name}")

    for claim in extract(extractor, text):
        assert claim.speaker is None or len(claim.speaker.split()) <= 8


# -- the page around the report ----------------------------------------------------------------------------------------


def test_residue_of_the_page_makes_no_claims(extractor: SpacyExtractor) -> None:
    body = "The mine in Eastwick has flooded, and the pumps have failed."
    text = f"Skip to main content\nShare this article\nSubscribe to our newsletter\n\n{body}\n\nRead more\nAll rights reserved.\n"

    claims = extract(extractor, text)

    place = text.index(body)
    assert [claim.text for claim in claims] == ["The mine in Eastwick has flooded.", "The pumps have failed."]
    for claim in claims:
        assert place <= claim.provenance.spans[0].start < claim.provenance.spans[-1].end <= place + len(body)


def test_the_headline_is_no_claim_of_its_own(extractor: SpacyExtractor) -> None:
    text = "Mine in Eastwick floods\n\nThe mine in Eastwick has flooded after the pumps failed on Monday."

    claims = extract(extractor, text, title="Mine in Eastwick floods")

    assert all(claim.provenance.spans[0].start >= text.index("The mine") for claim in claims)


@pytest.mark.parametrize("text", ["", " \n\n", "...", "?!", "12 34", "\u200b", "Why?"])
def test_a_text_that_states_nothing_has_no_claims(extractor: SpacyExtractor, text: str) -> None:
    assert extract(extractor, text) == []


# -- context -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Fighting broke out in Porto on Monday. There will be no strike.",
        "The union met in Porto on Monday.\n\nThe union said there will be no strike.",
    ],
)
def test_an_elliptical_claim_is_read_with_the_place_named_last(extractor: SpacyExtractor, text: str) -> None:
    """The text says where; the spans stay those of the claim's own words."""
    claim = extract(extractor, text)[-1]

    assert claim.text == claim.context == "In Porto, there will be no strike."
    assert [span.slice(text).lower() for span in claim.provenance.spans] == ["there will be no strike"]
    assert claim.standalone


def test_a_reference_that_stays_open_is_marked(extractor: SpacyExtractor) -> None:
    open_one, closed = extract(extractor, "It was sold in April. The bridge in Porto was sold in May.")

    assert not open_one.standalone
    assert closed.standalone


# -- any text ----------------------------------------------------------------------------------------------------------


def check_claims(article: Article, claims: list[Claim]) -> None:
    order = [(c.provenance.spans[0].start, c.provenance.spans[-1].end, c.id) for c in claims]
    assert order == sorted(order)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.article_id == article.id
        spans = claim.provenance.spans
        assert spans[-1].end <= len(article.text)
        assert all(any(c.isalnum() for c in span.slice(article.text)) for span in spans)
        sentence = claim.provenance.sentence
        assert sentence.start <= spans[0].start
        assert spans[-1].end <= sentence.end <= len(article.text)
        for quantity in claim.quantities:
            assert quantity.span.slice(article.text)
            assert any(span.start <= quantity.span.start < quantity.span.end <= span.end for span in spans)


@given(text=news_like())
@settings(max_examples=60)
def test_any_text_gives_claims_that_lie_within_it(extractor: SpacyExtractor, text: str) -> None:
    article = Article(name="x", text=text)

    check_claims(article, extractor.extract([article])[0])


@given(text=any_text(max_size=80))
@settings(max_examples=30)
def test_text_of_any_letters_gives_claims_that_lie_within_it(extractor: SpacyExtractor, text: str) -> None:
    article = Article(name="x", text=f"The mayor {text} said the mine had flooded. {text}")

    check_claims(article, extractor.extract([article])[0])


@given(texts=st.lists(news_like(), min_size=2, max_size=4))
@pytest.mark.slow
@settings(max_examples=10)
def test_what_an_article_yields_does_not_depend_on_the_others(extractor: SpacyExtractor, texts: list[str]) -> None:
    """The last speaker of one article must not speak in the next."""
    articles = [Article(name="x", text=text) for text in texts]

    together = extractor.extract(articles)

    assert together == [extractor.extract([article])[0] for article in articles]
    assert extractor.extract(articles[::-1]) == together[::-1]


def test_a_speaker_does_not_go_on_into_the_next_article(extractor: SpacyExtractor) -> None:
    texts = [
        '"The mine has flooded," Marta Silva said.',
        '"The pumps have failed.',
        "She added that the pumps had failed.",
    ]

    claims = extractor.extract([Article(name="x", text=text) for text in texts])

    assert [[claim.speaker for claim in found] for found in claims] == [["Marta Silva"], [None], [None]]


def test_no_articles_give_no_lists(extractor: SpacyExtractor) -> None:
    assert extractor.extract([]) == []


# -- size --------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_page_in_one_line_is_read_to_its_end(extractor: SpacyExtractor) -> None:
    """spaCy refuses more than a million characters, and the rules' time grows with the square of a block."""
    sentences = [f"The town of Eastwick bought {n} pumps." for n in range(160)]
    text = " ".join(sentences)

    claims = extract(extractor, text)

    assert [claim.text for claim in claims] == sentences


@pytest.mark.slow
def test_a_long_block_is_cut_between_sentences_and_loses_nothing(extractor: SpacyExtractor) -> None:
    text = "The mine has flooded. " * 500
    article = Article(name="x", text=text)

    [blocks] = parse(extractor._nlp, [article])

    assert len(blocks) > 1
    assert "".join(text[block.start : block.start + len(block.doc.text)] for block in blocks) == text.rstrip()
    assert all(block.doc.text.startswith("The mine") for block in blocks)
    assert [block.position for block in blocks] == list(range(len(blocks)))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said " + "that Marta Silva said " * 120 + "that the mine had flooded.",
        "The army took the town" + " and burned the mill" * 120 + ".",
        "The list names " + "a pump, " * 300 + "and a drill.",
    ],
    ids=["nested reports", "coordination", "a list"],
)
def test_an_endless_sentence_stays_whole(extractor: SpacyExtractor, text: str) -> None:
    """Taking it apart would exhaust the stack, or take minutes."""
    assert len(extract(extractor, text)) <= 2


def test_a_lone_surrogate_is_a_character_like_any_other(extractor: SpacyExtractor) -> None:
    text = "\ud800 Marta Silva said the \udfff mine had flooded."

    [claim] = extract(extractor, text)

    assert claim.speaker == "Marta Silva"
    assert claim.provenance.spans[-1].slice(text).endswith("mine had flooded")


# -- parts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "a b" and "c".', ["a b", "c"]),
        ("He said “a b” and “c”.", ["a b", "c"]),
        ("He said «a b».", ["a b"]),
        ("„a b“ he said", ["a b"]),
        ('"goes on in the next paragraph', ["goes on in the next paragraph"]),
        ("closed ” only", []),
        ('an empty "" one', []),
        ("it's the dogs' day", []),
        ('"', []),
        ("", []),
    ],
)
def test_quote_ranges_leave_the_marks_out(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quote_ranges(text)] == inside


@given(any_text())
def test_quote_ranges_are_ascending_apart_and_inside(text: str) -> None:
    places = [place for pair in quote_ranges(text) for place in pair]

    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert all(start < end for start, end in quote_ranges(text))


def test_tokens_between_quotation_marks_are_told(extractor: SpacyExtractor) -> None:
    text = 'He said "it rains" and "it pours" today.'

    [[block]] = parse(extractor._nlp, [Article(name="x", text=text)])

    by_hand = {t.i for t in block.doc for start, end in block.quotes if start <= t.idx < end}
    assert block.quoted == by_hand
    assert [block.doc[i].text for i in sorted(block.quoted)] == ["it", "rains", "it", "pours"]


def test_the_name_tells_rules_and_pipeline_with_versions(extractor: SpacyExtractor) -> None:
    assert extractor.name.startswith("spacy-rules-")
    assert "en_" in extractor.name
    assert {claim.provenance.extractor for claim in extract(extractor, "It rains in Porto.")} == {extractor.name}


def test_a_pipeline_without_what_the_rules_need_is_refused() -> None:
    import spacy

    with pytest.raises(
        ModelError, match="must have tagger, parser, lemmatizer and ner; lemmatizer, ner, parser, tagger missing"
    ):
        SpacyExtractor(spacy.blank("en"))
