"""A table as CSV: a spreadsheet finds no formula in it, and each value comes back."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from made_records import RECORDS

from claimtrack.errors import InvalidInputError
from claimtrack.export import TABLES, to_csv
from claimtrack.export.tables import Column, one_table
from claimtrack.records import Article
from strategies import any_text, article_sets

FORMULA_SIGNS = "=+-@＝＋－＠\t\r\n"


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def value_of(cell: str, column: Column) -> Any:
    """The value that a cell stands for, by the rules of the documentation alone."""
    if cell == "":
        return None
    if column in (Column.TEXT, Column.DAY, Column.TIME):
        return cell.removeprefix("'")
    return json.loads(cell)


def plain_rows(text: str, table: str) -> list[dict[str, Any]]:
    head, *rows = cells_of(text)
    assert head == list(TABLES[table])
    return [
        {name: value_of(cell, column) for cell, (name, column) in zip(row, TABLES[table].items(), strict=True)}
        for row in rows
    ]


def nothing_is_none(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: None if value == "" else value for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_table_comes_back(table: str) -> None:
    assert plain_rows(to_csv(RECORDS, table), table) == one_table(RECORDS, table)


@settings(max_examples=25)
@given(article_sets())
def test_any_value_comes_back_but_for_an_empty_text(records: tuple[tuple[Any, ...], ...]) -> None:
    flat = [record for some in records for record in some]

    for table in ("articles", "claims", "relations", "clusters"):
        assert plain_rows(to_csv(flat, table), table) == nothing_is_none(one_table(flat, table))


@given(any_text())
def test_no_cell_begins_as_a_formula_does(title: str) -> None:
    """OWASP: CSV Injection. White space before the sign is no protection in every program."""
    [_, row] = cells_of(to_csv([Article(name="a", text="Rain fell.", title=title)], "articles"))

    for cell in row:
        assert not cell.startswith(tuple(FORMULA_SIGNS))
        assert not cell.lstrip().startswith(tuple(FORMULA_SIGNS))


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("'Tis so", "''Tis so"),
        ("1=1", "1=1"),
        (" 'x'", " 'x'"),
        ("It rose -1 %", "It rose -1 %"),
    ],
)
def test_a_text_is_guarded_if_a_spreadsheet_might_take_it_for_a_formula(title: str, cell: str) -> None:
    [head, row] = cells_of(to_csv([Article(name="a", text="Rain fell.", title=title)], "articles"))

    assert row[head.index("title")] == cell


def test_lines_and_quotation_marks_are_those_of_rfc_4180() -> None:
    article = Article(name='a "b", c', text="Rain fell.", title="two\nlines", id="0a")

    assert to_csv([article], "articles") == (
        '\ufeffid,name,title,source,published,author,url,wire\r\n0a,"a ""b"", c","two\nlines",,,,,\r\n'
    )


def test_an_empty_table_has_its_head() -> None:
    assert to_csv([], "versions") == "\ufeffarticle_id,by_id,at\r\n"


def test_the_table_of_claims_is_the_one_that_is_meant_without_a_name() -> None:
    assert to_csv(RECORDS) == to_csv(RECORDS, "claims")


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="got 'sides'"):
        to_csv(RECORDS, "sides")


def test_pandas_reads_the_table() -> None:
    frame = pd.read_csv(io.StringIO(to_csv(RECORDS)), dtype={"id": "string"})

    assert frame["id"].tolist() == ["c1", "c2", "c3", "c4", "c5"]
    assert frame["side"].tolist()[:4] == [0, 0, 1, 1]
    assert frame["standalone"].tolist() == [False, True, True, True, True]
    assert json.loads(frame["spans"][0]) == [[0, 11], [15, 24]]
