"""The names of a collection of texts, under keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Set

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
_GIVEN = frozenset(SPELLED.values())
"""Given names that are spelled in several ways, as they stand in keys."""


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

    def several(self) -> list[list[Key]]:
        """Give the members of each group of more than one, in order."""
        members: dict[Key, list[Key]] = {}
        for key in sorted(self._parent):
            head = self.find(key)
            members.setdefault(head, [head]).append(key)
        return list(members.values())


class Collection:
    """The names of all texts under keys, and the groups that the steps of joining make of them.

    Attributes
    ----------
    tally : NameTally
        What was counted; it is not changed.
    lower, middle : Counter of str
        Words in lower case; words inside names, in lower case too.
    spelling : dict of str to str
        From each spelling of a word to the one in use.
    counts : Counter of str
        The names in the spelling in use, with how often they stand in the texts.
    surfaces : dict of Key to set of str
        The names under each key, likewise.
    originals : dict of str to set of str
        The names in other spellings that a name in the spelling in use stands for.
    holding : dict of str to set of Key
        The keys that each word stands in.
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
        self.tally = tally
        self.lower, self.middle = tally.lower, tally.middle
        places = {word for name in tally.places for word in words_of(name)}
        self.spelling = spellings(tally.words, tally.cores, self.lower, places)
        self.counts = Counter(tally.cores)
        self.surfaces: dict[Key, Set[str]] = dict(tally.keys)
        self.holding: dict[str, Set[Key]] = dict(tally.holding)
        self.originals: dict[str, set[str]] = defaultdict(set)
        for name in {name for word in self.spelling for name in tally.words.names[word]}:
            self._rename(name)
        self.placed: Counter[Key] = Counter()
        for surface, count in tally.placed.items():
            self.placed[self.key(surface)] += count
        self.persons = {self.key(surface) for surface in tally.people}
        self.persons |= {
            key for word in _GIVEN for key in self.holding.get(word, ()) if len(key) == 2 and key[0] == word
        }
        self.first_names = {key[0] for key in self.persons if len(key) > 1}
        self.groups = Groups()

    def _rename(self, name: str) -> None:
        """Keep a name under the spelling in use; the sets of the tally are not touched."""
        old, respelled = key_of(name), self.respell(name)
        self.surfaces[old] = self.surfaces[old] - {name}
        if not self.surfaces[old]:
            del self.surfaces[old]
            self.holding |= {word: self.holding[word] - {old} for word in old}
        key = key_of(respelled)
        self.surfaces[key] = self.surfaces.get(key, frozenset()) | {respelled}
        self.holding |= {word: self.holding.get(word, frozenset()) | {key} for word in key}
        self.counts[respelled] += self.counts.pop(name)
        self.originals[respelled].add(name)

    def where(self, key: Key) -> set[str]:
        """Give the ids of the texts that use a name."""
        names = {name for surface in self.surfaces.get(key, ()) for name in self.written(surface)}
        return set().union(*(self.tally.standing.get(name, ()) for name in names))

    def written(self, surface: str) -> set[str]:
        """Give a name with the other spellings that it stands for."""
        return {surface, *self.originals.get(surface, ())}

    def named(self, surface: str) -> Key:
        """Give the key of a name, which is kept if no name is under that key."""
        respelled = self.respell(surface)
        key = key_of(respelled)
        if key not in self.surfaces:
            self.surfaces[key] = frozenset([respelled])
            if respelled != surface:
                self.originals[respelled].add(surface)
        return key

    def respell(self, surface: str) -> str:
        """Write each word of a name in the spelling in use."""
        if self.spelling.keys().isdisjoint(words_of(surface)):
            return surface
        return "".join(self.spelling.get(piece, piece) for piece in re.split("([ -])", surface))

    def key(self, surface: str) -> Key:
        """Give the key of a name, spellings joined."""
        return key_of(self.respell(surface))

    def count(self, key: Key) -> int:
        """Tell how often the names under a key stand in the articles."""
        return sum(self.counts[surface] for surface in self.surfaces.get(key, ()))

    def is_name(self, key: Key) -> bool:
        """Tell whether a short name is no ordinary word, place, country or day."""
        word = key[-1]
        if len(key) == 1 and (word in _NO_NAMES or len(word) < 2):
            return False
        least = max(self.count(key), 1)
        placed = self.placed[key] if len(key) == 1 else 0
        return self.lower[word] * 10 < least and placed * 10 < least
