"""An article cut into pieces, so that its claims can be underlined where they stand."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import attrs

from claimtrack.records import Claim

__all__ = ["Paragraph", "Piece", "Stand", "paragraphs"]


class Stand(enum.IntEnum):
    """What is known of a claim beside its own article; of two claims with one word the greater is shown."""

    ALONE = 1
    AGREED = 2
    DISPUTED = 3


@attrs.frozen(kw_only=True)
class Piece:
    """Characters of an article that belong to the same claims.

    Parameters
    ----------
    text : str
        As the article has it.
    stand : Stand or None
        None where the characters belong to no claim.
    ends : tuple of Claim
        Claims whose last character is the last of this piece.
    """

    text: str
    stand: Stand | None
    ends: tuple[Claim, ...]


Paragraph: TypeAlias = tuple[Piece, ...]

_LINE = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")


def paragraphs(text: str, claims: Iterable[Claim], stand_of: Mapping[str, Stand]) -> tuple[Paragraph, ...]:
    """Cut a text into its lines, and each line where a claim's words begin or end.

    Parameters
    ----------
    text : str
    claims : iterable of Claim
        Of this text.
    stand_of : mapping of str to Stand
        Claim id -> what is known of it; a claim that is not there stands alone.

    Returns
    -------
    tuple of tuple of Piece
        Lines with nothing but white space are left out. A claim ends in exactly one piece: the one with its last
        character that is shown.
    """
    ranges = [
        (span.start, span.end, stand_of.get(claim.id, Stand.ALONE))
        for claim in claims
        for span in claim.provenance.spans
    ]
    edges = sorted({edge for start, end, _ in ranges for edge in (start, end)})
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    ending: dict[int, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.provenance.spans[0].start, claim.id)):
        ending.setdefault(_last_shown(claim.provenance.spans[-1].end, lines), []).append(claim)
    return tuple(_pieces(text, line, edges, ranges, ending) for line in lines)


def _last_shown(end: int, lines: Sequence[tuple[int, int]]) -> int:
    """Give `end`, or the end of the last line before it where it falls between two lines."""
    before = [stop for start, stop in lines if start < end]
    return min(end, before[-1]) if before else lines[0][1] if lines else end


def _pieces(
    text: str,
    line: tuple[int, int],
    edges: Sequence[int],
    ranges: Sequence[tuple[int, int, Stand]],
    ending: Mapping[int, Sequence[Claim]],
) -> Paragraph:
    start, stop = line
    here = [(first, last, stand) for first, last, stand in ranges if first < stop and last > start]
    cuts = [
        start,
        *sorted({*(edge for edge in edges if start < edge < stop), *(e for e in ending if start < e < stop)}),
        stop,
    ]
    return tuple(
        Piece(
            text=text[one:two],
            stand=max((stand for first, last, stand in here if first <= one and two <= last), default=None),
            ends=tuple(ending.get(two, ())),
        )
        for one, two in itertools.pairwise(cuts)
    )
