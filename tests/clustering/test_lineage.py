"""What became of clusters from one time to the next."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.clustering import lineage
from claimtrack.records import Lineage

NOON = datetime.datetime(2031, 3, 4, 12, tzinfo=datetime.UTC)


def told(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Clusters as ids of their claims, one letter each; events as ``"merged A B > A: abcd"``."""
    events = lineage({i: set(c) for i, c in before.items()}, {i: set(c) for i, c in after.items()}, NOON)
    assert {event.at for event in events} <= {NOON}
    return [
        f"{e.what.value} {' '.join(e.from_ids)} > {' '.join(e.into_ids)}: {''.join(e.claim_ids)}".replace(" :", ":")
        for e in events
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({}, {"A": "ab"}, [], id="a new one"),
        pytest.param({"A": "ab"}, {"A": "ab"}, [], id="as it was"),
        pytest.param({"A": "ab"}, {"A": "abc"}, [], id="grown"),
        pytest.param({"A": "abc"}, {"A": "ab"}, [], id="shrunk"),
        pytest.param({"A": "ab"}, {"B": "abc"}, ["renamed A > B: ab"], id="an earlier claim came"),
        pytest.param({"A": "abc"}, {"B": "bc"}, ["renamed A > B: bc"], id="its first claim went"),
        pytest.param({"A": "ab"}, {}, ["ended A >: ab"], id="ended"),
        pytest.param({"A": "ab"}, {"B": "cd"}, ["ended A >: ab"], id="ended beside a new one"),
        pytest.param({"A": "ab", "B": "cd"}, {"A": "abcd"}, ["merged A B > A: abcd"], id="merged into one of them"),
        pytest.param({"A": "ab", "B": "cd"}, {"C": "abcde"}, ["merged A B > C: abcd"], id="merged into a third"),
        pytest.param({"A": "abcd"}, {"A": "ab", "B": "cd"}, ["split A > A B: abcd"], id="split"),
        pytest.param({"A": "abcd"}, {"B": "ab", "C": "c"}, ["split A > B C: abc"], id="split, its claims gone in part"),
        pytest.param(
            {"A": "abcd", "B": "ef"},
            {"A": "ab", "B": "cdef"},
            ["split A > A B: abcd", "merged A B > B: cdef"],
            id="a part went over to another",
        ),
        pytest.param(
            {"A": "ab", "B": "cd"},
            {"A": "ac", "B": "bd"},
            ["split A > A B: ab", "merged A B > A: ac", "merged A B > B: bd", "split B > A B: cd"],
            id="both changed parts",
        ),
        pytest.param(
            {"B": "cd", "A": "ab"}, {"C": "ab", "D": "cd"}, ["renamed A > C: ab", "renamed B > D: cd"], id="in order"
        ),
    ],
)
def test_what_became_of_clusters(before: dict[str, str], after: dict[str, str], expected: list[str]) -> None:
    assert told(before, after) == expected


PARTITIONS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("PQRS"), max_size=8).map(
    lambda home: {cluster: {c for c in home if home[c] == cluster} for cluster in sorted(set(home.values()))}
)


@given(before=PARTITIONS, after=PARTITIONS)
def test_every_cluster_that_is_gone_is_told_of_and_every_event_is_true(
    before: dict[str, set[str]], after: dict[str, set[str]]
) -> None:
    """An id that is in somebody's notes must lead somewhere, or be said to have ended."""
    events = lineage(before, after, NOON)

    assert set(before) - set(after) <= {id_ for event in events for id_ in event.from_ids}
    assert events == sorted(events, key=lambda event: (event.from_ids, event.into_ids, event.what.value))
    for event in events:
        assert set(event.claim_ids) <= {claim for id_ in event.from_ids for claim in before[id_]}
        if event.what is Lineage.ENDED:
            assert not set(event.claim_ids) & {claim for claims in after.values() for claim in claims}
        else:
            assert set(event.claim_ids) <= {claim for id_ in event.into_ids for claim in after[id_]}
            assert all(before[old] & after[new] for old in event.from_ids for new in event.into_ids)


@given(clusters=PARTITIONS)
def test_nothing_became_of_clusters_that_are_as_they_were(clusters: dict[str, set[str]]) -> None:
    assert lineage(clusters, clusters, NOON) == []
