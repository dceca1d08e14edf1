"""The tracker: wires the parts together."""

from claimtrack.tracker.options import Progress, TrackerOptions
from claimtrack.tracker.tracker import StaleJudgementsWarning, Tracker

__all__ = ["Progress", "StaleJudgementsWarning", "Tracker", "TrackerOptions"]
