"""The one exception tree of claimtrack.

Every error that claimtrack raises on purpose is a :class:`ClaimtrackError`; each is also the builtin that a caller who
does not know claimtrack would catch.
"""

from __future__ import annotations

__all__ = ["ClaimtrackError", "InvalidInputError", "MissingExtraError", "ModelError", "ReadError", "StoreError"]


class ClaimtrackError(Exception):
    """Base of all errors that claimtrack raises on purpose."""


class InvalidInputError(ClaimtrackError, ValueError):
    """A value breaks a rule; the message names the value, the rule and, if known, a way out."""


class ReadError(ClaimtrackError, ValueError):
    """An article can't be read.

    Parameters
    ----------
    path : str
        The file, as the caller named it.
    place : str
        Where in the file: ``"line 3"``, ``"byte 120"`` or ``""`` for the whole file.
    rule : str
        The rule that is broken, with the value that breaks it.
    """

    def __init__(self, path: str, place: str, rule: str) -> None:
        super().__init__(path, place, rule)
        self.path = path
        self.place = place
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.path}{', ' + self.place if self.place else ''}: {self.rule}"


class MissingExtraError(ClaimtrackError, ImportError):
    """A library is not installed that only some uses of claimtrack need.

    Parameters
    ----------
    extra : str
        Name of the extra of claimtrack that brings it.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(
            f"the libraries of the extra {extra!r} must be installed.\nHint: pip install 'claimtrack[{extra}]'"
        )
        self.extra = extra


class ModelError(ClaimtrackError, RuntimeError):
    """A model can't be loaded, is not the one that was expected, or does not answer as it must."""


class StoreError(ClaimtrackError, RuntimeError):
    """A store can't be opened, read or written; what it held before is still there."""
