"""What became of clusters from one time to the next."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Set

from claimtrack.records import Lineage, LineageEvent

__all__ = ["lineage"]


def lineage(before: Mapping[str, Set[str]], after: Mapping[str, Set[str]], at: datetime.datetime) -> list[LineageEvent]:
    """Say which clusters merged, split, got another id or ended.

    Parameters
    ----------
    before, after : mapping of cluster id to set of claim ids
        No claim in two clusters of one mapping.
    at : datetime with a time zone

    Returns
    -------
    list of LineageEvent
        By `from_ids`, then `into_ids`. A cluster that only grew or shrank under its id, and a new one, are no events. A
        cluster that gives claims to two clusters which both got claims of others is told under both.
    """
    home = {claim: cluster for cluster, claims in after.items() for claim in claims}
    into: dict[str, dict[str, set[str]]] = {cluster: defaultdict(set) for cluster in before}
    for cluster, claims in before.items():
        for claim in claims:
            if claim in home:
                into[cluster][home[claim]].add(claim)
    sources: dict[str, set[str]] = defaultdict(set)
    for old, shares in into.items():
        for new in shares:
            sources[new].add(old)

    def event(what: Lineage, old: Set[str], new: Set[str], claims: Set[str]) -> LineageEvent:
        return LineageEvent(
            what=what,
            from_ids=tuple(sorted(old)),
            into_ids=tuple(sorted(new)),
            claim_ids=tuple(sorted(claims)),
            at=at,
        )

    events = []
    for new, olds in sources.items():
        if len(olds) > 1:
            events.append(event(Lineage.MERGED, olds, {new}, {c for old in olds for c in into[old][new]}))
    for old, shares in into.items():
        if not shares:
            events.append(event(Lineage.ENDED, {old}, set(), before[old]))
        elif len(shares) > 1:
            events.append(event(Lineage.SPLIT, {old}, set(shares), {c for part in shares.values() for c in part}))
        else:
            (new, claims), *_ = shares.items()
            if new != old and len(sources[new]) == 1:
                events.append(event(Lineage.RENAMED, {old}, {new}, claims))
    return sorted(events, key=lambda e: (e.from_ids, e.into_ids, e.what.value))
