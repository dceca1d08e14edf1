"""Records as plain JSON values: what outside code reads."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings

from claimtrack.records import (
    Action,
    Article,
    Assessment,
    Claim,
    Cluster,
    Correction,
    Entity,
    EntityType,
    Evidence,
    Hit,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Provenance,
    Quantity,
    Relation,
    Span,
    Status,
    Version,
    to_json,
)
from strategies import article_sets

Drawn = tuple[tuple[Article, ...], tuple[Claim, ...], tuple[Relation, ...], tuple[Cluster, ...]]

CLAIM = Claim(
    text="Three hundred people left Porto.",
    provenance=Provenance(article_id="a1", spans=(Span(2, 5), Span(9, 20)), extractor="rules", sentence=Span(0, 30)),
    speaker="Anna Berg",
    quantities=(Quantity(value=300.0, low=300.0, high=None, of="person", span=Span(2, 5)),),
    entities=(Entity(text="Porto", type=EntityType.PLACE, span=Span(15, 20)),),
    check_worthy=False,
    id="c1",
)
RELATION = Relation(
    premise_id="c1",
    hypothesis_id="c2",
    p_entailment=0.123456,
    p_neutral=0.0,
    p_contradiction=0.876544,
    label=Label.CONTRADICTION,
    kind=Kind.FIGURE,
    model="m",
)


@given(article_sets())
@settings(max_examples=25)
def test_every_record_survives_json(drawn: Drawn) -> None:
    """Ids, numbers and text of any kind, lone surrogates included, come back as they went."""
    for records in drawn:
        for record in records:
            values = to_json(record)

            assert json.loads(json.dumps(values, allow_nan=False)) == values


@given(article_sets())
@settings(max_examples=25)
def test_the_fields_are_those_of_the_contract(drawn: Drawn) -> None:
    articles, claims, relations, clusters = drawn
    for article in articles:
        assert {"id", "name", "title", "source", "author", "url", "published", "wire"} <= set(to_json(article))
    for claim in claims:
        values = to_json(claim)

        assert values["article_id"] == claim.provenance.article_id
        assert [tuple(span) for span in values["spans"]] == [(s.start, s.end) for s in claim.provenance.spans]
        assert values["attribution"] in {"quoted", "reported", "own"}
        assert values["polarity"] in {"positive", "negative"}
    for relation in relations:
        values = to_json(relation)

        assert values["label"] in {"entailment", "neutral", "contradiction"}
        assert values["p_entailment"] == round(relation.p_entailment, 4)
    for cluster in clusters:
        values = to_json(cluster)
        on_a_side = {id_ for side in values["sides"] for id_ in side["claim_ids"]}

        assert [side["independent_sources"] for side in values["sides"]] == [
            side.independent_sources for side in cluster.sides
        ]
        assert [tuple(fold.values()) for fold in values["folds"]] == [
            (fold.source, fold.into, fold.reason) for fold in cluster.folds
        ]
        assert on_a_side == {claim.id for claim in cluster.claims}
        assert {id_ for pair in values["contradictions"] for id_ in pair} <= on_a_side


def test_an_article_goes_out_without_its_text() -> None:
    """The text is somebody's property; an export must not carry it along."""
    article = Article(name="a.txt", text="secret words", title="Title", published="2020-02-29")

    values = to_json(article)

    assert values == {
        "id": article.id,
        "name": "a.txt",
        "title": "Title",
        "source": None,
        "published": "2020-02-29",
        "author": None,
        "url": None,
        "wire": None,
    }


def test_a_claim_as_json() -> None:
    assert to_json(CLAIM) == {
        "id": "c1",
        "text": "Three hundred people left Porto.",
        "article_id": "a1",
        "spans": [[2, 5], [9, 20]],
        "sentence": [0, 30],
        "speaker": "Anna Berg",
        "attribution": "own",
        "polarity": "positive",
        "modality": "asserted",
        "standalone": True,
        "quantities": [{"value": 300.0, "low": 300.0, "high": None, "unit": None, "of": "person", "span": [2, 5]}],
        "entities": [{"text": "Porto", "type": "place", "span": [15, 20]}],
        "check_worthy": False,
        "extractor": "rules",
    }


def test_a_relation_as_json_has_four_decimals() -> None:
    assert to_json(RELATION) == {
        "premise_id": "c1",
        "hypothesis_id": "c2",
        "p_entailment": 0.1235,
        "p_neutral": 0.0,
        "p_contradiction": 0.8765,
        "label": "contradiction",
        "kind": "figure",
        "model": "m",
        "reason": None,
    }


@pytest.mark.parametrize(("status", "word"), [(Status.NOT_FOUND, "not found"), (Status.DISPUTED, "disputed")])
def test_an_assessment_as_json_holds_its_evidence_and_hits(status: Status, word: str) -> None:
    evidence = Evidence(claim=CLAIM, span=Span(0, 30), relation=RELATION, outlet="North", published="2031-03-04")
    hit = Hit(claim=CLAIM, similarity=0.123456)
    assessment = Assessment(
        claim="Nobody left.",
        status=status,
        supporting=(),
        contradicting=(evidence,),
        nearest=(hit,),
        supporting_sources=0,
        contradicting_sources=3,
    )

    values: dict[str, Any] = to_json(assessment)

    assert values["claim"] == "Nobody left."
    assert values["status"] == word
    assert values["supporting"] == []
    assert values["contradicting"] == [to_json(evidence)]
    assert values["contradicting"][0]["span"] == [0, 30]
    assert values["contradicting"][0]["claim"]["speaker"] == "Anna Berg"
    assert (values["contradicting"][0]["outlet"], values["contradicting"][0]["published"]) == ("North", "2031-03-04")
    assert (values["supporting_sources"], values["contradicting_sources"]) == (0, 3)
    assert values["nearest"] == [{"claim": to_json(CLAIM), "similarity": 0.1235}]


NOON = datetime.datetime(2031, 3, 4, 12, tzinfo=datetime.UTC)


def test_a_correction_as_json() -> None:
    made = Correction(
        action=Action.RETYPE,
        first_id="c1",
        second_id="c2",
        label=Label.CONTRADICTION,
        kind=Kind.FIGURE,
        by="Ann",
        at=NOON,
        note="other bridge",
    )

    assert to_json(made) == {
        "id": made.id,
        "action": "retype",
        "first_id": "c1",
        "second_id": "c2",
        "label": "contradiction",
        "kind": "figure",
        "by": "Ann",
        "at": "2031-03-04T12:00:00+00:00",
        "note": "other bridge",
    }
    plain = to_json(Correction(action=Action.COPIES, first_id="a1", second_id="a2", by="Ann", at=NOON))
    assert (plain["action"], plain["label"], plain["kind"], plain["note"]) == ("copies", None, None, None)


def test_what_became_of_a_cluster_as_json() -> None:
    event = LineageEvent(what=Lineage.MERGED, from_ids=("A", "B"), into_ids=("A",), claim_ids=("c1", "c2"), at=NOON)

    assert to_json(event) == {
        "what": "merged",
        "from_ids": ["A", "B"],
        "into_ids": ["A"],
        "claim_ids": ["c1", "c2"],
        "at": "2031-03-04T12:00:00+00:00",
    }


def test_a_version_as_json() -> None:
    assert to_json(Version(article_id="a1", by_id="a2", at=NOON)) == {
        "article_id": "a1",
        "by_id": "a2",
        "at": "2031-03-04T12:00:00+00:00",
    }
