"""claimtrack: what is claimed, by whom, and who says the opposite.

``import claimtrack as ct``; then ``ct.Tracker().add(ct.read("seeds/"))``. Heavy libraries are loaded when a part is
built, not by this import.
"""

from claimtrack.errors import ClaimtrackError, InvalidInputError, ModelError, ReadError, StoreError
from claimtrack.reading import Articles, ReadFailure, read
from claimtrack.records import (
    Article,
    Assessment,
    Attribution,
    Claim,
    Cluster,
    Entity,
    EntityType,
    Evidence,
    Hit,
    Kind,
    Label,
    Modality,
    Polarity,
    Provenance,
    Quantity,
    Relation,
    Sentence,
    Side,
    Span,
    Status,
    to_json,
)
from claimtrack.tracker import Tracker, TrackerOptions

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Articles",
    "Assessment",
    "Attribution",
    "Claim",
    "ClaimtrackError",
    "Cluster",
    "Entity",
    "EntityType",
    "Evidence",
    "Hit",
    "InvalidInputError",
    "Kind",
    "Label",
    "Modality",
    "ModelError",
    "Polarity",
    "Provenance",
    "Quantity",
    "ReadError",
    "ReadFailure",
    "Relation",
    "Sentence",
    "Side",
    "Span",
    "Status",
    "StoreError",
    "Tracker",
    "TrackerOptions",
    "__version__",
    "read",
    "to_json",
]
