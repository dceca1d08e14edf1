"""Mentions of all articles -> the table of their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Levenshtein

from claimtrack.names.acronyms import join_acronyms
from claimtrack.names.collection import Collection
from claimtrack.names.keys import Key, arabic_skeleton, is_band
from claimtrack.names.mentions import NameMentions
from claimtrack.names.people import join_people
from claimtrack.names.table import NameTable
from claimtrack.names.tally import NameTally
from claimtrack.names.words import BANDS, CALENDAR, DEMONYMS, KNOWN_ACRONYMS, PARTICLES, is_acronym, without_title

__all__ = ["join_names", "join_tally"]

_FRONT = frozenset(["jbht", "jbh"])
"""Consonants of Jabhat, "front"."""


def join_names(mentions: Iterable[NameMentions]) -> NameTable:
    """Join the names that a collection of articles uses for one person, place, group or organisation.

    Parameters
    ----------
    mentions : iterable of NameMentions
        One for each article; their order does not matter.

    Returns
    -------
    NameTable

    Notes
    -----
    Precision comes before recall. What is joined:

    - *Spellings of a word*: equal without case, diacritics and apostrophes (Erdoğan), or but for "ou" and "o" before a
      last vowel (Rouhani); with the same consonants and one e for i, one q for k or one vowel and consonant swapped, if
      both are used as places or stand behind one first name (Idlib, Idleb). Never where articles know them behind
      different first names, nor names of countries. A word that is written in lower case as often is no name.
    - *Names of several words*: word by word, "al-" and hyphens left out, given names by a short list (Mohammed, Muhammad).
      Only names of Arabic groups may differ more: each word has the same consonants (ch as sh, q as k) and is at
      most one edit away. Two edits would take Jaysh al-Nasr for Jaysh al-Nusra; none would part Hay'at and Heyat.
    - *Last names*: joined where all full names with it are one person's, if that name is used for a person (title, role,
      age, "said") and the bare name too, or both in one article. Not if the word is also a place, a country, a word in
      lower case or another person's first name.
    - *Acronyms*: where articles define them for one name only; without a definition where the letters of three or more
      fit the name of exactly one organisation. UN, US, UK and EU are known.
    - *Aliases*: "formerly", "previously known as", "also known as", ", the former X,"; an alias that is told of two names
      is joined to neither.

    Names of capitals for governments, nationalities for countries and nicknames are not joined. The name in use is the form
    most used, ties by alphabet; an acronym only if it is used at least as often as the most used full form, and US, UN, UK
    and EU never where the full form is used. A person's
    full name is kept beside it, the one most used, for :meth:`NameTable.full_name`.
    """
    return join_tally(NameTally({str(n): m for n, m in enumerate(mentions)}))


def join_tally(tally: NameTally) -> NameTable:
    """Join the names of a tally as :func:`join_names` does; the tally may go on from there."""
    collection = Collection(tally)
    _join_bands(collection)
    join_people(collection)
    join_acronyms(collection)
    _join_aliases(collection)
    return _table(collection)


def _join_bands(collection: Collection) -> None:
    """Join transliterations of one band, "Jabhat al-Nusra" with "Nusra Front", and a band with its tail."""
    leading = [word for word in collection.holding if arabic_skeleton(word) in BANDS]
    led = {key for word in leading for key in collection.holding[word]}
    bands = sorted(key for key in led if any(map(is_band, collection.surfaces[key])))
    buckets: dict[Key, list[Key]] = defaultdict(list)
    for key in bands:
        buckets[tuple(map(arabic_skeleton, key))].append(key)
    for keys in buckets.values():
        for i, one in enumerate(keys):
            for two in keys[:i]:
                far = [Levenshtein.distance(a, b) for a, b in zip(one, two, strict=True)]
                if max(far) <= 1:
                    collection.groups.join(one, two)
    fronts = {key for key in bands if arabic_skeleton(key[0]) in _FRONT}
    for key in sorted(fronts):
        if (*key[1:], "front") in collection.surfaces:
            collection.groups.join(key, (*key[1:], "front"))
    for key in bands:
        tail = key[1:]
        if tail not in collection.surfaces or (len(tail) == 1 and key not in fronts):
            continue
        longer = {collection.groups.find(name) for name in collection.holding[tail[-1]] if _ends_in(name, tail)}
        if len(longer) == 1 and collection.is_name(tail):
            collection.groups.join(key, tail)


def _ends_in(name: Key, tail: Key) -> bool:
    """Tell whether a name is longer than another one and ends in it."""
    return len(name) > len(tail) and name[-len(tail) :] == tail


def _join_aliases(collection: Collection) -> None:
    """Join what articles call two names of one thing; an alias that is told of two names is joined to neither."""
    told: dict[Key, set[Key]] = defaultdict(set)
    for pair in sorted(collection.tally.aliases):
        name, alias = (collection.named(" ".join(without_title(s.split(" "))[0])) for s in pair)
        person_and_word = name in collection.persons and len(alias) == 1 and len(name) > 1
        if name != alias and not person_and_word and _is_alias(collection, alias) and _is_alias(collection, name):
            told[alias].add(name)
    find = collection.groups.find
    waiting = sorted(told)
    while waiting:
        clear = [alias for alias in waiting if len({find(name) for name in told[alias]} - {find(alias)}) <= 1]
        if not clear:
            break
        for alias in clear:
            collection.groups.join(alias, min(told[alias]))
        waiting = [alias for alias in waiting if alias not in clear]


def _is_alias(collection: Collection, key: Key) -> bool:
    """Tell whether a name may be joined to another one as an alias: one word must be a name more often than not."""
    word = key[-1]
    return len(key) > 1 or (word not in DEMONYMS | CALENDAR and collection.lower[word] < max(1, collection.count(key)))


def _table(collection: Collection) -> NameTable:
    """Give the table of all groups."""
    surfaces, persons = collection.surfaces, collection.persons
    groups = collection.groups.several()
    joined = {key for keys in groups for key in keys}
    varying = [key for key, found in surfaces.items() if len(found) > 1 and key not in joined]
    groups += [[key] for key in varying if _varies(collection, key)]
    names: dict[str, str] = {}
    full_names: dict[str, str] = {}
    people = {surface for key in persons & surfaces.keys() for surface in surfaces[key]}
    for keys in groups:
        counts = {surface: collection.counts[surface] for key in keys for surface in surfaces[key]}
        used = _most_used(counts)
        names |= {written: used for surface in counts for written in collection.written(surface)}
        names[used] = used  # no text may write it so: "M.I.T." is "MIT"
        if not persons.isdisjoint(keys):
            people.update(counts)
            full_names[used] = _full_name(collection, used, keys)
    return NameTable(spelling=collection.spelling, names=names, people=frozenset(people), full_names=full_names)


def _full_name(collection: Collection, used: str, keys: Iterable[Key]) -> str:
    """Give the full name most used of a person known by a last name, or by a family name in front; else the one in use."""
    bare = collection.key(used)
    full = [key for key in keys if _ends_in(key, bare) or (len(bare) == 1 < len(key) and key[0] == bare[0])]
    full = [key for key in full if key[0] not in PARTICLES] or full  # "Staffan de Mistura" before "de Mistura"
    counts = {surface: collection.counts[surface] for key in full for surface in collection.surfaces[key]}
    return _most_used(counts) if counts else used


def _varies(collection: Collection, key: Key) -> bool:
    """Tell whether a key's surfaces may be joined; a single word with and without "al-" may if it leads no name."""
    if len(key) > 1 or is_acronym(key[0]):
        return True
    return collection.lower[key[0]] == 0 and key[0] not in collection.first_names and len(key[0]) >= 4


def _most_used(counts: Mapping[str, int]) -> str:
    """Give the form most used, ties by alphabet; an acronym only if used as often as the most used full form.

    US, UN, UK and EU are written out wherever a full form is known: the two are used so nearly alike that the name in use
    would change from article to article, and with it all claims that hold it.
    """
    full = [s for s in counts if not is_acronym(s)]
    acronyms: Counter[str] = Counter()
    for s in counts.keys() - full:
        acronyms[s.replace(".", "")] += counts[s]
    best = min(acronyms, key=lambda s: (-acronyms[s], s), default="")
    if not full:
        return best
    most = min(full, key=lambda s: (s.isupper(), -counts[s], s))  # "CLEVELAND" opens a report
    return best if best and best.casefold() not in KNOWN_ACRONYMS and acronyms[best] >= counts[most] else most
