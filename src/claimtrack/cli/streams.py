"""Streams of the commands: complaints, progress, what is read and what is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from claimtrack.atomic import write_atomically
from claimtrack.cli.loudness import gives_hints, shows_progress
from claimtrack.reading import Articles, read
from claimtrack.report.wrapping import MIN_WIDTH
from claimtrack.tracker import Progress
from claimtrack.tracker.stages import Stages
from claimtrack.visible import visible

__all__ = ["columns", "complain", "encoded", "progress_shown", "read_named", "wants_color", "write_out"]

MAX_WIDTH = 80
"""Columns beyond which lines are hard to read."""


def complain(message: str) -> None:
    """Print one line on stderr, with nothing in it that a terminal would obey; with ``--quiet`` without its hint."""
    lines = [line for line in message.split("\n") if gives_hints() or not line.startswith("Hint: ")]
    typer.echo(f"claimtrack: {visible(' '.join(lines))}", err=True)


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def wants_color(output: Path | None) -> bool:
    """Tell whether the output is a terminal that may be given colour."""
    return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not _is_dumb()


def columns(output: Path | None = None) -> int:
    """Give the columns to lay a text out in: those of the terminal, at most 80; 80 where it goes elsewhere."""
    if output is not None or not sys.stdout.isatty():
        return MAX_WIDTH
    return max(MIN_WIDTH, min(MAX_WIDTH, shutil.get_terminal_size().columns))


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Show stages on stderr when it is a terminal that can be wiped; say nothing otherwise."""
    if not (shows_progress() and sys.stderr.isatty()) or _is_dumb():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    text = TextColumn("{task.description}", markup=False)
    with Bars(
        SpinnerColumn(),
        text,
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for name in list(tasks):
                    bars.remove_task(tasks.pop(name))
                tasks[stage] = bars.add_task(stage, total=total if total > 1 else None)
            if total > 1:
                bars.update(tasks[stage], description=f"{stage}, {done} of {total}", completed=done, total=total)

        yield show


def read_named(paths: list[str]) -> Articles:
    """Read articles, and name each failure on stderr."""
    with progress_shown() as progress, Stages(progress).stage("reading"):
        articles = read(paths)
    for failure in articles.failures:
        complain(str(failure))
    return articles


def encoded(content: str | bytes) -> bytes:
    """Give a text as UTF-8, with ``?`` for lone surrogates; bytes stay as they are."""
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def write_out(content: str | bytes, output: Path | None) -> None:
    """Write to stdout, or to a file that is complete or as it was; into a pipe or a device, or through a link, as it comes."""
    data = encoded(content)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif output.is_symlink() or (output.exists() and not output.is_file()):
        output.write_bytes(data)
    else:
        write_atomically(output, data)
