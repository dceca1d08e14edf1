"""Data frames hold the values of the tables, each column in its type."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from made_records import NOON, RECORDS

from claimtrack.export import TABLES, to_pandas
from claimtrack.export.tables import Column, one_table, tables, typed
from strategies import article_sets


def plain(frame: Any) -> list[dict[str, Any]]:
    """Rows of a frame, NA as None and days as dates."""
    return [
        {name: None if value is pd.NA or value is pd.NaT else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def typed_rows(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Rows of a table with days and times as pandas has them."""
    columns = TABLES[table]
    return [
        {
            name: pd.Timestamp(typed(value, columns[name]))
            if value is not None and columns[name] in (Column.DAY, Column.TIME)
            else value
            for name, value in row.items()
        }
        for row in rows
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_table_is_in_its_frame(table: str) -> None:
    assert plain(to_pandas(RECORDS)[table]) == typed_rows(one_table(RECORDS, table), table)


@settings(max_examples=25)
@given(article_sets())
def test_any_value_is_in_its_frame(records: tuple[tuple[Any, ...], ...]) -> None:
    flat = [record for some in records for record in some]

    frames = to_pandas(flat)

    assert {name: plain(frame) for name, frame in frames.items()} == {
        name: typed_rows(rows, name) for name, rows in tables(flat).items()
    }


def test_columns_are_typed_also_where_there_is_no_row() -> None:
    empty, full = to_pandas([]), to_pandas(RECORDS)

    for name, frame in full.items():
        assert list(frame.columns) == list(empty[name].columns) == list(TABLES[name])
        assert frame.dtypes.tolist() == empty[name].dtypes.tolist()
    assert [str(full["claims"][name].dtype) for name in ("text", "side", "standalone", "published")] == [
        "string",
        "Int64",
        "bool",
        "datetime64[s]",
    ]
    assert str(full["corrections"]["at"].dtype) == "datetime64[us, UTC]"
    assert full["corrections"]["at"][0] == NOON


def test_a_question_across_tables_is_a_merge() -> None:
    frames = to_pandas(RECORDS)

    joined = frames["claims"].merge(frames["articles"], left_on="article_id", right_on="id", suffixes=("", "_article"))

    assert joined.groupby(["cluster_id", "side"])["outlet"].agg(list).to_dict() == {
        ("k1", 0): ["Nórth", "East"],
        ("k1", 1): ["South", "west.txt"],
    }
    assert joined["wire"].notna().sum() == 1
