from __future__ import annotations

import doctest
import importlib
import importlib.util
import io
import json
import pkgutil
import re
import runpy
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
TEXTS = [*PAGES, *(ROOT / name for name in ("CONTRIBUTING.md", "benchmarks/README.md", "training/README.md"))]
STAGES = (
    "reading",
    "claims",
    "embedding",
    "neighbours",
    "relations",
    "clustering",
    "timeline",
    "tracker",
    "store",
    "report",
)
GENERATED = runpy.run_path(str(DOCS / "_ext" / "generated.py"))
# As in sphinx-build -b doctest, but the text of an error counts.
FLAGS = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1
RUN_FENCES = ("{doctest}", "pycon")
REAL_MODELS = re.compile(r"\b(?:SpacyExtractor|SentenceTransformer\w+)\(|\| claimtrack split")

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
NOT_FOR_USERS = {"__main__", "atomic", "cli", "visible"}
ROOMS = [
    "claimtrack",
    *sorted(
        f"claimtrack.{room.name}"
        for room in pkgutil.iter_modules(claimtrack.__path__)
        if room.name not in NOT_FOR_USERS
    ),
]
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
        ["\n".join(body for body, _ in examples_of(page)) for page in PAGES_WITH_EXAMPLES],
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
    assert len([command for page, command, _ in SESSIONS if page.name == "commands.md"]) >= 3


def documented_names() -> set[str]:
    """Names that a directive of the reference, or of a stage page, describes."""
    directive = re.compile(r"^\.\. (?:auto\w+|py:(?:data|type)):: (?:[\w.]+\.)?(\w+)$", re.MULTILINE)
    return {name for page in DOCS.glob("*.md") for name in directive.findall(page.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_is_in_the_reference(room: str) -> None:
    public = getattr(importlib.import_module(room), "__all__", [])

    assert sorted(set(public) - documented_names()) == []


def test_every_command_and_option_is_on_the_command_line_page() -> None:
    """The page is made from the program when the documentation is built; each command has a section of its own."""
    page = GENERATED["fill"]((DOCS / "commands.md").read_text(encoding="utf-8"))
    parts = re.split(r"^### `claimtrack([ \w-]*)`$", page, flags=re.MULTILINE)
    sections = dict(zip((name.strip() for name in parts[1::2]), parts[2::2], strict=True))
    program: Any = typer.main.get_command(app)

    missing = []
    for name, command in {"": program, **program.commands}.items():
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
        missing += [
            f"claimtrack {name} {option}"
            for option in [*options, "--help"]
            if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", sections.get(name, ""))
        ]
    assert missing == []
    assert sections.keys() == {"", *program.commands}


def test_the_readme_names_every_command_and_no_other() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    program: Any = typer.main.get_command(app)

    named = re.findall(r"^\| `claimtrack (\w+)`", text, re.MULTILINE)

    assert sorted(named) == sorted(program.commands)


def test_every_generated_piece_is_on_a_page_and_every_place_for_one_is_filled() -> None:
    asked = {
        name for page in DOCS.glob("*.md") for name in GENERATED["MARKER"].findall(page.read_text(encoding="utf-8"))
    }

    assert asked == GENERATED["PIECES"].keys()


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_of_a_stage_says_what_it_does_and_what_it_does_badly(stage: str) -> None:
    found = headings(DOCS / f"{stage}.md")

    assert {"what-it-does", "example", "options", "what-it-does-badly"} <= found


def test_the_glossary_is_in_order_and_explains_each_word_once() -> None:
    terms = re.findall(r"^\*\*(.+?)\.\*\*", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert len(terms) > 30
    assert terms == sorted(set(terms))


def test_every_page_is_in_a_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = "\n".join(body for kind, body, _ in fences(index) if kind == "{toctree}")

    missing = [
        page.stem for page in DOCS.glob("*.md") if not re.search(rf"^(?:.*<)?{page.stem}>?$", listed, re.MULTILINE)
    ]

    assert missing == ["index"]


def headings(page: Path) -> set[str]:
    """Anchors of a page: its headings in GitHub's form, and the targets that it sets."""
    text = page.read_text(encoding="utf-8")
    plain = _FENCE.sub("", text)
    titles = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", _FENCE.sub("", text)) if "://" not in link]
    links += [
        f"{name}.ipynb" if (page.parent / f"{name}.ipynb").exists() else f"{name}.md"
        for name in re.findall(r"\{doc\}`(?:[^`<]*<)?([\w./-]+)>?`", text)
    ]

    broken = []
    for link in links:
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_every_file_of_the_project_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(
        r"(?<![\w/.])((?:src|tests|docs|benchmarks|training|seeds|\.ci)/[\w./-]*\w|[A-Z]+\.(?:md|cff))",
        page.read_text(encoding="utf-8"),
    )

    there = [name for name in named if (ROOT / name).exists() or (page.parent / name).exists()]
    assert [name for name in named if name not in there and not name.startswith("docs/_build")] == []


def quoted_figures() -> list[tuple[str, str]]:
    """Sentences of pages that quote a result file, with the figures that stand in the file now."""

    def read(path: str) -> str:
        return (ROOT / path).read_text(encoding="utf-8")

    sample = json.loads(read("benchmarks/claims_sample.json"))["claims"]
    faithful, atomic, alone = (
        sum(claim["reader_1"][field] and claim["reader_2"][field] for claim in sample)
        for field in ("faithful", "atomic", "standing_alone_or_marked")
    )
    labels = json.loads(read("benchmarks/base_rate_labels.json"))["labels"]
    contradictions = sum(pair["first"] and pair["second"] for pair in labels)
    hard = len(read("benchmarks/adversarial.jsonl").splitlines())
    card = read("src/claimtrack/models/relation/MODEL_CARD.md")
    [(near, called)] = re.findall(
        r"^([\d,]+) pairs of claims of different outlets.* (\d+) of them are called", card, re.M
    )
    [at_10] = re.findall(r"^\| claimtrack \| ([\d.]+) \|", card, re.M)
    [of_words] = re.findall(r"^\| negation words, by cosine \| ([\d.]+) \|", card, re.M)
    [hard_right] = re.findall(r"^\| adversarial table, .* \| ([\d.]+ %) \|$", card, re.M)
    right = {1: "one was a contradiction", 2: "two were contradictions", 3: "three were contradictions"}[
        round(10 * float(at_10))
    ]
    compared = {1: "better than", 0: "as well as", -1: "worse than"}[
        (float(of_words) > float(at_10)) - (float(of_words) < float(at_10))
    ]
    return [
        (
            "claims.md",
            f"Of {len(sample)} claims from news of 2016, two readers both found {faithful} faithful, {atomic} atomic, "
            f"and {alone} standing alone or marked",
        ),
        ("limits.md", f"the ten that the program ranked highest among {near} near pairs of real claims, {right}"),
        (
            "publishing.md",
            f"Among {near} near pairs of claims from American outlets, {called} were called contradictions",
        ),
        ("publishing.md", f"the ten that the program ranked highest {right}"),
        ("publishing.md", f"Of all {len(labels)} pairs"),
        ("publishing.md", f"the readers found {contradictions} contradictions"),
        ("benchmarks.md", f"{len(labels)} pairs, {contradictions} of which both readers call contradictions"),
        ("benchmarks.md", f"{hard} pairs of statements written by hand to mislead"),
        ("why.md", f"the model is right in {hard_right} of cases"),
        ("why.md", f"counting negation words did {compared} claimtrack"),
    ]


@pytest.mark.parametrize(("page", "sentence"), quoted_figures())
def test_figures_in_running_text_are_those_of_the_result_file(page: str, sentence: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")

    assert sentence in " ".join(text.split())


def test_the_citation_file_has_what_the_format_requires_and_the_version_of_the_package() -> None:
    """Required by the Citation File Format 1.2.0: cff-version, message, title, authors."""
    yaml = pytest.importorskip("yaml")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "software"
    assert citation["version"] == claimtrack.__version__
    assert citation["license"] == "Apache-2.0"
    assert all(isinstance(citation[field], str) and citation[field] for field in ("message", "title", "abstract"))
    assert [author.keys() for author in citation["authors"]] == [{"name"}]


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
    for needed in ("sphinx", "furo", "myst_nb"):
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
