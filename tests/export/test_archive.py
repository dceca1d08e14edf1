"""A zip file holds what was put in, and depends on nothing else."""

from __future__ import annotations

import io
import zipfile

from claimtrack.export import to_zip

FILES = {"claims.csv": b"id\r\nc1\r\n", "articles.csv": b""}


def test_files_come_back_by_their_names_and_in_their_order() -> None:
    with zipfile.ZipFile(io.BytesIO(to_zip(FILES))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
        assert archive.testzip() is None

    assert list(found.items()) == list(FILES.items())


def test_the_clock_takes_no_part() -> None:
    with zipfile.ZipFile(io.BytesIO(to_zip(FILES))) as archive:
        times = {info.date_time for info in archive.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert to_zip(FILES) == to_zip(dict(FILES))
