from __future__ import annotations

import doctest
import importlib
import importlib.util
import io
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from typer.testing import CliRunner

import claimtrack
from claimtrack.cli import app

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]
STAGES = ("reading", "claims", "embedding", "neighbours", "relations", "clustering", "tracker", "report")
# As in sphinx-build -b doctest, but the text of an error counts.
FLAGS = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1
RUN_FENCES = ("{doctest}", "pycon")
REAL_MODELS = re.compile(r"\bSpacyExtractor\(|\| claimtrack split")

_FENCE = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(text: str) -> list[tuple[str, str, int]]:
    """Kind, body and number of the first line of each fenced block."""
    return [(m["kind"].strip(), m["body"], text.count("\n", 0, m.start("body"))) for m in _FENCE.finditer(text)]


def failures_of(name: str, blocks: list[tuple[str, int]], namespace: dict[str, Any]) -> str:
    """Run blocks one after the other in one namespace; what failed, in doctest's words, or an empty text."""
    parser, runner, report = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=FLAGS), io.StringIO()
    for body, line in blocks:
        test = parser.get_doctest(body, namespace, name, name, line)
        test.globs = namespace  # get_doctest takes a copy, and the next block would not see what this one made
        runner.run(test, out=report.write, clear_globs=False)
    return report.getvalue()


def examples_of(page: Path) -> list[tuple[str, int]]:
    return [(body, line) for kind, body, line in fences(page.read_text(encoding="utf-8")) if kind in RUN_FENCES]


def sessions_of(page: Path) -> list[tuple[str, str]]:
    """Command and expected output of each command in a console fence."""
    found = []
    for kind, body, _ in fences(page.read_text(encoding="utf-8")):
        if kind == "console":
            found += [(m[1], m[2]) for m in re.finditer(r"^\$ ([^\n]+)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE)]
    return found


def marked(values: list[Any], names: list[str], texts: list[str]) -> list[ParameterSet]:
    """Mark as slow what loads a real model."""
    return [
        pytest.param(value, id=name, marks=[pytest.mark.slow] if REAL_MODELS.search(text) else [])
        for value, name, text in zip(values, names, texts, strict=True)
    ]


PAGES_WITH_EXAMPLES = [page for page in PAGES if examples_of(page)]
SESSIONS = [(page, *session) for page in PAGES for session in sessions_of(page)]
MODULES = [
    "claimtrack",
    *sorted(
        module.name
        for module in pkgutil.walk_packages(claimtrack.__path__, "claimtrack.")
        if not module.name.endswith("__main__")
    ),
]


def test_the_pages_of_all_stages_have_examples() -> None:
    """A page whose fences are not found would pass without a test."""
    names = [page.stem for page in PAGES_WITH_EXAMPLES]

    assert [name for name in (*STAGES, "quickstart", "README") if name not in names] == []


@pytest.mark.parametrize(
    "page",
    marked(
        PAGES_WITH_EXAMPLES,
        [page.name for page in PAGES_WITH_EXAMPLES],
        [page.read_text(encoding="utf-8") for page in PAGES_WITH_EXAMPLES],
    ),
)
def test_every_example_of_a_page_gives_what_it_shows(page: Path) -> None:
    assert failures_of(page.name, examples_of(page), {"__name__": "__main__"}) == ""


def test_an_example_with_a_wrong_output_fails() -> None:
    assert "Expected:\n    3\nGot:\n    2" in failures_of("a page", [(">>> 1 + 1\n3\n", 0)], {})


def test_every_prompt_on_a_page_stands_in_a_fence_that_is_run() -> None:
    """A plain ``python`` fence with a prompt looks tested and is not."""
    stray = [
        f"{page.name}, line {line}"
        for page in PAGES
        for kind, body, line in fences(page.read_text(encoding="utf-8"))
        if ">>>" in body and kind not in RUN_FENCES
    ]

    assert stray == []


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_a_docstring_gives_what_it_shows(name: str) -> None:
    module = importlib.import_module(name)
    runner, report = doctest.DocTestRunner(optionflags=FLAGS), io.StringIO()

    for test in doctest.DocTestFinder().find(module):
        runner.run(test, out=report.write)

    assert report.getvalue() == ""


@pytest.mark.parametrize(
    ("page", "command", "expected"),
    [
        pytest.param(*session, id=session[1][:60], marks=[pytest.mark.slow] if REAL_MODELS.search(session[1]) else [])
        for session in SESSIONS
    ],
)
def test_every_console_session_prints_what_it_shows(
    page: Path, command: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``[exit 1]`` as the last line of a session stands for the exit code; without it the code is 0."""
    monkeypatch.chdir(tmp_path)
    echoed, _, called = command.rpartition(" | ")
    program, *arguments = shlex.split(called)
    stdin = f"{shlex.split(echoed)[1]}\n" if echoed else None

    result = CliRunner().invoke(app, arguments, input=stdin)

    assert program == "claimtrack"
    got = result.output + (f"[exit {result.exit_code}]\n" if result.exit_code else "")
    assert doctest.OutputChecker().check_output(expected, got, FLAGS), f"{page.name}: {got}"


def test_the_command_line_page_shows_sessions() -> None:
    assert {page.name for page, _, _ in SESSIONS} == {"report.md"}
    assert len(SESSIONS) >= 3


def test_every_public_name_is_in_the_reference() -> None:
    documented = set(
        re.findall(
            r"^\.\. (?:auto\w+|py:data):: (?:[\w.]+\.)?(\w+)$",
            (DOCS / "api.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )

    assert sorted(set(claimtrack.__all__) - documented) == []


def test_every_command_and_option_is_on_the_command_line_page() -> None:
    """Each command has a section of its own, and the section names all of the command's options."""
    page = (DOCS / "report.md").read_text(encoding="utf-8")
    parts = re.split(r"^### `claimtrack (\w+)`$", page, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    program: Any = typer.main.get_command(app)

    missing = [f"claimtrack {name}" for name in program.commands if name not in sections]
    for name, command in program.commands.items():
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
        missing += [
            f"claimtrack {name} {option}"
            for option in [*options, "--help"]
            if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", sections.get(name, ""))
        ]
    assert len(program.commands) >= 4
    assert missing == []
    assert [name for name in sections if name not in program.commands] == []


def test_every_page_is_in_a_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = "\n".join(body for kind, body, _ in fences(index) if kind == "{toctree}")

    missing = [
        page.stem for page in DOCS.glob("*.md") if not re.search(rf"^(?:.*<)?{page.stem}>?$", listed, re.MULTILINE)
    ]

    assert missing == ["index"]


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]

    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_the_readme_has_the_two_commands_and_one_place_for_the_report() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "pip install -c constraints.txt . && claimtrack report seeds/\n" in text
    assert "pip install -c constraints.txt '.[test]' && pytest\n" in text
    assert (
        len(re.findall(r"<!-- report output: begin -->\n```text\n.*?```\n<!-- report output: end -->", text, re.DOTALL))
        == 1
    )


@pytest.mark.slow
def test_the_pages_build_without_a_warning_and_sphinx_runs_their_examples(tmp_path: Path) -> None:
    for needed in ("sphinx", "furo", "myst_parser"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed; pip install -c constraints.txt '.[docs]'")

    for builder in ("html", "doctest"):
        read_once = ("-d", str(tmp_path / "doctrees"))
        strict = ("-n", "-W", "--keep-going", "-q")
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *strict, *read_once, "-b", builder, str(DOCS), str(tmp_path / builder)],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
