"""The program: its own options, its errors and its exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from claimtrack import __version__
from claimtrack.cli.kept import KEPT
from claimtrack.cli.once import ONCE
from claimtrack.cli.streams import complain
from claimtrack.errors import ClaimtrackError

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Split news articles into claims, and cluster what sources agree on and where they contradict each other.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimtrack {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


_COMMANDS: tuple[Callable[..., None], ...] = (*ONCE, *KEPT)
for _command in _COMMANDS:
    app.command()(_command)


def main() -> None:
    """Run the program; an error that claimtrack names is one line and exit code 1."""
    try:
        app(prog_name="claimtrack")
    except ClaimtrackError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'input or output'}: {error.strerror or error}.")
        sys.exit(1)
