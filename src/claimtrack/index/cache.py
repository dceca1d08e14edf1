"""Neighbourhoods in a file beside a store: a cache, which is taken only if it is the very file that was written."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np

from claimtrack.atomic import write_atomically
from claimtrack.index.neighborhoods import SavedNeighborhoods

__all__ = ["read_neighborhoods", "write_neighborhoods"]


def write_neighborhoods(path: Path, saved: SavedNeighborhoods) -> str:
    """Write neighbourhoods to a file, which is complete or as it was.

    Parameters
    ----------
    path : Path
    saved : SavedNeighborhoods

    Returns
    -------
    str
        Checksum of the file, to be kept where nobody but the store's owner writes.

    Raises
    ------
    OSError
        If the file can't be written.
    """
    buffer = io.BytesIO()
    np.savez(
        buffer,
        ids=np.array(saved.ids, dtype="U"),
        vectors=saved.vectors,
        bounds=saved.bounds,
        starts=saved.starts,
        neighbors=saved.neighbors,
        similarities=saved.similarities,
        digest=np.array([saved.digest], dtype="S"),
    )
    data = buffer.getvalue()
    write_atomically(path, data)
    return _checksum(data)


def read_neighborhoods(path: Path, checksum: str) -> SavedNeighborhoods | None:
    """Read neighbourhoods from a file; None if there is none with this checksum.

    The bytes are compared before anything in them is interpreted: a file that was cut off, or that somebody else wrote, is
    not looked into.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if _checksum(data) != checksum:
        return None
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return SavedNeighborhoods(
            ids=tuple(arrays["ids"].tolist()),
            vectors=arrays["vectors"],
            bounds=arrays["bounds"],
            starts=arrays["starts"],
            neighbors=arrays["neighbors"],
            similarities=arrays["similarities"],
            digest=arrays["digest"][0].decode("ascii"),
        )


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=32).hexdigest()
