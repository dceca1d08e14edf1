"""Measures against annotations: ranking, calibration, agreement."""

from claimtrack.evaluation.metrics import (
    ReliabilityBin,
    average_precision,
    cohen_kappa,
    expected_calibration_error,
    precision_at,
    reliability,
)

__all__ = [
    "ReliabilityBin",
    "average_precision",
    "cohen_kappa",
    "expected_calibration_error",
    "precision_at",
    "reliability",
]
