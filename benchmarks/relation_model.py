"""Measure the relation model on development data: ``python benchmarks/relation_model.py --data DATA/dev``.

Accuracy on each set of ``nli_dev``; on pairs of rumour headlines the share of other rumours called contradictions, the
recall on contradicting ones and the average precision, near negatives among them (the nearest headlines of other rumours,
cosine 0.45 to 0.75); on headlines against their claim the three-way stance. For the Emergent figures both all rumours and
those of the *report* part, which the shipped model was neither trained nor calibrated on (the part follows from the rumour's
id, see ``training/news_pairs.py``). ``adversarial.jsonl`` holds 170 pairs written by hand, by somebody who had seen neither
the generators of training pairs nor a model's answers; they are judged as ``claimtrack judge`` does, rules first, and the largest probability counts.

Throughput against the bare onnxruntime sessions on the same batches, in turns in one run, as a ratio; peak memory.
``--diagram FILE.svg`` draws the reliability diagram that calibration left beside the model. With ``--pairs FILE``, JSON lines
of premise, hypothesis and label, also precision and recall of each label there at the deployed thresholds (the report part
of the hand-written stories: ``python training/stories.py --part report --out FILE``; of the contrast sets: ``sets.py``).
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import resource
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.evaluation import average_precision
from claimtrack.relations import CascadeCrossEncoder, decide, judge_texts

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "claimtrack" / "models" / "relation"
LABELS = ("entailment", "neutral", "contradiction")
NEAR_LOW, NEAR_HIGH, NEAR_EACH = 0.45, 0.75, 3


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def part(key: str) -> str:
    """Say which part a rumour belongs to, as the training scripts do."""
    bucket = hashlib.blake2b(key.encode(), digest_size=2).digest()[0] % 4
    return ("train", "train", "calibrate", "report")[bucket]


def near_negatives(heads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pair each headline with the nearest ones of other rumours; each pair once, in the order of the headlines."""
    heads = sorted(heads, key=lambda r: (r["claim_id"], r["article_id"], r["headline"]))
    vectors = SentenceTransformerEmbedder().embed([r["headline"] for r in heads])
    similarity = vectors @ vectors.T
    pairs = {}
    for i, row in enumerate(heads):
        taken = 0
        for j in np.argsort(-similarity[i], kind="stable"):
            if taken == NEAR_EACH or similarity[i, j] < NEAR_LOW:
                break
            if heads[j]["claim_id"] != row["claim_id"] and similarity[i, j] <= NEAR_HIGH:
                taken += 1
                pairs[min(i, int(j)), max(i, int(j))] = None
    return [
        {"headline_a": heads[i]["headline"], "headline_b": heads[j]["headline"], "label": "near_negative"}
        for i, j in pairs
    ]


def headline_figures(pairs: list[dict[str, Any]], model: CascadeCrossEncoder) -> dict[str, float]:
    """Judge headline pairs both ways and summarise."""
    texts = [(r["headline_a"], r["headline_b"]) for r in pairs]
    p = model.judge(texts + [(b, a) for a, b in texts])
    labels = [d.label.value == "contradiction" for d in decide(p, model.thresholds)]
    n = len(texts)
    either = np.array(labels[:n]) | np.array(labels[n:])
    either_way = np.maximum(p[:n, 2], p[n:, 2])
    gold = np.array([r["label"] for r in pairs])
    kept = gold != "same_topic"
    return {
        "pairs": n,
        "other_rumour_called_contradiction": float(either[gold == "different_claim"].mean()),
        "recall_contradict": float(either[gold == "contradict"].mean()),
        "agree_called_contradiction": float(either[gold == "agree"].mean()),
        "near_negatives": int((gold == "near_negative").sum()),
        "near_negative_called_contradiction": float(either[gold == "near_negative"].mean()),
        "ap_contradiction": average_precision(either_way[kept], gold[kept] == "contradict"),
    }


def label_figures(path: Path, model: CascadeCrossEncoder) -> dict[str, Any]:
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


def adversarial_figures(model: CascadeCrossEncoder) -> dict[str, Any]:
    """Hold the largest probability, rules first, against the table written by hand to mislead a shallow model, by kind."""
    with (HERE / "adversarial.jsonl").open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    judged = judge_texts([(r["premise"], r["hypothesis"]) for r in pairs], model, model.thresholds)
    largest = [LABELS[int(np.argmax((j.p_entailment, j.p_neutral, j.p_contradiction)))] for j in judged]
    right = {r["id"]: told == r["label"] for r, told in zip(pairs, largest, strict=True)}
    kinds = sorted({r["kind"] for r in pairs})
    return {
        "pairs": len(pairs),
        "accuracy": sum(right.values()) / len(right),
        "by_kind": {kind: float(np.mean([right[r["id"]] for r in pairs if r["kind"] == kind])) for kind in kinds},
        "wrong": sorted(key for key, told in right.items() if not told),
    }


def stance_accuracy(heads: list[dict[str, Any]], model: CascadeCrossEncoder) -> float:
    """Take the largest probability of headline against claim as its stance."""
    p = model.judge([(r["headline"], r["claim"]) for r in heads])
    names = ("for", "observing", "against")
    return float(np.mean([names[int(q.argmax())] == r["stance"] for q, r in zip(p, heads, strict=True)]))


class Recorder:
    """Stands in for a session, and notes what it is asked to run."""

    def __init__(self, session: Any, asked: list[tuple[Any, dict[str, np.ndarray]]]) -> None:
        self.session, self.asked = session, asked

    def run(self, names: list[str], feed: dict[str, np.ndarray]) -> Any:
        """Note a batch, and run it."""
        self.asked.append((self.session, feed))
        return self.session.run(names, feed)


def throughput(model: CascadeCrossEncoder, pairs: list[tuple[str, str]], rounds: int = 3) -> dict[str, float]:
    """Time the whole judge against its two bare sessions on the batches that it makes, in turns."""
    asked: list[tuple[Any, dict[str, np.ndarray]]] = []
    sessions = {network: network.session for network in (model.first, model.second)}
    for network, session in sessions.items():
        network.session = Recorder(session, asked)
    model.judge(pairs)
    for network, session in sessions.items():
        network.session = session
    whole, bare = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        model.judge(pairs)
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        for session, feed in asked:
            session.run(["logits"], feed)
        bare.append(time.perf_counter() - began)
    return {
        "pairs_per_second": len(pairs) / statistics.median(whole),
        "of_bare_session": statistics.median(b / w for b, w in zip(bare, whole, strict=True)),
        "share_of_batches_of_the_second": sum(session is sessions[model.second] for session, _ in asked) / len(asked),
    }


def diagram(bins: list[dict[str, float]]) -> str:
    """Draw confidence against accuracy; the area of a dot is its share of the pairs."""
    total = sum(b["n"] for b in bins)
    size, edge = 320, 40

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * size, edge + (1 - y) * size

    marks = [
        f'<line x1="{at(0, 0)[0]}" y1="{at(0, 0)[1]}" x2="{at(1, 1)[0]}" y2="{at(1, 1)[1]}" stroke="#888" stroke-dasharray="4"/>',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#333"/>',
    ]
    for b in bins:
        x, y = at(b["confidence"], b["accuracy"])
        marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 40 * (b["n"] / total) ** 0.5:.1f}" fill="#1f6fb2" fill-opacity="0.45"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2"/>'
        )
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x, low), (left, y) = at(tick, 0), at(0, tick)
        marks.append(f'<text x="{x:.0f}" y="{low + 16:.0f}" text-anchor="middle">{tick:g}</text>')
        marks.append(f'<text x="{left - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{tick:g}</text>')
    marks.append(f'<text x="{edge + size / 2}" y="{edge + size + 34}" text-anchor="middle">largest probability</text>')
    marks.append(f'<text x="{edge}" y="{edge - 10}">share that is right</text>')
    side = size + 2 * edge
    body = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="Reliability diagram">\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--pairs", type=Path, default=None)
    parser.add_argument("--diagram", type=Path, default=None)
    args = parser.parse_args()
    model = CascadeCrossEncoder(args.model)
    nli = rows(args.data / "nli_dev.jsonl.gz")
    texts = [(r["premise"], r["hypothesis"]) for r in nli]
    speed = throughput(model, texts[:: max(1, len(texts) // 1500)])
    p = model.judge(texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    right = collections.defaultdict(list)
    for row, q in zip(nli, p, strict=True):
        called = LABELS[int(q.argmax())]
        right[row["set"]].append(called != "entailment" if row["label"] == "not_entailment" else called == row["label"])
    sets = {name: float(np.mean(values)) for name, values in sorted(right.items())}
    pairs = rows(args.data / "emergent_dev_pairs.jsonl.gz")
    heads = rows(args.data / "emergent_dev.jsonl.gz")
    apart = [r for r in pairs if part(r["claim_id_a"]) == part(r["claim_id_b"]) == "report"]
    report_heads = [r for r in heads if part(r["claim_id"]) == "report"]
    settings = json.loads(((args.model or SHIPPED) / "calibration.figures.json").read_text(encoding="utf-8"))
    figures = {
        "model": model.name,
        "nli": sets,
        "nli_mean": float(np.mean(list(sets.values()))),
        "speed": speed,
        "judge_peak_mib": peak,
        "ece": {name: settings[name] for name in ("other_pairs", "ece_before", "ece_after", "ece_after_by_group")},
        "emergent_report_part": headline_figures(apart + near_negatives(report_heads), model),
        "emergent_all": headline_figures(pairs + near_negatives(heads), model),
        "stance_report_part": stance_accuracy(report_heads, model),
        "stance_all": stance_accuracy(heads, model),
        "same_pair_alone_and_in_batch": float(
            max(np.abs(model.judge([texts[i]])[0] - p[i]).max() for i in range(0, len(p), 400))
        ),
    }
    figures["adversarial"] = adversarial_figures(model)
    if args.pairs is not None:
        figures["pairs"] = label_figures(args.pairs, model)
    if args.diagram is not None:
        args.diagram.write_text(diagram(settings["reliability"]), encoding="utf-8")
    print(json.dumps(figures, indent=1, default=float))


if __name__ == "__main__":
    main()
