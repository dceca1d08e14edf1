"""claimtrack: what is claimed, by whom, and who says the opposite.

``import claimtrack as ct``; then ``ct.Tracker().add(ct.read("seeds/"))``. Heavy libraries are loaded when a part is
built, not by this import.
"""

from claimtrack.errors import ClaimtrackError, InvalidInputError, ModelError, ReadError, StoreError
from claimtrack.reading import Articles, ReadFailure, read
from claimtrack.records import (
    Action,
    Article,
    Assessment,
    Attribution,
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
    Modality,
    Polarity,
    Provenance,
    Quantity,
    Relation,
    Ruling,
    Sentence,
    Side,
    SourceFold,
    Span,
    Status,
    Version,
    to_json,
)
from claimtrack.tracker import StaleJudgementsWarning, Tracker, TrackerOptions

__version__ = "0.1.0"

__all__ = [
    "Action",
    "Article",
    "Articles",
    "Assessment",
    "Attribution",
    "Claim",
    "ClaimtrackError",
    "Cluster",
    "Correction",
    "Entity",
    "EntityType",
    "Evidence",
    "Hit",
    "InvalidInputError",
    "Kind",
    "Label",
    "Lineage",
    "LineageEvent",
    "Modality",
    "ModelError",
    "Polarity",
    "Provenance",
    "Quantity",
    "ReadError",
    "ReadFailure",
    "Relation",
    "Ruling",
    "Sentence",
    "Side",
    "SourceFold",
    "Span",
    "StaleJudgementsWarning",
    "Status",
    "StoreError",
    "Tracker",
    "TrackerOptions",
    "Version",
    "__version__",
    "read",
    "to_json",
]
