"""What became of clusters: an id that stands in somebody's notes leads to where its claims are now."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_trackers import Clock, make, opened, sides

from claimtrack import Article, InvalidInputError, Tracker
from claimtrack.records import Lineage

FERRIES = "Bridge harbour closed ferries sailed."
TRAMS = "Bridge harbour trams crowds cheered."
BOTH_DENIED = "Bridge harbour closed ferries sailed trams crowds cheered not."


def article(name: str, text: str, day: int) -> Article:
    return Article(name=name, text=text, source=f"Outlet {name}", published=f"2031-03-{day:02}")


F1, F2, F0 = article("f1", FERRIES, 11), article("f2", FERRIES, 12), article("f0", FERRIES, 1)
T1, T2 = article("t1", TRAMS, 13), article("t2", TRAMS, 14)
DENIAL = article("denial", BOTH_DENIED, 15)


def ids(tracker: Tracker) -> dict[str, str]:
    """Id of each cluster by the name of its earliest article."""
    return {
        made[0].split()[0]: cluster.id for made, cluster in zip(sides(tracker), tracker.clusters, strict=True) if made
    }


def events(tracker: Tracker) -> list[tuple[Lineage, tuple[str, ...], tuple[str, ...]]]:
    return [(event.what, event.from_ids, event.into_ids) for event in tracker.lineage]


def test_nothing_became_of_clusters_that_were_seen_first_or_grew() -> None:
    tracker = make([F1, F2, T1, T2])
    before = set(ids(tracker).values())

    tracker.add([article("f3", FERRIES, 20)])

    assert set(ids(tracker).values()) == before
    assert len(before) == 2
    assert tracker.lineage == ()


def test_clusters_that_merged_are_told_and_found_under_both_ids() -> None:
    clock = Clock()
    tracker = make([F1, F2, T1, T2], clock=clock)
    old = ids(tracker)
    later = clock.tick()

    tracker.add([DENIAL])

    assert sides(tracker) == [["f1 f2", "t1 t2", "denial"]]
    merged = tracker.clusters[0]
    assert events(tracker) == [(Lineage.MERGED, tuple(sorted(old.values())), (merged.id,))]
    assert tracker.lineage[0].at == later
    assert len(tracker.lineage[0].claim_ids) == 4
    assert tracker.cluster(old["t1"]) == tracker.cluster(old["f1"]) == merged


def test_a_cluster_that_split_is_told() -> None:
    tracker = make([F1, F2, T1, T2, DENIAL])
    [whole] = tracker.clusters

    tracker.remove([DENIAL.id])

    now = ids(tracker)
    assert events(tracker) == [(Lineage.SPLIT, (whole.id,), tuple(sorted(now.values())))]
    assert tracker.cluster(whole.id).id == now["f1"] == whole.id


def test_a_cluster_with_an_earlier_first_claim_is_found_under_the_id_before() -> None:
    tracker = make([F1, F2])
    [old] = tracker.clusters

    tracker.add([F0])

    [new] = tracker.clusters
    assert new.id != old.id
    assert events(tracker) == [(Lineage.RENAMED, (old.id,), (new.id,))]
    assert tracker.cluster(old.id) == tracker.cluster(new.id) == new
    assert tracker.timeline(old.id) == tracker.timeline(new.id)


def test_an_id_is_followed_over_several_changes() -> None:
    tracker = make([T1, T2])
    [first] = tracker.clusters
    tracker.add([article("t0", TRAMS, 2)])
    [second] = tracker.clusters
    tracker.add([F0, F1])
    assert len(sides(tracker)) == 2
    tracker.add([DENIAL])
    [third] = tracker.clusters

    assert len({first.id, second.id, third.id}) == 3
    assert [what for what, _, _ in events(tracker)] == [Lineage.RENAMED, Lineage.MERGED]
    assert tracker.cluster(first.id) == third


def test_a_cluster_that_ended_is_not_found() -> None:
    tracker = make([F1, F2, T1, T2])
    old = ids(tracker)

    tracker.remove([F2.id])

    assert list(ids(tracker).values()) == [old["t1"]]
    assert events(tracker) == [(Lineage.ENDED, (old["f1"],), ())]
    for ask in (tracker.cluster, tracker.timeline):
        with pytest.raises(InvalidInputError, match=f"cluster_id must be that of a cluster; got '{old['f1']}'"):
            ask(old["f1"])


def test_a_cluster_that_ended_and_came_back_is_found() -> None:
    tracker = make([F1, F2])
    [old] = tracker.clusters
    tracker.remove([F2.id])
    assert tracker.clusters == ()

    tracker.add([F2])

    assert tracker.cluster(old.id) == old
    assert [what for what, _, _ in events(tracker)] == [Lineage.ENDED]


def test_a_decision_that_parts_a_cluster_is_told() -> None:
    tracker = make([F1, F2])
    [old] = tracker.clusters
    one, two = (claim.id for claim in old.claims)

    made = tracker.correct("split", one, two, by="Ann")
    assert sides(tracker) == []
    assert events(tracker) == [(Lineage.ENDED, (old.id,), ())]
    tracker.undo(made.id)

    assert tracker.clusters == (old,)


def test_what_nobody_looked_at_has_no_history() -> None:
    tracker = make([F1, F2])

    tracker.add([F0])
    _ = tracker.clusters

    assert tracker.lineage == ()


def test_history_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        tracker.add([F1, F2, T1, T2])
        old = ids(tracker)

    with opened(tmp_path) as tracker:
        tracker.add([DENIAL])
        [merged] = tracker.clusters
        before = tracker.lineage
    with opened(tmp_path) as tracker:
        assert tracker.cluster(old["t1"]) == merged
        assert tracker.lineage == before
        assert [what for what, _, _ in events(tracker)] == [Lineage.MERGED]


def test_a_reader_writes_no_history(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        tracker.add([F1, F2])

    with opened(tmp_path, read_only=True) as tracker:
        assert len(tracker.clusters) == 1
        assert tracker._store.seen_clusters() == {}
