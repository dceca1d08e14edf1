"""Acronyms and aliases that a line defines: "Hay'at Tahrir al-Sham (HTS)"; "HTS, formerly known as Nusra"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimtrack.names.keys import fits, is_band
from claimtrack.names.tokens import Token, gap, surface_of
from claimtrack.names.words import (
    CALENDAR,
    DEMONYMS,
    OPENERS,
    ORGANISATIONS,
    TITLES,
    is_acronym,
    is_organisation,
    without_title,
)

__all__ = ["acronyms_defined", "aliases_told"]

_GROUPS = "group|militia|militants|organisation|organization|movement|party|faction|coalition|alliance"
_ALIAS_CUE = re.compile(
    rf"(?: (?:{_GROUPS}))?(?:,| ?\(|,? [–—-])? ?(?:(?:which|who) )?(?:(?:is|was|are|were) )?"
    r"(?:(?P<known>(?:(?:also|better|formerly|previously|once|now|commonly|widely) )?known"
    r"(?: simply)? (?:as|by its acronym|by the acronym)|(?:also|formerly|previously|once|now) (?:called|named)|"
    r"a\.?k\.?a\.?|formerly|previously)|(?P<former>(?:the )?former|ex))"
    r"[ -](?:the )?[\"“'‘]?"
)
_ACRONYM_CUE = re.compile(rf"(?: (?:{_GROUPS}))? ?\((?:the )?[\"“'‘]?|,? or (?:the )?|, known as (?:the )?")

_MOST_BETWEEN = 60
"""Characters between two names of a definition."""


class _Pair(NamedTuple):
    """Two names that follow each other in a line."""

    first: int
    last: int
    next_first: int
    one: str
    two: str
    between: str
    end: str
    """The character behind the second name, quotation marks aside."""


def _pairs(text: str, tokens: Sequence[Token], names: Sequence[tuple[int, int]]) -> Iterator[_Pair]:
    for (first, last), (next_first, next_last) in pairwise(names):
        between = text[tokens[last - 1].end : tokens[next_first].start]
        if len(between) <= _MOST_BETWEEN:
            one, two = surface_of(text, tokens[first:last]), surface_of(text, tokens[next_first:next_last])
            after = tokens[next_last - 1].end
            yield _Pair(first, last, next_first, one, two, between, text[after : after + 2].lstrip("\"”'’")[:1])


def acronyms_defined(text: str, tokens: Sequence[Token], names: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Give the acronyms that a line defines, as (name, acronym); `names` are its names as (first, last + 1)."""
    for pair in _pairs(text, tokens, names):
        if not _ACRONYM_CUE.fullmatch(pair.between):
            continue
        paren = "(" in pair.between
        if is_acronym(pair.two) and (not paren or pair.end == ")"):
            full = _defined_name(text, tokens, pair.first, pair.last, pair.two, loosely=paren)
            if full:
                yield full, pair.two.replace(".", "")
        elif paren and is_acronym(pair.one):
            stop = _close(text, tokens, pair.next_first)
            full = surface_of(text, tokens[pair.next_first : stop]) if stop else ""
            if full and fits(pair.one, full):
                yield full, pair.one.replace(".", "")


def aliases_told(text: str, tokens: Sequence[Token], names: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Give what a line calls two names of one thing, as (name, alias); `names` are its names as (first, last + 1)."""
    for pair in _pairs(text, tokens, names):
        cue = _ALIAS_CUE.fullmatch(pair.between)
        ends = not pair.end or pair.end in ",.;:)–—"
        if cue and ends and _is_alias(tokens, pair, former=cue["former"] is not None):
            yield pair.one, pair.two


def _close(text: str, tokens: Sequence[Token], first: int) -> int:
    """Give the index behind the last token before a bracket closes, 0 if it does not within twelve tokens."""
    for i in range(first, min(first + 12, len(tokens))):
        if text[tokens[i].end : tokens[i].end + 1] == ")":
            return i + 1
        if i + 1 < len(tokens) and not gap(text, tokens[i], tokens[i + 1]):
            return 0
    return 0


def _defined_name(
    text: str, tokens: Sequence[Token], first: int, last: int, acronym: str, *, loosely: bool
) -> str | None:
    """Give the words before a defined acronym that it stands for.

    The shortest run of words before it that fits its letters, "of", "and" and lower-case words included; else, in
    brackets, a name that ends in a word for an organisation, as in "Kurdistan Workers' Party (PKK)".
    """
    for start in range(last - 2, max(-1, last - 12), -1):
        if start < 0 or not (gap(text, tokens[start], tokens[start + 1]) or text[tokens[start].end] in "'’,"):
            break
        if tokens[start].is_capital and fits(acronym, surface_of(text, tokens[start:last])):
            return surface_of(text, tokens[start:last])
    if not loosely or last - first < 2 or len(acronym) < 3 or "." in acronym:
        return None
    name, titled = without_title([t.text for t in tokens[first:last]])
    full = surface_of(text, tokens[first:last])
    if titled or len(name) < 2 or tokens[last - 1].folded not in ORGANISATIONS:
        return None
    return full


def _is_alias(tokens: Sequence[Token], pair: _Pair, *, former: bool) -> bool:
    """Tell whether two names around a cue are two names of one thing."""
    ones, twos = ([word.casefold() for word in name.split()] for name in (pair.one, pair.two))
    if ones == twos or ones[0] in OPENERS or pair.one.casefold() in CALENDAR:
        return False
    if twos[-1] in CALENDAR | DEMONYMS or TITLES & set(twos) or pair.two.casefold() in OPENERS:
        return False
    if not re.match(rf" (?:{_GROUPS})\b", pair.between):
        before = [token.text.casefold() for token in tokens[max(0, pair.first - 2) : pair.first]]
        if before[-1:] == ["of"] or before == ["of", "the"]:  # "the capital of Kazakhstan, formerly Astana"
            return False
    is_group = is_organisation(pair.one.split()) or is_band(pair.one)
    if re.search("(?:formerly|previously) (?!known|called|named)", pair.between) and len(ones) > 1:
        return is_group  # "Anna Jones, formerly Smith"
    return not former or is_group or is_acronym(pair.one)
