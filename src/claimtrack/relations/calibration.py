"""Turn a model's logits into probabilities that mean what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.relations.base import Probabilities

__all__ = ["Calibration", "softmax"]


def softmax(logits: npt.NDArray[np.floating[Any]]) -> Probabilities:
    """Compute row-wise softmax in float64."""
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    exponent = np.exp(shifted)
    probabilities: Probabilities = exponent / exponent.sum(axis=1, keepdims=True)
    return probabilities


@attrs.frozen(kw_only=True)
class Calibration:
    """Temperature and bias for each class, fitted on development data.

    Parameters
    ----------
    temperature : float, greater than 0
        The logits are divided by it.
    bias : tuple of three floats
        Added after that, for entailment, neutral, contradiction.

    References
    ----------
    Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks.
    """

    temperature: float = attrs.field(default=1.0, validator=[v.instance_of(float), v.gt(0.0)])
    bias: tuple[float, float, float] = attrs.field(
        default=(0.0, 0.0, 0.0),
        validator=v.deep_iterable(v.instance_of(float), v.and_(v.instance_of(tuple), v.min_len(3), v.max_len(3))),
    )

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Calibration:
        """Read a calibration from plain JSON values."""
        try:
            entailment, neutral, contradiction = (float(x) for x in values["bias"])
            return cls(temperature=float(values["temperature"]), bias=(entailment, neutral, contradiction))
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInputError(
                f"a calibration must hold a temperature and three biases; got {values!r}."
            ) from error

    def apply(self, logits: npt.NDArray[np.floating[Any]]) -> Probabilities:
        """Turn logits of shape (n, 3) into probabilities of the same shape."""
        if not len(logits):
            return np.zeros((0, 3))
        return softmax(logits / self.temperature + np.asarray(self.bias))
