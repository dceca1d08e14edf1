"""Sides of clusters in the words of schema.org: the terms are those of the vocabulary, and nothing is rated that is not known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from made_records import NONE_SANK, NORTH, RECORDS, SANK, SHIPS, SOUTH
from pyld import jsonld

from claimtrack.errors import InvalidInputError
from claimtrack.export import to_claim_review
from claimtrack.records import Cluster, Side
from strategies import article_sets

# What a property may hold, by https://schema.org: /ClaimReview, /Claim, /Rating, /Article, and the types above
# them (Review, CreativeWork, Thing).
VOCABULARY = {
    "ClaimReview": {"claimReviewed": "Text", "itemReviewed": "Claim", "reviewRating": "Rating"},
    "Claim": {
        "identifier": "Text",
        "text": "Text",
        "author": "who",
        "appearance": "Article",
        "firstAppearance": "Article",
        "about": "Thing",
    },
    "Rating": {"alternateName": "Text", "reviewAspect": "Text", "ratingExplanation": "Text"},
    "Article": {
        "identifier": "Text",
        "headline": "Text",
        "url": "Text",
        "datePublished": "Text",
        "author": "who",
        "publisher": "Organization",
    },
    "Organization": {"name": "Text"},
    "Thing": {"identifier": "Text", "name": "Text"},
    "who": {"name": "Text"},  # a Person or an Organization: which of them is not known, so no type is given
}

# https://developers.google.com/search/docs/appearance/structured-data/factcheck, "Required properties".
REQUIRED = {"ClaimReview": {"claimReviewed", "reviewRating", "url"}, "Rating": {"alternateName"}}
ONLY_THE_PUBLISHER_KNOWS = {"url"}


def graph_of(records: Any) -> list[dict[str, Any]]:
    document = json.loads(to_claim_review(records))
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    return graph


def check(value: Any, kind: str) -> None:
    """A value must be of a kind of the vocabulary, with no property that the kind does not have."""
    if kind == "Text":
        assert isinstance(value, str)
        return
    assert value.get("@type") == (None if kind == "who" else kind)
    for name, parts in value.items():
        if name != "@type":
            for part in parts if isinstance(parts, list) else [parts]:
                check(part, VOCABULARY[kind][name])
    missing = REQUIRED.get(kind, set()) - value.keys()
    assert missing == (ONLY_THE_PUBLISHER_KNOWS if kind == "ClaimReview" else set())


def test_a_side_is_a_claim_with_its_words_its_voices_and_its_appearances() -> None:
    first, second = graph_of(RECORDS)

    north = {
        "@type": "Article",
        "identifier": "0a",
        "headline": "=HYPERLINK(1)",
        "url": "https://north.example/1",
        "datePublished": "2031-03-01",
        "author": {"name": "A. Berg"},
        "publisher": {"@type": "Organization", "name": "Nórth"},
    }
    assert first["claimReviewed"] == first["itemReviewed"]["text"] == SANK.text
    assert first["itemReviewed"] == {
        "@type": "Claim",
        "identifier": "c1",
        "text": "Three ships of Oslo sank.",
        "author": [{"name": "Anna Berg"}, {"name": "East"}],
        "appearance": [
            north,
            {
                "@type": "Article",
                "identifier": "0b",
                "datePublished": "2031-03-02",
                "publisher": {"@type": "Organization", "name": "East"},
            },
        ],
        "about": {"@type": "Thing", "identifier": "k1", "name": "Three ships of Oslo sank."},
        "firstAppearance": north,
    }
    assert second["itemReviewed"]["author"] == [{"name": "South"}]
    assert [work["identifier"] for work in second["itemReviewed"]["appearance"]] == ["0c", "0d"]
    assert second["itemReviewed"]["appearance"][1] == {"@type": "Article", "identifier": "0d"}


def test_what_is_undated_is_never_called_the_first() -> None:
    _, second = graph_of(RECORDS)

    assert "firstAppearance" not in second["itemReviewed"]


def test_the_rating_counts_sources_and_says_nothing_of_truth() -> None:
    """Copies count once on the other side too: East carries what North carries."""
    ratings = [review["reviewRating"] for review in graph_of(RECORDS)]

    assert [rating["alternateName"] for rating in ratings] == [
        "stated by 1 independent source, contradicted by 1",
        "stated by 2 independent sources, contradicted by 1",
    ]
    for rating in ratings:
        assert not rating.keys() & {"ratingValue", "bestRating", "worstRating"}
        assert "not whether it is true" in rating["ratingExplanation"]


def test_a_side_that_nobody_contradicts_says_so() -> None:
    calm = Cluster(
        id="k2",
        label="Three ships.",
        sides=(Side(claims=(SANK,), independent_sources=1), Side(claims=(NONE_SANK,), independent_sources=1)),
        sources=("Nórth", "South"),
        independent_sources=2,
    )

    [first, _] = graph_of([NORTH, SOUTH, calm])

    assert first["reviewRating"]["alternateName"] == "stated by 1 independent source, contradicted by none"


@settings(max_examples=25)
@given(article_sets())
def test_terms_are_those_of_the_vocabulary(records: tuple[tuple[Any, ...], ...]) -> None:
    flat = [record for some in records for record in some]

    reviews = graph_of(flat)

    assert len(reviews) == sum(len(cluster.sides) for cluster in records[3])
    for review in reviews:
        check(review, "ClaimReview")


def test_a_property_that_the_vocabulary_does_not_have_is_seen() -> None:
    with pytest.raises(KeyError, match="verdict"):
        check({"@type": "Thing", "verdict": "x"}, "Thing")


def test_a_reader_of_linked_data_finds_every_term() -> None:
    """Expanded offline: no term is lost, and each is in the vocabulary's own namespace."""

    def loader(url: str, _options: object) -> dict[str, Any]:
        assert url == "https://schema.org"
        context = {"@context": {"@vocab": "http://schema.org/"}}
        return {"contextUrl": None, "documentUrl": url, "document": context}

    expanded = jsonld.expand(json.loads(to_claim_review(RECORDS)), {"documentLoader": loader})

    space = "http://schema.org/"
    assert [review["@type"] for review in expanded] == [[f"{space}ClaimReview"]] * 2
    [claim] = expanded[0][f"{space}itemReviewed"]
    assert claim[f"{space}text"] == [{"@value": SANK.text}]
    [first] = claim[f"{space}firstAppearance"]
    assert first["@type"] == [f"{space}Article"]
    assert first[f"{space}datePublished"] == [{"@value": "2031-03-01"}]
    assert len(claim[f"{space}appearance"]) == 2


def test_a_claim_without_its_article_is_refused() -> None:
    with pytest.raises(
        InvalidInputError, match="records must hold the article of each claim; got none with the id '0b'"
    ):
        graph_of([NORTH, SOUTH, SHIPS])


def test_no_cluster_is_an_empty_graph() -> None:
    assert graph_of([NORTH]) == []
