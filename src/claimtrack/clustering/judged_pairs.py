"""What the relations of one pair of claims, taken together, mean for a cluster."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.records import Label, Relation

__all__ = ["ClusterOptions", "JudgedPair", "weigh"]

WEIGHT_UNIT = 1_000_000
"""Weights are whole millionths of a unit of log-odds, so that their sums are exact in any order."""

_probability = [v.instance_of(float), v.ge(0.0), v.le(1.0)]


@attrs.frozen(kw_only=True)
class ClusterOptions:
    """When a pair of claims states the same, when it contradicts, and how much each pair weighs.

    Parameters
    ----------
    min_p_one_way : float in [0, 1], default 0.94
        A pair that is labelled entailment in one direction only states the same if that direction's `p_entailment` is
        at least this.
    min_p_both : float in [0, 1], default 0.0
        A pair that is labelled entailment in both directions states the same if the smaller `p_entailment` is at least
        this. Raise it where vague claims would gather unlike ones on their side.
    contradiction_both_ways : bool, default False
        A pair contradicts when either direction is labelled contradiction; True asks for both (a direction that was
        not judged is not a contradiction). A pair that is a contradiction in one direction only never states the same,
        whatever this says.
    min_p_contradiction : float in [0, 1], default 0.0
        Lowest `p_contradiction`, in the stronger of the directions so labelled, with which a contradiction joins two
        sides into one cluster. A weaker one still keeps its two claims on different sides, and is listed where other
        links put both in one cluster. Raise it where single false contradictions glue large topics together.
    p_even : float in (0, 1), default 0.5
        The `p_entailment` that pulls neither way: the threshold at which the relation model decides for entailment.
    min_weight : float, above 0, default 0.5
        Least weight, in log-odds, of any judged pair; see :func:`weigh`.
    max_weight : float, at least `min_weight`, default 4.0
        Largest weight, in log-odds, of any judged pair, so that no one judgement outvotes several others.
    """

    min_p_one_way: float = attrs.field(default=0.94, validator=_probability)
    min_p_both: float = attrs.field(default=0.0, validator=_probability)
    contradiction_both_ways: bool = attrs.field(default=False, validator=v.instance_of(bool))
    min_p_contradiction: float = attrs.field(default=0.0, validator=_probability)
    p_even: float = attrs.field(default=0.5, validator=[v.instance_of(float), v.gt(0.0), v.lt(1.0)])
    min_weight: float = attrs.field(default=0.5, validator=[v.instance_of(float), v.gt(0.0)])
    max_weight: float = attrs.field(default=4.0, validator=v.instance_of(float))

    @max_weight.validator
    def _check_max_weight(self, _: object, value: float) -> None:
        if not self.min_weight <= value < math.inf:
            raise ValueError(
                f"ClusterOptions.max_weight must be finite and >= min_weight; got {value} and {self.min_weight}."
            )


@attrs.frozen(kw_only=True)
class JudgedPair:
    """The decision on one unordered pair of claims.

    Parameters
    ----------
    weight : float
        Whole millionths of log-odds: positive if the two state the same, negative if they do not, minus infinity if
        they contradict.
    contradicts : bool
        Whether they contradict.
    joins : bool
        Whether the contradiction is strong enough to join two sides into one cluster.
    """

    weight: float = attrs.field(validator=v.instance_of((int, float)))
    contradicts: bool = attrs.field(validator=v.instance_of(bool))
    joins: bool = attrs.field(validator=v.instance_of(bool))


def _log_odds(p: float, limit: float, even: float) -> float:
    """Log-odds of `p`, counted from those of `even` and clipped to [-limit, limit]."""
    if p <= 0.0:
        return -limit
    if p >= 1.0:
        return limit
    return max(-limit, min(limit, math.log(p / (1.0 - p)) - math.log(even / (1.0 - even))))


def weigh(relations: Sequence[Relation], options: ClusterOptions) -> JudgedPair:
    """Decide what the relations of one pair of claims mean together.

    Parameters
    ----------
    relations : sequence of Relation, one or two
        The directions that were judged.
    options : ClusterOptions

    Returns
    -------
    JudgedPair
        The same for either order of `relations`.

    Raises
    ------
    InvalidInputError
        If `relations` is empty or longer than two.

    Notes
    -----
    The pair *states the same* if both directions are labelled entailment with at least ``min_p_both``, or one is with at
    least ``min_p_one_way`` and none is labelled contradiction. The weight is the mean, over the directions judged, of
    ``log(p / (1 - p)) - log(p_even / (1 - p_even))`` for ``p = p_entailment``, each clipped to ``max_weight`` either
    way. The decision gives the sign: a pair that states the same weighs at least ``min_weight``, any other at most
    ``-min_weight``. So the labels, and whatever rules made them, cannot be overturned by a probability; and a pair
    judged neutral with certainty pulls its sides apart as hard as a certain entailment pulls them together.

    The log-odds of contradiction have no term of their own: a contradiction weighs minus infinity.
    """
    if not 1 <= len(relations) <= 2:
        raise InvalidInputError(f"relations must be the one or two directions of a pair; got {len(relations)}.")
    contradictory = [relation for relation in relations if relation.label is Label.CONTRADICTION]
    if len(contradictory) == 2 or (contradictory and not options.contradiction_both_ways):
        strongest = max(relation.p_contradiction for relation in contradictory)
        return JudgedPair(weight=-math.inf, contradicts=True, joins=strongest >= options.min_p_contradiction)

    entailments = [relation for relation in relations if relation.label is Label.ENTAILMENT]
    one_way = any(relation.p_entailment >= options.min_p_one_way for relation in entailments)
    both = len(entailments) == 2 and all(relation.p_entailment >= options.min_p_both for relation in entailments)
    states_the_same = not contradictory and (both or one_way)
    log_odds = [_log_odds(relation.p_entailment, options.max_weight, options.p_even) for relation in relations]
    mean = math.fsum(log_odds) / len(log_odds)
    weight = max(mean, options.min_weight) if states_the_same else min(mean, -options.min_weight)
    return JudgedPair(weight=round(weight * WEIGHT_UNIT), contradicts=False, joins=False)
