"""Which words are two spellings of one: Idlib, Idleb, Idelb; Rouhani, Rohani; Erdogan, Erdoğan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache
from itertools import pairwise

from claimtrack.names.keys import arabic_skeleton, fold, skeleton
from claimtrack.names.words import CALENDAR, COUNTRIES, DEMONYMS, OPENERS, SPELLED, TITLES, words_of

__all__ = ["spellings"]


def spellings(names: Mapping[str, int], lower: Mapping[str, int], places: Set[str]) -> dict[str, str]:
    """Give, for each spelling of a word that is not the one most used, the one that is.

    Parameters
    ----------
    names : mapping of str to int
        All names with how often they stand in the articles, titles cut.
    lower : mapping of str to int
        Words in lower case with how often they stand there.
    places : set of str
        Words that stand in a name where a place may.

    Notes
    -----
    The rules are in the notes of :func:`claimtrack.names.join_names`. Only words with the same consonants are compared.
    """
    counts: Counter[str] = Counter()
    before: dict[str, set[str]] = defaultdict(set)
    for name, count in names.items():
        words, pairs = _capitalised(name)
        for word in words:
            counts[word] += count
        for first, word in pairs:
            before[word].add(first)
    buckets: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        small, consonants = _compared_by(word)
        if consonants is not None and lower.get(small, 0) < count:
            buckets[consonants].append(word)

    def one_word(one: str, two: str) -> bool:
        shared = {w for w in before[one] & before[two] if w not in lower and w not in OPENERS | CALENDAR}
        strangers = bool(before[one] and before[two] and not shared)
        return _is_one(fold(one), fold(two), shared=bool(shared), strangers=strangers, placed={one, two} <= places)

    spelling: dict[str, str] = {}
    for bucket in buckets.values():
        group: dict[str, list[str]] = {}
        for word in sorted(bucket) if len(bucket) > 1 else ():
            near = sorted({head for head, members in group.items() if any(one_word(m, word) for m in members)})
            merged = [m for head in near for m in group.pop(head)] + [word]
            group[min(merged)] = merged
        for members in group.values():
            used = min(members, key=lambda word: (-counts[word], word))
            spelling |= {word: used for word in members if word != used}
    return spelling


@lru_cache(maxsize=1 << 16)
def _capitalised(name: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Give a name's capitalised words that are no acronyms, and each such word with what stands before it, folded."""
    words = [word for word in words_of(name) if word[:1].isupper()]
    pairs = tuple((SPELLED.get(fold(one), fold(one)), two) for one, two in pairwise(words))
    return tuple(word for word in words if not word.isupper() and "." not in word), pairs


@lru_cache(maxsize=1 << 16)
def _compared_by(word: str) -> tuple[str, str | None]:
    """Give a word in lower case, and its consonants if it may have another spelling at all."""
    small, folded = word.casefold(), fold(word)
    may = len(folded) >= 4 and small not in OPENERS | CALENDAR | TITLES
    return small, arabic_skeleton(folded) if may else None


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
