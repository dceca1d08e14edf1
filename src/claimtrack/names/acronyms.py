"""Acronyms, and the organisations that they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claimtrack.names.collection import Collection
from claimtrack.names.keys import Key
from claimtrack.names.organisations import letters_of
from claimtrack.names.words import KNOWN_ACRONYMS

__all__ = ["join_acronyms"]


def join_acronyms(collection: Collection) -> None:
    """Join an acronym with the one name that articles define it for, or that its letters fit."""
    tally = collection.tally
    defined: dict[str, set[Key]] = defaultdict(set)
    defining: dict[str, set[str]] = defaultdict(set)
    for (full, acronym), texts in sorted(tally.defined.items()):
        defined[acronym].add(collection.named(full))
        defining[acronym] |= texts
    fitting: dict[str, set[Key]] = defaultdict(set)
    naming: dict[Key, set[str]] = defaultdict(set)
    for name, texts in sorted(tally.organisations.items()):
        key = collection.named(name)
        naming[key] |= texts
        for acronym in letters_of(name):
            fitting[acronym].add(key)

    def heads(keys: Iterable[Key]) -> set[Key]:
        return {collection.groups.find(key) for key in keys}

    def texts_naming(keys: Iterable[Key]) -> set[str]:
        return set().union(*(naming[key] for key in keys if key in naming))

    def is_clear(acronym: str) -> bool:
        """Tell whether an acronym that is defined stands for one thing wherever it is used.

        No text may use it beside another organisation that it fits and not define it; and some texts must make it clear:
        more than two, or one in twelve of those that use it.
        """
        meant = heads(defined[acronym])
        if len(meant) != 1:
            return False
        others = {key for key in fitting[acronym] if collection.groups.find(key) not in meant}
        using = tally.acronyms.get(acronym, set())
        if texts_naming(others) & using - defining[acronym]:
            return False
        clear = len(defining[acronym] | texts_naming(defined[acronym]))
        return clear > 2 or clear * 12 >= len(using)

    for acronym in sorted(defined.keys() | tally.acronyms.keys()):
        known = KNOWN_ACRONYMS.get(acronym.casefold())
        if known is not None and known in collection.surfaces:
            collection.groups.join(collection.named(acronym), known)
        elif acronym in defined:
            if is_clear(acronym):
                collection.groups.join(collection.named(acronym), min(defined[acronym]))
        elif len(acronym) > 2 and not collection.lower[acronym.casefold()] and len(heads(fitting[acronym])) == 1:
            collection.groups.join(collection.named(acronym), min(fitting[acronym]))
