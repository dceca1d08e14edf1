"""Figures for one thing, from claims of one cluster, over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from claimtrack.records import Appearance, FigurePoint, FigureSeries

__all__ = ["figure_series"]


def _points(appearance: Appearance) -> Iterator[tuple[tuple[str | None, str | None], FigurePoint]]:
    """Give each figure of a claim, under what is counted and in which unit."""
    for quantity in appearance.claim.quantities:
        if (quantity.value, quantity.low, quantity.high) != (None, None, None):
            yield (
                (quantity.of, quantity.unit),
                FigurePoint(
                    date=appearance.date,
                    value=quantity.value,
                    low=quantity.low,
                    high=quantity.high,
                    claim=appearance.claim,
                    outlet=appearance.outlet,
                ),
            )


def _differ(points: Collection[FigurePoint]) -> bool:
    """Whether two points with different figures are of two dates or of two outlets; "undated" is no date."""
    dated = [point for point in points if point.date is not None]
    figures, dated_figures = ({point.figure for point in some} for some in (points, dated))
    outlets, dates = {point.outlet for point in points}, {point.date for point in dated}
    return (len(figures) > 1 and len(outlets) > 1) or (len(dated_figures) > 1 and len(dates) > 1)


def _ordered(number: float | None) -> tuple[bool, float]:
    return number is not None, number or 0.0


def _order(point: FigurePoint) -> tuple[object, ...]:
    return point.date is None, point.date or "", point.claim.id, *(_ordered(number) for number in point.figure)


def figure_series(appearances: Iterable[Appearance]) -> tuple[FigureSeries, ...]:
    """Put the figures of claims that count the same thing in the same unit in order of date.

    Parameters
    ----------
    appearances : iterable of Appearance
        Claims of one cluster.

    Returns
    -------
    tuple of FigureSeries
        By what is counted, then by unit, None first. Only where two claims of two dates or two outlets give different
        figures. A figure that a claim gives twice is one point.

    Notes
    -----
    What is counted is compared as it is written in :class:`~claimtrack.records.Quantity`: "people" and "civilians" are two
    series, and figures of which nobody says what they count are one.
    """
    series: dict[tuple[str | None, str | None], set[FigurePoint]] = defaultdict(set)
    for appearance in appearances:
        for key, point in _points(appearance):
            series[key].add(point)
    kept = [(of, unit, points) for (of, unit), points in series.items() if _differ(points)]
    kept.sort(key=lambda found: (found[0] is not None, found[0] or "", found[1] is not None, found[1] or ""))
    return tuple(FigureSeries(of=of, unit=unit, points=tuple(sorted(points, key=_order))) for of, unit, points in kept)
