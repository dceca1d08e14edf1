"""The answer to `check` on a terminal: the status in words, then who says it, where, and how sure the model is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.names import NameTable
from claimtrack.records import (
    Article,
    Assessment,
    Claim,
    Evidence,
    Hit,
    Kind,
    Label,
    Provenance,
    Relation,
    Span,
    Status,
)
from claimtrack.report import render_assessment
from strategies import any_text

TEXT = "Fog lay on the hills. Anna Berg said the dam was safe. Nobody left."
ARTICLE = Article(name="a.txt", text=TEXT, source="Gazette", published="2020-02-29")


def make_evidence(label: Label, article: Article = ARTICLE, **fields: Any) -> Evidence:
    sentence = Span(22, 54) if article is ARTICLE else Span(0, len(article.text))
    values: dict[str, Any] = {
        "text": "The dam was safe.",
        "provenance": Provenance(article_id=article.id, spans=(sentence,), extractor="x", sentence=sentence),
        "speaker": "Anna Berg",
    }
    claim = Claim(**(values | fields))
    p_entailment, p_contradiction = (0.914, 0.05) if label is Label.ENTAILMENT else (0.0, 1.0)
    relation = Relation(
        premise_id=claim.id,
        hypothesis_id="q",
        p_entailment=p_entailment,
        p_neutral=1 - p_entailment - p_contradiction,
        p_contradiction=p_contradiction,
        label=label,
        kind=Kind.OTHER if label is Label.CONTRADICTION else None,
        model="m",
    )
    return Evidence(claim=claim, span=sentence, relation=relation)


SUPPORT, CONFLICT = make_evidence(Label.ENTAILMENT), make_evidence(Label.CONTRADICTION, speaker=None)


def test_an_assessment_with_evidence_reads_like_this() -> None:
    assessment = Assessment(
        claim="The dam will hold.", status=Status.DISPUTED, supporting=(SUPPORT,), contradicting=(CONFLICT,)
    )

    assert render_assessment(assessment, [ARTICLE]) == (
        "Claim: The dam will hold.\n"
        "Status: disputed: some of these articles support it, others contradict it\n"
        "\n"
        "Supporting (1):\n"
        "  - Anna Berg; Gazette, 2020-02-29\n"
        "    Anna Berg said the dam was safe.\n"
        "    characters 22 to 54; entailment 0.91\n"
        "\n"
        "Contradicting (1):\n"
        "  - the outlet's own voice; Gazette, 2020-02-29\n"
        "    Anna Berg said the dam was safe.\n"
        "    characters 22 to 54; contradiction 0.99\n"
    )


def test_a_model_is_never_shown_as_certain() -> None:
    text = render_assessment(Assessment(claim="x", status=Status.CONTRADICTED, contradicting=(CONFLICT,)), [ARTICLE])

    assert CONFLICT.relation.p_contradiction == 1.0
    assert "1.00" not in text


def test_an_undated_article_without_an_outlet_is_shown_under_its_name() -> None:
    bare = Article(name="notes.txt", text=TEXT)
    assessment = Assessment(claim="x", status=Status.SUPPORTED, supporting=(make_evidence(Label.ENTAILMENT, bare),))

    assert "  - Anna Berg; notes.txt, undated\n" in render_assessment(assessment, [ARTICLE, bare])


def test_where_nothing_was_found_the_nearest_claims_are_shown() -> None:
    hits = (Hit(claim=SUPPORT.claim, similarity=0.4567),)

    shown = render_assessment(Assessment(claim="x", status=Status.NOT_FOUND, nearest=hits), [ARTICLE])
    found = render_assessment(
        Assessment(claim="x", status=Status.SUPPORTED, supporting=(SUPPORT,), nearest=hits), [ARTICLE]
    )

    assert shown == (
        "Claim: x\n"
        "Status: not found: no claim in these articles supports or contradicts it\n"
        "\n"
        "Nearest claims:\n"
        "  - The dam was safe. [Gazette, similarity 0.46]\n"
    )
    assert "Nearest claims" not in found


def test_without_any_claim_only_the_status_is_shown() -> None:
    text = render_assessment(Assessment(claim="x", status=Status.NOT_FOUND), [])

    assert text == "Claim: x\nStatus: not found: no claim in these articles supports or contradicts it\n"


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_words_and_none_speaks_of_truth(status: Status) -> None:
    text = render_assessment(Assessment(claim="x", status=status), [])

    assert f"Status: {status.value}" in text
    assert not {"true", "false", "fake", "verdict"} & set(text.lower().replace(":", " ").split())


@given(any_text(min_size=1), any_text(min_size=1, max_size=100), any_text(max_size=20), st.integers(24, 120))
@settings(max_examples=50)
def test_text_of_any_kind_is_shown_in_lines_of_the_width_and_harmless(
    claim: str, text: str, outlet: str, width: int
) -> None:
    article = Article(name="a", text=text, source=outlet)
    evidence = make_evidence(Label.ENTAILMENT, article, text=claim, speaker=None)
    hits = (Hit(claim=evidence.claim, similarity=0.5),)
    for assessment in (
        Assessment(claim=claim, status=Status.SUPPORTED, supporting=(evidence,)),
        Assessment(claim=claim, status=Status.NOT_FOUND, nearest=hits),
    ):
        shown = render_assessment(assessment, [article], width=width)

        assert shown.encode("utf-8")
        assert not {
            c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or "\u202a" <= c <= "\u202e"
        }
        assert max(map(cell_len, shown.split("\n"))) <= width


def test_a_speaker_goes_under_the_full_name_that_the_articles_give() -> None:
    bare = make_evidence(Label.ENTAILMENT, speaker="Berg")
    assessment = Assessment(claim="The dam will hold.", status=Status.SUPPORTED, supporting=(bare,))
    names = NameTable(names={"Berg": "Berg", "Anna Berg": "Berg"}, full_names={"Berg": "Anna Berg"})

    assert "- Anna Berg; Gazette" in render_assessment(assessment, [ARTICLE], names=names)
    assert "- Berg; Gazette" in render_assessment(assessment, [ARTICLE])
