"""An article that was changed after it was read: the last version counts, and the old ones are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_trackers import (
    ALSO_OPENS,
    NORTH,
    NOT_OPENS,
    OPENS,
    SOUTH,
    START,
    WEST,
    Clock,
    everything,
    make,
    opened,
    sides,
)

from claimtrack import Article, Tracker, TrackerOptions
from claimtrack.records import Version

ADDRESS = "https://north.example/bridge"
FIRST = Article(name="a", text=OPENS, source="North", url=ADDRESS, published="2031-03-02")
SECOND = Article(name="b", text=NOT_OPENS, source="North", url=ADDRESS, published="2031-03-02")
THIRD = Article(name="c", text="Rain fell on the bridge.", source="North", url=ADDRESS, published="2031-03-02")


def updated(*articles: Article, **others: Any) -> Tracker:
    tracker = make(**others)
    for article in articles:
        tracker.add([article], update=True)
    return tracker


def test_the_claims_of_an_old_version_end() -> None:
    tracker = make([FIRST, WEST])
    assert sides(tracker) == [["a west"]]

    assert tracker.add([SECOND], update=True) == (SECOND.id,)

    assert sides(tracker) == [["b", "west"]]
    assert everything(tracker) == everything(make([SECOND, WEST]))
    assert OPENS not in [hit.claim.text for hit in tracker.search(OPENS)]


def test_an_old_version_is_kept_with_the_time_of_its_end() -> None:
    clock = Clock()
    tracker = updated(FIRST, clock=clock)
    later = clock.tick()

    tracker.add([SECOND], update=True)

    assert tracker.versions == (Version(article_id=FIRST.id, by_id=SECOND.id, at=later),)
    assert tracker.article(FIRST.id) == FIRST
    assert tracker.articles == (SECOND,)
    assert later > START


@pytest.mark.parametrize(
    ("one", "two", "is_version"),
    [
        pytest.param({"url": ADDRESS}, {"url": ADDRESS, "name": "other", "source": "Other"}, True, id="one address"),
        pytest.param({"url": ADDRESS}, {"url": ADDRESS + "?2"}, False, id="two addresses"),
        pytest.param({"url": ADDRESS}, {}, False, id="no address now"),
        pytest.param({}, {"url": ADDRESS}, False, id="no address before"),
        pytest.param({}, {}, True, id="one name and outlet"),
        pytest.param({}, {"name": "other"}, False, id="another name"),
        pytest.param({}, {"source": "Other"}, False, id="another outlet"),
        pytest.param({"source": None}, {"source": None}, True, id="no outlet"),
    ],
)
def test_a_version_is_known_by_its_address_or_else_by_name_and_outlet(
    one: dict[str, str], two: dict[str, str], is_version: bool
) -> None:
    plain = {"name": "a.txt", "source": "North"}
    first, second = Article(text=OPENS, **(plain | one)), Article(text=NOT_OPENS, **(plain | two))

    tracker = updated(first, second)

    assert tracker.articles == ((second,) if is_version else tuple(sorted((first, second), key=lambda a: a.id)))


def test_without_update_both_count() -> None:
    tracker = make([FIRST, SECOND])

    assert tracker.versions == ()
    assert set(tracker.articles) == {FIRST, SECOND}


def test_the_same_text_again_is_no_version() -> None:
    tracker = updated(FIRST)

    assert tracker.add([FIRST], update=True) == ()
    assert tracker.versions == ()
    assert tracker.articles == (FIRST,)


def test_two_versions_may_come_in_one_call() -> None:
    tracker = make()

    assert tracker.add([FIRST, SECOND, THIRD], update=True) == (FIRST.id, SECOND.id, THIRD.id)
    assert tracker.articles == (THIRD,)


def test_an_old_version_counts_again_when_what_took_its_place_is_removed() -> None:
    tracker = updated(FIRST, WEST, SECOND)

    tracker.remove([SECOND.id])

    assert tracker.versions == ()
    assert everything(tracker) == everything(make([FIRST, WEST]))


def test_removing_a_version_between_leaves_the_last_one() -> None:
    """As if it had never been added: then the last one had taken the place of the first."""
    clock = Clock()
    tracker = updated(FIRST, SECOND, clock=clock)
    later = clock.tick()
    tracker.add([THIRD], update=True)

    tracker.remove([SECOND.id])

    assert tracker.articles == (THIRD,)
    assert tracker.versions == (Version(article_id=FIRST.id, by_id=THIRD.id, at=later),)


def test_an_old_version_can_be_removed() -> None:
    tracker = updated(FIRST, SECOND)

    tracker.remove([FIRST.id])

    assert tracker.versions == ()
    assert everything(tracker) == everything(make([SECOND]))


def test_versions_are_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        for article in (FIRST, SECOND, WEST, THIRD):
            tracker.add([article], update=True)
        before = everything(tracker), tracker.versions
        assert len(tracker.versions) == 2

    with opened(tmp_path) as tracker:
        assert (everything(tracker), tracker.versions) == before
        tracker.remove([SECOND.id])
        between = tracker.versions
    with opened(tmp_path) as tracker:
        assert tracker.versions == between == (Version(article_id=FIRST.id, by_id=THIRD.id, at=START),)


@settings(max_examples=12)
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three"]),
            st.sampled_from([OPENS, NOT_OPENS, ALSO_OPENS, NORTH.text + " It rained.", SOUTH.text + " No rain fell."]),
        ),
        min_size=1,
        max_size=7,
        unique=True,
    ),
    n_neighbors=st.sampled_from([1, 30]),
)
def test_with_old_versions_it_is_as_if_only_the_last_ones_had_been_added(
    drawn: list[tuple[str, str]], n_neighbors: int
) -> None:
    options = TrackerOptions(min_similarity=-1.0, n_neighbors=n_neighbors)
    articles = [Article(name=name, text=text, source=name) for name, text in drawn]
    last = {article.name: article for article in articles}

    tracker = updated(*articles, options=options)

    assert everything(tracker) == everything(make(last.values(), options=options))
    assert {version.article_id for version in tracker.versions} == {a.id for a in articles if a not in last.values()}
