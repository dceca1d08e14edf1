"""Words in, the texts that hold them out: BM25 by SQLite's full-text index, in memory."""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterable, Sequence
from itertools import takewhile

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError

__all__ = ["LexicalIndex", "Match"]

TEXT_WEIGHT, TITLE_WEIGHT = 1.0, 0.3
"""How much a word counts in a text, and in its title; measured by ``benchmarks/retrieval.py``."""
# A word that more texts hold than this only ranks what the rarer words of the query have found: "the" alone finds half of
# a collection, and to rank that takes most of the time of a search.
_MANY = 2_000
_WORD = re.compile(r"\d+(?:[.,]\d+)+[^\s.,]*|[^\s.,]+")  # a figure with its points and commas is one word
# What stands between words. All else is left to FTS5, whose Unicode tables need not be of the same year as Python's.
_APART = frozenset("Cc Cf Cs Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp".split())
# What may be such: no letter, digit or space, and not the points and commas of figures.
_SIGN = re.compile(r"[^\w\s.,]|_")
_SCHEMA = "CREATE VIRTUAL TABLE words USING fts5(text, title, tokenize = 'porter unicode61 remove_diacritics 2')"


@attrs.frozen
class Match:
    """A text that holds words of a query.

    Parameters
    ----------
    id : str
        The id the text was added under.
    bm25 : float, above 0
        Higher is better. Comes from the query and all texts held; not to be compared across queries.
    """

    id: str = attrs.field(validator=v.instance_of(str))
    bm25: float = attrs.field(validator=v.instance_of(float))


class LexicalIndex:
    """Finds texts by the words of a query; the result depends only on the ids, texts and titles held.

    Raises
    ------
    InvalidInputError
        If the SQLite of this Python was built without FTS5.

    Notes
    -----
    BM25 as FTS5 computes it, with k1 = 1.2 and b = 0.75, in a database of its own that never leaves the memory. A word in a
    text counts 1.0, in its title 0.3. Words are runs of letters and digits, without case, without diacritics and without
    English endings ("sailing" finds "sails"). A script written without spaces gives words of a whole phrase each, which
    finds little.

    A query is text, never an expression: each word is quoted, words are joined by OR, and each spelling counts once. A
    figure such as 1,500 is looked for as a whole. A word that more than 2,000 texts hold finds nothing by itself as long as the query
    has a rarer one; it still counts in the ranking.

    May be used from any thread; one search runs at a time.

    References
    ----------
    Robertson, Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond.
    Porter (1980), An algorithm for suffix stripping.

    Examples
    --------
    >>> index = LexicalIndex()
    >>> index.add(["a", "b"], ["The ferry sails on Monday.", "Tickets cost 12 crowns."], ["Sailing again", ""])
    >>> [match.id for match in index.search("ferry OR (NOT *", k=5)]
    ['a']
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._lock = threading.Lock()
        self._row_of: dict[str, int] = {}
        self._id_of: dict[int, str] = {}
        self._next = 0
        self._connection.execute("PRAGMA temp_store = MEMORY")  # a large sort must not reach the disk
        try:
            self._connection.execute(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise InvalidInputError(
                f"the SQLite of this Python must have FTS5; got {sqlite3.sqlite_version} without it ({error})."
                "\nHint: use a Python whose sqlite3 module was built with FTS5, as those of python.org are."
            ) from error

    def __len__(self) -> int:
        """Count the texts held."""
        return len(self._row_of)

    def add(self, ids: Sequence[str], texts: Sequence[str], titles: Sequence[str], /) -> None:
        """Add texts under ids.

        Parameters
        ----------
        ids : sequence of str
            None held already, none twice.
        texts, titles : sequence of str
            One for each id; either may be empty. Lone surrogates are read as U+FFFD.

        Raises
        ------
        InvalidInputError
            If the numbers differ, a value is no str, or an id is held already. Nothing is added then.
        """
        _check_strings("ids", ids)
        _check_strings("texts", texts)
        _check_strings("titles", titles)
        if not len(ids) == len(texts) == len(titles):
            raise InvalidInputError(
                f"ids, texts and titles must be as many; got {len(ids)}, {len(texts)} and {len(titles)}."
            )
        _check_distinct(ids)
        for id_ in ids:
            if id_ in self._row_of:
                raise InvalidInputError(f"ids must not be held already; got {id_!r}.\nHint: remove it first.")
        numbers = range(self._next, self._next + len(ids))
        self._write(
            "INSERT INTO words (rowid, text, title) VALUES (?, ?, ?)",
            zip(numbers, map(_written, texts), map(_written, titles), strict=True),
        )
        self._next += len(ids)
        self._row_of.update(zip(ids, numbers, strict=True))
        self._id_of.update(zip(numbers, ids, strict=True))

    def remove(self, ids: Sequence[str], /) -> None:
        """Remove texts; an id that is not held is an InvalidInputError and nothing is removed."""
        _check_strings("ids", ids)
        _check_distinct(ids)
        for id_ in ids:
            if id_ not in self._row_of:
                raise InvalidInputError(f"ids must be held to be removed; got {id_!r}.")
        self._write("DELETE FROM words WHERE rowid = ?", ((self._row_of[id_],) for id_ in ids))
        for id_ in ids:
            del self._id_of[self._row_of.pop(id_)]

    def search(self, query: str, /, *, k: int) -> list[Match]:
        """Find the texts that hold most of what is said in a query.

        Parameters
        ----------
        query : str
            Any text; nothing in it is an operator. May be empty.
        k : int, at least 1
            Most matches returned. Those that tie at the k-th place are chosen by id.

        Returns
        -------
        list of Match
            Highest `bm25` first, ties by id; empty if the query has no letter or digit, or no text holds a word of it.

        Raises
        ------
        InvalidInputError
            If `query` is no str or `k` is out of range.
        """
        if not isinstance(query, str):
            raise InvalidInputError(f"query must be a str; got {query!r}.")
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise InvalidInputError(f"k must be an int of at least 1; got {k!r}.")
        words = _words(_written(query))
        if not words:
            return []
        with self._lock:
            rows = self._ranked(words, min(k, len(self) + 1))
        return sorted((Match(self._id_of[row], -rank) for row, rank in rows), key=lambda m: (-m.bm25, m.id))[:k]

    def _ranked(self, words: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Give rows and their rank by FTS5 (lower is better), lowest first: `k` of them and what ties with the last."""
        rare = [word for word in words if not self._in_many(word)]
        condition, arguments = "", [TEXT_WEIGHT, TITLE_WEIGHT, _any_of(words)]
        if 0 < len(rare) < len(words):
            condition = (
                " AND +rowid IN (SELECT rowid FROM words WHERE words MATCH ?)"  # + so that it filters, not leads
            )
            arguments.append(_any_of(rare))
        cursor = self._connection.execute(
            f"SELECT rowid, bm25(words, ?, ?) AS low FROM words WHERE words MATCH ?{condition} ORDER BY low", arguments
        )
        rows: list[tuple[int, float]] = cursor.fetchmany(k)
        rows.extend(takewhile(lambda row: row[1] == rows[-1][1], cursor))
        cursor.close()
        return rows

    def _in_many(self, word: str) -> bool:
        if len(self) <= _MANY:
            return False
        found = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (_any_of([word]), _MANY + 1)
        )
        return int(found.fetchone()[0]) > _MANY

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement for each row, all or nothing."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                self._connection.executemany(statement, rows)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _words(query: str) -> list[str]:
    """Give the distinct words of a query, in an order that does not depend on theirs."""
    found = sorted(_WORD.findall(_spaced(query)))
    return [word for _, word in sorted({word.lower(): word for word in found}.items())]


def _spaced(text: str) -> str:
    """Write a space for all that stands between words, but points and commas, which may stand in a figure."""
    return _SIGN.sub(lambda sign: " " if unicodedata.category(sign.group()) in _APART else sign.group(), text)


def _any_of(words: Iterable[str]) -> str:
    """Write an FTS5 expression; `words` hold no quotation mark."""
    return " OR ".join(f'"{word}"' for word in words)


def _written(text: str) -> str:
    """Write a text as SQLite takes it, without lone surrogates, and as its words are told apart here."""
    return _spaced(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _check_strings(name: str, values: Sequence[str]) -> None:
    if isinstance(values, str):
        raise InvalidInputError(f"{name} must be a sequence of str; got the str {values!r}.")
    for value in values:
        if not isinstance(value, str):
            raise InvalidInputError(f"{name} must be str; got {value!r}.")


def _check_distinct(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise InvalidInputError(f"ids must not repeat; got {id_!r} twice.")
        seen.add(id_)
