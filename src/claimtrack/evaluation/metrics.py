"""Figures that say how good a ranking, a probability or an annotation is."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from attrs import validators as v

from claimtrack.errors import InvalidInputError

__all__ = [
    "ReliabilityBin",
    "average_precision",
    "cohen_kappa",
    "expected_calibration_error",
    "precision_at",
    "reliability",
]


@attrs.frozen(kw_only=True)
class ReliabilityBin:
    """Predictions whose confidence lies in one interval.

    Parameters
    ----------
    low, high : float in [0, 1]
        The interval, its upper end included (the lowest one also at its lower end).
    n : int
        Predictions in it.
    confidence : float in [0, 1]
        Mean of what the model claims.
    accuracy : float in [0, 1]
        Share that is right.
    """

    low: float = attrs.field(validator=v.instance_of(float))
    high: float = attrs.field(validator=v.instance_of(float))
    n: int = attrs.field(validator=v.instance_of(int))
    confidence: float = attrs.field(validator=v.instance_of(float))
    accuracy: float = attrs.field(validator=v.instance_of(float))


def _ranked(scores: npt.ArrayLike, relevant: npt.ArrayLike) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Check scores and relevance, and order both by score, ties as given."""
    score, hit = np.asarray(scores, dtype=np.float64), np.asarray(relevant)
    if hit.dtype.kind not in "biu" and len(hit):
        raise InvalidInputError(f"relevant must be booleans; got {hit.dtype}.")
    hit = hit.astype(bool)
    if score.ndim != 1 or score.shape != hit.shape:
        raise InvalidInputError(
            f"scores and relevant must be of one length; got the shapes {score.shape} and {hit.shape}."
        )
    order = np.argsort(-score, kind="stable")
    return score[order], hit[order]


def average_precision(scores: npt.ArrayLike, relevant: npt.ArrayLike) -> float:
    """Compute the mean of the precision at each relevant item of a ranking.

    Parameters
    ----------
    scores : array-like of float, shape (n,)
        Higher ranks first; ties stay in the order given.
    relevant : array-like of bool, shape (n,)

    Returns
    -------
    float in [0, 1]
        0 where nothing is relevant.

    Raises
    ------
    InvalidInputError
        If the two are not of one length.

    Examples
    --------
    >>> round(average_precision([0.9, 0.8, 0.1], [True, False, True]), 3)
    0.833
    """
    _, hits = _ranked(scores, relevant)
    if not hits.any():
        return 0.0
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def precision_at(scores: npt.ArrayLike, relevant: npt.ArrayLike, k: int) -> float:
    """Compute the share of relevant items among the `k` highest scores (of all, where there are fewer).

    Parameters
    ----------
    scores : array-like of float, shape (n,)
    relevant : array-like of bool, shape (n,)
    k : int, at least 1

    Returns
    -------
    float in [0, 1]

    Raises
    ------
    InvalidInputError
        If the two are empty or not of one length, or `k` is below 1.
    """
    _, hits = _ranked(scores, relevant)
    if k < 1 or not len(hits):
        raise InvalidInputError(f"precision needs at least one item and k of at least 1; got {len(hits)} and {k}.")
    return float(hits[:k].mean())


def reliability(probabilities: npt.ArrayLike, labels: npt.ArrayLike, *, n_bins: int = 15) -> list[ReliabilityBin]:
    """Hold the largest probability of each row against how often it is right, in intervals of equal width.

    Parameters
    ----------
    probabilities : array-like of float, shape (n, classes)
        Rows sum to 1.
    labels : array-like of int, shape (n,)
        The right column of each row.
    n_bins : int, at least 1, default 15

    Returns
    -------
    list of ReliabilityBin
        Intervals that hold no row are left out.

    Raises
    ------
    InvalidInputError
        If the shapes do not fit or `n_bins` is below 1.

    References
    ----------
    Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks.
    """
    p, gold = np.asarray(probabilities, dtype=np.float64), np.asarray(labels)
    if p.ndim != 2 or gold.shape != p.shape[:1] or n_bins < 1:
        raise InvalidInputError(
            f"probabilities must be (n, classes), labels (n,) and n_bins at least 1; got {p.shape}, {gold.shape}, {n_bins}."
        )
    if not len(p):
        return []
    if not np.isfinite(p).all() or gold.dtype.kind not in "iu" or gold.min() < 0 or gold.max() >= p.shape[1]:
        raise InvalidInputError(
            f"probabilities must be finite and labels ints from 0 to {p.shape[1] - 1}; got labels {gold.dtype}."
        )
    confidence, right = p.max(axis=1), p.argmax(axis=1) == gold
    which = np.clip(np.ceil(confidence * n_bins).astype(int) - 1, 0, n_bins - 1)
    return [
        ReliabilityBin(
            low=b / n_bins,
            high=(b + 1) / n_bins,
            n=int((which == b).sum()),
            confidence=float(confidence[which == b].mean()),
            accuracy=float(right[which == b].mean()),
        )
        for b in range(n_bins)
        if (which == b).any()
    ]


def expected_calibration_error(probabilities: npt.ArrayLike, labels: npt.ArrayLike, *, n_bins: int = 15) -> float:
    """Compute the mean gap between confidence and accuracy over the intervals of :func:`reliability`, weighted by rows.

    Parameters
    ----------
    probabilities : array-like of float, shape (n, classes)
    labels : array-like of int, shape (n,)
    n_bins : int, at least 1, default 15

    Returns
    -------
    float in [0, 1]
        0 for no rows.

    References
    ----------
    Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks.
    """
    bins = reliability(probabilities, labels, n_bins=n_bins)
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.accuracy - b.confidence) for b in bins) / total if total else 0.0


def cohen_kappa(one: Sequence[Hashable], two: Sequence[Hashable]) -> float:
    """Compute how far two annotators agree beyond chance.

    Parameters
    ----------
    one, two : sequence of labels, of one length, at least one

    Returns
    -------
    float in [-1, 1]
        1 where both gave one and the same label to everything.

    Raises
    ------
    InvalidInputError
        If the two are empty or not of one length.

    References
    ----------
    Cohen (1960), A coefficient of agreement for nominal scales.
    """
    if len(one) != len(two) or not len(one):
        raise InvalidInputError(
            f"two annotators must label the same items, at least one; got {len(one)} and {len(two)}."
        )
    n = len(one)
    observed = sum(a == b for a, b in zip(one, two, strict=True)) / n
    labels: set[Any] = set(one) | set(two)
    chance = sum((list(one).count(label) / n) * (list(two).count(label) / n) for label in labels)
    return 1.0 if chance == 1.0 else (observed - chance) / (1.0 - chance)
