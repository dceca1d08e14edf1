"""What could not be read, and which rule it breaks."""

from __future__ import annotations

import attrs
from attrs import validators as v

from claimtrack.errors import ReadError

__all__ = ["ReadFailure", "one_line"]


def one_line(text: str) -> str:
    """Write line breaks, control characters and lone surrogates as escapes, so that the text is one printable line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


@attrs.frozen(kw_only=True)
class ReadFailure:
    """An item that :func:`~claimtrack.reading.read` left out, and why.

    Parameters
    ----------
    path : str
        The file, folder or pattern, as the caller named it.
    place : str
        Where in the file: ``"line 3"``, ``"byte 120"`` or ``""`` for the whole of it.
    rule : str
        The rule that is broken, with the value that breaks it.
    """

    path: str = attrs.field(validator=v.instance_of(str))
    place: str = attrs.field(validator=v.instance_of(str))
    rule: str = attrs.field(validator=v.instance_of(str))

    @classmethod
    def of(cls, error: ReadError) -> ReadFailure:
        """Keep what an error says."""
        return cls(path=error.path, place=error.place, rule=error.rule)

    def __str__(self) -> str:
        return one_line(f"{self.path}{', ' + self.place if self.place else ''}: {self.rule}")
