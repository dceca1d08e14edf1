"""Whether one of two texts is the other with a negation put in, and nothing else changed."""

from __future__ import annotations

import functools
import re

from claimtrack.relations.kinds import bases

__all__ = ["is_plain_negation"]

_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[$€£¥%]")
_CONTRACTED = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
_NEGATIONS = frozenset({"not", "no", "never"})
_PASSED_OVER = frozenset({"a", "an", "any", "the"})
_SUPPORTS = frozenset({"do", "does", "did"})
_OPEN = frozenset(
    "may might could some many several few most part partly sometimes often usually mostly only just merely solely simply even "
    "because or whether unless until".split()
)
"""Words with which a statement and its negation can both be true, or that the negation may belong to."""
_POINTING = frozenset(
    "a an one two three four five six seven eight nine ten he she it they we i you this that these those his her its their "
    "another other others somebody someone anybody who which what".split()
)
"""First words of a text that does not say whom it is about, or speaks of one of several."""


def is_plain_negation(one: str, two: str) -> bool:
    """Tell whether two texts are a statement and its plain negation.

    Parameters
    ----------
    one, two : str
        Plain English sentences; either may be the negated one.

    Returns
    -------
    bool
        True where one text has a single "not", "n't", "no" or "never" that the other lacks, and they are the same in all
        else: word by word, articles and case aside, and but for the form of the verb where "did not" stands before it.

    Notes
    -----
    Made to be silent when in doubt: texts that leave it open whether both can be true ("some", "may", "only", "because"), or
    that begin with a pronoun or with one of several ("a man"), are left to the model.

    Examples
    --------
    >>> is_plain_negation("The ferry will stop running.", "The ferry will not stop running.")
    True
    >>> is_plain_negation("The ferry didn't sail on Monday.", "The ferry sailed on Monday.")
    True
    >>> is_plain_negation("Some ferries will sail.", "Some ferries will not sail.")
    False
    """
    words_one, words_two = _words(one), _words(two)
    if words_one is None or words_two is None:
        return False
    return _is_negated(words_one, words_two) or _is_negated(words_two, words_one)


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...] | None:
    """Give the words of a text, "n't" written out; None where it is left to the model."""
    found: list[str] = []
    for n, match in enumerate(_WORD.finditer(text)):
        word = match.group().casefold().replace("’", "'")
        if word in _OPEN or (n == 0 and (word.split("'")[0] in _POINTING or word[0].isdigit())):
            return None
        if word in _CONTRACTED:
            found += [_CONTRACTED[word], "not"]
        elif word.endswith("n't"):
            found += [word.removesuffix("n't"), "not"]
        elif word not in _PASSED_OVER:
            found.append(word)
    return tuple(found)


def _is_negated(plain: tuple[str, ...], negated: tuple[str, ...]) -> bool:
    places = [n for n, word in enumerate(negated) if word in _NEGATIONS]
    if not 1 < len(plain) < len(negated) or len(places) != 1 + sum(word in _NEGATIONS for word in plain):
        return False
    return any(_without(negated, place, plain) for place in places)


def _without(negated: tuple[str, ...], place: int, plain: tuple[str, ...]) -> bool:
    """Tell whether a text is another one but for the negation at a place."""
    before, after = negated[:place], negated[place + 1 :]
    if (*before, *after) == plain:
        return True
    if not before or before[-1] not in _SUPPORTS or not after:
        return False
    head = before[:-1]  # "did not sail" is the negation of "sailed"
    if len(plain) != len(head) + len(after) or plain[: len(head)] != head or plain[len(head) + 1 :] != after[1:]:
        return False
    return not bases(plain[len(head)]).isdisjoint(bases(after[0]))
