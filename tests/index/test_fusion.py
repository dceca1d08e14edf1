from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.index import HybridIndex, fuse, hybrid
from claimtrack.records import Claim, Hit, Provenance, Span
from claimtrack.testing import LetterEmbedder

Vectors = npt.NDArray[np.float32]

# -- rankings to one ---------------------------------------------------------------------------------------------------


def rankings() -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4)


def test_places_are_added_by_their_reciprocals() -> None:
    fused = fuse([["a", "b", "c"], ["c", "a"]], k=5)

    assert fused == [("a", 1 / 6 + 1 / 7), ("c", 1 / 8 + 1 / 6), ("b", 1 / 7)]


@given(rankings(), st.integers(0, 60))
def test_the_sums_are_those_of_the_definition(drawn: list[list[str]], k: int) -> None:
    fused = fuse(drawn, k=k)

    expected = {id_: math.fsum(1 / (k + r.index(id_) + 1) for r in drawn if id_ in r) for r in drawn for id_ in r}
    assert dict(fused) == expected
    assert len(fused) == len(expected)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@given(st.data())
def test_the_order_of_rankings_changes_nothing(data: st.DataObject) -> None:
    drawn = data.draw(rankings())

    assert fuse(data.draw(st.permutations(drawn))) == fuse(drawn)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_one_ranking_keeps_its_order(ranking: list[str]) -> None:
    assert [id_ for id_, _ in fuse([ranking, [], ranking])] == ranking


def test_ties_go_by_id() -> None:
    assert [id_ for id_, _ in fuse([["b", "a"], ["a", "b"], ["c"]])] == ["a", "b", "c"]


def test_a_weight_multiplies_the_places_of_its_ranking() -> None:
    assert fuse([["a"], ["b"]], k=0, weights=[1, 3.0]) == [("b", 3.0), ("a", 1.0)]
    assert fuse([["a"], ["b"]], weights=[1.0, 0.0])[1] == ("b", 0.0)


def test_no_ranking_gives_nothing() -> None:
    assert fuse([]) == fuse([[], []]) == []


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ({"rankings": [["a", "a"]]}, "an id must not stand twice in a ranking; got 'a'"),
        ({"rankings": ["abc"]}, "rankings must hold sequences of ids; got the str 'abc'"),
        ({"k": -1}, "k must be an int of at least 0; got -1"),
        ({"k": 5.0}, "k must be an int of at least 0; got 5.0"),
        ({"k": True}, "k must be an int of at least 0; got True"),
        ({"weights": [1.0]}, "weights must be as many as the rankings; got 1 for 2 rankings"),
        ({"weights": [1.0, -0.5]}, "weights must be finite numbers of at least 0; got -0.5"),
        ({"weights": [1.0, math.nan]}, "got nan"),
        ({"weights": [1.0, math.inf]}, "got inf"),
        ({"weights": [1.0, "1"]}, "got '1'"),
    ],
)
def test_what_breaks_a_rule_is_refused(arguments: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidInputError, match=rule):
        fuse(**{"rankings": [["a"], ["b"]], **arguments})


# -- claims ranked both ways -------------------------------------------------------------------------------------------

EMBEDDER = LetterEmbedder()
SENTENCES = (
    "The bridge over the Ems will open in June.",
    "The bridge will not open.",
    "The bridge over the river Ems will open.",
    "Rain fell on Friday.",
    "No rain fell in Varn.",
    "The mayor of Varn left.",
)


def claim(text: str, article: str, n: int = 0) -> Claim:
    span = Span(n, n + len(text))
    return Claim(text=text, provenance=Provenance(article_id=article, spans=(span,), extractor="drawn", sentence=span))


def titled(titles: dict[str, str]) -> dict[str, tuple[str, Vectors]]:
    return {article: (title, EMBEDDER.embed([title])[0]) for article, title in titles.items()}


def built(claims: list[Claim], titles: dict[str, str]) -> HybridIndex:
    return HybridIndex(claims, EMBEDDER.embed([c.text for c in claims]), titled(titles))


def search(index: HybridIndex, query: str, k: int) -> list[Hit]:
    return index.search(query, EMBEDDER.embed([query])[0], k=k)


def sets_of_claims() -> st.SearchStrategy[list[Claim]]:
    drawn = st.builds(claim, st.sampled_from(SENTENCES), st.sampled_from("ABC"), st.integers(0, 9))
    return st.lists(drawn, min_size=1, max_size=20, unique_by=lambda c: c.id)


def brute_force(claims: list[Claim], titles: dict[str, str], query: str) -> list[tuple[str, float]]:
    """The better cosine of claim and title, rounded to six decimals; ties by the claim's own, then by id."""
    asked, *own = EMBEDDER.embed([query, *(c.text for c in claims)]).astype(np.float64)
    ranked = []
    for one, vector in zip(claims, own, strict=True):
        similarity = round(float((vector * asked).sum()), 6)
        title = titles.get(one.article_id)
        other = round(float((EMBEDDER.embed([title])[0].astype(np.float64) * asked).sum()), 6) if title else -1.0
        ranked.append((-max(similarity, other), -similarity, one.id))
    return [(id_, -negated) for negated, _, id_ in sorted(ranked)]


@given(
    sets_of_claims(), st.dictionaries(st.sampled_from("ABC"), st.sampled_from(SENTENCES)), st.sampled_from(SENTENCES)
)
@settings(max_examples=50)
def test_the_dense_side_is_exact(claims: list[Claim], titles: dict[str, str], query: str) -> None:
    index = built(claims, titles)
    expected = brute_force(claims, titles, query)

    for k in (1, 2, 5, 100):
        found = index.dense(EMBEDDER.embed([query])[0], k=k)

        assert [n.id for n in found] == [id_ for id_, _ in expected[:k]]
        assert [n.similarity for n in found] == pytest.approx([s for _, s in expected[:k]], abs=2e-6)


@given(st.data())
@settings(max_examples=50)
def test_the_order_of_claims_changes_nothing(data: st.DataObject) -> None:
    claims = data.draw(sets_of_claims())
    shuffled = data.draw(st.permutations(claims))
    titles = data.draw(st.dictionaries(st.sampled_from("ABC"), st.sampled_from(SENTENCES)))
    query = data.draw(st.sampled_from(SENTENCES))

    assert search(built(shuffled, titles), query, 5) == search(built(claims, titles), query, 5)


@given(st.data())
@settings(max_examples=50)
def test_more_hits_only_add_at_the_end(data: st.DataObject) -> None:
    """Also beyond the depth that is fused, hence the small one."""
    index = built(data.draw(sets_of_claims()), {"A": SENTENCES[0]})
    query = data.draw(st.sampled_from(SENTENCES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hybrid, "DEPTH", data.draw(st.integers(1, 5)))
        everything = search(index, query, 100)

        assert len(everything) == len({hit.claim.id for hit in everything}) == len(index)
        assert [search(index, query, k) for k in (1, 2, 7)] == [everything[:k] for k in (1, 2, 7)]


def test_the_similarity_is_the_cosine_whichever_side_found_the_claim() -> None:
    claims = [claim(text, "A", n) for n, text in enumerate(SENTENCES)]
    expected = dict(brute_force(claims, {}, "Who is the mayor of Varn?"))

    hits = search(built(claims, {}), "Who is the mayor of Varn?", 6)

    assert {hit.claim.id: hit.similarity for hit in hits} == pytest.approx(expected, abs=2e-6)
    assert hits[0].claim.text == "The mayor of Varn left."


def test_a_claim_of_many_is_proposed_for_certain() -> None:
    """float32 may put the best below a worse one; the margin must cover that."""
    rng = np.random.default_rng(7)
    centre = rng.normal(size=64)
    rows = centre + 1e-6 * rng.normal(size=(3_000, 64))
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    claims = [claim("Rain.", "A", n) for n in range(3_000)]
    query = unit[0]
    exact = np.minimum(np.round((unit.astype(np.float64) * query.astype(np.float64)).sum(axis=1), 6), 1.0)

    found = HybridIndex(claims, unit, {}).dense(query, k=10)

    ranked = sorted(zip(-exact, [c.id for c in claims], strict=True))
    assert [n.id for n in found] == [id_ for _, id_ in ranked[:10]]


def test_no_claims_give_no_hits() -> None:
    index = HybridIndex([], np.zeros((0, 0), dtype=np.float32), {})

    assert len(index) == 0


def test_rows_must_be_as_many_as_claims() -> None:
    with pytest.raises(InvalidInputError, match="vectors must have one row for each claim; got 2 rows, 1 claims"):
        HybridIndex([claim("Rain.", "A")], EMBEDDER.embed(["Rain.", "Snow."]), {})
