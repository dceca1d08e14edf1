"""What a store holds, for other programs."""

from claimtrack.export.jsonl import Exported, correction_from_row, to_jsonl

__all__ = ["Exported", "correction_from_row", "to_jsonl"]
