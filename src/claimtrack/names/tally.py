"""What all texts say about names, counted; kept up to date as texts come and go."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from claimtrack.names.keys import Key, key_of
from claimtrack.names.mentions import NameMentions
from claimtrack.names.organisations import acronyms_in, organisations_in
from claimtrack.names.spelling import CapitalWords
from claimtrack.names.words import core_of, is_opener, words_of

__all__ = ["NameTally"]

_MISREAD = re.compile("[ÂÃ]|A[\u0302\u0303]")
"""Letters that UTF-8 leaves when it was read as Latin-1: "JuliÃ¡n" is not Julia."""

_K = TypeVar("_K")
_V = TypeVar("_V")


class NameTally:
    """Counts over the mentions of many texts; a text that comes or goes costs its own names.

    Parameters
    ----------
    mentions : mapping of str to NameMentions, optional
        Texts to begin with, by id.

    Notes
    -----
    Kept are the mentions and the names of each text; over all texts the words in lower case and inside names, the names
    without their titles, by key and by word, and the texts that each stands in, the names used for persons and places, and
    the texts with each acronym, organisation, definition and alias. Whether a word that opens a sentence belongs to the
    name behind it depends on all texts: where that turns, the texts that hold it are counted again.
    """

    def __init__(self, mentions: Mapping[str, NameMentions] | None = None) -> None:
        self.mentions: dict[str, NameMentions] = {}
        self.phrases: dict[str, Counter[str]] = {}
        self.lower: Counter[str] = Counter()
        self.middle: Counter[str] = Counter()
        self.cores: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.placed: Counter[str] = Counter()
        self.keys: dict[Key, set[str]] = {}
        self.holding: dict[str, set[Key]] = {}
        self.words = CapitalWords()
        self.standing: dict[str, set[str]] = {}
        self.acronyms: dict[str, set[str]] = {}
        self.organisations: dict[str, set[str]] = {}
        self.defined: dict[tuple[str, str], set[str]] = {}
        self.aliases: dict[tuple[str, str], set[str]] = {}
        self._opening: dict[str, set[str]] = defaultdict(set)
        self.update((), mentions or {})

    def update(self, gone: Iterable[str], fresh: Mapping[str, NameMentions]) -> None:
        """Let texts go, and take in others.

        Parameters
        ----------
        gone : iterable of str
            Ids of texts that are there.
        fresh : mapping of str to NameMentions
            By ids that are not there, but for those in `gone`.
        """
        leaving = [(id_, self.mentions[id_]) for id_ in gone]
        coming = list(fresh.items())
        counted = {word for _, m in (*leaving, *coming) for word in (*m.lower, *_inner_words(m))}
        common = {word: self._is_lower(word) for word in counted & self._opening.keys()}
        for id_, m in leaving:
            self._count(id_, m, -1)
            self._count_phrases(id_, -1)
            del self.mentions[id_], self.phrases[id_]
            for word in _first_words(m):
                self._opening[word].discard(id_)
        for id_, m in coming:
            self._count(id_, m, 1)
        turned = [word for word, was in common.items() if self._is_lower(word) is not was]
        again = {id_ for word in turned for id_ in self._opening[word]}
        for id_ in sorted(again):
            self._count_phrases(id_, -1)
        for id_, m in coming:
            self.mentions[id_] = m
            for word in _first_words(m):
                self._opening[word].add(id_)
        for id_ in (*sorted(again), *fresh):
            self.phrases[id_] = self._phrases(self.mentions[id_])
            self._count_phrases(id_, 1)

    def _count(self, id_: str, m: NameMentions, sign: int) -> None:
        """Count what does not depend on other texts, or take it out."""
        _add(self.lower, m.lower.items(), sign)
        _add(self.middle, _inner_words(m).items(), sign)
        _add(self.people, ((name, 1) for name in m.people), sign)
        _add(self.places, ((name, 1) for name in m.places), sign)
        _add(self.placed, m.placed.items(), sign)
        _mark(self.defined, m.acronyms, id_, sign)
        _mark(self.aliases, m.aliases, id_, sign)

    def _count_phrases(self, id_: str, sign: int) -> None:
        """Count the names of a text, or take them out."""
        phrases = self.phrases[id_]
        acronyms = acronyms_in(phrases)
        _mark(self.acronyms, acronyms, id_, sign)
        _mark(self.organisations, organisations_in({*phrases, *self.mentions[id_].long_phrases}, acronyms), id_, sign)
        _mark(self.standing, {core_of(surface)[0] for surface in phrases}, id_, sign)
        for surface, count in phrases.items():
            if _MISREAD.search(surface):
                continue
            core, titled = core_of(surface)
            self._count_name(core, sign * count)
            if titled:
                _add(self.people, [(core, 1)], sign)

    def _count_name(self, name: str, count: int) -> None:
        """Count a name without its title; one that comes or goes is noted under its key and its words."""
        known = name in self.cores
        _add(self.cores, [(name, count)], 1)
        if known is (name in self.cores):
            return
        if known:
            self.words.remove(name)
        else:
            self.words.add(name)
        key = key_of(name)
        under_key = key in self.keys
        _mark(self.keys, [key], name, -1 if known else 1)
        if under_key is not (key in self.keys):
            _mark(self.holding, set(key), key, -1 if under_key else 1)

    def _phrases(self, mentions: NameMentions) -> Counter[str]:
        """Give the names of a text, those that open a sentence without a first word that is none."""
        found = Counter(mentions.phrases)
        for surface, count in mentions.opening.items():
            words = surface.split(" ")
            while words and (is_opener(words[0]) or self._is_lower(words[0].casefold())):
                del words[0]
            if words:
                found[" ".join(words)] += count
        return found

    def _is_lower(self, word: str) -> bool:
        """Tell whether a word stands in lower case more often than inside names."""
        return self.lower[word] > self.middle[word]


def _inner_words(mentions: NameMentions) -> Counter[str]:
    """Count the words of the names inside sentences, in lower case."""
    found: Counter[str] = Counter()
    for name, count in mentions.phrases.items():
        for word in words_of(name):
            found[word.casefold()] += count
    return found


def _first_words(mentions: NameMentions) -> set[str]:
    """Give the words that may have to be cut from a name that opens a sentence, in lower case."""
    return {word.casefold() for name in mentions.opening for word in name.split(" ")}


def _add(counts: Counter[str], items: Iterable[tuple[str, int]], sign: int) -> None:
    """Add or subtract counts; what has come to nothing is not kept."""
    for item, count in items:
        left = counts[item] + sign * count
        if left:
            counts[item] = left
        else:
            counts.pop(item, None)


def _mark(members: dict[_K, set[_V]], keys: Iterable[_K], member: _V, sign: int) -> None:
    """Put a member under keys, or take it away; a key with no members is not kept."""
    for key in keys:
        if sign > 0:
            members.setdefault(key, set()).add(member)
        else:
            members[key].remove(member)
            if not members[key]:
                del members[key]
