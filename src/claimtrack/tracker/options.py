"""What a tracker is told besides its parts."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from attrs import validators as v

from claimtrack.relations import Thresholds

__all__ = ["Progress", "TrackerOptions"]

Progress = Callable[[str, int, int], None]
"""Called with the stage, what is done and what there is to do."""


@attrs.frozen(kw_only=True)
class TrackerOptions:
    """What the tracker holds for near, and at what probability it decides.

    Parameters
    ----------
    min_similarity : float in [-1, 1], default 0.4
        Lowest cosine similarity of a pair that is judged, the bound included. Not a probability.
    n_neighbors : int, at least 1, default 30
        A pair is judged if one claim is among this many nearest of the other.
    thresholds : Thresholds or None
        None takes those that came with the relation model (the defaults of :class:`Thresholds` if it has none).
    """

    min_similarity: float = attrs.field(default=0.4, validator=[v.instance_of(float), v.ge(-1.0), v.le(1.0)])
    n_neighbors: int = attrs.field(default=30, validator=[v.instance_of(int), v.ge(1)])
    thresholds: Thresholds | None = attrs.field(default=None, validator=v.optional(v.instance_of(Thresholds)))
