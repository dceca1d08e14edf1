"""The store on disk: what survives, what is refused, and what leaves no trace."""

from __future__ import annotations

import datetime
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import numpy as np
import pytest

from claimtrack import Article, Tracker
from claimtrack.errors import StoreError
from claimtrack.records import (
    Action,
    Correction,
    Entity,
    EntityType,
    Judgement,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Modality,
    Quantity,
    Relation,
    Span,
)
from claimtrack.store import SqliteStore, sqlite
from claimtrack.store.rows import claim_from_row, claim_to_row
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

ARTICLES = [
    Article(name="a", source="North", published="2031-03-01", text="The Ems bridge will open in June. Trams ran late."),
    Article(name="b", source="South", published="2031-03-02", text="The Ems bridge will not open in June. It rained."),
    Article(name="c", source="East", title="A title", text="The Ems bridge will open in June, the mayor said."),
    Article(name="d", source="West", text="Lone surrogates \udcff live on. So does the Ems bridge."),
]


def parts() -> dict[str, object]:
    return {
        "embedder": LetterEmbedder(),
        "extractor": SentenceExtractor(),
        "relation_model": WordRelationModel(),
    }


def opened(path: Path, **options: object) -> Tracker:
    return Tracker.open(path, **parts(), **options)  # type: ignore[arg-type]


def state(tracker: Tracker) -> tuple[object, ...]:
    """All that a user can see."""
    vectors = tracker.embedder.embed([claim.context for claim in tracker.claims])
    return tracker.articles, tracker.claims, tracker.judged, tracker.clusters, vectors.tobytes()


def in_memory(articles: list[Article]) -> Tracker:
    tracker = Tracker(**parts())  # type: ignore[arg-type]
    tracker.add(articles)
    return tracker


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES)
        before = state(tracker)

    with opened(tmp_path / "x.db") as tracker:
        assert state(tracker) == before
        assert tracker.relate() == 0, "judged pairs are never judged twice"
    assert before == state(in_memory(ARTICLES))
    assert before[3], "the test needs a cluster"


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_with_a_new_start_in_between_is_as_good_as_at_once(tmp_path: Path, seed: int) -> None:
    order = ARTICLES[:]
    random.Random(seed).shuffle(order)

    for article in order:
        with opened(tmp_path / "x.db") as tracker:
            tracker.add([article])
            found = state(tracker)

    assert found == state(in_memory(ARTICLES))


def test_what_is_removed_leaves_no_word_in_any_file(tmp_path: Path) -> None:
    secret = "Zanzibarbarossa"
    gone = Article(name="gone", title=f"On {secret}", text=f"The {secret} will open in June. " * 400)
    with opened(tmp_path / "x.db") as tracker:
        tracker.add([*ARTICLES, gone])
        assert any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())

        tracker.remove([gone.id])

        assert not any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())
        assert state(tracker) == state(in_memory(ARTICLES))
    assert not any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_every_field_of_a_claim_comes_back() -> None:
    [[claim, *_]] = SentenceExtractor().extract([ARTICLES[0]])
    full = attrs.evolve(
        claim,
        context="in a context",
        speaker="Ana Ruiz",
        modality=Modality.FORECAST,
        standalone=False,
        check_worthy=False,
        quantities=(Quantity(value=3.0, low=None, high=4.0, unit="km", of="road", span=Span(0, 3)),),
        entities=(Entity(text="Ems", type=EntityType.PLACE, span=Span(4, 7)),),
    )

    assert claim_from_row(claim_to_row(full)) == full


def test_every_field_of_a_relation_comes_back(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES[:2])
        one, two = sorted(claim.id for claim in tracker.claims[:2])
    forward = Relation(
        premise_id=one,
        hypothesis_id=two,
        p_entailment=0.1 + 0.2,
        p_neutral=0.4,
        p_contradiction=0.3,
        label=Label.CONTRADICTION,
        kind=Kind.FIGURE,
        model="a model \ud800",
        reason="“12” in one",
    )
    backward = attrs.evolve(forward, premise_id=two, hypothesis_id=one, p_entailment=0.2, p_neutral=0.5)
    with SqliteStore(tmp_path / "x.db") as store:
        store.add_judgements([Judgement(forward=forward, backward=backward, key="key")])
    with SqliteStore(tmp_path / "x.db") as store:
        assert store.relations(among=[one, two]) == [forward, backward]
        assert store.judged_as([(one, two)]) == ["key"]


def test_a_reader_sees_what_the_writer_has_done_and_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as writer:
        writer.add(ARTICLES[:2])
        with opened(tmp_path / "x.db", read_only=True) as reader:
            assert reader.articles == writer.articles
            with pytest.raises(StoreError, match="opened read only"):
                reader.add(ARTICLES[2:3])
            with pytest.raises(StoreError, match="opened read only"):
                reader.remove([ARTICLES[0].id])
        writer.add(ARTICLES[2:])
        with opened(tmp_path / "x.db", read_only=True) as reader:
            assert len(reader.articles) == len(ARTICLES)


def test_a_reader_may_be_asked_from_another_thread(tmp_path: Path) -> None:
    """As a service does that opens the store once."""
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES)
        expected = tracker.relations, tracker.clusters

    with opened(tmp_path / "x.db", read_only=True) as reader, ThreadPoolExecutor(max_workers=1) as pool:
        assert pool.submit(lambda: (reader.relations, reader.clusters)).result() == expected


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES[:1])
        with pytest.raises(StoreError, match=r"one writer at a time; another held it for 0\.1 seconds"):
            opened(tmp_path / "x.db", timeout=0.1)
        tracker.add(ARTICLES[1:])
    with opened(tmp_path / "x.db", timeout=0.1) as tracker:
        assert len(tracker.articles) == len(ARTICLES)


def test_a_store_that_is_read_only_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="must be there"):
        opened(tmp_path / "x.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "x.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = foreign.read_bytes()

    with pytest.raises(StoreError, match="this is another database"):
        opened(foreign)
    assert foreign.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("The ferry sails. " * 100, encoding="utf-8")

    with pytest.raises(StoreError, match="not a database"):
        opened(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_text(encoding="utf-8").startswith("The ferry sails.")


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    opened(tmp_path / "x.db").close()
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match=r"version \d+ or older; got 99"):
        opened(tmp_path / "x.db")


def test_a_record_that_was_tampered_with_is_one_clear_error(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES)
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("UPDATE claim SET record = CAST('{}' AS BLOB)")
    connection.close()

    with pytest.raises(StoreError, match="a record must be one that claimtrack wrote"):
        opened(tmp_path / "x.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    opened(tmp_path / "x.db").close()
    (tmp_path / "x.db").chmod(0o444)
    with pytest.raises(StoreError, match="readonly"), opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES)


def test_an_article_that_cannot_be_written_is_not_kept_in_memory_either(tmp_path: Path) -> None:
    with opened(tmp_path / "x.db") as tracker:
        tracker.add(ARTICLES[:1])
        store = tracker._store
        assert isinstance(store, SqliteStore)
        store._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StoreError, match="full"):
            tracker.add([Article(name="big", text="The bridge will open in June. " * 5000)])
        assert tracker.articles == tuple(ARTICLES[:1])
        store._connection.execute("PRAGMA max_page_count = 1000000")
        tracker.add(ARTICLES[1:])
        assert state(tracker) == state(in_memory(ARTICLES))


NOON = datetime.datetime(2031, 3, 4, 12, 0, 0, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
DECISIONS = [
    Correction(action=Action.COPIES, first_id="a", second_id="b", by="Ann \ud800", at=NOON, note="“yes”\x00\n"),
    Correction(
        action=Action.RETYPE,
        first_id="a",
        second_id="b",
        label=Label.CONTRADICTION,
        kind=Kind.FIGURE,
        by="Bo",
        at=NOON + datetime.timedelta(hours=1),
    ),
]
EVENTS = [
    LineageEvent(what=Lineage.SPLIT, from_ids=("A",), into_ids=("A", "B"), claim_ids=("a", "b"), at=NOON),
    LineageEvent(what=Lineage.ENDED, from_ids=("B",), into_ids=(), claim_ids=("b",), at=NOON),
]


def history(store: SqliteStore) -> tuple[object, ...]:
    return (
        store.added(),
        store.versions(),
        store.corrections(),
        [one.id for one in store.corrections()],
        store.seen_clusters(),
        store.lineage(),
        store.settings(),
    )


def fill(store: SqliteStore) -> None:
    """Put something of each kind into a store."""
    no_rows = np.zeros((0, 8), dtype=np.float32)
    store.add_article(ARTICLES[0], [], no_rows, no_rows, at=NOON)
    store.add_article(ARTICLES[1], [], no_rows, no_rows, at=NOON, ends=[ARTICLES[0].id])
    for decision in DECISIONS:
        store.add_correction(decision)
    store.see_clusters({"A": ["b", "a"], "B": ["c"]}, EVENTS[:1])
    store.see_clusters({"A": ["a"], "C": ["c"]}, EVENTS[1:])
    store.set_settings({"embedder": "one \n two", "judge": "x"})


def test_history_comes_back(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "x.db") as store:
        fill(store)
        before = history(store)

    with SqliteStore(tmp_path / "x.db") as store:
        assert history(store) == before
        assert store.corrections() == DECISIONS
        assert store.lineage() == EVENTS
        assert store.seen_clusters() == {"A": ("a",), "C": ("c",)}
        assert store.added()[ARTICLES[0].id].utcoffset() == datetime.timedelta(hours=5, minutes=30)
        store.remove_correction(DECISIONS[0].id)
        store.remove_article(ARTICLES[1].id)
        after = history(store)
    with SqliteStore(tmp_path / "x.db", read_only=True) as store:
        assert history(store) == after
        assert store.versions() == []


def test_a_reader_keeps_no_history(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "x.db") as store:
        fill(store)

    with SqliteStore(tmp_path / "x.db", read_only=True) as store:
        before = history(store)
        writes: list[Callable[[], object]] = [
            lambda: store.add_correction(DECISIONS[0]),
            lambda: store.remove_correction(DECISIONS[0].id),
            lambda: store.see_clusters({}, []),
            lambda: store.set_settings({"judge": "y"}),
        ]
        for write in writes:
            with pytest.raises(StoreError, match="opened read only"):
                write()
        assert history(store) == before


def test_what_cannot_be_written_is_not_kept_in_memory_either(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "x.db") as store:
        fill(store)
        before = history(store)
        store._connection.execute("PRAGMA query_only = ON")
        writes: list[Callable[[], object]] = [
            lambda: store.add_correction(attrs.evolve(DECISIONS[0], by="Cy", id="another")),
            lambda: store.remove_correction(DECISIONS[0].id),
            lambda: store.see_clusters({}, EVENTS),
            lambda: store.set_settings({"judge": "y"}),
            lambda: store.remove_article(ARTICLES[0].id),
        ]
        for write in writes:
            with pytest.raises(StoreError, match="readonly"):
                write()
            assert history(store) == before


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """Made by the first schema alone, with an article as that version wrote it."""
    with SqliteStore(tmp_path / "new.db") as store:
        [claims] = SentenceExtractor().extract(ARTICLES[:1])
        vectors = LetterEmbedder(8).embed([claim.context for claim in claims])
        store.add_article(ARTICLES[0], claims, vectors, vectors[:1], at=NOON)
        rows = {
            "article": store._connection.execute("SELECT id, record, title_vector FROM article").fetchall(),
            "claim": store._connection.execute("SELECT * FROM claim").fetchall(),
        }
    old = sqlite3.connect(tmp_path / "x.db")
    old.executescript(sqlite._MIGRATIONS[0])
    one, two = sorted(claim.id for claim in claims[:2])
    pairs = [(one, two, 0.5), (two, one, 0.25)]
    rows["relation"] = [(a, b, p, 1 - p, 0.0, "neutral", None, '"a model"', None) for a, b, p in pairs]
    rows["judgement"] = [(one, two, "key")]
    for table, values in rows.items():
        old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
    old.execute(f"PRAGMA application_id = {sqlite._APPLICATION}")
    old.execute("PRAGMA user_version = 1")
    old.commit()
    old.close()

    with pytest.raises(StoreError, match="the schema is of version 1, not 3; open it for writing once"):
        SqliteStore(tmp_path / "x.db", read_only=True)
    with SqliteStore(tmp_path / "x.db") as store:
        assert store.articles() == ARTICLES[:1]
        assert store.claims() == sorted(claims, key=lambda claim: claim.provenance.spans[0].start)
        assert np.array_equal(store.vectors([claim.id for claim in claims]), vectors)
        assert [(r.premise_id, r.hypothesis_id, r.p_entailment) for r in store.relations()] == pairs
        assert store.judged_as([(one, two)]) == ["key"]
        assert store.added() == {ARTICLES[0].id: datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)}
        fill(store)
        before = history(store)
    with SqliteStore(tmp_path / "x.db", read_only=True) as store:
        assert history(store) == before


WRITER = """
import sys
import numpy as np
from claimtrack import Article, Tracker
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel
with Tracker.open(
    sys.argv[1], embedder=LetterEmbedder(), extractor=SentenceExtractor(), relation_model=WordRelationModel()
) as tracker:
    for n in range(40):
        text = f"Bridge {n % 5} will {'not ' * (n % 2)}open in June. Tram {n} ran late. It rained on day {n}."
        tracker.add([Article(name=f"article {n}", source=f"outlet {n % 4}", text=text)])
        print(n, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_killing_the_writer_loses_nothing_that_it_acknowledged(tmp_path: Path, seed: int) -> None:
    """Killed without warning at a random moment, the store opens, and the same adds give the same clusters."""
    database = tmp_path / "x.db"
    rng = random.Random(seed)
    last, acknowledged = rng.randrange(1, 30), -1
    with subprocess.Popen([sys.executable, "-c", WRITER, str(database)], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            acknowledged = int(line)
            if acknowledged >= last:
                time.sleep(rng.random() * 0.02)
                process.send_signal(signal.SIGKILL)
                break

    with opened(database) as tracker:
        assert {f"article {n}" for n in range(acknowledged + 1)} <= {article.name for article in tracker.articles}
    subprocess.run([sys.executable, "-c", WRITER, str(database)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-c", WRITER, str(tmp_path / "calm.db")], check=True, stdout=subprocess.DEVNULL)
    with opened(database) as tracker, opened(tmp_path / "calm.db") as calm:
        assert state(tracker) == state(calm)
        assert np.array_equal(
            tracker._store.vectors([c.id for c in tracker.claims]), calm._store.vectors([c.id for c in calm.claims])
        )
