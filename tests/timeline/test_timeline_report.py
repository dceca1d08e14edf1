"""Timelines and changes as they are shown on a terminal."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_clusters import articles_of, cluster_of, made, timeline_of
from rich.cells import cell_len

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Article,
    Attribution,
    Changes,
    FigurePoint,
    FigureSeries,
    SideHistory,
    Timeline,
    Withdrawal,
)
from claimtrack.report import render_changes, render_timeline
from claimtrack.timeline import changes, timeline
from claimtrack.visible import visible
from strategies import any_text, article_sets

SINCE = datetime.datetime(2031, 3, 5, 8, 0, tzinfo=datetime.UTC)
HOSTILE = "\x1b[2J\x1b]0;owned\x07 \u202eliam\u202c [bold red]x[/] \r\n\x00 | 漢字" + "漢" * 60 + "\ud800" + "x" * 200


def check_shown(text: str, width: int = 80) -> None:
    assert text.encode("utf-8")
    assert text.endswith("\n")
    assert all(cell_len(line) <= width for line in text.split("\n"))
    assert visible(text.replace("\n", "")) == text.replace("\n", "")


def test_a_timeline_reads_like_this() -> None:
    one = made("a", "2031-03-04", outlet="Harbour Post", speaker="Ana Holm", text="The ferry carries 40 people.")
    two = made("b", "2031-03-06", outlet="Coast Radio", speaker="Ana Holm", text="The ferry carries 50 people.")
    three = made("c", None, outlet="Northern Wire", text="The ferry carries at least 45 people.")
    sides = [one], [two, three]

    shown = render_timeline(
        timeline(cluster_of(*sides, against="ab"), articles_of(*sides), ended={"article c": "2031-03-09"})
    )

    assert shown == (
        "The ferry carries 40 people.\n"
        f"  [{cluster_of(*sides).id}]\n"
        "\n"
        "Side A, since 2031-03-04\n"
        "  2031-03-04  Harbour Post, says Ana Holm\n"
        "      The ferry carries 40 people.\n"
        "\n"
        "Side B, since 2031-03-06 or earlier\n"
        "  2031-03-06  Coast Radio, says Ana Holm\n"
        "      The ferry carries 50 people.\n"
        "  undated  Northern Wire, the outlet's own voice\n"
        "      The ferry carries at least 45 people.\n"
        "\n"
        "On two sides (1)\n"
        "  Ana Holm: side A on 2031-03-04, side B on 2031-03-06\n"
        "      A: The ferry carries 40 people.\n"
        "      B: The ferry carries 50 people.\n"
        "\n"
        "Figures over time (1)\n"
        "  person\n"
        "      2031-03-04  40  Harbour Post\n"
        "      2031-03-06  50  Coast Radio\n"
        "      undated  at least 45  Northern Wire\n"
        "\n"
        "Withdrawn (1)\n"
        "  2031-03-09  Northern Wire, side B\n"
        "      The ferry carries at least 45 people.\n"
    )


def test_a_withdrawn_claim_that_stands_on_no_side_is_shown_without_one() -> None:
    """The claim of an old version is in no cluster any more; that it was taken back is told all the same."""
    side = [made("a"), made("b")]
    gone = Withdrawal(claim=made("c", text="The ferry will stay.").claim, outlet="Outlet c", date="2031-03-09")

    shown = render_timeline(attrs.evolve(timeline_of(side), withdrawn=(gone,)))

    assert shown.endswith("Withdrawn (1)\n  2031-03-09  Outlet c\n      The ferry will stay.\n")


def test_a_side_without_any_date_is_undated() -> None:
    side = [made("a", None), made("b", None, attribution=Attribution.QUOTED)]

    shown = render_timeline(timeline(cluster_of(side), articles_of(side)))

    assert "Side A, undated\n  undated  Outlet a, the outlet's own voice\n" in shown
    assert "  undated  Outlet b, quoted, no speaker named\n" in shown
    assert "since" not in shown


@pytest.mark.parametrize(
    ("same_article", "words"),
    [
        (True, "Ana Holm: sides A and B in one article, of 2031-03-04"),
        (False, "Ana Holm: sides A and B on one day, 2031-03-04; which came first is not known"),
    ],
)
def test_on_one_day_there_is_no_order(same_article: bool, words: str) -> None:
    one = made("a", speaker="Ana Holm")
    two = made("b", speaker="Ana Holm", article=one.article if same_article else None)

    shown = render_timeline(timeline(cluster_of([one], [two], against="ab"), articles_of([one, two])))

    assert words in " ".join(shown.split())


def test_an_outlet_changes_in_its_own_voice_and_sides_joined_through_others_are_said_to_be() -> None:
    sides = [made("a", "2031-03-01", outlet="P")], [made("b", "2031-03-02", outlet="P")], [made("x", outlet="Q")]

    shown = render_timeline(timeline(cluster_of(*sides, against="ax bx"), articles_of(*sides)))

    assert "  P, in its own voice: side A on 2031-03-01, side B on 2031-03-02\n" in shown
    assert "No claim of A was found to contradict one of B; both contradict other sides." in " ".join(shown.split())


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (40.0, 40.0, 40.0, "40"),
        (40.0, 40.0, None, "at least 40"),
        (12.0, None, 12.0, "at most 12"),
        (300.0, 270.0, 330.0, "300 (270 to 330)"),
        (300.0, 270.0, 300.0, "300 (270 to 300)"),
        (None, 24.0, None, "at least 24"),
        (None, None, 5.0, "at most 5"),
        (None, 10.0, 20.0, "10 to 20"),
        (3.5, None, None, "3.5"),
        (3500000.0, 3500000.0, 3500000.0, "3,500,000"),
        (0.0, 0.0, 0.0, "0"),
        (5.0, 2.0, None, "5 (at least 2)"),
    ],
)
def test_a_figure_is_shown_with_its_bounds(
    value: float | None, low: float | None, high: float | None, words: str
) -> None:
    one, two = made("a"), made("b")
    made_timeline = timeline(cluster_of([one, two]), articles_of([one, two]))
    point = FigurePoint(value=value, low=low, high=high, claim=one.claim, outlet="P")
    series = FigureSeries(of=None, unit="USD", points=(point, point))
    shown = render_timeline(Timeline(cluster_id="k", label="", sides=made_timeline.sides, series=(series,)))

    assert shown.startswith("(no label)\n  [k]\n")
    assert f"  what is counted is not said, in USD\n      undated  {words}  P\n" in shown


def test_changes_read_like_this() -> None:
    one = made("a", "2031-03-04", outlet="Harbour Post")
    two = made("b", "2031-03-04", outlet="Coast Radio")
    three = made("c", None, outlet="Northern Wire", speaker="Ana Holm")
    four = made("d", "2031-03-06", outlet="Isle Times", text="The ferry will not sail.")
    known = [one, two, three], [four]
    five, six = (made(id, "2031-03-06", outlet=f"Outlet {id}", text=f"Fares rise {id}.") for id in "ef")
    fresh = [five], [six]
    clusters = [cluster_of(*known, against="ad"), cluster_of(*fresh, against="ef")]
    articles = articles_of(*known, *fresh)
    added = {article.id: SINCE + datetime.timedelta(hours=1) for article in articles}
    added |= dict.fromkeys(("article a", "article b", "article e"), SINCE)

    shown = render_changes(changes(clusters, articles, added, SINCE), clusters, articles)

    assert shown == (
        "3 articles added after 2031-03-05 08:00:00+00:00:\n"
        "  undated  Northern Wire: c.txt\n"
        "  2031-03-06  Isle Times: d.txt\n"
        "  2031-03-06  Outlet f: f.txt\n"
        "\n"
        "New clusters (1)\n"
        "\n"
        "Fares rise e.\n"
        f"  [{clusters[1].id}]\n"
        "  Known on side A: Outlet e, 2031-03-06, the outlet's own voice\n"
        "      Fares rise e.\n"
        "  New on side B: Outlet f, 2031-03-06, the outlet's own voice\n"
        "      Fares rise f.\n"
        "  1 contradiction between its sides\n"
        "\n"
        "New in known clusters (1)\n"
        "\n"
        "The ferry will sail.\n"
        f"  [{clusters[0].id}]\n"
        "  New on side B: Isle Times, 2031-03-06, the outlet's own voice\n"
        "      The ferry will not sail.\n"
        "  New on side A: Northern Wire, undated, says Ana Holm\n"
        "      The ferry will sail.\n"
        "  New contradiction: A against B\n"
        "      A: The ferry will sail.\n"
        "      B: The ferry will not sail.\n"
        "  Side A gained: Northern Wire\n"
    )


def test_no_change_is_said_as_such() -> None:
    side = [made("a"), made("b")]
    articles = articles_of(side)
    lone = Changes(since=SINCE, articles=("article a",))

    assert render_changes(Changes(since=SINCE), [], []) == "No article was added after 2031-03-05 08:00:00+00:00.\n"
    assert render_changes(lone, [cluster_of(side)], articles) == (
        "1 article added after 2031-03-05 08:00:00+00:00:\n"
        "  2031-03-04  Outlet a: a.txt\n"
        "They brought nothing to any cluster.\n"
    )


def test_what_the_changes_name_must_be_given() -> None:
    side = [made("a"), made("b")]
    cluster, articles = cluster_of(side), articles_of(side)
    found = changes([cluster], articles, dict.fromkeys(("article a", "article b"), SINCE + SINCE.resolution), SINCE)
    other = cluster_of([made("a"), made("c")])

    with pytest.raises(
        InvalidInputError, match=r"articles must hold every article of the changes; got none .* 'article a'"
    ):
        render_changes(found, [cluster], [])
    with pytest.raises(InvalidInputError, match="clusters must hold every cluster of the changes; got none"):
        render_changes(found, [], articles)
    with pytest.raises(InvalidInputError, match="clusters must hold every claim of the changes; got none of id 'b'"):
        render_changes(found, [other], articles_of([*side, made("c")]))


def test_a_width_that_is_too_small_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="width must be at least 24 columns; got 23"):
        render_changes(Changes(since=SINCE), [], [], width=23)


@pytest.mark.parametrize("width", [24, 80])
def test_hostile_text_is_made_visible_and_wrapped(width: int) -> None:
    speaker = "".join(HOSTILE.split())
    one = made("a", outlet=HOSTILE, speaker=speaker, text=HOSTILE)
    two = made("b", "2031-03-05", outlet=HOSTILE + "2", speaker=speaker, text=HOSTILE)
    cluster, articles = cluster_of([one], [two], against="ab"), articles_of([one, two])
    found = changes([cluster], articles, dict.fromkeys(("article a", "article b"), SINCE + SINCE.resolution), SINCE)

    shown = (
        render_timeline(timeline(cluster, articles), width=width),
        render_changes(found, [cluster], articles, width=width),
    )

    for text in shown:
        check_shown(text, width)
        assert "␛[2J␛]0;owned␇" in text.replace("\n", "").replace(" ", "")
        assert "⟨U+202E⟩" in text.replace("\n", "").replace(" ", "")
        assert "[bold" in text


@given(article_sets(), any_text(), st.integers(24, 100))
@settings(max_examples=60)
def test_text_of_any_kind_is_shown_in_lines_of_the_width(drawn: Any, of: str, width: int) -> None:
    articles, _, _, clusters = drawn
    for cluster in clusters:
        found = timeline(cluster, articles, ended={article.id: "2031-01-01" for article in articles})
        first = found.sides[0].appearances[0]
        point = FigurePoint(value=1.0, claim=first.claim, outlet=first.outlet)
        series = FigureSeries(of=of, unit=of, points=(point, point))
        check_shown(render_timeline(found, width=width), width)
        check_shown(
            render_timeline(
                Timeline(cluster_id=of, label=of, sides=(SideHistory(undated=(first,)),), series=(series,))
                if first.date is None
                else Timeline(cluster_id=of, label=of, sides=(SideHistory(first=first),), series=(series,)),
                width=width,
            ),
            width,
        )
    for hours in (-1, 1):
        added = {article.id: SINCE + datetime.timedelta(hours=hours * (n or 1)) for n, article in enumerate(articles)}
        check_shown(render_changes(changes(clusters, articles, added, SINCE), clusters, articles, width=width), width)


def test_a_long_article_is_named_by_its_title() -> None:
    article = Article(name="a.txt", text="The ferry will sail.", title="Ferry\tsails")
    found = changes([], [article], {article.id: SINCE + SINCE.resolution}, SINCE)

    assert "  undated  a.txt: Ferry sails\n" in render_changes(found, [], [article])
