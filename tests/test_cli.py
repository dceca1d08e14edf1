"""The command line: one line on stderr for each thing that went wrong, the rest still reported, nothing half written."""

from __future__ import annotations

import functools
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import claimtrack
from claimtrack import Tracker
from claimtrack.cli import main
from claimtrack.relations import Thresholds
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

OPENS = "The bridge over the Ems will open in June, and the mayor of the town will be there with the band."
NOT_OPENS = (
    "The bridge over the Ems will not open in June at all, and the mayor of the town will be there with the band."
)
ESCAPES = "\x1b[2J\x1b]0;owned\x07\u202e"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} [bold red]x[/]"


@attrs.frozen
class Outcome:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """Lines of stderr."""
        return self.err.splitlines()


Run = Callable[..., Outcome]


class DoubleModel(WordRelationModel):
    """The double in the place of the shipped model."""

    thresholds = Thresholds()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the program in this process, with doubles for the models."""
    doubles = functools.partial(
        Tracker, embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel()
    )
    for commands in ("once", "kept"):
        monkeypatch.setattr(f"claimtrack.cli.{commands}.Tracker", doubles)
    monkeypatch.setattr("claimtrack.relations.CascadeCrossEncoder", DoubleModel)
    monkeypatch.setattr("claimtrack.extraction.SpacyExtractor", lambda **_: SentenceExtractor())

    def run_program(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["claimtrack", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        captured = capsysbinary.readouterr()
        return Outcome(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return run_program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles that contradict each other."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "north.txt").write_text(OPENS, encoding="utf-8")
    (place / "south.txt").write_text(NOT_OPENS, encoding="utf-8")
    return place


def live_characters(text: str) -> set[str]:
    """Characters that a terminal obeys."""
    return {
        c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e"
    }


# -- report ------------------------------------------------------------------------------------------------------------


def test_a_report_names_both_sides(run: Run, folder: Path) -> None:
    outcome = run("report", folder)

    words = " ".join(outcome.out.split())
    assert outcome.code == 0
    assert outcome.err == ""
    assert "north.txt" in words
    assert "south.txt" in words
    assert "will not open in June" in words


def test_a_report_as_json_is_one_object(run: Run, folder: Path) -> None:
    outcome = run("report", folder, "--format", "json")

    found = json.loads(outcome.out)
    assert outcome.code == 0
    assert list(found) == ["articles", "claims", "relations", "clusters"]
    assert [article["name"] for article in found["articles"]] == sorted(
        ["north.txt", "south.txt"], key=lambda name: next(a["id"] for a in found["articles"] if a["name"] == name)
    )
    assert {claim["text"] for claim in found["claims"]} == {OPENS, NOT_OPENS}
    assert {relation["label"] for relation in found["relations"]} == {"contradiction"}
    assert len(found["clusters"][0]["contradictions"]) == 1


@pytest.mark.parametrize(
    ("name", "arguments", "opening"),
    [
        ("r.html", [], "<!doctype html"),
        ("r.HTM", [], "<!doctype html"),
        ("r.md", [], "# "),
        ("r.json", [], "{"),
        ("r.txt", [], ""),
        ("r", ["--format", "json"], "{"),
        ("r.html", ["--format", "json"], "{"),
    ],
)
def test_the_form_is_what_is_asked_for_or_what_the_ending_says(
    run: Run, folder: Path, tmp_path: Path, name: str, arguments: list[str], opening: str
) -> None:
    outcome = run("report", folder, "-o", tmp_path / name, *arguments)

    written = (tmp_path / name).read_bytes().decode("utf-8")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert written.lower().startswith(opening)
    assert "\x1b" not in written
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["articles", name])


def test_the_same_articles_give_the_same_bytes(run: Run, folder: Path) -> None:
    for form in ("json", "html", "md", "terminal"):
        assert run("report", folder, "--format", form) == run("report", folder / "south.txt", folder, "--format", form)


def test_a_written_file_has_the_rights_of_any_new_file(run: Run, folder: Path, tmp_path: Path) -> None:
    """A temporary file is private; a report that is put in its place must not stay so."""
    umask = os.umask(0o027)
    try:
        run("report", folder, "-o", tmp_path / "r.json")
    finally:
        os.umask(umask)

    assert (tmp_path / "r.json").stat().st_mode & 0o777 == 0o640


def test_a_report_takes_the_place_of_an_older_one(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("old " * 10_000, encoding="utf-8")

    run("report", folder, "-o", tmp_path / "r.json")

    assert set(json.loads((tmp_path / "r.json").read_bytes())) == {"articles", "claims", "relations", "clusters"}


def test_a_failure_while_writing_leaves_the_older_file_and_nothing_else(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    (tmp_path / "r.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full_disk)

    outcome = run("report", folder, "-o", tmp_path / "r.json")

    assert outcome.code == 1
    assert outcome.complaints == [f"claimtrack: {tmp_path / 'r.json'}: No space left on device."]
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "r.json"]


def test_a_report_can_go_into_a_pipe_or_device(run: Run, folder: Path, tmp_path: Path) -> None:
    """`-o /dev/null` as root must not put a file in the device's place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        outcome = run("report", folder, "-o", pipe, "--format", "json")
        found = json.loads(os.read(reader, 1 << 20))
    finally:
        os.close(reader)

    assert outcome.code == 0
    assert set(found) == {"articles", "claims", "relations", "clusters"}
    assert pipe.is_fifo()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_report_goes_through_a_link_and_leaves_it(run: Run, folder: Path, tmp_path: Path, is_there: bool) -> None:
    """`-o /dev/stdout` is a link, and `-o latest.html` may be one."""
    target, link = tmp_path / "monday.json", tmp_path / "latest.json"
    if is_there:
        target.write_text("old " * 10_000, encoding="utf-8")
    link.symlink_to(target)

    outcome = run("report", folder, "-o", link)

    assert (outcome.code, link.is_symlink(), target.is_symlink()) == (0, True, False)
    assert set(json.loads(target.read_bytes())) == {"articles", "claims", "relations", "clusters"}


def test_a_folder_to_write_to_that_is_not_there_is_named_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    outcome = run("report", tmp_path / "nowhere.txt", "-o", tmp_path / "none" / "r.json")

    assert outcome.code == 1
    assert outcome.complaints == [f"claimtrack: {tmp_path / 'none' / 'r.json'}: the folder to write to must exist."]


def test_a_folder_as_output_is_named(run: Run, folder: Path, tmp_path: Path) -> None:
    outcome = run("report", folder, "-o", tmp_path)

    assert outcome.code == 1
    assert outcome.complaints == [f"claimtrack: {tmp_path}: Is a directory."]


# -- input that can't be read -------------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {}


def broken(message: str) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """Keep a way to make a broken input, and what must be said of it."""

    def keep(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
        BROKEN[make.__name__] = (make, message)
        return make

    return keep


@broken("path must name a file or folder that is there; got a missing one")
def missing_path(place: Path) -> Path:
    return place / "missing.txt"


@broken("text must hold more than white space; got 0 bytes")
def empty_file(place: Path) -> Path:
    (place / "empty.txt").write_bytes(b"")
    return place / "empty.txt"


@broken("file must be text; got a NUL byte, as in a binary file")
def binary_file(place: Path) -> Path:
    (place / "binary.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 40)
    return place / "binary.txt"


@broken("line 2: row must be a JSON object; got invalid JSON")
def broken_line(place: Path) -> Path:
    good = json.dumps({"id": "row", "text": "The ferry to Malta sank on Monday, and the crew was saved by a boat."})
    (place / "rows.jsonl").write_text(f'{good}\n{{"text": \n', encoding="utf-8")
    return place / "rows.jsonl"


@broken("byte 7: text must be valid UTF-8; got byte 0xe9")
def wrong_encoding(place: Path) -> Path:
    (place / "latin.txt").write_bytes("The café was closed on the day of the vote.".encode("latin-1"))
    return place / "latin.txt"


@broken("article must have at most 10,000,000 bytes; got more")
def too_large(place: Path) -> Path:
    with (place / "large.txt").open("wb") as file:
        file.write(b"The ferry sank off Malta. " * 800_000)
    return place / "large.txt"


@broken("article must hold at least one sentence; got a text without letters")
def no_sentence(place: Path) -> Path:
    (place / "figures.txt").write_text("1 2 3 4 - 5 + 6 = ?", encoding="utf-8")
    return place / "figures.txt"


@broken("German function words")
def not_english(place: Path) -> Path:
    text = (
        "Die Brücke über die Ems wird im Juni nicht geöffnet, sagte der Bürgermeister am Freitag, weil die Arbeiten "
        "an den Pfeilern noch nicht beendet sind und das Geld der Stadt fehlt."
    )
    (place / "german.txt").write_text(text, encoding="utf-8")
    return place / "german.txt"


@broken("folder must hold at least one file ending in ")
def nothing_readable(place: Path) -> Path:
    (place / "pictures").mkdir()
    (place / "pictures" / "a.png").write_bytes(b"\x89PNG")
    return place / "pictures"


@broken("link in a folder must lead to a file inside that folder")
def link_out_of_the_folder(place: Path) -> Path:
    (place / "secret.txt").write_text(OPENS, encoding="utf-8")
    (place / "linked").mkdir()
    (place / "linked" / "link.txt").symlink_to(place / "secret.txt")
    return place / "linked"


@broken("path must name a regular file; got a pipe")
def pipe_in_place_of_a_file(place: Path) -> Path:
    os.mkfifo(place / "pipe.txt")
    return place / "pipe.txt"


@broken("suffix must be one of ")
def unknown_suffix(place: Path) -> Path:
    (place / "article.docx").write_bytes(b"PK")
    return place / "article.docx"


@pytest.mark.parametrize(("make", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_can_not_be_read_is_one_line_and_the_rest_is_reported(
    run: Run, folder: Path, tmp_path: Path, make: Callable[[Path], Path], message: str
) -> None:
    path = make(tmp_path)

    outcome = run("report", path, folder, "--format", "json")

    assert outcome.code == 1
    assert len(outcome.complaints) == 1
    assert outcome.complaints[0].startswith(f"claimtrack: {path}")
    assert message in outcome.complaints[0]
    assert "Traceback" not in outcome.err
    assert {"north.txt", "south.txt"} <= {article["name"] for article in json.loads(outcome.out)["articles"]}


def test_good_lines_of_a_file_with_a_broken_one_are_reported(run: Run, tmp_path: Path) -> None:
    outcome = run("report", broken_line(tmp_path), "--format", "json")

    assert [article["name"] for article in json.loads(outcome.out)["articles"]] == ["row"]
    assert len(outcome.complaints) == 1


@pytest.mark.parametrize("command", [["report"], ["check", "The ferry sank.", "--articles"]])
def test_with_nothing_readable_there_is_no_output(run: Run, tmp_path: Path, command: list[str]) -> None:
    outcome = run(*command, tmp_path / "missing.txt")

    assert outcome.code == 1
    assert outcome.out == ""
    assert len(outcome.complaints) == 2
    assert re.fullmatch(
        r"claimtrack: there is nothing to (report|check against): no article could be read\.", outcome.complaints[1]
    )


def test_nothing_is_written_where_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    run("report", tmp_path / "missing.txt", "-o", tmp_path / "r.html")

    assert list(tmp_path.iterdir()) == []


def test_a_file_name_can_not_command_the_terminal(run: Run, tmp_path: Path) -> None:
    name = tmp_path / f"a{ESCAPES}\nclaimtrack: all is well.txt"

    outcome = run("report", name)

    assert outcome.code == 1
    assert len(outcome.complaints) == 2
    assert not live_characters(outcome.err)
    assert not live_characters(run("judge", name).err)


# -- hostile article text ------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Articles whose claims, title and outlet carry escape sequences and markup."""
    rows = [
        {
            "id": f"{n}{ESCAPES}",
            "text": f"{text} {MARKUP} {ESCAPES} was there.",
            "title": MARKUP + ESCAPES,
            "source": f"{n}{MARKUP}{ESCAPES}",
            "url": "javascript:alert(3)",
        }
        for n, text in enumerate((OPENS[:-1], NOT_OPENS[:-1]))
    ]
    path = tmp_path / "hostile.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["terminal", "md", "html", "json"])
def test_escape_sequences_of_an_article_do_not_reach_the_output(run: Run, hostile: Path, form: str) -> None:
    outcome = run("report", hostile, "--format", form)

    assert outcome.code == 0
    assert "will open in June" in " ".join(outcome.out.split())
    assert not live_characters(outcome.out + outcome.err)


def test_markup_of_an_article_is_text_in_html(run: Run, hostile: Path) -> None:
    page = run("report", hostile, "--format", "html").out.lower()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "49" not in re.findall(r"band,? and .{0,200}", page)
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_a_check_shows_hostile_text_harmlessly(run: Run, hostile: Path, form: str) -> None:
    outcome = run("check", OPENS + ESCAPES, "--articles", hostile, "--format", form)

    assert outcome.code == 0
    assert not live_characters(outcome.out + outcome.err)


# -- check ---------------------------------------------------------------------------------------------------------------


def test_a_check_tells_who_supports_and_who_contradicts(run: Run, folder: Path) -> None:
    outcome = run("check", OPENS, "--articles", folder)

    words = " ".join(outcome.out.split())
    assert outcome.code == 0
    assert "Status: disputed: some of these articles support it, others contradict it" in words
    assert "Supporting (1): - the outlet's own voice; north.txt, undated The bridge over" in words
    assert "Contradicting (1): - the outlet's own voice; south.txt, undated The bridge over" in words
    assert f"characters 0 to {len(NOT_OPENS)}; contradiction 0.90" in words


def test_a_check_as_json(run: Run, folder: Path) -> None:
    outcome = run("check", OPENS, "--articles", folder / "north.txt", "--format", "json")

    assessment = json.loads(outcome.out)
    assert assessment["status"] == "supported"
    assert assessment["claim"] == OPENS
    assert assessment["supporting"][0]["span"] == [0, len(OPENS)]
    assert assessment["contradicting"] == []


def test_a_check_that_finds_nothing_shows_the_nearest_claims(run: Run, folder: Path) -> None:
    outcome = run("check", "The bridge over the Ems fell down on Sunday.", "--articles", folder)

    assert "Status: not found" in outcome.out
    assert "Nearest claims:" in outcome.out
    assert max(len(line) for line in outcome.out.splitlines()) <= 80


def test_several_places_may_be_given_to_check(run: Run, folder: Path, tmp_path: Path) -> None:
    outcome = run("check", OPENS, "--articles", folder / "north.txt", "--articles", folder / "south.txt")

    assert "disputed" in outcome.out


def test_an_unreadable_file_beside_others_does_not_stop_a_check(run: Run, folder: Path, tmp_path: Path) -> None:
    outcome = run("check", OPENS, "--articles", folder, "--articles", tmp_path / "missing.txt")

    assert outcome.code == 1
    assert "Status: disputed" in outcome.out
    assert len(outcome.complaints) == 1


def test_an_empty_claim_is_refused_in_one_line(run: Run, folder: Path) -> None:
    outcome = run("check", " ", "--articles", folder)

    assert outcome.code == 1
    assert outcome.complaints == ["claimtrack: claim must be a text that is not empty; got ' '."]


# -- judge and split -----------------------------------------------------------------------------------------------------

PAIR = {"premise": OPENS, "hypothesis": NOT_OPENS, "note": "kept", "n": 1}
BROKEN_LINES: list[tuple[str, bytes, str]] = [
    ("no JSON", b"{", "line 2: each line must be a JSON object in UTF-8; "),
    ("no object", b"[1]", "line 2: each line must be a JSON object; got list."),
    ("no UTF-8", b'{"premise": "\xff"}', "line 2: each line must be a JSON object in UTF-8; "),
    ("nested too deep", b"[" * 100_000, "line 2: each line must be a JSON object in UTF-8; "),
    ("a number of 5,000 digits", b'{"premise": ' + b"9" * 5000 + b"}", "line 2: each line must be a JSON object"),
]


def lines_of(*rows: Any) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def test_judge_adds_to_each_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(lines_of(PAIR, {"premise": OPENS, "hypothesis": OPENS}, {"premise": "", "hypothesis": ""}))

    outcome = run("judge", file)

    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.code, outcome.err) == (0, "")
    assert rows[0] == PAIR | {
        "p_entailment": 0.05,
        "p_neutral": 0.05,
        "p_contradiction": 0.9,
        "label": "contradiction",
        "abstained": False,
        "kind": "forecast",
        "reason": None,
        "model": "word-overlap-0.6",
    }
    assert (rows[1]["kind"], rows[1]["model"]) == (None, "same-text")
    assert [row["label"] for row in rows] == ["contradiction", "entailment", "neutral"]


def test_judge_and_split_read_stdin(run: Run) -> None:
    assert json.loads(run("judge", stdin=lines_of(PAIR)).out)["label"] == "contradiction"
    assert json.loads(run("split", stdin=lines_of({"id": 7, "text": OPENS})).out)["claim"] == OPENS


@pytest.mark.parametrize(("line", "message"), [row[1:] for row in BROKEN_LINES], ids=[row[0] for row in BROKEN_LINES])
def test_a_broken_line_is_named_and_the_others_are_done(run: Run, line: bytes, message: str) -> None:
    judged = run("judge", stdin=lines_of(PAIR, line, b"", PAIR))
    was_split = run("split", stdin=lines_of({"id": "a", "text": OPENS}, line, {"id": "b", "text": OPENS}))

    assert len(judged.out.splitlines()) == 2
    assert [json.loads(row)["id"] for row in was_split.out.splitlines()] == ["a", "b"]
    for outcome in (judged, was_split):
        assert outcome.code == 1
        assert len(outcome.complaints) == 1
        assert outcome.complaints[0].startswith(f"claimtrack: stdin, {message}")


@pytest.mark.parametrize(
    ("command", "row", "complaints"),
    [
        ("judge", {"premise": "x"}, ['"hypothesis" must be a string; got NoneType.']),
        (
            "judge",
            {"premise": 1, "hypothesis": ["x"]},
            ['"premise" must be a string; got int.', '"hypothesis" must be a string; got list.'],
        ),
        ("split", {"id": "x"}, ['"text" must be a string; got NoneType.']),
    ],
)
def test_a_line_without_its_texts_is_named(run: Run, command: str, row: Any, complaints: list[str]) -> None:
    outcome = run(command, stdin=lines_of(row))

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.complaints == [f"claimtrack: stdin, line 1: {complaint}" for complaint in complaints]


def test_a_failed_run_does_not_fail_the_next_one(run: Run) -> None:
    """Failures are counted for each run."""
    assert run("judge", stdin=b"{\n").code == 1
    assert run("judge", stdin=lines_of(PAIR)).code == 0


def test_a_file_with_a_byte_order_mark_is_read(run: Run) -> None:
    """Notepad and Excel write one."""
    assert run("judge", stdin=b"\xef\xbb\xbf" + lines_of(PAIR)).code == 0


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    for command in ("judge", "split"):
        outcome = run(command, tmp_path / "missing.jsonl")

        assert outcome.code == 1
        assert outcome.complaints == [f"claimtrack: {tmp_path / 'missing.jsonl'}: No such file or directory"]


def test_no_lines_in_no_lines_out(run: Run) -> None:
    for command in ("judge", "split"):
        assert run(command, stdin=b"\n\n") == Outcome(0, "", "")


def test_split_gives_a_line_for_each_claim(run: Run) -> None:
    text = "It rains in Porto. The bridge is closed."

    outcome = run("split", stdin=lines_of({"id": 7, "text": text}))

    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(row["id"], row["claim"]) for row in rows] == [(7, "It rains in Porto."), (7, "The bridge is closed.")]
    assert [text[start:end] for row in rows for start, end in row["spans"]] == [row["claim"] for row in rows]
    assert {row["speaker"] for row in rows} == {None}


@pytest.mark.parametrize("command", ["judge", "split"])
def test_lines_are_plain_ascii(run: Run, command: str) -> None:
    """Escape sequences and lone surrogates of a text go out as JSON escapes."""
    text = f"It rains \ud800 {ESCAPES} é."

    outcome = run(command, stdin=lines_of({"id": text, "text": text, "premise": text, "hypothesis": text}))

    assert outcome.code == 0
    assert outcome.out.isascii()
    assert not live_characters(outcome.out)
    assert json.loads(outcome.out)["id"] == text


# -- usage ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["--no-such-option"],
        ["report"],
        ["report", "a.txt", "--format", "docx"],
        ["report", "a.txt", "-o"],
        ["check", "The ferry sank."],
        ["check", "--articles", "a.txt"],
        ["check", "a", "b", "--articles", "a.txt"],
        ["judge", "a.jsonl", "b.jsonl"],
        ["split", "--fast"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_used_as_it_is_meant_exits_with_2(run: Run, arguments: list[str]) -> None:
    outcome = run(*arguments)

    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.complaints) == 1
    assert re.fullmatch(r"claimtrack: .+ Hint: claimtrack( \w+)? --help", outcome.complaints[0])
    assert "Traceback" not in outcome.err


def test_without_a_command_the_help_is_shown_as_for_wrong_usage(run: Run) -> None:
    assert run() == Outcome(2, "", run("--help").out)


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version") == Outcome(0, f"claimtrack {claimtrack.__version__}\n", "")


# -- the program itself, with the real models ---------------------------------------------------------------------------


def claimtrack_process(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "claimtrack", *map(str, arguments)]
    source = Path(claimtrack.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(source), "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env=environment, timeout=120)


def test_the_package_runs_as_a_module() -> None:
    done = claimtrack_process("--version")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"claimtrack {claimtrack.__version__}\n".encode(), b"")


@pytest.mark.slow
def test_a_report_with_the_real_models(folder: Path, tmp_path: Path) -> None:
    (folder / "copy.txt").write_text(OPENS + " It rained in the town.", encoding="utf-8")

    done = claimtrack_process("report", folder, tmp_path / "missing.txt", "--format", "json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [line for line in done.stderr.decode().splitlines() if line] == [
        f"claimtrack: {tmp_path / 'missing.txt'}: path must name a file or folder that is there; got a missing one"
    ]
    assert "The bridge over the Ems will open in June." in {claim["text"] for claim in found["claims"]}
    assert any(relation["label"] == "entailment" for relation in found["relations"])
    assert found["clusters"]


@pytest.mark.slow
def test_split_with_the_real_extractor() -> None:
    text = 'Anna Berg said the dam was safe. "\ud800 Nobody will leave," she added.'

    done = claimtrack_process("split", stdin=lines_of({"id": "x", "text": text}))

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["speaker"] for row in rows] == ["Anna Berg", "Anna Berg"]
    assert rows[0]["claim"] == "The dam was safe."
