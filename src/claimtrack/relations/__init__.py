"""Pairs of claims -> probabilities -> relations."""

from claimtrack.relations.base import Probabilities, RelationModel
from claimtrack.relations.calibration import Calibration
from claimtrack.relations.cascade import CascadeCrossEncoder
from claimtrack.relations.cross_encoder import SentenceTransformerCrossEncoder
from claimtrack.relations.decision import Decision, Thresholds, decide
from claimtrack.relations.figures import FigureComparison, FigureVerdict, compare_figures
from claimtrack.relations.judging import RULES_VERSION, JudgedText, RelatedPair, judge_claims, judge_texts
from claimtrack.relations.kinds import Conflict, antonyms_across, classify_conflict, count_negations
from claimtrack.relations.negations import is_plain_negation
from claimtrack.relations.onnx_cross_encoder import OnnxCrossEncoder
from claimtrack.relations.times import conflicting_times

__all__ = [
    "RULES_VERSION",
    "Calibration",
    "CascadeCrossEncoder",
    "Conflict",
    "Decision",
    "FigureComparison",
    "FigureVerdict",
    "JudgedText",
    "OnnxCrossEncoder",
    "Probabilities",
    "RelatedPair",
    "RelationModel",
    "SentenceTransformerCrossEncoder",
    "Thresholds",
    "antonyms_across",
    "classify_conflict",
    "compare_figures",
    "conflicting_times",
    "count_negations",
    "decide",
    "is_plain_negation",
    "judge_claims",
    "judge_texts",
]
