"""Everything that a tracker tells, one JSON object a line; and corrections read back from such lines."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Action,
    Article,
    Claim,
    Cluster,
    Correction,
    Kind,
    Label,
    LineageEvent,
    Relation,
    Version,
    to_json,
)

__all__ = ["Exported", "correction_from_row", "to_jsonl"]

Exported: TypeAlias = Article | Claim | Relation | Cluster | Correction | Version | LineageEvent
"""What can be a line of an export."""

_TYPES = {
    Article: "article",
    Claim: "claim",
    Relation: "relation",
    Cluster: "cluster",
    Correction: "correction",
    Version: "version",
    LineageEvent: "lineage",
}


def to_jsonl(records: Iterable[Exported]) -> Iterator[str]:
    """Write records as lines of JSON, each with its ``type`` first and a line end.

    Notes
    -----
    ASCII only. Of an article everything but its text is there, see :func:`claimtrack.to_json`; embeddings and what a claim's
    embedding was made of are left out.
    """
    for record in records:
        yield json.dumps({"type": _TYPES[type(record)], **to_json(record)}, ensure_ascii=True) + "\n"


def correction_from_row(row: Mapping[str, Any]) -> Correction:
    """Make a correction of a line that :func:`to_jsonl` wrote.

    Raises
    ------
    InvalidInputError
        If a field is missing or wrong.
    """
    try:
        return Correction(
            action=Action(row["action"]),
            first_id=row["first_id"],
            second_id=row["second_id"],
            label=Label(row["label"]) if row["label"] is not None else None,
            kind=Kind(row["kind"]) if row["kind"] is not None else None,
            by=row["by"],
            at=datetime.datetime.fromisoformat(row["at"]),
            note=row["note"],
        )
    except KeyError as error:
        raise InvalidInputError(f"a correction must have the field {error}.") from None
    except (TypeError, ValueError) as error:
        rule = error.args[0]  # attrs tells more than the message
        raise InvalidInputError(f"a correction must be one that was exported; {rule}") from None
