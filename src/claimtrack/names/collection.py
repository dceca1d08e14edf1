"""The names of a collection of texts, under keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from claimtrack.names.keys import Key, key_of
from claimtrack.names.spelling import spellings
from claimtrack.names.tally import NameTally
from claimtrack.names.words import (
    CALENDAR,
    COMPASS,
    COUNTRIES,
    DEMONYMS,
    OPENERS,
    ORGANISATIONS,
    SPELLED,
    TITLES,
    words_of,
)

__all__ = ["Collection", "Groups"]


_NO_NAMES = COUNTRIES | DEMONYMS | CALENDAR | ORGANISATIONS | COMPASS | OPENERS | TITLES
"""Words that are no short name of a person or thing."""


class Groups:
    """Names that were joined; each group is known by its first member in order."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        """Give the key that the group of a name is known by."""
        while key in self._parent:
            key = self._parent[key]
        return key

    def join(self, one: Key, two: Key) -> None:
        """Make the groups of two names one."""
        first, second = sorted((self.find(one), self.find(two)))
        if first != second:
            self._parent[second] = first


class Collection:
    """The names of all texts under keys, and the groups that the steps of joining make of them.

    Attributes
    ----------
    mentions : list of (NameMentions, Counter)
        Those of each text with its names, in an order that does not depend on the ids of the texts.
    lower, middle : Counter of str
        Words in lower case; words inside names, in lower case too.
    spelling : dict of str to str
        From each spelling of a word to the one in use.
    surfaces : dict of Key to dict of str to int
        The names under each key, in the spelling in use, with how often they stand in the texts.
    originals : dict of str to set of str
        The names in the texts that a name in the spelling in use stands for.
    placed : Counter of Key
        Names used as a place, with how often.
    persons : set of Key
        Names used for a person.
    first_names : set of str
        First words of those with more than one.
    groups : Groups
        What is joined so far.
    """

    def __init__(self, tally: NameTally) -> None:
        self.mentions = sorted(
            ((m, tally.phrases[id_]) for id_, m in tally.mentions.items()), key=lambda pair: pair[0].order
        )
        self.lower, self.middle = tally.lower, tally.middle
        self._standing = tally.standing
        self._keys: dict[str, Key] = {}
        self.spelling = spellings(tally.cores, self.lower, {word for name in tally.places for word in words_of(name)})
        self.surfaces: dict[Key, dict[str, int]] = {}
        self.originals: dict[str, set[str]] = defaultdict(set)
        for surface, count in tally.cores.items():
            self.keep(surface, count)
        self.placed: Counter[Key] = Counter()
        for surface, count in tally.placed.items():
            self.placed[self.key(surface)] += count
        self.persons = {self.key(surface) for surface in tally.people}
        self.persons |= {key for key in self.surfaces if len(key) == 2 and key[0] in SPELLED}
        self.first_names = {key[0] for key in self.persons if len(key) > 1}
        self.groups = Groups()

    def where(self, key: Key) -> set[str]:
        """Give the ids of the texts that use a name."""
        names = {name for surface in self.surfaces.get(key, ()) for name in self.originals[surface]}
        return set().union(*(self._standing.get(name, ()) for name in names))

    def keep(self, surface: str, count: int = 0) -> Key:
        """Keep a name under its key, which is given; `count` is how often it stands in the articles."""
        respelled = self.respell(surface)
        key = key_of(respelled)
        self.originals[respelled] |= {respelled, surface}
        found = self.surfaces.setdefault(key, {})
        found[respelled] = found.get(respelled, 0) + count
        return key

    def named(self, surface: str) -> Key:
        """Give the key of a name, which is kept if no name is under that key."""
        key = self.key(surface)
        return key if key in self.surfaces else self.keep(surface)

    def respell(self, surface: str) -> str:
        """Write each word of a name in the spelling in use."""
        if self.spelling.keys().isdisjoint(words_of(surface)):
            return surface
        return "".join(self.spelling.get(piece, piece) for piece in re.split("([ -])", surface))

    def key(self, surface: str) -> Key:
        """Give the key of a name, spellings joined."""
        key = self._keys.get(surface)
        if key is None:
            key = self._keys[surface] = key_of(self.respell(surface))
        return key

    def count(self, key: Key) -> int:
        """Tell how often the names under a key stand in the articles."""
        return sum(self.surfaces[key].values()) if key in self.surfaces else 0

    def is_name(self, key: Key) -> bool:
        """Tell whether a short name is no ordinary word, place, country or day."""
        word = key[-1]
        if len(key) == 1 and (word in _NO_NAMES or len(word) < 2):
            return False
        least = max(self.count(key), 1)
        placed = self.placed[key] if len(key) == 1 else 0
        return self.lower[word] * 10 < least and placed * 10 < least
