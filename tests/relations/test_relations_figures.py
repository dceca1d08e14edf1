from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError
from claimtrack.quantities import find_quantities
from claimtrack.records import Claim, Modality, Polarity, Provenance, Quantity, Span
from claimtrack.relations.figures import FigureComparison, FigureVerdict, compare_figures
from strategies import any_text

CONFLICT, AGREE, UNCOMPARED = FigureVerdict.CONFLICT, FigureVerdict.AGREE, FigureVerdict.UNCOMPARED


def compare(premise: str, hypothesis: str) -> FigureComparison:
    return compare_figures((premise, find_quantities(premise)), (hypothesis, find_quantities(hypothesis)))


PAIRS: list[tuple[FigureVerdict, str, str]] = [
    # the same thing, figures that can't both hold
    (CONFLICT, "The attack on the depot killed 12 people.", "The attack on the depot killed 40 people."),
    (
        CONFLICT,
        "The attack on the depot killed twelve people.",
        "At least 40 people were killed in the attack on the depot.",
    ),
    (CONFLICT, "Three civilians died in the Maaret blast.", "The Maaret blast killed hundreds of civilians."),
    (CONFLICT, "The valley is home to three million people.", "The valley is home to one million people."),
    (CONFLICT, "Turnout was 45 percent.", "Turnout was 70 percent."),
    (CONFLICT, "Unemployment fell to 5 percent.", "Unemployment fell to 8 percent."),
    (CONFLICT, "Oil prices rose 5 percent on Monday.", "Oil prices rose 9 percent on Monday."),
    (
        CONFLICT,
        "The flood displaced more than 30,000 residents of Ardal.",
        "The flood displaced fewer than 5,000 residents of Ardal.",
    ),
    (CONFLICT, "The ministry paid $5 million for the site.", "The ministry paid $9 million for the site."),
    (
        CONFLICT,
        "The offensive will displace 800,000 people in Ardal.",
        "The offensive will displace 2.5 million people in Ardal.",
    ),
    (
        CONFLICT,
        "Officials said the crash in Borsa killed 12 people.",
        "Police said the crash in Borsa killed 40 people.",
    ),
    (CONFLICT, "The blast in Borsa killed 12.", "The blast in Borsa killed 40."),
    (
        CONFLICT,
        "The strike killed 12 nurses and injured 40 nurses.",
        "The strike killed 40 nurses and injured 12 nurses.",
    ),
    (CONFLICT, "The army arrested 20 protesters in Borsa.", "The army arrested up to 12 protesters in Borsa."),
    (CONFLICT, "The bridge is 300 metres long.", "The bridge is 450 metres long."),
    (CONFLICT, "The trial of the mayor lasted two years.", "The trial of the mayor lasted five years."),
    (CONFLICT, "The navy has between 10 and 12 frigates.", "The navy has 20 frigates."),
    (CONFLICT, "Norland sent 5,000 soldiers to the border.", "Norland sent 12,000 troops to the border."),
    (CONFLICT, "The fire destroyed 100 houses in the village.", "The fire destroyed 250 homes in the village."),
    (CONFLICT, "The dam holds 36 percent of the water.", "The dam holds 37 percent of the water."),
    (
        CONFLICT,
        "At least 12 people died when a bomb exploded in the town of Borsa.",
        "A blast in the town of Borsa killed 8 people.",
    ),
    (
        CONFLICT,
        "In May 700 civilians were killed in Ardal, activists say.",
        "Only 20 civilians were killed in Ardal in May.",
    ),
    (CONFLICT, "Three million people live in Ardal.", "Ardal is home to some two million people."),
    # the same thing, figures that go together
    (AGREE, "The attack on the depot killed 12 people.", "Twelve people were killed in the attack on the depot."),
    (AGREE, "The attack on the depot killed more than 30 people.", "The attack on the depot killed 32 people."),
    (AGREE, "Norland sent more than 30,000 troops to the border.", "Norland sent 32,000 soldiers to the border."),
    (AGREE, "About 30,000 people live in Borsa.", "The town of Borsa: 32,000 people live in Borsa."),
    (AGREE, "The flood displaced 30,000 residents of Ardal.", "The flood displaced 30,150 residents of Ardal."),
    (
        AGREE,
        "Dozens of civilians were killed in the Maaret raid.",
        "At least 70 civilians were killed in the Maaret raid.",
    ),
    (AGREE, "Hundreds of civilians were killed in the Maaret raid.", "150 civilians were killed in the Maaret raid."),
    (AGREE, "The valley is home to three million people.", "The valley is home to 3.1 million inhabitants."),
    (AGREE, "Unemployment fell to 5 percent.", "Unemployment fell to 5.2 percent."),
    (AGREE, "The strike killed 12 nurses and injured 40.", "12 nurses were killed in the strike."),
    (AGREE, "The navy has 10 to 12 frigates.", "The navy has 11 frigates."),
    (
        AGREE,
        "The offensive could displace 800,000 people in Ardal.",
        "The offensive could displace up to 850,000 people in Ardal.",
    ),
    # traps: another event, another place, another day
    (UNCOMPARED, "12 people were killed.", "40 people were killed."),
    (UNCOMPARED, "A car bomb killed 12 people.", "A car bomb killed 40 people."),
    (UNCOMPARED, "Shelling killed 12 people.", "Shelling killed 40 people."),
    (
        UNCOMPARED,
        "The bombing in Maaret killed 12 people near a market.",
        "The bombing in Borsa killed 40 people near a market.",
    ),
    (UNCOMPARED, "Borsa attack kills 12 people", "Ardal attack kills 40 people"),
    (UNCOMPARED, "The raid on Monday killed 12 people.", "The raid on Tuesday killed 40 people."),
    (UNCOMPARED, "In 2015 the army killed 12 rebels in Borsa.", "In 2016 the army killed 40 rebels in Borsa."),
    (UNCOMPARED, "The quake of 10 May killed 12 people.", "The quake of 12 May killed 40 people."),
    (UNCOMPARED, "The first raid on the depot killed 12 people.", "The second raid on the depot killed 40 people."),
    (UNCOMPARED, "The raid in northern Ardal killed 12 people.", "The raid in southern Ardal killed 40 people."),
    (UNCOMPARED, "Yesterday the army killed 12 rebels in Borsa.", "Today the army killed 40 rebels in Borsa."),
    (UNCOMPARED, "Resolution 2254 was backed by 12 members.", "Resolution 2401 was backed by 15 members."),
    (UNCOMPARED, "Two people were arrested in Borsa.", "Three people were arrested in Borsa."),
    (UNCOMPARED, "Rebels killed 12 soldiers.", "Rebels killed 40 soldiers."),
    # traps: another thing is said to happen, or of others
    (UNCOMPARED, "The attack on the depot killed 12 people.", "The attack on the depot injured 40 people."),
    (UNCOMPARED, "The attack on the depot killed 12 soldiers.", "The attack on the depot killed 40 civilians."),
    (UNCOMPARED, "12 rebels killed soldiers in the Borsa raid.", "Soldiers killed 40 rebels in the Borsa raid."),
    (UNCOMPARED, "The guards were killed by 12 gunmen in Borsa.", "The guards killed 40 gunmen in Borsa."),
    (UNCOMPARED, "The raid killed 12 Norland soldiers in Borsa.", "The raid killed 40 Sudland soldiers in Borsa."),
    (UNCOMPARED, "The raid on the depot killed 12 people.", "The raid on the depot killed 40 more people."),
    (UNCOMPARED, "The raid on the depot killed 12 women.", "The raid on the depot killed 40 people."),
    (UNCOMPARED, "Oil prices rose 5 percent in London.", "Oil prices fell 7 percent in London."),
    (UNCOMPARED, "Exports to Norland grew 5 percent.", "Imports from Norland grew 9 percent."),
    (UNCOMPARED, "Fuel prices rose by 5 percent.", "Fuel prices rose to 7 percent."),
    (UNCOMPARED, "The tax rose from 5 percent.", "The tax rose to 9 percent."),
    (UNCOMPARED, "60 percent of voters backed the treaty.", "40 percent of farmers backed the treaty."),
    (UNCOMPARED, "The dam cost $5 million.", "The dam cost €9 million."),
    (UNCOMPARED, "The guards earn $10 an hour.", "The guards earn $400 a week."),
    (UNCOMPARED, "The road is 40 km long.", "The road is 25 miles long."),
    (UNCOMPARED, "The talks were held 5 days after the raid.", "The talks were held 9 days before the raid."),
    (UNCOMPARED, "The mayor was shot two years ago.", "The mayor was shot ten years ago."),
    (
        UNCOMPARED,
        "The army arrested 12 people in the past two days in Borsa.",
        "The army arrested 40 people in the past five days in Borsa.",
    ),
    # traps: mood, negation, running counts, samples
    (
        UNCOMPARED,
        "The offensive could displace 800,000 people in Ardal.",
        "The offensive could displace 2.5 million people in Ardal.",
    ),
    (
        UNCOMPARED,
        "The offensive may displace 800,000 people in Ardal.",
        "The offensive displaced 12,000 people in Ardal.",
    ),
    (
        UNCOMPARED,
        "The offensive will displace 800,000 people in Ardal.",
        "The offensive displaced 12,000 people in Ardal.",
    ),
    (
        UNCOMPARED,
        "If the offensive displaces 800,000 people, Ardal falls.",
        "If the offensive displaces 20,000 people, Ardal falls.",
    ),
    (UNCOMPARED, "The attack on the depot did not kill 12 people.", "The attack on the depot killed 40 people."),
    (UNCOMPARED, "The army denied that the raid killed 12 people.", "The raid killed 40 people, the army said."),
    (UNCOMPARED, "Did the raid on the depot kill 12 people?", "The raid on the depot killed 40 people."),
    (
        FigureVerdict.CHANGING,
        "The flood has displaced 12,000 people in Ardal so far.",
        "The flood has displaced 30,000 people in Ardal so far.",
    ),
    (UNCOMPARED, "The poll gave Smith 41 percent.", "The poll gave Smith 48 percent."),
    (UNCOMPARED, "The margin of error is 3 percentage points.", "The margin of error is 5 percentage points."),
    (UNCOMPARED, "It had a population of 3,465 people.", "It had a population of 1,174 people."),
    # traps: figures of something beside
    (UNCOMPARED, "The company opened 12 shops in Borsa.", "The owner of the company has 40 shops to sell abroad."),
    (UNCOMPARED, "The toll rose to 40, up from 12.", "The toll rose to 12."),
    (UNCOMPARED, "The raid on the depot killed people.", "The raid on the depot killed 40 people."),
    (UNCOMPARED, "The depot burned in 2012.", "The depot burned in 2014."),
    (
        UNCOMPARED,
        "Farmers blocked the bridge at Borsa for five hours on Monday.",
        "Farmers blocked the bridge at Borsa for nine hours the following Monday.",
    ),
    (UNCOMPARED, "The team won 3-2 in Borsa.", "The team won 4-2 in Borsa."),
    (UNCOMPARED, "The vase was estimated at $20,000, but sold for $120,000.", "The vase sold for $120,000."),
]


@pytest.mark.parametrize(("expected", "premise", "hypothesis"), PAIRS)
def test_figures_are_held_together_only_where_they_are_of_the_same_thing(
    expected: FigureVerdict, premise: str, hypothesis: str
) -> None:
    assert compare(premise, hypothesis).verdict is expected
    assert compare(hypothesis, premise).verdict is expected


def test_the_table_holds_enough_traps() -> None:
    assert len(PAIRS) >= 60
    assert sum(expected is not CONFLICT for expected, _, _ in PAIRS) >= 30


def test_the_comparison_shows_both_figures_in_words() -> None:
    found = compare("The attack on the depot killed 12 people.", "The attack on the depot killed at least 40 people.")

    assert found.description == "12 in one, at least 40 in the other"
    assert found.premise is not None
    assert found.hypothesis is not None
    assert (found.premise.value, found.hypothesis.value) == (12.0, 40.0)
    assert (found.premise.of, found.hypothesis.low, found.hypothesis.high) == ("person", 40.0, None)


def test_nothing_is_shown_where_nothing_is_compared() -> None:
    assert compare("12 people were killed.", "") == FigureComparison(verdict=UNCOMPARED)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("99", "100", AGREE),  # 100 is round: down to 90
        ("12", "13", CONFLICT),  # counts below 100 are exact
        ("1,000", "1,019", AGREE),
        ("1,500", "1,700", CONFLICT),
        ("30,000", "33,000", AGREE),  # at most a tenth for a round figure
        ("30,000", "34,000", CONFLICT),
        ("12,345", "12,500", AGREE),
        ("12,345", "12,900", CONFLICT),
        ("about 200", "215", AGREE),
        ("about 200", "260", CONFLICT),
        ("nearly 50", "45", AGREE),
        ("nearly 50", "44", CONFLICT),
        ("up to 50", "50", AGREE),
        ("up to 50", "51", CONFLICT),
        ("more than 50", "50", AGREE),
        ("more than 50", "49", CONFLICT),
        ("dozens of", "12", AGREE),  # loose talk
        ("dozens of", "11", CONFLICT),
    ],
)
def test_ranges_meet_within_the_tolerance_for_rounding(one: str, two: str, expected: FigureVerdict) -> None:
    assert (
        compare(f"The raid on Ardal freed {one} hostages.", f"The raid on Ardal freed {two} hostages.").verdict
        is expected
    )


def claim(text: str, *, polarity: Polarity = Polarity.POSITIVE, modality: Modality = Modality.ASSERTED) -> Claim:
    where = Provenance(
        article_id="a", spans=(Span(900, 900 + len(text)),), extractor="test", sentence=Span(900, 900 + len(text))
    )
    return Claim(
        text=text,
        provenance=where,
        polarity=polarity,
        modality=modality,
        quantities=find_quantities(text, offset=900),
    )


def test_claims_are_compared_by_their_text_though_their_spans_are_of_the_article() -> None:
    found = compare_figures(
        claim("The raid on Ardal freed 12 hostages."), claim("The raid on Ardal freed 40 hostages.")
    )

    assert found.verdict is CONFLICT
    assert found.premise is not None
    assert found.premise.span == Span(24, 26)


@pytest.mark.parametrize(
    "other",
    [
        claim("The raid on Ardal freed 40 hostages.", polarity=Polarity.NEGATIVE),
        claim("The raid on Ardal freed 40 hostages.", modality=Modality.FORECAST),
        claim("The raid on Ardal freed 40 hostages.", modality=Modality.CONDITIONAL),
    ],
)
def test_claims_of_another_polarity_or_mood_are_not_compared(other: Claim) -> None:
    assert compare_figures(claim("The raid on Ardal freed 12 hostages."), other).verdict is UNCOMPARED
    assert compare_figures(other, other).verdict in {UNCOMPARED, AGREE}


def test_a_span_outside_its_text_is_refused() -> None:
    stray = (Quantity(value=12.0, low=12.0, high=12.0, span=Span(90, 92)),)

    with pytest.raises(
        InvalidInputError, match=r"Quantity\.span must lie in its text of 9 characters; got Span\(start=90"
    ):
        compare_figures(("12 people", stray), ("12 people", ()))


VOCABULARY = (
    "the", "a", "raid", "on", "Ardal", "killed", "injured", "12", "40", "dozens", "of", "people", "rebels", "more", "than",
    "about", "and", ",", ".", "not", "could", "in", "Monday", "$5", "percent",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)


@given(WORDS | any_text(max_size=80), WORDS | any_text(max_size=80))
def test_any_two_texts_get_one_verdict_whichever_comes_first(one: str, two: str) -> None:
    forward, backward = compare(one, two), compare(two, one)

    assert forward.verdict is backward.verdict
    assert (forward.premise is None) == (forward.verdict is UNCOMPARED) == (forward.description == "")


@given(WORDS)
def test_a_text_never_conflicts_with_itself(text: str) -> None:
    assert compare(text, text).verdict is not CONFLICT
