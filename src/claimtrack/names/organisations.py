"""Names of organisations in one text, and the acronyms that their first letters make."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import pairwise

from claimtrack.names.keys import initials, is_band
from claimtrack.names.words import BODIES, CALENDAR, LINKS, OPENERS, TITLES, is_acronym, is_organisation, words_of

__all__ = ["acronyms_in", "letters_of", "organisations_in"]

_MOST_WORDS = 12


def acronyms_in(names: Iterable[str]) -> set[str]:
    """Give the acronyms in the names of a text, without dots."""
    return {acronym for name in names for acronym in _acronyms_of(name)}


def organisations_in(names: Iterable[str], acronyms: Set[str]) -> set[str]:
    """Give the names of a text that an acronym may stand for: plainly an organisation's, or fit by one of `acronyms`."""
    return {
        name
        for name in names
        if (letters := letters_of(name)) and (_may_go_by_letters(name) or not letters.isdisjoint(acronyms))
    }


@lru_cache(maxsize=1 << 16)
def letters_of(name: str) -> frozenset[str]:
    """Give the first letters of an organisation's name; none of any other name."""
    if " " not in name or not (is_organisation(name.split(" ")) or is_band(name)):
        return frozenset()
    return frozenset(initials(name))


@lru_cache(maxsize=1 << 16)
def _acronyms_of(name: str) -> tuple[str, ...]:
    return tuple(word.replace(".", "") for word in words_of(name) if is_acronym(word))


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
