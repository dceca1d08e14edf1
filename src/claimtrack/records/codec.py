"""Records as plain JSON values, in the field names that outside code relies on."""

from __future__ import annotations

from typing import Any, TypeAlias

from claimtrack.records.article import Article
from claimtrack.records.assessment import Assessment, Evidence, Hit
from claimtrack.records.claim import Claim, Entity, Quantity
from claimtrack.records.cluster import Cluster
from claimtrack.records.correction import Correction, LineageEvent, Version
from claimtrack.records.relation import Relation
from claimtrack.records.timeline import (
    Appearance,
    Changes,
    FigurePoint,
    FigureSeries,
    GainedSources,
    NewClaims,
    NewContradiction,
    SideHistory,
    SideSwitch,
    Timeline,
    Withdrawal,
)

__all__ = ["Record", "to_json"]

History: TypeAlias = Timeline | SideHistory | Appearance | SideSwitch | FigureSeries | FigurePoint | Withdrawal
Kept: TypeAlias = Correction | LineageEvent | Version
Novelty: TypeAlias = Changes | NewClaims | NewContradiction | GainedSources
Record: TypeAlias = Article | Claim | Relation | Cluster | Assessment | Hit | Evidence | History | Kept | Novelty


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


def _history(record: History) -> dict[str, Any]:
    """Turn a timeline or a part of it into JSON; a claim's text stands with its appearance, elsewhere its id."""
    match record:
        case Timeline():
            return {
                "cluster_id": record.cluster_id,
                "label": record.label,
                "sides": [_history(side) for side in record.sides],
                "switches": [_history(switch) for switch in record.switches],
                "series": [_history(series) for series in record.series],
                "withdrawn": [_history(withdrawal) for withdrawal in record.withdrawn],
            }
        case SideHistory():
            return {
                "first": _history(record.first) if record.first else None,
                "later": [_history(appearance) for appearance in record.later],
                "undated": [_history(appearance) for appearance in record.undated],
            }
        case Appearance():
            return {
                "date": record.date,
                "outlet": record.outlet,
                "speaker": record.speaker,
                "claim_id": record.claim.id,
                "article_id": record.claim.article_id,
                "text": record.claim.text,
            }
        case SideSwitch():
            return {
                "who": record.who,
                "is_outlet": record.is_outlet,
                "from_claim_id": record.from_claim.id,
                "to_claim_id": record.to_claim.id,
                "from_date": record.from_date,
                "to_date": record.to_date,
                "one_day": record.one_day,
                "direct": record.direct,
            }
        case FigureSeries():
            return {"of": record.of, "unit": record.unit, "points": [_history(point) for point in record.points]}
        case FigurePoint():
            return {
                "date": record.date,
                "value": record.value,
                "low": record.low,
                "high": record.high,
                "claim_id": record.claim.id,
                "outlet": record.outlet,
            }
        case Withdrawal():
            return {"claim_id": record.claim.id, "outlet": record.outlet, "date": record.date}


def _novelty(record: Novelty) -> dict[str, Any]:
    """Turn changes or a part of them into JSON."""
    match record:
        case Changes():
            return {
                "since": record.since.isoformat(),
                "articles": list(record.articles),
                "clusters": list(record.clusters),
                "claims": [_novelty(claims) for claims in record.claims],
                "contradictions": [_novelty(contradiction) for contradiction in record.contradictions],
                "gained": [_novelty(gained) for gained in record.gained],
            }
        case NewClaims():
            return {"cluster_id": record.cluster_id, "claim_ids": list(record.claim_ids)}
        case NewContradiction():
            return {"cluster_id": record.cluster_id, "claim_ids": [record.one_id, record.other_id]}
        case GainedSources():
            return {"cluster_id": record.cluster_id, "side": record.side, "outlets": list(record.outlets)}


def to_json(record: Record) -> dict[str, Any]:
    """Turn a record into a dict of plain JSON values.

    Probabilities and similarities are rounded to four decimals. An article's text is left out: it is the caller's, and
    an export that repeats it would carry other people's words along.

    Parameters
    ----------
    record : Article, Claim, Relation, Cluster, Assessment, Evidence or Hit; Timeline, Changes, or a part of
        these; Correction, LineageEvent or Version

    Returns
    -------
    dict
        Keys as in the documentation's table of records.
    """
    match record:
        case Article():
            names = ("id", "name", "title", "source", "published", "author", "url", "wire")
            return {name: getattr(record, name) for name in names}
        case Claim():
            return _claim(record)
        case Relation():
            return _relation(record)
        case Cluster():
            return {
                "id": record.id,
                "label": record.label,
                "sides": [
                    {"claim_ids": list(side.claim_ids), "independent_sources": side.independent_sources}
                    for side in record.sides
                ],
                "contradictions": [list(pair) for pair in record.contradictions],
                "sources": list(record.sources),
                "independent_sources": record.independent_sources,
                "folds": [{"source": fold.source, "into": fold.into, "reason": fold.reason} for fold in record.folds],
            }
        case Hit():
            return {"claim": _claim(record.claim), "similarity": round(record.similarity, 4)}
        case Evidence():
            return {
                "claim": _claim(record.claim),
                "span": [record.span.start, record.span.end],
                "relation": _relation(record.relation),
                "outlet": record.outlet,
                "published": record.published,
            }
        case Assessment():
            return {
                "claim": record.claim,
                "status": record.status.value,
                "supporting": [to_json(evidence) for evidence in record.supporting],
                "contradicting": [to_json(evidence) for evidence in record.contradicting],
                "nearest": [to_json(hit) for hit in record.nearest],
                "supporting_sources": record.supporting_sources,
                "contradicting_sources": record.contradicting_sources,
            }
        case Correction():
            return {
                "id": record.id,
                "action": record.action.value,
                "first_id": record.first_id,
                "second_id": record.second_id,
                "label": record.label.value if record.label else None,
                "kind": record.kind.value if record.kind else None,
                "by": record.by,
                "at": record.at.isoformat(),
                "note": record.note,
            }
        case LineageEvent():
            return {
                "what": record.what.value,
                "from_ids": list(record.from_ids),
                "into_ids": list(record.into_ids),
                "claim_ids": list(record.claim_ids),
                "at": record.at.isoformat(),
            }
        case Version():
            return {"article_id": record.article_id, "by_id": record.by_id, "at": record.at.isoformat()}
        case Changes() | NewClaims() | NewContradiction() | GainedSources():
            return _novelty(record)
        case Timeline() | SideHistory() | Appearance() | SideSwitch() | FigureSeries() | FigurePoint() | Withdrawal():
            return _history(record)
