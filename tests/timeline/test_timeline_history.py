"""Timelines of clusters made by hand."""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_clusters import Made, articles_of, cluster_of, ids, made, timeline_of

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Appearance,
    Attribution,
    FigurePoint,
    FigureSeries,
    Side,
    SideHistory,
    SideSwitch,
    Timeline,
    Withdrawal,
    to_json,
)
from claimtrack.timeline import timeline
from strategies import article_sets

DAYS = ("2031-03-01", "2031-03-02", "2031-03-03")


def moves(found: Timeline) -> list[tuple[str, str, str]]:
    """Who, from which claim, to which claim; one day in capitals."""
    return [
        (switch.who, switch.from_claim.id.upper(), switch.to_claim.id.upper())
        if switch.one_day
        else (switch.who, switch.from_claim.id, switch.to_claim.id)
        for switch in found.switches
    ]


def ana(id: str, day: str | None) -> Made:
    return made(id, day, speaker="Ana Holm")


def figures(found: Timeline) -> dict[tuple[str | None, str | None], list[tuple[str | None, float | None, str]]]:
    return {
        (series.of, series.unit): [(point.date, point.value, point.claim.id) for point in series.points]
        for series in found.series
    }


def test_a_side_begins_with_its_earliest_claim_and_keeps_undated_ones_apart() -> None:
    side = [made("d", None), made("c", DAYS[2]), made("b", DAYS[1]), made("a", DAYS[2]), made("e", None)]

    [history] = timeline_of(side).sides

    assert history.first == Appearance(claim=side[2].claim, outlet="Outlet b", date=DAYS[1])
    assert [(one.claim.id, one.date) for one in history.later] == [("a", DAYS[2]), ("c", DAYS[2])]
    assert [(one.claim.id, one.date) for one in history.undated] == [("d", None), ("e", None)]
    assert ids(history.appearances) == "bacde"


def test_an_undated_side_has_no_first() -> None:
    one, two = timeline_of([made("a", DAYS[0])], [made("b", None)], against="ab").sides

    assert (one.first is not None, two.first, ids(two.undated)) == (True, None, "b")


def test_a_timeline_goes_by_the_id_and_the_label_of_its_cluster() -> None:
    side = [made("a"), made("b")]
    cluster = cluster_of(side)

    found = timeline(cluster, articles_of(side))

    assert (found.cluster_id, found.label) == (cluster.id, cluster.label)
    assert (found.switches, found.series, found.withdrawn) == ((), (), ())


def test_appearances_carry_the_one_name_of_the_speaker() -> None:
    side = [made("a", speaker="Holm"), made("b", speaker="Mr Bo"), made("c")]

    [history] = timeline_of(side, speakers={"Holm": "Ana Holm"}).sides

    assert [one.speaker for one in history.appearances] == ["Ana Holm", "Mr Bo", None]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([ana("a", DAYS[0])], [ana("b", DAYS[1])], [("Ana Holm", "a", "b")], id="there"),
        pytest.param([ana("a", DAYS[1])], [ana("b", DAYS[0])], [("Ana Holm", "b", "a")], id="the other way"),
        pytest.param([ana("b", DAYS[0])], [ana("a", DAYS[0])], [("Ana Holm", "A", "B")], id="one day"),
        pytest.param([ana("a", DAYS[0])], [ana("b", None)], [], id="undated"),
        pytest.param([ana("a", DAYS[0])], [made("b", DAYS[1], speaker="Bo Lund")], [], id="two speakers"),
        pytest.param(
            [ana("a", DAYS[0]), ana("c", DAYS[2])],
            [ana("b", DAYS[1])],
            [("Ana Holm", "a", "b"), ("Ana Holm", "b", "c")],
            id="there and back",
        ),
        pytest.param(
            [ana("a", DAYS[0]), ana("c", DAYS[1])],
            [ana("b", DAYS[1]), ana("d", DAYS[2])],
            [("Ana Holm", "a", "b")],
            id="both repeated",
        ),
        pytest.param(
            [ana("a", DAYS[0]), ana("c", DAYS[1])],
            [ana("b", DAYS[2]), ana("d", DAYS[2])],
            [("Ana Holm", "c", "b")],
            id="the last before and the first after",
        ),
    ],
)
def test_a_speaker_who_contradicts_himself(
    one: list[Made], other: list[Made], expected: list[tuple[str, str, str]]
) -> None:
    found = timeline_of(one, other, against=f"{one[0].claim.id}{other[0].claim.id}")

    assert moves(found) == expected


def test_a_switch_says_who_when_and_in_which_claims() -> None:
    one, other = ana("a", DAYS[0]), ana("b", DAYS[1])

    [switch] = timeline_of([one], [other], against="ab").switches

    assert switch == SideSwitch(
        who="Ana Holm",
        is_outlet=False,
        from_claim=one.claim,
        to_claim=other.claim,
        from_date=DAYS[0],
        to_date=DAYS[1],
        direct=True,
    )


def test_two_spellings_of_one_speaker_are_one() -> None:
    sides = [made("a", DAYS[0], speaker="A. Holm")], [made("b", DAYS[1], speaker="Ana Holm")]

    assert moves(timeline_of(*sides, against="ab")) == []
    assert moves(timeline_of(*sides, against="ab", speakers={"A. Holm": "Ana Holm"})) == [("Ana Holm", "a", "b")]


def test_an_outlet_that_changes_in_its_own_voice_is_found() -> None:
    sides = [made("a", DAYS[0], outlet="Harbour Post")], [made("b", DAYS[1], outlet="Harbour Post")]

    [switch] = timeline_of(*sides, against="ab").switches

    assert (switch.who, switch.is_outlet, switch.one_day) == ("Harbour Post", True, False)


def test_an_outlet_and_a_speaker_of_its_name_are_two() -> None:
    sides = [made("a", DAYS[0], outlet="Radio Calder")], [made("b", DAYS[1], speaker="Radio Calder")]

    assert timeline_of(*sides, against="ab").switches == ()


def test_a_report_that_names_no_speaker_is_not_the_outlets_voice() -> None:
    """To say that an outlet changed its mind because it reported two unnamed people would be wrong."""
    sides = (
        [made("a", DAYS[0], outlet="Harbour Post", attribution=Attribution.REPORTED)],
        [made("b", DAYS[1], outlet="Harbour Post", attribution=Attribution.QUOTED)],
    )

    assert timeline_of(*sides, against="ab").switches == ()


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Officials", False),
        ("Two witnesses", False),
        ("residents of the town", False),
        ("People familiar with the talks", False),
        ("Russian state media", False),
        ("Police", True),
        ("spokesman for the ministry", True),
        ("Doctors Without Borders", True),
        ("Near East Foundation", True),
        ("Russia", True),
    ],
)
def test_only_a_speaker_who_is_somebody_changes_sides(speaker: str, expected: bool) -> None:
    sides = [made("a", DAYS[0], speaker=speaker)], [made("b", DAYS[1], speaker=speaker)]

    assert bool(timeline_of(*sides, against="ab").switches) is expected


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        pytest.param("", [], id="no contradiction"),
        pytest.param("xy", [], id="between other sides"),
        pytest.param("xb", [], id="of one of them and another side"),
        pytest.param("ab", [True], id="between the two"),
        pytest.param("cb", [True], id="between other claims of the two"),
        pytest.param("xa xb", [False], id="joined through another side"),
        pytest.param("xa xy yb", [False], id="joined through two other sides"),
    ],
)
def test_only_sides_that_contradictions_join_count(against: str, expected: list[bool]) -> None:
    sides = [made("x", speaker="X")], [ana("a", DAYS[0]), made("c")], [made("y", speaker="Y")], [ana("b", DAYS[1])]

    found = timeline_of(*sides, against=against)

    assert [switch.direct for switch in found.switches] == expected


def test_a_side_that_is_not_joined_does_not_stand_between() -> None:
    sides = [ana("a", DAYS[0])], [ana("x", DAYS[1])], [ana("b", DAYS[2])]

    assert moves(timeline_of(*sides, against="ab")) == [("Ana Holm", "a", "b")]


def test_three_sides_in_turn_are_two_switches() -> None:
    sides = [ana("a", DAYS[0])], [ana("b", DAYS[1])], [ana("c", DAYS[2])]

    assert moves(timeline_of(*sides, against="ab bc ac")) == [("Ana Holm", "a", "b"), ("Ana Holm", "b", "c")]


def test_two_sides_newly_taken_on_one_day() -> None:
    sides = [ana("a", DAYS[0])], [ana("c", DAYS[1])], [ana("b", DAYS[1])]

    found = timeline_of(*sides, against="ab ac bc")

    assert moves(found) == [("Ana Holm", "a", "b"), ("Ana Holm", "a", "c"), ("Ana Holm", "B", "C")]


def test_figures_of_one_thing_are_put_in_order_of_date() -> None:
    one = [made("c", DAYS[2], text="At least 40 people died."), made("b", None, text="Some 12 people died.")]
    other = [made("a", DAYS[0], text="12 people died."), made("d", DAYS[0], text="30 houses burned.")]

    [series] = timeline_of(one, other, against="ca").series

    assert (series.of, series.unit) == ("person", None)
    assert series.points[1] == FigurePoint(date=DAYS[2], value=40.0, low=40.0, claim=one[0].claim, outlet="Outlet c")
    assert [(point.date, point.value, point.claim.id) for point in series.points] == [
        (DAYS[0], 12.0, "a"),
        (DAYS[2], 40.0, "c"),
        (None, 12.0, "b"),
    ]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([("5 people died.", DAYS[0], "P")], 0, id="one"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("5 people died.", DAYS[1], "Q")], 0, id="the same figure"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("6 people died.", DAYS[0], "P")], 0, id="one place"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("6 people died.", None, "P")], 0, id="undated is no date"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("6 people died.", DAYS[1], "P")], 1, id="two dates"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("6 people died.", DAYS[0], "Q")], 1, id="two outlets"),
        pytest.param([("5 people died.", None, "P"), ("6 people died.", None, "Q")], 1, id="two outlets, undated"),
        pytest.param([("5 people died.", DAYS[0], "P"), ("6 houses burned.", DAYS[1], "Q")], 0, id="two things"),
        pytest.param([("Rates rose 5 percent.", DAYS[0], "P"), ("Rates rose 5 points.", DAYS[1], "Q")], 0, id="units"),
        pytest.param([("The toll is 5.", DAYS[0], "P"), ("The toll is 6.", DAYS[1], "P")], 1, id="not said of what"),
        pytest.param([("At least 5 people died.", DAYS[0], "P"), ("5 people died.", DAYS[1], "P")], 1, id="bounds"),
        pytest.param(
            [("5 people died.", DAYS[0], "P"), ("5 people died.", DAYS[1], "P"), ("6 people died.", None, "P")],
            0,
            id="the other figure is undated",
        ),
    ],
)
def test_a_series_needs_two_figures_of_two_dates_or_outlets(
    claims: list[tuple[str, str | None, str]], expected: int
) -> None:
    side = [made(f"c{n}", day, outlet=outlet, text=text) for n, (text, day, outlet) in enumerate(claims)]

    assert len(timeline_of(side).series) == expected


def test_both_figures_of_one_claim_are_points_and_one_given_twice_is_one() -> None:
    side = [
        made("a", DAYS[0], text="Rates rose from 3 percent to 5 percent."),
        made("b", DAYS[1], text="It is 6 percent, yes, 6 percent."),
    ]

    found = timeline_of(side)

    assert figures(found) == {(None, "percent"): [(DAYS[0], 3.0, "a"), (DAYS[0], 5.0, "a"), (DAYS[1], 6.0, "b")]}


def test_claims_of_articles_that_ended_are_listed_with_the_day() -> None:
    side = [made(id) for id in "abcde"]
    late = datetime.timezone(datetime.timedelta(hours=-5))
    ended: dict[str, str | datetime.date] = {
        "article b": "2031-03-09",
        "article a": datetime.datetime(2031, 3, 9, 22, 0, tzinfo=late),
        "article c": datetime.date(2031, 3, 8),
        "article e": "2031-03-07T01:00:00+02:00",
        "article of another cluster": "2031-01-01",
    }

    found = timeline(cluster_of(side), articles_of(side), ended=ended)

    assert [(one.claim.id, one.date) for one in found.withdrawn] == [
        ("e", "2031-03-06"),
        ("c", "2031-03-08"),
        ("b", "2031-03-09"),
        ("a", "2031-03-10"),
    ]
    assert found.withdrawn[0] == Withdrawal(claim=side[4].claim, outlet="Outlet e", date="2031-03-06")
    assert ids(found.sides[0].appearances) == "abcde"


@pytest.mark.parametrize(
    "end",
    ["yesterday", "", "2031-3-9", "2031-03-09T10:00", datetime.datetime(2031, 3, 9), 20310309],  # noqa: DTZ001
)
def test_an_end_that_is_no_day_is_refused(end: Any) -> None:
    side = [made("a"), made("b")]

    with pytest.raises(InvalidInputError, match="ended must hold ISO dates or time zone aware datetimes; got"):
        timeline(cluster_of(side), articles_of(side), ended={"article a": end})


def test_an_article_that_is_missing_or_there_twice_is_refused() -> None:
    side = [made("a"), made("b")]
    cluster, articles = cluster_of(side), articles_of(side)

    with pytest.raises(InvalidInputError, match="articles must hold the article of every claim; got claim 'b'"):
        timeline(cluster, articles[:1])
    with pytest.raises(InvalidInputError, match="articles must have distinct ids; got 'article a' twice"):
        timeline(cluster, [*articles, articles[0]])


def test_an_empty_cluster_has_no_place_here_but_an_empty_map_has() -> None:
    side = [made("a"), made("b")]

    assert timeline(cluster_of(side), articles_of(side), speakers={}, ended={}) == timeline_of(side)


names = st.sampled_from(["Ana Holm", "Bo Lund", "Holm", "officials", None])
texts = st.sampled_from(["5 people died.", "6 people died.", "At least 5 died.", "The ferry will sail."])
some_claims = st.lists(
    st.tuples(st.sampled_from([*DAYS, None]), names, st.sampled_from(["P", "Q"]), texts, st.integers(0, 2)),
    min_size=1,
    max_size=9,
)


@given(some_claims, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=100)
def test_a_timeline_does_not_depend_on_the_order_of_anything(
    drawn: list[tuple[str | None, str | None, str, str, int]], rng: random.Random, joined: bool
) -> None:
    sides: list[list[Made]] = [[], [], []]
    for n, (day, speaker, outlet, text, side) in enumerate(drawn):
        sides[side].append(made("abcdefghi"[n], day, speaker=speaker, outlet=outlet, text=text))
    sides = [side for side in sides if side]
    heads = [side[0].claim.id for side in sides]
    pairs = [one + other for n, one in enumerate(heads) for other in heads[n + 1 :]] if joined else []
    cluster = cluster_of(*sides, against=" ".join(pairs))
    articles, speakers = articles_of(*sides), {"Holm": "Ana Holm"}
    ended = {f"article {id}": day for id, day in zip("abc", DAYS, strict=True)}
    expected = timeline(cluster, articles, speakers=speakers, ended=ended)

    shuffled = attrs.evolve(
        cluster,
        sides=tuple(Side(claims=tuple(rng.sample(side.claims, len(side.claims)))) for side in cluster.sides),
        contradictions=tuple(pair[::-1] for pair in rng.sample(cluster.contradictions, len(cluster.contradictions))),
    )
    found = timeline(
        shuffled, rng.sample(articles, len(articles)), speakers=speakers, ended=dict(reversed(ended.items()))
    )

    assert found == expected
    assert to_json(found) == to_json(expected)


@given(article_sets())
@settings(max_examples=50)
def test_a_timeline_holds_every_claim_once_and_survives_json(drawn: Any) -> None:
    articles, _, _, clusters = drawn
    published = {article.id: article.published for article in articles}
    for cluster in clusters:
        found = timeline(cluster, articles, ended={article.id: "2031-01-01" for article in articles[:1]})

        for side, history in zip(cluster.sides, found.sides, strict=True):
            assert sorted(ids(history.appearances)) == sorted("".join(side.claim_ids))
            assert all(one.date == published[one.claim.article_id] for one in history.appearances)
        values = to_json(found)
        assert json.loads(json.dumps(values, allow_nan=False)) == values


def test_a_timeline_as_json() -> None:
    one = made("a", DAYS[0], speaker="Ana Holm", text="5 people died.")
    other = made("b", DAYS[1], speaker="Ana Holm", text="6 people died.")
    cluster = cluster_of([one], [other, made("c", None)], against="ab")

    found = timeline(cluster, [one.article, other.article, made("c", None).article], ended={"article a": "2031-03-09"})

    assert to_json(found) == {
        "cluster_id": cluster.id,
        "label": "5 people died.",
        "sides": [
            {
                "first": {
                    "date": DAYS[0],
                    "outlet": "Outlet a",
                    "speaker": "Ana Holm",
                    "claim_id": "a",
                    "article_id": "article a",
                    "text": "5 people died.",
                },
                "later": [],
                "undated": [],
            },
            {
                "first": to_json(found.sides[1].appearances[0]),
                "later": [],
                "undated": [
                    {
                        "date": None,
                        "outlet": "Outlet c",
                        "speaker": None,
                        "claim_id": "c",
                        "article_id": "article c",
                        "text": "The ferry will sail.",
                    }
                ],
            },
        ],
        "switches": [
            {
                "who": "Ana Holm",
                "is_outlet": False,
                "from_claim_id": "a",
                "to_claim_id": "b",
                "from_date": DAYS[0],
                "to_date": DAYS[1],
                "one_day": False,
                "direct": True,
            }
        ],
        "series": [
            {
                "of": "person",
                "unit": None,
                "points": [
                    {
                        "date": DAYS[0],
                        "value": 5.0,
                        "low": 5.0,
                        "high": 5.0,
                        "claim_id": "a",
                        "outlet": "Outlet a",
                    },
                    to_json(found.series[0].points[1]),
                ],
            }
        ],
        "withdrawn": [{"claim_id": "a", "outlet": "Outlet a", "date": "2031-03-09"}],
    }
    assert to_json(found)["sides"] == [to_json(side) for side in found.sides]
    assert to_json(found)["switches"] == [to_json(switch) for switch in found.switches]
    assert to_json(found)["withdrawn"] == [to_json(gone) for gone in found.withdrawn]


A, B = made("a").claim, made("b").claim
DATED, LATER, UNDATED = (
    Appearance(claim=claim, outlet="P", date=day) for claim, day in ((A, DAYS[0]), (B, DAYS[1]), (B, None))
)


@pytest.mark.parametrize(
    ("record", "fields", "message"),
    [
        (Appearance, {"claim": A, "outlet": "P", "date": "4 March"}, "Appearance.date must be an ISO date"),
        (SideHistory, {}, "must hold at least one appearance"),
        (SideHistory, {"later": (LATER,)}, "SideHistory.first must be given"),
        (SideHistory, {"first": LATER, "later": (DATED,)}, "must be in order of date"),
        (SideHistory, {"first": UNDATED}, "must have a date"),
        (SideHistory, {"first": DATED, "undated": (LATER,)}, "SideHistory.undated must hold no date"),
        (
            SideSwitch,
            {"who": "x", "is_outlet": True, "from_claim": A, "to_claim": B, "from_date": DAYS[1], "to_date": DAYS[0]},
            "from_date must be <= ",
        ),
        (
            SideSwitch,
            {"who": "x", "is_outlet": True, "from_claim": A, "to_claim": A, "from_date": DAYS[0], "to_date": DAYS[0]},
            "must join two claims; got 'a' twice",
        ),
        (
            SideSwitch,
            {"who": "x", "is_outlet": True, "from_claim": B, "to_claim": A, "from_date": DAYS[0], "to_date": DAYS[0]},
            "must be in order of id",
        ),
        (FigurePoint, {"claim": A, "outlet": "P"}, "must have a value, low or high"),
        (FigureSeries, {"points": ()}, "points"),
        (Withdrawal, {"claim": A, "outlet": "P", "date": "soon"}, "Withdrawal.date must be an ISO date"),
        (Timeline, {"cluster_id": "c", "label": "l", "sides": ()}, "sides"),
        (
            Timeline,
            {"cluster_id": "c", "label": "l", "sides": (SideHistory(first=DATED), SideHistory(first=DATED))},
            "one side of a Timeline only",
        ),
        (
            Timeline,
            {
                "cluster_id": "c",
                "label": "l",
                "sides": (SideHistory(first=DATED),),
                "series": (FigureSeries(points=tuple(FigurePoint(claim=c, outlet="P", value=2.0) for c in (A, B))),),
            },
            "Timeline.sides must hold every claim that the timeline names; got 'b'",
        ),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(record: Any, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        record(**fields)


def test_a_date_that_is_no_text_is_a_type_error() -> None:
    fields: dict[str, Any] = {"claim": A, "outlet": "P", "date": datetime.date(2031, 3, 4)}

    with pytest.raises(TypeError, match="date"):
        Appearance(**fields)
