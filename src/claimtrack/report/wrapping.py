"""Lines broken at the columns of a terminal, where a character may take two columns or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack.errors import InvalidInputError
from claimtrack.visible import visible

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["MIN_WIDTH", "broken", "check_width", "wrap"]

MIN_WIDTH = 24
"""Columns that every text can be laid out in."""


def check_width(width: int) -> None:
    """Refuse a width that nothing fits."""
    if width < MIN_WIDTH:
        raise InvalidInputError(f"width must be at least {MIN_WIDTH} columns; got {width}.")


def _line_starts(text: str, columns: int) -> Iterator[int]:
    """Give where each line but the first begins.

    A line is measured as a whole: a joiner makes it narrower than its words together. rich's own wrapping adds up words,
    and cuts off what it then finds too wide. Two joiners before a word longer than a line, which no script has, may still
    make it two columns wider: rich measures them in two ways.
    """
    from rich.cells import cell_len, chop_cells

    start = 0
    for word in re.finditer(r"\S+", text):
        if cell_len(text[start : word.end()]) <= columns:
            continue
        if text[start : word.start()].strip():
            start = word.start()
            yield start
        for piece in chop_cells(text[start : word.end()], columns)[:-1]:
            start += len(piece)
            yield start


def broken(text: Text, columns: int) -> list[Text]:
    """Break text at spaces, and a word that is too long within itself; without spaces at the ends of lines."""
    lines = list(text.divide(_line_starts(text.plain, columns)))
    for line in lines:
        line.rstrip()
    return lines


def wrap(text: str, width: int, lead: str = "", *, hanging: int | None = None) -> list[str]:
    """Break a text into lines of at most `width` columns.

    Parameters
    ----------
    text : str
        Its control characters are made visible.
    width : int, at least 24
        Columns; no line is wider.
    lead : str
        Stands before the first line, made visible too; one that takes more than half of the width has lines of its own.
    hanging : int or None
        Columns that the other lines are indented by; None for as many as the lead has.

    Returns
    -------
    list of str, at least one

    Raises
    ------
    InvalidInputError
        If `width` is below 24.
    """
    from rich.cells import cell_len
    from rich.text import Text

    check_width(width)
    lead = visible(lead)
    indent = cell_len(lead) if hanging is None else hanging
    if max(indent, cell_len(lead)) > width // 2:
        return [*wrap(lead.strip(), width), *wrap(text, width, "    ")]
    rows = [line.plain for line in broken(Text(visible(text)), width - max(indent, cell_len(lead)))]
    return [((lead if n == 0 else " " * indent) + row).rstrip(" ") for n, row in enumerate(rows)]
