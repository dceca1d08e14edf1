"""A table as Parquet, read back by pyarrow and by pandas."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from made_records import NOON, RECORDS

from claimtrack.errors import InvalidInputError
from claimtrack.export import TABLES, to_parquet
from claimtrack.export.tables import Column, one_table
from strategies import article_sets


def read_back(data: bytes) -> Any:
    return pq.read_table(io.BytesIO(data))


def as_json(value: Any) -> Any:
    """Days and times as the text that they were made of, times in UTC."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def in_utc(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    times = [name for name, column in TABLES[table].items() if column is Column.TIME]
    return [
        row | {n: datetime.datetime.fromisoformat(row[n]).astimezone(datetime.UTC).isoformat() for n in times}
        for row in rows
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_table_comes_back(table: str) -> None:
    rows = read_back(to_parquet(RECORDS, table)).to_pylist()

    assert [{name: as_json(value) for name, value in row.items()} for row in rows] == in_utc(
        one_table(RECORDS, table), table
    )


@settings(max_examples=25)
@given(article_sets())
def test_any_value_comes_back(records: tuple[tuple[Any, ...], ...]) -> None:
    flat = [record for some in records for record in some]

    for table in ("articles", "claims", "relations", "clusters"):
        rows = read_back(to_parquet(flat, table)).to_pylist()
        assert [{name: as_json(value) for name, value in row.items()} for row in rows] == one_table(flat, table)


def test_columns_are_typed_also_where_there_is_no_row() -> None:
    claims, clusters = (read_back(to_parquet([], table)).schema for table in ("claims", "clusters"))

    assert claims.field("published").type == pa.date32()
    assert claims.field("side").type == pa.int64()
    assert claims.field("standalone").type == pa.bool_()
    assert claims.field("spans").type == pa.list_(pa.list_(pa.int64()))
    assert clusters.field("sources").type == pa.list_(pa.string())
    assert clusters.field("sides").type.value_type.field("claim_ids").type == pa.list_(pa.string())
    assert read_back(to_parquet([], "versions")).schema.field("at").type == pa.timestamp("us", tz="UTC")


def test_a_time_keeps_its_microseconds_and_moves_to_utc() -> None:
    [row] = read_back(to_parquet(RECORDS, "versions")).to_pylist()

    assert row["at"] == NOON
    assert row["at"].utcoffset() == datetime.timedelta(0)


def test_the_same_records_give_the_same_bytes() -> None:
    assert to_parquet(RECORDS) == to_parquet(tuple(RECORDS))


def test_pandas_opens_the_file() -> None:
    frame = pd.read_parquet(io.BytesIO(to_parquet(RECORDS)))

    assert frame["text"].tolist() == [row["text"] for row in one_table(RECORDS, "claims")]
    assert frame["entities"][0][0]["text"] == "Oslo"


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="got 'sides'"):
        to_parquet(RECORDS, "sides")
