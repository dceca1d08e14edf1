"""Timelines and changes, for a terminal."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Article,
    Changes,
    Claim,
    Cluster,
    FigureSeries,
    SideHistory,
    SideSwitch,
    Timeline,
    wording,
)
from claimtrack.records.wording import counted, date, name, outlet, side_letters, voice
from claimtrack.report.wrapping import check_width, wrap
from claimtrack.visible import one_line

__all__ = ["render_changes", "render_timeline"]

Line: TypeAlias = tuple[int, str]
"""Indent in columns, and text."""

_NOWHERE_NAMED = "what is counted is not said"


def _laid_out(lines: Iterable[Line], width: int) -> str:
    """Wrap lines at `width` columns."""
    check_width(width)
    rows = (wrap(text, width, " " * indent, hanging=indent + 4 if indent == 2 else indent) for indent, text in lines)
    return "\n".join([*itertools.chain.from_iterable(rows), ""])


def _title(text: str) -> str:
    return one_line(text) or "(no label)"


def _since(side: SideHistory) -> str:
    if side.first is None:
        return date(None)
    return f"since {date(side.first.date)}{' or earlier' if side.undated else ''}"


def _side(letters: str, side: SideHistory) -> Iterator[Line]:
    yield 0, ""
    yield 0, f"Side {letters}, {_since(side)}"
    for made in side.appearances:
        yield 2, f"{date(made.date)}  {name(made.outlet)}, {voice(made.claim, made.speaker)}"
        yield 6, one_line(made.claim.text)


def _switch(switch: SideSwitch, letters: Mapping[str, str]) -> Iterator[Line]:
    """Say who stood where when, then in which words."""
    one, other = letters[switch.from_claim.id], letters[switch.to_claim.id]
    yield 2, wording.switch(switch, one, other)
    if not switch.direct:
        yield 6, f"No claim of {one} was found to contradict one of {other}; both contradict other sides."
    for side, claim in ((one, switch.from_claim), (other, switch.to_claim)):
        yield 6, f"{side}: {one_line(claim.text)}"


def _series(series: FigureSeries) -> Iterator[Line]:
    of = one_line(series.of or "") or _NOWHERE_NAMED
    yield 2, f"{of}, in {one_line(series.unit)}" if series.unit else of
    for point in series.points:
        yield 6, f"{date(point.date)}  {wording.figure(point)}  {name(point.outlet)}"


def _section(title: str, parts: list[Line], n: int) -> Iterator[Line]:
    """Put a heading with a count before lines; nothing where there is nothing to count."""
    if n:
        yield 0, ""
        yield 0, f"{title} ({n})"
        yield from parts


def _timeline(timeline: Timeline) -> Iterator[Line]:
    letters: dict[str, str] = {}
    yield 0, _title(timeline.label)
    yield 2, f"[{name(timeline.cluster_id)}]"
    for n, side in enumerate(timeline.sides):
        letters |= {made.claim.id: side_letters(n) for made in side.appearances}
        yield from _side(side_letters(n), side)
    switches = [line for switch in timeline.switches for line in _switch(switch, letters)]
    yield from _section("On two sides", switches, len(timeline.switches))
    figures = [line for series in timeline.series for line in _series(series)]
    yield from _section("Figures over time", figures, len(timeline.series))
    withdrawn: list[Line] = []
    for gone in timeline.withdrawn:
        stands = f", side {letters[gone.claim.id]}" if gone.claim.id in letters else ""
        withdrawn.append((2, f"{gone.date}  {name(gone.outlet)}{stands}"))
        withdrawn.append((6, one_line(gone.claim.text)))
    yield from _section("Withdrawn", withdrawn, len(timeline.withdrawn))


def render_timeline(timeline: Timeline, *, width: int = 80) -> str:
    """Lay a timeline out for a terminal: the sides, then who stood on two, the figures, and what was withdrawn.

    Parameters
    ----------
    timeline : Timeline
    width : int, at least 24, default 80
        Columns; no line is wider.

    Returns
    -------
    str
        Plain text that ends with a line end. Nothing of the timeline is left out; an article without a date is
        ``undated``. Control characters of article text are made visible.

    Raises
    ------
    InvalidInputError
        If `width` is below 24.
    """
    return _laid_out(_timeline(timeline), width)


@attrs.frozen(kw_only=True)
class _Known:
    """Clusters and articles under their ids, for the ids that changes hold."""

    clusters: Mapping[str, Cluster]
    articles: Mapping[str, Article]

    def cluster(self, cluster_id: str) -> Cluster:
        if cluster_id not in self.clusters:
            raise InvalidInputError(f"clusters must hold every cluster of the changes; got none of id {cluster_id!r}.")
        return self.clusters[cluster_id]

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise InvalidInputError(f"articles must hold every article of the changes; got none of id {article_id!r}.")
        return self.articles[article_id]

    def places(self, cluster_id: str, claim_ids: Iterable[str]) -> Iterator[tuple[str, Claim]]:
        """Give the side's letters and the claim for each id."""
        place_of = {
            claim.id: (side_letters(n), claim)
            for n, side in enumerate(self.cluster(cluster_id).sides)
            for claim in side.claims
        }
        for claim_id in claim_ids:
            if claim_id not in place_of:
                raise InvalidInputError(
                    f"clusters must hold every claim of the changes; got none of id {claim_id!r} in {cluster_id!r}."
                )
            yield place_of[claim_id]

    def source(self, claim: Claim) -> str:
        """Say where and when a claim stands, and whose words it is."""
        article = self.article(claim.article_id)
        return f"{outlet(article)}, {date(article.published)}, {voice(claim)}"


def _changed_cluster(changes: Changes, cluster_id: str, known: _Known) -> Iterator[Line]:
    """Show one cluster: its new claims, new contradictions, and the sources that its sides gained; a new one whole."""
    cluster = known.cluster(cluster_id)
    is_new = cluster_id in changes.clusters
    new = [claim_id for claims in changes.claims if claims.cluster_id == cluster_id for claim_id in claims.claim_ids]
    older = [claim.id for claim in cluster.claims if claim.id not in new] if is_new else []
    yield 0, ""
    yield 0, _title(cluster.label)
    yield 2, f"[{name(cluster_id)}]"
    for word, claim_ids in (("Known", older), ("New", new)):
        for letters, claim in known.places(cluster_id, claim_ids):
            yield 2, f"{word} on side {letters}: {known.source(claim)}"
            yield 6, one_line(claim.text)
    if is_new and cluster.contradictions:
        yield 2, f"{counted(len(cluster.contradictions), 'contradiction')} between its sides"
    for pair in changes.contradictions:
        if pair.cluster_id == cluster_id:
            places = sorted(known.places(cluster_id, (pair.one_id, pair.other_id)), key=lambda place: place[0])
            yield 2, f"New contradiction: {places[0][0]} against {places[1][0]}"
            yield from ((6, f"{letters}: {one_line(claim.text)}") for letters, claim in places)
    for gained in changes.gained:
        if gained.cluster_id == cluster_id:
            outlets = "; ".join(map(name, gained.outlets))
            yield 2, f"Side {side_letters(gained.side)} gained: {outlets}"


def _moment(moment: datetime.datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds")


def _changes(changes: Changes, known: _Known) -> Iterator[Line]:
    if not changes.articles:
        yield 0, f"No article was added after {_moment(changes.since)}."
    else:
        yield 0, f"{counted(len(changes.articles), 'article')} added after {_moment(changes.since)}:"
    for article in map(known.article, changes.articles):
        yield 2, f"{date(article.published)}  {outlet(article)}: {name(article.title or article.name)}"
    older = [new.cluster_id for new in changes.claims if new.cluster_id not in changes.clusters]
    for title, cluster_ids in (("New clusters", changes.clusters), ("New in known clusters", tuple(older))):
        lines = [line for cluster_id in cluster_ids for line in _changed_cluster(changes, cluster_id, known)]
        yield from _section(title, lines, len(cluster_ids))
    if changes.articles and not changes.claims:
        yield 0, "They brought nothing to any cluster."


def render_changes(
    changes: Changes, clusters: Iterable[Cluster], articles: Iterable[Article], *, width: int = 80
) -> str:
    """Lay changes out for a terminal: the new articles, the new clusters, then what is new in those known before.

    Parameters
    ----------
    changes : Changes
    clusters : iterable of Cluster
        Those that the changes were made of, for labels and claims.
    articles : iterable of Article
        Those that the changes were made of, for outlets, dates and titles.
    width : int, at least 24, default 80
        Columns; no line is wider.

    Returns
    -------
    str
        Plain text that ends with a line end. Nothing of the changes is left out; an article without a date is
        ``undated``. Control characters of article text are made visible.

    Raises
    ------
    InvalidInputError
        If `width` is below 24, or a cluster, claim or article of the changes is not given.
    """
    known = _Known(
        clusters={cluster.id: cluster for cluster in clusters}, articles={article.id: article for article in articles}
    )
    return _laid_out(_changes(changes, known), width)
