"""Records in a notebook: what they show, and that no text of an article becomes part of the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.records import (
    Article,
    Assessment,
    Attribution,
    Claim,
    Cluster,
    Evidence,
    Hit,
    Kind,
    Label,
    Modality,
    Provenance,
    Relation,
    Side,
    SourceFold,
    Span,
    Status,
)
from claimtrack.visible import one_line
from strategies import HOSTILE, any_text

MARKUP = "</bdi></div><script>alert(1)</script><img src=x onerror='alert(2)' id=\"q\"><style>*{color:red}</style>&amp;"
ESCAPES = "\x1b[2J\u202eevil\u2069\ud800"


class Page(HTMLParser):
    """Tags, attributes and texts of a piece of a page; fails where a tag is not closed."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(piece)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())


def claim(text: str, article_id: str = "a", **fields: Any) -> Claim:
    span = Span(3, 9)
    return Claim(
        text=text,
        provenance=Provenance(article_id=article_id, spans=(span,), extractor="hand/1", sentence=span),
        **fields,
    )


def relation(premise: Claim, label: Label, p: float) -> Relation:
    rest = (1 - p) / 2
    return Relation(
        premise_id=premise.id,
        hypothesis_id="question",
        p_entailment=p if label is Label.ENTAILMENT else rest,
        p_neutral=rest,
        p_contradiction=p if label is Label.CONTRADICTION else rest,
        label=label,
        kind=Kind.NEGATION if label is Label.CONTRADICTION else None,
        model="hand/1",
    )


def evidence(of: Claim, label: Label, p: float, **fields: Any) -> Evidence:
    return Evidence(claim=of, span=of.provenance.sentence, relation=relation(of, label, p), **fields)


OPENS = claim("The dam will open.", speaker="Anna Berg", modality=Modality.FORECAST)
ALSO = claim("The dam will be opened.", "b", attribution=Attribution.REPORTED)
NOT = claim("It will not open.", "c", standalone=False)


def made_of(text: str) -> list[Any]:
    """One record of each kind that a notebook shows, with `text` in every place that an article fills."""
    one, other = claim(text, "a", speaker="X" + text.replace(" ", "")[:90]), claim(text, "b")
    return [
        Article(name=text, text=text, title=text, source=text),
        one,
        Cluster(
            id="c",
            label=text,
            sides=(Side(claims=(one,)), Side(claims=(other,))),
            contradictions=((one.id, other.id),),
            sources=(text, text + "2"),
            independent_sources=1,
            folds=(SourceFold(source=text, into=text + "2", reason=text),),
        ),
        Assessment(
            claim=text,
            status=Status.SUPPORTED,
            supporting=(evidence(one, Label.ENTAILMENT, 0.9, outlet=text),),
            contradicting=(evidence(other, Label.CONTRADICTION, 0.9, outlet=text),),
        ),
        Assessment(claim=text, status=Status.NOT_FOUND, nearest=(Hit(claim=one, similarity=0.5),)),
    ]


def test_an_article_shows_title_outlet_date_length_and_the_start_of_its_text() -> None:
    long = "The dam holds. " * 100
    article = Article(name="a.txt", title="At the dam", source="Gazette", published="2031-03-04", text=long)

    words = Page(article._repr_html_()).words
    assert words.startswith("At the dam Gazette · 2031-03-04 · 1500 characters The dam holds. The dam holds.")
    assert words.endswith("…")
    assert len(words) < 400


def test_an_article_with_nothing_but_text_shows_its_name_and_that_it_is_undated() -> None:
    words = Page(Article(name="a.txt", text="Fog.")._repr_html_()).words

    assert words == "a.txt a.txt · undated · 4 characters Fog."


def test_a_claim_shows_words_speaker_modality_and_place() -> None:
    words = Page(OPENS._repr_html_()).words

    assert words == "The dam will open. says Anna Berg · forecast · characters 3 to 9 of article a"


def test_a_cluster_shows_its_sides_its_outlets_and_what_contradicts_what() -> None:
    cluster = Cluster(
        id="c",
        label="The dam will open.",
        sides=(Side(claims=(OPENS, ALSO), independent_sources=2), Side(claims=(NOT,))),
        contradictions=((NOT.id, ALSO.id), (OPENS.id, NOT.id)),
        sources=("Echo", "Gazette", "Post"),
        independent_sources=2,
        folds=(SourceFold(source="Post", into="Echo", reason="carries Reuters, as Echo does"),),
    )

    words = Page(cluster._repr_html_()).words
    assert words == (
        "The dam will open. 3 outlets, 2 independent: Echo; Gazette; Post Post carries Reuters, as Echo does "
        "Side A, 2 independent A1 The dam will open. says Anna Berg · forecast "
        "A2 The dam will be opened. reported, no speaker named "
        "Side B, 1 independent B1 It will not open. the outlet's own voice · not clear by itself "
        "2 contradictions: A1 against B1; A2 against B1"
    )


def test_an_assessment_shows_its_status_and_the_evidence_on_either_side() -> None:
    assessment = Assessment(
        claim="The dam will open.",
        status=Status.DISPUTED,
        supporting=(evidence(OPENS, Label.ENTAILMENT, 0.914, outlet="Gazette", published="2031-03-04"),),
        contradicting=(evidence(NOT, Label.CONTRADICTION, 1.0, outlet="Post"),),
        supporting_sources=1,
        contradicting_sources=1,
    )

    assert Page(assessment._repr_html_()).words == (
        "The dam will open. disputed: some of these articles support it, others contradict it "
        "Supporting, 1 independent The dam will open. Gazette, 2031-03-04 · says Anna Berg · entailment 0.91 "
        "Contradicting, 1 independent It will not open. Post, undated · the outlet's own voice · contradiction 0.99"
    )


def test_where_nothing_was_found_the_nearest_claims_are_shown() -> None:
    near = Assessment(claim="Fog.", status=Status.NOT_FOUND, nearest=(Hit(claim=NOT, similarity=0.456),))

    assert "Nearest claims It will not open. the outlet's own voice · similarity 0.46" in Page(near._repr_html_()).words
    assert "Nearest" not in Page(Assessment(claim="Fog.", status=Status.NOT_FOUND)._repr_html_()).words


@pytest.mark.parametrize("text", [*HOSTILE, MARKUP, ESCAPES, MARKUP + ESCAPES])
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    for record in made_of(text or "x"):
        piece = record._repr_html_()
        page = Page(piece)

        piece.encode("utf-8")
        assert set(page.tags) <= {"div", "strong", "bdi", "ul", "li"}
        assert {name for name, _ in page.attributes} <= {"class", "style"}
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", piece)
        assert one_line(text)[:40] in "".join(page.texts)


@settings(max_examples=40)
@given(any_text(min_size=1), st.data())
def test_any_text_stays_text(text: str, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(made_of(text)))

    page = Page(record._repr_html_())
    assert one_line(text)[:40] in "".join(page.texts)


def test_a_piece_takes_the_colours_of_the_page_and_brings_no_rule_for_others() -> None:
    """It must be readable in light and dark, and leave the rest of the notebook alone."""
    styles = {
        value for record in made_of("x") for name, value in Page(record._repr_html_()).attributes if name == "style"
    }

    assert styles
    assert not [
        style for style in styles if style is None or re.search(r"color|background|url|position|!important", style)
    ]


def test_dollar_signs_are_not_typeset_as_a_formula() -> None:
    """Notebooks typeset what stands between two dollar signs, unless a class says not to."""
    for record in made_of("from $5 to $6"):
        assert record._repr_html_().startswith('<div class="tex2jax_ignore mathjax_ignore"')
