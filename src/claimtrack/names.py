"""One spelling for one name across articles: Idlib, Idleb, Idelb; Rouhani, Rohani; Erdogan, Erdoğan.

First version: spelling variants of single words that come from transliteration. Acronyms, titles and aliases are not
joined yet. The words in the article stay as they are; only what the embedder and the relation model read is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

import attrs
from attrs import validators as v

__all__ = ["NameTable", "spelling_variants"]

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘](?=[^\W\d_]{3}))+")
_FOLDED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_PLACED = re.compile(
    r"\b(?i:in|near|outside|across|inside|around|against|over) (?:the )?([^\W\d_][^\W_]+)|([^\W\d_][^\W_]+)(?='?s? (?:province|city|region|area|district|governorate|issue|town)\b)"
)
_OPENERS = frozenset(
    "A After An And As At Before But By For From He If In It On She So That The They To We When With".split()
)
"""Words that stand in front of a name with a capital letter because they open the sentence."""
_BEFORE = re.compile(r"([^\W\d_][^\W_]+) ([^\W\d_][^\W_]+)")


@attrs.frozen
class NameTable:
    """Which spelling stands for which.

    Parameters
    ----------
    spelling : dict of str to str
        From each variant to the spelling in use; spellings in use are not among the keys.
    """

    spelling: dict[str, str] = attrs.field(factory=dict, validator=v.instance_of(dict))

    def apply(self, text: str) -> str:
        """Write `text` with each variant replaced by the spelling in use."""
        if not self.spelling:
            return text
        return _NAME.sub(lambda match: self.spelling.get(match[0], match[0]), text)


def _fold(name: str) -> str:
    """Write a name in lower case without diacritics and apostrophes, and with "o" for "ou"."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED))
    return "".join(c for c in plain if c.isalpha() and c.isascii()).replace("ou", "o")


def _skeleton(folded: str) -> str:
    """Give the first letter and the consonants after it, doubled ones once."""
    return re.sub(r"(.)\1+", r"\1", folded[:1] + re.sub(r"[aeiouy]", "", folded[1:]))


def _vowels_vary(one: str, two: str) -> bool:
    """Tell whether two folded spellings differ by e for i, or by a vowel and a consonant swapped."""
    if len(one) != len(two):
        return False
    changed = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(changed) == 1:
        return set(changed[0]) == {"e", "i"}
    swapped = len(changed) == 2 and changed[0] == changed[1][::-1]
    return swapped and len(set(changed[0]) & set("aeiouy")) == 1


def spelling_variants(texts: Iterable[str]) -> NameTable:
    """Find the names that a set of texts spells in more than one way.

    Two spellings are one name

    - if they are equal after folding of case, diacritics, apostrophes and "ou" to "o" (Erdoğan, Erdogan; Rouhani,
      Rohani), or
    - if they have the same consonants in the same order, differ by one e for i or by a vowel and a consonant swapped,
      and both are used as places ("in Idlib", "Idleb province") or stand behind one and the same name.

    A word that the texts write in lower case as often is no name. The most frequent spelling is used, ties by alphabet.
    Precision comes first: "Burton" and "Barton", "Colombia" and "Columbia", "Allen" and "Allan" are never joined.

    Parameters
    ----------
    texts : iterable of str
        Their order does not matter.

    Returns
    -------
    NameTable
    """
    counts: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    placed: set[str] = set()
    before: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for word in _NAME.findall(text):
            if word[0].isupper() and not word.isupper():
                counts[word] += 1
            elif word[0].islower():
                lower[word] += 1
        placed |= {name for pair in _PLACED.findall(text) for name in pair if name}
        for first, second in _BEFORE.findall(text):
            if first[0].isupper() and second[0].isupper():
                before[second].add(first)
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        folded = _fold(name)
        if len(folded) >= 4 and len(_skeleton(folded)) >= 3 and lower[name.casefold()] < counts[name]:
            buckets[_skeleton(folded)].append(name)

    def one_name(one: str, two: str) -> bool:
        if _fold(one) == _fold(two):
            return True
        shared = {name for name in before[one] & before[two] if name.casefold() not in lower and name not in _OPENERS}
        evidence = {one, two} <= placed or bool(shared)
        return evidence and _vowels_vary(_fold(one), _fold(two))

    spelling: dict[str, str] = {}
    for names in buckets.values():
        group: dict[str, list[str]] = {}
        for name in names:
            near = sorted({head for head, members in group.items() if any(one_name(m, name) for m in members)})
            merged = [m for head in near for m in group.pop(head)] + [name]
            group[min(merged)] = merged
        for members in group.values():
            used = min(members, key=lambda n: (-counts[n], n))
            spelling |= {name: used for name in members if name != used}
    return NameTable(spelling)
