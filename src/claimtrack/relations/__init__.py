"""Pairs of claims -> probabilities -> relations."""

from claimtrack.relations.base import Probabilities, RelationModel
from claimtrack.relations.calibration import Calibration
from claimtrack.relations.cross_encoder import SentenceTransformerCrossEncoder
from claimtrack.relations.decision import Decision, Thresholds, decide
from claimtrack.relations.figures import FigureComparison, FigureVerdict, compare_figures
from claimtrack.relations.judging import RelatedPair, judge_claims
from claimtrack.relations.onnx_cross_encoder import OnnxCrossEncoder

__all__ = [
    "Calibration",
    "Decision",
    "FigureComparison",
    "FigureVerdict",
    "OnnxCrossEncoder",
    "Probabilities",
    "RelatedPair",
    "RelationModel",
    "SentenceTransformerCrossEncoder",
    "Thresholds",
    "compare_figures",
    "decide",
    "judge_claims",
]
