"""What a store holds, for other programs."""

from claimtrack.export.archive import to_zip
from claimtrack.export.claim_review import to_claim_review
from claimtrack.export.csv import to_csv
from claimtrack.export.frames import to_pandas
from claimtrack.export.graph import to_graphml, to_networkx
from claimtrack.export.jsonl import Exported, correction_from_row, to_jsonl
from claimtrack.export.parquet import to_parquet
from claimtrack.export.tables import TABLES

__all__ = [
    "TABLES",
    "Exported",
    "correction_from_row",
    "to_claim_review",
    "to_csv",
    "to_graphml",
    "to_jsonl",
    "to_networkx",
    "to_pandas",
    "to_parquet",
    "to_zip",
]
