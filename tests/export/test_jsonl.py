"""Lines of an export: each value is the tracker's, no line holds an article's text, and corrections come back equal."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack import Article, InvalidInputError, Tracker, TrackerOptions
from claimtrack.export import Exported, correction_from_row, to_jsonl
from claimtrack.records import (
    Action,
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
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
from strategies import HOSTILE, article_sets

NOON = datetime.datetime(2031, 3, 4, 12, 0, 0, 123456, tzinfo=datetime.UTC)
SPAN = Span(3, 9)


def row_of(record: Exported) -> dict[str, Any]:
    """The one line that a record becomes, read back."""
    [line] = to_jsonl([record])
    assert line.isascii()
    assert line.index("\n") == len(line) - 1
    row: dict[str, Any] = json.loads(line)
    assert next(iter(row)) == "type"
    return row


# -- one line for each record ---------------------------------------------------------------------------------------------


def test_an_article_goes_out_without_its_text() -> None:
    article = Article(
        name="north.txt",
        text="Whole words of somebody else.",
        title="Nórth",
        source="North",
        published="2031-03-01",
        author="A. Berg",
        url="https://north.example/1",
        wire="dpa",
    )

    row = row_of(article)

    assert row == {
        "type": "article",
        "id": article.id,
        "name": "north.txt",
        "title": "Nórth",
        "source": "North",
        "published": "2031-03-01",
        "author": "A. Berg",
        "url": "https://north.example/1",
        "wire": "dpa",
    }


def test_a_claim_goes_out_with_its_place_and_fields() -> None:
    claim = Claim(
        text="Three ships of Oslo sank.",
        provenance=Provenance(article_id="0a", spans=(SPAN, Span(12, 20)), extractor="hand/1", sentence=Span(0, 30)),
        speaker="Anna Berg",
        attribution=Attribution.QUOTED,
        polarity=Polarity.NEGATIVE,
        modality=Modality.FORECAST,
        standalone=False,
        quantities=(Quantity(value=3.0, low=2.0, high=4.0, unit="ship", of="ships", span=SPAN),),
        entities=(Entity(text="Oslo", type=EntityType.PLACE, span=Span(12, 16)),),
        check_worthy=False,
    )

    row = row_of(claim)

    assert row == {
        "type": "claim",
        "id": claim.id,
        "text": "Three ships of Oslo sank.",
        "article_id": "0a",
        "spans": [[3, 9], [12, 20]],
        "sentence": [0, 30],
        "speaker": "Anna Berg",
        "attribution": "quoted",
        "polarity": "negative",
        "modality": "forecast",
        "standalone": False,
        "quantities": [{"value": 3.0, "low": 2.0, "high": 4.0, "unit": "ship", "of": "ships", "span": [3, 9]}],
        "entities": [{"text": "Oslo", "type": EntityType.PLACE.value, "span": [12, 16]}],
        "check_worthy": False,
        "extractor": "hand/1",
    }


def test_a_relation_goes_out_with_four_decimals() -> None:
    relation = Relation(
        premise_id="a",
        hypothesis_id="b",
        p_entailment=0.123456,
        p_neutral=0.2,
        p_contradiction=0.676544,
        label=Label.CONTRADICTION,
        kind=Kind.TIME,
        model="m/1",
        reason="two days",
    )

    assert row_of(relation) == {
        "type": "relation",
        "premise_id": "a",
        "hypothesis_id": "b",
        "p_entailment": 0.1235,
        "p_neutral": 0.2,
        "p_contradiction": 0.6765,
        "label": "contradiction",
        "kind": "time",
        "model": "m/1",
        "reason": "two days",
    }


def made_claim(text: str, article_id: str) -> Claim:
    provenance = Provenance(article_id=article_id, spans=(SPAN,), extractor="hand/1", sentence=SPAN)
    return Claim(text=text, provenance=provenance)


def test_a_cluster_goes_out_with_sides_and_what_was_folded() -> None:
    one, two, other = (
        made_claim("It opens.", "0a"),
        made_claim("It will open.", "0b"),
        made_claim("It stays shut.", "0c"),
    )
    cluster = Cluster(
        id="c1",
        label="It opens.",
        sides=(Side(claims=(one, two), independent_sources=1), Side(claims=(other,), independent_sources=1)),
        contradictions=((one.id, other.id),),
        sources=("East", "North", "South"),
        independent_sources=2,
        folds=(SourceFold(source="East", into="North", reason="is a copy"),),
    )

    assert row_of(cluster) == {
        "type": "cluster",
        "id": "c1",
        "label": "It opens.",
        "sides": [
            {"claim_ids": [one.id, two.id], "independent_sources": 1},
            {"claim_ids": [other.id], "independent_sources": 1},
        ],
        "contradictions": [[one.id, other.id]],
        "sources": ["East", "North", "South"],
        "independent_sources": 2,
        "folds": [{"source": "East", "into": "North", "reason": "is a copy"}],
    }


RETYPED = Correction(
    action=Action.RETYPE,
    first_id="a",
    second_id="b",
    label=Label.CONTRADICTION,
    kind=Kind.PLACE,
    by="Zoë",
    at=NOON,
    note="two\nports",
)


def test_a_correction_goes_out_with_its_time_to_the_microsecond() -> None:
    assert row_of(RETYPED) == {
        "type": "correction",
        "id": RETYPED.id,
        "action": "retype",
        "first_id": "a",
        "second_id": "b",
        "label": "contradiction",
        "kind": "place",
        "by": "Zoë",
        "at": "2031-03-04T12:00:00.123456+00:00",
        "note": "two\nports",
    }


def test_what_became_of_articles_and_clusters_goes_out() -> None:
    version = Version(article_id="0a", by_id="0b", at=NOON)
    event = LineageEvent(what=Lineage.MERGED, from_ids=("c1", "c2"), into_ids=("c3",), claim_ids=("a", "b"), at=NOON)

    assert row_of(version) == {"type": "version", "article_id": "0a", "by_id": "0b", "at": NOON.isoformat()}
    assert row_of(event) == {
        "type": "lineage",
        "what": "merged",
        "from_ids": ["c1", "c2"],
        "into_ids": ["c3"],
        "claim_ids": ["a", "b"],
        "at": NOON.isoformat(),
    }


def test_no_record_is_no_line() -> None:
    assert list(to_jsonl([])) == []


@given(article_sets())
def test_any_record_is_one_line_of_ascii(records: tuple[tuple[Any, ...], ...]) -> None:
    """A line that an article's own line ends could cut in two would lose the record for every reader."""
    flat = [record for some in records for record in some]

    lines = list(to_jsonl(flat))

    assert "".join(lines).isascii()
    assert "".join(lines).splitlines(keepends=True) == lines
    rows = [json.loads(line) for line in lines]
    kinds = [type(record).__name__.lower() for record in flat]
    assert [row["type"] for row in rows] == kinds
    assert [row["id"] for row in rows if "id" in row] == [record.id for record in flat if hasattr(record, "id")]


# -- what a tracker tells -------------------------------------------------------------------------------------------------


def test_every_value_is_the_trackers() -> None:
    """A program that reads the lines can put together what the tracker shows."""
    tracker = Tracker(
        embedder=LetterEmbedder(),
        extractor=SentenceExtractor(),
        relation_model=WordRelationModel(),
        options=TrackerOptions(min_similarity=-1.0),
        clock=lambda: NOON,
    )
    north = Article(name="n", text="The bridge over the Ems will open in June.", source="North", published="2031-03-01")
    south = Article(name="s", text=north.text.replace("will", "will not"), source="South", published="2031-03-02")
    west = Article(name="w", text=north.text.replace("the Ems", "the river Ems"), source="West", published="2031-03-03")
    tracker.add([north, south, west])
    tracker.add([Article(name="w", text=west.text + " It rained.", source="West", published="2031-03-03")], update=True)
    by_article = {claim.article_id: claim.id for claim in reversed(tracker.claims)}
    assert tracker.clusters
    tracker.correct("dismiss", by_article[north.id], by_article[south.id], by="Desk")
    tracker.remove([north.id])
    assert tracker.clusters

    rows = [json.loads(line) for line in to_jsonl(tracker.records)]

    of = {kind: [row for row in rows if row["type"] == kind] for kind in dict.fromkeys(row["type"] for row in rows)}
    assert list(of) == ["article", "claim", "relation", "cluster", "correction", "version", "lineage"]
    text_of = {article.id: article.text for article in tracker.articles}
    assert [row["id"] for row in of["article"]] == list(text_of)
    for row, claim in zip(of["claim"], tracker.claims, strict=True):
        assert (row["id"], row["text"]) == (claim.id, claim.text)
        assert [text_of[row["article_id"]][start:end] for start, end in row["spans"]] == [claim.text]
    for row, relation in zip(of["relation"], tracker.relations, strict=True):
        assert (row["premise_id"], row["hypothesis_id"]) == (relation.premise_id, relation.hypothesis_id)
        assert (Label(row["label"]), Kind(row["kind"])) == (relation.label, relation.kind)
        assert row["p_contradiction"] == pytest.approx(relation.p_contradiction, abs=5e-5)
    for row, cluster in zip(of["cluster"], tracker.clusters, strict=True):
        assert [tuple(side["claim_ids"]) for side in row["sides"]] == [side.claim_ids for side in cluster.sides]
        assert tuple(map(tuple, row["contradictions"])) == cluster.contradictions
        assert (row["id"], tuple(row["sources"])) == (cluster.id, cluster.sources)
    assert tuple(map(correction_from_row, of["correction"])) == tracker.corrections
    [version], [ended] = of["version"], tracker.versions
    assert (version["article_id"], version["by_id"], version["at"]) == (west.id, ended.by_id, NOON.isoformat())
    assert [(row["what"], tuple(row["from_ids"]), tuple(row["into_ids"])) for row in of["lineage"]] == [
        (event.what.value, event.from_ids, event.into_ids) for event in tracker.lineage
    ]


# -- corrections come back ------------------------------------------------------------------------------------------------

words = st.text(min_size=1) | st.sampled_from(HOSTILE)
UTC_HAS_IT = (NOON.replace(year=2, tzinfo=None), NOON.replace(year=9998, tzinfo=None))
zones = st.integers(-86_399, 86_399).map(lambda seconds: datetime.timezone(datetime.timedelta(seconds=seconds)))


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    action = draw(st.sampled_from(Action))
    label = draw(st.sampled_from(Label)) if action in (Action.CONFIRM, Action.RETYPE) else None
    kinds = [kind for kind in Kind if kind is not Kind.UPDATE]
    first, second = sorted(draw(st.lists(words, min_size=2, max_size=2, unique=True)))
    return Correction(
        action=action,
        first_id=first,
        second_id=second,
        label=label,
        kind=draw(st.sampled_from(kinds))
        if label is Label.CONTRADICTION
        else draw(st.sampled_from([None, Kind.UPDATE])),
        by=draw(words),
        at=draw(st.datetimes(*UTC_HAS_IT, timezones=zones)),
        note=draw(st.none() | words),
    )


@given(corrections())
def test_a_correction_comes_back_equal(correction: Correction) -> None:
    back = correction_from_row(row_of(correction))

    assert back == correction
    assert back.id == correction.id


def test_the_id_of_a_line_is_not_believed() -> None:
    """It follows from the content; a line that was edited by hand must not take another one's name."""
    row = row_of(RETYPED)

    assert correction_from_row(row | {"id": "forged"}) == RETYPED
    assert correction_from_row(row | {"by": "Desk", "id": RETYPED.id}).id != RETYPED.id


@pytest.mark.parametrize("field", ["action", "first_id", "second_id", "label", "kind", "by", "at", "note"])
def test_a_field_that_is_missing_is_named(field: str) -> None:
    row = row_of(RETYPED)
    del row[field]

    with pytest.raises(InvalidInputError, match=f"^a correction must have the field '{field}'\\.$"):
        correction_from_row(row)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"action": "dance"}, "'dance' is not a valid Action"),
        ({"action": None}, "None is not a valid Action"),
        ({"action": {}}, "{} is not a valid Action"),
        ({"label": "agree"}, "'agree' is not a valid Label"),
        ({"label": None}, "Correction.label goes with confirm and retype"),
        ({"kind": "verdict"}, "'verdict' is not a valid Kind"),
        ({"kind": "update"}, "Correction.kind must be given for a contradiction"),
        ({"first_id": 7}, "'first_id' must be <class 'str'> (got 7 that is a <class 'int'>)."),
        ({"second_id": None}, "'second_id' must be <class 'str'> (got None that is a <class 'NoneType'>)."),
        ({"first_id": ""}, "Length of 'first_id' must be >= 1: 0"),
        ({"first_id": "b", "second_id": "a"}, "got 'b', 'a'."),
        ({"by": ["Desk"]}, "'by' must be <class 'str'>"),
        ({"by": ""}, "Length of 'by' must be >= 1: 0"),
        ({"note": 1}, "'note' must be <class 'str'>"),
        ({"at": "noon"}, "Invalid isoformat string: 'noon'"),
        ({"at": 12}, "fromisoformat: argument must be str"),
        ({"at": "2031-03-04T12:00:00"}, "at must be a time with a time zone; got 2031-03-04T12:00:00."),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at must be a time in the years 1 to 9999 of UTC; got 0001-01-01T00"),
        ({"at": "9999-12-31T23:00:00-05:00"}, "at must be a time in the years 1 to 9999 of UTC; got 9999-12-31T23"),
    ],
)
def test_a_wrong_field_is_said_in_one_sentence(fields: dict[str, Any], said: str) -> None:
    row = row_of(RETYPED) | fields

    with pytest.raises(InvalidInputError) as caught:
        correction_from_row(row)

    assert str(caught.value).startswith("a correction must be one that was exported; ")
    assert said in str(caught.value)
    assert len(str(caught.value)) < 200
