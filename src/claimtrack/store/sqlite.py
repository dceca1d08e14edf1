"""A store on disk: one SQLite file that is the only truth about what a tracker keeps.

The schema is described in ``docs/store.md``. Writes are transactions: after a power cut the file holds all of an article or
nothing of it. Deleted content is overwritten (``secure_delete``) and the write-ahead log is emptied after a removal.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.errors import StoreError
from claimtrack.records import Article, Claim, Kind, Label, Relation
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
)
"""One script for each version of the schema; ``user_version`` counts those that were run."""


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
    One writer and any number of readers at a time. What is kept is held in memory too, as of the time of opening; a reader
    sees a state between two transactions.
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
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
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
        """Read everything into memory, in one transaction."""
        with self._transaction(write=False):
            articles = self._connection.execute("SELECT record, title_vector FROM article ORDER BY id").fetchall()
            for record, title in articles:
                article = Article(**json.loads(record))
                rows = self._connection.execute(
                    "SELECT record, vector FROM claim WHERE article_id = ? ORDER BY place", (article.id,)
                ).fetchall()
                claims = [claim_from_row(json.loads(row)) for row, _ in rows]
                vectors = [np.frombuffer(vector, dtype="<f4") for _, vector in rows]
                titles = [np.frombuffer(title, dtype="<f4")] if title is not None else []
                dim = len((vectors or titles or [np.zeros(0)])[0])
                self._memory.add_article(
                    article,
                    claims,
                    np.array(vectors, dtype=np.float32).reshape(-1, dim),
                    np.array(titles, dtype=np.float32).reshape(-1, dim),
                )
            relations = self._connection.execute("SELECT * FROM relation").fetchall()
            keys = self._connection.execute("SELECT first_id, second_id, key FROM judgement").fetchall()
        self._memory.add_relations((_relation(row) for row in relations), {(a, b): key for a, b, key in keys})

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
            raise StoreError(f"{self.path}: {error}.") from error
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

    def add_article(self, article: Article, claims: Sequence[Claim], vectors: Embeddings, title: Embeddings, /) -> bool:
        """Keep an article with its claims, all or nothing; see :meth:`claimtrack.store.MemoryStore.add_article`.

        Raises
        ------
        InvalidInputError
            As the store in memory.
        StoreError
            If the file can't be written; nothing of the article is kept then.
        """
        self._may_write()
        if not self._memory.add_article(article, claims, vectors, title):
            return False
        try:
            with self._explained(), self._transaction():
                names = ("name", "text", "title", "source", "published", "author", "url", "id")
                self._connection.execute(
                    "INSERT INTO article VALUES (?, ?, ?)",
                    (
                        article.id,
                        _json({name: getattr(article, name) for name in names}),
                        _floats(title[0]) if len(title) else None,
                    ),
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
                self._connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._memory.remove_article(article_id)

    def add_relations(self, relations: Iterable[Relation], /, keys: Mapping[tuple[str, str], str]) -> None:
        """Keep judged pairs; see :meth:`claimtrack.store.MemoryStore.add_relations`."""
        self._may_write()
        fresh = list(relations)
        self._memory.check_relations(fresh, keys)
        with self._explained(), self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [_row(one) for one in fresh]
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?)", [(a, b, key) for (a, b), key in keys.items()]
            )
        self._memory.add_relations(fresh, keys)

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

    def relations(self) -> list[Relation]:
        """All judged pairs, neutral ones too, by premise id, then hypothesis id."""
        return self._memory.relations()

    def judgements(self) -> dict[tuple[str, str], str]:
        """Give the key that each unordered pair was judged under, as a copy."""
        return self._memory.judgements()


def _statements(script: str) -> list[str]:
    """Split a script at its semicolons: no migration holds one inside a string."""
    return [statement for statement in script.split(";") if statement.strip()]


def _json(values: Mapping[str, Any]) -> bytes:
    """Write JSON in ASCII: text that is no valid Unicode (lone surrogates) survives as escapes."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _floats(vector: Embeddings) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def _row(relation: Relation) -> tuple[Any, ...]:
    return (
        relation.premise_id,
        relation.hypothesis_id,
        relation.p_entailment,
        relation.p_neutral,
        relation.p_contradiction,
        relation.label.value,
        relation.kind.value if relation.kind else None,
        json.dumps(relation.model),
        json.dumps(relation.reason) if relation.reason is not None else None,
    )


def _relation(row: tuple[Any, ...]) -> Relation:
    premise, hypothesis, entailment, neutral, contradiction, label, kind, model, reason = row
    return Relation(
        premise_id=premise,
        hypothesis_id=hypothesis,
        p_entailment=entailment,
        p_neutral=neutral,
        p_contradiction=contradiction,
        label=Label(label),
        kind=Kind(kind) if kind is not None else None,
        model=json.loads(model),
        reason=json.loads(reason) if reason is not None else None,
    )
