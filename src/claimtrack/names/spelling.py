"""Which words are two spellings of one: Idlib, Idleb, Idelb; Rouhani, Rohani; Erdogan, Erdoğan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache
from itertools import pairwise

from claimtrack.names.keys import arabic_skeleton, fold, skeleton
from claimtrack.names.words import CALENDAR, COUNTRIES, DEMONYMS, OPENERS, SPELLED, TITLES, words_of

__all__ = ["CapitalWords", "spellings"]

_NO_FIRST_NAMES = OPENERS | CALENDAR


class CapitalWords:
    """The capitalised words of names, and which of them look like two spellings of one; kept as names come and go.

    Attributes
    ----------
    names : dict of str to set of str
        The names that hold each word.
    alike : dict of str to set of str
        For each word the others that it may be one with, if the names around them agree; words without such are left out.
    """

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = {}
        self.alike: dict[str, set[str]] = {}
        self._same_consonants: dict[str, set[str]] = defaultdict(set)

    def add(self, name: str) -> None:
        """Take in a name that is not there."""
        for word in _capitalised(name)[0]:
            if word not in self.names:
                self.names[word] = set()
                self._compare(word)
            self.names[word].add(name)

    def remove(self, name: str) -> None:
        """Let a name go that is there."""
        for word in set(_capitalised(name)[0]):
            self.names[word].remove(name)
            if not self.names[word]:
                del self.names[word]
                self._forget(word)

    def _compare(self, word: str) -> None:
        """Compare a new word with those of the same consonants."""
        consonants = _compared_by(word)
        if consonants is None:
            return
        bucket = self._same_consonants[consonants]
        for other in bucket:
            one, two = sorted((word, other))
            if _is_one(fold(one), fold(two), shared=True, strangers=False, placed=True):
                self.alike.setdefault(one, set()).add(two)
                self.alike.setdefault(two, set()).add(one)
        bucket.add(word)

    def _forget(self, word: str) -> None:
        consonants = _compared_by(word)
        if consonants is None:
            return
        self._same_consonants[consonants].remove(word)
        if not self._same_consonants[consonants]:
            del self._same_consonants[consonants]
        for other in self.alike.pop(word, ()):
            self.alike[other].remove(word)
            if not self.alike[other]:
                del self.alike[other]


def spellings(
    words: CapitalWords, names: Mapping[str, int], lower: Mapping[str, int], places: Set[str]
) -> dict[str, str]:
    """Give, for each spelling of a word that is not the one most used, the one that is.

    Parameters
    ----------
    words : CapitalWords
        Of `names`.
    names : mapping of str to int
        All names with how often they stand in the articles, titles cut.
    lower : mapping of str to int
        Words in lower case with how often they stand there.
    places : set of str
        Words that stand in a name where a place may.

    Notes
    -----
    The rules are in the notes of :func:`claimtrack.names.join_names`. Only words that look alike are counted and compared.
    """
    counts = {w: sum(names[n] * _capitalised(n)[0].count(w) for n in words.names[w]) for w in words.alike}
    used = {word for word, count in counts.items() if lower.get(word.casefold(), 0) < count}
    before = {w: {first for n in words.names[w] for first, two in _capitalised(n)[1] if two == w} for w in used}

    def one_word(one: str, two: str) -> bool:
        shared = {w for w in before[one] & before[two] if w not in lower and w not in _NO_FIRST_NAMES}
        strangers = bool(before[one] and before[two] and not shared)
        return _is_one(fold(one), fold(two), shared=bool(shared), strangers=strangers, placed={one, two} <= places)

    spelling: dict[str, str] = {}
    left = set(used)
    while left:
        members = [left.pop()]
        for one in members:
            near = {two for two in words.alike[one] & left if one_word(*sorted((one, two)))}
            members += near
            left -= near
        best = min(members, key=lambda word: (-counts[word], word))
        spelling |= {word: best for word in members if word != best}
    return spelling


@lru_cache(maxsize=1 << 16)
def _capitalised(name: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Give a name's capitalised words that are no acronyms, and each such word with what stands before it, folded."""
    words = [word for word in words_of(name) if word[:1].isupper()]
    pairs = tuple((SPELLED.get(fold(one), fold(one)), two) for one, two in pairwise(words))
    return tuple(word for word in words if not word.isupper() and "." not in word), pairs


@lru_cache(maxsize=1 << 16)
def _compared_by(word: str) -> str | None:
    """Give the consonants of a word, None if it can have no other spelling."""
    folded = fold(word)
    may = len(folded) >= 4 and word.casefold() not in OPENERS | CALENDAR | TITLES
    return arabic_skeleton(folded) if may else None


def _is_one(one: str, two: str, *, shared: bool, strangers: bool, placed: bool) -> bool:
    """Tell whether two folded words with the same consonants are one.

    `shared`: both stand behind one first name; `strangers`: only behind different ones; `placed`: both are used as places.
    """
    if one == two:
        return True
    if {one, two} & (COUNTRIES | DEMONYMS):
        return False
    if placed and len(one) > 4 and one.removesuffix("h") == two.removesuffix("h"):
        return True
    if len(skeleton(one)) < 3 or strangers:
        return False
    if one.replace("ou", "o") == two.replace("ou", "o") and one[-1] in "aeiou":
        return True
    return (placed or shared) and _vowels_vary(
        one.replace("ou", "u" if "u" in two.replace("ou", "") else "o"),
        two.replace("ou", "u" if "u" in one.replace("ou", "") else "o"),
        placed=placed,
    )


def _vowels_vary(one: str, two: str, *, placed: bool) -> bool:
    """Tell whether two folded spellings differ by e for i, or by a vowel and a consonant swapped."""
    if len(one) != len(two) or one == two:
        return one == two
    changed = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(changed) == 1:
        return set(changed[0]) == {"e", "i"} or (placed and set(changed[0]) == {"q", "k"})
    swapped = len(changed) == 2 and changed[0] == changed[1][::-1]
    return swapped and len(set(changed[0]) & set("aeiouy")) == 1
