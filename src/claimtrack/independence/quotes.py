"""Claims that hand on one utterance of one speaker."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.extraction.lexicon import ROLES
from claimtrack.independence.copies import age
from claimtrack.records import Article, Attribution, Claim
from claimtrack.relations.kinds import antonyms_across, count_negations

__all__ = ["Utterance", "find_utterances"]

MAX_DAYS = 3
"""Most days between two articles that hand on one utterance: a speaker may say the same again in a week."""

MIN_SIMILARITY = 0.8
"""Least token sort ratio of two claims that hand on one utterance."""

MIN_UNDATED_SIMILARITY = 0.95
"""The same where one of the articles is undated, and only the words can tell."""

MAX_MOVED = 1
"""Most words of both claims that stand in another order: when two names change places, two words do."""

_UN = ("dis", "il", "im", "in", "ir", "non", "un")
_WORD = re.compile(r"\w+")
_UNNAMED = ROLES | frozenset(
    """
    a activists administration agency aides an analysts and army authorities bystanders campaigners chiefs citizens city
    commanders company council court critics defence diplomats director doctors driver drivers ex experts eyewitness
    eyewitnesses family farmers firefighters former government her his hospital insider insiders investigators its journalists
    lawmakers lawyers local locals management many medics military ministers ministry mr mrs ms neighbours observers of
    office officer officers official officials operator opposition organisers organizers owner owners parents party police
    politicians prosecution prosecutors protesters rebels relatives report reports rescuers researchers residents scientists
    security senior several soldiers some source sources spokespeople spokespersons state statement students study
    supporters survivors teachers the their these this those town troops two union victims villagers volunteers witness
    witnesses workers
    """.split()
)
"""Words that name nobody: the police of one town are not those of the next."""


@attrs.frozen(kw_only=True)
class Utterance:
    """What one speaker said once, and the claims that hand it on.

    Parameters
    ----------
    speaker : str
        The speaker's one name.
    claim_ids : tuple of str, at least two
        Of two articles at least; earliest article first (undated last), ties by article id, then by claim id.
    """

    speaker: str = attrs.field(validator=v.instance_of(str))
    claim_ids: tuple[str, ...] = attrs.field(
        validator=[v.deep_iterable(v.instance_of(str), v.instance_of(tuple)), v.min_len(2)]
    )


@attrs.frozen
class _Handed:
    """A claim with what is compared of it."""

    claim: Claim
    day: datetime.date | None
    words: tuple[str, ...]
    in_order: str  # the words sorted, for a token sort ratio

    @classmethod
    def of(cls, claim: Claim, article: Article) -> _Handed:
        words = tuple(_WORD.findall(claim.text.casefold()))
        day = None if article.published is None else datetime.date.fromisoformat(article.published)
        return cls(claim, day, words, " ".join(sorted(words)))


def find_utterances(
    claims: Iterable[Claim], articles: Iterable[Article], *, speakers: Mapping[str, str]
) -> list[Utterance]:
    """Find claims of several articles that hand on the same words of the same speaker.

    Parameters
    ----------
    claims : iterable of Claim
        Of one cluster.
    articles : iterable of Article
        At least those of the claims, for their dates.
    speakers : mapping of str to str
        Speaker of a claim -> the one name of that speaker in all articles; one that is not there goes by its own.

    Returns
    -------
    list of Utterance
        In the order of their first claims; no claim is in two. Nothing depends on the order of the arguments.

    Raises
    ------
    InvalidInputError
        If the article of a claim is missing.

    Notes
    -----
    Two claims hand on one utterance if both are quoted or reported, of one named speaker, from articles of at most 3 days
    apart, and nearly the same words: a token sort ratio of at least 0.8, or of 0.95 where an article is undated. Words
    that are near but say something else do not count: other figures, other names, an opposite, a negation more, two words
    that have changed places. A claim is held against the first one of an utterance, so that a statement that is made anew
    every other day does not become one. "Police", "officials" and "a witness" are nobody's name, so their words are not
    put together.
    """
    by_id = {article.id: article for article in articles}
    claims = list(claims)
    for claim in claims:
        if claim.article_id not in by_id:
            raise InvalidInputError(
                f"articles must hold the article of every claim; got claim {claim.id!r} of article {claim.article_id!r}."
            )
    found: dict[str, list[list[_Handed]]] = {}
    for claim in sorted(claims, key=lambda one: (age(by_id[one.article_id]), one.id)):
        name = _speaker(claim, speakers)
        if name is None:
            continue
        handed = _Handed.of(claim, by_id[claim.article_id])
        utterances = found.setdefault(name, [])
        for utterance in utterances:
            if _is_same(utterance[0], handed):
                utterance.append(handed)
                break
        else:
            utterances.append([handed])
    told = [
        (group[0].claim, Utterance(speaker=name, claim_ids=tuple(handed.claim.id for handed in group)))
        for name, groups in found.items()
        for group in groups
        if len({handed.claim.article_id for handed in group}) > 1
    ]
    told.sort(key=lambda pair: (age(by_id[pair[0].article_id]), pair[0].id))
    return [utterance for _, utterance in told]


def _speaker(claim: Claim, speakers: Mapping[str, str]) -> str | None:
    """Give the one name of whoever is quoted or reported; None where that is no name."""
    if claim.speaker is None or claim.attribution is Attribution.OWN:
        return None
    name = speakers.get(claim.speaker, claim.speaker)
    return name if any(word[0].isupper() and word.casefold() not in _UNNAMED for word in _WORD.findall(name)) else None


def _is_same(one: _Handed, two: _Handed) -> bool:
    """Whether two claims of one speaker hand on the same words of the same days."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    dated = one.day is not None and two.day is not None
    if one.day is not None and two.day is not None and abs(one.day - two.day).days > MAX_DAYS:
        return False
    least = 100 * (MIN_SIMILARITY if dated else MIN_UNDATED_SIMILARITY)
    if not one.words or not two.words or fuzz.ratio(one.in_order, two.in_order, score_cutoff=least) < least:
        return False
    in_common = (Counter(one.words) & Counter(two.words)).total()
    if LCSseq.similarity(one.words, two.words) < in_common - MAX_MOVED:
        return False
    return not _says_otherwise(one.claim, two.claim)


def _says_otherwise(one: Claim, two: Claim) -> bool:
    """Whether near words say different things: figures, names, an opposite, a negation more, another mood."""
    words = [set(_WORD.findall(claim.text.casefold())) for claim in (one, two)]
    if any(prefix + word in theirs - own for own, theirs in (words, words[::-1]) for word in own for prefix in _UN):
        return True
    if (one.polarity, one.modality) != (two.polarity, two.modality) or _figures(one) != _figures(two):
        return True
    if count_negations(one.text) != count_negations(two.text) or antonyms_across(one.text, two.text):
        return True
    return _names_another(one, two) and _names_another(two, one)


def _figures(claim: Claim) -> tuple[object, ...]:
    digits = sorted(word for word in _WORD.findall(claim.text) if any(character.isdigit() for character in word))
    quantities = sorted(repr((quantity.value, quantity.low, quantity.high)) for quantity in claim.quantities)
    return (*digits, *quantities)


def _names_another(one: Claim, two: Claim) -> bool:
    """Whether one claim has a name of which the other has no word."""
    words = set(_WORD.findall(two.text.casefold()))
    return any(names and not words & names for names in (set(_WORD.findall(e.text.casefold())) for e in one.entities))
