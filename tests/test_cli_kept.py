"""The commands on a store: the way of a newcomer, and what is said where something is not as it should be."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shutil
import sqlite3
import sys
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pyarrow.parquet
import pytest
import typer.main
from rich.cells import cell_len

from claimtrack import Tracker, read
from claimtrack.cli import app, main
from claimtrack.embedding import Embeddings
from claimtrack.export import TABLES
from claimtrack.relations import Probabilities
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
from test_cli import ESCAPES, MARKUP, NOT_OPENS, OPENS, Outcome, Run, lines_of, live_characters

ALSO_OPENS = OPENS.replace("in June", "early in June")
FERRY = "Ferry passengers waited six hours near Valletta because fog closed every harbour of the island."
NORTH = {"id": "north", "source": "North", "published": "2031-03-01", "title": "A bridge", "text": OPENS}
SOUTH = {"id": "south", "source": "South", "published": "2031-03-02", "title": "No bridge", "text": NOT_OPENS}
WEST = {"id": "west", "source": "West", "published": "2031-03-03", "title": "Early", "text": ALSO_OPENS}

COMMAND = typer.main.get_command(app)
"""What typer makes of the commands anew for each run; made once, for that is most of a run's time."""

STORED = ["articles", "old versions", "claims", "judged pairs", "clusters when last seen", "corrections"]


class Clock:
    """Goes on by an hour when it is told to."""

    now = datetime.datetime(2031, 3, 4, 8, tzinfo=datetime.UTC)

    def __call__(self) -> datetime.datetime:
        return self.now

    def tick(self) -> None:
        self.now += datetime.timedelta(hours=1)


class NeutralModel(WordRelationModel):
    """Says that nothing has to do with anything."""

    name = "neutral"

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        return np.tile(np.array([[0.05, 0.9, 0.05]]), (len(pairs), 1))


def doubles(clock: Clock) -> dict[str, Any]:
    return {
        "embedder": LetterEmbedder(),
        "extractor": SentenceExtractor(),
        "relation_model": WordRelationModel(),
        "clock": clock,
    }


@pytest.fixture(name="clock")
def made_clock() -> Clock:
    return Clock()


@pytest.fixture(name="parts")
def made_parts(clock: Clock) -> dict[str, Any]:
    """The parts that the program is run with; a test may exchange one."""
    return doubles(clock)


@pytest.fixture(name="run")
def run_doubled(
    parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run the program in this process, with doubles for the models, and without a long wait for another writer."""

    class DoubledTracker(Tracker):
        def __init__(self, **given: Any) -> None:
            super().__init__(**(parts | {name: part for name, part in given.items() if part is not None}))

        @classmethod
        def open(cls, path: Any, **options: Any) -> Tracker:
            return super().open(path, **({"timeout": 0.05} | options))

    for commands in ("once", "kept"):
        monkeypatch.setattr(f"claimtrack.cli.{commands}.Tracker", DoubledTracker)
    monkeypatch.setattr("claimtrack.cli.program.app", COMMAND)

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


def rows_file(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lines_of(*rows))
    return path


def write_articles(folder: Path) -> None:
    """Monday: two articles that contradict each other. Tuesday: one that agrees with one of them, one on something else."""
    rows_file(folder / "monday" / "articles.jsonl", NORTH, SOUTH)
    rows_file(folder / "tuesday" / "articles.jsonl", WEST)
    (folder / "tuesday" / "ferry.txt").write_text(FERRY, encoding="utf-8")


@pytest.fixture
def monday(tmp_path: Path) -> Path:
    write_articles(tmp_path)
    return tmp_path / "monday"


@pytest.fixture
def tuesday(monday: Path) -> Path:
    return monday.with_name("tuesday")


@pytest.fixture(scope="module")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles and their store; it is copied, never changed."""
    folder = tmp_path_factory.mktemp("made")
    write_articles(folder)
    clock = Clock()
    with Tracker.open(folder / "desk.db", **doubles(clock)) as tracker:
        tracker.add(read(folder / "monday"))
        clock.tick()
        tracker.add(read(folder / "tuesday"))
        assert len(tracker.clusters) == 1
    return folder


@pytest.fixture
def desk(made_desk: Path, clock: Clock, tmp_path: Path) -> Path:
    """A store with Monday's articles, and an hour later Tuesday's; the folders stand beside it."""
    clock.tick()
    return shutil.copytree(made_desk, tmp_path, dirs_exist_ok=True) / "desk.db"


def parsed(outcome: Outcome) -> Any:
    """What a run that went well says as JSON, with nothing in it that a terminal would obey."""
    assert (outcome.code, outcome.err) == (0, "")
    assert not live_characters(outcome.out)
    return json.loads(outcome.out)


def shown(outcome: Outcome) -> str:
    """The words that a run that went well shows in a terminal, in lines of at most 80 columns."""
    assert (outcome.code, outcome.err) == (0, "")
    assert max(map(cell_len, outcome.out.splitlines())) <= 80
    assert outcome.out.endswith("\n")
    assert not live_characters(outcome.out)
    return " ".join(outcome.out.split())


def complaint(outcome: Outcome) -> str:
    """The one line that a run complains in."""
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert not live_characters(outcome.err)
    assert len(outcome.complaints) == 1, outcome.err
    return outcome.complaints[0].removeprefix("claimtrack: ")


def exported(run: Run, store: Path) -> list[dict[str, Any]]:
    outcome = run("export", "--store", store)
    assert (outcome.code, outcome.err) == (0, "")
    return [json.loads(line) for line in outcome.out.splitlines()]


def ids_of(run: Run, store: Path) -> dict[str, tuple[str, str]]:
    """Article id and id of the first claim of each article, by the article's name."""
    rows = exported(run, store)
    first: dict[str, str] = {}
    for row in rows:
        if row["type"] == "claim":
            first.setdefault(row["article_id"], row["id"])
    return {row["name"]: (row["id"], first[row["id"]]) for row in rows if row["type"] == "article"}


def cluster_ids(run: Run, store: Path) -> list[str]:
    return [cluster["id"] for cluster in parsed(run("clusters", "--store", store, "--format", "json"))["clusters"]]


# -- the way of a newcomer -----------------------------------------------------------------------------------------------


def test_a_newcomer_goes_from_two_folders_to_a_corrected_store(
    run: Run, clock: Clock, monday: Path, tuesday: Path, tmp_path: Path
) -> None:
    """One story, as the README tells it; each command has tests of its own below."""
    store, as_json = tmp_path / "desk.db", ("--format", "json")

    assert shown(run("add", "--store", store, monday)) == "new: 2 of 2 articles; kept: 2 claims, 1 cluster."
    since = clock.now.isoformat()
    clock.tick()
    added = parsed(run("add", "--store", store, tuesday, *as_json))
    assert [added[name] for name in ("read", "ended", "claims", "clusters")] == [2, 0, 4, 1]
    assert len(added["new"]) == 2

    [cluster] = parsed(run("clusters", "--store", store, *as_json))["clusters"]
    assert cluster["sources"] == ["North", "South", "West"]
    assert len(cluster["contradictions"]) == 2
    hits = parsed(run("search", "Will the bridge open in June?", "--store", store, "-k", 3, *as_json))
    assert {hit["claim"]["text"] for hit in hits} == {OPENS, NOT_OPENS, ALSO_OPENS}
    assert parsed(run("check", OPENS, "--store", store, *as_json))["status"] == "disputed"
    told = parsed(run("timeline", cluster["id"], "--store", store, *as_json))
    assert [side["first"]["outlet"] for side in told["sides"]] == ["North", "South"]
    new = parsed(run("changes", "--since", since, "--store", store, *as_json))
    assert new["articles"] == sorted(added["new"])
    assert new["gained"] == [{"cluster_id": cluster["id"], "side": 0, "outlets": ["West"]}]

    for one, other in cluster["contradictions"]:
        kept = parsed(run("correct", "dismiss", one, other, "--by", "Desk", "--store", store, *as_json))
    assert len(kept) == 2
    [left] = parsed(run("clusters", "--store", store, *as_json))["clusters"]
    assert (left["sources"], left["contradictions"]) == (["North", "West"], [])
    run("export", "--store", store, "-o", tmp_path / "desk.jsonl")

    other_store = tmp_path / "other.db"
    run("add", "--store", other_store, monday, tuesday)
    assert len(parsed(run("clusters", "--store", other_store, "--contradicting", *as_json))["clusters"]) == 1
    run("correct", "--import", tmp_path / "desk.jsonl", "--store", other_store)
    assert parsed(run("clusters", "--store", other_store, *as_json)) == parsed(
        run("clusters", "--store", store, *as_json)
    )

    parsed(run("correct", "--undo", kept[0]["id"], "--store", store, *as_json))
    assert len(parsed(run("clusters", "--store", store, "--contradicting", *as_json))["clusters"]) == 1
    removed = parsed(run("remove", *added["new"], "--store", store, *as_json))
    assert removed == {"removed": added["new"], "articles": 2, "clusters": len(cluster_ids(run, store))}
    assert parsed(run("info", "--store", store, *as_json))["articles"] == 2


# -- add and relate --------------------------------------------------------------------------------------------------------


def test_what_is_kept_already_is_left_alone(run: Run, desk: Path, monday: Path, tuesday: Path) -> None:
    before = run("export", "--store", desk)

    again = run("add", "--store", desk, monday, tuesday)

    assert shown(again) == "new: 0 of 4 articles; kept: 4 claims, 1 cluster."
    assert run("export", "--store", desk) == before


def test_the_order_in_which_articles_came_does_not_matter(
    run: Run, desk: Path, monday: Path, tuesday: Path, tmp_path: Path
) -> None:
    at_once, backwards = tmp_path / "once.db", tmp_path / "backwards.db"
    run("add", "--store", at_once, tuesday, monday)
    for folder in (tuesday, monday):
        run("add", "--store", backwards, folder)

    for command in (["clusters", "--format", "json"], ["export"], ["check", OPENS, "--format", "json"]):
        outcome = run(*command, "--store", desk)

        assert (outcome.code, outcome.err) == (0, "")
        assert run(*command, "--store", at_once) == run(*command, "--store", backwards) == outcome


def test_an_article_that_can_not_be_read_does_not_keep_the_others_out(run: Run, monday: Path, tmp_path: Path) -> None:
    (monday / "binary.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 40)
    store = tmp_path / "desk.db"

    outcome = run("add", "--store", store, monday, "--format", "json")

    assert complaint(outcome).startswith(f"{monday / 'binary.txt'}")
    assert json.loads(outcome.out)["read"] == 2
    assert set(ids_of(run, store)) == {"north", "south"}


def test_a_broken_line_is_named_and_the_other_lines_are_kept(run: Run, tmp_path: Path) -> None:
    file = rows_file(tmp_path / "rows.jsonl", NORTH, b'{"text":', SOUTH)

    outcome = run("add", "--store", tmp_path / "desk.db", file)

    assert complaint(outcome).startswith(f"{file}, line 2: ")
    assert set(ids_of(run, tmp_path / "desk.db")) == {"north", "south"}


def test_with_nothing_to_add_no_store_is_made(run: Run, tmp_path: Path) -> None:
    outcome = run("add", "--store", tmp_path / "desk.db", tmp_path / "missing.txt")

    assert (outcome.code, outcome.out, len(outcome.complaints)) == (1, "", 2)
    assert outcome.complaints[1] == "claimtrack: there is nothing to add: no article could be read."
    assert list(tmp_path.iterdir()) == []


def test_an_update_takes_the_place_of_the_article_at_its_address(run: Run, tmp_path: Path) -> None:
    store, address = tmp_path / "desk.db", {"url": "https://north.example/bridge"}
    run("add", "--store", store, rows_file(tmp_path / "a.jsonl", NORTH | address, WEST))
    changed = rows_file(tmp_path / "b.jsonl", NORTH | address | {"id": "north-2", "text": NOT_OPENS})

    outcome = run("add", "--store", store, changed, "--update")

    assert shown(outcome) == "new: 1 of 1 article, 1 new version among them; kept: 2 claims, 1 cluster."
    assert set(ids_of(run, store)) == {"north-2", "west"}
    [cluster] = parsed(run("clusters", "--store", store, "--format", "json"))["clusters"]
    assert len(cluster["contradictions"]) == 1
    info = parsed(run("info", "--store", store, "--format", "json"))
    assert [info[name] for name in STORED[:3]] == [2, 1, 2]
    again = parsed(run("add", "--store", store, changed, "--update", "--format", "json"))
    assert (again["new"], again["ended"], again["claims"]) == ([], 0, 2)


def test_a_timeline_tells_what_an_update_withdrew(run: Run, tmp_path: Path) -> None:
    store, address = tmp_path / "desk.db", {"url": "https://north.example/bridge"}
    run("add", "--store", store, rows_file(tmp_path / "a.jsonl", NORTH | address, WEST))
    run("add", "--store", store, rows_file(tmp_path / "b.jsonl", NORTH | address | {"text": NOT_OPENS}), "--update")
    [cluster_id] = cluster_ids(run, store)

    words = shown(run("timeline", cluster_id, "--store", store))
    told = parsed(run("timeline", cluster_id, "--store", store, "--format", "json"))

    assert f"Withdrawn (1) 2031-03-04 North {OPENS}" in words
    assert [(gone["outlet"], gone["date"]) for gone in told["withdrawn"]] == [("North", "2031-03-04")]


def test_without_update_a_changed_article_is_another_article(run: Run, tmp_path: Path) -> None:
    store, address = tmp_path / "desk.db", {"url": "https://north.example/bridge"}
    run("add", "--store", store, rows_file(tmp_path / "a.jsonl", NORTH | address))
    changed = rows_file(tmp_path / "b.jsonl", NORTH | address | {"text": NOT_OPENS})

    told = parsed(run("add", "--store", store, changed, "--format", "json"))

    assert (told["ended"], told["claims"], told["clusters"]) == (0, 2, 1)


def test_judging_can_wait_for_relate(run: Run, monday: Path, tuesday: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"

    told = parsed(run("add", "--store", store, monday, tuesday, "--no-relate", "--format", "json"))

    assert (told["claims"], told["clusters"]) == (4, 0)
    assert len(parsed(run("search", "bridge", "--store", store, "--format", "json"))) == 4
    assert shown(run("relate", "--store", store)) == "judged: 3 pairs; 1 cluster."
    assert parsed(run("relate", "--store", store, "--format", "json")) == {"judged": 0, "clusters": 1}


def test_pairs_that_another_model_judged_are_told_in_one_line(run: Run, desk: Path, parts: dict[str, Any]) -> None:
    """Else a newcomer with a new version would read old judgements for new ones."""
    parts["relation_model"] = NeutralModel()

    outcome = run("add", "--store", desk, desk.parent / "monday")

    assert (outcome.code, len(outcome.complaints)) == (0, 1)
    assert outcome.complaints[0].startswith("claimtrack: 3 pairs were judged by word-overlap-0.6, ")
    assert outcome.complaints[0].endswith(f" Hint: claimtrack relate --store {desk}")
    assert shown(run("relate", "--store", desk)) == "judged: 3 pairs; 0 clusters."
    assert parsed(run("add", "--store", desk, desk.parent / "monday", "--format", "json"))["clusters"] == 0


@pytest.mark.filterwarnings("default::UserWarning")
def test_a_warning_of_a_part_is_one_line(run: Run, desk: Path, parts: dict[str, Any]) -> None:
    class CuttingEmbedder(LetterEmbedder):
        def embed(self, texts: Sequence[str], /) -> Embeddings:
            warnings.warn("1 text was cut\x1b", UserWarning, stacklevel=1)
            return super().embed(texts)

    parts["embedder"] = CuttingEmbedder()

    assert run("search", "bridge", "--store", desk).complaints == ["claimtrack: 1 text was cut␛"]


# -- asking ----------------------------------------------------------------------------------------------------------------


def test_clusters_are_shown_with_both_sides(run: Run, desk: Path) -> None:
    words = shown(run("clusters", "--store", desk))

    assert words.startswith("4 articles, 4 claims, 1 cluster, 1 with contradictions.")
    assert "will not open in June" in words
    assert "A1 against B1: contradiction 0.90, negation" in words
    assert cluster_ids(run, desk)[0] in words


def test_only_the_clusters_with_a_contradiction_can_be_shown(run: Run, desk: Path, tmp_path: Path) -> None:
    ferries = [{"id": n, "source": f"Harbour {n}", "text": FERRY.replace("closed", n)} for n in ("shut", "blocked")]
    run("add", "--store", desk, rows_file(tmp_path / "ferries.jsonl", *ferries))

    whole = parsed(run("clusters", "--store", desk, "--format", "json"))["clusters"]
    disputed = parsed(run("clusters", "--store", desk, "--contradicting", "--format", "json"))["clusters"]

    assert [bool(cluster["contradictions"]) for cluster in whole] == [True, False]
    assert disputed == whole[:1]
    assert "Ferry" not in shown(run("clusters", "--store", desk, "--contradicting"))


def test_sources_that_agree_are_not_said_to_have_nothing_in_common(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "agreed.db"
    run("add", "--store", store, rows_file(tmp_path / "a.jsonl", NORTH, {**NORTH, "id": "east", "source": "East"}))

    words = shown(run("clusters", "--store", store, "--contradicting"))

    assert words == (
        "2 articles, 2 claims, 0 clusters, 0 with contradictions; not shown: 1 cluster, 0 with contradictions. "
        "No two claims were found to contradict each other."
    )


def test_a_report_says_which_contradiction_a_person_decided(run: Run, desk: Path) -> None:
    ids = ids_of(run, desk)
    pair = [ids[name][1] for name in ("north", "south")]
    run("correct", "retype", *pair, "--label", "contradiction", "--kind", "time", "--by", "Ana", "--store", desk)

    assert re.search(r"contradiction decided by Ana on 2031-03-04, time\b", shown(run("clusters", "--store", desk)))


@pytest.mark.parametrize(
    ("name", "opening"), [("r.html", "<!doctype html"), ("r.md", "# "), ("r.json", "{"), ("r.txt", "4 articles")]
)
def test_clusters_go_to_a_file_in_the_form_of_its_ending(
    run: Run, desk: Path, tmp_path: Path, name: str, opening: str
) -> None:
    outcome = run("clusters", "--store", desk, "-o", tmp_path / name)

    assert outcome == Outcome(0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(opening)


def test_a_page_of_clusters_tells_what_is_new(run: Run, desk: Path, tmp_path: Path) -> None:
    run("clusters", "--store", desk, "--since", "2031-03-04T08:00", "-o", tmp_path / "r.html")

    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "New since 2031-03-04 08:00:00 UTC" in page
    assert "side A gained West" in page


def test_since_goes_with_a_page_only(run: Run, desk: Path) -> None:
    outcome = run("clusters", "--store", desk, "--since", "2031-03-04")

    assert (outcome.code, outcome.out) == (2, "")
    assert "--since goes with html" in outcome.err


def test_a_store_answers_a_check_as_its_articles_do(run: Run, desk: Path, monday: Path, tuesday: Path) -> None:
    for form in ("terminal", "json"):
        from_articles = run("check", OPENS, "--articles", monday, "--articles", tuesday, "--format", form)

        assert run("check", OPENS, "--store", desk, "--format", form) == from_articles
    words = shown(run("check", OPENS, "--store", desk))
    assert "Status: disputed" in words
    assert "Contradicting (1): - the outlet's own voice; South, 2031-03-02" in words


def test_a_text_is_checked_claim_by_claim(run: Run, desk: Path) -> None:
    text = f"{NOT_OPENS} A comet was seen over Lisbon last night. {NOT_OPENS}"

    found = parsed(run("check", text, "--text", "--store", desk, "--format", "json"))
    words = shown(run("check", text, "--text", "--store", desk))

    assert [(one["claim"], one["status"]) for one in found] == [
        (NOT_OPENS, "disputed"),
        ("A comet was seen over Lisbon last night.", "not found"),
    ]
    assert words.count("Claim: ") == 2
    assert "Claim: A comet was seen over Lisbon last night. Status: not found" in words


def test_a_text_is_checked_against_articles_too(run: Run, monday: Path) -> None:
    found = parsed(run("check", OPENS, "--text", "--articles", monday, "--format", "json"))

    assert [one["status"] for one in found] == ["disputed"]


def test_a_text_without_a_claim_is_said_to_have_none(run: Run, desk: Path) -> None:
    assert shown(run("check", "?!", "--text", "--store", desk)) == "The text holds no claim."
    assert parsed(run("check", "?!", "--text", "--store", desk, "--format", "json")) == []


def test_a_search_shows_the_words_their_place_and_the_id(run: Run, desk: Path) -> None:
    claim_id = ids_of(run, desk)["ferry.txt"][1]

    words = shown(run("search", "ferry passengers in the fog", "--store", desk))

    assert words.startswith(f"1. {FERRY} ferry.txt, undated; the outlet's own voice; similarity 0.")
    assert f"claim {claim_id} 2. " in words
    assert " 4. " in words


def test_a_search_gives_as_many_claims_as_are_asked_for(run: Run, desk: Path) -> None:
    two = parsed(run("search", "bridge", "--store", desk, "-k", 2, "--format", "json"))
    four = parsed(run("search", "bridge", "--store", desk, "--format", "json"))

    assert [len(two), len(four)] == [2, 4]
    assert two == four[:2]


def test_a_timeline_shows_when_each_side_appeared(run: Run, desk: Path) -> None:
    [cluster_id] = cluster_ids(run, desk)

    words = shown(run("timeline", cluster_id, "--store", desk))
    told = parsed(run("timeline", cluster_id, "--store", desk, "--format", "json"))

    assert "Side A, since 2031-03-01 2031-03-01 North, the outlet's own voice" in words
    assert "Side B, since 2031-03-02 2031-03-02 South, the outlet's own voice" in words
    assert told["cluster_id"] == cluster_id
    assert [[made["outlet"] for made in side["later"]] for side in told["sides"]] == [["West"], []]
    assert told["lineage"] == []


def test_a_cluster_is_found_under_the_id_that_it_had_before(run: Run, desk: Path) -> None:
    """The id stands in somebody's notes; the earliest article, which gave it, was withdrawn."""
    [before] = cluster_ids(run, desk)
    run("remove", ids_of(run, desk)["north"][0], "--store", desk)
    [now] = cluster_ids(run, desk)
    assert now != before

    told = parsed(run("timeline", before, "--store", desk, "--format", "json"))
    words = shown(run("timeline", before, "--store", desk))

    assert told["cluster_id"] == now
    assert [(event["what"], event["from_ids"], event["into_ids"]) for event in told["lineage"]] == [
        ("renamed", [before], [now])
    ]
    assert f"renamed: {before} -> {now}" in words


@pytest.mark.parametrize(
    ("since", "names"),
    [
        ("2031-03-04", ["north", "south", "west", "ferry.txt"]),
        ("2031-03-04T07:59:59", ["north", "south", "west", "ferry.txt"]),
        ("2031-03-04T08:00", ["west", "ferry.txt"]),
        ("2031-03-04T08:00:00Z", ["west", "ferry.txt"]),
        ("2031-03-04T10:00+02:00", ["west", "ferry.txt"]),
        ("2031-03-04 08:59:59.999", ["west", "ferry.txt"]),
        ("2031-03-04T09:00", []),
        ("2031-03-05", []),
    ],
)
def test_changes_tell_what_came_later_than_a_time(run: Run, desk: Path, since: str, names: list[str]) -> None:
    """Monday's articles came at 08:00 UTC, Tuesday's at 09:00; a time without a zone is UTC on every machine."""
    ids = ids_of(run, desk)

    told = parsed(run("changes", "--since", since, "--store", desk, "--format", "json"))

    assert sorted(told["articles"]) == sorted(ids[name][0] for name in names)


def test_changes_are_shown_with_outlets_and_words(run: Run, desk: Path) -> None:
    words = shown(run("changes", "--since", "2031-03-04T08:00", "--store", desk))

    assert words.startswith("2 articles added after 2031-03-04 08:00:00+00:00:")
    assert "New in known clusters (1)" in words
    assert f"New on side A: West, 2031-03-03, the outlet's own voice {ALSO_OPENS}" in words
    assert "Side A gained: West" in words
    nothing = shown(run("changes", "--since", "2031-03-05", "--store", desk))
    assert nothing == "No article was added after 2031-03-05 00:00:00+00:00."


def test_what_a_correction_made_of_clusters_is_noted(run: Run, clock: Clock, desk: Path) -> None:
    """Commands that only look cannot note it, so the one that changes clusters must."""
    claims = {name.split(".")[0]: both[1] for name, both in ids_of(run, desk).items()}
    [cluster_id] = cluster_ids(run, desk)
    clock.tick()

    run("correct", "split", claims["north"], claims["west"], "--by", "Desk", "--store", desk)
    run("correct", "dismiss", claims["south"], claims["west"], "--by", "Desk", "--store", desk)
    run("correct", "dismiss", claims["north"], claims["south"], "--by", "Desk", "--store", desk)

    events = [row for row in exported(run, desk) if row["type"] == "lineage"]
    assert [(event["what"], event["from_ids"], event["at"]) for event in events] == [
        ("ended", [cluster_id], clock.now.isoformat())
    ]


# -- correct ---------------------------------------------------------------------------------------------------------------


def test_a_dismissed_contradiction_is_gone_until_it_is_undone(run: Run, monday: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    run("add", "--store", store, monday)
    before = run("clusters", "--store", store)
    north, south = (ids_of(run, store)[name][1] for name in ("north", "south"))

    [cluster_id] = cluster_ids(run, store)

    told = shown(run("correct", "dismiss", north, south, "--by", "Desk", "--note", "two bridges", "--store", store))

    one, two = sorted(((north, OPENS), (south, NOT_OPENS)))
    [listed] = parsed(run("correct", "--store", store, "--format", "json"))
    kept = (
        f"dismiss, by Desk, 2031-03-04T08:00+00:00 [{listed['id']}] {' '.join(one)} {' '.join(two)} note: two bridges"
    )
    assert told == f"{kept} 2031-03-04T08:00+00:00 ended: {cluster_id} (2 claims)"
    assert shown(run("correct", "--store", store)) == kept
    assert (listed["first_id"], listed["second_id"], listed["by"]) == (one[0], two[0], "Desk")
    assert cluster_ids(run, store) == []
    assert shown(run("correct", "--undo", listed["id"], "--store", store)) == "Nothing was corrected."
    assert run("clusters", "--store", store) == before


def test_a_pair_is_said_to_be_another_relation(run: Run, desk: Path) -> None:
    ids = ids_of(run, desk)
    arguments = ["correct", "retype", ids["north"][1], ids["ferry.txt"][1], "--by", "Desk", "--store", desk]

    words = shown(run(*arguments, "--label", "contradiction", "--kind", "time"))

    assert words.startswith("retype as contradiction (time), by Desk, ")
    [cluster] = parsed(run("clusters", "--store", desk, "--format", "json"))["clusters"]
    assert sorted((ids["north"][1], ids["ferry.txt"][1])) in [sorted(pair) for pair in cluster["contradictions"]]


def test_two_articles_are_said_to_be_one_source(run: Run, desk: Path) -> None:
    ids = ids_of(run, desk)

    words = shown(run("correct", "copies", ids["west"][0], ids["north"][0], "--by", "Desk", "--store", desk))

    assert f"{ids['north'][0]} North: A bridge" in words
    assert f"{ids['west'][0]} West: Early" in words
    [cluster] = parsed(run("clusters", "--store", desk, "--format", "json"))["clusters"]
    assert cluster["independent_sources"] == 2
    assert [(fold["source"], fold["into"]) for fold in cluster["folds"]] == [("West", "North")]


def test_corrections_of_an_export_come_back_as_they_were(run: Run, desk: Path, clock: Clock, tmp_path: Path) -> None:
    ids = ids_of(run, desk)
    by = ["--by", "Zoë", "--store", desk]
    run("correct", "dismiss", ids["north"][1], ids["south"][1], "--note", "two bridges", *by)
    clock.tick()
    run("correct", "independent", ids["north"][0], ids["west"][0], *by)
    run("export", "--store", desk, "-o", tmp_path / "desk.jsonl")
    other = tmp_path / "other.db"
    run("add", "--store", other, desk.parent / "monday")

    outcome = run("correct", "--import", tmp_path / "desk.jsonl", "--store", other, "--format", "json")

    assert parsed(outcome) == parsed(run("correct", "--store", desk, "--format", "json"))
    assert len(parsed(outcome)) == 2
    assert run("correct", "--import", tmp_path / "desk.jsonl", "--store", other, "--format", "json") == outcome
    assert "(not kept now)" in shown(run("correct", "--store", other))
    run("add", "--store", other, desk.parent / "tuesday")
    for command in (["clusters", "--format", "json"], ["correct"]):
        assert run(*command, "--store", other) == run(*command, "--store", desk)


GOOD = {
    "type": "correction",
    "id": "made elsewhere",
    "action": "dismiss",
    "first_id": "a",
    "second_id": "b",
    "label": None,
    "kind": None,
    "by": "Desk",
    "at": "2031-03-01T00:00:00+00:00",
    "note": None,
}
BROKEN_CORRECTIONS: list[tuple[str, Any, str]] = [
    ("no JSON", b'{"type": "correction"', "each line must be a JSON object in UTF-8; "),
    ("no object", ["correction"], "each line must be a JSON object; got list."),
    ("no UTF-8", b'{"type": "correction", "by": "\xff"}', "each line must be a JSON object in UTF-8; "),
    ("a field is missing", {"type": "correction"}, "a correction must have the field 'action'."),
    ("no action", GOOD | {"action": "dance"}, "'dance' is not a valid Action"),
    ("an action that is a list", GOOD | {"action": ["dismiss"]}, "is not a valid Action"),
    ("an id that is a number", GOOD | {"first_id": 1}, "'first_id' must be <class 'str'> (got 1 that is a "),
    ("nobody", GOOD | {"by": ""}, "Length of 'by' must be >= 1: 0"),
    ("no time", GOOD | {"at": "yesterday"}, "Invalid isoformat string: 'yesterday'"),
    ("a time that is a number", GOOD | {"at": 7}, "fromisoformat: argument must be str"),
    ("no time zone", GOOD | {"at": "2031-03-01T00:00:00"}, "at must be a time with a time zone; got 2031-03-01"),
    ("ids the wrong way round", GOOD | {"first_id": "c"}, "first_id must be < Correction.second_id; got 'c', 'b'."),
    ("a label too many", GOOD | {"label": "neutral"}, "Correction.label goes with confirm and retype"),
    ("escapes", GOOD | {"action": ESCAPES}, "is not a valid Action"),
]


def test_broken_lines_of_an_import_are_named_and_the_others_are_kept(run: Run, desk: Path, tmp_path: Path) -> None:
    rows = [GOOD, *(row for _, row, _ in BROKEN_CORRECTIONS), {"type": "claim"}, b"", GOOD | {"second_id": "z"}]
    file = rows_file(tmp_path / "import.jsonl", *rows)

    outcome = run("correct", "--import", file, "--store", desk, "--format", "json")

    assert outcome.code == 1
    assert not live_characters(outcome.err)
    assert len(outcome.complaints) == len(BROKEN_CORRECTIONS)
    for line, said, (_, _, rule) in zip(range(2, 99), outcome.complaints, BROKEN_CORRECTIONS, strict=False):
        assert said.startswith(f"claimtrack: {file}, line {line}: ")
        assert rule in said
        assert "Attribute(" not in said
    assert [(kept["first_id"], kept["second_id"]) for kept in json.loads(outcome.out)] == [("a", "b"), ("a", "z")]
    assert len(parsed(run("correct", "--store", desk, "--format", "json"))) == 2


# -- remove, export, info ------------------------------------------------------------------------------------------------


def test_what_is_removed_is_in_no_byte_of_the_store(run: Run, desk: Path) -> None:
    article_id = ids_of(run, desk)["ferry.txt"][0]
    assert b"Valletta" in desk.read_bytes()

    words = shown(run("remove", article_id, article_id, "--store", desk))

    assert words == "removed: 1 article; left: 3 articles, 1 cluster."
    for file in desk.parent.glob("desk.db*"):
        assert b"Valletta" not in file.read_bytes()
    assert set(ids_of(run, desk)) == {"north", "south", "west"}


def test_a_removed_article_comes_back_as_it_was(run: Run, desk: Path) -> None:
    before = run("clusters", "--store", desk, "--format", "json")
    north = ids_of(run, desk)["north"][0]

    parsed(run("remove", north, "--store", desk, "--format", "json"))
    run("add", "--store", desk, desk.parent / "monday")

    assert run("clusters", "--store", desk, "--format", "json") == before


def test_an_emptied_store_answers_every_question(run: Run, desk: Path) -> None:
    run("remove", *(article for article, _ in ids_of(run, desk).values()), "--store", desk)

    assert shown(run("search", "bridge", "--store", desk)) == "Nothing is kept that could be found."
    assert parsed(run("search", "bridge", "--store", desk, "--format", "json")) == []
    assert "Status: not found" in shown(run("check", OPENS, "--store", desk))
    assert shown(run("clusters", "--store", desk)).startswith("0 articles, 0 claims")
    assert shown(run("changes", "--since", "2031-01-01", "--store", desk)).startswith("No article was added")
    info = shown(run("info", "--articles", "--store", desk))
    assert "articles 0" in info
    assert "last added never" in info
    assert {row["type"] for row in exported(run, desk)} <= {"lineage"}


def test_an_export_holds_everything_but_the_articles_text(run: Run, desk: Path, tmp_path: Path) -> None:
    ids = ids_of(run, desk)
    run("correct", "dismiss", ids["north"][1], ids["ferry.txt"][1], "--by", "Desk", "--store", desk)
    run("remove", ids["north"][0], "--store", desk)
    update = rows_file(tmp_path / "update.jsonl", WEST | {"text": NOT_OPENS.replace("June", "May")})
    run("add", "--store", desk, update, "--update")

    rows = exported(run, desk)

    kinds = [row["type"] for row in rows]
    order = ["article", "claim", "relation", "cluster", "correction", "version", "lineage"]
    assert list(dict.fromkeys(kinds)) == order
    assert kinds == sorted(kinds, key=order.index)
    articles = [row for row in rows if row["type"] == "article"]
    assert {row["name"] for row in articles} == {"south", "west", "ferry.txt"}
    assert {*articles[0]} == {"type", "id", "name", "title", "source", "published", "author", "url", "wire"}


def test_an_export_is_the_same_in_a_file_and_on_stdout(run: Run, desk: Path, tmp_path: Path) -> None:
    outcome = run("export", "--store", desk)

    assert run("export", "--store", desk, "--format", "jsonl", "-o", tmp_path / "e.jsonl") == Outcome(0, "", "")
    assert (tmp_path / "e.jsonl").read_bytes() == outcome.out.encode()
    assert outcome.out.isascii()


@pytest.mark.parametrize(
    ("options", "opened"),
    [
        ("--format csv", lambda data: [row["text"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]),
        ("--format parquet", lambda data: pyarrow.parquet.read_table(io.BytesIO(data))["text"].to_pylist()),
        ("--format graphml", lambda data: [*nx.parse_graphml(data.decode()).nodes(data="text")]),
        ("--format claimreview", lambda data: [review["claimReviewed"] for review in json.loads(data)["@graph"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_form_of_an_export_opens_in_its_program(
    run: Run, desk: Path, tmp_path: Path, options: str, opened: Callable[[bytes], list[Any]]
) -> None:
    claims = {row["id"]: row["text"] for row in exported(run, desk) if row["type"] == "claim"}

    outcome = run("export", "--store", desk, *options.split(), "-o", tmp_path / "out")

    assert outcome == Outcome(0, "", "")
    found = opened((tmp_path / "out").read_bytes())
    if options.endswith("claimreview"):
        assert len(found) == 2
        assert set(found) <= set(claims.values())
    else:
        assert found == [*(claims.items() if options.endswith("graphml") else claims.values())]


def test_a_zip_file_holds_all_tables_and_one_is_chosen_by_name(run: Run, desk: Path, tmp_path: Path) -> None:
    run("export", "--store", desk, "--format", "csv", "-o", tmp_path / "all.zip")
    run("export", "--store", desk, "--format", "csv", "--table", "articles", "-o", tmp_path / "a.csv")
    run("export", "--store", desk, "--format", "csv", "--table", "articles", "-o", tmp_path / "one.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as every, zipfile.ZipFile(tmp_path / "one.zip") as one:
        assert every.namelist() == [f"{name}.csv" for name in TABLES]
        assert one.namelist() == ["articles.csv"]
        assert every.read("articles.csv") == one.read("articles.csv") == (tmp_path / "a.csv").read_bytes()
        assert every.read("versions.csv").decode("utf-8-sig") == "article_id,by_id,at\r\n"


def test_parquet_is_not_written_to_a_terminal(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.cli.kept.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))

    outcome = run("export", "--store", desk, "--format", "parquet")

    assert (outcome.code, outcome.out) == (2, "")
    assert "give -o FILE" in outcome.err


def test_an_export_without_its_library_names_the_command_that_installs_it(
    run: Run, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    outcome = run("export", "--store", desk, "--format", "parquet", "-o", tmp_path / "out")

    assert "pip install 'claimtrack[parquet]'" in complaint(outcome)
    assert not (tmp_path / "out").exists()


def test_info_tells_what_is_kept_and_what_it_was_made_with(run: Run, desk: Path) -> None:
    info = parsed(run("info", "--store", desk, "--format", "json"))
    words = shown(run("info", "--store", desk))

    assert [info[name] for name in STORED] == [4, 0, 4, 3, 1, 0]
    assert (info["published"], info["undated"]) == ("2031-03-01 to 2031-03-03", 1)
    assert info["last added"] == "2031-03-04T09:00:00+00:00"
    assert info["embedder"] == "letter-trigrams-64"
    assert info["file size"] == desk.stat().st_size
    assert "list" not in info
    for name in (*STORED, "published", "last added", "embedder", "file size"):
        assert f"{name} {info[name]}" in words


def test_info_lists_articles_by_id(run: Run, desk: Path) -> None:
    ids = ids_of(run, desk)

    listed = parsed(run("info", "--articles", "--store", desk, "--format", "json"))["list"]
    words = shown(run("info", "--articles", "--store", desk))

    assert {row["name"]: row["id"] for row in listed} == {name: article for name, (article, _) in ids.items()}
    assert f"{ids['north'][0]} 2031-03-01 North: A bridge" in words
    assert f"{ids['ferry.txt'][0]} undated ferry.txt:" in words


def test_reading_leaves_the_store_as_it_is(run: Run, desk: Path) -> None:
    [cluster_id] = cluster_ids(run, desk)
    before = {path.name: path.read_bytes() for path in desk.parent.glob("desk.db*")}

    for command in (*READING_COMMANDS, ["timeline", cluster_id]):
        run(*command, "--store", desk)

    assert {path.name: path.read_bytes() for path in desk.parent.glob("desk.db*")} == before


# -- stores that are not as they should be -------------------------------------------------------------------------------

READING_COMMANDS: list[list[str]] = [
    ["clusters"],
    ["check", OPENS],
    ["check", OPENS, "--text"],
    ["search", "bridge"],
    ["timeline", "0123456789abcdef"],
    ["changes", "--since", "2031-03-04"],
    ["correct"],
    ["export"],
    ["info", "--articles"],
]
WRITING_COMMANDS: list[list[str]] = [
    ["relate"],
    ["remove", "0123456789abcdef"],
    ["correct", "dismiss", "a", "b", "--by", "Desk"],
    ["correct", "--undo", "0123456789abcdef"],
    ["correct", "--import", "import.jsonl"],
]
every_command = pytest.mark.parametrize("command", READING_COMMANDS + WRITING_COMMANDS, ids=" ".join)


@every_command
def test_a_store_that_is_not_there_is_named_and_not_made(
    run: Run, command: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped name must not become an empty store; `add` alone makes one."""
    monkeypatch.chdir(tmp_path)
    rows_file(tmp_path / "import.jsonl", GOOD)

    outcome = run(*command, "--store", tmp_path / "typo.db")

    assert complaint(outcome).startswith(f"{tmp_path / 'typo.db'}: a store ")
    assert "must be there; no such file" in outcome.err
    assert outcome.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["import.jsonl"]


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE customer (name TEXT)")
    connection.commit()
    connection.close()


@every_command
@pytest.mark.parametrize("kind", ["text", "database"])
def test_a_foreign_file_is_refused_and_left_alone(
    run: Run, command: Sequence[str], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows_file(tmp_path / "import.jsonl", GOOD)
    foreign = tmp_path / "foreign.db"
    if kind == "text":
        foreign.write_text("Notes of the desk, and no store. " * 200, encoding="utf-8")
    else:
        other_database(foreign)
    before = foreign.read_bytes()

    outcome = run(*command, "--store", foreign)

    said = {"text": "file is not a database.", "database": "this is another database."}[kind]
    assert complaint(outcome).startswith(f"{foreign}: ")
    assert said in outcome.err
    assert (outcome.out, foreign.read_bytes()) == ("", before)


def test_articles_are_not_added_to_a_foreign_file(run: Run, monday: Path, tmp_path: Path) -> None:
    other_database(tmp_path / "foreign.db")
    before = (tmp_path / "foreign.db").read_bytes()

    outcome = run("add", "--store", tmp_path / "foreign.db", monday)

    assert "this is another database." in complaint(outcome)
    assert (tmp_path / "foreign.db").read_bytes() == before


@pytest.mark.parametrize("command", [["clusters"], ["relate"]], ids=" ".join)
def test_a_folder_is_no_store(run: Run, command: list[str], tmp_path: Path) -> None:
    assert complaint(run(*command, "--store", tmp_path)).startswith(f"{tmp_path}: ")


def test_a_second_writer_is_told_and_readers_are_not_kept_waiting(
    run: Run, desk: Path, parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.parent)
    rows_file(desk.parent / "import.jsonl", GOOD)
    before = run("export", "--store", desk)

    with Tracker.open(desk, **parts):
        for command in (*WRITING_COMMANDS, ["add", "monday"]):
            outcome = run(*command, "--store", desk)

            assert complaint(outcome).startswith(f"{desk}: a store has one writer at a time; another held it for ")
            assert outcome.out == ""
        assert run("export", "--store", desk) == before
    assert run("relate", "--store", desk).code == 0


def test_a_store_of_another_embedder_is_refused_in_one_line(run: Run, desk: Path, parts: dict[str, Any]) -> None:
    parts["embedder"] = LetterEmbedder(32)

    for command in (["clusters"], ["search", "bridge"], ["check", OPENS], ["relate"]):
        said = complaint(run(*command, "--store", desk))

        assert "made with, 'letter-trigrams-64'; got 'letter-trigrams-32'." in said


# -- wrong values, and wrong use -----------------------------------------------------------------------------------------

ERRORS: list[tuple[str, str]] = [
    ("timeline nope", "cluster_id must be that of a cluster; got 'nope'."),
    ("remove NORTH nope", "article_ids must be ids of kept articles; got 'nope'."),
    ("remove north", "article_ids must be ids of kept articles; got"),
    ("correct dismiss north nope --by Desk", "dismiss must be said of kept claims; got 'nope'."),
    ("correct dismiss NORTH SOUTH --by Desk", "dismiss must be said of kept claims; got"),
    ("correct copies north south --by Desk", "copies must be said of kept articles; got"),
    ("correct dismiss north north --by Desk", "dismiss must be said of two claims; got"),
    ("correct confirm north ferry --by Desk", "confirm must be said of a judged pair; got"),
    (
        "correct retype north south --by Desk",
        "Correction.label goes with confirm and retype, and only there; got None.",
    ),
    ("correct join north south --by Desk --label neutral", "Correction.label goes with confirm and retype, and only"),
    ("correct retype north south --by Desk --label neutral --kind time", "Correction.kind must be given for a contra"),
    ("correct dismiss north south --by _", "Length of 'by' must be >= 1: 0"),
    ("correct --undo nope", "correction_id must be that of a kept correction; got 'nope'."),
    ("correct --import missing.jsonl", "missing.jsonl: No such file or directory"),
    ("correct --import monday", "monday: Is a directory"),
    ("check _", "claim must be a text that is not empty; got ''."),
    ("check _ --text", "text must be a text that is not empty; got ''."),
    ("search _", "query must be a text that is not empty; got ''."),
    ("changes --since yesterday", "--since must be an ISO date or time; got 'yesterday'."),
    ("changes --since 2031-13-01", "--since must be an ISO date or time; got '2031-13-01'."),
    ("changes --since 0001-01-01T00:00+05:00", "--since must be an ISO date or time; got '0001-01-01T00:00+05:00'."),
    ("clusters --format html --since 9999-12-31T23:00-05:00", "--since must be an ISO date or time; got '9999-12-31"),
    ("changes --since _", "--since must be an ISO date or time; got ''."),
    ("export -o none/e.jsonl", "none/e.jsonl: the folder to write to must exist."),
    ("clusters -o none/r.html", "none/r.html: the folder to write to must exist."),
    ("export -o desk.db", "desk.db: the output must be another file than the store."),
    ("clusters -o ./monday/../desk.db", "desk.db: the output must be another file than the store."),
]


@pytest.mark.parametrize(("words", "said"), ERRORS, ids=[words for words, _ in ERRORS])
def test_a_wrong_value_is_one_line_and_nothing_is_changed(
    run: Run, desk: Path, words: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the table a name stands for its claim's id, in capitals for its article's; _ is the empty text."""
    monkeypatch.chdir(desk.parent)
    ids = {name.split(".")[0]: both for name, both in ids_of(run, desk).items()}
    stand_for = {"_": ""} | {name: both[1] for name, both in ids.items()} | {n.upper(): b[0] for n, b in ids.items()}
    arguments = words.split() if words == "remove north" else [stand_for.get(word, word) for word in words.split()]
    before = run("export", "--store", desk)

    outcome = run(*arguments, "--store", desk)

    assert said in complaint(outcome)
    assert outcome.out == ""
    assert run("export", "--store", desk) == before


WRONG_USE = [
    "add monday",
    "add --store desk.db",
    "add monday --store desk.db --format html",
    "relate",
    "relate monday --store desk.db",
    "clusters",
    "clusters --store desk.db --format docx",
    "check --store desk.db",
    "check claim --store desk.db --articles monday",
    "check claim --text",
    "search --store desk.db",
    "search bridge",
    "search bridge --store desk.db -k 0",
    "search bridge --store desk.db -k many",
    "timeline --store desk.db",
    "changes --store desk.db",
    "correct dismiss a b --store desk.db",
    "correct dismiss a --by Desk --store desk.db",
    "correct dismiss --by Desk --store desk.db",
    "correct dismiss a b c --by Desk --store desk.db",
    "correct dance a b --by Desk --store desk.db",
    "correct retype a b --by Desk --label agree --store desk.db",
    "correct dismiss a b --by Desk --undo c --store desk.db",
    "correct --undo a --import b --store desk.db",
    "correct dismiss a b --by Desk",
    "remove --store desk.db",
    "export --store desk.db --format xlsx",
    "export --store desk.db --table claims",
    "export --store desk.db --format graphml --table claims",
    "export --store desk.db --format csv --table sides",
    "info",
    "info --store",
]


@pytest.mark.parametrize("words", WRONG_USE)
def test_wrong_use_exits_with_2_and_makes_nothing(
    run: Run, monday: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(monday.parent)

    outcome = run(*words.split())

    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.complaints) == 1
    assert re.fullmatch(r"claimtrack: .+ Hint: claimtrack( \w+)? --help", outcome.complaints[0])
    assert {path.name for path in monday.parent.iterdir()} == {"monday", "tuesday"}


def test_a_missing_name_of_who_decides_is_said(run: Run, desk: Path) -> None:
    outcome = run("correct", "dismiss", "a", "b", "--store", desk)

    assert outcome.code == 2
    assert "--by with who decides" in " ".join(outcome.err.split())


# -- hostile characters ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(run: Run, tmp_path: Path) -> Path:
    """A store whose articles carry escape sequences and markup wherever an article can."""
    rows = [
        {
            "id": f"{n}{ESCAPES}",
            "text": f"{text[:-1]} {MARKUP} {ESCAPES} was there.",
            "title": MARKUP + ESCAPES,
            "source": f"{n}{MARKUP}{ESCAPES}{'漢字' * 30}",
            "url": f"https://{n}.example/{ESCAPES}",
            "published": f"2031-03-0{n + 1}",
        }
        for n, text in enumerate((OPENS, NOT_OPENS, ALSO_OPENS))
    ]
    store = tmp_path / "hostile.db"
    run("add", "--store", store, rows_file(tmp_path / "hostile.jsonl", *rows))
    changed = rows[2] | {"text": NOT_OPENS + ESCAPES}
    run("add", "--store", store, rows_file(tmp_path / "changed.jsonl", changed), "--update")
    return store


def is_harmless(outcome: Outcome) -> bool:
    """Whether a run went well and neither stream holds a character that a terminal obeys."""
    return (outcome.code, outcome.err, live_characters(outcome.out)) == (0, "", set())


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_no_escape_sequence_of_an_article_reaches_the_terminal(run: Run, hostile: Path, form: str) -> None:
    [cluster_id, *_] = cluster_ids(run, hostile)
    rows = exported(run, hostile)
    claims = [row["id"] for row in rows if row["type"] == "claim"]
    articles = [row["id"] for row in rows if row["type"] == "article"]
    by = ["--by", f"Desk{ESCAPES}", "--note", f"{MARKUP}{ESCAPES}"]
    commands: list[list[object]] = [
        ["add", hostile.parent / "hostile.jsonl"],
        ["clusters"],
        ["check", OPENS + ESCAPES],
        ["check", f"{OPENS} {ESCAPES} {MARKUP}", "--text"],
        ["search", f"bridge {ESCAPES}"],
        ["timeline", cluster_id],
        ["changes", "--since", "2031-01-01"],
        ["correct", "dismiss", *claims[:2], *by],
        ["correct", "copies", *articles[:2], *by],
        ["correct"],
        ["info", "--articles"],
        ["relate"],
        ["remove", articles[0]],
    ]

    for command in commands:
        outcome = run(*command, "--store", hostile, "--format", form)

        assert is_harmless(outcome), command
        if form == "terminal":
            assert max(map(cell_len, outcome.out.splitlines())) <= 80, command
    assert is_harmless(run("export", "--store", hostile))


def test_hostile_text_is_shown_as_what_it_is(run: Run, hostile: Path) -> None:
    """Made visible, not left out: a reader sees that something is wrong with the article."""
    for command in (["search", "bridge"], ["clusters"], ["changes", "--since", "2031-01-01"], ["info", "--articles"]):
        words = shown(run(*command, "--store", hostile))

        assert "␛[2J" in words
        assert "⟨U+202E⟩" in words.replace(" ", "")
        assert "[bold red]x[/]" in words


def test_markup_is_text_in_a_page_of_clusters(run: Run, hostile: Path) -> None:
    page = run("clusters", "--store", hostile, "--format", "html").out.lower()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert not live_characters(page)


def test_a_wrong_value_can_not_command_the_terminal(run: Run, desk: Path) -> None:
    for command in (
        ["timeline", ESCAPES],
        ["remove", ESCAPES],
        ["correct", "--undo", ESCAPES],
        ["correct", "dismiss", ESCAPES, "b", "--by", "Desk"],
        ["correct", "--import", f"{ESCAPES}\nclaimtrack: all is well"],
        ["changes", "--since", ESCAPES],
        ["export", "-o", f"{ESCAPES}/x"],
    ):
        complaint(run(*command, "--store", desk))
    complaint(run("info", "--store", f"{desk}{ESCAPES}"))
