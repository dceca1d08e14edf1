"""Clusters with sides, from claims and relations."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.clustering import ClusterOptions, cluster
from claimtrack.errors import InvalidInputError
from claimtrack.independence import Fold
from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Cluster,
    Kind,
    Label,
    Provenance,
    Relation,
    Span,
    cluster_id,
)

E, N, C = Label.ENTAILMENT, Label.NEUTRAL, Label.CONTRADICTION


def article(id: str, *, published: str | None = "2020-01-01", source: str | None = None) -> Article:
    return Article(id=id, name=f"{id}.txt", text="Rates rose.", published=published, source=source or f"Outlet {id}")


def claim(id: str, article_id: str | None = None, *, speaker: str | None = None, text: str = "Rates rose.") -> Claim:
    """Make a claim; by itself in an article of its own name."""
    span = Span(0, 11)
    provenance = Provenance(article_id=article_id or id, spans=(span,), extractor="test", sentence=span)
    return Claim(id=id, text=text, provenance=provenance, speaker=speaker)


def judged(one: str, two: str, label: Label, p: float = 0.95) -> list[Relation]:
    """Both directions of a pair with one label, held with probability `p`."""
    rest = (1 - p) / 2
    return [
        Relation(
            premise_id=premise,
            hypothesis_id=hypothesis,
            p_entailment=p if label is E else rest,
            p_neutral=p if label is N else rest,
            p_contradiction=p if label is C else rest,
            label=label,
            kind=Kind.NEGATION if label is C else None,
            model="test",
        )
        for premise, hypothesis in [(one, two), (two, one)]
    ]


def solo(ids: str) -> tuple[list[Claim], list[Article]]:
    """Claims named by single letters, each in an article of its own."""
    return [claim(id) for id in ids], [article(id) for id in ids]


def sides(clusters: Sequence[Cluster]) -> list[list[str]]:
    return [["".join(side.claim_ids) for side in made.sides] for made in clusters]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        pytest.param({"ab": E}, [["ab"]], id="two that state the same"),
        pytest.param({"ab": C}, [["a", "b"]], id="two that contradict"),
        pytest.param({"ab": N}, [], id="neutral pairs make no cluster"),
        pytest.param({}, [], id="nothing judged"),
        pytest.param({"ab": E, "bc": E}, [["abc"]], id="a pair never judged counts nothing"),
        pytest.param({"ab": E, "bc": E, "ac": N}, [["ab"]], id="a certain neutral pair breaks the chain"),
        pytest.param(
            {"ab": E, "bc": E, "ac": C}, [["ab", "c"]], id="a contradiction breaks it and keeps it in the cluster"
        ),
        pytest.param({"ab": E, "cd": E, "bc": C}, [["ab", "cd"]], id="two sides of two"),
        pytest.param({"ab": C, "bc": C}, [["a", "b", "c"]], id="three sides"),
        pytest.param({"ab": E, "cd": C}, [["c", "d"], ["ab"]], id="contradictions first"),
        pytest.param({"ab": E, "cde": E}, [["cde"], ["ab"]], id="then more sources"),
    ],
)
def test_sides_of_small_graphs(edges: dict[str, Label], expected: list[list[str]]) -> None:
    claims, articles = solo("abcde")
    relations = [
        relation
        for ids, label in edges.items()
        for one, two in itertools.combinations(ids, 2)
        for relation in judged(one, two, label)
    ]

    assert sides(cluster(claims, relations, articles)) == expected


def test_no_claims_make_no_clusters() -> None:
    assert cluster([], [], []) == []


def test_the_anchor_is_the_earliest_claim_and_undated_ones_come_last() -> None:
    """An undated article must never look like the first to say something."""
    articles = [
        article("a", published=None),
        article("b", published="2020-01-02"),
        article("c", published="2020-01-01"),
        article("d", published="2020-01-01"),
    ]
    claims = [claim(id, text=f"Rates rose, says {id}.") for id in "abcd"]
    relations = [*judged("a", "b", E), *judged("c", "d", E), *judged("b", "d", C)]

    (made,) = cluster(claims, relations, articles)

    assert sides([made]) == [["cd", "ba"]]
    assert made.id == cluster_id("c")
    assert made.label == "Rates rose, says c."
    assert made.contradictions == (("b", "d"),)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("word " * 15 + "12345", "word " * 15 + "12345"),
        ("word " * 15 + "123456", ("word " * 15).strip() + "…"),
        ("word " * 15 + "1234 and more", "word " * 15 + "1234…"),
        ("A line\nbroken  twice", "A line broken twice"),
    ],
)
def test_the_label_is_shortened_at_a_word(text: str, label: str) -> None:
    (made,) = cluster([claim("a", text=text), claim("b")], judged("a", "b", E), solo("ab")[1])

    assert made.label == label
    assert len(made.label) <= 80


def test_two_speakers_of_one_article_may_contradict_each_other() -> None:
    claims = [claim("a", "x", speaker="Ann Lee"), claim("b", "x", speaker="Bo Ray")]

    (made,) = cluster(claims, judged("a", "b", C), [article("x")])

    assert made.contradictions == (("a", "b"),)
    assert made.sources == ("Outlet x",)


@pytest.mark.parametrize("label", [E, C])
@pytest.mark.parametrize("speaker", [None, "Ann Lee"])
def test_one_voice_in_one_article_makes_no_cluster(label: Label, speaker: str | None) -> None:
    claims = [claim("a", "x", speaker=speaker), claim("b", "x", speaker=speaker)]

    assert cluster(claims, judged("a", "b", label), [article("x")]) == []


@pytest.mark.parametrize("label", [E, C])
def test_two_spellings_of_one_speaker_in_one_article_are_one_voice(label: Label) -> None:
    claims = [claim("a", "x", speaker="Ann Lee"), claim("b", "x", speaker="Ms Lee")]
    speakers = {"Ann Lee": "Lee", "Ms Lee": "Lee"}

    assert len(cluster(claims, judged("a", "b", label), [article("x")])) == 1
    assert len(cluster(claims, judged("a", "b", label), [article("x")], speakers={"Ann Lee": "Lee"})) == 1
    assert cluster(claims, judged("a", "b", label), [article("x")], speakers=speakers) == []


def test_one_voice_across_articles_may_contradict_itself() -> None:
    claims = [claim("a", speaker="Ann Lee"), claim("b", speaker="Ann Lee")]

    assert sides(cluster(claims, judged("a", "b", C), solo("ab")[1])) == [["a", "b"]]


def test_two_claims_of_one_voice_may_share_a_side_through_a_third() -> None:
    claims = [claim("a", "x"), claim("b", "x"), claim("c", "y")]
    relations = [*judged("a", "c", E), *judged("b", "c", E)]
    articles = [article("x"), article("y")]

    assert sides(cluster(claims, relations, articles)) == [["abc"]]
    assert sides(cluster(claims, relations + judged("a", "b", N), articles)) == [["abc"]]


def test_a_contradiction_within_one_voice_keeps_its_claims_apart_and_is_not_listed() -> None:
    claims = [claim("a", "x"), claim("b", "x"), claim("c", "y")]
    relations = [*judged("a", "c", E), *judged("b", "c", E), *judged("a", "b", C)]

    (made,) = cluster(claims, relations, [article("x"), article("y")])

    assert sides([made]) == [["ac"]]
    assert made.contradictions == ()


def test_a_weak_contradiction_is_listed_but_joins_nothing() -> None:
    claims, articles = solo("abcd")
    options = ClusterOptions(min_p_contradiction=0.8)
    weak = [*judged("b", "d", C, 0.7)]
    strong = judged("a", "c", C, 0.9)
    same = [*judged("a", "b", E), *judged("c", "d", E)]

    assert sorted(sides(cluster(claims, [*same, *weak], articles, options=options))) == [["ab"], ["cd"]]
    (made,) = cluster(claims, [*same, *weak, *strong], articles, options=options)
    assert made.contradictions == (("a", "c"), ("b", "d"))


def test_copies_and_outlets_are_counted_once() -> None:
    articles = [
        article(id, source=source) for id, source in [("a", "Wire"), ("b", "Post"), ("c", "Post"), ("d", "Sun")]
    ]
    relations = [relation for one, two in itertools.combinations("abcd", 2) for relation in judged(one, two, E)]

    (alone,) = cluster(solo("abcd")[0], relations, articles)
    copies = [Fold(article_id=id, kept_id="a", reason="shares 90 % of its word sequences with Wire") for id in "bd"]
    (folded,) = cluster(solo("abcd")[0], relations, articles, copies=copies)

    assert alone.sources == folded.sources == ("Post", "Sun", "Wire")
    assert (alone.independent_sources, folded.independent_sources) == (3, 2)
    assert ([fold.source for fold in alone.folds], [fold.source for fold in folded.folds]) == ([], ["Sun"])


def test_each_side_counts_its_own_sources() -> None:
    articles = [
        article(id, source=source) for id, source in [("a", "Wire"), ("b", "Post"), ("c", "Sun"), ("d", "Star")]
    ]
    relations = [*judged("a", "b", E), *judged("a", "c", C), *judged("c", "d", E)]
    copies = [Fold(article_id="d", kept_id="a", reason="shares 90 % of its word sequences with Wire")]

    (made,) = cluster(solo("abcd")[0], relations, articles, copies=copies)

    assert [side.claim_ids for side in made.sides] == [("a", "b"), ("c", "d")]
    assert [side.independent_sources for side in made.sides] == [2, 2]
    assert made.independent_sources == 3


def test_outlets_of_one_publisher_count_once_unless_nothing_is_known_of_them() -> None:
    articles = [article("a", source="Daily Mirror"), article("b", source="Daily Express")]

    (known,) = cluster(solo("ab")[0], judged("a", "b", E), articles)
    (unknown,) = cluster(solo("ab")[0], judged("a", "b", E), articles, families={})

    assert (known.independent_sources, unknown.independent_sources) == (1, 2)
    assert known.folds[0].reason == "belongs to one publisher (Reach) with Daily Mirror"


def test_two_spellings_of_one_speaker_hand_on_one_utterance() -> None:
    articles = [article("a"), article("b")]
    claims = [
        attrs.evolve(claim(id, speaker=speaker), attribution=Attribution.QUOTED)
        for id, speaker in [("a", "Ann Lee"), ("b", "Ms Lee")]
    ]
    speakers = {"Ann Lee": "Lee", "Ms Lee": "Lee"}

    (apart,) = cluster(claims, judged("a", "b", E), articles)
    (one,) = cluster(claims, judged("a", "b", E), articles, speakers=speakers)

    assert (apart.independent_sources, one.independent_sources) == (2, 1)
    assert one.folds[0].reason == "hands on the same words of Lee as Outlet a"


@pytest.mark.parametrize("given", ["abz", "ab"])
def test_two_copies_of_an_article_outside_the_cluster_are_one_source(given: str) -> None:
    copies = [Fold(article_id=id, kept_id="z", reason="shares 90 % of its word sequences with Wire") for id in "ab"]

    (made,) = cluster(solo("ab")[0], judged("a", "b", E), [article(id) for id in given], copies=copies)

    assert made.independent_sources == 1


def test_bad_input_is_refused_with_the_value() -> None:
    claims, articles = solo("ab")
    same = judged("a", "b", E)

    with pytest.raises(InvalidInputError, match=r"distinct ids; got 'a' twice"):
        cluster([*claims, claim("a")], same, articles)
    with pytest.raises(InvalidInputError, match=r"distinct ids; got 'b' twice"):
        cluster(claims, same, [*articles, article("b")])
    with pytest.raises(InvalidInputError, match=r"each ordered pair once; got \('a', 'b'\) twice"):
        cluster(claims, [*same, same[0]], articles)
    with pytest.raises(InvalidInputError, match=r"claims that are given; got 'z'"):
        cluster(claims, judged("a", "z", E), articles)
    with pytest.raises(InvalidInputError, match=r"got claim 'b' of article 'b'"):
        cluster(claims, same, articles[:1])
    with pytest.raises(InvalidInputError, match=r"copies must fold an article once; got one twice"):
        cluster(claims, same, articles, copies=[Fold(article_id="a", kept_id="b", reason="")] * 2)


Story = tuple[list[Claim], list[Relation], list[Article]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a few articles with claims of two voices, and labels on some pairs, each direction by itself."""
    n_articles = draw(st.integers(1, 4))
    dates = st.sampled_from([None, "2020-01-01", "2020-01-02"])
    articles = [
        article(f"x{n}", published=draw(dates), source=draw(st.sampled_from(["Post", "Sun", "Wire"])))
        for n in range(n_articles)
    ]
    claims = [
        claim(
            f"{letter}",
            f"x{draw(st.integers(0, n_articles - 1))}",
            speaker=draw(st.sampled_from([None, "Ann Lee"])),
            text=f"Rates rose, {letter}.",
        )
        for letter in "abcdefg"[: draw(st.integers(0, 7))]
    ]
    relations = []
    for one, two in itertools.combinations(claims, 2):
        labels = st.sampled_from([None, None, E, E, N, C])
        for n, label in enumerate((draw(labels), draw(labels))):
            if label is not None:
                relations.append(judged(one.id, two.id, label, draw(st.sampled_from([0.7, 0.95])))[n])
    return claims, relations, articles


@settings(max_examples=200)
@given(stories(), st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_any_order(story: Story, rng: random.Random) -> None:
    claims, relations, articles = story
    expected = cluster(claims, relations, articles)
    for part in story:
        rng.shuffle(part)

    assert cluster(claims, relations, articles) == expected


@settings(max_examples=200)
@given(stories())
def test_clusters_keep_the_promises_of_the_contract(story: Story) -> None:
    """No claim twice, no side that holds a contradicting pair, no contradiction within a cluster unlisted."""
    claims, relations, articles = story
    by_id = {claim.id: claim for claim in claims}
    contradicting = {
        tuple(sorted((relation.premise_id, relation.hypothesis_id))) for relation in relations if relation.label is C
    }
    voice = {claim.id: (claim.article_id, claim.speaker) for claim in claims}

    clusters = cluster(claims, relations, articles)

    placed = [claim.id for made in clusters for claim in made.claims]
    assert len(placed) == len(set(placed))
    assert len({made.id for made in clusters}) == len(clusters)
    for made in clusters:
        ids = {claim.id for claim in made.claims}
        assert all(by_id[claim.id] == claim for claim in made.claims)
        assert len({voice[id] for id in ids}) >= 2
        assert len({by_id[id].article_id for id in ids}) >= 2 or len({by_id[id].speaker for id in ids}) >= 2
        for side in made.sides:
            assert not contradicting & set(itertools.combinations(sorted(side.claim_ids), 2))
        assert set(made.contradictions) == {
            (one, two) for one, two in contradicting if {one, two} <= ids and voice[one] != voice[two]
        }
        assert 1 <= made.independent_sources == len(made.sources) - len(made.folds)
        assert all(side.independent_sources <= len(made.sources) for side in made.sides)
    counted = {id for pair in contradicting for id in pair if voice[pair[0]] != voice[pair[1]]}
    assert counted <= set(placed)


# -- what people decided -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edges", "joined", "parted", "expected"),
    [
        pytest.param({}, ["ab"], [], [["ab"]], id="joined and never judged"),
        pytest.param({"ab": N}, ["ab"], [], [["ab"]], id="joined and judged neutral"),
        pytest.param({"ab": C}, ["ab"], [], [["ab"]], id="joined and judged a contradiction"),
        pytest.param({"ab": N}, ["ba"], [], [["ab"]], id="in either order"),
        pytest.param({"ab": E}, [], ["ab"], [], id="parted and judged the same"),
        pytest.param({"ab": C}, [], ["ab"], [["a", "b"]], id="parted and judged a contradiction"),
        pytest.param({"ab": E, "bc": E}, [], ["ac"], [["ab"]], id="parted at the ends of a chain"),
        pytest.param({"ab": E, "cd": E}, ["bc"], [], [["abcd"]], id="joined sides come along"),
        pytest.param(
            {"ab": E, "cd": E, "ac": N, "bd": N, "ad": N}, ["bc"], [], [["bc"]], id="others by what was judged"
        ),
        pytest.param({"ab": E, "cd": E, "ad": C}, ["bc"], [], [["abc", "d"]], id="the joined pair before all others"),
        pytest.param({}, ["ab", "bc"], ["ac"], [["ab"]], id="where both cannot be done sides stay apart"),
        pytest.param({}, ["ab"], ["ab"], [], id="joined and parted"),
    ],
)
def test_what_people_decided_counts_more_than_what_was_judged(
    edges: dict[str, Label], joined: list[str], parted: list[str], expected: list[list[str]]
) -> None:
    claims, articles = solo("abcde")
    relations = [relation for ids, label in edges.items() for relation in judged(ids[0], ids[1], label)]

    made = cluster(
        claims,
        relations,
        articles,
        joined=[(ids[0], ids[1]) for ids in joined],
        parted=[(ids[0], ids[1]) for ids in parted],
    )

    assert sides(made) == expected


@settings(max_examples=40)
@given(data=st.data())
def test_joined_claims_share_a_side_and_parted_ones_never_do(data: st.DataObject) -> None:
    claims, articles = solo("abcdef")
    pairs = list(itertools.combinations("abcdef", 2))
    labels = data.draw(st.dictionaries(st.sampled_from(pairs), st.sampled_from([E, N, C]), max_size=15))
    parted = data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    [joined] = data.draw(st.lists(st.sampled_from([p for p in pairs if p not in parted]), min_size=1, max_size=1))
    relations = [relation for (one, two), label in labels.items() for relation in judged(one, two, label)]

    made = cluster(claims, relations, articles, joined=[joined], parted=parted)

    side_of = {id: side.claim_ids for one in made for side in one.sides for id in side.claim_ids}
    assert side_of[joined[0]] == side_of[joined[1]]
    assert all(two not in side_of.get(one, ()) for one, two in parted)
