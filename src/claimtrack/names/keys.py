"""Names as keys, to be compared: folded words, consonants, first letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from claimtrack.names.words import ARTICLES, BANDS, LINKS, SPELLED, is_acronym

__all__ = [
    "Key",
    "arabic_skeleton",
    "ends_with_article",
    "fits",
    "fold",
    "initials",
    "is_band",
    "key_of",
    "skeleton",
    "within",
]

_FOLDED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})

Key: TypeAlias = tuple[str, ...]
"""The folded words of a name, see :func:`key_of`."""


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Write a name in lower case without diacritics, dots and apostrophes; a final "-iy", "-yy" or "-ii" as "-y"."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED))
    folded = "".join(c for c in plain if c.isalnum() and c.isascii())
    if len(folded) >= 6 and folded.endswith(("iy", "yy", "ii")):
        folded = folded[:-2] + "y"
    return folded or name.casefold()


@lru_cache(maxsize=1 << 16)
def skeleton(folded: str) -> str:
    """Give the first letter and the consonants after it, doubled ones once."""
    return re.sub(r"(.)\1+", r"\1", folded[:1] + re.sub(r"[aeiouy]", "", folded[1:]))


@lru_cache(maxsize=1 << 16)
def arabic_skeleton(folded: str) -> str:
    """Give the skeleton with the letters that transliterations exchange made one: ch and sh, q and k, a final h."""
    plain = folded.removesuffix("h") if len(folded) > 4 else folded
    return skeleton(plain.replace("ch", "sh").replace("q", "k"))


@lru_cache(maxsize=1 << 16)
def key_of(surface: str) -> Key:
    """Give the folded words of a name, without Arabic articles behind the first word or joined by a hyphen."""
    key: list[str] = []
    pieces = re.split(r"([ -])", surface)
    for i in range(0, len(pieces), 2):
        word = pieces[i]
        article = word.casefold() in ARTICLES and i + 2 < len(pieces)
        hyphen = article and pieces[i + 1] == "-"
        if article and (hyphen or (word.casefold() in {"al", "el"} and (i > 0 or word.islower()))):
            continue
        if is_acronym(word):
            key.append(word.replace(".", ""))
        elif word:
            folded = fold(word)
            key.append(SPELLED.get(folded, folded))
    return tuple(key)


@lru_cache(maxsize=1 << 16)
def is_band(surface: str) -> bool:
    """Tell whether a name is that of an Arabic group: "Jabhat al-Nusra", "Hay'at Tahrir al-Sham"."""
    key = key_of(surface)
    return (
        len(key) > 1
        and arabic_skeleton(key[0]) in BANDS
        and re.search(r"[ -](?i:al|el|an|ash)[ -]", surface) is not None
    )


def fits(acronym: str, surface: str) -> bool:
    """Tell whether the letters of an acronym are the first letters of a name's words.

    "of", "and", "the" and "al" may be passed over or counted: HTS is Hay'at Tahrir al-Sham, and so would be HTAS.
    """
    letters = acronym.replace(".", "").casefold()
    words = [w for w in re.split(r"[ -]", surface) if w]
    reached = {0}
    for word in words:
        small = word.casefold() in LINKS or word.casefold() in ARTICLES
        initial = fold(word)[:1]
        step = {i + 1 for i in reached if i < len(letters) and letters[i] == initial}
        reached = step | reached if small else step
    return len(letters) > 1 and len(words) > 1 and len(letters) in reached


def within(short: Key, long: Key) -> bool:
    """Tell whether the words of one name stand in another in the same order."""
    words = iter(long)
    return all(word in words for word in short)


def ends_with_article(surface: str) -> bool:
    """Tell whether an Arabic article stands before the last word, with a hyphen: "Ayman al-Asmi"."""
    return surface.rsplit(" ", 1)[-1].split("-")[0].casefold() in ARTICLES


def initials(surface: str) -> set[str]:
    """Give the acronyms that the first letters of a name make, with and without its small words."""
    pieces = [p for p in re.split("[ -]", surface) if p]
    small = [p.casefold() in LINKS or p in ARTICLES for p in pieces]
    letters = [fold(p)[:1].upper() for p in pieces]
    return {"".join(letters), "".join(i for i, s in zip(letters, small, strict=True) if not s)}
