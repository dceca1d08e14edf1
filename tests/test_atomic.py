"""A file that is written is complete, or as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrack.atomic import write_atomically


def test_a_file_holds_what_was_written_and_nothing_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"what was there before, and was longer")

    write_atomically(tmp_path / "a.bin", b"\x00\r\n\xff")

    assert (tmp_path / "a.bin").read_bytes() == b"\x00\r\n\xff"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_file_can_be_read_by_whom_the_mask_allows(tmp_path: Path) -> None:
    """A file made for temporary use could be read by its owner only."""
    mask = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.bin", b"")
    finally:
        os.umask(mask)

    assert (tmp_path / "a.bin").stat().st_mode & 0o777 == 0o640


def test_what_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.bin").write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "a.bin", b"after")

    assert (tmp_path / "a.bin").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    name = "n" * 255

    write_atomically(tmp_path / name, b"x")

    assert (tmp_path / name).read_bytes() == b"x"
