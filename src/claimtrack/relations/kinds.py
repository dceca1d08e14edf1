"""What a contradiction turns on, and how to say so to a reader."""

from __future__ import annotations

import functools
import re
from importlib import resources

import attrs
from attrs import validators as v

from claimtrack.records import Claim, Entity, EntityType, Kind, Modality, Polarity
from claimtrack.relations.figures import FigureVerdict, compare_figures, figures_of
from claimtrack.relations.times import conflicting_times

__all__ = ["Conflict", "antonyms_across", "bases", "classify_conflict", "count_negations"]

_NEGATIONS = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_DENIES_SAYING = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied)\s+(?:having\s+)?(?:ever\s+)?(?:said|saying|told|telling|made|making|claimed|claiming|promised|promising|quoted)"
    r"|(?:never|not|n['’]t)\s+(?:ever\s+)?(?:say|said|saying|tell|told|claim|claimed|state|stated|promise|promised|make the remark|made the remark|made that remark))\b"
)
_SAYS = re.compile(
    r"(?i)\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|claim(?:s|ed)?|stat(?:e|es|ed)|promis(?:e|es|ed)|announc(?:e|es|ed)|remark(?:s|ed)?|according to)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EXPECTED = re.compile(
    r"(?i)\b(?:will|shall|won['’]t|looms?|imminent|is going to|are going to|forecasts?|predict(?:s|ed)?|expect(?:s|ed)?|is coming|in the offing)\b"
)


@attrs.frozen(kw_only=True)
class Conflict:
    """What two statements that contradict each other differ in.

    Parameters
    ----------
    kind : Kind
    reason : str or None
        What each of the two says, where that can be told: "12 in one, 40 in the other".
    """

    kind: Kind = attrs.field(validator=v.instance_of(Kind))
    reason: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))


def count_negations(text: str) -> int:
    """Count the negation words of a text."""
    return len(_NEGATIONS.findall(text))


@functools.cache
def _tables() -> tuple[dict[str, set[str]], dict[str, tuple[str, ...]]]:
    """Read the opposites of each word and the irregular forms."""
    opposites: dict[str, set[str]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    folder = resources.files("claimtrack.models")
    for name in ("wordnet/antonyms.tsv", "opposites.tsv"):
        for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line.strip():
                continue
            one, two = line.split("\t")
            if two.startswith("="):
                forms[one] = (*forms.get(one, ()), two[1:])
            else:
                opposites.setdefault(one, set()).add(two)
                opposites.setdefault(two, set()).add(one)
    return opposites, forms


@functools.lru_cache(maxsize=8192)
def bases(word: str) -> frozenset[str]:
    """Give the forms under which a word may stand in the table of opposites: as it is, and without its ending."""
    _, irregular = _tables()
    found = {word, *irregular.get(word, ())}
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: -len(ending)] + instead
            found.add(stem)
            if not instead and len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


@functools.lru_cache(maxsize=8192)
def _opposites(word: str) -> frozenset[str]:
    """Give the opposites of a word, in the forms that the table has."""
    table, _ = _tables()
    return frozenset().union(*(table.get(base, ()) for base in bases(word)))


@functools.lru_cache(maxsize=8192)
def _content(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.group().casefold() for m in _WORD.finditer(text)))


def antonyms_across(one: str, two: str) -> tuple[str, str] | None:
    """Find a word of one text whose opposite stands in the other, and in neither text beside it.

    Parameters
    ----------
    one, two : str

    Returns
    -------
    tuple of (str, str) or None
        The first such pair, in the order of `one`.

    References
    ----------
    Fellbaum (1998), WordNet: an electronic lexical database.
    """
    words_one, words_two = _content(one), _content(two)
    for a in words_one:
        if a in words_two or not _opposites(a):
            continue
        for b in words_two:
            if b not in words_one and not _opposites(a).isdisjoint(bases(b)):
                return a, b
    return None


def _figures(one: str, two: str) -> str | None:
    """Say which figure of one text has no equal in the other, where each has one figure of one unit and noun."""
    ours, theirs = figures_of(one), figures_of(two)
    compared = compare_figures((one, ours), (two, theirs))
    if compared.verdict in {FigureVerdict.CONFLICT, FigureVerdict.CHANGING}:
        return compared.description
    if len(ours) == len(theirs) == 1:
        [p], [h] = ours, theirs
        if p.unit == h.unit and p.of == h.of and (p.low, p.high) != (h.low, h.high):
            return f"{p.span.slice(one)} in one, {h.span.slice(two)} in the other"
    return None


def _places(one: tuple[Entity, ...], two: tuple[Entity, ...]) -> str | None:
    """Say which place each of two claims names, where each names one that the other does not."""
    ours, theirs = (
        {e.text.casefold(): e.text for e in entities if e.type is EntityType.PLACE} for entities in (one, two)
    )
    only_ours, only_theirs = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    if (
        len(only_ours) == len(only_theirs) == 1
        and only_ours[0] not in only_theirs[0]
        and only_theirs[0] not in only_ours[0]
    ):
        return f"{ours[only_ours[0]]} in one, {theirs[only_theirs[0]]} in the other"
    return None


def classify_conflict(
    one: str | Claim, two: str | Claim, *, one_published: str | None = None, two_published: str | None = None
) -> Conflict:
    """Say what two texts or claims that contradict each other differ in.

    Parameters
    ----------
    one, two : str or Claim
        Two statements that are known to contradict each other; of claims the mood and the places named are used too.
    one_published, two_published : str, optional
        ISO dates of their articles, for weekdays.

    Returns
    -------
    Conflict
        The same kind for either order of the two. Looked for in this order: the times, a denial of having said it, a
        forecast, a negation in one of them, the figures, a pair of opposites, the places.
    """
    text_one, text_two = (x.text if isinstance(x, Claim) else x for x in (one, two))
    times = conflicting_times(text_one, text_two, one_published=one_published, two_published=two_published)
    if times is not None:
        return Conflict(kind=Kind.TIME, reason=times)
    denials = [_DENIES_SAYING.search(text) is not None for text in (text_one, text_two)]
    if denials[0] != denials[1] and _SAYS.search(text_two if denials[0] else text_one):
        return Conflict(kind=Kind.ATTRIBUTION)
    if _is_forecast(one) or _is_forecast(two):
        return Conflict(kind=Kind.FORECAST)
    if _is_negated(one) != _is_negated(two):
        return Conflict(kind=Kind.NEGATION)
    figures = _figures(text_one, text_two)
    if figures is not None:
        return Conflict(kind=Kind.FIGURE, reason=figures)
    opposites = antonyms_across(text_one, text_two)
    if opposites is not None:
        return Conflict(kind=Kind.OPPOSITE, reason=f"“{opposites[0]}” in one, “{opposites[1]}” in the other")
    if isinstance(one, Claim) and isinstance(two, Claim):
        places = _places(one.entities, two.entities)
        if places is not None:
            return Conflict(kind=Kind.PLACE, reason=places)
        if Polarity.NEGATIVE in {one.polarity, two.polarity}:
            return Conflict(kind=Kind.NEGATION)
    return Conflict(kind=Kind.OTHER)


def _is_forecast(statement: str | Claim) -> bool:
    if isinstance(statement, Claim):
        return statement.modality is Modality.FORECAST
    return _EXPECTED.search(statement) is not None


def _is_negated(statement: str | Claim) -> bool:
    """Whether a statement denies: an odd number of negations, a negative polarity or a denied mood."""
    text = statement.text if isinstance(statement, Claim) else statement
    odd = count_negations(text) % 2 == 1
    if isinstance(statement, Claim):
        return odd or statement.polarity is Polarity.NEGATIVE or statement.modality is Modality.DENIED
    return odd
