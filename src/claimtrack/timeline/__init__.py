"""Clusters over time: when each side was stated, who changed sides, and what is new."""

from claimtrack.timeline.changed import changes
from claimtrack.timeline.history import timeline

__all__ = ["changes", "timeline"]
