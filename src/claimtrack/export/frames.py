"""The tables of an export as pandas data frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.export.extras import needs
from claimtrack.export.jsonl import Exported
from claimtrack.export.tables import TABLES, Column, tables, typed

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["to_pandas"]

_DTYPES = {
    Column.TEXT: "string",
    Column.WHOLE: "Int64",
    Column.NUMBER: "float64",
    Column.TRUTH: "bool",
    Column.DAY: "datetime64[s]",
    Column.TIME: "datetime64[us, UTC]",
}


def to_pandas(records: Iterable[Exported]) -> dict[str, pd.DataFrame]:
    """Make a data frame of each of the tables of :data:`TABLES`.

    Parameters
    ----------
    records : iterable of Exported
        All that there is, as :attr:`claimtrack.Tracker.records` gives it.

    Returns
    -------
    dict of str to pandas.DataFrame
        All tables by their names, also the empty ones. Texts are of the dtype ``string``, whole numbers ``Int64``, days and
        times ``datetime64``; lists and what has fields of its own are Python lists and dicts. What is not there is NA.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.

    Notes
    -----
    Dropped: the time zone that a time was written in, the texts of articles, the context of claims, and probabilities beyond
    four decimals. A lone surrogate becomes U+FFFD.
    """
    with needs("pandas"):
        import pandas as pd
    return {
        name: pd.DataFrame(
            {
                column: pd.Series([typed(row[column], kind) for row in rows], dtype=_DTYPES.get(kind, "object"))
                for column, kind in TABLES[name].items()
            }
        )
        for name, rows in tables(records).items()
    }
