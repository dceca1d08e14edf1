"""The program in a terminal: columns, colour, progress, how much it says, completion and help."""

from __future__ import annotations

import logging
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import claimtrack
from claimtrack.cli.streams import columns, progress_shown, wants_color
from claimtrack.tracker.stages import LOG
from test_cli import NOT_OPENS, OPENS, Outcome, Run, lines_of
from test_cli_kept import (
    ALSO_OPENS,
    COMMAND,
    cluster_ids,
    exported,
    made_clock,  # noqa: F401 - a fixture, as are the next two
    made_parts,  # noqa: F401
    rows_file,
    run_doubled,  # noqa: F401
)

WIDE = "漢字報道局" * 12
EMOJI = "🌉👩‍👩‍👧🇺🇳" * 12
MARKS = "e\u0301a\u0308\u0323" * 40
UNBROKEN = "Bridgetoll" * 30
ON_A_STORE = (
    "add",
    "relate",
    "clusters",
    "check",
    "search",
    "timeline",
    "changes",
    "correct",
    "remove",
    "export",
    "info",
)
ONCE = ("report", "judge", "split")

AS_PROGRAM = """
import functools, sys
import claimtrack.cli.kept, claimtrack.cli.once
from claimtrack import Tracker
from claimtrack.cli import main
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
doubles = dict(embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel())
claimtrack.cli.once.Tracker = functools.partial(Tracker, **doubles)
main()
"""


def long_names(name: str) -> list[dict[str, str]]:
    """Rows of articles whose outlet, title, author and sentences hold a name."""
    return [
        {
            "id": f"{n}{name}",
            "source": f"{n} {name}",
            "title": f"{name} {n}",
            "author": name,
            "published": f"2031-03-0{n + 1}",
            "text": f"{text[:-1]} {name} was there.",
        }
        for n, text in enumerate((OPENS, NOT_OPENS, ALSO_OPENS))
    ]


@pytest.fixture
def desk(run: Run, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store of articles with a long name in every place."""
    store = tmp_path / "desk.db"
    run("add", "--store", store, rows_file(tmp_path / "rows.jsonl", *long_names(request.param)))
    return store


def in_terminal(*arguments: object, width: int = 80, stdout: int | None = None, **environment: str) -> tuple[int, str]:
    """Run the program in a terminal of its own, with doubles for the models; exit code and all that it wrote there."""
    main_side, program_side = pty.openpty()
    termios.tcsetwinsize(program_side, (24, width))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    program = subprocess.Popen(
        [sys.executable, "-c", AS_PROGRAM, *map(str, arguments)],
        stdin=program_side,
        stdout=program_side if stdout is None else stdout,
        stderr=program_side,
        env=kept | {"TERM": "xterm-256color", "PYTHONPATH": str(Path(claimtrack.__file__).parents[1])} | environment,
    )
    os.close(program_side)
    written = b""
    until = time.monotonic() + 120
    while time.monotonic() < until and (select.select([main_side], [], [], 1)[0] or program.poll() is None):
        try:
            some = os.read(main_side, 1 << 16)
        except OSError:  # the other side is closed
            break
        if not some:
            break
        written += some
    os.close(main_side)
    return program.wait(timeout=60), written.decode("utf-8", "replace").replace("\r\n", "\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "articles"
    place.mkdir()
    (place / "north.txt").write_text(OPENS, encoding="utf-8")
    (place / "south.txt").write_text(NOT_OPENS, encoding="utf-8")
    return place


# -- columns ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 30])
@pytest.mark.parametrize(
    "desk", [WIDE, EMOJI, MARKS, UNBROKEN], ids=["wide", "emoji", "marks", "unbroken"], indirect=True
)
def test_every_command_fits_the_columns_whatever_the_names(
    run: Run,
    desk: Path,
    width: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("once", "kept"):
        monkeypatch.setattr(f"claimtrack.cli.{module}.columns", lambda output=None: width)
    [cluster_id, *_] = cluster_ids(run, desk)
    rows = exported(run, desk)
    claims = [row["id"] for row in rows if row["type"] == "claim"]
    articles = [row["id"] for row in rows if row["type"] == "article"]
    commands: list[list[object]] = [
        ["report", desk.with_name("rows.jsonl")],
        ["check", OPENS, "--articles", desk.with_name("rows.jsonl")],
        *(
            [*command, "--store", desk]
            for command in (
                ["add", desk.with_name("rows.jsonl")],
                ["clusters"],
                ["check", OPENS],
                ["check", f"{rows[0]['title']} {OPENS}", "--text"],
                ["check", "The ferry sank off Malta on a Sunday."],
                ["search", "bridge"],
                ["timeline", cluster_id],
                ["changes", "--since", "2031-01-01"],
                ["correct", "dismiss", *claims[:2], "--by", rows[0]["title"], "--note", rows[0]["title"]],
                ["correct", "copies", *articles[:2], "--by", "Desk"],
                ["correct"],
                ["relate"],
                ["info", "--articles"],
                ["remove", articles[0]],
            )
        ),
    ]

    for command in commands:
        outcome = run(*command)

        assert (outcome.code, outcome.err) == (0, ""), command
        assert max(map(cell_len, outcome.out.splitlines())) <= width, command
        assert not [line for line in outcome.out.splitlines() if line != line.rstrip()], command


@pytest.mark.parametrize(("of_terminal", "used"), [(200, 80), (80, 80), (60, 60), (24, 24), (3, 24)])
def test_text_is_laid_out_for_the_terminal_and_never_wider_than_is_good_to_read(
    of_terminal: int, used: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(of_terminal))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    assert columns() == used
    assert columns(Path("report.txt")) == 80


def test_elsewhere_than_in_a_terminal_there_are_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes into a pipe or a file does not depend on the window it was started from."""
    monkeypatch.setenv("COLUMNS", "40")

    assert columns() == 80


def test_a_report_in_a_narrow_terminal_is_as_narrow(folder: Path) -> None:
    code, written = in_terminal("report", folder, "--quiet", width=40, NO_COLOR="1")

    shown = re.sub(r"\x1b\[[0-9;]*m", "", written)
    assert code == 0
    assert "Contradictions (1)" in shown
    assert 30 < max(map(cell_len, shown.splitlines())) <= 40


# -- colour ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "0"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_may_be_given_it(
    environment: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert not wants_color(None)  # stdout of a test is no terminal
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert wants_color(None) is wanted
    assert not wants_color(Path("report.txt"))


def test_a_report_has_colour_in_a_terminal_and_none_in_a_pipe(folder: Path, tmp_path: Path) -> None:
    _, coloured = in_terminal("-q", "report", folder)
    with (tmp_path / "out").open("wb") as file:
        in_terminal("-q", "report", folder, stdout=file.fileno())

    assert "\x1b[1;34mA1" in coloured
    assert "\x1b" not in (tmp_path / "out").read_text(encoding="utf-8")


# -- progress ----------------------------------------------------------------------------------------------------------------


def test_progress_is_shown_on_stderr_and_wiped(folder: Path, tmp_path: Path) -> None:
    """Only the report is left in the terminal, and nothing of the progress gets into a file."""
    with (tmp_path / "out").open("wb") as file:
        code, written = in_terminal("report", folder, stdout=file.fileno())

    assert code == 0
    assert re.search("reading|extracting claims|judging pairs|clustering", written)
    assert written.endswith(("\x1b[2K", "\x1b[?25h"))
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith("2 articles")


@pytest.mark.parametrize("arguments", [["--quiet"], ["--verbose"]])
def test_progress_is_not_shown_where_it_is_not_wanted(folder: Path, tmp_path: Path, arguments: list[str]) -> None:
    with (tmp_path / "out").open("wb") as file:
        code, written = in_terminal("report", folder, *arguments, stdout=file.fileno())

    assert code == 0
    assert "\x1b" not in written
    assert (written == "") is (arguments == ["--quiet"])


def test_a_terminal_that_can_not_be_wiped_gets_no_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")

    with progress_shown() as progress:
        progress("judging pairs", 1, 2)

    assert capsys.readouterr().err == ""


# -- quiet and verbose ---------------------------------------------------------------------------------------------------


def test_quiet_takes_hints_away_and_leaves_errors(run: Run, tmp_path: Path) -> None:
    missing = ["relate", "--store", tmp_path / "missing.db"]

    [loud], [quiet] = run(*missing).complaints, run("--quiet", *missing).complaints

    assert loud == f"{quiet} Hint: claimtrack add makes one."
    assert run(*missing, "-q").complaints == [quiet]


def test_verbose_says_what_is_done_with_which_models_and_how_long_it_took(
    run: Run,
    tmp_path: Path,
) -> None:
    rows = rows_file(tmp_path / "rows.jsonl", *long_names("Berg"))

    for before, after in ((["--verbose"], []), ([], ["-v"])):
        outcome = run(*before, "add", rows, "--store", tmp_path / f"{len(before)}.db", *after)

        assert (outcome.code, outcome.out.splitlines()) == (0, ["new: 3 of 3 articles; kept: 3 claims, 1 cluster."])
        assert outcome.complaints[0].startswith(f"claimtrack: claimtrack {claimtrack.__version__}, Python 3.")
        for stage in ("reading", "opening the store", r"extracting claims \(3\)", r"judging pairs \(3\)", "clustering"):
            assert re.search(rf"^claimtrack: {stage}: \d+\.\d\d s$", outcome.err, re.MULTILINE), stage


def test_the_models_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_cli import DoubleModel

    monkeypatch.setattr("claimtrack.relations.CascadeCrossEncoder", DoubleModel)

    outcome = run("judge", "--verbose", stdin=lines_of({"premise": OPENS, "hypothesis": NOT_OPENS}))

    assert "claimtrack: relation model: word-overlap-0.6" in outcome.complaints


def test_the_log_is_as_it_was_after_a_run(run: Run, tmp_path: Path) -> None:
    before = (LOG.level, list(LOG.handlers))

    for option in ("--quiet", "--verbose"):
        run(option, "info", "--store", tmp_path / "missing.db")
        run(option, "info")

    assert (LOG.level, list(LOG.handlers)) == before
    assert LOG.level == logging.NOTSET


def test_quiet_and_verbose_exclude_each_other(run: Run, tmp_path: Path) -> None:
    outcome = run("-q", "info", "-v", "--store", tmp_path / "missing.db")

    assert outcome.code == 2
    assert "give --quiet or --verbose, one of the two." in outcome.err


# -- completion ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown_for_a_shell_and_installs_nothing(
    shell: str,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, f"/bin/{shell}"))
    monkeypatch.setenv("HOME", str(tmp_path))

    outcome = run("--show-completion")

    assert (outcome.code, outcome.err) == (0, "")
    assert f"complete_{shell}" in outcome.out
    assert "claimtrack" in outcome.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("claimtrack rep", {"report"}),
        ("claimtrack rel", {"relate"}),
        ("claimtrack clusters --cont", {"--contradicting"}),
    ],
)
def test_commands_and_options_are_completed(
    words: str,
    found: set[str],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("_CLAIMTRACK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))

    outcome = run()

    assert (outcome.code, outcome.err) == (0, "")
    assert set(outcome.out.split()) == found


# -- help --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [None, *ONCE, *ON_A_STORE])
def test_help_is_complete_and_fits_80_columns(run: Run, command: str | None) -> None:
    outcome = run(*filter(None, [command]), "--help")

    program: Any = COMMAND
    parameters = (program.commands[command] if command else program).params
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Usage: claimtrack {f'{command} ' if command else ''}[OPTIONS]")
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "..." not in outcome.out.partition("Commands:")[2]  # no summary is cut
    assert [p.name for p in parameters if not p.help] == []
    assert [
        option for p in parameters for option in p.opts if option.startswith("--") and option not in outcome.out
    ] == []
    assert {"-q, --quiet", "-v, --verbose"} <= set(re.findall(r"-\w, --\w+", outcome.out))
    assert not re.search(r"<(str|list|path|bool|int)", outcome.out)


def test_the_program_s_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    words = " ".join(run("--help").out.split())

    assert set(ONCE + ON_A_STORE) == set(COMMAND.commands)  # type: ignore[attr-defined]
    assert [name for name in ONCE + ON_A_STORE if f" {name} " not in words] == []
    assert "Exit codes: 0 all went well; 1 something could not be read or done" in words
    assert run("--help") == run("-h") == Outcome(0, run("--help").out, "")
