"""Streams of the commands: complaints, progress, what is read and what is written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from claimtrack.reading import Articles, read
from claimtrack.report.visible import visible
from claimtrack.tracker import Progress

__all__ = ["complain", "progress_shown", "read_named", "write_out"]


def complain(message: str) -> None:
    """Print one line on stderr, with nothing in it that a terminal would obey."""
    line = " ".join(str(message).split("\n"))
    typer.echo(f"claimtrack: {visible(line)}", err=True)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Show stages on stderr when it is a terminal; say nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("starting", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bars.update(task, description=stage, completed=done, total=total)

        yield show


def read_named(paths: list[str]) -> Articles:
    """Read articles, and name each failure on stderr."""
    articles = read(paths)
    for failure in articles.failures:
        complain(str(failure))
    return articles


def write_out(text: str, output: Path | None) -> None:
    """Write to stdout, or to a file that is complete or not there; into a pipe or a device as it comes."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    if output.exists() and not output.is_file():
        output.write_bytes(text.encode("utf-8", "replace"))
        return
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name[:100]}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
