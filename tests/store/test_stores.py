from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.records import (
    Action,
    Article,
    Claim,
    Correction,
    Judgement,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Relation,
    Version,
)
from claimtrack.store import MemoryStore, SqliteStore, Store
from claimtrack.testing import LetterEmbedder, SentenceExtractor

Vectors = npt.NDArray[np.float32]

EMBEDDER = LetterEmbedder(dim=8)
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def article(name: str, text: str, title: str | None = None) -> Article:
    return Article(name=name, text=text, title=title, source=name)


def parts(one: Article) -> tuple[Article, list[Claim], Vectors, Vectors]:
    """All that add_article wants, made by the test doubles."""
    claims = SentenceExtractor().extract([one])[0]
    title = EMBEDDER.embed([one.title] if one.title else [])
    return one, claims, EMBEDDER.embed([claim.context for claim in claims]), title


def judgement(
    one: Claim,
    two: Claim,
    p_entailment: float = 0.25,
    *,
    label: Label = Label.NEUTRAL,
    kind: Kind | None = None,
    key: str = "as they read",
) -> Judgement:
    def relation(premise: str, hypothesis: str) -> Relation:
        return Relation(
            premise_id=premise,
            hypothesis_id=hypothesis,
            p_entailment=p_entailment,
            p_neutral=1.0 - p_entailment,
            p_contradiction=0.0,
            label=label,
            kind=kind,
            model="written down",
        )

    first, second = sorted((one.id, two.id))
    return Judgement(forward=relation(first, second), backward=relation(second, first), key=key)


RAIN = article("Daily", "It rained. Rivers rose.", title="Rain")
DRY = article("Weekly", "It was dry. Rivers fell. Nobody drowned.")


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """A way to make an empty store."""
    opened: list[SqliteStore] = []

    def on_disk() -> Store:
        opened.append(SqliteStore(tmp_path / f"{len(opened)}.db"))
        return opened[-1]

    yield MemoryStore if request.param == "memory" else on_disk
    for store in opened:
        store.close()


class TestEveryStore:
    """What the protocol promises, whatever keeps the records."""

    def test_what_is_added_comes_back(self, make: Callable[[], Store]) -> None:
        store = make()

        added = [store.add_article(*parts(one), at=NOON) for one in (RAIN, DRY)]

        assert added == [True, True]
        assert store.articles() == sorted([RAIN, DRY], key=lambda one: one.id)
        for one in (RAIN, DRY):
            _, claims, vectors, title = parts(one)
            assert store.claims(article_id=one.id) == claims
            assert np.array_equal(store.vectors([claim.id for claim in claims]), vectors)
            assert np.array_equal(store.title_vector(one.id), title)

    def test_an_empty_store_holds_nothing(self, make: Callable[[], Store]) -> None:
        store = make()

        assert (store.articles(), store.claims(), store.relations()) == ([], [], [])
        assert store.vectors([]).shape[0] == 0

    def test_a_known_article_changes_nothing(self, make: Callable[[], Store]) -> None:
        store = make()
        _, claims, vectors, title = parts(RAIN)
        store.add_article(RAIN, claims, vectors, title, at=NOON)

        again = store.add_article(RAIN, claims[:1], -vectors[:1], title, at=NOON)

        assert again is False
        assert store.claims() == claims
        assert np.array_equal(store.vectors([claim.id for claim in claims]), vectors)

    def test_an_article_without_claims_and_title_is_kept(self, make: Callable[[], Store]) -> None:
        store = make()
        silent = article("Silent", "...")

        store.add_article(*parts(silent), at=NOON)

        assert store.articles() == [silent]
        assert store.claims() == []
        assert store.title_vector(silent.id).shape == (0, 8)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # every call makes a store of its own
    @given(order=st.permutations([RAIN, DRY, article("Third", "It rained.")]), backwards=st.booleans())
    def test_the_order_of_adding_does_not_show(
        self, make: Callable[[], Store], order: list[Article], backwards: bool
    ) -> None:
        store = make()
        for one in order:
            _, claims, vectors, title = parts(one)
            step = -1 if backwards else 1
            store.add_article(one, claims[::step], vectors[::step], title, at=NOON)

        found = store.claims()

        assert store.articles() == sorted(order, key=lambda one: one.id)
        assert found == sorted(found, key=lambda c: (c.article_id, c.provenance.spans[0].start, c.id))
        assert len(found) == 6
        assert np.array_equal(store.vectors([c.id for c in found]), EMBEDDER.embed([c.text for c in found]))

    def test_vectors_follow_the_ids_that_are_asked_for(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)
        first, second = parts(DRY)[1][2], parts(RAIN)[1][0]

        found = store.vectors([first.id, second.id, first.id])

        assert np.array_equal(found, EMBEDDER.embed([first.text, second.text, first.text]))

    def test_changing_an_array_afterwards_does_not_reach_the_store(self, make: Callable[[], Store]) -> None:
        store = make()
        _, claims, vectors, title = parts(RAIN)
        expected, ids = vectors.copy(), [claim.id for claim in claims]
        store.add_article(RAIN, claims, vectors, title, at=NOON)

        vectors[:] = 0.0
        title[:] = 0.0
        store.vectors(ids)[:] = 0.0
        store.title_vector(RAIN.id)[:] = 0.0

        assert np.array_equal(store.vectors(ids), expected)
        assert np.array_equal(store.title_vector(RAIN.id), EMBEDDER.embed(["Rain"]))

    def test_relations_come_by_premise_then_hypothesis(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)
        judged = [judgement(a, b) for a, b in itertools.combinations(store.claims(), 2)]

        store.add_judgements(reversed(judged))

        both = [relation for one in judged for relation in (one.forward, one.backward)]
        assert store.relations() == sorted(both, key=lambda r: (r.premise_id, r.hypothesis_id))
        assert store.count_judgements() == len(judged)

    def test_a_pair_that_is_judged_again_takes_the_place_of_the_first(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        one, two = store.claims()

        store.add_judgements([judgement(one, two, 0.25)])
        store.add_judgements([judgement(one, two, 0.5)])

        assert [r.p_entailment for r in store.relations()] == [0.5, 0.5]

    def test_relations_can_be_asked_for_by_what_they_tell_and_by_claims(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)
        one, two, three, four, _ = store.claims()
        neutral, telling = judgement(one, two), judgement(two, three, label=Label.ENTAILMENT)
        update = judgement(three, four, kind=Kind.UPDATE)
        store.add_judgements([neutral, telling, update])

        def pairs(*judged: Judgement) -> list[tuple[str, str]]:
            return sorted(p for j in judged for p in (j.pair, j.pair[::-1]))

        def found(relations: list[Relation]) -> list[tuple[str, str]]:
            return [(r.premise_id, r.hypothesis_id) for r in relations]

        assert found(store.relations(telling=True)) == pairs(telling, update)
        assert found(store.relations(among=[one.id, two.id, three.id])) == pairs(neutral, telling)
        assert found(store.relations(telling=True, among=[one.id, two.id])) == []
        assert found(store.relations(among=[])) == []

    def test_relations_of_unknown_claims_are_refused_and_none_is_kept(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        one, two = store.claims()
        stranger = parts(DRY)[1][0]

        with pytest.raises(InvalidInputError, match=f"must be that of a kept claim; got '{stranger.id}'"):
            store.add_judgements([judgement(one, two), judgement(one, stranger)])

        assert store.relations() == []

    def test_removing_an_article_forgets_its_claims_and_relations_and_no_others(
        self, make: Callable[[], Store]
    ) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)
        rained, dry = store.claims(article_id=RAIN.id), store.claims(article_id=DRY.id)
        stays = judgement(dry[0], dry[1])
        store.add_judgements([judgement(rained[0], dry[0]), stays])

        removed = store.remove_article(RAIN.id)

        assert removed is True
        assert store.articles() == [DRY]
        assert store.claims() == dry
        assert {r.pair for r in store.relations()} == {stays.pair}
        with pytest.raises(InvalidInputError, match=rained[0].id):
            store.vectors([rained[0].id])
        with pytest.raises(InvalidInputError, match=RAIN.id):
            store.title_vector(RAIN.id)

    def test_a_removed_article_can_be_added_again(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.remove_article(RAIN.id)

        assert store.remove_article(RAIN.id) is False
        assert store.add_article(*parts(RAIN), at=NOON) is True
        assert store.claims() == parts(RAIN)[1]

    def test_claims_of_an_unknown_article_are_none(self, make: Callable[[], Store]) -> None:
        assert make().claims(article_id="unknown") == []

    @pytest.mark.parametrize(
        ("vectors", "title", "rule"),
        [
            (np.ones((1, 8)), np.ones((0, 8)), r"vectors must have shape \(2, 8\); got \(1, 8\)"),
            (np.ones((2, 7)), np.ones((0, 7)), r"vectors must have shape \(2, 8\); got \(2, 7\)"),
            (np.ones(2), np.ones((0, 8)), r"vectors must have shape \(2, 8\); got \(2,\)"),
            (np.ones((2, 8)), np.ones((2, 8)), r"title must have shape \(0 or 1, 8\); got \(2, 8\)"),
            (np.ones((2, 8)), np.ones((1, 7)), r"title must have shape \(0 or 1, 8\); got \(1, 7\)"),
            (np.full((2, 8), np.nan), np.ones((0, 8)), r"vectors must be finite"),
            (np.ones((2, 8)), np.full((1, 8), np.inf), r"title must be finite"),
            (np.ones((2, 8), dtype=np.int64), np.ones((0, 8)), r"vectors must be a floating ndarray; got int64"),
        ],
    )
    def test_arrays_of_a_wrong_shape_are_refused_and_nothing_is_kept(
        self, make: Callable[[], Store], vectors: Vectors, title: Vectors, rule: str
    ) -> None:
        store = make()
        store.add_article(*parts(DRY), at=NOON)

        with pytest.raises(InvalidInputError, match=rule):
            store.add_article(RAIN, parts(RAIN)[1], vectors, title, at=NOON)

        assert store.articles() == [DRY]

    def test_claims_of_another_article_or_twice_are_refused(self, make: Callable[[], Store]) -> None:
        store = make()
        _, claims, vectors, title = parts(RAIN)
        _, strange, _, _ = parts(DRY)

        with pytest.raises(InvalidInputError, match=rf"claims\[1\] must be a claim of article '{RAIN.id}'"):
            store.add_article(RAIN, [claims[0], strange[0]], vectors, title, at=NOON)
        with pytest.raises(InvalidInputError, match=rf"claims\[1\] must have an id of its own; got '{claims[0].id}'"):
            store.add_article(RAIN, [claims[0], claims[0]], vectors, title, at=NOON)

        assert store.articles() == []


HOUR = datetime.timedelta(hours=1)
WET = article("Daily", "It rained on.", title="Rain")


def correction(
    first_id: str = "a", second_id: str = "b", action: Action = Action.DISMISS, hours: int = 0, **fields: Any
) -> Correction:
    return Correction(
        action=action, first_id=first_id, second_id=second_id, at=NOON + hours * HOUR, **({"by": "Ann"} | fields)
    )


FULL = correction(
    "c",
    "d",
    Action.RETYPE,
    1,
    label=Label.CONTRADICTION,
    kind=Kind.FIGURE,
    by="Ann\ud800",
    note="“40”,\n\x00not 12",
)
MERGED = LineageEvent(what=Lineage.MERGED, from_ids=("A", "B"), into_ids=("A",), claim_ids=("a", "b", "c"), at=NOON)
ENDED = LineageEvent(what=Lineage.ENDED, from_ids=("C",), into_ids=(), claim_ids=("d",), at=NOON + HOUR)


class TestHistoryInEveryStore:
    """What people decided, and what became of articles and clusters."""

    def test_an_empty_store_has_no_history(self, make: Callable[[], Store]) -> None:
        store = make()

        assert (store.added(), store.versions(), store.corrections(), store.lineage()) == ({}, [], [], [])
        assert (store.seen_clusters(), store.settings()) == ({}, {})

    def test_when_an_article_was_taken_in_is_known_until_it_is_removed(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(RAIN), at=NOON + HOUR)
        store.add_article(*parts(DRY), at=NOON + HOUR)
        assert store.added() == {RAIN.id: NOON, DRY.id: NOON + HOUR}

        store.remove_article(RAIN.id)

        assert store.added() == {DRY.id: NOON + HOUR}

    def test_an_article_can_end_others(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)

        store.add_article(*parts(WET), at=NOON + HOUR, ends=[DRY.id, RAIN.id])

        expected = [Version(article_id=old, by_id=WET.id, at=NOON + HOUR) for old in sorted([RAIN.id, DRY.id])]
        assert store.versions() == expected
        assert len(store.articles()) == 3

    def test_an_article_that_ends_an_unknown_one_is_refused_and_not_kept(self, make: Callable[[], Store]) -> None:
        store = make()

        with pytest.raises(InvalidInputError, match="ends must hold ids of kept articles; got 'unknown'"):
            store.add_article(*parts(WET), at=NOON, ends=["unknown"])

        assert (store.articles(), store.versions(), store.added()) == ([], [], {})

    @pytest.mark.parametrize(
        ("removed", "left"),
        [
            (RAIN, [(DRY, WET, 2)]),
            (DRY, [(RAIN, WET, 2)]),
            (WET, [(RAIN, DRY, 1)]),
        ],
        ids=["the first", "the one between", "the last"],
    )
    def test_removing_one_of_three_versions_leaves_the_others_in_order(
        self, make: Callable[[], Store], removed: Article, left: list[tuple[Article, Article, int]]
    ) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON + HOUR, ends=[RAIN.id])
        store.add_article(*parts(WET), at=NOON + 2 * HOUR, ends=[DRY.id])

        store.remove_article(removed.id)

        assert store.versions() == [
            Version(article_id=old.id, by_id=new.id, at=NOON + hours * HOUR) for old, new, hours in left
        ]

    def test_decisions_come_by_time_and_stay_when_articles_go(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        one, two = sorted(claim.id for claim in store.claims())
        late, early = correction(one, two, hours=1), correction("x", "y")

        store.add_correction(late)
        store.add_correction(early)
        store.remove_article(RAIN.id)

        assert store.corrections() == [early, late]

    def test_a_decision_takes_the_place_of_one_about_the_same_two(self, make: Callable[[], Store]) -> None:
        store = make()
        claims_, articles_ = correction(), correction(action=Action.COPIES, hours=1)
        store.add_correction(claims_)
        store.add_correction(articles_)
        assert store.corrections() == [claims_, articles_]

        store.add_correction(later := correction(action=Action.SPLIT, hours=2))
        store.add_correction(last := correction(action=Action.INDEPENDENT, hours=3))

        assert store.corrections() == [later, last]

    def test_a_decision_can_be_forgotten_once(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_correction(correction())
        store.add_correction(FULL)

        assert store.remove_correction(correction().id) is True
        assert store.remove_correction(correction().id) is False
        assert store.corrections() == [FULL]

    def test_clusters_that_were_seen_are_the_last_ones_and_events_add_up(self, make: Callable[[], Store]) -> None:
        store = make()
        store.see_clusters({"B": ["b"], "A": ("c", "a"), "C": ["d"]}, [])

        store.see_clusters({"A": ["b", "c", "a"], "C": ["d"]}, [MERGED])
        store.see_clusters({"A": ["b", "c", "a"]}, [ENDED])

        assert store.seen_clusters() == {"A": ("a", "b", "c")}
        assert store.lineage() == [MERGED, ENDED]

    def test_settings_that_are_not_named_stay(self, make: Callable[[], Store]) -> None:
        store = make()
        store.set_settings({"embedder": "one", "judge": "x"})

        store.set_settings({"judge": "y"})

        assert store.settings() == {"embedder": "one", "judge": "y"}

    def test_judged_pairs_are_known_by_what_they_were_judged_as(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_article(*parts(DRY), at=NOON)
        one, two, three, *_ = sorted(store.claims(), key=lambda claim: claim.id)
        store.add_judgements([judgement(one, two, key="first"), judgement(one, three, key="other")])

        store.add_judgements([judgement(one, two, key="second")])

        pairs = [(one.id, three.id), (two.id, three.id), (one.id, two.id)]
        assert store.judged_as(pairs) == ["other", None, "second"]

    def test_what_comes_back_can_be_changed_without_reaching_the_store(self, make: Callable[[], Store]) -> None:
        store = make()
        store.add_article(*parts(RAIN), at=NOON)
        store.add_correction(FULL)
        store.see_clusters({"A": ["a"]}, [MERGED])
        store.set_settings({"embedder": "one"})

        store.added().clear()
        store.corrections().clear()
        store.seen_clusters().clear()
        store.lineage().clear()
        store.settings().clear()

        assert store.added() == {RAIN.id: NOON}
        assert (store.corrections(), store.lineage()) == ([FULL], [MERGED])
        assert (store.seen_clusters(), store.settings()) == ({"A": ("a",)}, {"embedder": "one"})


def test_an_emptied_memory_store_takes_vectors_of_another_model() -> None:
    store = MemoryStore()
    store.add_article(*parts(RAIN), at=NOON)
    store.remove_article(RAIN.id)
    _, claims, _, _ = parts(RAIN)

    assert store.add_article(
        RAIN, claims, LetterEmbedder(5).embed([c.text for c in claims]), np.ones((1, 5), dtype=np.float32), at=NOON
    )
    assert store.vectors([claims[0].id]).shape == (1, 5)
