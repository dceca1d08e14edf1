"""The program: its own options, its errors and its exit codes."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
import typer.core

from claimtrack import __version__
from claimtrack.cli.kept import KEPT
from claimtrack.cli.loudness import LOUDNESS, Quiet, Verbose, be_as_before
from claimtrack.cli.once import ONCE
from claimtrack.cli.streams import complain
from claimtrack.errors import ClaimtrackError

__all__ = ["app", "main"]

_EXIT_CODES = (
    "Exit codes: 0 all went well; 1 something could not be read or done, each such thing named in one line on stderr; "
    "2 the command was not used as it is meant."
)
_TYPE_OF_TEXT = re.compile(r" <(?:str|path|list\[str\])>")

app = typer.Typer(
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Split news articles into claims, and cluster what sources agree on and where they contradict each other.",
    epilog=_EXIT_CODES,
)


class _Command(typer.core.TyperCommand):
    """A command that takes the program's ``--quiet`` and ``--verbose`` after its own name too."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - click's own types are private to typer
        own = super().get_params(ctx)
        loudness = [option for option in ctx.find_root().command.params if option.name in LOUDNESS]
        return [*own[:-1], *loudness, *own[-1:]]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write arguments and options; that a text is a text goes without saying."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):
            name, text = parameter.get_help_record(ctx) or ("", "")
            rows[parameter.param_type_name].append((_TYPE_OF_TEXT.sub("", name), text))
        for kind, records in rows.items():
            if records:
                with formatter.section(f"{kind.capitalize()}s"):
                    formatter.write_dl(records)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimtrack {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Options of the program itself."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


_COMMANDS: tuple[Callable[..., None], ...] = (*ONCE, *KEPT)
for _command in _COMMANDS:
    app.command(cls=_Command)(_command)


def main() -> None:
    """Run the program; what went wrong is one line, and the exit code tells."""
    try:
        code = app(prog_name="claimtrack", standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f"\nHint: {context.command_path if context else 'claimtrack'} --help"
        message = error.format_message().removeprefix("Invalid value: ").replace(": Value error, ", ": ")
        complain(message + hint)
        code = error.exit_code
    except ClaimtrackError as error:
        complain(str(error))
        code = 1
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    except OSError as error:
        complain(f"{error.filename or 'input or output'}: {error.strerror or error}.")
        code = 1
    finally:
        be_as_before()
    sys.exit(code)
