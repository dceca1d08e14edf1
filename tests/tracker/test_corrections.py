"""Decisions of people: every later run respects them, wherever the claims come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from made_trackers import (
    ALSO_OPENS,
    NORTH,
    SOUTH,
    START,
    WEST,
    Clock,
    NeutralModel,
    claim_of,
    everything,
    make,
    opened,
    sides,
)

from claimtrack import Article, InvalidInputError, Tracker
from claimtrack.errors import StoreError
from claimtrack.records import Action, Correction, Kind, Label, Relation, Ruling

RAIN = Article(name="rain", text="Rain fell on the fair.", source="Rain Post")
POUR = Article(name="pour", text="Visitors got soaked.", source="Pour Post")
LONG = (
    "The old harbour crane was moved to the museum yard. Six lorries carried its arms through the narrow streets. "
    "Neighbours watched from their windows until the last bolt was set. The port paid for the road works. "
    "A plaque names the workers who built it. Children climbed on its wheels in the evening light."
)


def about(tracker: Tracker, one: Article, two: Article) -> tuple[str, str]:
    return claim_of(tracker, one), claim_of(tracker, two)


def between(tracker: Tracker, one: Article, two: Article) -> list[Relation]:
    pair = set(about(tracker, one, two))
    return [r for r in tracker.judged if {r.premise_id, r.hypothesis_id} == pair]


# -- what each decision does -------------------------------------------------------------------------------------------


def test_without_decisions_it_is_as_judged() -> None:
    assert sides(make([NORTH, SOUTH])) == [["south", "north"]]
    assert sides(make([NORTH, WEST])) == [["north west"]]
    assert sides(make([RAIN, POUR])) == []


def test_a_dismissed_contradiction_is_none() -> None:
    tracker = make([NORTH, SOUTH])

    made = tracker.correct("dismiss", *about(tracker, NORTH, SOUTH), by="Ann", note="other bridge")

    assert (tracker.clusters, tracker.relations) == ((), ())
    assert made == Correction(
        action=Action.DISMISS, first_id=made.first_id, second_id=made.second_id, by="Ann", at=START, note="other bridge"
    )
    assert {made.first_id, made.second_id} == set(about(tracker, NORTH, SOUTH))
    for relation in between(tracker, NORTH, SOUTH):
        assert (relation.label, relation.kind) == (Label.NEUTRAL, None)
        assert relation.reason == "dismiss: decided by Ann on 2031-03-04, other bridge"
        assert relation.p_contradiction == 0.9, "the probabilities stay as they were judged"


def test_a_confirmed_contradiction_is_one_for_a_model_that_sees_none() -> None:
    tracker, later = make([NORTH, SOUTH]), make([NORTH, SOUTH], relation_model=NeutralModel())
    before = sides(tracker)
    assert sides(later) == []

    made = tracker.correct(Action.CONFIRM, *about(tracker, NORTH, SOUTH), by="Ann")
    later.keep_correction(made)

    assert (made.label, made.kind) == (Label.CONTRADICTION, Kind.NEGATION)
    assert sides(tracker) == sides(later) == before
    assert {relation.kind for relation in later.relations} == {Kind.NEGATION}
    assert {relation.reason for relation in later.relations} == {"confirm: decided by Ann on 2031-03-04"}


def test_a_confirmed_contradiction_keeps_the_words_it_was_found_with_and_no_others() -> None:
    counted = [
        Article(name=name, text=f"The new bridge cost {cost} million euros.", source=name, published="2031-03-04")
        for name, cost in (("one", 12), ("two", 40))
    ]
    tracker, other = make(counted), make(counted)
    pair = about(tracker, *counted)
    found = between(tracker, *counted)
    assert {r.model for r in found} == {Ruling.FIGURES.value}

    tracker.correct("confirm", *pair, by="Ann", note="asked both")
    other.correct("retype", *pair, by="Ann", label="contradiction", kind="place", note="other towns")

    assert between(tracker, *counted) == found
    assert {r.reason for r in between(other, *counted)} == {"retype: decided by Ann on 2031-03-04, other towns"}


def test_a_confirmed_pair_without_relation_has_none_for_a_model_that_sees_one() -> None:
    tracker, later = make([NORTH, SOUTH], relation_model=NeutralModel()), make([NORTH, SOUTH])

    made = tracker.correct("confirm", *about(tracker, NORTH, SOUTH), by="Ann")
    later.keep_correction(made)

    assert made.label is Label.NEUTRAL
    assert later.relations == ()


@pytest.mark.parametrize(
    ("articles", "label", "kind", "expected_kind", "expected"),
    [
        ([NORTH, WEST], "contradiction", None, Kind.OTHER, [["north", "west"]]),
        ([NORTH, WEST], "contradiction", "figure", Kind.FIGURE, [["north", "west"]]),
        ([NORTH, WEST], Label.NEUTRAL, None, None, []),
        ([NORTH, SOUTH], Label.NEUTRAL, Kind.UPDATE, Kind.UPDATE, []),
        ([NORTH, SOUTH], "entailment", None, None, [["south north"]]),
        ([RAIN, POUR], "contradiction", Kind.TIME, Kind.TIME, [["pour", "rain"], ["rain", "pour"]]),
        ([RAIN, POUR], "entailment", None, None, [["rain pour"], ["pour rain"]]),
    ],
)
def test_a_relation_is_what_it_was_retyped_to(
    articles: list[Article], label: Any, kind: Any, expected_kind: Kind | None, expected: list[list[str]]
) -> None:
    tracker = make(articles)

    tracker.correct("retype", *about(tracker, *articles), by="Ann", label=label, kind=kind)

    assert {(r.label, r.kind) for r in between(tracker, *articles)} == {(Label(label), expected_kind)}
    assert sides(tracker) in ([expected] if not expected else [[one] for one in expected])


def test_claims_that_were_joined_state_the_same() -> None:
    """Two reports on one fact may share no word; a person sees that they do."""
    tracker = make([RAIN, POUR])

    tracker.correct("join", *about(tracker, RAIN, POUR), by="Ann")

    assert sorted(sides(tracker)[0][0].split()) == ["pour", "rain"]
    assert {r.label for r in between(tracker, RAIN, POUR)} == {Label.ENTAILMENT}


def test_claims_that_were_joined_need_not_have_been_judged() -> None:
    tracker = make()
    tracker.add([RAIN, POUR], relate=False)

    tracker.correct("join", *about(tracker, RAIN, POUR), by="Ann")

    assert [(r.p_entailment, r.model) for r in between(tracker, RAIN, POUR)] == [(1.0, "a person's decision")] * 2
    assert len(tracker.clusters) == 1


def test_claims_that_were_split_stand_on_different_sides() -> None:
    tracker = make([NORTH, SOUTH, WEST])
    assert sides(tracker) == [["south", "north west"]]

    tracker.correct("split", *about(tracker, NORTH, WEST), by="Ann")

    assert sides(tracker) == [["south", "north", "west"]]


def test_articles_that_were_said_to_be_copies_are_one_source() -> None:
    tracker = make([NORTH, WEST])
    assert tracker.clusters[0].independent_sources == 2

    tracker.correct("copies", WEST.id, NORTH.id, by="Ann")

    [cluster] = tracker.clusters
    assert cluster.independent_sources == 1
    assert [(fold.source, fold.into) for fold in cluster.folds] == [("West", "North")]
    assert "is a copy, as Ann decided on 2031-03-04" in cluster.folds[0].reason
    assert tracker.check(ALSO_OPENS).supporting_sources == 1


def test_copies_of_copies_are_one_source() -> None:
    east = Article(name="east", text=ALSO_OPENS, source="East", published="2031-03-09")
    tracker = make([NORTH, WEST, east])
    assert tracker.clusters[0].independent_sources == 3

    tracker.correct("copies", WEST.id, east.id, by="Ann")
    tracker.correct("copies", NORTH.id, east.id, by="Ann")

    assert tracker.clusters[0].independent_sources == 1


def test_articles_that_were_said_to_be_independent_are_two_sources() -> None:
    first = Article(name="first", text=LONG, source="First", published="2031-03-01")
    second = Article(name="second", text=LONG, source="Second", published="2031-03-02")
    third = Article(name="third", text=LONG, source="Third", published="2031-03-03")
    tracker = make([first, second, third])
    assert {cluster.independent_sources for cluster in tracker.clusters} == {1}

    tracker.correct("independent", third.id, first.id, by="Ann")

    assert {cluster.independent_sources for cluster in tracker.clusters} == {2}
    assert {fold.source for cluster in tracker.clusters for fold in cluster.folds} == {"Second"}


# -- how long it lasts -------------------------------------------------------------------------------------------------


def test_what_was_dismissed_stays_dismissed_when_all_articles_went_and_came_back() -> None:
    tracker = make([NORTH, SOUTH])
    tracker.correct("dismiss", *about(tracker, NORTH, SOUTH), by="Ann")

    tracker.remove([NORTH.id, SOUTH.id])
    assert len(tracker.corrections) == 1
    assert tracker.clusters == ()
    tracker.add([SOUTH, NORTH])

    assert (tracker.clusters, tracker.relations) == ((), ())


def test_a_decision_made_elsewhere_waits_for_its_claims() -> None:
    tracker, other = make([NORTH, SOUTH]), make()
    made = tracker.correct("dismiss", *about(tracker, NORTH, SOUTH), by="Ann")

    other.keep_correction(made)
    other.add([NORTH])
    other.add([SOUTH, WEST])

    assert other.corrections == (made,)
    assert between(other, NORTH, SOUTH)[0].label is Label.NEUTRAL
    assert between(other, WEST, SOUTH)[0].label is Label.CONTRADICTION


def test_decisions_are_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        tracker.add([NORTH, SOUTH, WEST])
        tracker.correct("dismiss", *about(tracker, NORTH, SOUTH), by="Ann \ud800", note="“other”\nbridge")
        tracker.correct("copies", NORTH.id, WEST.id, by="Bo")
        before = everything(tracker), tracker.corrections

    with opened(tmp_path) as tracker:
        assert (everything(tracker), tracker.corrections) == before
        tracker.remove([NORTH.id, SOUTH.id, WEST.id])
        tracker.add([NORTH, SOUTH, WEST])
        assert (everything(tracker), tracker.corrections) == before


def test_a_reader_cannot_decide(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        tracker.add([NORTH, SOUTH])
        pair = about(tracker, NORTH, SOUTH)

    with opened(tmp_path, read_only=True) as tracker:
        with pytest.raises(StoreError, match="opened read only"):
            tracker.correct("dismiss", *pair, by="Ann")
        assert tracker.corrections == ()


@pytest.mark.parametrize("action", ["confirm", "dismiss", "retype", "join", "split", "copies", "independent"])
def test_what_was_undone_was_never_decided(action: str) -> None:
    tracker = make([NORTH, SOUTH, WEST])
    before = everything(tracker)
    pair = (NORTH.id, WEST.id) if Action(action).is_about_articles else about(tracker, NORTH, SOUTH)

    made = tracker.correct(action, *pair, by="Ann", label="neutral" if action == "retype" else None)
    assert list(tracker.corrections) == [made]
    tracker.undo(made.id)

    assert list(tracker.corrections) == []
    assert everything(tracker) == before


def test_a_later_decision_about_the_same_two_takes_the_place_of_the_first() -> None:
    clock = Clock()
    tracker = make([NORTH, SOUTH], clock=clock)
    one, two = about(tracker, NORTH, SOUTH)
    tracker.correct("dismiss", one, two, by="Ann")
    clock.tick()

    later = tracker.correct("retype", two, one, by="Bo", label="contradiction")

    assert tracker.corrections == (later,)
    assert sides(tracker) == [["south", "north"]]


def test_decisions_are_listed_by_time() -> None:
    clock = Clock()
    tracker = make([NORTH, SOUTH, WEST], clock=clock)
    third = tracker.correct("copies", NORTH.id, WEST.id, by="Ann")
    first = attrs.evolve(third, first_id="a", second_id="b", at=START.replace(hour=1), id="x")

    tracker.keep_correction(first)

    assert tracker.corrections == (first, third)


# -- wrong input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "ids", "options", "message"),
    [
        ("merge", "ns", {}, "'merge' is not a valid Action"),
        ("retype", "ns", {"label": "maybe"}, "'maybe' is not a valid Label"),
        ("retype", "ns", {"label": "contradiction", "kind": "mood"}, "'mood' is not a valid Kind"),
        ("retype", "ns", {}, r"Correction\.label goes with confirm and retype, and only there; got None"),
        ("join", "ns", {"label": "entailment"}, r"Correction\.label goes with confirm and retype"),
        ("retype", "ns", {"label": "neutral", "kind": "figure"}, r"kind must be given for a contradiction and only"),
        ("dismiss", "n?", {}, "dismiss must be said of kept claims; got 'no-such-id'"),
        ("dismiss", "nA", {}, f"dismiss must be said of kept claims; got '{NORTH.id}'"),
        ("copies", "An", {}, "copies must be said of kept articles; got '"),
        ("split", "nn", {}, "split must be said of two claims; got '.*' twice"),
        ("independent", "AA", {}, "independent must be said of two articles; got '.*' twice"),
        ("dismiss", "ns", {"by": ""}, "'by'"),
        ("dismiss", "ns", {"by": None}, "'by' must be <class 'str'>"),
        ("dismiss", "ns", {"note": 3}, "'note' must be"),
    ],
)
def test_what_is_no_decision_is_refused_and_nothing_is_kept(
    action: str, ids: str, options: dict[str, Any], message: str
) -> None:
    tracker = make([NORTH, SOUTH])
    id_of = {"n": claim_of(tracker, NORTH), "s": claim_of(tracker, SOUTH), "A": NORTH.id, "?": "no-such-id"}
    one, two = (id_of[letter] for letter in ids)

    with pytest.raises(InvalidInputError, match=message):
        tracker.correct(action, one, two, **({"by": "Ann"} | options))

    assert tracker.corrections == ()


def test_only_a_judged_pair_can_be_confirmed() -> None:
    tracker = make()
    tracker.add([NORTH, SOUTH], relate=False)

    with pytest.raises(InvalidInputError, match="confirm must be said of a judged pair; got '"):
        tracker.correct("confirm", *about(tracker, NORTH, SOUTH), by="Ann")


def test_what_was_never_decided_cannot_be_undone() -> None:
    with pytest.raises(InvalidInputError, match="correction_id must be that of a kept correction; got 'no-such-id'"):
        make().undo("no-such-id")
