"""Text of an article -> what it says about names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import attrs
from attrs import validators as v

from claimtrack.names.definitions import acronyms_defined, aliases_told
from claimtrack.names.tokens import Token, gap, is_office, runs, surface_of, tokens_of
from claimtrack.names.words import (
    CALENDAR,
    LINKS,
    PERHAPS_BEFORE,
    PLACE_AFTER,
    PLACE_BEFORE,
    ROLES,
    SAYING,
    SAYING_BEFORE,
    is_opener,
    without_title,
)

__all__ = ["NameMentions", "name_mentions"]

_MOST_WORDS = 12
_SENTENCE_END = frozenset('.!?:;"“”•*|>[(')

_AGE = re.compile(r", \d\d,")
_SAYS_NEXT = re.compile(rf"(?:, \w{{1,20}},)? (?:also |later )?(?:{'|'.join(SAYING)})\b|, who\b")


@attrs.frozen(kw_only=True)
class NameMentions:
    """What one text says about names: plain counts and evidence, without the text.

    Parameters
    ----------
    phrases : dict of str to int
        Runs of capitalised words inside sentences, titles included, with how often they stand there.
    opening : dict of str to int
        Runs that open a sentence, whose first word may be no name.
    long_phrases : dict of str to int
        Runs joined by "of", "for", "and", "the": "Bureau of Investigation".
    lower : dict of str to int
        Words in lower case.
    places : frozenset of str
        Names that stand where a place may: "attack on Idlib", but "attack on Smith" too.
    placed : dict of str to int
        Names used as a place: "in Idlib", "Idlib province".
    people : frozenset of str
        Names used for a person: behind a title or a role, beside "said", or with an age.
    acronyms, aliases : frozenset of (str, str)
        Definitions, the name first: "Hay'at Tahrir al-Sham (HTS)"; "HTS, formerly known as Jabhat al-Nusra".
    """

    phrases: dict[str, int] = attrs.field(factory=dict, validator=v.instance_of(dict))
    opening: dict[str, int] = attrs.field(factory=dict, validator=v.instance_of(dict))
    long_phrases: dict[str, int] = attrs.field(factory=dict, validator=v.instance_of(dict))
    lower: dict[str, int] = attrs.field(factory=dict, validator=v.instance_of(dict))
    places: frozenset[str] = attrs.field(default=frozenset(), validator=v.instance_of(frozenset))
    placed: dict[str, int] = attrs.field(factory=dict, validator=v.instance_of(dict))
    people: frozenset[str] = attrs.field(default=frozenset(), validator=v.instance_of(frozenset))
    acronyms: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), validator=v.instance_of(frozenset))
    aliases: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), validator=v.instance_of(frozenset))


def name_mentions(text: str) -> NameMentions:
    """Collect what a text says about names.

    Parameters
    ----------
    text : str
        An article; its title may stand before it, on a line of its own.

    Returns
    -------
    NameMentions
        Empty for a text without names.

    Notes
    -----
    Lines in capitals or in title case make no names. Time is linear in the length of the text.
    """
    phrases: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    long_phrases: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    places: set[str] = set()
    people: set[str] = set()
    acronyms: set[tuple[str, str]] = set()
    aliases: set[tuple[str, str]] = set()
    for line in text.splitlines():
        tokens = tokens_of(line)
        lower.update(t.text for t in tokens if t.text[0].islower())
        if not tokens or _is_headline(line, tokens):
            continue
        trimmed = [_trimmed(tokens, *run) for run in runs(line, tokens, frozenset())]
        names = [(first, last) for first, last in trimmed if 0 < last - first <= _MOST_WORDS]
        for first, last in names:
            if last - first > 1 and is_office(tokens, first):
                first += 1
            surface = surface_of(line, tokens[first:last])
            if surface[-1] == "." and surface[-3:-2] == " ":  # "the First World War I." ends a sentence
                surface = surface[:-1]
            starts = _opens(line, tokens[first].start)
            (opening if starts else phrases)[surface] += 1
            if _placed(line, tokens, first, last, PERHAPS_BEFORE):
                places.add(surface)
            if _placed(line, tokens, first, last, PLACE_BEFORE):
                placed[surface] += 1
            name, titled = without_title(surface.split(" "))
            if titled or _is_person(line, tokens, first, last):
                people.add(" ".join(name))
        for run in runs(line, tokens, LINKS):
            first, last = _trimmed(tokens, *run)
            if last - first <= _MOST_WORDS and any(t.text in LINKS for t in tokens[first:last]):
                long_phrases[surface_of(line, tokens[first:last])] += 1
        acronyms.update(acronyms_defined(line, tokens, names))
        aliases.update(aliases_told(line, tokens, names))
    return NameMentions(
        phrases=dict(phrases),
        opening=dict(opening),
        long_phrases=dict(long_phrases),
        lower=dict(lower),
        places=frozenset(places),
        placed=dict(placed),
        people=frozenset(people),
        acronyms=frozenset(acronyms),
        aliases=frozenset(aliases),
    )


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Cut the words that open a sentence and the days from the ends of a run."""
    while first < last and is_opener(tokens[first].text):
        first += 1
    while first < last - 1 and tokens[last - 1].folded in CALENDAR:
        last -= 1
    return first, last


def _is_headline(line: str, words: Sequence[Token]) -> bool:
    """Tell whether a line is set in capitals or in title case, where capitals say nothing."""
    told = [w for w in words if len(w.text) >= 4 and w.text.isalpha()]
    capitals = sum(w.is_capital for w in told)
    if len(words) >= 2 and all(w.text.isupper() for w in words):
        return True
    ended = line.rstrip().endswith((".", "!", "?", ".”", '."', ",", ";"))
    least, share = (8, 0.85) if ended else (2, 0.75)
    return len(words) >= 3 and len(told) >= least and capitals >= share * len(told)


def _opens(text: str, start: int) -> bool:
    """Tell whether a sentence or a quotation starts at `start` of a line."""
    before = text[max(0, start - 6) : start].rstrip(" \t\xa0‘'(")
    return not before or before[-1] in _SENTENCE_END


def _placed(text: str, tokens: Sequence[Token], first: int, last: int, prepositions: frozenset[str]) -> bool:
    """Tell whether a name stands where a place does: "in Idlib", "the Idlib province"; not "in Smith's words"."""
    after = text[tokens[last - 1].end : tokens[last - 1].end + 2]
    before = [t.text.casefold() for t in tokens[max(0, first - 2) : first]]
    if before[-1:] == ["the"]:
        before.pop()
    if before and before[-1] in prepositions and after not in {"'s", "’s"}:
        return True
    return last < len(tokens) and tokens[last].text in PLACE_AFTER


def _is_person(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a person's age, speech or role stands beside a name."""
    end = tokens[last - 1].end
    if _AGE.match(text, end) or _SAYS_NEXT.match(text, end):
        return True
    if first == 0 or not gap(text, tokens[first - 1], tokens[first]):
        return False
    return tokens[first - 1].text in ROLES | SAYING_BEFORE
