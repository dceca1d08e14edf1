"""Frozen records of plain values; what one room hands to the next."""

from claimtrack.records.article import Article, article_id
from claimtrack.records.assessment import Assessment, Evidence, Hit, Status
from claimtrack.records.claim import (
    Attribution,
    Claim,
    Entity,
    EntityType,
    Modality,
    Polarity,
    Provenance,
    Quantity,
    claim_id,
)
from claimtrack.records.cluster import Cluster, Side, cluster_id
from claimtrack.records.codec import to_json
from claimtrack.records.relation import Kind, Label, Relation
from claimtrack.records.span import Sentence, Span

__all__ = [
    "Article",
    "Assessment",
    "Attribution",
    "Claim",
    "Cluster",
    "Entity",
    "EntityType",
    "Evidence",
    "Hit",
    "Kind",
    "Label",
    "Modality",
    "Polarity",
    "Provenance",
    "Quantity",
    "Relation",
    "Sentence",
    "Side",
    "Span",
    "Status",
    "article_id",
    "claim_id",
    "cluster_id",
    "to_json",
]
