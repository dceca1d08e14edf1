"""A line of text as tokens, and the runs of them that may be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimtrack.names.words import (
    ABBREVIATED,
    ARTICLES,
    CALENDAR,
    DEMONYMS,
    OFFICES,
    ORGANISATIONS,
    PARTICLES,
    TITLES,
    is_opener,
)

__all__ = ["APOSTROPHES", "Token", "gap", "is_office", "runs", "stands_beside", "surface_of", "tokens_of"]

_MARKS = "\u0300-\u036f"
_TOKEN = re.compile(
    rf"(?:[A-Z]\.)+(?!\w)|[^\W_](?:[^\W_]|[{_MARKS}])*"
    rf"(?:'(?!(?i:s|ll|ve|re|d|t|m)\b)[^\W\d_](?:[^\W\d_]|[{_MARKS}])*)*"
)
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʿʾ`", "'"))


class Token(NamedTuple):
    """A word or a number, and its place in the line."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def folded(self) -> str:
        """In lower case, without the full stop of an abbreviation."""
        return self.text.casefold().rstrip(".")


def tokens_of(text: str) -> list[Token]:
    """Give the words and numbers of a text; an apostrophe inside a name belongs to it, a possessive "'s" does not."""
    plain = text.translate(APOSTROPHES)
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain)]


def gap(text: str, one: Token, two: Token) -> str:
    """Give " " or "-" where two tokens can belong to one name, else an empty text."""
    if two.start - one.end > 2:  # the quick way out
        return ""
    between = text[one.end : two.start]
    if between in {" ", "\xa0"}:
        return " "
    if between in {"-", "‑", "‐"}:
        return "-"
    if between in {". ", ".\xa0"} and one.folded in ABBREVIATED:
        return " "
    return " " if between in {"' ", "’ "} and two.folded in ORGANISATIONS else ""  # "Workers' Party"


def surface_of(text: str, tokens: Sequence[Token]) -> str:
    """Write tokens that stand beside each other as one name, with plain spaces, hyphens and apostrophes."""
    parts = [tokens[0].text]
    for one, two in pairwise(tokens):
        parts += [gap(text, one, two) or " ", two.text]
    return "".join(parts)


def runs(text: str, tokens: Sequence[Token], links: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised tokens as (first, last + 1); `links` may stand inside, articles also in front."""
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        begins = token.is_capital
        if not begins and i + 1 < n and tokens[i + 1].is_capital:
            between = gap(text, token, tokens[i + 1])
            begins = (token.text in ARTICLES and between == "-") or (
                between == " " and token.text in {"al", "el", "bin", "ibn", "de", "van", "von"}
            )
        if not begins:
            i += 1
            continue
        end = i + 1
        while end < n:
            stop = end
            while stop < n and stop - end < 3 and gap(text, tokens[stop - 1], tokens[stop]):
                hyphened = text[tokens[stop].end : tokens[stop].end + 1] in {"-", "‑", "‐"}
                if not (_joins(tokens[stop], links) or (hyphened and tokens[stop].text in ARTICLES)):
                    break
                stop += 1
            if stop >= n or not tokens[stop].is_capital or not gap(text, tokens[stop - 1], tokens[stop]):
                break
            end = stop + 1
        yield i, end
        i = end


def _joins(token: Token, links: frozenset[str]) -> bool:
    return token.text in links or token.text in PARTICLES or token.text in {"al", "el"}


def is_office(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a word ends an office in front of a name: "Secretary of State John Kerry"."""
    return first > 0 and tokens[first - 1].text == "of" and tokens[first].text in OFFICES


def stands_beside(token: Token) -> bool:
    """Tell whether a word with a capital letter stands beside names without being part of them."""
    return token.folded in TITLES | DEMONYMS | CALENDAR or is_opener(token.text)
