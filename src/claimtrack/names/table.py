"""Which name stands for which, and texts and speakers written with it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from attrs import validators as v

from claimtrack.names.tokens import APOSTROPHES, Token, gap, is_office, stands_beside, tokens_of
from claimtrack.names.words import ARTICLES, PARTICLES, is_acronym, without_title, words_of

__all__ = ["NameTable"]

_MOST_PASSES = 6


@attrs.frozen(kw_only=True)
class NameTable:
    """Which name stands for which.

    Parameters
    ----------
    spelling : dict of str to str
        From each spelling of a word to the one in use; also inside longer names.
    names : dict of str to str
        From each name to the one in use, which is a key as well; only where the whole name stands there.
    people : frozenset of str
        Names that the articles use for people; titles in front of them are cut by :meth:`canonical`.
    full_names : dict of str to str
        From a person's name in use to the full name, see :meth:`full_name`.
    """

    spelling: dict[str, str] = attrs.field(factory=dict, validator=v.instance_of(dict))
    names: dict[str, str] = attrs.field(factory=dict, validator=v.instance_of(dict))
    people: frozenset[str] = attrs.field(default=frozenset(), validator=v.instance_of(frozenset))
    full_names: dict[str, str] = attrs.field(factory=dict, validator=v.instance_of(dict))
    _longest: int = attrs.field(init=False, repr=False, eq=False)
    _used: frozenset[str] = attrs.field(init=False, repr=False, eq=False)
    _starts: frozenset[str] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        longest = max((len(words_of(name)) for name in self.names), default=0)
        object.__setattr__(self, "_longest", longest)
        used = frozenset(self.spelling.values())
        object.__setattr__(self, "_used", used)
        starts = frozenset(words_of(name)[0] for name in [*self.names, *self.spelling, *used])
        object.__setattr__(self, "_starts", starts)

    def apply(self, text: str) -> str:
        """Write `text` with each name replaced by the one in use.

        The longest name is taken first, and only whole: "Trump" is left alone in "Melania Trump" and "Trump Tower". A
        possessive "'s" stays, words in lower case are not touched, and what was replaced once stays as it is.
        """
        if not (self.spelling or self.names):
            return text
        *_, written = self.steps(text)
        return written

    def steps(self, text: str) -> list[str]:
        """Give what a text reads like from pass to pass of :meth:`apply`: first as it is, last as it is written."""
        written = [text]
        for _ in range(_MOST_PASSES):
            after = self._pass(written[-1])
            if after == written[-1]:
                return written
            written.append(after)
        return [*written, text]

    def canonical(self, name: str) -> str:
        """Give the name in use for a speaker, for comparing: "President Erdoğan" and "Mr Erdogan" are "Erdogan".

        A title is cut only in front of a name that the articles use for a person. A name that the table does not know
        stays as it is.
        """
        if name in self.names:
            return self.names[name]
        plain, titled = _without_title(name)
        cut = self.apply(plain)
        if titled and (cut in self.people or cut in self.names):
            return cut
        return self.apply(name)

    def steps_of_canonical(self, name: str) -> list[str]:
        """Give all texts that :meth:`canonical` looks at for a speaker."""
        return [*self.steps(name), *self.steps(_without_title(name)[0])]

    def full_name(self, name: str) -> str:
        """Give the name that a speaker is shown under: "Mr Asmi" is "Ayman al-Asmi", where the articles call him that.

        For anyone but a person known by a last name it is what :meth:`canonical` gives.
        """
        used = self.canonical(name)
        return self.full_names.get(used, used)

    def _pass(self, text: str) -> str:
        tokens = tokens_of(text)
        parts: list[str] = []
        done = 0
        i = 0
        while i < len(tokens):
            token = tokens[i]
            count, used = self._match(text, tokens, i) if token.text in self._starts else (0, "")
            if not count:
                i += 1
                continue
            start, end = token.start, tokens[i + count - 1].end
            if used != text[start:end]:
                dot = "." if text[end - 1] == "." and not used.endswith(".") and not text[end:].strip("\"”’' ") else ""
                parts += [text[done:start], used, dot]
                done = end
            i += count
        return "".join([*parts, text[done:]])

    def _match(self, text: str, tokens: Sequence[Token], first: int) -> tuple[int, str]:
        """Give the longest name in use at a token: the number of its tokens, and what to write."""
        last = first + 1
        surfaces = [tokens[first].text]
        while last < len(tokens) and last - first < self._longest:
            between = gap(text, tokens[last - 1], tokens[last])
            if not between:
                break
            surfaces.append(surfaces[-1] + between + tokens[last].text)
            last += 1
        for count in range(len(surfaces), 0, -1):
            used = self.names.get(surfaces[count - 1])
            if used is not None and self._is_whole(text, tokens, first, first + count):
                return count, used
        used = self.spelling.get(surfaces[0], surfaces[0] if surfaces[0] in self._used else None)
        return (1, used) if used is not None else (0, "")

    def _is_whole(self, text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell whether a match is no part of a longer name or of a line in capitals."""
        before = tokens[first - 1] if first and gap(text, tokens[first - 1], tokens[first]) else None
        after = tokens[last] if last < len(tokens) and gap(text, tokens[last - 1], tokens[last]) else None
        if last - first == 1 and is_acronym(tokens[first].text):
            return not any(t and len(t.text) > 3 and t.text.isupper() and t.text.isalpha() for t in (before, after))
        if after and after.is_capital and not stands_beside(after):
            return False
        if before and first > 1 and is_office(tokens, first - 1):
            return True
        if before is None or stands_beside(before) or is_acronym(before.text):
            return True
        return not before.is_capital and not (
            before.text in ARTICLES | PARTICLES and before.text not in {"as", "at", "an"}
        )


def _without_title(name: str) -> tuple[str, bool]:
    plain, titled = without_title([word.translate(APOSTROPHES) for word in name.split()])
    return " ".join(plain), titled
