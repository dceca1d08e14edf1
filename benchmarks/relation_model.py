"""Measure the relation model on development data: ``python benchmarks/relation_model.py --data ../shared/data/dev``.

Accuracy on each set of ``nli_dev``; on pairs of rumour headlines the share of other rumours called contradictions, the
recall on contradicting ones and the average precision; on headlines against their claim the three-way stance. For the
Emergent figures both all rumours and those of the *report* part, which the shipped model was neither trained nor
calibrated on (the part follows from the rumour's id, see ``training/news_pairs.py``). ``adversarial.jsonl`` holds 170 pairs
written by hand, by somebody who had seen neither the generators of training pairs nor a model's answers. With ``--pairs FILE``, JSON lines of
premise, hypothesis and label, also precision and recall of each label there at the deployed thresholds (the report part of
the hand-written stories: ``python training/stories.py --part report --out FILE``).
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from claimtrack.relations import OnnxCrossEncoder, decide

HERE = Path(__file__).parent
LABELS = ("entailment", "neutral", "contradiction")


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def part(key: str) -> str:
    """Say which part a rumour belongs to, as the training scripts do."""
    bucket = hashlib.blake2b(key.encode(), digest_size=2).digest()[0] % 4
    return ("train", "train", "calibrate", "report")[bucket]


def average_precision(scores: np.ndarray, relevant: np.ndarray) -> float:
    """Compute the area under the precision-recall curve; ties in the order given."""
    order = np.argsort(-scores, kind="stable")
    hits = relevant[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else 0.0


def headline_figures(pairs: list[dict[str, Any]], model: OnnxCrossEncoder) -> dict[str, float]:
    """Judge headline pairs both ways and summarise."""
    texts = [(r["headline_a"], r["headline_b"]) for r in pairs]
    p = model.judge(texts + [(b, a) for a, b in texts])
    labels = [d.label.value == "contradiction" for d in decide(p, model.thresholds)]
    n = len(texts)
    either = np.array(labels[:n]) | np.array(labels[n:])
    mean = (p[:n, 2] + p[n:, 2]) / 2
    gold = np.array([r["label"] for r in pairs])
    kept = gold != "same_topic"
    return {
        "pairs": n,
        "other_rumour_called_contradiction": float(either[gold == "different_claim"].mean()),
        "recall_contradict": float(either[gold == "contradict"].mean()),
        "agree_called_contradiction": float(either[gold == "agree"].mean()),
        "ap_contradiction": average_precision(mean[kept], gold[kept] == "contradict"),
    }


def label_figures(path: Path, model: OnnxCrossEncoder) -> dict[str, Any]:
    """Judge labelled pairs one direction at a time and compare the decisions."""
    with path.open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    p = model.judge([(r["premise"], r["hypothesis"]) for r in pairs])
    called = np.array([d.label.value for d in decide(p, model.thresholds)])
    gold = np.array([r["label"] for r in pairs])
    out: dict[str, Any] = {
        "pairs": len(pairs),
        "accuracy_of_largest": float(np.mean(np.array(LABELS)[p.argmax(1)] == gold)),
    }
    for number, label in enumerate(LABELS):
        both = int(((called == label) & (gold == label)).sum())
        out[label] = {
            "pairs": int((gold == label).sum()),
            "precision": both / max(1, int((called == label).sum())),
            "recall": both / max(1, int((gold == label).sum())),
            "average_precision": average_precision(p[:, number], gold == label),
        }
    return out


def adversarial_figures(model: OnnxCrossEncoder) -> dict[str, Any]:
    """Hold the largest probability against the table written by hand to mislead a shallow model, by kind."""
    with (HERE / "adversarial.jsonl").open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    p = model.judge([(r["premise"], r["hypothesis"]) for r in pairs])
    right = {r["id"]: LABELS[int(q.argmax())] == r["label"] for r, q in zip(pairs, p, strict=True)}
    kinds = sorted({r["kind"] for r in pairs})
    return {
        "pairs": len(pairs),
        "accuracy": sum(right.values()) / len(right),
        "by_kind": {kind: float(np.mean([right[r["id"]] for r in pairs if r["kind"] == kind])) for kind in kinds},
        "wrong": sorted(key for key, told in right.items() if not told),
    }


def stance_accuracy(heads: list[dict[str, Any]], model: OnnxCrossEncoder) -> float:
    """Take the largest probability of headline against claim as its stance."""
    p = model.judge([(r["headline"], r["claim"]) for r in heads])
    names = ("for", "observing", "against")
    return float(np.mean([names[int(q.argmax())] == r["stance"] for q, r in zip(p, heads, strict=True)]))


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--pairs", type=Path, default=None)
    args = parser.parse_args()
    model = OnnxCrossEncoder(args.model)
    nli = rows(args.data / "nli_dev.jsonl.gz")
    began = time.perf_counter()
    p = model.judge([(r["premise"], r["hypothesis"]) for r in nli])
    seconds = time.perf_counter() - began
    right = collections.defaultdict(list)
    for row, q in zip(nli, p, strict=True):
        called = LABELS[int(q.argmax())]
        right[row["set"]].append(called != "entailment" if row["label"] == "not_entailment" else called == row["label"])
    sets = {name: float(np.mean(values)) for name, values in sorted(right.items())}
    pairs = rows(args.data / "emergent_dev_pairs.jsonl.gz")
    heads = rows(args.data / "emergent_dev.jsonl.gz")
    apart = [r for r in pairs if part(r["claim_id_a"]) == part(r["claim_id_b"]) == "report"]
    figures = {
        "model": model.name,
        "nli": sets,
        "nli_mean": float(np.mean(list(sets.values()))),
        "nli_pairs_per_second": len(nli) / seconds,
        "emergent_report_part": headline_figures(apart, model),
        "emergent_all": headline_figures(pairs, model),
        "stance_report_part": stance_accuracy([r for r in heads if part(r["claim_id"]) == "report"], model),
        "stance_all": stance_accuracy(heads, model),
        "same_pair_alone_and_in_batch": float(
            np.abs(model.judge([(nli[0]["premise"], nli[0]["hypothesis"])])[0] - p[0]).max()
        ),
    }
    figures["adversarial"] = adversarial_figures(model)
    if args.pairs is not None:
        figures["pairs"] = label_figures(args.pairs, model)
    print(json.dumps(figures, indent=1, default=float))


if __name__ == "__main__":
    main()
