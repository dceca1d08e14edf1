"""Full names of one person, and the last name where all articles know one person with it."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.names.collection import Collection
from claimtrack.names.keys import Key, ends_with_article, within
from claimtrack.names.words import COMPASS, FAMILY_FIRST, ORGANISATIONS, PARTICLES, SUFFIXES

__all__ = ["join_people"]

_STANCES = frozenset("anti pro ex never team".split())
"""Words that make no name of a last name: "Never Trump", "Team Obama"."""


def join_people(collection: Collection) -> None:
    """Join full names of one person, then the last name where all articles know one person with it."""
    for last in {_last_name(key) for key in collection.persons if key}:
        ending = _ending_in(collection, last)
        if len(ending) > 1:
            _join_person(collection, last, _full_names(collection, ending))
    for family in sorted(FAMILY_FIRST & collection.holding.keys()):
        led = _full_names(collection, _led_by(collection, family))
        heads = {collection.groups.find(key) for key in led}
        known = led & collection.persons
        if known and len(heads) == 1 and not _full_names(collection, _ending_in(collection, family)) - led:
            _join_bare(collection, (family,), min(known), known)


def _last_name(key: Key) -> str:
    return key[-2] if len(key) > 1 and key[-1] in SUFFIXES else key[-1]


def _ending_in(collection: Collection, last: str) -> list[Key]:
    return [key for key in collection.holding.get(last, ()) if _last_name(key) == last]


def _led_by(collection: Collection, first: str) -> list[Key]:
    return [key for key in collection.holding.get(first, ()) if key[0] == first]


def _full_names(collection: Collection, keys: Iterable[Key]) -> set[Key]:
    return {key for key in keys if _may_be_person(collection, key)}


def _may_be_person(collection: Collection, key: Key) -> bool:
    """Tell whether a name may be a person's full one."""
    if len(key) < 2 or key[-2] in _STANCES or not ORGANISATIONS.isdisjoint(key):
        return False
    if all("-" in s.rsplit(" ", 1)[-1] and not ends_with_article(s) for s in collection.surfaces[key]):
        return False
    return not _is_overlong(collection, key)


def _is_overlong(collection: Collection, key: Key) -> bool:
    """Tell whether other words stand before a full name: "Fox News Sean Hannity", as both parts are known."""
    lower, middle, holding = collection.lower, collection.middle, collection.holding
    for i in range(1, len(key) - 1):
        if key[i:] not in collection.surfaces:
            continue
        front = [word for word in key[:i] if len(word) > 1]
        for word in front:
            ends_a_name = any(name[-1] == word and len(name) > 1 for name in holding[word])
            if lower[word] > 2 * middle[word] or word.isupper() or ends_a_name:
                return True
        if len(front) > 1 and any(name[-1] != key[-1] for word in front for name in holding[word]):
            return True
    return False


def _join_person(collection: Collection, last: str, keys: set[Key]) -> None:
    """Join the full names `keys` with one last name, and that name."""
    persons = collection.persons
    if not keys & persons and not ((last,) in persons and _together(collection, (last,), keys)):
        return
    plain = sorted(key for key in keys if key[-1] == last)
    longest = [key for key in plain if not any(len(key) < len(other) and within(key, other) for other in plain)]
    for key in set(plain).difference(longest):
        above = [name for name in longest if within(key, name)]
        if len(above) != 1:
            continue
        added = set(above[0]) - set(key)
        if len(longest) == 1 or (above[0][0] == key[0] and all(len(word) < 3 for word in added)):
            collection.groups.join(key, above[0])
    if len(longest) != 1 or len(plain) != len(keys):
        return
    others = persons.intersection(_led_by(collection, last)) - keys
    if _full_names(collection, others):
        return
    name = longest[0]
    if name[0] in COMPASS or name[0] in FAMILY_FIRST:
        return
    start = len(name) - 1
    while start > 1 and name[start - 1] in PARTICLES:
        start -= 1
    for i in range(start, len(name)):
        _join_bare(collection, name[i:], name, set(plain))


def _join_bare(collection: Collection, bare: Key, name: Key, keys: set[Key]) -> None:
    """Join a last name to a full one, if it is used for a person or stands in an article with one of the names `keys`."""
    if bare not in collection.surfaces or not collection.is_name(bare) or bare[0].isupper():
        return
    if bare in collection.persons or _together(collection, bare, keys):
        collection.groups.join(bare, name)


def _together(collection: Collection, bare: Key, keys: set[Key]) -> bool:
    """Tell whether a name stands in one text with one of the names `keys`."""
    texts = collection.where(bare)
    return any(not texts.isdisjoint(collection.where(key)) for key in keys)
