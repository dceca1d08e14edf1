"""Candidate pairs of claims -> relations in both directions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from claimtrack.records import Claim, Kind, Label, Modality, Polarity, Relation
from claimtrack.relations.base import RelationModel
from claimtrack.relations.decision import Thresholds
from claimtrack.relations.figures import FigureVerdict, compare_figures

__all__ = ["RelatedPair", "judge_claims"]

_NEGATIONS = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_SAME_TEXT = 0.97
"""Similarity of two texts (rapidfuzz ratio of their normalised forms, 0 to 1) from which they match without the model."""

_WORDS = re.compile(r"\w+(?:['’]\w+)*|[$€£¥%]|(?<!\w)[-−](?=\d)")
_LIGHT = frozenset({"a", "an", "had", "has", "have", "that", "the"})
"""Words that two texts may differ in and still say the same."""


@attrs.frozen(kw_only=True)
class RelatedPair:
    """Both directions of a candidate pair.

    Parameters
    ----------
    forward, backward : Relation
        From the first claim to the second and back.
    """

    forward: Relation
    backward: Relation


def judge_claims(
    pairs: Sequence[tuple[str, str]],
    claims: Mapping[str, Claim],
    read_as: Mapping[str, str],
    model: RelationModel,
    thresholds: Thresholds,
) -> list[RelatedPair]:
    """Judge pairs of claims in both directions.

    Texts that differ in no more than articles match without the model; figures of the same thing in conflict are a contradiction of kind
    figure. For all other pairs the model decides: a contradiction needs its mean probability over both directions at
    ``thresholds.pair_contradiction`` and counts for both directions then; an entailment is decided for each direction.
    Claims whose moods do not meet (a wish and a fact, a condition and a statement) neither contradict nor match.
    A hedged claim ("may come") needs more to contradict another: the bar lies half way to certainty.
    A claim that does not stand alone is matched with care: to contradict, its bar lies half way to certainty, and to
    match, three quarters of the way, since what it is about is not known.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Ids of claims; each unordered pair once.
    claims : mapping of id to Claim
    read_as : mapping of id to str
        What the model reads for each claim: its context, names in one spelling.
    model : RelationModel
    thresholds : Thresholds

    Returns
    -------
    list of RelatedPair
        In the order of `pairs`.
    """
    from rapidfuzz import fuzz, utils

    texts = {i: read_as[i] for pair in pairs for i in pair}
    plain = {i: utils.default_process(text) for i, text in texts.items()}
    same = [
        bool(plain[a]) and fuzz.ratio(plain[a], plain[b]) / 100 >= _SAME_TEXT and _same_details(texts[a], texts[b])
        for a, b in pairs
    ]
    open_pairs = [pair for pair, equal in zip(pairs, same, strict=True) if not equal]
    both_ways = [(texts[a], texts[b]) for a, b in open_pairs] + [(texts[b], texts[a]) for a, b in open_pairs]
    distinct = list(dict.fromkeys(both_ways))  # parts of one statement are read alike
    rows = model.judge(distinct) if distinct else np.zeros((0, 3))
    judged = {pair: tuple(float(p) for p in row) for pair, row in zip(distinct, rows, strict=True)}
    out = []
    for (a, b), equal in zip(pairs, same, strict=True):
        if equal:
            certain = (0.99, 0.005, 0.005)
            out.append(_relate(claims[a], claims[b], certain, certain, thresholds, "same-text"))
            continue
        forward, backward = judged[texts[a], texts[b]], judged[texts[b], texts[a]]
        out.append(_relate(claims[a], claims[b], forward, backward, thresholds, model.name))
    return out


def _same_details(one: str, two: str) -> bool:
    """Tell whether two nearly equal texts have the same words in the same order, articles and "has" aside.

    In a long text a figure, a name, a negation or "won" for "lost" are few letters.
    """

    def details(text: str) -> list[str]:
        return [word for word in _WORDS.findall(text.casefold()) if word not in _LIGHT]

    return details(one) == details(two)


def _relate(
    a: Claim, b: Claim, forward: tuple[float, ...], backward: tuple[float, ...], thresholds: Thresholds, model: str
) -> RelatedPair:
    """Decide a pair and make its two relations."""
    care = 0.0 if a.standalone and b.standalone else 0.5
    doubt = care if Modality.HEDGED not in {a.modality, b.modality} else 0.5
    bar = thresholds.pair_contradiction + doubt * (1 - thresholds.pair_contradiction)
    entailment_bar = thresholds.entailment + 1.5 * care * (1 - thresholds.entailment)
    verdict = compare_figures(a, b) if model != "same-text" else None
    conflict = verdict is not None and verdict.verdict is FigureVerdict.CONFLICT
    mean = (forward[2] + backward[2]) / 2
    contradicts = (mean >= bar and max(forward[0], backward[0]) < 0.5 and _moods_meet(a, b)) or conflict
    relations = []
    for premise, hypothesis, p in ((a, b, forward), (b, a, backward)):
        if contradicts:
            label, kind = Label.CONTRADICTION, Kind.FIGURE if conflict else _kind(a, b)
        elif p[0] >= entailment_bar and p[0] > p[2] and _moods_meet(a, b):
            label, kind = Label.ENTAILMENT, None
        else:
            label, kind = Label.NEUTRAL, None
        relations.append(
            Relation(
                premise_id=premise.id,
                hypothesis_id=hypothesis.id,
                p_entailment=p[0],
                p_neutral=p[1],
                p_contradiction=p[2],
                label=label,
                kind=kind,
                model="figures" if conflict else model,
            )
        )
    return RelatedPair(forward=relations[0], backward=relations[1])


_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_CALLS = frozenset({Modality.WISHED, Modality.ORDERED, Modality.ASKED})


def _moods_meet(a: Claim, b: Claim) -> bool:
    """Tell whether two claims can contradict or state the same at all by their mood.

    What somebody wants, demands or asks for does not contradict what is or will be; what would happen under a condition
    does not contradict that the condition will not come. Claims of one mood can contradict. "No peace unless they talk"
    is no such condition: it says what must be, as "only talks can end this" does.
    """
    if (a.modality in _CALLS) != (b.modality in _CALLS):
        return False
    return _is_hypothetical(a) == _is_hypothetical(b)


def _is_hypothetical(claim: Claim) -> bool:
    requires = claim.polarity is Polarity.NEGATIVE and _UNLESS.search(claim.text) is not None
    return claim.modality is Modality.CONDITIONAL and not requires


def _kind(a: Claim, b: Claim) -> Kind:
    """Say what a contradiction turns on, from the fields of the two claims."""
    if Modality.FORECAST in {a.modality, b.modality}:
        return Kind.FORECAST
    negations = len(_NEGATIONS.findall(a.text)) - len(_NEGATIONS.findall(b.text))
    if (
        a.polarity is not b.polarity
        or negations % 2
        or Modality.DENIED in {a.modality, b.modality}
        or Polarity.NEGATIVE in {a.polarity, b.polarity}
    ):
        return Kind.NEGATION
    return Kind.OTHER
