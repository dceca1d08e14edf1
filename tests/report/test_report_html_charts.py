from __future__ import annotations

import math

import pytest
from bridge_example import BRIDGE, COST_POST, COST_RADIO, HURT_WIRE, OPEN_POST
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import FigurePoint, FigureSeries
from claimtrack.report.html.charts import DateAxis, figures, lanes, ring
from claimtrack.timeline import timeline


def test_dates_go_from_left_to_right_and_the_undated_stand_apart() -> None:
    axis = DateAxis.of(["2031-03-10", None, "2031-03-04", "2031-03-07"])

    assert axis == DateAxis(first="2031-03-04", last="2031-03-10", has_undated=True)
    assert axis.place("2031-03-07") == (axis.place("2031-03-04") + axis.place("2031-03-10")) / 2
    assert axis.place("2031-03-10") < axis.place(None) < 100


def test_a_single_day_stands_in_the_middle_and_no_day_makes_no_axis() -> None:
    axis = DateAxis.of(["2031-03-04"])

    assert axis is not None
    assert axis.place("2031-03-04") == 52
    assert DateAxis.of([None]) is None


def test_what_a_side_states_on_one_day_is_one_mark() -> None:
    [found] = [cluster for cluster in BRIDGE.clusters if HURT_WIRE in cluster.claims]
    axis = DateAxis(first="2031-03-04", last="2031-03-06", has_undated=True)

    marks = lanes(timeline(found, BRIDGE.articles), axis)

    assert [(mark.side, mark.appearances[0].date, len(mark.appearances)) for mark in marks] == [
        (0, "2031-03-04", 1),
        (0, "2031-03-05", 1),
        (0, "2031-03-06", 1),
        (1, None, 1),
    ]


def test_figures_stand_at_the_height_of_their_value_with_what_the_words_allow() -> None:
    points = (
        FigurePoint(date="2031-03-04", value=10.0, claim=COST_POST, outlet="Harbour Post"),
        FigurePoint(date="2031-03-05", low=20.0, high=30.0, claim=OPEN_POST, outlet="Harbour Post"),
        FigurePoint(date=None, low=30.0, claim=COST_RADIO, outlet="Coast Radio"),
    )
    axis = DateAxis(first="2031-03-04", last="2031-03-05", has_undated=True)

    drawn = figures(FigureSeries(points=points), axis, {COST_POST.id: 0, OPEN_POST.id: 0, COST_RADIO.id: 1})

    assert (drawn.lowest, drawn.highest) == (10.0, 30.0)
    assert [(mark.side, mark.top, mark.y, mark.bottom) for mark in drawn.marks] == [
        (0, 1.0, 1.0, 1.0),
        (0, 0.0, 0.25, 0.5),
        (1, 0.0, 0.0, 0.0),
    ]


def test_of_two_sides_the_one_faces_the_other() -> None:
    drawn = ring([3, 1])
    middle = drawn.size / 2
    (first, second, third), (facing,) = drawn.nodes[:3], drawn.nodes[3:]

    assert (second.x, second.y) == pytest.approx((middle - drawn.radius, middle))
    assert (facing.x, facing.y) == pytest.approx((middle + drawn.radius, middle))
    assert first.y < second.y < third.y


def test_a_single_statement_stands_in_the_middle() -> None:
    [node] = ring([1]).nodes

    assert node.x == node.y == ring([1]).size / 2


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_statements_never_touch_and_lie_in_the_drawing(counts: list[int]) -> None:
    drawn = ring(counts)

    assert [(node.side, node.number) for node in drawn.nodes] == [
        (side, number) for side, count in enumerate(counts) for number in range(1, count + 1)
    ]
    for n, node in enumerate(drawn.nodes):
        assert min(node.x, node.y) >= 6
        assert max(node.x, node.y) <= drawn.size - 6
        assert all(math.dist((node.x, node.y), (other.x, other.y)) > 13 for other in drawn.nodes[n + 1 :])
