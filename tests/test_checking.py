"""A claim held against kept claims: by the same rules as these are held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from claimtrack.checking import assess
from claimtrack.independence import SourceCounter
from claimtrack.quantities import find_quantities
from claimtrack.records import Article, Assessment, Claim, Hit, Kind, Label, Provenance, Span, Status
from claimtrack.relations import Probabilities, Thresholds

QUESTION = "The dam will hold."
YES, NO, PERHAPS = (0.9, 0.08, 0.02), (0.02, 0.03, 0.95), (0.1, 0.8, 0.1)
THRESHOLDS = Thresholds(entailment=0.6, contradiction=0.8, pair_contradiction=0.8)


ARTICLE = Article(id="a", name="a.txt", text="x", source="North", published="2031-03-04")
COUNTER = SourceCounter([ARTICLE], copies=(), families={}, speakers={})


class TableModel:
    """Answers by the kept text and the direction; keeps what it was asked."""

    name = "table"

    def __init__(self, forward: Mapping[str, tuple[float, ...]], backward: Mapping[str, tuple[float, ...]]) -> None:
        self.forward, self.backward = forward, backward
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        self.asked += pairs
        rows = [
            self.forward.get(premise, PERHAPS) if premise in self.forward else self.backward.get(hypothesis, PERHAPS)
            for premise, hypothesis in pairs
        ]
        return np.array(rows, dtype=np.float64).reshape(-1, 3)


def make_hit(text: str, id_: str, similarity: float = 0.5, *, standalone: bool = True) -> Hit:
    provenance = Provenance(
        article_id="a", spans=(Span(3, 3 + len(text)),), extractor="x", sentence=Span(1, 9 + len(text))
    )
    claim = Claim(
        text=text, provenance=provenance, id=id_, standalone=standalone, quantities=find_quantities(text, offset=3)
    )
    return Hit(claim=claim, similarity=similarity)


def check(
    hits: Sequence[Hit],
    forward: Mapping[str, tuple[float, ...]],
    backward: Mapping[str, tuple[float, ...]] | None = None,
    question: str = QUESTION,
) -> Assessment:
    """`forward` holds the answers with the kept claim as premise, `backward` those with it as hypothesis."""
    model = TableModel(forward, forward if backward is None else backward)
    texts = {hit.claim.id: hit.claim.context for hit in hits}
    return assess(
        question,
        question,
        hits,
        texts,
        model,
        THRESHOLDS,
        articles={ARTICLE.id: ARTICLE},
        counter=COUNTER,
    )


SAFE, BREAKS, RAIN = make_hit("It is safe.", "c1"), make_hit("The dam breaks.", "c2"), make_hit("It rains.", "c3")


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"It is safe.": YES, "The dam breaks.": NO}, Status.DISPUTED),
        ({"It is safe.": YES}, Status.SUPPORTED),
        ({"The dam breaks.": NO}, Status.CONTRADICTED),
        ({}, Status.NOT_FOUND),
    ],
)
def test_the_status_follows_from_what_was_found(answers: dict[str, tuple[float, ...]], status: Status) -> None:
    assert check([SAFE, BREAKS, RAIN], answers).status is status


def test_without_a_hit_nothing_is_found_and_the_model_is_not_asked() -> None:
    model = TableModel({}, {})

    assessment = assess(QUESTION, QUESTION, [], {}, model, THRESHOLDS, articles={}, counter=COUNTER)

    assert assessment == Assessment(claim=QUESTION, status=Status.NOT_FOUND)
    assert model.asked == []


def test_support_is_a_kept_claim_that_entails_the_claim_in_question() -> None:
    """ "Some dam will hold" follows from the question, and supports it in nothing."""
    kept_entails = check([SAFE], {"It is safe.": YES}, {"It is safe.": PERHAPS})
    is_entailed = check([SAFE], {"It is safe.": PERHAPS}, {"It is safe.": YES})

    assert kept_entails.status is Status.SUPPORTED
    assert is_entailed.status is Status.NOT_FOUND


def test_a_contradiction_needs_both_directions() -> None:
    one_way = check([BREAKS], {"The dam breaks.": NO}, {"The dam breaks.": PERHAPS})

    assert one_way.status is Status.NOT_FOUND


def test_the_same_words_support_whatever_the_model_says() -> None:
    assessment = check([make_hit(QUESTION, "c1")], {QUESTION: NO})

    assert assessment.status is Status.SUPPORTED
    assert assessment.supporting[0].relation.model == "same-text"


def test_figures_in_conflict_contradict_whatever_the_model_says() -> None:
    kept = make_hit("The quake killed 12 people in Agrigo.", "c1")

    assessment = check([kept], {kept.claim.text: YES}, question="The quake killed 40 people in Agrigo.")

    assert assessment.status is Status.CONTRADICTED
    assert assessment.contradicting[0].relation.kind is Kind.FIGURE


def test_a_claim_that_does_not_stand_alone_needs_more() -> None:
    open_claim = make_hit("It is safe.", "c1", standalone=False)

    assert check([open_claim], {"It is safe.": (0.7, 0.2, 0.1)}).status is Status.NOT_FOUND
    assert check([open_claim], {"It is safe.": YES}).status is Status.SUPPORTED


def test_evidence_is_the_sentence_and_the_relation() -> None:
    [evidence] = check([SAFE], {"It is safe.": YES}).supporting

    assert evidence.claim == SAFE.claim
    assert evidence.span == SAFE.claim.provenance.sentence
    assert evidence.relation.label is Label.ENTAILMENT
    assert evidence.relation.premise_id == "c1"
    assert evidence.relation.p_entailment == 0.9
    assert (evidence.outlet, evidence.published) == ("North", "2031-03-04")


def test_claims_of_one_outlet_are_one_source() -> None:
    assessment = check([SAFE, make_hit("It stands.", "c4"), BREAKS], {"It is safe.": YES, "It stands.": YES})

    assert len(assessment.supporting) == 2
    assert (assessment.supporting_sources, assessment.contradicting_sources) == (1, 0)


def test_evidence_stands_strongest_first_ties_by_claim_id() -> None:
    hits = [make_hit(f"Claim {letter} here.", f"c{letter}") for letter in "dbca"]
    answers = {"Claim a here.": (0.7, 0.2, 0.1), "Claim b here.": YES, "Claim c here.": YES, "Claim d here.": YES}

    supporting = check(hits, answers).supporting

    assert [evidence.claim.id for evidence in supporting] == ["cb", "cc", "cd", "ca"]


def test_contradictions_stand_strongest_first() -> None:
    hits = [make_hit("Claim a here.", "ca"), make_hit("Claim b here.", "cb")]
    answers = {"Claim a here.": (0.05, 0.1, 0.85), "Claim b here.": NO}

    contradicting = check(hits, answers).contradicting

    assert [evidence.claim.id for evidence in contradicting] == ["cb", "ca"]
    assert all(evidence.relation.kind is not None for evidence in contradicting)


def test_the_nearest_claims_are_shown_whatever_they_say() -> None:
    hits = [make_hit(f"Claim {n} here.", f"c{n}", similarity=0.9 - n / 10) for n in range(7)]

    assert check(hits, {}).nearest == tuple(hits[:5])


def test_the_model_reads_names_in_one_spelling() -> None:
    model = TableModel({}, {})
    hit = make_hit("Idleb is quiet.", "c1")

    assessment = assess(
        "Idleb burns.",
        "Idlib burns.",
        [hit],
        {"c1": "Idlib is quiet."},
        model,
        THRESHOLDS,
        articles={ARTICLE.id: ARTICLE},
        counter=COUNTER,
    )

    assert model.asked == [("Idlib is quiet.", "Idlib burns."), ("Idlib burns.", "Idlib is quiet.")]
    assert assessment.claim == "Idleb burns."
