"""From probabilities to labels: thresholds, and how the two directions of a pair are combined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.records import Label
from claimtrack.relations.base import Probabilities

__all__ = ["Decision", "Thresholds", "decide"]

_probability = [v.instance_of(float), v.ge(0.0), v.le(1.0)]


@attrs.frozen(kw_only=True)
class Thresholds:
    """At what probability a label is given; between them the answer is neutral.

    Parameters
    ----------
    entailment, contradiction : float in [0, 1]
        Lowest probability of that label, the bound included.
    pair_contradiction : float in [0, 1]
        Lowest mean probability of contradiction over both directions of a pair of claims. Contradiction is symmetric,
        and a model that sees it in one direction only is often wrong.
    pair_entailment : float in [0, 1]
        Lowest probability of entailment, in the weaker of the two directions of a pair, with which two claims stand on one
        side of a cluster.
    abstain : float in [0, 1]
        A pair that reaches neither bar and whose largest probability is below this one is marked as abstained.
    """

    entailment: float = attrs.field(default=0.6, validator=_probability)
    contradiction: float = attrs.field(default=0.8, validator=_probability)
    pair_contradiction: float = attrs.field(default=0.8, validator=_probability)
    pair_entailment: float = attrs.field(default=0.6, validator=_probability)
    abstain: float = attrs.field(default=0.5, validator=_probability)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Thresholds:
        """Read thresholds from plain JSON values."""
        names = {field.name for field in attrs.fields(cls)}
        unknown = sorted(set(values) - names)
        if unknown:
            raise InvalidInputError(f"thresholds must be among {sorted(names)}; got {unknown}.")
        try:
            return cls(**{name: float(value) for name, value in values.items()})
        except (TypeError, ValueError) as error:
            raise InvalidInputError(f"thresholds must be numbers in [0, 1]; got {dict(values)!r}.") from error


@attrs.frozen
class Decision:
    """The label of one ordered pair.

    Parameters
    ----------
    label : Label
    abstained : bool
        Whether the model was not sure enough of any label (the label is neutral then).
    """

    label: Label
    abstained: bool


def decide(probabilities: Probabilities, thresholds: Thresholds) -> list[Decision]:
    """Decide ordered pairs one by one, each by itself.

    Parameters
    ----------
    probabilities : ndarray of shape (n, 3)
        Columns entailment, neutral, contradiction.
    thresholds : Thresholds

    Returns
    -------
    list of Decision
        In the order of the rows.
    """
    out = []
    for row in np.asarray(probabilities):
        entailment, neutral, contradiction = (float(p) for p in row)
        if contradiction >= thresholds.contradiction and contradiction > entailment:
            out.append(Decision(Label.CONTRADICTION, abstained=False))
        elif entailment >= thresholds.entailment and entailment > contradiction:
            out.append(Decision(Label.ENTAILMENT, abstained=False))
        else:
            unsure = max(entailment, contradiction) > neutral or max(row) < thresholds.abstain
            out.append(Decision(Label.NEUTRAL, abstained=bool(unsure)))
    return out
