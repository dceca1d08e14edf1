"""Records of a store in which every table has a row, and every field a value somewhere."""

from __future__ import annotations

import datetime
from typing import Any

from claimtrack.export import Exported
from claimtrack.records import (
    Action,
    Article,
    Attribution,
    Claim,
    Cluster,
    Correction,
    Entity,
    EntityType,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Modality,
    Polarity,
    Provenance,
    Quantity,
    Relation,
    Side,
    SourceFold,
    Span,
    Version,
)

NOON = datetime.datetime(2031, 3, 4, 12, 0, 0, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))

NORTH = Article(
    name="north.txt",
    text="Three ships of Oslo sank, she said.",
    title="=HYPERLINK(1)",
    source="Nórth",
    published="2031-03-01",
    author="A. Berg",
    url="https://north.example/1",
    wire="dpa",
    id="0a",
)
EAST = Article(name="east.txt", text="Three ships sank.", source="East", published="2031-03-02", id="0b")
SOUTH = Article(name="south.txt", text="No ship sank.", source="South", id="0c")
WEST = Article(name="west.txt", text="No ship has sunk.", id="0d")


def _claim(article: Article, text: str, id_: str, **fields: Any) -> Claim:
    span = Span(0, len(article.text))
    provenance = Provenance(article_id=article.id, spans=(span,), extractor="hand/1", sentence=span)
    return Claim(text=text, id=id_, **({"provenance": provenance} | fields))


SANK = _claim(
    NORTH,
    "Three ships of Oslo sank.",
    "c1",
    provenance=Provenance(article_id="0a", spans=(Span(0, 11), Span(15, 24)), extractor="hand/1", sentence=Span(0, 35)),
    speaker="Anna Berg",
    attribution=Attribution.REPORTED,
    modality=Modality.HEDGED,
    standalone=False,
    check_worthy=False,
    quantities=(Quantity(value=3.0, low=None, high=4.5, unit="ship", of="ship", span=Span(0, 5)),),
    entities=(Entity(text="Oslo", type=EntityType.PLACE, span=Span(15, 19)),),
)
ALSO_SANK = _claim(EAST, "Three ships sank.", "c2")
NONE_SANK = _claim(SOUTH, "No ship sank.", "c3", polarity=Polarity.NEGATIVE)
NONE_SUNK = _claim(WEST, "No ship has sunk.", "c4", polarity=Polarity.NEGATIVE, attribution=Attribution.REPORTED)
ALONE = _claim(WEST, "-1 is a number.", "c5")

SHIPS = Cluster(
    id="k1",
    label="Three ships of Oslo sank.",
    sides=(
        Side(claims=(SANK, ALSO_SANK), independent_sources=1),
        Side(claims=(NONE_SANK, NONE_SUNK), independent_sources=2),
    ),
    contradictions=(("c1", "c3"), ("c2", "c3")),
    sources=("East", "Nórth", "South", "west.txt"),
    independent_sources=3,
    folds=(SourceFold(source="East", into="Nórth", reason="is a copy"),),
)


def _relation(premise: Claim, hypothesis: Claim, **fields: Any) -> Relation:
    return Relation(premise_id=premise.id, hypothesis_id=hypothesis.id, model="m/1", **fields)


RECORDS: tuple[Exported, ...] = (
    NORTH,
    EAST,
    SOUTH,
    WEST,
    SANK,
    ALSO_SANK,
    NONE_SANK,
    NONE_SUNK,
    ALONE,
    _relation(
        SANK,
        NONE_SANK,
        p_entailment=0.02,
        p_neutral=0.08,
        p_contradiction=0.9,
        label=Label.CONTRADICTION,
        kind=Kind.FIGURE,
        reason="3 in one, 0 in the other",
    ),
    _relation(ALSO_SANK, SANK, p_entailment=0.75, p_neutral=0.25, p_contradiction=0.0, label=Label.ENTAILMENT),
    SHIPS,
    Correction(
        action=Action.RETYPE,
        first_id="c1",
        second_id="c3",
        label=Label.CONTRADICTION,
        kind=Kind.PLACE,
        by="Zoë",
        at=NOON,
        note="two\nports",
        id="r1",
    ),
    Correction(action=Action.DISMISS, first_id="c2", second_id="c3", by="Zoë", at=NOON, id="r2"),
    Version(article_id="00", by_id="0a", at=NOON),
    LineageEvent(what=Lineage.MERGED, from_ids=("k0", "k2"), into_ids=("k1",), claim_ids=("c1", "c2"), at=NOON),
    LineageEvent(what=Lineage.ENDED, from_ids=("k3",), into_ids=(), claim_ids=("c9",), at=NOON),
)
