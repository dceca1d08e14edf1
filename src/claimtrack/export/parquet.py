"""One table of an export as Parquet, with a type for each column."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.export.extras import needs
from claimtrack.export.jsonl import Exported
from claimtrack.export.tables import TABLES, Column, one_table, typed

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["to_parquet"]


def to_parquet(records: Iterable[Exported], table: str = "claims") -> bytes:
    """Write one of the tables of :data:`TABLES`.

    Parameters
    ----------
    records : iterable of Exported
        All that there is, as :attr:`claimtrack.Tracker.records` gives it: a claim's outlet and cluster are found in it.
    table : str, default "claims"
        A key of :data:`TABLES`.

    Returns
    -------
    bytes
        A file. Days are ``date32``, times ``timestamp`` in UTC, whole numbers ``int64``, lists are lists, and what has
        fields of its own is a ``struct``. The same bytes for the same records and the same pyarrow.

    Raises
    ------
    InvalidInputError
        If there is no such table.
    MissingExtraError
        If pyarrow is not installed.

    Notes
    -----
    Dropped: the time zone that a time was written in, the texts of articles, the context of claims, and probabilities beyond
    four decimals. A lone surrogate becomes U+FFFD.
    """
    with needs("parquet"):
        import pyarrow as pa
        import pyarrow.parquet
    rows = one_table(records, table)
    types = _types()
    schema = pa.schema([(name, types[column]) for name, column in TABLES[table].items()])
    columns = [[typed(row[name], column) for row in rows] for name, column in TABLES[table].items()]
    out = io.BytesIO()
    pa.parquet.write_table(pa.table(columns, schema=schema), out)
    return out.getvalue()


def _types() -> dict[Column, pa.DataType]:
    import pyarrow as pa

    text, whole, number = pa.string(), pa.int64(), pa.float64()
    span = pa.list_(whole)
    return {
        Column.TEXT: text,
        Column.WHOLE: whole,
        Column.NUMBER: number,
        Column.TRUTH: pa.bool_(),
        Column.DAY: pa.date32(),
        Column.TIME: pa.timestamp("us", tz="UTC"),
        Column.TEXTS: pa.list_(text),
        Column.TEXT_PAIRS: pa.list_(pa.list_(text)),
        Column.SPAN: span,
        Column.SPANS: pa.list_(span),
        Column.QUANTITIES: pa.list_(
            pa.struct(
                [("value", number), ("low", number), ("high", number), ("unit", text), ("of", text), ("span", span)]
            )
        ),
        Column.ENTITIES: pa.list_(pa.struct([("text", text), ("type", text), ("span", span)])),
        Column.SIDES: pa.list_(pa.struct([("claim_ids", pa.list_(text)), ("independent_sources", whole)])),
        Column.FOLDS: pa.list_(pa.struct([("source", text), ("into", text), ("reason", text)])),
    }
