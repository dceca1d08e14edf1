"""Fit calibration and decision thresholds of an exported cascade, and write them into its model.json.

Run ``python training/calibrate.py --data DATA --model src/claimtrack/models/relation --name NAME``.

Calibration: one temperature and three biases, by least negative log likelihood on development pairs of five
groups: half of ``nli_dev`` (by hash), the headline pairs of the Emergent rumours of the *calibrate* part, their headlines
against the rumour, and the pairs of the hand-written stories and of the contrast sets of that part. A pair weighs one by the
square root of how many there are of its label in its group: half way from balanced groups and labels, which tell the labels
apart evenly, to the pairs as they are, which keep the large groups honest. (On the calibrate part alone, fitted on either
half and measured on the other, the error is 0.027 over all pairs and 0.083 as the mean of the groups; balanced it is 0.054
and 0.068, with the pairs as they are 0.025 and 0.098; measured on the first network.) None was trained on. The first
network is calibrated on all these pairs. The cascade's doubt is the lowest at which no more than ``--max-doubtful`` of the
pool below go to the second network. That one counts where its largest probability is at least ``--heard``: on headlines of
rumours it has nothing to say, and gives all labels alike. Its share and the calibration are those with the least loss on the
pairs that both decide. The expected calibration error before and after,
and the reliability diagram, are those of the other half of ``nli_dev`` and of the *report* part of the rest: other claims than
were fitted on.

Thresholds: the model must stay silent where nothing contradicts. The pool for that are claims of ``polnear_dev_articles``
(no training article) from different articles with cosine 0.45 or more: nearly all of them neutral. The contradiction
thresholds are the lowest at which no more than ``--max-alarms`` of the pool's ordered pairs, and no more than
``--max-pair-alarms`` of its pairs by the mean over both directions, are called contradictions; the second is stricter,
because a tracker judges thousands of pairs for each contradiction that is there. The entailment threshold is the lowest at
which ``--precision`` of the calibrate stories' pairs called entailment are so labelled (neutral and contradicting pairs of
one story are the hardest there are) and no more than ``--max-matches`` of the pool's ordered pairs are called so; for a
pair to stand on one side of a cluster, ``--pair-precision`` of those pairs must be right by the weaker of both directions.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from scipy.optimize import minimize

import sets
import stories
from claimtrack import Article
from claimtrack.embedding import SentenceTransformerEmbedder
from claimtrack.evaluation import expected_calibration_error, reliability
from claimtrack.extraction import SpacyExtractor
from claimtrack.relations import Calibration, CascadeCrossEncoder, OnnxCrossEncoder, RelationModel
from news_pairs import part

LABELS = ("entailment", "neutral", "contradiction")
GROUPS = ("nli", "headlines", "stances", "stories", "sets")
STANCES = {"for": 0, "observing": 1, "against": 2}
EMERGENT = {"agree": 0, "same_topic": 1, "different_claim": 1, "contradict": 2}


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def first_half(text: str) -> bool:
    """Draw a half of the pairs by hash."""
    return hashlib.blake2b(text.encode(), digest_size=1).digest()[0] < 128


def labelled_pairs(data: Path, chosen: str) -> tuple[list[tuple[str, str]], np.ndarray, np.ndarray]:
    """Give the pairs of a part (``calibrate`` or ``report``), their labels, and the group of each as a place in `GROUPS`."""
    found: list[tuple[str, str, int, int]] = [
        (row["premise"], row["hypothesis"], LABELS.index(row["label"]), 0)
        for row in rows(data / "dev/nli_dev.jsonl.gz")
        if row["label"] in LABELS and first_half(row["premise"] + row["hypothesis"]) == (chosen == "calibrate")
    ]
    for row in rows(data / "dev/emergent_dev_pairs.jsonl.gz"):
        if row["label"] != "same_topic" and part(row["claim_id_a"]) == part(row["claim_id_b"]) == chosen:
            one, two = row["headline_a"], row["headline_b"]
            found += [(one, two, EMERGENT[row["label"]], 1), (two, one, EMERGENT[row["label"]], 1)]
    found += [
        (row["headline"], row["claim"], STANCES[row["stance"]], 2)
        for row in rows(data / "dev/emergent_dev.jsonl.gz")
        if part(row["claim_id"]) == chosen
    ]
    rng = random.Random(stories.SEED)
    of_part = [story for story in stories.stories() if stories.part(story) == chosen]
    for n, made in (
        (3, [row for story in of_part for row in stories.pairs(story, rng)]),
        (4, list(sets.pairs(chosen))),
    ):
        found += [(row["premise"], row["hypothesis"], LABELS.index(row["label"]), n) for row in made]
    return [(one, two) for one, two, *_ in found], np.array([x[2] for x in found]), np.array([x[3] for x in found])


def pool(data: Path, size: int) -> list[tuple[str, str]]:
    """Give near pairs of claims of different articles: what the model meets in use, nearly all of it neutral."""
    articles = [
        Article(name=r["doc_id"], text=r["text"], title=r["title"])
        for r in rows(data / "dev/polnear_dev_articles.jsonl.gz")
    ]
    claims = [
        (c.text, a.id) for a, found in zip(articles, SpacyExtractor().extract(articles), strict=True) for c in found
    ]
    claims = sorted(set(claims))
    vectors = SentenceTransformerEmbedder().embed([text for text, _ in claims])
    similarity = vectors @ vectors.T
    near = [
        (i, j)
        for i, j in zip(*np.where(np.triu(similarity, 1) >= 0.45), strict=True)
        if claims[i][1] != claims[j][1] and similarity[i, j] < 0.9
    ]
    rng = np.random.default_rng(20260115)
    chosen = rng.permutation(len(near))[:size]
    print(f"pool: {len(claims)} claims, {len(near)} near pairs, {len(chosen)} drawn")
    return [(claims[near[k][0]][0], claims[near[k][1]][0]) for k in chosen]


def fit(logits: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Calibration:
    """Fit a temperature and three biases by negative log likelihood."""

    def of(x: np.ndarray) -> float:
        calibration = Calibration(temperature=float(np.exp(x[0])), bias=(float(x[1]), 0.0, float(x[2])))
        return loss(calibration.apply(logits), labels, weights)

    best = minimize(of, np.zeros(3), method="Nelder-Mead", options={"maxiter": 400, "xatol": 1e-4, "fatol": 1e-6})
    return Calibration(
        temperature=round(float(np.exp(best.x[0])), 4),
        bias=(round(float(best.x[1]), 4), 0.0, round(float(best.x[2]), 4)),
    )


def weights_of(labels: np.ndarray, origin: np.ndarray) -> np.ndarray:
    """Weigh a pair one by the square root of how many there are of its label in its group."""
    counts = np.array([[(labels[origin == n] == k).sum() for k in range(3)] for n in range(len(GROUPS))])
    weights: np.ndarray = 1.0 / np.sqrt(np.maximum(counts, 1)[origin, labels])
    return weights


def loss(p: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """Give the mean negative log likelihood."""
    return float(-(weights * np.log(p[np.arange(len(labels)), labels] + 1e-12)).sum() / weights.sum())


def measured(data: Path, model: CascadeCrossEncoder) -> dict[str, Any]:
    """Measure a calibrated model on other claims than it was fitted on."""
    pairs, labels, origin = labelled_pairs(data, "report")
    logits = model.first.logits(pairs)
    p = model.first.calibrated(logits)
    both, deeper = model.by_both(pairs, p)
    logits[both] = model.share * deeper + (1 - model.share) * logits[both]
    p[both] = model.calibration.apply(logits[both])
    before = Calibration().apply(logits)
    return {
        "other_pairs": len(pairs),
        "ece_before": round(expected_calibration_error(before, labels), 4),
        "ece_after": round(expected_calibration_error(p, labels), 4),
        "ece_after_by_group": {
            name: round(expected_calibration_error(p[origin == n], labels[origin == n]), 4)
            for n, name in enumerate(GROUPS)
        },
        "reliability": [
            {key: round(value, 4) for key, value in attrs.asdict(b).items()} for b in reliability(p, labels)
        ],
    }


def lowest_for(precision: float, p: np.ndarray, right: np.ndarray, default: float) -> float:
    """Give the lowest probability at which that share of the pairs above it is right."""
    order = np.argsort(-p, kind="stable")
    reached = np.where(np.cumsum(right[order]) / np.arange(1, len(order) + 1) >= precision)[0]
    return float(p[order][reached[-1]]) if len(reached) else default


def thresholds_for(
    asked: argparse.Namespace,
    told: tuple[np.ndarray, np.ndarray, np.ndarray],
    near: tuple[np.ndarray, np.ndarray],
) -> dict[str, float]:
    """Choose the thresholds.

    `told` are the calibrate stories: their labels, and the probabilities in both directions. `near` are the probabilities of
    the pool in both directions.
    """
    labels, forth, back = told
    forward, backward = near
    ordered = np.sort(np.concatenate([forward[:, 2], backward[:, 2]]))[::-1]
    mean = np.sort((forward[:, 2] + backward[:, 2]) / 2)[::-1]
    matches = np.sort(np.concatenate([forward[:, 0], backward[:, 0]]))[::-1]
    entailment = max(
        0.3,
        lowest_for(asked.precision, forth[:, 0], labels == 0, default=0.9),
        float(matches[int(asked.max_matches * len(matches))]) + 1e-4,
    )
    weaker = np.minimum(forth[:, 0], back[:, 0])
    found = {
        "entailment": entailment,
        "pair_entailment": max(entailment, lowest_for(asked.pair_precision, weaker, labels == 0, default=0.9)),
        "contradiction": min(0.99, max(0.5, ordered[int(asked.max_alarms * len(ordered))] + 1e-4)),
        "pair_contradiction": min(0.99, max(0.5, mean[int(asked.max_pair_alarms * len(mean))] + 1e-4)),
        "abstain": 0.5,
    }
    return {name: round(float(value), 4) for name, value in found.items()}


def written(path: Path, values: dict[str, Any]) -> None:
    """Write a model.json."""
    path.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def plain(calibration: Calibration) -> dict[str, Any]:
    """Give a calibration as plain JSON values."""
    return {"temperature": calibration.temperature, "bias": list(calibration.bias)}


def both_ways(model: RelationModel, pairs: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    """Judge pairs in both directions."""
    return np.asarray(model.judge(pairs)), np.asarray(model.judge([(b, a) for a, b in pairs]))


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--name", required=True, help="name and version of the cascade")
    parser.add_argument("--pool", type=int, default=25_000, help="pairs of the pool, at most")
    parser.add_argument("--max-doubtful", type=float, default=0.05, help="share of the ordered pairs of the pool")
    parser.add_argument("--heard", type=float, default=0.45, help="least largest probability of the second network")
    parser.add_argument("--max-alarms", type=float, default=0.0004, help="share of the ordered pairs of the pool")
    parser.add_argument(
        "--max-pair-alarms", type=float, default=0.0001, help="share of the pairs, both directions taken"
    )
    parser.add_argument("--precision", type=float, default=0.75, help="of entailment among the stories' pairs")
    parser.add_argument("--pair-precision", type=float, default=0.85, help="of entailment both ways among those pairs")
    parser.add_argument("--max-matches", type=float, default=0.01, help="share of the ordered pairs of the pool")
    args = parser.parse_args()
    first, second = (OnnxCrossEncoder(args.model / name) for name in ("first", "second"))
    pairs, labels, origin = labelled_pairs(args.data, "calibrate")
    weights = weights_of(labels, origin)
    told = origin == GROUPS.index("stories")
    stories_pairs = [pair for pair, of_stories in zip(pairs, told, strict=True) if of_stories]
    near = pool(args.data, args.pool)

    logits = first.logits(pairs)
    calibration = fit(logits, labels, weights)
    path = args.model / "first" / "model.json"
    settings = json.loads(path.read_text(encoding="utf-8")) | {"calibration": plain(calibration), "thresholds": {}}
    written(path, settings)
    first = OnnxCrossEncoder(args.model / "first")
    of_pool = both_ways(first, near)
    own = thresholds_for(args, (labels[told], *both_ways(first, stories_pairs)), of_pool)
    written(path, settings | {"thresholds": own})

    unsure = np.sort(1 - np.concatenate(of_pool)[:, 1])[::-1]
    settings = {
        "name": args.name,
        "doubt": round(float(unsure[int(args.max_doubtful * len(unsure))]) + 1e-4, 4),
        "heard": args.heard,
        "share": 1.0,
        "calibration": plain(Calibration()),
        "thresholds": {},
        "weights": [first.sha256, second.sha256],
    }
    path = args.model / "model.json"
    written(path, settings)
    both, deeper = CascadeCrossEncoder(args.model).by_both(pairs, first.calibrated(logits))
    print(f"in doubt from {settings['doubt']} on; {len(both)} of {len(pairs)} labelled pairs by both", flush=True)
    tried = {}
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        mixed = share * deeper + (1 - share) * logits[both]
        found = fit(mixed, labels[both], weights[both])
        tried[share] = loss(found.apply(mixed), labels[both], weights[both]), found
    share = min(tried, key=lambda one: tried[one][0])
    print({one: round(value, 4) for one, (value, _) in tried.items()}, flush=True)
    settings |= {"share": share, "calibration": plain(tried[share][1])}
    written(path, settings)
    model = CascadeCrossEncoder(args.model)
    forward, backward = both_ways(model, near)
    thresholds = thresholds_for(args, (labels[told], *both_ways(model, stories_pairs)), (forward, backward))
    written(path, settings | {"thresholds": thresholds})
    model = CascadeCrossEncoder(args.model)
    judged = model.judge(pairs)
    figures = (
        {"pairs": len(pairs)}
        | measured(args.data, model)
        | {
            "first_alone": {"calibration": plain(calibration), "thresholds": own},
            "loss_by_share": {str(one): round(value, 4) for one, (value, _) in tried.items()},
            "doubtful_allowed": args.max_doubtful,
            "doubtful_of_the_pool": round(float((np.concatenate(of_pool)[:, 1] <= 1 - settings["doubt"]).mean()), 4),
            "by_both_of_group": {
                name: round(float((origin[both] == n).sum() / (origin == n).sum()), 4) for n, name in enumerate(GROUPS)
            },
            "pool_pairs": len(near),
            "alarms_allowed": args.max_alarms,
            "pair_alarms_allowed": args.max_pair_alarms,
            "entailment_precision": args.precision,
            "pair_entailment_precision": args.pair_precision,
            "matches_allowed": args.max_matches,
            "pool_entailment": round(float((forward[:, 0] >= thresholds["entailment"]).mean()), 4),
            "calibrate_recall_of_contradict": round(
                float((judged[(origin == 1) & (labels == 2)][:, 2] >= thresholds["contradiction"]).mean()), 4
            ),
            "calibrate_stories_recall_of_entailment": round(
                float((judged[told & (labels == 0)][:, 0] >= thresholds["entailment"]).mean()), 4
            ),
            "calibrate_stories_recall_of_contradiction": round(
                float((judged[told & (labels == 2)][:, 2] >= thresholds["contradiction"]).mean()), 4
            ),
        }
    )
    (args.model / "calibration.figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(thresholds | figures, indent=1))
    for place in np.argsort(-(forward[:, 2] + backward[:, 2]))[:25]:
        print(round(float(forward[place, 2]), 3), round(float(backward[place, 2]), 3), near[place])


if __name__ == "__main__":
    main()
