"""The notebook of the documentation: it runs, and what it shows is what is kept in it."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def outputs_of(source: str, namespace: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Run a cell as a notebook does: what it prints, then the last value in the forms that it has."""
    outputs: list[dict[str, Any]] = []
    values: list[Any] = []
    *body, last = ast.parse(source).body
    shown = isinstance(last, ast.Expr)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "displayhook", lambda value: values.append(value))
        exec(compile(ast.Module(body if shown else [*body, last], []), "cell", "exec"), namespace)
        if shown:
            exec(compile(ast.Interactive([last]), "cell", "single"), namespace)
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": printed.getvalue()})
    for value in values:
        data = {"text/plain": repr(value)}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": value._repr_html_(), "text/plain": f"<{type(value).__name__}>"}
        outputs.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return outputs


def test_the_notebook_runs_and_shows_what_is_kept_in_it(request: pytest.FixtureRequest) -> None:
    """With --update-golden the outputs are written anew."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    namespace: dict[str, Any] = {"__name__": "__main__"}

    made = [outputs_of("".join(cell["source"]), namespace, number) for number, cell in enumerate(cells, start=1)]

    if request.config.getoption("--update-golden"):
        for number, (cell, outputs) in enumerate(zip(cells, made, strict=True), start=1):
            cell["execution_count"], cell["outputs"] = number, outputs
        NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [cell["outputs"] for cell in cells] == made
    assert sum("text/html" in output.get("data", {}) for outputs in made for output in outputs) == 4
