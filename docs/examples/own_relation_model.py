"""Put a relation model of your own in the tracker, with thresholds chosen on pairs that your desk has labelled.

    python own_relation_model.py labelled.jsonl news/ --model models/my-cross-encoder

`labelled.jsonl` holds one pair a line: {"premise": "...", "hypothesis": "...", "label": "contradiction"}, the label being
entailment, neutral or contradiction. Choose on some hundred pairs that look like what the tracker compares: near claims of
different outlets, most of them neutral.

`main` takes the model and the other parts as arguments. Without any, --model names the folder of a sentence-transformers
CrossEncoder, and the rest are the trained models.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import claimtrack as ct
from claimtrack.evaluation import expected_calibration_error
from claimtrack.relations import (
    Calibration,
    Probabilities,
    RelationModel,
    SentenceTransformerCrossEncoder,
    Thresholds,
)
from claimtrack.report import Findings, render_terminal

LABELS = ("entailment", "neutral", "contradiction")


class TemperedModel:
    """A relation model: another model's probabilities, made more or less sure of themselves.

    All that a relation model needs is a name, which is kept in each relation, and `judge`.
    """

    def __init__(self, model: RelationModel, temperature: float) -> None:
        self.model = model
        self.calibration = Calibration(temperature=temperature)

    @property
    def name(self) -> str:
        return f"{self.model.name}, temperature {self.calibration.temperature}"

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        return self.calibration.apply(np.log(np.clip(self.model.judge(pairs), 1e-6, 1.0)))


def read_pairs(path: Path) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Read labelled pairs; labels as columns of the probabilities."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    labels = np.array([LABELS.index(row["label"]) for row in rows])
    return [(row["premise"], row["hypothesis"]) for row in rows], labels


def tempered(model: RelationModel, pairs: Sequence[tuple[str, str]], labels: np.ndarray) -> TemperedModel:
    """Choose the temperature at which the labels are least surprising."""

    def surprise(candidate: TemperedModel) -> float:
        return float(-np.log(candidate.judge(pairs)[np.arange(len(labels)), labels]).mean())

    return min((TemperedModel(model, float(t)) for t in np.geomspace(0.25, 4.0, 33).round(3)), key=surprise)


def choose_thresholds(
    model: RelationModel, pairs: Sequence[tuple[str, str]], labels: np.ndarray, precision: float
) -> Thresholds:
    """Choose the lowest bars above which at least that share of the pairs has the label."""
    forward = model.judge(pairs)
    backward = model.judge([(hypothesis, premise) for premise, hypothesis in pairs])

    def lowest(probabilities: np.ndarray, column: int) -> float:
        for bar in np.unique(probabilities):
            if (labels[probabilities >= bar] == column).mean() >= precision:
                return float(bar)
        return 1.0  # too few pairs, or too hard for the model: it may only speak when it is certain

    return Thresholds(
        entailment=lowest(forward[:, 0], 0),
        contradiction=lowest(forward[:, 2], 2),
        pair_entailment=lowest(np.minimum(forward, backward)[:, 0], 0),  # claims of one side entail each other
        pair_contradiction=lowest((forward + backward)[:, 2] / 2, 2),
    )


def main(arguments: Sequence[str] | None = None, *, relation_model: RelationModel | None = None, **parts: Any) -> None:
    """Choose, say what was chosen, and report on articles."""
    parser = argparse.ArgumentParser(description="Report with a relation model of your own.")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--model", type=Path, help="folder of a sentence-transformers CrossEncoder")
    parser.add_argument("--precision", type=float, default=0.9)
    given = parser.parse_args(arguments)
    if relation_model is None and given.model is None:
        parser.error("--model must name a folder")
    pairs, labels = read_pairs(given.labelled)
    model = tempered(relation_model or SentenceTransformerCrossEncoder(given.model), pairs, labels)
    thresholds = choose_thresholds(model, pairs, labels, given.precision)
    error = expected_calibration_error(model.judge(pairs), labels)
    print(f"{model.name}: calibration error {error:.3f} on {len(pairs)} pairs\n{thresholds}\n")

    tracker = ct.Tracker(relation_model=model, options=ct.TrackerOptions(thresholds=thresholds), **parts)
    tracker.add(ct.read(given.articles))
    print(
        render_terminal(
            Findings(
                articles=tracker.articles,
                claims=tracker.claims,
                relations=tracker.relations,
                clusters=tracker.clusters,
            )
        )
    )


if __name__ == "__main__":
    main()
