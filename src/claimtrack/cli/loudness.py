"""``--quiet`` and ``--verbose``: how much is said on stderr besides what went wrong."""

from __future__ import annotations

import importlib.metadata
import logging
import platform
import sys
from typing import Annotated

import typer

from claimtrack import __version__
from claimtrack.tracker.stages import LOG
from claimtrack.visible import visible

__all__ = ["LOUDNESS", "Quiet", "Verbose", "be_as_before", "gives_hints", "shows_progress"]

LOUDNESS = ("quiet", "verbose")
"""Names of the two options."""

_LIBRARIES = ("faiss-cpu", "onnxruntime", "sentence-transformers", "spacy", "torch")


class _OneLine(logging.Formatter):
    """What a terminal can be given, in the form of a complaint."""

    def format(self, record: logging.LogRecord) -> str:
        return f"claimtrack: {visible(super().format(record))}"


def _set(level: int) -> None:
    if LOG.level not in (logging.NOTSET, level):
        raise typer.BadParameter("give --quiet or --verbose, one of the two.")
    LOG.setLevel(level)


def _be_quiet(wanted: bool) -> None:
    if wanted:
        _set(logging.ERROR)


def _be_verbose(wanted: bool) -> None:
    if not wanted or LOG.level == logging.INFO:
        return
    _set(logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    LOG.addHandler(handler)
    libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    LOG.info("claimtrack %s, Python %s, %s", __version__, platform.python_version(), libraries)


Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", callback=_be_quiet, expose_value=False, help="Show no progress and give no hints; errors stay."
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        callback=_be_verbose,
        expose_value=False,
        help="Say on stderr what is being done, by which models, and how long it took.",
    ),
]


def be_as_before() -> None:
    """Leave the package's log as it was before the program ran."""
    LOG.setLevel(logging.NOTSET)
    for handler in LOG.handlers[:]:
        if isinstance(handler.formatter, _OneLine):
            LOG.removeHandler(handler)


def gives_hints() -> bool:
    """Tell whether hints are wanted."""
    return LOG.level != logging.ERROR


def shows_progress() -> bool:
    """Tell whether progress is wanted; with ``--verbose`` lines of the log stand in its place."""
    return LOG.level == logging.NOTSET
