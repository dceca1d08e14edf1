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
from claimtrack.relations import judge_texts as judge_pairs_of_texts

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


@pytest.mark.parametrize(
    ("two", "p", "label"),
    [
        ("Nobody will march on Varn.", 0.89, Label.NEUTRAL),
        ("Nobody will march on Varn.", 0.91, Label.CONTRADICTION),
        ("Varn is no longer a province.", 0.81, Label.CONTRADICTION),
        ("The province was dissolved.", 0.81, Label.CONTRADICTION),
    ],
)
def test_what_a_named_thing_is_seldom_contradicts_another_matter(two: str, p: float, label: Label) -> None:
    """A small model takes "nothing will happen there" and "it is a province" for opposites."""
    one = "Varn is a province in the north."
    row = (0.0, 1.0 - p, p)

    pair = judge_texts(one, two, TableModel({(one, two): row, (two, one): row}))
    turned = judge_texts(two, one, TableModel({(one, two): row, (two, one): row}))

    assert pair.forward.label is turned.forward.label is label


def test_figures_of_the_same_thing_in_conflict_contradict_whatever_the_model_says() -> None:
    one, two = "The quake killed 12 people in Agrigo.", "The quake killed 40 people in Agrigo."
    model = TableModel({(one, two): (0.9, 0.05, 0.05), (two, one): (0.9, 0.05, 0.05)})

    pair = judge_texts(one, two, model)

    assert {pair.forward.label, pair.backward.label} == {Label.CONTRADICTION}
    assert pair.forward.kind is pair.backward.kind is Kind.FIGURE
    assert pair.forward.model == "figures"
    assert {r.p_contradiction for r in (pair.forward, pair.backward)} == {0.96}, "as of two texts, not the model's"


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


EARLIER, LATER = "2018-09-10", "2018-09-12"
TOLL = ("The blast at the mill killed 12 people.", "The blast at the mill killed 40 people.")


def judge_dated(one: str, two: str, dates: tuple[str | None, str | None], model: Any = None) -> RelatedPair:
    claims = {"a": make_claim(one, "a"), "b": make_claim(two, "b")}
    texts = {"a": one, "b": two}
    published = dict(zip("ab", dates, strict=True))
    [pair] = judge_claims([("a", "b")], claims, texts, model or TableModel(), THRESHOLDS, published=published)
    return pair


def test_a_later_and_higher_toll_is_an_update_and_no_contradiction() -> None:
    pair = judge_dated(*TOLL, (EARLIER, LATER))

    assert pair.forward.label is pair.backward.label is Label.NEUTRAL
    assert pair.forward.kind is pair.backward.kind is Kind.UPDATE
    assert pair.forward.reason == "12 in one, 40 in the other; the later report is of 2018-09-12"


@pytest.mark.parametrize("dates", [(LATER, EARLIER), (EARLIER, EARLIER), (None, None), (EARLIER, None)])
def test_a_toll_that_no_later_report_explains_is_a_contradiction(dates: tuple[str | None, str | None]) -> None:
    pair = judge_dated(*TOLL, dates)

    assert pair.forward.label is Label.CONTRADICTION
    assert (pair.forward.kind, pair.forward.reason) == (Kind.FIGURE, "12 in one, 40 in the other")


def test_a_running_count_may_also_go_down() -> None:
    one, two = (
        "The flood has displaced 30,000 people in Ardal so far.",
        "The flood has displaced 12,000 people in Ardal so far.",
    )

    assert judge_dated(one, two, (EARLIER, LATER)).forward.kind is Kind.UPDATE
    assert judge_dated(one, two, (None, None)).forward.kind is None


def test_one_act_at_two_times_is_a_contradiction_of_kind_time() -> None:
    pair = judge_dated("The bridge collapsed on Monday.", "The bridge collapsed on Friday.", (None, None))

    assert (pair.forward.label, pair.forward.kind, pair.forward.model) == (Label.CONTRADICTION, Kind.TIME, "times")


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ((None, LATER), "which is the later report is not known"),
        ((EARLIER, LATER), "reported on 2018-09-10 and 2018-09-12, it may have changed in between"),
        ((LATER, LATER), None),
    ],
)
def test_reports_of_a_state_that_are_not_of_one_day_are_flagged(
    dates: tuple[str | None, str | None], said: str | None
) -> None:
    one, two = "The port is open.", "The port is not open."
    model = TableModel({(one, two): (0.02, 0.03, 0.95), (two, one): (0.02, 0.03, 0.95)})

    pair = judge_dated(one, two, dates, model)

    assert (pair.forward.kind, pair.forward.reason) == (Kind.NEGATION, said)


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({}, Label.CONTRADICTION),
        ({"standalone": False}, Label.NEUTRAL),
        ({"modality": Modality.HEDGED}, Label.NEUTRAL),
        ({"modality": Modality.WISHED}, Label.NEUTRAL),
    ],
)
def test_a_claim_and_its_plain_negation_contradict_whatever_the_model_says(
    fields: dict[str, Any], label: Label
) -> None:
    one = make_claim("The Calder ferry will stop running.", "a")
    two = make_claim("The Calder ferry will not stop running.", "b", **fields)

    pair = judge(one, two, TableModel({}))

    assert {pair.forward.label, pair.backward.label} == {label}


def test_texts_are_judged_by_rule_before_the_model() -> None:
    ferry = "The ferry sails at dawn."
    asked = (ferry, "No ship sails at dawn.")
    model = TableModel({asked: (0.01, 0.04, 0.95)})

    same, figures, times, negation, judged, neutral = judge_pairs_of_texts(
        [
            (ferry, ferry.upper()),
            TOLL,
            ("The bridge collapsed on Monday.", "The bridge collapsed on Friday."),
            (ferry, "The ferry does not sail at dawn."),
            asked,
            (ferry, "Tickets are cheap."),
        ],
        model,
        THRESHOLDS,
    )

    assert model.asked == [asked, (ferry, "Tickets are cheap.")]
    assert (same.label, same.model) == (Label.ENTAILMENT, "same-text")
    assert (figures.label, figures.model) == (Label.CONTRADICTION, "figures")
    assert (times.label, times.model) == (Label.CONTRADICTION, "times")
    assert (negation.label, negation.model) == (Label.CONTRADICTION, "negation")
    assert negation.conflict is not None
    assert negation.conflict.kind is Kind.NEGATION
    assert judged.conflict is not None
    assert (judged.label, judged.conflict.kind) == (Label.CONTRADICTION, Kind.NEGATION)
    assert (neutral.label, neutral.conflict) == (Label.NEUTRAL, None)
    for one in (same, figures, times, negation, judged, neutral):
        assert one.p_entailment + one.p_neutral + one.p_contradiction == pytest.approx(1.0)


def test_no_texts_have_no_judgements() -> None:
    assert judge_pairs_of_texts([], NoModel(), THRESHOLDS) == []
