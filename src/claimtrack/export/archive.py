"""Several files of an export in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["to_zip"]

_THEN = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """Pack files, by their names, into a zip file; the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
