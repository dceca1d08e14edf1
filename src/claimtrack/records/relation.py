"""What a relation model says of an ordered pair of claims."""

from __future__ import annotations

import enum
import math

import attrs
from attrs import validators as v

__all__ = ["Judgement", "Kind", "Label", "Relation", "Ruling"]


class Label(enum.Enum):
    """The three labels of natural language inference (Bowman et al. 2015)."""

    ENTAILMENT = "entailment"
    NEUTRAL = "neutral"
    CONTRADICTION = "contradiction"


class Kind(enum.Enum):
    """What a contradiction turns on; ``update`` goes with neutral."""

    NEGATION = "negation"
    OPPOSITE = "opposite"
    FIGURE = "figure"
    TIME = "time"
    PLACE = "place"
    ATTRIBUTION = "attribution"
    FORECAST = "forecast"
    OTHER = "other"
    UPDATE = "update"


class Ruling(enum.Enum):
    """What decided of a pair where no model did; the value stands in `Relation.model`."""

    SAME_TEXT = "same-text"
    FIGURES = "figures"
    TIMES = "times"
    NEGATION = "negation"
    PERSON = "a person's decision"


_RULING_OF = {ruling.value: ruling for ruling in Ruling}


def _probability(_: object, attribute: attrs.Attribute[float], value: object) -> None:
    """Check a probability in one step: hundreds of thousands of relations are made when a large store is clustered."""
    if not isinstance(value, float):
        raise TypeError(f"Relation.{attribute.name} must be a float; got {value!r}.")
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"Relation.{attribute.name} must be in [0, 1]; got {value}.")


@attrs.frozen(kw_only=True)
class Relation:
    """A judged pair: does the premise entail or contradict the hypothesis?

    Parameters
    ----------
    premise_id, hypothesis_id : str
        Ids of the two claims, in this direction.
    p_entailment, p_neutral, p_contradiction : float in [0, 1]
        They sum to 1; calibrated on data in which the labels count nearly alike.
    label : Label
        The decision at the deployed thresholds, not the largest probability.
    kind : Kind or None
        For a contradiction, what it turns on; ``update``, with the label neutral, for a later figure of a running count.
    model : str
        Name of the relation model, or the value of the `Ruling` that decided.
    reason : str or None
        What the contradiction or update turns on, in words: "12 in one, 40 in the other".
    """

    premise_id: str = attrs.field(validator=v.instance_of(str))
    hypothesis_id: str = attrs.field(validator=v.instance_of(str))
    p_entailment: float = attrs.field(validator=_probability)
    p_neutral: float = attrs.field(validator=_probability)
    p_contradiction: float = attrs.field(validator=_probability)
    label: Label = attrs.field(validator=v.instance_of(Label))
    kind: Kind | None = attrs.field(default=None, validator=v.optional(v.instance_of(Kind)))
    model: str = attrs.field(validator=v.instance_of(str))
    reason: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))

    def __attrs_post_init__(self) -> None:
        total = self.p_entailment + self.p_neutral + self.p_contradiction
        if not math.isclose(total, 1.0, abs_tol=1e-4):
            raise ValueError(f"the three probabilities of a Relation must sum to 1; got {total}.")
        if self.premise_id == self.hypothesis_id:
            raise ValueError(f"a Relation must join two claims; got {self.premise_id!r} twice.")
        if (self.label is Label.CONTRADICTION) != (self.kind not in (None, Kind.UPDATE)):
            raise ValueError(
                f"Relation.kind must be given for a contradiction and only there; got {self.label}, {self.kind}."
            )
        if self.kind is Kind.UPDATE and self.label is not Label.NEUTRAL:
            raise ValueError(f"Relation.kind update goes with the label neutral; got {self.label}.")

    @property
    def pair(self) -> tuple[str, str]:
        """Ids of the two claims, ascending."""
        return min(self.premise_id, self.hypothesis_id), max(self.premise_id, self.hypothesis_id)

    @property
    def ruling(self) -> Ruling | None:
        """What decided where no model did."""
        return _RULING_OF.get(self.model)

    @property
    def is_telling(self) -> bool:
        """Whether it is more than plainly neutral, that is an entailment, a contradiction, or an update of a count."""
        return self.label is not Label.NEUTRAL or self.kind is not None


@attrs.frozen(kw_only=True)
class Judgement:
    """What one unordered pair of claims was judged to be, in both directions.

    Parameters
    ----------
    forward, backward : Relation
        The premise of `forward` is the claim with the lesser id; `backward` is the other way round. Kind, model and reason
        are those of the pair, and the same in both.
    key : str
        What was judged: stands for the texts, the model, the rules and the thresholds. Another key now means that the
        pair has to be judged again.
    """

    forward: Relation = attrs.field(validator=v.instance_of(Relation))
    backward: Relation = attrs.field(validator=v.instance_of(Relation))
    key: str = attrs.field(validator=v.instance_of(str))

    def __attrs_post_init__(self) -> None:
        one, two = self.forward, self.backward
        if (one.premise_id, one.hypothesis_id) != (two.hypothesis_id, two.premise_id):
            raise ValueError(
                f"the directions of a Judgement must be of one pair; got {self.pair} and {two.premise_id!r}."
            )
        if one.premise_id > one.hypothesis_id:
            raise ValueError(f"the premise of Judgement.forward must be the lesser id; got {self.pair}.")
        if (one.kind, one.model, one.reason) != (two.kind, two.model, two.reason):
            raise ValueError(
                f"kind, model and reason of a Judgement must be those of both directions; got {self.pair}."
            )

    @property
    def pair(self) -> tuple[str, str]:
        """Ids of the two claims, ascending."""
        return self.forward.pair

    @property
    def is_telling(self) -> bool:
        """Whether the pair is more than plainly neutral."""
        return self.forward.is_telling or self.backward.is_telling
