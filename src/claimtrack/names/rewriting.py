"""Texts as they read with the names in use, kept up to date: a name that changes costs the texts that hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from claimtrack.names.table import NameTable
from claimtrack.names.tokens import tokens_of

__all__ = ["NamedTexts"]


class NamedTexts:
    """Keeps texts under ids, written with the names in use.

    Parameters
    ----------
    speakers : bool, default False
        Whether the texts are names of speakers, written by :meth:`NameTable.canonical`; :meth:`NameTable.apply` otherwise.

    Notes
    -----
    When the table of names changes, only texts that hold the first word of a name that changed are written anew; a word
    that came in by another name counts as well.
    """

    def __init__(self, *, speakers: bool = False) -> None:
        self._speakers = speakers
        self._table = NameTable()
        self._plain: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._words: dict[str, frozenset[str]] = {}

    def __getitem__(self, id_: str) -> str:
        """Give a text with the names in use."""
        return self._written[id_]

    def __contains__(self, id_: str) -> bool:
        """Tell whether there is a text under an id."""
        return id_ in self._written

    def add(self, texts: Mapping[str, str]) -> None:
        """Keep texts; one under a known id takes the place of what was there."""
        for id_, text in texts.items():
            self._plain[id_] = text
            self._write(id_)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget texts; an id that is not there is passed over."""
        for id_ in ids:
            for kept in (self._plain, self._written, self._words):
                kept.pop(id_, None)

    def use(self, table: NameTable) -> set[str]:
        """Write all texts with another table of names.

        Returns
        -------
        set of str
            Ids of the texts that read otherwise now.
        """
        changed = _first_words(self._table, table, people=self._speakers)
        self._table = table
        if not changed:
            return set()
        touched = [id_ for id_, words in self._words.items() if not words.isdisjoint(changed)]
        before = {id_: self._written[id_] for id_ in touched}
        for id_ in touched:
            self._write(id_)
        return {id_ for id_ in touched if self._written[id_] != before[id_]}

    def _write(self, id_: str) -> None:
        plain = self._plain[id_]
        write: Callable[[str], str] = self._table.canonical if self._speakers else self._table.apply
        self._written[id_] = write(plain)
        words: set[str] = set()
        if self._speakers:
            for stage in self._table.steps_of_canonical(plain):
                words |= {token.text for token in tokens_of(stage)} | {_first_word(stage)}
        else:
            for stage in self._table.steps(plain):
                words |= {token.text for token in tokens_of(stage)}
        self._words[id_] = frozenset(words)


def _first_word(name: str) -> str:
    return re.split("[ -]", name, maxsplit=1)[0]


def _first_words(one: NameTable, two: NameTable, *, people: bool) -> frozenset[str]:
    """Give the first words of all names that the tables do not treat alike."""
    names = {name for name, _ in one.names.items() ^ two.names.items()}
    names |= {word for pair in one.spelling.items() ^ two.spelling.items() for word in pair}
    if people:
        names |= one.people ^ two.people
    return frozenset(map(_first_word, names))
