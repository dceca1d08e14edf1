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
from claimtrack.records.cluster import Cluster, Side, SourceFold, cluster_id
from claimtrack.records.codec import to_json
from claimtrack.records.correction import Action, Correction, Lineage, LineageEvent, Version
from claimtrack.records.relation import Judgement, Kind, Label, Relation, Ruling
from claimtrack.records.span import Sentence, Span
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

__all__ = [
    "Action",
    "Appearance",
    "Article",
    "Assessment",
    "Attribution",
    "Changes",
    "Claim",
    "Cluster",
    "Correction",
    "Entity",
    "EntityType",
    "Evidence",
    "FigurePoint",
    "FigureSeries",
    "GainedSources",
    "Hit",
    "Judgement",
    "Kind",
    "Label",
    "Lineage",
    "LineageEvent",
    "Modality",
    "NewClaims",
    "NewContradiction",
    "Polarity",
    "Provenance",
    "Quantity",
    "Relation",
    "Ruling",
    "Sentence",
    "Side",
    "SideHistory",
    "SideSwitch",
    "SourceFold",
    "Span",
    "Status",
    "Timeline",
    "Version",
    "Withdrawal",
    "article_id",
    "claim_id",
    "cluster_id",
    "to_json",
]
