"""One table of an export as comma-separated values, in which a spreadsheet finds no formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from claimtrack.export.jsonl import Exported
from claimtrack.export.tables import TABLES, one_table

__all__ = ["to_csv"]

_BYTE_ORDER_MARK = "\ufeff"
_RISKY = re.compile(
    r"['\t\r\n]|\s*[=+\-@＝＋－＠]"
)  # OWASP, CSV Injection; and the guard itself, so that it can be undone


def to_csv(records: Iterable[Exported], table: str = "claims") -> str:
    """Write one of the tables of :data:`TABLES`.

    Parameters
    ----------
    records : iterable of Exported
        All that there is, as :attr:`claimtrack.Tracker.records` gives it: a claim's outlet and cluster are found in it.
    table : str, default "claims"
        A key of :data:`TABLES`.

    Returns
    -------
    str
        A byte order mark, by which Excel knows UTF-8; a line of column names; a line for each row. Lines end in CR LF, and
        what needs quotation marks has them (RFC 4180). Lists and what has fields of its own are a cell of JSON.

    Raises
    ------
    InvalidInputError
        If there is no such table.

    Notes
    -----
    A text that a spreadsheet might take for a formula has a ``'`` before it: one whose first character other than white
    space is ``=``, ``+``, ``-``, ``@`` or the full-width form of one, and one that begins with a tab, a line end or a
    ``'``. So a cell that begins with ``'`` is read by taking that one character away.

    Dropped: the difference between an empty text and none, the texts of articles, the context of claims, and probabilities
    beyond four decimals. A lone surrogate becomes U+FFFD.

    Examples
    --------
    >>> from claimtrack.records import Article
    >>> print(to_csv([Article(name="a", text="Rain fell.", title="=1+1", id="0a")], "articles").splitlines()[1])
    0a,a,'=1+1,,,,,
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TABLES.get(table, ()))
    writer.writerows([_cell(value) for value in row.values()] for row in one_table(records, table))
    return _BYTE_ORDER_MARK + out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if _RISKY.match(value) else value
        case _:
            return json.dumps(value, ensure_ascii=False)
