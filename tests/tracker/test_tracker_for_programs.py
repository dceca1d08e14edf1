"""What a tracker hands to other programs is what it shows itself."""

from __future__ import annotations

from made_trackers import NORTH, SOUTH, WEST, claim_of, make

from claimtrack import TrackerOptions
from claimtrack.export import to_networkx, to_pandas


def test_the_records_are_all_that_the_tracker_tells_in_the_order_of_the_house() -> None:
    tracker = make([NORTH, SOUTH, WEST], options=TrackerOptions(min_similarity=-1.0))
    tracker.correct("dismiss", claim_of(tracker, NORTH), claim_of(tracker, SOUTH), by="Desk")

    records = tracker.records

    assert tracker.relations
    assert records == (
        *tracker.articles,
        *tracker.claims,
        *tracker.relations,
        *tracker.clusters,
        *tracker.corrections,
        *tracker.versions,
        *tracker.lineage,
    )


def test_frames_and_graph_are_those_of_the_records() -> None:
    tracker = make([NORTH, SOUTH, WEST])

    frames, graph = tracker.to_pandas(), tracker.to_networkx()

    assert {name: frame.to_dict("list") for name, frame in frames.items() if name != "articles"} == {
        name: frame.to_dict("list") for name, frame in to_pandas(tracker.records).items() if name != "articles"
    }
    assert dict(graph.nodes(data=True)) == dict(to_networkx(tracker.records).nodes(data=True))
    assert frames["articles"]["id"].tolist() == [article.id for article in tracker.articles]
    assert list(graph) == [claim.id for claim in tracker.claims]
    assert set(graph.edges) == {(r.premise_id, r.hypothesis_id) for r in tracker.relations}
