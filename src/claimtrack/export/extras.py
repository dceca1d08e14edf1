"""Libraries that only some exports need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from claimtrack.errors import MissingExtraError

__all__ = ["needs"]


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Turn the failure of an import within into the name of the extra that brings the library.

    Raises
    ------
    MissingExtraError
        If a library is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(extra) from error
