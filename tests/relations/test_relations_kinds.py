"""What a contradiction turns on, as a reader would say it."""

from __future__ import annotations

import pytest

from claimtrack.records import Claim, Entity, EntityType, Kind, Modality, Provenance, Span
from claimtrack.relations import antonyms_across, classify_conflict, count_negations

KINDS = [
    (Kind.NEGATION, "The ferry sails on Monday.", "The ferry does not sail on Monday."),
    (Kind.NEGATION, "Nobody was hurt in the blast.", "Four people were hurt in the blast."),
    (Kind.OPPOSITE, "The bank raised its rate.", "The bank cut its rate."),
    (Kind.OPPOSITE, "Exports rose in the spring.", "Exports fell in the spring."),
    (Kind.FIGURE, "The blast at the mill killed 12 people.", "The blast at the mill killed 40 people."),
    (Kind.TIME, "The bridge collapsed on Monday.", "The bridge collapsed on Friday."),
    (Kind.ATTRIBUTION, "The mayor said the town was broke.", "The mayor denied having said that the town was broke."),
    (Kind.ATTRIBUTION, "She told the court that she was there.", "She never told the court that she was there."),
    (Kind.FORECAST, "There will be no attack on the town.", "The assault on the town looms."),
    (Kind.OTHER, "The prize went to Ana Ruiz.", "The prize went to Per Holm."),
]


@pytest.mark.parametrize(("kind", "one", "two"), KINDS)
def test_the_kind_is_the_same_in_either_order(kind: Kind, one: str, two: str) -> None:
    assert classify_conflict(one, two).kind is kind
    assert classify_conflict(two, one).kind is kind


def test_what_each_says_is_told_where_it_can_be() -> None:
    assert classify_conflict("It killed 12 people.", "It killed 40 people.").reason == "12 in one, 40 in the other"
    assert classify_conflict("Rents rose.", "Rents fell.").reason == "“rose” in one, “fell” in the other"
    assert classify_conflict("The ferry sails.", "The ferry does not sail.").reason is None


def make_claim(text: str, *places: str, **fields: object) -> Claim:
    whole = Span(0, len(text))
    entities = tuple(
        Entity(text=p, type=EntityType.PLACE, span=Span(text.index(p), text.index(p) + len(p))) for p in places
    )
    provenance = Provenance(article_id=text, spans=(whole,), extractor="x", sentence=whole)
    return Claim(text=text, provenance=provenance, entities=entities, **fields)  # type: ignore[arg-type]


def test_places_of_claims_are_compared() -> None:
    one, two = (
        make_claim("The summit was held in Oslo.", "Oslo"),
        make_claim("The summit was held in Bergen.", "Bergen"),
    )

    assert classify_conflict(one, two).kind is Kind.PLACE
    assert classify_conflict(one, two).reason == "Oslo in one, Bergen in the other"


def test_a_place_inside_the_name_of_the_other_is_no_other_place() -> None:
    one, two = make_claim("It was held in York.", "York"), make_claim("It was held in New York.", "New York")

    assert classify_conflict(one, two).kind is Kind.OTHER


def test_the_mood_of_a_claim_tells_a_forecast_without_its_words() -> None:
    one = make_claim("The dam holds out.", modality=Modality.FORECAST)

    assert classify_conflict(one, make_claim("The dam gives way.")).kind is Kind.FORECAST


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("Prices rose.", "Prices fell.", ("rose", "fell")),
        ("Prices were rising.", "Prices were falling.", ("rising", "falling")),
        ("The court accepts the plea.", "The court rejected the plea.", ("accepts", "rejected")),
        ("Prices rose and fell.", "Prices fell and rose.", None),
        ("Prices rose.", "Prices rose.", None),
        ("", "", None),
    ],
)
def test_opposites_are_found_whatever_their_ending(one: str, two: str, found: tuple[str, str] | None) -> None:
    assert antonyms_across(one, two) == found


def test_negations_are_counted_as_words() -> None:
    assert count_negations("Nobody did not know, and it isn't nothing.") == 4
    assert count_negations("The knot of notable people cannot wait.") == 1
