"""Rows of JSONL that a command reads."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from claimtrack.cli.streams import complain
from claimtrack.errors import ReadError

__all__ = ["Lines"]


class Lines:
    """The rows of a JSONL file or of stdin; counts what went wrong, so that the command can say so at its end.

    Parameters
    ----------
    file : Path or None
        None reads stdin.
    """

    def __init__(self, file: Path | None) -> None:
        self.name = str(file) if file is not None else "stdin"
        self.failures = 0
        try:
            data = file.read_bytes() if file is not None else sys.stdin.buffer.read()
        except OSError as error:
            raise ReadError(self.name, "", error.strerror or str(error)) from error
        self._data = data.removeprefix(codecs.BOM_UTF8)

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (place, row) for each line; a broken line is named and left out."""
        for number, raw in enumerate(self._data.split(b"\n"), start=1):
            place = f"line {number}"
            if not raw.strip():
                continue
            try:
                row = json.loads(raw.decode("utf-8"))
            except (ValueError, RecursionError) as error:
                self.fail(place, f"each line must be a JSON object in UTF-8; {error}.")
                continue
            if isinstance(row, dict):
                yield place, row
            else:
                self.fail(place, f"each line must be a JSON object; got {type(row).__name__}.")

    def text(self, row: dict[str, Any], field: str, place: str) -> str | None:
        """Give a field that must be a string; None, with a complaint, if it is not."""
        value = row.get(field)
        if isinstance(value, str):
            return value
        self.fail(place, f'"{field}" must be a string; got {type(value).__name__}.')
        return None

    def fail(self, place: str, rule: str) -> None:
        """Name what is wrong with a line, and count it."""
        complain(str(ReadError(self.name, place, rule)))
        self.failures += 1

    def leave(self) -> None:
        """End the command with exit code 1 if a line failed."""
        if self.failures:
            raise typer.Exit(1)
