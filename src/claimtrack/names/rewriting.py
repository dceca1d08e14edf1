"""Texts as they read with the names in use, kept up to date: a name that changes costs the texts that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern

from claimtrack.names.table import NameTable
from claimtrack.names.tokens import tokens_of
from claimtrack.names.words import words_of

__all__ = ["NamedTexts"]


class NamedTexts:
    """Keeps texts under ids, written with the names in use.

    Parameters
    ----------
    speakers : bool, default False
        Whether the texts are names of speakers, written by :meth:`NameTable.canonical`; :meth:`NameTable.apply` otherwise.

    Notes
    -----
    When the table of names changes, only texts that hold all words of a name that changed are written anew; a word that
    came in by another name counts as well.
    """

    def __init__(self, *, speakers: bool = False) -> None:
        self._speakers = speakers
        self._table = NameTable()
        self._plain: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._holding: dict[str, set[str]] = {}

    def __getitem__(self, id_: str) -> str:
        """Give a text with the names in use."""
        return self._written[id_]

    def __contains__(self, id_: str) -> bool:
        """Tell whether there is a text under an id."""
        return id_ in self._written

    def add(self, texts: Mapping[str, str]) -> None:
        """Keep texts; one under a known id takes the place of what was there."""
        for id_, text in texts.items():
            self._write(id_, text)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget texts; an id that is not there is passed over."""
        for id_ in ids:
            self._drop_words(id_)
            self._plain.pop(id_, None)
            self._written.pop(id_, None)

    def use(self, table: NameTable) -> set[str]:
        """Write all texts with another table of names.

        Returns
        -------
        set of str
            Ids of the texts that read otherwise now.
        """
        touched = {
            id_ for name in _changed(self._table, table, people=self._speakers) for id_ in self._texts_with(name)
        }
        self._table = table
        before = {id_: self._written[id_] for id_ in touched}
        for id_ in touched:
            self._write(id_, self._plain[id_])
        return {id_ for id_ in touched if self._written[id_] != before[id_]}

    def _texts_with(self, name: str) -> set[str]:
        """Give the ids of the texts that hold all words of a name."""
        return set.intersection(*(self._holding.get(word, set()) for word in words_of(name)))

    def _write(self, id_: str, plain: str) -> None:
        self._drop_words(id_)
        if self._speakers:
            stages, written = self._table.steps_of_canonical(plain), self._table.canonical(plain)
            words = {word for stage in stages for word in words_of(stage)}
        else:
            stages, words = self._table.steps(plain), set()
            written = stages[-1]
        words.update(token.text for stage in stages for token in tokens_of(stage))
        self._plain[id_], self._written[id_], self._words[id_] = plain, written, tuple(map(intern, words))
        for word in self._words[id_]:
            self._holding.setdefault(word, set()).add(id_)

    def _drop_words(self, id_: str) -> None:
        for word in self._words.pop(id_, ()):
            self._holding[word].remove(id_)
            if not self._holding[word]:
                del self._holding[word]


def _changed(one: NameTable, two: NameTable, *, people: bool) -> set[str]:
    """Give the names and words that the tables do not treat alike."""
    names = {name for name, _ in one.names.items() ^ two.names.items()}
    for spelling, used in one.spelling.items() ^ two.spelling.items():
        names.add(spelling)
        if "'" in used:  # the word in use is itself written anew only where its apostrophe is another one
            names.add(used)
    if people:
        names |= one.people ^ two.people
    return names
