"""The command line: report, check, judge, split.

Exit codes: 0 all went well; 1 something could not be read or done (one line for each on stderr, the rest is still
reported); 2 the command was not used as it is meant.
"""

from __future__ import annotations

import codecs
import enum
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from claimtrack import __version__
from claimtrack.errors import ClaimtrackError, ReadError
from claimtrack.reading import Articles, read
from claimtrack.records import Article, to_json
from claimtrack.report import Findings, render_assessment, render_html, render_json, render_markdown, render_terminal
from claimtrack.report.visible import visible
from claimtrack.tracker import Progress, Tracker

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Split news articles into claims, and cluster what sources agree on and where they contradict each other.",
)


class ReportFormat(enum.StrEnum):
    """Forms of the report."""

    TERMINAL = "terminal"
    HTML = "html"
    MD = "md"
    JSON = "json"


class CheckFormat(enum.StrEnum):
    """Forms of an assessment."""

    TERMINAL = "terminal"
    JSON = "json"


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


def _complain(message: str) -> None:
    """Print one line on stderr, with nothing in it that a terminal would obey."""
    line = " ".join(str(message).split("\n"))
    typer.echo(f"claimtrack: {visible(line)}", err=True)


@contextmanager
def _progress() -> Iterator[Progress]:
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


def _read(paths: list[str]) -> Articles:
    """Read articles, and name each failure on stderr."""
    articles = read(paths)
    for failure in articles.failures:
        _complain(str(failure))
    return articles


def _write(text: str, output: Path | None) -> None:
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


@app.command()
def report(
    paths: Annotated[
        list[str], typer.Argument(help="Files (.txt, .md, .html, .jsonl), folders or globs.", metavar="PATH...")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to stdout.")] = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="By default what the output file's ending says, else terminal."),
    ] = None,
) -> None:
    """Read articles, and report what they agree on and where they contradict each other. Nothing is kept."""
    endings = {
        ".html": ReportFormat.HTML,
        ".htm": ReportFormat.HTML,
        ".md": ReportFormat.MD,
        ".json": ReportFormat.JSON,
    }
    form = format_ or (endings.get(output.suffix.lower()) if output is not None else None) or ReportFormat.TERMINAL
    if output is not None and not output.parent.is_dir():
        raise ReadError(str(output), "", "the folder to write to must exist.")
    articles = _read(paths)
    if not articles:
        _complain("there is nothing to report: no article could be read.")
        raise typer.Exit(1)
    with _progress() as progress:
        tracker = Tracker(progress=progress)
        tracker.add(articles)
        findings = Findings(
            articles=tracker.articles,
            claims=tracker.claims,
            relations=tracker.relations,
            clusters=tracker.clusters,
            names=tracker.names,
        )
    match form:
        case ReportFormat.HTML:
            text = render_html(findings)
        case ReportFormat.MD:
            text = render_markdown(findings)
        case ReportFormat.JSON:
            text = render_json(findings)
        case ReportFormat.TERMINAL:
            color = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            text = render_terminal(findings, color=color)
    _write(text, output)
    if articles.failures:
        raise typer.Exit(1)


@app.command()
def check(
    claim: Annotated[str, typer.Argument(help="One statement, in quotation marks.")],
    articles: Annotated[
        list[str],
        typer.Option("--articles", help="File, folder or glob to check against; may be given again.", metavar="PATH"),
    ],
    format_: Annotated[CheckFormat, typer.Option("--format")] = CheckFormat.TERMINAL,
) -> None:
    """Hold a claim against articles: who supports it, who contradicts it, and where that stands."""
    found = _read(articles)
    if not found:
        _complain("there is nothing to check against: no article could be read.")
        raise typer.Exit(1)
    with _progress() as progress:
        tracker = Tracker(progress=progress)
        tracker.add(found, relate=False)
        assessment = tracker.check(claim)
    if format_ is CheckFormat.JSON:
        _write(json.dumps(to_json(assessment), ensure_ascii=True, indent=1) + "\n", None)
    else:
        _write(render_assessment(assessment, tracker.articles, names=tracker.names), None)
    if found.failures:
        raise typer.Exit(1)


class _Lines:
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
                self._fail(place, f"each line must be a JSON object in UTF-8; {error}.")
                continue
            if isinstance(row, dict):
                yield place, row
            else:
                self._fail(place, f"each line must be a JSON object; got {type(row).__name__}.")

    def text(self, row: dict[str, Any], field: str, place: str) -> str | None:
        """Give a field that must be a string; None, with a complaint, if it is not."""
        value = row.get(field)
        if isinstance(value, str):
            return value
        self._fail(place, f'"{field}" must be a string; got {type(value).__name__}.')
        return None

    def _fail(self, place: str, rule: str) -> None:
        _complain(str(ReadError(self.name, place, rule)))
        self.failures += 1

    def leave(self) -> None:
        """End the command with exit code 1 if a line failed."""
        if self.failures:
            raise typer.Exit(1)


_File = Annotated[Path | None, typer.Argument(help="JSONL file; stdin if left out.", metavar="[FILE]")]


@app.command()
def judge(file: _File = None) -> None:
    """Judge pairs: JSONL {"premise", "hypothesis"} in, the same lines with probabilities and label out."""
    from claimtrack.relations import OnnxCrossEncoder, judge_texts

    lines = _Lines(file)
    rows = []
    pairs = []
    for place, row in lines:
        premise, hypothesis = lines.text(row, "premise", place), lines.text(row, "hypothesis", place)
        if premise is not None and hypothesis is not None:
            rows.append(row)
            pairs.append((premise, hypothesis))
    model = OnnxCrossEncoder()
    out = []
    for row, judged in zip(rows, judge_texts(pairs, model, model.thresholds), strict=True):
        values = {
            "p_entailment": round(judged.p_entailment, 4),
            "p_neutral": round(judged.p_neutral, 4),
            "p_contradiction": round(judged.p_contradiction, 4),
            "label": judged.label.value,
            "abstained": judged.abstained,
            "kind": judged.conflict.kind.value if judged.conflict else None,
            "reason": judged.conflict.reason if judged.conflict else None,
            "model": judged.model,
        }
        out.append(json.dumps(row | values) + "\n")
    _write("".join(out), None)
    lines.leave()


@app.command()
def split(file: _File = None) -> None:
    """Split texts into claims: JSONL {"id", "text"} in, one line out for each claim."""
    from claimtrack.extraction import SpacyExtractor

    lines = _Lines(file)
    extractor = SpacyExtractor(parts=True)
    out = []
    for place, row in lines:
        text = lines.text(row, "text", place)
        if text is None:
            continue
        for claim in extractor.extract([Article(name=str(row.get("id", place)), text=text)])[0]:
            values = to_json(claim)
            kept = {
                key: values[key] for key in ("spans", "speaker", "attribution", "polarity", "modality", "standalone")
            }
            out.append(json.dumps({"id": row.get("id"), "claim": claim.text, **kept}) + "\n")
    _write("".join(out), None)
    lines.leave()


def main() -> None:
    """Run the program; an error that claimtrack names is one line and exit code 1."""
    try:
        app(prog_name="claimtrack")
    except ClaimtrackError as error:
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        _complain(f"{error.filename or 'input or output'}: {error.strerror or error}.")
        sys.exit(1)
