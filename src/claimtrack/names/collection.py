"""What all articles of a collection say about names, under keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from claimtrack.names.keys import Key, key_of
from claimtrack.names.mentions import NameMentions
from claimtrack.names.spelling import spellings
from claimtrack.names.words import (
    CALENDAR,
    COMPASS,
    COUNTRIES,
    DEMONYMS,
    OPENERS,
    ORGANISATIONS,
    SPELLED,
    TITLES,
    core_of,
    is_opener,
    words_of,
)

__all__ = ["Collection", "Groups"]

_MISREAD = re.compile("[ÂÃ]|A[\u0302\u0303]")
"""Letters that UTF-8 leaves when it was read as Latin-1: "JuliÃ¡n" is not Julia."""


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
    """The mentions of all articles put together, and the groups that the steps of joining make of them.

    Attributes
    ----------
    mentions : list of NameMentions
        One for each article, in an order that does not depend on the one given.
    phrases : list of Counter
        Names of each article with how often they stand there, titles included.
    lower, middle : Counter of str
        Words in lower case; words inside names, in lower case too.
    spelling : dict of str to str
        From each spelling of a word to the one in use.
    surfaces : dict of Key to Counter
        The names under each key, in the spelling in use, with how often they stand in the articles.
    originals : dict of str to set of str
        The names in the articles that a name in the spelling in use stands for.
    where : dict of Key to set of int
        Numbers of the articles that use a name.
    placed : Counter of Key
        Names used as a place, with how often.
    persons : set of Key
        Names used for a person.
    first_names : set of str
        First words of those with more than one.
    groups : Groups
        What is joined so far.
    """

    def __init__(self, mentions: Iterable[NameMentions]) -> None:
        self.mentions = sorted(mentions, key=lambda m: m.order)
        self.lower: Counter[str] = Counter()
        self.middle: Counter[str] = Counter()
        for m in self.mentions:
            self.lower.update(m.lower)
            for surface, count in m.phrases.items():
                for word in words_of(surface):
                    self.middle[word.casefold()] += count
        self.phrases = [self._phrases(m) for m in self.mentions]
        people: set[str] = set().union(*(m.people for m in self.mentions))
        cores: Counter[str] = Counter()
        for phrases in self.phrases:
            for surface, count in phrases.items():
                if _MISREAD.search(surface):
                    continue
                core, titled = core_of(surface)
                cores[core] += count
                if titled:
                    people.add(core)
        places = {word for m in self.mentions for surface in m.places for word in words_of(surface)}
        self._keys: dict[str, Key] = {}
        self.spelling = spellings(cores, self.lower, places)
        self.surfaces: dict[Key, Counter[str]] = defaultdict(Counter)
        self.originals: dict[str, set[str]] = defaultdict(set)
        for surface, count in cores.items():
            self.keep(surface, count)
        self._locate(people)
        self.groups = Groups()

    def _phrases(self, mentions: NameMentions) -> Counter[str]:
        """Give the names of a text, those that open a sentence without a first word that is none."""
        found = Counter(mentions.phrases)
        for surface, count in mentions.opening.items():
            words = surface.split(" ")
            while words and self._is_common(words[0]):
                del words[0]
            if words:
                found[" ".join(words)] += count
        return found

    def _is_common(self, word: str) -> bool:
        small = word.casefold()
        return is_opener(word) or self.lower[small] > self.middle[small]

    def _locate(self, people: set[str]) -> None:
        """Find where names stand, and which are used for places and for persons."""
        self.placed: Counter[Key] = Counter()
        self.where: dict[Key, set[int]] = defaultdict(set)
        for number, (m, phrases) in enumerate(zip(self.mentions, self.phrases, strict=True)):
            for surface, count in m.placed.items():
                self.placed[self.key(surface)] += count
            for surface in phrases:
                self.where[self.key(core_of(surface)[0])].add(number)
        self.persons = {self.key(surface) for surface in people}
        self.persons |= {key for key in self.surfaces if len(key) == 2 and key[0] in SPELLED}
        self.first_names = {key[0] for key in self.persons if len(key) > 1}

    def keep(self, surface: str, count: int = 0) -> Key:
        """Keep a name under its key, which is given; `count` is how often it stands in the articles."""
        respelled = self.respell(surface)
        key = key_of(respelled)
        self.originals[respelled] |= {respelled, surface}
        self.surfaces[key][respelled] += count
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
        if len(key) == 1 and (
            word in COUNTRIES | DEMONYMS | CALENDAR | ORGANISATIONS | COMPASS | OPENERS | TITLES or len(word) < 2
        ):
            return False
        least = max(self.count(key), 1)
        placed = self.placed[key] if len(key) == 1 else 0
        return self.lower[word] * 10 < least and placed * 10 < least
