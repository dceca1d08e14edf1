"""What is being done: told while it goes on, and logged with its time when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from claimtrack.tracker.options import Progress

__all__ = ["LOG", "Stages"]

LOG = logging.getLogger("claimtrack")
"""The log of the package. It says nothing unless whoever uses the package adds a handler to it."""
LOG.addHandler(logging.NullHandler())


class Stages:
    """Tells a progress callable and the log of the stages of some work.

    Parameters
    ----------
    progress : callable or None
        Called as ``progress(stage, done, total)``. What it sets going itself, such as a search, is not told to it.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._is_telling = False
        self._told: tuple[str, int, int] | None = None

    @contextmanager
    def stage(self, name: str, total: int = 1) -> Iterator[Callable[[int], None]]:
        """Tell of one stage.

        Parameters
        ----------
        name : str
            What is being done.
        total : int, default 1
            How many of something there are to do.

        Yields
        ------
        callable
            To be called with how many are done; that all are is told at the end of the block in any case.
        """
        counted = f"{name} ({total})" if total != 1 else name
        LOG.info("%s", counted)
        began = time.perf_counter()
        self._tell(name, 0, total)
        yield lambda done: self._tell(name, done, total)
        self._tell(name, total, total)
        LOG.info("%s: %.2f s", counted, time.perf_counter() - began)

    def _tell(self, name: str, done: int, total: int) -> None:
        if self._progress is None or self._is_telling or self._told == (name, done, total):
            return
        self._is_telling, self._told = True, (name, done, total)
        try:
            self._progress(name, done, total)
        finally:
            self._is_telling = False
