"""The tracker, with doubles for the models: what comes out depends on which articles are kept, and on nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack import Article, Claim, InvalidInputError, Label, Status, Tracker, TrackerOptions
from claimtrack.index import FaissIndex, Neighbor
from claimtrack.relations import Probabilities, Thresholds
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

OPENS = "The bridge over the Ems will open in June."
NOT_OPENS = "The bridge over the Ems will not open in June at all."
ALSO_OPENS = "The bridge over the river Ems will open in June."
ARTICLES = (
    Article(name="north.txt", text=OPENS + " Rain fell on Friday.", source="North", published="2020-03-02"),
    Article(name="south.txt", text=NOT_OPENS, source="South", published="2020-03-01"),
    Article(name="west.txt", text=ALSO_OPENS + " The mayor left.", source="West", published="2020-03-05"),
    Article(name="east.txt", text="Rain fell on Friday. " + OPENS, source="East"),
    Article(name="empty.txt", text="..."),
)

DISTINCT = (*ARTICLES[:3], ARTICLES[4])  # no sentence stands in two of them


class CountingModel(WordRelationModel):
    """Counts how often each ordered pair was judged."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[tuple[str, str]] = Counter()

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        self.asked.update(pairs)
        return super().judge(pairs)


class FailingModel(WordRelationModel):
    """Raises when it is asked anything."""

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        raise RuntimeError(f"asked for {len(pairs)} pairs")


def make_tracker(articles: Iterable[Article] = (), **parts: Any) -> Tracker:
    doubles: dict[str, Any] = {
        "embedder": LetterEmbedder(),
        "extractor": SentenceExtractor(),
        "relation_model": WordRelationModel(),
    }
    tracker = Tracker(**(doubles | parts))
    tracker.add(articles)
    return tracker


def everything(tracker: Tracker) -> tuple[object, ...]:
    """All that can be read from a tracker."""
    return (
        tracker.articles,
        tracker.claims,
        tracker.candidates(),
        tracker.judged,
        tracker.relations,
        tracker.clusters,
        tracker.search("Will the bridge open?"),
        tracker.check(OPENS),
    )


def sets_of_articles() -> st.SearchStrategy[list[Article]]:
    """Small sets of articles about few things, so that many of their claims are near one another."""
    sentences = st.sampled_from(
        [
            OPENS,
            NOT_OPENS,
            ALSO_OPENS,
            "The bridge will not open.",
            "Nobody saw the bridge over the Ems.",
            "Rain fell on Friday.",
            "No rain fell on Friday.",
            "Rain fell in Lower Saxony on Friday.",
            "The battle for Idlib province began.",
            "The battle for Idleb province began.",
        ]
    )
    days = st.none() | st.sampled_from(["2020-03-01", "2020-03-02"])
    outlets = st.none() | st.sampled_from(["North", "South"])
    article = st.builds(
        lambda text, day, outlet: Article(name="x", text=" ".join(text), published=day, source=outlet),
        st.lists(sentences, min_size=1, max_size=3),
        days,
        outlets,
    )
    return st.lists(article, min_size=1, max_size=6, unique_by=lambda a: a.id)


# -- order, twice, never ------------------------------------------------------------------------------------------------


@given(st.data())
@settings(max_examples=25)
def test_the_order_of_articles_changes_nothing(data: st.DataObject) -> None:
    """Cluster ids are kept in notes and links; they must not depend on which file was read first."""
    drawn = data.draw(sets_of_articles())
    shuffled = data.draw(st.permutations(drawn))
    options = TrackerOptions(n_neighbors=data.draw(st.sampled_from([1, 2, 30])))

    in_order, one_by_one = make_tracker(drawn, options=options), make_tracker(options=options)
    for article in shuffled:
        one_by_one.add([article])

    assert everything(one_by_one) == everything(in_order)


@given(sets_of_articles())
@settings(max_examples=15)
def test_adding_twice_is_adding_once(drawn: list[Article]) -> None:
    once, twice = make_tracker(drawn), make_tracker(drawn)

    assert twice.add([*drawn, *drawn]) == ()
    assert everything(twice) == everything(once)


@given(st.data())
@settings(max_examples=25)
def test_an_article_that_is_removed_was_never_there(data: st.DataObject) -> None:
    """Neighbours that move up into its place are judged as well, hence the small n_neighbors."""
    drawn = data.draw(sets_of_articles())
    gone = data.draw(st.lists(st.sampled_from(drawn), unique=True))
    options = TrackerOptions(n_neighbors=data.draw(st.sampled_from([1, 2, 30])))

    removed = make_tracker(drawn, options=options)
    removed.remove([article.id for article in gone])

    assert everything(removed) == everything(make_tracker([a for a in drawn if a not in gone], options=options))


def test_an_article_can_come_back() -> None:
    tracker = make_tracker(ARTICLES)
    before = everything(tracker)

    tracker.remove([ARTICLES[0].id])
    assert everything(tracker) != before
    tracker.add([ARTICLES[0]])

    assert everything(tracker) == before


def test_all_articles_can_be_removed() -> None:
    tracker = make_tracker(ARTICLES)

    tracker.remove(article.id for article in ARTICLES)

    assert (tracker.articles, tracker.claims, tracker.relations, tracker.clusters) == ((), (), (), ())
    assert tracker.search("bridge") == ()
    assert tracker.check(OPENS).status is Status.NOT_FOUND


def test_a_single_id_may_be_given_to_remove() -> None:
    tracker = make_tracker(ARTICLES)

    tracker.remove(ARTICLES[0].id)

    assert ARTICLES[0] not in tracker.articles


def test_the_same_article_under_two_names_is_one() -> None:
    copy = Article(name="copy.txt", text=ARTICLES[1].text, source="South", published="2020-03-01")

    tracker = make_tracker()

    assert tracker.add([ARTICLES[1], copy]) == (ARTICLES[1].id,)
    assert tracker.articles == (ARTICLES[1],)


# -- clusters ----------------------------------------------------------------------------------------------------------


def test_agreement_and_contradiction_make_one_cluster_with_two_sides() -> None:
    tracker = make_tracker(ARTICLES)

    cluster = next(c for c in tracker.clusters if c.contradictions)

    assert [{claim.text for claim in side.claims} for side in cluster.sides] == [{NOT_OPENS}, {OPENS, ALSO_OPENS}]
    assert cluster.label == NOT_OPENS  # the earliest
    assert cluster.sources == ("East", "North", "South", "West")
    assert {r.label for r in tracker.relations} == {Label.ENTAILMENT, Label.CONTRADICTION}
    assert set(tracker.relations) <= set(tracker.judged)


def test_nothing_added_gives_nothing() -> None:
    tracker = make_tracker([])

    assert (tracker.articles, tracker.claims, tracker.candidates(), tracker.clusters) == ((), (), (), ())
    assert tracker.relate() == 0
    assert tracker.search("bridge") == ()
    assert tracker.check(OPENS).status is Status.NOT_FOUND


def test_an_article_without_a_claim_is_kept() -> None:
    tracker = make_tracker([ARTICLES[4]])

    assert tracker.articles == (ARTICLES[4],)
    assert tracker.claims == ()


# -- judging -----------------------------------------------------------------------------------------------------------


def test_with_relate_false_claims_are_searchable_and_judged_later() -> None:
    tracker = Tracker(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel())

    added = tracker.add(ARTICLES, relate=False)

    assert added == tuple(article.id for article in ARTICLES)
    assert tracker.search(OPENS)[0].claim.text == OPENS
    assert tracker.relations == ()
    assert tracker.clusters == ()
    assert tracker.relate() == len(tracker.candidates()) > 0
    assert everything(tracker) == everything(make_tracker(ARTICLES))
    assert tracker.relate() == 0


def test_removing_leaves_claims_that_wait_to_be_judged_waiting() -> None:
    tracker = Tracker(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=FailingModel())
    tracker.add(ARTICLES, relate=False)

    tracker.remove(ARTICLES[4].id)

    assert tracker.judged == ()


def test_nothing_is_judged_twice() -> None:
    """Judging is nearly all of the time: 100 articles a day must not cost the days before again."""
    model = CountingModel()
    tracker = make_tracker(relation_model=model)

    for article in DISTINCT:
        tracker.add([article])
    tracker.add(DISTINCT)
    tracker.relate()
    tracker.remove(ARTICLES[4].id)
    _ = tracker.clusters, tracker.relations

    assert model.asked
    assert max(model.asked.values()) == 1


def test_removing_makes_no_other_pair_be_judged_again() -> None:
    model = CountingModel()
    tracker = make_tracker(DISTINCT, relation_model=model)

    tracker.remove(ARTICLES[0].id)

    assert max(model.asked.values()) == 1


def test_claims_of_one_voice_in_one_article_are_not_judged_against_each_other() -> None:
    tracker = make_tracker([Article(name="a", text=f"{OPENS} {NOT_OPENS}")])

    assert tracker.candidates() == ()


class SayingExtractor(SentenceExtractor):
    """Makes a claim of what stands behind "said" in each sentence, of the speaker before it."""

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        return [[self._said(claim) for claim in claims] for claims in super().extract(articles)]

    def _said(self, claim: Claim) -> Claim:
        speaker, _, said = claim.text.partition(" said ")
        return Claim(text=said, speaker=speaker, provenance=claim.provenance)


def spoken(one: str, two: str) -> Article:
    return Article(
        name="a", text=f"{one} said the bridge will open in June. {two} said the bridge will not open in June."
    )


def test_two_spellings_of_one_speaker_in_one_article_are_one_speaker() -> None:
    """Nobody is held against himself because an article gives his full name once and his last name later."""
    reyl = make_tracker([spoken("Mayor Tomas Reyl", "Reyl")], extractor=SayingExtractor())
    others = make_tracker([spoken("Mayor Tomas Reyl", "Ada Holm")], extractor=SayingExtractor())

    assert (reyl.candidates(), reyl.clusters) == ((), ())
    assert [claim.speaker for claim in reyl.claims] == ["Mayor Tomas Reyl", "Reyl"]
    assert len(others.candidates()) == 1
    assert len(others.clusters) == 1


def test_only_near_claims_are_judged() -> None:
    strict = make_tracker(ARTICLES, options=TrackerOptions(min_similarity=0.9))
    lenient = make_tracker(ARTICLES, options=TrackerOptions(min_similarity=0.2))

    assert set(strict.candidates()) < set(lenient.candidates())


def test_a_failure_while_judging_leaves_what_can_be_judged_later() -> None:
    tracker = Tracker(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=FailingModel())

    with pytest.raises(RuntimeError, match=r"asked for \d+ pairs"):
        tracker.add(ARTICLES)
    tracker._model = WordRelationModel()
    tracker.relate()

    assert everything(tracker) == everything(make_tracker(ARTICLES))


class StumblingExtractor(SentenceExtractor):
    """Raises at an article of this name, as long as it is told to."""

    name_of_the_stone: str | None = "west.txt"

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        if any(article.name == self.name_of_the_stone for article in articles):
            raise RuntimeError("stumbled")
        return super().extract(articles)


def test_a_failure_while_adding_keeps_the_articles_before_it_whole() -> None:
    extractor = StumblingExtractor()
    tracker = make_tracker(ARTICLES[:1], extractor=extractor)
    assert tracker.candidates() == ()

    with pytest.raises(RuntimeError, match="stumbled"):
        tracker.add(ARTICLES)
    assert set(tracker.articles) == set(ARTICLES[:2])
    tracker.relate()
    assert everything(tracker) == everything(make_tracker(ARTICLES[:2]))
    extractor.name_of_the_stone = None
    tracker.add(ARTICLES)

    assert everything(tracker) == everything(make_tracker(ARTICLES))


# -- searching ---------------------------------------------------------------------------------------------------------


def test_a_search_finds_the_claim_itself_first() -> None:
    tracker = make_tracker(ARTICLES)

    hits = tracker.search("Rain fell on Friday.", k=2)

    assert [hit.claim.text for hit in hits] == ["Rain fell on Friday."] * 2
    assert [hit.similarity for hit in hits] == [1.0, 1.0]
    assert [hit.claim.id for hit in hits] == sorted(hit.claim.id for hit in hits)


def test_ties_are_broken_by_claim_id() -> None:
    """Forty copies of a story tie; the page must look the same each time."""
    copies = [Article(name=f"{n}", text=OPENS, source=f"outlet {n}") for n in range(12)]

    hits = make_tracker(copies).search(OPENS, k=12)

    assert [hit.claim.id for hit in hits] == sorted(hit.claim.id for hit in hits)
    assert len({hit.claim.id for hit in hits}) == 12


def test_titles_count_in_a_search() -> None:
    """The claim says "it failed"; what failed stands in the headline."""
    titled = Article(name="t", text="It failed. Prices rose by half.", title="Talks on the Danube canal")
    tracker = make_tracker([*ARTICLES, titled])

    hits = tracker.search("talks on the Danube canal")

    assert [hit.claim.article_id for hit in hits[:2]] == [titled.id, titled.id]
    assert hits[0].similarity == hits[1].similarity == 1.0


def test_where_the_title_ties_the_nearer_claim_comes_first() -> None:
    near = ["The Danube canal talks failed.", "Talks went on by the Danube.", "Talks on it failed.", "It rained."]
    titled = Article(name="t", text=" ".join(near[::-1]), title="Talks on the Danube canal")
    embedder = LetterEmbedder()
    query, *own = embedder.embed(["talks on the Danube canal", *near]).astype(np.float64)

    hits = make_tracker([titled], embedder=embedder).search("talks on the Danube canal")

    similarity = {text: float(vector @ query) for text, vector in zip(near, own, strict=True)}
    assert {hit.similarity for hit in hits} == {1.0}
    assert [hit.claim.text for hit in hits] == sorted(near, key=lambda text: -similarity[text])
    assert [hit.claim.id for hit in hits] != sorted(hit.claim.id for hit in hits)  # else ids would do as well


def test_a_search_gives_at_most_k_hits_best_first() -> None:
    tracker = make_tracker(ARTICLES)

    everything_found = tracker.search("bridge", k=100)

    assert len(everything_found) == len(tracker.claims)
    assert tracker.search("bridge", k=3) == everything_found[:3]
    assert {hit.claim.text for hit in everything_found[:4]} == {OPENS, NOT_OPENS, ALSO_OPENS}


def nearest(tracker: Tracker, query: str) -> list[str]:
    """Texts of all claims by cosine alone."""
    vectors = LetterEmbedder().embed([query, *(claim.text for claim in tracker.claims)]).astype(np.float64)
    cosines = (vectors[1:] @ vectors[0]).tolist()
    return [claim.text for _, claim in sorted(zip(cosines, tracker.claims, strict=True), key=lambda pair: -pair[0])]


@pytest.mark.parametrize(
    ("query", "rival", "text"),
    [
        ("Quill", "Quilts {}", "At the end of a long and rainy day Orla Quill told the paper so."),
        ("1,549 crowns", "1,54{} crowded", "In the end some 1,549 were paid for the old harbour crane."),
    ],
)
def test_a_name_or_a_figure_is_found_that_the_cosine_puts_last(query: str, rival: str, text: str) -> None:
    """An embedding knows what is meant; it blurs the one word that a name or a figure is."""
    rivals = [Article(name=f"{n}", text=rival.format(n)) for n in range(8)]
    tracker = make_tracker([*rivals, Article(name="x", text=text)])

    hits = tracker.search(query)

    assert nearest(tracker, query)[-1] == text
    assert hits[1].claim.text == text
    assert hits[1].similarity == min(hit.similarity for hit in hits)


def test_a_speaker_is_found_by_name() -> None:
    """The claim says what was said; who said it stands beside it."""
    tracker = make_tracker(ARTICLES, extractor=SpeakerExtractor())

    hits = tracker.search("Zbigniew")

    assert {hit.claim.speaker for hit in hits[:1]} == {"Zbigniew Quill"}


def test_a_search_sees_what_was_added_and_removed_since() -> None:
    tracker = make_tracker(ARTICLES[:2])
    assert "The mayor left." not in [hit.claim.text for hit in tracker.search("mayor")]

    tracker.add([ARTICLES[2]])
    assert tracker.search("mayor")[0].claim.text == "The mayor left."
    tracker.remove([ARTICLES[2].id])

    assert tracker.search("mayor") == make_tracker(ARTICLES[:2]).search("mayor")


def test_a_search_between_two_articles_hides_neither() -> None:
    """Progress is told while articles are added, and whoever hears it may look."""
    seen: list[Tracker] = []
    tracker = make_tracker(progress=lambda _stage, _done, _total: [each.search("mayor") for each in seen])
    seen.append(tracker)

    tracker.add(ARTICLES)

    assert tracker.search("mayor") == make_tracker(ARTICLES).search("mayor")


@pytest.mark.parametrize(
    "query",
    [
        "bridge AND (mayor",
        'text : "mayor',
        "NEAR(bridge mayor, 2)",
        "*",
        "^mayor OR -bridge NOT",
        '""',
        "may\x00or",
        "\ud800",
        "'; DROP TABLE words; --",
        "🌉",
        "mayor " * 3_000,
    ],
)
def test_a_query_may_hold_anything(query: str) -> None:
    tracker = make_tracker(ARTICLES)

    hits = tracker.search(query, k=100)

    assert {hit.claim for hit in hits} == set(tracker.claims)
    assert hits == make_tracker(ARTICLES[::-1]).search(query, k=100)


# -- checking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "status", "n_supporting", "n_contradicting"),
    [
        (ARTICLES[:1], Status.SUPPORTED, 1, 0),
        (ARTICLES[1:2], Status.CONTRADICTED, 0, 1),
        (ARTICLES, Status.DISPUTED, 3, 1),
        (ARTICLES[4:], Status.NOT_FOUND, 0, 0),
    ],
)
def test_a_check_says_what_the_articles_say(
    articles: Sequence[Article], status: Status, n_supporting: int, n_contradicting: int
) -> None:
    assessment = make_tracker(articles).check(OPENS)

    assert assessment.claim == OPENS
    assert assessment.status is status
    assert len(assessment.supporting) == n_supporting
    assert len(assessment.contradicting) == n_contradicting


def test_evidence_points_into_the_article() -> None:
    tracker = make_tracker(ARTICLES)
    texts = {article.id: article.text for article in ARTICLES}

    assessment = tracker.check(OPENS)

    for evidence in assessment.supporting + assessment.contradicting:
        assert evidence.span.slice(texts[evidence.claim.article_id]) == evidence.claim.text
        assert evidence.claim.id in {evidence.relation.premise_id, evidence.relation.hypothesis_id}


def test_a_check_works_before_anything_was_related() -> None:
    tracker = Tracker(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel())
    tracker.add(ARTICLES, relate=False)

    assert tracker.check(OPENS).status is Status.DISPUTED


def test_a_check_changes_nothing() -> None:
    tracker = make_tracker(ARTICLES)
    before = everything(tracker)

    tracker.check("Anna Berg said the bridge would fall.")

    assert everything(tracker) == before


def test_evidence_says_who_published_it_and_when() -> None:
    assessment = make_tracker(ARTICLES).check(OPENS)

    found = {(e.outlet, e.published) for e in assessment.supporting}
    assert found == {("North", "2020-03-02"), ("West", "2020-03-05"), ("East", None)}
    assert [(e.outlet, e.published) for e in assessment.contradicting] == [("South", "2020-03-01")]


def test_a_check_counts_the_sources_of_either_side() -> None:
    """Three claims of one outlet are one source."""
    again = Article(name="again", text="The bridge over the Ems river will open in June.", source="North")

    assessment = make_tracker([*ARTICLES, again]).check(OPENS)

    assert len(assessment.supporting) == 4
    assert (assessment.supporting_sources, assessment.contradicting_sources) == (3, 1)


def test_each_claim_of_a_text_is_checked_in_its_order_and_once() -> None:
    tracker = make_tracker(ARTICLES)

    found = tracker.check_text(f"{NOT_OPENS} Snow fell in Varn. {OPENS} {NOT_OPENS}")

    assert [assessment.claim for assessment in found] == [NOT_OPENS, "Snow fell in Varn.", OPENS]
    assert found == tuple(tracker.check(assessment.claim) for assessment in found)
    assert [assessment.status for assessment in found] == [Status.DISPUTED, Status.NOT_FOUND, Status.DISPUTED]


def test_a_text_that_is_checked_is_not_kept() -> None:
    tracker = make_tracker(ARTICLES)
    before = everything(tracker)

    tracker.check_text("The bridge fell. Nobody was hurt.")

    assert everything(tracker) == before


def test_a_text_without_a_claim_has_nothing_to_check() -> None:
    assert make_tracker(ARTICLES).check_text("...") == ()


# -- parts -------------------------------------------------------------------------------------------------------------


class ConstantEmbedder:
    """Finds everything alike."""

    name = "constant"
    dim = 2

    def embed(self, texts: Sequence[str], /) -> npt.NDArray[np.float32]:
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))


class BlindIndex(FaissIndex):
    """Never finds a neighbour."""

    def search(
        self, vectors: npt.NDArray[np.float32], /, *, k: int, min_similarity: float = -1.0
    ) -> list[list[Neighbor]]:
        return [[] for _ in vectors]


class WholeArticleExtractor(SentenceExtractor):
    """Keeps the first claim of each article only."""

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        return [claims[:1] for claims in super().extract(articles)]


class SpeakerExtractor(SentenceExtractor):
    """Lets one man say what is said in the west."""

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        return [
            [attrs.evolve(claim, speaker="Zbigniew Quill" if article.name == "west.txt" else None) for claim in claims]
            for article, claims in zip(articles, super().extract(articles), strict=True)
        ]


class YesModel(WordRelationModel):
    """Says that everything entails everything."""

    thresholds = Thresholds(entailment=0.9)

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        return np.tile(np.array([[0.8, 0.1, 0.1]]), (len(pairs), 1))


def test_the_embedder_can_be_exchanged() -> None:
    tracker = make_tracker(ARTICLES[:2], embedder=ConstantEmbedder())

    assert tracker.embedder.name == "constant"
    assert len(tracker.candidates()) == 2  # both claims of one article with the one of the other


def test_the_index_can_be_exchanged() -> None:
    assert make_tracker(ARTICLES, index=BlindIndex(64)).candidates() == ()


def test_the_extractor_can_be_exchanged() -> None:
    tracker = make_tracker(ARTICLES, extractor=WholeArticleExtractor())

    assert sorted(claim.text for claim in tracker.claims) == sorted(
        [OPENS, NOT_OPENS, ALSO_OPENS, "Rain fell on Friday."]
    )


def test_the_relation_model_can_be_exchanged_and_brings_its_thresholds() -> None:
    """Another model is calibrated in another way: the same 0.8 says less."""
    own = make_tracker(ARTICLES, relation_model=YesModel())
    given = make_tracker(
        ARTICLES, relation_model=YesModel(), options=TrackerOptions(thresholds=Thresholds(entailment=0.7))
    )

    assert own.thresholds == YesModel.thresholds
    assert {r.model for r in own.relations} <= {"same-text"}
    assert given.thresholds == Thresholds(entailment=0.7)
    assert len(given.relations) == 2 * len(given.candidates()) > len(own.relations)


def test_a_model_without_thresholds_is_held_to_the_defaults() -> None:
    assert make_tracker().thresholds == Thresholds()


def test_progress_is_told_by_stage() -> None:
    told: list[tuple[str, int, int]] = []

    make_tracker(ARTICLES, progress=lambda stage, done, total: told.append((stage, done, total)))

    assert [step for step in told if step[0] == "extracting claims"] == [
        ("extracting claims", done, len(ARTICLES)) for done in range(len(ARTICLES) + 1)
    ]
    assert told[-1][0] == "judging pairs"
    assert told[-1][1] == told[-1][2] > 0


# -- wrong input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ("seeds/", r"articles must be an iterable of Article; got str\.\nHint: read files with claimtrack\.read"),
        (b"seeds/", "got bytes"),
        (ARTICLES[0], "articles must be an iterable of Article; got Article"),
        (None, "articles must be an iterable of Article; got NoneType"),
        (["a text"], r"articles must hold Article records; got str\."),
        ([ARTICLES[0], None], "articles must hold Article records; got NoneType"),
    ],
)
def test_what_is_no_set_of_articles_is_refused_and_nothing_is_added(articles: Any, message: str) -> None:
    tracker = make_tracker()

    with pytest.raises(InvalidInputError, match=message):
        tracker.add(articles)

    assert tracker.articles == ()


def test_an_unknown_id_is_refused_and_nothing_is_removed() -> None:
    tracker = make_tracker(ARTICLES)

    with pytest.raises(InvalidInputError, match="article_ids must be ids of kept articles; got 'no-such-id'"):
        tracker.remove([ARTICLES[0].id, "no-such-id"])

    assert len(tracker.articles) == len(ARTICLES)


@pytest.mark.parametrize("query", ["", " \n", None, 3, b"bridge"])
def test_a_query_must_be_a_text(query: Any) -> None:
    tracker = make_tracker(ARTICLES)

    with pytest.raises(InvalidInputError, match=r"query must be a text that is not empty; got "):
        tracker.search(query)
    with pytest.raises(InvalidInputError, match=r"claim must be a text that is not empty; got "):
        tracker.check(query)
    with pytest.raises(InvalidInputError, match=r"text must be a text that is not empty; got "):
        tracker.check_text(query)


@pytest.mark.parametrize("k", [0, -1, 2.0, "3", None, True])
def test_k_must_be_a_positive_int(k: Any) -> None:
    """Asked of an empty tracker too: a mistake must not show up only once there is data."""
    for tracker in (make_tracker(ARTICLES), make_tracker()):
        with pytest.raises(InvalidInputError, match="k must be an int of at least 1; got "):
            tracker.search("bridge", k=k)
        with pytest.raises(InvalidInputError, match="k must be an int of at least 1; got "):
            tracker.check("The bridge opens.", k=k)
        with pytest.raises(InvalidInputError, match="k must be an int of at least 1; got "):
            tracker.check_text("The bridge opens.", k=k)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"min_similarity": 70.0}, ValueError, r"'min_similarity' must be <= 1\.0: 70\.0"),
        ({"min_similarity": 1}, TypeError, "'min_similarity' must be <class 'float'>"),
        ({"n_neighbors": 0}, ValueError, "'n_neighbors' must be >= 1: 0"),
        ({"thresholds": {"entailment": 0.5}}, TypeError, "'thresholds' must be"),
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        TrackerOptions(**options)
