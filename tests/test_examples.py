"""The programs of docs/examples, run as a user would run them, but for the models: stand-ins of claimtrack.testing."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import runpy
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import numpy as np
import pytest

from claimtrack import Article, Status, Tracker
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
OPENS = "The bridge over the Ems will open in June."
NOT_OPENS = "The bridge over the Ems will not open in June."


def parts() -> dict[str, Any]:
    return {
        "extractor": SentenceExtractor(),
        "embedder": LetterEmbedder(),
        "relation_model": WordRelationModel(),
    }


def example(name: str) -> dict[str, Any]:
    """The names that an example defines."""
    return runpy.run_path(str(EXAMPLES / f"{name}.py"))


def run(name: str, *arguments: object, **options: object) -> tuple[int | None, str, str]:
    """What `main` returns with the stand-ins, and what it writes to stdout and stderr."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = example(name)["main"](list(map(str, arguments)), **parts(), **options)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_explains_itself_and_is_on_the_page(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(path), "--help"], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0
    assert done.stdout.startswith("usage: ")
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert f"```{{literalinclude}} examples/{path.name}\n" in page


# -- a folder watched day by day -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "north.txt").write_text(OPENS, encoding="utf-8")
    return folder


def test_each_day_tells_what_is_new_and_a_day_without_news_nothing(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"

    code, out, err = run("watch_folder", folder, store)
    assert (code, err) == (0, "")
    assert "north.txt" in out

    assert run("watch_folder", folder, store) == (0, "", "")

    (folder / "south.txt").write_text(NOT_OPENS, encoding="utf-8")
    code, out, err = run("watch_folder", folder, store)
    assert (code, err) == (0, "")
    assert NOT_OPENS in out
    assert out.startswith("1 article added after ")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\xff\x00")

    code, out, err = run("watch_folder", folder, tmp_path / "desk.db")

    assert code == 1
    assert err.count("\n") == 1
    assert "broken.txt" in err
    assert "north.txt" in out


def test_a_second_run_beside_the_first_says_so_and_ends(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    with Tracker.open(store, **parts()):
        code, out, err = run("watch_folder", folder, store, timeout=0.1)

    assert (code, out) == (1, "")
    assert "desk.db" in err


def test_what_a_run_that_was_cut_off_had_not_told_the_next_one_tells(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    run("watch_folder", folder, store)
    with Tracker.open(store, **parts()) as tracker:  # kept, and cut off before it was told
        tracker.add([Article(name="south.txt", text=NOT_OPENS)])

    _, out, _ = run("watch_folder", folder, store)

    assert NOT_OPENS in out


# -- a claim checked from another program --------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    with Tracker.open(path, **parts()) as tracker:
        tracker.add([Article(name="north", source="Harbour Post", text=OPENS)])
    return path


def called(service: Any, body: bytes, **environ: object) -> tuple[str, Any]:
    """Status and answer of one request, without a server."""
    asked: dict[str, Any] = {}
    setup_testing_defaults(asked)
    asked |= {"PATH_INFO": "/check", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body))}
    asked |= {"wsgi.input": io.BytesIO(body), **environ}
    statuses: list[str] = []
    answer = service(asked, lambda status, _headers: statuses.append(status))
    return statuses[0], json.loads(b"".join(answer))


@pytest.fixture
def service(store: Path) -> Iterator[Any]:
    service = example("check_service")["CheckService"](store, **parts())
    yield service
    if service.tracker is not None:
        service.tracker.close()


def test_a_claim_is_answered_with_what_the_sources_say(service: Any) -> None:
    status, answer = called(service, json.dumps({"claim": NOT_OPENS}).encode())

    assert status == "200 OK"
    assert answer["status"] == Status.CONTRADICTED.value
    assert [evidence["outlet"] for evidence in answer["contradicting"]] == ["Harbour Post"]


def test_what_a_writer_adds_is_seen_by_the_next_request(service: Any, store: Path) -> None:
    assert called(service, json.dumps({"claim": OPENS}).encode())[1]["status"] == "supported"
    with Tracker.open(store, **parts()) as tracker:
        tracker.add([Article(name="south", source="Northern Wire", text=NOT_OPENS)])

        status, answer = called(service, json.dumps({"claim": OPENS}).encode())

    assert (status, answer["status"]) == ("200 OK", "disputed")


def test_a_store_that_has_not_changed_is_not_opened_again(service: Any) -> None:
    """Reading it takes as long as it is large."""
    called(service, json.dumps({"claim": OPENS}).encode())
    before = service.tracker

    called(service, json.dumps({"claim": NOT_OPENS}).encode())

    assert service.tracker is before


@pytest.mark.parametrize(
    ("body", "environ", "status"),
    [
        (b"", {}, 400),
        (b"not json", {}, 400),
        (b"[" * 8_000, {}, 400),
        (b"1" * 8_000, {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[]", {}, 400),
        (b"{}", {}, 400),
        (b'{"claim": 7}', {}, 400),
        (b'{"claim": " "}', {}, 400),
        (json.dumps({"claim": "x" * 1_001}).encode(), {}, 400),
        (b"x" * 8_193, {}, 413),
        (b"{}", {"CONTENT_LENGTH": "9" * 5_000}, 413),
        (b"{}", {"CONTENT_LENGTH": ""}, 411),
        (b"{}", {"CONTENT_LENGTH": "-1"}, 411),
        (b"{}", {"CONTENT_LENGTH": "²"}, 411),
        (b"{}", {"REQUEST_METHOD": "GET"}, 405),
        (b"{}", {"PATH_INFO": "/../desk.db"}, 404),
    ],
)
def test_a_request_that_is_no_claim_gets_a_clear_error(
    service: Any, body: bytes, environ: dict[str, object], status: int
) -> None:
    got, answer = called(service, body, **environ)

    assert got.startswith(f"{status} ")
    assert list(answer) == ["error"]
    assert answer["error"].endswith(".")


@pytest.mark.parametrize("claim", ["\ud800", "\x00", "<script>alert(1)</script>", "‮ferry", "'; DROP TABLE claim; --"])
def test_a_hostile_claim_is_a_claim_like_any_other(service: Any, claim: str) -> None:
    status, answer = called(service, json.dumps({"claim": claim}).encode())

    assert (status, answer["claim"], answer["status"]) == ("200 OK", claim, "not found")


def served(store: Path) -> subprocess.Popen[str]:
    """Start a service with the stand-ins, in a process of its own."""
    code = f"""
        import runpy, sys
        from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

        main = runpy.run_path({str(EXAMPLES / "check_service.py")!r})["main"]
        stand_ins = dict(extractor=SentenceExtractor(), embedder=LetterEmbedder(), relation_model=WordRelationModel())
        main(sys.argv[1:], **stand_ins)
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(store), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_several_services_answer_on_one_store_while_it_is_written(store: Path) -> None:
    processes = [served(store) for _ in range(2)]
    try:
        addresses = [process.stdout.readline().strip() for process in processes if process.stdout is not None]
        with Tracker.open(store, **parts()):
            answers = [asked(address, {"claim": OPENS}) for address in addresses]
    finally:
        for process in processes:
            process.terminate()
            process.communicate(timeout=60)

    assert [(status, answer["status"]) for status, answer in answers] == [(200, "supported")] * 2


def asked(address: str, question: object) -> tuple[int, Any]:
    host, _, path = address.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("POST", f"/{path}", json.dumps(question))
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


# -- a relation model of one's own -----------------------------------------------------------------------------------------


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows = [
        (OPENS, NOT_OPENS, "contradiction"),
        ("The dam will hold.", "The dam will not hold.", "contradiction"),
        ("The dam will hold.", "Prices never rise.", "neutral"),
        ("The mayor of Porto resigned.", "The mayor of Porto resigned.", "entailment"),
        ("Rain fell in the north.", "In the north rain fell.", "entailment"),
        ("Rain fell in the north.", "The union went on strike.", "neutral"),
    ]
    path = tmp_path / "labelled.jsonl"
    lines = [json.dumps({"premise": p, "hypothesis": h, "label": label}) for p, h, label in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_thresholds_are_the_lowest_that_are_precise_enough_on_the_labelled_pairs(labelled: Path) -> None:
    """The stand-in is right about all six: the bar is what it gives a label that it is sure of."""
    own = example("own_relation_model")
    pairs, labels = own["read_pairs"](labelled)

    thresholds = own["choose_thresholds"](WordRelationModel(), pairs, labels, 0.9)

    assert (thresholds.contradiction, thresholds.pair_contradiction) == (0.9, 0.9)
    assert (thresholds.entailment, thresholds.pair_entailment) == (0.9, 0.9)


def test_a_model_that_is_never_precise_enough_may_only_speak_when_it_is_certain(labelled: Path) -> None:
    own = example("own_relation_model")
    pairs, labels = own["read_pairs"](labelled)

    thresholds = own["choose_thresholds"](WordRelationModel(), pairs, 2 - labels, 0.9)

    assert (thresholds.contradiction, thresholds.entailment) == (1.0, 1.0)


def test_a_model_that_is_always_right_is_made_surer_and_keeps_the_rules_of_a_relation_model(labelled: Path) -> None:
    own = example("own_relation_model")
    pairs, labels = own["read_pairs"](labelled)

    model = own["tempered"](WordRelationModel(), pairs, labels)

    assert model.name == "word-overlap-0.6, temperature 0.25"
    assert model.judge(pairs).sum(axis=1) == pytest.approx(1.0)
    assert model.judge([]).shape == (0, 3)
    assert float(np.min(model.judge(pairs)[np.arange(6), labels])) > 0.99


def test_a_report_is_made_with_the_model_and_its_thresholds(labelled: Path, folder: Path) -> None:
    (folder / "south.txt").write_text(NOT_OPENS, encoding="utf-8")

    code, out, err = run("own_relation_model", labelled, folder)

    assert (code, err) == (None, "")
    assert "word-overlap-0.6, temperature 0.25: calibration error 0.000 on 6 pairs" in out
    assert "Contradictions (1)" in out


def test_without_a_model_the_user_is_told_what_is_missing(
    labelled: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        example("own_relation_model")["main"]([str(labelled), str(folder)])

    assert "--model must name a folder" in capsys.readouterr().err
