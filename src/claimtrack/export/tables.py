"""Everything that a tracker tells, as tables: their columns, and what stands in them."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable
from typing import Any

from claimtrack.errors import InvalidInputError
from claimtrack.export.jsonl import Exported
from claimtrack.records import Article, Claim, Cluster, Correction, LineageEvent, Relation, Version, to_json

__all__ = ["TABLES", "Column", "one_table", "tables", "typed"]


class Column(enum.Enum):
    """What the values of a column are."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TRUTH = "true or false"
    DAY = "ISO date"
    TIME = "ISO time with its zone"
    TEXTS = "texts"
    TEXT_PAIRS = "pairs of texts"
    SPAN = "start and end"
    SPANS = "spans"
    QUANTITIES = "quantities"
    ENTITIES = "entities"
    SIDES = "sides"
    FOLDS = "folds"


TABLES = {
    "articles": {
        "id": Column.TEXT,
        "name": Column.TEXT,
        "title": Column.TEXT,
        "source": Column.TEXT,
        "published": Column.DAY,
        "author": Column.TEXT,
        "url": Column.TEXT,
        "wire": Column.TEXT,
    },
    "claims": {
        "id": Column.TEXT,
        "text": Column.TEXT,
        "speaker": Column.TEXT,
        "outlet": Column.TEXT,
        "published": Column.DAY,
        "cluster_id": Column.TEXT,
        "side": Column.WHOLE,
        "attribution": Column.TEXT,
        "polarity": Column.TEXT,
        "modality": Column.TEXT,
        "standalone": Column.TRUTH,
        "check_worthy": Column.TRUTH,
        "quantities": Column.QUANTITIES,
        "entities": Column.ENTITIES,
        "article_id": Column.TEXT,
        "spans": Column.SPANS,
        "sentence": Column.SPAN,
        "extractor": Column.TEXT,
    },
    "relations": {
        "premise_id": Column.TEXT,
        "hypothesis_id": Column.TEXT,
        "p_entailment": Column.NUMBER,
        "p_neutral": Column.NUMBER,
        "p_contradiction": Column.NUMBER,
        "label": Column.TEXT,
        "kind": Column.TEXT,
        "model": Column.TEXT,
        "reason": Column.TEXT,
    },
    "clusters": {
        "id": Column.TEXT,
        "label": Column.TEXT,
        "sides": Column.SIDES,
        "contradictions": Column.TEXT_PAIRS,
        "sources": Column.TEXTS,
        "independent_sources": Column.WHOLE,
        "folds": Column.FOLDS,
    },
    "corrections": {
        "id": Column.TEXT,
        "action": Column.TEXT,
        "first_id": Column.TEXT,
        "second_id": Column.TEXT,
        "label": Column.TEXT,
        "kind": Column.TEXT,
        "by": Column.TEXT,
        "at": Column.TIME,
        "note": Column.TEXT,
    },
    "versions": {"article_id": Column.TEXT, "by_id": Column.TEXT, "at": Column.TIME},
    "lineage": {
        "what": Column.TEXT,
        "from_ids": Column.TEXTS,
        "into_ids": Column.TEXTS,
        "claim_ids": Column.TEXTS,
        "at": Column.TIME,
    },
}
"""Name of each table -> name of each of its columns -> what stands there."""

_TABLE_OF = {
    Article: "articles",
    Claim: "claims",
    Relation: "relations",
    Cluster: "clusters",
    Correction: "corrections",
    Version: "versions",
    LineageEvent: "lineage",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOWHERE = {"outlet": None, "published": None, "cluster_id": None, "side": None}


def tables(records: Iterable[Exported]) -> dict[str, list[dict[str, Any]]]:
    """Sort records into tables.

    Returns
    -------
    dict of str to list of dict
        For each name in ``TABLES``, empty or not, its rows in the order of the records. A row has the values of
        :func:`claimtrack.to_json` by the names of the columns, with U+FFFD for lone surrogates, which no UTF-8 holds. A
        claim has those of the article and the cluster that it is found by as well: ``outlet``, ``published``,
        ``cluster_id`` and ``side``, which counts from 0; None where they are not among the records.
    """
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    outlets: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[str, Any]] = {}
    for record in records:
        row = to_json(record)
        found[_TABLE_OF[type(record)]].append(row)
        match record:
            case Article():
                outlets[record.id] = {"outlet": record.outlet, "published": record.published}
            case Cluster():
                for number, side in enumerate(record.sides):
                    places |= {i: {"cluster_id": record.id, "side": number} for i in side.claim_ids}
    for row in found["claims"]:
        row |= _NOWHERE | outlets.get(row["article_id"], {}) | places.get(row["id"], {})
    return {
        name: [_encodable({column: row[column] for column in TABLES[name]}) for row in rows]
        for name, rows in found.items()
    }


def _encodable(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case list():
            return [_encodable(part) for part in value]
        case dict():
            return {name: _encodable(part) for name, part in value.items()}
        case _:
            return value


def one_table(records: Iterable[Exported], name: str) -> list[dict[str, Any]]:
    """Give the rows of one table.

    Raises
    ------
    InvalidInputError
        If there is no table of this name.
    """
    if name not in TABLES:
        raise InvalidInputError(f"table must be one of {', '.join(TABLES)}; got {name!r}.")
    return tables(records)[name]


def typed(value: object, column: Column) -> object:
    """Turn the text of a day into a date and that of a time into a datetime; leave all other values alone."""
    match column:
        case Column.DAY if isinstance(value, str):
            return datetime.date.fromisoformat(value)
        case Column.TIME if isinstance(value, str):
            return datetime.datetime.fromisoformat(value)
        case _:
            return value
