"""Pairs of claims -> probabilities -> relations."""

from claimtrack.relations.base import Probabilities, RelationModel
from claimtrack.relations.calibration import Calibration
from claimtrack.relations.cross_encoder import SentenceTransformerCrossEncoder
from claimtrack.relations.decision import Decision, Thresholds, decide
from claimtrack.relations.judging import JudgedPair, judge_claims
from claimtrack.relations.onnx_cross_encoder import OnnxCrossEncoder

__all__ = [
    "Calibration",
    "Decision",
    "JudgedPair",
    "OnnxCrossEncoder",
    "Probabilities",
    "RelationModel",
    "SentenceTransformerCrossEncoder",
    "Thresholds",
    "decide",
    "judge_claims",
]
