"""When each side of a cluster was stated, and what is new since a point in time."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import attrs
from attrs import validators as v

from claimtrack.records.claim import Claim

__all__ = [
    "Appearance",
    "Changes",
    "FigurePoint",
    "FigureSeries",
    "GainedSources",
    "NewClaims",
    "NewContradiction",
    "SideHistory",
    "SideSwitch",
    "Timeline",
    "Withdrawal",
]

_text = v.instance_of(str)
_optional_text = v.optional(v.instance_of(str))
_optional_float = v.optional(v.instance_of(float))
_texts = v.deep_iterable(v.instance_of(str), v.instance_of(tuple))


def _iso_date(instance: object, attribute: attrs.Attribute[Any], value: str | None) -> None:
    """Check that a date, where there is one, is written as ``YYYY-MM-DD``."""
    if value is None:
        return
    try:
        iso = datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        iso = None
    if iso != value:
        raise ValueError(
            f"{type(instance).__name__}.{attribute.name} must be an ISO date such as 2018-09-10; got {value!r}."
        )


def _aware(instance: object, attribute: attrs.Attribute[datetime.datetime], value: datetime.datetime) -> None:
    """Check that a point in time has a time zone."""
    if value.utcoffset() is None:
        raise ValueError(f"{type(instance).__name__}.{attribute.name} must be time zone aware; got {value!r}.")


@attrs.frozen(kw_only=True)
class Appearance:
    """A claim of a side, as one article makes it, with its date.

    Parameters
    ----------
    claim : Claim
    outlet : str
        The outlet of the claim's article; an article without one goes under its own name.
    date : str or None
        ISO date of publication. None where the article is undated.
    speaker : str or None
        The one name that the claim's speaker goes under; None where the claim names none.
    """

    claim: Claim = attrs.field(validator=v.instance_of(Claim))
    outlet: str = attrs.field(validator=_text)
    date: str | None = attrs.field(default=None, validator=[_optional_text, _iso_date])
    speaker: str | None = attrs.field(default=None, validator=_optional_text)


@attrs.frozen(kw_only=True)
class SideHistory:
    """The claims of one side of a cluster in order of date.

    Parameters
    ----------
    first : Appearance or None
        The earliest dated one, ties by claim id. None if all articles of the side are undated.
    later : tuple of Appearance
        All other dated ones, those of the first day included; earliest first, ties by claim id.
    undated : tuple of Appearance
        Those without a date, by claim id. They may be older than all others.
    """

    first: Appearance | None = attrs.field(default=None, validator=v.optional(v.instance_of(Appearance)))
    later: tuple[Appearance, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Appearance), v.instance_of(tuple))
    )
    undated: tuple[Appearance, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Appearance), v.instance_of(tuple))
    )

    def __attrs_post_init__(self) -> None:
        if self.first is None and self.later:
            raise ValueError(f"SideHistory.first must be given where later is; got {len(self.later)} later.")
        if not self.appearances:
            raise ValueError("a SideHistory must hold at least one appearance; got none.")
        for one, two in itertools.pairwise(self.dated):
            if (one.date or "", one.claim.id) >= (two.date or "", two.claim.id):
                raise ValueError(
                    "SideHistory.first and later must be in order of date, then claim id; "
                    f"got {(one.date, one.claim.id)} before {(two.date, two.claim.id)}."
                )
        if any(appearance.date is None for appearance in self.dated):
            raise ValueError("SideHistory.first and later must have a date; got an undated appearance.")
        if any(appearance.date is not None for appearance in self.undated):
            raise ValueError("SideHistory.undated must hold no date; got a dated appearance.")

    @property
    def dated(self) -> tuple[Appearance, ...]:
        """`first` and `later`, in order of date; empty where all is undated."""
        return () if self.first is None else (self.first, *self.later)

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        """All of them, dated ones in order of date and then undated ones."""
        return (*self.dated, *self.undated)


@attrs.frozen(kw_only=True)
class SideSwitch:
    """One voice on two sides of a cluster that contradict each other.

    Parameters
    ----------
    who : str
        The one name of the speaker, or the outlet where it speaks in its own voice.
    is_outlet : bool
        True where the outlet's own voice changed.
    from_claim, to_claim : Claim
        The earlier and the later statement, of two sides. On one day they have no order: they are by id.
    from_date, to_date : str
        ISO dates of their articles; equal where both were published on one day.
    direct : bool, default True
        True where claims of the two sides are listed as contradicting each other. False where the sides are joined
        through contradictions with other sides only: both may hold.
    """

    who: str = attrs.field(validator=_text)
    is_outlet: bool = attrs.field(validator=v.instance_of(bool))
    from_claim: Claim = attrs.field(validator=v.instance_of(Claim))
    to_claim: Claim = attrs.field(validator=v.instance_of(Claim))
    from_date: str = attrs.field(validator=v.and_(_text, _iso_date))
    to_date: str = attrs.field(validator=v.and_(_text, _iso_date))
    direct: bool = attrs.field(default=True, validator=v.instance_of(bool))

    def __attrs_post_init__(self) -> None:
        if self.from_date > self.to_date:
            raise ValueError(
                f"SideSwitch.from_date must be <= SideSwitch.to_date; got {self.from_date!r}, {self.to_date!r}."
            )
        if self.from_claim.id == self.to_claim.id:
            raise ValueError(f"a SideSwitch must join two claims; got {self.from_claim.id!r} twice.")
        if self.one_day and self.from_claim.id > self.to_claim.id:
            raise ValueError(
                "the claims of a SideSwitch on one day must be in order of id; "
                f"got {self.from_claim.id!r} before {self.to_claim.id!r}."
            )

    @property
    def one_day(self) -> bool:
        """Whether both were published on one day, so that nothing is known of their order."""
        return self.from_date == self.to_date


@attrs.frozen(kw_only=True)
class FigurePoint:
    """A figure that one claim gives.

    Parameters
    ----------
    date : str or None
        ISO date of the claim's article. None where it is undated.
    value, low, high : float or None
        As in :class:`Quantity`; at least one of them is given.
    claim : Claim
    outlet : str
        The outlet of the claim's article.
    """

    date: str | None = attrs.field(default=None, validator=[_optional_text, _iso_date])
    value: float | None = attrs.field(default=None, validator=_optional_float)
    low: float | None = attrs.field(default=None, validator=_optional_float)
    high: float | None = attrs.field(default=None, validator=_optional_float)
    claim: Claim = attrs.field(validator=v.instance_of(Claim))
    outlet: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if self.figure == (None, None, None):
            raise ValueError("a FigurePoint must have a value, low or high; got none of them.")

    @property
    def figure(self) -> tuple[float | None, float | None, float | None]:
        """Value, low and high, by which two points are compared."""
        return self.value, self.low, self.high


@attrs.frozen(kw_only=True)
class FigureSeries:
    """Figures for one thing, from claims of one cluster, in order of date.

    Parameters
    ----------
    of, unit : str or None
        What is counted and in which unit, as in :class:`Quantity`; the same for all points. Both are None where the
        claims do not say what they count ("the toll rose to 40").
    points : tuple of FigurePoint, at least two
        Earliest first, undated last, ties by claim id, then by the figure. Not all figures are the same.
    """

    of: str | None = attrs.field(default=None, validator=_optional_text)
    unit: str | None = attrs.field(default=None, validator=_optional_text)
    points: tuple[FigurePoint, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(FigurePoint), v.instance_of(tuple)), v.min_len(2)]
    )


@attrs.frozen(kw_only=True)
class Withdrawal:
    """A claim that its article no longer makes, as the version that held it has ended.

    Parameters
    ----------
    claim : Claim
    outlet : str
        The outlet of the claim's article.
    date : str
        ISO date on which the version ended.
    """

    claim: Claim = attrs.field(validator=v.instance_of(Claim))
    outlet: str = attrs.field(validator=_text)
    date: str = attrs.field(validator=v.and_(_text, _iso_date))


@attrs.frozen(kw_only=True)
class Timeline:
    """What was stated when on the proposition of one cluster.

    Parameters
    ----------
    cluster_id, label : str
        Of the cluster.
    sides : tuple of SideHistory, at least one
        In the order of the cluster's sides. Together they hold each claim of the cluster once.
    switches : tuple of SideSwitch
        By date of the later statement, then of the earlier one, ties by name and claim ids.
    series : tuple of FigureSeries
        By what is counted, then by unit; None first.
    withdrawn : tuple of Withdrawal
        By date, ties by claim id. The claim of an old version need not stand on a side any more.
    """

    cluster_id: str = attrs.field(validator=_text)
    label: str = attrs.field(validator=_text)
    sides: tuple[SideHistory, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(SideHistory), v.instance_of(tuple)), v.min_len(1)]
    )
    switches: tuple[SideSwitch, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(SideSwitch), v.instance_of(tuple))
    )
    series: tuple[FigureSeries, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(FigureSeries), v.instance_of(tuple))
    )
    withdrawn: tuple[Withdrawal, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Withdrawal), v.instance_of(tuple))
    )

    def __attrs_post_init__(self) -> None:
        held = [appearance.claim.id for side in self.sides for appearance in side.appearances]
        if len(set(held)) != len(held):
            raise ValueError("a claim must stand on one side of a Timeline only.")
        named = {claim.id for switch in self.switches for claim in (switch.from_claim, switch.to_claim)}
        named |= {point.claim.id for series in self.series for point in series.points}
        for claim_id in sorted(named - set(held)):
            raise ValueError(f"Timeline.sides must hold every claim that the timeline names; got {claim_id!r}.")


@attrs.frozen(kw_only=True)
class NewClaims:
    """Claims of new articles in a cluster.

    Parameters
    ----------
    cluster_id : str
    claim_ids : tuple of str, at least one
        Earliest article first, undated last, ties by id.
    """

    cluster_id: str = attrs.field(validator=_text)
    claim_ids: tuple[str, ...] = attrs.field(validator=[_texts, v.min_len(1)])


@attrs.frozen(kw_only=True)
class NewContradiction:
    """Two claims that contradict each other, at least one of them of a new article.

    Parameters
    ----------
    cluster_id : str
    one_id, other_id : str
        Ids of the claims, as the cluster lists them.
    """

    cluster_id: str = attrs.field(validator=_text)
    one_id: str = attrs.field(validator=_text)
    other_id: str = attrs.field(validator=_text)


@attrs.frozen(kw_only=True)
class GainedSources:
    """Outlets that a side has from new articles only.

    Parameters
    ----------
    cluster_id : str
    side : int, at least 0
        Number of the side in ``Cluster.sides``, counted from 0.
    outlets : tuple of str, at least one
        Sorted.
    """

    cluster_id: str = attrs.field(validator=_text)
    side: int = attrs.field(validator=[v.instance_of(int), v.ge(0)])
    outlets: tuple[str, ...] = attrs.field(validator=[_texts, v.min_len(1)])


@attrs.frozen(kw_only=True)
class Changes:
    """What articles that were added after a point in time have brought.

    All that is of clusters goes in their order: those with contradictions first, then those with more sources, then by
    id. A tuple is empty where there is nothing of its kind.

    Parameters
    ----------
    since : datetime, aware
        Articles that were added later are new.
    articles : tuple of str
        Ids of the new articles, first added first, ties by id.
    clusters : tuple of str
        Ids of the clusters that would not be there without new articles.
    claims : tuple of NewClaims
        For each cluster with claims of new articles, new clusters included, which they are.
    contradictions : tuple of NewContradiction
        In clusters that are not new; in each cluster by the ids of the claims.
    gained : tuple of GainedSources
        For sides of clusters that are not new; in each cluster in order of the sides.
    """

    since: datetime.datetime = attrs.field(validator=[v.instance_of(datetime.datetime), _aware])
    articles: tuple[str, ...] = attrs.field(default=(), validator=_texts)
    clusters: tuple[str, ...] = attrs.field(default=(), validator=_texts)
    claims: tuple[NewClaims, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(NewClaims), v.instance_of(tuple))
    )
    contradictions: tuple[NewContradiction, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(NewContradiction), v.instance_of(tuple))
    )
    gained: tuple[GainedSources, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(GainedSources), v.instance_of(tuple))
    )
