"""A store on disk: one SQLite file that is the only truth about what a tracker keeps.

The schema is described in ``docs/store.md``. Writes are transactions: after a power cut the file holds all of an article or
nothing of it. Deleted content is overwritten (``secure_delete``) and the write-ahead log is emptied after a removal.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.errors import StoreError
from claimtrack.records import (
    Action,
    Article,
    Claim,
    Correction,
    Judgement,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Relation,
    Version,
)
from claimtrack.store.memory import MemoryStore
from claimtrack.store.rows import claim_from_row, claim_to_row

__all__ = ["SqliteStore"]

_APPLICATION = 0x636C6D74  # "clmt": a foreign database is refused, not overwritten
_MIGRATIONS = (
    """
    CREATE TABLE article (
        id TEXT PRIMARY KEY,
        record BLOB NOT NULL,
        title_vector BLOB
    ) STRICT;
    CREATE TABLE claim (
        id TEXT PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        record BLOB NOT NULL,
        vector BLOB NOT NULL
    ) STRICT;
    CREATE INDEX claim_of_article ON claim (article_id, place);
    CREATE TABLE relation (
        premise_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        hypothesis_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        p_entailment REAL NOT NULL,
        p_neutral REAL NOT NULL,
        p_contradiction REAL NOT NULL,
        label TEXT NOT NULL,
        kind TEXT,
        model TEXT NOT NULL,
        reason TEXT,
        PRIMARY KEY (premise_id, hypothesis_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relation_of_hypothesis ON relation (hypothesis_id);
    CREATE TABLE judgement (
        first_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        second_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        PRIMARY KEY (first_id, second_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX judgement_of_second ON judgement (second_id);
    """,
    """
    ALTER TABLE article ADD COLUMN added TEXT NOT NULL DEFAULT '1970-01-01T00:00:00+00:00';
    CREATE TABLE version (
        article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        by_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        PRIMARY KEY (article_id, by_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX version_of_by ON version (by_id);
    CREATE TABLE correction (
        id TEXT PRIMARY KEY,
        first_id TEXT NOT NULL,
        second_id TEXT NOT NULL,
        action TEXT NOT NULL,
        label TEXT,
        kind TEXT,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        note TEXT
    ) STRICT;
    CREATE TABLE cluster (
        id TEXT PRIMARY KEY,
        claims TEXT NOT NULL
    ) STRICT;
    CREATE TABLE lineage (
        n INTEGER PRIMARY KEY,
        what TEXT NOT NULL,
        from_ids TEXT NOT NULL,
        into_ids TEXT NOT NULL,
        claim_ids TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE judgement_of_pair (
        first_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        second_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        kind TEXT,
        model TEXT NOT NULL,
        reason TEXT,
        forward_label TEXT NOT NULL,
        forward_entailment REAL NOT NULL,
        forward_neutral REAL NOT NULL,
        forward_contradiction REAL NOT NULL,
        backward_label TEXT NOT NULL,
        backward_entailment REAL NOT NULL,
        backward_neutral REAL NOT NULL,
        backward_contradiction REAL NOT NULL,
        PRIMARY KEY (first_id, second_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO judgement_of_pair SELECT
        j.first_id, j.second_id, j.key, f.kind, f.model, f.reason,
        f.label, f.p_entailment, f.p_neutral, f.p_contradiction, b.label, b.p_entailment, b.p_neutral, b.p_contradiction
        FROM judgement j
        JOIN relation f ON f.premise_id = j.first_id AND f.hypothesis_id = j.second_id
        JOIN relation b ON b.premise_id = j.second_id AND b.hypothesis_id = j.first_id
        WHERE j.first_id < j.second_id;
    DROP TABLE relation;
    DROP TABLE judgement;
    ALTER TABLE judgement_of_pair RENAME TO judgement;
    CREATE INDEX judgement_of_second ON judgement (second_id);
    CREATE INDEX telling_judgement ON judgement (first_id)
        WHERE forward_label <> 'neutral' OR backward_label <> 'neutral' OR kind IS NOT NULL;
    """,
)
"""One script for each version of the schema; ``user_version`` counts those that were run."""
_TELLING = "(forward_label <> 'neutral' OR backward_label <> 'neutral' OR kind IS NOT NULL)"
# The sign keeps SQLite from looking up each possible pair instead of the pairs that are there.
_AMONG = "first_id IN (SELECT value FROM json_each(:ids)) AND +second_id IN (SELECT value FROM json_each(:ids))"


class SqliteStore:
    """Keeps articles, claims, vectors and judged pairs in one SQLite file.

    Parameters
    ----------
    path : path
        The file; made if it is not there.
    timeout : float, in seconds, default 5.0
        How long to wait for another writer.
    read_only : bool, default False
        Take what is there, write nothing, and wait for nobody.

    Raises
    ------
    StoreError
        If the file is no store, of a newer schema, not readable, or open for writing elsewhere.

    Notes
    -----
    One writer and any number of readers at a time. Articles, claims and what people decided are held in memory too, as of
    the time of opening; a reader sees a state between two transactions. Judged pairs are read when they are asked for: of
    claims that are gone by then a reader gets none.
    """

    def __init__(self, path: str | os.PathLike[str], *, timeout: float = 5.0, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._memory = MemoryStore()
        self._lock: sqlite3.Connection | None = None
        if read_only and not self.path.exists():
            raise StoreError(f"{self.path}: a store that is read only must be there; no such file.")
        try:
            with self._explained():
                self._lock = None if read_only else self._locked(timeout)
                self._connection = self._connect(timeout)
                self._check()
                self._migrate()
                self._load()
        except BaseException:
            self.close()
            raise

    # -- opening and closing ---------------------------------------------------------------------------------------

    def _connect(self, timeout: float) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rwc"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=not self.read_only,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -65536")  # 64 MiB: new pairs go to places all over the file
        if not self.read_only:
            connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _locked(self, timeout: float) -> sqlite3.Connection:
        """Hold the right to write for as long as the store is open; the system gives it back if the process dies."""
        place = self.path.with_name(self.path.name + "-writer")
        lock = sqlite3.connect(place, timeout=timeout, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if "locked" in str(error):
                raise StoreError(
                    f"{self.path}: a store has one writer at a time; another held it for {timeout:g} seconds.\n"
                    "Hint: close the other, or open with read_only=True."
                ) from error
            raise
        return lock

    def _check(self) -> None:
        """Refuse what is no store of ours, or one of a later version."""
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application != _APPLICATION and (tables or application):
            raise StoreError(f"{self.path}: a store must be a file that claimtrack made; this is another database.")
        version = self._version()
        if version > len(_MIGRATIONS):
            raise StoreError(
                f"{self.path}: the schema must be of version {len(_MIGRATIONS)} or older; got {version}.\n"
                "Hint: it was written by a newer claimtrack."
            )
        if self.read_only and version < len(_MIGRATIONS):
            raise StoreError(
                f"{self.path}: the schema is of version {version}, not {len(_MIGRATIONS)}; open it for writing once."
            )

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        if self.read_only:
            return
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        for version in range(self._version(), len(_MIGRATIONS)):
            with self._transaction():
                for statement in _statements(_MIGRATIONS[version]):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._connection.execute(f"PRAGMA user_version = {version + 1}")

    def _load(self) -> None:
        """Read all but the judged pairs into memory, in one transaction."""
        with self._transaction(write=False):
            articles = self._connection.execute(
                "SELECT record, title_vector, added FROM article ORDER BY id"
            ).fetchall()
            dim = self._dim()
            for record, title, added in articles:
                article = Article(**json.loads(record))
                rows = self._connection.execute(
                    "SELECT record, vector FROM claim WHERE article_id = ? ORDER BY place", (article.id,)
                ).fetchall()
                claims = [claim_from_row(json.loads(row)) for row, _ in rows]
                vectors = [np.frombuffer(vector, dtype="<f4") for _, vector in rows]
                titles = [np.frombuffer(title, dtype="<f4")] if title is not None else []
                self._memory.add_article(
                    article,
                    claims,
                    np.array(vectors, dtype=np.float32).reshape(len(vectors), dim),
                    np.array(titles, dtype=np.float32).reshape(len(titles), dim),
                    at=_time(added),
                )
            self._load_history()

    def _dim(self) -> int:
        """Columns of the kept vectors; 0 while none is kept."""
        for column, table in (("vector", "claim"), ("title_vector", "article")):
            row = self._connection.execute(
                f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1"
            ).fetchone()
            if row is not None:
                return len(row[0]) // 4
        return 0

    def _load_history(self) -> None:
        """Read what people decided and what became of articles and clusters."""
        read = self._connection.execute
        for article_id, by_id, at in read("SELECT article_id, by_id, at FROM version").fetchall():
            self._memory.add_version(Version(article_id=article_id, by_id=by_id, at=_time(at)))
        for row in read("SELECT * FROM correction").fetchall():
            self._memory.add_correction(_correction(row))
        events = read("SELECT what, from_ids, into_ids, claim_ids, at FROM lineage ORDER BY n").fetchall()
        clusters = read("SELECT id, claims FROM cluster").fetchall()
        self._memory.see_clusters(
            {id_: claims.split() for id_, claims in clusters},
            [
                LineageEvent(
                    what=Lineage(what),
                    from_ids=tuple(old.split()),
                    into_ids=tuple(new.split()),
                    claim_ids=tuple(claims.split()),
                    at=_time(at),
                )
                for what, old, new, claims, at in events
            ],
        )
        self._memory.set_settings(dict(read("SELECT name, value FROM setting").fetchall()))

    def close(self) -> None:
        """Let the file go; closing twice is no error."""
        for connection in (getattr(self, "_connection", None), self._lock):
            if connection is not None:
                connection.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite says into one clear error."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            hint = "\nHint: open it with read_only=True." if "readonly" in str(error) else ""
            raise StoreError(f"{self.path}: {error}.{hint}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError(f"{self.path}: a record must be one that claimtrack wrote; {error}") from error

    @contextlib.contextmanager
    def _transaction(self, *, write: bool = True) -> Iterator[None]:
        """Run statements all or nothing."""
        self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _may_write(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: the store was opened read only, and keeps nothing new.")

    # -- keeping ---------------------------------------------------------------------------------------------------

    def add_article(
        self,
        article: Article,
        claims: Sequence[Claim],
        vectors: Embeddings,
        title: Embeddings,
        /,
        *,
        at: datetime.datetime,
        ends: Sequence[str] = (),
    ) -> bool:
        """Keep an article with its claims, all or nothing; see :meth:`claimtrack.store.MemoryStore.add_article`.

        Raises
        ------
        InvalidInputError
            As the store in memory.
        StoreError
            If the file can't be written; nothing of the article is kept then.
        """
        self._may_write()
        if not self._memory.add_article(article, claims, vectors, title, at=at, ends=ends):
            return False
        try:
            with self._explained(), self._transaction():
                names = ("name", "text", "title", "source", "published", "author", "url", "wire", "id")
                self._connection.execute(
                    "INSERT INTO article VALUES (?, ?, ?, ?)",
                    (
                        article.id,
                        _json({name: getattr(article, name) for name in names}),
                        _floats(title[0]) if len(title) else None,
                        at.isoformat(),
                    ),
                )
                self._connection.executemany(
                    "INSERT INTO version VALUES (?, ?, ?)", [(old, article.id, at.isoformat()) for old in ends]
                )
                self._connection.executemany(
                    "INSERT INTO claim VALUES (?, ?, ?, ?, ?)",
                    [
                        (claim.id, article.id, place, _json(claim_to_row(claim)), _floats(vector))
                        for place, (claim, vector) in enumerate(zip(claims, vectors, strict=True))
                    ],
                )
        except BaseException:
            self._memory.remove_article(article.id)
            raise
        return True

    def remove_article(self, article_id: str, /) -> bool:
        """Forget an article, its claims and their relations, in the file's bytes too; False if it was not there."""
        self._may_write()
        if article_id not in {article.id for article in self._memory.articles()}:
            return False
        with self._explained():
            with self._transaction():
                self._connection.execute(
                    "INSERT OR IGNORE INTO version SELECT old.article_id, later.by_id, later.at"
                    " FROM version old JOIN version later ON later.article_id = old.by_id WHERE old.by_id = ?",
                    (article_id,),
                )
                self._connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._memory.remove_article(article_id)

    def add_judgements(self, judgements: Iterable[Judgement], /) -> None:
        """Keep judged pairs; see :meth:`claimtrack.store.MemoryStore.add_judgements`."""
        self._may_write()
        fresh = list(judgements)
        self._memory.check_kept(id_ for judged in fresh for id_ in judged.pair)
        places = ", ".join("?" * 14)
        with self._explained(), self._transaction():
            self._connection.executemany(
                f"INSERT OR REPLACE INTO judgement VALUES ({places})", [_judgement_row(judged) for judged in fresh]
            )

    def add_correction(self, correction: Correction, /) -> None:
        """Keep a person's decision; one about the same two takes the place of an earlier one."""
        self._may_write()
        about = correction.action.is_about_articles
        earlier = [
            kept.id
            for kept in self._memory.corrections()
            if kept.pair == correction.pair and kept.action.is_about_articles == about
        ]
        with self._explained(), self._transaction():
            self._connection.executemany("DELETE FROM correction WHERE id = ?", [(id_,) for id_ in earlier])
            self._connection.execute(
                "INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _correction_row(correction)
            )
        self._memory.add_correction(correction)

    def remove_correction(self, correction_id: str, /) -> bool:
        """Forget a person's decision; False if it was not there."""
        self._may_write()
        with self._explained(), self._transaction():
            self._connection.execute("DELETE FROM correction WHERE id = ?", (correction_id,))
        return self._memory.remove_correction(correction_id)

    def see_clusters(self, clusters: Mapping[str, Sequence[str]], events: Sequence[LineageEvent], /) -> None:
        """Keep which claims each cluster has now, and what became of those seen before."""
        self._may_write()
        before = self._memory.seen_clusters()
        now = {id_: tuple(sorted(claims)) for id_, claims in clusters.items()}
        with self._explained(), self._transaction():
            self._connection.executemany(
                "DELETE FROM cluster WHERE id = ?", [(id_,) for id_ in sorted(before) if id_ not in now]
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO cluster VALUES (?, ?)",
                [(id_, " ".join(claims)) for id_, claims in sorted(now.items()) if before.get(id_) != claims],
            )
            self._connection.executemany(
                "INSERT INTO lineage (what, from_ids, into_ids, claim_ids, at) VALUES (?, ?, ?, ?, ?)",
                [
                    (e.what.value, *map(" ".join, (e.from_ids, e.into_ids, e.claim_ids)), e.at.isoformat())
                    for e in events
                ],
            )
        self._memory.see_clusters(now, events)

    def set_settings(self, settings: Mapping[str, str], /) -> None:
        """Keep settings; those not named stay."""
        self._may_write()
        with self._explained(), self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", sorted(settings.items()))
        self._memory.set_settings(settings)

    # -- reading ---------------------------------------------------------------------------------------------------

    def articles(self) -> list[Article]:
        """All articles, by id."""
        return self._memory.articles()

    def claims(self, *, article_id: str | None = None) -> list[Claim]:
        """All claims (of one article), by article id, then first character, then id."""
        return self._memory.claims(article_id=article_id)

    def vectors(self, claim_ids: Sequence[str], /) -> Embeddings:
        """Embeddings of these claims, row by row, as a copy."""
        return self._memory.vectors(claim_ids)

    def title_vector(self, article_id: str, /) -> Embeddings:
        """Embedding of an article's title, shape (0 or 1, dim), as a copy."""
        return self._memory.title_vector(article_id)

    def relations(self, *, telling: bool = False, among: Collection[str] | None = None) -> list[Relation]:
        """Judged pairs in both directions, by premise id, then hypothesis id; see :class:`claimtrack.store.Store`."""
        wanted = " AND ".join([*([_TELLING] if telling else []), *([_AMONG] if among is not None else [])])
        with self._explained():
            rows = self._connection.execute(
                f"SELECT * FROM judgement WHERE {wanted or 'TRUE'}", {"ids": json.dumps(sorted(among or ()))}
            )
            found = [
                relation
                for row in rows
                if self._memory.holds(row[0]) and self._memory.holds(row[1])
                for relation in _relations(row)
            ]
        return sorted(found, key=lambda relation: (relation.premise_id, relation.hypothesis_id))

    def count_judgements(self) -> int:
        """Count the judged pairs, both directions as one."""
        with self._explained():
            return int(self._connection.execute("SELECT count(*) FROM judgement").fetchone()[0])

    def judged_as(self, pairs: Sequence[tuple[str, str]], /) -> list[str | None]:
        """Give the key of each of these pairs, the lesser id first; None for one that was not judged."""
        with self._explained():
            found = [
                self._connection.execute(
                    "SELECT key FROM judgement WHERE first_id = ? AND second_id = ?", pair
                ).fetchone()
                for pair in pairs
            ]
        return [row[0] if row is not None else None for row in found]

    def added(self) -> dict[str, datetime.datetime]:
        """Give when each article was taken in."""
        return self._memory.added()

    def versions(self) -> list[Version]:
        """Old versions of articles, by article id, then by what took their place."""
        return self._memory.versions()

    def corrections(self) -> list[Correction]:
        """All decisions, by time, then id."""
        return self._memory.corrections()

    def seen_clusters(self) -> dict[str, tuple[str, ...]]:
        """Give the clusters that were kept last: id -> ids of the claims, ascending."""
        return self._memory.seen_clusters()

    def lineage(self) -> list[LineageEvent]:
        """All that became of clusters, in the order it was noticed."""
        return self._memory.lineage()

    def settings(self) -> dict[str, str]:
        """Give what the store was made with: names of the parts and what they decide by."""
        return self._memory.settings()


def _statements(script: str) -> list[str]:
    """Split a script at its semicolons: no migration holds one inside a string."""
    return [statement for statement in script.split(";") if statement.strip()]


def _json(values: Mapping[str, Any]) -> bytes:
    """Write JSON in ASCII: text that is no valid Unicode (lone surrogates) survives as escapes."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _floats(vector: Embeddings) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def _judgement_row(judged: Judgement) -> tuple[Any, ...]:
    forward, backward = judged.forward, judged.backward
    return (
        *judged.pair,
        judged.key,
        forward.kind.value if forward.kind else None,
        json.dumps(forward.model),
        json.dumps(forward.reason) if forward.reason is not None else None,
        *(
            value
            for one in (forward, backward)
            for value in (one.label.value, one.p_entailment, one.p_neutral, one.p_contradiction)
        ),
    )


@functools.lru_cache(maxsize=256)
def _model_name(text: str) -> str:
    return str(json.loads(text))


def _relations(row: tuple[Any, ...]) -> tuple[Relation, Relation]:
    first, second, _, kind, model, reason, *directions = row
    forward, backward = (
        Relation(
            premise_id=premise,
            hypothesis_id=hypothesis,
            p_entailment=entailment,
            p_neutral=neutral,
            p_contradiction=contradiction,
            label=Label(label),
            kind=Kind(kind) if kind is not None else None,
            model=_model_name(model),
            reason=json.loads(reason) if reason is not None else None,
        )
        for premise, hypothesis, (label, entailment, neutral, contradiction) in (
            (first, second, directions[:4]),
            (second, first, directions[4:]),
        )
    )
    return forward, backward


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _correction_row(correction: Correction) -> tuple[Any, ...]:
    return (
        correction.id,
        *correction.pair,
        correction.action.value,
        correction.label.value if correction.label else None,
        correction.kind.value if correction.kind else None,
        json.dumps(correction.by),
        correction.at.isoformat(),
        json.dumps(correction.note) if correction.note is not None else None,
    )


def _correction(row: tuple[Any, ...]) -> Correction:
    id_, first, second, action, label, kind, by, at, note = row
    return Correction(
        id=id_,
        action=Action(action),
        first_id=first,
        second_id=second,
        label=Label(label) if label is not None else None,
        kind=Kind(kind) if kind is not None else None,
        by=json.loads(by),
        at=_time(at),
        note=json.loads(note) if note is not None else None,
    )
