"""Places of the marks in the report's drawings, by plain arithmetic: the same input draws the same picture."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from claimtrack.records import Appearance, FigureSeries, Timeline

__all__ = ["DateAxis", "FigureMark", "Figures", "LaneMark", "Node", "Ring", "figures", "lanes", "ring"]

_FIRST, _LAST, _LAST_BEFORE_UNDATED, _UNDATED = 8.0, 96.0, 78.0, 93.0


@attrs.frozen(kw_only=True)
class DateAxis:
    """Dates from left to right, and one place apart for what is undated.

    Parameters
    ----------
    first, last : str
        ISO dates; equal where all is of one day.
    has_undated : bool
    """

    first: str
    last: str
    has_undated: bool

    @classmethod
    def of(cls, dates: Iterable[str | None]) -> DateAxis | None:
        """Make the axis for these dates; None where none is a date."""
        given = list(dates)
        known = sorted(date for date in given if date is not None)
        return cls(first=known[0], last=known[-1], has_undated=None in given) if known else None

    @property
    def end(self) -> float:
        """Place of the last date, in percent of the width."""
        return _LAST_BEFORE_UNDATED if self.has_undated else _LAST

    def place(self, date: str | None) -> float:
        """Give the place of a date, in percent of the width."""
        if date is None:
            return _UNDATED
        first, last, day = (datetime.date.fromisoformat(iso).toordinal() for iso in (self.first, self.last, date))
        return round(_FIRST + (self.end - _FIRST) * ((day - first) / (last - first) if last > first else 0.5), 2)


@attrs.frozen(kw_only=True)
class LaneMark:
    """What one side stated on one day.

    Parameters
    ----------
    side : int
        Number of the side, counted from 0.
    x : float
        Percent of the width.
    appearances : tuple of Appearance, at least one
    """

    side: int
    x: float
    appearances: tuple[Appearance, ...]


def lanes(timeline: Timeline, axis: DateAxis) -> tuple[LaneMark, ...]:
    """Put what each side stated on one day into one mark; sides in their order, then by date, undated last."""
    marks: list[LaneMark] = []
    for n, side in enumerate(timeline.sides):
        days: dict[str | None, list[Appearance]] = {}
        for appearance in side.appearances:
            days.setdefault(appearance.date, []).append(appearance)
        marks.extend(LaneMark(side=n, x=axis.place(day), appearances=tuple(made)) for day, made in days.items())
    return tuple(marks)


@attrs.frozen(kw_only=True)
class FigureMark:
    """A figure that one claim gives.

    Parameters
    ----------
    side : int
        Number of the side of its claim, counted from 0.
    x : float
        Percent of the width.
    y, top, bottom : float in [0, 1]
        Height of the figure, and of the highest and lowest that its words allow; 0 is the top.
    """

    side: int
    x: float
    y: float
    top: float
    bottom: float


@attrs.frozen(kw_only=True)
class Figures:
    """A series of figures on a date axis.

    Parameters
    ----------
    lowest, highest : float
        What the height goes from and to.
    marks : tuple of FigureMark
        In the order of the series.
    """

    lowest: float
    highest: float
    marks: tuple[FigureMark, ...]


def figures(series: FigureSeries, axis: DateAxis, side_of: Mapping[str, int]) -> Figures:
    """Place the figures of a series; a bound that is open is taken for the figure itself.

    Parameters
    ----------
    series : FigureSeries
    axis : DateAxis
    side_of : mapping of str to int
        Claim id -> number of its side.
    """
    extents = []
    for point in series.points:
        known = [number for number in point.figure if number is not None]
        middle = point.value if point.value is not None else sum(known) / len(known)
        extents.append((min(known), middle, max(known)))
    lowest, highest = min(low for low, _, _ in extents), max(high for _, _, high in extents)

    def height(number: float) -> float:
        return round((highest - number) / (highest - lowest), 4) if highest > lowest else 0.5

    marks = tuple(
        FigureMark(
            side=side_of[point.claim.id],
            x=axis.place(point.date),
            y=height(middle),
            top=height(high),
            bottom=height(low),
        )
        for point, (low, middle, high) in zip(series.points, extents, strict=True)
    )
    return Figures(lowest=lowest, highest=highest, marks=marks)


@attrs.frozen(kw_only=True)
class Node:
    """A statement on a ring: its side, counted from 0, its number on that side, and its place in pixels."""

    side: int
    number: int
    x: float
    y: float


@attrs.frozen(kw_only=True)
class Ring:
    """Statements of one cluster on a ring.

    Parameters
    ----------
    size, radius : float
        Width and height of the drawing, and radius of the ring around its middle, in pixels.
    nodes : tuple of Node
        Side by side.
    """

    size: float
    radius: float
    nodes: tuple[Node, ...]


_MARGIN, _SPACING, _SMALLEST = 10.0, 16.0, 18.0


def ring(counts: Sequence[int]) -> Ring:
    """Lay out the statements of a cluster on a ring, against the clock: side after side, the first one on the left.

    Parameters
    ----------
    counts : sequence of int, each at least 1
        How many statements each side has.

    Notes
    -----
    Sides stand on arcs with a gap between them, and of two sides the one faces the other. A line between two statements
    never passes through a third. A single statement stands in the middle.
    """
    gaps = len(counts) if len(counts) > 1 else 0
    n_slots = sum(counts) + gaps
    radius = round(max(_SMALLEST, n_slots * _SPACING / math.tau), 1) if n_slots > 1 else 0.0
    center = radius + _MARGIN
    nodes = []
    slot = -(counts[0] - 1) / 2
    for side, count in enumerate(counts):
        for number in range(1, count + 1):
            angle = math.pi - math.tau * slot / n_slots
            x, y = center + radius * math.cos(angle), center + radius * math.sin(angle)
            nodes.append(Node(side=side, number=number, x=round(x, 1), y=round(y, 1)))
            slot += 1
        slot += 1
    return Ring(size=2 * center, radius=radius, nodes=tuple(nodes))
