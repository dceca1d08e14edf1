"""Tables hold what the lines of JSON hold, and to each claim its outlet, its day and its place in a cluster."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from made_records import NORTH, RECORDS, SANK, SHIPS

from claimtrack import to_json
from claimtrack.errors import InvalidInputError
from claimtrack.export import TABLES
from claimtrack.export.tables import one_table, tables
from claimtrack.records import Article
from strategies import article_sets

FOUND_BY = {"outlet", "published", "cluster_id", "side"}


def test_every_field_of_every_record_is_a_column_and_has_the_records_value() -> None:
    """A field that a record gains must not be missing from the tables in silence."""
    rows = [row for table in tables(RECORDS).values() for row in table]

    assert len(rows) == len(RECORDS)
    for row, record in zip(rows, RECORDS, strict=True):
        assert {name: value for name, value in row.items() if name in to_json(record)} == to_json(record)


def test_a_row_has_the_columns_of_its_table_in_their_order() -> None:
    for name, rows in tables(RECORDS).items():
        assert rows
        assert [list(row) for row in rows] == [list(TABLES[name])] * len(rows)


def test_a_claim_has_the_outlet_and_the_place_that_it_is_found_by() -> None:
    claims = one_table(RECORDS, "claims")

    assert [tuple(row[name] for name in ("id", "outlet", "published", "cluster_id", "side")) for row in claims] == [
        ("c1", "Nórth", "2031-03-01", "k1", 0),
        ("c2", "East", "2031-03-02", "k1", 0),
        ("c3", "South", None, "k1", 1),
        ("c4", "west.txt", None, "k1", 1),
        ("c5", "west.txt", None, None, None),
    ]


def test_the_order_of_the_records_does_not_matter_for_what_a_claim_is_found_by() -> None:
    assert one_table(reversed(RECORDS), "claims") == one_table(RECORDS, "claims")[::-1]


def test_a_claim_whose_article_is_not_among_the_records_has_no_outlet() -> None:
    [row] = one_table([SANK], "claims")

    assert [row[name] for name in sorted(FOUND_BY)] == [None] * 4
    assert row["text"] == SANK.text


def test_what_no_utf_8_can_hold_is_replaced_wherever_it_stands() -> None:
    """A lone surrogate would stop the writing of a whole file."""
    article = Article(name="a", text="x", title="one\ud800two")
    cluster = attrs.evolve(SHIPS, label="\udfff", sources=("East", "N\ud8ff", "South"), folds=())

    found = tables([article, cluster])

    assert found["articles"][0]["title"] == "one\ufffdtwo"
    assert (found["clusters"][0]["label"], found["clusters"][0]["sources"][1]) == ("\ufffd", "N\ufffd")


def test_no_records_make_empty_tables() -> None:
    assert tables([]) == {name: [] for name in TABLES}


def test_a_table_that_is_none_is_named_with_those_that_are() -> None:
    with pytest.raises(InvalidInputError, match=r"table must be one of articles, claims, .*; got 'claim'"):
        one_table([NORTH], "claim")


@given(article_sets())
def test_any_records_are_kept_in_number_and_order(records: tuple[tuple[Any, ...], ...]) -> None:
    articles, claims, relations, clusters = records

    found = tables(record for some in records for record in some)

    assert [row["id"] for row in found["articles"]] == [article.id for article in articles]
    assert [row["id"] for row in found["claims"]] == [claim.id for claim in claims]
    assert [(r["premise_id"], r["hypothesis_id"]) for r in found["relations"]] == [
        (relation.premise_id, relation.hypothesis_id) for relation in relations
    ]
    sides = {(row["cluster_id"], row["side"], row["id"]) for row in found["claims"] if row["cluster_id"]}
    assert sides == {(c.id, n, i) for c in clusters for n, side in enumerate(c.sides) for i in side.claim_ids}
