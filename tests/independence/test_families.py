"""Outlets of one publisher, by the shipped table and by one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import InvalidInputError, ReadError
from claimtrack.independence import family_of, read_families
from claimtrack.independence.families import family_of_address
from strategies import any_text

FAMILIES = read_families()


@pytest.mark.parametrize(
    ("outlet", "family"),
    [
        ("Daily Mirror", "Reach"),
        ("  the daily  MIRROR ", "Reach"),
        ("www.mirror.co.uk", "Reach"),
        ("BBC News", "BBC"),
        ("The Mirrors", None),
        ("The Times", None),  # a name that many outlets bear
        ("Daily Star", None),
        ("Norland Post", None),
        ("", None),
        ("the ", None),
    ],
)
def test_outlets_are_looked_up_in_lower_case_without_the_and_www(outlet: str, family: str | None) -> None:
    assert family_of(outlet, FAMILIES) == family


@pytest.mark.parametrize(
    ("url", "family"),
    [
        ("https://www.mirror.co.uk/news/1", "Reach"),
        ("http://MIRROR.co.uk.:80/", "Reach"),
        ("https://edition.cnn.com/2018", "CNN"),
        ("https://notmirror.co.uk/", None),
        ("https://mirror.co.uk.example/", None),
        ("https://example/?mirror.co.uk", None),
        ("mirror.co.uk", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_belongs_where_its_domain_does(url: str, family: str | None) -> None:
    assert family_of_address(url, FAMILIES) == family


@given(any_text())
def test_any_address_and_any_name_is_looked_up(text: str) -> None:
    assert family_of(text, {}) is None
    assert family_of_address(text, {}) is None


def test_ones_own_file_goes_on_top(tmp_path: Path) -> None:
    path = tmp_path / "families.tsv"
    path.write_text("\ufeff# mine\r\n\r\nNorpress\tThe Norland  Post\r\nNorpress\tDaily Mirror\r\n", encoding="utf-8")

    families = read_families(path)

    assert families == FAMILIES | {"norland post": "Norpress", "daily mirror": "Norpress"}
    assert families == read_families(str(path))
    assert read_families() == FAMILIES


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("A\tb\nNorland Post\n", r"mine\.tsv, line 2: line must be a family, a tab and an outlet; got 'Norland Post'"),
        ("A\tb\tc", "line 1: line must be a family, a tab and an outlet"),
        ("# x\nA\t \n", "line 2: line must be"),
        ("\tb", "line 1: line must be"),
        ("A\twww.", r"line 1: outlet must be a name or a domain; got 'www\.'"),
        ("A\tb\nC\tThe B\n", "line 2: outlet must be of one family; got 'The B' in 'C' and 'A'"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ReadError, match=message):
        read_families(path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"\xff\xfe"), "file must be readable as UTF-8 text; got 'utf-8' codec"),
        (lambda path: path.mkdir(), "file must be readable as UTF-8 text; got "),
        (lambda path: None, "file must be readable as UTF-8 text; got .*No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, make: Callable[[Path], Any], message: str) -> None:
    make(tmp_path / "mine.tsv")

    with pytest.raises(ReadError, match=rf"mine\.tsv: {message}"):
        read_families(tmp_path / "mine.tsv")


def test_a_path_is_a_path() -> None:
    with pytest.raises(InvalidInputError, match=r"path must be a str, os\.PathLike or None; got 3"):
        read_families(3)  # type: ignore[arg-type]


@given(st.sampled_from(sorted(FAMILIES)))
def test_every_shipped_outlet_is_found_as_it_is_kept(outlet: str) -> None:
    assert family_of(outlet, FAMILIES) == family_of(f"The {outlet.upper()}", FAMILIES) == FAMILIES[outlet]
