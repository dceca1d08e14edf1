"""Claims as rows of plain JSON values, and back: everything that a claim holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.records import (
    Attribution,
    Claim,
    Entity,
    EntityType,
    Modality,
    Polarity,
    Provenance,
    Quantity,
    Span,
    to_json,
)

__all__ = ["claim_from_row", "claim_to_row"]


def claim_to_row(claim: Claim) -> dict[str, Any]:
    """Turn a claim into plain JSON values, its context among them."""
    return to_json(claim) | {"context": claim.context}


def claim_from_row(row: Mapping[str, Any]) -> Claim:
    """Make a claim of what :func:`claim_to_row` gave; a row that lacks a field is a KeyError."""
    return Claim(
        id=row["id"],
        text=row["text"],
        context=row["context"],
        provenance=Provenance(
            article_id=row["article_id"],
            spans=tuple(Span(*span) for span in row["spans"]),
            extractor=row["extractor"],
            sentence=Span(*row["sentence"]),
        ),
        speaker=row["speaker"],
        attribution=Attribution(row["attribution"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        standalone=row["standalone"],
        quantities=tuple(
            Quantity(
                value=_float(q["value"]),
                low=_float(q["low"]),
                high=_float(q["high"]),
                unit=q["unit"],
                of=q["of"],
                span=Span(*q["span"]),
            )
            for q in row["quantities"]
        ),
        entities=tuple(
            Entity(text=e["text"], type=EntityType(e["type"]), span=Span(*e["span"])) for e in row["entities"]
        ),
        check_worthy=row["check_worthy"],
    )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
