"""How a cluster came about, and what is new since a point in time, asked of the tracker."""

from __future__ import annotations

import datetime

import pytest
from made_trackers import ALSO_OPENS, NORTH, NOT_OPENS, SOUTH, START, WEST, Clock, claim_of, make

from claimtrack import Article, InvalidInputError
from claimtrack.records import Changes, GainedSources, NewClaims, NewContradiction

RAIN = [Article(name=f"rain {n}", text="Rain fell on the fair.", source=f"Rain {n}") for n in (1, 2)]


def test_a_timeline_tells_when_each_side_appeared() -> None:
    undated = Article(name="undated", text=ALSO_OPENS, source="Undated")
    tracker = make([WEST, undated, SOUTH, NORTH])
    [cluster] = tracker.clusters

    told = tracker.timeline(cluster.id)

    assert told.cluster_id == cluster.id
    assert [(a.outlet, a.date) for side in told.sides for a in side.appearances] == [
        ("South", "2031-03-01"),
        ("North", "2031-03-02"),
        ("West", "2031-03-03"),
        ("Undated", None),
    ]
    assert told.withdrawn == ()


def test_a_timeline_tells_what_an_outlet_took_back() -> None:
    """The old version's claim agreed with one of the cluster; that it is gone is part of the story."""
    clock = Clock()
    tracker = make([NORTH, WEST, SOUTH], clock=clock)
    taken_back = claim_of(tracker, NORTH)
    clock.now = datetime.datetime(2031, 3, 6, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))

    tracker.add([Article(name="north", text=NOT_OPENS, source="North", published="2031-03-06")], update=True)

    [cluster] = tracker.clusters
    [withdrawal] = tracker.timeline(cluster.id).withdrawn
    assert withdrawal.claim.id == taken_back
    assert (withdrawal.outlet, withdrawal.date) == ("North", "2031-03-05"), "the day in UTC"
    assert taken_back not in [claim.id for claim in cluster.claims]


def test_what_was_taken_back_is_told_of_no_other_cluster() -> None:
    tracker = make([NORTH, WEST, *RAIN])
    tracker.add([Article(name="north", text="Prices rose by half.", source="North")], update=True)
    tracker.add([Article(name="north again", text=ALSO_OPENS, source="East")])

    withdrawn = {c.label: [w.outlet for w in tracker.timeline(c.id).withdrawn] for c in tracker.clusters}

    assert withdrawn == {ALSO_OPENS: ["North"], "Rain fell on the fair.": []}


def test_an_unknown_cluster_has_no_timeline() -> None:
    with pytest.raises(InvalidInputError, match="cluster_id must be that of a cluster; got 'no-such-id'"):
        make([NORTH, SOUTH]).timeline("no-such-id")


def test_changes_tell_what_later_articles_brought() -> None:
    clock = Clock()
    tracker = make([NORTH, WEST], clock=clock)
    clock.tick()
    tracker.add([SOUTH, *RAIN])
    clock.tick()
    east = Article(name="east", text=ALSO_OPENS, source="East", published="2031-03-05")
    tracker.add([east])

    found = tracker.changes(START)

    about_bridge, about_rain = tracker.clusters
    new = {article.name: claim_of(tracker, article) for article in (SOUTH, east, *RAIN)}
    pairs = sorted(pair for pair in about_bridge.contradictions)
    assert found == Changes(
        since=START,
        articles=(*sorted(a.id for a in (SOUTH, *RAIN)), east.id),
        clusters=(about_rain.id,),
        claims=(
            NewClaims(cluster_id=about_bridge.id, claim_ids=(new["south"], new["east"])),
            NewClaims(cluster_id=about_rain.id, claim_ids=tuple(sorted([new["rain 1"], new["rain 2"]]))),
        ),
        contradictions=tuple(
            NewContradiction(cluster_id=about_bridge.id, one_id=one, other_id=other) for one, other in pairs
        ),
        gained=(GainedSources(cluster_id=about_bridge.id, side=1, outlets=("East",)),),
    )
    assert len(pairs) == 3


def test_since_the_last_article_nothing_changed() -> None:
    clock = Clock()
    tracker = make([NORTH, WEST], clock=clock)
    now = clock.tick()
    tracker.add([SOUTH])

    assert tracker.changes(now) == Changes(since=now)
    assert tracker.changes(now - datetime.timedelta(seconds=1)).articles == (SOUTH.id,)


def test_an_old_version_is_not_among_what_is_new() -> None:
    clock = Clock()
    tracker = make([SOUTH], clock=clock)
    since = clock.tick()
    clock.tick()
    tracker.add([NORTH])
    north = Article(name="north", text=ALSO_OPENS, source="North", published="2031-03-02")

    tracker.add([north], update=True)

    assert tracker.changes(since).articles == (north.id,)


def test_a_point_in_time_needs_a_time_zone() -> None:
    with pytest.raises(InvalidInputError, match=r"since must be a time zone aware datetime; got datetime\.datetime\(2"):
        make([NORTH]).changes(START.replace(tzinfo=None))
