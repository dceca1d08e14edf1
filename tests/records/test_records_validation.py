"""A record that breaks a rule is refused where it is made, in words that name the field and the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import (
    Article,
    Claim,
    Cluster,
    Entity,
    EntityType,
    Hit,
    Judgement,
    Kind,
    Label,
    Provenance,
    Relation,
    Sentence,
    Side,
    SourceFold,
    Span,
)
from strategies import any_text

PROVENANCE = Provenance(article_id="a", spans=(Span(0, 5),), extractor="x", sentence=Span(0, 9))


def make_claim(id_: str = "c", **fields: Any) -> Claim:
    values: dict[str, Any] = {"text": "It rains.", "provenance": PROVENANCE, "id": id_}
    return Claim(**(values | fields))


def make_relation(**fields: Any) -> Relation:
    values: dict[str, Any] = {
        "premise_id": "a",
        "hypothesis_id": "b",
        "p_entailment": 0.2,
        "p_neutral": 0.7,
        "p_contradiction": 0.1,
        "label": Label.NEUTRAL,
        "model": "m",
    }
    return Relation(**(values | fields))


def make_cluster(**fields: Any) -> Cluster:
    sides = (Side(claims=(make_claim("a"),)), Side(claims=(make_claim("b"),)))
    values: dict[str, Any] = {"id": "k", "label": "l", "sides": sides, "sources": ("x",), "independent_sources": 1}
    return Cluster(**(values | fields))


REFUSED: list[tuple[str, Callable[[], object], type[Exception], str]] = [
    (
        "span ends where it starts",
        lambda: Span(3, 3),
        ValueError,
        r"Span\.end must be > Span\.start; got start=3, end=3",
    ),
    ("span ends before its start", lambda: Span(4, 2), ValueError, "got start=4, end=2"),
    ("span starts below 0", lambda: Span(-1, 2), ValueError, "'start' must be >= 0: -1"),
    ("span of text", lambda: Span("0", 2), TypeError, "'start' must be <class 'int'>"),  # type: ignore[arg-type]
    ("span to text", lambda: Span(0, "2"), TypeError, "'end' must be <class 'int'>"),  # type: ignore[arg-type]
    (
        "sentence before the first",
        lambda: Sentence(article_id="a", span=Span(0, 1), position=-1),
        ValueError,
        "'position' must be >= 0: -1",
    ),
    ("text in bytes", lambda: Article(name="a", text=b"x"), TypeError, "'text' must be <class 'str'>"),  # type: ignore[arg-type]
    ("no name", lambda: Article(name=None, text="x"), TypeError, "'name' must be <class 'str'>"),  # type: ignore[arg-type]
    ("a day that is none", lambda: Article(name="a", text="x", published="2021-02-29"), ValueError, "'2021-02-29'"),
    (
        "a timestamp",
        lambda: Article(name="a", text="x", published="2018-09-10T12:00"),
        ValueError,
        r"Article\.published must be an ISO date such as 2018-09-10; got '2018-09-10T12:00'",
    ),
    ("another form of date", lambda: Article(name="a", text="x", published="20180910"), ValueError, "got '20180910'"),
    ("claim without text", lambda: make_claim(text=""), ValueError, "'text' must be >= 1"),
    ("claim without context", lambda: make_claim(context=""), ValueError, "'context' must be >= 1"),
    (
        "nameless speaker",
        lambda: make_claim(speaker=" "),
        ValueError,
        r"Claim\.speaker must be a name of one to eight words; got ' '",
    ),
    ("speaker of nine words", lambda: make_claim(speaker="a b c d e f g h i"), ValueError, "got 'a b c d e f g h i'"),
    ("polarity as text", lambda: make_claim(polarity="negative"), TypeError, "'polarity' must be <enum 'Polarity'>"),
    ("list of quantities", lambda: make_claim(quantities=[]), TypeError, "<class 'tuple'>"),
    ("list of entities", lambda: make_claim(entities=[]), TypeError, "<class 'tuple'>"),
    ("entity as text", lambda: make_claim(entities=("Porto",)), TypeError, "'entities' must be <class '.*Entity'>"),
    (
        "check-worthy by a figure",
        lambda: make_claim(check_worthy=1),
        TypeError,
        "'check_worthy' must be <class 'bool'>",
    ),
    (
        "entity without words",
        lambda: Entity(text="", type=EntityType.PLACE, span=Span(0, 1)),
        ValueError,
        "'text' must be >= 1",
    ),
    (
        "entity type as text",
        lambda: Entity(text="Porto", type="place", span=Span(0, 5)),  # type: ignore[arg-type]
        TypeError,
        "'type' must be <enum 'EntityType'>",
    ),
    ("no span", lambda: attrs.evolve(PROVENANCE, spans=()), ValueError, "must hold at least one span"),
    (
        "spans that overlap",
        lambda: attrs.evolve(PROVENANCE, spans=(Span(0, 5), Span(4, 8))),
        ValueError,
        r"must be ascending and apart; got Span\(start=0, end=5\) before Span\(start=4, end=8\)",
    ),
    ("spans out of order", lambda: attrs.evolve(PROVENANCE, spans=(Span(6, 8), Span(0, 5))), ValueError, "ascending"),
    ("list of spans", lambda: attrs.evolve(PROVENANCE, spans=[Span(0, 5)]), TypeError, "<class 'tuple'>"),  # type: ignore[arg-type]
    ("probabilities beyond 1", lambda: make_relation(p_neutral=0.9), ValueError, r"must sum to 1; got 1\.2"),
    (
        "negative probability",
        lambda: make_relation(p_neutral=-0.1),
        ValueError,
        r"p_neutral must be in \[0, 1\]; got -0\.1",
    ),
    ("NaN", lambda: make_relation(p_neutral=float("nan")), ValueError, r"p_neutral must be in \[0, 1\]; got nan"),
    ("probability as int", lambda: make_relation(p_neutral=1), TypeError, "p_neutral must be a float; got 1"),
    (
        "a claim with itself",
        lambda: make_relation(hypothesis_id="a"),
        ValueError,
        "must join two claims; got 'a' twice",
    ),
    (
        "contradiction of no kind",
        lambda: make_relation(label=Label.CONTRADICTION),
        ValueError,
        r"Relation\.kind must be given for a contradiction and only there; got Label\.CONTRADICTION, None",
    ),
    (
        "entailment of a kind",
        lambda: make_relation(label=Label.ENTAILMENT, kind=Kind.FIGURE),
        ValueError,
        "Kind.FIGURE",
    ),
    (
        "contradiction that is an update",
        lambda: make_relation(label=Label.CONTRADICTION, kind=Kind.UPDATE),
        ValueError,
        "Kind.UPDATE",
    ),
    ("side without claims", lambda: Side(claims=()), ValueError, "'claims' must be >= 1"),
    ("cluster without sides", lambda: make_cluster(sides=()), ValueError, "'sides' must be >= 1"),
    (
        "a claim on two sides",
        lambda: make_cluster(sides=(Side(claims=(make_claim("a"),)), Side(claims=(make_claim("a"),)))),
        ValueError,
        "must stand on one side of a Cluster only",
    ),
    (
        "contradiction inside a side",
        lambda: make_cluster(sides=(Side(claims=(make_claim("a"), make_claim("b"))),), contradictions=(("a", "b"),)),
        ValueError,
        r"Cluster\.contradictions must join two sides of the cluster; got \('a', 'b'\)",
    ),
    ("contradiction with a stranger", lambda: make_cluster(contradictions=(("a", "z"),)), ValueError, "'z'"),
    ("no source", lambda: make_cluster(independent_sources=0), ValueError, "'independent_sources' must be >= 1: 0"),
    (
        "side without a source",
        lambda: Side(claims=(make_claim("a"),), independent_sources=0),
        ValueError,
        "'independent_sources' must be >= 1: 0",
    ),
    (
        "fold of another outlet",
        lambda: make_cluster(sources=("x", "y"), folds=(SourceFold(source="z", into="x", reason="r"),)),
        ValueError,
        r"Cluster\.folds must fold one of its sources into another; got SourceFold\(source='z'",
    ),
    (
        "fold into itself",
        lambda: make_cluster(folds=(SourceFold(source="x", into="x", reason="r"),)),
        ValueError,
        "must fold one of its sources into another",
    ),
    ("wire that is no text", lambda: Article(name="n", text="t", wire=True), TypeError, "'wire' must be"),  # type: ignore[arg-type]
    ("similarity as int", lambda: Hit(claim=make_claim(), similarity=1), TypeError, "<class 'float'>"),
]


@pytest.mark.parametrize(("make", "error", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_record_that_breaks_a_rule_is_refused(
    make: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make()


def test_an_update_may_go_with_neutral() -> None:
    assert make_relation(kind=Kind.UPDATE).kind is Kind.UPDATE


def test_rounding_in_the_fifth_decimal_is_no_error() -> None:
    assert make_relation(p_neutral=0.70004).p_neutral == 0.70004


def test_the_context_of_a_claim_is_its_text_unless_given() -> None:
    assert make_claim().context == "It rains."
    assert make_claim(context="In Porto, it rains.").context == "In Porto, it rains."


@given(any_text(), any_text(min_size=1), any_text())
def test_a_span_gives_the_words_back(before: str, words: str, after: str) -> None:
    """Offsets count code points, whatever the script and however many bytes or UTF-16 units they take."""
    span = Span(len(before), len(before) + len(words))

    assert span.slice(before + words + after) == words
    assert len(span) == len(words)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: Span(pair[0], sum(pair)))))
def test_spans_sort_by_start_then_end(spans: list[Span]) -> None:
    assert sorted(spans) == sorted(spans, key=lambda span: (span.start, span.end))


def test_a_long_text_does_not_flood_the_repr() -> None:
    assert repr(Article(name="a", text="x" * 10_000)).count("x") < 10


@pytest.mark.parametrize(
    ("forward", "backward", "rule"),
    [
        ({}, {}, "the directions of a Judgement must be of one pair; got .* and 'a'"),
        ({"premise_id": "b", "hypothesis_id": "a"}, {}, "the premise of Judgement.forward must be the lesser id"),
        (
            {},
            {"premise_id": "b", "hypothesis_id": "a", "model": "other"},
            "kind, model and reason of a Judgement must be",
        ),
    ],
)
def test_the_directions_of_a_judgement_belong_together(
    forward: dict[str, Any], backward: dict[str, Any], rule: str
) -> None:
    ids = {"premise_id": "a", "hypothesis_id": "b"}

    with pytest.raises(ValueError, match=rule):
        Judgement(forward=make_relation(**(ids | forward)), backward=make_relation(**(ids | backward)), key="k")


@pytest.mark.parametrize(
    ("fields", "tells"),
    [
        ({"label": Label.NEUTRAL}, False),
        ({"label": Label.NEUTRAL, "kind": Kind.UPDATE}, True),
        ({"label": Label.ENTAILMENT}, True),
        ({"label": Label.CONTRADICTION, "kind": Kind.FIGURE}, True),
    ],
)
def test_a_relation_is_telling_unless_it_is_plainly_neutral(fields: dict[str, Any], tells: bool) -> None:
    assert make_relation(**fields).is_telling is tells
