"""A tracker that is opened again: what was found and judged is taken over, and whatever is damaged is found anew."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from made_trackers import (
    ALSO_OPENS,
    NORTH,
    OPENS,
    SOUTH,
    WEST,
    CountingIndex,
    CountingModel,
    NeutralModel,
    claim_of,
    everything,
    make,
    opened,
    sides,
)

from claimtrack import Article, Label, Tracker, TrackerOptions
from claimtrack.errors import StoreError
from claimtrack.records import Relation
from claimtrack.relations import RULES_VERSION, Thresholds
from claimtrack.store import SqliteStore
from claimtrack.testing import LetterEmbedder
from claimtrack.tracker import StaleJudgementsWarning

ARTICLES = [NORTH, SOUTH, WEST, Article(name="rain", text="Rain fell on the fair. It was cold.", source="Rain Post")]
EAST = Article(name="east", text=ALSO_OPENS + " The mayor left.", source="East", published="2031-03-05")


class CountingEmbedder(LetterEmbedder):
    """Counts the texts that it was asked."""

    asked = 0

    def embed(self, texts: Sequence[str], /) -> npt.NDArray[np.float32]:
        self.asked += len(texts)
        return super().embed(texts)


class OtherEmbedder(LetterEmbedder):
    """Embeds as many columns, which mean something else."""

    name = "other"


def begun(path: Path, articles: Sequence[Article] = ARTICLES) -> tuple[object, ...]:
    with opened(path) as tracker:
        tracker.add(articles)
        return everything(tracker)


# -- the index beside the store ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_the_next_start_searches_embeds_and_judges_nothing(tmp_path: Path, read_only: bool) -> None:
    """Fifty thousand claims must be there at once, not after minutes."""
    begun(tmp_path)
    index, embedder, model = CountingIndex(), CountingEmbedder(), CountingModel()

    with opened(tmp_path, index=index, embedder=embedder, relation_model=model, read_only=read_only) as tracker:
        pairs, clusters = tracker.candidates(), tracker.clusters

    reference = make(ARTICLES)
    assert (pairs, clusters) == (reference.candidates(), reference.clusters)
    assert (index.searched, embedder.asked, model.asked) == (0, 0, 0)


def test_after_a_start_new_claims_cost_only_themselves(tmp_path: Path) -> None:
    begun(tmp_path)
    index = CountingIndex()

    with opened(tmp_path, index=index) as tracker:
        tracker.add([EAST])
        found = everything(tracker)

    assert found == everything(make([*ARTICLES, EAST]))
    assert index.searched == 1, "what is checked: claims that join others are compared with all, not looked up"


def test_after_a_start_removing_costs_no_search(tmp_path: Path) -> None:
    begun(tmp_path)
    index = CountingIndex()

    with opened(tmp_path, index=index) as tracker:
        tracker.remove([NORTH.id])
        found = everything(tracker)

    assert found == everything(make([a for a in ARTICLES if a is not NORTH]))
    assert index.searched == 1, "what is checked"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def changed(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def foreign(file: Path) -> None:
    np.savez(file.with_suffix(".npz"), ids=np.array([b"x"]))
    file.with_suffix(".npz").replace(file)


@pytest.mark.parametrize("damage", [cut, changed, foreign, Path.unlink, lambda file: file.write_bytes(b"")])
def test_without_the_file_as_it_was_written_all_is_found_anew_and_written_again(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    before = begun(tmp_path)
    damage(tmp_path / "desk.db-index")
    anew, after = CountingIndex(), CountingIndex()

    with opened(tmp_path, index=anew) as tracker:
        assert everything(tracker) == before
    with opened(tmp_path, index=after) as tracker:
        assert everything(tracker) == before

    assert anew.searched > len(before[1]) > 0  # type: ignore[arg-type]
    assert after.searched == 1, "what is checked"


def test_an_index_of_a_store_that_went_on_is_not_taken_over(tmp_path: Path) -> None:
    """The process was killed after it had added: the file tells of the claims before."""
    begun(tmp_path)
    killed = opened(tmp_path)
    killed.add([EAST])
    killed._store.close()  # type: ignore[attr-defined]

    with opened(tmp_path) as tracker:
        assert everything(tracker) == everything(make([*ARTICLES, EAST]))


def test_an_index_that_the_store_does_not_know_of_is_not_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process was killed after it had written the file, before the store knew of it."""
    begun(tmp_path)
    tracker = opened(tmp_path)
    tracker.add([EAST])
    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "set_settings", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            tracker.close()
    index = CountingIndex()

    with opened(tmp_path, index=index) as tracker:
        assert everything(tracker) == everything(make([*ARTICLES, EAST]))
    assert index.searched > 1


def test_an_index_is_taken_away_before_what_it_tells_of_is_removed(tmp_path: Path) -> None:
    begun(tmp_path)
    killed = opened(tmp_path)
    killed.remove([NORTH.id])
    killed._store.close()  # type: ignore[attr-defined]

    assert not (tmp_path / "desk.db-index").exists()
    with opened(tmp_path) as tracker:
        assert everything(tracker) == everything(make([a for a in ARTICLES if a is not NORTH]))


def test_other_options_find_other_pairs(tmp_path: Path) -> None:
    begun(tmp_path)
    options = TrackerOptions(min_similarity=0.4, n_neighbors=1)

    with opened(tmp_path, options=options) as tracker:
        assert everything(tracker) == everything(make(ARTICLES, options=options))


def test_an_index_that_cannot_be_written_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    tracker = opened(tmp_path)
    tracker.add(ARTICLES)
    monkeypatch.setattr("claimtrack.tracker.tracker.write_neighborhoods", full)
    with pytest.raises(StoreError, match=r"desk\.db-index: No space left on device; the store itself is complete"):
        tracker.close()
    tracker.close()

    monkeypatch.undo()
    with opened(tmp_path) as tracker:
        assert everything(tracker) == everything(make(ARTICLES))


def test_an_article_without_claims_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    """A page that is all pictures must not make the store unreadable."""
    silent = [Article(name="first", text="..."), Article(name="second", text="!")]
    begun(tmp_path, silent)

    with opened(tmp_path) as tracker:
        assert set(tracker.articles) == set(silent)
        tracker.add(ARTICLES)
    with opened(tmp_path) as tracker:
        assert everything(tracker) == everything(make([*silent, *ARTICLES]))


# -- another model, other thresholds ------------------------------------------------------------------------------------

STRICT = TrackerOptions(min_similarity=-1.0, thresholds=Thresholds(pair_contradiction=0.95, contradiction=0.95))


@pytest.mark.parametrize(
    ("others", "name"),
    [({"relation_model": NeutralModel()}, "now neutral"), ({"options": STRICT}, r"now word-overlap-0\.6, .*=0\.95")],
)
def test_what_was_judged_otherwise_is_told_and_judged_again_only_when_that_is_asked_for(
    tmp_path: Path, others: dict[str, Any], name: str
) -> None:
    begun(tmp_path)
    with opened(tmp_path, **others) as tracker:
        n_pairs = len(tracker.candidates())
        before = {(r.premise_id, r.hypothesis_id): r for r in tracker.judged}

        with pytest.warns(StaleJudgementsWarning, match=rf"{n_pairs} pairs were judged by word-overlap-0\.6, .*{name}"):
            tracker.add([EAST])

        after = {(r.premise_id, r.hypothesis_id): r for r in tracker.judged}
        assert before.items() <= after.items()
        assert len(after) > len(before)
        assert tracker.relate() == n_pairs
        assert tracker.relate() == 0
    with opened(tmp_path, **others) as tracker, warnings.catch_warnings(action="error"):
        tracker.remove([EAST.id])
        tracker.add([EAST])
        assert everything(tracker) == everything(make([*ARTICLES, EAST], **others))


def test_what_other_rules_decided_is_told_and_judged_again_when_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path)
    monkeypatch.setattr("claimtrack.tracker.tracker.RULES_VERSION", RULES_VERSION + 1)

    with opened(tmp_path) as tracker:
        n_pairs = len(tracker.candidates())
        with pytest.warns(StaleJudgementsWarning, match=rf"{n_pairs} pairs .*now .*rules {RULES_VERSION + 1},"):
            tracker.add([EAST])
        assert tracker.relate() == n_pairs


def test_the_warning_comes_again_until_pairs_were_judged_again(tmp_path: Path) -> None:
    begun(tmp_path)

    for article in (EAST, Article(name="late", text=OPENS, source="Late")):
        with (
            opened(tmp_path, relation_model=NeutralModel()) as tracker,
            pytest.warns(StaleJudgementsWarning, match=r"Tracker\.relate\(\) judges them again"),
        ):
            tracker.add([article])


def test_looking_at_a_store_of_another_model_changes_nothing(tmp_path: Path) -> None:
    begun(tmp_path)

    with opened(tmp_path, relation_model=NeutralModel()) as tracker:
        assert sides(tracker) == [["south", "north west"]]
        assert {r.label for r in tracker.relations} == {Label.ENTAILMENT, Label.CONTRADICTION}


def test_the_same_model_and_thresholds_are_not_warned_of(tmp_path: Path) -> None:
    begun(tmp_path)

    with opened(tmp_path) as tracker, warnings.catch_warnings(action="error"):
        tracker.add([EAST])
        assert tracker.relate() == 0


# -- another embedder --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda tracker: tracker.candidates(),
        lambda tracker: tracker.clusters,
        lambda tracker: tracker.search("bridge"),
        lambda tracker: tracker.check(OPENS),
        lambda tracker: tracker.check_text(OPENS),
        lambda tracker: tracker.add([EAST]),
        lambda tracker: tracker.relate(),
    ],
    ids=["candidates", "clusters", "search", "check", "check_text", "add", "relate"],
)
@pytest.mark.parametrize("embedder", [OtherEmbedder(), LetterEmbedder(8)], ids=["name", "columns"])
def test_another_embedder_is_refused(
    tmp_path: Path, ask: Callable[[Tracker], object], embedder: LetterEmbedder
) -> None:
    """Cosines between vectors of two models are noise that looks like an answer."""
    before = begun(tmp_path)

    with (
        opened(tmp_path, embedder=embedder) as tracker,
        pytest.raises(
            StoreError,
            match=f"the one that the store was made with, 'letter-trigrams-64'; got '{embedder.name}'",
        ),
    ):
        ask(tracker)

    with opened(tmp_path) as tracker:
        assert everything(tracker) == before


# -- failures in between ------------------------------------------------------------------------------------------------


class StumblingEmbedder(LetterEmbedder):
    """Fails once at this text."""

    stone: str | None = "Shops closed in Idlib."

    def embed(self, texts: Sequence[str], /) -> npt.NDArray[np.float32]:
        if self.stone in texts:
            self.stone = None
            raise RuntimeError("stumbled")
        return super().embed(texts)


def test_a_failure_while_a_name_is_taken_in_loses_no_claim() -> None:
    """The second article's name is written as the first one's, and embedded anew; that is when it fails."""
    articles = [
        Article(name="a", text="Troops moved in Idlib and in Idlib city."),
        Article(name="b", text="Shops closed in Idleb."),
    ]
    tracker = make(articles[:1], embedder=StumblingEmbedder())

    with pytest.raises(RuntimeError, match="stumbled"):
        tracker.add(articles[1:])
    tracker.relate()

    assert len(tracker.candidates()) == 1
    assert everything(tracker) == everything(make(articles))


def test_an_article_that_goes_and_comes_back_before_anything_is_related_is_judged() -> None:
    tracker = make(ARTICLES)
    tracker.add([EAST], relate=False)

    tracker.remove([NORTH.id])
    tracker.add([NORTH])

    assert everything(tracker) == everything(make([*ARTICLES, EAST]))


def test_pairs_that_were_not_judged_are_judged_after_a_start(tmp_path: Path) -> None:
    with opened(tmp_path) as tracker:
        tracker.add(ARTICLES, relate=False)
        assert tracker.judged == ()

    with opened(tmp_path) as tracker:
        assert tracker.relate() == len(tracker.candidates()) > 0
        assert everything(tracker) == everything(make(ARTICLES))
        kept: Relation = tracker.judged[0]
        assert claim_of(tracker, NORTH) in {r.premise_id for r in tracker.judged}
    with opened(tmp_path, relation_model=CountingModel()) as tracker:
        assert tracker.relate() == 0
        assert tracker.judged[0] == kept


# -- pairs that were all judged are not gone through again -------------------------------------------------------------


def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the pairs whose judgements a store on disk is asked for, call by call."""
    counted: list[int] = []
    real = SqliteStore.judged_as

    def judged_as(self: SqliteStore, pairs: Sequence[tuple[str, str]], /) -> list[str | None]:
        counted.append(len(pairs))
        return real(self, pairs)

    monkeypatch.setattr(SqliteStore, "judged_as", judged_as)
    return counted


def test_after_a_start_only_the_pairs_of_new_claims_are_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path)
    counted = asked_for(monkeypatch)

    with opened(tmp_path) as tracker:
        tracker.add([Article(name="snow", text="Snow fell on the fair.", source="Snow Post")])
        fresh = {claim.id for claim in tracker.claims if claim.text.startswith("Snow")}

        assert counted == [sum(not fresh.isdisjoint(pair) for pair in tracker.candidates())]


@pytest.mark.parametrize("relate", [True, False])
def test_pairs_of_an_article_that_went_and_came_back_are_judged_after_a_start(tmp_path: Path, relate: bool) -> None:
    whole = begun(tmp_path)
    with opened(tmp_path) as tracker:
        tracker.remove([WEST.id])
        tracker.add([WEST], relate=relate)

    with opened(tmp_path) as tracker:
        assert (tracker.relate() == 0) is relate
        assert everything(tracker)[:3] == whole[:3]


def test_a_judge_that_was_stopped_half_way_is_not_trusted(tmp_path: Path) -> None:
    """The store was settled by the first model; the second one's judgements may be there for some pairs only."""

    class Stops(NeutralModel):
        def judge(self, pairs: Sequence[tuple[str, str]], /) -> npt.NDArray[np.float64]:
            raise RuntimeError("the power went")

    whole = begun(tmp_path)
    with opened(tmp_path, relation_model=Stops()) as tracker, pytest.raises(RuntimeError, match="the power"):
        tracker.relate()

    with SqliteStore(tmp_path / "desk.db") as store:
        assert store.settings()["judged"] == ""
    with opened(tmp_path) as tracker:
        assert tracker.relate() == 0
        assert everything(tracker) == whole
