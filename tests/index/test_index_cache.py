"""The file beside a store: taken if it is the very file that was written, and else not looked into."""

from __future__ import annotations

from pathlib import Path

import attrs
import numpy as np
import pytest

from claimtrack.index import (
    FaissIndex,
    Neighborhoods,
    Placed,
    SavedNeighborhoods,
    read_neighborhoods,
    write_neighborhoods,
)
from claimtrack.testing import LetterEmbedder


def saved(*texts: str) -> SavedNeighborhoods:
    vectors = LetterEmbedder(8).embed(texts)
    made = Neighborhoods(FaissIndex(8), k=2, min_similarity=0.0)
    made.update((), {f"c{n}": Placed(vector=vectors[n], text=text, group=(text, None)) for n, text in enumerate(texts)})
    return made.save()


@pytest.mark.parametrize("texts", [(), ("It rained.",), ("It rained.", "It rained on.", "It was dry.")])
def test_what_was_written_comes_back(tmp_path: Path, texts: tuple[str, ...]) -> None:
    before = saved(*texts)

    checksum = write_neighborhoods(tmp_path / "x-index", before)
    after = read_neighborhoods(tmp_path / "x-index", checksum)

    assert after is not None
    for field in attrs.fields(SavedNeighborhoods):
        one, two = getattr(before, field.name), getattr(after, field.name)
        assert type(one) is type(two)
        assert np.array_equal(one, two), field.name
        assert getattr(one, "dtype", None) == getattr(two, "dtype", None)


def test_writing_leaves_one_file_and_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "x-index"
    first = write_neighborhoods(path, saved("It rained."))

    second = write_neighborhoods(path, saved("It rained.", "It was dry."))

    assert list(tmp_path.iterdir()) == [path]
    assert read_neighborhoods(path, first) is None
    after = read_neighborhoods(path, second)
    assert after is not None
    assert after.ids == ("c0", "c1")


def test_a_file_that_is_not_the_one_that_was_written_is_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interpreting a foreign file is where parsers are attacked; its bytes are compared first."""
    path = tmp_path / "x-index"
    checksum = write_neighborhoods(path, saved("It rained.", "It was dry."))
    data = path.read_bytes()
    monkeypatch.setattr(np, "load", lambda *_, **__: pytest.fail("the file was looked into"))

    for changed in (data[:-1], data[: len(data) // 2], b"", data + b"\0", bytes([data[0] ^ 1]) + data[1:], b"PK" * 9):
        path.write_bytes(changed)
        assert read_neighborhoods(path, checksum) is None

    path.write_bytes(data)
    assert read_neighborhoods(path, "") is None


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    checksum = write_neighborhoods(tmp_path / "x-index", saved("It rained."))

    assert read_neighborhoods(tmp_path / "other", checksum) is None
    assert read_neighborhoods(tmp_path, checksum) is None


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x-index"
    checksum = write_neighborhoods(path, saved("It rained."))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_neighborhoods(path, saved("It was dry."))

    assert list(tmp_path.iterdir()) == [path]
    assert read_neighborhoods(path, checksum) is not None
