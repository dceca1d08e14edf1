"""Real near pairs that a model takes for contradictions or matches, labelled by readers: what no generator makes.

Claims are those that ``benchmarks/base_rate.py draw`` wrote. The pairs lie outside that benchmark's pool (same outlet, or
published more than 14 days apart, or a cosine of 0.45 to 0.6). No claim of a pair that was labelled there by then is in
them; of the pairs labelled there later, 15 hold a claim that is.

``python training/mined.py propose --claims DIR --model FOLDER --out FILE.jsonl`` judges a sample of such pairs, seed fixed, and
writes those with the highest probability of contradiction, then of entailment, at most two for each claim, in an order that tells neither.
Readers label each ``contradiction``, ``entailment`` (of the second by the first) or ``neutral``; their labels are kept in
``data/mined_labels.json`` with ids, documents and offsets, without a word of the articles.
``python training/mined.py rows --claims DIR --out FILE.jsonl`` writes the labelled pairs to train on, a contradiction and a neutral pair in
both directions.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.relations import OnnxCrossEncoder

SEED = 20260123
DATA = Path(__file__).parent / "data" / "mined_labels.json"
BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "base_rate_labels.json"
MIN_COSINE, SAMPLE, CONTRADICTIONS, ENTAILMENTS, PER_CLAIM = 0.45, 60_000, 800, 300, 2
MIN_WORDS = 4


def read_claims(folder: Path) -> list[dict[str, Any]]:
    """Read the claims with their outlets and dates."""
    with (folder / "claims.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_labels() -> list[dict[str, Any]]:
    """Read the labels given so far."""
    return list(json.loads(DATA.read_text(encoding="utf-8"))["labels"]) if DATA.exists() else []


def outside_pairs(rows: list[dict[str, Any]], folder: Path, vectors: np.ndarray) -> np.ndarray:
    """Sample pairs of different articles that are near and not in the benchmark's pool; nearer ones sooner."""
    with np.load(folder / "pairs.npz", allow_pickle=False) as arrays:
        pool = {(int(i), int(j)) for i, j in arrays["pairs"]}
    labelled = json.loads(BENCHMARK.read_text(encoding="utf-8"))["labels"]
    taken = {claim for label in labelled for claim in label["pair"].split()}
    allowed = np.array([r["claim"]["id"] not in taken and len(r["claim"]["text"].split()) >= MIN_WORDS for r in rows])
    articles = np.unique([r["doc_id"] for r in rows], return_inverse=True)[1]
    found, weights = [], []
    for start in range(0, len(rows), 2048):
        similarity = vectors[start : start + 2048] @ vectors.T
        here = np.arange(start, start + len(similarity))
        keep = (similarity >= MIN_COSINE) & (similarity < 0.98) & (articles[here, None] != articles[None, :])
        keep &= (np.arange(len(rows))[None, :] > here[:, None]) & allowed[here, None] & allowed[None, :]
        i, j = np.where(keep)
        found.append(np.stack([i + start, j], axis=1))
        weights.append((similarity[i, j] - 0.35) ** 2)
    pairs, weight = np.concatenate(found), np.concatenate(weights)
    inside = np.array([(int(i), int(j)) in pool for i, j in pairs])
    pairs, weight = pairs[~inside], weight[~inside]
    rng = np.random.default_rng(SEED)
    size = min(SAMPLE, len(pairs))
    return pairs[np.sort(rng.choice(len(pairs), size, replace=False, p=weight / weight.sum()))]


def propose(folder: Path, model_folder: Path, out: Path) -> None:
    """Write the pairs that readers have to label."""
    rows = read_claims(folder)
    texts = [r["claim"]["text"] for r in rows]
    vectors = SentenceTransformerEmbedder().embed([r["claim"]["context"] for r in rows])
    pairs = outside_pairs(rows, folder, vectors)
    probabilities = np.asarray(OnnxCrossEncoder(model_folder).judge([(texts[i], texts[j]) for i, j in pairs]))
    used: collections.Counter[int] = collections.Counter()
    chosen: list[int] = []
    for column, wanted in ((2, CONTRADICTIONS), (0, ENTAILMENTS)):
        goal = len(chosen) + wanted
        for n in np.argsort(-probabilities[:, column], kind="stable"):
            i, j = (int(k) for k in pairs[n])
            if len(chosen) == goal:
                break
            if n in chosen or used[i] >= PER_CLAIM or used[j] >= PER_CLAIM:
                continue
            used[i] += 1
            used[j] += 1
            chosen.append(int(n))
    random.Random(SEED).shuffle(chosen)
    known = {label["pair"] for label in read_labels()}
    asked = 0
    with out.open("w", encoding="utf-8") as file:
        for n in chosen:
            one, two = (rows[int(k)] for k in pairs[n])
            row: dict[str, Any] = {"pair": f"{one['claim']['id']} {two['claim']['id']}"}
            if row["pair"] in known:
                continue
            asked += 1
            for name, side in (("a", one), ("b", two)):
                claim = side["claim"]
                row[name] = f"[{side['date']}] {claim['speaker'] or 'the outlet'}: {claim['text']}"
                row[f"{name}_place"] = {"doc_id": side["doc_id"], "spans": claim["spans"]}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    called = np.bincount(probabilities.argmax(axis=1), minlength=3).tolist()
    print(json.dumps({"judged": len(pairs), "largest": called, "to_label": asked}))


def rows(folder: Path, out: Path) -> None:
    """Write the labelled pairs as rows to train on."""
    texts = {r["claim"]["id"]: r["claim"]["text"] for r in read_claims(folder)}
    written: collections.Counter[str] = collections.Counter()
    with out.open("w", encoding="utf-8") as file:
        for label in read_labels():
            one, two = (texts[claim] for claim in label["pair"].split())
            ways = [(one, two)] if label["label"] == "entailment" else [(one, two), (two, one)]
            for premise, hypothesis in ways:
                row = {"premise": premise, "hypothesis": hypothesis, "label": label["label"], "source": "mined_pairs"}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                written[label["label"]] += 1
    print(json.dumps(written))


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("propose", "rows"))
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None, help="with propose: the relation model that proposes")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if (args.step == "propose") != (args.model is not None):
        parser.error("--model goes with propose, and only with it")
    if args.step == "propose":
        propose(args.claims, args.model, args.out)
    else:
        rows(args.claims, args.out)


if __name__ == "__main__":
    main()
