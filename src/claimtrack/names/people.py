"""Full names of one person, and the last name where all articles know one person with it."""

from __future__ import annotations

from collections import Counter, defaultdict

from claimtrack.names.collection import Collection
from claimtrack.names.keys import Key, ends_with_article, within
from claimtrack.names.words import COMPASS, FAMILY_FIRST, ORGANISATIONS, PARTICLES, SUFFIXES

__all__ = ["join_people"]

_STANCES = frozenset("anti pro ex never team".split())
"""Words that make no name of a last name: "Never Trump", "Team Obama"."""


def join_people(collection: Collection) -> None:
    """Join full names of one person, then the last name where all articles know one person with it."""
    overlong = _overlong(collection)
    full: dict[str, set[Key]] = defaultdict(set)
    first: dict[str, set[Key]] = defaultdict(set)
    for key, found in collection.surfaces.items():
        if len(key) < 2 or all("-" in s.rsplit(" ", 1)[-1] and not ends_with_article(s) for s in found):
            continue
        if key[-2] in _STANCES or set(key) & ORGANISATIONS or key in overlong:
            continue
        full[key[-2] if key[-1] in SUFFIXES else key[-1]].add(key)
        first[key[0]].add(key)
    for last in sorted(full):
        _join_person(collection, last, full[last], first[last])
    for family in sorted(FAMILY_FIRST & set(first)):
        keys = first[family] & collection.persons
        heads = {collection.groups.find(key) for key in first[family]}
        if keys and len(heads) == 1 and not full[family] - first[family]:
            _join_bare(collection, (family,), min(keys), keys)


def _overlong(collection: Collection) -> set[Key]:
    """Give full names with other words before them: "Fox News Sean Hannity", as both parts are known."""
    ends = Counter(key[-1] for key in collection.surfaces if len(key) > 1)
    holders = Counter(word for key in collection.surfaces for word in set(key))
    with_last = Counter((word, key[-1]) for key in collection.surfaces for word in set(key))
    lower, middle = collection.lower, collection.middle

    def is_overlong(key: Key) -> bool:
        for i in range(1, len(key) - 1):
            if key[i:] not in collection.surfaces:
                continue
            front = [word for word in key[:i] if len(word) > 1]
            if any(lower[word] > 2 * middle[word] or word.isupper() or ends[word] for word in front):
                return True
            if len(front) > 1 and any(holders[word] > with_last[word, key[-1]] for word in front):
                return True
        return False

    return {key for key in collection.surfaces if is_overlong(key)}


def _join_person(collection: Collection, last: str, keys: set[Key], led: set[Key]) -> None:
    """Join the full names `keys` with one last name, and that name; it leads the names `led`."""
    persons = collection.persons
    if not keys & persons and not ((last,) in persons and _together(collection, (last,), keys)):
        return
    plain = sorted(key for key in keys if key[-1] == last)
    longest = [key for key in plain if not any(key != other and within(key, other) for other in plain)]
    for key in plain:
        above = [name for name in longest if within(key, name)]
        if len(above) != 1 or above[0] == key:
            continue
        added = set(above[0]) - set(key)
        if len(longest) == 1 or (above[0][0] == key[0] and all(len(word) < 3 for word in added)):
            collection.groups.join(key, above[0])
    if len(longest) != 1 or len(plain) != len(keys) or (led - keys) & persons:
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
