"""Pairs of claims -> relations: what matches without the model, and what the model's two directions make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.quantities import find_quantities
from claimtrack.records import Claim, Kind, Label, Modality, Polarity, Provenance, Span
from claimtrack.relations import Probabilities, RelatedPair, Thresholds, judge_claims

THRESHOLDS = Thresholds(entailment=0.6, contradiction=0.8, pair_contradiction=0.8, abstain=0.5)


class NoModel:
    """Raises if it is asked anything."""

    name = "no-model"

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        raise AssertionError(f"the model must not be asked; got {list(pairs)}")


class TableModel:
    """Answers from a table, neutral by default, and keeps what it was asked."""

    name = "table"

    def __init__(self, answers: Mapping[tuple[str, str], tuple[float, float, float]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        self.asked += pairs
        return np.array([self.answers.get(pair, (0.05, 0.9, 0.05)) for pair in pairs], dtype=np.float64).reshape(-1, 3)


def make_claim(text: str, id_: str, **fields: Any) -> Claim:
    whole = Span(0, len(text))
    provenance = Provenance(article_id=f"article-of-{id_}", spans=(whole,), extractor="x", sentence=whole)
    return Claim(text=text, provenance=provenance, id=id_, quantities=find_quantities(text), **fields)


def judge(one: Claim, two: Claim, model: Any, thresholds: Thresholds = THRESHOLDS) -> RelatedPair:
    claims = {one.id: one, two.id: two}
    read_as = {claim.id: claim.context for claim in claims.values()}
    [pair] = judge_claims([(one.id, two.id)], claims, read_as, model, thresholds)
    return pair


def judge_texts(one: str, two: str, model: Any) -> RelatedPair:
    return judge(make_claim(one, "a"), make_claim(two, "b"), model)


LONG = (
    "The regional water board said on Friday in a statement that the old dam above the town of Eastwick has to be "
    "repaired before the rains come, and that two engineers would be sent to the valley"
)
SAME = [
    ("The ferry sank off Malta on Monday.", "The ferry sank off Malta on Monday."),
    ("The ferry sank off Malta on Monday.", "the ferry sank off Malta on Monday"),
    ("The ferry sank, off Malta, on Monday!", "The ferry sank off Malta on Monday"),
    (LONG + ".", LONG.replace("the valley", "valley") + "."),
    (LONG + ".", LONG.replace("said on Friday", "has said on Friday") + "."),
]
DIFFERENT = {
    "figure": (LONG + " for 1,250 dollars.", LONG + " for 1,350 dollars."),
    "figure in words": (LONG, LONG.replace("two engineers", "ten engineers")),
    "decimal point": (LONG + " for 3.5 years.", LONG + " for 35 years."),
    "currency": (LONG + " for $500.", LONG + " for €500."),
    "sign": (LONG + " at -5 degrees.", LONG + " at 5 degrees."),
    "name": (LONG, LONG.replace("Eastwick", "Westwick")),
    "name at the start": ("Olsen " + LONG, "Olson " + LONG),
    "name in small letters": (LONG, LONG.replace("Eastwick", "eastwich")),
    "weekday": (LONG, LONG.replace("Friday", "Monday")),
    "negation": (LONG, LONG.replace("has to be", "has not to be")),
    "negation by a contraction": (LONG + ".", LONG.replace("would be", "wouldn't be") + "."),
    "no for a": (LONG.replace("a statement", "no statement"), LONG),
    "never": (LONG, LONG.replace("has to", "has never to")),
    "opposite": (LONG + " and won.", LONG + " and lost."),
    "before and after": (LONG, LONG.replace("before", "after")),
    "exchanged roles": (
        LONG + ": Ada paid Eve.",
        LONG + ": Eve paid Ada.",
    ),
}


@pytest.mark.parametrize(("one", "two"), SAME)
def test_nearly_identical_texts_match_without_the_model(one: str, two: str) -> None:
    """Copies of one wire story are most of the pairs; the model is slow and would only be unsure of them."""
    pair = judge_texts(one, two, NoModel())

    assert pair.forward.label is pair.backward.label is Label.ENTAILMENT
    assert pair.forward.model == "same-text"
    assert (pair.forward.premise_id, pair.forward.hypothesis_id) == ("a", "b")
    assert (pair.backward.premise_id, pair.backward.hypothesis_id) == ("b", "a")


@pytest.mark.parametrize(("one", "two"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_texts_that_differ_in_what_counts_are_left_to_the_model(one: str, two: str) -> None:
    """In a long text one word is a small part of the letters, and may be all the difference."""
    model = TableModel()

    pair = judge_texts(one, two, model)

    assert model.asked == [(one, two), (two, one)]
    assert Label.ENTAILMENT not in {pair.forward.label, pair.backward.label}


@pytest.mark.parametrize("mark", ["…", "?!", "—"])
def test_texts_without_words_never_match(mark: str) -> None:
    model = TableModel()

    assert judge_texts(mark, mark, model).forward.label is Label.NEUTRAL
    assert len(model.asked) == 1


@given(st.text("ab 1", min_size=1, max_size=8), st.text("ab 1", min_size=1, max_size=8))
@settings(max_examples=60)
def test_a_match_without_the_model_goes_both_ways(one: str, two: str) -> None:
    forward, backward = TableModel(), TableModel()

    judge_texts(one, two, forward)
    judge_texts(two, one, backward)

    assert bool(forward.asked) == bool(backward.asked)


def test_no_pairs_ask_the_model_nothing() -> None:
    assert judge_claims([], {}, {}, NoModel(), THRESHOLDS) == []


def test_the_model_reads_what_it_is_given_to_read() -> None:
    """Context and names in one spelling, not the claim's own words."""
    claims = {"a": make_claim("He left.", "a"), "b": make_claim("She came.", "b")}
    model = TableModel()

    judge_claims([("a", "b")], claims, {"a": "Berg left.", "b": "Lund came."}, model, THRESHOLDS)

    assert model.asked == [("Berg left.", "Lund came."), ("Lund came.", "Berg left.")]


@pytest.mark.parametrize(
    ("forward", "backward", "labels"),
    [
        ((0.6, 0.3, 0.1), (0.1, 0.8, 0.1), (Label.ENTAILMENT, Label.NEUTRAL)),
        ((0.1, 0.8, 0.1), (0.6, 0.3, 0.1), (Label.NEUTRAL, Label.ENTAILMENT)),
        ((0.59, 0.31, 0.1), (0.1, 0.8, 0.1), (Label.NEUTRAL, Label.NEUTRAL)),
        ((0.0, 0.1, 0.9), (0.1, 0.2, 0.7), (Label.CONTRADICTION, Label.CONTRADICTION)),  # the mean is 0.8
        ((0.0, 0.0, 1.0), (0.2, 0.21, 0.59), (Label.NEUTRAL, Label.NEUTRAL)),
        ((0.5, 0.0, 0.5), (0.0, 0.0, 1.0), (Label.NEUTRAL, Label.NEUTRAL)),
    ],
)
def test_a_contradiction_is_decided_for_both_directions_and_an_entailment_for_each(
    forward: tuple[float, float, float], backward: tuple[float, float, float], labels: tuple[Label, Label]
) -> None:
    model = TableModel({("One.", "Two."): forward, ("Two.", "One."): backward})

    pair = judge_texts("One.", "Two.", model)

    assert (pair.forward.label, pair.backward.label) == labels
    assert (pair.forward.p_entailment, pair.forward.p_neutral, pair.forward.p_contradiction) == forward
    assert (pair.backward.p_entailment, pair.backward.p_neutral, pair.backward.p_contradiction) == backward
    assert pair.forward.model == "table"


@pytest.mark.parametrize(
    ("row", "label"),
    [((0.79, 0.2, 0.01), Label.NEUTRAL), ((0.0, 0.11, 0.89), Label.NEUTRAL), ((0.0, 0.09, 0.91), Label.CONTRADICTION)],
)
def test_a_claim_that_does_not_stand_alone_needs_more(row: tuple[float, float, float], label: Label) -> None:
    """ "It will close" may be about another mine: the bar of 0.6 becomes 0.8, that of 0.8 becomes 0.9."""
    model = TableModel({("It will close.", "The mine will not."): row, ("The mine will not.", "It will close."): row})

    pair = judge(make_claim("It will close.", "a", standalone=False), make_claim("The mine will not.", "b"), model)

    assert pair.forward.label is label


def test_a_claim_that_does_not_stand_alone_matches_when_the_model_is_sure() -> None:
    model = TableModel({("It will close.", "The mine shuts."): (0.92, 0.08, 0.0)})

    pair = judge(make_claim("It will close.", "a", standalone=False), make_claim("The mine shuts.", "b"), model)

    assert pair.forward.label is Label.ENTAILMENT


def test_figures_of_the_same_thing_in_conflict_contradict_whatever_the_model_says() -> None:
    one, two = "The quake killed 12 people in Agrigo.", "The quake killed 40 people in Agrigo."
    model = TableModel({(one, two): (0.9, 0.05, 0.05), (two, one): (0.9, 0.05, 0.05)})

    pair = judge_texts(one, two, model)

    assert {pair.forward.label, pair.backward.label} == {Label.CONTRADICTION}
    assert pair.forward.kind is pair.backward.kind is Kind.FIGURE
    assert pair.forward.model == "figures"


CONTRADICTS = (0.0, 0.05, 0.95)


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        (make_claim("The dam holds.", "a"), make_claim("The dam leaks.", "b"), Kind.OTHER),
        (
            make_claim("The dam holds.", "a"),
            make_claim("The dam does not hold.", "b", polarity=Polarity.NEGATIVE),
            Kind.NEGATION,
        ),
        (
            make_claim("The dam holds.", "a"),
            make_claim("She denied it held.", "b", modality=Modality.DENIED),
            Kind.NEGATION,
        ),
        (
            make_claim("The dam broke.", "a"),
            make_claim("The dam will hold.", "b", modality=Modality.FORECAST),
            Kind.FORECAST,
        ),
    ],
    ids=["other", "negation", "denial", "forecast"],
)
def test_a_contradiction_names_what_it_turns_on(one: Claim, two: Claim, kind: Kind) -> None:
    model = TableModel({(one.text, two.text): CONTRADICTS, (two.text, one.text): CONTRADICTS})

    pair = judge(one, two, model)

    assert pair.forward.label is Label.CONTRADICTION
    assert pair.forward.kind is pair.backward.kind is kind


def test_pairs_that_match_without_the_model_do_not_shift_the_answers_of_the_others() -> None:
    """The rows of the model belong to the open pairs only."""
    texts = {"a": "The dam holds.", "b": "The dam holds.", "c": "The dam broke.", "d": "It rains."}
    claims = {id_: make_claim(text, id_) for id_, text in texts.items()}
    model = TableModel(
        {
            (texts["a"], texts["c"]): CONTRADICTS,
            (texts["c"], texts["a"]): CONTRADICTS,
            (texts["c"], texts["d"]): (0.9, 0.1, 0.0),
        }
    )

    pairs = [("a", "b"), ("a", "c"), ("a", "d"), ("c", "d")]
    judged = judge_claims(pairs, claims, texts, model, THRESHOLDS)

    assert [(pair.forward.premise_id, pair.forward.hypothesis_id) for pair in judged] == pairs
    assert [(pair.forward.label, pair.backward.label) for pair in judged] == [
        (Label.ENTAILMENT, Label.ENTAILMENT),
        (Label.CONTRADICTION, Label.CONTRADICTION),
        (Label.NEUTRAL, Label.NEUTRAL),
        (Label.ENTAILMENT, Label.NEUTRAL),
    ]
