"""Acronyms, and the organisations that they stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from claimtrack.names.collection import Collection
from claimtrack.names.keys import Key, initials, is_band
from claimtrack.names.mentions import NameMentions
from claimtrack.names.words import (
    BODIES,
    CALENDAR,
    KNOWN_ACRONYMS,
    LINKS,
    OPENERS,
    TITLES,
    is_acronym,
    is_organisation,
    words_of,
)

__all__ = ["join_acronyms"]

_MOST_WORDS = 12


class _Usage(NamedTuple):
    """What one article says: acronyms it uses, what it defines them for, and organisations with their first letters."""

    used: set[str]
    defined: set[tuple[Key, str]]
    organisations: dict[Key, set[str]]

    def names(self, acronym: str) -> set[Key]:
        """Give the names that the article defines an acronym for."""
        return {key for key, letters in self.defined if letters == acronym}

    def holds(self, keys: set[Key]) -> bool:
        """Tell whether one of the names is an organisation of the article."""
        return not self.organisations.keys().isdisjoint(keys)


def join_acronyms(collection: Collection) -> None:
    """Join an acronym with the one name that articles define it for, or that its letters fit."""
    definitions = [
        {(collection.named(full), acronym) for full, acronym in sorted(m.acronyms)} for m, _ in collection.mentions
    ]
    usages = [
        _usage(collection, m, phrases, defined)
        for (m, phrases), defined in zip(collection.mentions, definitions, strict=True)
    ]
    defined: dict[str, set[Key]] = defaultdict(set)
    fitting: dict[str, set[Key]] = defaultdict(set)
    for usage in usages:
        for key, acronym in usage.defined:
            defined[acronym].add(key)
        for key, letters in usage.organisations.items():
            for acronym in letters:
                fitting[acronym].add(key)

    def heads(keys: set[Key]) -> set[Key]:
        return {collection.groups.find(key) for key in keys}

    for acronym in sorted(set(defined).union(*(usage.used for usage in usages))):
        known = KNOWN_ACRONYMS.get(acronym.casefold())
        if known is not None and known in collection.surfaces:
            _join(collection, acronym, known)
        elif acronym in defined:
            if _is_clear(collection, acronym, defined[acronym], fitting[acronym], usages):
                _join(collection, acronym, min(defined[acronym]))
        elif len(acronym) > 2 and not collection.lower[acronym.casefold()] and len(heads(fitting[acronym])) == 1:
            _join(collection, acronym, min(fitting[acronym]))


def _usage(
    collection: Collection, mentions: NameMentions, phrases: Counter[str], defined: set[tuple[Key, str]]
) -> _Usage:
    used = {acronym for name in phrases for acronym in _acronyms_in(name)}
    organisations: dict[Key, set[str]] = defaultdict(set)
    for name in sorted([*phrases, *mentions.long_phrases]):
        letters = _letters_of(name)
        if letters and (_may_go_by_letters(name) or letters & used):
            organisations[collection.named(name)] |= letters
    return _Usage(used, defined, organisations)


def _is_clear(collection: Collection, acronym: str, keys: set[Key], fitting: set[Key], usages: list[_Usage]) -> bool:
    """Tell whether an acronym that is defined for the names `keys` stands for them wherever it is used.

    They must be one thing; no article may use it beside another organisation that it fits and not define it; and some
    articles must make it clear: more than two, or one in twelve of those that use it.
    """
    heads = {collection.groups.find(key) for key in keys}
    if len(heads) != 1:
        return False
    others = {key for key in fitting if collection.groups.find(key) not in heads}
    using = [usage for usage in usages if acronym in usage.used]
    if any(usage.holds(others) and not usage.names(acronym) for usage in using):
        return False
    clear = sum(bool(usage.names(acronym)) or usage.holds(keys) for usage in usages)
    return clear > 2 or clear * 12 >= len(using)


def _join(collection: Collection, acronym: str, key: Key) -> None:
    if (acronym,) not in collection.surfaces:
        collection.keep(acronym)
    collection.groups.join((acronym,), key)


@lru_cache(maxsize=1 << 16)
def _acronyms_in(name: str) -> tuple[str, ...]:
    return tuple(word.replace(".", "") for word in words_of(name) if is_acronym(word))


@lru_cache(maxsize=1 << 16)
def _letters_of(name: str) -> frozenset[str]:
    """Give the first letters of an organisation's name; none of any other name."""
    if " " not in name or not (is_organisation(name.split(" ")) or is_band(name)):
        return frozenset()
    return frozenset(initials(name))


@lru_cache(maxsize=1 << 16)
def _may_go_by_letters(name: str) -> bool:
    """Tell whether a name is plainly an organisation's: "World Health Organization", "Bureau of Mines and Rail"."""
    words = [word.casefold() for word in name.split(" ")]
    if words[0] in OPENERS | TITLES | CALENDAR or len(words) > _MOST_WORDS:
        return False
    if is_band(name):
        return True
    large = [word for word in words if word not in LINKS]
    is_body = words[-1] in BODIES or any(one in BODIES and two in {"of", "for"} for one, two in pairwise(words))
    return len(large) > 2 and "-" not in name and is_body
