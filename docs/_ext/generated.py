"""Pieces of pages that are made when the pages are built: the commands, and figures that stand in a result file.

A page holds ``<!-- generated: NAME -->`` in a line of its own; ``PIECES[NAME]`` gives the Markdown that takes its place.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer.main

from claimtrack.cli import app as program

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["MARKER", "PIECES", "fill", "setup"]

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "src" / "claimtrack" / "models" / "relation"
BENCHMARKS = ROOT / "benchmarks"
sys.path.append(str(BENCHMARKS))

from gate import AT_LEAST, AT_MOST  # noqa: E402 - the gate knows which way its floors go

MARKER = re.compile(r"^<!-- generated: ([\w-]+) -->$", re.MULTILINE)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _parameters(command: Any, context: Any) -> str:
    """Every argument and option with what ``--help`` says of it: meaning, default, bounds, and whether it is needed."""
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            name = re.sub(r" <(?:str|list\[str\])>", "", record[0]).strip()  # that a text is a text goes without saying
            rows.append((f"`{name}`", " ".join(record[1].split())))
    return _table(("Argument or option", "Meaning"), rows)


def _described(command: Any, context: Any) -> str:
    usage = context.get_usage().partition(": ")[2]
    text = "\n\n".join(filter(None, (command.help, command.epilog)))
    return f"{text}\n\n```text\n{' '.join(usage.split())}\n```\n\n{_parameters(command, context)}"


def commands() -> str:
    """Give the program and each of its commands, in the order of ``claimtrack --help``."""
    group: Any = typer.main.get_command(program)
    root = group.make_context("claimtrack", [], resilient_parsing=True)
    sections = [f"### `claimtrack`\n\n{_described(group, root)}"]
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        context = command.make_context(name, [], parent=root, resilient_parsing=True)
        sections.append(f"### `claimtrack {name}`\n\n{_described(command, context)}")
    return "\n".join(sections)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def floors() -> str:
    """Give the figures that the quality gate holds every change against."""
    kept = _json(BENCHMARKS / "floors.json")
    top = [
        (f"`{name}`", "at most" if name in AT_MOST else "at least", f"{value:,}")
        for name, value in kept.items()
        if name in AT_LEAST + AT_MOST
    ]
    claims = [
        (f"`{name}`", bound.replace("_", " "), f"{value:,}")
        for bound, values in kept["claims"].items()
        for name, value in values.items()
    ]
    return _table(("Figure", "Bound", "Value"), top + claims)


def calibration() -> str:
    """Give what calibration brought, on pairs of other claims than those it was fitted on."""
    figures = _json(MODEL / "calibration.figures.json")
    rows = [
        ("pairs that it was fitted on", f"{figures['pairs']:,}"),
        ("pairs that it was tested on", f"{figures['other_pairs']:,}"),
        ("expected calibration error before", f"{figures['ece_before']:.4f}"),
        ("expected calibration error after", f"{figures['ece_after']:.4f}"),
        *((f"after, on {group} alone", f"{value:.4f}") for group, value in figures["ece_after_by_group"].items()),
    ]
    return _table(("Figure", "Value"), rows)


def thresholds() -> str:
    """Give the thresholds that came with the relation model."""
    return _table(
        ("Threshold", "Shipped with the model"),
        [(f"`{name}`", f"{value:.4f}") for name, value in _json(MODEL / "model.json")["thresholds"].items()],
    )


def scripts() -> str:
    """Give the docstring of every benchmark, which says how it is run and what it measures."""
    sections = []
    for path in sorted(BENCHMARKS.glob("*.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        sections.append(f"### `{path.name}`\n\n{text.replace('``', '`')}\n")
    return "\n".join(sections)


PIECES: dict[str, Callable[[], str]] = {
    "calibration": calibration,
    "commands": commands,
    "floors": floors,
    "scripts": scripts,
    "thresholds": thresholds,
}


def fill(text: str) -> str:
    """Put every piece that a page asks for in its place."""
    return MARKER.sub(lambda marker: PIECES[marker[1]](), text)


def _fill_source(_app: Sphinx, _page: str, source: list[str]) -> None:
    source[0] = fill(source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("source-read", _fill_source)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
