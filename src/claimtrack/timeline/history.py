"""The timeline of one cluster."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from claimtrack.errors import InvalidInputError
from claimtrack.records import Appearance, Article, Cluster, Timeline, Withdrawal
from claimtrack.timeline.appearances import articles_by_id, side_history
from claimtrack.timeline.series import figure_series
from claimtrack.timeline.switches import side_switches

__all__ = ["timeline"]


def _day(end: str | datetime.date) -> str:
    """Give the day on which something ended as an ISO date; of a point in time the day in UTC."""
    value: str | datetime.date = end
    try:
        if isinstance(value, str):
            value = datetime.datetime.fromisoformat(value) if len(value) > 10 else datetime.date.fromisoformat(value)
    except ValueError:
        pass
    if isinstance(value, datetime.datetime) and value.utcoffset() is not None:
        return value.astimezone(datetime.UTC).date().isoformat()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise InvalidInputError(
        f"ended must hold ISO dates or time zone aware datetimes; got {end!r}.\n"
        "Hint: datetime.datetime.now(datetime.UTC) is aware."
    )


def _withdrawn(appearances: Iterable[Appearance], ended: Mapping[str, str | datetime.date]) -> tuple[Withdrawal, ...]:
    """Give the claims of articles that have ended, by date, ties by claim id."""
    found = [
        Withdrawal(claim=made.claim, outlet=made.outlet, date=_day(ended[made.claim.article_id]))
        for made in appearances
        if made.claim.article_id in ended
    ]
    return tuple(sorted(found, key=lambda withdrawal: (withdrawal.date, withdrawal.claim.id)))


def timeline(
    cluster: Cluster,
    articles: Iterable[Article],
    *,
    speakers: Mapping[str, str] | None = None,
    ended: Mapping[str, str | datetime.date] | None = None,
) -> Timeline:
    """Tell when each side of a cluster was stated, who changed sides, how figures moved and what was withdrawn.

    Parameters
    ----------
    cluster : Cluster
    articles : iterable of Article
        The article of every claim of the cluster, for dates and outlets; others may be among them.
    speakers : mapping of str to str, or None
        Speaker of a claim -> the one name of that speaker in all articles. A speaker that is not there, and each one if
        None, goes by the name that the claim has.
    ended : mapping of str to (str or date or datetime), or None
        Article id -> when the version of the article that held the claims ended: an ISO date, or a time zone aware point
        in time, of which the day in UTC is taken. Articles of other clusters may be among them.

    Returns
    -------
    Timeline
        The sides in the order of the cluster; in each the dated claims in order of date and the undated ones apart, by
        claim id. Nothing depends on the order of `articles` or of the claims on a side.

    Raises
    ------
    InvalidInputError
        If an article is there twice, the article of a claim is missing, or an end has no date or no time zone.

    Notes
    -----
    A date is the date of publication that the article gives. It is not the time of the event, nor the time at which the
    article was read; an undated article is never given one. See :func:`~claimtrack.timeline.switches.side_switches` for who
    is said to change sides, and :func:`~claimtrack.timeline.series.figure_series` for which figures are put together.

    A withdrawn claim keeps its place on its side: it was stated.

    Examples
    --------
    >>> from claimtrack.records import Article, Claim, Cluster, Provenance, Side, Span
    >>> whole = Span(0, 19)
    >>> one, other = (
    ...     Article(name="a", source="Harbour Post", published="2031-03-04", text="The ferry will sail"),
    ...     Article(name="b", source="Harbour Post", published="2031-03-06", text="The ferry will stay"),
    ... )
    >>> here, there = (
    ...     Claim(
    ...         text=article.text,
    ...         speaker="Ana Holm",
    ...         provenance=Provenance(article_id=article.id, spans=(whole,), extractor="by hand", sentence=whole),
    ...     )
    ...     for article in (one, other)
    ... )
    >>> cluster = Cluster(
    ...     id="c", label="The ferry will sail", sides=(Side(claims=(here,)), Side(claims=(there,))),
    ...     contradictions=((here.id, there.id),), sources=("Harbour Post",), independent_sources=1,
    ... )
    >>> [switch] = timeline(cluster, [one, other]).switches
    >>> switch.who, switch.from_date, switch.to_date
    ('Ana Holm', '2031-03-04', '2031-03-06')
    """
    by_id = articles_by_id(articles)
    sides = tuple(side_history(side, by_id, speakers or {}) for side in cluster.sides)
    appearances = [appearance for side in sides for appearance in side.appearances]
    return Timeline(
        cluster_id=cluster.id,
        label=cluster.label,
        sides=sides,
        switches=side_switches(cluster, sides),
        series=figure_series(appearances),
        withdrawn=_withdrawn(appearances, ended or {}),
    )
