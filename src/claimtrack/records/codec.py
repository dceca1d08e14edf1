"""Records as plain JSON values, in the field names that outside code relies on."""

from __future__ import annotations

from typing import Any, TypeAlias

from claimtrack.records.article import Article
from claimtrack.records.assessment import Assessment, Evidence, Hit
from claimtrack.records.claim import Claim, Entity, Quantity
from claimtrack.records.cluster import Cluster
from claimtrack.records.relation import Relation

__all__ = ["Record", "to_json"]

Record: TypeAlias = Article | Claim | Relation | Cluster | Assessment | Hit | Evidence


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "of": quantity.of,
        "span": [quantity.span.start, quantity.span.end],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {"text": entity.text, "type": entity.type.value, "span": [entity.span.start, entity.span.end]}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "article_id": claim.provenance.article_id,
        "spans": [[span.start, span.end] for span in claim.provenance.spans],
        "sentence": [claim.provenance.sentence.start, claim.provenance.sentence.end],
        "speaker": claim.speaker,
        "attribution": claim.attribution.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "standalone": claim.standalone,
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "entities": [_entity(entity) for entity in claim.entities],
        "check_worthy": claim.check_worthy,
        "extractor": claim.provenance.extractor,
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "premise_id": relation.premise_id,
        "hypothesis_id": relation.hypothesis_id,
        "p_entailment": round(relation.p_entailment, 4),
        "p_neutral": round(relation.p_neutral, 4),
        "p_contradiction": round(relation.p_contradiction, 4),
        "label": relation.label.value,
        "kind": relation.kind.value if relation.kind else None,
        "model": relation.model,
        "reason": relation.reason,
    }


def to_json(record: Record) -> dict[str, Any]:
    """Turn a record into a dict of plain JSON values.

    Probabilities and similarities are rounded to four decimals. An article's text is left out: it is the caller's, and
    an export that repeats it would carry other people's words along.

    Parameters
    ----------
    record : Article, Claim, Relation, Cluster, Assessment, Evidence or Hit

    Returns
    -------
    dict
        Keys as in the documentation's table of records.
    """
    match record:
        case Article():
            names = ("id", "name", "title", "source", "published", "author", "url")
            return {name: getattr(record, name) for name in names}
        case Claim():
            return _claim(record)
        case Relation():
            return _relation(record)
        case Cluster():
            return {
                "id": record.id,
                "label": record.label,
                "sides": [{"claim_ids": list(side.claim_ids)} for side in record.sides],
                "contradictions": [list(pair) for pair in record.contradictions],
                "sources": list(record.sources),
                "independent_sources": record.independent_sources,
            }
        case Hit():
            return {"claim": _claim(record.claim), "similarity": round(record.similarity, 4)}
        case Evidence():
            return {
                "claim": _claim(record.claim),
                "span": [record.span.start, record.span.end],
                "relation": _relation(record.relation),
            }
        case Assessment():
            return {
                "claim": record.claim,
                "status": record.status.value,
                "supporting": [to_json(evidence) for evidence in record.supporting],
                "contradicting": [to_json(evidence) for evidence in record.contradicting],
                "nearest": [to_json(hit) for hit in record.nearest],
            }
