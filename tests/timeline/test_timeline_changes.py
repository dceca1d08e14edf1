"""What new articles have brought."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_clusters import Made, articles_of, cluster_of, made

from claimtrack.errors import InvalidInputError
from claimtrack.records import Changes, Cluster, GainedSources, NewClaims, NewContradiction, to_json
from claimtrack.timeline import changes

SINCE = datetime.datetime(2031, 3, 5, 8, 0, tzinfo=datetime.UTC)
BEFORE, AFTER = SINCE - datetime.timedelta(hours=1), SINCE + datetime.timedelta(hours=1)


def changes_of(clusters: Iterable[Cluster], claims: Iterable[Made], new: str) -> Changes:
    """Changes where the articles of the claims `new` were added after `SINCE`."""
    articles = articles_of(list(claims))
    added = {article.id: AFTER if article.id.removeprefix("article ") in new else BEFORE for article in articles}
    return changes(clusters, articles, added, SINCE)


def test_nothing_new_gives_empty_tuples() -> None:
    sides = [made("a"), made("b")], [made("c")]
    cluster = cluster_of(*sides, against="ac")

    found = changes_of([cluster], [*sides[0], *sides[1]], new="")

    assert found == Changes(since=SINCE)
    assert (found.articles, found.clusters, found.claims, found.contradictions, found.gained) == ((), (), (), (), ())
    assert changes([], [], {}, SINCE) == Changes(since=SINCE)


def test_new_articles_are_listed_first_added_first() -> None:
    claims = [made(id) for id in "abcd"]
    hours = {"article a": 2, "article b": 1, "article c": 1, "article d": -1, "article gone": 3}
    added = {id: SINCE + datetime.timedelta(hours=hour) for id, hour in hours.items()}

    assert changes([], articles_of(claims), added, SINCE).articles == ("article b", "article c", "article a")


def test_an_article_that_was_added_at_that_very_time_is_not_new_in_any_zone() -> None:
    claims = [made("a"), made("b")]
    east = datetime.timezone(datetime.timedelta(hours=5))
    added = {"article a": SINCE.astimezone(east), "article b": (SINCE + datetime.timedelta(microseconds=1))}

    assert changes([], articles_of(claims), added, SINCE).articles == ("article b",)


@pytest.mark.parametrize(
    ("new", "is_new"),
    [
        pytest.param("", False, id="nothing"),
        pytest.param("c", False, id="two articles are left"),
        pytest.param("bc", True, id="one is left"),
        pytest.param("abc", True, id="none is left"),
    ],
)
def test_a_cluster_is_new_if_its_older_claims_would_be_none(new: str, is_new: bool) -> None:
    side = [made("a"), made("b"), made("c")]
    cluster = cluster_of(side)

    found = changes_of([cluster], side, new)

    assert found.clusters == ((cluster.id,) if is_new else ())
    assert [claims.claim_ids for claims in found.claims] == ([tuple(new)] if new else [])


@pytest.mark.parametrize(
    ("speakers", "is_new"), [({}, False), ({"Holm": "Ana Holm"}, True), ({"Bo Lund": "Ana Holm"}, False)]
)
def test_two_speakers_of_one_old_article_make_a_cluster(speakers: dict[str, str], is_new: bool) -> None:
    one = made("a", speaker="Ana Holm")
    side = [one, made("b", speaker="Holm", article=one.article), made("c")]
    cluster, articles = cluster_of(side), articles_of(side)
    added = {"article a": BEFORE, "article c": AFTER}

    found = changes([cluster], articles, added, SINCE, speakers=speakers)

    assert found.clusters == ((cluster.id,) if is_new else ())
    assert found.claims == (NewClaims(cluster_id=cluster.id, claim_ids=("c",)),)


def test_new_claims_are_in_order_of_date() -> None:
    side = [made("a"), made("b"), made("e", None), made("d", "2031-03-02"), made("c", "2031-03-02")]
    cluster = cluster_of(side)

    assert changes_of([cluster], side, "ecd").claims == (NewClaims(cluster_id=cluster.id, claim_ids=("c", "d", "e")),)


def test_new_contradictions_are_listed_pairs_with_a_new_claim_in_known_clusters() -> None:
    known = [made("a"), made("b")], [made("c"), made("d")]
    fresh = [made("e")], [made("f")]
    clusters = [cluster_of(*known, against="da ac cb"), cluster_of(*fresh, against="ef")]

    found = changes_of(clusters, [*known[0], *known[1], *fresh[0], *fresh[1]], "def")

    assert found.clusters == (clusters[1].id,)
    assert found.contradictions == (NewContradiction(cluster_id=clusters[0].id, one_id="d", other_id="a"),)


def test_a_side_gains_the_outlets_that_only_new_articles_give() -> None:
    one = [made("a", outlet="P"), made("b", outlet="R"), made("c", outlet="P"), made("d", outlet="Q")]
    other = [made("e", outlet="Q"), made("f", outlet="P"), made("g", outlet="O")]
    third = [made("h", outlet="Z")]
    cluster = cluster_of(one, other, third, against="ae ah")

    found = changes_of([cluster], [*one, *other, *third], "cdfgh")

    assert found.gained == (
        GainedSources(cluster_id=cluster.id, side=0, outlets=("Q",)),
        GainedSources(cluster_id=cluster.id, side=1, outlets=("O", "P")),
    )
    assert found.contradictions == (NewContradiction(cluster_id=cluster.id, one_id="a", other_id="h"),)


def test_a_side_of_a_new_cluster_gains_nothing() -> None:
    side = [made("a"), made("b")]

    assert changes_of([cluster_of(side)], side, "b").gained == ()


@pytest.mark.parametrize("since", [datetime.datetime(2031, 3, 5), "2031-03-05", datetime.date(2031, 3, 5)])  # noqa: DTZ001
def test_since_without_a_time_zone_is_refused(since: Any) -> None:
    with pytest.raises(InvalidInputError, match=r"since must be a time zone aware datetime; got .*5"):
        changes([], [], {}, since)


def test_a_time_that_is_missing_or_without_zone_is_refused() -> None:
    articles = articles_of([made("a")])

    with pytest.raises(InvalidInputError, match="added must hold the time of every article; got none for 'article a'"):
        changes([], articles, {}, SINCE)
    with pytest.raises(InvalidInputError, match=r"added\['article a'\] must be a time zone aware datetime; got"):
        changes([], articles, {"article a": datetime.datetime(2031, 3, 5)}, SINCE)  # noqa: DTZ001


def test_what_is_there_twice_or_missing_is_refused() -> None:
    side = [made("a"), made("b")]
    cluster = cluster_of(side)

    with pytest.raises(InvalidInputError, match=f"clusters must have distinct ids; got '{cluster.id}' twice"):
        changes_of([cluster, cluster], side, "")
    with pytest.raises(InvalidInputError, match="articles must hold the article of every claim; got claim 'b'"):
        changes_of([cluster], side[:1], "")
    with pytest.raises(InvalidInputError, match="articles must have distinct ids"):
        changes([], articles_of(side) * 2, {}, SINCE)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from("PQR"), st.integers(-2, 2)),
        min_size=1,
        max_size=10,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=100)
def test_changes_do_not_depend_on_the_order_of_anything(
    drawn: list[tuple[int, int, str, int]], rng: random.Random
) -> None:
    places: dict[int, dict[int, list[Made]]] = {}
    claims, added = [], {}
    for id, (place, side, outlet, hours) in zip("abcdefghij", drawn, strict=False):
        claims.append(made(id, outlet=outlet))
        places.setdefault(place, {}).setdefault(side, []).append(claims[-1])
        added[claims[-1].article.id] = SINCE + datetime.timedelta(hours=hours)
    clusters = [
        cluster_of(
            *sides.values(), against="".join(side[0].claim.id for side in sides.values()) if len(sides) > 1 else ""
        )
        for sides in places.values()
    ]
    articles = articles_of(claims)
    expected = changes(clusters, articles, added, SINCE)

    found = changes(
        rng.sample(clusters, len(clusters)), rng.sample(articles, len(articles)), dict(reversed(added.items())), SINCE
    )

    assert found == expected
    assert set(found.clusters).isdisjoint(pair.cluster_id for pair in found.contradictions)
    assert set(found.clusters).isdisjoint(gained.cluster_id for gained in found.gained)
    values = to_json(found)
    assert json.loads(json.dumps(values, allow_nan=False)) == values


def test_changes_as_json() -> None:
    known, fresh = ([made("a"), made("b")], [made("c")]), [made("d"), made("e")]
    clusters = [cluster_of(*known, against="ac"), cluster_of(fresh)]

    found = changes_of(clusters, [*known[0], *known[1], *fresh], "bcde")

    assert to_json(found) == {
        "since": "2031-03-05T08:00:00+00:00",
        "articles": ["article b", "article c", "article d", "article e"],
        "clusters": [clusters[0].id, clusters[1].id],
        "claims": [
            {"cluster_id": clusters[0].id, "claim_ids": ["b", "c"]},
            {"cluster_id": clusters[1].id, "claim_ids": ["d", "e"]},
        ],
        "contradictions": [],
        "gained": [],
    }
    known_now = changes_of(clusters[:1], [*known[0], *known[1]], "c")
    assert to_json(known_now)["contradictions"] == [{"cluster_id": clusters[0].id, "claim_ids": ["a", "c"]}]
    assert to_json(known_now)["claims"] == [to_json(claims) for claims in known_now.claims]
    gained = GainedSources(cluster_id="k", side=1, outlets=("P",))
    assert to_json(gained) == {"cluster_id": "k", "side": 1, "outlets": ["P"]}


@pytest.mark.parametrize(
    ("record", "fields", "message"),
    [
        (Changes, {"since": datetime.datetime(2031, 3, 5)}, "Changes.since must be time zone aware"),  # noqa: DTZ001
        (NewClaims, {"cluster_id": "c", "claim_ids": ()}, "claim_ids"),
        (GainedSources, {"cluster_id": "c", "side": -1, "outlets": ("P",)}, "side"),
        (GainedSources, {"cluster_id": "c", "side": 0, "outlets": ()}, "outlets"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(record: Any, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        record(**fields)
