"""Who stood on one side of a cluster and then on another one."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from claimtrack.quantities import singular
from claimtrack.records import Appearance, Attribution, Cluster, SideHistory, SideSwitch

__all__ = ["side_switches"]

Voice: TypeAlias = tuple[bool, str]
"""Whether it is an outlet, and the name."""

_MANY = frozenset(
    "activist aide analyst another critic diplomat doctor everyone expert eyewitness few insider lawmaker local many media "
    "neighbor neighbour observer official one other people person protester protestor relative report reporter resident "
    "rumor rumour several some somebody someone source survivor villager witness".split()
)
"""Words for holders of whom there are many: two statements of "officials" need not be of the same ones."""
_LINKS = frozenset("at close familiar for from in inside near of on who with within".split())
"""Words after which a name is only described: "witnesses in the town"."""


def _is_one_voice(speaker: str) -> bool:
    """Whether a speaker is somebody in particular; "officials" and "two witnesses in the town" are not."""
    words = speaker.casefold().split()
    head = list(itertools.takewhile(lambda word: word not in _LINKS, words)) or words
    return not {head[-1], singular(head[-1])} & _MANY


def _voice(appearance: Appearance) -> Voice | None:
    """Give who stands for a statement; None for a report that names nobody in particular."""
    if appearance.speaker is not None:
        return (False, appearance.speaker) if _is_one_voice(appearance.speaker) else None
    return (True, appearance.outlet) if appearance.claim.attribution is Attribution.OWN else None


def _listed(cluster: Cluster) -> frozenset[frozenset[int]]:
    """Give the pairs of sides, as numbers, between which a contradiction is listed."""
    side_of = {claim_id: n for n, side in enumerate(cluster.sides) for claim_id in side.claim_ids}
    return frozenset(frozenset((side_of[one], side_of[other])) for one, other in cluster.contradictions)


def _joined(n_sides: int, listed: frozenset[frozenset[int]]) -> list[int]:
    """Give each side the smallest number among the sides that contradictions join it to, through others too."""
    group = list(range(n_sides))
    for one, other in (sorted(pair) for pair in listed):
        low, high = sorted((group[one], group[other]))
        group = [low if number == high else number for number in group]
    return group


def _moves(standing: Mapping[str, Mapping[int, Appearance]]) -> Iterator[tuple[int, int, Appearance, Appearance]]:
    """Give, day by day, the sides newly taken: from each side of the day before, and between two new ones.

    Parameters
    ----------
    standing : mapping of date to mapping of side to Appearance
        Where one voice stands on each day on which it is on record.
    """
    before: Mapping[int, Appearance] = {}
    for _, now in sorted(standing.items()):
        new = sorted(now.keys() - before.keys())
        for one, other in itertools.product(sorted(before), new):
            yield one, other, before[one], now[other]
        for one, other in itertools.combinations(new, 2):
            first, second = sorted((now[one], now[other]), key=lambda appearance: appearance.claim.id)
            yield one, other, first, second
        before = now


def side_switches(cluster: Cluster, sides: Sequence[SideHistory]) -> tuple[SideSwitch, ...]:
    """Find each voice that stands on two sides of a cluster that contradict each other.

    Parameters
    ----------
    cluster : Cluster
    sides : sequence of SideHistory
        One for each side of the cluster, in the same order.

    Returns
    -------
    tuple of SideSwitch
        By date of the later statement, then of the earlier one, ties by name and claim ids.

    Notes
    -----
    A voice is a speaker by name, in whatever outlet, or an outlet where it speaks in its own voice. Speakers of whom there
    are many ("officials", "two witnesses") and reports without a speaker are no voice. Only dated claims count.

    For each day on which a voice is on record, each side that it did not stand on on its day before is newly taken: one
    switch from each side of the day before, and one on one day between each two sides newly taken. So a voice that repeats
    both sides for a week gives one switch, and one that goes there and back gives two.
    """
    listed = _listed(cluster)
    group = _joined(len(sides), listed)
    records: dict[tuple[bool, str, int], dict[str, dict[int, Appearance]]] = defaultdict(lambda: defaultdict(dict))
    for n, side in enumerate(sides):
        for appearance in side.dated:
            voice = _voice(appearance)
            if voice is not None and appearance.date is not None:
                # By claim id within a day, so the first to come stays.
                records[*voice, group[n]][appearance.date].setdefault(n, appearance)
    found = [
        SideSwitch(
            who=who,
            is_outlet=is_outlet,
            from_claim=first.claim,
            to_claim=second.claim,
            from_date=first.date or "",
            to_date=second.date or "",
            direct=frozenset((one, other)) in listed,
        )
        for (is_outlet, who, _), standing in records.items()
        for one, other, first, second in _moves(standing)
    ]
    return tuple(sorted(found, key=_order))


def _order(switch: SideSwitch) -> tuple[str, str, str, bool, str, str]:
    ids = switch.from_claim.id, switch.to_claim.id
    return switch.to_date, switch.from_date, switch.who, switch.is_outlet, *ids
